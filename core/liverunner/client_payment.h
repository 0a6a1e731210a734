#pragma once

#include "sluice/base/in_turn.h"
#include "sluice/livepeer/live_funding.h"
#include "sluice/liverunner/client_wire.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/ticket_observer.h"
#include "sluice/payments/ticket_sender.h"

namespace sluice::liverunner {

/// What a call may cost.
struct PaymentBounds {
    PaymentBounds() = default; // no aggregate: see DESIGN.md 3
    QString callId;               ///< whose spending limit counts
    std::optional<Wei> maxSpend;  ///< of the call, in wei of expected value
    std::optional<Rational> cap;  ///< that the person set, in wei per second, or per call of a fixed price
    std::optional<Rational> seen; ///< the price that the person saw, likewise
};

/// The dearest price that is paid (live-runner.md 13): 1.012 of what is listed, or less where the person set or saw less. PriceExceeded when what is
/// listed is above that already; Payment when it is no price that can be paid. Pure.
[[nodiscard]] Expected<Rational> ceilingFor(const ListedPrice &listed, const PaymentBounds &bounds);
/// Nothing, or PriceExceeded for what a challenge asks. Pure.
[[nodiscard]] Expected<void> checkAsked(const PaymentTerms &terms, PriceUnit unit, const Rational &ceiling);

/// The money of one session or one single-shot call: answers one challenge, and pays ahead while it lasts (live-runner.md 10).
///
/// A payment whose answer was lost is sent again as it is, never made anew: so it counts once, wherever it got lost. Lives on the thread of
/// `http`, which with `sender` must outlive it, and outlives the tasks it gave out.
class RunnerPayments {
public:
    using Funds = livepeer::Funds;
    struct Options {
        Options() = default;
        std::chrono::milliseconds interval{3'900};        ///< just below a whole second, since signers round up
        std::chrono::milliseconds requestTimeout{10'000}; ///< of payment and refresh
        std::chrono::milliseconds connectTimeout{5'000};
    };
    /// One debit of an orchestrator (live-runner.md 10.3).
    static constexpr qint64 DebitSeconds = 5;

    /// `ceiling`: as ceilingFor() gives it.
    RunnerPayments(HttpClient &http, TicketSender &sender, QString app, PriceUnit unit, Rational ceiling, PaymentBounds bounds,
        std::shared_ptr<TicketObserver> observer, Options options);
    ~RunnerPayments();
    RunnerPayments(const RunnerPayments &) = delete;
    RunnerPayments &operator=(const RunnerPayments &) = delete;

    [[nodiscard]] TicketSender &sender() const { return m_sender; }
    [[nodiscard]] PriceUnit unit() const { return m_unit; }
    [[nodiscard]] bool isMetered() const { return m_unit != PriceUnit::Fixed; }
    [[nodiscard]] const PaymentTerms &terms() const { return m_terms; }

    /// Makes the first payment for this challenge, which was given at `called`. Throws what TicketSender::prepare() does, SignerRefresh included:
    /// then another challenge is wanted.
    QCoro::Task<void> answer(PaymentTerms terms, QUrl called, CallContext context);
    /// The two headers of the first payment.
    [[nodiscard]] Headers headers() const { return m_headers; }
    /// The first payment was handed to the network, or was not. Once for each answer().
    QCoro::Task<void> settled(bool sent);
    /// Wei of expected value that left this machine.
    [[nodiscard]] const Rational &sent() const { return m_sent; }
    /// It runs from now on: what was paid is being used.
    void begin();

    /// Pays for the next seconds, if the interval has passed. Throws what may go better next time. `refused` of the answer says what will not;
    /// isReleased() then tells whether it is over there.
    QCoro::Task<Funds> pay(CallContext context);
    [[nodiscard]] bool isReleased() const { return m_released; }
    /// No further payment: the session is over, by whoever's word.
    void end();

private:
    using Steady = std::chrono::steady_clock;
    struct Sent {
        Sent() = default;
        Headers headers;
        Rational value;
        bool repeated = false;
    };

    [[nodiscard]] TicketOrder orderFor(const Rational &needed, bool first) const;
    QCoro::Task<void> buy(Rational needed, bool first, CallContext context);
    QCoro::Task<void> refresh(CallContext context);
    void adopt(const QByteArray &raw, const livepeer::OrchestratorInfo &info);
    QCoro::Task<QByteArray> credentials(QByteArray given);
    QCoro::Task<Funds> payInTurn(CallContext context);
    QCoro::Task<void> deliver(CallContext context);
    void judge(int status, const QByteArray &body);
    [[nodiscard]] Rational perSecond() const;
    [[nodiscard]] Rational ahead() const;
    [[nodiscard]] Funds funds() const;
    [[nodiscard]] Headers headersFor(const QByteArray &segment) const;
    [[nodiscard]] HttpRequest request(const QUrl &url) const;

    HttpClient &m_http;
    TicketSender &m_sender;
    const QString m_app;
    const PriceUnit m_unit;
    const Rational m_ceiling;
    const PaymentBounds m_bounds;
    const std::shared_ptr<TicketObserver> m_observer;
    Options m_options;
    const QString m_chain;
    PaymentTerms m_terms;
    QUrl m_called;
    QByteArray m_raw;
    livepeer::OrchestratorInfo m_info;
    std::optional<PriceInfo> m_initialPrice;
    PreparedPayment m_payment;       ///< made and not sent yet
    Headers m_headers;
    std::optional<Sent> m_unsettled; ///< left, and its answer was lost
    Rational m_sent;
    Rational m_credited;             ///< of which the orchestrator took
    std::optional<Steady::time_point> m_began;
    Steady::time_point m_last;       ///< payment
    std::shared_ptr<PaidAhead::Use> m_use;
    std::optional<Error> m_ended;    ///< why no further payment is made
    bool m_released = false;
    int m_refusals = 0;
    InTurn m_turns;
};

} // namespace sluice::liverunner
