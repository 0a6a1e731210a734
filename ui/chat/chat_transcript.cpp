#include "sluice/chat/chat_transcript.h"

#include "sluice/chat/data_pictures_p.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_kind.h"

namespace sluice::ui {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

const QString messagesKey = QStringLiteral("messages");

Json message(const QString &role, const QString &content)
{
    return Json{{QStringLiteral("role"), role}, {QStringLiteral("content"), content}};
}

/// Sound as OpenAI streams it is bare samples, 24 kHz of one channel; with the head of a WAV file it can be played.
QByteArray withWavHead(const QByteArray &samples)
{
    constexpr quint32 rate = 24'000;
    QByteArray head;
    const auto put = [&head](quint32 value, int count) {
        for (int i = 0; i < count; ++i)
            head += char((value >> (8 * i)) & 0xff);
    };
    head += "RIFF";
    put(quint32(36 + samples.size()), 4);
    head += "WAVEfmt ";
    put(16, 4);
    put(1, 2);
    put(1, 2);
    put(rate, 4);
    put(rate * 2, 4);
    put(2, 2);
    put(16, 2);
    head += "data";
    put(quint32(samples.size()), 4);
    return head + samples;
}

} // namespace

ChatTranscript::ChatTranscript(QObject *parent, const Clock &clock)
    : QObject(parent)
    , m_clock(clock)
{
    m_base.verb = Verb::Stream;
    m_base.input = Json::object();
}

ChatTranscript::~ChatTranscript() = default;

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
    m_tree = {};
    for (const Json &item : call.input.value(messagesKey).items()) {
        const QString role = item.value(QStringLiteral("role")).toString();
        if (role == QLatin1String("system") || role == QLatin1String("developer"))
            m_systemPrompt = ChatTurn::fromMessage(item).text;
        else
            m_tree.append(ChatTurn::fromMessage(item));
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

Call ChatTranscript::callForNextTurn(const QString &draft, const QList<ChatAttachment> &attachments, int instead) const
{
    Json messages = Json::array();
    if (!m_systemPrompt.trimmed().isEmpty())
        messages.append(message(QStringLiteral("system"), m_systemPrompt));
    const qsizetype count = instead < 0 ? turns().size() : std::min<qsizetype>(instead, turns().size());
    for (const ChatTurn &turn : turns().first(count)) {
        // An answer that never came, or is still coming, is no part of what is asked.
        if (turn.role == ChatTurn::Role::Assistant && turn.original.isNull() && (turn.text.isEmpty() || turn.isOpen()))
            continue;
        messages.append(turn.message());
    }
    if (!draft.isEmpty() || !attachments.isEmpty())
        messages.append(questionMessage(draft, attachments));
    Call call = m_base;
    call.input.insert(messagesKey, messages);
    return call;
}

void ChatTranscript::addUserTurn(const QString &text, const QList<ChatAttachment> &attachments)
{
    ChatTurn turn;
    turn.text = text;
    turn.attachments = attachments;
    turn.figures.startedAt = m_clock.now();
    m_tree.append(turn);
    Q_EMIT turnAdded(int(turns().size()) - 1);
    Q_EMIT callChanged();
}

void ChatTranscript::beginAnswer()
{
    ChatTurn turn;
    turn.role = ChatTurn::Role::Assistant;
    turn.state = ChatTurn::State::Waiting;
    turn.figures.startedAt = m_clock.now();
    m_begun = m_clock.monotonic();
    m_pictures = std::make_unique<DataPictures>();
    m_sound.clear();
    m_tree.append(turn);
    Q_EMIT turnAdded(int(turns().size()) - 1);
}

ChatTurn *ChatTranscript::openTurn()
{
    if (!isBusy())
        return nullptr;
    if (!m_pictures)
        m_pictures = std::make_unique<DataPictures>(); // the turn was given while it was open
    return &m_tree.last();
}

void ChatTranscript::append(const ChatDelta &delta)
{
    ChatTurn *turn = openTurn();
    if (turn == nullptr)
        return;
    const int index = int(turns().size()) - 1;
    takeFigures(*turn, delta);
    if (delta.job) {
        takeNews(*turn, *delta.job);
        return;
    }
    const qsizetype sources = turn->sources.size();
    for (const ChatSource &source : delta.sources) {
        if (!turn->sources.contains(source))
            turn->sources.append(source);
    }
    const bool aside = !delta.reasoning.isEmpty() || !delta.toolCalls.isEmpty();
    turn->reasoning += delta.reasoning;
    turn->toolCalls.append(delta.toolCalls);
    const qsizetype media = turn->attachments.size();
    const bool first = turn->state == ChatTurn::State::Waiting && (aside || !delta.text.isEmpty() || !delta.pictures.isEmpty() || !delta.audio.isEmpty());
    if (first) {
        turn->state = ChatTurn::State::Streaming;
        turn->figures.firstToken = turn->figures.duration;
    }
    if (aside || !delta.text.isEmpty())
        ++turn->figures.chunks;
    if (!delta.text.isEmpty() && !turn->steps.isEmpty()) {
        ChatStep &step = turn->steps.last();
        if (!step.firstToken)
            step.firstToken = turn->figures.duration - step.begunAt;
        ++step.chunks;
    }
    takeMedia(*turn, delta);
    if (!delta.text.isEmpty()) {
        const DataPictures::Taken taken = m_pictures->take(delta.text);
        turn->attachments += taken.pictures;
        takeWords(*turn, taken.words);
    }
    if (aside)
        Q_EMIT asidesAppended(index);
    if (first || turn->sources.size() != sources || turn->attachments.size() != media)
        Q_EMIT turnChanged(index);
    if (delta.error) {
        failAnswer(Error(Error::Kind::Http, tr("The capability reported an error in its stream: %1").arg(delta.error->left(500)))
                       .withAdvice(tr("What it had written before is kept. Try again, or look at the capability's log.")));
    }
}

milliseconds ChatTranscript::sinceBegun() const
{
    return duration_cast<milliseconds>(m_clock.monotonic() - m_begun);
}

/// What a worker tells of the answer's job and of its streams.
void ChatTranscript::takeNews(ChatTurn &turn, const JobNews &news)
{
    constexpr qsizetype mostStepText = 16 * 1024 * 1024;
    const int index = int(turns().size()) - 1;
    if (news.place)
        turn.place = *news.place;
    if (news.streams > 0)
        turn.stepCount = news.streams;
    if (news.stream < 1) {
        Q_EMIT turnChanged(index);
        return;
    }
    turn.place = 0;
    while (turn.steps.size() < news.stream)
        turn.steps.append(ChatStep());
    ChatStep &step = turn.steps[news.stream - 1];
    switch (news.event) {
    case JobNews::Event::None:
        break;
    case JobNews::Event::Begun:
        step.name = news.model;
        step.provider = news.provider;
        step.begunAt = sinceBegun();
        step.isOpen = true;
        break;
    case JobNews::Event::Text:
        if (turn.state == ChatTurn::State::Waiting) {
            turn.state = ChatTurn::State::Streaming;
            turn.figures.firstToken = turn.figures.duration;
        }
        if (!step.firstToken)
            step.firstToken = sinceBegun() - step.begunAt;
        ++step.chunks;
        if (step.text.size() + news.text.size() <= mostStepText)
            step.text += news.text;
        Q_EMIT asidesAppended(index); // per piece
        return;
    case JobNews::Event::Ended:
        step.isOpen = false;
        step.duration = sinceBegun() - step.begunAt;
        if (news.completionTokens)
            step.tokens = news.completionTokens;
        if (news.promptTokens)
            step.promptTokens = news.promptTokens;
        step.paidWei = news.paidWei;
        step.chargedWei = news.chargedWei;
        step.runId = news.runId;
        if (const QString cost = costOf(turn.steps); !cost.isEmpty())
            turn.figures.paidWei = cost;
        break;
    }
    Q_EMIT turnChanged(index);
}

void ChatTranscript::takeFigures(ChatTurn &turn, const ChatDelta &delta)
{
    turn.figures.duration = duration_cast<milliseconds>(m_clock.monotonic() - m_begun);
    if (!delta.known)
        ++turn.unknownEvents;
    // Servers that count nothing say zero.
    const auto take = [](std::optional<qint64> &figure, const std::optional<qint64> &told) {
        if (told && *told > 0)
            figure = told;
    };
    take(turn.figures.tokens, delta.completionTokens);
    take(turn.figures.promptTokens, delta.promptTokens);
    take(turn.figures.reasoningTokens, delta.reasoningTokens);
    take(turn.figures.totalTokens, delta.totalTokens);
}

void ChatTranscript::takeWords(ChatTurn &turn, const QString &words)
{
    if (words.isEmpty())
        return;
    turn.text += words;
    Q_EMIT textAppended(int(turns().size()) - 1, words);
}

void ChatTranscript::takeMedia(ChatTurn &turn, const ChatDelta &delta)
{
    for (const QString &uri : delta.pictures) {
        const ChatAttachment picture = ChatAttachment::picture(uri);
        if (!turn.attachments.contains(picture)) // some servers tell it again with their last event
            turn.attachments.append(picture);
    }
    m_sound += delta.audio;
}

void ChatTranscript::takeSound(ChatTurn &turn)
{
    const QByteArray told = std::exchange(m_sound, QByteArray());
    if (told.isEmpty())
        return;
    const auto bytes = bytes::fromBase64(told);
    if (!bytes) {
        turn.notes.append(tr("A sound came with the answer, but it is no base64, so it cannot be played."));
        return;
    }
    const FileKind kind = FileKind::of(*bytes);
    const bool known = QByteArrayView(kind.mediaType).startsWith("audio/");
    turn.attachments.append(ChatAttachment::sound(known ? *bytes : withWavHead(*bytes), known ? QString::fromLatin1(kind.extension) : QStringLiteral("wav")));
}

void ChatTranscript::closeAnswer(ChatTurn::State state)
{
    ChatTurn *turn = openTurn();
    if (turn == nullptr)
        return;
    takeWords(*turn, m_pictures->finish());
    takeSound(*turn);
    turn->state = state;
    turn->place = 0;
    for (ChatStep &step : turn->steps)
        step.isOpen = false;
    turn->figures.duration = duration_cast<milliseconds>(m_clock.monotonic() - m_begun);
    Q_EMIT turnChanged(int(turns().size()) - 1);
    Q_EMIT callChanged();
}

void ChatTranscript::finishAnswer()
{
    ChatTurn *turn = openTurn();
    if (turn != nullptr) {
        takeWords(*turn, m_pictures->finish());
        takeSound(*turn);
    }
    if (turn != nullptr && turn->isEmpty()) {
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
    if (turns().isEmpty() || turns().last().role != ChatTurn::Role::Assistant || turns().last().notes == notes)
        return;
    m_tree.last().notes = notes;
    Q_EMIT turnChanged(int(turns().size()) - 1);
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
    ChatFigures &figures = m_tree.last().figures;
    figures.startedAt = {};
    figures.firstToken.reset();
    figures.duration = milliseconds(0);
    figures.chunks = 0;
    figures.past = true;
    for (ChatStep &step : m_tree.last().steps) {
        step.firstToken.reset();
        step.duration.reset();
    }
    Q_EMIT turnChanged(int(turns().size()) - 1);
}

void ChatTranscript::setPaid(const QString &wei)
{
    if (turns().isEmpty() || turns().last().role != ChatTurn::Role::Assistant || turns().last().figures.paidWei == wei)
        return;
    m_tree.last().figures.paidWei = wei;
    Q_EMIT turnChanged(int(turns().size()) - 1);
}

bool ChatTranscript::dropLastAnswer()
{
    if (turns().isEmpty() || turns().last().role != ChatTurn::Role::Assistant || turns().last().isOpen())
        return false;
    if (turns().last().isEmpty())
        m_tree.removeLast();
    else
        m_tree.leave(int(turns().size()) - 1);
    Q_EMIT turnRemoved(int(turns().size()));
    Q_EMIT callChanged();
    return true;
}

bool ChatTranscript::showVersion(int index, int version)
{
    if (isBusy() || index < 0 || index >= turns().size() || versions(index).shown == version || !m_tree.show(index, version))
        return false;
    Q_EMIT pathChanged(index);
    Q_EMIT callChanged();
    return true;
}

bool ChatTranscript::branchBefore(int index)
{
    if (isBusy() || index < 0 || index >= turns().size())
        return false;
    m_tree.leave(index);
    Q_EMIT pathChanged(index);
    Q_EMIT callChanged();
    return true;
}

void ChatTranscript::setTree(const ConversationTree &tree)
{
    m_tree = tree;
    Q_EMIT reset();
    Q_EMIT callChanged();
}

QList<ChatTurn> ChatTranscript::clear()
{
    const QList<ChatTurn> before = turns();
    setTree({});
    return before;
}

void ChatTranscript::restore(const QList<ChatTurn> &turns)
{
    ConversationTree tree;
    for (const ChatTurn &turn : turns)
        tree.append(turn);
    setTree(tree);
}

} // namespace sluice::ui
