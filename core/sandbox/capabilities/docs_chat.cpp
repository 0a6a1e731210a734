#include "sluice/sandbox/capabilities/docs_chat.h"

#include "sluice/sandbox/capabilities/chat_chunks.h"
#include "sluice/sandbox/capabilities/docs_index.h"

#include <chrono>

namespace sluice::sandbox {
namespace {

constexpr int DefaultWordsPerSecond = 120;
constexpr int MostTableRows = 8;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QStringList questionsOf(const Json &messages)
{
    QStringList questions;
    for (const Json &message : messages.items()) {
        if (message.value(key("role")).toString() == u"user")
            questions.append(message.value(key("content")).toString());
    }
    return questions;
}

/// Words with the white space behind them, so that their concatenation is the text.
QStringList wordsOf(const QString &text)
{
    QStringList words;
    qsizetype start = 0;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (!text[i].isSpace() && text[i - 1].isSpace()) {
            words.append(text.mid(start, i - start));
            start = i;
        }
    }
    if (start < text.size())
        words.append(text.mid(start));
    return words;
}

QString nothingFound(const QString &question, const DocsIndex &index)
{
    const QString asked = question.simplified().left(200);
    QString text = asked.isEmpty() ? QStringLiteral("There is no question to look up.")
                                   : QStringLiteral("The documentation says nothing that matches “%1”.").arg(asked);
    text += QStringLiteral("\n\nThis capability looks words up in Sluice's own documentation, which is in English; it is no language model and "
                           "knows nothing else. It holds these pages:\n\n");
    for (const QString &document : index.documents())
        text += QStringLiteral("- ") + document + u'\n';
    text += QStringLiteral("\nTry, for example, *How does a payment ticket work?* or *How do I add a capability?*");
    return text;
}

} // namespace

DocsChat::DocsChat()
    : m_index(std::make_unique<DocsIndex>(bundledDocumentation()))
{
}

DocsChat::~DocsChat() = default;

QString DocsChat::description() const
{
    return QStringLiteral("Answers questions about Sluice and the Livepeer protocols by searching the project's own documentation (SQLite full-text "
                          "search) and quoting the best passages with their sources. This is retrieval, not a language model: it "
                          "writes nothing of its own. The words are sent one by one at a set pace (120 a second unless you choose "
                          "otherwise), so that streaming can be seen.");
}

Json DocsChat::inputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "Documentation chat"}, {key("required"), Json::array({Json("messages")})},
        {key("properties"), Json{
            {key("messages"), messagesSchema()},
            {key("max_sources"), Json{{key("type"), "integer"}, {key("title"), "Sources at most"}, {key("minimum"), 1}, {key("maximum"), 8},
                {key("default"), 3}, {key("x-order"), 1}}},
            {key("words_per_second"), Json{{key("type"), "integer"}, {key("title"), "Words per second"}, {key("minimum"), 0}, {key("maximum"), 5000},
                {key("default"), DefaultWordsPerSecond}, {key("description"), "Pace of the answer; 0 sends it as fast as it is read."},
                {key("x-order"), 2}}},
            {key("stream"), Json{{key("type"), "boolean"}, {key("title"), "Stream"}, {key("default"), true},
                {key("description"), "false gives the whole answer at once."}, {key("x-order"), 3}}}}}};
}

Json DocsChat::outputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "chat.completion.chunk"},
        {key("x-output"), Json{{key("type"), "text_stream"}, {key("media_type"), "text/event-stream"}, {key("streaming"), true},
            {key("protocol"), "openai"}, {key("format"), "markdown"}}},
        {key("properties"), Json{{key("choices"), Json{{key("type"), "array"}}}}}};
}

QList<Example> DocsChat::examples() const
{
    const auto ask = [](const char *question) {
        return Example{QString::fromUtf8(question), Json{{key("messages"), Json::array({Json{{key("role"), "user"}, {key("content"), question}}})}}};
    };
    return {ask("How does a payment ticket work?"), ask("How do I add a capability?"), ask("Which fields has the Livepeer-Payment header?"),
        ask("What happens when the balance is used up?")};
}

DocsChat::Answer DocsChat::answer(const Json &messages, int maxSources) const
{
    const QStringList questions = questionsOf(messages);
    const QString question = questions.isEmpty() ? QString() : questions.last();
    QList<DocsIndex::Hit> hits = m_index->search(question, maxSources);
    QString searched = question;
    if (hits.isEmpty() && questions.size() > 1 && DocsIndex::terms(question).size() < 3) {
        // "And for streams?" makes sense only together with what was asked before.
        searched = questions[questions.size() - 2] + u' ' + question;
        hits = m_index->search(searched, maxSources);
    }
    if (hits.isEmpty())
        return {nothingFound(question, *m_index), Json::array()};

    const QStringList terms = DocsIndex::terms(searched);
    Answer answer{QStringLiteral("From the documentation, on *%1*:").arg(terms.join(QStringLiteral(", "))), Json::array()};
    QStringList sources;
    QString lastPlace;
    for (const DocsIndex::Hit &hit : std::as_const(hits)) {
        const Passage &passage = hit.passage;
        const QString place = passage.document + u'\n' + passage.heading();
        if (place != lastPlace)
            answer.markdown += QStringLiteral("\n\n### %1").arg(passage.heading());
        lastPlace = place;
        answer.markdown += QStringLiteral("\n\n") + withRows(passage.text, MostTableRows, [&](const QString &row) {
            return DocsIndex::mentions(row, terms);
        });
        const QString source = QStringLiteral("`%1` › %2").arg(passage.document, passage.heading());
        if (sources.contains(source))
            continue;
        sources.append(source);
        answer.sources.append(Json{{key("document"), passage.document}, {key("heading"), passage.heading()}});
    }
    answer.markdown += QStringLiteral("\n\n**Sources**\n\n");
    for (qsizetype i = 0; i < sources.size(); ++i)
        answer.markdown += QStringLiteral("%1. %2\n").arg(i + 1).arg(sources[i]);
    return answer;
}

void DocsChat::generate(const Json &input, EventSink &sink, const RunContext &context)
{
    using namespace std::chrono;
    const Json messages = input.value(key("messages"));
    if (questionsOf(messages).isEmpty())
        throw InputError(QStringLiteral("/messages"), QStringLiteral("There is no message with the role \"user\", so nothing is asked."));
    const Answer found = answer(messages, int(input.value(key("max_sources")).toInt64().value_or(3)));
    const qint64 pace = input.value(key("words_per_second")).toInt64().value_or(DefaultWordsPerSecond);
    const ChatChunks chunks(name());
    if (!sink.send(chunks.role()))
        return;
    const auto start = steady_clock::now();
    qint64 sent = 0;
    for (const QString &word : wordsOf(found.markdown)) {
        if (!sink.send(chunks.content(word)))
            return;
        ++sent;
        // Against the clock rather than by fixed naps, so that the pace holds whatever a nap really takes.
        if (pace > 0 && !context.wait(duration_cast<milliseconds>(start + microseconds(1'000'000 * sent / pace) - steady_clock::now())))
            break;
    }
    context.check();
    Json last = chunks.finish(QStringLiteral("stop"));
    last.insert(key("x_sources"), found.sources);
    sink.send(last);
}

Json DocsChat::collected(const QList<QByteArray> &events) const
{
    Json completion = collectedCompletion(events, name());
    if (!events.isEmpty()) {
        const Expected<Json> last = Json::parse(events.last());
        if (last && last->contains(key("x_sources")))
            completion.insert(key("x_sources"), last->value(key("x_sources")));
    }
    return completion;
}

} // namespace sluice::sandbox
