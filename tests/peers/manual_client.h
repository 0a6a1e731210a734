#pragma once

#include "sluice/byoc/wire.h"
#include "sluice/crypto/private_key.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/io_thread.h"
#include "sluice/payments/payment_codec.h"

#include <QtCore/QUrl>

#include <functional>

namespace sluice::byoc {

/// A client that does everything by hand: it signs what the test wants signed, also what no good client would, and shows
/// what came back byte for byte. Real signatures over real sockets; certificates are not verified.
class ManualClient {
public:
    ManualClient(IoThread &io, QUrl orchestrator)
        : m_io(io)
        , m_url(std::move(orchestrator))
    {
    }

    struct Answer {
        int status = 0; ///< 0: the connection was dropped
        Headers headers;
        QByteArray body;
        bool cut = false; ///< the body broke off
        [[nodiscard]] QByteArray header(const char *name) const { return headers::value(headers, name); }
    };
    Answer send(const QByteArray &method, const QString &path, const Headers &headers = {}, const QByteArray &body = {}) const;
    /// Registers a worker; `changes` replaces and adds members of the registration.
    Answer registerWorker(const QByteArray &secret, const Json &registration) const;
    Answer process(const QByteArray &jobHeader, const QByteArray &paymentHeader = {}, const QByteArray &body = "{}",
        const QString &subPath = QStringLiteral("predict")) const;
    [[nodiscard]] JobToken token(const PrivateKey &key, const QString &capability) const;
    /// Runs on the I/O thread, waits for its end.
    void onIo(std::function<boost::asio::awaitable<void>()> work) const;

    [[nodiscard]] static Headers credentials(const PrivateKey &key, const QString &addr = {});
    [[nodiscard]] static JobHeader job(const QString &capability, qint64 timeout = 60);
    [[nodiscard]] static QByteArray signedJob(JobHeader job, const PrivateKey &key);
    /// A payment of `count` tickets beginning at `firstNonce`, as `change` leaves it.
    [[nodiscard]] static QByteArray payment(const JobToken &token, const PrivateKey &key, int count = 1, quint32 firstNonce = 1,
        const std::function<void(WirePayment &)> &change = {});
    /// Signs every ticket anew after its terms were changed.
    static void resign(WirePayment &payment, const PrivateKey &key);

private:
    IoThread &m_io;
    QUrl m_url;
};

} // namespace sluice::byoc
