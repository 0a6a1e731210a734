#pragma once

#include "sluice/livepeer/network_access.h"
#include "sluice/livepeer/remote_signer.h"
#include "sluice/payments/sender_source.h"
#include "sluice/payments/ticket_sender.h"

#include <chrono>
#include <memory>
#include <vector>

namespace sluice {
class UserData;
}

namespace sluice::livepeer {

/// The remote signers of a profile: a call is given the first that can be had, and stays with it once that one has paid.
///
/// A signer that could not be had is passed over for half a minute, then tried again in its place. Lives on the thread of `http`; `http`,
/// `data` and `limits` must outlive it.
class SignerPool final : public SenderSource {
public:
    /// `login`: for those signers that it is meant for (SignerAccess::bySignIn); null: nobody signed in.
    SignerPool(HttpClient &http, UserData &data, SpendLimits &limits, QList<SignerAccess> signers, std::shared_ptr<SignerLogin> login = nullptr);
    ~SignerPool() override;
    SignerPool(const SignerPool &) = delete;
    SignerPool &operator=(const SignerPool &) = delete;

    QCoro::Task<TicketSender *> pick(CallContext context) override;
    bool passOver(TicketSender *sender, const Error &why) override;
    /// The accounts that are known so far, EIP-55.
    [[nodiscard]] QStringList accounts() const;

private:
    struct Member;
    std::vector<std::unique_ptr<Member>> m_members; ///< in order of preference
};

/// Under which name a purse is kept for what these signers pay, whatever accounts they have.
[[nodiscard]] QString signerPurse(const QList<SignerAccess> &signers);

} // namespace sluice::livepeer
