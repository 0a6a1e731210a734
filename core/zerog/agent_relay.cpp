#include "agent_relay_p.h"

#include "agent_http_p.h"

namespace sluice::zerog {

using boost::asio::awaitable;

namespace {

using Clock = std::chrono::steady_clock;

constexpr qsizetype MaxWholeAnswer = 64 * 1024 * 1024;
constexpr qsizetype MaxErrorAnswer = 16 * 1024 * 1024;
/// For a caller that has left.
constexpr qsizetype MostBytesAlone = 64 * 1024 * 1024;

/// How long an answer goes on for a caller that has left.
class Alone final {
public:
    Alone(const ServerResponse &response, std::chrono::milliseconds most)
        : m_response(response)
        , m_most(most)
    {
    }
    /// Throws Timeout when these bytes came after its time was over.
    void took(qsizetype bytes)
    {
        if (!m_response.isClosed())
            return;
        if (!m_since)
            m_since = Clock::now();
        m_bytes += bytes;
        if (Clock::now() - *m_since >= m_most || m_bytes >= MostBytesAlone)
            throw Error(Error::Kind::Timeout, QStringLiteral("the caller has left, and the answer does not end"));
    }

private:
    const ServerResponse &m_response;
    const std::chrono::milliseconds m_most;
    std::optional<Clock::time_point> m_since;
    qsizetype m_bytes = 0;
};

struct Collected {
    Collected() = default;
    QByteArray body;
    std::optional<Error> failure;
};

awaitable<Collected> collected(AsioExchange &exchange, ServerResponse &response, qsizetype most, std::chrono::milliseconds alone)
{
    Collected all;
    try {
        all.body = co_await collectBody(exchange, response, most, alone);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        all.failure = error;
    }
    co_return all;
}

awaitable<void> relayNotOk(AsioExchange &exchange, ServerResponse &response, AnswerKeeper &keeper, QString prefix, std::chrono::milliseconds alone)
{
    const int status = exchange.status();
    Collected all = co_await collected(exchange, response, MaxErrorAnswer, alone);
    const QString why = QStringLiteral("the service answered %1").arg(status);
    co_await keeper.notCounted(AnswerEnd::NotOk, why);
    if (all.failure) {
        co_await answerError(response, QStringLiteral("%1%2, and that broke off: %3").arg(prefix, why, all.failure->message()));
        co_return;
    }
    Headers head = answersHeaders(exchange.headers(), status);
    co_await response.send(status, std::move(head), std::move(all.body));
}

/// Why a whole answer cannot be counted; its count otherwise.
Expected<U256> countOf(AnswerCounter &counter, const QByteArray &body)
{
    if (const auto fed = counter.feed(body); !fed)
        return unexpected(fed.error());
    if (const auto ended = counter.finish(); !ended)
        return unexpected(ended.error());
    if (const auto count = counter.outputCount())
        return *count;
    return unexpected(Error(Error::Kind::Protocol, QStringLiteral("the answer has no countable content")));
}

awaitable<void> relayWhole(AsioExchange &exchange, ServerResponse &response, AnswerCounter &counter, AnswerKeeper &keeper, QString prefix, std::chrono::milliseconds alone)
{
    Collected all = co_await collected(exchange, response, MaxWholeAnswer, alone);
    if (all.failure) {
        const QString why = QStringLiteral("the service's answer broke off: %1").arg(all.failure->message());
        co_await keeper.notCounted(AnswerEnd::Cut, why);
        co_await answerError(response, prefix + why);
        co_return;
    }
    const Expected<U256> count = countOf(counter, all.body);
    if (!count) {
        co_await keeper.notCounted(AnswerEnd::NotCountable, count.error().message());
        co_await answerError(response, prefix + QStringLiteral("get resp output count: ") + count.error().message());
        co_return;
    }
    co_await keeper.counted(*count);
    Headers head = answersHeaders(exchange.headers(), 200);
    co_await response.send(200, std::move(head), std::move(all.body));
}

/// An answer that comes in events.
class EventRelay final {
public:
    EventRelay(AsioExchange &exchange, ServerResponse &response, AnswerCounter &counter, AnswerKeeper &keeper, std::chrono::milliseconds alone)
        : m_exchange(exchange)
        , m_response(response)
        , m_counter(counter)
        , m_keeper(keeper)
        , m_alone(response, alone)
    {
    }

    awaitable<void> run()
    {
        Headers head = answersHeaders(m_exchange.headers(), 200);
        co_await m_response.begin(200, std::move(head));
        bool over = false;
        while (!over)
            over = co_await step();
        if (!m_counted) {
            const QString why = m_problem.isEmpty() ? QStringLiteral("the stream ended before it was complete") : m_problem;
            co_await m_keeper.notCounted(m_uncountable ? AnswerEnd::NotCountable : AnswerEnd::Cut, why);
        }
        if (m_problem.isEmpty())
            co_await m_response.end();
        else
            m_response.abort(); // its caller sees that it was cut
        if (m_counter.ended() && m_problem.isEmpty())
            co_await drain();
    }

private:
    /// The next bytes; true when they were the last.
    awaitable<bool> step()
    {
        QByteArray bytes;
        std::optional<Error> failure;
        try {
            m_exchange.limit(AnswerPatience);
            bytes = co_await m_exchange.read();
            m_alone.took(bytes.size());
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            failure = error;
        }
        if (failure)
            m_problem = QStringLiteral("the service's answer broke off: %1").arg(failure->message());
        const bool last = failure || bytes.isEmpty();
        auto pieces = failure ? Expected<QList<AnswerCounter::Piece>>(QList<AnswerCounter::Piece>()) : last ? m_counter.finish() : m_counter.feed(bytes);
        if (!pieces) {
            m_problem = pieces.error().message();
            m_uncountable = true;
            co_return true;
        }
        for (AnswerCounter::Piece &piece : *pieces) {
            if (piece.completes && !m_counted) {
                m_counted = true;
                co_await m_keeper.counted(m_counter.outputCount().value_or(0));
            }
            co_await m_response.write(std::move(piece.bytes));
        }
        co_return last || m_counter.ended();
    }

    /// What frames the end, so that the connection can take the next call.
    awaitable<void> drain()
    {
        try {
            m_exchange.limit(std::chrono::seconds(1));
            for (int i = 0; i < 4 && !m_exchange.isReusable(); ++i) {
                const QByteArray rest = co_await m_exchange.read();
                if (rest.isEmpty())
                    break;
            }
        } catch (const Error &) {
            m_exchange.close(); // the answer was whole before
        }
    }

    AsioExchange &m_exchange;
    ServerResponse &m_response;
    AnswerCounter &m_counter;
    AnswerKeeper &m_keeper;
    bool m_counted = false;
    bool m_uncountable = false;
    QString m_problem;
    Alone m_alone;
};

} // namespace

awaitable<QByteArray> collectBody(AsioExchange &exchange, ServerResponse &response, qsizetype most, std::chrono::milliseconds alone)
{
    QByteArray body;
    Alone caller(response, alone);
    for (;;) {
        exchange.limit(AnswerPatience);
        const QByteArray bytes = co_await exchange.read();
        if (bytes.isEmpty())
            co_return std::as_const(body);
        body += bytes;
        caller.took(bytes.size());
        if (body.size() > most) {
            exchange.close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("it is larger than %1 bytes").arg(most));
        }
    }
}

awaitable<void> relayAnswer(AsioExchange &exchange, ServerResponse &response, ServiceType type, AnswerKeeper &keeper, QString errorPrefix,
    std::chrono::milliseconds alone)
{
    if (exchange.status() != 200) {
        co_await relayNotOk(exchange, response, keeper, errorPrefix, alone);
        co_return;
    }
    const Headers head = exchange.headers();
    AnswerCounter counter(type, 200, head);
    if (!counter.streams()) {
        co_await relayWhole(exchange, response, counter, keeper, errorPrefix, alone);
        co_return;
    }
    EventRelay relay(exchange, response, counter, keeper, alone);
    co_await relay.run();
}

} // namespace sluice::zerog
