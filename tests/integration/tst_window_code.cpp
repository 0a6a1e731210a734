#include "window_fixture_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/codeview/code_view.h"
#include "sluice/payments/purse_limits.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/widgets/amount_field.h"

#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

/// The call that is shipped, and what it may cost: code, keys, limits, and the way of calling.
class TestWindowCode : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void codeOpensInALanguageThatRunsHere();
    void theLanguageOfTheCodeNeverChangesByItself();
    void copiedEnvironmentAndCodeGiveTheSameAnswer_data();
    void copiedEnvironmentAndCodeGiveTheSameAnswer();
    void aRealKeyIsNeverCopied();
    void aLimitIsSavedAsItWasMeant();
    void limitsGoToTheKeyOnceItIsKnown();
    void runAndStreamCanBeSwitched();
    void anAiGatewaysCodeAsCopiedDrawsTheSamePicture_data() { copiedEnvironmentAndCodeGiveTheSameAnswer_data(); }
    void anAiGatewaysCodeAsCopiedDrawsTheSamePicture();

private:
    /// What the code prints that is in front, in a shell that knows the copied environment, which names `address`, and nothing else.
    QByteArray ranAsCopied(const QString &program, const QString &address);
};

void TestWindowCode::codeOpensInALanguageThatRunsHere()
{
    const CodeView &code = m_fixture->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    QVERIFY(code.chosenLanguage().isEmpty());
    QCOMPARE(code.language(), QStringLiteral("curl"));
}

void TestWindowCode::theLanguageOfTheCodeNeverChangesByItself()
{
    CodeView &code = m_fixture->window->codeView();
    QVERIFY(m_fixture->open(QStringLiteral("text-analysis")));
    code.setLanguage(QStringLiteral("python"));
    QTRY_VERIFY(!code.isPending() && !code.code().isEmpty());
    // The published package cannot stream; Node has no library for live channels.
    for (const auto &[capability, language] : {std::pair("docs-chat", "python"), std::pair("video-filter", "python"), std::pair("video-filter", "javascript")}) {
        code.setLanguage(QString::fromLatin1(language));
        QVERIFY(m_fixture->open(QString::fromLatin1(capability)));
        QTRY_VERIFY(!code.isPending());
        QCOMPARE(code.language(), QString::fromLatin1(language));
        // Its tab says why, and has the call in one that runs here.
        QCOMPARE(code.shownLanguage(), QStringLiteral("curl"));
        QVERIFY(!code.code().isEmpty());
        QPushButton *offer = nullptr;
        for (QPushButton *button : code.findChildren<QPushButton *>())
            offer = button->isVisible() && button->text().contains(QStringLiteral("curl")) ? button : offer;
        QVERIFY2(offer, "one that runs here is offered");
        QVERIFY(m_fixture->open(QStringLiteral("text-analysis")));
        QTRY_VERIFY(!code.isPending() && !code.code().isEmpty());
        QCOMPARE(code.language(), QString::fromLatin1(language));
    }
}

void TestWindowCode::copiedEnvironmentAndCodeGiveTheSameAnswer_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("program");
    QTest::newRow("curl") << QStringLiteral("curl") << QStringLiteral("bash \"$0\"");
    QTest::newRow("JavaScript") << QStringLiteral("javascript") << QStringLiteral("node \"$0\"");
}

QByteArray TestWindowCode::ranAsCopied(const QString &program, const QString &address)
{
    QByteArray out;
    [&] {
        const CodeView &code = m_fixture->window->codeView();
        // As a person does it: a click on each button, and the clipboard.
        auto *copy = code.findChild<QToolButton *>(QStringLiteral("copyEnvironment"));
        QVERIFY(copy && copy->isEnabled());
        copy->click();
        const QString environment = QGuiApplication::clipboard()->text();
        QVERIFY2(environment.contains(address), qPrintable(environment));
        const QString path = m_folder.filePath(QStringLiteral("copied.mjs"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(code.code().toUtf8());
        file.close();
        QProcess shell;
        QProcessEnvironment bare;
        bare.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        bare.insert(QStringLiteral("HOME"), m_folder.path());
        shell.setProcessEnvironment(bare);
        shell.setWorkingDirectory(m_folder.path());
        shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), environment + program, path});
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 120'000);
        const QByteArray errors = shell.readAllStandardError();
        QVERIFY2(shell.exitCode() == 0, errors.constData());
        out = shell.readAllStandardOutput();
    }();
    return out;
}

void TestWindowCode::anAiGatewaysCodeAsCopiedDrawsTheSamePicture()
{
    QFETCH(QString, language);
    QFETCH(QString, program);
    if (language == QStringLiteral("javascript") && QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("Node is not installed");
    FormPage *page = form(QStringLiteral("text-to-image"));
    QVERIFY(page);
    Call call = page->call();
    call.input.insert(QStringLiteral("prompt"), QStringLiteral("It's open, all of it"));
    call.input.insert(QStringLiteral("seed"), 5);
    page->load(call);
    CodeView &code = m_fixture->window->codeView();
    code.setLanguage(language == QStringLiteral("javascript") ? QStringLiteral("fetch") : language);
    QTRY_VERIFY(!code.isPending() && code.code().contains(QStringLiteral("all of it")));
    QFile::remove(m_folder.filePath(QStringLiteral("image-1.png")));
    const QByteArray out = ranAsCopied(program, m_fixture->session->capability(QStringLiteral("text-to-image"))->orchestrators.first().toString());
    QVERIFY(!QTest::currentTestFailed());
    QCOMPARE(out, QByteArray("image-1.png\n"));
    QFile drawn(m_folder.filePath(QStringLiteral("image-1.png")));
    QVERIFY(drawn.open(QIODevice::ReadOnly));
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    QCOMPARE(drawn.readAll(), run->result().content);
}

void TestWindowCode::copiedEnvironmentAndCodeGiveTheSameAnswer()
{
    QFETCH(QString, language);
    QFETCH(QString, program);
    if (language == QStringLiteral("javascript") && QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("Node is not installed");
    FormPage *page = form(QStringLiteral("text-analysis"));
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("It's a \"lovely\" day, and the sluice is open."));
    page->load(call);
    CodeView &code = m_fixture->window->codeView();
    code.setLanguage(language);
    QTRY_VERIFY(!code.isPending() && code.code().contains(QStringLiteral("lovely")));
    const QString address = m_fixture->session->capability(QStringLiteral("text-analysis"))->orchestrators.first().toString();
    const QByteArray out = ranAsCopied(program, address);
    QVERIFY(!QTest::currentTestFailed());
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    const auto answer = Json::parse(out);
    QVERIFY(answer);
    QCOMPARE(*answer, run->result().json);
}

void TestWindowCode::aRealKeyIsNeverCopied()
{
    const CodeView &code = m_fixture->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    const QString sandboxKey = QString::fromUtf8(m_fixture->session->inUse().senderKey.expose().toByteArray());
    QVERIFY(code.environment().contains(sandboxKey));
    Profile real;
    real.name = QStringLiteral("production");
    real.local = false;
    real.setLivepeer({.orchUrls = {QStringLiteral("https://127.0.0.1:9")}});
    QByteArray key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    const QString typed = QString::fromLatin1(key);
    m_fixture->session->saveProfile(real, {{QStringLiteral("/byoc/sender_key"), Secret::take(key)}});
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session->profile().name, real.name, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->session->senderAddress().isEmpty(), 30'000);
    // Once the network was asked, whatever became of that, the code is that of the profile.
    m_fixture->session->refreshCapabilities();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session->state(), Session::State::Failed, 30'000);
    Q_EMIT m_fixture->session->capabilitiesChanged();
    QTRY_VERIFY(!code.isPending() && code.environment().contains(QStringLiteral("export LIVEPEER_ORCH_URL=''")));
    QVERIFY2(!code.environment().contains(QStringLiteral("127.0.0.1")), "the names alone");
    QVERIFY(!code.environment().contains(typed, Qt::CaseInsensitive));
    QVERIFY(!code.environment().contains(sandboxKey, Qt::CaseInsensitive));
    QVERIFY2(code.environment().contains(QStringLiteral("export SLUICE_SENDER_KEY=''")), qPrintable(code.environment()));
}

namespace {

AmountField *amountOf(const ProfileDialog &dialog, const QString &subject)
{
    for (AmountField *field : dialog.findChildren<AmountField *>()) {
        if (field->findChild<QLineEdit *>()->accessibleName() == subject)
            return field;
    }
    return nullptr;
}

QPushButton *saveOf(const ProfileDialog &dialog)
{
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Save")))
            return button;
    }
    return nullptr;
}

} // namespace

void TestWindowCode::aLimitIsSavedAsItWasMeant()
{
    // Some key with limits of its own, so that nothing here is the usual.
    const QString typed = QStringLiteral("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
    const QString purse = QStringLiteral("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
    PurseLimits before = PurseLimits::defaults();
    before.faceValue = Wei(7'000'000'000);
    m_fixture->data->setPurseLimits(purse, before);
    Profile edited;
    edited.name = QStringLiteral("limited");
    edited.local = false;
    edited.setLivepeer({.orchUrls = {QStringLiteral("https://127.0.0.1:9")}});
    ProfileDialog dialog(*m_fixture->session, edited);
    dialog.show();
    AmountField *perCall = amountOf(dialog, QStringLiteral("Limit per call"));
    AmountField *perTicket = amountOf(dialog, QStringLiteral("Limit per ticket"));
    QVERIFY(perCall && perTicket);
    QCOMPARE(perCall->findChild<QLineEdit *>()->placeholderText(), QStringLiteral("0.005\u00a0ETH when left empty"));
    QVERIFY2(!perTicket->isVisible(), "it belongs to a key, and none is known yet");
    for (QLineEdit *line : dialog.findChildren<QLineEdit *>()) {
        if (line->accessibleName() == QStringLiteral("Sender key"))
            QTest::keyClicks(line, typed);
    }
    QVERIFY(perTicket->isVisible());
    QCOMPARE(perTicket->wei()->value_or(QString()), QStringLiteral("7000000000"));
    auto *line = perCall->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("1,000"));
    saveOf(dialog)->click();
    QVERIFY2(dialog.isVisible(), "an amount that can be read in two ways is not saved");
    QVERIFY(m_fixture->data->purseLimits(purse) == before);
    line->clear();
    QTest::keyClicks(line, QStringLiteral("0.5"));
    QCOMPARE(perCall->echo(), QStringLiteral("= 0.5\u00a0gwei = 500000000 wei"));
    saveOf(dialog)->click();
    QVERIFY(!dialog.isVisible());
    PurseLimits wanted = before;
    wanted.perCall = Wei(500'000'000);
    QVERIFY(m_fixture->data->purseLimits(purse) == wanted);

    // What holds is shown again, whoever set it, and an empty field is the usual limit.
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session->profile().name, edited.name, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session->senderAddress(), purse, 30'000);
    wanted.perDay = Wei(900'000'000'000);
    m_fixture->data->setPurseLimits(purse, wanted);
    ProfileDialog again(*m_fixture->session, m_fixture->session->profile());
    again.show();
    QCOMPARE(amountOf(again, QStringLiteral("Limit per call"))->wei()->value_or(QString()), QStringLiteral("500000000"));
    QCOMPARE(amountOf(again, QStringLiteral("Limit per day"))->wei()->value_or(QString()), QStringLiteral("900000000000"));
    amountOf(again, QStringLiteral("Limit per call"))->setWei({});
    saveOf(again)->click();
    wanted.perCall = PurseLimits::defaults().perCall;
    QVERIFY(m_fixture->data->purseLimits(purse) == wanted);
}

void TestWindowCode::limitsGoToTheKeyOnceItIsKnown()
{
    Profile carried;
    carried.name = QStringLiteral("by token");
    carried.local = false;
    carried.setLivepeer({.orchUrls = {QStringLiteral("https://127.0.0.1:9")}});
    ProfileDialog dialog(*m_fixture->session, carried);
    dialog.show();
    amountOf(dialog, QStringLiteral("Limit per call"))->setWei(QStringLiteral("3000"));
    saveOf(dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session->profile().name, carried.name, 30'000);
    QCOMPARE(m_fixture->session->profile().maxSpendPerCallWei, std::optional(QStringLiteral("3000")));
    // A gateway pays by itself: nothing is asked that would not count.
    Profile gateway;
    gateway.name = QStringLiteral("gateway");
    gateway.local = false;
    gateway.setLivepeer({.gatewayUrl = QStringLiteral("http://127.0.0.1:9")});
    ProfileDialog other(*m_fixture->session, gateway);
    other.show();
    for (const AmountField *field : other.findChildren<AmountField *>())
        QVERIFY(!field->isVisible());
}

void TestWindowCode::runAndStreamCanBeSwitched()
{
    const auto listed = m_fixture->session->capability(QStringLiteral("text-analysis"));
    QVERIFY(listed);
    CapabilityInfo both = *listed;
    both.verbs = {Verb::Run, Verb::Stream};
    both.name = QStringLiteral("both-ways");
    WorkbenchPage *page = m_fixture->window->openCapability(both);
    auto *choice = page->findChild<QComboBox *>(QString(), Qt::FindChildrenRecursively);
    for (QComboBox *box : page->findChildren<QComboBox *>())
        choice = box->accessibleName() == QStringLiteral("How the call is made") ? box : choice;
    QCOMPARE(choice->accessibleName(), QStringLiteral("How the call is made"));
    QVERIFY(choice->isVisible());
    QCOMPARE(page->call().verb, Verb::Run);
    QSignalSpy changed(page, &WorkbenchPage::callChanged);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(page->call().verb, Verb::Stream);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(choice->currentText(), QStringLiteral("stream"));
    // News of the network leave what was chosen.
    both.availableCapacity = 1;
    page->updateCapability(both);
    QCOMPARE(page->call().verb, Verb::Stream);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(page->call().verb, Verb::Run);
    // A chat that answers in both ways really does.
    auto *chat = qobject_cast<ChatPage *>(m_fixture->open(QStringLiteral("docs-chat")));
    QVERIFY(chat);
    QCOMPARE(chat->call().verb, Verb::Stream);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chat->call().verb, Verb::Run);
    chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
    chat->run();
    QTRY_VERIFY_WITH_TIMEOUT(chat->currentRun() && chat->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(chat->currentRun()->call().verb, Verb::Run);
    QVERIFY(chat->chat().transcript().turns().last().text.contains(QStringLiteral("ticket"), Qt::CaseInsensitive));
    // One way only: nothing to choose.
    WorkbenchPage *text = m_fixture->open(QStringLiteral("text-analysis"));
    QVERIFY(!text->offersVerbs());
}

QTEST_MAIN(TestWindowCode)
#include "tst_window_code.moc"
