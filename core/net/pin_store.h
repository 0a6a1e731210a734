#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

namespace sluice {

/// Where pinned keys are remembered. Called on the thread of the TlsTrust that uses it; may throw Error (Storage).
class PinStore {
public:
    virtual ~PinStore() = default;
    /// The fingerprint pinned for "host:port", or empty.
    [[nodiscard]] virtual QString load(const QString &hostPort) = 0;
    /// Replaces what was pinned.
    virtual void save(const QString &hostPort, const QString &fingerprint) = 0;
};

/// Keeps pins in memory only.
class MemoryPinStore final : public PinStore {
public:
    [[nodiscard]] QString load(const QString &hostPort) override { return m_pins.value(hostPort); }
    void save(const QString &hostPort, const QString &fingerprint) override { m_pins.insert(hostPort, fingerprint); }

private:
    QHash<QString, QString> m_pins;
};

} // namespace sluice
