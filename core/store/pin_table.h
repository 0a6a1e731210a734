#pragma once

#include "sluice/store/database.h"

#include <QtCore/QDateTime>

namespace sluice {

/// A TLS public key as it was first seen at an address.
struct PinRow {
    QString hostPort;    ///< "host:port", lower case
    QString fingerprint; ///< opaque text, as the TLS layer writes it
    QDateTime firstSeen; ///< UTC
    bool operator==(const PinRow &) const = default;
};

/// Trust on first use, remembered.
class PinTable {
public:
    explicit PinTable(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    static Schema schema();

    QCoro::Task<std::optional<PinRow>> find(QString hostPort);
    std::optional<PinRow> findSync(const QString &hostPort);
    /// Remembers the pin unless there is one already; the one that stands. Two processes agree on the first.
    QCoro::Task<PinRow> pinFirst(PinRow row);
    PinRow pinFirstSync(const PinRow &row);
    /// The user accepts a changed key.
    QCoro::Task<void> replace(PinRow row);
    void replaceSync(const PinRow &row);
    /// True when there was one.
    QCoro::Task<bool> remove(QString hostPort);
    bool removeSync(const QString &hostPort);
    /// By address.
    QCoro::Task<QList<PinRow>> all();
    QList<PinRow> allSync();

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice
