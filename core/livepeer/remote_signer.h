#pragma once

#include "sluice/livepeer/orchestrator_settings.h"
#include "sluice/livepeer/signer_login.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/remote_signing.h"
#include "sluice/payments/signer.h"

#include <map>

namespace sluice::livepeer {

/// What an answer of a signer that is no success means for a person and for a program: SignerRefresh (480), PriceExceeded (481), SkipPayment
/// (482), InsufficientBalance (483), else Signer. `what` begins the sentence. `keySent`: the request said who asks.
[[nodiscard]] Error signerRefusal(const QString &what, const QUrl &url, int status, const QByteArray &body, bool keySent = true);

/// What a signer signed, as an order has to find it. Signer when it is anything else: another recipient, price, sender or value, a number used
/// before, a signature that is none. `after`: the last nonce used with these parameters. Pure.
[[nodiscard]] Expected<SignerTickets> checkedPayment(const SignerPayment &answer, const SignerOrder &order, const Address &sender, quint32 after);

/// A key that another program holds (payments.md 4), over HTTP. Nothing that it says is believed: signatures are checked, and a payment is what
/// was ordered or is not sent.
///
/// Lives on the thread of `http`, which must outlive it, and outlives the tasks it gave out. No request is sent twice by itself,
/// but for one that a signer did not know the sender of (401), which signed nothing: once more, with a renewed sign-in.
class RemoteSigner final : public Signer, public RemoteSigning {
public:
    struct Options {
        Options() = default;
        QUrl origin;
        SecretHeaders headers;
        std::shared_ptr<SignerLogin> login; ///< null: nobody signed in; else its bearer goes in place of any `Authorization`
        std::chrono::milliseconds connectTimeout{5'000};
        std::chrono::milliseconds timeout{30'000}; ///< of one answer (client-sdk.md 3.4)
    };
    RemoteSigner(HttpClient &http, Options options);

    [[nodiscard]] const QUrl &origin() const { return m_options.origin; }
    /// Asks for the account, once. Throws Signer, Canceled, Timeout.
    QCoro::Task<void> ready(CallContext context);
    /// Zero until ready() went well.
    [[nodiscard]] Address address() const override { return m_address; }
    /// Always throws: a remote signer signs no bare hashes.
    QCoro::Task<Signature> signHash(Hash32 inner) override;
    QCoro::Task<Signature> signAddress(CallContext context) override;
    [[nodiscard]] RemoteSigning *remote() override { return this; }

    [[nodiscard]] SignerPlan plan(const SignerOrder &order) const override;
    QCoro::Task<SignerTickets> pay(SignerOrder order, SignerPlan plan, CallContext context) override;
    QCoro::Task<QString> signJob(SignableJob job, bool v1, CallContext context) override;
    void forgetChain(const QString &chain) override { m_chains.erase(chain); }

private:
    /// What was paid in one chain, as its signer counts it (payments.md 4.3).
    struct Chain {
        std::optional<SignedState> state;
        PriceInfo initial;
        Rational balance;
        Hash32 session; ///< recipientRandHash of the last tickets
        quint32 lastNonce = 0;
        bool byUnits = false; ///< the signer counts the time no more: a chain of it was lost
        bool lied = false; ///< nothing further is asked for it: each lie would use up the budget there
        QString manifestId;   ///< of a chain whose order names none
    };
    QCoro::Task<HttpResponse> post(const char *route, QByteArray body, CallContext context);
    QCoro::Task<HttpResponse> postAs(Secret authorization, const char *route, QByteArray body, CallContext context);
    QCoro::Task<SignerTickets> step(SignerOrder order, SignerPlan::Step step, CallContext context);
    [[nodiscard]] bool countsItself(const SignerOrder &order) const;
    [[nodiscard]] Error unreachable(const Error &error, const QUrl &url) const;

    HttpClient &m_http;
    [[nodiscard]] bool sendsKey() const { return m_options.login || !m_options.headers.isEmpty(); }

    Options m_options;
    Address m_address;
    Signature m_addressSignature;
    std::map<QString, Chain> m_chains;
};

} // namespace sluice::livepeer
