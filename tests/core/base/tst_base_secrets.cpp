#include "sluice/base/process_hardening.h"
#include "sluice/base/schema_secrets.h"
#include "sluice/base/secret_environment.h"
#include "sluice/base/secret_forms.h"
#include "sluice/base/secret_mask.h"
#include "sluice/base/secret_names.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtTest/QTest>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;

namespace {

Json json(const char *text)
{
    return orThrow(Json::parse(QByteArrayView(text)));
}

} // namespace

class TestBaseSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSchemaMarksItsSecrets_data();
    void aSchemaMarksItsSecrets();
    void namesDecideWhereNoSchemaSpeaks_data();
    void namesDecideWhereNoSchemaSpeaks();
    void namesThatLookLikeSecrets_data();
    void namesThatLookLikeSecrets();
    void hostileSchemasEndInTime();
    void aPartOfASchemaTellsWhetherItMarks();
    void pointersAreMaskedWhereverTheyLead();
    void repeatedSecretsAreHiddenInEverySpelling();
    void shortSecretsAreHiddenOnlyByThemselves();
    void hiddenNumbersLeaveJsonWhole();
    void errorsRepeatNoSecret();
    void theEnvironmentIsWipedWhereTheSystemGaveIt();
    void childrenGetNoSecretVariables();
    void aHardenedProcessLeavesNoDump();
    void closedStandardStreamsBecomeNobodysFile();
};

void TestBaseSecrets::aSchemaMarksItsSecrets_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("secrets");
    const auto row = [](const char *name, const char *schema, const char *value, QStringList secrets) {
        QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(value) << secrets;
    };
    row("format", R"({"properties":{"k":{"type":"string","format":"password"},"t":{"type":"string"}}})", R"({"t":"x","k":"s"})", {"/k"});
    row("writeOnly", R"({"properties":{"k":{"type":"string","writeOnly":true}}})", R"({"k":"s"})", {"/k"});
    row("writeOnly false", R"({"properties":{"k":{"type":"string","writeOnly":false}}})", R"({"k":"s"})", {});
    row("x-cog-secret", R"({"properties":{"k":{"type":"string","x-cog-secret":true}}})", R"({"k":"s"})", {"/k"});
    row("x-secret", R"({"properties":{"k":{"type":"string","x-secret":true}}})", R"({"k":"s"})", {"/k"});
    row("$ref", R"({"properties":{"k":{"$ref":"#/$defs/Secret"}},"$defs":{"Secret":{"type":"string","format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("definitions", R"({"properties":{"k":{"$ref":"#/definitions/S"}},"definitions":{"S":{"type":"string","writeOnly":true}}})", R"({"k":"s"})", {"/k"});
    row("percent-encoded $ref", R"({"properties":{"k":{"$ref":"#/$defs/My%20Secret~1x"}},"$defs":{"My Secret/x":{"format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("chain of $ref", R"({"properties":{"k":{"$ref":"#/$defs/a"}},"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("$anchor", R"({"properties":{"k":{"$ref":"#sec"}},"$defs":{"x":{"$anchor":"sec","format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("own $id", R"({"$id":"https://x.example/a.json","properties":{"k":{"$ref":"https://x.example/a.json#/$defs/s"}},"$defs":{"s":{"format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("inner $id", R"({"$id":"https://x.example/a.json","properties":{"k":{"$ref":"key.json"}},"$defs":{"s":{"$id":"key.json","format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("pointer within inner $id", R"({"properties":{"k":{"$ref":"#/$defs/e"}},"$defs":{"e":{"$id":"urn:e","$ref":"#/$defs/s","$defs":{"s":{"writeOnly":true}}}}})", R"({"k":"s"})", {"/k"});
    row("draft 7 anchor", R"({"properties":{"k":{"$ref":"#sec"}},"definitions":{"x":{"$id":"#sec","format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("allOf", R"({"properties":{"k":{"title":"K","allOf":[{"$ref":"#/$defs/s"}]}},"$defs":{"s":{"format":"password"}}})", R"({"k":"s"})", {"/k"});
    row("nullable anyOf", R"({"properties":{"k":{"anyOf":[{"type":"string","format":"password","writeOnly":true},{"type":"null"}]}}})", R"({"k":"s"})", {"/k"});
    row("nullable anyOf, null", R"({"properties":{"k":{"anyOf":[{"type":"string","format":"password"},{"type":"null"}]}}})", R"({"k":null})", {});
    row("oneOf of $ref", R"({"properties":{"k":{"oneOf":[{"$ref":"#/$defs/s"},{"type":"null"}]}},"$defs":{"s":{"x-cog-secret":true}}})", R"({"k":"s"})", {"/k"});
    row("root allOf diamond", R"({"allOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/c"}],"$defs":{"a":{"properties":{"k":{"format":"password"}}},"b":{"allOf":[{"$ref":"#/$defs/a"}]},"c":{"allOf":[{"$ref":"#/$defs/a"}]}}})", R"({"k":"s"})", {"/k"});
    row("root anyOf", R"({"anyOf":[{"properties":{"k":{"format":"password"}}},{"properties":{"l":{"type":"string"}}}]})", R"({"k":"s","l":"x"})", {"/k"});
    row("then", R"({"properties":{"m":{"type":"string"}},"if":{"properties":{"m":{"const":"own"}}},"then":{"properties":{"k":{"format":"password"}}}})", R"({"m":"own","k":"s"})", {"/k"});
    row("else", R"({"if":{"required":["m"]},"else":{"properties":{"k":{"writeOnly":true}}}})", R"({"k":"s"})", {"/k"});
    row("dependentSchemas", R"({"dependentSchemas":{"u":{"properties":{"k":{"format":"password"}}}}})", R"({"u":"x","k":"s"})", {"/k"});
    row("items", R"({"properties":{"l":{"type":"array","items":{"properties":{"k":{"writeOnly":true}}}}}})", R"({"l":[{"k":"a"},{"x":1},{"k":"b"}]})", {"/l/0/k", "/l/2/k"});
    row("items themselves", R"({"properties":{"l":{"items":{"type":"string","format":"password"}}}})", R"({"l":["a","b"]})", {"/l/0", "/l/1"});
    row("prefixItems", R"({"properties":{"l":{"prefixItems":[{"type":"string"},{"format":"password"}],"items":{"type":"string"}}}})", R"({"l":["a","b","c"]})", {"/l/1"});
    row("tuple items", R"({"properties":{"l":{"items":[{"type":"string"},{"format":"password"}],"additionalItems":{"writeOnly":true}}}})", R"({"l":["a","b","c"]})", {"/l/0", "/l/1", "/l/2"});
    row("contains", R"({"properties":{"l":{"contains":{"properties":{"k":{"format":"password"}}}}}})", R"({"l":[{"k":"a"}]})", {"/l/0/k"});
    row("map", R"({"properties":{"m":{"additionalProperties":{"type":"string","format":"password"}}}})", R"({"m":{"a":"x","b/c":"y"}})", {"/m/a", "/m/b~1c"});
    row("map of objects", R"({"additionalProperties":{"$ref":"#/$defs/p"},"$defs":{"p":{"properties":{"k":{"format":"password"},"n":{"type":"string"}}}}})", R"({"a":{"k":"x","n":"y"}})", {"/a/k"});
    row("patternProperties", R"({"patternProperties":{"^s_":{"writeOnly":true}},"additionalProperties":{"type":"string"}})", R"({"s_a":"x","t":"y"})", {"/s_a"});
    row("secret object", R"({"properties":{"auth_data":{"type":"object","writeOnly":true,"properties":{"u":{"type":"string"}}}}})", R"({"auth_data":{"u":"a","p":"b"}})", {"/auth_data"});
    row("secret list", R"({"properties":{"l":{"type":"array","x-secret":true,"items":{"type":"string"}}}})", R"({"l":["a"]})", {"/l"});
    row("secret root", R"({"type":"string","format":"password"})", R"("s")", {""});
    row("recursive", R"({"$ref":"#/$defs/n","$defs":{"n":{"properties":{"k":{"format":"password"},"next":{"$ref":"#/$defs/n"}}}}})", R"({"k":"a","next":{"k":"b","next":{"k":"c"}}})", {"/k", "/next/k", "/next/next/k"});
    row("circle", R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a","properties":{"k":{"format":"password"}}}}})", R"({"k":"s"})", {"/k"});
    row("described plain names stay", R"({"properties":{"token":{"type":"string"},"secret_word":{"type":"string"}}})", R"({"token":"t","secret_word":"w"})", {});
}

void TestBaseSecrets::aSchemaMarksItsSecrets()
{
    QFETCH(QString, schema);
    QFETCH(QString, value);
    QFETCH(QStringList, secrets);
    const auto found = SchemaSecrets(json(schema.toUtf8().constData())).in(json(value.toUtf8().constData()));
    QCOMPARE(found.marked, secrets);
    QCOMPARE(found.named, QStringList());
}

void TestBaseSecrets::namesDecideWhereNoSchemaSpeaks_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("secrets");
    const auto row = [](const char *name, const char *schema, const char *value, QStringList secrets) {
        QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(value) << secrets;
    };
    const char *input = R"({"prompt":"p","api_key":"k","max_tokens":5,"nested":[{"password":"x"}],"password_required":true,"token":null})";
    row("no schema", "null", input, {"/api_key", "/nested/0/password"});
    row("true", "true", input, {"/api_key", "/nested/0/password"});
    row("empty", "{}", input, {"/api_key", "/nested/0/password"});
    row("unreadable", "[1]", input, {"/api_key", "/nested/0/password"});
    row("reference out of the document", R"({"$ref":"https://elsewhere.example/s.json"})", input, {"/api_key", "/nested/0/password"});
    row("not described", R"({"properties":{"prompt":{"type":"string"}}})", input, {"/api_key", "/nested/0/password"});
    row("a title only", R"({"properties":{"api_key":{"title":"Api Key"}}})", R"({"api_key":"k"})", {"/api_key"});
    row("a lost reference", R"({"properties":{"api_key":{"$ref":"#/nowhere"}}})", R"({"api_key":"k"})", {"/api_key"});
    row("a map's own names", R"({"properties":{"headers":{"type":"object","additionalProperties":{"type":"string"}}}})",
        R"({"headers":{"Authorization":"Bearer x","Accept":"y"}})", {"/headers/Authorization"});
    row("a free object", R"({"properties":{"options":{"type":"object"}}})", R"({"options":{"clientSecret":"x"}})", {"/options/clientSecret"});
    row("an object whole", "null", R"({"credentials":{"user":"u","pin":1}})", {"/credentials"});
    row("name and value", "null", R"({"headers":[{"name":"X-Api-Key","value":"v"},{"name":"Accept","value":"w"}]})", {"/headers/0/value"});
}

void TestBaseSecrets::namesDecideWhereNoSchemaSpeaks()
{
    QFETCH(QString, schema);
    QFETCH(QString, value);
    QFETCH(QStringList, secrets);
    const auto found = SchemaSecrets(json(schema.toUtf8().constData())).in(json(value.toUtf8().constData()));
    QCOMPARE(found.named, secrets);
    QCOMPARE(found.marked, QStringList());
}

void TestBaseSecrets::namesThatLookLikeSecrets_data()
{
    QTest::addColumn<bool>("secret");
    for (const char *name : {"password", "Password", "passwd", "user_password", "userPassword", "dbpassword", "secret", "client_secret", "clientSecret", "SECRET",
             "token", "hf_token", "hfToken", "HF_TOKEN", "access_token", "github-token", "token2", "api_key", "apiKey", "apikey", "API-Key", "x-api-key", "OPENAI_API_KEY",
             "authorization", "Authorization", "proxy-authorization", "bearer", "bearerToken", "private_key", "privateKeyPem", "access_key", "aws_secret_access_key",
             "credential", "credentials", "credentials_json_value", "passphrase", "auth", "cookie", "stream_key", "jwt", "refreshTokens", "Passwort", "contraseña",
             "SLUICE_SENDER_KEY", "LIVEPEER_TOKEN", "LIVEPEER_SIGNER_AUTH", "SLUICE_LLM_KEY", "SLUICE_ZEROG_KEY"})
        QTest::newRow(name) << true;
    for (const char *name : {"max_tokens", "maxTokens", "tokens", "token_count", "tokenizer", "tokenCount", "max_new_tokens", "eos_token", "stop_token", "next_page_token",
             "min_token", "public_key", "key", "keyword", "keys", "monkey", "secretary", "password_length", "passwordRequired", "token_limit", "auth_type", "author",
             "prompt", "text", "pass_count", "render_pass", "", "1", "_", "PATH", "HOME", "SSH_AUTH_SOCK", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"})
        QTest::addRow("not: %s", name) << false;
}

void TestBaseSecrets::namesThatLookLikeSecrets()
{
    QFETCH(bool, secret);
    QString name = QString::fromUtf8(QTest::currentDataTag());
    if (name.startsWith(QStringLiteral("not: ")))
        name.remove(0, 5);
    QCOMPARE(looksSecret(name), secret);
}

void TestBaseSecrets::hostileSchemasEndInTime()
{
    QElapsedTimer timer;
    timer.start();
    // Every level offers the one below twice: followed one by one these would be 2^60 ways.
    Json defs = Json::object();
    for (int i = 0; i < 60; ++i) {
        const Json next{{QStringLiteral("$ref"), QStringLiteral("#/$defs/d%1").arg(i + 1)}};
        defs.insert(QStringLiteral("d%1").arg(i), Json{{QStringLiteral("anyOf"), Json::array({next, next})}});
    }
    defs.insert(QStringLiteral("d60"), json(R"({"properties":{"k":{"format":"password"}}})"));
    const Json wide{{QStringLiteral("$ref"), "#/$defs/d0"}, {QStringLiteral("$defs"), defs}};
    QCOMPARE(SchemaSecrets(wide).in(json(R"({"k":"s"})")).marked, QStringList{QStringLiteral("/k")});
    // A pattern that would not end: what cannot be told is hidden.
    const Json pattern = json(R"({"patternProperties":{"^(a+)+$":{"format":"password"}}})");
    const QString name = QString(40, QLatin1Char('a')) + QLatin1Char('!');
    QCOMPARE(SchemaSecrets(pattern).in(Json{{name, "s"}}).marked, QStringList{QLatin1Char('/') + name});
    // A value that is too much for the schema is hidden whole.
    Json parts = Json::array();
    for (int i = 0; i < 5000; ++i)
        parts.append(Json{{QStringLiteral("minimum"), i}});
    Json list = Json::array();
    for (int i = 0; i < 5000; ++i)
        list.append(i);
    QCOMPARE(SchemaSecrets(Json{{QStringLiteral("items"), Json{{QStringLiteral("allOf"), parts}}}}).in(list).marked, QStringList{QString()});
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

void TestBaseSecrets::aPartOfASchemaTellsWhetherItMarks()
{
    const SchemaSecrets secrets(json(R"({"$defs":{"s":{"format":"password"},"t":{"type":"string"}}})"));
    QVERIFY(secrets.marks(json(R"({"anyOf":[{"$ref":"#/$defs/s"},{"type":"null"}]})")));
    QVERIFY(!secrets.marks(json(R"({"anyOf":[{"$ref":"#/$defs/t"},{"type":"null"}]})")));
    QVERIFY(!secrets.marks(Json(true)));
}

void TestBaseSecrets::pointersAreMaskedWhereverTheyLead()
{
    const Json value = json(R"({"a/b":{"~":["x","y"]},"n":1.50,"z":"w"})");
    QCOMPARE(withoutValues(value, {QStringLiteral("/a~1b/~0/1"), QStringLiteral("/z"), QStringLiteral("/no/where")}).dump(),
        QByteArray(R"({"a/b":{"~":["x",null]},"n":1.50,"z":null})"));
    QVERIFY(withoutValues(value, {QString()}).isNull());
}

void TestBaseSecrets::repeatedSecretsAreHiddenInEverySpelling()
{
    const QString secret = QString::fromUtf8("p\"ä ss/wörd+ 42\\x");
    SecretMask mask;
    mask.add(Json{{QStringLiteral("a"), Json::array({Json(secret)})}});
    const QByteArray plain = secret.toUtf8();
    QByteArrayList spellings{plain, plain.toHex(), plain.toHex().toUpper(), plain.toPercentEncoding(), Json(secret).dump().chopped(1).mid(1)};
    spellings << QByteArray("p\\\"\\u00e4 ss/w\\u00f6rd+ 42\\\\x");
    for (qsizetype before = 0; before < 3; ++before) {
        const QByteArray padded = QByteArray(before, 'q') + plain + "tail";
        for (const QByteArray &text : {padded.toBase64(), padded.toBase64(QByteArray::Base64UrlEncoding)}) {
            const QByteArray hidden = mask.in(text);
            QVERIFY2(hidden.contains(SecretMask::Mark), text.constData());
        }
    }
    for (const QByteArray &spelling : std::as_const(spellings))
        QCOMPARE(mask.in("<" + spelling + ">"), QByteArray("<") + SecretMask::Mark + ">");
    QCOMPARE(mask.in(QByteArray("nothing of it")), QByteArray("nothing of it"));
}

void TestBaseSecrets::shortSecretsAreHiddenOnlyByThemselves()
{
    SecretMask mask;
    mask.add(json(R"(["abcd","xy"])"));
    const QByteArray mark(SecretMask::Mark);
    QCOMPARE(mask.in(QByteArray("abcd abcde \"xy\" xyz")), QByteArray(mark + " abcde \"" + mark + "\" xyz"));
    QCOMPARE(mask.in(json(R"({"xy":"xy","b":"an xy"})")).dump(), QByteArray("{\"xy\":\"" + mark + "\",\"b\":\"an xy\"}"));
}

void TestBaseSecrets::hiddenNumbersLeaveJsonWhole()
{
    SecretMask mask;
    mask.add(json("12345678"));
    const QByteArray hidden = mask.in(QByteArray(R"({"pin":12345678,"text":"it is 12345678"})"));
    const auto parsed = Json::parse(hidden);
    QVERIFY2(parsed, hidden.constData());
    QVERIFY(!hidden.contains("12345678"));
    QCOMPARE(mask.in(json(R"([12345678,1])")).dump(), QByteArray("[\"") + SecretMask::Mark + "\",1]");
}

void TestBaseSecrets::errorsRepeatNoSecret()
{
    SecretMask mask;
    mask.add(Json("hunter2-hunter2"));
    Error error(Error::Kind::Http, QStringLiteral("bad key hunter2-hunter2"));
    error.withAdvice(QStringLiteral("not hunter2-hunter2")).withHttp(401, "{\"got\":\"hunter2-hunter2\"}").withRejections({{QUrl(), QStringLiteral("hunter2-hunter2")}});
    const Error hidden = mask.in(error);
    QVERIFY(!hidden.describe().contains(QStringLiteral("hunter2")) && !hidden.body().contains("hunter2"));
    QCOMPARE(hidden.kind(), Error::Kind::Http);
    QCOMPARE(hidden.httpStatus(), 401);
}

void TestBaseSecrets::theEnvironmentIsWipedWhereTheSystemGaveIt()
{
    qputenv("SLUICE_SENDER_KEY", " planted-sender-key ");
    const char *place = std::getenv("SLUICE_SENDER_KEY");
    QVERIFY(secretVariable("SLUICE_SENDER_KEY").equals("planted-sender-key"));
    takeSecretEnvironment();
    QVERIFY(!qEnvironmentVariableIsSet("SLUICE_SENDER_KEY"));
    QVERIFY(!QByteArrayView(place, 20).contains("planted")); // glibc keeps what setenv() once stored
    QVERIFY(secretVariable("SLUICE_SENDER_KEY").equals("planted-sender-key"));
    QFile given(QStringLiteral("/proc/self/environ"));
    if (given.open(QIODevice::ReadOnly))
        QVERIFY(!given.readAll().contains("planted"));
}

void TestBaseSecrets::childrenGetNoSecretVariables()
{
    qputenv("LIVEPEER_TOKEN", "t");
    qputenv("SOME_API_KEY", "k");
    const QProcessEnvironment environment = environmentForChildren();
    QVERIFY(!environment.contains(QStringLiteral("LIVEPEER_TOKEN")));
    QVERIFY(!environment.contains(QStringLiteral("SOME_API_KEY")));
    QVERIFY(environment.contains(QStringLiteral("PATH")));
}

void TestBaseSecrets::aHardenedProcessLeavesNoDump()
{
    hardenProcess();
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(limit.rlim_max, rlim_t(0));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QCOMPARE(prctl(PR_GET_DUMPABLE), 0);
#endif
}

/// Otherwise the next file that the program opens is what it reads as standard input, or writes its answers to.
void TestBaseSecrets::closedStandardStreamsBecomeNobodysFile()
{
    for (const int closed : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            ::close(closed);
            hardenProcess();
            struct stat null {};
            struct stat opened {};
            const bool good = ::stat("/dev/null", &null) == 0 && ::fstat(closed, &opened) == 0 && opened.st_rdev == null.st_rdev;
            ::_exit(good ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, qPrintable(QString::number(closed)));
    }
}

QTEST_GUILESS_MAIN(TestBaseSecrets)
#include "tst_base_secrets.moc"
