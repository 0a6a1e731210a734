#include "sluice/net/http_connection_p.h"

#include "sluice/net/http_request_p.h"

#include "sluice/base/log.h"

#include <QtCore/QThread>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslConfiguration>

#include <limits>
#include <tuple>

namespace sluice {

namespace {

constexpr qsizetype ReadAhead = 64 * 1024;
constexpr qsizetype MaxAnswerHeaderBytes = 256 * 1024;
constexpr int MaxInterimAnswers = 10;
constexpr qsizetype MaxLeftover = 64 * 1024;
constexpr std::chrono::seconds LeftoverTime{1};

int milliseconds(const QDeadlineTimer &deadline)
{
    return int(std::min<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max()));
}

/// How long the connection may wait for its next request: as the server announces (`Keep-Alive: timeout=5`), and a second less.
std::chrono::milliseconds idleTime(const Headers &fields)
{
    for (const QByteArray &part : headers::value(fields, "Keep-Alive").split(',')) {
        const QByteArray word = part.trimmed();
        bool isNumber = false;
        const int seconds = word.startsWith("timeout=") ? word.mid(8).toInt(&isNumber) : 0;
        if (isNumber)
            return std::min(IdleConnections::DefaultIdle, std::chrono::milliseconds(std::chrono::seconds(std::clamp(seconds - 1, 0, 3600))));
    }
    return IdleConnections::DefaultIdle;
}

void startFor(QTimer &timer, const QDeadlineTimer &deadline)
{
    if (!deadline.isForever())
        timer.start(milliseconds(deadline));
}

} // namespace

std::shared_ptr<HttpConnection> HttpConnection::create(
    HttpRequest request, CallContext context, TlsTrust &trust, std::weak_ptr<IdleConnections> idle, qsizetype maxBody)
{
    // The last reference may go on a thread that cancels, and a QObject must be deleted on its own.
    return {new HttpConnection(std::move(request), std::move(context), trust, std::move(idle), maxBody), [](HttpConnection *connection) {
                if (connection->thread() == QThread::currentThread())
                    delete connection;
                else
                    connection->deleteLater();
            }};
}

HttpConnection::HttpConnection(
    HttpRequest request, CallContext context, TlsTrust &trust, std::weak_ptr<IdleConnections> idle, qsizetype maxBody)
    : m_request(std::move(request))
    , m_context(std::move(context))
    , m_trust(trust)
    , m_idle(std::move(idle))
    , m_answer({MaxAnswerHeaderBytes, maxBody, MaxInterimAnswers}, m_request.method)
{
    for (QTimer *timer : {&m_deadline, &m_stepLimit, &m_readLimit}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
    }
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(&m_readLimit, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(&m_stepLimit, &QTimer::timeout, this, &HttpConnection::onDeadline);
}

HttpConnection::~HttpConnection()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

void HttpConnection::listen()
{
    QSslSocket *socket = m_socket.get();
    connect(socket, &QAbstractSocket::connected, this, &HttpConnection::onConnected);
    connect(socket, &QSslSocket::sslErrors, this, &HttpConnection::onSslErrors);
    connect(socket, &QSslSocket::encrypted, this, &HttpConnection::onEncrypted);
    connect(socket, &QIODevice::readyRead, this, &HttpConnection::pump);
    connect(socket, &QAbstractSocket::errorOccurred, this, &HttpConnection::onSocketError);
    connect(socket, &QAbstractSocket::disconnected, this, &HttpConnection::pump);
    connect(socket, &QIODevice::bytesWritten, this, [this] {
        if (m_phase == Phase::Sending && m_socket->bytesToWrite() == 0 && m_socket->encryptedBytesToWrite() == 0)
            enter(Phase::Waiting);
    });
}

void HttpConnection::start(const CancelToken &alive)
{
    cancelFrom(m_context.cancel, m_callCanceled);
    cancelFrom(alive, m_clientGone);
    if (m_error)
        return;
    startFor(m_deadline, m_context.deadline);
    if (takeKept())
        sendRequest();
    else
        connectNew();
}

/// A connection of an earlier request to the same server, if its key is still the right one: what is trusted may have changed since.
bool HttpConnection::takeKept()
{
    const auto idle = m_idle.lock();
    if (!idle)
        return false;
    KeptConnection kept = idle->take(IdleConnections::keyOf(m_request.url, m_request.trust));
    if (!kept.socket)
        return false;
    const bool tls = m_request.url.scheme() == QLatin1String("https");
    if (tls && !m_trust.judge(m_request.trust, m_request.url, kept.socket->peerCertificate(), kept.tlsProblem)) {
        kept.socket->abort(); // a new handshake shows what the server has now
        return false;
    }
    m_socket = std::move(kept.socket);
    m_tlsProblem = kept.tlsProblem;
    m_kept = true;
    listen();
    return true;
}

void HttpConnection::connectNew()
{
    m_socket = std::make_unique<QSslSocket>();
    listen();
    m_stepLimit.start(m_request.connectTimeout);
    enter(Phase::Connecting);
    // A small limit makes TCP flow control slow the sender down while nothing is read here.
    m_socket->setReadBufferSize(2 * ReadAhead);
    const bool tls = m_request.url.scheme() == QLatin1String("https");
    const auto port = quint16(m_request.url.port(tls ? 443 : 80));
    const QString host = m_request.url.host();
    // Asking the system for its proxies may block, and this machine needs none to reach itself.
    if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
        m_socket->setProxy(QNetworkProxy::NoProxy);
    if (!tls) {
        m_socket->connectToHost(host, port);
        return;
    }
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
    m_socket->setSslConfiguration(configuration);
    m_socket->connectToHostEncrypted(host, port);
}

void HttpConnection::cancelFrom(const CancelToken &token, Subscription &subscription)
{
    subscription = token.onCancel([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        if (self->thread() == QThread::currentThread())
            self->close();
        else
            QMetaObject::invokeMethod(self.get(), &HttpConnection::close, Qt::QueuedConnection);
    });
}

void HttpConnection::close()
{
    if (m_phase != Phase::Finished)
        fail(Error(Error::Kind::Canceled, QStringLiteral("Cancelled.")));
}

void HttpConnection::release()
{
    if (m_phase == Phase::Finished || m_released)
        return;
    if (!m_headersDone || m_waiting) {
        close();
        return;
    }
    m_released = true;
    m_self = shared_from_this();
    m_answer.setMaxBodyBytes(m_received + MaxLeftover);
    m_deadline.stop();
    m_readLimit.start(LeftoverTime);
    std::ignore = takeBody(); // and what is there already
}

void HttpConnection::enter(Phase phase)
{
    m_phase = phase;
    m_step.end();
    const QString detail = phase == Phase::Connecting ? server() : QString();
    const char *const names[] = {"connect", "tls", "send", "wait", "receive"};
    if (phase != Phase::Finished)
        m_step = m_context.trace->begin(QString::fromLatin1(names[int(phase)]), detail);
}

void HttpConnection::onConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_request.url.scheme() == QLatin1String("https"))
        enter(Phase::Tls);
    else
        sendRequest();
}

void HttpConnection::onSslErrors(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &error : errors)
        texts.append(error.errorString());
    texts.removeDuplicates();
    m_tlsProblem = texts.join(QStringLiteral("; "));
    // The handshake may go on: nothing is sent before onEncrypted() has judged the key.
    if (m_request.trust == TrustPolicy::PinOnFirstUse)
        m_socket->ignoreSslErrors();
}

void HttpConnection::onEncrypted()
{
    const auto verdict = m_trust.judge(m_request.trust, m_request.url, m_socket->peerCertificate(), m_tlsProblem);
    if (m_error)
        return; // a listener to TlsTrust cancelled the request
    if (!verdict)
        fail(verdict.error());
    else
        sendRequest();
}

void HttpConnection::sendRequest()
{
    m_stepLimit.stop();
    if (m_request.answerTimeout.count() > 0)
        m_stepLimit.start(m_request.answerTimeout);
    enter(Phase::Sending);
    m_request.sent->store(true);
    m_socket->write(requestHead());
    m_socket->write(m_request.body);
}

QByteArray HttpConnection::requestHead() const
{
    Headers ours{{"Connection", "keep-alive"}};
    ours += http_request::length(m_request.method, m_request.body.size());
    if (!headers::contains(m_request.headers, "User-Agent"))
        ours.emplaceBack("User-Agent", "sluice");
    return http_request::head(m_request.method, m_request.url, ours, m_request.headers);
}

void HttpConnection::pump()
{
    while (!m_error && m_phase != Phase::Finished && m_answer.body().size() < ReadAhead && m_socket->bytesAvailable() > 0)
        parse(m_socket->read(ReadAhead - m_answer.body().size()));
    const bool sent = m_phase == Phase::Sending || m_phase == Phase::Waiting || m_phase == Phase::Receiving;
    if (!m_error && sent && m_socket->state() == QAbstractSocket::UnconnectedState && m_socket->bytesAvailable() == 0)
        onEndOfInput();
}

void HttpConnection::parse(QByteArray &&bytes)
{
    if (m_phase != Phase::Sending && m_phase != Phase::Waiting && m_phase != Phase::Receiving) {
        fail(Error(Error::Kind::Protocol, QStringLiteral("%1 spoke before it was asked.").arg(server())));
        return;
    }
    m_received += bytes.size();
    m_in += bytes;
    if (const auto code = m_answer.parse(m_in)) {
        fail(m_answer.error(code, server()));
        return;
    }
    if (!m_answer.isHeadDone())
        return;
    if (!m_headersDone) {
        m_headersDone = true;
        m_stepLimit.stop();
        enter(Phase::Receiving);
    }
    if (m_released)
        std::ignore = m_answer.takeBody();
    if (m_answer.isDone())
        finish();
    notify();
}

void HttpConnection::onEndOfInput()
{
    if (!m_answer.endOfInput()) {
        finish();
        notify();
        return;
    }
    const QString what = !m_headersDone
        ? QStringLiteral("%1 closed the connection without an answer.").arg(server())
        : QStringLiteral("%1 cut its answer short after %2 bytes.").arg(server()).arg(m_received);
    // A server may end a kept connection at the very moment at which it is used again.
    const QString advice = m_kept && m_received == 0
        ? QStringLiteral("The connection was kept from an earlier request; this one was not repeated. Try again.")
        : QStringLiteral("Try again; if it stays, look at the server's log.");
    fail(Error(Error::Kind::Network, what).withAdvice(advice));
}

void HttpConnection::onSocketError(QAbstractSocket::SocketError code)
{
    if (m_error || m_phase == Phase::Finished)
        return;
    if (code == QAbstractSocket::RemoteHostClosedError && m_phase != Phase::Connecting && m_phase != Phase::Tls) {
        pump(); // what came before the end counts; disconnected() follows
        return;
    }
    if (code == QAbstractSocket::SslHandshakeFailedError && !m_tlsProblem.isEmpty()) {
        const auto verdict = m_trust.judge(TrustPolicy::SystemCas, m_request.url, m_socket->peerCertificate(), m_tlsProblem);
        fail(verdict ? Error(Error::Kind::Network, m_socket->errorString()) : verdict.error());
        return;
    }
    const QString doing = m_phase == Phase::Connecting ? QStringLiteral("Could not connect to %1: %2.")
        : m_phase == Phase::Tls                        ? QStringLiteral("No secure connection to %1 came about: %2.")
                                                       : QStringLiteral("The connection to %1 broke: %2.");
    const QString advice = code == QAbstractSocket::HostNotFoundError
        ? QStringLiteral("Check the spelling of the host name and this machine's network.")
        : m_phase == Phase::Tls ? QStringLiteral("Check that the address should begin with https.")
                                : QStringLiteral("Check that the server runs and that address and port are right.");
    fail(Error(Error::Kind::Network, doing.arg(server(), m_socket->errorString())).withAdvice(advice));
}

void HttpConnection::onDeadline()
{
    fail(timeoutError());
}

Error HttpConnection::timeoutError() const
{
    const bool connecting = m_phase == Phase::Connecting || m_phase == Phase::Tls;
    const QString what = connecting ? QStringLiteral("%1 could not be reached in time.")
        : !m_headersDone            ? QStringLiteral("%1 did not answer in time.")
                                    : QStringLiteral("%1 stopped sending: its answer did not end in time.");
    return Error(Error::Kind::Timeout, what.arg(server()))
        .withAdvice(connecting ? QStringLiteral("Check that the server runs and that address and port are right.")
                               : QStringLiteral("Allow more time, or try another server."));
}

void HttpConnection::finish()
{
    enter(Phase::Finished);
    for (QTimer *timer : {&m_deadline, &m_stepLimit, &m_readLimit})
        timer->stop();
    m_callCanceled.reset();
    m_clientGone.reset();
    leaveSocket();
    if (m_self)
        QMetaObject::invokeMethod(this, [this] { m_self.reset(); }, Qt::QueuedConnection); // it may be deleted then
}

/// Keeps the connection for the next request where both sides said so and nothing is left on it.
void HttpConnection::leaveSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    const bool whole = !m_error && m_answer.isDone() && m_answer.keepsAlive() && m_in.isEmpty() && m_socket->bytesToWrite() == 0
        && m_socket->encryptedBytesToWrite() == 0;
    const auto idle = whole ? m_idle.lock() : nullptr;
    if (idle && idle->thread() == thread())
        idle->put(IdleConnections::keyOf(m_request.url, m_request.trust), {std::move(m_socket), m_tlsProblem}, idleTime(m_answer.headers()));
    else
        m_socket->abort();
}

void HttpConnection::fail(Error error)
{
    if (m_error || m_phase == Phase::Finished)
        return;
    m_step.fail();
    m_error = error.withRequest(m_request.method, m_request.url);
    qCDebug(logNet) << m_error->describe();
    finish();
    notify();
}

QByteArray HttpConnection::takeBody()
{
    QByteArray body = m_answer.takeBody();
    if (!m_error && m_phase != Phase::Finished)
        pump();
    return body;
}

bool HttpConnection::atEnd() const
{
    return m_phase == Phase::Finished && !m_error && m_answer.body().isEmpty();
}

void HttpConnection::startReadLimit(QDeadlineTimer limit)
{
    if (m_phase != Phase::Finished)
        startFor(m_readLimit, limit);
}

void HttpConnection::stopReadLimit()
{
    m_readLimit.stop();
}

void HttpConnection::notify()
{
    m_signaled = true;
    // Never from within the socket's signal: the coroutine may drop this object.
    if (m_waiting && !std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &HttpConnection::resume, Qt::QueuedConnection);
}

void HttpConnection::resume()
{
    m_posted = false;
    m_signaled = false;
    if (const auto waiting = std::exchange(m_waiting, nullptr))
        waiting.resume();
}

} // namespace sluice
