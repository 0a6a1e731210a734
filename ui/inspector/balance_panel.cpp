#include "sluice/inspector/balance_panel.h"

#include "sluice/inspector/exact_amount.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int nearlyUsed = 800; ///< permille of a limit from which its bar warns

QLabel *smallLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(label, Theme::Role::Muted);
    return label;
}

/// Nothing was paid into it yet, or it is used up.
bool isEmpty(const PurseView &purse)
{
    const QString whole = exact::wholeWei(purse.balanceWei);
    return whole.isEmpty() || whole == QLatin1String("0");
}

/// "As the network said 2 min ago", which goes on counting.
QWidget *saidLine(const PurseView &purse, QWidget *parent)
{
    auto *line = new QWidget(parent);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    layout->addWidget(smallLabel(purse.purses > 1 ? BalancePanel::tr("at %n orchestrators, as they said", nullptr, purse.purses)
                                                  : BalancePanel::tr("as the orchestrator said"), line));
    auto *when = new RelativeTimeLabel(line);
    when->setObjectName(QStringLiteral("said"));
    when->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(when, Theme::Role::Muted);
    when->setTime(purse.saidAt);
    layout->addWidget(when);
    layout->addStretch(1);
    line->setToolTip(BalancePanel::tr("Orchestrators forget a balance that nobody uses for ten minutes."));
    return line;
}

/// "lasts 3 min 20 s at 120 wei per second".
QString lasting(const PurseView &purse)
{
    if (!purse.price)
        return BalancePanel::tr("price not known");
    const QString price = exact::humanRational(exact::pricePerUnit(*purse.price));
    // The wire's word; the usual ones are said in the window's language.
    const QString unit = purse.price->unit == QLatin1String("second") ? BalancePanel::tr("second") 
        : purse.price->unit == QLatin1String("call") ? BalancePanel::tr("call") : purse.price->unit;
    const QString rate = BalancePanel::tr("%1 per %2").arg(price, unit);
    if (purse.price->pricePerUnit == 0)
        return BalancePanel::tr("free of charge");
    if (exact::wholeWei(purse.balanceWei) == QLatin1String("0"))
        return BalancePanel::tr("the next call fills it · %1").arg(rate);
    const auto left = purse.balanceWei.isEmpty() ? std::nullopt : exact::unitsLeft(purse.balanceWei, *purse.price);
    if (!left)
        return rate;
    const bool seconds = purse.price->unit.startsWith(QLatin1String("second"));
    return seconds ? BalancePanel::tr("lasts %1 at %2").arg(exact::duration(*left), rate)
                   : BalancePanel::tr("enough for %1 × %2 at %3").arg(*left, unit, rate);
}

} // namespace

LimitBar::LimitBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LimitBar::setShare(int permille, bool reached, const QString &words)
{
    m_permille = permille;
    m_reached = reached;
    setToolTip(words);
    setAccessibleName(words);
    update();
}

void LimitBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track(0, (height() - 4) / 2.0, width(), 4);
    painter.setBrush(Theme::color(Theme::Role::Border));
    painter.drawRoundedRect(track, 2, 2);
    if (m_permille == 0 && !m_reached)
        return;
    const Theme::Role role = m_reached ? Theme::Role::Failed : m_permille >= nearlyUsed ? Theme::Role::Warning : Theme::Role::Paid;
    painter.setBrush(Theme::color(role));
    const double used = std::max(4.0, track.width() * m_permille / 1000.0);
    const double from = layoutDirection() == Qt::RightToLeft ? track.right() - used : track.left();
    painter.drawRoundedRect(QRectF(from, track.top(), used, 4), 2, 2);
}

BalancePanel::BalancePanel(QWidget *parent)
    : QWidget(parent)
    , m_list(new QWidget(this))
    , m_rows(new QVBoxLayout(m_list))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(space::Half);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::One);
    grid->setVerticalSpacing(space::Half);
    grid->setColumnStretch(2, 1);
    m_call = addSpendRow(grid, 0, tr("This call"));
    m_charged = addSpendRow(grid, 1, tr("Charged"));
    m_charged.amount->setSubject(tr("Charged for this call"));
    m_charged.bar->hide();
    m_session = addSpendRow(grid, 2, tr("Session"));
    m_today = addSpendRow(grid, 3, tr("Today"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::One + space::Half, space::Half, space::One + space::Half, space::One);
    column->setSpacing(space::One + space::Half);
    column->addWidget(m_list);
    column->addLayout(grid);
    rebuild();
    setSpending({});
}

BalancePanel::SpendRow BalancePanel::addSpendRow(QGridLayout *grid, int row, const QString &title)
{
    SpendRow made;
    made.title = smallLabel(title, this);
    made.amount = new AmountLabel(this);
    made.amount->setFont(Theme::font(Theme::Type::Small11));
    made.amount->setSubject(tr("Spent: %1").arg(title));
    made.bar = new LimitBar(this);
    made.limit = smallLabel({}, this);
    made.limit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(made.title, row, 0);
    grid->addWidget(made.amount, row, 1);
    grid->addWidget(made.bar, row, 2);
    grid->addWidget(made.limit, row, 3);
    return made;
}

void BalancePanel::showSpend(const SpendRow &row, const QString &spent, const std::optional<QString> &limit)
{
    if (spent.isEmpty())
        row.amount->setAmount(tr("not paid yet"), {});
    else if (spent == QLatin1String("0"))
        row.amount->setAmount(tr("nothing"), tr("0 wei"));
    else
        row.amount->setWei(spent);
    const auto share = limit ? exact::share(spent.isEmpty() ? QStringLiteral("0") : spent, *limit) : std::nullopt;
    row.bar->setVisible(share.has_value());
    if (!share) {
        row.limit->setText(tr("no limit"));
        row.limit->setToolTip({});
        return;
    }
    const QString human = AmountLabel::humanWei(*limit);
    row.limit->setText(share->reached ? tr("limit reached: %1").arg(human) : tr("of %1").arg(human));
    row.limit->setToolTip(tr("%1 wei").arg(*limit));
    row.bar->setShare(share->permille, share->reached,
        tr("%1: %2 % of the limit of %3 used").arg(row.title->text()).arg(share->permille / 10).arg(human));
}

void BalancePanel::showCharged(const QString &charged)
{
    if (charged.isEmpty())
        m_charged.amount->clearAmount();
    else if (charged == QLatin1String("0"))
        m_charged.amount->setAmount(tr("nothing"), tr("0 wei"));
    else
        m_charged.amount->setWei(charged);
    m_charged.title->setToolTip(tr("What the orchestrator took from the balance for this call, by its own words. Streams are "
                                   "charged every five seconds, answers by the second that has begun."));
}

void BalancePanel::setSpending(const SpendingView &spending)
{
    showCharged(spending.charged);
    showSpend(m_call, spending.call, spending.callLimit);
    showSpend(m_session, spending.session, spending.sessionLimit);
    showSpend(m_today, spending.today, spending.dayLimit);
}

void BalancePanel::updatePurse(const PurseView &purse)
{
    m_purses[purse.capability] = purse;
    rebuild();
}

void BalancePanel::setPurses(const QList<PurseView> &purses)
{
    m_purses.clear();
    for (const PurseView &purse : purses)
        m_purses[purse.capability] = purse;
    rebuild();
}

QList<PurseView> BalancePanel::purses() const
{
    QList<PurseView> list;
    for (const auto &[name, purse] : m_purses)
        list.append(purse);
    return list;
}

void BalancePanel::setCurrentCapability(const QString &capability)
{
    if (capability == m_current)
        return;
    m_current = capability;
    rebuild();
}

void BalancePanel::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    // A purse with nothing in it says nothing, unless its capability is the one in front.
    const bool any = std::any_of(m_purses.begin(), m_purses.end(),
        [this](const auto &entry) { return entry.first == m_current || !isEmpty(entry.second); });
    if (!any) {
        auto *empty = smallLabel(tr("No balance yet. The first paid call opens one with the orchestrator; what is left of it pays the next, unless "
                                    "none comes for ten minutes: orchestrators then forget it."), m_list);
        empty->setWordWrap(true);
        m_rows->addWidget(empty);
        return;
    }
    if (const auto current = m_purses.find(m_current); current != m_purses.end())
        addPurseRow(current->second, true);
    for (const auto &[name, purse] : m_purses) {
        if (name != m_current && !isEmpty(purse))
            addPurseRow(purse, m_purses.count(m_current) == 0 && m_purses.size() == 1);
    }
}

void BalancePanel::addPurseRow(const PurseView &purse, bool current)
{
    const QString title = purse.title.isEmpty() ? purse.capability : purse.title;
    auto *row = new QWidget(m_list);
    row->setObjectName(QStringLiteral("purse:") + purse.capability);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::One);
    grid->setVerticalSpacing(0);
    auto *name = new ElidedLabel(title, row);
    name->setCopyable(false);
    name->setMuted(true);
    name->setElideMode(Qt::ElideRight);
    auto *amount = new AmountLabel(row);
    amount->setSubject(tr("Balance for %1").arg(title));
    amount->setFont(Theme::font(current ? Theme::Type::Title20 : Theme::Type::Body13));
    const QString whole = exact::wholeWei(purse.balanceWei);
    if (whole.isEmpty())
        amount->clearAmount();
    else if (isEmpty(purse))
        amount->setAmount(tr("Empty"), tr("%1 wei").arg(purse.balanceWei));
    else if (whole == purse.balanceWei)
        amount->setWei(whole);
    else
        amount->setAmount(AmountLabel::humanWei(whole), tr("%1 wei").arg(purse.balanceWei));
    // A dash in large letters would be a riddle.
    const bool untold = current && whole.isEmpty();
    auto *lasts = smallLabel(untold ? tr("what is left was not said · %1").arg(lasting(purse)) : lasting(purse), row);
    lasts->setObjectName(QStringLiteral("lasts"));
    if (current) {
        grid->addWidget(name, 0, 0);
        grid->addWidget(amount, 1, 0);
        amount->setVisible(!untold);
        grid->addWidget(lasts, 2, 0);
        if (!whole.isEmpty() && purse.saidAt.isValid())
            grid->addWidget(saidLine(purse, row), 3, 0);
    } else {
        grid->addWidget(name, 0, 0);
        grid->addWidget(amount, 0, 1, Qt::AlignRight);
        grid->setColumnStretch(0, 1);
        row->setToolTip(tr("%1: %2").arg(title, lasts->text()));
        row->setAccessibleName(row->toolTip());
        lasts->hide();
    }
    m_rows->addWidget(row);
    row->show();
}

} // namespace sluice::ui
