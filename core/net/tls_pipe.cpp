#include "sluice/net/tls_pipe_p.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace sluice {

const BIO_METHOD *TlsPipe::method()
{
    static const BIO_METHOD *const made = [] {
        BIO_METHOD *const fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sluice");
        if (!fresh)
            throw std::bad_alloc();
        BIO_meth_set_write(fresh, &TlsPipe::write);
        BIO_meth_set_read(fresh, &TlsPipe::read);
        BIO_meth_set_ctrl(fresh, &TlsPipe::control);
        return fresh;
    }();
    return made;
}

TlsPipe::TlsPipe()
    : m_bio(BIO_new(method()))
{
    if (!m_bio)
        throw std::bad_alloc();
    BIO_set_data(m_bio, this);
    BIO_set_init(m_bio, 1);
}

TlsPipe::~TlsPipe()
{
    BIO_set_data(m_bio, nullptr); // OpenSSL may hold it longer than this object exists
    BIO_free(m_bio);
}

void TlsPipe::swap(QByteArray &bytes)
{
    m_bytes.swap(bytes);
    m_taken = 0;
}

int TlsPipe::write(BIO *bio, const char *bytes, int size)
{
    auto *const pipe = static_cast<TlsPipe *>(BIO_get_data(bio));
    if (!pipe || size < 0)
        return -1;
    pipe->append(bytes, size);
    return size;
}

int TlsPipe::read(BIO *bio, char *bytes, int size)
{
    auto *const pipe = static_cast<TlsPipe *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (!pipe || size < 0)
        return -1;
    const qsizetype taken = std::min<qsizetype>(size, pipe->size());
    if (taken == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(bytes, pipe->m_bytes.constData() + pipe->m_taken, std::size_t(taken));
    pipe->m_taken += taken;
    if (pipe->size() == 0) {
        pipe->m_bytes.resize(0); // its memory stays
        pipe->m_taken = 0;
    }
    return int(taken);
}

long TlsPipe::control(BIO *bio, int command, long, void *)
{
    const auto *const pipe = static_cast<const TlsPipe *>(BIO_get_data(bio));
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_PENDING:
        return pipe ? long(pipe->size()) : 0;
    default:
        return 0;
    }
}

} // namespace sluice
