#include "orchestrator_worker_call_p.h"

#include "sluice/base/log.h"
#include "sluice/payments/balance_text.h"

#include <boost/asio/steady_timer.hpp>

namespace sluice::byoc {

namespace {

/// The clocks beside a relayed stream. They stop it by closing the worker's connection, so that no write to the
/// client is ever cut in the middle of a line.
class StreamClocks : public std::enable_shared_from_this<StreamClocks> {
public:
    enum class Stop { No, InsufficientBalance, TimeLimit, ClientGone, Broken };

    StreamClocks(boost::asio::io_context &context, std::shared_ptr<AsioHttpStream> worker)
        : m_limit(context)
        , m_debit(context)
        , m_worker(std::move(worker))
    {
    }

    /// `debit` takes the price of one interval and says whether the balance still covers it.
    void start(std::chrono::seconds limit, std::chrono::milliseconds interval, std::function<bool()> debit)
    {
        m_takeDebit = std::move(debit);
        m_interval = interval;
        m_limit.expires_after(limit);
        m_limit.async_wait([self = shared_from_this()](const boost::system::error_code &error) {
            if (!error)
                self->stop(Stop::TimeLimit);
        });
        m_debit.expires_after(interval);
        scheduleDebit();
    }
    void stop(Stop reason)
    {
        if (m_stop == Stop::No)
            m_stop = reason;
        cancel();
        m_worker->close();
    }
    void cancel()
    {
        m_limit.cancel();
        m_debit.cancel();
        m_takeDebit = nullptr;
    }
    [[nodiscard]] Stop stopped() const { return m_stop; }

private:
    void scheduleDebit()
    {
        m_debit.async_wait([self = shared_from_this()](const boost::system::error_code &error) {
            if (!error && self->m_takeDebit)
                self->debit();
        });
    }
    void debit()
    {
        try {
            if (!m_takeDebit()) {
                stop(Stop::InsufficientBalance);
                return;
            }
        } catch (const Error &error) {
            // A stream that can no longer be charged for ends.
            qCWarning(logByoc, "debit: %s", qUtf8Printable(error.describe()));
            stop(Stop::Broken);
            return;
        }
        // From the last due time and not from now, so that delays do not add up.
        m_debit.expires_at(m_debit.expiry() + m_interval);
        scheduleDebit();
    }

    boost::asio::steady_timer m_limit;
    boost::asio::steady_timer m_debit;
    std::shared_ptr<AsioHttpStream> m_worker;
    std::function<bool()> m_takeDebit;
    std::chrono::milliseconds m_interval{0};
    Stop m_stop = Stop::No;
};

struct StopClocks {
    std::shared_ptr<StreamClocks> clocks;
    ~StopClocks() { clocks->cancel(); }
};

Headers streamHeaders(const AsioHttpStream &worker, const Rational &balance)
{
    return {
        {"Content-Type", "text/event-stream"},
        {"Cache-Control", "no-cache"},
        {"Connection", "keep-alive"},
        {header::Metadata, headers::value(worker.headers(), header::Metadata)},
        {header::StreamBalance, balance_text::header(balance)},
    };
}

/// One line of the worker; empty at its end, nothing when it broke off.
Awaitable<std::optional<QByteArray>> nextLine(AsioHttpStream &worker, qsizetype maxBytes)
{
    try {
        co_return co_await worker.readLine(maxBytes);
    } catch (const Error &error) {
        // The client only sees that it breaks off; the node's log has the reason.
        if (error.kind() == Error::Kind::TooLarge)
            qCWarning(logByoc, "a worker's stream was broken off: one of its lines is longer than %lld bytes, as a picture in one event is", (long long)maxBytes);
        else
            qCDebug(logByoc, "worker stream: %s", qUtf8Printable(error.describe()));
        co_return std::nullopt;
    }
}

} // namespace

Awaitable<void> WorkerCall::relay(std::shared_ptr<AsioHttpStream> worker, ServerResponse &response)
{
    using Stop = StreamClocks::Stop;
    const Headers fields = streamHeaders(*worker, m_job.balance(m_context->recipient));
    if (!co_await response.begin(200, fields))
        co_return;

    const auto clocks = std::make_shared<StreamClocks>(m_context->node.io().context(), worker);
    const StopClocks stopClocks{clocks};
    const Subscription hangUp = response.onClosed([clocks] { clocks->stop(Stop::ClientGone); });
    clocks->start(m_job.timeout(), m_context->options.debitInterval,
        [this] {
            return m_job.price.isFree()
                || m_context->recipient.ledger().debit(m_job.sender, m_job.header.capability, m_job.price.fee(m_context->options.debitSeconds)) >= 0;
        });

    bool balanceTold = false;
    std::optional<QByteArray> line;
    for (line = co_await nextLine(*worker, m_context->options.maxLineBytes); line && !line->isEmpty();
         line = co_await nextLine(*worker, m_context->options.maxLineBytes)) {
        if (!balanceTold && line->contains("[DONE]")) {
            balanceTold = true;
            co_await response.write("data: {\"balance\": " + balance_text::inStream(m_job.balance(m_context->recipient)) + "}\n\n\n");
        }
        if (!line->endsWith('\n'))
            line->append('\n');
        if (!co_await response.write(*line))
            break;
    }
    if (m_context->has(Quirk::EndlessBlankLines) && clocks->stopped() == Stop::No) {
        while (clocks->stopped() == Stop::No) {
            if (!co_await response.write("\n"))
                break;
        }
    }

    if (clocks->stopped() == Stop::InsufficientBalance)
        co_await response.write("event: insufficient balance\ndata: {\"balance\": 0}\n\ndata: [DONE]\n\n");
    // When the worker broke off, or wrote a line beyond the bound, the client's answer breaks off too.
    const bool cut = clocks->stopped() == Stop::Broken || (!line && clocks->stopped() == Stop::No);
    clocks->cancel();
    if (cut)
        response.abort();
    else
        co_await response.end();
}

} // namespace sluice::byoc
