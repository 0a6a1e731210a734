#include "sluice/chat/chat_transcript.h"

namespace sluice::ui {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

const QString messagesKey = QStringLiteral("messages");

Json message(const QString &role, const QString &content)
{
    return Json{{QStringLiteral("role"), role}, {QStringLiteral("content"), content}};
}

/// The words of a message; content may be a list of parts, of which the texts are taken.
QString contentOf(const Json &message)
{
    const Json content = message.value(QStringLiteral("content"));
    if (!content.isArray())
        return content.toString();
    QString text;
    for (const Json &part : content.items())
        text += part.value(QStringLiteral("text")).toString();
    return text;
}

} // namespace

std::optional<qint64> ChatFigures::tokensPer10Seconds() const
{
    const milliseconds streaming = duration - firstToken.value_or(milliseconds(0));
    if (!firstToken || streaming < milliseconds(50) || shownTokens() < 2)
        return std::nullopt;
    return shownTokens() * 10000 / streaming.count();
}

ChatTranscript::ChatTranscript(QObject *parent, const Clock &clock)
    : QObject(parent)
    , m_clock(clock)
{
    m_base.verb = Verb::Stream;
    m_base.input = Json::object();
}

void ChatTranscript::setBaseCall(const Call &call)
{
    m_base = call;
    if (!m_base.input.isObject())
        m_base.input = Json::object();
    Q_EMIT callChanged();
}

void ChatTranscript::loadCall(const Call &call)
{
    m_base = call;
    if (!m_base.input.isObject())
        m_base.input = Json::object();
    m_systemPrompt.clear();
    m_turns.clear();
    for (const Json &item : call.input.value(messagesKey).items()) {
        const QString role = item.value(QStringLiteral("role")).toString();
        const QString text = contentOf(item);
        if (role == QLatin1String("system") || role == QLatin1String("developer")) {
            m_systemPrompt = text;
            continue;
        }
        ChatTurn turn;
        turn.role = role == QLatin1String("assistant") ? ChatTurn::Role::Assistant : ChatTurn::Role::User;
        turn.text = text;
        m_turns.append(turn);
    }
    Q_EMIT reset();
    Q_EMIT callChanged();
}

void ChatTranscript::setSystemPrompt(const QString &prompt)
{
    if (prompt == m_systemPrompt)
        return;
    m_systemPrompt = prompt;
    Q_EMIT callChanged();
}

void ChatTranscript::setParameter(const QString &name, const Json &value)
{
    if (m_base.input.contains(name) ? m_base.input.value(name) == value : value.isNull())
        return;
    if (value.isNull())
        m_base.input.remove(name);
    else
        m_base.input.insert(name, value);
    Q_EMIT callChanged();
}

Call ChatTranscript::callForNextTurn(const QString &draft) const
{
    Json messages = Json::array();
    if (!m_systemPrompt.trimmed().isEmpty())
        messages.append(message(QStringLiteral("system"), m_systemPrompt));
    for (const ChatTurn &turn : m_turns) {
        // An answer that never came, or is still coming, is no part of what is asked.
        if (turn.role == ChatTurn::Role::Assistant && (turn.text.isEmpty() || turn.isOpen()))
            continue;
        messages.append(message(
            turn.role == ChatTurn::Role::User ? QStringLiteral("user") : QStringLiteral("assistant"), turn.text));
    }
    if (!draft.isEmpty())
        messages.append(message(QStringLiteral("user"), draft));
    Call call = m_base;
    call.input.insert(messagesKey, messages);
    return call;
}

void ChatTranscript::addUserTurn(const QString &text)
{
    ChatTurn turn;
    turn.text = text;
    turn.figures.startedAt = m_clock.now();
    m_turns.append(turn);
    Q_EMIT turnAdded(int(m_turns.size()) - 1);
    Q_EMIT callChanged();
}

void ChatTranscript::beginAnswer()
{
    ChatTurn turn;
    turn.role = ChatTurn::Role::Assistant;
    turn.state = ChatTurn::State::Waiting;
    turn.figures.startedAt = m_clock.now();
    m_begun = m_clock.monotonic();
    m_turns.append(turn);
    Q_EMIT turnAdded(int(m_turns.size()) - 1);
}

ChatTurn *ChatTranscript::openTurn()
{
    return isBusy() ? &m_turns.last() : nullptr;
}

void ChatTranscript::append(const ChatDelta &delta)
{
    ChatTurn *turn = openTurn();
    if (turn == nullptr)
        return;
    const int index = int(m_turns.size()) - 1;
    turn->figures.duration = duration_cast<milliseconds>(m_clock.monotonic() - m_begun);
    if (!delta.known)
        ++turn->unknownEvents;
    if (delta.completionTokens)
        turn->figures.tokens = delta.completionTokens;
    for (const ChatSource &source : delta.sources) {
        if (!turn->sources.contains(source))
            turn->sources.append(source);
    }
    const bool aside = !delta.reasoning.isEmpty() || !delta.toolCalls.isEmpty();
    turn->reasoning += delta.reasoning;
    turn->toolCalls.append(delta.toolCalls);
    const bool first = turn->state == ChatTurn::State::Waiting && !delta.text.isEmpty();
    if (first) {
        turn->state = ChatTurn::State::Streaming;
        turn->figures.firstToken = turn->figures.duration;
    }
    if (!delta.text.isEmpty()) {
        ++turn->figures.chunks;
        turn->text += delta.text;
        Q_EMIT textAppended(index, delta.text);
    }
    if (first || aside || !delta.sources.isEmpty())
        Q_EMIT turnChanged(index);
    if (delta.error) {
        failAnswer(Error(Error::Kind::Http, tr("The capability reported an error in its stream: %1").arg(delta.error->left(500)))
                       .withAdvice(tr("What it had written before is kept. Try again, or look at the capability's log.")));
    }
}

void ChatTranscript::closeAnswer(ChatTurn::State state)
{
    ChatTurn *turn = openTurn();
    if (turn == nullptr)
        return;
    turn->state = state;
    turn->figures.duration = duration_cast<milliseconds>(m_clock.monotonic() - m_begun);
    Q_EMIT turnChanged(int(m_turns.size()) - 1);
    Q_EMIT callChanged();
}

void ChatTranscript::finishAnswer()
{
    ChatTurn *turn = openTurn();
    if (turn != nullptr && turn->text.isEmpty() && turn->toolCalls.isEmpty() && turn->reasoning.isEmpty()) {
        const QString seen = turn->unknownEvents > 0
            ? tr("The answer ended without any text: %n event(s) had a form that chat does not know.", nullptr,
                int(turn->unknownEvents))
            : tr("The answer ended without any text.");
        failAnswer(Error(Error::Kind::Protocol, seen)
                       .withAdvice(tr("See the raw events in the result view, or try again.")));
        return;
    }
    closeAnswer(ChatTurn::State::Complete);
}

void ChatTranscript::setNotes(const QStringList &notes)
{
    if (m_turns.isEmpty() || m_turns.last().role != ChatTurn::Role::Assistant || m_turns.last().notes == notes)
        return;
    m_turns.last().notes = notes;
    Q_EMIT turnChanged(int(m_turns.size()) - 1);
}

QString ChatTurn::asides() const
{
    constexpr qsizetype longest = 1500;
    QStringList parts;
    if (!reasoning.isEmpty()) {
        const QString thought = reasoning.trimmed();
        parts << ChatTranscript::tr("Reasoning: %1").arg(thought.size() > longest ? QChar(0x2026) + thought.right(longest) : thought);
    }
    for (const QString &call : toolCalls.lines())
        parts << ChatTranscript::tr("Tool call: %1").arg(call.left(longest));
    return (parts + notes).join(QLatin1Char('\n'));
}

void ChatTranscript::stopAnswer()
{
    closeAnswer(ChatTurn::State::Stopped);
}

void ChatTranscript::failAnswer(const Error &error)
{
    if (ChatTurn *turn = openTurn())
        turn->error = error;
    closeAnswer(ChatTurn::State::Failed);
}

void ChatTranscript::addPastAnswer(const QList<ChatDelta> &deltas, const std::optional<Error> &error)
{
    beginAnswer();
    for (const ChatDelta &delta : deltas)
        append(delta);
    const bool open = isBusy();
    if (open && error && error->kind() != Error::Kind::Canceled)
        failAnswer(*error);
    else if (open && error)
        stopAnswer();
    else if (open)
        finishAnswer();
    ChatFigures &figures = m_turns.last().figures;
    const auto tokens = figures.tokens;
    figures = {};
    figures.tokens = tokens;
    Q_EMIT turnChanged(int(m_turns.size()) - 1);
}

void ChatTranscript::setPaid(const QString &wei)
{
    if (m_turns.isEmpty() || m_turns.last().role != ChatTurn::Role::Assistant || m_turns.last().figures.paidWei == wei)
        return;
    m_turns.last().figures.paidWei = wei;
    Q_EMIT turnChanged(int(m_turns.size()) - 1);
}

bool ChatTranscript::dropLastAnswer()
{
    if (m_turns.isEmpty() || m_turns.last().role != ChatTurn::Role::Assistant || m_turns.last().isOpen())
        return false;
    m_turns.removeLast();
    Q_EMIT turnRemoved(int(m_turns.size()));
    Q_EMIT callChanged();
    return true;
}

QList<ChatTurn> ChatTranscript::clear()
{
    QList<ChatTurn> before = std::exchange(m_turns, {});
    Q_EMIT reset();
    Q_EMIT callChanged();
    return before;
}

void ChatTranscript::restore(const QList<ChatTurn> &turns)
{
    m_turns = turns;
    Q_EMIT reset();
    Q_EMIT callChanged();
}

} // namespace sluice::ui
