#include "sluice/shell/app_session_page.h"

#include "sluice/gateway/past_run.h"
#include "sluice/live/app_session_pane.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/inline_message.h"

#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

AppSessionPage::AppSessionPage(Session &session, const CapabilityInfo &capability, QWidget *parent)
    : WorkbenchPage(session, capability, parent)
    , m_pane(new AppSessionPane)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader(Buttons::Own));
    hideTimeout();
    layout->addWidget(m_pane, 1);
    setFocusProxy(m_pane);
    connect(m_pane, &AppSessionPane::openRequested, this, &AppSessionPage::run);
}

AppSessionPage::~AppSessionPage()
{
    disconnect(m_pane, nullptr, this, nullptr);
    if (isRunning())
        stop();
}

Call AppSessionPage::call() const
{
    Call call;
    call.backend = capability().backend;
    call.capability = capability().name;
    call.verb = Verb::Live;
    call.input = Json::object();
    call.timeout = timeout();
    return call;
}

void AppSessionPage::load(const Call &call)
{
    setTimeout(call.timeout);
    Q_EMIT callChanged();
}

void AppSessionPage::showPast(const PastRun &past)
{
    load(past.call);
    if (past.error) {
        showFailure(*past.error);
        return;
    }
    m_pane->message().showMessage(InlineMessage::Severity::Info, tr("This session lasted for %1. What the app answered was not kept.").arg(durationText(past.duration)));
    m_pane->message().setAction({});
}

void AppSessionPage::run()
{
    if (isRunning())
        return;
    RunController *started = session().execute(call());
    if (!started) {
        whenConnected([this] { run(); });
        return;
    }
    m_pane->attach(*started->live());
    follow(started);
}

void AppSessionPage::showFailure(const Error &error)
{
    m_pane->refuse(error);
}

} // namespace sluice::ui
