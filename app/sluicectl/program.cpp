#include "program.h"

#include "command_line.h"
#include "interrupt.h"
#include "output.h"

#include "sluice/base/c_numeric.h"
#include "sluice/base/log.h"
#include "sluice/base/process_hardening.h"
#include "sluice/base/secret_environment.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

namespace sluice::ctl {

namespace {

using Initializer = void (*)();
/// Before the libraries: some open files of their own while they are loaded, which took the numbers of closed standard streams.
[[gnu::used, gnu::section(".preinit_array")]] const Initializer streamsFirst = &sluice::openStandardStreams;

QCoro::Task<void> runAndExit(QStringList arguments, QCoro::Task<int> (*dispatch)(QStringList))
{
    int code = ExitFailed;
    try {
        code = co_await dispatch(std::move(arguments));
    } catch (const std::exception &exception) {
        writeErr(QString::fromLocal8Bit(exception.what()));
    }
    if (code == ExitCanceled && Interrupt::instance().happened())
        code = ExitInterrupted;
    QCoreApplication::exit(code);
}

} // namespace

int runProgram(int argc, char **argv, QCoro::Task<int> (*dispatch)(QStringList))
{
    hardenProcess();
    takeSecretEnvironment();
    QCoreApplication app(argc, argv);
    useCNumbers();
    QCoreApplication::setApplicationName(QStringLiteral("sluice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    installLogHandler();
    const Interrupt interrupt;
    const Output output;
    QTimer::singleShot(0, &app, [dispatch] { runAndExit(QCoreApplication::arguments().mid(1), dispatch); });
    return QCoreApplication::exec();
}

} // namespace sluice::ctl
