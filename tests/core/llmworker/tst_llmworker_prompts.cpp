// Templates as prompts: placeholders by the rules of Python's str.format, inserts, settings. Pure.
#include "sluice/llmworker/prompt.h"
#include "sluice/llmworker/python_text.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::llmworker;

class TstLlmworkerPrompts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placeholders_are_as_python_has_them();
    void llmworker_25_query_is_replaced_doubled_braces_are_not_and_spaces_belong_to_the_name();
    void llmworker_26_braces_in_a_value_are_not_expanded_again();
    void llmworker_30_the_history_stands_where_its_insert_is();
    void llmworker_31_a_brace_in_the_history_is_read_as_one();
    void llmworker_38_names_are_written_as_pythons_repr_writes_them_data();
    void llmworker_38_names_are_written_as_pythons_repr_writes_them();
    void llmworker_40_settings_without_a_model_or_with_no_number_are_refused_data();
    void llmworker_40_settings_without_a_model_or_with_no_number_are_refused();
    void llmworker_50_a_summary_stands_before_the_last_three_messages();
    void llmworker_51_broken_placeholders_fail_with_a_text_data();
    void llmworker_51_broken_placeholders_fail_with_a_text();
    void a_width_cannot_fill_the_memory();
};

namespace {

PromptValues values(const QString &query = QStringLiteral("Q"), const QList<Message> &history = {})
{
    PromptValues values;
    values.query = query;
    values.previousStreamOutput = query;
    values.history = history;
    return values;
}

QString shown(const QString &content, const PromptValues &with)
{
    const auto result = expanded(content, with);
    return result ? *result : QStringLiteral("ERROR ") + result.error().message();
}

Stream streamOf(const QList<PromptEntry> &entries)
{
    Stream stream;
    stream.messages = entries;
    return stream;
}

const QList<Message> Four{Message(QStringLiteral("user"), QStringLiteral("one")), Message(QStringLiteral("assistant"), QStringLiteral("two")),
    Message(QStringLiteral("user"), QStringLiteral("three")), Message(QStringLiteral("assistant"), QStringLiteral("four"))};

} // namespace

void TstLlmworkerPrompts::placeholders_are_as_python_has_them()
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/llmworker/format_cases.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto json = Json::parse(file.readAll());
    QVERIFY(json);
    const Json given = json->value(QStringLiteral("values"));
    PromptValues with;
    with.query = given.value(QStringLiteral("query")).toString();
    with.previousStreamOutput = given.value(QStringLiteral("previous_stream_output")).toString();
    with.history = orThrow(historyFromJson(given.value(QStringLiteral("history"))));
    const QList<Json> cases = json->value(QStringLiteral("cases")).items();
    QVERIFY(cases.size() > 1000);
    for (const Json &one : cases) {
        const QString content = one.value(QStringLiteral("content")).toString();
        const QString expected = one.contains(QStringLiteral("result")) ? one.value(QStringLiteral("result")).toString()
                                                                         : QStringLiteral("ERROR ") + one.value(QStringLiteral("error")).toString();
        QVERIFY2(shown(content, with) == expected, qPrintable(QStringLiteral("%1\n  gave   %2\n  Python %3").arg(content, shown(content, with), expected)));
    }
}

void TstLlmworkerPrompts::llmworker_25_query_is_replaced_doubled_braces_are_not_and_spaces_belong_to_the_name()
{
    QCOMPARE(shown(QStringLiteral("{query}"), values()), QStringLiteral("Q"));
    QCOMPARE(shown(QStringLiteral("x{query}y{query}"), values()), QStringLiteral("xQyQ"));
    QCOMPARE(shown(QStringLiteral("{{query}}"), values()), QStringLiteral("{query}"));
    QCOMPARE(shown(QStringLiteral("{ query }"), values()), QStringLiteral("ERROR ' query '"));
}

void TstLlmworkerPrompts::llmworker_26_braces_in_a_value_are_not_expanded_again()
{
    QCOMPARE(shown(QStringLiteral("Say: {query}"), values(QStringLiteral("{x} }{ {query}"))), QStringLiteral("Say: {x} }{ {query}"));
}

void TstLlmworkerPrompts::llmworker_30_the_history_stands_where_its_insert_is()
{
    const Message system(QStringLiteral("system"), QStringLiteral("Be brief."));
    const Message user(QStringLiteral("user"), QStringLiteral("{query}"));
    const auto messages = promptOf(streamOf({system, Insert{QStringLiteral("history")}, user}), values(QStringLiteral("Q"), Four), {});
    QVERIFY(messages);
    QCOMPARE(*messages, QList<Message>({system}) + Four + QList<Message>({Message(QStringLiteral("user"), QStringLiteral("Q"))}));
    const auto unknown = promptOf(streamOf({Insert{QStringLiteral("foo")}}), values(), {});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().message(), QStringLiteral("'foo'"));
}

void TstLlmworkerPrompts::llmworker_31_a_brace_in_the_history_is_read_as_one()
{
    const QList<Message> broken{Message(QStringLiteral("user"), QStringLiteral("a } b"))};
    const auto failed = promptOf(streamOf({Insert{QStringLiteral("history")}}), values(QStringLiteral("Q"), broken), {});
    QVERIFY(!failed);
    QCOMPARE(failed.error().message(), QStringLiteral("Single '}' encountered in format string"));
    const QList<Message> substituted{Message(QStringLiteral("user"), QStringLiteral("so: {query}"))};
    const auto messages = promptOf(streamOf({Insert{QStringLiteral("history")}}), values(QStringLiteral("Q"), substituted), {});
    QVERIFY(messages);
    QCOMPARE(messages->first().content, QStringLiteral("so: Q"));
}

void TstLlmworkerPrompts::llmworker_38_names_are_written_as_pythons_repr_writes_them_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("written");
    QTest::newRow("plain") << QStringLiteral("foo") << QStringLiteral("'foo'");
    QTest::newRow("single quote") << QStringLiteral("it's") << QStringLiteral("\"it's\"");
    QTest::newRow("both quotes") << QStringLiteral("a'b\"c") << QStringLiteral("'a\\'b\"c'");
    QTest::newRow("line break") << QStringLiteral("a\nb\tc\rd") << QStringLiteral("'a\\nb\\tc\\rd'");
    QTest::newRow("controls") << QString(QChar(0)) + QChar(0x7f) + QChar(0x85) << QStringLiteral("'\\x00\\x7f\\x85'");
    QTest::newRow("not ASCII") << QStringLiteral("grün 😀") << QStringLiteral("'grün 😀'");
    QTest::newRow("invisible") << QString(QChar(0x200b)) + QChar(0xa0) << QStringLiteral("'\\u200b\\xa0'");
    QTest::newRow("backslash") << QStringLiteral("a\\b") << QStringLiteral("'a\\\\b'");
}

void TstLlmworkerPrompts::llmworker_38_names_are_written_as_pythons_repr_writes_them()
{
    QFETCH(QString, name);
    QFETCH(QString, written);
    QCOMPARE(python::repr(name), written);
}

void TstLlmworkerPrompts::llmworker_40_settings_without_a_model_or_with_no_number_are_refused_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("begin"); // of the failure; empty: they are taken
    QTest::newRow("good") << QByteArray(R"({"model":"m","temperature":0.2,"max_tokens":5})") << QString();
    QTest::newRow("no temperature") << QByteArray(R"({"model":"m"})") << QString();
    QTest::newRow("a number as text") << QByteArray(R"({"model":"m","temperature":"0.5"})") << QString();
    QTest::newRow("true") << QByteArray(R"({"model":"m","temperature":true})") << QString();
    QTest::newRow("nothing") << QByteArray("{}") << QStringLiteral("1 validation error for Settings\nmodel\n  Field required");
    QTest::newRow("model null") << QByteArray(R"({"model":null})") << QStringLiteral("1 validation error for Settings\nmodel\n  Input should be a valid string");
    QTest::newRow("model a number") << QByteArray(R"({"model":4})") << QStringLiteral("1 validation error for Settings\nmodel\n");
    QTest::newRow("temperature null") << QByteArray(R"({"model":"m","temperature":null})") << QStringLiteral("1 validation error for Settings\ntemperature\n");
    QTest::newRow("temperature a word") << QByteArray(R"({"model":"m","temperature":"warm"})") << QStringLiteral("1 validation error for Settings\ntemperature\n");
    QTest::newRow("temperature a list") << QByteArray(R"({"model":"m","temperature":[1]})") << QStringLiteral("1 validation error for Settings\ntemperature\n");
    QTest::newRow("both") << QByteArray(R"({"temperature":null})") << QStringLiteral("2 validation errors for Settings\nmodel\n");
}

void TstLlmworkerPrompts::llmworker_40_settings_without_a_model_or_with_no_number_are_refused()
{
    QFETCH(QByteArray, settings);
    QFETCH(QString, begin);
    const auto read = ModelSettings::from(orThrow(Json::parse(settings)));
    QCOMPARE(read.hasValue(), begin.isEmpty());
    if (!read)
        QVERIFY2(read.error().message().startsWith(begin), qPrintable(read.error().message()));
    else
        QVERIFY(read->temperature.isNumber());
}

void TstLlmworkerPrompts::llmworker_50_a_summary_stands_before_the_last_three_messages()
{
    const Stream stream = streamOf({Insert{QStringLiteral("history_summary")}, Message(QStringLiteral("user"), QStringLiteral("{query}"))});
    QVERIFY(wantsSummary(stream, Four));
    QVERIFY(!wantsSummary(stream, {}));
    QVERIFY(!wantsSummary(streamOf({Insert{QStringLiteral("history")}}), Four));
    QCOMPARE(summaryPrompt(Four).size(), 5);
    QCOMPARE(summaryPrompt(Four).last().role, QStringLiteral("user"));
    const auto messages = promptOf(stream, values(QStringLiteral("Q"), Four), QStringLiteral("in {short}"));
    QVERIFY(messages);
    QCOMPARE(messages->size(), 5);
    QCOMPARE(messages->first(), Message(QStringLiteral("system"), QStringLiteral("in {short}")));
    QCOMPARE(messages->mid(1, 3), Four.mid(1));
    const auto empty = promptOf(stream, values(), {});
    QVERIFY(empty);
    QCOMPARE(empty->size(), 1);
}

void TstLlmworkerPrompts::llmworker_51_broken_placeholders_fail_with_a_text_data()
{
    QTest::addColumn<QString>("content");
    for (const char *content : {"{query", "{query!}", "{query!x}", "{}", "{0}", "}", "{", "{\"a\": 1}", "{foo}"})
        QTest::newRow(content) << QString::fromLatin1(content);
}

void TstLlmworkerPrompts::llmworker_51_broken_placeholders_fail_with_a_text()
{
    QFETCH(QString, content);
    const auto result = expanded(content, values());
    QVERIFY(!result);
    QVERIFY(!result.error().message().isEmpty());
}

void TstLlmworkerPrompts::a_width_cannot_fill_the_memory()
{
    for (const char *content : {"{query:>99999999999}", "{query:>9000000}{query:>9000000}", "{query:{query}}"}) {
        const auto result = expanded(QString::fromLatin1(content), values(QStringLiteral(">9999999999")));
        QVERIFY(!result);
    }
}

QTEST_GUILESS_MAIN(TstLlmworkerPrompts)
#include "tst_llmworker_prompts.moc"
