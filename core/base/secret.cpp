#include "sluice/base/secret.h"

#include <cstring>
#include <sys/mman.h>

namespace sluice {

void cleanse(void *data, std::size_t size)
{
    if (size == 0)
        return;
    std::memset(data, 0, size);
    // The empty assembly claims to read the memory, so that the memset cannot be dropped as a dead store.
    __asm__ __volatile__("" : : "r"(data) : "memory");
}

struct Secret::Buffer {
    explicit Buffer(QByteArrayView bytes)
        : size(static_cast<std::size_t>(bytes.size()))
        , mappedSize(size)
        , data(static_cast<char *>(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
    {
        if (data == MAP_FAILED)
            throw std::bad_alloc();
        // Best effort: an unprivileged process may be out of lockable memory, and the secret still has to be held.
        (void)mlock(data, mappedSize);
        (void)madvise(data, mappedSize, MADV_DONTDUMP);
        std::memcpy(data, bytes.data(), size);
    }
    ~Buffer()
    {
        cleanse(data, size);
        munmap(data, mappedSize);
    }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    std::size_t size;
    std::size_t mappedSize;
    char *data;
};

Secret::Secret(QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        m_buffer = std::make_shared<const Buffer>(bytes);
}

Secret Secret::take(QByteArray &bytes)
{
    Secret secret{QByteArrayView(bytes)};
    cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
    return secret;
}

std::size_t Secret::size() const
{
    return m_buffer ? m_buffer->size : 0;
}

QByteArrayView Secret::expose() const
{
    return m_buffer ? QByteArrayView(m_buffer->data, static_cast<qsizetype>(m_buffer->size)) : QByteArrayView();
}

bool Secret::equals(QByteArrayView other) const
{
    const QByteArrayView mine = expose();
    if (mine.size() != other.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < mine.size(); ++i)
        difference |= static_cast<unsigned char>(mine[i]) ^ static_cast<unsigned char>(other[i]);
    return difference == 0;
}

} // namespace sluice
