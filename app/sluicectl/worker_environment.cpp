#include "worker_client.h"

#include "sluice/base/secret_environment.h"

#include <QtCore/QFile>

namespace sluice::ctl {

using namespace llmworker;

Environment workerEnvironment()
{
    QByteArray dotEnv;
    QFile file(QStringLiteral(".env"));
    if (file.open(QIODevice::ReadOnly))
        dotEnv = file.read(64 * 1024);
    return orThrow(Environment::read([](const char *name) { return secretVariable(name); }, dotEnv));
}

} // namespace sluice::ctl
