#pragma once

#include "sluice/crypto/u256.h"
#include "sluice/store/database.h"

#include <QtCore/QHash>

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
    virtual ~BudgetBook() = default;

    /// Books it, or says why not. Kept for good before this returns: a process that dies afterwards has counted too much, never too little.
    virtual Answer take(const Entry &entry) = 0;
    /// What take() would say now.
    virtual Answer look(const Entry &entry) = 0;
    [[nodiscard]] virtual Wei spent(const QString &caller) = 0;
};

/// For this run only: with the process go the budgets and the chains.
class MemoryBudgetBook final : public BudgetBook {
public:
    Answer take(const Entry &entry) override;
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
class StoredBudgetBook final : public BudgetBook {
public:
    /// Opens or makes the file. Throws Storage.
    explicit StoredBudgetBook(const QString &file);
    /// In one that has the tables of schema() already.
    explicit StoredBudgetBook(std::shared_ptr<Database> database);
    Answer take(const Entry &entry) override;
    Answer look(const Entry &entry) override;
    [[nodiscard]] Wei spent(const QString &caller) override;
    static Schema schema();

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice::signer
