// The course of a job: from Start over its source and its pictures to its end.
#include "sluice/live/live_pane.h"

#include "sluice/base/follow.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/live/live_controls.h"
#include "sluice/live/live_data_model.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_lines_view.h"
#include "sluice/live/live_plots.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/live/parameter_updater.h"
#include "sluice/live/video_view.h"
#include "sluice/media/camera_source.h"
#include "sluice/media/latency_meter.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QStandardPaths>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QFileDialog>

#include <algorithm>

namespace sluice::ui {

namespace {

/// Without a picture for so long it is worth a word.
constexpr std::chrono::seconds kQuiet{2};

/// In the folder that is meant for such files, or the first usual one that there is.
QString suggestedFile(QStandardPaths::StandardLocation place, const QString &capability, const QString &suffix)
{
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString folder = QDir::tempPath();
    for (const auto location : {QStandardPaths::HomeLocation, QStandardPaths::DocumentsLocation, QStandardPaths::DownloadLocation, place}) {
        const QString path = QStandardPaths::writableLocation(location);
        if (const QFileInfo there(path); there.isDir() && there.isWritable())
            folder = path;
    }
    return QDir(folder).filePath(QStringLiteral("%1-%2.%3").arg(capability, stamp, suffix));
}

QString nameOf(LiveSession::Channel channel)
{
    return channel == LiveSession::Channel::Publish ? LivePane::tr("The input") : LivePane::tr("The output");
}

/// Empty, or why not.
QString writePng(const media::Frame &frame, const QString &fileName)
{
    const media::Frame shown = frame.scaled(frame.displayWidth(), frame.displayHeight()); // picture files have square pixels
    if (shown.isNull())
        return LivePane::tr("The snapshot could not be written to %1.").arg(fileName);
    QImage image(shown.width(), shown.height(), QImage::Format_RGB32);
    shown.toRgb32(image.bits(), image.bytesPerLine());
    return image.save(fileName, "PNG") ? QString() : LivePane::tr("The snapshot could not be written to %1.").arg(fileName);
}

} // namespace

void LivePane::watchCameras()
{
    if (m_cameraWatcher)
        return;
    m_cameraWatcher = std::make_unique<media::CameraWatcher>([this] { m_controls->setCameras(media::cameras()); });
    m_controls->setCameras(media::cameras());
}

void LivePane::withSource(std::function<void(std::shared_ptr<media::VideoSource>)> use)
{
    const int mine = ++m_sourceRequest;
    openSource(
        source(), this,
        [this, mine, use = std::move(use)](std::shared_ptr<media::VideoSource> opened) {
            if (mine == m_sourceRequest)
                use(std::move(opened));
        },
        [this, mine](const Error &error) {
            if (mine == m_sourceRequest)
                onTrouble(error);
        });
}

void LivePane::chooseSource(const LiveSource &source)
{
    showWords();
    Q_EMIT preferencesChanged();
    if (m_capability.live.raw)
        return;
    // What was seen of another source is no picture of this one.
    m_video->clear(VideoView::Side::Input);
    if (!m_link) {
        if (!isOpen(m_state)) {
            m_message->clear();
            m_remedy = {};
            setState(LiveState::Idle);
            forgetJob();
        }
        return;
    }
    withSource([this, format = source.format](std::shared_ptr<media::VideoSource> opened) {
        if (!m_link)
            return;
        m_events->add(LiveEventsModel::Kind::State, tr("The source is now “%1”").arg(opened->description()));
        m_sending = std::move(opened);
        PublishOptions options;
        options.framesPerSecond = m_sending->format().framesPerSecond > 0 ? m_sending->format().framesPerSecond : format.framesPerSecond;
        m_link->publish(m_sending, options);
        m_link->setPaused(m_state == LiveState::Paused);
    });
}

/// Everything that an ended job left on the panel, but not what is typed.
void LivePane::forgetJob()
{
    m_updates->clear();
    m_data->clear();
    m_stages->clear();
    m_plots->clear();
    m_lines->clearOutput();
    m_figures->setText({});
    m_events->clear();
    m_sawPicture = false;
    m_pictures = 0;
    m_quiet = {};
    m_video->clear(VideoView::Side::Input);
    m_video->clear(VideoView::Side::Output);
    m_controls->setPicture(false);
}

void LivePane::useTestPattern()
{
    setSource(LiveSource::testPattern(source().format));
    if (!m_link)
        start();
}

void LivePane::start()
{
    if (isOpen(m_state)) {
        if (m_capability.live.raw)
            m_lines->send();
        return;
    }
    if (!m_input->validate().isEmpty()) {
        showTab(Tab::Parameters);
        return;
    }
    m_input->clearIssues();
    m_message->clear();
    m_remedy = {};
    forgetJob();
    setState(LiveState::Starting);
    if (m_capability.live.raw) {
        Q_EMIT openRequested();
        return;
    }
    withSource([this](std::shared_ptr<media::VideoSource> opened) {
        if (m_state != LiveState::Starting || m_link)
            return;
        m_sending = std::move(opened);
        Q_EMIT openRequested();
    });
}

void LivePane::attach(std::unique_ptr<LiveLink> link)
{
    m_link = std::move(link);
    connectLink();
    m_updater->start(parameters(), [this](const Json &change) { return m_link->update(change); });
    if (m_capability.live.raw) {
        m_link->setRawHandler([receive = m_lines->receiver()](const QByteArray &bytes, qint64, bool) { receive(bytes); });
    } else {
        m_link->setFrameHandler([feed = m_video->feed(VideoView::Side::Output)](const media::Frame &frame) { feed->submit(frame); });
        m_link->setPreviewHandler([feed = m_video->feed(VideoView::Side::Input)](const media::Frame &frame) { feed->submit(frame); });
        PublishOptions options;
        if (m_sending->format().framesPerSecond > 0)
            options.framesPerSecond = m_sending->format().framesPerSecond;
        m_link->publish(m_sending, options);
    }
    m_statsTimer.start();
    onLinkState(m_link->state());
}

void LivePane::connectLink()
{
    connect(m_link.get(), &LiveLink::stateChanged, this, &LivePane::onLinkState);
    connect(m_link.get(), &LiveLink::failed, this, &LivePane::onFailed);
    connect(m_link.get(), &LiveLink::event, m_events, &LiveEventsModel::addEvent);
    connect(m_link.get(), &LiveLink::data, m_data, &LiveDataModel::add);
    connect(m_link.get(), &LiveLink::outputProblem, this, [this](const Error &error) {
        m_events->add(LiveEventsModel::Kind::Failure, error.message(), error.describe());
        tell(error, tr("Stop"), [this] { stop(); }); // the job goes on, and costs
    });
    connect(m_link.get(), &LiveLink::warning, this,
        [this](const QString &sentence) { m_events->add(LiveEventsModel::Kind::Warning, sentence); });
}

void LivePane::refuse(const Error &error)
{
    onFailed(error);
}

void LivePane::onLinkState(LiveLink::State state)
{
    switch (state) {
    case LiveLink::State::Starting: setState(LiveState::Starting); return;
    case LiveLink::State::Ready: setState(LiveState::Running); return;
    case LiveLink::State::Closing: setState(LiveState::Stopping); return;
    case LiveLink::State::Closed: detach(LiveState::Stopped); return;
    case LiveLink::State::Failed: return; // failed() follows and says why
    }
}

void LivePane::onFailed(const Error &error)
{
    m_events->add(LiveEventsModel::Kind::Failure, error.message(), error.describe());
    detach(LiveState::Failed);
    tell(error, tr("Start again"), [this] { start(); });
}

void LivePane::onTrouble(const Error &error)
{
    m_events->add(LiveEventsModel::Kind::Failure, error.message(), error.describe());
    const bool offer = source().kind != LiveSource::Kind::TestPattern;
    if (!m_link) {
        detach(LiveState::Failed);
    } else {
        // The job is still there and costs money: that has to be said.
        m_video->clear(VideoView::Side::Input);
        m_video->setWords(VideoView::Side::Input, error.message());
    }
    Error told = error;
    if (m_link)
        told.withAdvice(tr("Nothing is sent now, but the job is open and paid for: go on with the test pattern, choose another source, or stop it."));
    tell(told, offer ? tr("Use the &test pattern") : QString(), [this] { useTestPattern(); });
}

void LivePane::stop()
{
    ++m_sourceRequest; // a source that is still being opened comes too late
    if (m_link) {
        setState(LiveState::Stopping);
        m_link->close();
    } else if (isOpen(m_state)) {
        detach(LiveState::Stopped);
    }
}

void LivePane::detach(LiveState state)
{
    m_statsTimer.stop();
    m_updater->stop();
    ++m_sourceRequest;
    if (m_link) {
        readStats();
        disconnect(m_link.get(), nullptr, this, nullptr);
        // It is the one who is telling.
        m_link.release()->deleteLater();
    }
    if (m_sending) {
        m_sending->stop(); // the camera's light goes out now
        m_sending.reset();
    }
    const QString input = std::exchange(m_inputFile, {});
    const QString output = std::exchange(m_outputFile, {});
    showRecording();
    setState(state);
    for (const auto &[channel, file] : {std::pair(LiveSession::Channel::Publish, input), std::pair(LiveSession::Channel::Subscribe, output)}) {
        if (!file.isEmpty())
            tellRecorded(channel, file, state == LiveState::Stopped); // what made a job fail is said above it
    }
}

void LivePane::togglePause()
{
    if (!m_link || (m_state != LiveState::Running && m_state != LiveState::Paused))
        return;
    const bool pause = m_state == LiveState::Running;
    m_link->setPaused(pause);
    setState(pause ? LiveState::Paused : LiveState::Running);
}

void LivePane::onShown(qint64 pts)
{
    if (!m_link)
        return;
    m_link->markShown(pts);
    m_updater->frameShown(pts);
    if (!std::exchange(m_sawPicture, true))
        m_controls->setPicture(true);
}

void LivePane::onParameters()
{
    Q_EMIT parametersChanged();
    // What does not fit is named at its field and does not reach the job.
    if (m_link && !m_input->problem() && m_input->form()->issues().isEmpty())
        m_updater->change(parameters());
}

void LivePane::readStats()
{
    const LiveStats stats = m_link->stats();
    m_plots->append(stats);
    m_figures->setText(m_plots->summary());
    if (stats.latency)
        m_stages->setSnapshot(*stats.latency);
    if (!m_capability.live.raw)
        watchPictures(stats);
}

/// A picture that stands still looks like one that moves little: the state says that none comes.
void LivePane::watchPictures(const LiveStats &stats)
{
    const bool came = std::exchange(m_pictures, stats.in.frames) != stats.in.frames;
    if (came || m_state != LiveState::Running || !m_sawPicture)
        m_sincePicture.start();
    const auto since = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::milliseconds(m_sincePicture.elapsed()));
    const std::chrono::seconds quiet = since < kQuiet ? std::chrono::seconds(0) : since;
    const std::chrono::seconds before = std::exchange(m_quiet, quiet);
    if (quiet == before || m_state != LiveState::Running)
        return;
    m_controls->setQuiet(quiet);
    if (before.count() == 0)
        m_events->add(LiveEventsModel::Kind::Warning, tr("No picture has come for %1 s").arg(quiet.count()));
    else if (quiet.count() == 0)
        m_events->add(LiveEventsModel::Kind::State, tr("Pictures come again after %1 s").arg(before.count()));
}

void LivePane::askSnapshot()
{
    // The picture of this moment, however long the choice of a name takes.
    const media::Frame frame = m_video->feed(VideoView::Side::Output)->lastFrame();
    if (frame.isNull())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the snapshot"), QString(), tr("PNG pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(suggestedFile(QStandardPaths::PicturesLocation, m_capability.name, QStringLiteral("png")));
    connect(dialog, &QFileDialog::fileSelected, this, [this, frame](const QString &file) { writeSnapshot(frame, file); });
    dialog->open();
}

void LivePane::saveSnapshot(const QString &fileName)
{
    const media::Frame frame = m_video->feed(VideoView::Side::Output)->lastFrame();
    if (frame.isNull()) {
        m_message->showMessage(InlineMessage::Severity::Warning, tr("There is no output picture to save yet."));
        m_message->setAction({});
        return;
    }
    writeSnapshot(frame, fileName);
}

void LivePane::writeSnapshot(const media::Frame &frame, const QString &fileName)
{
    QThreadPool::globalInstance()->start([frame, fileName, pane = QPointer(this)] {
        const QString problem = writePng(frame, fileName);
        QMetaObject::invokeMethod(qApp, [pane, problem, fileName] {
            if (!pane)
                return;
            const bool saved = problem.isEmpty();
            if (saved) {
                pane->tellSaved(tr("The snapshot was saved as %1.").arg(fileName), fileName);
                return;
            }
            pane->m_message->showMessage(InlineMessage::Severity::Error, problem);
            pane->m_message->setAction({});
        }, Qt::QueuedConnection);
    });
}

void LivePane::askRecord(LiveSession::Channel channel, bool on)
{
    showRecording(); // the menu shows what is, not what was asked for
    if (!on) {
        record(channel, {});
        return;
    }
    const bool input = channel == LiveSession::Channel::Publish;
    auto *dialog = new QFileDialog(this, input ? tr("Record the input") : tr("Record the output"), QString(), tr("MPEG transport streams (*.ts)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("ts"));
    dialog->selectFile(suggestedFile(QStandardPaths::MoviesLocation,
        m_capability.name + (input ? QStringLiteral("-in") : QStringLiteral("-out")), QStringLiteral("ts")));
    connect(dialog, &QFileDialog::fileSelected, this, [this, channel](const QString &file) { record(channel, file); });
    dialog->open();
}

void LivePane::record(LiveSession::Channel channel, const QString &fileName)
{
    if (!m_link)
        return;
    follow(
        m_link->record(channel, fileName), this,
        [this, channel, fileName] {
            QString &current = channel == LiveSession::Channel::Publish ? m_inputFile : m_outputFile;
            const QString before = std::exchange(current, fileName);
            if (!before.isEmpty())
                tellRecorded(channel, before, true);
            if (!fileName.isEmpty())
                m_events->add(LiveEventsModel::Kind::State, tr("%1 is recorded to %2").arg(nameOf(channel), fileName));
            showRecording();
        },
        [this](const Error &error) { tell(error, {}, {}); });
}

void LivePane::tellRecorded(LiveSession::Channel channel, const QString &fileName, bool above)
{
    const QString word = tr("%1 was recorded to %2").arg(nameOf(channel), fileName);
    m_events->add(LiveEventsModel::Kind::State, word);
    if (above)
        tellSaved(word, fileName);
}

void LivePane::tellSaved(const QString &word, const QString &fileName)
{
    m_message->showMessage(InlineMessage::Severity::Success, word);
    m_message->setAction(tr("Open the folder"));
    m_remedy = [fileName] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(fileName).absolutePath())); };
}

void LivePane::showRecording()
{
    m_controls->setRecording(!m_inputFile.isEmpty(), !m_outputFile.isEmpty());
}

} // namespace sluice::ui
