#include "sluice/backend/user_data.h"

#include "sluice/net/pin_store.h"
#include "sluice/payments/nonce_store.h"
#include "sluice/payments/paid_ahead.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/store/nonce_table.h"
#include "sluice/store/pin_table.h"
#include "sluice/store/run_history.h"
#include "sluice/store/settings_table.h"
#include "sluice/store/spend_table.h"
#include "sluice/store/ticket_log.h"
#include "sluice/store/user_store.h"

#include <QtCore/QStandardPaths>

#include <map>
#include <mutex>

namespace sluice {

namespace {

class StoredNonces final : public NonceStore {
public:
    explicit StoredNonces(std::shared_ptr<Database> database)
        : m_table(std::move(database))
    {
    }
    QCoro::Task<quint32> take(Hash32 recipientRandHash, quint32 count) override
    {
        return m_table.take(recipientRandHash.toHex(), count);
    }

private:
    NonceTable m_table;
};

QString limitsKey(const QString &purse)
{
    return QStringLiteral("purse/%1/limits").arg(purse);
}

PurseLimits storedLimits(SettingsTable &settings, const QString &purse)
{
    const auto json = settings.getSync(limitsKey(purse));
    const PurseLimits said = json ? orThrow(PurseLimits::fromJson(*json)) : PurseLimits();
    return said.orElse(PurseLimits::defaults());
}

class StoredSpending final : public SpendBook {
public:
    StoredSpending(std::shared_ptr<Database> database, QString purse)
        : m_table(database)
        , m_settings(database)
        , m_purse(std::move(purse))
    {
    }
    PurseLimits limits() override { return storedLimits(m_settings, m_purse); }
    Wei total(QDate utcDay) override { return orThrow(weiFromDecimal(m_table.totalSync(m_purse, utcDay))); }
    bool addWithin(QDate utcDay, const Wei &amount, const std::optional<Wei> &limit) override
    {
        const QString wei = toDecimal(amount);
        if (limit)
            return m_table.addWithinSync(m_purse, utcDay, wei, toDecimal(*limit)).has_value();
        m_table.addSync(m_purse, utcDay, wei);
        return true;
    }
    void subtract(QDate utcDay, const Wei &amount) override { m_table.subtractSync(m_purse, utcDay, toDecimal(amount)); }

private:
    SpendTable m_table;
    SettingsTable m_settings;
    QString m_purse;
};

/// As orchestrators forget a balance that rested for ten minutes.
class StoredAhead final : public AheadBook {
public:
    StoredAhead(std::shared_ptr<Database> database, const Clock &clock, const QString &purse)
        : m_database(std::move(database))
        , m_clock(clock)
        , m_prefix(QStringLiteral("purse/%1/ahead/").arg(purse))
    {
    }
    Rational total(const QString &account) override
    {
        return m_database->runSync([&](Sql &sql) { return total(sql, m_prefix + account); });
    }
    void add(const QString &account, const Rational &wei) override
    {
        m_database->transactionSync([&](Sql &sql) {
            const qint64 forgotten = now() - restSeconds;
            sql.exec(QStringLiteral("DELETE FROM settings WHERE substr(key, 1, length(?)) = ? AND json_extract(value, '$.at') < ?"),
                {m_prefix, m_prefix, forgotten});
            Sum sum = read(sql, m_prefix + account).value_or(Sum());
            sum.wei = current(sum) + wei;
            sum.touched = now();
            if (wei > 0)
                sum.paid = sum.touched;
            write(sql, m_prefix + account, sum);
        });
    }
    void forget(const QString &account, const Rational &most) override
    {
        m_database->transactionSync([&](Sql &sql) {
            auto sum = read(sql, m_prefix + account);
            if (!sum || sum->wei <= most || now() - sum->paid <= restSeconds)
                return;
            sum->wei = most;
            write(sql, m_prefix + account, *sum);
        });
    }

private:
    struct Sum {
        Rational wei;
        qint64 touched = 0;
        qint64 paid = 0;
    };
    static constexpr qint64 restSeconds = 10 * 60;
    qint64 now() const { return m_clock.now().toSecsSinceEpoch(); }
    Rational current(const Sum &sum) const
    {
        const qint64 age = now() - sum.touched;
        return age >= 0 && age <= restSeconds ? sum.wei : Rational(0);
    }
    Rational total(Sql &sql, const QString &key) const
    {
        const auto sum = read(sql, key);
        return sum ? current(*sum) : Rational(0);
    }
    static std::optional<Sum> read(Sql &sql, const QString &key)
    {
        const auto text = sql.first(QStringLiteral("SELECT value FROM settings WHERE key = ?"), {key}, [](const Row &row) { return row.text(0); });
        if (!text)
            return std::nullopt;
        const Json entry = orThrow(Json::parse(text->toUtf8()));
        const auto wei = rationalFromText(entry.value(QStringLiteral("wei")).toString());
        if (!wei)
            return std::nullopt;
        Sum sum;
        sum.wei = *wei;
        sum.touched = entry.value(QStringLiteral("at")).toInt64().value_or(0);
        sum.paid = entry.value(QStringLiteral("paid")).toInt64().value_or(sum.touched); // older entries do not say
        return sum;
    }
    static void write(Sql &sql, const QString &key, const Sum &sum)
    {
        const Json entry{{QStringLiteral("wei"), toText(sum.wei)}, {QStringLiteral("at"), sum.touched}, {QStringLiteral("paid"), sum.paid}};
        sql.exec(QStringLiteral("INSERT INTO settings(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"),
            {key, QString::fromUtf8(entry.dump())});
    }

    std::shared_ptr<Database> m_database;
    const Clock &m_clock;
    QString m_prefix;
};

class StoredPins final : public PinStore {
public:
    explicit StoredPins(std::shared_ptr<Database> database)
        : m_table(std::move(database))
    {
    }
    QString load(const QString &hostPort) override
    {
        const auto row = m_table.findSync(hostPort);
        return row ? row->fingerprint : QString();
    }
    void save(const QString &hostPort, const QString &fingerprint) override
    {
        m_table.replaceSync({hostPort, fingerprint, QDateTime::currentDateTimeUtc()});
    }

private:
    PinTable m_table;
};

} // namespace

class UserData::Private {
public:
    Private(std::shared_ptr<Database> shared, const Clock &theClock)
        : database(std::move(shared))
        , clock(theClock)
        , history(database)
        , tickets(database)
        , settings(database)
        , nonces(database)
        , pins(database)
    {
    }

    std::shared_ptr<Database> database;
    const Clock &clock;
    RunHistory history;
    TicketLog tickets;
    SettingsTable settings;
    StoredNonces nonces;
    StoredPins pins;
    std::mutex mutex;
    std::map<QString, StoredSpending> purses;
    std::map<QString, StoredAhead> ahead;
};

UserData::UserData(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

UserData::~UserData() = default;

Expected<std::shared_ptr<UserData>> UserData::open(const QString &path)
{
    auto database = openUserStore(path.isEmpty() ? defaultPath() : path);
    if (!database)
        return unexpected(database.error());
    std::shared_ptr<UserData> data(new UserData(std::make_unique<Private>(std::move(*database), Clock::system())));
    try {
        data->history().markInterruptedSync();
    } catch (const Error &error) {
        return unexpected(error);
    }
    return data;
}

std::shared_ptr<UserData> UserData::inMemory(const Clock &clock)
{
    auto database = orThrow(Database::open(QStringLiteral(":memory:"), userSchemas()));
    return std::shared_ptr<UserData>(new UserData(std::make_unique<Private>(std::move(database), clock)));
}

QString UserData::defaultPath()
{
    const QString folder = qEnvironmentVariable("SLUICE_DATA_DIR",
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/sluice"));
    return folder + QStringLiteral("/sluice.sqlite");
}

RunHistory &UserData::history()
{
    return d->history;
}

TicketLog &UserData::tickets()
{
    return d->tickets;
}

SettingsTable &UserData::settings()
{
    return d->settings;
}

NonceStore &UserData::nonces()
{
    return d->nonces;
}

SpendBook &UserData::spending(const QString &purse)
{
    const std::lock_guard lock(d->mutex);
    return d->purses.try_emplace(purse, d->database, purse).first->second;
}

PurseLimits UserData::purseLimits(const QString &purse)
{
    return storedLimits(d->settings, purse);
}

void UserData::setPurseLimits(const QString &purse, const PurseLimits &limits)
{
    d->settings.setSync(limitsKey(purse), limits.toJson());
}

void UserData::adoptProfileLimits(const QString &profile, const QString &purse)
{
    const QString key = QStringLiteral("profile/") + profile;
    std::optional<Json> json = d->settings.getSync(key);
    if (!json)
        return;
    const auto take = [&json](const char *name) -> std::optional<Wei> {
        const Json value = json->value(QLatin1String(name));
        json->remove(QLatin1String(name));
        const auto wei = weiFromDecimal(value.toString());
        return wei && *wei >= 0 ? std::optional(*wei) : std::nullopt;
    };
    PurseLimits wanted;
    wanted.perCall = take("purse_per_call_wei");
    wanted.perDay = take("purse_per_day_wei");
    PurseLimits old;
    old.perCall = take("max_spend_per_call_wei");
    old.perDay = take("max_spend_per_day_wei");
    if (wanted == PurseLimits() && old == PurseLimits())
        return;
    // The purse first: a program that dies in between does the rest the next time.
    setPurseLimits(purse, wanted.orElse(purseLimits(purse)).stricter(old));
    d->settings.setSync(key, *json);
}

AheadBook &UserData::paidAhead(const QString &purse)
{
    const std::lock_guard lock(d->mutex);
    return d->ahead.try_emplace(purse, d->database, d->clock, purse).first->second;
}

const Clock &UserData::clock() const
{
    return d->clock;
}

PinStore &UserData::pins()
{
    return d->pins;
}

std::shared_ptr<Database> UserData::database()
{
    return d->database;
}

} // namespace sluice
