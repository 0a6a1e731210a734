#pragma once

#include "sluice/base/secret_mask.h"
#include "sluice/net/http_client.h"
#include "sluice/openai/api_error.h"
#include "sluice/openai/client_settings.h"
#include "sluice/openai/model_list.h"

#include <QCoro/QCoroTask>

namespace sluice::openai {

/// What one call sends.
struct ClientRequest {
    ClientRequest() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one
    QString path;              ///< below the base URL
    QByteArray contentType = "application/json";
    QByteArray body;
    QByteArray accept = "application/json";
    std::chrono::milliseconds answerTimeout{0}; ///< until the answer begins; zero for none
};

/// Speaks to one OpenAI-compatible server. A call is one request, which is never sent again; its key is in no error, whoever repeats it.
///
/// Lives on the HttpClient's thread, and outlives the tasks that it gave out.
class Client {
public:
    Client(HttpClient &http, ClientSettings settings, const CallTiming &timing);

    [[nodiscard]] const ClientSettings &settings() const { return m_settings; }

    /// The models that the server lists; nothing from a server that has no list. Config when its API is elsewhere on it, Protocol when it
    /// is no such server, Http when it refuses, and what HttpClient may say.
    [[nodiscard]] QCoro::Task<std::optional<QList<ListedModel>>> models(CallContext context);

    /// Sends; gives the answer once it has begun, with a status of 200 to 299. For all others the error that refused() makes of it.
    [[nodiscard]] QCoro::Task<std::shared_ptr<HttpStream>> send(ClientRequest request, CallContext context);

    /// The error for an answer that is one: what the server said, in whatever form, and what to do about it.
    [[nodiscard]] Error refused(const QByteArray &method, const QUrl &url, int status, const Headers &headers, const QByteArray &body) const;
    /// The same for one that came within a 200.
    [[nodiscard]] Error failed(const QUrl &url, const ApiError &said) const;
    /// A page for browsers where an answer should be: what a login, a proxy or a wrong address gives with status 200. Nothing when it is none.
    [[nodiscard]] std::optional<Error> pageInstead(const QUrl &url, const QByteArray &body) const;
    /// `error` without the key, at `url`.
    [[nodiscard]] Error hidden(Error error, const QUrl &url) const;

private:
    [[nodiscard]] HttpRequest requestTo(const QUrl &url) const;
    [[nodiscard]] QString adviceFor(int status, const ApiError &said, const Headers &headers) const;
    [[nodiscard]] bool isVersioned() const;
    QCoro::Task<bool> listsBelowV1(CallContext context);

    HttpClient &m_http;
    ClientSettings m_settings;
    CallTiming m_timing;
    SecretMask m_mask;
};

} // namespace sluice::openai
