#pragma once

#include "await.h"
#include "exit_code.h"
#include "served_profile.h"

#include "sluice/base/json.h"

#include <QtCore/QUrl>

/// What the commands share that serve until Ctrl-C.
namespace sluice::ctl {

/// Where a server listens, as the first line of standard output: with `json` {"event":"ready","url":…} and the members of `more`, else `address`, or
/// `url` where that is empty.
void writeReady(bool json, const QString &url, const Json &more = Json::object(), const QString &address = {});

/// Waits for Ctrl-C, or until the profile cannot be served any more, which it throws; then stops the server, which listens, and closes the profile
/// that it serves, if it serves one.
template <typename Server> QCoro::Task<int> serveUntilStopped(Server *server, std::shared_ptr<ServedProfile> served = {})
{
    const QFuture<void> stopped = served ? served->stopped() : interruption();
    std::optional<Error> failure;
    try {
        co_await outcomeOf(stopped);
    } catch (const Error &error) {
        failure = error;
    }
    server->stop();
    if (served)
        co_await served->close();
    if (failure)
        throw *failure;
    co_return ExitOk;
}

} // namespace sluice::ctl
