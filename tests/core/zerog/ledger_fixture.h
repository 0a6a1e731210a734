#pragma once

#include "sluice/base/task.h"
#include "sluice/crypto/keccak.h"
#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/request_hash.h"

#include <QtCore/QEventLoop>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTemporaryDir>

#include <atomic>

namespace sluice::zerog::test {

/// Runs the event loop until the task is done; its result or its error.
template <typename T> T await(QCoro::Task<T> task)
{
    const QFuture<T> future = toFuture(std::move(task));
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<T> watcher;
        QObject::connect(&watcher, &QFutureWatcher<T>::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        loop.exec();
    }
    if constexpr (std::is_void_v<T>)
        QFuture<T>(future).waitForFinished();
    else
        return future.result();
}

/// A clock that stands still until it is moved.
class HandClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(m_seconds, Qt::UTC); }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return std::chrono::seconds(m_seconds.load()); }
    void pass(qint64 seconds) { m_seconds += seconds; }
    [[nodiscard]] qint64 seconds() const { return m_seconds; }

private:
    std::atomic<qint64> m_seconds{1'724'308'732};
};

/// A key that is always the same for the same number.
inline PrivateKey key(int number)
{
    return orThrow(PrivateKey::fromBytes(keccak256(QByteArray::number(number)).bytes()));
}

inline Request signedRequest(const PrivateKey &user, const Address &provider, const QString &service, quint64 input, quint64 previousOutput, quint64 nonce, qint64 createdAt)
{
    Request request;
    request.serviceName = service;
    request.inputCount = input;
    request.previousOutputCount = previousOutput;
    request.nonce = nonce;
    request.createdAt = createdAt;
    signRequest(request, provider, user);
    return request;
}

inline Service service(const QString &name, quint64 inputPrice, quint64 outputPrice)
{
    Service one;
    one.name = name;
    one.type = QStringLiteral("chatbot");
    one.url = QStringLiteral("http://127.0.0.1:3080");
    one.inputPrice = inputPrice;
    one.outputPrice = outputPrice;
    return one;
}

/// Sum of all wallets and all balances in a snapshot.
inline Wei allMoney(const Json &snapshot)
{
    Wei sum = 0;
    for (const Json::Member &wallet : snapshot.value(QStringLiteral("wallets")).members())
        sum += orThrow(weiFromDecimal(wallet.second.toString()));
    for (const Json &account : snapshot.value(QStringLiteral("accounts")).items())
        sum += orThrow(weiFromDecimal(account.value(QStringLiteral("balance")).toString()));
    return sum;
}

/// Of a call that is not refused.
inline void must(const Settled<void> &settled)
{
    if (!settled)
        throw settled.error().toError();
}

/// The refusal's text, or "ok".
template <typename T> QString told(const Settled<T> &settled)
{
    return settled ? QStringLiteral("ok") : settled.error().toText();
}

} // namespace sluice::zerog::test
