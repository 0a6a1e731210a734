#pragma once

#include "sluice/base/json.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/headers.h"
#include "sluice/signer/decision.h"

namespace sluice::signer {

/// Where an operator is asked whether a payment may be signed (payments.md 4.4).
struct WebhookOptions {
    QUrl url; ///< empty: nobody is asked
    Headers headers; ///< of the operator
    std::chrono::milliseconds timeout{5'000};
    std::shared_ptr<AsioTls> tls = AsioTls::systemCas();
};

/// A yes.
struct WebhookAnswer {
    qint64 expiry = 0; ///< unix seconds until which it need not be asked again; 0: not said
    QString authId;
    std::optional<Rational> maxPrice;
};

/// The body of the question: the caller's headers under their canonical names, and the state as it will be.
[[nodiscard]] QByteArray webhookQuestion(const Headers &callersHeaders, const QByteArray &state);
/// What an answer means: 200 with a status of 200 in it is a yes, another positive status goes to the client with its reason, all else is 500; a
/// `maxPrice` that is none is 502.
[[nodiscard]] Expected<WebhookAnswer, Refusal> readWebhookAnswer(int httpStatus, QByteArrayView body);
/// Asks. Runs on the I/O thread.
[[nodiscard]] boost::asio::awaitable<Expected<WebhookAnswer, Refusal>> askWebhook(WebhookOptions options, QByteArray question);

} // namespace sluice::signer
