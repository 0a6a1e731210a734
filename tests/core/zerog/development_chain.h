#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/private_key.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QProcess>
#include <QtCore/QUrl>
#include <QtTest/QTest>

namespace sluice::zerog::test {

/// tests/peers/zerog/chain.js while it lives: a real EVM with the contracts of this project's tests on it.
class DevelopmentChain {
public:
    DevelopmentChain() = default;
    ~DevelopmentChain() { stop(); }
    DevelopmentChain(const DevelopmentChain &) = delete;
    DevelopmentChain &operator=(const DevelopmentChain &) = delete;

    /// Whether tests/integration/zerog_chain.py runs this test.
    [[nodiscard]] static bool isThere() { return !qEnvironmentVariableIsEmpty("SLUICE_CHAIN_MODULES"); }

    /// False, with the program's own words on standard error, when it does not start.
    [[nodiscard]] bool start(qint64 blockGas = 30'000'000)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("NODE_PATH"), qEnvironmentVariable("SLUICE_CHAIN_MODULES"));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("node"), {QStringLiteral(SLUICE_SOURCE_DIR "/tests/peers/zerog/chain.js"), QString::number(blockGas)});
        const QByteArray line = answer();
        if (line.isEmpty())
            return false;
        const Json ready = orThrow(Json::parse(line));
        for (const Json &one : ready.value(QStringLiteral("keys")).items())
            keys.append(orThrow(PrivateKey::fromHex(one.toString().mid(2).rightJustified(64, QLatin1Char('0')).toLatin1())));
        url = QUrl(ready.value(QStringLiteral("url")).toString());
        serving = orThrow(Address::fromHex(ready.value(QStringLiteral("contract")).toString()));
        ledger = orThrow(Address::fromHex(ready.value(QStringLiteral("ledger")).toString()));
        inference = orThrow(Address::fromHex(ready.value(QStringLiteral("inference")).toString()));
        return true;
    }

    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    /// Moves its time; "passed".
    [[nodiscard]] QByteArray pass(qint64 seconds) { return tell("pass " + QByteArray::number(seconds)); }
    /// A transaction of keys.at(key); "sent", or what was said against it.
    [[nodiscard]] QByteArray send(int key, const Address &to, const QByteArray &data, const U256 &value = 0)
    {
        return tell("send " + QByteArray::number(key) + ' ' + to.toLower().toLatin1() + ' ' + toDecimal(value).toLatin1() + " 0x" + data.toHex());
    }

    QUrl url;
    Address serving;   ///< Serving.sol
    Address ledger;    ///< of Network.sol
    Address inference;
    QList<PrivateKey> keys; ///< of four funded wallets; the first deployed

private:
    QByteArray tell(const QByteArray &line)
    {
        m_process.write(line + '\n');
        return answer();
    }
    QByteArray answer()
    {
        constexpr int longest = 120'000;
        if (!QTest::qWaitFor([this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; }, longest))
            return {};
        return m_process.readLine().trimmed();
    }

    QProcess m_process;
};

} // namespace sluice::zerog::test
