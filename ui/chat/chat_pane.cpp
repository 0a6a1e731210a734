#include "sluice/chat/chat_pane.h"

#include "sluice/chat/attachment_tray.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_settings.h"
#include "sluice/chat/chat_view.h"
#include "sluice/gateway/stored_events.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QDropEvent>
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

constexpr int kWidestComposer = 800;

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
    // No wider than the column of the conversation.
    m_composer->setMaximumWidth(kWidestComposer);
    auto *middle = new QHBoxLayout;
    middle->addStretch(0);
    middle->addWidget(m_composer, 1);
    middle->addStretch(0);
    foot->addLayout(middle);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_state, 1);
    column->addLayout(foot);
    setTabOrder(m_composer->editor(), m_settings);

    setAcceptDrops(true);
    connectParts();
    setFocusProxy(m_composer->editor());
    showWelcome();
    refresh();
}

ChatPane::~ChatPane() = default;

void ChatPane::connectParts()
{
    connect(m_composer, &ChatComposer::submitted, this, &ChatPane::submit);
    connect(m_composer, &ChatComposer::stopRequested, this, &ChatPane::stopRequested);
    connect(m_composer, &ChatComposer::textChanged, this, &ChatPane::callChanged);
    connect(m_clear, &QToolButton::clicked, this, &ChatPane::clear);
    connect(m_view, &ChatView::retryRequested, this, &ChatPane::retry);
    connect(m_view, &ChatView::askAgainRequested, this, &ChatPane::askAgain);
    connect(m_view, &ChatView::editRequested, this, &ChatPane::edit);
    connect(m_composer, &ChatComposer::editLastRequested, this, &ChatPane::editLast);
    connect(m_composer, &ChatComposer::editCanceled, this, &ChatPane::cancelEdit);
    connect(m_composer, &ChatComposer::problem, this, &ChatPane::say);
    connect(m_transcript, &ChatTranscript::callChanged, this, &ChatPane::conversationChanged);
    connect(m_transcript, &ChatTranscript::turnChanged, this, [this] {
        if (!m_transcript->isBusy()) // what was paid, notes: they come behind the answer
            Q_EMIT conversationChanged();
    });
    connect(m_view, &ChatView::linkActivated, this, &ChatPane::openLink);
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        if (m_cleared)
            m_transcript->setTree(*m_cleared);
        m_cleared.reset();
        m_message->clear();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_cleared.reset(); });
    connect(m_state, &StateView::actionTriggered, this, [this] {
        m_composer->setText(m_example);
        m_composer->editor()->setFocus();
    });
    connect(m_transcript, &ChatTranscript::callChanged, this, [this] {
        refresh();
        Q_EMIT callChanged();
    });
    // What was to be another version is none any more when its question is gone.
    connect(m_transcript, &ChatTranscript::pathChanged, this, [this](int from) {
        if (from <= m_edited)
            cancelEdit();
    });
    connect(m_transcript, &ChatTranscript::reset, this, &ChatPane::cancelEdit);
    connect(m_transcript, &ChatTranscript::turnAdded, this, &ChatPane::refresh);
    connect(m_transcript, &ChatTranscript::turnChanged, this, &ChatPane::refresh);
}

void ChatPane::shareComposer()
{
    m_composer->hide();
    m_settings->setPromptShown(false);
    setFocusProxy(m_view);
}

void ChatPane::setCapability(const CapabilityInfo &info)
{
    m_capability = info;
    m_example = info.examples.isEmpty() ? QString() : questionOf(info.examples.first().input);
    m_settings->setCapability(info);
    m_composer->setTakesPictures(info.takesPictures());
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
    Draft last;
    const Json messages = call.input.value(QStringLiteral("messages"));
    if (messages.size() > 0) {
        // A question of words and pictures goes into the composer; what holds more stays as it is.
        const ChatTurn turn = ChatTurn::fromMessage(messages.at(messages.size() - 1));
        if (turn.role == ChatTurn::Role::User && turn.original.isNull()) {
            last = {turn.text, turn.attachments};
            base.input.insert(QStringLiteral("messages"), Json::array(messages.items().mid(0, messages.size() - 1)));
        }
    }
    m_transcript->loadCall(base);
    m_settings->readBack();
    setDraft(last);
    m_message->clear();
    m_cleared.reset();
}

void ChatPane::showPastAnswer(const QByteArray &content, const std::optional<Error> &error)
{
    const Draft question = draft();
    if (!question.text.isEmpty() || !question.attachments.isEmpty())
        m_transcript->addUserTurn(question.text, question.attachments);
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

Json ChatPane::conversation() const
{
    if (m_transcript->tree().isEmpty())
        return {};
    // What a person chose beside the words; texts and lists among the members may be secrets, and are the capability's matter.
    Json numbers = Json::object();
    for (const auto &[name, value] : m_transcript->baseCall().input.members()) {
        if (value.isNumber())
            numbers.insert(name, value);
    }
    return Json{{QStringLiteral("instructions"), m_transcript->systemPrompt()}, {QStringLiteral("numbers"), numbers},
        {QStringLiteral("tree"), m_transcript->tree().toJson()}};
}

void ChatPane::restoreConversation(const Json &conversation)
{
    const auto tree = ConversationTree::fromJson(conversation.value(QStringLiteral("tree")));
    if (!tree) {
        say(tree.error());
        return;
    }
    if (m_transcript->systemPrompt().isEmpty()) // what a person has begun to write stays
        m_transcript->setSystemPrompt(conversation.value(QStringLiteral("instructions")).toString());
    for (const auto &[name, value] : conversation.value(QStringLiteral("numbers")).members()) {
        if (value.isNumber())
            m_transcript->setParameter(name, value);
    }
    m_transcript->setTree(*tree);
    m_settings->readBack();
}

bool ChatPane::isUntouched() const
{
    return m_transcript->tree().isEmpty();
}

void ChatPane::say(const Error &error)
{
    m_message->showError(error);
    m_message->setAction({});
}

Call ChatPane::call() const
{
    const QList<ChatTurn> &turns = m_transcript->turns();
    const bool written = m_edited >= 0 || !m_composer->text().trimmed().isEmpty() || !m_composer->attachments().isEmpty();
    if (!m_busy && !written && !turns.isEmpty() && turns.last().role == ChatTurn::Role::Assistant)
        return withStreamMember(m_transcript->callForNextTurn({}, {}, int(turns.size()) - 1));
    return wholeConversation();
}

Call ChatPane::wholeConversation() const
{
    if (m_busy)
        return withStreamMember(m_transcript->callForNextTurn());
    return withStreamMember(m_transcript->callForNextTurn(m_composer->text().trimmed(), m_composer->attachments(), m_edited));
}

Call ChatPane::withStreamMember(Call call) const
{
    // A schema that does not know `stream` may refuse it; one that is unknown belongs to servers that need it.
    const Json properties = m_capability.inputSchema.value(QStringLiteral("properties"));
    const QString stream = QStringLiteral("stream");
    // A worker tells what each stream of a template says and takes only to who asks.
    const QString tellStreams = QStringLiteral("tell_streams");
    if (call.verb == Verb::Stream && properties.contains(tellStreams) && !call.input.contains(tellStreams))
        call.input.insert(tellStreams, true);
    if (call.verb == Verb::Stream && (!properties.isObject() || properties.contains(stream)) && !call.input.contains(stream))
        call.input.insert(stream, true);
    return call;
}

ChatPane::Draft ChatPane::draft() const
{
    return {m_composer->text(), m_composer->attachments()};
}

void ChatPane::setDraft(const Draft &draft)
{
    m_composer->setText(draft.text);
    m_composer->setAttachments(draft.attachments);
}

bool ChatPane::isBusy() const
{
    return m_busy;
}

void ChatPane::send()
{
    m_composer->submit();
}

void ChatPane::attend(const QString &words, const Call &call)
{
    if (m_busy)
        return;
    m_transcript->addUserTurn(words);
    m_transcript->beginAnswer();
    m_reader = {};
    refresh();
    Q_EMIT sendRequested(call);
}

void ChatPane::submit(const QString &text)
{
    m_message->clear();
    m_cleared.reset();
    const QList<ChatAttachment> attachments = m_composer->attachments();
    Draft next;
    if (m_edited >= 0) {
        const int edited = std::exchange(m_edited, -1);
        next = std::exchange(m_kept, {});
        m_composer->setEditing(false);
        m_transcript->branchBefore(edited);
    }
    m_transcript->addUserTurn(text, attachments);
    setDraft(next);
    ask();
}

void ChatPane::ask()
{
    const Call next = withStreamMember(m_transcript->callForNextTurn());
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
    ask();
}

void ChatPane::askAgain(int index)
{
    const QList<ChatTurn> &turns = m_transcript->turns();
    if (m_busy || index < 1 || index >= turns.size() || turns[index].role != ChatTurn::Role::Assistant || turns[index - 1].role != ChatTurn::Role::User)
        return;
    m_transcript->branchBefore(index);
    ask();
}

void ChatPane::edit(int index)
{
    const QList<ChatTurn> &turns = m_transcript->turns();
    if (m_busy || index < 0 || index >= turns.size() || turns[index].role != ChatTurn::Role::User)
        return;
    if (m_edited < 0)
        m_kept = draft();
    m_edited = index;
    m_composer->setEditing(true);
    setDraft({turns[index].text, turns[index].attachments});
    m_composer->editor()->setFocus();
    Q_EMIT callChanged();
}

void ChatPane::editLast()
{
    for (int i = int(m_transcript->turns().size()) - 1; i >= 0; --i) {
        if (m_transcript->turns().at(i).role == ChatTurn::Role::User) {
            edit(i);
            return;
        }
    }
}

void ChatPane::cancelEdit()
{
    if (m_edited < 0)
        return;
    m_edited = -1;
    m_composer->setEditing(false);
    setDraft(std::exchange(m_kept, {}));
    Q_EMIT callChanged();
}

void ChatPane::clear()
{
    if (m_busy || m_transcript->turns().isEmpty())
        return;
    m_cleared = m_transcript->tree();
    const auto count = int(m_transcript->clear().size());
    m_message->showMessage(InlineMessage::Severity::Info, tr("%n message(s) cleared.", nullptr, count));
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

void ChatPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_composer->takesPictures() && AttachmentTray::holdsPictures(*event->mimeData()))
        event->acceptProposedAction();
}

void ChatPane::dropEvent(QDropEvent *event)
{
    if (m_composer->takesPictures() && m_composer->tray().take(*event->mimeData()))
        event->acceptProposedAction();
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
