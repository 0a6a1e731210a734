// Assistants in the window: written, seen expanded, saved as capabilities of a real worker, tried in its chat, shared, deleted.
#include "../ui/ui_test_support.h"
#include "window_fixture_p.h"
#include "worker_fixture.h"

#include "sluice/assistants/assistant_draft.h"
#include "sluice/assistants/assistant_panel.h"
#include "sluice/assistants/prompt_preview.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/json_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/assistants.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/shell/chat_page.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"

#include <QtCore/QMimeData>
#include <QtCore/QTranslator>
#include <QtGui/QDropEvent>
#include <QtWidgets/QDialog>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

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

class TestWindowAssistants : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void init()
    {
        QFile::remove(MainWindow::settingsPath());
        m_worker = std::make_unique<test::Worker>();
    }
    void cleanup()
    {
        m_fixture.reset();
        m_worker.reset();
    }
    void oneIsWrittenSavedAndTried();
    void whatIsNotSavedIsAskedAbout();
    void pickerAndMenuLeadThere();
    void withoutAWorkerItSaysSo();

private:
    void connectWith(const QByteArray &templates)
    {
        Profile profile;
        profile.name = QStringLiteral("worker");
        profile.local = false;
        profile.backends.insert(assistants::Backend, Json{{QStringLiteral("url"), m_worker->url.toString()}, {QStringLiteral("templates"), json(templates)}});
        connectTo(profile);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady() && session().profile().name == profile.name, 30'000);
    }
    void connectTo(const Profile &profile)
    {
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->session->saveProfile(profile);
        m_fixture->window->resize(1280, 800);
        m_fixture->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
    }
    [[nodiscard]] Session &session() const { return *m_fixture->session; }
    [[nodiscard]] MainWindow &window() const { return *m_fixture->window; }
    [[nodiscard]] AssistantPanel &panel() const { return *window().showAssistants(); }
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

    QTemporaryDir m_folder;
    std::unique_ptr<test::Worker> m_worker;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowAssistants::oneIsWrittenSavedAndTried()
{
    connectWith("{}");
    AssistantPanel &panel = this->panel();
    QCOMPARE(panel.states().state(), StateView::State::Empty);
    QTest::mouseClick(button(panel.states(), QStringLiteral("New assistant")), Qt::LeftButton);
    QCOMPARE(panel.states().state(), StateView::State::Content);
    QVERIFY(panel.draft().isDirty());
    // The name, in whose field one is, and the model, which alone is missing.
    QVERIFY(field(panel, QStringLiteral("Name of the assistant"))->hasFocus());
    type(field(panel, QStringLiteral("Name of the assistant")), QStringLiteral("Short answers"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("/streams/0/settings/model")));
    type(field(panel.editor(), QStringLiteral("Model")), QStringLiteral("m"));
    QTRY_VERIFY(!panel.preview().text().contains(QStringLiteral("/streams/0/settings/model")));
    type(field(panel.preview(), QStringLiteral("Question")), QStringLiteral("How {far} is it?"));
    QTRY_VERIFY(panel.preview().text().contains(QStringLiteral("How {far} is it?")));
    QTest::keyClick(&panel.editor(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!panel.draft().isDirty());
    QTRY_VERIFY(lists(QStringLiteral("Short answers")));
    // Tried: its chat, with the question in the composer; and it answers.
    QTest::mouseClick(button(panel, QStringLiteral("Try")), Qt::LeftButton);
    auto *chat = qobject_cast<ChatPage *>(window().currentPage());
    QTRY_VERIFY((chat = qobject_cast<ChatPage *>(window().currentPage())));
    QCOMPARE(chat->capability().name, QStringLiteral("Short answers"));
    QCOMPARE(chat->call().input.find(QStringLiteral("/messages/0/content"))->toString(), QStringLiteral("How {far} is it?"));
    // Its code has the template in it.
    window().codeView().setLanguage(QStringLiteral("python"));
    QTRY_VERIFY(!window().codeView().isPending() && window().codeView().code().contains(QStringLiteral("websockets.connect")));
    // Outside of a sandbox the names alone are copied.
    QVERIFY2(window().codeView().environment().contains(QStringLiteral("export LLM_WORKER_URI=''")), qPrintable(window().codeView().environment()));
    chat->run();
    QTRY_VERIFY(chat->currentRun());
    QTRY_COMPARE(chat->currentRun()->state(), RunController::State::Succeeded);
    QCOMPARE(m_worker->models.asked().last().find(QStringLiteral("/messages/0/content"))->toString(), QStringLiteral("How {far} is it?"));
}

void TestWindowAssistants::whatIsNotSavedIsAskedAbout()
{
    connectWith("{\"two\":" + Two + ",\"empty\":{\"streams\":[]}}");
    AssistantPanel *panel = &this->panel();
    auto *tabs = window().findChild<QTabWidget *>();
    panel->draft().setName(QStringLiteral("other"));
    // Another one.
    panel->open(QStringLiteral("empty"));
    QCOMPARE(panel->draft().name(), QStringLiteral("other"));
    QVERIFY(panel->message().isVisible() && panel->message().text().contains(QStringLiteral("not saved")));
    button(panel->message(), QStringLiteral("Discard them"))->click();
    QCOMPARE(panel->draft().name(), QStringLiteral("empty"));
    // Its tab; saving goes on to what was wanted.
    panel->draft().setName(QStringLiteral("renamed"));
    QPointer<AssistantPanel> watched(panel);
    QTest::keyClick(&window(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(watched && tabs->indexOf(panel) >= 0);
    panel->save();
    QTRY_VERIFY(!watched);
    QTRY_VERIFY(lists(QStringLiteral("renamed")) && !lists(QStringLiteral("empty")));
    // The window.
    panel = &this->panel();
    panel->draft().setName(QStringLiteral("once more"));
    QVERIFY(!window().close());
    QVERIFY(window().isVisible());
    button(panel->message(), QStringLiteral("Discard them"))->click();
    QTRY_VERIFY(!window().isVisible());
}

void TestWindowAssistants::pickerAndMenuLeadThere()
{
    connectWith("{}");
    auto *states = window().picker().findChild<StateView *>();
    QTRY_VERIFY(button(*states, QStringLiteral("Write an assistant…")));
    button(*states, QStringLiteral("Write an assistant…"))->click();
    auto *tabs = window().findChild<QTabWidget *>();
    QVERIFY(qobject_cast<AssistantPanel *>(tabs->currentWidget()));
    AssistantPanel &panel = this->panel();
    panel.create(assistants::Named(QStringLiteral("one"), json(Two)));
    panel.save();
    QTRY_VERIFY(lists(QStringLiteral("one")));
    auto *list = window().picker().findChild<QListView *>();
    QTRY_COMPARE(list->model()->rowCount(), 1);
    window().openCapability(*session().capability(QStringLiteral("one")));
    Q_EMIT list->customContextMenuRequested(list->visualRect(list->model()->index(0, 0)).center());
    auto *menu = window().picker().findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    QVERIFY(!actions.isEmpty() && actions.first()->text() == QStringLiteral("Edit assistant…"));
    actions.first()->trigger();
    menu->close();
    QVERIFY(qobject_cast<AssistantPanel *>(tabs->currentWidget()));
    // By key.
    window().openCapability(*session().capability(QStringLiteral("one")));
    QTest::keyClick(&window(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(qobject_cast<AssistantPanel *>(tabs->currentWidget()));
    QVERIFY(uitest::colorCount(uitest::picture(window(), QStringLiteral("assistants-window"))) > 20);
    QVERIFY2(uitest::controlsWithoutName(panel).isEmpty(), qPrintable(uitest::controlsWithoutName(panel).join(QLatin1Char('\n'))));
}

void TestWindowAssistants::withoutAWorkerItSaysSo()
{
    Profile profile;
    profile.name = QStringLiteral("models");
    profile.local = false;
    profile.backends.insert(QStringLiteral("openai"), Json{{QStringLiteral("base_url"), m_worker->models.base().toString()}});
    connectTo(profile);
    QTRY_COMPARE(session().profile().name, profile.name);
    AssistantPanel &panel = this->panel();
    QTRY_COMPARE(panel.states().state(), StateView::State::Empty);
    QTRY_VERIFY(button(panel.states(), QStringLiteral("Edit the profile…")));
    button(panel.states(), QStringLiteral("Edit the profile…"))->click();
    auto *dialog = window().findChild<QDialog *>();
    QVERIFY(dialog);
    dialog->reject();
}

QTEST_MAIN(TestWindowAssistants)
#include "tst_window_assistants.moc"
