#include "sluice/store/user_store.h"

#include "sluice/store/nonce_table.h"
#include "sluice/store/pin_table.h"
#include "sluice/store/run_history.h"
#include "sluice/store/settings_table.h"
#include "sluice/store/spend_table.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace sluice {

namespace {

bool makePrivateFolder(const QString &folder)
{
    return QDir().mkpath(folder) && QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

} // namespace

QList<Schema> userSchemas()
{
    return {RunHistory::schema(), TicketLog::schema(), NonceTable::schema(), SpendTable::schema(), PinTable::schema(), SettingsTable::schema()};
}

Expected<std::shared_ptr<Database>> openUserStore(const QString &path)
{
    if (path != QLatin1String(":memory:")) {
        const QString folder = QFileInfo(path).absolutePath();
        if (!QFileInfo(folder).isDir() && !makePrivateFolder(folder))
            return unexpected(Error(Error::Kind::Storage, QStringLiteral("The folder %1 for history and settings could not be made.").arg(folder))
                                  .withAdvice(QStringLiteral("Make the folder above it writable for you, or choose another place.")));
    }
    return Database::open(path, userSchemas());
}

} // namespace sluice
