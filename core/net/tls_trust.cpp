#include "sluice/net/tls_trust.h"

#include "sluice/net/origin.h"

#include <QtCore/QCryptographicHash>

#include <openssl/x509.h>

#include <memory>

namespace sluice {

const QString TlsTrust::VerifiedBySystem = QStringLiteral("verified-by-system");

namespace {

QString shown(const QString &pin)
{
    return pin == TlsTrust::VerifiedBySystem ? QStringLiteral("one that the system's authorities vouch for") : pin;
}

Error untrusted(const QUrl &url, const QString &problem)
{
    return Error(Error::Kind::Network,
        QStringLiteral("The certificate of %1 cannot be trusted: %2").arg(TlsTrust::hostPort(url), problem))
        .withAdvice(QStringLiteral("Check the address and this machine's clock. Only orchestrators may sign their own certificate."));
}

} // namespace

TlsTrust::TlsTrust(PinStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    qRegisterMetaType<sluice::TlsTrust::Change>();
}

Expected<void> TlsTrust::judge(
    TrustPolicy policy, const QUrl &url, const QSslCertificate &certificate, const QString &problem)
try {
    if (certificate.isNull())
        return unexpected(untrusted(url, QStringLiteral("it showed none.")));
    if (policy == TrustPolicy::SystemCas) {
        if (!problem.isEmpty())
            return unexpected(untrusted(url, problem));
        return {};
    }
    const QString server = hostPort(url);
    const QString seen = fingerprint(certificate);
    const QString known = m_store.load(server);
    if (known.isEmpty()) {
        const QString pin = problem.isEmpty() ? VerifiedBySystem : seen;
        m_store.save(server, pin);
        Q_EMIT firstUse(server, pin);
        return {};
    }
    if (known == seen || (known == VerifiedBySystem && problem.isEmpty())) {
        m_pending.remove(server);
        return {};
    }
    const Change change{server, known, seen};
    m_pending.insert(server, change);
    Q_EMIT keyChanged(change);
    return unexpected(Error(Error::Kind::TlsChanged,
        QStringLiteral("The key of %1 changed: it was %2, now it is %3. Nothing was sent.").arg(server, shown(known), seen))
                          .withAdvice(QStringLiteral("Ask the operator whether the new key is theirs; accept it only then.")));
} catch (const Error &error) {
    return unexpected(error);
}

void TlsTrust::accept(const QString &server, const QString &newFingerprint)
{
    m_store.save(server, newFingerprint);
    m_pending.remove(server);
}

std::optional<TlsTrust::Change> TlsTrust::pendingChange(const QString &server) const
{
    const auto found = m_pending.find(server);
    return found == m_pending.end() ? std::nullopt : std::optional(*found);
}

Expected<void> TlsTrust::permits(const QUrl &url) const
try {
    if (url.scheme() != QLatin1String("http"))
        return {};
    QUrl encrypted = url;
    encrypted.setScheme(QStringLiteral("https"));
    if (url.port(80) == 80)
        encrypted.setPort(-1);
    for (const QUrl &known : {url, encrypted}) {
        if (!m_store.load(hostPort(known)).isEmpty())
            return unexpected(Error(Error::Kind::Network,
                QStringLiteral("%1 was used encrypted before, so nothing is sent to %2 in clear text.").arg(hostPort(known), hostPort(url)))
                                  .withAdvice(QStringLiteral("Use its https address. If it really speaks http now, give it another port or name.")));
    }
    return {};
} catch (const Error &error) {
    return unexpected(error);
}

QString TlsTrust::pinned(const QString &server) const
{
    return m_store.load(server);
}

TrustPolicy TlsTrust::policyFor(const QUrl &url)
{
    const auto origin = Origin::of(url);
    return origin && origin->reach() == Origin::Reach::Loopback ? TrustPolicy::PinOnFirstUse : TrustPolicy::SystemCas;
}

QString TlsTrust::hostPort(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    const int port = url.port(url.scheme() == QLatin1String("http") ? 80 : 443);
    return (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host).arg(port);
}

QString TlsTrust::fingerprint(const QSslCertificate &certificate)
{
    // OpenSSL and not QSslKey, which knows too few kinds of keys.
    const QByteArray der = certificate.toDer();
    auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> x509(d2i_X509(nullptr, &in, static_cast<long>(der.size())), &X509_free);
    unsigned char *out = nullptr;
    const int size = x509 ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509.get()), &out) : 0;
    const QByteArray key(reinterpret_cast<const char *>(out), std::max(size, 0));
    OPENSSL_free(out);
    return QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex());
}

} // namespace sluice
