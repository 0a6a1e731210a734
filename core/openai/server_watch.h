#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <chrono>
#include <functional>

namespace sluice::openai {

/// One request of a server, as far as it has come. A value; every text in it is its caller's.
struct ServedRequest {
    ServedRequest() = default; // no aggregate: see DESIGN.md 3
    QString id;          ///< its answer's `x-request-id`; UpstreamRequest::requestId of what it asks for
    QByteArray method;
    QByteArray path;
    QString client;      ///< the program that asks, as it names itself (`User-Agent`)
    QString model;       ///< once its body was read
    int status = 0;      ///< of the answer; 0 before there is one
    bool streams = false; ///< the answer has begun and comes in pieces
    bool ended = false;
    bool whole = false;  ///< with `ended`: the caller got all of the answer
    QString problem;     ///< what the caller was told of a failure, also within a stream that had begun
    std::chrono::milliseconds duration{0}; ///< so far
};

/// Told of each request when it begins, after each step, and when it has ended. On the I/O thread, which it must not hold up.
using ServerWatch = std::function<void(const ServedRequest &)>;

} // namespace sluice::openai
