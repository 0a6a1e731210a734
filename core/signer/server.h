#pragma once

#include "sluice/base/clock.h"
#include "sluice/net/http_server.h"
#include "sluice/signer/budget_book.h"
#include "sluice/signer/webhook.h"

namespace sluice::signer {

/// One who may ask for signatures, told from others by its bearer.
struct Caller {
    QString name; ///< under which its spending is kept
    Secret key;
};

struct ServerOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;  ///< 0: a free one
    QStringList hosts; ///< further names of this server, as HttpServerOptions takes them
    QList<Caller> callers; ///< empty: no bearer is asked for, and all callers share one budget, unless a webhook tells them apart
    Rules rules;
    std::optional<Wei> cap; ///< of what each caller may ever spend, in wei of expected value
    WebhookOptions webhook;
    std::function<SenderView()> chain; ///< what is known of the chain; on any thread. Unset: nothing
    QUrl discovery; ///< whose list `/discover-orchestrators` passes on; empty: the route is not there
    std::shared_ptr<AsioTls> discoveryTls = AsioTls::systemCas();
    const Clock *clock = &Clock::system();
};

/// A remote signer (payments.md 4): signs payments and BYOC jobs for callers that have no key. On loopback unless told otherwise; on any
/// other address it does not listen without a way to tell callers apart.
///
/// What a payment costs is in the book before its signature leaves. Made, listened and stopped from any thread but the I/O thread; the
/// IoThread must outlive it.
class Server final {
public:
    Server(IoThread &io, PrivateKey key, ServerOptions options, std::shared_ptr<BudgetBook> book);
    /// Stops.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// Binds and begins to answer. Errors: Network (port in use), Config (a public address without credentials, a webhook in clear text).
    [[nodiscard]] Expected<QUrl> listen();
    void stop();
    /// "http://127.0.0.1:8935", once listening.
    [[nodiscard]] QUrl url() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice::signer
