#include "sluice/store/nonce_table.h"

#include "sluice/base/bytes.h"

#include <limits>

namespace sluice {

Schema NonceTable::schema()
{
    return {QStringLiteral("nonces"),
            {{QStringLiteral("create the nonce table"),
              {QStringLiteral("CREATE TABLE nonces(hash BLOB PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID")}}}};
}

quint32 NonceTable::take(Sql &sql, const QString &hash, quint32 count)
{
    const QByteArray key = orThrow(bytes::fromHex(hash.toLatin1()));
    if (key.isEmpty() || count == 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("Cannot take %1 nonces for the hash “%2”.").arg(count).arg(hash));
    return sql.transaction([&] {
        const qint64 last = sql.integer(QStringLiteral("SELECT last FROM nonces WHERE hash = ?"), {key});
        if (last + qint64(count) > qint64(std::numeric_limits<quint32>::max()))
            throw Error(Error::Kind::Storage, QStringLiteral("The ticket nonces for %1 are used up (last %2).").arg(hash).arg(last))
                .withAdvice(QStringLiteral("Ask the orchestrator for new ticket parameters."));
        sql.exec(QStringLiteral("INSERT INTO nonces(hash, last) VALUES(?, ?) ON CONFLICT(hash) DO UPDATE SET last = excluded.last"),
                 {key, last + qint64(count)});
        return quint32(last + 1);
    });
}

QCoro::Task<quint32> NonceTable::take(QString hash, quint32 count)
{
    return m_database->run([=](Sql &sql) { return take(sql, hash, count); });
}

quint32 NonceTable::takeSync(const QString &hash, quint32 count)
{
    return m_database->runSync([&](Sql &sql) { return take(sql, hash, count); });
}

} // namespace sluice
