#pragma once

#include "sluice/zerog/entities.h"

#include <QtCore/QHash>

#include <map>

/// What a provider agent decides (zerog-serving.md 3, 5 and rules 2, 4, 6, 13 of section 7), as values. No I/O.
///
/// What is owed for answers is kept as a list of lengths, one for each answer that no accepted call has declared yet, so that calls side by side on
/// one account pay each answer once. With one call at a time it is the page's single stored value.
namespace sluice::zerog {

/// A call as the provider keeps it.
struct ProviderRow {
    ProviderRow() = default;

    enum class State {
        Reserved, ///< accepted, its answer is not there yet
        Served,   ///< to be settled
        Failed,   ///< released: nothing is charged
        Settled,
        Rejected, ///< the ledger will never take it
    };
    [[nodiscard]] static QString name(State state);

    Request request;
    Wei fee = 0;
    State state = State::Reserved;
    QString error;
    std::optional<U256> claimed; ///< the earlier answer that it pays for

    /// Section 10, line 6, with `state` and `error` behind `fee`. Of a failed call the fee is 0.
    [[nodiscard]] Json toJson() const;
};

/// A user at this provider.
struct ProviderUser {
    ProviderUser() = default;

    Address user;
    U256 lockBalance = 0; ///< at the last look into the ledger
    qint64 checkedAt = 0;
    U256 highestNonce = 0; ///< of everything accepted or settled
    std::optional<U256> lastServed;
    std::optional<U256> lastOutput;
    QList<U256> unpaid; ///< lengths of answers that no call has declared
    std::map<U256, ProviderRow> open; ///< reserved and served ones, by nonce

    /// Fees of reserved and served calls (rule 14).
    [[nodiscard]] Wei unsettledFee() const { return m_unsettled; }
    [[nodiscard]] qsizetype reservedCalls() const { return m_reserved; }
    /// What a call must declare now, at least: the shortest answer that is not declared yet, because its caller may not have seen the others.
    /// Nothing while no more answers are not declared than calls are under way.
    [[nodiscard]] U256 requiredOutput() const;
    /// What a settlement takes: served calls below the lowest reserved one, in the order of their nonces.
    [[nodiscard]] QList<Request> settleable() const;

    /// Everything but the rows, for the file.
    [[nodiscard]] ProviderUser counters() const;

    // The steps of a call.
    ProviderRow &reserve(const Request &request, const Wei &fee);
    /// A row of the file, at the start.
    void restore(const ProviderRow &row);
    void served(const U256 &nonce, const std::optional<U256> &count);
    /// Gives back what it was and takes it off the open ones.
    ProviderRow failed(const U256 &nonce, const QString &why);
    /// Takes off served calls up to this nonce; how many.
    qsizetype settledUpTo(const U256 &nonce);
    /// A served call that can never be settled.
    ProviderRow rejected(const U256 &nonce, const QString &why);

private:
    Wei m_unsettled = 0;
    qsizetype m_reserved = 0;
};

/// Why a call is refused; `text` as section 3 has it.
struct CallRefusal {
    QString text;
    bool forBalance = false; ///< another look at the ledger may help
};

/// Seconds that a request's time may differ from ours (rule 2).
inline constexpr qint64 MaxClockDifference = 300;

/// Whether its time is near ours, and after the service's last change.
[[nodiscard]] std::optional<CallRefusal> refusedForTime(const Request &request, const Service &service, qint64 now);
/// Lines 6, 7, 8 and 10 of section 3.
[[nodiscard]] std::optional<CallRefusal> refusedByBook(const Request &request, const U256 &ownCount, const Wei &fee, const ProviderUser &user);

} // namespace sluice::zerog
