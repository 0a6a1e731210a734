#include "sluice/signer/budget_book.h"

#include <QtCore/QDateTime>

namespace sluice::signer {

namespace {

/// Chains that nobody went on with for so long are forgotten; their states are refused from then on.
constexpr qint64 ChainSeconds = 7 * 24 * 3600;
/// Between two looks for such chains.
constexpr quint64 CleanEvery = 256;

/// The caller and the sequence number of a chain, where there is one.
using Known = std::optional<std::pair<QString, quint64>>;

BudgetBook::Answer judged(const BudgetBook::Entry &entry, const Known &chain, const Wei &spent)
{
    using Verdict = BudgetBook::Verdict;
    const bool follows = entry.sequence == 0 ? !chain : chain && chain->first == entry.caller && chain->second + 1 == entry.sequence;
    if (!follows)
        return {Verdict::Stale, spent};
    if (entry.cap && spent + entry.cost > *entry.cap)
        return {Verdict::BudgetSpent, spent};
    return {Verdict::Taken, spent + entry.cost};
}

Wei spentIn(Sql &sql, const QString &caller)
{
    const auto text = sql.first(QStringLiteral("SELECT wei FROM signer_spent WHERE caller = ?"), {caller}, [](const Row &row) { return row.text(0); });
    return text ? orThrow(weiFromDecimal(*text)) : Wei(0);
}

BudgetBook::Answer judgedIn(Sql &sql, const BudgetBook::Entry &entry)
{
    const Known chain = sql.first(QStringLiteral("SELECT caller, sequence FROM signer_chain WHERE id = ?"), {entry.chain},
        [](const Row &row) { return std::pair(row.text(0), quint64(row.integer(1))); });
    return judged(entry, chain, spentIn(sql, entry.caller));
}

} // namespace

BudgetBook::Answer MemoryBudgetBook::judge(const Entry &entry) const
{
    const auto chain = m_chains.constFind(entry.chain);
    Known known;
    if (chain != m_chains.cend())
        known = std::pair(chain->caller, chain->sequence);
    return judged(entry, known, m_spent.value(entry.caller));
}

BudgetBook::Answer MemoryBudgetBook::take(const Entry &entry)
{
    const std::scoped_lock lock(m_mutex);
    const Answer answer = judge(entry);
    if (answer.verdict == Verdict::Taken) {
        m_spent.insert(entry.caller, answer.spent);
        m_chains.insert(entry.chain, {entry.caller, entry.sequence});
    }
    return answer;
}

BudgetBook::Answer MemoryBudgetBook::look(const Entry &entry)
{
    const std::scoped_lock lock(m_mutex);
    return judge(entry);
}

Wei MemoryBudgetBook::spent(const QString &caller)
{
    const std::scoped_lock lock(m_mutex);
    return m_spent.value(caller);
}

StoredBudgetBook::StoredBudgetBook(const QString &file)
    : m_database(orThrow(Database::open(file, {schema()})))
{
}

StoredBudgetBook::StoredBudgetBook(std::shared_ptr<Database> database)
    : m_database(std::move(database))
{
}

Schema StoredBudgetBook::schema()
{
    return {QStringLiteral("signer"), {{QStringLiteral("create the signer's tables"), {
        QStringLiteral("CREATE TABLE signer_spent (caller TEXT PRIMARY KEY, wei TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE signer_chain (id TEXT PRIMARY KEY, caller TEXT NOT NULL, sequence INTEGER NOT NULL, touched INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX signer_chain_touched ON signer_chain (touched)"),
    }}}};
}

BudgetBook::Answer StoredBudgetBook::take(const Entry &entry)
{
    return m_database->transactionSync([&entry](Sql &sql) {
        Answer answer = judgedIn(sql, entry);
        if (answer.verdict != Verdict::Taken)
            return answer;
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        sql.exec(QStringLiteral("INSERT INTO signer_spent (caller, wei) VALUES (?, ?) ON CONFLICT (caller) DO UPDATE SET wei = excluded.wei"),
            {entry.caller, toDecimal(answer.spent)});
        sql.exec(QStringLiteral("INSERT INTO signer_chain (id, caller, sequence, touched) VALUES (?, ?, ?, ?)"
                                " ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, touched = excluded.touched"),
            {entry.chain, entry.caller, qint64(entry.sequence), now});
        if (entry.sequence % CleanEvery == 0)
            sql.exec(QStringLiteral("DELETE FROM signer_chain WHERE touched < ?"), {now - ChainSeconds});
        return answer;
    });
}

BudgetBook::Answer StoredBudgetBook::look(const Entry &entry)
{
    return m_database->runSync([&entry](Sql &sql) { return judgedIn(sql, entry); });
}

Wei StoredBudgetBook::spent(const QString &caller)
{
    return m_database->runSync([&caller](Sql &sql) { return spentIn(sql, caller); });
}

} // namespace sluice::signer
