// Random sequences of deposits, calls, refunds, settlements, service updates and kill -9, against a model of the contract.
//
// SLUICE_ZEROG_SEQUENCES sets how many (100000 takes about half an hour), SLUICE_ZEROG_SEED where they begin. A failure prints both.
#include "crashing_caller.h"
#include "ledger_fixture.h"
#include "ledger_model.h"
#include "sluice/zerog/ledger_call.h"
#include "sluice/zerog/ledger_rules.h"
#include "sluice/zerog/neuron.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

#include <random>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;

namespace {

CrashingCaller *crashes = nullptr;

constexpr int sequencesPerWorld = 25;
constexpr int defaultSequences = 400;
constexpr int crashPercent = 50; // of the sequences
constexpr int firstProvider = 1;
constexpr int providers = 2;
constexpr int firstUser = 10;
constexpr int users = 3;

const PrivateKey &keyOf(int number)
{
    static std::map<int, PrivateKey> keys;
    return keys.try_emplace(number, key(number)).first->second;
}

/// One call: how it is made, and what the model says to it.
struct Step {
    int caller = 0;
    Json request;
    std::function<QString(LedgerModel &)> model;
};

/// A ledger, its model, and what goes on between them.
class World {
public:
    World(quint64 seed, const QString &file)
        : m_random(seed)
        , m_file(file)
    {
        LocalLedger::Options options;
        options.clock = &m_clock;
        m_ledger = orThrow(LocalLedger::open(file, options));
        m_model.now = m_clock.seconds();
        if (chance(50))
            found();
        m_total = allMoney(m_model.snapshot());
    }

    /// Empty when all went well.
    QString sequence()
    {
        const int steps = number(5, 14);
        const int crashAt = chance(crashPercent) ? number(0, steps - 1) : -1;
        for (int i = 0; i < steps; ++i) {
            pass();
            const Step step = any();
            const QString wrong = i == crashAt ? crash(step) : make(step);
            if (!wrong.isEmpty())
                return QStringLiteral("%1: %2").arg(QString::fromUtf8(step.request.dump().left(3000)), wrong);
        }
        return compare();
    }
    [[nodiscard]] int killed() const { return m_killed; }
    [[nodiscard]] int killedAndDone() const { return m_killedAndDone; }
    [[nodiscard]] qint64 calls() const { return m_calls; }
    [[nodiscard]] qint64 settled() const { return qint64(m_model.paid.size()); }

private:
    int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(m_random); }
    bool chance(int percent) { return number(1, 100) <= percent; }
    int anyUser() { return firstUser + number(0, users - 1); }
    int anyProvider() { return firstProvider + number(0, providers - 1); }
    static Address addressOf(int one) { return keyOf(one).address(); }

    void found()
    {
        LocalLedger::Genesis genesis;
        genesis.lockTime = number(0, 20);
        genesis.owner = addressOf(firstProvider);
        if (chance(50)) {
            for (int i = 0; i < users; ++i)
                genesis.wallets.append({addressOf(firstUser + i), U256(number(0, 2000))});
        }
        must(await(m_ledger->initialize(genesis)));
        m_model.owner = genesis.owner;
        m_model.lockTime = genesis.lockTime;
        m_model.funded = !genesis.wallets.isEmpty();
        for (const auto &[address, amount] : genesis.wallets)
            m_model.wallets[address.toLower()] = {address, Wei(amount)};
    }

    void pass()
    {
        const int seconds = chance(60) ? number(0, 2) : chance(10) ? 86400 : number(0, 20);
        m_clock.pass(seconds);
        m_now = m_clock.seconds();
    }

    Step any()
    {
        const int kind = number(0, 99);
        if (kind < 22)
            return deposit();
        if (kind < 36)
            return refund();
        if (kind < 48)
            return process();
        if (kind < 62)
            return offer();
        if (kind < 65)
            return remove();
        if (kind < 67)
            return newLockTime();
        return settle();
    }

    Step deposit()
    {
        const int provider = anyProvider();
        const U256 value = chance(1) ? maxU256() - U256(number(0, 300)) : U256(number(0, 200));
        Step step;
        step.caller = anyUser();
        step.request = Json{{"method", "depositFund"}, {"args", Json::array({Json(addressOf(provider).toChecksum())})}, {"value", chance(50) ? neuron::quoted(Wei(value)) : neuron::number(Wei(value))}};
        step.model = [user = addressOf(step.caller), provider = addressOf(provider), value](LedgerModel &model) { return model.deposit(user, provider, Wei(value)); };
        return step;
    }

    Step refund()
    {
        const int provider = anyProvider();
        const int amount = number(0, 120);
        Step step;
        step.caller = anyUser();
        step.request = Json{{"method", "requestRefund"}, {"args", Json{{"provider", addressOf(provider).toLower()}, {"amount", amount}}}};
        step.model = [user = addressOf(step.caller), provider = addressOf(provider), amount](LedgerModel &model) { return model.requestRefund(user, provider, amount); };
        return step;
    }

    Step process()
    {
        const int provider = anyProvider();
        Step step;
        step.caller = anyUser();
        const auto found = m_model.accounts.find({addressOf(step.caller), addressOf(provider)});
        QList<quint64> indices;
        QList<Json> list;
        const auto add = [&](quint64 index) {
            indices.append(index);
            list.append(Json(quint64(index)));
        };
        if (found != m_model.accounts.end()) {
            for (const Refund &refund : found->second.refunds) {
                if (!refund.processed && m_now >= refund.createdAt + m_model.lockTime && chance(70))
                    add(refund.index);
            }
        }
        if (chance(20))
            add(quint64(number(0, 5)));
        step.request = Json{{"method", "processRefund"}, {"args", Json::array({Json(addressOf(provider).toChecksum()), Json::array(list)})}};
        step.model = [user = addressOf(step.caller), provider = addressOf(provider), indices](LedgerModel &model) { return model.processRefund(user, provider, indices); };
        return step;
    }

    Step offer()
    {
        Step step;
        step.caller = anyProvider();
        const Service one = service(chance(60) ? QStringLiteral("a") : QStringLiteral("b"), quint64(number(0, 4)), quint64(number(0, 4)));
        step.request = Json{{"method", "addOrUpdateService"}, {"args", Json::array({Json(one.name), Json(one.type), Json(one.url), neuron::number(Wei(one.inputPrice)), neuron::quoted(Wei(one.outputPrice))})}};
        step.model = [provider = addressOf(step.caller), one](LedgerModel &model) { return model.addOrUpdateService(provider, one); };
        return step;
    }

    Step remove()
    {
        Step step;
        step.caller = anyProvider();
        const QString name = chance(50) ? QStringLiteral("a") : QStringLiteral("b");
        step.request = Json{{"method", "removeService"}, {"args", Json::array({Json(name)})}};
        step.model = [provider = addressOf(step.caller), name](LedgerModel &model) { return model.removeService(provider, name); };
        return step;
    }

    Step newLockTime()
    {
        Step step;
        step.caller = chance(60) ? firstProvider : anyUser();
        const qint64 seconds = number(0, 20);
        step.request = Json{{"method", "updateLockTime"}, {"args", Json::array({Json(seconds)})}};
        step.model = [caller = addressOf(step.caller), seconds](LedgerModel &model) { return model.updateLockTime(caller, seconds); };
        return step;
    }

    /// A call that a user made of a provider: what the provider holds of it.
    ModelRequest call(int user, int provider)
    {
        ModelRequest one;
        one.provider = addressOf(provider);
        quint64 &nonce = m_nonces[{user, provider}];
        nonce += quint64(number(1, 3));
        one.request = signedRequest(keyOf(user), one.provider, chance(75) ? QStringLiteral("a") : QStringLiteral("b"), quint64(number(0, 12)), quint64(number(0, 12)), nonce, m_now + number(0, 1));
        one.genuine = true;
        m_made.append(one);
        return one;
    }

    /// What a dishonest provider makes of a voucher.
    void spoil(ModelRequest &one)
    {
        one.genuine = false;
        switch (number(0, 6)) {
        case 0: one.request.inputCount += 1; break;
        case 1: one.request.previousOutputCount += 1; break;
        case 2: one.request.nonce += 1; break;
        case 3: one.request.createdAt += 1; break;
        case 4: one.request.user = chance(50) ? Address() : addressOf(firstUser + users); break;
        case 5: one.request.signature = one.request.signature.first(64); break;
        default: one.request.signature[64] = char(one.request.signature[64] - 27); break;
        }
    }

    Step settle()
    {
        Step step;
        step.caller = anyProvider();
        QList<QList<ModelRequest>> traces;
        for (int i = number(1, 2); i > 0; --i) {
            QList<ModelRequest> trace;
            const int user = anyUser();
            for (int calls = number(chance(5) ? 0 : 1, 3); calls > 0; --calls)
                trace.append(call(user, step.caller));
            traces.append(trace);
        }
        // Replayed, reordered, mixed, spoiled, or another provider's.
        if (chance(30) && !m_made.isEmpty())
            traces.first().append(m_made.at(number(0, int(m_made.size()) - 1)));
        if (chance(8) && traces.first().size() > 1)
            std::shuffle(traces.first().begin(), traces.first().end(), m_random);
        if (chance(8) && !traces.first().isEmpty())
            traces.first().append(call(anyUser(), step.caller));
        if (chance(10) && !traces.first().isEmpty())
            spoil(traces.first()[number(0, int(traces.first().size()) - 1)]);
        while (m_made.size() > 60)
            m_made.removeFirst();
        QList<Json> list;
        for (const QList<ModelRequest> &trace : traces) {
            RequestTrace plain;
            for (const ModelRequest &one : trace)
                plain.requests.append(one.request);
            list.append(plain.toJson());
        }
        step.request = Json{{"method", "settleFees"}, {"args", Json::array({Json::array(list)})}};
        step.model = [provider = addressOf(step.caller), traces](LedgerModel &model) { return model.settle(provider, traces); };
        return step;
    }

    QString make(const Step &step)
    {
        ++m_calls;
        LedgerModel before = m_model;
        m_model.now = m_now;
        const QString expected = step.model(m_model);
        const std::shared_ptr<Ledger> ledger = m_ledger;
        const Json answer = await(callByName(ledger, keyOf(step.caller), step.request));
        const QString said = answer.value(QStringLiteral("error")).toString().section(QLatin1Char('('), 0, 0);
        if (!expected.isEmpty())
            m_model = before;
        if (said != expected)
            return QStringLiteral("the ledger says “%1”, the model “%2”").arg(said, expected);
        return {};
    }

    QString crash(const Step &step)
    {
        ++m_calls;
        LedgerModel after = m_model;
        after.now = m_now;
        const bool refused = !step.model(after).isEmpty();
        const auto end = crashes->call(m_file, step.caller, step.request, m_clock.seconds(), killMoment());
        if (end == CrashingCaller::End::Failed)
            return QStringLiteral("the killed caller failed before that");
        const QByteArray found = await(m_ledger->snapshot()).dump();
        const bool happened = !refused && found == after.snapshot().dump();
        const bool nothing = found == m_model.snapshot().dump();
        if (!happened && !nothing)
            return QStringLiteral("half of it happened: %1").arg(QString::fromUtf8(found));
        if (end == CrashingCaller::End::Done && !refused && !happened)
            return QStringLiteral("it was done, and is not there");
        m_killed += end == CrashingCaller::End::Killed;
        m_killedAndDone += end == CrashingCaller::End::Killed && happened && !nothing;
        if (happened)
            m_model = after;
        return {};
    }

    /// Within the first moments of the call, up to when it is done and a little later, on a machine of any load.
    int killMoment() { return chance(40) ? number(0, 800) : chance(70) ? number(500, 5000) : number(2000, 25000); }

    QString compare()
    {
        const Json found = await(m_ledger->snapshot());
        if (found.dump() != m_model.snapshot().dump())
            return QStringLiteral("the books differ:\n%1\n%2").arg(QString::fromUtf8(found.dump()), QString::fromUtf8(m_model.snapshot().dump()));
        if (allMoney(found) != m_total)
            return QStringLiteral("there are %1 neuron, and there were %2").arg(toDecimal(allMoney(found)), toDecimal(m_total));
        const std::optional<Address> any;
        for (const Account &account : await(m_ledger->accounts(any, any))) {
            if (!rules::isSound(account))
                return QStringLiteral("an account is unsound");
        }
        for (const Json::Member &wallet : found.value(QStringLiteral("wallets")).members()) {
            if (m_model.funded && wallet.second.toString().startsWith(QLatin1Char('-')))
                return QStringLiteral("a wallet is below zero");
        }
        return {};
    }

    std::mt19937_64 m_random;
    QString m_file;
    HandClock m_clock;
    std::shared_ptr<LocalLedger> m_ledger;
    LedgerModel m_model;
    Wei m_total = 0;
    qint64 m_now = m_clock.seconds();
    std::map<std::pair<int, int>, quint64> m_nonces;
    QList<ModelRequest> m_made;
    int m_killed = 0;
    int m_killedAndDone = 0;
    qint64 m_calls = 0;
};

} // namespace

class TstZerogLedgerProperty : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zerog_36_random_sequences_with_crashes_agree_with_the_model();
};

void TstZerogLedgerProperty::zerog_36_random_sequences_with_crashes_agree_with_the_model()
{
    bool given = false;
    const int wanted = qEnvironmentVariableIntValue("SLUICE_ZEROG_SEQUENCES", &given);
    const int sequences = given ? wanted : defaultSequences;
    const int seed = qEnvironmentVariableIntValue("SLUICE_ZEROG_SEED");
    QElapsedTimer timer;
    timer.start();
    qint64 calls = 0;
    qint64 settled = 0;
    int killed = 0;
    int killedAndDone = 0;
    for (int done = 0; done < sequences;) {
        const quint64 worldSeed = quint64(seed) + quint64(done / sequencesPerWorld);
        QTemporaryDir folder;
        World world(worldSeed, folder.filePath(QStringLiteral("ledger.db")));
        for (int i = 0; i < sequencesPerWorld && done < sequences; ++i, ++done) {
            const QString wrong = world.sequence();
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("SLUICE_ZEROG_SEED=%1, sequence %2: %3").arg(worldSeed).arg(i).arg(wrong)));
        }
        calls += world.calls();
        settled += world.settled();
        killed += world.killed();
        killedAndDone += world.killedAndDone();
    }
    qInfo("%d sequences, %lld calls, %lld requests settled; %d callers killed, %d of them after their call was there; %lld ms", sequences, static_cast<long long>(calls), static_cast<long long>(settled),
        killed, killedAndDone, static_cast<long long>(timer.elapsed()));
    // Both kinds of end must have been tried, or the test says nothing.
    QVERIFY(settled > 0);
    QVERIFY(killed > killedAndDone);
    QVERIFY(killedAndDone > 0 || sequences < 200);
}

int main(int argc, char **argv)
{
    CrashingCaller caller; // first: see there
    crashes = &caller;
    QCoreApplication application(argc, argv);
    TstZerogLedgerProperty test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_zerog_ledger_property.moc"
