#include "sluice/store/user_store.h"

#include "sluice/store/nonce_table.h"
#include "sluice/store/pin_table.h"
#include "sluice/store/run_history.h"
#include "sluice/store/settings_table.h"
#include "sluice/store/spend_table.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

namespace sluice {

QString defaultUserStorePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/sluice/sluice.db");
}

QList<Schema> userSchemas()
{
    return {RunHistory::schema(), TicketLog::schema(), NonceTable::schema(), SpendTable::schema(), PinTable::schema(), SettingsTable::schema()};
}

Expected<std::shared_ptr<Database>> openUserStore(const QString &path)
{
    const QString file = path.isEmpty() ? defaultUserStorePath() : path;
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return unexpected(Error(Error::Kind::Storage, QStringLiteral("The folder %1 for history and settings could not be made.").arg(folder))
                              .withAdvice(QStringLiteral("Make it writable for you, or set XDG_DATA_HOME to a folder that is.")));
    return Database::open(file, userSchemas());
}

} // namespace sluice
