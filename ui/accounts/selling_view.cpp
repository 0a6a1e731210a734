#include "sluice/accounts/selling_view.h"

#include "sluice/accounts/account_rows.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

namespace {

CellTable *made(const account_rows::Shape &shape)
{
    return new CellTable(shape.name, shape.columns, shape.ranked);
}

} // namespace

SellingView::SellingView(QWidget *parent)
    : QWidget(parent)
    , m_provider(new ElidedLabel)
    , m_copyProvider(new CopyButton)
    , m_wallet(new AmountLabel)
    , m_unsettled(new AmountLabel)
    , m_settle(new QPushButton(tr("&Settle…")))
    , m_customers(made(account_rows::customers()))
    , m_calls(made(account_rows::sales()))
    , m_services(made(account_rows::services(true)))
    , m_settlements(made(account_rows::settlements()))
    , m_tabs(new QTabWidget)
    , m_states(new StateView)
{
    setAccessibleName(tr("Selling"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Of what is sold"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    for (CellTable *table : {m_customers, m_calls, m_services, m_settlements}) {
        auto *place = new StateView;
        place->setContent(table);
        m_places.append(place);
        m_tabs->addTab(place, QString());
    }
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFacts());
    column->addWidget(m_tabs, 1);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
    tabInReadingOrder(this);
    connect(m_states, &StateView::actionTriggered, this, &SellingView::retryRequested);
    m_states->showLoading(tr("Asking your provider agent…"));
    showStates();
    showButton();
}

QWidget *SellingView::makeFacts()
{
    auto *facts = new QWidget;
    auto *line = new QHBoxLayout(facts);
    line->setContentsMargins(space::Two, space::One, space::Two, space::One);
    line->setSpacing(space::One);
    const auto add = [&](const QString &title, QWidget *value, int stretch) {
        auto *label = new QLabel(title);
        label->setFont(Theme::font(Theme::Type::Small11));
        Theme::setTextRole(label, Theme::Role::Muted);
        line->addWidget(label);
        line->addWidget(value, stretch);
    };
    m_provider->setMonospaced(true);
    m_provider->setSubject(tr("Provider"));
    m_wallet->setSubject(tr("Wallet"));
    m_unsettled->setSubject(tr("Not settled"));
    m_settle->setAutoDefault(false);
    m_settle->setToolTip(tr("Have what users owe taken from their accounts and paid to you"));
    m_settle->setAccessibleDescription(m_settle->toolTip());
    m_copyProvider->setSubject(tr("your address as a provider"));
    add(tr("Provider"), m_provider, 1);
    line->addWidget(m_copyProvider);
    add(tr("Wallet"), m_wallet, 0);
    add(tr("Not settled"), m_unsettled, 0);
    line->addWidget(m_settle);
    connect(m_settle, &QPushButton::clicked, this, &SellingView::settleRequested);
    return facts;
}

void SellingView::setBook(const SalesBook &book)
{
    m_book = book;
    const AccountMoney money = AccountMoney::of(book);
    m_provider->setText(book.provider.isEmpty() ? tr("not told by %1").arg(book.server.toDisplayString()) : book.provider);
    m_provider->setCopyable(!book.provider.isEmpty());
    m_copyProvider->setContent(book.provider);
    if (account_amount::isBalance(book.wallet))
        m_wallet->setAmount(account_amount::human(book.wallet, money), account_amount::exact(book.wallet, money));
    else
        m_wallet->clearAmount();
    m_unsettled->setAmount(account_amount::human(book.unsettled, money), account_amount::exact(book.unsettled, money));
    m_customers->setRows(account_rows::rowsOfCustomers(book));
    m_calls->setRows(account_rows::rowsOfSales(book));
    m_services->setRows(account_rows::rowsOfServices(book.services, money));
    m_settlements->setRows(account_rows::rowsOfSettlements(book));
    m_states->showContent();
    showStates();
    showButton();
}

void SellingView::showStates()
{
    struct Nothing {
        CellTable *table;
        QString tab;
        QString icon;
        QString title;
        QString advice;
    };
    const QList<Nothing> all{
        {m_customers, tr("Users"), QStringLiteral("wallet"), tr("Nobody has an account here yet"), tr("Users open an account with the address above; what they owe is here then.")},
        {m_calls, tr("Who called"), QStringLiteral("inbox"), tr("Nobody called yet"), tr("Each call of a service is here with its fee and its signature.")},
        {m_services, tr("My services"), QStringLiteral("server"), tr("Nothing is sold yet"),
            tr("Register a service at this provider agent: POST /v1/service, as the README shows.")},
        {m_settlements, tr("Settlements"), QStringLiteral("receipt"), tr("Nothing was settled yet"), tr("Settle pays you what users owe; the agent does it by itself, too.")},
    };
    for (int i = 0; i < int(all.size()); ++i) {
        const Nothing &one = all[i];
        const int count = one.table->cells().rowCount();
        m_tabs->setTabText(i, count > 0 ? QStringLiteral("%1 (%2)").arg(one.tab).arg(count) : one.tab);
        if (count > 0)
            m_places[i]->showContent();
        else
            m_places[i]->showEmpty(one.icon, one.title, one.advice);
    }
}

void SellingView::showTrouble(const Error &error)
{
    m_states->showError(error, tr("Try again"));
}

void SellingView::showButton()
{
    m_settle->setEnabled(!m_busy && account_amount::compare(m_book.unsettled, QStringLiteral("0")) > 0);
}

void SellingView::setBusy(bool busy)
{
    m_busy = busy;
    showButton();
}

void SellingView::focusContent()
{
    m_customers->setFocus(Qt::OtherFocusReason);
}

} // namespace sluice::ui
