#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace sluice {

/// One request that came through the endpoint, and what became of it. A value; its texts are the caller's own, and plain.
struct EndpointCall {
    enum class State {
        Waiting,   ///< no answer has begun
        Streaming, ///< it comes in pieces
        Answered,  ///< the caller got all of it
        Refused,   ///< by the endpoint itself, which asked nobody: a wrong key, a path that is none
        Failed,    ///< the caller was told of a failure
        Canceled,  ///< from here
        Left,      ///< the caller went away before the end
    };

    QString id;          ///< the answer's x-request-id
    QDateTime at;        ///< UTC
    QString client;      ///< the program, as it names itself; may be empty
    QString method;
    QString path;
    QString model;       ///< as the caller names it
    QString backend;     ///< what the model stands for; empty for a request that is no call
    QString capability;
    QStringList runIds;  ///< in the history: usually one, more for a request of several answers
    State state = State::Waiting;
    int status = 0;      ///< of the answer; 0 before there is one
    QString problem;     ///< what the caller was told of a failure
    qint64 pieces = 0;   ///< of a streamed answer, so far
    std::chrono::milliseconds duration{0}; ///< of one that has ended
    std::optional<qint64> promptTokens;    ///< as the answer counts them
    std::optional<qint64> completionTokens;
    QString paidWei = QStringLiteral("0"); ///< with tickets, so far
    std::optional<QString> chargedWei;     ///< what it took of the balance, paid now or before, once that is known

    [[nodiscard]] bool isRunning() const { return state == State::Waiting || state == State::Streaming; }
    bool operator==(const EndpointCall &) const = default;
};

} // namespace sluice
