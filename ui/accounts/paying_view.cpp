#include "sluice/accounts/paying_view.h"

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
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

#include <algorithm>

namespace sluice::ui {

namespace {

CellTable *made(const account_rows::Shape &shape)
{
    return new CellTable(shape.name, shape.columns, shape.ranked);
}

StateView *around(QWidget *content)
{
    auto *states = new StateView;
    states->setContent(content);
    return states;
}

} // namespace

PayingView::PayingView(QWidget *parent)
    : QWidget(parent)
    , m_owner(new ElidedLabel)
    , m_copyOwner(new CopyButton)
    , m_wallet(new AmountLabel)
    , m_agent(new ElidedLabel)
    , m_providers(made(account_rows::providers()))
    , m_providersState(around(m_providers))
    , m_services(made(account_rows::services(false)))
    , m_refunds(made(account_rows::refunds()))
    , m_refundsState(around(m_refunds))
    , m_requests(made(account_rows::calls()))
    , m_requestsState(around(m_requests))
    , m_tabs(new QTabWidget)
    , m_deposit(new QPushButton(tr("&Deposit…")))
    , m_refund(new QPushButton(tr("Ask &back…")))
    , m_payOut(new QPushButton(tr("Pay &out what is due")))
    , m_copyProvider(new CopyButton)
{
    setAccessibleName(tr("Paying"));
    m_providers->setObjectName(QStringLiteral("providers"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Of the accounts"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    m_tabs->addTab(m_services, tr("Services and prices"));
    m_tabs->addTab(m_refundsState, tr("Asked back"));
    m_tabs->addTab(m_requestsState, tr("Requests"));
    auto *upper = new QWidget;
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_providersState, 1);
    column->addWidget(makeActions());
    auto *split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(upper);
    split->addWidget(m_tabs);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFacts());
    layout->addWidget(split, 1);
    tabInReadingOrder(this);
    connect(m_providers, &CellTable::selectionMoved, this, &PayingView::showSelection);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &PayingView::showRefunds);
    showStates();
    showRefunds();
    showSelection();
}

void PayingView::showStates()
{
    if (m_providers->cells().rowCount() > 0)
        m_providersState->showContent();
    else
        m_providersState->showEmpty(QStringLiteral("coins"), tr("Nobody sells anything here yet"),
            tr("Services appear once a provider registers them on the ledger of this user agent. To sell something yourself, start “sluicectl zerog provider” on the same ledger."));
    if (m_requests->cells().rowCount() > 0)
        m_requestsState->showContent();
    else
        m_requestsState->showEmpty(QStringLiteral("inbox"), tr("No requests yet"),
            tr("Open one of the services at the left and call it: each call is here with its fee and its signature."));
}

QWidget *PayingView::makeFacts()
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
    m_owner->setMonospaced(true);
    m_owner->setSubject(tr("Whose accounts these are"));
    m_wallet->setSubject(tr("Wallet"));
    m_agent->setMuted(true);
    m_agent->setSubject(tr("User agent"));
    m_copyOwner->setSubject(tr("the address of these accounts' owner"));
    add(tr("Account of"), m_owner, 3);
    line->addWidget(m_copyOwner);
    add(tr("Wallet"), m_wallet, 0);
    add(tr("User agent"), m_agent, 2);
    return facts;
}

QWidget *PayingView::makeActions()
{
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins(space::Two, space::One, space::Two, space::One);
    line->setSpacing(space::One);
    m_deposit->setToolTip(tr("Put money into the account at the selected provider; it is opened where there is none"));
    m_refund->setToolTip(tr("Ask for money of the account at the selected provider; it comes when its time is over"));
    m_payOut->setToolTip(tr("Have the refunds paid whose time is over, instead of when the agent looks next"));
    for (QPushButton *button : {m_deposit, m_refund, m_payOut}) {
        button->setAutoDefault(false);
        button->setAccessibleDescription(button->toolTip());
        line->addWidget(button);
    }
    line->addStretch(1);
    m_copyProvider->setSubject(tr("the selected provider's address"));
    line->addWidget(m_copyProvider);
    connect(m_deposit, &QPushButton::clicked, this, [this] {
        if (const QString provider = m_providers->selectedKey(); !provider.isEmpty())
            Q_EMIT depositRequested(provider);
    });
    connect(m_refund, &QPushButton::clicked, this, [this] {
        if (const QString provider = m_providers->selectedKey(); !provider.isEmpty())
            Q_EMIT refundRequested(provider);
    });
    connect(m_payOut, &QPushButton::clicked, this, &PayingView::payOutRequested);
    return bar;
}

void PayingView::setBook(const AccountBook &book, const QList<AccountCall> &calls)
{
    m_book = book;
    m_toldAt = QDateTime::currentDateTimeUtc();
    const AccountMoney money = AccountMoney::of(book);
    m_owner->setText(book.owner.isEmpty() ? tr("not told") : book.owner);
    m_owner->setCopyable(!book.owner.isEmpty());
    m_copyOwner->setContent(book.owner);
    if (account_amount::isBalance(book.wallet))
        m_wallet->setAmount(account_amount::human(book.wallet, money), account_amount::exact(book.wallet, money));
    else
        m_wallet->clearAmount();
    m_agent->setText(book.server.toDisplayString());
    m_providers->setRows(account_rows::rowsOfProviders(book, calls));
    if (m_providers->selectedKey().isEmpty() && m_providers->cells().rowCount() > 0)
        m_providers->select(m_providers->cells().key(0));
    m_services->setRows(account_rows::rowsOfServices(book.services, money));
    m_requests->setRows(account_rows::rowsOfCalls(book, calls));
    showStates();
    m_tabs->setTabText(Services, tr("Services and prices (%1)").arg(book.services.size()));
    m_tabs->setTabText(Requests, calls.isEmpty() ? tr("Requests") : tr("Requests (%1)").arg(calls.size()));
    showRefunds();
    showSelection();
}

QDateTime PayingView::ledgerNow() const
{
    // Its clock, and what has passed here since it was told.
    return m_book.serverTime.isValid() ? m_book.serverTime.addMSecs(m_toldAt.msecsTo(QDateTime::currentDateTimeUtc())) : QDateTime();
}

void PayingView::showRefunds()
{
    const QDateTime now = ledgerNow();
    m_refunds->setRows(account_rows::rowsOfRefunds(m_book, now));
    const int count = m_refunds->cells().rowCount();
    if (count > 0)
        m_refundsState->showContent();
    else
        m_refundsState->showEmpty(QStringLiteral("undo-2"), tr("Nothing was asked back"), tr("Choose a provider and press Ask back to have money returned from its account."));
    m_tabs->setTabText(Refunds, count > 0 ? tr("Asked back (%1)").arg(count) : tr("Asked back"));
    bool due = false;
    for (const RemoteAccount &account : m_book.accounts)
        due = due || std::any_of(account.refunds.begin(), account.refunds.end(), [&](const AccountRefund &refund) { return account_rows::isDue(refund, now); });
    m_payOut->setEnabled(due && !m_busy);
    if (count > 0 && isVisible())
        m_second.start();
    else
        m_second.stop();
}

QString PayingView::freeAt(const QString &provider) const
{
    const RemoteAccount *account = m_book.at(provider);
    return account ? account_amount::difference(account->balance, account->pendingRefund) : QString();
}

void PayingView::showSelection()
{
    const QString provider = m_providers->selectedKey();
    m_copyProvider->setContent(provider);
    m_deposit->setEnabled(!provider.isEmpty() && !m_busy);
    m_refund->setEnabled(!m_busy && account_amount::compare(freeAt(provider), QStringLiteral("0")) > 0);
}

void PayingView::setBusy(bool busy)
{
    m_busy = busy;
    showSelection();
    showRefunds();
}

void PayingView::focusContent()
{
    m_providers->setFocus(Qt::OtherFocusReason);
}

void PayingView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showRefunds();
}

void PayingView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_second.stop();
}

} // namespace sluice::ui
