#pragma once

#include "sluice/base/json.h"
#include "sluice/store/database.h"

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
