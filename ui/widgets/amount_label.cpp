#include "sluice/widgets/amount_label.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace sluice::ui {

namespace {

struct Unit {
    int decimals;
    const char *name;
};
constexpr Unit kEth{18, "ETH"};
constexpr Unit kGwei{9, "gwei"};
constexpr Unit kWei{0, "wei"};

/// Digits without sign and leading zeros ("0" for zero), or empty when the text is no integer.
QString plainDigits(QString text, bool *negative)
{
    *negative = text.startsWith(QLatin1Char('-'));
    if (*negative || text.startsWith(QLatin1Char('+')))
        text.remove(0, 1);
    const bool digitsOnly = !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    if (!digitsOnly)
        return {};
    while (text.size() > 1 && text.startsWith(QLatin1Char('0')))
        text.remove(0, 1);
    return text;
}

} // namespace

AmountLabel::AmountLabel(QWidget *parent)
    : QLabel(parent)
{
    setFont(Theme::font(Theme::Type::Mono)); // tabular figures
    setFocusPolicy(Qt::TabFocus);
    clearAmount();
}

QString AmountLabel::humanWei(const QString &wei, int digits)
{
    bool negative = false;
    QString whole = plainDigits(wei.trimmed(), &negative);
    if (whole.isEmpty())
        return {};
    const Unit unit = whole.size() > 14 ? kEth : whole.size() > 6 ? kGwei : kWei;
    QString fraction;
    if (unit.decimals > 0) {
        whole = whole.rightJustified(unit.decimals + 1, QLatin1Char('0'));
        fraction = whole.right(unit.decimals);
        whole.chop(unit.decimals);
    }
    // Keep at most `digits` significant digits, but never cut the whole part.
    qsizetype firstDigit = 0;
    if (whole == QLatin1String("0")) {
        while (firstDigit < fraction.size() && fraction.at(firstDigit) == QLatin1Char('0'))
            ++firstDigit;
    }
    const qsizetype keep = whole == QLatin1String("0") ? firstDigit + digits : qMax<qsizetype>(0, digits - whole.size());
    const QString dropped = fraction.mid(keep);
    const bool cut = std::any_of(dropped.cbegin(), dropped.cend(), [](QChar c) { return c != QLatin1Char('0'); });
    fraction = fraction.left(keep);
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    QString shown = whole;
    if (!fraction.isEmpty())
        shown += QLatin1Char('.') + fraction;
    return QStringLiteral("%1%2%3\u00a0%4")
        .arg(cut ? QStringLiteral("≈\u00a0") : QString(), negative ? QStringLiteral("\u2212") : QString(), shown,
             QLatin1String(unit.name));
}

void AmountLabel::setWei(const QString &wei)
{
    const QString shown = humanWei(wei);
    if (shown.isEmpty())
        clearAmount();
    else
        setAmount(shown, wei.trimmed() + QStringLiteral(" wei"));
}

void AmountLabel::setAmount(const QString &shown, const QString &exact)
{
    m_exact = exact;
    setText(shown);
    describe();
}

void AmountLabel::clearAmount()
{
    m_exact.clear();
    setText(QStringLiteral("—"));
    describe();
}

void AmountLabel::setSubject(const QString &subject)
{
    m_subject = subject;
    describe();
}

void AmountLabel::describe()
{
    const QString value = m_exact.isEmpty() ? tr("not known") : m_exact;
    setAccessibleName(m_subject.isEmpty() ? value : tr("%1: %2").arg(m_subject, value));
    setToolTip(m_exact.isEmpty() ? accessibleName() : tr("%1\nDouble-click to copy").arg(accessibleName()));
}

void AmountLabel::copy()
{
    if (m_exact.isEmpty())
        return;
    const QString bare = m_exact.section(QLatin1Char(' '), 0, 0);
    QApplication::clipboard()->setText(bare);
    QToolTip::showText(mapToGlobal(QPoint(0, height())), tr("Copied %1").arg(m_exact), this, rect(), 1500);
    Q_EMIT copied(bare);
}

void AmountLabel::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    QStyleOptionFocusRect option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

void AmountLabel::mouseDoubleClickEvent(QMouseEvent *)
{
    copy();
}

void AmountLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) || event->key() == Qt::Key_Space || event->key() == Qt::Key_Return)
        copy();
    else
        QLabel::keyPressEvent(event);
}

void AmountLabel::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_exact.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Theme::icon(QStringLiteral("copy")), tr("Copy %1").arg(m_exact), this, &AmountLabel::copy);
    menu->popup(event->globalPos());
}

void AmountLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    QLabel::changeEvent(event);
}

} // namespace sluice::ui
