#include "sluice/widgets/theme.h"

#include "sluice/widgets/icon_engine_p.h"
#include "sluice/widgets/style_p.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QMetaEnum>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QToolTip>

#include <array>

// The resources live in a static library; without this call the linker drops them.
static void initResources()
{
    Q_INIT_RESOURCE(sluice);
}

namespace sluice::ui {

namespace {

using Colors = std::array<QColor, static_cast<std::size_t>(Theme::Role::Count_)>;

struct Palettes {
    Colors light;
    Colors dark;
};

Colors readColors(const QJsonObject &from)
{
    Colors colors;
    const QMetaEnum roles = QMetaEnum::fromType<Theme::Role>();
    for (std::size_t i = 0; i < colors.size(); ++i) {
        QString key = QString::fromLatin1(roles.valueToKey(static_cast<int>(i)));
        key[0] = key.at(0).toLower();
        colors[i] = QColor(from.value(key).toString());
        if (!colors[i].isValid())
            qFatal("resources/style/palettes.json has no colour for %s", qPrintable(key));
    }
    return colors;
}

const Palettes &palettes()
{
    static const Palettes loaded = [] {
        initResources();
        QFile file(QStringLiteral(":/sluice/style/palettes.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The palettes are not part of this executable");
        const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        return Palettes{readColors(root.value(QLatin1String("light")).toObject()),
                        readColors(root.value(QLatin1String("dark")).toObject())};
    }();
    return loaded;
}

QPalette qtPalette()
{
    using R = Theme::Role;
    const auto c = [](R role) { return Theme::color(role); };
    QPalette p;
    p.setColor(QPalette::Window, c(R::Window));
    p.setColor(QPalette::WindowText, c(R::Text));
    p.setColor(QPalette::Base, c(R::Surface));
    p.setColor(QPalette::AlternateBase, c(R::CodeBackground));
    p.setColor(QPalette::Text, c(R::Text));
    p.setColor(QPalette::Button, c(R::Raised));
    p.setColor(QPalette::ButtonText, c(R::Text));
    p.setColor(QPalette::BrightText, c(R::Failed));
    p.setColor(QPalette::PlaceholderText, c(R::Muted));
    p.setColor(QPalette::Highlight, c(R::Selection));
    p.setColor(QPalette::HighlightedText, c(R::Text));
    p.setColor(QPalette::Link, c(R::Accent));
    p.setColor(QPalette::LinkVisited, c(R::Accent));
    p.setColor(QPalette::ToolTipBase, c(R::Raised));
    p.setColor(QPalette::ToolTipText, c(R::Text));
    p.setColor(QPalette::Light, c(R::Surface));
    p.setColor(QPalette::Midlight, c(R::Hover));
    p.setColor(QPalette::Mid, c(R::Border));
    p.setColor(QPalette::Dark, c(R::ControlBorder));
    p.setColor(QPalette::Shadow, QColor(0, 0, 0, 60));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                            QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, c(R::Disabled));
    p.setColor(QPalette::Disabled, QPalette::Base, c(R::Window));
    return p;
}

bool platformHasNoDesktop()
{
    const QString name = QGuiApplication::platformName();
    return name == QLatin1String("offscreen") || name == QLatin1String("minimal");
}

constexpr char kTextRole[] = "sluiceTextRole";

void applyTextRole(QWidget *widget)
{
    const QColor color = Theme::color(static_cast<Theme::Role>(widget->property(kTextRole).toInt()));
    QPalette p = widget->palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Active, role, color);
        p.setColor(QPalette::Inactive, role, color);
    }
    widget->setPalette(p);
}

} // namespace

Theme::Theme() = default;

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

void Theme::apply(QApplication &app, Mode mode)
{
    Theme &theme = instance();
    if (!theme.m_app) {
        initResources();
        theme.m_app = &app;
        theme.m_bundledFonts = platformHasNoDesktop();
        app.setStyle(new Style);
        theme.setUpFonts();
    }
    setMode(mode);
}

void Theme::setMode(Mode mode)
{
    Theme &theme = instance();
    theme.m_mode = mode;
    if (!theme.m_app)
        return;
    theme.m_app->removeEventFilter(&theme);
    // Only the system's own mode has to be watched; the filter sees every event.
    if (mode == Mode::System)
        theme.m_app->installEventFilter(&theme);
    theme.restyle();
}

Theme::Mode Theme::mode()
{
    return instance().m_mode;
}

bool Theme::isDark()
{
    return instance().m_dark;
}

void Theme::restyle()
{
    if (m_restyling)
        return;
    const QScopedValueRollback guard(m_restyling, true);
    if (m_mode == Mode::System) {
        // An empty palette brings back the platform's own, which tells dark from light (Qt 6.4 has no colorScheme()).
        m_app->setPalette(QPalette());
        m_dark = m_app->palette().color(QPalette::Window).lightness() < 128;
    } else {
        m_dark = m_mode == Mode::Dark;
    }
    const QPalette palette = qtPalette();
    m_app->setPalette(palette);
    QToolTip::setPalette(palette);
    // Before exec() Qt keeps the new palette to itself; widgets that are already open must hear of it.
    QEvent event(QEvent::ApplicationPaletteChange);
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets)
        QCoreApplication::sendEvent(widget, &event);
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && m_mode == Mode::System)
        QMetaObject::invokeMethod(this, &Theme::restyle, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void Theme::setUpFonts()
{
    if (m_bundledFonts) {
        static const bool loaded = [] {
            bool all = true;
            for (const char *file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Italic.otf",
                                     "JetBrainsMonoNL-Regular.ttf", "JetBrainsMonoNL-Bold.ttf"})
                all = QFontDatabase::addApplicationFont(QLatin1String(":/sluice/fonts/") + QLatin1String(file)) >= 0 && all;
            return all;
        }();
        if (!loaded)
            qWarning("Some bundled fonts could not be loaded; the system's are used in their place");
    }
    QApplication::setFont(font(Type::Body13));
    QToolTip::setFont(font(Type::Body13));
}

void Theme::setBundledFonts(bool on)
{
    Theme &theme = instance();
    if (theme.m_bundledFonts == on)
        return;
    theme.m_bundledFonts = on;
    if (theme.m_app) {
        theme.setUpFonts();
        Q_EMIT theme.changed();
    }
}

QColor Theme::color(Role role)
{
    const Palettes &all = palettes();
    return (isDark() ? all.dark : all.light)[static_cast<std::size_t>(role)];
}

QColor Theme::tint(Role role)
{
    const QColor hue = color(role);
    const QColor base = color(Role::Surface);
    const int share = isDark() ? 15 : 9; // percent
    const auto mix = [share](int a, int b) { return (a * share + b * (100 - share)) / 100; };
    return {mix(hue.red(), base.red()), mix(hue.green(), base.green()), mix(hue.blue(), base.blue())};
}

QFont Theme::font(Type type)
{
    const bool mono = type == Type::Mono || type == Type::MonoSmall;
    QFont font = QFontDatabase::systemFont(mono ? QFontDatabase::FixedFont : QFontDatabase::GeneralFont);
    if (instance().m_bundledFonts) {
        font = QFont(mono ? QStringLiteral("JetBrains Mono NL") : QStringLiteral("Inter"));
        font.setHintingPreference(QFont::PreferNoHinting);
    }
    switch (type) {
    case Type::Small11:
    case Type::SmallStrong11:
    case Type::MonoSmall: font.setPixelSize(11); break;
    case Type::Body13:
    case Type::BodyStrong13: font.setPixelSize(13); break;
    case Type::Mono: font.setPixelSize(13); break;
    case Type::Heading15: font.setPixelSize(15); break;
    case Type::Title20: font.setPixelSize(20); break;
    }
    if (type == Type::BodyStrong13 || type == Type::Heading15 || type == Type::Title20 || type == Type::SmallStrong11)
        font.setWeight(QFont::DemiBold);
    return font;
}

QIcon Theme::icon(const QString &name, Role role)
{
    initResources();
    if (!QFile::exists(QStringLiteral(":/sluice/icons/%1.svg").arg(name))) {
        qWarning("No icon is named '%s' in resources/icons", qPrintable(name));
        return {};
    }
    return QIcon(new ThemeIconEngine(name, role));
}

void Theme::setTextRole(QWidget *widget, Role role)
{
    const bool first = !widget->property(kTextRole).isValid();
    widget->setProperty(kTextRole, static_cast<int>(role));
    applyTextRole(widget);
    if (first)
        connect(&instance(), &Theme::changed, widget, [widget] { applyTextRole(widget); });
}

void Theme::makePrimary(QPushButton *button)
{
    button->setProperty(Style::kPrimary, true);
    button->update();
}

void Theme::makeFloating(QToolButton *button)
{
    button->setAutoRaise(false);
    button->setProperty(Style::kFloating, true);
    button->update();
}

void Theme::setInvalid(QWidget *field, bool invalid)
{
    if (field->property(Style::kInvalid).toBool() == invalid)
        return;
    field->setProperty(Style::kInvalid, invalid);
    field->update();
}

} // namespace sluice::ui
