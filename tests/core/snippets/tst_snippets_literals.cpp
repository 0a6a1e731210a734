#include "examples.h"
#include "programs.h"

#include "sluice/base/bytes.h"
#include "sluice/snippets/body_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/secret_scan.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>

using namespace sluice;
using namespace sluice::detail;

namespace {

QString lone()
{
    return QStringLiteral("lone ") + QChar(char16_t(0xd83d)) + QStringLiteral(" surrogate");
}

bool isPrintableAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c == u'\n' || (c >= u' ' && c <= u'~'); });
}

} // namespace

class TestSnippetsLiterals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void literalsReadAsTheyShould_data();
    void literalsReadAsTheyShould();
    void nothingHiddenStandsInAnyLiteral();
    void sdk_29_pythonReadsBackTheSameValue();
    void javascriptReadsBackTheSameValue();
    void javascriptTellsWhatItWouldChange_data();
    void javascriptTellsWhatItWouldChange();
    void sdk_30_shellPassesEveryWordOn();
    void shellDelimiterIsNotInTheText();
    void cppCompilesAndPrintsTheSameBytes();
    void jsonTextMeansTheSame();
    void secretsAreFoundInEverySpelling_data();
    void secretsAreFoundInEverySpelling();
    void addressesLoseTheirCredentials();
    void passwordFieldsAreFoundInTheSchema();
    void secretsWithoutASchemaAreMaskedByTheirNames();
    void inputWithoutLongBase64StaysWhole();
};

void TestSnippetsLiterals::literalsReadAsTheyShould_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("python");
    QTest::addColumn<QString>("javascript");
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("cpp");
    const auto row = [](const char *name, const QString &text, const char *python, const char *javascript, const char *shell, const char *cpp) {
        QTest::newRow(name) << text << QString::fromUtf8(python) << QString::fromUtf8(javascript) << QString::fromUtf8(shell) << QString::fromUtf8(cpp);
    };
    row("empty", QString(), R"("")", R"("")", "''", R"("")");
    row("apostrophe", QStringLiteral("it's"), R"("it's")", R"("it's")", R"('it'\''s')", R"("it's")");
    row("quote", QStringLiteral("a\"b\\c"), R"("a\"b\\c")", R"("a\"b\\c")", R"('a"b\c')", R"("a\"b\\c")");
    row("lines", QStringLiteral("a\nb\tc\r"), R"("a\nb\tc\r")", R"("a\nb\tc\r")", "'a\nb\tc\r'", R"("a\nb\tc\r")");
    row("separator", QString(QChar(0x2028)), R"("\u2028")", R"("\u2028")", "'\xe2\x80\xa8'", R"("\u2028")");
    row("control then digit", QStringLiteral("\001") + QStringLiteral("1"), R"("\x011")", R"("\u00011")", "'\x01""1'", R"("\0011")");
    row("C1", QString(QChar(0x85)), R"("\x85")", R"("\u0085")", "'\xc2\x85'", R"("\302\205")");
    row("accent", QStringLiteral("é"), "\"é\"", "\"é\"", "'é'", R"("\u00e9")");
    row("emoji", QStringLiteral("🙂"), "\"🙂\"", "\"🙂\"", "'🙂'", R"("\U0001f642")");
    row("lone surrogate", QString(QChar(char16_t(0xd83d))), R"("\ud83d")", R"("\ud83d")", nullptr, R"("\ufffd")");
    row("trigraph", QStringLiteral("?\?=?\?\?"), R"("??=???")", R"("??=???")", "'?\?=?\?\?'", R"("?\?=?\?\?")");
    row("script", QStringLiteral("</script><!--"), R"("</script><!--")", R"("<\/script><\x21--")", "'</script><!--'", R"("</script><!--")");
    row("direction", QString(QChar(0x202e)), R"("\u202e")", R"("\u202e")", nullptr, R"("\u202e")");
    row("expansions", QStringLiteral("`a` $b ${c} !"), R"("`a` $b ${c} !")", R"("`a` $b ${c} !")", "'`a` $b ${c} !'", R"("`a` $b ${c} !")");
}

void TestSnippetsLiterals::literalsReadAsTheyShould()
{
    QFETCH(QString, text);
    QFETCH(QString, python);
    QFETCH(QString, javascript);
    QFETCH(QString, shell);
    QFETCH(QString, cpp);
    QCOMPARE(pythonString(text), python);
    QCOMPARE(javascriptString(text), javascript);
    if (!shell.isEmpty())
        QCOMPARE(shellWord(text), shell);
    QCOMPARE(cppString(text), cpp);
}

void TestSnippetsLiterals::nothingHiddenStandsInAnyLiteral()
{
    QString all;
    for (char32_t point = 1; point < 0x3000; ++point)
        all += QString::fromUcs4(&point, 1);
    all += QStringLiteral("\uFEFF\U000E0001") + lone();
    const auto shown = [](const QString &literal) {
        return std::all_of(literal.begin(), literal.end(), [](QChar c) { return c.category() != QChar::Other_Format && c.category() != QChar::Other_Control
                               && c.category() != QChar::Separator_Line && c.category() != QChar::Separator_Paragraph; });
    };
    QVERIFY(shown(pythonString(all)));
    QVERIFY(shown(javascriptString(all)));
    QVERIFY(shown(jsonText(Json(all)).remove(QLatin1Char('\n'))));
    QVERIFY(isPrintableAscii(cppString(all)));
    QVERIFY(isPrintableAscii(jsonText(Json(all), true)));
}

void TestSnippetsLiterals::sdk_29_pythonReadsBackTheSameValue()
{
    const QString python = program("python3");
    if (python.isEmpty())
        QSKIP("no python3 here");
    for (const Json &value : {Json{{"a", true}, {"b", nullptr}}, examples::hostile(), examples::plain(), Json(), Json(QStringLiteral("x")), Json::array()}) {
        const QString code = QStringLiteral("import json, sys\nsys.stdout.buffer.write(json.dumps(%1).encode())\n").arg(pythonLiteral(value));
        const Said said = runProgram(python, {QStringLiteral("-")}, code.toUtf8());
        QVERIFY2(said.code == 0, said.err.constData());
        const Json back = orThrow(Json::parse(said.out));
        QVERIFY2(back.equivalent(value), said.out.constData());
        // Integers and floats stay what they were.
        for (qsizetype i = 0; i < value.value(QStringLiteral("numbers")).size(); ++i)
            QCOMPARE(back.value(QStringLiteral("numbers")).at(i).isInteger(), value.value(QStringLiteral("numbers")).at(i).isInteger());
    }
}

void TestSnippetsLiterals::javascriptReadsBackTheSameValue()
{
    const QString node = program("node");
    if (node.isEmpty())
        QSKIP("no node here");
    QVERIFY(survivesJavascript(examples::plain()));
    QVERIFY(!survivesJavascript(examples::hostile()));
    const QString code = QStringLiteral("process.stdout.write(JSON.stringify(%1))\n").arg(javascriptLiteral(examples::plain()));
    const Said said = runProgram(node, {QStringLiteral("--input-type=module"), QStringLiteral("-")}, code.toUtf8());
    QVERIFY2(said.code == 0, said.err.constData());
    QCOMPARE(orThrow(Json::parse(said.out)), examples::plain());
    // What does not survive goes as text, and that is exact.
    const QString text = QStringLiteral("process.stdout.write(%1)\n").arg(javascriptString(jsonLine(examples::hostile())));
    const Said exact = runProgram(node, {QStringLiteral("--input-type=module"), QStringLiteral("-")}, text.toUtf8());
    QCOMPARE(orThrow(Json::parse(exact.out)), examples::hostile());
}

void TestSnippetsLiterals::javascriptTellsWhatItWouldChange_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("survives");
    for (const char *good : {"0", "-1", "0.5", "12.25", "999999999999999", "[1,{\"a\":-2.5}]", "0.000001", "\"1.0\"", "{\"a1\":1}"})
        QTest::newRow(good) << QByteArray(good) << true;
    for (const char *bad : {"1.0", "1e5", "1E-7", "0.0000001", "9007199254740993", "0.1000", "123456789.1234567890123", "{\"1\":0}", "{\"__proto__\":0}",
                            "[[{\"a\":2.0}]]", "1000000000000000"})
        QTest::newRow(bad) << QByteArray(bad) << false;
}

void TestSnippetsLiterals::javascriptTellsWhatItWouldChange()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, survives);
    QCOMPARE(survivesJavascript(orThrow(Json::parse(json))), survives);
    QVERIFY(!survivesJavascript(Json::number("-0")));
}

void TestSnippetsLiterals::sdk_30_shellPassesEveryWordOn()
{
    const QString bash = program("bash");
    const QString text = QString::fromUtf8(examples::hostile().dump()) + QStringLiteral("\n\x01\x1b'\\''\n\n");
    const Said said = runProgram(bash, {QStringLiteral("-s")}, (QStringLiteral("printf '%s' ") + shellWord(text) + QLatin1Char('\n')).toUtf8());
    QCOMPARE(said.out, text.toUtf8());
}

void TestSnippetsLiterals::shellDelimiterIsNotInTheText()
{
    QCOMPARE(shellDelimiter(QStringLiteral("{}")), QStringLiteral("JSON"));
    QCOMPARE(shellDelimiter(QStringLiteral("JSON")), QStringLiteral("JSON_1"));
    QCOMPARE(shellDelimiter(QStringLiteral("JSON JSON_1")), QStringLiteral("JSON_2"));
}

void TestSnippetsLiterals::cppCompilesAndPrintsTheSameBytes()
{
    const QString compiler = program("c++");
    if (compiler.isEmpty())
        QSKIP("no C++ compiler here");
    QTemporaryDir dir;
    const QString text = QString::fromUtf8(examples::hostile().dump()).repeated(3) + QStringLiteral("\x01" "2\u0085?\?=?\?\?/\n🙂");
    const QString json = jsonText(examples::hostile(), true);
    const QString joint = QStringLiteral("\n    , ");
    const QString code = QStringLiteral("#include <cstdio>\n#include <initializer_list>\nint main() {\n    std::fputs(%1, stdout);\n    std::puts(\"\");\n    for (const char *part : {%2})\n"
                                        "        std::fputs(part, stdout);\n}\n")
                             .arg(cppString(text), cppRawString(json.repeated(40), joint));
    QVERIFY(isPrintableAscii(code));
    const QString out = dir.filePath(QStringLiteral("a.out"));
    // -trigraphs: even a compiler that still knows them must read the same.
    const Said compiled = runProgram(compiler, {QStringLiteral("-std=c++20"), QStringLiteral("-trigraphs"), QStringLiteral("-x"), QStringLiteral("c++"),
                                                QStringLiteral("-"), QStringLiteral("-o"), out}, code.toUtf8());
    QVERIFY2(compiled.code == 0, compiled.err.constData());
    QCOMPARE(runProgram(out, {}).out, text.toUtf8() + '\n' + json.repeated(40).toUtf8());
    QVERIFY(cppRawString(QStringLiteral(")json\""), joint).startsWith(QStringLiteral("R\"json1(")));
}

void TestSnippetsLiterals::jsonTextMeansTheSame()
{
    for (const bool ascii : {false, true})
        QCOMPARE(orThrow(Json::parse(jsonText(examples::hostile(), ascii).toUtf8())), examples::hostile());
    QCOMPARE(orThrow(Json::parse(jsonLine(examples::hostile()).toUtf8())), examples::hostile());
    QCOMPARE(jsonLine(examples::plain()).count(QLatin1Char('\n')), 0);
    QCOMPARE(jsonText(Json(lone())), QStringLiteral("\"lone \\ud83d surrogate\""));
    QCOMPARE(jsonText(Json{{"a", Json::array()}, {"b", Json::object()}}), QStringLiteral("{\n  \"a\": [],\n  \"b\": {}\n}"));
}

void TestSnippetsLiterals::secretsAreFoundInEverySpelling_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("found");
    const QByteArray secret("s3cr\"t/é+word");
    const QByteArray key("0xABCDEF0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789");
    QTest::newRow("as it is") << secret << QByteArray("x" + secret + "y") << true;
    QTest::newRow("absent") << secret << QByteArray("nothing to see") << false;
    for (int before = 0; before < 6; ++before) {
        const QByteArray around = QByteArray(before, 'u') + secret + "tail";
        QTest::addRow("base64, %d before", before) << secret << "x " + around.toBase64() << true;
        QTest::addRow("base64url, %d before", before) << secret << around.toBase64(QByteArray::Base64UrlEncoding) << true;
    }
    QTest::newRow("base64 alone") << secret << secret.toBase64() << true;
    QTest::newRow("hex") << secret << secret.toHex() << true;
    QTest::newRow("percent") << secret << secret.toPercentEncoding() << true;
    QTest::newRow("json") << secret << Json(QString::fromUtf8(secret)).dump() << true;
    QTest::newRow("key") << key << key << true;
    QTest::newRow("key without prefix") << key << key.mid(2) << true;
    QTest::newRow("key in lower case") << key << key.toLower() << true;
    QTest::newRow("key in upper case") << key << key.mid(2).toUpper() << true;
    QTest::newRow("key's bytes in base64") << key << QByteArray::fromHex(key.mid(2)).toBase64() << true;
    QTest::newRow("another key") << key << key.mid(2).replace('A', '0') << false;
    QTest::newRow("too short to mean anything") << QByteArray("abc") << QByteArray("abc") << false;
    QTest::newRow("empty") << QByteArray() << QByteArray("abc") << false;
}

void TestSnippetsLiterals::secretsAreFoundInEverySpelling()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, text);
    QFETCH(bool, found);
    QCOMPARE(containsSecret(text, Secret(secret)), found);
}

void TestSnippetsLiterals::addressesLoseTheirCredentials()
{
    QCOMPARE(withoutCredentials(QStringLiteral("https://user:pass@host:8935/a/b?key=1#f")), QStringLiteral("https://host:8935/a/b"));
    QCOMPARE(withoutCredentials(QStringLiteral("http://[::1]:1/")), QStringLiteral("http://[::1]:1/"));
}

void TestSnippetsLiterals::passwordFieldsAreFoundInTheSchema()
{
    const Json schema = orThrow(Json::parse(QByteArrayView(R"({"properties":{"a/b":{"format":"password"},"plain":{"type":"string"},
        "list":{"items":{"properties":{"k":{"writeOnly":true}}}}}})")));
    const Json input = orThrow(Json::parse(QByteArrayView(R"({"a/b":"x","plain":"y","list":[{"k":"1"},{"k":"2","l":"3"}]})")));
    SnippetContext context = examples::sandboxRun(input);
    context.capability->inputSchema = schema;
    QStringList names;
    for (const SnippetVariable &variable : Body::from(context).variables())
        names.append(variable.name);
    QCOMPARE(names, (QStringList{QStringLiteral("INPUT_A_1B"), QStringLiteral("INPUT_K"), QStringLiteral("INPUT_K2")}));
    context.capability->inputSchema = Json();
    QVERIFY(Body::from(context).variables().isEmpty());
}

void TestSnippetsLiterals::secretsWithoutASchemaAreMaskedByTheirNames()
{
    SnippetContext context = examples::sandboxRun(Json{{"api_key", "sk-abcdef"}, {"max_tokens", 5}, {"credentials", Json{{"user", "u"}, {"pass", "p"}}}});
    context.capability.reset();
    const Body body = Body::from(context);
    QCOMPARE(body.holes.size(), 2);
    QVERIFY(body.holes.at(0).byName && !body.holes.at(0).isJson);
    QVERIFY(body.holes.at(1).byName && body.holes.at(1).isJson);
    QVERIFY(body.variables().first().meaning.contains(QStringLiteral("by its name")));
    QCOMPARE(body.json.value(QStringLiteral("max_tokens")).toInt64(), 5);
}

void TestSnippetsLiterals::inputWithoutLongBase64StaysWhole()
{
    const SnippetContext context = examples::sandboxRun(Json{{"prompt", QString(10'000, QLatin1Char('!'))}, {"hole0x0", "hole0x0"}});
    const Body body = Body::from(context);
    QCOMPARE(body.json, context.call.input);
    QVERIFY(body.holes.isEmpty());
    // A marker is never a text of the input.
    SnippetContext files = examples::files();
    files.call.input.insert(QStringLiteral("note"), QStringLiteral("hole0x0 hole1x0"));
    const Body found = Body::from(files);
    QCOMPARE(found.holes.size(), 3);
    for (const Hole &hole : found.holes)
        QVERIFY(!files.call.input.dump().contains(hole.marker.toUtf8()));
    QCOMPARE(found.holes.at(0).source, QStringLiteral("image.png"));
    QCOMPARE(found.holes.at(1).source, QStringLiteral("it's a mask.png"));
    QCOMPARE(found.holes.at(2).source, QStringLiteral("INPUT_API_KEY"));
}

QTEST_GUILESS_MAIN(TestSnippetsLiterals)
#include "tst_snippets_literals.moc"
