#include "form_test_support.h"

#include "sluice/forms/schema_form.h"

#include <QtCore/QElapsedTimer>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

/// moc stumbles over a hash sign in a raw string, so the schemas here write HASH for it.
QByteArray readable(const char *schema)
{
    return QByteArray(schema).replace("HASH", "#");
}

} // namespace

/// Schemas as people publish them: each gives a form that can be filled in and sent.
class TestFieldSchemas : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }

    void referencesGiveFields_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char *name, const char *schema, const QStringList &fields) { QTest::newRow(name) << readable(schema) << fields; };
        row("two branches share a base", R"({"type":"object","allOf":[{"$ref":"HASH/$defs/Dog"},{"$ref":"HASH/$defs/Pet"}],"$defs":{"Base":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]},"Dog":{"allOf":[{"$ref":"HASH/$defs/Base"},{"properties":{"breed":{"type":"string"}}}]},"Pet":{"allOf":[{"$ref":"HASH/$defs/Base"},{"properties":{"owner":{"type":"string"}}}]}}})", {"Name", "Breed", "Owner"});
        row("percent-encoding", R"({"type":"object","properties":{"opts":{"$ref":"HASH/definitions/Record%3Cstring%2Cnumber%3E"}},"definitions":{"Record<string,number>":{"type":"object","properties":{"steps":{"type":"string"}}}}})", {"Steps"});
        row("an escaped pointer", R"({"type":"object","properties":{"opts":{"$ref":"HASH/$defs/a~1b~0c"}},"$defs":{"a/b~c":{"type":"object","properties":{"steps":{"type":"string"}}}}})", {"Steps"});
        row("an anchor", R"({"type":"object","properties":{"opts":{"$ref":"HASHopts"}},"$defs":{"o":{"$anchor":"opts","type":"object","properties":{"word":{"type":"string"}}}}})", {"Word"});
        row("the schema's own address", R"({"$id":"https:\/\/me.example/in.json","type":"object","properties":{"opts":{"$ref":"in.jsonHASH/$defs/o"},"more":{"$ref":"https:\/\/me.example/in.jsonHASH/$defs/o"}},"$defs":{"o":{"type":"object","properties":{"word":{"type":"string"}}}}})", {"Word"});
        row("an embedded address", R"({"$id":"https:\/\/me.example/in.json","type":"object","properties":{"opts":{"$ref":"cfg.json"}},"$defs":{"o":{"$id":"cfg.json","type":"object","properties":{"word":{"$ref":"HASH/$defs/w"}},"$defs":{"w":{"type":"string","title":"Inner word"}}}}})", {"Inner word"});
        row("definitions anywhere", R"({"type":"object","properties":{"opts":{"$ref":"HASH/properties/opts/$defs/o","$defs":{"o":{"type":"object","properties":{"word":{"type":"string"}}}}}}})", {"Word"});
        row("fields behind a condition", R"({"type":"object","properties":{"mode":{"type":"string"}},"if":{"properties":{"mode":{"const":"image"}}},"then":{"properties":{"picture":{"type":"string"}},"required":["picture"]}})", {"Mode", "Picture"});
        row("one of two is needed", R"({"type":"object","properties":{"image_path":{"type":"string"},"image_name":{"type":"string"}},"anyOf":[{"required":["image_path"]},{"required":["image_name"]}]})", {"Image path", "Image name"});
        row("exactly one is needed", R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"],"not":{"required":["b"]}},{"required":["b"]}]})", {"A", "B"});
    }
    void referencesGiveFields()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QStringList, fields);
        SchemaForm form;
        form.setSchema(json(schema.constData()));
        form.show();
        for (const QString &field : fields)
            QVERIFY2(control<QLineEdit>(form, field), qPrintable(field));
        for (const QLabel *label : form.findChildren<QLabel *>())
            QVERIFY2(!label->text().contains(QLatin1String("Edited as JSON")), qPrintable(label->text()));
    }

    void whatCannotBeFollowedIsJsonAndIsSent_data()
    {
        QTest::addColumn<QByteArray>("schema");
        for (const char *schema : {R"({"type":"object","properties":{"cfg":{"$ref":"https:\/\/schemas.example/cfg.json"},"text":{"type":"string"}}})",
                 R"({"type":"object","properties":{"cfg":{"$ref":"HASH/$defs/lost"},"text":{"type":"string"}}})",
                 R"({"type":"object","properties":{"cfg":{"$ref":"HASHnowhere"},"text":{"type":"string"}}})",
                 R"({"type":"object","properties":{"cfg":{"allOf":[{"$ref":"other.jsonHASH/x"}]},"text":{"type":"string"}}})"})
            QTest::newRow(schema) << readable(schema);
    }
    void whatCannotBeFollowedIsJsonAndIsSent()
    {
        QFETCH(QByteArray, schema);
        SchemaForm form;
        form.setSchema(json(schema.constData()));
        form.setValue(json(R"({"cfg":{"a":[1,2]},"text":"x"})"));
        QCOMPARE(form.validate(), QList<FieldIssue>());
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"cfg":{"a":[1,2]},"text":"x"})"));
        QVERIFY(control<QLineEdit>(form, QStringLiteral("Text")) || control<QPlainTextEdit>(form, QStringLiteral("Text")));
    }

    void requiredAndNullableSendsNull_data()
    {
        QTest::addColumn<QByteArray>("field");
        for (const char *field : {R"({"anyOf":[{"type":"integer"},{"type":"null"}]})", R"({"type":["string","null"]})", R"({"type":"number","nullable":true})",
                 R"({"anyOf":[{"type":"object","properties":{"n":{"type":"integer"}}},{"type":"null"}]})", R"({"type":["boolean","null"]})",
                 R"({"enum":["a","b",null]})", R"({"anyOf":[{"$ref":"HASH/$defs/m"},{"type":"null"}]})"})
            QTest::newRow(field) << readable(field);
    }
    void requiredAndNullableSendsNull()
    {
        QFETCH(QByteArray, field);
        SchemaForm form;
        form.setSchema(json((R"({"type":"object","properties":{"mask":)" + field
            + R"(,"name":{"type":"string"}},"required":["mask","name"],"$defs":{"m":{"type":"integer"}}})").constData()));
        form.show();
        type(control<QLineEdit>(form, QStringLiteral("Name")), QStringLiteral("x"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"mask":null,"name":"x"})"));
        QCOMPARE(form.validate(), QList<FieldIssue>());
    }

    void theNullOfARequiredFieldIsAVisibleChoice()
    {
        SchemaForm form;
        form.setSchema(json(R"({"type":"object","properties":{"mask":{"type":["integer","null"]}},"required":["mask"]})"));
        form.show();
        auto *chooser = control<QCheckBox>(form, QStringLiteral("Set Mask"));
        QVERIFY(chooser);
        QVERIFY(!chooser->isChecked());
        QCOMPARE(chooser->text(), QStringLiteral("null"));
        chooser->click();
        QCOMPARE(chooser->text(), QStringLiteral("Set"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Mask")), QStringLiteral("7"));
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"mask":7})"));
        chooser->click();
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"mask":null})"));
    }

    void whatIsCheckedAcrossFieldsIsNamedWhereItIs_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("pointer"); // "-" = nothing is wrong
        const auto row = [](const char *name, const char *schema, const char *value, const char *pointer) {
            QTest::newRow(name) << QByteArray(R"({"type":"object","properties":{"mode":{"type":"string"},"text":{"type":"string"},"img":{"type":"string"}},)") + schema + "}"
                                << QByteArray(value) << QString::fromLatin1(pointer);
        };
        const char *condition = R"("if":{"properties":{"mode":{"const":"image"}}},"then":{"required":["img"]},"else":{"required":["text"]})";
        row("then", condition, R"({"mode":"image"})", "/img");
        row("else", condition, R"({"mode":"text"})", "/text");
        row("then, given", condition, R"({"mode":"image","img":"x"})", "-");
        row("dependentRequired", R"("dependentRequired":{"img":["text"]})", R"({"img":"x"})", "/text");
        row("dependentRequired, not given", R"("dependentRequired":{"img":["text"]})", R"({"mode":"x"})", "-");
        row("dependentSchemas", R"("dependentSchemas":{"img":{"properties":{"text":{"maxLength":2}}}})", R"({"img":"x","text":"long"})", "/text");
        row("dependencies", R"("dependencies":{"img":["text"]})", R"({"img":"x"})", "/text");
        row("not", R"("not":{"required":["text","img"]})", R"({"text":"a","img":"b"})", "");
        row("not, one of them", R"("not":{"required":["text","img"]})", R"({"text":"a"})", "-");
        row("minProperties", R"("minProperties":2)", R"({"text":"a"})", "");
        row("propertyNames", R"("propertyNames":{"maxLength":4})", R"({"too_long":"a"})", "/too_long");
        row("unevaluatedProperties", R"("allOf":[{"properties":{"deep":{"type":"string"}}}],"unevaluatedProperties":false)", R"({"deep":"x","other":1})", "/other");
        row("anyOf of required", R"("anyOf":[{"required":["text"]},{"required":["img"]}])", R"({"mode":"x"})", "");
        row("oneOf of required, both", R"("oneOf":[{"required":["text"]},{"required":["img"]}])", R"({"text":"x","img":"y"})", "");
        row("anyOf of required, given", R"("anyOf":[{"required":["text"]},{"required":["img"]}])", R"({"img":"x"})", "-");
    }
    void whatIsCheckedAcrossFieldsIsNamedWhereItIs()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, value);
        QFETCH(QString, pointer);
        SchemaForm form;
        form.resize(400, 500);
        form.setSchema(json(schema.constData()));
        form.show();
        form.setValue(json(value.constData()));
        const QList<FieldIssue> issues = form.validate();
        if (pointer == QLatin1String("-")) {
            QCOMPARE(issues, QList<FieldIssue>());
            return;
        }
        QCOMPARE(issues.size(), 1);
        QCOMPARE(issues.first().pointer, pointer);
        // Somewhere in the form the sentence stands; for all of it above the first field.
        QLabel *shown = nullptr;
        for (QLabel *label : form.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(issues.first().message))
                shown = label;
        }
        QVERIFY(shown);
        if (pointer.isEmpty()) {
            auto *first = control<QLineEdit>(form, QStringLiteral("Mode"));
            QVERIFY(first);
            QVERIFY(shown->mapTo(&form, QPoint()).y() < first->mapTo(&form, QPoint()).y());
        }
    }

    void hostileSchemasGiveAFormInBoundedTime()
    {
        QElapsedTimer timer;
        timer.start();
        Json defs = Json::object();
        defs.insert(QStringLiteral("l0"), json(R"({"type":"object","properties":{"x":{"type":"string"}}})"));
        for (int i = 1; i <= 60; ++i) {
            const Json reference{{QStringLiteral("$ref"), QStringLiteral("#/$defs/l%1").arg(i - 1)}};
            defs.insert(QStringLiteral("l%1").arg(i), Json{{QStringLiteral("allOf"), Json::array({reference, reference, reference})}});
        }
        SchemaForm form;
        form.setSchema(Json{{QStringLiteral("$ref"), QStringLiteral("#/$defs/l60")}, {QStringLiteral("$defs"), defs}});
        form.setValue(json(R"({"x":"y"})"));
        QCOMPARE(form.validate(), QList<FieldIssue>());
        Json choices = Json::array();
        for (int i = 0; i < 100'000; ++i)
            choices.append(QString::number(i));
        form.setSchema(Json{{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"), Json{{QStringLiteral("one"), Json{{QStringLiteral("enum"), choices}}}}}});
        form.setValue(json(R"({"one":"77"})"));
        QCOMPARE(form.validate(), QList<FieldIssue>());
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aDecimalCommaIsAskedAboutAndNeverSent_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"0,5", "-12,25", "1,000", "3,1e2"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    void aDecimalCommaIsAskedAboutAndNeverSent()
    {
        QFETCH(QString, typed);
        SchemaForm form;
        form.setSchema(json(R"({"type":"object","properties":{"cfg":{"type":"number","default":0.07}}})"));
        form.show();
        QCOMPARE(compact(form.value()), QStringLiteral(R"({"cfg":0.07})"));
        type(control<QAbstractSpinBox>(form, QStringLiteral("Cfg")), typed);
        const QList<FieldIssue> issues = form.validate();
        QCOMPARE(issues.size(), 1);
        QVERIFY(issues.first().message.contains(QLatin1String("comma")));
        QString pointed = typed;
        QVERIFY(issues.first().message.contains(pointed.replace(u',', u'.')));
    }
};

QTEST_MAIN(TestFieldSchemas)
#include "tst_ui_field_schemas.moc"
