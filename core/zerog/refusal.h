#pragma once

#include "sluice/base/error.h"
#include "sluice/base/expected.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QString>

namespace sluice::zerog {

/// What the contract answers when it undoes a call, typed (zerog-serving.md 4.1). A value: nothing happened, and nothing is broken.
class Refusal {
public:
    enum class Kind {
        AccountNotexists,             ///< user, provider
        InsufficientBalance,          ///< user, provider
        RefundInvalid,                ///< user, provider, index
        RefundProcessed,              ///< user, provider, index
        RefundLocked,                 ///< user, provider, index
        ServiceNotexist,              ///< provider, name
        EmptyRequestTrace,            ///< -
        NonceUsed,                    ///< index, minimum, given
        InvalidRequest,               ///< index; also of a request of another user than its trace's first (rule 2 of section 7)
        ServiceUpdatedBeforeSettle,   ///< index, updatedAt, createdAt
        InsufficientBalanceWhenSettle, ///< amount, balance
        InsufficientBalanceInPendingRefund, ///< fee, pending: declared by the contract, never met
        // What a chain or the language refuses, not the contract's own errors.
        Panic,                ///< code: 0x11 is arithmetic beyond 256 bits
        NotOwner,             ///< `Ownable: caller is not the owner`
        AlreadyInitialized,   ///< `Initializable: already initialized`
        InsufficientFunds,    ///< wallet, amount, has: the caller's wallet cannot pay it
        TooMuchGas,           ///< needed, of a block: it does not fit into one; nothing where a node only says that it is too much
        Reverted,             ///< name: any other revert, as text or hex
    };

    Refusal() = default;
    explicit Refusal(Kind kind)
        : m_kind(kind)
    {
    }
    static Refusal ofAccount(Kind kind, const Address &user, const Address &provider);
    static Refusal ofRefund(Kind kind, const Address &user, const Address &provider, const U256 &index);
    static Refusal ofService(const Address &provider, const QString &name);
    /// Up to three numbers in the order of the contract's arguments; for a request its index first.
    static Refusal ofNumbers(Kind kind, const QList<U256> &numbers);
    static Refusal ofWallet(const Address &wallet, const U256 &amount, const Wei &has);
    static Refusal reverted(const QString &words);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const Address &user() const { return m_user; }
    [[nodiscard]] const Address &provider() const { return m_provider; }
    [[nodiscard]] const QList<U256> &numbers() const { return m_numbers; }
    [[nodiscard]] const QString &name() const { return m_name; }
    /// Of an error about one request of a trace: which one. Nothing for others.
    [[nodiscard]] std::optional<qsizetype> requestIndex() const;

    /// The error's name alone: "NonceUsed".
    [[nodiscard]] QString kindName() const;
    /// As the page prints it: `NonceUsed(0,2,1)`, `AccountNotexists(0x…,0x…)`; a string argument stands in quotes.
    [[nodiscard]] QString toText() const;
    /// A sentence for a person with the values that were seen, and what to do.
    [[nodiscard]] Error toError() const;

    bool operator==(const Refusal &) const = default;

private:
    Kind m_kind = Kind::Reverted;
    Address m_user;
    Address m_provider;
    QList<U256> m_numbers;
    QString m_name;
};

/// What a call gave, or why the contract refused it.
template <typename T> using Settled = Expected<T, Refusal>;

} // namespace sluice::zerog
