#pragma once

#include "sluice/base/clock.h"
#include "sluice/base/expected.h"
#include "sluice/base/subscription.h"

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace sluice {

class AheadBook;
class Database;
class NonceStore;
class PinStore;
class RunHistory;
class SettingsTable;
class SpendBook;
class TicketLog;
struct PurseLimits;

/// What belongs to the user and outlives a program: history, tickets, nonces, spending, pins, settings.
///
/// One SQLite file, shared by the window and sluicectl. Never holds a secret.
class UserData {
public:
    /// Opens or creates the file; marks runs of dead processes as interrupted. Storage on failure.
    static Expected<std::shared_ptr<UserData>> open(const QString &path);
    /// A private one that goes with the process. `clock` must outlive it.
    static std::shared_ptr<UserData> inMemory(const Clock &clock = Clock::system());
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
    /// What the holder of that key allows, whatever profile or program uses it; the defaults where nothing was said. Throws Storage.
    [[nodiscard]] PurseLimits purseLimits(const QString &purse);
    /// What is absent gets its default. In force at once in every program that shares this file. Throws Storage.
    void setPurseLimits(const QString &purse, const PurseLimits &limits);
    /// Limits per call and per day that a stored profile names move to the purse that it is used with: what a person wrote into the
    /// profile for it replaces the purse's, what an older version kept there only lowers it. Throws Storage.
    void adoptProfileLimits(const QString &profile, const QString &purse);
    /// What one purse has paid ahead of use, at each orchestrator.
    [[nodiscard]] AheadBook &paidAhead(const QString &purse);
    /// What the time that was paid for is measured with.
    [[nodiscard]] const Clock &clock() const;
    [[nodiscard]] PinStore &pins();
    /// For watchers of other processes' changes (ExternalChangeWatcher).
    [[nodiscard]] std::shared_ptr<Database> database();

private:
    class Private;
    explicit UserData(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace sluice
