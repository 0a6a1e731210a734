#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>

/// What a program said before it ended.
struct Said {
    bool ended = false;
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// The path of an installed program, or empty.
inline QString program(const char *name)
{
    return QStandardPaths::findExecutable(QString::fromLatin1(name));
}

/// Runs it to its end while this thread's event loop goes on, so that a server of the test can answer it.
inline Said runProgram(const QString &path, const QStringList &arguments, const QByteArray &input = {},
                       const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment(), const QString &folder = {})
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    process.start(path, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (process.state() != QProcess::NotRunning)
        loop.exec();
    Said said;
    said.ended = process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    said.code = process.exitCode();
    said.out = process.readAllStandardOutput();
    said.err = process.readAllStandardError();
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
    return said;
}
