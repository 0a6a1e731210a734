#pragma once

#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace sluice::openai {

/// An error as OpenAI's API tells it (openai.md 6.4), with the status that it goes with. A value.
struct ApiError {
    ApiError() = default; // no aggregate: see DESIGN.md 3
    int status = 500;
    QString message;
    QString type = QStringLiteral("server_error");
    std::optional<QString> code;  ///< "model_not_found"; of a server that gives a number: its digits
    std::optional<QString> param; ///< the member of the request that is at fault
    QByteArray retryAfter;        ///< the server's `retry-after`, as it wrote it
    bool operator==(const ApiError &) const = default;

    /// 400: the caller's request does not fit.
    [[nodiscard]] static ApiError invalidRequest(QString message, std::optional<QString> param = std::nullopt);
    /// 502: the upstream failed, or did not answer what it should.
    [[nodiscard]] static ApiError badGateway(QString message);
    /// What an upstream's error answer means for our own caller: its words and, where it is the caller's affair, its status.
    /// `openAiServer`: the upstream is one, whose 404 is about the model; a gateway's is about the path.
    [[nodiscard]] static ApiError fromUpstream(int status, const QByteArray &body, const QByteArray &retryAfter, bool openAiServer);

    /// `{"error":{"message","type","param","code"}}`, always with all four.
    [[nodiscard]] Json toJson() const;
};

/// An error answer, in whatever form it comes (openai.md 4.4, 6.6): as an object, as a text, FastAPI's, as a page, as nothing. The message
/// is never empty.
[[nodiscard]] ApiError readApiError(int status, const QByteArray &body);
/// The same of an event or of a 200 that is one: an object whose `error` is an object or a text; nothing for all others.
[[nodiscard]] std::optional<ApiError> errorIn(const Json &json);

} // namespace sluice::openai
