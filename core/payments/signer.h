#pragma once

#include "sluice/base/call_context.h"
#include "sluice/crypto/private_key.h"

#include <QCoro/QCoroTask>

namespace sluice {

class RemoteSigning;

/// Signs with the sender's key. Used from one thread, the one that runs the calls.
class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual Address address() const = 0;
    /// A signature over EIP-191 of these 32 bytes: `inner` is a ticket's hash or keccak256 of a message
    /// (payments.md 2.6). Throws Error of kind Signer when it cannot be had.
    virtual QCoro::Task<Signature> signHash(Hash32 inner) = 0;
    /// What proves to orchestrators who asks: over the EIP-55 text of address(). Throws Signer, Canceled, Timeout.
    virtual QCoro::Task<Signature> signAddress(CallContext context);
    /// Where the key is another program's, which signs what it understands and nothing else; null for a key of this process.
    [[nodiscard]] virtual RemoteSigning *remote() { return nullptr; }
};

/// Signs with a key of this process.
class LocalSigner final : public Signer {
public:
    explicit LocalSigner(PrivateKey key)
        : m_key(std::move(key))
    {
    }
    [[nodiscard]] Address address() const override { return m_key.address(); }
    QCoro::Task<Signature> signHash(Hash32 inner) override;

private:
    PrivateKey m_key;
};

} // namespace sluice
