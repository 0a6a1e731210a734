#include "sluice/widgets/sound_player.h"

#include "sluice/base/file_kind.h"
#include "sluice/media/sound.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QPointer>
#include <QtCore/QSaveFile>
#include <QtCore/QThreadPool>
#include <QtMultimedia/QAudioDevice>
#include <QtMultimedia/QAudioSink>
#include <QtMultimedia/QMediaDevices>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSlider>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace sluice::ui {

namespace {

using media::Sound;

QString clock(qint64 bytes)
{
    const qint64 seconds = bytes / Sound::frameBytes / Sound::sampleRate;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

qint64 bytesAt(int milliseconds)
{
    return qint64(milliseconds) * Sound::sampleRate / 1000 * Sound::frameBytes;
}

} // namespace

SoundPlayer::SoundPlayer(QWidget *parent)
    : QWidget(parent)
    , m_play(new QToolButton(this))
    , m_place(new QSlider(Qt::Horizontal, this))
    , m_time(new QLabel(this))
    , m_save(new QToolButton(this))
{
    setAccessibleName(tr("Sound"));
    setObjectName(QStringLiteral("sound"));
    m_play->setObjectName(QStringLiteral("playSound"));
    m_play->setEnabled(false);
    m_place->setEnabled(false);
    m_place->setAccessibleName(tr("Place in the sound"));
    m_place->setMinimumWidth(10 * space::Two);
    m_save->setIcon(Theme::icon(QStringLiteral("save"), Theme::Role::Muted));
    m_save->setAutoRaise(true);
    m_save->setToolTip(tr("Save the sound…"));
    m_save->setAccessibleName(tr("Save the sound…"));
    m_save->setEnabled(false);
    m_time->setFont(Theme::font(Theme::Type::Small11));
    m_time->setTextFormat(Qt::PlainText);
    m_time->setWordWrap(true);
    Theme::setTextRole(m_time, Theme::Role::Muted);
    m_time->setText(tr("Reading the sound…"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::One);
    row->addWidget(m_play);
    row->addWidget(m_place, 1);
    row->addWidget(m_time);
    row->addWidget(m_save);
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &SoundPlayer::showPlace);
    connect(m_play, &QToolButton::clicked, this, &SoundPlayer::playOrPause);
    connect(m_save, &QToolButton::clicked, this, &SoundPlayer::save);
    connect(m_place, &QSlider::sliderMoved, this, &SoundPlayer::goTo);
    // By the keyboard; the slider takes its new place behind this signal.
    connect(m_place, &QSlider::actionTriggered, this, [this] { goTo(m_place->sliderPosition()); });
    showPlace();
}

SoundPlayer::~SoundPlayer()
{
    stop();
}

void SoundPlayer::setBytes(const QByteArray &bytes)
{
    stop();
    m_bytes = bytes;
    m_samples.close();
    m_samples.setData({});
    m_problem.clear();
    m_play->setEnabled(false);
    m_place->setEnabled(false);
    m_save->setEnabled(!bytes.isEmpty());
    m_time->setText(tr("Reading the sound…"));
    ++m_request;
    if (bytes.isEmpty())
        return;
    // Not QFuture::then(this, ...): with Qt 6.4 it asserts when the player is gone before the sound is read.
    QThreadPool::globalInstance()->start([player = QPointer(this), request = m_request, bytes] {
        const auto sound = media::decodeSound(bytes);
        QMetaObject::invokeMethod(qApp, [player, request, sound] {
            if (!player || player->m_request != request)
                return;
            if (sound)
                player->take(*sound);
            else
                player->fail(sound.error().message());
        }, Qt::QueuedConnection);
    });
}

void SoundPlayer::take(const Sound &sound)
{
    m_samples.setData(sound.samples);
    m_samples.open(QIODevice::ReadOnly);
    m_cut = sound.cut;
    m_place->setRange(0, int(sound.duration().count()));
    m_place->setEnabled(true);
    m_play->setEnabled(true);
    showPlace();
    Q_EMIT ready();
}

void SoundPlayer::fail(const QString &problem)
{
    m_problem = problem;
    m_time->setText(problem.left(300));
    m_time->setAccessibleName(m_time->text());
    Q_EMIT ready();
}

std::chrono::milliseconds SoundPlayer::duration() const
{
    return std::chrono::milliseconds(m_samples.size() / Sound::frameBytes * 1000 / Sound::sampleRate);
}

bool SoundPlayer::isPlaying() const
{
    return m_sink && m_sink->state() == QAudio::ActiveState;
}

void SoundPlayer::playOrPause()
{
    if (isPlaying())
        stop();
    else if (!start())
        return; // it has said why
    showPlace();
}

void SoundPlayer::goTo(int milliseconds)
{
    const bool playing = isPlaying();
    stop();
    m_samples.seek(std::min(bytesAt(milliseconds), m_samples.size()));
    if (playing && !start())
        return;
    showPlace();
}

bool SoundPlayer::start()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    QAudioFormat format;
    format.setSampleRate(Sound::sampleRate);
    format.setChannelCount(Sound::channels);
    format.setSampleFormat(QAudioFormat::Int16);
    if (device.isNull()) {
        m_time->setText(tr("There is nothing here that sounds: connect loudspeakers, or save the sound."));
        return false;
    }
    if (m_samples.atEnd())
        m_samples.seek(0);
    m_from = m_samples.pos();
    m_sink = std::make_unique<QAudioSink>(device, format);
    connect(m_sink.get(), &QAudioSink::stateChanged, this, [this](QAudio::State state) {
        if (state == QAudio::ActiveState)
            return;
        if (state == QAudio::IdleState && m_samples.atEnd()) {
            QMetaObject::invokeMethod(this, [this] {
                stop();
                m_samples.seek(0);
                showPlace();
            }, Qt::QueuedConnection);
        } else if (m_sink && m_sink->error() != QAudio::NoError && m_sink->error() != QAudio::UnderrunError) {
            m_time->setText(tr("The sound cannot be played: the sound device refused it."));
        }
    });
    m_sink->start(&m_samples);
    m_tick.start();
    return true;
}

void SoundPlayer::stop()
{
    m_tick.stop();
    if (!m_sink)
        return;
    // What the device has taken and not played yet is played when it goes on.
    const qint64 heard = m_from + m_sink->processedUSecs() * Sound::sampleRate / 1'000'000 * Sound::frameBytes;
    const auto sink = std::move(m_sink);
    sink->disconnect(this);
    sink->stop();
    if (m_samples.isOpen())
        m_samples.seek(std::min(heard, m_samples.size()));
}

void SoundPlayer::showPlace()
{
    const bool playing = isPlaying();
    m_play->setIcon(Theme::icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    const QString name = playing ? tr("Pause the sound") : tr("Play the sound");
    m_play->setToolTip(name);
    m_play->setAccessibleName(name);
    if (!m_samples.isOpen())
        return;
    const qint64 at = m_sink ? std::min(m_from + m_sink->processedUSecs() * Sound::sampleRate / 1'000'000 * Sound::frameBytes, m_samples.size()) : m_samples.pos();
    if (!m_place->isSliderDown())
        m_place->setValue(int(at / Sound::frameBytes * 1000 / Sound::sampleRate));
    const QString whole = clock(m_samples.size());
    m_time->setText(tr("%1 of %2", "place in a sound, its length").arg(clock(at), m_cut ? tr("more than %1").arg(whole) : whole));
}

void SoundPlayer::save()
{
    const QString name = QStringLiteral("sound.") + QLatin1String(FileKind::of(m_bytes).extension);
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the sound"), name);
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_bytes) != m_bytes.size() || !file.commit())
        m_time->setText(tr("Could not write %1: %2").arg(path, file.errorString()));
}

} // namespace sluice::ui
