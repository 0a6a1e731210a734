#include "sluice/live/live_controls.h"

#include "sluice/widgets/badge.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSignalBlocker>
#include <QtGui/QAction>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace sluice::ui {

namespace {
// What choosing an item of the source list means.
constexpr int kPattern = -1;
constexpr int kFile = -2;
constexpr int kOtherFile = -3;
constexpr int kMissingCamera = -4;
constexpr int kFormatsShown = 24;
constexpr int kSources = 208;
constexpr int kFormats = 176;
// Below these widths the bar leaves out what is said or done elsewhere too.
constexpr int kWithState = 640;
constexpr int kWithFormats = 600;
constexpr int kLeast = 400;
// From this width on the buttons have words.
constexpr int kWithWords = 920;
} // namespace

LiveControls::LiveControls(QWidget *parent)
    : QWidget(parent)
    , m_sources(new QComboBox)
    , m_formats(new QComboBox)
    , m_start(new QPushButton(Theme::icon(QStringLiteral("play"), Theme::Role::OnAccent), tr("&Start")))
    , m_stop(new QPushButton(Theme::icon(QStringLiteral("square")), tr("S&top")))
    , m_pause(tool(QStringLiteral("pause"), tr("Pause"), tr("Space on the video")))
    , m_state(new Badge)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
    row->setSpacing(space::One);
    setMinimumWidth(kLeast);
    makeSources();
    makeTransport();
    row->setStretchFactor(m_sources, 3);
    row->setStretchFactor(m_formats, 2);
    row->addStretch(0);
    makeView();
    fillSources();
    setState(LiveState::Idle);
    setPicture(false);
    m_recording.setInterval(std::chrono::seconds(1));
    connect(&m_recording, &QTimer::timeout, this, &LiveControls::showRecordingTime);
}

QToolButton *LiveControls::tool(const QString &icon, const QString &name, const QString &keys)
{
    auto *button = new QToolButton;
    button->setIcon(Theme::icon(icon));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys));
    return button;
}

void LiveControls::makeSources()
{
    m_sources->setObjectName(QStringLiteral("liveSource"));
    m_sources->setAccessibleName(tr("Source"));
    m_sources->setToolTip(tr("What is sent: a camera, a file, or the test pattern"));
    m_sources->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sources->setMinimumContentsLength(6);
    m_sources->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_sources->setMaximumWidth(kSources);
    m_formats->setObjectName(QStringLiteral("liveFormat"));
    m_formats->setAccessibleName(tr("Format"));
    m_formats->setToolTip(tr("Size and rate of the pictures that are sent"));
    m_formats->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_formats->setMinimumContentsLength(6);
    m_formats->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_formats->setMaximumWidth(kFormats);
    connect(m_sources, &QComboBox::activated, this, &LiveControls::chooseSource);
    connect(m_formats, &QComboBox::activated, this, &LiveControls::chooseFormat);
    layout()->addWidget(m_sources);
    layout()->addWidget(m_formats);
}

void LiveControls::makeTransport()
{
    Theme::makePrimary(m_start);
    m_start->setObjectName(QStringLiteral("liveStart"));
    m_start->setAccessibleName(tr("Start"));
    m_start->setToolTip(tr("Open the job and send (Ctrl+Enter)"));
    m_stop->setObjectName(QStringLiteral("liveStop"));
    m_stop->setAccessibleName(tr("Stop"));
    m_stop->setToolTip(tr("End the job and the payments (Esc)"));
    m_pause->setObjectName(QStringLiteral("livePause"));
    m_pause->setCheckable(true);
    m_pause->setText(tr("Pause"));
    m_state->setAccessibleName(tr("State"));
    connect(m_start, &QPushButton::clicked, this, &LiveControls::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &LiveControls::stopRequested);
    connect(m_pause, &QToolButton::clicked, this, &LiveControls::pauseRequested);
    auto *transport = new QHBoxLayout;
    transport->setSpacing(space::Half);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_start, m_stop, m_pause, m_state})
        transport->addWidget(widget);
    static_cast<QHBoxLayout *>(layout())->addLayout(transport);
}

void LiveControls::makeView()
{
    auto *group = new QButtonGroup(this);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(space::Half);
    static_cast<QHBoxLayout *>(layout())->addLayout(tools);
    const std::initializer_list<std::tuple<const char *, QString, VideoArrangement>> ways{
        {"columns-2", tr("Side by side"), VideoArrangement::SideBySide},
        {"git-compare", tr("Split with a divider"), VideoArrangement::Split},
        {"layers", tr("Output over input"), VideoArrangement::Overlay},
        {"monitor", tr("Output only"), VideoArrangement::OutputOnly},
    };
    for (const auto &[icon, name, arrangement] : ways) {
        QToolButton *button = tool(QString::fromLatin1(icon), name);
        button->setCheckable(true);
        group->addButton(button);
        connect(button, &QToolButton::clicked, this, [this, wanted = arrangement] { Q_EMIT arrangementChosen(wanted); });
        m_arrangements.append(button);
        tools->addWidget(button);
    }
    m_fullScreen = tool(QStringLiteral("maximize"), tr("Output on the full screen"), tr("F on the video, Esc back"));
    m_snapshot = tool(QStringLiteral("image"), tr("Save a snapshot of the output"));
    m_record = tool(QStringLiteral("download"), tr("Record to a file"));
    m_fullScreen->setText(tr("Full screen"));
    m_snapshot->setText(tr("Snapshot"));
    m_record->setText(tr("Record"));
    auto *menu = new QMenu(m_record);
    m_recordInput = menu->addAction(tr("Record the &input…"));
    m_recordOutput = menu->addAction(tr("Record the &output…"));
    for (QAction *action : {m_recordInput, m_recordOutput})
        action->setCheckable(true);
    m_record->setMenu(menu);
    m_record->setPopupMode(QToolButton::InstantPopup);
    connect(m_fullScreen, &QToolButton::clicked, this, &LiveControls::fullScreenRequested);
    connect(m_snapshot, &QToolButton::clicked, this, &LiveControls::snapshotRequested);
    connect(m_recordInput, &QAction::triggered, this, &LiveControls::recordInputRequested);
    connect(m_recordOutput, &QAction::triggered, this, &LiveControls::recordOutputRequested);
    for (QToolButton *button : {m_fullScreen, m_snapshot, m_record})
        tools->addWidget(button);
}

void LiveControls::setCameras(const QList<media::CameraInfo> &cameras)
{
    m_cameras = cameras;
    fillSources();
}

void LiveControls::setSource(const LiveSource &source)
{
    m_source = source;
    fillSources();
}

void LiveControls::fillSources()
{
    const QSignalBlocker quiet(m_sources);
    m_sources->clear();
    m_sources->addItem(Theme::icon(QStringLiteral("activity")), tr("Test pattern"), kPattern);
    int current = 0;
    for (int i = 0; i < int(m_cameras.size()); ++i) {
        m_sources->addItem(Theme::icon(QStringLiteral("video")), m_cameras.at(i).description, i);
        if (m_source.kind == LiveSource::Kind::Camera && m_cameras.at(i).id == m_source.cameraId)
            current = m_sources->count() - 1;
    }
    if (m_source.kind == LiveSource::Kind::Camera && current == 0) {
        m_sources->addItem(Theme::icon(QStringLiteral("triangle-alert"), Theme::Role::Warning), tr("%1 (not there)").arg(m_source.name), kMissingCamera);
        current = m_sources->count() - 1;
    }
    if (m_source.kind == LiveSource::Kind::File) {
        m_sources->addItem(Theme::icon(QStringLiteral("file")), QFileInfo(m_source.path).fileName(), kFile);
        current = m_sources->count() - 1;
    }
    m_sources->addItem(Theme::icon(QStringLiteral("folder-open")), tr("Video file…"), kOtherFile);
    m_sources->setCurrentIndex(current);
    fillFormats();
}

void LiveControls::fillFormats()
{
    const QSignalBlocker quiet(m_formats);
    m_formats->clear();
    QList<media::VideoFormat> formats = usualFormats();
    const auto camera = std::find_if(m_cameras.begin(), m_cameras.end(), [this](const media::CameraInfo &info) { return info.id == m_source.cameraId; });
    if (m_source.kind == LiveSource::Kind::Camera && camera != m_cameras.end() && !camera->formats.isEmpty())
        formats = camera->formats.mid(0, kFormatsShown);
    const bool file = m_source.kind == LiveSource::Kind::File;
    m_formats->setEnabled(!file);
    if (file) {
        m_formats->addItem(tr("As in the file"));
        fitFormat();
        return;
    }
    if (!formats.contains(m_source.format))
        formats.prepend(m_source.format);
    for (const media::VideoFormat &format : std::as_const(formats))
        m_formats->addItem(formatText(format), QVariant::fromValue(QSizeF(format.width, format.height)));
    for (int i = 0; i < int(formats.size()); ++i)
        m_formats->setItemData(i, formats.at(i).framesPerSecond, Qt::UserRole + 1);
    m_formats->setCurrentIndex(int(formats.indexOf(m_source.format)));
    fitFormat();
}

/// A size that is cut off says nothing: the list is always wide enough for the chosen one.
void LiveControls::fitFormat()
{
    QStyleOptionComboBox option;
    option.initFrom(m_formats);
    option.currentText = m_formats->currentText();
    const QSize text(m_formats->fontMetrics().horizontalAdvance(option.currentText) + 2, m_formats->fontMetrics().height());
    m_formats->setMinimumWidth(std::min(kFormats, m_formats->style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, m_formats).width()));
}

void LiveControls::chooseSource(int index)
{
    const int what = m_sources->itemData(index).toInt();
    LiveSource next = m_source;
    if (what == kOtherFile) {
        fillSources(); // the list shows what is in use until a file is chosen
        chooseFile();
        return;
    }
    if (what == kPattern) {
        next = LiveSource::testPattern(m_source.format);
    } else if (what >= 0 && what < m_cameras.size()) {
        const media::CameraInfo &camera = m_cameras.at(what);
        next.kind = LiveSource::Kind::Camera;
        next.cameraId = camera.id;
        next.name = camera.description;
        if (!camera.formats.isEmpty() && !camera.formats.contains(next.format))
            next.format = camera.formats.first();
    }
    if (next == m_source)
        return;
    setSource(next);
    Q_EMIT sourceChosen(next);
}

void LiveControls::chooseFormat(int index)
{
    const QSizeF size = m_formats->itemData(index).toSizeF();
    LiveSource next = m_source;
    next.format = {int(size.width()), int(size.height()), m_formats->itemData(index, Qt::UserRole + 1).toDouble()};
    if (next == m_source)
        return;
    m_source = next;
    fitFormat();
    Q_EMIT sourceChosen(next);
}

void LiveControls::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a video file"), QFileInfo(m_source.path).path(),
        tr("Videos and pictures (*.mp4 *.mkv *.webm *.mov *.avi *.ts *.m4v *.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        LiveSource next = m_source;
        next.kind = LiveSource::Kind::File;
        next.path = path;
        setSource(next);
        Q_EMIT sourceChosen(next);
    });
    dialog->open();
}

void LiveControls::setArrangement(VideoArrangement arrangement)
{
    m_arrangements.at(int(arrangement))->setChecked(true);
}

void LiveControls::setState(LiveState state)
{
    const bool open = isOpen(state);
    // The focus follows the button that takes the other's place.
    QPushButton *leaving = open ? m_start : m_stop;
    QPushButton *coming = open ? m_stop : m_start;
    coming->show();
    if (leaving->hasFocus())
        coming->setFocus(Qt::OtherFocusReason);
    leaving->hide();
    m_stop->setEnabled(state != LiveState::Stopping);
    m_pause->setEnabled(state == LiveState::Running || state == LiveState::Paused);
    m_pause->setChecked(state == LiveState::Paused);
    m_pause->setIcon(Theme::icon(state == LiveState::Paused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_record->setEnabled(state == LiveState::Running || state == LiveState::Paused);
    showState(liveStateText(state), liveStateRole(state), false);
}

void LiveControls::showState(const QString &text, Theme::Role role, bool always)
{
    m_state->setText(text);
    m_state->setRole(role);
    m_state->setAccessibleName(tr("State: %1").arg(text));
    m_stateAlways = always;
    fit();
}

void LiveControls::setQuiet(std::chrono::seconds quiet)
{
    if (quiet.count() > 0)
        showState(tr("No picture for %1 s").arg(quiet.count()), Theme::Role::Warning, true); // nothing else says so where there is little room
    else
        showState(liveStateText(LiveState::Running), liveStateRole(LiveState::Running), false);
}

void LiveControls::setRaw(bool raw)
{
    m_raw = raw;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_sources, m_formats, m_pause, m_fullScreen, m_snapshot, m_record})
        widget->setVisible(!raw);
    for (QToolButton *button : std::as_const(m_arrangements))
        button->setVisible(!raw);
    fit();
}

void LiveControls::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void LiveControls::fit()
{
    m_state->setVisible(width() >= kWithState || m_raw || m_stateAlways);
    m_formats->setVisible(width() >= kWithFormats && !m_raw);
    const auto style = width() >= kWithWords ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
    for (QToolButton *button : {m_pause, m_fullScreen, m_snapshot})
        button->setToolButtonStyle(style);
    m_record->setToolButtonStyle(m_recording.isActive() ? Qt::ToolButtonTextBesideIcon : style); // that it records, and for how long, is always said
    // In another language the words are longer: better not said than cut.
    layout()->activate(); // the rows within it know the sizes of before
    if (!m_raw && !m_stateAlways && layout()->totalMinimumSize().width() > width())
        m_state->hide();
}

void LiveControls::setPicture(bool any)
{
    m_snapshot->setEnabled(any);
    m_fullScreen->setEnabled(any);
}

void LiveControls::setRecording(bool input, bool output)
{
    m_recordInput->setChecked(input);
    m_recordOutput->setChecked(output);
    const bool any = input || output;
    if (any && !m_recording.isActive()) {
        m_recordingSince.start();
        m_recording.start();
    } else if (!any) {
        m_recording.stop();
    }
    m_record->setIcon(any ? Theme::icon(QStringLiteral("circle"), Theme::Role::Failed) : Theme::icon(QStringLiteral("download")));
    m_record->setToolTip(any ? tr("Recording; choose again to stop") : tr("Record to a file"));
    showRecordingTime();
    fit();
}

void LiveControls::showRecordingTime()
{
    if (!m_recording.isActive()) {
        m_record->setText(tr("Record"));
        return;
    }
    const qint64 seconds = m_recordingSince.elapsed() / 1000;
    m_record->setText(tr("REC %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')));
}

} // namespace sluice::ui
