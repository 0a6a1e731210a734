#include "sluice/signer/budget_book.h"

#include <QtCore/QDateTime>

#include <future>
#include <vector>

namespace sluice::signer {

namespace {

/// Chains that nobody went on with for so long are forgotten; their states are refused from then on.
constexpr qint64 ChainSeconds = 7 * 24 * 3600;
/// When a chain was gone on with is written only so often, as it has to be written into an index, too.
constexpr qint64 TouchSeconds = 3600;
/// Payments between two looks for such chains.
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

Known chainIn(Sql &sql, const QString &chain)
{
    return sql.first(QStringLiteral("SELECT caller, sequence FROM signer_chain WHERE id = ?"), {chain},
        [](const Row &row) { return std::pair(row.text(0), quint64(row.integer(1))); });
}

/// Takes the chain's step if that is the next one: one statement looks and writes.
bool stepped(Sql &sql, const BudgetBook::Entry &entry, qint64 now)
{
    if (entry.sequence == 0)
        return sql.exec(QStringLiteral("INSERT INTO signer_chain (id, caller, sequence, touched) VALUES (?, ?, 0, ?) ON CONFLICT (id) DO NOTHING"),
                   {entry.chain, entry.caller, now})
            == 1;
    const qint64 before = qint64(entry.sequence) - 1;
    return sql.exec(QStringLiteral("UPDATE signer_chain SET sequence = ? WHERE id = ? AND caller = ? AND sequence = ? AND touched > ?"),
               {qint64(entry.sequence), entry.chain, entry.caller, before, now - TouchSeconds})
        == 1
        || sql.exec(QStringLiteral("UPDATE signer_chain SET sequence = ?, touched = ? WHERE id = ? AND caller = ? AND sequence = ?"),
               {qint64(entry.sequence), now, entry.chain, entry.caller, before})
        == 1;
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

void MemoryBudgetBook::takeThen(Entry entry, Done done)
{
    done(take(entry), false);
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

/// Who waits to be booked. Jobs of the database empty it: one of them is on its way whenever there is something in it.
class StoredBudgetBook::Queue {
public:
    struct Waiting {
        Entry entry;
        Done done;
    };

    /// True when a job must be given for it.
    bool add(Waiting one)
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::move(one));
        return m_waiting.size() == 1;
    }
    /// On the database's thread: books what waits, in one transaction. Only once that is committed is anyone told.
    void settle(Sql &sql)
    {
        const std::vector<Waiting> batch = takeAll();
        bool begun = false;
        const auto answers = bookAll(sql, batch, &begun);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (answers)
                batch[i].done((*answers)[i], i + 1 == batch.size() && isEmpty());
            else if (!begun || batch.size() == 1)
                batch[i].done(unexpected(answers.error()), false);
            else
                settleAlone(sql, batch[i]); // what is wrong with one of them must not keep the others
        }
    }
    void fail(const Error &error)
    {
        for (const Waiting &one : takeAll())
            one.done(unexpected(error), false);
    }

private:
    bool isEmpty()
    {
        const std::scoped_lock lock(m_mutex);
        return m_waiting.empty();
    }
    std::vector<Waiting> takeAll()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_waiting, {});
    }
    void settleAlone(Sql &sql, const Waiting &one)
    {
        bool begun = false;
        const auto answers = bookAll(sql, {one}, &begun);
        if (answers)
            one.done(answers->front(), false);
        else
            one.done(unexpected(answers.error()), false);
    }
    Expected<std::vector<Answer>> bookAll(Sql &sql, const std::vector<Waiting> &batch, bool *begun)
    {
        try {
            return sql.transaction([&] {
                *begun = true;
                return bookIn(sql, batch);
            });
        } catch (const Error &error) {
            return unexpected(error);
        } catch (const std::exception &other) {
            return unexpected(Error(Error::Kind::Internal, QStringLiteral("A payment could not be booked: %1").arg(QString::fromUtf8(other.what()))));
        }
    }
    std::vector<Answer> bookIn(Sql &sql, const std::vector<Waiting> &batch)
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        std::vector<Answer> answers;
        QHash<QString, Wei> before;
        QHash<QString, Wei> spent;
        for (const auto &[entry, done] : batch) {
            if (!spent.contains(entry.caller))
                before.insert(entry.caller, *spent.insert(entry.caller, spentIn(sql, entry.caller)));
            Wei &ofCaller = spent[entry.caller];
            const Wei after = ofCaller + entry.cost;
            if (entry.cap && after > *entry.cap) {
                answers.push_back(judged(entry, chainIn(sql, entry.chain), ofCaller)); // why not
                continue;
            }
            const bool isNext = stepped(sql, entry, now);
            if (isNext)
                ofCaller = after;
            answers.push_back({isNext ? Verdict::Taken : Verdict::Stale, ofCaller});
        }
        for (auto it = spent.cbegin(); it != spent.cend(); ++it) {
            if (it.value() != before.value(it.key()))
                sql.exec(QStringLiteral("INSERT INTO signer_spent (caller, wei) VALUES (?, ?) ON CONFLICT (caller) DO UPDATE SET wei = excluded.wei"),
                    {it.key(), toDecimal(it.value())});
        }
        const quint64 booked = m_booked + batch.size();
        if (booked / CleanEvery != m_booked / CleanEvery)
            sql.exec(QStringLiteral("DELETE FROM signer_chain WHERE touched < ?"), {now - ChainSeconds - TouchSeconds});
        m_booked = booked;
        return answers;
    }

    std::mutex m_mutex;
    std::vector<Waiting> m_waiting;
    quint64 m_booked = CleanEvery - 1; // a program that starts looks at once. On the database's thread only
};

StoredBudgetBook::StoredBudgetBook(const QString &file)
    : StoredBudgetBook(orThrow(Database::open(file, {schema()})))
{
}

StoredBudgetBook::StoredBudgetBook(std::shared_ptr<Database> database)
    : m_database(std::move(database))
    , m_queue(std::make_shared<Queue>())
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
    // Shared: the waiting thread may go on while the other one is still inside set_value().
    const auto promise = std::make_shared<std::promise<Expected<Answer>>>();
    auto answer = promise->get_future();
    takeThen(entry, [promise](const Expected<Answer> &booked, bool) { promise->set_value(booked); });
    return orThrow(answer.get());
}

void StoredBudgetBook::takeThen(Entry entry, Done done)
{
    if (!m_queue->add({std::move(entry), std::move(done)}))
        return;
    m_database->submit([queue = m_queue](Sql &sql) { queue->settle(sql); }, [queue = m_queue](const std::optional<Error> &failure) {
        if (failure)
            queue->fail(*failure);
    });
}

BudgetBook::Answer StoredBudgetBook::look(const Entry &entry)
{
    return m_database->runSync([&entry](Sql &sql) { return judged(entry, chainIn(sql, entry.chain), spentIn(sql, entry.caller)); });
}

Wei StoredBudgetBook::spent(const QString &caller)
{
    return m_database->runSync([&caller](Sql &sql) { return spentIn(sql, caller); });
}

} // namespace sluice::signer
