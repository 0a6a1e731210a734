#include "peers/manual_client.h"
#include "peers/signer_peer.h"

#include "sluice/livepeer/messages.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/signer/server.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <condition_variable>
#include <cstdio>
#include <future>
#include <latch>
#include <random>
#include <thread>

using namespace sluice;
using namespace sluice::signer;
using byoc::ManualClient;
using livepeer::SignerPayment;
using livepeer::SignerPaymentRequest;
using test::TestTerms;

namespace {

const char *const KeyHex = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
constexpr int Callers = 3;
constexpr int CapInTickets = 60;
const Wei Ticket = 8'000'000'000;

QByteArray bearerOf(int caller)
{
    return "key-" + QByteArray::number(caller);
}

/// What this program does as the signer that is killed.
int serve(const QString &file)
{
    try {
        IoThread io;
        ServerOptions options;
        for (int i = 0; i < Callers; ++i)
            options.callers.append({QString::number(i), Secret(bearerOf(i))});
        options.cap = Ticket * CapInTickets;
        Server server(io, orThrow(PrivateKey::fromHex(KeyHex)), options, std::make_shared<StoredBudgetBook>(file));
        std::printf("%s\n", qPrintable(orThrow(server.listen()).toString()));
        std::fflush(stdout);
        (void)std::getchar(); // until the test ends, or ends this
        server.stop();
        return 0;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
}

/// The signer that runs now, for those who wait for one.
class Whereabouts {
public:
    void set(const QUrl &url)
    {
        const std::scoped_lock lock(m_mutex);
        m_url = url;
        m_wake.notify_all();
    }
    /// Empty once it is over.
    QUrl get()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return !m_url.isEmpty() || m_over; });
        return m_over ? QUrl() : m_url;
    }
    void end()
    {
        const std::scoped_lock lock(m_mutex);
        m_over = true;
        m_wake.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    QUrl m_url;
    bool m_over = false;
};

/// What callers hold in their hands: tickets that left the signer.
struct Received {
    /// Until so many have asked, or nobody asks any more.
    void waitFor(int count)
    {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return asked >= count || running == 0; });
    }
    void leave()
    {
        const std::scoped_lock lock(mutex);
        --running;
        moved.notify_all();
    }
    bool isOver()
    {
        const std::scoped_lock lock(mutex);
        return running == 0;
    }
    std::mutex mutex;
    std::condition_variable moved;
    int running = 0;
    int asked = 0;
    std::array<Wei, Callers> wei;
    std::array<int, Callers> refusedForBudget{};
    int answers = 0;
    int lost = 0;
    int stale = 0;
    QStringList wrong;
};

/// One who asks at random: for new chains, to go on, with states of before, with states of others.
class Asker {
public:
    Asker(Whereabouts &address, Received &received, unsigned seed)
        : m_address(address)
        , m_received(received)
        , m_random(seed)
    {
    }
    void run(int steps)
    {
        IoThread io;
        for (int i = 0; i < steps; ++i) {
            const QUrl url = m_address.get();
            if (url.isEmpty())
                return;
            step(io, url);
        }
    }

private:
    int pick(int count) { return int(std::uniform_int_distribution<int>(0, count - 1)(m_random)); }

    void step(IoThread &io, const QUrl &url)
    {
        const int caller = pick(Callers);
        const int tickets = 1 + pick(5);
        SignerPaymentRequest request;
        TestTerms terms;
        terms.rand = QByteArray::number(pick(4));
        request.orchestrator = livepeer::encodeInfo(terms.info());
        request.manifestId = QStringLiteral("job");
        request.inPixels = 8LL * tickets;
        QList<livepeer::SignedState> &chain = m_chains[caller];
        const int what = pick(10);
        if (what < 6 && !chain.isEmpty())
            request.state = chain.last();
        else if (what == 6 && chain.size() > 1)
            request.state = chain[pick(int(chain.size()) - 1)];
        else if (what == 7 && !m_chains[(caller + 1) % Callers].isEmpty())
            request.state = m_chains[(caller + 1) % Callers].last();
        const ManualClient client(io, url);
        Headers fields = headers::contentType("application/json");
        fields.append(std::pair<QByteArray, QByteArray>("Authorization", "Bearer " + bearerOf(caller)));
        const auto answer = client.send("POST", QString::fromLatin1(livepeer::signer_route::Payment), fields, request.toJson().dump());
        note(caller, what, answer, request.state.has_value());
    }

    void note(int caller, int what, const ManualClient::Answer &answer, bool hadState)
    {
        const std::scoped_lock lock(m_received.mutex);
        ++m_received.asked;
        m_received.moved.notify_all();
        QList<livepeer::SignedState> &chain = m_chains[caller];
        if (answer.status == 0 || answer.cut) {
            ++m_received.lost;
            chain.clear(); // it may have gone on
            return;
        }
        ++m_received.answers;
        if (answer.status == 200) {
            const SignerPayment paid = orThrow(SignerPayment::parse(answer.body));
            const WirePayment payment = orThrow(parsePaymentHeader(paid.payment));
            m_received.wei[size_t(caller)] += spendAmount(payment.ticketParams->expectedValue() * int(payment.tickets.size()));
            if (m_received.wei[size_t(caller)] > Ticket * CapInTickets)
                m_received.wrong.append(QStringLiteral("caller %1 holds %2 wei").arg(caller).arg(toDecimal(m_received.wei[size_t(caller)])));
            if (hadState && (what == 6 || what == 7))
                m_received.wrong.append(QStringLiteral("a state of before, or of another, was taken"));
            if (!hadState)
                chain.clear();
            chain.append(paid.state);
        } else if (answer.status == 483) {
            ++m_received.refusedForBudget[size_t(caller)];
        } else if (answer.status == 400 && hadState) {
            ++m_received.stale;
            if (what < 6)
                chain.clear();
        } else if (answer.status != 480 && answer.status != 482) {
            m_received.wrong.append(QStringLiteral("%1 %2").arg(answer.status).arg(QString::fromUtf8(answer.body.left(200))));
        }
    }

    Whereabouts &m_address;
    Received &m_received;
    std::mt19937 m_random;
    std::array<QList<livepeer::SignedState>, Callers> m_chains;
};

/// A book whose file's thread is held up while entries are given, so that they wait together.
class Together {
public:
    struct Told {
        Expected<BudgetBook::Answer> answer;
        Wei kept; ///< what the file said when it was told
    };
    explicit Together(const QString &file)
        : m_database(orThrow(Database::open(file, {StoredBudgetBook::schema()})))
        , m_book(m_database)
    {
        m_held = m_database->submit([latch = m_latch](Sql &) { latch->wait(); });
    }
    ~Together()
    {
        if (!m_released)
            m_latch->count_down();
    }
    /// Before what waits.
    void run(std::function<void(Sql &)> job)
    {
        m_latch->count_down();
        m_database->runSync(std::move(job));
        m_latch = std::make_shared<std::latch>(1);
        m_held = m_database->submit([latch = m_latch](Sql &) { latch->wait(); });
    }
    void ask(const BudgetBook::Entry &entry, std::function<Wei()> look)
    {
        const auto promise = std::make_shared<std::promise<Told>>();
        m_told.push_back(promise->get_future());
        m_book.takeThen(entry, [promise, look = std::move(look)](const Expected<BudgetBook::Answer> &answer, bool) { promise->set_value({answer, look()}); });
    }
    std::vector<Told> release()
    {
        m_released = true;
        m_latch->count_down();
        std::vector<Told> all;
        for (std::future<Told> &one : m_told)
            all.push_back(one.get());
        return all;
    }

private:
    std::shared_ptr<std::latch> m_latch = std::make_shared<std::latch>(1);
    std::shared_ptr<Database> m_database;
    StoredBudgetBook m_book;
    QFuture<void> m_held;
    std::vector<std::future<Told>> m_told;
    bool m_released = false;
};

} // namespace

/// The caps of a signer, whatever happens to it.
class SignerBudgetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_17_noOneSpendsBeyondTheCapInAnyOrder();
    void payments_17_whatWaitsTogetherIsJudgedInTurnAndToldOnceItIsKept();
    void payments_17_whatIsWrongWithOneDoesNotKeepTheOthers();
    void payments_17_aChainIsKeptForAWeekBehindItsLastPayment();
    void payments_17_capsHoldOverRestartsAndKills();
};

void SignerBudgetsTest::payments_17_noOneSpendsBeyondTheCapInAnyOrder()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("book.sqlite"));
    StoredBudgetBook first(file);
    StoredBudgetBook second(file); // as another process would
    const Wei cap = 1000;
    std::array<std::atomic<qint64>, 4> taken{};
    std::vector<std::thread> threads;
    for (unsigned worker = 0; worker < 4; ++worker) {
        threads.emplace_back([&, worker] {
            std::mt19937 random(worker);
            StoredBudgetBook &book = worker % 2 ? first : second;
            for (int i = 0; i < 100; ++i) {
                const int cost = 1 + int(random() % 20);
                const BudgetBook::Entry entry{QStringLiteral("caller %1").arg(random() % 2), QStringLiteral("%1/%2").arg(worker).arg(i), 0, Wei(cost), cap};
                if (book.take(entry).verdict == BudgetBook::Verdict::Taken)
                    taken[entry.caller.endsWith(QLatin1Char('1')) ? 1 : 0] += cost;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (int caller = 0; caller < 2; ++caller) {
        const Wei spent = first.spent(QStringLiteral("caller %1").arg(caller));
        QCOMPARE(spent, Wei(taken[size_t(caller)].load()));
        QVERIFY(spent <= cap);
        // To the last wei, and not one beyond.
        const BudgetBook::Entry rest{QStringLiteral("caller %1").arg(caller), QStringLiteral("rest %1").arg(caller), 0, cap - spent, cap};
        QCOMPARE(second.take(rest).verdict, BudgetBook::Verdict::Taken);
        QCOMPARE(first.take({rest.caller, QStringLiteral("more %1").arg(caller), 0, Wei(1), cap}).verdict, BudgetBook::Verdict::BudgetSpent);
    }
}

void SignerBudgetsTest::payments_17_whatWaitsTogetherIsJudgedInTurnAndToldOnceItIsKept()
{
    using Verdict = BudgetBook::Verdict;
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("book.sqlite"));
    Together together(file);
    StoredBudgetBook other(file); // as another process sees it
    const QString caller = QStringLiteral("caller");
    const Wei cap = 20;
    const auto ask = [&](const QString &chain, quint64 sequence, int cost) {
        together.ask({caller, chain, sequence, Wei(cost), cap}, [&] { return other.spent(caller); });
    };
    ask(QStringLiteral("a"), 0, 6);
    ask(QStringLiteral("a"), 1, 6);  // goes on with what waits before it
    ask(QStringLiteral("a"), 1, 1);  // the same step once more
    ask(QStringLiteral("b"), 0, 9);  // one too many
    ask(QStringLiteral("a"), 0, 20); // stale and too dear: it is stale
    ask(QStringLiteral("b"), 0, 8);  // the last wei
    ask(QStringLiteral("c"), 0, 1);
    ask(QStringLiteral("c"), 5, 0); // of a chain that is not there
    const auto answers = together.release();
    const std::vector<Verdict> right{Verdict::Taken, Verdict::Taken, Verdict::Stale, Verdict::BudgetSpent, Verdict::Stale, Verdict::Taken, Verdict::BudgetSpent, Verdict::Stale};
    const std::vector<int> spent{6, 12, 12, 12, 12, 20, 20, 20};
    QCOMPARE(answers.size(), right.size());
    for (std::size_t i = 0; i < right.size(); ++i) {
        QVERIFY2(answers[i].answer, qPrintable(QString::number(i)));
        QVERIFY2(answers[i].answer->verdict == right[i], qPrintable(QString::number(i)));
        QCOMPARE(answers[i].answer->spent, Wei(spent[i]));
        // Whoever is told first: all of them are in the file already, in one transaction.
        QCOMPARE(answers[i].kept, Wei(20));
    }
    QCOMPARE(other.take({caller, QStringLiteral("b"), 1, Wei(0), cap}).verdict, Verdict::Taken);
    QCOMPARE(other.take({caller, QStringLiteral("a"), 2, Wei(0), cap}).verdict, Verdict::Taken);
}

void SignerBudgetsTest::payments_17_whatIsWrongWithOneDoesNotKeepTheOthers()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("book.sqlite"));
    Together together(file);
    StoredBudgetBook other(file);
    together.run([](Sql &sql) { sql.exec(QStringLiteral("INSERT INTO signer_spent (caller, wei) VALUES ('damaged', 'much')")); });
    const auto ask = [&](const QString &caller) {
        together.ask({caller, caller + QStringLiteral("'s"), 0, Wei(5), Wei(5)}, [&other, caller] { return caller == QLatin1String("damaged") ? Wei(0) : other.spent(caller); });
    };
    ask(QStringLiteral("one"));
    ask(QStringLiteral("damaged"));
    ask(QStringLiteral("two"));
    const auto answers = together.release();
    QCOMPARE(answers.size(), std::size_t(3));
    for (const std::size_t good : {0, 2}) {
        QVERIFY(answers[good].answer);
        QCOMPARE(answers[good].answer->verdict, BudgetBook::Verdict::Taken);
        QCOMPARE(answers[good].kept, Wei(5));
    }
    QVERIFY(!answers[1].answer);
}

void SignerBudgetsTest::payments_17_aChainIsKeptForAWeekBehindItsLastPayment()
{
    using Verdict = BudgetBook::Verdict;
    const QTemporaryDir folder;
    const std::shared_ptr<Database> database = orThrow(Database::open(folder.filePath(QStringLiteral("book.sqlite")), {StoredBudgetBook::schema()}));
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    constexpr qint64 hour = 3600;
    const auto touch = [&](const QString &chain, qint64 secondsAgo) {
        database->runSync([&](Sql &sql) { sql.exec(QStringLiteral("UPDATE signer_chain SET touched = ? WHERE id = ?"), {now - secondsAgo, chain}); });
    };
    const auto touched = [&](const QString &chain) {
        return database->runSync([&](Sql &sql) { return sql.integer(QStringLiteral("SELECT touched FROM signer_chain WHERE id = ?"), {chain}, -1); });
    };
    const auto step = [](BudgetBook &book, const QString &chain, quint64 sequence) {
        return book.take({QStringLiteral("caller"), chain, sequence, Wei(1), std::nullopt}).verdict;
    };
    const QString fresh = QStringLiteral("fresh");
    const QString old = QStringLiteral("old");
    const QString left = QStringLiteral("left");
    StoredBudgetBook book(database);
    for (const QString &chain : {fresh, old, left})
        QCOMPARE(step(book, chain, 0), Verdict::Taken);
    touch(fresh, hour / 2);
    touch(old, 7 * 24 * hour); // written an hour before its last payment, at most
    touch(left, 7 * 24 * hour + 2 * hour);
    QCOMPARE(step(book, fresh, 1), Verdict::Taken);
    QCOMPARE(touched(fresh), now - hour / 2);
    StoredBudgetBook restarted(database); // looks for such chains with its first payment
    QCOMPARE(step(restarted, fresh, 2), Verdict::Taken);
    QCOMPARE(touched(left), qint64(-1));
    QCOMPARE(step(restarted, left, 1), Verdict::Stale);
    QCOMPARE(step(restarted, old, 1), Verdict::Taken);
    QVERIFY(touched(old) >= now);
    QCOMPARE(step(restarted, old, 1), Verdict::Stale);
    QCOMPARE(restarted.spent(QStringLiteral("caller")), Wei(6));
}

void SignerBudgetsTest::payments_17_capsHoldOverRestartsAndKills()
{
    constexpr int perRound = 200;
    constexpr int workers = 4;
    bool isNumber = false;
    int left = qEnvironmentVariableIntValue("SLUICE_SIGNER_INTERLEAVINGS", &isNumber);
    if (!isNumber || left < 1)
        left = 400; // 10000 take half a minute
    const unsigned seed = std::random_device()();
    qInfo("seed %u, %d interleavings", seed, left);
    std::mt19937 random(seed);
    int kills = 0;
    int restarts = 0;
    Received all;
    for (int round = 0; left > 0; ++round, left -= perRound) {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("signer.sqlite"));
        Whereabouts address;
        Received received;
        QProcess process;
        const auto start = [&] {
            process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--signer"), file});
            QByteArray line;
            while (!line.endsWith('\n') && process.waitForReadyRead(30'000))
                line += process.readAllStandardOutput();
            address.set(QUrl(QString::fromUtf8(line.trimmed())));
            return !line.isEmpty();
        };
        QVERIFY2(start(), process.readAllStandardError().constData());
        received.running = workers;
        std::vector<std::thread> threads;
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&, own = random()] {
                Asker(address, received, unsigned(own)).run(std::min(left, perRound) / workers);
                received.leave();
            });
        bool isUp = true;
        for (int next = 0; isUp;) {
            next += int(random() % (perRound / 4)); // at any moment of what the others are at
            received.waitFor(next);
            if (received.isOver())
                break;
            if (random() % 3 == 0) {
                process.write("\n");
                process.closeWriteChannel();
                ++restarts;
            } else {
                process.kill();
                ++kills;
            }
            address.set(QUrl());
            isUp = process.waitForFinished(30'000) && start();
        }
        if (!isUp)
            address.end();
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY2(isUp, process.readAllStandardError().constData());
        process.kill();
        process.waitForFinished();
        QVERIFY2(received.wrong.isEmpty(), qPrintable(received.wrong.join(QLatin1Char('\n'))));
        // Whatever died on the way: what callers hold was booked before, and what is booked is within the cap.
        StoredBudgetBook book(file);
        for (int caller = 0; caller < Callers; ++caller) {
            const Wei spent = book.spent(QStringLiteral("key:%1").arg(caller));
            QVERIFY(received.wei[size_t(caller)] <= spent);
            QVERIFY(spent <= Ticket * CapInTickets);
            all.refusedForBudget[0] += received.refusedForBudget[size_t(caller)];
        }
        all.answers += received.answers;
        all.lost += received.lost;
        all.stale += received.stale;
    }
    qInfo("%d answers, %d lost, %d stale states refused, %d refused for budget, %d kills, %d restarts", all.answers, all.lost, all.stale, all.refusedForBudget[0], kills, restarts);
    QVERIFY(kills > 0);
    QVERIFY(all.answers > 0);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().size() == 3 && app.arguments().at(1) == QLatin1String("--signer"))
        return serve(app.arguments().at(2));
    SignerBudgetsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_signer_budgets.moc"
