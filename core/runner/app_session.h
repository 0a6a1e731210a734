#pragma once

#include "sluice/base/call_context.h"
#include "sluice/base/expected.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <memory>

namespace sluice {

/// A channel that an orchestrator made for an app (live-runner.md 11).
struct AppChannel {
    QString name;        ///< as it was asked for
    QString channelName;
    QUrl url;            ///< for the caller
    QUrl ownUrl;         ///< for the app itself, which may reach the orchestrator elsewhere
    QString mimeType;
};

/// The session that a request to an app belongs to. Thread-safe; the calls wait for the orchestrator, so they belong on a capability's thread.
///
/// They are tried again on network errors and 5xx only, three times in all. Errors: InvalidInput for what the orchestrator would refuse, Http with
/// its words, Network, Timeout, Canceled once the session is over. Tokens are in no error and no log.
class AppSession {
public:
    virtual ~AppSession() = default;
    /// Opaque.
    [[nodiscard]] virtual QString id() const = 0;
    /// What stands in the runner's public addresses.
    [[nodiscard]] virtual QString route() const = 0;
    /// Cancelled when the session is over, by whoever's word.
    [[nodiscard]] virtual CancelToken ended() const = 0;

    /// Makes trickle channels, 1 to 25: pairs of name and MIME type. One that is there already is given as it is.
    [[nodiscard]] virtual Expected<QList<AppChannel>> createChannels(const QList<std::pair<QString, QString>> &wanted) = 0;
    /// Closes channels by the names that they were asked for with.
    [[nodiscard]] virtual Expected<void> removeChannels(const QStringList &names) = 0;
    /// A public address that leads to the app, or to `target` on the app's host. It goes with the session.
    [[nodiscard]] virtual Expected<QUrl> createProxy(const QUrl &target = {}) = 0;
    /// Ends it.
    [[nodiscard]] virtual Expected<void> stop() = 0;
};

} // namespace sluice
