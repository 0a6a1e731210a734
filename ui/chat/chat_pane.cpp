#include "sluice/chat/chat_pane.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_settings.h"
#include "sluice/chat/chat_view.h"
#include "sluice/gateway/stored_events.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

/// The last thing a person says in an example's messages.
QString questionOf(const Json &input)
{
    const QList<Json> messages = input.value(QStringLiteral("messages")).items();
    for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
        if (message->value(QStringLiteral("role")).toString() == QLatin1String("user"))
            return message->value(QStringLiteral("content")).toString();
    }
    return {};
}

} // namespace

ChatPane::ChatPane(QWidget *parent)
    : QWidget(parent)
    , m_transcript(new ChatTranscript(this))
    , m_settings(new ChatSettings(*m_transcript, this))
    , m_state(new StateView(this))
    , m_view(new ChatView(*m_transcript))
    , m_message(new InlineMessage(this))
    , m_composer(new ChatComposer(this))
    , m_clear(new QToolButton(this))
{
    m_state->setContent(m_view);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_clear->setObjectName(QStringLiteral("clearConversation"));
    m_clear->setAutoRaise(true);
    m_clear->setIcon(Theme::icon(QStringLiteral("trash-2"), Theme::Role::Muted));
    m_clear->setToolTip(tr("Clear the conversation"));
    m_clear->setAccessibleName(tr("Clear the conversation"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::Two, space::Half, space::One, space::Half + 1);
    bar->setSpacing(space::One);
    bar->addWidget(m_settings, 1);
    bar->addWidget(m_clear, 0, Qt::AlignTop);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(space::Two, space::Half, space::Two, space::Two);
    foot->setSpacing(space::One);
    foot->addWidget(m_message);
    foot->addWidget(m_composer);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_state, 1);
    column->addLayout(foot);
    setTabOrder(m_composer->editor(), m_settings);

    connect(m_composer, &ChatComposer::submitted, this, &ChatPane::submit);
    connect(m_composer, &ChatComposer::stopRequested, this, &ChatPane::stopRequested);
    connect(m_composer, &ChatComposer::textChanged, this, &ChatPane::callChanged);
    connect(m_clear, &QToolButton::clicked, this, &ChatPane::clear);
    connect(m_view, &ChatView::retryRequested, this, &ChatPane::retry);
    connect(m_view, &ChatView::linkActivated, this, &ChatPane::openLink);
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_transcript->restore(std::exchange(m_cleared, {}));
        m_message->clear();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_cleared.clear(); });
    connect(m_state, &StateView::actionTriggered, this, [this] {
        m_composer->setText(m_example);
        m_composer->editor()->setFocus();
    });
    connect(m_transcript, &ChatTranscript::callChanged, this, [this] {
        refresh();
        Q_EMIT callChanged();
    });
    connect(m_transcript, &ChatTranscript::turnAdded, this, &ChatPane::refresh);
    connect(m_transcript, &ChatTranscript::turnChanged, this, &ChatPane::refresh);
    setFocusProxy(m_composer->editor());
    showWelcome();
    refresh();
}

ChatPane::~ChatPane() = default;

void ChatPane::setCapability(const CapabilityInfo &info)
{
    m_capability = info;
    m_example = info.examples.isEmpty() ? QString() : questionOf(info.examples.first().input);
    m_settings->setCapability(info);
    showWelcome();
    refresh();
}

void ChatPane::setBaseCall(const Call &call)
{
    m_transcript->setBaseCall(call);
    m_settings->readBack();
}

void ChatPane::loadCall(const Call &call)
{
    if (m_busy)
        Q_EMIT stopRequested();
    Call base = call;
    QString draft;
    Json messages = call.input.value(QStringLiteral("messages"));
    if (messages.size() > 0) {
        const Json last = messages.at(messages.size() - 1);
        if (last.value(QStringLiteral("role")).toString() == QLatin1String("user") && last.value(QStringLiteral("content")).isString()) {
            draft = last.value(QStringLiteral("content")).toString();
            base.input.insert(QStringLiteral("messages"), Json::array(messages.items().mid(0, messages.size() - 1)));
        }
    }
    m_transcript->loadCall(base);
    m_settings->readBack();
    m_composer->setText(draft);
    m_message->clear();
    m_cleared.clear();
}

void ChatPane::showPastAnswer(const QByteArray &content, const std::optional<Error> &error)
{
    const QString question = m_composer->text();
    if (!question.isEmpty())
        m_transcript->addUserTurn(question);
    m_composer->clear();
    if (content.isEmpty() && !error)
        return;
    QList<ChatDelta> deltas;
    ChatReader reader;
    if (m_transcript->baseCall().verb == Verb::Run) {
        deltas.append(parseChatDelta(QByteArrayView(content)));
    } else {
        for (const StreamEvent &event : storedEvents(content))
            deltas.append(reader.read(event));
        deltas.append(reader.finish());
    }
    m_transcript->addPastAnswer(deltas, error);
}

Call ChatPane::call() const
{
    Call call = m_transcript->callForNextTurn(m_busy ? QString() : m_composer->text().trimmed());
    // A schema that does not know `stream` may refuse it; one that is unknown belongs to servers that need it.
    const Json properties = m_capability.inputSchema.value(QStringLiteral("properties"));
    const QString stream = QStringLiteral("stream");
    if (call.verb == Verb::Stream && (!properties.isObject() || properties.contains(stream)) && !call.input.contains(stream))
        call.input.insert(stream, true);
    return call;
}

bool ChatPane::isBusy() const
{
    return m_busy;
}

void ChatPane::send()
{
    m_composer->submit();
}

void ChatPane::submit(const QString &text)
{
    m_message->clear();
    m_cleared.clear();
    m_transcript->addUserTurn(text);
    m_composer->clear();
    ask();
}

void ChatPane::ask()
{
    const Call next = call();
    m_transcript->beginAnswer();
    m_reader = {};
    refresh();
    Q_EMIT sendRequested(next);
}

void ChatPane::retry()
{
    if (m_busy)
        return;
    m_transcript->dropLastAnswer();
    const QList<ChatTurn> &turns = m_transcript->turns();
    if (turns.isEmpty() || turns.last().role != ChatTurn::Role::User)
        return;
    // What stands in the composer is not part of the question that is asked again.
    const QString draft = m_composer->text();
    m_composer->clear();
    ask();
    m_composer->setText(draft);
}

void ChatPane::clear()
{
    if (m_busy || m_transcript->turns().isEmpty())
        return;
    m_cleared = m_transcript->clear();
    m_message->showMessage(InlineMessage::Severity::Info, tr("%n message(s) cleared.", nullptr, int(m_cleared.size())));
    m_message->setAction(tr("Undo"));
    m_composer->editor()->setFocus();
}

void ChatPane::takeEvent(const StreamEvent &event)
{
    m_transcript->append(m_reader.read(event));
}

void ChatPane::takeNotes(const QStringList &notes)
{
    m_transcript->setNotes(notes);
}

void ChatPane::takeResult(const RunResult &result)
{
    const bool events = result.contentType.toLower().startsWith("text/event-stream");
    if (m_transcript->isBusy() && events) {
        for (const StreamEvent &event : storedEvents(result.content))
            m_transcript->append(m_reader.read(event));
    } else if (m_transcript->isBusy()) {
        m_transcript->append(parseChatDelta(QByteArrayView(result.content)));
    }
    takeNotes(result.notes);
    takePayment(result.payment);
    finish();
}

void ChatPane::takePayment(const Payment &payment)
{
    // What was paid for this answer; when credit was left from before, what it took of that, if the orchestrator told.
    const QString zero = QStringLiteral("0");
    const QString wei = payment.paidWei != zero ? payment.paidWei : payment.chargedWei.value_or(zero);
    if (wei != zero)
        m_transcript->setPaid(wei);
}

void ChatPane::finish()
{
    m_transcript->append(m_reader.finish());
    m_transcript->finishAnswer();
}

void ChatPane::fail(const Error &error)
{
    if (error.kind() == Error::Kind::Canceled)
        m_transcript->stopAnswer();
    else
        m_transcript->failAnswer(error);
}

void ChatPane::cancel()
{
    m_transcript->stopAnswer();
}

void ChatPane::openLink(const QUrl &url)
{
    Q_EMIT linkActivated(url);
    if (linkKind(url) == LinkKind::Refused) {
        m_message->showMessage(InlineMessage::Severity::Warning,
            tr("This link is no web or mail address, so it is not opened: %1").arg(url.toDisplayString().left(200)));
        m_message->setAction({});
        return;
    }
    if (m_opensLinks)
        askToOpenLink(this, url);
}

void ChatPane::refresh()
{
    const bool busy = m_transcript->isBusy();
    m_composer->setBusy(busy);
    m_clear->setEnabled(!busy && !m_transcript->turns().isEmpty());
    if (m_transcript->turns().isEmpty())
        showWelcome();
    else if (m_state->state() != StateView::State::Content)
        m_state->showContent();
    m_busy = busy;
}

void ChatPane::showWelcome()
{
    if (!m_transcript->turns().isEmpty())
        return;
    const QString name = m_capability.title.isEmpty() ? m_capability.name : m_capability.title;
    m_state->showEmpty(QStringLiteral("message-square"), name.isEmpty() ? tr("A new conversation") : tr("Talk to %1").arg(name),
        tr("Write a message below and press Ctrl+Enter. Each answer is a call of its own, paid and kept in history."),
        m_example.isEmpty() ? QString() : tr("Try: %1").arg(m_example.simplified().left(60)));
}

void ChatPane::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, m_state->y() - 1, width(), 1, Theme::color(Theme::Role::Border));
}

void ChatPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_busy) {
        Q_EMIT stopRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace sluice::ui
