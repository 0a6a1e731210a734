#pragma once

#include "sluice/base/json.h"

#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>

namespace sluice {

/// How a program that was run to its end did.
struct Finished {
    int code = -1; ///< -1: crashed or killed
    QByteArray out;
    QByteArray err;
    [[nodiscard]] Json json() const { return Json::parse(out).valueOr(Json()); }
    /// Each line of the output as JSON; null where a line is none.
    [[nodiscard]] QList<Json> lines() const;
};

/// A place of its own for one test: data folder, environment, and the real sluicectl.
class Workplace {
public:
    Workplace();

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QProcessEnvironment environment() const;
    /// Set for every program started after it.
    void setVariable(const QString &name, const QString &value) { m_extra.insert(name, value); }
    /// Starts sluicectl and waits for its end.
    [[nodiscard]] Finished run(const QStringList &arguments, const QByteArray &input = {}, int timeoutMs = 60'000) const;
    /// Starts it only.
    void start(QProcess &process, const QStringList &arguments) const;
    [[nodiscard]] static QString program();

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_extra;
};

/// `sluicectl sandbox` as a real process.
class SandboxProcess {
public:
    SandboxProcess(const Workplace &place, QStringList arguments = {}, const QString &state = QStringLiteral("state.sqlite"));
    /// Kills it when it still runs.
    ~SandboxProcess();

    /// False when it ended, or was silent for 30 s; errors() has why.
    [[nodiscard]] bool waitUntilReady();
    [[nodiscard]] const Json &ready() const { return m_ready; }
    [[nodiscard]] QUrl orchestrator() const { return QUrl(text("orchestrator")); }
    [[nodiscard]] QString text(const char *key) const { return m_ready.value(QString::fromLatin1(key)).toString(); }
    /// SIGTERM, then its exit code; -1 when it does not end within 15 s.
    int terminate();
    /// SIGKILL: gone at once.
    void kill();
    [[nodiscard]] QProcess &process() { return m_process; }
    [[nodiscard]] QByteArray errors() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    Json m_ready;
};

} // namespace sluice
