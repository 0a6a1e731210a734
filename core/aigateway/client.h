#pragma once

#include "sluice/aigateway/answer.h"
#include "sluice/aigateway/request.h"
#include "sluice/base/call_context.h"
#include "sluice/base/secret.h"
#include "sluice/net/http_client.h"

#include <QCoro/QCoroTask>

#include <functional>

namespace sluice::aigateway {

/// A file that an answer named, fetched.
struct MediaFile {
    MediaFile() = default; // no aggregate: see DESIGN.md 3
    QByteArray contentType;
    QByteArray content;
    QUrl url; ///< where it was; empty for a data URI
};

/// Calls a Livepeer AI gateway's pipelines (openai.md 4.4, 9). A request is sent once: also a 503 may have been paid for. Lives on one thread.
class Client {
public:
    /// `http` must outlive the client. `apiKey` goes to the gateway's own origin alone.
    Client(HttpClient &http, QUrl gateway, Secret apiKey, std::chrono::milliseconds connectTimeout);

    [[nodiscard]] const QUrl &gateway() const { return m_gateway; }
    [[nodiscard]] bool hasKey() const { return !m_apiKey.isEmpty(); }
    /// Below the gateway's base URL, one slash between.
    [[nodiscard]] QUrl urlOf(const QString &path) const;

    /// Sends and returns when the answer's head is there, whatever its status. NoOrchestrator when the connection was closed without one.
    QCoro::Task<std::shared_ptr<HttpStream>> open(PipelineRequest request, Headers further, CallContext context);
    /// The whole body of a success; what it is made of so far is in `received`, also when it fails. Refusals as refusedError().
    QCoro::Task<QByteArray> bodyOf(std::shared_ptr<HttpStream> stream, PipelineRequest request, qsizetype maxBytes, std::shared_ptr<QByteArray> received);
    /// A question that costs nothing: GET, any status.
    QCoro::Task<HttpResponse> get(QString path, CallContext context);
    /// The same with a body.
    QCoro::Task<HttpResponse> ask(PipelineRequest question, CallContext context);

    /// The file behind an address of an answer. Http, TooLarge, Network; Protocol for an address that a gateway may not name.
    QCoro::Task<MediaFile> fetch(QString url, qsizetype maxBytes, CallContext context);

    /// Asks for an asynchronous job, ever less often, until it is done; its result. Each question is free, so that one without an answer is
    /// asked again.
    QCoro::Task<Json> resultOf(QString path, QString requestId, CallContext context);

private:
    [[nodiscard]] HttpRequest requestTo(const QByteArray &method, const QUrl &url) const;

    HttpClient &m_http;
    QUrl m_gateway;
    Secret m_apiKey;
    std::chrono::milliseconds m_connectTimeout;
};

} // namespace sluice::aigateway
