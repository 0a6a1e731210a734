#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"
#include "sluice/endpoint/endpoint_call.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>
#include <optional>

namespace sluice {

class Gateway;

/// OpenAI's API on this machine, in front of a Gateway's capabilities: other programs call them, paid within its limits and kept in its
/// history, and each request is told here as it goes. On loopback only, with a key that callers must bring.
///
/// On the Gateway's thread, whose event loop must run. Knows no more than the latest 500 requests.
class LocalEndpoint final : public QObject {
    Q_OBJECT
public:
    explicit LocalEndpoint(QObject *parent = nullptr);
    /// Stops.
    ~LocalEndpoint() override;

    /// A key that nobody can guess: "sk-sluice-…".
    [[nodiscard]] static Secret freshKey();

    /// Begins to answer at that port (0: a free one) and gives the base URL for clients, "http://127.0.0.1:4000/v1". `profile` is the
    /// name of the Gateway's profile. Network when the port is taken; InvalidInput without a key.
    [[nodiscard]] Expected<QUrl> start(Gateway &gateway, const QString &profile, quint16 port, const Secret &apiKey);
    /// Ends every call that runs. Harmless twice.
    void stop();
    /// Another Gateway of the same profile, for calls from now on; null: until there is one, calls are answered with 503.
    void setGateway(Gateway *gateway);

    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QUrl baseUrl() const;
    [[nodiscard]] QString profile() const;

    /// Of the requests, also of those before the last stop, newest first.
    [[nodiscard]] QStringList calls() const;
    [[nodiscard]] std::optional<EndpointCall> call(const QString &id) const;
    /// How many are on their way.
    [[nodiscard]] int running() const;
    /// Ends the call; its caller is told that it was.
    void cancel(const QString &id);
    /// Forgets the requests that have ended; the history keeps their runs.
    void clear();

Q_SIGNALS:
    /// It began to answer, or stopped.
    void runningChanged(bool running);
    void callBegan(const QString &id);
    /// Anything of it; while it streams, with every piece.
    void callChanged(const QString &id);
    void callForgotten(const QString &id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
