#pragma once

#include "sluice/store/run_history.h"

/// The steps of RunHistory on the database's thread; each is one transaction when called alone.
namespace sluice::detail::runs {

[[nodiscard]] Schema schema();

QString begin(Sql &sql, RunRecord record);
void appendPartial(Sql &sql, const QString &id, const QByteArray &bytes, qint64 events);
void finish(Sql &sql, const QString &id, const RunOutcome &outcome);
int markInterrupted(Sql &sql);

RunHistory::Page page(Sql &sql, const QString &filter, qint64 offset, qint64 limit);
std::optional<RunRecord> byId(Sql &sql, const QString &id);
void setPinned(Sql &sql, const QString &id, bool pinned);
void setNote(Sql &sql, const QString &id, const QString &note);

RunHistory::Removal remove(Sql &sql, const QStringList &ids);
RunHistory::Removal clear(Sql &sql);
int restore(Sql &sql, const RunHistory::Removal &removal);
int purge(Sql &sql, const QDateTime &before);

RunHistory::ExportPiece exportJsonLines(Sql &sql, const QString &filter, const QString &cursor);

/// Takes secrets out of runs that were stored before inputs were looked through: from call, title, answer, error and search, by
/// the names of fields, since no schema was kept with them.
void hideOldSecrets(Sql &sql);

/// What a search looks at, in one case, bounded: a filter must not read every prompt that was ever sent.
void refreshSearch(Sql &sql, qint64 seq);

/// A search as SQL: " AND …" with its values.
struct Filter {
    QString sql;
    Binds binds;
};
[[nodiscard]] Filter filterFor(const QString &text);

/// The columns that fromRow() reads, in its order.
[[nodiscard]] QString columns();
[[nodiscard]] RunRecord fromRow(const Row &row);

} // namespace sluice::detail::runs
