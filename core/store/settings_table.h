#pragma once

#include "sluice/base/json.h"
#include "sluice/store/database.h"

#include <functional>

namespace sluice {

/// Profiles and settings that window and command line share, as JSON by key ("profile/local", "limits").
/// Never a secret: those are the keychain's.
class SettingsTable {
public:
    explicit SettingsTable(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    static Schema schema();

    QCoro::Task<std::optional<Json>> get(QString key);
    std::optional<Json> getSync(const QString &key);
    QCoro::Task<void> set(QString key, Json value);
    void setSync(const QString &key, const Json &value);
    /// Puts what `change` makes of the entry into its place, in one transaction; gives what it made. `change` runs on the database's thread,
    /// gets nothing when there is no entry, and may throw, which leaves all as it was.
    QCoro::Task<Json> change(QString key, std::function<Json(const std::optional<Json> &)> change);
    /// True when there was one.
    QCoro::Task<bool> remove(QString key);
    bool removeSync(const QString &key);
    /// Every entry whose key starts with `prefix`, by key; an empty prefix means all.
    QCoro::Task<QList<std::pair<QString, Json>>> all(QString prefix);
    QList<std::pair<QString, Json>> allSync(const QString &prefix);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice
