#include "sluice/net/asio_tls.h"

#include "sluice/net/tls_ciphers_p.h"

#include <QtCore/QSet>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <functional>
#include <mutex>
#include <optional>

namespace sluice {

namespace asio = boost::asio;

namespace {

// Read from disk once in the life of the program, which takes milliseconds. Where that fails, every certificate has a problem,
// which judge() receives.
X509_STORE *systemAuthorities()
{
    static X509_STORE *const store = [] {
        X509_STORE *made = X509_STORE_new();
        X509_STORE_set_default_paths(made);
        return made;
    }();
    return store;
}

// Guards access to a TlsTrust that may be destroyed on its own thread at any time.
struct TrustGuard {
    std::mutex mutex;
    TlsTrust *trust = nullptr;
};

// One question to another thread. Either side may end first; the other one sees that.
struct Question {
    std::mutex mutex;
    bool waiting = true; ///< guarded; false once the asking coroutine is gone, and perhaps its I/O thread too
    asio::steady_timer *timer = nullptr; ///< touched on the I/O thread only
    std::optional<Expected<void>> answer; ///< written before, read after the timer was cancelled
};

// The asking coroutine's side of it, which also ends when the coroutine is destroyed.
class Asker {
public:
    Asker(std::shared_ptr<Question> question, const asio::any_io_executor &executor, std::chrono::milliseconds timeout)
        : m_question(std::move(question))
        , m_timer(executor, timeout)
    {
        m_question->timer = &m_timer;
    }
    ~Asker()
    {
        const std::scoped_lock lock(m_question->mutex);
        m_question->waiting = false;
        m_question->timer = nullptr;
    }
    Asker(const Asker &) = delete;
    Asker &operator=(const Asker &) = delete;
    /// False when the time was over first.
    asio::awaitable<bool> answered()
    {
        const auto [error] = co_await m_timer.async_wait(asio::as_tuple(asio::use_awaitable));
        co_return bool(error);
    }

private:
    std::shared_ptr<Question> m_question;
    asio::steady_timer m_timer;
};

// The answering side: when its last copy is destroyed the asking coroutine resumes, also when the question was never read.
std::shared_ptr<Question> askedVia(const asio::any_io_executor &executor, const std::shared_ptr<Question> &question)
{
    return {question.get(), [question, executor](Question *) {
                const std::scoped_lock lock(question->mutex);
                if (!question->waiting)
                    return;
                asio::post(executor, [question] {
                    if (question->timer)
                        question->timer->cancel();
                });
            }};
}

class TrustingTls final : public AsioTls {
public:
    TrustingTls(TlsTrust &trust, TrustPolicy policy)
        : m_policy(policy)
    {
        m_guard->trust = &trust;
        QObject::connect(&trust, &QObject::destroyed, [guard = m_guard] {
            const std::scoped_lock lock(guard->mutex);
            guard->trust = nullptr;
        });
    }

    asio::awaitable<Expected<void>> judge(QUrl url, QSslCertificate certificate, QString problem, std::chrono::milliseconds timeout) override
    {
        Ask ask = [policy = m_policy, url, certificate, problem](TlsTrust &trust) { return trust.judge(policy, url, certificate, problem); };
        co_return co_await asked(std::move(ask), url, timeout);
    }
    asio::awaitable<Expected<void>> permits(QUrl url, std::chrono::milliseconds timeout) override
    {
        // Asked once for each server: the trust's thread may be blocked on this very connection, as at the end of a job.
        const QString server = TlsTrust::hostPort(url);
        if (wasPermitted(server))
            co_return Expected<void>();
        Ask ask = [url](TlsTrust &trust) { return trust.permits(url); };
        Expected<void> verdict = co_await asked(std::move(ask), url, timeout);
        if (verdict) {
            const std::scoped_lock lock(m_permittedMutex);
            m_permitted.insert(server);
        }
        co_return verdict;
    }

private:
    [[nodiscard]] bool wasPermitted(const QString &server)
    {
        const std::scoped_lock lock(m_permittedMutex);
        return m_permitted.contains(server);
    }

    using Ask = std::function<Expected<void>(TlsTrust &)>;

    // Runs `ask` on the trust's own thread.
    asio::awaitable<Expected<void>> asked(Ask ask, QUrl url, std::chrono::milliseconds timeout)
    {
        const auto executor = co_await asio::this_coro::executor;
        const auto question = std::make_shared<Question>();
        Asker asker(question, executor, timeout);
        auto asking = askedVia(executor, question);
        {
            const std::scoped_lock lock(m_guard->mutex);
            if (TlsTrust *trust = m_guard->trust)
                QMetaObject::invokeMethod(trust, [trust, asking, ask = std::move(ask)] { asking->answer = ask(*trust); }, Qt::QueuedConnection);
        }
        asking.reset();
        const bool answered = co_await asker.answered();
        if (!answered)
            co_return unexpected(Error(Error::Kind::Timeout, QStringLiteral("Nobody said in time whether %1 is to be trusted.").arg(TlsTrust::hostPort(url))));
        if (!question->answer)
            co_return unexpected(Error(Error::Kind::Canceled, QStringLiteral("The program is ending.")));
        co_return *question->answer;
    }

    std::shared_ptr<TrustGuard> m_guard = std::make_shared<TrustGuard>();
    std::mutex m_permittedMutex;
    QSet<QString> m_permitted; ///< servers that may be used in clear text
    TrustPolicy m_policy;
};

class ExpectingTls final : public AsioTls {
public:
    explicit ExpectingTls(QString fingerprint)
        : m_fingerprint(std::move(fingerprint))
    {
    }
    asio::awaitable<Expected<void>> judge(QUrl url, QSslCertificate certificate, QString problem, std::chrono::milliseconds) override
    {
        const QString seen = TlsTrust::fingerprint(certificate);
        if (m_fingerprint == TlsTrust::VerifiedBySystem ? problem.isEmpty() : seen == m_fingerprint)
            co_return Expected<void>();
        co_return unexpected(Error(Error::Kind::TlsChanged,
            QStringLiteral("The key of %1 is %2 and not the one that was expected. Nothing was sent.").arg(TlsTrust::hostPort(url), seen))
                                 .withAdvice(QStringLiteral("Ask the operator whether the key is theirs; accept it only then.")));
    }

    asio::awaitable<Expected<void>> permits(QUrl url, std::chrono::milliseconds) override
    {
        co_return unexpected(Error(Error::Kind::Network,
            QStringLiteral("%1 was used encrypted before, so nothing is sent to it in clear text.").arg(TlsTrust::hostPort(url)))
                                 .withAdvice(QStringLiteral("Use its https address.")));
    }

private:
    QString m_fingerprint;
};

class SystemTls final : public AsioTls {
public:
    asio::awaitable<Expected<void>> judge(QUrl url, QSslCertificate, QString problem, std::chrono::milliseconds) override
    {
        if (problem.isEmpty())
            co_return Expected<void>();
        co_return unexpected(Error(Error::Kind::Network,
            QStringLiteral("The certificate of %1 cannot be trusted: %2.").arg(TlsTrust::hostPort(url), problem))
                                 .withAdvice(QStringLiteral("Check the address and this machine's clock.")));
    }
};

class UnverifiedTls final : public AsioTls {
public:
    asio::awaitable<Expected<void>> judge(QUrl, QSslCertificate, QString, std::chrono::milliseconds) override { co_return Expected<void>(); }
};

} // namespace

asio::awaitable<Expected<void>> AsioTls::permits(QUrl, std::chrono::milliseconds)
{
    co_return Expected<void>();
}

std::shared_ptr<AsioTls> AsioTls::trusting(TlsTrust &trust, TrustPolicy policy)
{
    return std::make_shared<TrustingTls>(trust, policy);
}

std::shared_ptr<AsioTls> AsioTls::expecting(const QString &fingerprint)
{
    return std::make_shared<ExpectingTls>(fingerprint);
}

std::shared_ptr<AsioTls> AsioTls::systemCas()
{
    return std::make_shared<SystemTls>();
}

std::shared_ptr<AsioTls> AsioTls::unverified()
{
    static const std::shared_ptr<AsioTls> shared = std::make_shared<UnverifiedTls>();
    return shared;
}

std::shared_ptr<asio::ssl::context> AsioTls::context()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_context) {
        m_context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
        preferQuickCiphers(*m_context);
        // The handshake may go on with any certificate: nothing is sent before judge() has accepted it.
        m_context->set_verify_mode(asio::ssl::verify_none);
        SSL_CTX_set1_cert_store(m_context->native_handle(), systemAuthorities());
    }
    return m_context;
}

} // namespace sluice
