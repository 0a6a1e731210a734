#include "sluice/shell/live_page.h"

#include "sluice/live/live_pane.h"
#include "sluice/live/live_session_link.h"
#include "sluice/gateway/past_run.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QSettings>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

LivePage::LivePage(Session &session, const CapabilityInfo &capability, QWidget *parent)
    : WorkbenchPage(session, capability, parent)
    , m_live(new LivePane)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader(Buttons::Own));
    hideTimeout();
    layout->addWidget(m_live, 1);
    setFocusProxy(m_live);
    m_live->setCapability(capability);
    m_live->restore(QSettings(MainWindow::settingsPath(), QSettings::IniFormat));
    connect(m_live, &LivePane::parametersChanged, this, &WorkbenchPage::callChanged);
    connect(m_live, &LivePane::openRequested, this, &LivePage::open);
    connect(m_live, &LivePane::preferencesChanged, this, [this] {
        QSettings settings(MainWindow::settingsPath(), QSettings::IniFormat);
        m_live->save(settings);
    });
}

LivePage::~LivePage()
{
    disconnect(m_live, nullptr, this, nullptr);
    if (isRunning())
        stop();
}

Call LivePage::call() const
{
    Call call;
    call.backend = capability().backend;
    call.capability = capability().name;
    call.model = capability().model;
    call.verb = Verb::Live;
    call.path = capability().path;
    call.input = m_live->parameters();
    call.secretPointers = m_live->secretPointers();
    call.timeout = timeout();
    return call;
}

QHash<QString, QString> LivePage::fileNames() const
{
    return m_live->fileNames();
}

QStringList LivePage::cleanedFiles() const
{
    return m_live->cleanedFiles();
}

void LivePage::load(const Call &call)
{
    m_live->setParameters(call.input);
    setTimeout(call.timeout);
    Q_EMIT callChanged();
}

void LivePage::showPast(const PastRun &past)
{
    load(past.call);
    if (past.error) {
        showFailure(*past.error);
        return;
    }
    m_live->message().showMessage(InlineMessage::Severity::Info,
        tr("This job ran for %1 with these parameters. Its pictures were not kept.").arg(durationText(past.duration)));
    m_live->message().setAction({});
}

void LivePage::run()
{
    m_live->start();
}

void LivePage::open()
{
    RunController *started = session().execute(call());
    if (!started) {
        whenConnected([this] { open(); });
        return;
    }
    m_live->attach(std::make_unique<LiveSessionLink>(*started->live()));
    follow(started);
}

void LivePage::showFailure(const Error &error)
{
    m_live->refuse(error);
}

} // namespace sluice::ui
