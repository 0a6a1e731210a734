#include "sluice/programs/finding.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QPromise>
#include <QtCore/QStandardPaths>
#include <QtCore/QThreadPool>

#include <algorithm>
#include <memory>
#include <mutex>

namespace sluice::programs {

namespace {

/// For one candidate to say its version, or whether it has a module.
constexpr int AnswerLimitMs = 10'000;
/// Programs are installed while one looks.
constexpr std::chrono::seconds KeptFor{10};
constexpr int LastMinor = 20;

class Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::programs)
};

QString environmentPath(const char *name, const QString &below)
{
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? QString() : value + below;
}

bool isProgram(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() && file.isExecutable();
}

QString inPath(const QString &name, const Places &places)
{
    return QStandardPaths::findExecutable(name, places.path);
}

/// What a candidate prints, or nothing when it does not end well.
std::optional<QString> said(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(AnswerLimitMs)) {
        process.kill();
        process.waitForFinished(1000);
        return std::nullopt;
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return std::nullopt;
    return QString::fromUtf8(process.readAllStandardOutput().left(200)).trimmed();
}

QStringList pythonCandidates(const Places &places)
{
    QStringList found = places.first;
    QStringList names{QStringLiteral("python3"), QStringLiteral("python")};
    for (int minor = 8; minor <= LastMinor; ++minor)
        names.append(QStringLiteral("python3.%1").arg(minor));
    for (const QString &name : std::as_const(names))
        found.append(inPath(name, places));
    found += places.later;
    found.removeAll(QString());
    found.removeDuplicates();
    return found;
}

QString versionText(const QVersionNumber &version)
{
    return version.toString();
}

Found missing(const QString &message, const QString &advice)
{
    return Error(Error::Kind::Config, message).withAdvice(advice);
}

Found findPython(const Need &need, const Places &places)
{
    const QString ask = QStringLiteral("import platform; print(platform.python_version())");
    const QString package = QStringLiteral("import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)");
    QString without;
    const QStringList candidates = pythonCandidates(places);
    for (const QString &candidate : candidates) {
        if (!isProgram(candidate))
            continue;
        const auto version = said(candidate, {QStringLiteral("-c"), ask});
        // pyenv's names in the path only say which version is not chosen.
        if (!version || (!need.least.isNull() && QVersionNumber::fromString(*version) < need.least))
            continue;
        if (need.module.isEmpty() || said(candidate, {QStringLiteral("-c"), package, need.module}))
            return Interpreter{candidate, *version};
        if (without.isEmpty())
            without = candidate;
    }
    const QString folder = ownPythonFolder();
    const QString setUp = QStringLiteral("%1 -m venv '%2' && '%2/bin/pip' install %3");
    if (!without.isEmpty())
        return missing(Words::tr("No Python here has %1.").arg(need.module),
            Words::tr("Install it: %1").arg(setUp.arg(without, folder, need.install)));
    const QString least = need.least.isNull() ? QStringLiteral("3") : versionText(need.least);
    return missing(Words::tr("Python %1 or later is not on this machine.").arg(least),
        need.module.isEmpty() ? Words::tr("Install it, e.g. with apt install python3.")
                              : Words::tr("Install it, e.g. with pyenv install %1, and then: %2").arg(least, setUp.arg(QStringLiteral("python") + least, folder, need.install)));
}

Found findNode(const Need &need, const Places &places)
{
    if (!need.module.isEmpty())
        return missing(Words::tr("This code needs %1 from npm in the folder that it stands in.").arg(need.module),
            Words::tr("Save the code, and beside it: npm install %1").arg(need.install));
    const QString least = versionText(need.least);
    const QString program = inPath(QStringLiteral("node"), places);
    const auto version = program.isEmpty() ? std::nullopt : said(program, {QStringLiteral("--version")});
    if (!version)
        return missing(Words::tr("Node is not on this machine."), Words::tr("Install Node %1 or later, e.g. with apt install nodejs.").arg(least));
    const QString number = version->startsWith(QLatin1Char('v')) ? version->mid(1) : *version;
    if (QVersionNumber::fromString(number) < need.least)
        return missing(Words::tr("Node %1 is too old for this code.").arg(number), Words::tr("Install Node %1 or later.").arg(least));
    return Interpreter{program, number};
}

} // namespace

QString ownPythonFolder()
{
    const QString data = qEnvironmentVariable("SLUICE_DATA_DIR", QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/sluice"));
    return data + QStringLiteral("/python");
}

Places Places::ofThisMachine()
{
    Places places;
    places.path = qEnvironmentVariable("PATH").split(QLatin1Char(':'), Qt::SkipEmptyParts);
    places.path.prepend(QCoreApplication::applicationDirPath());
    places.first = {environmentPath("SLUICE_PYTHON", {}), environmentPath("VIRTUAL_ENV", QStringLiteral("/bin/python3")),
        ownPythonFolder() + QStringLiteral("/bin/python3")};
    places.first.removeAll(QString());
    const QDir versions(qEnvironmentVariable("PYENV_ROOT", QDir::homePath() + QStringLiteral("/.pyenv")) + QStringLiteral("/versions"));
    const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &name : names)
        places.later.append(versions.filePath(name + QStringLiteral("/bin/python3")));
    return places;
}

Found findNow(const Need &need, const Places &places)
{
    QStringList absent;
    for (const QString &program : need.beside) {
        if (inPath(program, places).isEmpty())
            absent.append(program);
    }
    if (!absent.isEmpty())
        return missing(Words::tr("This code calls %1, which is not on this machine.").arg(absent.join(QStringLiteral(", "))),
            Words::tr("Install it: apt install %1").arg(absent.join(QLatin1Char(' '))));
    switch (need.language) {
    case Language::Bash: {
        const QString program = inPath(QStringLiteral("bash"), places);
        if (program.isEmpty())
            return missing(Words::tr("bash is not on this machine."), Words::tr("Install it: apt install bash"));
        return Interpreter{program, {}};
    }
    case Language::Node: return findNode(need, places);
    case Language::Python: return findPython(need, places);
    case Language::None: break;
    }
    return missing(Words::tr("This code has to be built first."), Words::tr("Save it, and build it with the CMakeLists.txt that comes with it."));
}

QFuture<Found> find(const Need &need, const Places &places)
{
    struct Kept {
        Need need;
        Places places;
        Found found;
        QDeadlineTimer until;
    };
    static std::mutex mutex;
    static QList<Kept> kept;
    QPromise<Found> promise;
    promise.start();
    const QFuture<Found> future = promise.future();
    {
        const std::lock_guard lock(mutex);
        kept.removeIf([](const Kept &one) { return one.until.hasExpired(); });
        const auto known = std::find_if(kept.cbegin(), kept.cend(), [&](const Kept &one) { return one.need == need && one.places == places; });
        if (known != kept.cend()) {
            promise.addResult(known->found);
            promise.finish();
            return future;
        }
    }
    QThreadPool::globalInstance()->start([need, places, shared = std::make_shared<QPromise<Found>>(std::move(promise))] {
        const Found found = findNow(need, places);
        {
            const std::lock_guard lock(mutex);
            kept.append({need, places, found, QDeadlineTimer(KeptFor)});
        }
        shared->addResult(found);
        shared->finish();
    });
    return future;
}

} // namespace sluice::programs
