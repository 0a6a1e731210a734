#include "window_fixture_p.h"

#include "sandbox_process_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_view.h"
#include "sluice/codeview/code_view.h"
#include "sluice/base/follow.h"
#include "sluice/gateway/conversations.h"
#include "sluice/history/history_panel.h"
#include "sluice/shell/chat_page.h"
#include "sluice/snippets/snippet_generator.h"

#include <QtTest/QtTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

namespace {
const QString Question = QStringLiteral("How does a ticket pay for a call, and when does it win?");
const QString Other = QStringLiteral("What is a manifest?");
}

/// One chat over every dialect: the real window, the real session, and the sandbox's BYOC, AI gateway (both forms of /llm) and OpenAI server.
/// All of them are asked the same.
class TestWindowChat : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        openNetwork();
        m_older = std::make_unique<SandboxProcess>(m_place, QStringList{QStringLiteral("--only"), QStringLiteral("aigateway"), QStringLiteral("--llm-dialect"), QStringLiteral("form")});
        QVERIFY2(m_older->waitUntilReady(), m_older->errors().constData());
    }
    void cleanupTestCase()
    {
        m_older.reset();
        m_network.reset();
    }
    void init()
    {
        m_data = UserData::inMemory();
        open();
    }
    void cleanup() { m_fixture.reset(); }

    void askEditRetryOverEveryDialect_data() { dialects(); }
    void askEditRetryOverEveryDialect();
    void stopTakesLessThanATenthOfASecond_data() { dialects(); }
    void stopTakesLessThanATenthOfASecond();
    void conversationIsThereAfterARestart_data() { dialects(); }
    void conversationIsThereAfterARestart();
    void aClearedConversationStaysCleared();
    void conversationGoesWithItsProfile();
    void aRunOfTheHistoryDoesNotTakeItsPlace();

private:
    static void dialects();
    void open();
    /// The chat of this row.
    [[nodiscard]] ChatPage *page();
    [[nodiscard]] std::optional<CapabilityInfo> chatOf(const QString &backend) const;
    void ask(ChatPage &page, const QString &question);
    [[nodiscard]] static bool ended(const ChatPage &page) { return !page.chat().isBusy() && page.currentRun() && page.currentRun()->state() != RunController::State::Running; }
    [[nodiscard]] Json kept(const CapabilityId &id, const QString &profile);

    Workplace m_place;
    std::unique_ptr<SandboxProcess> m_older;
    std::shared_ptr<UserData> m_data;
};

void TestWindowChat::dialects()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<bool>("older");
    QTest::addColumn<bool>("paid");
    QTest::newRow("BYOC") << QStringLiteral("byoc") << false << true;
    QTest::newRow("AI gateway, JSON") << QStringLiteral("aigateway") << false << false;
    QTest::newRow("AI gateway, form") << QStringLiteral("aigateway") << true << false;
    QTest::newRow("OpenAI") << QStringLiteral("openai") << false << false;
}

void TestWindowChat::open()
{
    QFile::remove(MainWindow::settingsPath());
    m_fixture = std::make_unique<WindowFixture>(m_data);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady() && m_fixture->window->currentPage(), 60'000);
}

std::optional<CapabilityInfo> TestWindowChat::chatOf(const QString &backend) const
{
    for (const CapabilityInfo &info : m_fixture->session->capabilities()) {
        if (info.backend == backend && info.isChat())
            return info;
    }
    return std::nullopt;
}

ChatPage *TestWindowChat::page()
{
    QFETCH(QString, backend);
    QFETCH(bool, older);
    Session &session = *m_fixture->session;
    if (older && session.profile().name != QStringLiteral("older gateway")) {
        Profile profile;
        profile.name = QStringLiteral("older gateway");
        profile.local = false;
        profile.backends.clear();
        profile.backends.insert(backend, Json{{QStringLiteral("base_url"), m_older->ready().find(QStringLiteral("/services/aigateway/base_url")).value_or(Json())}});
        session.saveProfile(profile);
        if (!QTest::qWaitFor([&] { return session.profile().name == profile.name && m_fixture->isReady(); }, 60'000))
            return nullptr;
    }
    if (!QTest::qWaitFor([&] { return chatOf(backend).has_value(); }, 30'000))
        return nullptr;
    auto *chat = qobject_cast<ChatPage *>(m_fixture->window->openCapability(*chatOf(backend)));
    // What was kept is read before anything is said.
    if (chat)
        (void)kept(chat->capability().id(), session.profile().name);
    return chat;
}

void TestWindowChat::ask(ChatPage &page, const QString &question)
{
    page.chat().composer().setText(question);
    const Call printed = page.call();
    QTest::keyClick(static_cast<QWidget *>(page.chat().composer().editor()), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(page.currentRun() && page.isRunning(), 10'000);
    // What was shown as code is what is sent, and what the history keeps.
    QCOMPARE(page.currentRun()->call().input, printed.input);
}

Json TestWindowChat::kept(const CapabilityId &id, const QString &profile)
{
    Json found;
    bool read = false;
    follow(
        conversations::read(m_data, profile, id), this,
        [&](const std::optional<Json> &conversation) {
            found = conversation.value_or(Json());
            read = true;
        },
        [&](const Error &error) {
            qWarning("%s", qPrintable(error.describe()));
            read = true;
        });
    (void)QTest::qWaitFor([&] { return read; }, 10'000);
    return found;
}

void TestWindowChat::askEditRetryOverEveryDialect()
{
    QFETCH(bool, paid);
    ChatPage *chat = page();
    QVERIFY(chat);
    ChatTranscript &transcript = chat->chat().transcript();
    transcript.setSystemPrompt(QStringLiteral("Answer from the documentation."));
    ask(*chat, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    QCOMPARE(transcript.turns().size(), 2);
    const ChatTurn first = transcript.turns().last();
    QVERIFY2(first.state == ChatTurn::State::Complete, first.error ? qPrintable(first.error->describe()) : "not complete");
    QVERIFY(first.text.size() > 40);
    QVERIFY(first.figures.firstToken && *first.figures.firstToken <= first.figures.duration);
    QVERIFY(first.figures.shownTokens() > 0);
    QTRY_COMPARE(!transcript.turns().last().figures.paidWei.isEmpty(), paid);
    const auto lines = chat->chat().findChildren<QLabel *>(QStringLiteral("figures"));
    QVERIFY(!lines.isEmpty());
    QCOMPARE(lines.last()->text().contains(QStringLiteral("cost —")), !paid);

    // The answer once more: the old one stays.
    chat->chat().retry();
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    QCOMPARE(transcript.versions(1), (ConversationTree::Versions{1, 2}));
    QCOMPARE(transcript.turns().last().state, ChatTurn::State::Complete);

    // The question in other words: what was asked is the path that is seen, with the instructions before it.
    chat->chat().edit(0);
    ask(*chat, Other);
    const Json messages = chat->currentRun()->call().input.value(QStringLiteral("messages"));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.at(0).value(QStringLiteral("role")).toString(), QStringLiteral("system"));
    QCOMPARE(messages.at(1).value(QStringLiteral("content")).toString(), Other);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    QCOMPARE(transcript.turns().last().state, ChatTurn::State::Complete);
    QVERIFY(transcript.showVersion(0, 0));
    QCOMPARE(transcript.turns().first().text, Question);
    QCOMPARE(transcript.versions(1).count, 2);

    // And the code view prints what would be sent now.
    chat->chat().composer().setText(QStringLiteral("and then a word to look for"));
    const CodeView &code = m_fixture->window->codeView();
    QTRY_VERIFY_WITH_TIMEOUT(!code.isPending(), 20'000);
    if (snippetGenerators(chat->call().backend).isEmpty()) { // it says so, and nothing else happens
        QCOMPARE(code.code(), QString());
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(code.code().contains(QStringLiteral("and then a word to look for")), 20'000);
    QVERIFY(code.code().contains(Question));
    QVERIFY(!code.code().contains(Other));
}

void TestWindowChat::stopTakesLessThanATenthOfASecond()
{
    ChatPage *chat = page();
    QVERIFY(chat);
    ask(*chat, Question);
    ChatTranscript &transcript = chat->chat().transcript();
    QTRY_VERIFY_WITH_TIMEOUT(transcript.isBusy() && transcript.turns().last().text.size() > 20, 30'000);
    auto *button = chat->chat().findChild<QPushButton *>(QStringLiteral("chatSend"));
    QCOMPARE(button->text(), QStringLiteral("Stop"));
    QElapsedTimer timer;
    timer.start();
    button->click();
    QTRY_VERIFY(!transcript.isBusy());
    const qint64 shown = timer.elapsed();
    QTRY_VERIFY(chat->currentRun()->state() == RunController::State::Canceled);
    const qint64 over = timer.elapsed();
    qInfo("stopped on the screen after %lld ms, the call over after %lld ms", shown, over);
    QVERIFY2(shown < 100 && over < 100, qPrintable(QStringLiteral("%1 and %2 ms").arg(shown).arg(over)));
    QCOMPARE(transcript.turns().last().state, ChatTurn::State::Stopped);
    const QString words = transcript.turns().last().text;
    QVERIFY(words.size() > 20);
    // It can go on at once.
    ask(*chat, Other);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    QCOMPARE(transcript.turns().at(1).text, words);
    QCOMPARE(transcript.turns().last().state, ChatTurn::State::Complete);
}

void TestWindowChat::conversationIsThereAfterARestart()
{
    ChatPage *chat = page();
    QVERIFY(chat);
    ask(*chat, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    chat->chat().retry();
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    chat->chat().transcript().setSystemPrompt(QStringLiteral("Be brief."));
    const Call before = chat->call();
    m_fixture.reset(); // at once: nothing waits for a timer
    open();
    chat = page();
    QVERIFY(chat);
    ChatTranscript &transcript = chat->chat().transcript();
    QTRY_COMPARE(transcript.turns().size(), 2);
    QCOMPARE(transcript.versions(1), (ConversationTree::Versions{1, 2}));
    QCOMPARE(chat->call().input, before.input);
    QVERIFY(transcript.showVersion(1, 0));
    QVERIFY(!transcript.turns().last().text.isEmpty());
}

void TestWindowChat::aClearedConversationStaysCleared()
{
    const auto info = chatOf(QStringLiteral("byoc"));
    QVERIFY(info);
    auto *chat = qobject_cast<ChatPage *>(m_fixture->window->openCapability(*info));
    ask(*chat, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    const QString profile = m_fixture->session->profile().name;
    QTRY_VERIFY(!kept(info->id(), profile).isNull());
    chat->chat().clear();
    QTRY_VERIFY(kept(info->id(), profile).isNull());
}

void TestWindowChat::conversationGoesWithItsProfile()
{
    const CapabilityId id{QStringLiteral("byoc"), QStringLiteral("docs-chat"), {}};
    const Json some{{QStringLiteral("tree"), Json::object()}};
    int done = 0;
    const auto count = [&done] { ++done; };
    const auto failed = [](const Error &error) { QFAIL(qPrintable(error.describe())); };
    follow(conversations::keep(m_data, QStringLiteral("mine"), id, some), this, count, failed);
    follow(conversations::keep(m_data, QStringLiteral("mine, too"), id, some), this, count, failed);
    QTRY_COMPARE(done, 2);
    Profile profile;
    profile.name = QStringLiteral("mine");
    m_fixture->session->saveProfile(profile);
    QTRY_COMPARE(m_fixture->session->profile().name, profile.name);
    m_fixture->session->removeProfile(profile.name);
    QTRY_VERIFY_WITH_TIMEOUT(kept(id, QStringLiteral("mine")).isNull(), 20'000);
    QVERIFY(!kept(id, QStringLiteral("mine, too")).isNull());
    // Too much is refused, and what was kept before stays.
    bool refused = false;
    const Json much{{QStringLiteral("tree"), QString(conversations::mostBytes, u'x')}};
    follow(
        conversations::keep(m_data, QStringLiteral("mine, too"), id, much), this, [] {}, [&](const Error &error) { refused = error.kind() == Error::Kind::TooLarge; });
    QTRY_VERIFY_WITH_TIMEOUT(refused, 20'000);
    QCOMPARE(kept(id, QStringLiteral("mine, too")), some);
}

void TestWindowChat::aRunOfTheHistoryDoesNotTakeItsPlace()
{
    const auto info = chatOf(QStringLiteral("byoc"));
    QVERIFY(info);
    auto *chat = qobject_cast<ChatPage *>(m_fixture->window->openCapability(*info));
    ask(*chat, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    ask(*chat, Other);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*chat), 60'000);
    const QString profile = m_fixture->session->profile().name;
    const auto turnsKept = [&] { return kept(info->id(), profile).find(QStringLiteral("/tree/turns")).value_or(Json()).size(); };
    QTRY_COMPARE(turnsKept(), 4);
    Call replayed = chat->call();
    replayed.input.insert(QStringLiteral("messages"), Json::array({Json{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), Question}}}));
    Q_EMIT m_fixture->window->history().replayRequested(replayed);
    auto *run = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QVERIFY(run && run != chat);
    QTRY_VERIFY_WITH_TIMEOUT(run->currentRun() && ended(*run), 60'000);
    m_fixture.reset();
    open();
    QCOMPARE(turnsKept(), 4);
}

QTEST_MAIN(TestWindowChat)
#include "tst_window_chat.moc"
