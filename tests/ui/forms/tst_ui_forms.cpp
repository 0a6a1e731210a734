#include "form_test_support.h"

#include "sluice/forms/field_issue.h"
#include "sluice/forms/schema_form.h"
#include "sluice/widgets/section_header.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

// moc takes a slash and an asterisk for a comment, even inside a string.
const char *kImageFilter = R"({
  "type": "object",
  "required": ["image", "filter"],
  "properties": {
    "image": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/)" "*" R"(", "description": "The picture to change."},
    "filter": {"type": "string", "enum": ["grayscale", "sepia", "blur"], "description": "What to do with it."},
    "strength": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5, "description": "0 leaves the picture as it is."},
    "steps": {"type": "integer", "minimum": 1, "maximum": 50, "default": 4},
    "seed": {"type": ["integer", "null"], "description": "The same seed gives the same picture."},
    "keep_size": {"type": "boolean", "default": true},
    "prompt": {"type": "string", "maxLength": 2000, "placeholder": "A sluice gate at dawn"},
    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
    "size": {"type": "object", "properties": {"width": {"type": "integer", "default": 512}, "height": {"type": "integer", "default": 512}}}
  }
})";

const char *kChat = R"({
  "type": "object",
  "required": ["messages"],
  "properties": {
    "messages": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["role", "content"], "properties": {
      "role": {"type": "string", "enum": ["system", "user", "assistant"], "default": "user"},
      "content": {"type": "string"}}}},
    "temperature": {"type": "number", "minimum": 0, "maximum": 2, "default": 0.7},
    "max_tokens": {"type": "integer", "minimum": 1}
  }
})";

QStringList keys(const Json &object)
{
    QStringList names;
    for (const auto &[key, value] : object.members())
        names << key;
    return names;
}

} // namespace

class TestForms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void cleanup() { Theme::setMode(Theme::Mode::Light); }

    void sdk_20_aFastApi422MarksTheMatchingField()
    {
        SchemaForm form;
        form.setSchema(json(kChat));
        form.setValue(json(R"({"messages":[{"role":"user","content":"hi"}],"temperature":3})"));
        const Error error = Error(Error::Kind::Http, QStringLiteral("The worker answered 422."))
                                .withHttp(422, R"({"detail":[
                                    {"loc":["body","temperature"],"msg":"ensure this value is less than or equal to 2","type":"value_error"},
                                    {"loc":["body","messages",0,"content"],"msg":"too short","type":"value_error"}]})");
        const QList<FieldIssue> issues = FieldIssue::fromError(error);
        QCOMPARE(issues.size(), 2);
        QCOMPARE(issues.at(0).pointer, QStringLiteral("/temperature"));
        QCOMPARE(issues.at(1).pointer, QStringLiteral("/messages/0/content"));
        for (const FieldIssue &issue : issues)
            form.showIssue(issue.pointer, issue.message);
        QCOMPARE(form.shownIssue(QStringLiteral("/temperature")), QStringLiteral("ensure this value is less than or equal to 2"));
        QCOMPARE(form.shownIssue(QStringLiteral("/messages/0/content")), QStringLiteral("too short"));
        QVERIFY(form.shownIssue(QStringLiteral("/max_tokens")).isEmpty());
        QVERIFY(control<QAbstractSpinBox>(form, QStringLiteral("Temperature"))->property("sluiceInvalid").toBool());
        // Editing the field ends what the server said about it, and only that.
        type(control<QAbstractSpinBox>(form, QStringLiteral("Temperature")), QStringLiteral("1"));
        QTRY_VERIFY(form.shownIssue(QStringLiteral("/temperature")).isEmpty());
        QTRY_COMPARE(form.shownIssue(QStringLiteral("/messages/0/content")), QStringLiteral("too short"));
    }

    void errorsThatNameOneFieldAreMarkedToo()
    {
        const Error error = Error(Error::Kind::InvalidInput, QStringLiteral("“abc” is no URL.")).withField(QStringLiteral("/image_url"));
        QCOMPARE(FieldIssue::fromError(error), (QList<FieldIssue>{{QStringLiteral("/image_url"), QStringLiteral("“abc” is no URL.")}}));
        QVERIFY(FieldIssue::fromError(Error(Error::Kind::Timeout, QStringLiteral("Too late."))).isEmpty());
        QVERIFY(FieldIssue::fromError(Error(Error::Kind::Http, {}).withHttp(500, R"({"detail":"text"})")).isEmpty());
    }

    void sdk_20_anAnswerThatWasCutStillMarksTheFieldsItNames()
    {
        QByteArray body = "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"prompt\"],\"msg\":\"Field required\",\"input\":{\"a\":\"]}\\\\\\\"\"}},";
        body += "{\"type\":\"int\",\"loc\":[\"body\",\"steps\"],\"msg\":\"too many\"},{\"loc\":[\"body\",\"long\"],\"msg\":\"never whole\",\"input\":\"";
        body += QByteArray(5000, 'x');
        const QList<FieldIssue> issues = FieldIssue::fromError(Error(Error::Kind::Http, {}).withHttp(422, body));
        QCOMPARE(issues, (QList<FieldIssue>{{QStringLiteral("/prompt"), QStringLiteral("Field required")}, {QStringLiteral("/steps"), QStringLiteral("too many")}}));
        for (const char *odd : {"", "{", "{\"detail\":", "{\"detail\":[", "{\"detail\":[]]", "[\"detail\"", "{\"detail\":[}]{"})
            QVERIFY2(FieldIssue::fromError(Error(Error::Kind::Http, {}).withHttp(422, odd)).isEmpty(), odd);
    }

    void sdk_25_formFollowsTheSchemasOrder_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QStringList>("order");
        QTest::newRow("document order") << QByteArray(R"({"properties":{"zebra":{"type":"integer","default":1},"apple":{"type":"integer","default":2},"mango":{"type":"integer","default":3}}})")
                                        << QStringList{QStringLiteral("zebra"), QStringLiteral("apple"), QStringLiteral("mango")};
        QTest::newRow("x-order, ties by document") << QByteArray(R"({"properties":{"a":{"type":"integer","default":1,"x-order":2},"b":{"type":"integer","default":1,"x-order":1},"c":{"type":"integer","default":1,"x-order":1}}})")
                                                   << QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")};
        QTest::newRow("x-fal-order-properties before x-order")
            << QByteArray(R"({"x-fal-order-properties":["c","a"],"properties":{"a":{"type":"integer","default":1,"x-order":1},"b":{"type":"integer","default":1,"x-order":0},"c":{"type":"integer","default":1}}})")
            << QStringList{QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")};
    }
    void sdk_25_formFollowsTheSchemasOrder()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QStringList, order);
        SchemaForm form;
        form.resize(400, 800);
        form.setSchema(json(schema.constData()));
        form.show();
        QCOMPARE(keys(form.value()), order);
        QList<QAbstractSpinBox *> fields = form.findChildren<QAbstractSpinBox *>();
        std::sort(fields.begin(), fields.end(), [&](QWidget *a, QWidget *b) {
            return a->mapTo(&form, QPoint()).y() < b->mapTo(&form, QPoint()).y();
        });
        QStringList shown;
        for (QAbstractSpinBox *field : std::as_const(fields))
            shown << field->accessibleName().toLower();
        QCOMPARE(shown, order);
    }

    void sdk_25_aKeyThatIsFilledInLaterTakesItsPlaceInTheOrder()
    {
        SchemaForm form;
        form.setSchema(json(R"({"properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"}}})"));
        type(control<QLineEdit>(form, QStringLiteral("C")), QStringLiteral("3"));
        type(control<QLineEdit>(form, QStringLiteral("A")), QStringLiteral("1"));
        type(control<QLineEdit>(form, QStringLiteral("B")), QStringLiteral("2"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"a":"1","b":"2","c":"3"})"));
    }

    void sdk_26_emptyingAnOptionalNumberRemovesTheKey()
    {
        SchemaForm form;
        form.setSchema(json(R"({"properties":{"steps":{"type":"integer","default":4},"text":{"type":"string","default":"x"},"strength":{"type":"number","minimum":0,"maximum":1,"default":0.5}}})"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"steps":4,"text":"x","strength":0.5})"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Steps")), {});
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"text":"x","strength":0.5})"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Strength")), {});
        type(control<QPlainTextEdit>(form, QStringLiteral("Text")), {});
        QCOMPARE(compact(form.value()), QStringLiteral("{}"));
        QVERIFY(form.validate().isEmpty());
    }

    void sdk_27_editingAFieldKeepsUnknownKeysAndTheirOrder()
    {
        SchemaForm form;
        form.setSchema(json(kChat));
        form.setValue(json(R"({"zzz":1.50,"temperature":0.20,"aaa":{"x":[1e2]},"messages":[{"content":"hi","name":"me","role":"user"}]})"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Max tokens")), QStringLiteral("7"));
        QCOMPARE(compact(form.value()),
                 QStringLiteral(R"({"zzz":1.50,"temperature":0.20,"max_tokens":7,"aaa":{"x":[1e2]},"messages":[{"content":"hi","name":"me","role":"user"}]})"));
        type(control<QPlainTextEdit>(form, QStringLiteral("Content")), QStringLiteral("yo"));
        QVERIFY(compact(form.value()).contains(QStringLiteral(R"("messages":[{"content":"yo","name":"me","role":"user"}])")));
        bool named = false;
        const QList<QLabel *> labels = form.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            named = named || (label->text().contains(QStringLiteral("zzz, aaa")) && !label->isHidden());
        QVERIFY2(named, "the form says which keys it does not show");
    }

    void sdk_28_passwordFieldsAreNamedAsSecret()
    {
        SchemaForm form;
        form.setSchema(json(R"({"properties":{"api_key":{"type":"string","format":"password"},"who":{"type":"string"},
            "nested":{"type":"object","properties":{"token":{"type":"string","x-cog-secret":true}}},
            "hidden":{"type":"string","format":"password","x-hidden":true},
            "list":{"type":"array","items":{"type":"object","properties":{"pin":{"type":"string","writeOnly":true}}}}}})"));
        form.setValue(json(R"({"list":[{"pin":"1"},{"pin":"2"}]})"));
        QCOMPARE(form.secretPointers(),
                 (QStringList{QStringLiteral("/api_key"), QStringLiteral("/nested/token"), QStringLiteral("/hidden"),
                              QStringLiteral("/list/0/pin"), QStringLiteral("/list/1/pin")}));
        QCOMPARE(control<QLineEdit>(form, QStringLiteral("Api key"))->echoMode(), QLineEdit::Password);
    }

    void everyIssueIsShownAtItsFieldAndTheFirstGetsTheFocus()
    {
        SchemaForm form;
        form.resize(420, 700);
        form.setSchema(json(kImageFilter));
        form.show();
        type(control<QAbstractSpinBox>(form, QStringLiteral("Steps")), QStringLiteral("70"));
        const QList<FieldIssue> issues = form.validate();
        QStringList at;
        for (const FieldIssue &issue : issues)
            at << issue.pointer;
        QVERIFY2(at.contains(QStringLiteral("/image")) && at.contains(QStringLiteral("/filter")) && at.contains(QStringLiteral("/steps")),
                 qPrintable(at.join(QLatin1Char(' '))));
        QVERIFY(form.shownIssue(QStringLiteral("/steps")).contains(QStringLiteral("70")));
        QVERIFY(!form.shownIssue(QStringLiteral("/image")).isEmpty());
        QVERIFY(form.shownIssue(QStringLiteral("/strength")).isEmpty());
        QCOMPARE(form.focusWidget()->accessibleName(), QStringLiteral("Image, required"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Steps")), QStringLiteral("7"));
        QTRY_VERIFY(form.shownIssue(QStringLiteral("/steps")).isEmpty());
    }

    void anEditedFieldIsCheckedWhileTypingAnUntouchedOneIsNot()
    {
        SchemaForm form;
        form.setSchema(json(kImageFilter));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Steps")), QStringLiteral("70"));
        QTRY_VERIFY(form.shownIssue(QStringLiteral("/steps")).contains(QStringLiteral("50")));
        QVERIFY(form.shownIssue(QStringLiteral("/image")).isEmpty());
    }

    void textThatIsNoNumberStaysAndIsNamed()
    {
        SchemaForm form;
        form.setSchema(json(R"({"properties":{"steps":{"type":"integer","default":4}}})"));
        auto *steps = control<QAbstractSpinBox>(form, QStringLiteral("Steps"));
        type(steps, QStringLiteral("4x"));
        QCOMPARE(steps->text(), QStringLiteral("4x"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"steps":4})"));
        const QList<FieldIssue> issues = form.validate();
        QCOMPARE(issues.size(), 1);
        QVERIFY(issues.first().message.contains(QStringLiteral("4x")));
        form.setValue(form.value());
        QCOMPARE(steps->text(), QStringLiteral("4x"));
    }

    void optionalFieldsOutsideTheOrderAreAdditionalSettings()
    {
        SchemaForm form;
        form.resize(400, 500);
        form.setSchema(json(R"({"required":["must"],"properties":{"prompt":{"type":"string","x-order":0},"must":{"type":"string"},"rare":{"type":"integer"},"secretly":{"type":"string","x-hidden":true}}})"));
        form.show();
        auto *header = form.findChild<SectionHeader *>();
        QVERIFY(header);
        QVERIFY(!header->isExpanded());
        QVERIFY(control<QPlainTextEdit>(form, QStringLiteral("Prompt"))->isVisible());
        QVERIFY(control<QLineEdit>(form, QStringLiteral("Must"))->isVisible());
        QVERIFY(!control<QAbstractSpinBox>(form, QStringLiteral("Rare"))->isVisible());
        QVERIFY(!control<QLineEdit>(form, QStringLiteral("Secretly")));
        // A problem in a folded section unfolds it.
        form.showIssue(QStringLiteral("/rare"), QStringLiteral("too rare"));
        QVERIFY(header->isExpanded());
        QVERIFY(control<QAbstractSpinBox>(form, QStringLiteral("Rare"))->isVisible());
        form.setValue(json(R"({"secretly":"kept"})"));
        type(control<QLineEdit>(form, QStringLiteral("Must")), QStringLiteral("x"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"must":"x","secretly":"kept"})"));
    }

    void defaultsArePrefilledAndCanBeLeftOut()
    {
        SchemaForm form;
        form.setSchema(json(kImageFilter));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"strength":0.5,"steps":4,"keep_size":true})"));
        QSignalSpy changed(&form, &SchemaForm::valueChanged);
        form.setOmitDefaults(true);
        QCOMPARE(compact(form.value()), QStringLiteral("{}"));
        QCOMPARE(changed.count(), 1);
        auto *steps = control<QAbstractSpinBox>(form, QStringLiteral("Steps"));
        QCOMPARE(steps->text(), QStringLiteral("4"));
        type(steps, QStringLiteral("5"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"steps":5})"));
        type(steps, QStringLiteral("4"));
        QCOMPARE(compact(form.value()), QStringLiteral("{}"));
        form.setOmitDefaults(false);
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"strength":0.5,"steps":4,"keep_size":true})"));
    }

    void settingAValueIsQuietAndShowingItChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {R"({"messages":[]})", R"({"temperature":1e0,"messages":null})", R"([1,2])", R"("text")", R"({"max_tokens":"seven"})",
                                  R"({"messages":[{"role":"tool","content":1}],"temperature":{"a":1}})", R"({"b":1,"a":2})", "null", "{}"})
            QTest::newRow(value) << QByteArray(value);
    }
    void settingAValueIsQuietAndShowingItChangesNothing()
    {
        QFETCH(QByteArray, value);
        SchemaForm form;
        form.setSchema(json(kChat));
        QSignalSpy changed(&form, &SchemaForm::valueChanged);
        form.setValue(json(value.constData()));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(QString::fromUtf8(form.value().dump()), QString::fromUtf8(json(value.constData()).dump()));
        // Also after another field was edited.
        if (auto *tokens = control<QAbstractSpinBox>(form, QStringLiteral("Max tokens")); tokens && form.value().isObject() && !form.value().contains(QStringLiteral("max_tokens"))) {
            type(tokens, QStringLiteral("9"));
            Json without = form.value();
            QVERIFY(without.remove(QStringLiteral("max_tokens")));
            QCOMPARE(without, json(value.constData()));
        }
    }

    void sdk_27_whateverTheValueAnEditElsewhereLeavesItAlone()
    {
        SchemaForm form;
        form.setSchema(json(kImageFilter));
        QRandomGenerator random(20250603);
        const QStringList names{QStringLiteral("image"), QStringLiteral("filter"), QStringLiteral("strength"), QStringLiteral("steps"),
                                QStringLiteral("seed"), QStringLiteral("keep_size"), QStringLiteral("tags"), QStringLiteral("size"),
                                QStringLiteral("unknown"), QStringLiteral("a/b~c")};
        const QList<Json> values{Json(), Json(true), Json::number("1.0"), Json::number("1e2"), Json::number("123456789012345678901234567890"),
                                 QStringLiteral(""), QStringLiteral("sepia"), QStringLiteral("line\nline"), Json::array(), Json::array({Json(), QStringLiteral("x")}),
                                 json(R"({"width":1.50,"z":{"height":null}})"), json(R"([{"a":[[]]}])"), Json::object()};
        for (int round = 0; round < 150; ++round) {
            Json value = Json::object();
            const int count = random.bounded(int(names.size()) + 1);
            for (int i = 0; i < count; ++i)
                value.insert(names.at(random.bounded(int(names.size()))), values.at(random.bounded(int(values.size()))));
            form.setValue(value);
            auto *prompt = control<QPlainTextEdit>(form, QStringLiteral("Prompt"));
            prompt->setPlainText(QStringLiteral("x"));
            Json rest = form.value();
            QVERIFY(rest.remove(QStringLiteral("prompt")));
            QVERIFY2(rest == value, qPrintable(compact(value) + QStringLiteral(" became ") + compact(rest)));
            prompt->clear();
            QVERIFY2(form.value() == value, qPrintable(compact(value) + QStringLiteral(" became ") + compact(form.value())));
        }
    }

    void anySchemaGivesAForm_data()
    {
        QTest::addColumn<QByteArray>("schema");
        for (const char *schema : {"{}", R"({"type":"object"})", R"({"type":"string"})", R"({"type":"array","items":{"type":"integer"}})", R"({"$ref":"#"})",
                                   R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})",
                                   R"({"properties":{"self":{"$ref":"#"}}})", R"({"properties":{"x":{"$ref":"elsewhere.json"}}})",
                                   R"({"properties":{"x":{"type":"integer","minimum":5,"maximum":1}}})", R"({"properties":{"x":true}})",
                                   R"({"properties":{"x":{"type":7}}})", R"({"properties":{"x":{"enum":[]}}})", R"({"allOf":[{"allOf":[{"$ref":"#"}]}]})",
                                   R"({"properties":{"x":{"type":"number","minimum":1e300,"maximum":1e301}}})", "true", "null", "[]",
                                   R"({"properties":{"x":{"anyOf":[{"type":"null"}]}}})", R"({"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"string"}}}}}})"})
            QTest::newRow(schema) << QByteArray(schema);
    }
    void anySchemaGivesAForm()
    {
        QFETCH(QByteArray, schema);
        SchemaForm form;
        form.resize(400, 400);
        form.setSchema(json(schema.constData()));
        form.show();
        const Json odd = json(R"({"x":{"deep":[1.0,"two",null]},"self":{"self":{"y":1}}})");
        form.setValue(odd);
        QCOMPARE(form.value(), odd);
        form.validate();
        QCOMPARE(controlsWithoutName(form), QStringList());
    }

    void tabWalksThroughTheFieldsInOrder()
    {
        SchemaForm form;
        form.resize(420, 900);
        form.setSchema(json(R"({"required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string","enum":["x","y"]},"c":{"type":"integer"},"d":{"type":"boolean"},"prompt":{"type":"string"}}})"));
        form.show();
        form.activateWindow();
        QTRY_VERIFY(form.isActiveWindow());
        control<QLineEdit>(form, QStringLiteral("A"))->setFocus();
        QStringList visited;
        for (int i = 0; i < 5; ++i) {
            visited << QApplication::focusWidget()->accessibleName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(visited, (QStringList{QStringLiteral("A, required"), QStringLiteral("B"), QStringLiteral("C"), QStringLiteral("D"), QStringLiteral("Prompt")}));
    }

    void altAndALetterGoesToAField()
    {
        SchemaForm form;
        form.resize(420, 500);
        form.setSchema(json(R"({"properties":{"steps":{"type":"integer"},"strength":{"type":"integer"}}})"));
        form.show();
        form.activateWindow();
        QTRY_VERIFY(form.isActiveWindow());
        QTest::keyClick(&form, Qt::Key_T, Qt::AltModifier); // "s" belongs to Steps
        QCOMPARE(form.focusWidget()->accessibleName(), QStringLiteral("Strength"));
        QTest::keyClick(&form, Qt::Key_S, Qt::AltModifier);
        QCOMPARE(form.focusWidget()->accessibleName(), QStringLiteral("Steps"));
    }

    void everyControlHasAnAccessibleName_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("image filter") << QByteArray(kImageFilter) << QByteArray(R"({"tags":["a","b"],"seed":3,"steps":"wrong"})");
        QTest::newRow("chat") << QByteArray(kChat) << QByteArray(R"({"messages":[{"role":"user","content":"hi"},{"role":"user","content":"ho"}]})");
    }
    void everyControlHasAnAccessibleName()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, value);
        SchemaForm form;
        form.setSchema(json(schema.constData()));
        form.setValue(json(value.constData()));
        QCOMPARE(controlsWithoutName(form), QStringList());
    }

    void theFormLooksRightInBothModesAndAtTwoTimes()
    {
        SchemaForm form;
        form.resize(440, 980);
        form.setSchema(json(kImageFilter));
        form.setValue(json(R"({"filter":"sepia","strength":0.65,"steps":70,"seed":42,"keep_size":true,"prompt":"A sluice gate at dawn, fog over the water,\nlong exposure","tags":["water","gate"],"size":{"width":512,"height":768},"watermark":false})"));
        form.show();
        form.validate();
        const QImage light = picture(form, QStringLiteral("form-image-light"));
        const QImage twice = picture(form, QStringLiteral("form-image-light-2x"), 2);
        Theme::setMode(Theme::Mode::Dark);
        const QImage dark = picture(form, QStringLiteral("form-image-dark"));
        QVERIFY(colorCount(light) > 40);
        QVERIFY(light != dark);
        QCOMPARE(twice.width(), light.width() * 2);
        SchemaForm chat;
        chat.resize(440, 640);
        chat.setSchema(json(kChat));
        chat.setValue(json(R"({"messages":[{"role":"system","content":"Answer from the documentation."},{"role":"user","content":"What is a sluice?"}],"temperature":0.7})"));
        chat.show();
        picture(chat, QStringLiteral("form-chat-dark"));
    }
};

QTEST_MAIN(TestForms)
#include "tst_ui_forms.moc"
