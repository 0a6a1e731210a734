#pragma once

#include "sluice/net/tls_trust.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtNetwork/QSslSocket>

#include <chrono>
#include <memory>
#include <vector>

namespace sluice {

/// A connection between two requests, with what its handshake told.
struct KeptConnection {
    std::unique_ptr<QSslSocket> socket;
    QString tlsProblem; ///< what the system's CAs hold against its certificate, empty if nothing
};

/// The connections of one HttpClient that wait for their next request, so that a call does not begin with a handshake each time.
///
/// A connection that its server closes, or sends on unasked, is dropped at once. One that is taken was open a moment ago; more
/// cannot be known, and a request on it is never repeated when the server has closed it. On the client's thread.
class IdleConnections final : public QObject {
    Q_OBJECT
public:
    /// Where a connection leads and how its server was judged.
    struct Key {
        QString server; ///< "https://host:port"
        TrustPolicy trust = TrustPolicy::SystemCas;
        bool operator==(const Key &) const = default;
    };
    [[nodiscard]] static Key keyOf(const QUrl &url, TrustPolicy trust);

    /// Servers close what was idle for a minute (ours, nginx's 75 s); this side must drop it first.
    static constexpr std::chrono::milliseconds DefaultIdle{50'000};

    explicit IdleConnections(QObject *parent = nullptr);
    ~IdleConnections() override;

    /// The one that was used last, or none. Checked against what its server may have sent meanwhile.
    [[nodiscard]] KeptConnection take(const Key &key);
    /// Takes a connection whose answer was read to its end; it is dropped after `idle`, or when there are too many.
    void put(const Key &key, KeptConnection connection, std::chrono::milliseconds idle = DefaultIdle);
    void clear();

private:
    struct Entry {
        Key key;
        KeptConnection connection;
        std::chrono::milliseconds idle;
        QElapsedTimer since;
        qint64 sinceWallMs; ///< besides, as the other clock stands still while the machine sleeps
        [[nodiscard]] bool expired() const;
    };
    void drop(QSslSocket *socket);
    void dropExpired();

    std::vector<Entry> m_entries; // the one that was put last is the last
    QTimer m_expiry;
};

} // namespace sluice
