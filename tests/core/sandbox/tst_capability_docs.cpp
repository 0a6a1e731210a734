#include "sluice/base/schema_validator.h"
#include "sluice/sandbox/capabilities/docs_chat.h"
#include "sluice/sandbox/capabilities/docs_index.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <thread>

using namespace sluice;
using namespace sluice::sandbox;

namespace {

Json conversation(const QStringList &questions)
{
    Json messages = Json::array();
    for (qsizetype i = 0; i < questions.size(); ++i) {
        if (i > 0)
            messages.append(Json{{QStringLiteral("role"), "assistant"}, {QStringLiteral("content"), "…"}});
        messages.append(Json{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), questions[i]}});
    }
    return messages;
}

class Collector final : public EventSink {
public:
    bool send(const QByteArray &data) override
    {
        events.append(data);
        if (onSend)
            onSend();
        return events.size() < limit;
    }
    QList<QByteArray> events;
    qsizetype limit = 1'000'000;
    std::function<void()> onSend;
};

QString textOf(const QList<QByteArray> &events)
{
    QString text;
    for (const QByteArray &event : events)
        text += orThrow(Json::parse(event)).value(QStringLiteral("choices")).at(0).value(QStringLiteral("delta")).value(QStringLiteral("content")).toString();
    return text;
}

} // namespace

/// docs-chat: what it finds, how it streams, and what it says when it finds nothing.
class TestDocsChat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markdownIsSplitAtHeadingsAndNothingIsLost();
    void hashesInCodeAreNoHeadings();
    void longTablesAreSplitWithTheirHead();
    void tablesAreCutToTheRowsThatMatter();
    void questionsFindTheirSection_data();
    void questionsFindTheirSection();
    void whatTheDocumentationDoesNotCoverIsSaidSo_data();
    void whatTheDocumentationDoesNotCoverIsSaidSo();
    void aFollowUpIsUnderstoodWithTheQuestionBefore();
    void hostileQuestionsAreOnlyWords_data();
    void hostileQuestionsAreOnlyWords();
    void theStreamIsOpenAiChunksThatMakeTheAnswer();
    void aConversationWithoutAUserMessageIsAnInputError();
    void theCollectedAnswerIsOneCompletion();
    void generatingStopsWhenTheClientIsGone();
    void generatingStopsAtOnceWhenCancelled();
    void thePaceIsKept();
    void manyThreadsSearchAtOnce();
    void theSchemaAndTheExamplesAreSound();

private:
    DocsChat m_chat;
    DocsIndex m_index{bundledDocumentation()};
};

void TestDocsChat::markdownIsSplitAtHeadingsAndNothingIsLost()
{
    const auto passages = splitMarkdown(QStringLiteral("a.md"), QStringLiteral("# Title\nIntro.\n\n## One\nFirst\nline.\n\n- item\n- item two\n\n### Deep\nText\n## Two\n```\ncode\n```\n"));
    QCOMPARE(passages.size(), 4);
    QCOMPARE(passages[0].heading(), QStringLiteral("Title"));
    QCOMPARE(passages[0].text, QStringLiteral("Intro."));
    QCOMPARE(passages[1].text, QStringLiteral("First\nline.\n\n- item\n- item two"));
    QCOMPARE(passages[2].headings, (QStringList{QStringLiteral("One"), QStringLiteral("Deep")}));
    QCOMPARE(passages[3].headings, QStringList{QStringLiteral("Two")});
    QCOMPARE(passages[3].text, QStringLiteral("```\ncode\n```"));
}

void TestDocsChat::hashesInCodeAreNoHeadings()
{
    const auto passages = splitMarkdown(QStringLiteral("a.md"), QStringLiteral("# T\n```\n# a comment\n```\n"));
    QCOMPARE(passages.size(), 1);
    QVERIFY(passages[0].text.contains(QStringLiteral("# a comment")));
}

void TestDocsChat::longTablesAreSplitWithTheirHead()
{
    QString table = QStringLiteral("| a | b |\n|---|---|\n");
    for (int i = 0; i < 100; ++i)
        table += QStringLiteral("| row %1 | some more words in this row |\n").arg(i);
    const auto passages = splitMarkdown(QStringLiteral("a.md"), table);
    QVERIFY(passages.size() > 2);
    int rows = 0;
    for (const Passage &passage : passages) {
        QVERIFY(passage.text.startsWith(QStringLiteral("| a | b |\n|---|---|\n")));
        rows += int(passage.text.count(QStringLiteral("| row ")));
    }
    QCOMPARE(rows, 100);
}

void TestDocsChat::tablesAreCutToTheRowsThatMatter()
{
    const QString table = QStringLiteral("Before:\n\n| h |\n|---|\n| one |\n| two |\n| three |\n\nAfter.");
    const auto wantsTwo = [](const QString &row) { return row.contains(QStringLiteral("two")); };
    QCOMPARE(withRows(table, 2, wantsTwo), QStringLiteral("Before:\n\n| h |\n|---|\n| two |\n\nAfter."));
    QCOMPARE(withRows(table, 3, wantsTwo), table);
    QCOMPARE(withRows(table, 2, [](const QString &) { return false; }), QStringLiteral("Before:\n\n| h |\n|---|\n| one |\n| two |\n\nAfter."));
    QCOMPARE(withRows(QStringLiteral("no table"), 2, wantsTwo), QStringLiteral("no table"));
}

void TestDocsChat::questionsFindTheirSection_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("heading");
    QTest::newRow("register") << "How does a worker register a capability?" << "docs/protocols/byoc.md" << "Capability registration";
    QTest::newRow("recipe") << "How do I add a capability?" << "docs/CONTRIBUTING.md" << "How to add a capability";
    QTest::newRow("ticket") << "How does a payment ticket work?" << "docs/CONCEPTS.md" << "payment ticket";
    QTest::newRow("balance") << "What happens when the balance is used up during a stream?" << "docs/CONCEPTS.md" << "balance is used up";
    QTest::newRow("sign") << "what is the LPSIGN primitive" << "docs/protocols/byoc.md" << "Primitive";
    QTest::newRow("header") << "Which fields has the Livepeer-Payment protobuf?" << "docs/protocols/byoc.md" << "Livepeer-Payment";
    QTest::newRow("container") << "worker container contract" << "docs/protocols/byoc.md" << "Worker container contract";
    QTest::newRow("sse") << "rules for SSE [DONE] sentinel" << "docs/protocols/client-sdk.md" << "SSE";
    QTest::newRow("forms") << "form generation rules for JSON schema widgets" << "docs/protocols/client-sdk.md" << "Form generation";
    QTest::newRow("folders") << "Where do folders of the house live? map of the house" << "docs/CONTRIBUTING.md" << "map of the house";
}

void TestDocsChat::questionsFindTheirSection()
{
    QFETCH(QString, question);
    QFETCH(QString, document);
    QFETCH(QString, heading);
    const DocsChat::Answer answer = m_chat.answer(conversation({question}), 3);
    bool found = false;
    for (const Json &source : answer.sources.items())
        found = found || (source.value(QStringLiteral("document")).toString() == document
            && source.value(QStringLiteral("heading")).toString().contains(heading));
    QVERIFY2(found, qPrintable(QString::fromUtf8(answer.sources.dump())));
    QVERIFY(answer.markdown.contains(QStringLiteral("**Sources**")));
}

void TestDocsChat::whatTheDocumentationDoesNotCoverIsSaidSo_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("weather") << "What is the weather in Paris today?";
    QTest::newRow("football") << "Who won the football world championship?";
    QTest::newRow("greeting") << "hello";
    QTest::newRow("nothing") << "";
    QTest::newRow("punctuation") << "???";
    QTest::newRow("other script") << QString::fromUtf8("今天天气怎么样");
}

void TestDocsChat::whatTheDocumentationDoesNotCoverIsSaidSo()
{
    QFETCH(QString, question);
    const DocsChat::Answer answer = m_chat.answer(conversation({question}), 3);
    QCOMPARE(answer.sources.size(), 0);
    QVERIFY(answer.markdown.contains(QStringLiteral("no language model")));
    QVERIFY(answer.markdown.contains(QStringLiteral("docs/protocols/byoc.md")));
}

void TestDocsChat::aFollowUpIsUnderstoodWithTheQuestionBefore()
{
    const auto alone = m_chat.answer(conversation({QStringLiteral("And zzyzx?")}), 3);
    QCOMPARE(alone.sources.size(), 0);
    const auto followUp = m_chat.answer(conversation({QStringLiteral("worker container contract"), QStringLiteral("And more?")}), 3);
    QVERIFY(followUp.sources.size() > 0);
    QVERIFY(followUp.markdown.contains(QStringLiteral("Worker container contract")));
}

void TestDocsChat::hostileQuestionsAreOnlyWords_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("full-text syntax") << "\"ticket\" OR NEAR(a b) AND NOT heading:* ^x {payment}";
    QTest::newRow("sql") << "'; DROP TABLE passages; --";
    QTest::newRow("unbalanced quote") << "\"\"\" ticket \" \"";
    QTest::newRow("nul and controls") << QString(QChar(0)) + QStringLiteral("\x01\x1b[31m ticket");
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) + QStringLiteral(" ticket");
    QTest::newRow("very long") << QStringLiteral("ticket ").repeated(100'000);
    QTest::newRow("one long word") << QString(1'000'000, u'a');
}

void TestDocsChat::hostileQuestionsAreOnlyWords()
{
    QFETCH(QString, question);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!m_chat.answer(conversation({question}), 8).markdown.isEmpty());
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(m_chat.answer(conversation({QStringLiteral("worker container contract")}), 3).sources.size() > 0);
}

void TestDocsChat::theStreamIsOpenAiChunksThatMakeTheAnswer()
{
    const Json messages = conversation({QStringLiteral("How do I add a capability?")});
    Collector sink;
    m_chat.generate(Json{{QStringLiteral("messages"), messages}, {QStringLiteral("words_per_second"), 0}}, sink, RunContext());
    QVERIFY(sink.events.size() > 20);
    QString id;
    for (const QByteArray &event : std::as_const(sink.events)) {
        const Json chunk = orThrow(Json::parse(event));
        QCOMPARE(chunk.value(QStringLiteral("object")).toString(), QStringLiteral("chat.completion.chunk"));
        QCOMPARE(chunk.value(QStringLiteral("model")).toString(), QStringLiteral("docs-chat"));
        QVERIFY(id.isEmpty() || id == chunk.value(QStringLiteral("id")).toString());
        id = chunk.value(QStringLiteral("id")).toString();
    }
    const Json last = orThrow(Json::parse(sink.events.last()));
    QCOMPARE(last.value(QStringLiteral("choices")).at(0).value(QStringLiteral("finish_reason")).toString(), QStringLiteral("stop"));
    QVERIFY(last.value(QStringLiteral("x_sources")).size() > 0);
    QCOMPARE(textOf(sink.events), m_chat.answer(messages, 3).markdown);
}

void TestDocsChat::aConversationWithoutAUserMessageIsAnInputError()
{
    Collector sink;
    Json messages = Json::array({Json{{QStringLiteral("role"), "system"}, {QStringLiteral("content"), "x"}}});
    try {
        m_chat.generate(Json{{QStringLiteral("messages"), messages}}, sink, RunContext());
        QFAIL("nothing was thrown");
    } catch (const InputError &error) {
        QCOMPARE(error.field(), QStringLiteral("/messages"));
    }
    QVERIFY(sink.events.isEmpty());
}

void TestDocsChat::theCollectedAnswerIsOneCompletion()
{
    const Json messages = conversation({QStringLiteral("worker container contract")});
    Collector sink;
    m_chat.generate(Json{{QStringLiteral("messages"), messages}, {QStringLiteral("words_per_second"), 0}}, sink, RunContext());
    const Json completion = m_chat.collected(sink.events);
    QCOMPARE(completion.value(QStringLiteral("object")).toString(), QStringLiteral("chat.completion"));
    const Json choice = completion.value(QStringLiteral("choices")).at(0);
    QCOMPARE(choice.value(QStringLiteral("message")).value(QStringLiteral("content")).toString(), m_chat.answer(messages, 3).markdown);
    QCOMPARE(choice.value(QStringLiteral("finish_reason")).toString(), QStringLiteral("stop"));
}

void TestDocsChat::generatingStopsWhenTheClientIsGone()
{
    Collector sink;
    sink.limit = 5;
    m_chat.generate(Json{{QStringLiteral("messages"), conversation({QStringLiteral("worker container contract")})}}, sink, RunContext());
    QCOMPARE(sink.events.size(), 5);
}

void TestDocsChat::generatingStopsAtOnceWhenCancelled()
{
    CancelSource source;
    Collector sink;
    sink.onSend = [&] {
        if (sink.events.size() == 4)
            source.cancel();
    };
    QElapsedTimer timer;
    timer.start();
    try {
        m_chat.generate(Json{{QStringLiteral("messages"), conversation({QStringLiteral("worker container contract")})},
            {QStringLiteral("words_per_second"), 1}}, sink, RunContext(source.token(), QDeadlineTimer(QDeadlineTimer::Forever)));
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Canceled);
    }
    QCOMPARE(sink.events.size(), 4);
    QVERIFY(timer.elapsed() < 10'000);
}

void TestDocsChat::thePaceIsKept()
{
    Collector sink;
    sink.limit = 41; // the role and 40 words
    QElapsedTimer timer;
    timer.start();
    m_chat.generate(Json{{QStringLiteral("messages"), conversation({QStringLiteral("worker container contract")})},
        {QStringLiteral("words_per_second"), 200}}, sink, RunContext());
    QVERIFY2(timer.elapsed() >= 180 && timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void TestDocsChat::manyThreadsSearchAtOnce()
{
    std::atomic<int> found{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 10; ++n)
                found += int(m_index.search(QStringLiteral("worker container contract"), 2).size() > 0);
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(found.load(), 80);
}

void TestDocsChat::theSchemaAndTheExamplesAreSound()
{
    QCOMPARE(SchemaValidator::problems(m_chat.inputSchema()), QStringList());
    QCOMPARE(SchemaValidator::problems(m_chat.outputSchema()), QStringList());
    QVERIFY(m_chat.description().contains(QStringLiteral("not a language model")));
    QVERIFY(m_chat.price().pricePerUnit > 0);
    const SchemaValidator validator(m_chat.inputSchema());
    for (const Example &example : m_chat.examples()) {
        QVERIFY(validator.validate(example.input).isEmpty());
        const auto answer = m_chat.answer(example.input.value(QStringLiteral("messages")), 3);
        QVERIFY2(answer.sources.size() > 0, qPrintable(example.title));
        if (qEnvironmentVariableIsSet("SLUICE_SHOW_ANSWERS"))
            qInfo().noquote() << example.title << '\n' << answer.markdown;
    }
}

QTEST_GUILESS_MAIN(TestDocsChat)
#include "tst_capability_docs.moc"
