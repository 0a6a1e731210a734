#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <cstddef>
#include <memory>

namespace sluice {

/// Overwrites memory in a way the optimiser keeps.
void cleanse(void *data, std::size_t size);

/// Bytes that are wiped when the last copy goes: keys, bearer headers, passwords.
///
/// Never converts to text by itself; expose() is the one place to grep for. Its memory is locked against
/// swapping where the system allows it and kept out of core dumps. Copies share one buffer. Thread-safe to copy.
class Secret {
public:
    Secret() = default;
    /// Copies `bytes`; the caller still owns and must wipe its own copy.
    explicit Secret(QByteArrayView bytes);
    /// Copies `bytes` and wipes the source in place.
    static Secret take(QByteArray &bytes);

    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const;
    /// The bytes, valid as long as this Secret lives. Do not copy them anywhere that is not wiped.
    [[nodiscard]] QByteArrayView expose() const;
    /// Constant-time comparison.
    [[nodiscard]] bool equals(QByteArrayView other) const;
    bool operator==(const Secret &other) const { return equals(other.expose()); }

private:
    struct Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

} // namespace sluice
