#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <functional>

namespace sluice {

class Sql;

/// One step of a component's tables, from the version before to the next. Never edited once released: a later
/// change is a later migration.
struct Migration {
    QString description;    ///< for the error when it fails, e.g. "create the run tables"
    QStringList statements; ///< one SQL statement each, run in order inside one transaction
    std::function<void(Sql &)> step = {}; ///< after them, inside the same: for what SQL cannot say
};

/// The tables of one component. Its version in a file is how many of its migrations that file has seen, so
/// several components (the user's history, the sandbox's ledger) share one Database class, and even one file.
struct Schema {
    QString name; ///< stable word, e.g. "runs"
    QList<Migration> migrations;
};

} // namespace sluice
