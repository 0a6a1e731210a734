// The editor of a worker's templates by itself, on a session with a real worker.
#include "../ui_test_support.h"
#include "worker_fixture.h"

#include "sluice/assistants/assistant_draft.h"
#include "sluice/assistants/assistant_panel.h"
#include "sluice/assistants/prompt_preview.h"
#include "sluice/backend/user_data.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/json_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QMimeData>
#include <QtCore/QTranslator>
#include <QtGui/QDropEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTextEdit>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

Json json(const QByteArray &text)
{
    return orThrow(Json::parse(text));
}

const QByteArray Two = "{\"meta\":{\"description\":\"Two steps.\",\"sample_questions\":[\"Is the gate open?\"]},\"z\":1.50,\"streams\":["
                       "{\"name\":\"Draft\",\"provider\":\"vllm\",\"settings\":{\"model\":\"m\",\"temperature\":0.20},\"messages\":[{\"role\":\"system\",\"content\":\"Draft it.\"},{\"insert\":\"history\"},"
                       "{\"role\":\"user\",\"content\":\"{query}\"}]},"
                       "{\"name\":\"Critique\",\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"role\":\"user\",\"content\":\"Better: {previous_stream_output}\"}]}]}";

} // namespace

class TestAssistantPanel : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void init() { m_worker = std::make_unique<test::Worker>(); }
    void cleanup()
    {
        m_panel.reset();
        m_session.reset();
        m_worker.reset();
    }
    void oneIsWrittenAndSaved();
    void thePreviewIsWhatTheModelIsAsked();
    void faultsStandAtTheirPlace();
    void formAndJsonAreOneValue();
    void everyStepCanBeTakenBack();
    void streamsAndMessagesAreAddedMovedAndRemoved();
    void oneIsRenamedDuplicatedAndDeleted();
    void theyAreSharedAsFiles();
    void pictures();
    void whatIsNotSavedIsAskedAbout();
    void aCallUnderWayGoesOn();
    void withoutAWorkerItSaysSo();
    void everyControlHasAName();

private:
    /// In another language where SLUICE_TEST_QM names its file, for pictures to look at.
    void installLanguage()
    {
        if (m_language.load(qEnvironmentVariable("SLUICE_TEST_QM")))
            QCoreApplication::installTranslator(&m_language);
    }
    void connectWith(const QByteArray &templates)
    {
        Profile profile;
        profile.name = QStringLiteral("worker");
        profile.local = false;
        profile.backends.insert(assistants::Backend, Json{{QStringLiteral("url"), m_worker->url.toString()}, {QStringLiteral("templates"), json(templates)}});
        connectTo(profile);
        QTRY_COMPARE_WITH_TIMEOUT(session().state(), Session::State::Ready, 30'000);
        m_panel = std::make_unique<AssistantPanel>(session());
        m_panel->resize(1000, 640);
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    void connectTo(const Profile &profile)
    {
        m_session = std::make_unique<Session>(UserData::inMemory());
        m_session->saveProfile(profile);
        QTRY_COMPARE(m_session->profile().name, profile.name);
    }
    [[nodiscard]] Session &session() const { return *m_session; }
    [[nodiscard]] AssistantPanel &panel() const { return *m_panel; }
    [[nodiscard]] static QPushButton *button(const QWidget &of, const QString &text)
    {
        for (QPushButton *one : of.findChildren<QPushButton *>()) {
            if (QString(one->text()).remove(QLatin1Char('&')) == text && one->isVisibleTo(&of))
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] static QWidget *field(const QWidget &of, const QString &name)
    {
        for (QWidget *one : of.findChildren<QWidget *>()) {
            if (uitest::isControl(one) && one->isVisible() && (one->accessibleName() == name || one->accessibleName() == name + QStringLiteral(", required")))
                return one;
        }
        return nullptr;
    }
    /// Into a field of the form, in place of what is there.
    static void type(QWidget *field, const QString &text)
    {
        QVERIFY(field);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
    }
    [[nodiscard]] bool lists(const QString &name) const { return session().capability(CapabilityId{assistants::Backend, name, QString()}).has_value(); }

    QTranslator m_language;
    QTemporaryDir m_folder;
    std::unique_ptr<test::Worker> m_worker;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AssistantPanel> m_panel;
};

void TestAssistantPanel::oneIsWrittenAndSaved()
{
    connectWith("{}");
    AssistantPanel &panel = this->panel();
    QCOMPARE(panel.states().state(), StateView::State::Empty);
    QTest::mouseClick(button(panel.states(), QStringLiteral("New assistant")), Qt::LeftButton);
    QCOMPARE(panel.states().state(), StateView::State::Content);
    QVERIFY(panel.draft().isDirty());
    // The name, in whose field one is, and the model, which alone is missing.
    QTRY_VERIFY(field(panel, QStringLiteral("Name of the assistant"))->hasFocus());
    type(field(panel, QStringLiteral("Name of the assistant")), QStringLiteral("Short answers"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("/streams/0/settings/model")));
    type(field(panel.editor(), QStringLiteral("Model")), QStringLiteral("m"));
    QTRY_VERIFY(!panel.preview().text().contains(QStringLiteral("/streams/0/settings/model")));
    type(field(panel.preview(), QStringLiteral("Question")), QStringLiteral("How {far} is it?"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("How {far} is it?")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!panel.draft().isDirty());
    QTRY_VERIFY(lists(QStringLiteral("Short answers")));
    QSignalSpy tried(&panel, &AssistantPanel::chatRequested);
    QTest::mouseClick(button(panel, QStringLiteral("Try")), Qt::LeftButton);
    QCOMPARE(tried.size(), 1);
    QCOMPARE(tried.first().at(0).toString(), QStringLiteral("Short answers"));
    QCOMPARE(tried.first().at(1).toString(), QStringLiteral("How {far} is it?"));
    // What is not saved is saved first.
    panel.draft().setName(QStringLiteral("Other"));
    panel.tryIt();
    QTRY_COMPARE(tried.size(), 2);
    QCOMPARE(tried.last().at(0).toString(), QStringLiteral("Other"));
    // What cannot be saved is not tried, neither now nor when it is saved later.
    panel.draft().setName(QString());
    panel.tryIt();
    QCOMPARE(panel.message().severity(), InlineMessage::Severity::Error);
    panel.draft().setName(QStringLiteral("Third"));
    panel.save();
    QTRY_VERIFY(lists(QStringLiteral("Third")));
    QTRY_VERIFY(!panel.draft().isDirty());
    QCOMPARE(tried.size(), 2);
}

void TestAssistantPanel::thePreviewIsWhatTheModelIsAsked()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    QCOMPARE(panel.draft().name(), QStringLiteral("two"));
    QCOMPARE(panel.preview().query(), QStringLiteral("Is the gate open?"));
    panel.preview().setHistory(json("[{\"role\":\"user\",\"content\":\"A {brace}\"},{\"role\":\"assistant\",\"content\":\"yes\"}]"));
    panel.preview().setQuery(QStringLiteral("and {now}?"));
    (void)panel.preview().show(panel.draft().value());
    QVERIFY(panel.preview().text().contains(QStringLiteral("A {brace}")));
    QVERIFY(panel.preview().text().contains(QStringLiteral("the answer of “Draft”")));
    // What the models get is what was shown, with the answer in its place.
    const auto shown = orThrow(assistants::preview(panel.draft().value(), panel.preview().query(), panel.preview().history()));
    m_worker->models.say(QStringLiteral("m"), {QStringLiteral("An "), QStringLiteral("{answer}")});
    Call call;
    call.backend = assistants::Backend;
    call.capability = QStringLiteral("two");
    call.input = assistants::chatInput(panel.preview().query(), panel.preview().history());
    RunController *run = session().execute(call);
    QTRY_COMPARE(run->state(), RunController::State::Succeeded);
    const QList<Json> asked = m_worker->models.asked();
    QCOMPARE(asked.size(), 2);
    for (int stream = 0; stream < 2; ++stream) {
        const QList<Json> messages = asked.at(stream).value(QStringLiteral("messages")).items();
        QCOMPARE(messages.size(), shown.at(stream).messages.size());
        for (qsizetype i = 0; i < messages.size(); ++i) {
            QString text;
            for (const assistants::Piece &piece : shown.at(stream).messages.at(i).pieces)
                text += piece.kind == assistants::Piece::Kind::Text ? piece.text : QStringLiteral("An {answer}");
            QCOMPARE(messages.at(i).value(QStringLiteral("content")).toString(), text);
            QCOMPARE(messages.at(i).value(QStringLiteral("role")).toString(), shown.at(stream).messages.at(i).role);
        }
    }
}

void TestAssistantPanel::faultsStandAtTheirPlace()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    const QString place = QStringLiteral("/streams/1/messages/0/content");
    panel.editor().form()->focusField(place);
    QWidget *text = QApplication::focusWidget();
    QVERIFY(qobject_cast<QPlainTextEdit *>(text));
    type(text, QStringLiteral("a {nosuch}"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("Line 1, column 3, at “{nosuch}”")));
    QTRY_VERIFY2(panel.editor().form()->shownIssue(place).contains(QStringLiteral("Line 1, column 3, at “{nosuch}”")), qPrintable(panel.editor().form()->shownIssue(place)));
    QVERIFY(panel.preview().text().contains(place));
    QVERIFY(panel.preview().text().contains(QStringLiteral("Draft it."))); // the rest is there
    // However long the rest is, the fault is in sight, and can be gone to again.
    auto *view = panel.preview().findChild<QTextEdit *>();
    const auto faultIsInSight = [view] {
        const QTextCursor found = view->document()->find(QStringLiteral("{nosuch}"), view->document()->find(QStringLiteral("Line 1, column 3")).anchor());
        return view->viewport()->rect().contains(view->cursorRect(found).center());
    };
    QTRY_VERIFY(faultIsInSight());
    auto *faults = panel.preview().findChild<QToolButton *>(QStringLiteral("faults"));
    QVERIFY(faults->isVisible());
    QVERIFY2(faults->text().startsWith(QLatin1Char('1')), qPrintable(faults->text()));
    view->verticalScrollBar()->setValue(0);
    faults->click();
    QVERIFY(faultIsInSight());
    // It can be kept all the same: a worker may know more.
    panel.save();
    QTRY_VERIFY(!panel.draft().isDirty());
    type(text, QStringLiteral("a {query}"));
    QTRY_VERIFY(panel.editor().form()->shownIssue(place).isEmpty());
    // What is no template is not kept.
    panel.editor().setTab(InputEditor::Tab::Json);
    auto *code = panel.editor().jsonEditor();
    code->setText(QStringLiteral("{\"streams\": [{}]}"));
    Q_EMIT code->textEdited();
    panel.save();
    QVERIFY(panel.draft().isDirty());
    QVERIFY(panel.message().isVisible());
    QCOMPARE(panel.message().severity(), InlineMessage::Severity::Error);
    code->setText(QStringLiteral("{\"streams\": "));
    Q_EMIT code->textEdited();
    panel.save();
    QVERIFY(panel.message().text().contains(QStringLiteral("line 1")));
    QCOMPARE(session().assistants().first().assistant.find(place)->toString(), QStringLiteral("a {nosuch}"));
}

void TestAssistantPanel::formAndJsonAreOneValue()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    QCOMPARE(panel.draft().value().dump(), Two);
    type(field(panel.editor(), QStringLiteral("Description")), QStringLiteral("Both."));
    panel.editor().setTab(InputEditor::Tab::Json);
    // Order of keys and the text of numbers stay.
    QByteArray wanted = Two;
    wanted.replace("Two steps.", "Both.");
    QCOMPARE(json(panel.editor().jsonEditor()->text().toUtf8()).dump(), wanted);
    panel.editor().jsonEditor()->setText(QString::fromUtf8(wanted).replace(QStringLiteral("1.50"), QStringLiteral("2.500")));
    Q_EMIT panel.editor().jsonEditor()->textEdited();
    panel.editor().setTab(InputEditor::Tab::Form);
    wanted.replace("1.50", "2.500");
    QCOMPARE(panel.draft().value().dump(), wanted);
    panel.save();
    QTRY_VERIFY(!panel.draft().isDirty());
    QCOMPARE(session().assistants().first().assistant.dump(), wanted);
}

void TestAssistantPanel::everyStepCanBeTakenBack()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    QWidget *description = field(panel.editor(), QStringLiteral("Description"));
    type(description, QStringLiteral("Other words"));
    QTest::mouseClick(qobject_cast<QAbstractButton *>(field(panel.editor(), QStringLiteral("Remove item 1 of Streams"))), Qt::LeftButton);
    QCOMPARE(panel.draft().value().value(QStringLiteral("streams")).size(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(panel.draft().value().value(QStringLiteral("streams")).size(), 2);
    // The typed text is a step, also from within its field.
    description->setFocus();
    QTest::keyClick(description, Qt::Key_Z, Qt::ControlModifier);
    for (int i = 0; i < 30 && panel.draft().canUndo(); ++i)
        QTest::keyClick(description, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(panel.draft().value().dump(), Two);
    QVERIFY(!panel.draft().isDirty());
    QCOMPARE(qobject_cast<QLineEdit *>(description)->text(), QStringLiteral("Two steps."));
    for (int i = 0; i < 30 && panel.draft().canRedo(); ++i)
        QTest::keyClick(description, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(panel.draft().value().value(QStringLiteral("streams")).size(), 1);
    QCOMPARE(assistants::description(panel.draft().value()), QStringLiteral("Other words"));
}

void TestAssistantPanel::streamsAndMessagesAreAddedMovedAndRemoved()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    const auto press = [&](const char *name) {
        auto *one = qobject_cast<QAbstractButton *>(field(panel.editor(), QString::fromLatin1(name)));
        QVERIFY2(one, name);
        one->click();
    };
    const auto names = [&] {
        QStringList all;
        for (const Json &stream : panel.draft().value().value(QStringLiteral("streams")).items())
            all << stream.value(QStringLiteral("name")).toString(QStringLiteral("-"));
        return all.join(QLatin1Char(' '));
    };
    press("Move item 2 of Streams up");
    QCOMPARE(names(), QStringLiteral("Critique Draft"));
    press("Add an item to Streams");
    QCOMPARE(names(), QStringLiteral("Critique Draft -"));
    QVERIFY(assistants::check(panel.draft().value()));
    press("Remove item 1 of Streams");
    QCOMPARE(names(), QStringLiteral("Draft -"));
    press("Add an item to Messages");
    QCOMPARE(panel.draft().value().find(QStringLiteral("/streams/0/messages/3"))->dump(), QByteArray("{\"role\":\"user\",\"content\":\"{query}\"}"));
    press("Remove item 1 of Messages");
    QCOMPARE(panel.draft().value().find(QStringLiteral("/streams/0/messages/0"))->dump(), QByteArray("{\"insert\":\"history\"}"));
}

void TestAssistantPanel::oneIsRenamedDuplicatedAndDeleted()
{
    connectWith("{\"two\":" + Two + ",\"empty\":{\"streams\":[]}}");
    AssistantPanel &panel = this->panel();
    panel.duplicate();
    QCOMPARE(panel.draft().name(), QStringLiteral("two (copy)"));
    panel.save();
    QTRY_VERIFY(lists(QStringLiteral("two (copy)")) && lists(QStringLiteral("two")));
    // To a name that is taken: only after a question.
    type(field(panel, QStringLiteral("Name of the assistant")), QStringLiteral("empty"));
    panel.save();
    QVERIFY(panel.draft().isDirty());
    QCOMPARE(session().assistants().size(), 3);
    button(panel.message(), QStringLiteral("Replace it"))->click();
    QTRY_VERIFY(!panel.draft().isDirty());
    QTRY_VERIFY(!lists(QStringLiteral("two (copy)")));
    QCOMPARE(session().assistants().size(), 2);
    QCOMPARE(panel.draft().savedName(), QStringLiteral("empty"));
    panel.remove();
    QTRY_VERIFY(!lists(QStringLiteral("empty")));
    QCOMPARE(panel.draft().savedName(), QStringLiteral("two"));
    button(panel.message(), QStringLiteral("Undo"))->click();
    QTRY_VERIFY(lists(QStringLiteral("empty")));
    QCOMPARE(panel.draft().savedName(), QStringLiteral("empty"));
    QCOMPARE(panel.draft().value().dump(), Two);
}

void TestAssistantPanel::theyAreSharedAsFiles()
{
    connectWith("{\"two\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    const QString file = m_folder.filePath(QStringLiteral("shared.json"));
    panel.shareTo(file, false);
    QVERIFY(QFile::exists(file));
    panel.importFrom({file});
    QTRY_VERIFY(lists(QStringLiteral("two (2)")));
    QTRY_COMPARE(panel.draft().savedName(), QStringLiteral("two (2)"));
    // Dropped on it.
    QMimeData mime;
    QFile other(m_folder.filePath(QStringLiteral("Dropped one.json")));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("{\"streams\":[]}");
    other.close();
    mime.setUrls({QUrl::fromLocalFile(other.fileName())});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(&panel, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(&panel, &drop);
    QTRY_VERIFY(lists(QStringLiteral("Dropped one")));
    // What is none says so, and changes nothing.
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("{\"streams\":[{\"provider\":\"x\"}]}");
    other.close();
    panel.importFrom({other.fileName()});
    QCOMPARE(panel.message().severity(), InlineMessage::Severity::Error);
    QVERIFY(panel.message().text().contains(QStringLiteral("Dropped one")));
    QCOMPARE(session().assistants().size(), 3);
}

void TestAssistantPanel::pictures()
{
    installLanguage();
    connectWith("{\"Draft, then critique\":" + Two + '}');
    AssistantPanel &panel = this->panel();
    panel.preview().setHistory(json("[{\"role\":\"user\",\"content\":\"Where is it?\"},{\"role\":\"assistant\",\"content\":\"At the lower gate.\"}]"));
    (void)panel.preview().show(panel.draft().value());
    QVERIFY(uitest::colorCount(uitest::picture(panel, QStringLiteral("assistants-light"))) > 20);
    Theme::setMode(Theme::Mode::Dark);
    panel.editor().form()->focusField(QStringLiteral("/streams/1/messages/0/content"));
    type(QApplication::focusWidget(), QStringLiteral("Better: {previous_stream}"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("{previous_stream}")));
    QVERIFY(uitest::colorCount(uitest::picture(panel, QStringLiteral("assistants-dark"))) > 20);
    Theme::setMode(Theme::Mode::Light);
    panel.editor().setTab(InputEditor::Tab::Json);
    QVERIFY(uitest::colorCount(uitest::picture(panel, QStringLiteral("assistants-json"))) > 20);
    QCoreApplication::removeTranslator(&m_language);
}

void TestAssistantPanel::whatIsNotSavedIsAskedAbout()
{
    connectWith("{\"two\":" + Two + ",\"empty\":{\"streams\":[]}}");
    AssistantPanel &panel = this->panel();
    int gone = 0;
    QVERIFY(!panel.holdsBack([&] { ++gone; })); // nothing to ask about
    panel.draft().setName(QStringLiteral("other"));
    panel.open(QStringLiteral("empty"));
    QCOMPARE(panel.draft().name(), QStringLiteral("other"));
    QVERIFY(panel.message().isVisible() && panel.message().text().contains(QStringLiteral("not saved")));
    button(panel.message(), QStringLiteral("Discard them"))->click();
    QCOMPARE(panel.draft().name(), QStringLiteral("empty"));
    // Saving goes on to what was wanted.
    panel.draft().setName(QStringLiteral("renamed"));
    QVERIFY(panel.holdsBack([&] { ++gone; }));
    QCOMPARE(gone, 0);
    panel.save();
    QTRY_COMPARE(gone, 1);
    QTRY_VERIFY(lists(QStringLiteral("renamed")) && !lists(QStringLiteral("empty")));
    QVERIFY(!panel.holdsBack([&] { ++gone; }));
    // Discarding, too.
    panel.draft().setName(QStringLiteral("once more"));
    QVERIFY(panel.holdsBack([&] { ++gone; }));
    button(panel.message(), QStringLiteral("Discard them"))->click();
    QCOMPARE(gone, 2);
}

void TestAssistantPanel::aCallUnderWayGoesOn()
{
    connectWith("{\"two\":" + Two + '}');
    test::ModelServer::Script held;
    held.pieces = {test::ModelServer::event(QStringLiteral("so ")), test::ModelServer::event(QStringLiteral("far"))};
    held.held = true;
    m_worker->models.play(QStringLiteral("m"), held);
    Call call;
    call.backend = assistants::Backend;
    call.capability = QStringLiteral("two");
    call.input = assistants::chatInput(QStringLiteral("q"), Json::array());
    RunController *run = session().execute(call);
    QTRY_COMPARE(m_worker->models.asked().size(), 1);
    AssistantPanel &panel = this->panel();
    panel.create(assistants::Named(QStringLiteral("another"), json(Two)));
    panel.save();
    QTRY_VERIFY(lists(QStringLiteral("another")));
    QCOMPARE(run->state(), RunController::State::Running);
    m_worker->models.release();
    QTRY_COMPARE(run->state(), RunController::State::Succeeded);
}

void TestAssistantPanel::withoutAWorkerItSaysSo()
{
    Profile profile;
    profile.name = QStringLiteral("models");
    profile.local = false;
    profile.backends.insert(QStringLiteral("openai"), Json{{QStringLiteral("base_url"), m_worker->models.base().toString()}});
    connectTo(profile);
    m_panel = std::make_unique<AssistantPanel>(session());
    m_panel->show();
    QTRY_COMPARE(m_panel->states().state(), StateView::State::Empty);
    QTRY_VERIFY(button(m_panel->states(), QStringLiteral("Edit the profile…")));
    QSignalSpy wanted(m_panel.get(), &AssistantPanel::profileRequested);
    button(m_panel->states(), QStringLiteral("Edit the profile…"))->click();
    QCOMPARE(wanted.size(), 1);
}

void TestAssistantPanel::everyControlHasAName()
{
    connectWith("{\"two\":" + Two + '}');
    QVERIFY2(uitest::controlsWithoutName(panel()).isEmpty(), qPrintable(uitest::controlsWithoutName(panel()).join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestAssistantPanel)
#include "tst_assistant_panel.moc"
