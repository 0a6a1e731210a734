#pragma once

#include "peers/scripted_orchestrator.h"

#include "sluice/gateway/gateway.h"
#include "sluice/backend/user_data.h"
#include "sluice/store/run_history.h"
#include "sluice/store/ticket_log.h"

#include <QtTest/QTest>

namespace sluice::test {

inline constexpr qint64 Price = 100'000'000;
inline const QByteArray SenderKey = "ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36";
inline const QString SenderAddress = QStringLiteral("0xA83Cc3117bfe5153D236F958500E39b397610082");

[[nodiscard]] inline GatewayConfig directConfig(const QList<QUrl> &orchestrators)
{
    GatewayConfig config;
    for (const QUrl &url : orchestrators)
        config.orchUrls.append(url.toString());
    config.senderKey = Secret(SenderKey);
    return config;
}

[[nodiscard]] inline Call callTo(const QString &capability, Verb verb = Verb::Run)
{
    Call call;
    call.capability = capability;
    call.verb = verb;
    call.path = QStringLiteral("predict");
    call.input = Json{{QStringLiteral("text"), "hello"}};
    return call;
}

/// The value or the error, once the future has ended.
template <typename T> Expected<T> settled(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000))
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("the future did not end")));
    try {
        future.waitForFinished();
    } catch (const Error &error) {
        return unexpected(error);
    }
    if (future.isCanceled())
        return unexpected(Error(Error::Kind::Canceled, QStringLiteral("canceled")));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return future.result();
}

/// The newest run in the history, whole.
[[nodiscard]] inline RunRecord latestRun(UserData &data)
{
    const auto page = data.history().pageSync(QString(), 0, 1);
    return page.rows.isEmpty() ? RunRecord() : data.history().byIdSync(page.rows.first().id).value_or(RunRecord());
}

} // namespace sluice::test
