#include "sluice/accounts/chain_view.h"

#include "sluice/accounts/account_rows.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

CellTable *made(const account_rows::Shape &shape)
{
    return new CellTable(shape.name, shape.columns, shape.ranked);
}

QLabel *caption(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(label, Theme::Role::Muted);
    return label;
}

} // namespace

ChainView::ChainView(QWidget *parent)
    : QWidget(parent)
    , m_chain(new ElidedLabel)
    , m_owner(new ElidedLabel)
    , m_wallet(new AmountLabel)
    , m_ledger(new AmountLabel)
    , m_available(new AmountLabel)
    , m_note(new QLabel)
    , m_services(made(account_rows::networkServices()))
    , m_accounts(made(account_rows::networkAccounts()))
    , m_servicesState(new StateView)
    , m_accountsState(new StateView)
    , m_tabs(new QTabWidget)
    , m_states(new StateView)
{
    setAccessibleName(tr("The network of today"));
    m_servicesState->setContent(m_services);
    m_accountsState->setContent(m_accounts);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Of the network of today"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    m_tabs->addTab(m_servicesState, tr("Services and prices"));
    m_tabs->addTab(m_accountsState, tr("Money at providers"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(Theme::font(Theme::Type::Small11));
    m_note->setContentsMargins(space::Two, space::One, space::Two, space::One);
    Theme::setTextRole(m_note, Theme::Role::Muted);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFacts());
    column->addWidget(m_tabs, 1);
    column->addWidget(m_note);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
    connect(m_states, &StateView::actionTriggered, this, &ChainView::retryRequested);
    forget();
}

QWidget *ChainView::makeFacts()
{
    auto *facts = new QWidget;
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(space::Two, space::One, space::Two, space::One);
    grid->setHorizontalSpacing(space::One);
    grid->setVerticalSpacing(space::Half);
    m_owner->setMonospaced(true);
    m_owner->setSubject(tr("Wallet"));
    m_chain->setSubject(tr("Chain"));
    m_wallet->setSubject(tr("In the wallet"));
    m_ledger->setSubject(tr("In the ledger"));
    m_available->setSubject(tr("Of it free"));
    const auto add = [&](int row, int column, const QString &title, QWidget *value) {
        grid->addWidget(caption(title), row, 2 * column);
        grid->addWidget(value, row, 2 * column + 1);
    };
    add(0, 0, tr("Money of"), m_owner);
    add(0, 1, tr("Read from"), m_chain);
    add(1, 0, tr("In the wallet"), m_wallet);
    add(1, 1, tr("In the ledger"), m_ledger);
    add(1, 2, tr("Of it free"), m_available);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(3, 2);
    grid->setColumnStretch(5, 1);
    return facts;
}

void ChainView::showMoney(const NetworkBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    const auto show = [&](AmountLabel *label, const QString &digits) {
        if (account_amount::isBalance(digits))
            label->setAmount(account_amount::human(digits, money), account_amount::exact(digits, money));
        else
            label->clearAmount();
    };
    const bool known = !book.owner.isEmpty();
    m_owner->setText(known ? book.owner : book.ownerFault.isEmpty() ? tr("nobody's: the profile names no wallet") : book.ownerFault);
    m_owner->setCopyable(known);
    show(m_wallet, book.wallet);
    show(m_ledger, known && !book.hasLedger ? QStringLiteral("0") : book.ledgerTotal);
    show(m_available, known && !book.hasLedger ? QStringLiteral("0") : book.ledgerAvailable);
}

void ChainView::setBook(const NetworkBook &book)
{
    const QString chain = book.chain.isEmpty() ? tr("chain %1").arg(book.chainId) : book.chain;
    m_chain->setText(tr("%1, block %2 of %3").arg(chain, book.block, RelativeTimeLabel::exact(book.at)));
    showMoney(book);
    m_services->setRows(account_rows::rowsOfNetworkServices(book));
    m_accounts->setRows(account_rows::rowsOfNetworkAccounts(book));
    m_note->setText((book.isWhole ? QString() : tr("There is more than is shown: only the first %1 services are read.").arg(book.services.size()) + QLatin1Char('\n')) + acknowledgementMeaning());
    m_tabs->setTabText(0, tr("Services and prices (%1)").arg(book.services.size()));
    m_tabs->setTabText(1, book.accounts.isEmpty() ? tr("Money at providers") : tr("Money at providers (%1)").arg(book.accounts.size()));
    if (book.services.isEmpty())
        m_servicesState->showEmpty(QStringLiteral("coins"), tr("Nobody sells anything there"), tr("The contract of this chain lists no service."));
    else
        m_servicesState->showContent();
    if (!book.accounts.isEmpty())
        m_accountsState->showContent();
    else
        m_accountsState->showEmpty(QStringLiteral("wallet"), tr("No money at providers"),
            book.owner.isEmpty() ? tr("Write a wallet's address into the profile to see its money.") : tr("This wallet has an account at no provider of this network."));
    m_states->showContent();
}

QString ChainView::moneyText() const
{
    return QStringList{m_owner->text(), m_wallet->exact(), m_ledger->exact(), m_available->exact()}.join(QLatin1Char('\n'));
}

void ChainView::showTrouble(const Error &error)
{
    m_states->showError(error, tr("Try again"));
}

void ChainView::forget()
{
    m_states->showLoading(tr("Reading the contracts…"));
}

void ChainView::focusContent()
{
    if (m_states->state() == StateView::State::Content)
        m_services->setFocus(Qt::OtherFocusReason);
    else
        m_states->setFocus(Qt::OtherFocusReason);
}

} // namespace sluice::ui
