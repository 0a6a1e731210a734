#include "sluice/base/bytes.h"
#include "sluice/base/json.h"
#include "sluice/store/run_tables_p.h"

#include <QtCore/QStringDecoder>

#include <array>

namespace sluice {

namespace {
constexpr std::array kStates = {"running", "succeeded", "failed", "canceled", "interrupted", "signed"};
}

QString runStateName(RunRecord::State state)
{
    const auto index = std::size_t(state);
    return index < kStates.size() ? QString::fromLatin1(kStates[index]) : QStringLiteral("unknown"); // a newer version's
}

namespace detail::runs {

namespace {

constexpr qsizetype kMaxWords = 8;
constexpr qint64 kMaxPage = 1000;
constexpr qint64 kExportRows = 50;
constexpr qsizetype kExportBytes = 8 * 1024 * 1024;

QDateTime moment(std::optional<qint64> msecs)
{
    return msecs ? QDateTime::fromMSecsSinceEpoch(*msecs, Qt::UTC) : QDateTime();
}

std::optional<int> stateNamed(const QString &word)
{
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (word == QLatin1String(kStates.at(i)))
            return int(i);
    }
    return std::nullopt;
}

void readDetails(Sql &sql, RunRecord &record, qint64 seq)
{
    sql.each(QStringLiteral("SELECT call, error, trace FROM run_details WHERE run = ?"), {seq}, [&](const Row &row) {
        record.call = row.text(0);
        record.errorJson = row.text(1);
        record.traceJson = row.text(2);
    });
    sql.each(QStringLiteral("SELECT bytes FROM run_results WHERE run = ? ORDER BY piece"), {seq},
             [&](const Row &row) { record.resultBytes += row.blob(0); });
}

Json maybe(const std::optional<QString> &text)
{
    return text ? Json(*text) : Json();
}

/// Stored JSON as JSON; a text that is none (it was cut, or written by hand) as a string.
Json parsed(const QString &text)
{
    if (text.isEmpty())
        return {};
    const auto json = Json::parse(text.toUtf8());
    return json ? *json : Json(text);
}

Json toJson(const RunRecord &record)
{
    Json json{{QStringLiteral("id"), record.id},
              {QStringLiteral("started_at"), record.startedAt.toString(Qt::ISODateWithMs)},
              {QStringLiteral("finished_at"), record.finishedAt.isValid() ? Json(record.finishedAt.toString(Qt::ISODateWithMs)) : Json()},
              {QStringLiteral("state"), runStateName(record.state)},
              {QStringLiteral("profile"), record.profile},
              {QStringLiteral("capability"), record.capability},
              {QStringLiteral("verb"), record.verb},
              {QStringLiteral("orchestrator"), record.orchestrator},
              {QStringLiteral("title"), record.title},
              {QStringLiteral("note"), record.note},
              {QStringLiteral("pinned"), record.pinned},
              {QStringLiteral("http_status"), record.httpStatus},
              {QStringLiteral("events"), record.events},
              {QStringLiteral("ticket_count"), record.ticketCount},
              {QStringLiteral("paid_wei"), record.paidWei},
              {QStringLiteral("balance_before"), maybe(record.balanceBefore)},
              {QStringLiteral("balance_after"), maybe(record.balanceAfter)},
              {QStringLiteral("call"), parsed(record.call)},
              {QStringLiteral("error"), parsed(record.errorJson)},
              {QStringLiteral("trace"), parsed(record.traceJson)},
              {QStringLiteral("content_type"), record.resultContentType},
              {QStringLiteral("result_size"), record.resultSize},
              {QStringLiteral("result_truncated"), record.resultTruncated}};
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(record.resultBytes);
    if (decoder.hasError())
        json.insert(QStringLiteral("result_base64"), QString::fromLatin1(bytes::toBase64(record.resultBytes)));
    else
        json.insert(QStringLiteral("result"), text);
    return json;
}

} // namespace

QString columns()
{
    return QStringLiteral("seq, id, started_at, finished_at, profile, capability, verb, orchestrator, title, state, http_status, content_type, "
                          "result_size, result_stored, events, ticket_count, paid_wei, balance_before, balance_after, pinned, note, backend");
}

RunRecord fromRow(const Row &row)
{
    RunRecord record;
    int column = 1; // after seq
    record.id = row.text(column++);
    record.startedAt = moment(row.integer(column++));
    record.finishedAt = moment(row.maybeInteger(column++));
    record.profile = row.text(column++);
    record.capability = row.text(column++);
    record.verb = row.text(column++);
    record.orchestrator = row.text(column++);
    record.title = row.text(column++);
    record.state = RunRecord::State(row.integer(column++));
    record.httpStatus = int(row.integer(column++));
    record.resultContentType = row.text(column++);
    record.resultSize = row.integer(column++);
    record.resultTruncated = row.integer(column++) < record.resultSize;
    record.events = row.integer(column++);
    record.ticketCount = row.integer(column++);
    record.paidWei = row.text(column++);
    record.balanceBefore = row.maybeText(column++);
    record.balanceAfter = row.maybeText(column++);
    record.pinned = row.boolean(column++);
    record.note = row.text(column++);
    record.backend = row.text(column);
    return record;
}

Filter filterFor(const QString &text)
{
    Filter filter;
    const QStringList words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts).mid(0, kMaxWords);
    for (const QString &word : words) {
        // instr, not LIKE: % and _ are letters here. Bytes, not texts: those would be converted anew for each row.
        filter.sql += QStringLiteral(" AND (instr(search, ?) > 0");
        filter.binds << Bind(word.toUtf8());
        if (const auto state = stateNamed(word)) {
            filter.sql += QStringLiteral(" OR state = ?");
            filter.binds << Bind(*state);
        }
        filter.sql += QLatin1Char(')');
    }
    return filter;
}

RunHistory::Page page(Sql &sql, const QString &filter, qint64 offset, qint64 limit)
{
    const Filter where = filterFor(filter);
    RunHistory::Page page;
    limit = qBound<qint64>(0, limit, kMaxPage);
    offset = qMax<qint64>(0, offset);
    const QString all = QStringLiteral("SELECT %1 FROM runs ");
    const QString newest = QStringLiteral(" ORDER BY started_at DESC, seq DESC");
    if (where.sql.isEmpty()) {
        page.total = sql.integer(QStringLiteral("SELECT count(*) FROM runs WHERE removal IS NULL"));
        page.rows = sql.rows(all.arg(columns()) + QStringLiteral("WHERE removal IS NULL") + newest + QStringLiteral(" LIMIT ? OFFSET ?"),
                             {limit, offset}, fromRow);
        return page;
    }
    // One look at the index finds both how many match and which of them the page shows.
    QList<qint64> shown;
    sql.each(QStringLiteral("SELECT seq FROM runs INDEXED BY runs_searched WHERE removal IS NULL") + where.sql + newest, where.binds,
             [&](const Row &row) {
                 if (page.total >= offset && shown.size() < limit)
                     shown << row.integer(0);
                 ++page.total;
             });
    for (const qint64 seq : std::as_const(shown))
        page.rows += sql.rows(all.arg(columns()) + QStringLiteral("WHERE seq = ?"), {seq}, fromRow);
    return page;
}

std::optional<RunRecord> byId(Sql &sql, const QString &id)
{
    qint64 seq = 0;
    auto record = sql.first(QStringLiteral("SELECT %1 FROM runs WHERE id = ? AND removal IS NULL").arg(columns()), {id}, [&](const Row &row) {
        seq = row.integer(0);
        return fromRow(row);
    });
    if (record)
        readDetails(sql, *record, seq);
    return record;
}

RunHistory::ExportPiece exportJsonLines(Sql &sql, const QString &filter, const QString &cursor)
{
    const Filter where = filterFor(filter);
    RunHistory::ExportPiece piece;
    piece.cursor = cursor;
    struct Found {
        qint64 seq;
        RunRecord record;
    };
    auto found = sql.rows(QStringLiteral("SELECT %1 FROM runs WHERE removal IS NULL AND seq > ?%2 ORDER BY seq LIMIT ?").arg(columns(), where.sql),
                          Binds{Bind(cursor.toLongLong())} + where.binds + Binds{Bind(kExportRows)},
                          [](const Row &row) { return Found{row.integer(0), fromRow(row)}; });
    piece.done = found.size() < kExportRows;
    for (Found &run : found) {
        if (piece.lines.size() >= kExportBytes) {
            piece.done = false;
            break;
        }
        readDetails(sql, run.record, run.seq);
        piece.lines += toJson(run.record).dump() + '\n';
        piece.cursor = QString::number(run.seq);
    }
    return piece;
}

} // namespace detail::runs

} // namespace sluice
