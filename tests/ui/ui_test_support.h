#pragma once

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QImage>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QAbstractSlider>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTextEdit>

/// What the tests of the window share: pictures and the walk over all controls.
namespace sluice::uitest {

/// Where pictures go: SLUICE_TEST_PICTURES when set (to look at them), else a directory that vanishes.
inline QString pictureDir()
{
    static QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("SLUICE_TEST_PICTURES");
    if (kept.isEmpty())
        return temporary.path();
    QDir().mkpath(kept);
    return kept;
}

/// The widget as it would look on a screen of that scale; also written as a PNG.
inline QImage picture(QWidget &widget, const QString &name, int scale = 1)
{
    for (int pass = 0; pass < 10; ++pass)
        QCoreApplication::processEvents(); // layouts that are still due, one level at a time
    QImage image(widget.size() * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    widget.render(&image);
    image.save(QStringLiteral("%1/%2.png").arg(pictureDir(), name));
    return image;
}

/// Number of different colours, to tell a painted view from an empty one.
inline int colorCount(const QImage &image)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            seen.insert(image.pixel(x, y));
    return int(seen.size());
}

inline bool isControl(const QWidget *widget)
{
    if (widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QScrollBar *>(widget)
        || qobject_cast<const QHeaderView *>(widget))
        return false;
    const QWidget *parent = widget->parentWidget();
    if (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)
        || (parent && parent->inherits("QComboBoxPrivateContainer")) || (parent && parent->inherits("QTabBar"))
        || qobject_cast<const QAbstractItemView *>(parent))
        return false;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QAbstractSlider *>(widget) || qobject_cast<const QTextEdit *>(widget)
        || qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QAbstractItemView *>(widget)
        || widget->inherits("QsciScintilla");
}

/// The controls below `root` that a screen reader could not name.
inline QStringList controlsWithoutName(QWidget &root)
{
    QStringList nameless;
    const QList<QWidget *> all = root.findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (!isControl(widget) || !widget->isVisibleTo(&root))
            continue;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty())
            nameless << QStringLiteral("%1 '%2' in %3")
                            .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                 QLatin1String(widget->parentWidget()->metaObject()->className()));
    }
    return nameless;
}

/// What Tab goes through in `window`, from its first stop on.
inline QList<QWidget *> tabStops(QWidget &window)
{
    QList<QWidget *> stops;
    for (QWidget *widget = window.nextInFocusChain(); widget != &window; widget = widget->nextInFocusChain()) {
        if (window.isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
            stops.append(widget);
    }
    return stops;
}

/// Where Tab goes back in `window`: up, unless a column to the right begins, or back within a line.
inline QStringList tabFaults(QWidget &window)
{
    const QList<QWidget *> stops = tabStops(window);
    // Seen from outside, what scrolls is where its area is.
    const auto place = [&](const QWidget *widget, const QWidget *other) {
        const QWidget *seen = widget;
        for (const QWidget *parent = widget->parentWidget(); parent && parent != &window; parent = parent->parentWidget()) {
            if (qobject_cast<const QAbstractScrollArea *>(parent) && !parent->isAncestorOf(other))
                seen = parent;
        }
        return QRect(seen->mapTo(&window, QPoint()), seen->size());
    };
    const auto name = [](const QWidget *widget) {
        return QStringLiteral("%1 “%2”").arg(QLatin1String(widget->metaObject()->className()), widget->accessibleName());
    };
    QStringList faults;
    for (qsizetype i = 1; i < stops.size(); ++i) {
        const QRect before = place(stops[i - 1], stops[i]);
        const QRect after = place(stops[i], stops[i - 1]);
        const bool up = after.bottom() < before.top() && after.left() < before.right();
        const bool sameLine = after.top() <= before.bottom() && before.top() <= after.bottom();
        if (up || (sameLine && after.right() < before.left()))
            faults.append(name(stops[i - 1]) + QStringLiteral(" → ") + name(stops[i]));
    }
    return faults;
}

} // namespace sluice::uitest
