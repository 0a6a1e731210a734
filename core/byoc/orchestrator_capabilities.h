#pragma once

#include "sluice/byoc/wire.h"

#include <memory>
#include <optional>

namespace sluice::byoc {

/// One registered worker.
struct RegisteredCapability {
    CapabilityRegistration registration;
    qint64 pricePerSecond = 0; ///< whole wei, rounded down; 0 = free
    qint64 load = 0;           ///< jobs in hand; may pass the capacity (byoc.md 4.7)
    quint64 generation = 0;    ///< differs between two registrations of one name
    bool described = false;    ///< its schema was fetched, or it answered that there is none

    /// Slots that are free; never below 0.
    [[nodiscard]] qint64 available() const { return std::max<qint64>(0, registration.capacity - load); }
};

/// The capabilities of one orchestrator and the slots that jobs hold (byoc.md 2, 4.7).
///
/// Every slot is an object: however its job ends, the slot comes back, and never to a later registration of the same
/// name. Belongs to one thread.
class CapabilityTable {
public:
    /// One job's place; gives it back when destroyed.
    class Slot {
    public:
        Slot() = default;
        Slot(Slot &&other) noexcept = default;
        Slot &operator=(Slot &&other) noexcept;
        ~Slot() { release(); }
        void release();
        /// Forgets the slot without giving it back: the leak of upstream, for tests of clients.
        void leak() { m_entry.reset(); }

    private:
        friend class CapabilityTable;
        explicit Slot(std::weak_ptr<RegisteredCapability> entry)
            : m_entry(std::move(entry))
        {
        }
        std::weak_ptr<RegisteredCapability> m_entry;
    };

    /// Adds, or replaces one of the same name together with its load. InvalidInput for a name, URL, capacity or price
    /// that cannot be used. Gives the new generation.
    Expected<quint64> add(CapabilityRegistration registration);
    /// False when there is none of that name.
    bool remove(const QString &name);
    /// Removes only that registration, not a later one of the same name.
    bool remove(const QString &name, quint64 generation);

    /// Nothing when the name is unknown. Succeeds on a full capability (byoc.md 4.7).
    [[nodiscard]] std::optional<Slot> reserve(const QString &name);
    [[nodiscard]] std::optional<RegisteredCapability> find(const QString &name) const;
    /// In the order in which the names were first registered.
    [[nodiscard]] QList<RegisteredCapability> all() const;
    /// Completes what the registration left out by what the worker says about itself; ignored when `generation` is gone.
    void describe(const QString &name, quint64 generation, const CapabilityDescription &about, const QString &description);

private:
    [[nodiscard]] std::shared_ptr<RegisteredCapability> entry(const QString &name) const;

    QList<std::shared_ptr<RegisteredCapability>> m_entries;
    quint64 m_generation = 0;
};

/// Whole wei per second of a registration, rounded down (byoc.md 2). InvalidInput for a negative price, a scaling below 1,
/// a currency other than wei and eth, or a price beyond 64 bits.
[[nodiscard]] Expected<qint64> pricePerSecond(const CapabilityRegistration &registration);

} // namespace sluice::byoc
