#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <chrono>
#include <utility>

namespace sluice {

/// One request to the app of a session. Costs nothing besides the session itself.
struct AppCall {
    AppCall() = default; // no aggregate: see DESIGN.md 3
    QByteArray method = "POST";
    QString path; ///< below the session's address, with its query
    QByteArray contentType = "application/json";
    QByteArray accept = "*/*";
    QByteArray body;
    std::chrono::milliseconds timeout{60'000}; ///< until the answer's headers, and of all of it where it is collected
    qint64 maxAnswerBytes = 64 * 1024 * 1024;  ///< of an answer that is collected
};

/// What the app answered, whatever its status.
struct AppReply {
    AppReply() = default;
    int status = 0;
    QByteArray contentType;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< empty where it was given piece by piece
    QUrl url;
};

} // namespace sluice
