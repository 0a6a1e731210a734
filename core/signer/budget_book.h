#pragma once

#include "sluice/crypto/u256.h"
#include "sluice/store/database.h"

#include <QtCore/QHash>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace sluice::signer {

/// What each caller of a signer has spent, and how far each chain of payments has come. Thread-safe; throws Storage.
class BudgetBook {
public:
    /// A payment that is about to be signed.
    struct Entry {
        QString caller;
        QString chain; ///< ChainState::stateId
        quint64 sequence = 0; ///< that the new state will have: 0 begins a chain, a later one follows the one before
        Wei cost;
        std::optional<Wei> cap; ///< of all that this caller ever spends
    };
    enum class Verdict {
        Taken,
        BudgetSpent, ///< it would pass the cap
        Stale,       ///< the chain has gone on, is another caller's, or is not known here
    };
    struct Answer {
        Verdict verdict = Verdict::Taken;
        Wei spent; ///< by the caller; with Taken, this one included
    };
    /// `mayStay`: nobody waits for this thread, which may be used for a moment; else it must not be kept.
    using Done = std::function<void(const Expected<Answer> &answer, bool mayStay)>;
    virtual ~BudgetBook() = default;

    /// Books it, or says why not. Kept for good before this returns: a process that dies afterwards has counted too much, never too little.
    virtual Answer take(const Entry &entry) = 0;
    /// The same without waiting. `done` is told once, here or on another thread.
    virtual void takeThen(Entry entry, Done done) = 0;
    /// What take() would say now.
    virtual Answer look(const Entry &entry) = 0;
    [[nodiscard]] virtual Wei spent(const QString &caller) = 0;
};

/// For this run only: with the process go the budgets and the chains.
class MemoryBudgetBook final : public BudgetBook {
public:
    Answer take(const Entry &entry) override;
    void takeThen(Entry entry, Done done) override;
    Answer look(const Entry &entry) override;
    [[nodiscard]] Wei spent(const QString &caller) override;

private:
    struct Chain {
        QString caller;
        quint64 sequence = 0;
    };
    [[nodiscard]] Answer judge(const Entry &entry) const;

    mutable std::mutex m_mutex;
    QHash<QString, Wei> m_spent;
    QHash<QString, Chain> m_chains;
};

/// In a database file, which several processes may share. What was committed outlives a kill at any moment (Database).
///
/// What waits while a transaction is under way is booked in the next one together: each entry is judged after those before it, as if it were alone.
class StoredBudgetBook final : public BudgetBook {
public:
    /// Opens or makes the file. Throws Storage.
    explicit StoredBudgetBook(const QString &file);
    /// In one that has the tables of schema() already.
    explicit StoredBudgetBook(std::shared_ptr<Database> database);
    Answer take(const Entry &entry) override;
    void takeThen(Entry entry, Done done) override;
    Answer look(const Entry &entry) override;
    [[nodiscard]] Wei spent(const QString &caller) override;
    static Schema schema();

private:
    class Queue;
    std::shared_ptr<Database> m_database;
    std::shared_ptr<Queue> m_queue; // of the jobs, too, which may run when this is gone
};

} // namespace sluice::signer
