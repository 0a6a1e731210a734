#include "sluice/net/idle_connections_p.h"

#include <QtCore/QDateTime>

#include <algorithm>

#include <sys/socket.h>

namespace sluice {

namespace {

/// So many calls at once find their connections again; with fewer, each call beyond would begin with a handshake, which costs more than the call. The
/// one that was used last is used first, so what no longer has a use becomes too old soon.
constexpr std::ptrdiff_t MaxIdlePerServer = 32;
constexpr std::size_t MaxIdle = 64;
constexpr std::chrono::seconds Sweep{5};

/// False when the server closed it or sent something that the event loop has not seen yet.
bool isQuiet(const QSslSocket &socket)
{
    if (socket.state() != QAbstractSocket::ConnectedState || socket.bytesAvailable() > 0 || socket.encryptedBytesAvailable() > 0)
        return false;
    char byte = 0;
    return ::recv(int(socket.socketDescriptor()), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/// Not deleted at once: the caller may be within one of its signals.
void end(KeptConnection &connection)
{
    connection.socket->disconnect();
    connection.socket->abort();
    connection.socket.release()->deleteLater();
}

} // namespace

IdleConnections::Key IdleConnections::keyOf(const QUrl &url, TrustPolicy trust)
{
    return {url.scheme() + QStringLiteral("://") + TlsTrust::hostPort(url), trust};
}

bool IdleConnections::Entry::expired() const
{
    const qint64 wall = QDateTime::currentMSecsSinceEpoch() - sinceWallMs;
    return since.hasExpired(idle.count()) || wall > idle.count() || wall < 0;
}

IdleConnections::IdleConnections(QObject *parent)
    : QObject(parent)
{
    m_expiry.setInterval(Sweep);
    connect(&m_expiry, &QTimer::timeout, this, &IdleConnections::dropExpired);
}

IdleConnections::~IdleConnections()
{
    clear();
}

KeptConnection IdleConnections::take(const Key &key)
{
    for (std::size_t i = m_entries.size(); i-- > 0;) {
        if (m_entries[i].key != key)
            continue;
        Entry entry = std::move(m_entries[i]);
        m_entries.erase(m_entries.begin() + std::ptrdiff_t(i));
        entry.connection.socket->disconnect(this);
        if (!entry.expired() && isQuiet(*entry.connection.socket))
            return std::move(entry.connection);
        end(entry.connection);
    }
    return {};
}

void IdleConnections::put(const Key &key, KeptConnection connection, std::chrono::milliseconds idle)
{
    QSslSocket *socket = connection.socket.get();
    if (idle.count() <= 0 || socket->state() != QAbstractSocket::ConnectedState || socket->bytesAvailable() > 0) {
        end(connection);
        return;
    }
    // Whatever happens on it now is its end.
    for (const auto signal : {&QIODevice::readyRead, &QIODevice::aboutToClose})
        connect(socket, signal, this, [this, socket] { drop(socket); });
    connect(socket, &QAbstractSocket::disconnected, this, [this, socket] { drop(socket); });
    connect(socket, &QAbstractSocket::errorOccurred, this, [this, socket] { drop(socket); });
    const auto same = [&](const Entry &entry) { return entry.key == key; };
    if (std::count_if(m_entries.begin(), m_entries.end(), same) >= MaxIdlePerServer)
        drop(std::find_if(m_entries.begin(), m_entries.end(), same)->connection.socket.get());
    else if (m_entries.size() >= MaxIdle)
        drop(m_entries.front().connection.socket.get());
    Entry entry{key, std::move(connection), idle, {}, QDateTime::currentMSecsSinceEpoch()};
    entry.since.start();
    m_entries.push_back(std::move(entry));
    m_expiry.start();
}

void IdleConnections::clear()
{
    while (!m_entries.empty())
        drop(m_entries.back().connection.socket.get());
}

void IdleConnections::drop(QSslSocket *socket)
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.connection.socket.get() == socket; });
    if (it == m_entries.end())
        return;
    KeptConnection connection = std::move(it->connection);
    m_entries.erase(it);
    end(connection);
    if (m_entries.empty())
        m_expiry.stop();
}

void IdleConnections::dropExpired()
{
    for (std::size_t i = m_entries.size(); i-- > 0;) {
        if (m_entries[i].expired())
            drop(m_entries[i].connection.socket.get());
    }
}

} // namespace sluice
