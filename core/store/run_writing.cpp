#include "sluice/store/process_identity_p.h"
#include "sluice/store/run_tables_p.h"
#include "sluice/store/ticket_log.h"
#include "sluice/store/wei_text_p.h"

#include <QtCore/QUuid>

namespace sluice::detail::runs {

namespace {

constexpr qsizetype kMaxSearchChars = 2048;
// A stream of many small pieces is joined when it ends, so that reading it back is one row.
constexpr qint64 kMaxPieces = 16;

struct Place {
    qint64 seq = 0;
    qint64 stored = 0;
};

Place find(Sql &sql, const QString &id)
{
    const auto place = sql.first(QStringLiteral("SELECT seq, result_stored FROM runs WHERE id = ?"), {id},
                                 [](const Row &row) { return Place{row.integer(0), row.integer(1)}; });
    if (!place)
        throw Error(Error::Kind::Storage, QStringLiteral("History has no run “%1”.").arg(id));
    return *place;
}

void store(Sql &sql, const Place &place, const QByteArray &bytes)
{
    const qint64 room = RunHistory::maxResultBytes - place.stored;
    const QByteArray kept = bytes.left(qMax<qint64>(0, room));
    if (!kept.isEmpty())
        sql.exec(QStringLiteral("INSERT INTO run_results(run, bytes) VALUES(?, ?)"), {place.seq, kept});
    sql.exec(QStringLiteral("UPDATE runs SET result_size = result_size + ?, result_stored = result_stored + ? WHERE seq = ?"),
             {qint64(bytes.size()), qint64(kept.size()), place.seq});
}

void replaceResult(Sql &sql, qint64 seq, const QByteArray &bytes)
{
    sql.exec(QStringLiteral("DELETE FROM run_results WHERE run = ?"), {seq});
    sql.exec(QStringLiteral("UPDATE runs SET result_size = 0, result_stored = 0 WHERE seq = ?"), {seq});
    store(sql, {seq, 0}, bytes);
}

void joinPieces(Sql &sql, qint64 seq)
{
    if (sql.integer(QStringLiteral("SELECT count(*) FROM run_results WHERE run = ?"), {seq}) <= kMaxPieces)
        return;
    QByteArray whole;
    sql.each(QStringLiteral("SELECT bytes FROM run_results WHERE run = ? ORDER BY piece"), {seq}, [&](const Row &row) { whole += row.blob(0); });
    sql.exec(QStringLiteral("DELETE FROM run_results WHERE run = ?"), {seq});
    sql.exec(QStringLiteral("INSERT INTO run_results(run, bytes) VALUES(?, ?)"), {seq, whole});
}

} // namespace

void refreshSearch(Sql &sql, qint64 seq)
{
    const auto text = sql.first(
        QStringLiteral("SELECT capability, title, note, orchestrator, profile, verb FROM runs WHERE seq = ?"), {seq}, [](const Row &row) {
            QStringList parts;
            for (int column = 0; column < 6; ++column)
                parts << row.text(column);
            return parts.join(QLatin1Char('\n')).left(kMaxSearchChars).toCaseFolded();
        });
    sql.exec(QStringLiteral("UPDATE runs SET search = ? WHERE seq = ?"), {text.value_or(QString()).toUtf8(), seq});
}

Schema schema()
{
    return {QStringLiteral("runs"),
            {{QStringLiteral("create the run tables"),
              {QStringLiteral("CREATE TABLE runs("
                              "seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, "
                              "finished_at INTEGER, state INTEGER NOT NULL, profile TEXT NOT NULL, capability TEXT NOT NULL, "
                              "verb TEXT NOT NULL, orchestrator TEXT NOT NULL, title TEXT NOT NULL, http_status INTEGER NOT NULL DEFAULT 0, "
                              "content_type TEXT NOT NULL DEFAULT '', result_size INTEGER NOT NULL DEFAULT 0, "
                              "result_stored INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0, "
                              "ticket_count INTEGER NOT NULL DEFAULT 0, paid_wei TEXT NOT NULL DEFAULT '0', balance_before TEXT, "
                              "balance_after TEXT, pinned INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', "
                              "owner_pid INTEGER NOT NULL, owner_started TEXT NOT NULL, removal INTEGER, removed_at INTEGER, "
                              "search BLOB NOT NULL DEFAULT x'')"),
               QStringLiteral("CREATE INDEX runs_newest ON runs(started_at DESC, seq DESC) WHERE removal IS NULL"),
               // Holds what a filter looks at, so that searching ten thousand runs does not read their rows.
               QStringLiteral("CREATE INDEX runs_searched ON runs(started_at DESC, seq DESC, search, state) WHERE removal IS NULL"),
               QStringLiteral("CREATE INDEX runs_running ON runs(owner_pid) WHERE state = 0"),
               QStringLiteral("CREATE INDEX runs_removed ON runs(removal) WHERE removal IS NOT NULL"),
               // Apart from the rows that lists read: these may be megabytes each.
               QStringLiteral("CREATE TABLE run_details(run INTEGER PRIMARY KEY REFERENCES runs(seq) ON DELETE CASCADE, "
                              "call TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', trace TEXT NOT NULL DEFAULT '')"),
               QStringLiteral("CREATE TABLE run_results(piece INTEGER PRIMARY KEY AUTOINCREMENT, "
                              "run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE, bytes BLOB NOT NULL)"),
               QStringLiteral("CREATE INDEX run_results_of ON run_results(run, piece)")}},
             {QStringLiteral("hide secrets in stored runs"), {}, hideOldSecrets},
             // Beside the capability: two backends may offer the same name, and lists do not read calls, which may be megabytes.
             {QStringLiteral("say which backend a run went to"), {QStringLiteral("ALTER TABLE runs ADD COLUMN backend TEXT NOT NULL DEFAULT ''")}}}};
}

QString begin(Sql &sql, RunRecord record)
{
    if (record.id.isEmpty())
        record.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!record.startedAt.isValid())
        record.startedAt = QDateTime::currentDateTimeUtc();
    const ProcessIdentity &owner = ProcessIdentity::own();
    sql.transaction([&] {
        sql.exec(QStringLiteral("INSERT INTO runs(id, started_at, state, profile, capability, verb, orchestrator, title, balance_before, "
                                "pinned, note, owner_pid, owner_started, backend) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                 {record.id, record.startedAt.toMSecsSinceEpoch(), int(RunRecord::State::Running), record.profile, record.capability, record.verb,
                  record.orchestrator, record.title, record.balanceBefore, record.pinned, record.note, owner.pid, owner.started, record.backend});
        const qint64 seq = find(sql, record.id).seq;
        sql.exec(QStringLiteral("INSERT INTO run_details(run, call) VALUES(?, ?)"), {seq, record.call});
        refreshSearch(sql, seq);
    });
    return record.id;
}

void appendPartial(Sql &sql, const QString &id, const QByteArray &bytes, qint64 events)
{
    sql.transaction([&] {
        const Place place = find(sql, id);
        store(sql, place, bytes);
        if (events != 0)
            sql.exec(QStringLiteral("UPDATE runs SET events = events + ? WHERE seq = ?"), {events, place.seq});
    });
}

void finish(Sql &sql, const QString &id, const RunOutcome &outcome)
{
    const QDateTime finished = outcome.finishedAt.isValid() ? outcome.finishedAt : QDateTime::currentDateTimeUtc();
    sql.transaction([&] {
        const qint64 seq = find(sql, id).seq;
        if (outcome.resultBytes)
            replaceResult(sql, seq, *outcome.resultBytes);
        sql.exec(QStringLiteral("UPDATE runs SET state = ?, finished_at = ?, http_status = ?, content_type = ?, "
                                "orchestrator = coalesce(?, orchestrator), events = coalesce(?, events), "
                                "ticket_count = coalesce(?, ticket_count), paid_wei = coalesce(?, paid_wei), "
                                "balance_before = coalesce(?, balance_before), balance_after = coalesce(?, balance_after) WHERE seq = ?"),
                 {int(outcome.state), finished.toMSecsSinceEpoch(), outcome.httpStatus, outcome.resultContentType, outcome.orchestrator,
                  outcome.events, outcome.ticketCount, outcome.paidWei, outcome.balanceBefore, outcome.balanceAfter, seq});
        sql.exec(QStringLiteral("UPDATE run_details SET error = ?, trace = ? WHERE run = ?"), {outcome.errorJson, outcome.traceJson, seq});
        if (!outcome.note.isEmpty())
            sql.exec(QStringLiteral("UPDATE runs SET note = ? WHERE seq = ? AND note = ''"), {outcome.note, seq});
        joinPieces(sql, seq);
        if (outcome.orchestrator || !outcome.note.isEmpty())
            refreshSearch(sql, seq);
    });
}

int markInterrupted(Sql &sql)
{
    return sql.transaction([&] {
        struct Running {
            qint64 seq;
            QString id;
            ProcessIdentity owner;
        };
        const auto running = sql.rows(QStringLiteral("SELECT seq, id, owner_pid, owner_started FROM runs WHERE state = 0"), {},
                                      [](const Row &row) { return Running{row.integer(0), row.text(1), {row.integer(2), row.text(3)}}; });
        int marked = 0;
        for (const Running &run : running) {
            if (run.owner.isAlive())
                continue;
            // What it paid was not written down: every ticket that was signed and not given up may be redeemed.
            const QStringList paid = sql.rows(QStringLiteral("SELECT expected_value FROM tickets WHERE run_id = ? AND state <> ?"),
                                              {run.id, int(TicketRow::State::Unsent)}, [](const Row &row) { return row.text(0); });
            // Its end is unknown, so finished_at stays empty.
            sql.exec(QStringLiteral("UPDATE runs SET state = ?, ticket_count = ?, paid_wei = ? WHERE seq = ?"),
                     {int(RunRecord::State::Interrupted), paid.size(), wholeSum(paid), run.seq});
            joinPieces(sql, run.seq);
            ++marked;
        }
        return marked;
    });
}

void setPinned(Sql &sql, const QString &id, bool pinned)
{
    sql.transaction([&] { sql.exec(QStringLiteral("UPDATE runs SET pinned = ? WHERE seq = ?"), {pinned, find(sql, id).seq}); });
}

void setNote(Sql &sql, const QString &id, const QString &note)
{
    sql.transaction([&] {
        const qint64 seq = find(sql, id).seq;
        sql.exec(QStringLiteral("UPDATE runs SET note = ? WHERE seq = ?"), {note, seq});
        refreshSearch(sql, seq);
    });
}

namespace {

/// One number per removal; it also says when, so that purge() can tell the old ones.
qint64 newRemoval(Sql &sql)
{
    return sql.integer(QStringLiteral("SELECT coalesce(max(removal), 0) + 1 FROM runs WHERE removal IS NOT NULL"), {}, 1);
}

} // namespace

RunHistory::Removal remove(Sql &sql, const QStringList &ids)
{
    return sql.transaction([&] {
        RunHistory::Removal removal{newRemoval(sql), 0};
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (const QString &id : ids)
            removal.count += sql.exec(QStringLiteral("UPDATE runs SET removal = ?, removed_at = ? WHERE id = ? AND removal IS NULL"),
                                      {removal.token, now, id});
        return removal;
    });
}

RunHistory::Removal clear(Sql &sql)
{
    return sql.transaction([&] {
        RunHistory::Removal removal{newRemoval(sql), 0};
        removal.count = sql.exec(QStringLiteral("UPDATE runs SET removal = ?, removed_at = ? WHERE removal IS NULL AND pinned = 0 AND state <> 0"),
                                 {removal.token, QDateTime::currentMSecsSinceEpoch()});
        return removal;
    });
}

int restore(Sql &sql, const RunHistory::Removal &removal)
{
    return sql.exec(QStringLiteral("UPDATE runs SET removal = NULL, removed_at = NULL WHERE removal = ?"), {removal.token});
}

int purge(Sql &sql, const QDateTime &before)
{
    return sql.exec(QStringLiteral("DELETE FROM runs WHERE removal IS NOT NULL AND removed_at < ?"), {before.toMSecsSinceEpoch()});
}

} // namespace sluice::detail::runs
