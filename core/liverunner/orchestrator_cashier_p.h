#pragma once

#include "orchestrator_book_p.h"

namespace sluice::liverunner {

/// What a request with payment headers says, its signatures checked.
struct PaidRequest {
    WirePayment payment;
    Address sender;
    livepeer::SegmentCredentials credentials;
    [[nodiscard]] QString manifest() const { return QString::fromUtf8(credentials.manifestId); }
};

/// Asks for payments, takes them, and bills sessions (live-runner.md 10). On the I/O thread.
class Cashier final : public std::enable_shared_from_this<Cashier> {
public:
    Cashier(SharedContext context, std::shared_ptr<Book> book);

    /// Neither payment header is there.
    [[nodiscard]] static bool isUnpaid(const Headers &fields);
    /// The 402 for that app; else why there is none.
    [[nodiscard]] Expected<Challenge, Refusal> challenge(const Runner &runner, const Headers &fields) const;
    /// Steps 1 to 7 of live-runner.md 10.2: a slot that is paid for, billed from now on.
    [[nodiscard]] Expected<std::shared_ptr<Session>, Refusal> reserve(const std::shared_ptr<Runner> &runner, const Headers &fields);
    /// A further payment of a session: the PaymentResult.
    [[nodiscard]] Expected<QByteArray, Refusal> topUp(const Runner &runner, const std::shared_ptr<Session> &session, const Headers &fields);
    /// `/refresh-payment`.
    [[nodiscard]] Expected<Challenge, Refusal> refresh(const RefreshRequest &request) const;

private:
    [[nodiscard]] Expected<PaidRequest, Refusal> verified(const Headers &fields) const;
    [[nodiscard]] Expected<void, Refusal> checkPrice(const Runner &runner, const PaidRequest &paid) const;
    [[nodiscard]] Expected<void, Refusal> credit(const PaidRequest &paid, const Session &session);
    [[nodiscard]] Expected<livepeer::OrchestratorInfo, Refusal> info(
        const Runner &runner, const Address &payer, const QString &manifest, const Terms &terms) const;
    void bill(const std::shared_ptr<Session> &session);
    void billLater(const std::shared_ptr<Session> &session);

    SharedContext m_context;
    std::shared_ptr<Book> m_book;
};

} // namespace sluice::liverunner
