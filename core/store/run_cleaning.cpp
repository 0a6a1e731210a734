#include "sluice/base/schema_secrets.h"
#include "sluice/base/secret_mask.h"
#include "sluice/store/run_tables_p.h"

namespace sluice::detail::runs {

namespace {

struct Stored {
    QString call;
    QString error;
    QString trace;
    QString title;
};

/// Takes what names give away out of `member` of the call; says where, and adds it to the mask.
void hideMember(Json &call, const QString &member, Json &places, SecretMask &mask)
{
    const Json value = call.value(member);
    const QStringList pointers = SchemaSecrets().in(value).pointers();
    mask.add(value, pointers);
    for (const QString &pointer : pointers)
        places.append(QLatin1Char('/') + member + pointer);
    call.insert(member, withoutValues(value, pointers));
}

/// A title was the first text of the input, with its blanks joined and cut off: a secret may not stand whole in it.
QString hiddenTitle(const QString &title, const Json &input, const QStringList &places, const SecretMask &mask)
{
    for (const QString &place : places) {
        const QString secret = input.find(place).value_or(Json()).toString().simplified();
        if (!title.isEmpty() && secret.startsWith(title))
            return {};
    }
    return mask.in(title);
}

void hideResult(Sql &sql, qint64 run, const SecretMask &mask)
{
    QByteArray whole;
    sql.each(QStringLiteral("SELECT bytes FROM run_results WHERE run = ? ORDER BY piece"), {run}, [&](const Row &row) { whole += row.blob(0); });
    const QByteArray hidden = mask.in(whole);
    if (hidden == whole)
        return;
    sql.exec(QStringLiteral("DELETE FROM run_results WHERE run = ?"), {run});
    sql.exec(QStringLiteral("INSERT INTO run_results(run, bytes) VALUES(?, ?)"), {run, hidden});
}

void hideIn(Sql &sql, qint64 run)
{
    const auto stored = sql.first(
        QStringLiteral("SELECT call, error, trace, title FROM run_details JOIN runs ON seq = run WHERE run = ?"), {run},
        [](const Row &row) { return Stored{row.text(0), row.text(1), row.text(2), row.text(3)}; });
    const auto parsed = stored ? Json::parse(stored->call.toUtf8(), {64 * 1024 * 1024, 128}) : Expected<Json>(Json());
    if (!parsed || !parsed->isObject() || parsed->contains(QStringLiteral("masked")))
        return;
    Json call = *parsed;
    const Json input = call.value(QStringLiteral("input"));
    Json places = Json::array();
    SecretMask mask;
    hideMember(call, QStringLiteral("input"), places, mask);
    if (call.contains(QStringLiteral("parameters")))
        hideMember(call, QStringLiteral("parameters"), places, mask);
    if (places.size() == 0)
        return;
    call = mask.in(call);
    call.insert(QStringLiteral("masked"), Json{{QStringLiteral("by_schema"), Json::array()}, {QStringLiteral("by_name"), places}});
    sql.exec(QStringLiteral("UPDATE run_details SET call = ?, error = ?, trace = ? WHERE run = ?"),
        {QString::fromUtf8(call.dump()), mask.in(stored->error), mask.in(stored->trace), run});
    const QString title = hiddenTitle(stored->title, input, SchemaSecrets().in(input).pointers(), mask);
    sql.exec(QStringLiteral("UPDATE runs SET title = ? WHERE seq = ?"), {title, run});
    hideResult(sql, run, mask);
    refreshSearch(sql, run);
}

} // namespace

void hideOldSecrets(Sql &sql)
{
    // What is overwritten here must not stay readable in free pages, whatever that costs once.
    sql.exec(QStringLiteral("PRAGMA secure_delete = ON"));
    const QList<qint64> runs = sql.rows(QStringLiteral("SELECT run FROM run_details ORDER BY run"), {}, [](const Row &row) { return row.integer(0); });
    for (const qint64 run : runs)
        hideIn(sql, run);
    sql.exec(QStringLiteral("PRAGMA secure_delete = FAST"));
}

} // namespace sluice::detail::runs
