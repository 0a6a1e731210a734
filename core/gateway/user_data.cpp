#include "sluice/gateway/user_data.h"

#include "sluice/net/pin_store.h"
#include "sluice/payments/nonce_store.h"
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

class StoredSpending final : public SpendBook {
public:
    StoredSpending(std::shared_ptr<Database> database, QString purse)
        : m_table(std::move(database))
        , m_purse(std::move(purse))
    {
    }
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
    QString m_purse;
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
    explicit Private(std::shared_ptr<Database> shared)
        : database(std::move(shared))
        , history(database)
        , tickets(database)
        , settings(database)
        , nonces(database)
        , pins(database)
    {
    }

    std::shared_ptr<Database> database;
    RunHistory history;
    TicketLog tickets;
    SettingsTable settings;
    StoredNonces nonces;
    StoredPins pins;
    std::mutex mutex;
    std::map<QString, StoredSpending> purses;
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
    std::shared_ptr<UserData> data(new UserData(std::make_unique<Private>(std::move(*database))));
    try {
        data->history().markInterruptedSync();
    } catch (const Error &error) {
        return unexpected(error);
    }
    return data;
}

std::shared_ptr<UserData> UserData::inMemory()
{
    return std::shared_ptr<UserData>(
        new UserData(std::make_unique<Private>(orThrow(Database::open(QStringLiteral(":memory:"), userSchemas())))));
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

PinStore &UserData::pins()
{
    return d->pins;
}

std::shared_ptr<Database> UserData::database()
{
    return d->database;
}

} // namespace sluice
