#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/subscription.h"

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace sluice {

class Database;
class NonceStore;
class PinStore;
class RunHistory;
class SettingsTable;
class SpendBook;
class TicketLog;

/// What belongs to the user and outlives a program: history, tickets, nonces, spending, pins, settings.
///
/// One SQLite file, shared by the window and sluicectl. Never holds a secret.
class UserData {
public:
    /// Opens or creates the file; marks runs of dead processes as interrupted. Storage on failure.
    static Expected<std::shared_ptr<UserData>> open(const QString &path);
    /// A private one that goes with the process.
    static std::shared_ptr<UserData> inMemory();
    /// $SLUICE_DATA_DIR/sluice.sqlite, or the same in the user's data directory.
    static QString defaultPath();
    ~UserData();

    [[nodiscard]] RunHistory &history();
    [[nodiscard]] TicketLog &tickets();
    [[nodiscard]] SettingsTable &settings();
    [[nodiscard]] NonceStore &nonces();
    /// The day totals of one purse. Gateway's purses are its sender's addresses, so that a sandbox's worthless wei never
    /// count against a real limit.
    [[nodiscard]] SpendBook &spending(const QString &purse = {});
    [[nodiscard]] PinStore &pins();
    /// For watchers of other processes' changes (ExternalChangeWatcher).
    [[nodiscard]] std::shared_ptr<Database> database();

private:
    class Private;
    explicit UserData(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace sluice
