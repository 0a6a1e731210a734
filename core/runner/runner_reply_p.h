#pragma once

#include "sluice/base/json.h"
#include "sluice/net/headers.h"

#include <exception>

namespace sluice {

/// A whole answer.
struct RunnerReply {
    int status = 0;
    Headers headers;
    QByteArray body;
};

// Replies are made in plain functions, outside of coroutines: DESIGN.md 3.
[[nodiscard]] RunnerReply jsonReply(int status, const Json &body);
/// `{"detail": text}`, with one header if it has a name.
[[nodiscard]] RunnerReply detailReply(int status, const QString &text, const QByteArray &header = {}, const QByteArray &value = {});
/// 422, or 413, for a body that is no JSON.
[[nodiscard]] RunnerReply brokenBodyReply(const Error &error);

/// The fields of one server-sent event; data with line breaks takes one field per line.
[[nodiscard]] QByteArray eventText(const QByteArray &data);

/// What a capability threw, as status and body; and as a sentence.
struct RunnerFailure {
    int status = 500;
    Json body;
    QString text;
    QByteArray event; ///< the same for a stream that has begun
};
[[nodiscard]] RunnerFailure describeFailure(const std::exception_ptr &exception, const Json &input);

} // namespace sluice
