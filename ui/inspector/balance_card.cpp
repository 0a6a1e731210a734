#include "sluice/inspector/balance_card.h"

#include "sluice/crypto/u256.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr int kBarSteps = 1000;

QLabel *mutedLabel()
{
    auto *label = new QLabel;
    label->setFont(Theme::font(Theme::Type::Small11));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}
} // namespace

BalanceCard::BalanceCard(QWidget *parent)
    : QWidget(parent)
    , m_title(mutedLabel())
    , m_balance(new AmountLabel)
    , m_lasts(mutedLabel())
{
    setAccessibleName(tr("Balance"));
    m_balance->setSubject(tr("Balance"));
    m_balance->setFont(Theme::font(Theme::Type::Title20));
    m_lasts->setWordWrap(true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::One);
    grid->setVerticalSpacing(space::Half);
    m_session = addSpendRow(grid, 0, tr("This session"));
    m_day = addSpendRow(grid, 1, tr("Today (UTC)"));
    grid->setColumnStretch(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::One, 0, space::One, space::One);
    layout->setSpacing(space::Half);
    layout->addWidget(m_title);
    layout->addWidget(m_balance);
    layout->addWidget(m_lasts);
    layout->addSpacing(space::Half);
    layout->addLayout(grid);
    setPurse({}, std::nullopt, std::nullopt);
    setSpending({});
}

BalanceCard::SpendRow BalanceCard::addSpendRow(QGridLayout *grid, int row, const QString &name)
{
    SpendRow made{mutedLabel(), new AmountLabel, new QProgressBar};
    made.name->setText(name);
    made.amount->setSubject(name);
    made.bar->setTextVisible(false);
    made.bar->setFixedHeight(space::Half);
    made.bar->setRange(0, kBarSteps);
    made.bar->setAccessibleName(tr("%1 against the limit").arg(name));
    grid->addWidget(made.name, row, 0);
    grid->addWidget(made.bar, row, 1);
    grid->addWidget(made.amount, row, 2);
    return made;
}

void BalanceCard::setPurse(
    const QString &capability, const std::optional<QString> &wei, const std::optional<PriceQuote> &price)
{
    m_title->setText(capability.isEmpty() ? tr("No capability is open") : tr("Left for %1").arg(capability));
    if (wei)
        m_balance->setWei(*wei);
    else
        m_balance->clearAmount();
    if (!wei || !price) {
        m_lasts->setText(capability.isEmpty() ? QString() : tr("The orchestrator has not told a balance yet."));
        return;
    }
    const auto seconds = secondsLeft(*wei, *price);
    m_lasts->setText(!seconds       ? tr("This capability costs nothing.")
            : *seconds < 0          ? tr("Overdrawn: the next call tops it up.")
            : *seconds < 60         ? tr("Lasts %n more second(s); below 60 the next call tops it up.", nullptr, int(*seconds))
                                    : tr("Lasts %n more second(s) at this price.", nullptr, int(std::min<qint64>(*seconds, 1'000'000'000))));
}

void BalanceCard::setSpending(const SpendingView &spending)
{
    show(m_session, spending.sessionWei, spending.sessionLimitWei);
    show(m_day, spending.dayWei, spending.dayLimitWei);
}

void BalanceCard::show(const SpendRow &row, const std::optional<QString> &spent, const std::optional<QString> &limit)
{
    if (spent)
        row.amount->setWei(*spent);
    else
        row.amount->clearAmount();
    row.bar->setVisible(limit.has_value());
    if (limit && spent) {
        row.bar->setValue(shareOf(*spent, *limit));
        row.bar->setToolTip(tr("%1 of %2").arg(AmountLabel::humanWei(*spent), AmountLabel::humanWei(*limit)));
    }
}

std::optional<qint64> BalanceCard::secondsLeft(const QString &wei, const PriceQuote &price)
{
    const auto amount = rationalFromText(wei);
    if (!amount || price.pricePerUnit <= 0 || price.pixelsPerUnit <= 0)
        return std::nullopt;
    const Rational perSecond(price.pricePerUnit, price.pixelsPerUnit);
    const Wei seconds = floorOf(*amount / perSecond);
    static const Wei most = std::numeric_limits<qint64>::max();
    return static_cast<qint64>(seconds > most ? most : seconds);
}

int BalanceCard::shareOf(const QString &spent, const QString &limit)
{
    const auto part = rationalFromText(spent);
    const auto whole = rationalFromText(limit);
    if (!part || !whole || *whole <= 0)
        return part && *part > 0 ? kBarSteps : 0;
    const Wei share = floorOf(*part * kBarSteps / *whole);
    return static_cast<int>(std::clamp<Wei>(share, 0, kBarSteps));
}

} // namespace sluice::ui
