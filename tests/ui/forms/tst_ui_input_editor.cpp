#include "form_test_support.h"

#include "sluice/forms/input_editor.h"
#include "sluice/forms/json_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/widgets/inline_message.h"

#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

const char *kSchema = R"({"type":"object","required":["prompt"],"properties":{
    "prompt":{"type":"string"},
    "steps":{"type":"integer","minimum":1,"maximum":50,"default":4},
    "api_key":{"type":"string","format":"password"}}})";

/// Types over the whole text, as a person would.
void typeJson(InputEditor &editor, const QString &text)
{
    editor.setTab(InputEditor::Tab::Json);
    QWidget *view = editor.jsonEditor()->focusProxy();
    view->setFocus();
    QTest::keySequence(view, QKeySequence::SelectAll);
    QTest::keyClick(view, Qt::Key_Delete);
    QApplication::clipboard()->setText(text);
    QTest::keySequence(view, QKeySequence::Paste);
}

QAction *menuAction(InputEditor &editor, const QString &text)
{
    const QList<QMenu *> menus = editor.findChildren<QMenu *>();
    for (QMenu *menu : menus)
        for (QAction *action : menu->actions())
            if (action->text().remove(QLatin1Char('&')) == text)
                return action;
    qFatal("No action '%s'", qPrintable(text));
}

/// The messages that are shown, each as its text.
QStringList messages(InputEditor &editor)
{
    QStringList texts;
    const QList<InlineMessage *> all = editor.findChildren<InlineMessage *>();
    for (InlineMessage *message : all)
        if (!message->isHidden())
            texts << message->text();
    return texts;
}

} // namespace

class TestInputEditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void cleanup() { Theme::setMode(Theme::Mode::Light); }

    void sdk_25_theJsonTabShowsTheSchemasOrder()
    {
        InputEditor editor;
        editor.setSchema(json(R"({"properties":{"zebra":{"type":"integer","default":1,"x-order":1},"apple":{"type":"integer","default":2,"x-order":0}}})"));
        editor.setTab(InputEditor::Tab::Json);
        const QString text = editor.jsonEditor()->text();
        QVERIFY(text.indexOf(QStringLiteral("apple")) < text.indexOf(QStringLiteral("zebra")));
        QCOMPARE(compact(editor.value()), QStringLiteral(R"({"apple":2,"zebra":1})"));
    }

    void sdk_26_anEmptiedNumberIsGoneFromTheJsonTab()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        type(control<QAbstractSpinBox>(editor, QStringLiteral("Steps")), {});
        editor.setTab(InputEditor::Tab::Json);
        QVERIFY(!editor.jsonEditor()->text().contains(QStringLiteral("steps")));
        QCOMPARE(compact(editor.value()), QStringLiteral("{}"));
    }

    void sdk_27_formToJsonToFormKeepsUnknownKeysAndTheirOrder()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        const QString text = QStringLiteral("{\"zz\":1.50,\n\n\"steps\": 7,   \"aa\":{\"b\":[1e2, null]}, \"prompt\":\"hi\"}");
        const QString value = QStringLiteral(R"({"zz":1.50,"steps":7,"aa":{"b":[1e2,null]},"prompt":"hi"})");
        typeJson(editor, text);
        QCOMPARE(compact(editor.value()), value);
        editor.setTab(InputEditor::Tab::Form);
        QCOMPARE(control<QAbstractSpinBox>(editor, QStringLiteral("Steps"))->text(), QStringLiteral("7"));
        editor.setTab(InputEditor::Tab::Json);
        QCOMPARE(editor.jsonEditor()->text(), text); // looking at the form does not even change the spaces
        editor.setTab(InputEditor::Tab::Form);
        type(control<QPlainTextEdit>(editor, QStringLiteral("Prompt")), QStringLiteral("ho"));
        editor.setTab(InputEditor::Tab::Json);
        QCOMPARE(compact(*Json::parse(editor.jsonEditor()->text().toUtf8())),
                 QStringLiteral(R"({"zz":1.50,"steps":7,"aa":{"b":[1e2,null]},"prompt":"ho"})"));
    }

    void sdk_28_aSecretIsNeverShownInTheJsonTabNorCopied()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        type(control<QLineEdit>(editor, QStringLiteral("Api key")), QStringLiteral("hunter2secret"));
        QCOMPARE(editor.secretPointers(), QStringList{QStringLiteral("/api_key")});
        QCOMPARE(editor.value().value(QStringLiteral("api_key")).toString(), QStringLiteral("hunter2secret"));
        editor.setTab(InputEditor::Tab::Json);
        QVERIFY(editor.jsonEditor()->text().contains(QStringLiteral("api_key")));
        QVERIFY(!editor.jsonEditor()->text().contains(QStringLiteral("hunter2")));
        menuAction(editor, QStringLiteral("Copy as JSON"))->trigger();
        QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("hunter2")));
        // Editing another key around the mark keeps the secret.
        QString text = editor.jsonEditor()->text();
        typeJson(editor, text.replace(QStringLiteral("\"steps\": 4"), QStringLiteral("\"steps\": 5")));
        QCOMPARE(editor.value().value(QStringLiteral("api_key")).toString(), QStringLiteral("hunter2secret"));
        QCOMPARE(editor.value().value(QStringLiteral("steps")).toInt64(), std::optional<qint64>(5));
    }

    void everyKeystrokeInTheFormChangesTheValue()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        QSignalSpy changed(&editor, &InputEditor::valueChanged);
        type(control<QPlainTextEdit>(editor, QStringLiteral("Prompt")), QStringLiteral("abc"));
        QCOMPARE(changed.count(), 3);
        QCOMPARE(compact(changed.last().first().value<Json>()), QStringLiteral(R"({"prompt":"abc","steps":4})"));
    }

    void brokenTextStaysIsNamedAndLocksTheForm()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        const Json before = editor.value();
        const QString broken = QStringLiteral("{\n  \"prompt\": \"hi\",\n  \"steps\": 4,,\n}");
        typeJson(editor, broken);
        QVERIFY(editor.problem().has_value());
        QVERIFY2(messages(editor).join(QLatin1Char(' ')).contains(QStringLiteral("line 3")), qPrintable(messages(editor).join(QLatin1Char('|'))));
        editor.setTab(InputEditor::Tab::Form);
        QVERIFY(!editor.form()->isEnabled());
        QVERIFY(messages(editor).join(QLatin1Char(' ')).contains(QStringLiteral("line 3")));
        QCOMPARE(editor.validate().size(), 1); // and goes to the error
        QCOMPARE(editor.tab(), InputEditor::Tab::Json);
        QCOMPARE(editor.jsonEditor()->text(), broken);
        typeJson(editor, QStringLiteral("{\"prompt\":\"hi\"}"));
        QVERIFY(!editor.problem());
        QVERIFY(editor.form()->isEnabled());
        QVERIFY(messages(editor).isEmpty());
        QVERIFY(before != editor.value());
    }

    void aKeyThatIsThereTwiceIsWarnedAbout()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        typeJson(editor, QStringLiteral("{\"prompt\":\"a\",\"prompt\":\"b\"}"));
        QVERIFY(messages(editor).join(QLatin1Char(' ')).contains(QStringLiteral("“prompt”")));
        QCOMPARE(compact(editor.value()), QStringLiteral(R"({"prompt":"b"})"));
        QVERIFY(editor.jsonEditor()->text().contains(QStringLiteral("\"a\"")));
    }

    void resetAndExamplesCanBeUndone()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        editor.setExamples({{QStringLiteral("A gate"), json(R"({"prompt":"gate","extra":1})")}});
        type(control<QPlainTextEdit>(editor, QStringLiteral("Prompt")), QStringLiteral("mine"));
        const Json mine = editor.value();
        QSignalSpy changed(&editor, &InputEditor::valueChanged);
        menuAction(editor, QStringLiteral("A gate"))->trigger();
        QCOMPARE(compact(editor.value()), QStringLiteral(R"({"prompt":"gate","extra":1})"));
        menuAction(editor, QStringLiteral("Reset to defaults"))->trigger();
        QCOMPARE(compact(editor.value()), QStringLiteral(R"({"steps":4})"));
        const QList<QPushButton *> buttons = editor.findChildren<QPushButton *>();
        for (QPushButton *button : buttons)
            if (button->text() == QStringLiteral("&Undo") && !button->isHidden())
                button->click();
        QCOMPARE(compact(editor.value()), QStringLiteral(R"({"prompt":"gate","extra":1})"));
        QCOMPARE(changed.count(), 3);
        QVERIFY(mine != editor.value());
    }

    void withoutASchemaThereIsTheJsonTabAndItSaysWhy()
    {
        InputEditor editor;
        editor.setSchema({});
        QCOMPARE(editor.tab(), InputEditor::Tab::Json);
        QVERIFY(messages(editor).join(QLatin1Char(' ')).contains(QStringLiteral("no schema")));
        editor.setTab(InputEditor::Tab::Form);
        QCOMPARE(editor.tab(), InputEditor::Tab::Json);
        typeJson(editor, QStringLiteral("[1, \"two\"]"));
        QCOMPARE(compact(editor.value()), QStringLiteral(R"([1,"two"])"));
        QVERIFY(editor.validate().isEmpty());
    }

    void missingInputIsNamedInBothTabs()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        QCOMPARE(editor.validate().size(), 1);
        QVERIFY(!editor.form()->shownIssue(QStringLiteral("/prompt")).isEmpty());
        editor.clearIssues();
        editor.setTab(InputEditor::Tab::Json);
        QCOMPARE(editor.validate().size(), 1);
        QVERIFY(messages(editor).join(QLatin1Char(' ')).contains(QStringLiteral("/prompt")));
    }

    void sdk_20_aServersWordsGoToTheirField()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        const Error error = Error(Error::Kind::Http, QStringLiteral("422")).withHttp(422, R"({"detail":[{"loc":["body","steps"],"msg":"too many"}]})");
        QVERIFY(editor.showError(error));
        QCOMPARE(editor.form()->shownIssue(QStringLiteral("/steps")), QStringLiteral("too many"));
        QVERIFY(!editor.showError(Error(Error::Kind::Timeout, QStringLiteral("Too late."))));
    }

    void aFileOfMegabytesStaysOutOfTheTextButInTheValue()
    {
        InputEditor editor;
        editor.setSchema(json(R"({"properties":{"image":{"type":"string","contentEncoding":"base64"},"n":{"type":"integer"}}})"));
        const QString data = QString::fromLatin1(QByteArray(3 * 1024 * 1024, 'x').toBase64());
        editor.setValue(Json::object({{QStringLiteral("image"), data}, {QStringLiteral("n"), 1}}));
        editor.setTab(InputEditor::Tab::Json);
        QVERIFY(editor.jsonEditor()->text().size() < 500);
        QString text = editor.jsonEditor()->text();
        typeJson(editor, text.replace(QStringLiteral("\"n\": 1"), QStringLiteral("\"n\": 2")));
        QCOMPARE(editor.value().value(QStringLiteral("image")).toString(), data);
        QCOMPARE(editor.value().value(QStringLiteral("n")).toInt64(), std::optional<qint64>(2));
    }

    void settingAValueIsQuiet()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        QSignalSpy changed(&editor, &InputEditor::valueChanged);
        editor.setValue(json(R"({"prompt":"x"})"));
        editor.setTab(InputEditor::Tab::Json);
        editor.setValue(json(R"({"prompt":"y"})"));
        QCOMPARE(changed.count(), 0);
        QVERIFY(editor.jsonEditor()->text().contains(QStringLiteral("\"y\"")));
    }

    void theKeyboardIsNotCaughtInTheJsonTab()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        editor.show();
        editor.activateWindow();
        QTRY_VERIFY(editor.isActiveWindow());
        editor.setTab(InputEditor::Tab::Json);
        QWidget *view = editor.jsonEditor()->focusProxy();
        view->setFocus();
        QTRY_VERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_Tab);
        QVERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(!view->hasFocus());
        QVERIFY(editor.focusWidget() && editor.isAncestorOf(editor.focusWidget()));
    }

    void everyControlHasAnAccessibleName()
    {
        InputEditor editor;
        editor.setSchema(json(kSchema));
        editor.setExamples({{QStringLiteral("A"), Json::object()}});
        const QStringList nameless = controlsWithoutName(editor);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(10))));
    }

    void theEditorLooksRightInBothModes()
    {
        InputEditor editor;
        editor.resize(460, 560);
        editor.setSchema(json(kSchema), QStringLiteral("worker"));
        editor.setExamples({{QStringLiteral("A gate"), Json::object()}});
        editor.setValue(json(R"({"prompt":"A sluice gate at dawn","steps":12,"api_key":"abc","options":{"tile":true,"seed":null,"scale":1.50}})"));
        editor.show();
        const QImage form = picture(editor, QStringLiteral("input-form-light"));
        editor.setTab(InputEditor::Tab::Json);
        const QImage light = picture(editor, QStringLiteral("input-json-light"));
        Theme::setMode(Theme::Mode::Dark);
        const QImage dark = picture(editor, QStringLiteral("input-json-dark"));
        QVERIFY(form != light && light != dark);
        QVERIFY(colorCount(dark) > 30);
        typeJson(editor, QStringLiteral("{\n  \"prompt\": \"A sluice\",\n  \"steps\": 4,,\n}"));
        picture(editor, QStringLiteral("input-json-error-dark"));
        editor.setTab(InputEditor::Tab::Form);
        picture(editor, QStringLiteral("input-form-locked-dark"));
    }
};

QTEST_MAIN(TestInputEditor)
#include "tst_ui_input_editor.moc"
