#include "command_line.h"
#include "commands.h"
#include "interrupt.h"

#include "sluice/base/c_numeric.h"
#include "sluice/base/log.h"
#include "sluice/base/process_hardening.h"
#include "sluice/base/secret_environment.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

namespace {

QCoro::Task<void> runAndExit(QStringList arguments)
{
    int code = sluice::ctl::ExitFailed;
    try {
        code = co_await sluice::ctl::dispatch(std::move(arguments));
    } catch (const std::exception &exception) {
        sluice::ctl::writeErr(QString::fromLocal8Bit(exception.what()));
    }
    if (code == sluice::ctl::ExitCanceled && sluice::ctl::Interrupt::instance().happened())
        code = sluice::ctl::ExitInterrupted;
    QCoreApplication::exit(code);
}

} // namespace

int main(int argc, char **argv)
{
    sluice::hardenProcess();
    sluice::takeSecretEnvironment();
    QCoreApplication app(argc, argv);
    sluice::useCNumbers();
    QCoreApplication::setApplicationName(QStringLiteral("sluice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    sluice::installLogHandler();
    const sluice::ctl::Interrupt interrupt;
    const sluice::ctl::Output output;
    QTimer::singleShot(0, &app, [] { runAndExit(QCoreApplication::arguments().mid(1)); });
    return QCoreApplication::exec();
}
