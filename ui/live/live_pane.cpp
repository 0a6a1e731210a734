#include "sluice/live/live_pane.h"

#include "live_tabs_p.h"

#include "sluice/forms/input_editor.h"
#include "sluice/live/live_controls.h"
#include "sluice/live/live_data_model.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_lines_view.h"
#include "sluice/live/live_plots.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/live/parameter_updater.h"
#include "sluice/live/video_view.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QSettings>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr auto kStats = std::chrono::milliseconds(500);
// From this width on the details stand beside the video instead of below it.
constexpr int kWide = 1100;
constexpr QSize kLeastTabs(320, 128);
constexpr int kSide = 140;

QSplitter *twoSides(QWidget *first, QWidget *second)
{
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setHandleWidth(1);
    sides->setChildrenCollapsible(false);
    sides->addWidget(first);
    sides->addWidget(second);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 2);
    sides->setSizes({3 * kSide, 2 * kSide});
    return sides;
}
} // namespace

LivePane::LivePane(QWidget *parent)
    : QWidget(parent)
{
    makeParts();
    makeTabs();
    connectParts();
    setArrangement(m_arrangement);
    setState(LiveState::Idle);
}

LivePane::~LivePane()
{
    m_statsTimer.stop();
    m_updater->stop();
    if (m_link) {
        disconnect(m_link.get(), nullptr, this, nullptr);
        m_link->close();
    }
    m_link.reset();
    if (m_sending)
        m_sending->stop();
}

void LivePane::makeParts()
{
    m_controls = new LiveControls;
    m_message = new InlineMessage;
    m_video = new VideoView;
    m_lines = new LiveLinesView;
    m_stage = new QStackedWidget;
    m_stage->addWidget(m_video);
    m_stage->addWidget(m_lines);
    m_figures = new ElidedLabel;
    m_figures->setMuted(true);
    m_figures->setElideMode(Qt::ElideRight);
    m_figures->setFont(Theme::font(Theme::Type::Small11));
    m_figures->setSubject(tr("Measurements now"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Details of the job"));
    m_tabs->setMinimumSize(kLeastTabs); // their contents scroll; the pictures need the room
    m_input = new InputEditor;
    m_plots = new LivePlots;
    m_events = new LiveEventsModel(this);
    m_data = new LiveDataModel(this);
    m_updates = new LiveUpdatesModel(this);
    m_stages = new LiveStagesModel(this);
    m_updater = new ParameterUpdater(*m_updates, this);

    auto *notes = new QWidget;
    auto *around = new QVBoxLayout(notes);
    around->setContentsMargins(space::Two, 0, space::Two, space::Half);
    around->addWidget(m_message);
    auto *below = new QWidget;
    auto *figures = new QVBoxLayout(below);
    figures->setContentsMargins(0, 0, 0, 0);
    figures->setSpacing(0);
    auto *line = new QVBoxLayout;
    line->setContentsMargins(space::Two, space::Half, space::Two, 0);
    line->addWidget(m_figures);
    figures->addLayout(line);
    figures->addWidget(m_tabs, 1);
    auto *stage = new QWidget;
    auto *margins = new QVBoxLayout(stage);
    margins->setContentsMargins(space::Two, 0, space::Two, space::Half);
    margins->addWidget(m_stage);
    m_rows = new QSplitter(Qt::Vertical);
    m_rows->setHandleWidth(1);
    m_rows->setChildrenCollapsible(false);
    m_rows->addWidget(stage);
    m_rows->addWidget(below);
    m_rows->setStretchFactor(0, 1);
    m_rows->setSizes({300, 160});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_controls);
    column->addWidget(notes);
    column->addWidget(m_rows, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusProxy(m_stage);
}

void LivePane::makeTabs()
{
    auto *updates = makeTable(*m_updates, tr("Changes while it runs"), LiveUpdatesModel::ChangeColumn);
    m_tabs->addTab(twoSides(m_input, updates), tr("Parameters"));
    auto *stages = makeTable(*m_stages, tr("Where the milliseconds go"), LiveStagesModel::StageColumn);
    m_tabs->addTab(twoSides(m_plots, stages), tr("Measurements"));
    auto *events = makeTable(*m_events, tr("Event log"), LiveEventsModel::TextColumn, true);
    m_tabs->addTab(makeLog(events, tr("the event log"), [this] { return m_events->asText(); }, [this] { m_events->clear(); }), tr("Events"));
    auto *records = makeRecords(*m_data, tr("Records of the data channel"));
    m_tabs->addTab(makeLog(records, tr("the records"), [this] { return m_data->asText(); }, [this] { m_data->clear(); }), tr("Data"));
}

void LivePane::connectParts()
{
    connect(m_controls, &LiveControls::sourceChosen, this, &LivePane::chooseSource);
    connect(m_controls, &LiveControls::startRequested, this, &LivePane::start);
    connect(m_controls, &LiveControls::stopRequested, this, &LivePane::stop);
    connect(m_controls, &LiveControls::pauseRequested, this, &LivePane::togglePause);
    connect(m_controls, &LiveControls::arrangementChosen, this, [this](VideoArrangement arrangement) {
        setArrangement(arrangement);
        Q_EMIT preferencesChanged();
    });
    connect(m_controls, &LiveControls::fullScreenRequested, this, &LivePane::toggleFullScreen);
    connect(m_controls, &LiveControls::snapshotRequested, this, &LivePane::askSnapshot);
    connect(m_controls, &LiveControls::recordInputRequested, this, [this](bool on) { askRecord(LiveSession::Channel::Publish, on); });
    connect(m_controls, &LiveControls::recordOutputRequested, this, [this](bool on) { askRecord(LiveSession::Channel::Subscribe, on); });
    connect(m_video, &VideoView::outputShown, this, &LivePane::onShown);
    connect(m_video, &VideoView::pauseRequested, this, &LivePane::togglePause);
    connect(m_video, &VideoView::fullScreenRequested, this, &LivePane::toggleFullScreen);
    connect(m_video, &VideoView::splitMoved, this, &LivePane::preferencesChanged);
    connect(m_lines, &LiveLinesView::sendRequested, this, [this](const QByteArray &lines) {
        if (m_link && !m_link->writeRaw(lines))
            m_events->add(LiveEventsModel::Kind::Warning, tr("The lines were not sent: the queue to the network is full."));
    });
    connect(m_input, &InputEditor::valueChanged, this, &LivePane::onParameters);
    connect(m_updater, &ParameterUpdater::failed, this, [this](const Error &error) {
        if (!m_input->showError(error))
            tell(error, {}, {});
    });
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        if (const auto remedy = std::exchange(m_remedy, {}))
            remedy();
    });
    connect(m_data, &LiveDataModel::totalChanged, this, [this](qint64 total) {
        m_tabs->setTabText(int(Tab::Data), total > 0 ? tr("Data (%L1)").arg(total) : tr("Data"));
    });
    m_statsTimer.setInterval(kStats);
    connect(&m_statsTimer, &QTimer::timeout, this, &LivePane::readStats);
}

void LivePane::setCapability(const CapabilityInfo &info)
{
    const bool first = m_capability.name.isEmpty();
    m_capability = info;
    if (!first)
        return; // new facts about price or room change nothing here
    m_input->setSchema(info.inputSchema, info.schemaOrigin);
    m_updater->setSchema(info.inputSchema);
    QList<InputExample> examples;
    for (const CapabilityExample &example : info.examples)
        examples.append({example.title, example.input});
    m_input->setExamples(examples);
    if (!examples.isEmpty())
        m_input->setValue(examples.first().input);
    m_controls->setRaw(info.live.raw);
    m_plots->setRaw(info.live.raw);
    m_stage->setCurrentWidget(info.live.raw ? static_cast<QWidget *>(m_lines) : m_video);
    m_tabs->setTabVisible(int(Tab::Data), info.live.data);
    showWords();
}

Json LivePane::parameters() const
{
    return m_input->value();
}

QHash<QString, QString> LivePane::fileNames() const
{
    return m_input->fileNames();
}

QStringList LivePane::cleanedFiles() const
{
    return m_input->cleanedFiles();
}

QStringList LivePane::secretPointers() const
{
    return m_input->secretPointers();
}

void LivePane::setParameters(const Json &parameters)
{
    m_input->setValue(parameters);
    m_updater->change(parameters);
}

const LiveSource &LivePane::source() const
{
    return m_controls->source();
}

void LivePane::setSource(const LiveSource &source)
{
    m_controls->setSource(source);
    chooseSource(source);
}

void LivePane::setArrangement(VideoArrangement arrangement)
{
    m_arrangement = arrangement;
    m_controls->setArrangement(arrangement);
    m_video->setArrangement(m_video->isWindow() ? VideoArrangement::OutputOnly : arrangement);
}

void LivePane::restore(const QSettings &settings)
{
    m_controls->setSource(LiveSource::load(settings));
    const int arrangement = settings.value(QStringLiteral("live/arrangement")).toInt();
    setArrangement(VideoArrangement(std::clamp(arrangement, 0, int(VideoArrangement::OutputOnly))));
    m_video->setSplit(settings.value(QStringLiteral("live/split"), 0.5).toDouble());
    showWords();
}

void LivePane::save(QSettings &settings) const
{
    source().save(settings);
    settings.setValue(QStringLiteral("live/arrangement"), int(m_arrangement));
    settings.setValue(QStringLiteral("live/split"), m_video->split());
}

void LivePane::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

void LivePane::setState(LiveState state)
{
    const bool changed = state != m_state;
    m_state = state;
    m_controls->setState(state);
    m_lines->setOpen(state == LiveState::Running || state == LiveState::Paused);
    showWords();
    if (!changed)
        return;
    m_events->add(LiveEventsModel::Kind::State, liveStateText(state));
    Q_EMIT stateChanged(state);
}

void LivePane::showWords()
{
    const QString title = m_capability.title.isEmpty() ? m_capability.name : m_capability.title;
    QString name = tr("Test pattern");
    if (source().kind == LiveSource::Kind::Camera)
        name = source().name;
    else if (source().kind == LiveSource::Kind::File)
        name = source().path.section(QLatin1Char('/'), -1);
    m_video->setCaption(VideoView::Side::Input, tr("In: %1").arg(name));
    m_video->setCaption(VideoView::Side::Output, tr("Out: %1").arg(title));
    QString in = name;
    QString out;
    switch (m_state) {
    case LiveState::Idle:
        in = tr("%1\nwill be sent once you press Start.").arg(name);
        out = tr("What comes back from %1 is shown here. Press Start or Ctrl+Enter.").arg(title);
        break;
    case LiveState::Starting: out = tr("Opening the job…"); break;
    case LiveState::Running: out = tr("Waiting for the first picture…"); break;
    case LiveState::Paused: out = tr("Paused. Nothing is sent; the job stays open and is paid for."); break;
    case LiveState::Stopping: out = tr("Ending the job…"); break;
    case LiveState::Stopped: out = tr("Stopped before a picture came."); break;
    case LiveState::Failed: out = tr("The job ended; the message above says why."); break;
    }
    m_video->setWords(VideoView::Side::Input, in);
    m_video->setWords(VideoView::Side::Output, out);
}

void LivePane::toggleFullScreen()
{
    if (m_video->isWindow()) {
        m_video->setWindowFlags(Qt::Widget);
        m_stage->insertWidget(0, m_video);
        m_stage->setCurrentWidget(m_video);
    } else {
        m_video->setParent(this, Qt::Window);
        m_video->setWindowTitle(tr("%1, live").arg(m_capability.name));
        m_video->showFullScreen();
    }
    setArrangement(m_arrangement);
    m_video->setFocus(Qt::OtherFocusReason);
}

void LivePane::tell(const Error &error, const QString &action, std::function<void()> remedy)
{
    m_message->showError(error);
    m_message->setAction(action);
    m_remedy = std::move(remedy);
}

void LivePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() >= kWide ? Qt::Horizontal : Qt::Vertical;
    if (m_rows->orientation() == wanted)
        return;
    m_rows->setOrientation(wanted);
    // Beside the video the details are narrow: their own two sides stand one below the other there.
    for (QSplitter *sides : m_tabs->findChildren<QSplitter *>())
        sides->setOrientation(wanted == Qt::Horizontal ? Qt::Vertical : Qt::Horizontal);
}

void LivePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // Asking the multimedia backend for cameras takes its time: after the first paint.
    if (!m_cameraWatcher && !m_capability.live.raw)
        QTimer::singleShot(0, this, &LivePane::watchCameras);
}

} // namespace sluice::ui
