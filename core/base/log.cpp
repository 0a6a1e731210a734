#include "sluice/base/log.h"

#include "sluice/base/visible_text.h"

#include <QtCore/QDateTime>

#include <cstdio>

namespace sluice {

Q_LOGGING_CATEGORY(logNet, "sluice.net", QtInfoMsg)
Q_LOGGING_CATEGORY(logPayments, "sluice.payments", QtInfoMsg)
Q_LOGGING_CATEGORY(logStore, "sluice.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logByoc, "sluice.byoc", QtInfoMsg)
Q_LOGGING_CATEGORY(logLiveRunner, "sluice.liverunner", QtInfoMsg)
Q_LOGGING_CATEGORY(logRunner, "sluice.runner", QtInfoMsg)
Q_LOGGING_CATEGORY(logSandbox, "sluice.sandbox", QtInfoMsg)
Q_LOGGING_CATEGORY(logTrickle, "sluice.trickle", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "sluice.ui", QtInfoMsg)

namespace {
const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return "debug";
    case QtInfoMsg: return "info";
    case QtWarningMsg: return "warning";
    case QtCriticalMsg: return "error";
    case QtFatalMsg: return "fatal";
    }
    return "info";
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + ' '
        + levelName(type) + ' ' + (context.category ? context.category : "default") + ' ' + visibleText(message).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}
} // namespace

void installLogHandler()
{
    qInstallMessageHandler(writeLine);
}

} // namespace sluice
