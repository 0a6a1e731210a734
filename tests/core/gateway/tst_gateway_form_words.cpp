#include "sluice/aigateway/listing.h"
#include "sluice/aigateway/pipelines.h"
#include "sluice/backend/form_words.h"
#include "sluice/base/schema_validator.h"
#include "sluice/gateway/backends.h"
#include "sluice/llmworker/backend_call.h"
#include "sluice/openai/endpoint.h"
#include "sluice/zerog/backend_p.h"

#include <QtCore/QTranslator>
#include <QtTest/QTest>

using namespace sluice;

namespace {

const QUrl Somewhere(QStringLiteral("http://127.0.0.1:1"));

/// A language in which every word is itself in brackets, so that one that no translator saw is found.
class Brackets : public QTranslator {
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        return QLatin1String(context) == QLatin1String("sluice::FormWords") ? QStringLiteral("[%1]").arg(QString::fromUtf8(source)) : QString();
    }
    bool isEmpty() const override { return false; }
};

/// The titles and descriptions of a schema that are not in brackets.
void collectEnglish(const Json &json, QStringList &found)
{
    for (const Json &item : json.items())
        collectEnglish(item, found);
    for (const auto &[name, value] : json.members()) {
        if (value.isString() && (name == QLatin1String("title") || name == QLatin1String("description"))) {
            if (!value.toString().startsWith(QLatin1Char('[')))
                found.append(value.toString());
        } else {
            collectEnglish(value, found);
        }
    }
}

QStringList english(const Json &schema)
{
    QStringList found;
    collectEnglish(schema, found);
    return found;
}

zerog::Service service(const QString &type)
{
    zerog::Service one;
    one.name = QStringLiteral("mine");
    one.type = type;
    return one;
}

} // namespace

/// What this program says about capabilities that a protocol defines is read in the window's language, and in English where there is none.
class TestGatewayFormWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutATranslatorTheyAreEnglish();
    void violationsAreEnglishWithTheirPluralsWithoutATranslator();
    void noFieldOfOurOwnSchemasIsLeftInEnglish();
    void whatANetworkSaysOfItsOwnStays();
    void valuesAreNoWords();
    void violationsAreInTheWindowsLanguage();
};

void TestGatewayFormWords::withoutATranslatorTheyAreEnglish()
{
    const aigateway::Pipeline *pipeline = aigateway::pipelineOf(QStringLiteral("text-to-image"));
    QVERIFY(pipeline);
    const CapabilityInfo info = aigateway::infoOf(*pipeline, Somewhere);
    QCOMPARE(info.title, QStringLiteral("Text to image"));
    QCOMPARE(info.inputSchema.dump(), pipeline->inputSchema().dump());
    QCOMPARE(backends::title(QStringLiteral("llmworker")), QStringLiteral("LLM worker"));
}

void TestGatewayFormWords::violationsAreEnglishWithTheirPluralsWithoutATranslator()
{
    const auto suggestionFor = [](int least) {
        const SchemaValidator validator(Json{{QStringLiteral("type"), "string"}, {QStringLiteral("minLength"), least}});
        return validator.validate(Json("")).first().suggestion;
    };
    QCOMPARE(suggestionFor(1), QStringLiteral("Write 1 more character."));
    QCOMPARE(suggestionFor(2), QStringLiteral("Write 2 more characters."));
}

void TestGatewayFormWords::noFieldOfOurOwnSchemasIsLeftInEnglish()
{
    Brackets language;
    QCoreApplication::installTranslator(&language);
    for (const aigateway::Pipeline &pipeline : aigateway::pipelines()) {
        const CapabilityInfo info = aigateway::infoOf(pipeline, Somewhere);
        QVERIFY2(info.title.startsWith(QLatin1Char('[')) && info.description.startsWith(QLatin1Char('[')), qPrintable(info.title));
        QCOMPARE(english(info.inputSchema), QStringList());
    }
    using Kind = openai::Endpoint::Kind;
    for (const Kind kind : {Kind::Chat, Kind::Embeddings, Kind::Images, Kind::Transcription, Kind::Speech}) {
        openai::Endpoint endpoint;
        endpoint.kind = kind;
        QVERIFY(endpoint.inputSchema().isObject());
        QCOMPARE(english(endpoint.inputSchema()), QStringList());
        for (const CapabilityExample &example : endpoint.examples())
            QVERIFY2(example.title.startsWith(QLatin1Char('[')), qPrintable(example.title));
    }
    for (const char *type : {"chatbot", "zgStorage"})
        QCOMPARE(english(zerog::infoOf(service(QLatin1String(type)), Somewhere).inputSchema), QStringList());
    QCOMPARE(english(llmworker::inputSchema()), QStringList());
    for (const BackendKind &kind : backends::kinds()) {
        if (kind.id != QLatin1String("byoc")) // a name, the same in every language
            QCOMPARE(backends::title(kind.id), QStringLiteral("[%1]").arg(kind.title));
    }
    QCoreApplication::removeTranslator(&language);
}

void TestGatewayFormWords::whatANetworkSaysOfItsOwnStays()
{
    Brackets language;
    QCoreApplication::installTranslator(&language);
    const QByteArray listing = R"([{"name":"text-to-image","description":"Paints in oil.","input_schema":{"type":"object",
        "properties":{"brush":{"type":"string","title":"Brush","description":"Which one."},"seed":{"type":"integer","title":"Seed"}}}},
        {"name":"upscale","description":"Makes a picture larger."}])";
    const auto infos = aigateway::readListing(listing, Somewhere);
    QVERIFY(infos);
    QCOMPARE(infos->first().description, QStringLiteral("Paints in oil."));
    QCOMPARE(english(infos->first().inputSchema), (QStringList{QStringLiteral("Brush"), QStringLiteral("Which one.")}));
    // One that says what this program says of it is read in the window's language.
    QCOMPARE(infos->last().description, QStringLiteral("[Makes a picture larger.]"));
    QCoreApplication::removeTranslator(&language);
}

void TestGatewayFormWords::valuesAreNoWords()
{
    Brackets language;
    QCoreApplication::installTranslator(&language);
    const Json schema = *Json::parse(QByteArrayView(R"({"title":"Text","default":{"title":"Text"},"examples":[{"description":"Seed"}],"const":{"title":"Seed"},
        "properties":{"title":{"title":"Seed"}}})"));
    const Json expected = *Json::parse(QByteArrayView(R"({"title":"[Text]","default":{"title":"Text"},"examples":[{"description":"Seed"}],"const":{"title":"Seed"},
        "properties":{"title":{"title":"[Seed]"}}})"));
    QCOMPARE(inFormWords(schema).dump(), expected.dump());
    QCoreApplication::removeTranslator(&language);
}

void TestGatewayFormWords::violationsAreInTheWindowsLanguage()
{
#ifndef SLUICE_WORDS
    QSKIP("This build has no window, and so no language but English.");
#else
    QTranslator german;
    QVERIFY(german.load(QStringLiteral(SLUICE_WORDS "/sluice_de.qm")));
    QCoreApplication::installTranslator(&german);
    const SchemaValidator text(*Json::parse(QByteArrayView(R"({"type":"object","required":["text"],"properties":{"text":{"type":"string","minLength":3},"list":{"type":"array","maxItems":1}}})")));
    const auto violations = text.validate(*Json::parse(QByteArrayView(R"({"text":"","list":[1,2,3]})")));
    QCOMPARE(violations.size(), 2);
    QCOMPARE(violations[0].message, QStringLiteral("„text“ muss mindestens 3 Zeichen haben, hat aber 0."));
    QCOMPARE(violations[0].suggestion, QStringLiteral("Schreiben Sie noch 3 Zeichen."));
    QCOMPARE(violations[1].suggestion, QStringLiteral("Entfernen Sie 2 Einträge."));
    // What machines read stays.
    QCOMPARE(violations[1].allowed, QStringLiteral("at most 1 items"));
    QCOMPARE(violations[1].type, QStringLiteral("too_long"));
    const SchemaValidator either(*Json::parse(QByteArrayView(R"({"type":["number","string"]})")));
    QCOMPARE(either.validate(Json(true)).first().message, QStringLiteral("Die Eingabe muss eine Zahl oder ein Text sein, ist aber der Wahrheitswert true."));
    QCoreApplication::removeTranslator(&german);
#endif
}

QTEST_GUILESS_MAIN(TestGatewayFormWords)
#include "tst_gateway_form_words.moc"
