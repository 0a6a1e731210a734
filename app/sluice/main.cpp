#include "measure.h"
#include "tour.h"

#include "sluice/base/log.h"
#include "sluice/gateway/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTimer>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>

#include <cstdio>
#include <memory>

using namespace sluice;

namespace {

struct Options {
    QString tourFolder;
    QString theme;
    bool measure = false;
};

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
    parser.addOptions({tour, theme, measure});
    parser.process(app);
    return {parser.value(tour), parser.value(theme), parser.isSet(measure)};
}

void loadTranslations(QApplication &app)
{
    // The source text is English, but of a plural it has one form: "1 capabilities". The last one installed wins.
    auto *plurals = new QTranslator(&app);
    if (plurals->load(QStringLiteral(":/translations/sluice_en")))
        app.installTranslator(plurals);
    auto *own = new QTranslator(&app);
    if (own->load(QLocale(), QStringLiteral("sluice"), QStringLiteral("_"), QStringLiteral(":/translations")))
        app.installTranslator(own);
    auto *qt = new QTranslator(&app);
    if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        app.installTranslator(qt);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sluice"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sluice"));
    QApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.sluice.Sluice"));
    installLogHandler();
    loadTranslations(app);
    const Options options = parseOptions(app);

    const auto data = UserData::open(UserData::defaultPath());
    if (!data) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(data.error().describe()));
        return 1;
    }
    ui::Session session(*data);
    Theme::apply(app, ui::MainWindow::themeMode(options.theme));
    ui::MainWindow window(session);
    std::unique_ptr<Measure> measure;
    if (options.measure)
        measure = std::make_unique<Measure>(window);
    window.show();
    // After the first paint: what the window shows must not wait for what it connects to.
    QTimer::singleShot(0, &session, &ui::Session::start);
    if (!options.tourFolder.isEmpty()) {
        Tour tour(window, session, options.tourFolder);
        return tour.exec();
    }
    return QApplication::exec();
}
