#include "sluice/store/ticket_log.h"

#include "sluice/store/wei_text_p.h"

namespace sluice {

namespace tickets {
namespace {

constexpr qint64 kMaxPage = 10000;

QList<qint64> add(Sql &sql, const QList<TicketRow> &rows)
{
    return sql.transaction([&] {
        QList<qint64> ids;
        for (const TicketRow &ticket : rows) {
            if (ticket.ticketHash.isEmpty())
                throw Error(Error::Kind::InvalidInput, QStringLiteral("A ticket without its hash cannot be stored (nonce %1).").arg(ticket.nonce));
            const QDateTime created = ticket.createdAt.isValid() ? ticket.createdAt : QDateTime::currentDateTimeUtc();
            ids << sql.integer(QStringLiteral("INSERT INTO tickets(run_id, created_at, orchestrator, capability, recipient, sender, face_value, "
                                              "win_prob, expected_value, nonce, recipient_rand_hash, ticket_hash, signature, state, won) "
                                              "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"),
                               {ticket.runId, created.toMSecsSinceEpoch(), ticket.orchestrator, ticket.capability, ticket.recipient, ticket.sender,
                                ticket.faceValue, ticket.winProb, ticket.expectedValue, ticket.nonce, ticket.recipientRandHash,
                                ticket.ticketHash.toLower(), ticket.signature, int(ticket.state), int(ticket.won)});
        }
        return ids;
    });
}

void setState(Sql &sql, const QList<qint64> &ids, TicketRow::State state)
{
    sql.transaction([&] {
        for (const qint64 id : ids) {
            if (sql.exec(QStringLiteral("UPDATE tickets SET state = ? WHERE id = ?"), {int(state), id}) == 0)
                throw Error(Error::Kind::Storage, QStringLiteral("The ticket log has no ticket number %1.").arg(id));
        }
    });
}

void setOutcome(Sql &sql, const QString &hash, TicketRow::Won won)
{
    if (sql.exec(QStringLiteral("UPDATE tickets SET won = ? WHERE ticket_hash = ?"), {int(won), hash.toLower()}) == 0)
        throw Error(Error::Kind::Storage, QStringLiteral("The ticket log has no ticket with the hash %1.").arg(hash));
}

TicketRow fromRow(const Row &row)
{
    TicketRow ticket;
    int column = 0;
    ticket.id = row.integer(column++);
    ticket.runId = row.text(column++);
    ticket.createdAt = QDateTime::fromMSecsSinceEpoch(row.integer(column++), Qt::UTC);
    ticket.orchestrator = row.text(column++);
    ticket.capability = row.text(column++);
    ticket.recipient = row.text(column++);
    ticket.sender = row.text(column++);
    ticket.faceValue = row.text(column++);
    ticket.winProb = row.text(column++);
    ticket.expectedValue = row.text(column++);
    ticket.nonce = quint32(row.integer(column++));
    ticket.recipientRandHash = row.text(column++);
    ticket.ticketHash = row.text(column++);
    ticket.signature = row.text(column++);
    ticket.state = TicketRow::State(row.integer(column++));
    ticket.won = TicketRow::Won(row.integer(column));
    return ticket;
}

QList<TicketRow> select(Sql &sql, const char *rest, const Binds &binds)
{
    return sql.rows(QStringLiteral("SELECT id, run_id, created_at, orchestrator, capability, recipient, sender, face_value, win_prob, "
                                   "expected_value, nonce, recipient_rand_hash, ticket_hash, signature, state, won FROM tickets ")
                        + QLatin1String(rest),
                    binds, fromRow);
}

QList<TicketRow> byRun(Sql &sql, const QString &runId)
{
    return select(sql, "WHERE run_id = ? ORDER BY id", {runId});
}

QList<TicketRow> latest(Sql &sql, qint64 offset, qint64 limit)
{
    return select(sql, "ORDER BY id DESC LIMIT ? OFFSET ?", {qBound<qint64>(0, limit, kMaxPage), qMax<qint64>(0, offset)});
}

TicketLog::Totals totals(Sql &sql)
{
    TicketLog::Totals totals;
    sql.each(QStringLiteral("SELECT state, count(*) FROM tickets GROUP BY state"), {}, [&](const Row &row) {
        switch (TicketRow::State(row.integer(0))) {
        case TicketRow::State::Prepared: totals.prepared = row.integer(1); break;
        case TicketRow::State::Sent: totals.sent = row.integer(1); break;
        case TicketRow::State::Unsent: totals.unsent = row.integer(1); break;
        }
    });
    boost::multiprecision::cpp_int value = 0;
    sql.each(QStringLiteral("SELECT face_value FROM tickets WHERE won = ?"), {int(TicketRow::Won::Yes)}, [&](const Row &row) {
        value += detail::parseWei(row.text(0));
        ++totals.won;
    });
    totals.wonFaceValue = detail::weiText(value);
    return totals;
}

} // namespace
} // namespace tickets

Schema TicketLog::schema()
{
    return {QStringLiteral("tickets"),
            {{QStringLiteral("create the ticket table"),
              {QStringLiteral("CREATE TABLE tickets(id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, created_at INTEGER NOT NULL, "
                              "orchestrator TEXT NOT NULL, capability TEXT NOT NULL, recipient TEXT NOT NULL, sender TEXT NOT NULL, "
                              "face_value TEXT NOT NULL, win_prob TEXT NOT NULL, expected_value TEXT NOT NULL, nonce INTEGER NOT NULL, "
                              "recipient_rand_hash TEXT NOT NULL, ticket_hash TEXT NOT NULL UNIQUE, signature TEXT NOT NULL, "
                              "state INTEGER NOT NULL, won INTEGER NOT NULL)"),
               QStringLiteral("CREATE INDEX tickets_of_run ON tickets(run_id, id)"),
               QStringLiteral("CREATE INDEX tickets_won ON tickets(won) WHERE won = 1"),
               QStringLiteral("CREATE INDEX tickets_state ON tickets(state)")}}}};
}

QCoro::Task<QList<qint64>> TicketLog::add(QList<TicketRow> rows)
{
    return m_database->run([=](Sql &sql) { return tickets::add(sql, rows); });
}

QList<qint64> TicketLog::addSync(const QList<TicketRow> &rows)
{
    return m_database->runSync([&](Sql &sql) { return tickets::add(sql, rows); });
}

QCoro::Task<void> TicketLog::markSent(QList<qint64> ids)
{
    return m_database->run([=](Sql &sql) { tickets::setState(sql, ids, TicketRow::State::Sent); });
}

void TicketLog::markSentSync(const QList<qint64> &ids)
{
    m_database->runSync([&](Sql &sql) { tickets::setState(sql, ids, TicketRow::State::Sent); });
}

QCoro::Task<void> TicketLog::markUnsent(QList<qint64> ids)
{
    return m_database->run([=](Sql &sql) { tickets::setState(sql, ids, TicketRow::State::Unsent); });
}

void TicketLog::markUnsentSync(const QList<qint64> &ids)
{
    m_database->runSync([&](Sql &sql) { tickets::setState(sql, ids, TicketRow::State::Unsent); });
}

QCoro::Task<void> TicketLog::setOutcome(QString ticketHash, TicketRow::Won won)
{
    return m_database->run([=](Sql &sql) { tickets::setOutcome(sql, ticketHash, won); });
}

void TicketLog::setOutcomeSync(const QString &ticketHash, TicketRow::Won won)
{
    m_database->runSync([&](Sql &sql) { tickets::setOutcome(sql, ticketHash, won); });
}

QCoro::Task<QList<TicketRow>> TicketLog::byRun(QString runId)
{
    return m_database->run([=](Sql &sql) { return tickets::byRun(sql, runId); });
}

QList<TicketRow> TicketLog::byRunSync(const QString &runId)
{
    return m_database->runSync([&](Sql &sql) { return tickets::byRun(sql, runId); });
}

QCoro::Task<QList<TicketRow>> TicketLog::latest(qint64 offset, qint64 limit)
{
    return m_database->run([=](Sql &sql) { return tickets::latest(sql, offset, limit); });
}

QList<TicketRow> TicketLog::latestSync(qint64 offset, qint64 limit)
{
    return m_database->runSync([&](Sql &sql) { return tickets::latest(sql, offset, limit); });
}

QCoro::Task<TicketLog::Totals> TicketLog::totals()
{
    return m_database->run([](Sql &sql) { return tickets::totals(sql); });
}

TicketLog::Totals TicketLog::totalsSync()
{
    return m_database->runSync([](Sql &sql) { return tickets::totals(sql); });
}

} // namespace sluice
