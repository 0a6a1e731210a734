#pragma once

#include "../ui_test_support.h"

#include "sluice/base/json.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace sluice::uitest {

using namespace sluice::ui;

inline Json json(const char *text)
{
    const Expected<Json> parsed = Json::parse(QByteArrayView(text));
    if (!parsed)
        qFatal("The test's JSON is broken: %s", text);
    return *parsed;
}

inline QString compact(const Json &value)
{
    return QString::fromUtf8(value.dump());
}

/// The control a screen reader would call so ("Steps", also "Steps, required").
template <typename T> T *control(QWidget &root, const QString &name)
{
    const QList<T *> all = root.findChildren<T *>();
    for (T *widget : all)
        if (widget->accessibleName() == name || widget->accessibleName() == name + QStringLiteral(", required"))
            return widget;
    return nullptr;
}

/// Replaces the text as a person would: select all, type.
inline void type(QWidget *edit, const QString &text)
{
    edit->setFocus();
    QTest::keySequence(edit, QKeySequence::SelectAll);
    if (text.isEmpty())
        QTest::keyClick(edit, Qt::Key_Backspace);
    else
        QTest::keyClicks(edit, text);
}

/// Chooses an entry of a combo box as a person would, by keyboard.
inline void choose(QComboBox *box, const QString &label)
{
    const int index = box->findText(label);
    if (index < 0)
        qFatal("No entry '%s'", qPrintable(label));
    box->setFocus();
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
}

} // namespace sluice::uitest
