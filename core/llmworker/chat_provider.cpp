#include "sluice/llmworker/chat_provider.h"

#include "sluice/llmworker/chat_events.h"
#include "sluice/llmworker/python_text.h"
#include "sluice/net/asio_exchange.h"
#include "sluice/net/asio_wait.h"

#include <boost/asio/this_coro.hpp>

#include <QtCore/QRandomGenerator>

namespace sluice::llmworker {

namespace {

using boost::asio::awaitable;

/// Of an answer that is an error.
constexpr qsizetype MaxErrorBytes = 256 * 1024;
constexpr std::chrono::seconds LongestAskedPause{60};

Error failure(const QString &text)
{
    return Error(Error::Kind::Http, text);
}

/// As the original's library says it.
QString statusText(int status, const QByteArray &body)
{
    const QString text = QString::fromUtf8(body).trimmed();
    const QString code = QStringLiteral("Error code: %1").arg(status);
    if (const auto json = Json::parse(text.toUtf8()))
        return code + QStringLiteral(" - ") + python::str(*json);
    return text.isEmpty() ? code : text;
}

bool mayPass(int status)
{
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

/// A body that is being read; the time-out bounds each wait for more of it.
class ChatAnswer final : public Answer {
public:
    ChatAnswer(std::unique_ptr<AsioExchange> exchange, std::chrono::milliseconds timeout)
        : m_exchange(std::move(exchange))
        , m_timeout(timeout)
    {
    }

    awaitable<QStringList> next() override
    {
        for (;;) {
            if (m_ended)
                co_return QStringList();
            m_exchange->limit(m_timeout);
            std::optional<Error> error;
            QByteArray bytes;
            try {
                bytes = co_await m_exchange->read();
            } catch (const Error &caught) {
                error = caught;
            }
            if (error)
                throw cut(*error);
            m_ended = bytes.isEmpty();
            QStringList fragments = orThrow(m_ended ? m_events.finish() : m_events.feed(bytes));
            if (!m_ended && m_events.isDone()) {
                m_exchange->close();
                fragments += orThrow(m_events.finish());
                m_ended = true;
            }
            if (!fragments.isEmpty())
                co_return std::move(fragments);
        }
    }

private:
    static Error cut(const Error &error)
    {
        if (error.kind() == Error::Kind::Canceled)
            return error;
        if (error.kind() == Error::Kind::Timeout)
            return failure(QStringLiteral("timed out"));
        return failure(QStringLiteral("peer closed connection without sending complete message body (incomplete chunked read)"));
    }

    std::unique_ptr<AsioExchange> m_exchange;
    std::chrono::milliseconds m_timeout;
    ChatEvents m_events;
    bool m_ended = false;
};

/// What came of one request.
struct Attempt {
    Attempt() = default;
    std::shared_ptr<Answer> answer;
    QString failure;
    bool repeat = false; ///< it may go well the next time
    std::optional<std::chrono::milliseconds> pause; ///< as the server asks for
};

class ChatProvider final : public Provider {
public:
    explicit ChatProvider(ChatProviderOptions options)
        : m_options(std::move(options))
    {
        QString path = m_options.base.path();
        while (path.endsWith(QLatin1Char('/')))
            path.chop(1);
        m_options.base.setPath(path + QStringLiteral("/chat/completions"));
    }

    [[nodiscard]] Expected<void> ready() const override
    {
        if (!m_options.missing.isEmpty())
            return unexpected(Error(Error::Kind::Config, m_options.missing));
        return {};
    }

    awaitable<std::shared_ptr<Answer>> ask(ModelSettings settings, QList<Message> messages) override
    {
        const QByteArray body = bodyOf(settings, messages);
        QString said;
        for (int i = 0; i < m_options.tries; ++i) {
            Attempt attempt = co_await asked(body);
            if (attempt.answer)
                co_return std::move(attempt.answer);
            said = attempt.failure;
        }
        throw failure(said);
    }

private:
    static QByteArray bodyOf(const ModelSettings &settings, const QList<Message> &messages)
    {
        return Json{{QStringLiteral("messages"), historyToJson(messages)}, {QStringLiteral("model"), settings.model}, {QStringLiteral("max_tokens"), nullptr},
            {QStringLiteral("stream"), true}, {QStringLiteral("temperature"), settings.temperature}}
            .dump();
    }

    /// One try, with its repeats.
    awaitable<Attempt> asked(QByteArray body)
    {
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        for (int repeat = 0;; ++repeat) {
            Attempt attempt = co_await sent(body);
            if (attempt.answer || !attempt.repeat || repeat == m_options.repeats)
                co_return std::move(attempt);
            const auto usual = m_options.firstPause * (1 << repeat);
            // Up to a quarter less, so that many who failed at once do not come back at once.
            const auto shorter = usual - usual * int(QRandomGenerator::global()->bounded(250)) / 1000;
            boost::asio::steady_timer timer(executor, attempt.pause.value_or(shorter));
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }

    awaitable<Attempt> sent(QByteArray body)
    {
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        Headers fields = headers::contentType("application/json");
        headers::set(fields, "Accept", "application/json");
        if (!m_options.key.isEmpty())
            headers::set(fields, "Authorization", "Bearer " + m_options.key.expose().toByteArray());
        auto exchange = std::make_unique<AsioExchange>(executor, m_options.base, nullptr, AsioAnswerBounds());
        std::optional<Error> error;
        Attempt attempt;
        try {
            co_await exchange->connect(m_options.timeout);
            co_await exchange->send("POST", m_options.base, fields, std::move(body), m_options.timeout);
            co_await exchange->receiveHead(m_options.timeout);
        } catch (const Error &caught) {
            error = caught;
        }
        if (error && error->kind() == Error::Kind::Canceled)
            throw Error(*error);
        if (error) {
            attempt.repeat = true;
            attempt.failure = error->kind() == Error::Kind::Timeout ? QStringLiteral("Request timed out.") : QStringLiteral("Connection error.");
            co_return attempt;
        }
        if (exchange->status() >= 200 && exchange->status() < 300) {
            attempt.answer = std::make_shared<ChatAnswer>(std::move(exchange), m_options.timeout);
            co_return attempt;
        }
        attempt.repeat = mayPass(exchange->status());
        const auto asked = headers::value(exchange->headers(), "Retry-After").toInt();
        if (asked > 0 && asked <= LongestAskedPause.count())
            attempt.pause = std::chrono::seconds(asked);
        const int status = exchange->status();
        const QByteArray told = co_await bodyOfError(std::move(exchange));
        attempt.failure = statusText(status, told);
        co_return attempt;
    }

    /// As much of it as comes, and as is worth telling.
    awaitable<QByteArray> bodyOfError(std::unique_ptr<AsioExchange> exchange)
    {
        QByteArray body;
        exchange->limit(m_options.timeout);
        try {
            while (body.size() < MaxErrorBytes) {
                const QByteArray bytes = co_await exchange->read();
                if (bytes.isEmpty())
                    break;
                body += bytes;
            }
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            // The status was told; what there is of its words will do.
        }
        co_return body;
    }

    ChatProviderOptions m_options;
};

} // namespace

ChatProviderOptions ChatProviderOptions::openAi(const QUrl &base, const Secret &key)
{
    ChatProviderOptions options;
    options.base = base;
    options.key = key;
    options.timeout = std::chrono::seconds(5);
    if (key.isEmpty())
        options.missing = QStringLiteral("The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable");
    return options;
}

ChatProviderOptions ChatProviderOptions::vllm(const QUrl &base, const Secret &key)
{
    ChatProviderOptions options;
    options.base = base;
    options.key = key;
    if (base.isEmpty())
        options.missing = QStringLiteral("There is no server for the provider 'vllm': VLLM_URI is not set.");
    return options;
}

std::shared_ptr<Provider> makeChatProvider(ChatProviderOptions options)
{
    return std::make_shared<ChatProvider>(std::move(options));
}

} // namespace sluice::llmworker
