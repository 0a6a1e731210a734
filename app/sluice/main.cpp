#include "measure.h"
#include "start_problem.h"
#include "tour.h"

#include "sluice/base/c_numeric.h"
#include "sluice/base/json.h"
#include "sluice/base/log.h"
#include "sluice/base/process_hardening.h"
#include "sluice/base/secret_environment.h"
#include "sluice/backend/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFile>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTimer>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr qsizetype kMostInput = 64 * 1024 * 1024;

struct Options {
    QString tourFolder;
    QString theme;
    QString run;
    std::optional<Json> input;
    bool measure = false;
};

// As in sluicectl: JSON, or @ and the name of a file with it. Ends the program when it is neither.
Json inputFrom(const QString &argument)
{
    QByteArray text = argument.toUtf8();
    QString problem;
    if (argument.startsWith(QLatin1Char('@'))) {
        QFile file(argument.mid(1));
        if (file.open(QIODevice::ReadOnly))
            text = file.read(kMostInput);
        else
            problem = file.errorString();
    }
    const auto json = Json::parse(text, {kMostInput, 64});
    if (problem.isEmpty() && json)
        return *json;
    std::fprintf(stderr, "--input: %s\n", qUtf8Printable(problem.isEmpty() ? json.error().message() : problem));
    std::exit(2);
}

Options parseOptions(const QApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main", "A playground for the Livepeer AI network."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tour(QStringLiteral("tour"),
        QCoreApplication::translate("main",
            "Drive the window through every panel, write a picture per step and report.json into DIR, and quit."),
        QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"),
        QCoreApplication::translate("main", "system, light or dark."), QStringLiteral("MODE"));
    const QCommandLineOption measure(QStringLiteral("measure"),
        QCoreApplication::translate("main", "Print the time to the first paint and the memory when idle, and quit."));
    const QCommandLineOption run(QStringLiteral("run"),
        QCoreApplication::translate("main", "Open the capability NAME and run it as soon as the network is connected."),
        QStringLiteral("NAME"));
    const QCommandLineOption input(QStringLiteral("input"),
        QCoreApplication::translate("main", "The input for --run: JSON, or @FILE. Without it the capability's first example runs."),
        QStringLiteral("JSON|@FILE"));
    parser.addOptions({run, input, tour, theme, measure});
    parser.process(app);
    Options options{parser.value(tour), parser.value(theme), parser.value(run), {}, parser.isSet(measure)};
    if (parser.isSet(input))
        options.input = inputFrom(parser.value(input));
    return options;
}

/// Whether the texts are in the user's language.
bool loadTranslations(QApplication &app)
{
    // The source text is English, but of a plural it has one form: "1 capabilities". The last one installed wins.
    auto *plurals = new QTranslator(&app);
    if (plurals->load(QStringLiteral(":/translations/sluice_en")))
        app.installTranslator(plurals);
    auto *own = new QTranslator(&app);
    if (!own->load(QLocale(), QStringLiteral("sluice"), QStringLiteral("_"), QStringLiteral(":/translations")))
        return false; // Qt's own words would be the only ones in the user's language
    app.installTranslator(own);
    auto *qt = new QTranslator(&app);
    if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        app.installTranslator(qt);
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    hardenProcess();
    takeSecretEnvironment();
    QApplication app(argc, argv);
    useCNumbers();
    QApplication::setApplicationName(QStringLiteral("sluice"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sluice"));
    QApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.sluice.Sluice"));
    installLogHandler();
    followUserLocale(loadTranslations(app));
    const Options options = parseOptions(app);

    Theme::apply(app, ui::MainWindow::themeMode(options.theme));
    const QString picture = options.tourFolder.isEmpty() ? QString() : options.tourFolder + QStringLiteral("/start-problem.png");
    const auto data = ui::openUserDataOrAsk(UserData::defaultPath(), picture);
    if (!data)
        return 1;
    ui::Session session(data);
    ui::MainWindow window(session);
    std::unique_ptr<Measure> measure;
    if (options.measure)
        measure = std::make_unique<Measure>(window);
    if (!options.run.isEmpty())
        window.runWhenListed(options.run, options.input);
    window.show();
    // After the first paint: what the window shows must not wait for what it connects to.
    QTimer::singleShot(0, &session, &ui::Session::start);
    if (!options.tourFolder.isEmpty()) {
        Tour tour(window, session, options.tourFolder);
        return tour.exec();
    }
    return QApplication::exec();
}
