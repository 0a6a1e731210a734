#include "sluice/sandbox/sandbox_store.h"

#include "sluice/signer/budget_book.h"
#include "sluice/store/settings_table.h"

#include "sluice/crypto/u256.h"

#include <QtCore/QRandomGenerator>

#include <condition_variable>
#include <limits>

namespace sluice {

namespace {

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes;
    while (bytes.size() < count) {
        const quint32 word = QRandomGenerator::system()->generate();
        bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    return bytes.left(count);
}

/// Blocks are compared in SQL, where integers end at 63 bits.
qint64 blockNumber(const U256 &block)
{
    constexpr qint64 last = std::numeric_limits<qint64>::max();
    return block > U256(last) ? last : block.convert_to<qint64>();
}

Wei wei(const QString &text)
{
    return orThrow(weiFromDecimal(text));
}

} // namespace

/// A transaction that is held open on the database's thread while its work runs on the caller's, which may hold
/// locks that the database's thread could not take again.
class SandboxStore::Session {
public:
    explicit Session(Database &database)
        : m_future(database.submitTransaction([this](Sql &sql) { serve(sql); }))
    {
    }

    void call(std::function<void(Sql &)> job)
    {
        std::unique_lock lock(m_mutex);
        if (m_ended)
            throw Error(Error::Kind::Storage, QStringLiteral("The transaction has ended already."));
        m_job = std::move(job);
        m_wake.notify_all();
        m_wake.wait(lock, [this] { return !m_job; });
        if (m_failure)
            std::rethrow_exception(std::exchange(m_failure, nullptr));
    }
    /// Commits, or rolls back; throws when committing fails.
    void end(bool commit)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_ended = true;
            m_commit = commit;
        }
        m_wake.notify_all();
        try {
            m_future.waitForFinished();
        } catch (const Error &) {
            // What made it roll back is on its way to the caller already.
            if (commit)
                throw;
        }
    }

private:
    void serve(Sql &sql)
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wake.wait(lock, [this] { return m_job || m_ended; });
            if (!m_job)
                break;
            try {
                m_job(sql);
            } catch (...) {
                m_failure = std::current_exception();
            }
            m_job = nullptr;
            m_wake.notify_all();
        }
        if (!m_commit)
            throw Error(Error::Kind::Canceled, QStringLiteral("The transaction was given up."));
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::function<void(Sql &)> m_job;
    std::exception_ptr m_failure;
    bool m_ended = false;
    bool m_commit = false;
    QFuture<void> m_future; // last: its job uses the others at once
};

SandboxStore::SandboxStore(std::shared_ptr<Database> database)
    : m_database(std::move(database))
    , m_secret(constant(QStringLiteral("recipient_secret"), [] { return randomBytes(32); }))
{
}

QList<Schema> SandboxStore::schemasOfFile()
{
    return {schema(), SettingsTable::schema(), signer::StoredBudgetBook::schema()};
}

Schema SandboxStore::schema()
{
    return {QStringLiteral("sandbox"), {{QStringLiteral("create the sandbox's tables"), {
        QStringLiteral("CREATE TABLE sandbox_constant (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE sandbox_balance (sender BLOB NOT NULL, id TEXT NOT NULL, balance TEXT NOT NULL,"
                       " price_per_unit INTEGER, pixels_per_unit INTEGER, touched INTEGER NOT NULL,"
                       " PRIMARY KEY (sender, id)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE sandbox_nonce (hash BLOB NOT NULL, nonce INTEGER NOT NULL, expiration INTEGER NOT NULL,"
                       " PRIMARY KEY (hash, nonce)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX sandbox_nonce_expiration ON sandbox_nonce (expiration)"),
        QStringLiteral("CREATE TABLE sandbox_winner (hash BLOB PRIMARY KEY, recipient BLOB NOT NULL, sender BLOB NOT NULL,"
                       " face_value TEXT NOT NULL, win_prob TEXT NOT NULL, nonce INTEGER NOT NULL, rand_hash BLOB NOT NULL,"
                       " round INTEGER NOT NULL, block_hash BLOB, signature BLOB NOT NULL, rand TEXT NOT NULL,"
                       " expiration INTEGER NOT NULL, redeemed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX sandbox_winner_open ON sandbox_winner (redeemed)"),
        QStringLiteral("CREATE TABLE sandbox_sender (sender BLOB PRIMARY KEY, deposit TEXT NOT NULL, reserve TEXT NOT NULL,"
                       " claimed TEXT NOT NULL, claimed_here TEXT NOT NULL, withdraw_round INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE sandbox_parameters (hash BLOB PRIMARY KEY, sender BLOB NOT NULL, rand BLOB NOT NULL,"
                       " expiration INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE sandbox_ticket (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, nonce INTEGER NOT NULL,"
                       " won INTEGER NOT NULL, UNIQUE (hash, nonce))"),
        QStringLiteral("CREATE INDEX sandbox_parameters_sender ON sandbox_parameters (sender)"),
    }}}};
}

template <typename F> auto SandboxStore::run(F job)
{
    using T = std::invoke_result_t<F, Sql &>;
    const std::scoped_lock lock(m_mutex);
    if (!m_session)
        return m_database->runSync(std::move(job));
    if constexpr (std::is_void_v<T>) {
        m_session->call([&job](Sql &sql) { job(sql); });
    } else {
        std::optional<T> result;
        m_session->call([&](Sql &sql) { result = job(sql); });
        return std::move(*result);
    }
}

void SandboxStore::transaction(const std::function<void()> &work)
{
    const std::scoped_lock lock(m_mutex);
    if (m_session) {
        work();
        return;
    }
    Session session(*m_database);
    m_session = &session;
    try {
        work();
    } catch (...) {
        m_session = nullptr;
        session.end(false);
        throw;
    }
    m_session = nullptr;
    session.end(true);
}

QByteArray SandboxStore::constant(const QString &name, const std::function<QByteArray()> &make)
{
    return m_database->transactionSync([&](Sql &sql) {
        const auto known = sql.first(QStringLiteral("SELECT value FROM sandbox_constant WHERE name = ?"), {name},
            [](const Row &row) { return row.blob(0); });
        if (known)
            return *known;
        const QByteArray value = make();
        sql.exec(QStringLiteral("INSERT INTO sandbox_constant (name, value) VALUES (?, ?)"), {name, value});
        return value;
    });
}

QByteArray SandboxStore::secret()
{
    return m_secret;
}

std::optional<BalanceEntry> SandboxStore::balance(const Address &sender, const QString &balanceId)
{
    return run([&](Sql &sql) {
        return sql.first(QStringLiteral("SELECT balance, price_per_unit, pixels_per_unit, touched FROM sandbox_balance"
                                        " WHERE sender = ? AND id = ?"),
            {sender.toByteArray(), balanceId}, [](const Row &row) {
                BalanceEntry entry;
                entry.balance = orThrow(rationalFromText(row.text(0)));
                if (const auto price = row.maybeInteger(1))
                    entry.fixedPrice = PriceInfo{*price, row.integer(2)};
                entry.touched = QDateTime::fromMSecsSinceEpoch(row.integer(3), Qt::UTC);
                return entry;
            });
    });
}

void SandboxStore::setBalance(const Address &sender, const QString &balanceId, const BalanceEntry &entry)
{
    const auto perUnit = entry.fixedPrice ? std::optional(entry.fixedPrice->pricePerUnit) : std::nullopt;
    const auto pixels = entry.fixedPrice ? std::optional(entry.fixedPrice->pixelsPerUnit) : std::nullopt;
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("INSERT OR REPLACE INTO sandbox_balance"
                                " (sender, id, balance, price_per_unit, pixels_per_unit, touched) VALUES (?, ?, ?, ?, ?, ?)"),
            {sender.toByteArray(), balanceId, toText(entry.balance), perUnit, pixels, entry.touched.toMSecsSinceEpoch()});
    });
}

void SandboxStore::removeBalance(const Address &sender, const QString &balanceId)
{
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("DELETE FROM sandbox_balance WHERE sender = ? AND id = ?"), {sender.toByteArray(), balanceId});
    });
}

void SandboxStore::dropBalancesBefore(const QDateTime &time)
{
    run([&](Sql &sql) { sql.exec(QStringLiteral("DELETE FROM sandbox_balance WHERE touched < ?"), {time.toMSecsSinceEpoch()}); });
}

NonceState SandboxStore::nonceState(const Hash32 &recipientRandHash, quint32 nonce)
{
    const QByteArray hash = recipientRandHash.toByteArray();
    return run([&](Sql &sql) {
        NonceState state;
        state.seen = sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_nonce WHERE hash = ? AND nonce = ?"), {hash, nonce}) > 0;
        state.distinct = quint32(sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_nonce WHERE hash = ?"), {hash}));
        return state;
    });
}

void SandboxStore::addNonce(const Hash32 &recipientRandHash, quint32 nonce, const U256 &expirationBlock)
{
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("INSERT OR IGNORE INTO sandbox_nonce (hash, nonce, expiration) VALUES (?, ?, ?)"),
            {recipientRandHash.toByteArray(), nonce, blockNumber(expirationBlock)});
    });
}

void SandboxStore::dropNoncesUntil(const U256 &l1Block)
{
    run([&](Sql &sql) { sql.exec(QStringLiteral("DELETE FROM sandbox_nonce WHERE expiration <= ?"), {blockNumber(l1Block)}); });
}

void SandboxStore::addWinner(const WinningTicket &winner)
{
    const Ticket &ticket = winner.ticket;
    const auto &blockHash = ticket.expiration.creationRoundBlockHash;
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("INSERT OR IGNORE INTO sandbox_winner (hash, recipient, sender, face_value, win_prob, nonce,"
                                " rand_hash, round, block_hash, signature, rand, expiration)"
                                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            {winner.hash.toByteArray(), ticket.recipient.toByteArray(), ticket.sender.toByteArray(), toDecimal(ticket.faceValue),
                toDecimal(ticket.winProb), ticket.senderNonce, ticket.recipientRandHash.toByteArray(),
                ticket.expiration.creationRound, blockHash ? std::optional(blockHash->toByteArray()) : std::nullopt,
                winner.signature.toByteArray(), toDecimal(winner.recipientRand), blockNumber(winner.expirationBlock)});
    });
}

QList<WinningTicket> SandboxStore::winners()
{
    return run([](Sql &sql) {
        return sql.rows(QStringLiteral("SELECT hash, recipient, sender, face_value, win_prob, nonce, rand_hash, round, block_hash,"
                                       " signature, rand, expiration FROM sandbox_winner WHERE redeemed = 0 ORDER BY expiration, hash"),
            {}, [](const Row &row) {
                WinningTicket winner;
                winner.hash = orThrow(Hash32::fromBytes(row.blob(0)));
                winner.ticket.recipient = orThrow(Address::fromBytes(row.blob(1)));
                winner.ticket.sender = orThrow(Address::fromBytes(row.blob(2)));
                winner.ticket.faceValue = orThrow(u256FromDecimal(row.text(3)));
                winner.ticket.winProb = orThrow(u256FromDecimal(row.text(4)));
                winner.ticket.senderNonce = quint32(row.integer(5));
                winner.ticket.recipientRandHash = orThrow(Hash32::fromBytes(row.blob(6)));
                winner.ticket.expiration.creationRound = row.integer(7);
                if (!row.isNull(8))
                    winner.ticket.expiration.creationRoundBlockHash = orThrow(Hash32::fromBytes(row.blob(8)));
                winner.signature = orThrow(Signature::fromBytes(row.blob(9)));
                winner.recipientRand = orThrow(u256FromDecimal(row.text(10)));
                winner.expirationBlock = U256(row.integer(11));
                return winner;
            });
    });
}

void SandboxStore::removeWinner(const Hash32 &ticketHash)
{
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("UPDATE sandbox_winner SET redeemed = 1 WHERE hash = ?"), {ticketHash.toByteArray()});
    });
}

std::optional<SenderFunds> SandboxStore::senderFunds(const Address &sender)
{
    return run([&](Sql &sql) {
        return sql.first(QStringLiteral("SELECT deposit, reserve, claimed, claimed_here, withdraw_round FROM sandbox_sender"
                                        " WHERE sender = ?"),
            {sender.toByteArray()}, [](const Row &row) {
                return SenderFunds{wei(row.text(0)), wei(row.text(1)), wei(row.text(2)), wei(row.text(3)), quint64(row.integer(4))};
            });
    });
}

void SandboxStore::setSenderFunds(const Address &sender, const SenderFunds &funds)
{
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("INSERT OR REPLACE INTO sandbox_sender"
                                " (sender, deposit, reserve, claimed, claimed_here, withdraw_round) VALUES (?, ?, ?, ?, ?, ?)"),
            {sender.toByteArray(), toDecimal(funds.deposit), toDecimal(funds.reserve), toDecimal(funds.claimedInCurrentRound),
                toDecimal(funds.claimedByRecipient), qint64(funds.withdrawRound)});
    });
}

void SandboxStore::record(const WirePayment &payment, const PaymentOutcome &outcome)
{
    if (!payment.ticketParams || !payment.sender || !payment.expectedPrice || !payment.expirationParams)
        return;
    QList<TicketVerdict> taken = outcome.tickets;
    taken.removeIf([](const TicketVerdict &verdict) { return !verdict.error.isEmpty(); });
    if (taken.isEmpty())
        return;
    const TicketParams &params = *payment.ticketParams;
    Ticket shared;
    shared.expiration = *payment.expirationParams;
    const U256 rand = deriveRecipientRand(m_secret, params.seed, *payment.sender, params.faceValue, params.winProb,
        params.expirationBlock, payment.expectedPrice->asRational(), shared.auxData());
    const QByteArray hash = params.recipientRandHash.toByteArray();
    run([&](Sql &sql) {
        sql.exec(QStringLiteral("INSERT OR IGNORE INTO sandbox_parameters (hash, sender, rand, expiration) VALUES (?, ?, ?, ?)"),
            {hash, payment.sender->toByteArray(), toBytes32(rand), blockNumber(params.expirationBlock)});
        for (const TicketVerdict &verdict : taken)
            sql.exec(QStringLiteral("INSERT OR IGNORE INTO sandbox_ticket (hash, nonce, won) VALUES (?, ?, ?)"),
                {hash, verdict.senderNonce, verdict.won});
    });
}

QList<byoc::TicketOutcome> SandboxStore::outcomes(const Address &sender, quint64 latestBlock, int limit)
{
    QList<byoc::TicketOutcome> newestFirst = run([&](Sql &sql) {
        return sql.rows(QStringLiteral("SELECT t.hash, t.nonce, t.won, p.rand, p.expiration FROM sandbox_ticket t"
                                       " JOIN sandbox_parameters p ON p.hash = t.hash WHERE p.sender = ?"
                                       " ORDER BY t.id DESC LIMIT ?"),
            {sender.toByteArray(), limit}, [latestBlock](const Row &row) {
                byoc::TicketOutcome outcome{row.blob(0), quint32(row.integer(1)), row.boolean(2), {}};
                // Before that, it could be used to make tickets that always win.
                if (quint64(row.integer(4)) <= latestBlock)
                    outcome.recipientRand = row.blob(3);
                return outcome;
            });
    });
    std::reverse(newestFirst.begin(), newestFirst.end());
    return newestFirst;
}

void SandboxStore::dropJournalUntil(quint64 l1Block)
{
    const qint64 block = blockNumber(U256(l1Block));
    m_database->transactionSync([block](Sql &sql) {
        sql.exec(QStringLiteral("DELETE FROM sandbox_ticket WHERE hash IN (SELECT hash FROM sandbox_parameters WHERE expiration <= ?)"), {block});
        sql.exec(QStringLiteral("DELETE FROM sandbox_parameters WHERE expiration <= ?"), {block});
    });
}

SandboxStore::Totals SandboxStore::totals()
{
    return run([](Sql &sql) {
        return Totals{sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_ticket")),
            sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_winner")),
            sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_winner WHERE redeemed = 1"))};
    });
}

} // namespace sluice
