#pragma once

#include "sluice/zerog/entities.h"

#include <deque>
#include <map>

/// What a user agent decides (zerog-serving.md 2.5 and rules 5, 11, 12 of section 7), as values. No I/O.
namespace sluice::zerog {

/// A call as its user keeps it.
struct UserCall {
    UserCall() = default;

    enum class State {
        Sent,     ///< under way
        Done,     ///< its answer was counted
        Failed,   ///< refused, or the service failed: not charged
        Unknown,  ///< nobody here knows whether the provider counted it
        Resolved, ///< was unknown, and the provider was believed once
    };
    [[nodiscard]] static QString name(State state);

    Address provider;
    Request request;
    Wei fee = 0; ///< at the prices that were known
    State state = State::Sent;
    QString error;
    std::optional<U256> units;   ///< of its answer
    std::optional<U256> claimed; ///< the earlier answer that it pays for

    [[nodiscard]] Json toJson() const;
};

/// What to do about a provider that expects another previous output.
struct OutputDecision {
    enum class Step {
        Sign,        ///< what it expects was counted here
        SignInDoubt, ///< for a call whose end was not seen; show it
        Wait,        ///< until another call ends: its answer may be what is expected
        WaitShortly, ///< the same, for a moment: then what is expected was counted here before
        Refuse,      ///< never sign that
    };
    Step step = Step::Refuse;
};

/// The calls of one account.
struct ProviderAccount {
    ProviderAccount() = default;

    Address provider;
    U256 nonce = 0; ///< the last that was used
    std::optional<U256> lastOutput;
    QList<U256> unpaid; ///< lengths of answers that no call has declared
    std::map<U256, UserCall> flying;
    QList<U256> doubts; ///< nonces of calls in the state Unknown

    /// Everything but the calls, for the file.
    [[nodiscard]] ProviderAccount counters() const;
    /// What the next call declares: the longest answer that none has.
    [[nodiscard]] U256 nextOutput() const;
    /// A new call with the next nonce, unsigned. `lookedAt`: when the service was as it is here; `declared`: instead of nextOutput().
    [[nodiscard]] UserCall begin(const Service &service, const U256 &inputCount, qint64 lookedAt, const std::optional<U256> &declared);
    void done(const U256 &nonce, const U256 &count);
    void failed(const U256 &nonce);
    void unknown(const U256 &nonce);
    /// `waited`: how many short moments this call has waited. Of a call whose end was not seen no more than `mostInDoubt` is believed.
    [[nodiscard]] OutputDecision decide(const U256 &expected, int waited, const U256 &mostInDoubt) const;
    /// The provider was believed; the nonce of the call that it was for.
    U256 resolveOne();
    /// A count of this agent's own, of before.
    void remember(const U256 &count);

private:
    [[nodiscard]] std::optional<U256> land(const U256 &nonce);
    std::deque<U256> m_measured; ///< the latest counts
};

/// Why a provider agent refused a call, as far as an answer to it is known.
struct ProviderRefusal {
    enum class Kind { Other, Nonce, PreviousOutput, ServiceChanged };
    Kind kind = Kind::Other;
    U256 value = 0; ///< the nonce that was the highest, or the output that is expected
};
/// Reads the body of a 400.
[[nodiscard]] ProviderRefusal providerRefusal(const QByteArray &body);

} // namespace sluice::zerog
