#pragma once

#include "sluice/base/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <functional>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace sluice {

/// One row of an answer while it is being read; valid only inside the callback that receives it.
class Row {
public:
    explicit Row(const QSqlQuery &query)
        : m_query(query)
    {
    }
    [[nodiscard]] bool isNull(int column) const { return m_query.isNull(column); }
    [[nodiscard]] QString text(int column) const { return m_query.value(column).toString(); }
    [[nodiscard]] qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] QByteArray blob(int column) const { return m_query.value(column).toByteArray(); }
    /// The text, or nothing for NULL.
    [[nodiscard]] std::optional<QString> maybeText(int column) const;
    [[nodiscard]] std::optional<qint64> maybeInteger(int column) const;

private:
    const QSqlQuery &m_query;
};

/// A value for a `?` of a statement: nothing, a number, a text or bytes. QVariant would also take an unsigned
/// 64-bit number and store it as text, so this takes only what SQLite stores exactly.
class Bind {
public:
    Bind(std::nullopt_t) {}
    Bind(bool value) : m_value(qint64(value ? 1 : 0)) {}
    Bind(int value) : m_value(qint64(value)) {}
    Bind(qint64 value) : m_value(value) {}
    Bind(quint32 value) : m_value(qint64(value)) {}
    Bind(quint64 value) = delete;
    Bind(double value) = delete;
    Bind(const char *value) : m_value(QString::fromUtf8(value)) {}
    Bind(const QString &value) : m_value(value.isNull() ? QStringLiteral("") : value) {}
    Bind(const QByteArray &value) : m_value(value.isNull() ? QByteArray("") : value) {}
    template <typename T>
    Bind(const std::optional<T> &value)
    {
        if (value)
            *this = Bind(*value);
    }
    [[nodiscard]] const QVariant &variant() const { return m_value; }

private:
    QVariant m_value;
};
using Binds = QList<Bind>;

/// The connection as a job on the database's thread sees it: statements with bound values, prepared once.
///
/// Only on that thread, only for the length of the job. Every failure is thrown as Error of kind Storage.
class Sql {
public:
    Sql(QSqlDatabase connection, int busyTimeoutMs);
    Sql(const Sql &) = delete;
    Sql &operator=(const Sql &) = delete;

    /// Runs a statement to its end; the number of rows that it changed.
    int exec(const QString &statement, const Binds &binds = {});
    /// Calls `read` for each row of the answer, without holding them all.
    void each(const QString &statement, const Binds &binds, const std::function<void(const Row &)> &read);

    /// What `map(row)` makes of each row.
    template <typename F> auto rows(const QString &statement, const Binds &binds, F map)
    {
        QList<std::invoke_result_t<F, const Row &>> result;
        each(statement, binds, [&](const Row &row) { result.append(map(row)); });
        return result;
    }
    /// What `map(row)` makes of the first row, or nothing when there is none.
    template <typename F> auto first(const QString &statement, const Binds &binds, F map)
    {
        std::optional<std::invoke_result_t<F, const Row &>> result;
        each(statement, binds, [&](const Row &row) {
            if (!result)
                result = map(row);
        });
        return result;
    }
    /// The first column of the first row as a number; `fallback` when there is no row.
    qint64 integer(const QString &statement, const Binds &binds = {}, qint64 fallback = 0);

    /// Runs `body` between BEGIN IMMEDIATE and COMMIT; rolls back when it throws. Inside another transaction it
    /// joins that one.
    template <typename F> auto transaction(F body)
    {
        if (m_inTransaction)
            return body();
        begin();
        Rollback rollback(*this);
        if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
            body();
            commit();
            rollback.disarm();
        } else {
            auto result = body();
            commit();
            rollback.disarm();
            return result;
        }
    }

    /// Forgets every prepared statement; before the connection closes or its tables change.
    void clearPrepared();

private:
    class Rollback {
    public:
        explicit Rollback(Sql &sql) : m_sql(&sql) {}
        Rollback(const Rollback &) = delete;
        Rollback &operator=(const Rollback &) = delete;
        ~Rollback()
        {
            if (m_sql)
                m_sql->rollback();
        }
        void disarm() { m_sql = nullptr; }

    private:
        Sql *m_sql;
    };

    void begin();
    void commit();
    void rollback() noexcept;
    using Prepared = std::unordered_map<QString, QSqlQuery>;
    Prepared::node_type take(const QString &statement);
    void giveBack(Prepared::node_type query);

    int step(const QString &statement, const Binds &binds, const std::function<void(const Row &)> *read);

    QSqlDatabase m_connection;
    int m_busyTimeoutMs;
    Prepared m_prepared;
    bool m_inTransaction = false;
};

} // namespace sluice
