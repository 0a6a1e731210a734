#include "sluice/base/schema_validator.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

using namespace sluice;

namespace {

Json parsed(const QByteArray &text)
{
    return orThrow(Json::parse(text));
}

} // namespace

/// The validator that forms and runners share: every violation, at its place, with what would be right.
class TestSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keywordsAcceptWhatFitsAndRefuseWhatDoesNot_data();
    void keywordsAcceptWhatFitsAndRefuseWhatDoesNot();
    void everyViolationIsReportedWithItsPlace();
    void violationsSayWhatWasReceivedWhatIsAllowedAndWhatToTry_data();
    void violationsSayWhatWasReceivedWhatIsAllowedAndWhatToTry();
    void secretsAreNeverRepeated();
    void circularReferencesEnd();
    void recursiveSchemasFollowTheValue();
    void hostileSchemasAndValuesTakeBoundedTime();
    void resolveFollowsReferencesAndKeepsKeysBesideThem();
    void problemsOfASchemaAreNamed_data();
    void problemsOfASchemaAreNamed();
    void theFirstViolationBecomesAnErrorAtItsField();
};

void TestSchema::keywordsAcceptWhatFitsAndRefuseWhatDoesNot_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("keyword"); // empty: fits
    const auto row = [](const char *name, const char *schema, const char *value, const char *keyword) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(value) << QString::fromLatin1(keyword);
    };
    row("string", R"({"type":"string"})", R"("x")", "");
    row("no string", R"({"type":"string"})", "5", "type");
    row("whole fraction is an integer", R"({"type":"integer"})", "5.0", "");
    row("fraction is no integer", R"({"type":"integer"})", "5.5", "type");
    row("integer is a number", R"({"type":"number"})", "5", "");
    row("empty type name says nothing", R"({"type":""})", "5", "");
    row("unknown type name says nothing", R"({"type":["text","string"]})", R"("x")", "");
    row("type list", R"({"type":["string","null"]})", "null", "");
    row("nullable", R"({"type":"string","nullable":true})", "null", "");
    row("enum keeps types", R"({"enum":[1,"2"]})", R"("1")", "enum");
    row("enum by value", R"({"enum":[1,"2"]})", "1.0", "");
    row("const", R"({"const":"a"})", R"("b")", "const");
    row("minimum", R"({"minimum":1})", "0", "minimum");
    row("minimum itself", R"({"minimum":1})", "1", "");
    row("exclusive minimum", R"({"exclusiveMinimum":1})", "1", "exclusiveMinimum");
    row("draft 4 exclusive", R"({"minimum":1,"exclusiveMinimum":true})", "1", "minimum");
    row("maximum", R"({"maximum":1})", "1.5", "maximum");
    row("beyond double's integers", R"({"maximum":9007199254740992})", "9007199254740993", "maximum");
    row("exclusive maximum", R"({"exclusiveMaximum":1})", "1", "exclusiveMaximum");
    row("multiple", R"({"multipleOf":0.1})", "0.3", "");
    row("no multiple", R"({"multipleOf":8})", "12", "multipleOf");
    row("length counts characters, not code units", "{\"maxLength\":1}", "\"\xf0\x9f\x98\x80\"", "");
    row("too short", R"({"minLength":1})", R"("")", "minLength");
    row("too long", R"({"maxLength":2})", R"("abc")", "maxLength");
    row("pattern", R"({"pattern":"^a+$"})", R"("ab")", "pattern");
    row("pattern searches", R"({"pattern":"b"})", R"("abc")", "");
    row("required", R"({"required":["a"]})", "{}", "required");
    row("nested", R"({"properties":{"a":{"type":"string"}}})", R"({"a":1})", "type");
    row("unknown keys are allowed", R"({"properties":{}})", R"({"z":1})", "");
    row("additional properties", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"z":1})", "additionalProperties");
    row("additional schema", R"({"additionalProperties":{"type":"string"}})", R"({"z":1})", "type");
    row("pattern properties", R"({"patternProperties":{"^x-":{}},"additionalProperties":false})", R"({"x-a":1})", "");
    row("items", R"({"items":{"type":"string"}})", R"(["a",1])", "type");
    row("min items", R"({"minItems":1})", "[]", "minItems");
    row("max items", R"({"maxItems":1})", "[1,2]", "maxItems");
    row("unique", R"({"uniqueItems":true})", "[1,2,1]", "uniqueItems");
    row("anyOf", R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "null", "");
    row("anyOf names the branch that is meant", R"({"anyOf":[{"type":"null"},{"type":"integer","minimum":1}]})", "0", "minimum");
    row("anyOf of constants", R"({"anyOf":[{"const":"a"},{"const":"b"}]})", R"("c")", "enum");
    row("oneOf", R"({"oneOf":[{"type":"string"},{"type":"object"}]})", "{}", "");
    row("oneOf excludes", R"({"oneOf":[{"minimum":0},{"maximum":9}]})", "5", "oneOf");
    row("allOf", R"({"allOf":[{"minimum":0},{"maximum":9}]})", "10", "maximum");
    row("reference", R"({"$defs":{"p":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/p"}}})", R"({"a":1})", "type");
    row("a lost reference constrains nothing", R"({"properties":{"a":{"$ref":"#/nowhere"}}})", R"({"a":1})", "");
    row("a remote reference constrains nothing", R"({"properties":{"a":{"$ref":"https://s.example/a.json"}}})", R"({"a":1})", "");
    row("percent-encoded reference", R"({"$defs":{"R<a,b>":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/R%3Ca%2Cb%3E"}}})", R"({"a":1})", "type");
    row("reference with escapes", R"({"$defs":{"a/b~c":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/a~1b~0c"}}})", R"({"a":1})", "type");
    row("anchor", R"({"$defs":{"p":{"$anchor":"x","type":"string"}},"properties":{"a":{"$ref":"#x"}}})", R"({"a":1})", "type");
    row("dynamic anchor", R"({"$defs":{"p":{"$dynamicAnchor":"x","type":"string"}},"properties":{"a":{"$dynamicRef":"#x"}}})", R"({"a":1})", "type");
    row("identifier of draft 4", R"({"definitions":{"p":{"id":"#x","type":"string"}},"properties":{"a":{"$ref":"#x"}}})", R"({"a":1})", "type");
    row("own address", R"({"$id":"https://s.example/me","$defs":{"p":{"type":"string"}},"properties":{"a":{"$ref":"https://s.example/me#/$defs/p"}}})", R"({"a":1})", "type");
    row("embedded address", R"({"$id":"https://s.example/me","$defs":{"p":{"$id":"you","type":"string"}},"properties":{"a":{"$ref":"you"}}})", R"({"a":1})", "type");
    row("reference within an embedded address", R"({"properties":{"a":{"$id":"https://s.example/in","$ref":"#/$defs/p","$defs":{"p":{"type":"string"}}}},"$defs":{"p":{"type":"integer"}}})", R"({"a":1})", "type");
    row("a property may be called $ref", R"({"properties":{"$ref":{"type":"string"}}})", R"({"$ref":1})", "type");
    row("diamond", R"({"$defs":{"b":{"required":["n"]},"x":{"allOf":[{"$ref":"#/$defs/b"}]}},"allOf":[{"$ref":"#/$defs/x"},{"$ref":"#/$defs/b"}]})", R"({"n":1})", "");
    row("then", R"({"if":{"properties":{"m":{"const":1}}},"then":{"required":["x"]}})", R"({"m":1})", "required");
    row("else", R"({"if":{"properties":{"m":{"const":1}}},"else":{"required":["x"]}})", R"({"m":2})", "required");
    row("neither", R"({"if":{"properties":{"m":{"const":1}}},"else":{"required":["x"]}})", R"({"m":1})", "");
    row("not", R"({"not":{"type":"string"}})", R"("x")", "not");
    row("not, fits", R"({"not":{"type":"string"}})", "5", "");
    row("dependentRequired", R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})", "dependentRequired");
    row("dependentSchemas", R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"a":1})", "required");
    row("propertyNames", R"({"propertyNames":{"pattern":"^[a-z]+$"}})", R"({"A":1})", "propertyNames");
    row("contains", R"({"contains":{"type":"string"}})", "[1,2]", "contains");
    row("contains, fits", R"({"contains":{"type":"string"},"maxContains":1})", R"([1,"a"])", "");
    row("maxContains", R"({"contains":{"type":"string"},"maxContains":1})", R"(["b","a"])", "contains");
    row("minContains 0", R"({"contains":{"type":"string"},"minContains":0})", "[1]", "");
    row("prefixItems", R"({"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false})", R"([1,2])", "type");
    row("behind prefixItems", R"({"prefixItems":[{"type":"integer"}],"items":false})", R"([1,2])", "false");
    row("a list of items", R"({"items":[{"type":"integer"}],"additionalItems":{"type":"string"}})", R"([1,2])", "type");
    row("unevaluatedProperties", R"({"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false})", R"({"a":1,"b":2})", "unevaluatedProperties");
    row("evaluated by a condition", R"({"if":{"required":["a"]},"then":{"properties":{"a":{},"b":{}}},"unevaluatedProperties":false})", R"({"a":1,"b":2})", "");
    row("one of the names", R"({"anyOf":[{"required":["a"]},{"required":["b"]}]})", "{}", "anyOf");
    row("false schema", R"({"properties":{"a":false}})", R"({"a":1})", "false");
    row("unknown keywords constrain nothing", R"({"x-order":3,"format":"nonsense"})", "5", "");
}

void TestSchema::keywordsAcceptWhatFitsAndRefuseWhatDoesNot()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(QString, keyword);
    const auto violations = SchemaValidator(parsed(schema)).validate(parsed(value));
    QStringList found;
    for (const SchemaViolation &violation : violations)
        found.append(violation.keyword);
    QCOMPARE(found, keyword.isEmpty() ? QStringList() : QStringList{keyword});
}

void TestSchema::everyViolationIsReportedWithItsPlace()
{
    const Json schema = parsed(R"({"type":"object","required":["text","a/b"],"properties":{
        "text":{"type":"string"},"a/b":{},"n":{"minimum":1},
        "messages":{"items":{"properties":{"role":{"enum":["user"]}}}}}})");
    const auto violations = SchemaValidator(schema).validate(parsed(R"({"n":0,"messages":[{"role":"user"},{"role":"me"}]})"));
    QStringList places;
    for (const SchemaViolation &violation : violations)
        places.append(violation.pointer + u' ' + violation.keyword);
    QCOMPARE(places, (QStringList{QStringLiteral("/text required"), QStringLiteral("/a~1b required"),
        QStringLiteral("/n minimum"), QStringLiteral("/messages/1/role enum")}));
}

void TestSchema::violationsSayWhatWasReceivedWhatIsAllowedAndWhatToTry_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("allowed");
    QTest::addColumn<QString>("suggestion");
    QTest::newRow("range") << QByteArray(R"({"properties":{"strength":{"minimum":0,"maximum":1}}})") << QByteArray(R"({"strength":1.5})")
        << "\"strength\" must be at most 1, but is 1.5." << "0 to 1" << "Try 1.";
    QTest::newRow("quoted number") << QByteArray(R"({"properties":{"n":{"type":"integer"}}})") << QByteArray(R"({"n":"5"})")
        << "\"n\" must be an integer, but is the string \"5\"." << "integer" << "Write 5 without quotes.";
    QTest::newRow("near choice") << QByteArray(R"({"properties":{"f":{"enum":["grey","blur"]}}})") << QByteArray(R"({"f":"gray"})")
        << "\"f\" must be one of \"grey\", \"blur\", but is \"gray\"." << "one of: \"grey\", \"blur\"" << "Did you mean \"grey\"?";
    QTest::newRow("near name") << QByteArray(R"({"properties":{"text":{}},"additionalProperties":false})") << QByteArray(R"({"txt":"a"})")
        << "\"txt\" is not a known field." << "one of: text" << "Did you mean \"text\"?";
    QTest::newRow("missing") << QByteArray(R"({"required":["text"],"properties":{"text":{"type":"string","examples":["Hi"]}}})")
        << QByteArray("{}") << "\"text\" is missing." << "string" << "Add \"text\". For example \"Hi\".";
    QTest::newRow("empty") << QByteArray(R"({"properties":{"text":{"minLength":1,"maxLength":9}}})") << QByteArray(R"({"text":""})")
        << "\"text\" is empty." << "1 to 9 characters" << "Write 1 more character.";
}

void TestSchema::violationsSayWhatWasReceivedWhatIsAllowedAndWhatToTry()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const auto violations = SchemaValidator(parsed(schema)).validate(parsed(value));
    QCOMPARE(violations.size(), 1);
    QTEST(violations.first().message, "message");
    QTEST(violations.first().allowed, "allowed");
    QTEST(violations.first().suggestion, "suggestion");
}

void TestSchema::secretsAreNeverRepeated()
{
    for (const char *rule : {R"("maxLength":3)", R"("type":"integer")", R"("enum":["a"])", R"("pattern":"^x")"}) {
        const SchemaValidator validator(parsed(QByteArray("{\"format\":\"password\",") + rule + '}'));
        const auto violations = validator.validate(Json("hunter2"));
        QCOMPARE(violations.size(), 1);
        const SchemaViolation &violation = violations.first();
        QVERIFY(violation.received.isNull());
        QVERIFY(!(violation.message + violation.suggestion).contains(QStringLiteral("hunter")));
    }
}

void TestSchema::circularReferencesEnd()
{
    const Json schema = parsed(R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"})");
    const SchemaValidator validator(schema);
    // A circle says nothing about the value, and is not the input's fault.
    QVERIFY(validator.validate(Json(1)).isEmpty());
    QVERIFY(validator.resolve(schema).isNull());
}

void TestSchema::recursiveSchemasFollowTheValue()
{
    const Json schema = parsed(R"({"type":"object","properties":{"child":{"$ref":"#"},"n":{"type":"integer"}}})");
    const SchemaValidator validator(schema);
    const auto fitting = validator.validate(parsed(R"({"child":{"child":{"n":1}}})"));
    const auto wrong = validator.validate(parsed(R"({"child":{"child":{"n":"x"}}})"));
    QVERIFY(fitting.isEmpty());
    QCOMPARE(wrong.first().pointer, QStringLiteral("/child/child/n"));
}

void TestSchema::hostileSchemasAndValuesTakeBoundedTime()
{
    QElapsedTimer timer;
    timer.start();
    // Each level doubles the work without the bound on steps.
    Json bomb = parsed(R"({"$defs":{"l0":{"type":"string"}}})");
    Json defs = bomb.value(QStringLiteral("$defs"));
    for (int i = 1; i <= 40; ++i) {
        const Json reference{{QStringLiteral("$ref"), QStringLiteral("#/$defs/l%1").arg(i - 1)}};
        defs.insert(QStringLiteral("l%1").arg(i), Json{{QStringLiteral("allOf"), Json::array({reference, reference})}});
    }
    bomb.insert(QStringLiteral("$defs"), defs);
    bomb.insert(QStringLiteral("$ref"), QStringLiteral("#/$defs/l40"));
    const SchemaValidator validator(bomb, {100, 50'000});
    QVERIFY(validator.validate(Json("fits")).isEmpty());
    QCOMPARE(validator.validate(Json(5)).first().keyword, QStringLiteral("type"));
    Json nested = parsed(R"({"type":"string"})");
    for (int i = 0; i < 14; ++i)
        nested = Json{{QStringLiteral("allOf"), Json::array({nested, nested})}};
    QCOMPARE(SchemaValidator(nested, {100, 5'000}).validate(Json("fits")).first().type, QStringLiteral("too_complex"));

    Json many = Json::array();
    for (int i = 0; i < 10'000; ++i)
        many.append(i);
    const SchemaValidator strings(parsed(R"({"items":{"type":"string"}})"));
    QCOMPARE(strings.validate(many).size(), 100);

    const QString long_ = QString(100'000, u'a') + u'!';
    const SchemaValidator backtracking(parsed(R"({"pattern":"^(a+)+$"})"));
    QCOMPARE(backtracking.validate(Json(long_)).size(), 1);
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestSchema::resolveFollowsReferencesAndKeepsKeysBesideThem()
{
    const SchemaValidator validator(parsed(R"({"$defs":{"s":{"type":"string","title":"S"}}})"));
    const Json resolved = validator.resolve(parsed(R"({"$ref":"#/$defs/s","title":"Mine"})"));
    const Json foreign = validator.resolve(parsed(R"({"$ref":"http://elsewhere/s"})"));
    QCOMPARE(resolved.dump(), QByteArray("{\"type\":\"string\",\"title\":\"Mine\"}"));
    QVERIFY(foreign.isNull());
}

void TestSchema::problemsOfASchemaAreNamed_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("problem");
    QTest::newRow("sound") << QByteArray(R"({"type":"object","properties":{"a":{"type":"integer","default":1}}})") << "";
    QTest::newRow("type") << QByteArray(R"({"type":"strnig"})") << "unknown type";
    QTest::newRow("pattern") << QByteArray(R"({"pattern":"("})") << "no regular expression";
    QTest::newRow("reference") << QByteArray(R"({"items":{"$ref":"#/no"}})") << "not in this schema";
    QTest::newRow("circle") << QByteArray(R"({"$ref":"#"})") << "circle";
    QTest::newRow("required") << QByteArray(R"({"properties":{},"required":["a"]})") << "not among its properties";
    QTest::newRow("bounds") << QByteArray(R"({"minimum":2,"maximum":1})") << "allows nothing";
    QTest::newRow("default") << QByteArray(R"({"properties":{"n":{"maximum":1,"default":2}}})") << "does not fit";
    QTest::newRow("no schema") << QByteArray("5") << "must be an object";
}

void TestSchema::problemsOfASchemaAreNamed()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, problem);
    const QStringList problems = SchemaValidator::problems(parsed(schema));
    if (problem.isEmpty()) {
        QCOMPARE(problems, QStringList());
        return;
    }
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems.first().contains(problem), qPrintable(problems.first()));
}

void TestSchema::theFirstViolationBecomesAnErrorAtItsField()
{
    const SchemaValidator validator(parsed(R"({"required":["a","b"]})"));
    const auto none = toError(validator.validate(parsed(R"({"a":1,"b":2})")));
    QVERIFY(!none);
    const auto error = toError(validator.validate(parsed("{}")));
    QVERIFY(error);
    QCOMPARE(error->kind(), Error::Kind::InvalidInput);
    QCOMPARE(error->field(), QStringLiteral("/a"));
    QVERIFY(error->message().contains(QStringLiteral("One more field")));
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_base_schema.moc"
