#pragma once

#include <QtCore/QByteArray>

#include <openssl/bio.h>

namespace sluice {

/// Memory between OpenSSL and a socket. As BIO_s_mem(), whose memory is wiped again and again, costs a good part of the encryption; what stands
/// here is encrypted, so it need not be wiped. Used by one thread at a time.
class TlsPipe final {
public:
    /// Throws std::bad_alloc.
    TlsPipe();
    ~TlsPipe();
    TlsPipe(const TlsPipe &) = delete;
    TlsPipe &operator=(const TlsPipe &) = delete;

    /// OpenSSL's end, for SSL_set_bio(), which keeps a reference of its own when BIO_up_ref() was called before.
    [[nodiscard]] BIO *bio() const { return m_bio; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size() - m_taken; }
    void append(const void *bytes, qsizetype size) { m_bytes.append(static_cast<const char *>(bytes), size); }
    /// All that OpenSSL wrote, in exchange for memory to write into.
    void swap(QByteArray &bytes);

private:
    static const BIO_METHOD *method();
    static int write(BIO *bio, const char *bytes, int size);
    static int read(BIO *bio, char *bytes, int size);
    static long control(BIO *bio, int command, long number, void *pointer);

    BIO *m_bio;
    QByteArray m_bytes;
    qsizetype m_taken = 0; ///< of m_bytes, by OpenSSL
};

} // namespace sluice
