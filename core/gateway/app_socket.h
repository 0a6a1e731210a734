#pragma once

#include "sluice/base/error.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>
#include <optional>

namespace sluice {

class CancelToken;
class TlsTrust;

/// A websocket to the app of a session. Used on its creator's thread; signals come there.
///
/// The server's certificate is judged as everywhere: an orchestrator's is pinned at its first use, and a changed one ends the socket before anything
/// is sent. Messages of more than 16 MiB end it, too.
class AppSocket : public QObject {
    Q_OBJECT
public:
    ~AppSocket() override;
    AppSocket(const AppSocket &) = delete;
    AppSocket &operator=(const AppSocket &) = delete;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] bool isOpen() const;
    /// False when it is not open.
    bool send(const QString &text);
    bool send(const QByteArray &bytes);
    /// closed() follows.
    void close();

Q_SIGNALS:
    void opened();
    void text(const QString &message);
    void binary(const QByteArray &message);
    /// Once. Nothing when either side closed it in good order.
    void closed(const std::optional<sluice::Error> &why);

private:
    friend class LiveSession;
    AppSocket(const QUrl &url, TlsTrust &trust, const CancelToken &end);
    /// One that cannot be opened, and says so with closed().
    AppSocket(const Error &why, TlsTrust &trust);
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
