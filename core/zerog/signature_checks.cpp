#include "signature_checks_p.h"

#include "sluice/base/async.h"
#include "sluice/zerog/request_hash.h"

#include <QCoro/QCoroFuture>

namespace sluice::zerog {

namespace {

constexpr qsizetype MostKnown = 20'000;

/// The packed bytes hold everything that is signed, the user among it.
QByteArray keyOf(const SignedRow &row)
{
    return packedRequest(*row.provider, *row.request) + row.request->signature;
}

void verify(QList<SignedRow> &rows)
{
    for (SignedRow &row : rows) {
        const auto checked = verifyRequest(*row.provider, *row.request);
        row.check = checked ? SignatureCheck::Good : SignatureCheck::Bad;
        row.problem = checked ? QString() : checked.error().message();
    }
}

} // namespace

QCoro::Task<void> SignatureChecks::fill(std::shared_ptr<QList<SignedRow>> rows)
{
    const auto fresh = std::make_shared<QList<SignedRow>>();
    for (const SignedRow &row : std::as_const(*rows)) {
        if (row.provider && row.request && !m_known.contains(keyOf(row)))
            fresh->append(row);
    }
    if (!fresh->isEmpty()) {
        const QFuture<void> done = inBackground([fresh] { verify(*fresh); });
        co_await done;
    }
    if (m_known.size() + fresh->size() > MostKnown)
        m_known.clear();
    QHash<QByteArray, QString> now;
    for (const SignedRow &row : std::as_const(*fresh))
        now.insert(keyOf(row), row.problem);
    m_known.insert(now);
    for (SignedRow &row : *rows) {
        if (!row.provider || !row.request)
            continue;
        const QByteArray key = keyOf(row);
        const auto known = m_known.constFind(key);
        if (known == m_known.constEnd())
            continue; // forgotten while it was waited: the next look finds it
        row.problem = *known;
        row.check = row.problem.isEmpty() ? SignatureCheck::Good : SignatureCheck::Bad;
    }
}

} // namespace sluice::zerog
