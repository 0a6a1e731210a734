#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QIcon>

class QApplication;
class QPushButton;
class QToolButton;
class QWidget;

namespace sluice::ui {

/// Distances on the 8-pixel grid (half steps inside controls), in device-independent pixels.
namespace space {
inline constexpr int Half = 4;
inline constexpr int One = 8;
inline constexpr int Two = 16;
inline constexpr int Three = 24;
inline constexpr int Four = 32;
/// Height of every single-line control, so that rows line up.
inline constexpr int Control = 28;
/// Corner radius of controls and cards.
inline constexpr int Radius = 5;
/// Side of an icon inside a control.
inline constexpr int Icon = 16;
} // namespace space

/// The look of the whole window: palette, semantic colours, type scale and icons (DESIGN.md 5, "The look").
///
/// apply() is called once, before the first widget. Colours and fonts are asked for when painting or again after
/// changed(), never stored, so that a change of mode restyles everything that is open. GUI thread only.
class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    /// What a colour means. Every role has a light and a dark value in resources/style/palettes.json.
    enum class Role {
        Window,         ///< chrome around content
        Surface,        ///< content: views, editors, cards
        Raised,         ///< controls that can be pressed
        Hover,          ///< a row or a flat button under the pointer
        Border,         ///< lines between areas
        ControlBorder,  ///< outline of a field or a button
        Text,
        Muted,          ///< secondary text; still readable (4.5:1)
        Disabled,
        Accent,         ///< the one accent: focus, selection, primary action
        OnAccent,       ///< text on Accent
        Selection,      ///< background of selected text and rows
        Paid,
        Won,
        Warning,
        Failed,
        Success,
        Info,
        CodeBackground,
        CodeKey,
        CodeString,
        CodeNumber,
        CodeKeyword,
        CodeComment,
        Count_
    };
    Q_ENUM(Role)

    /// The type scale: 11, 13, 15 and 20 pixels.
    enum class Type { Small11, SmallStrong11, Body13, BodyStrong13, Heading15, Title20, Mono, MonoSmall };
    Q_ENUM(Type)

    static Theme &instance();

    /// Sets style, palette and fonts of the application. May be called again; then it is setMode().
    static void apply(QApplication &app, Mode mode = Mode::System);
    /// Restyles everything that is open.
    static void setMode(Mode mode);
    [[nodiscard]] static Mode mode();
    [[nodiscard]] static bool isDark();

    [[nodiscard]] static QColor color(Role role);
    /// A quiet background in the hue of `role`, for badges and message bars.
    [[nodiscard]] static QColor tint(Role role);
    [[nodiscard]] static QFont font(Type type);

    /// The bundled icon of that name (resources/icons/NAME.svg), tinted by `role`, sharp at any scale; it follows a
    /// change of mode by itself. An unknown name is a programming error: it warns and gives an empty icon.
    [[nodiscard]] static QIcon icon(const QString &name, Role role = Role::Text);

    /// Gives the widget's text that colour and keeps it right when the mode changes. The last call wins.
    static void setTextRole(QWidget *widget, Role role);
    /// Paints the button as the one main action of its view.
    static void makePrimary(QPushButton *button);
    /// Outlines a field in the colour of failure, or no longer. The message beside it carries the meaning.
    static void setInvalid(QWidget *field, bool invalid);
    /// For a button that lies over other things: it covers them.
    static void makeFloating(QToolButton *button);

    /// The bundled Inter and JetBrains Mono (NL: code shows as it is typed) instead of the system's fonts: for pictures that must not differ between
    /// machines. Off by default, on for platforms without a desktop (offscreen, minimal).
    static void setBundledFonts(bool on);

Q_SIGNALS:
    /// Colours or fonts are different now.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Theme();
    void restyle();
    void setUpFonts();

    QApplication *m_app = nullptr;
    Mode m_mode = Mode::System;
    bool m_dark = false;
    bool m_bundledFonts = false;
    bool m_restyling = false;
};

} // namespace sluice::ui
