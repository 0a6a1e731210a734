#include "sluice/net/self_signed.h"

#include "sluice/net/tls_trust.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace sluice {

namespace {

template <typename T, void (*Free)(T *)> struct Freed {
    void operator()(T *object) const { Free(object); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509, X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

constexpr long TenYears = 10L * 365 * 24 * 3600;
constexpr long OneDay = 24L * 3600;

Error opensslError(const QString &what)
{
    char text[256] = {};
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    return Error(Error::Kind::Internal, QStringLiteral("%1 failed: %2.").arg(what, QString::fromLatin1(text)));
}

Error storageError(const QString &what, const QString &path, const QString &reason)
{
    return Error(Error::Kind::Storage, QStringLiteral("%1 %2 failed: %3.").arg(what, path, reason))
        .withAdvice(QStringLiteral("Check the permissions of the file and its folder, or delete the file to get a new certificate."));
}

bool addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    const bool added = extension && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

bool fill(X509 *certificate, EVP_PKEY *key, const QString &host)
{
    unsigned char serial[16];
    if (RAND_bytes(serial, sizeof serial) != 1)
        return false;
    serial[0] &= 0x7f; // positive
    const std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
    X509_set_version(certificate, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -OneDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate), TenYears);
    X509_set_pubkey(certificate, key);
    // A common name holds 64 characters; the alternative name below is the one that counts.
    const QByteArray common = host.toUtf8().left(64);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(common.constData()), int(common.size()), -1, 0);
    X509_set_issuer_name(certificate, name);
    const bool isAddress = !QHostAddress(host).isNull();
    const QByteArray alternative = isAddress ? "IP:" + host.toLatin1() : "DNS:" + QUrl::toAce(host);
    return addExtension(certificate, NID_subject_alt_name, alternative)
        && addExtension(certificate, NID_ext_key_usage, "serverAuth") && X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArrayView contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, size};
}

Expected<TlsIdentity> readIdentity(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unexpected(storageError(QStringLiteral("Reading the certificate file"), path, file.errorString()));
    QByteArray both = file.read(64 * 1024);
    const qsizetype begin = both.indexOf("-----BEGIN CERTIFICATE-----");
    if (begin <= 0 || QSslCertificate(both.mid(begin)).isNull()) {
        cleanse(both.data(), std::size_t(both.size()));
        return unexpected(storageError(QStringLiteral("Reading the certificate file"), path,
            QStringLiteral("it does not hold a private key followed by a certificate")));
    }
    TlsIdentity identity;
    identity.certificatePem = both.mid(begin);
    identity.keyPem = Secret(QByteArrayView(both).first(begin));
    cleanse(both.data(), std::size_t(both.size()));
    return identity;
}

} // namespace

Expected<TlsIdentity> makeSelfSigned(const QString &host)
{
    if (QHostAddress(host).isNull() && QUrl::toAce(host).isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is neither a host name nor an IP address.").arg(host)));
    const KeyPtr key(EVP_EC_gen("P-256"));
    if (!key)
        return unexpected(opensslError(QStringLiteral("Making a P-256 key")));
    const CertificatePtr certificate(X509_new());
    if (!certificate || !fill(certificate.get(), key.get(), host))
        return unexpected(opensslError(QStringLiteral("Making a certificate for “%1”").arg(host)));
    const BioPtr certificateOut(BIO_new(BIO_s_mem()));
    const BioPtr keyOut(BIO_new(BIO_s_secmem()));
    if (!PEM_write_bio_X509(certificateOut.get(), certificate.get())
        || !PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr))
        return unexpected(opensslError(QStringLiteral("Writing a certificate as PEM")));
    return TlsIdentity{contents(certificateOut.get()).toByteArray(), Secret(contents(keyOut.get()))};
}

Expected<TlsIdentity> loadOrMakeSelfSigned(const QString &path, const QString &host)
{
    if (QFile::exists(path))
        return readIdentity(path);
    Expected<TlsIdentity> made = makeSelfSigned(host);
    if (!made)
        return made;
    QSaveFile file(path);
    const QByteArrayView key = made->keyPem.expose();
    const bool written = QDir().mkpath(QFileInfo(path).absolutePath()) && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(key.data(), key.size()) == key.size()
        && file.write(made->certificatePem) == made->certificatePem.size() && file.commit();
    if (!written)
        return unexpected(storageError(QStringLiteral("Writing the certificate file"), path, file.errorString()));
    return made;
}

Expected<QString> publicKeyFingerprint(const QByteArray &certificatePem)
{
    const QSslCertificate certificate(certificatePem);
    if (certificate.isNull())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("This is not a certificate in PEM form.")));
    return TlsTrust::fingerprint(certificate);
}

} // namespace sluice
