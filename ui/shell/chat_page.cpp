#include "sluice/shell/chat_page.h"

#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_run_binding.h"
#include "sluice/backend/remote_jobs.h"
#include "sluice/base/follow.h"
#include "sluice/gateway/conversations.h"
#include "sluice/gateway/past_run.h"
#include "sluice/session/session.h"

#include <QtWidgets/QVBoxLayout>

#include <utility>

namespace sluice::ui {

ChatPage::ChatPage(Session &session, const CapabilityInfo &capability, QWidget *parent)
    : WorkbenchPage(session, capability, parent)
    , m_chat(new ChatPane)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader(Buttons::Own));
    layout->addWidget(m_chat, 1);
    setFocusProxy(m_chat);
    m_chat->setCapability(capability);
    m_chat->setBaseCall(baseCall());
    connect(this, &WorkbenchPage::verbChosen, this, [this] {
        Call base = m_chat->transcript().baseCall(); // with the instructions and parameters that were chosen
        base.verb = verb();
        m_chat->setBaseCall(base);
    });
    connect(m_chat, &ChatPane::callChanged, this, &WorkbenchPage::callChanged);
    connect(m_chat, &ChatPane::sendRequested, this, &ChatPage::execute);
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(500);
    connect(&m_keeping, &QTimer::timeout, this, &ChatPage::keep);
    connect(m_chat, &ChatPane::conversationChanged, this, &ChatPage::keepSoon);
    bringBack();
}

ChatPage::~ChatPage()
{
    if (m_keeping.isActive())
        keep();
}

void ChatPage::bringBack()
{
    const auto take = [this](const std::optional<Json> &kept) {
        m_keeps = !isRunOfHistory();
        if (!m_keeps)
            return;
        if (kept && m_chat->isUntouched())
            m_chat->restoreConversation(*kept);
        else if (!m_chat->isUntouched())
            keepSoon(); // what was said meanwhile
    };
    m_profile = session().profile().name;
    sluice::follow(conversations::read(session().sharedUserData(), m_profile, capability().id()), this, take, [this](const Error &error) { m_chat->say(error); });
}

void ChatPage::keepSoon()
{
    if (m_keeps && !m_keeping.isActive())
        m_keeping.start();
}

void ChatPage::keep()
{
    m_keeping.stop();
    const auto failed = [this](const Error &error) {
        // Once: it grows with every answer.
        if (error.kind() != Error::Kind::TooLarge || !std::exchange(m_saidTooLarge, true))
            m_chat->say(error);
    };
    sluice::follow(conversations::keep(session().sharedUserData(), m_profile, capability().id(), m_chat->conversation()), this, [] {}, failed);
}

Call ChatPage::baseCall() const
{
    Call call;
    call.backend = capability().backend;
    call.capability = capability().name;
    call.model = capability().model;
    call.verb = verb();
    call.path = capability().path;
    call.input = Json::object();
    call.timeout = timeout();
    return call;
}

Call ChatPage::call() const
{
    Call call = m_attachment.value_or(m_chat->call());
    call.timeout = timeout();
    return call;
}

Call ChatPage::wholeConversation() const
{
    Call call = m_attachment.value_or(m_chat->wholeConversation());
    call.timeout = timeout();
    return call;
}

void ChatPage::load(const Call &call)
{
    setVerb(call.verb);
    if (isAttachment(call)) {
        m_attachment = call;
        m_chat->shareComposer(); // nothing is asked here
    }
    m_chat->loadCall(call);
    setTimeout(call.timeout);
    Q_EMIT callChanged();
}

void ChatPage::showPast(const PastRun &past)
{
    load(past.call);
    if (m_attachment)
        m_chat->transcript().addUserTurn(attachmentWords());
    m_chat->showPastAnswer(past.result.content, past.error);
}

void ChatPage::run()
{
    if (m_attachment)
        m_chat->attend(attachmentWords(), *m_attachment);
    else
        m_chat->send();
}

void ChatPage::runAgain()
{
    m_chat->retry();
}

QString ChatPage::attachmentWords() const
{
    return tr("Job %1, followed from here").arg(attachedJob(*m_attachment));
}

void ChatPage::execute(const Call &wanted)
{
    Call call = m_attachment.value_or(wanted);
    call.timeout = timeout();
    RunController *run = session().execute(call);
    if (!run) {
        whenConnected([this, wanted] { execute(wanted); });
        return;
    }
    bindChat(*m_chat, *run);
    follow(run);
}

void ChatPage::showFailure(const Error &error)
{
    m_chat->fail(error);
}

} // namespace sluice::ui
