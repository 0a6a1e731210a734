#include "sluice/crypto/keccak.h"

#include "sluice/base/bytes.h"

#include <botan/hash.h>

#include <memory>
#include <mutex>
#include <vector>

namespace sluice {

namespace {

using Hash = std::unique_ptr<Botan::HashFunction>;

/// Hash functions that nobody uses just now. Looking the algorithm up costs more than hashing a ticket. No thread keeps one of its own: a thread of
/// a pool may end while the program does, when Botan's memory is gone already.
class Idle {
public:
    static Idle &all()
    {
        static Idle *const kept = new Idle; // for as long as there are threads
        return *kept;
    }
    Hash take()
    {
        {
            const std::scoped_lock lock(m_mutex);
            if (!m_hashes.empty()) {
                Hash hash = std::move(m_hashes.back());
                m_hashes.pop_back();
                return hash;
            }
        }
        return Botan::HashFunction::create_or_throw("Keccak-1600(256)");
    }
    void give(Hash hash)
    {
        const std::scoped_lock lock(m_mutex);
        m_hashes.push_back(std::move(hash));
    }

private:
    std::mutex m_mutex;
    std::vector<Hash> m_hashes;
};

} // namespace

Hash32 keccak256(QByteArrayView message)
{
    return keccak256(message, {});
}

Hash32 keccak256(QByteArrayView first, QByteArrayView second)
{
    Hash keccak = Idle::all().take();
    keccak->update(reinterpret_cast<const uint8_t *>(first.data()), static_cast<size_t>(first.size()));
    keccak->update(reinterpret_cast<const uint8_t *>(second.data()), static_cast<size_t>(second.size()));
    Hash32::Bytes digest;
    keccak->final(digest.data()); // and as new again
    Idle::all().give(std::move(keccak));
    return Hash32(digest);
}

Expected<Hash32> Hash32::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != size)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("A hash has 32 bytes, not %1.").arg(bytes.size())));
    Hash32 hash;
    std::memcpy(hash.m_bytes.data(), bytes.data(), static_cast<size_t>(size));
    return hash;
}

Expected<Hash32> Hash32::fromHex(QByteArrayView text)
{
    const auto bytes = bytes::fromHex(text);
    if (!bytes)
        return unexpected(bytes.error());
    return fromBytes(*bytes);
}

QString Hash32::toHex() const
{
    return bytes::toHex0x(bytes());
}

} // namespace sluice
