#include "sluice/accounts/accounts_panel.h"

#include "sluice/accounts/account_rows.h"
#include "sluice/accounts/amount_bar.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/accounts/chain_view.h"
#include "sluice/accounts/paying_view.h"
#include "sluice/accounts/selling_view.h"
#include "sluice/base/follow.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr std::chrono::milliseconds kAgain{2000};
constexpr std::chrono::milliseconds kAfterTrouble{5000};
/// Of the contracts: others pay for the node that is asked.
constexpr std::chrono::seconds kChainAgain{30};
constexpr int kMostCalls = 300;
} // namespace

AccountsPanel::AccountsPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_bar(new AmountBar)
    , m_note(new QLabel)
    , m_paying(new PayingView)
    , m_selling(new SellingView)
    , m_chain(new ChainView)
    , m_tabs(new QTabWidget)
    , m_states(new StateView)
{
    setAccessibleName(tr("Accounts"));
    for (QWidget *view : std::initializer_list<QWidget *>{m_selling, m_chain}) {
        view->setParent(this); // until the profile has what it shows
        view->hide();
    }
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Paying and selling"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    m_tabs->addTab(m_paying, Theme::icon(QStringLiteral("wallet")), tr("Paying"));
    m_tabs->setTabBarAutoHide(true);
    m_states->setContent(m_tabs);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(Theme::font(Theme::Type::Small11));
    m_note->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
    Theme::setTextRole(m_note, Theme::Role::Muted);
    m_note->hide();
    m_message->hide();
    makeHeader();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget *one : std::initializer_list<QWidget *>{m_header, m_message, m_bar, m_note})
        layout->addWidget(one);
    layout->addWidget(m_states, 1);
    tabInReadingOrder(this);
    m_again.setSingleShot(true);
    m_chainAgain.setSingleShot(true);
    connectParts();
    m_gateway = m_session.gateway();
    showState();
}

void AccountsPanel::makeHeader()
{
    m_header = new SectionHeader(tr("Accounts"));
    auto *again = new QToolButton;
    again->setIcon(Theme::icon(QStringLiteral("refresh-cw")));
    again->setAutoRaise(true);
    again->setAccessibleName(tr("Ask again"));
    again->setToolTip(tr("Ask the agents again; while this is to be seen, they are asked every two seconds"));
    connect(again, &QToolButton::clicked, this, &AccountsPanel::refresh);
    m_header->addTrailing(again);
}

void AccountsPanel::connectParts()
{
    connect(&m_again, &QTimer::timeout, this, &AccountsPanel::refresh);
    connect(m_states, &StateView::actionTriggered, this, &AccountsPanel::refresh);
    connect(m_paying, &PayingView::depositRequested, this, &AccountsPanel::deposit);
    connect(m_paying, &PayingView::refundRequested, this, &AccountsPanel::askBack);
    connect(m_paying, &PayingView::payOutRequested, this, &AccountsPanel::payOut);
    connect(m_selling, &SellingView::settleRequested, this, &AccountsPanel::settle);
    connect(&m_chainAgain, &QTimer::timeout, this, &AccountsPanel::askChain);
    connect(m_chain, &ChainView::retryRequested, this, &AccountsPanel::askChain);
    connect(m_tabs, &QTabWidget::currentChanged, this, &AccountsPanel::askChain);
    connect(m_selling, &SellingView::retryRequested, this, &AccountsPanel::refresh);
    connect(m_bar, &AmountBar::chosen, this, [this](const QString &amount) {
        if (const auto wanted = std::exchange(m_amounts, {}))
            wanted(amount);
    });
    connect(m_bar, &AmountBar::dismissed, this, [this] {
        m_amounts = {};
        focusContent();
    });
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        if (const auto agreed = std::exchange(m_agreed, {}))
            agreed();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_agreed = {}; });
    connect(&m_session, &Session::profileChanged, this, &AccountsPanel::connectionChanged);
    connect(&m_session, &Session::stateChanged, this, &AccountsPanel::connectionChanged);
}

void AccountsPanel::connectionChanged()
{
    if (m_session.gateway() == m_gateway && m_gateway) {
        refresh();
        return;
    }
    // Another connection: what was known, and what was being asked for, is of the last one.
    m_gateway = m_session.gateway();
    ++m_generation;
    m_asking = 0;
    m_stale = false;
    m_known = false;
    m_trouble.reset();
    m_agreed = {};
    m_amounts = {};
    m_bar->hide();
    m_message->clear();
    m_paying->setBook({}, {});
    m_selling->setBook({});
    m_chain->forget();
    m_askingChain = false;
    m_chainAgain.stop();
    setBusy(false);
    refresh();
}

QString AccountsPanel::payingBackend(const Gateway *gateway)
{
    return gateway ? gateway->accountBackends().value(0) : QString();
}

QString AccountsPanel::sellingBackend(const Gateway *gateway)
{
    return gateway ? gateway->salesBackends().value(0) : QString();
}

bool AccountsPanel::sells() const
{
    return !sellingBackend(m_session.gateway()).isEmpty();
}

void AccountsPanel::showSelling()
{
    showState();
    if (sells())
        m_tabs->setCurrentWidget(m_selling);
}

bool AccountsPanel::readsChain() const
{
    const Gateway *gateway = m_session.gateway();
    return gateway && gateway->hasNetworkBook(payingBackend(gateway));
}

void AccountsPanel::showChain()
{
    showState();
    if (readsChain())
        m_tabs->setCurrentWidget(m_chain);
}

void AccountsPanel::showPaying()
{
    m_tabs->setCurrentWidget(m_paying);
}

void AccountsPanel::focusContent()
{
    if (m_states->state() != StateView::State::Content)
        m_states->setFocus(Qt::OtherFocusReason);
    else if (m_tabs->currentWidget() == m_selling)
        m_selling->focusContent();
    else if (m_tabs->currentWidget() == m_chain)
        m_chain->focusContent();
    else
        m_paying->focusContent();
}

void AccountsPanel::refresh()
{
    Gateway *gateway = m_session.gateway();
    if (m_asking > 0 || payingBackend(gateway).isEmpty()) {
        showState();
        return;
    }
    m_again.stop();
    askAccounts(*gateway);
    if (sells())
        askSales(*gateway);
    showState();
}

void AccountsPanel::askAccounts(Gateway &gateway)
{
    ++m_asking;
    const int mine = m_generation;
    sluice::follow(
        gateway.accounts(payingBackend(&gateway)), this,
        [this, mine](const AccountBook &book) {
            if (mine == m_generation && m_gateway)
                askCalls(*m_gateway, book);
        },
        [this, mine](const Error &error) {
            if (mine == m_generation)
                fail(error);
        });
}

void AccountsPanel::askCalls(Gateway &gateway, const AccountBook &book)
{
    const int mine = m_generation;
    sluice::follow(
        gateway.accountCalls(book.backend, kMostCalls), this,
        [this, mine, book](const QList<AccountCall> &calls) {
            if (mine == m_generation)
                take(book, calls, std::nullopt);
        },
        [this, mine, book](const Error &error) {
            if (mine == m_generation)
                take(book, {}, error);
        });
}

void AccountsPanel::askSales(Gateway &gateway)
{
    ++m_asking;
    const int mine = m_generation;
    sluice::follow(
        gateway.sales(sellingBackend(&gateway), kMostCalls), this,
        [this, mine](const SalesBook &book) {
            if (mine != m_generation)
                return;
            m_selling->setBook(book);
            next();
        },
        [this, mine](const Error &error) {
            if (mine != m_generation)
                return;
            m_selling->showTrouble(error);
            next();
        });
}

void AccountsPanel::askChain()
{
    // Only while it is looked at.
    Gateway *gateway = m_session.gateway();
    if (m_askingChain || m_chainAgain.isActive() || !isVisible() || m_tabs->currentWidget() != m_chain || !readsChain())
        return;
    m_askingChain = true;
    const int mine = m_generation;
    const auto over = [this, mine] {
        if (mine != m_generation)
            return false;
        m_askingChain = false;
        m_chainAgain.start(kChainAgain);
        return true;
    };
    sluice::follow(
        gateway->networkBook(payingBackend(gateway)), this,
        [this, over](const NetworkBook &book) {
            if (over())
                m_chain->setBook(book);
        },
        [this, over](const Error &error) {
            if (!over())
                return;
            m_chainAgain.stop(); // a person may try again at once
            m_chain->showTrouble(error);
        });
}

void AccountsPanel::take(const AccountBook &book, const QList<AccountCall> &calls, const std::optional<Error> &noCalls)
{
    m_known = true;
    m_trouble = noCalls;
    m_paying->setBook(book, calls);
    next();
}

void AccountsPanel::fail(const Error &error)
{
    m_trouble = error;
    next();
}

void AccountsPanel::next()
{
    --m_asking;
    showState();
    if (m_asking == 0 && std::exchange(m_stale, false))
        refresh();
    else if (m_asking == 0 && isVisible())
        m_again.start(m_trouble ? kAfterTrouble : kAgain);
}

void AccountsPanel::showState()
{
    Gateway *gateway = m_session.gateway();
    setTab(m_selling, sells(), QStringLiteral("server"), tr("Selling"));
    setTab(m_chain, readsChain(), QStringLiteral("globe"), tr("Network of today"));
    const auto count = m_paying->book().accounts.size();
    m_header->setRemark(m_known && count > 0 ? QString::number(count) : QString());
    m_note->setText(m_known && m_trouble ? m_trouble->message() : QString());
    m_note->setVisible(!m_note->text().isEmpty());
    if (!gateway)
        m_states->showEmpty(QStringLiteral("wifi-off"), tr("Not connected"), tr("Once the window is connected, the accounts of its network appear here."));
    else if (payingBackend(gateway).isEmpty())
        m_states->showEmpty(QStringLiteral("wallet"), tr("This network is not paid from accounts"),
            tr("Services of 0G are. Give this profile the address of a user agent: Edit, in the menu of the status bar's profile."));
    else if (m_known)
        m_states->showContent();
    else if (m_trouble)
        m_states->showError(*m_trouble, tr("Try again"));
    else
        m_states->showLoading(tr("Asking the user agent…"));
}

void AccountsPanel::setTab(QWidget *view, bool there, const QString &icon, const QString &title)
{
    const int at = m_tabs->indexOf(view);
    if (there && at < 0)
        m_tabs->addTab(view, Theme::icon(icon), title);
    else if (!there && at >= 0)
        m_tabs->removeTab(at);
}

void AccountsPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_paying->setBusy(busy);
    m_selling->setBusy(busy);
}

void AccountsPanel::confirm(const QString &question, const QString &yes, std::function<void()> then)
{
    m_agreed = std::move(then);
    m_message->showMessage(InlineMessage::Severity::Warning, question);
    m_message->setAction(yes);
}

template <typename T> void AccountsPanel::perform(const QFuture<T> &future, std::function<void(const QFuture<T> &)> done)
{
    setBusy(true);
    m_agreed = {};
    const int mine = m_generation;
    const auto ended = [this, mine] {
        if (mine != m_generation)
            return false;
        setBusy(false);
        m_stale = m_asking > 0;
        refresh();
        return true;
    };
    const auto failed = [this, ended](const Error &error) {
        if (!ended())
            return;
        const bool unsure = error.kind() == Error::Kind::Network || error.kind() == Error::Kind::Timeout;
        m_message->showError(unsure ? Error(error).withAdvice(tr("It may have been done all the same: look at the balance before you try again.")) : error);
        m_message->setAction({});
    };
    const auto succeeded = [future, ended, done] {
        if (ended())
            done(future);
    };
    if constexpr (std::is_void_v<T>)
        sluice::follow(future, this, succeeded, failed);
    else
        sluice::follow(future, this, [succeeded](const T &) { succeeded(); }, failed);
}

void AccountsPanel::deposit(const QString &provider)
{
    if (m_busy)
        return;
    const AccountMoney money = AccountMoney::of(m_paying->book());
    m_message->clear();
    m_agreed = {};
    const QString question = m_paying->book().at(provider) ? tr("How much shall be put into the account at %1?").arg(provider)
                                                           : tr("How much shall be put into a new account at %1?").arg(provider);
    m_amounts = [this, provider, money](const QString &amount) {
        const QString both = account_amount::both(amount, money);
        confirm(tr("Deposit %1 at the provider %2? It pays for calls of this provider's services; what is left of it can be asked back.").arg(both, provider),
            tr("Deposit %1").arg(account_amount::human(amount, money)), [this, provider, amount, both] {
                Gateway *gateway = m_session.gateway();
                if (!gateway || m_busy)
                    return;
                const std::function<void(const QFuture<void> &)> done = [this, both, provider](const QFuture<void> &) {
                    m_message->showMessage(InlineMessage::Severity::Success, tr("%1 was deposited at %2.").arg(both, provider));
                    m_message->setAction({});
                };
                perform(gateway->depositAt(payingBackend(gateway), provider, amount), done);
            });
    };
    m_bar->ask(question, money, {});
}

void AccountsPanel::askBack(const QString &provider)
{
    const QString free = m_paying->freeAt(provider);
    if (m_busy || free.isEmpty())
        return;
    const AccountMoney money = AccountMoney::of(m_paying->book());
    m_message->clear();
    m_agreed = {};
    m_amounts = [this, provider, money](const QString &amount) {
        const QString both = account_amount::both(amount, money);
        confirm(tr("Ask %1 back from the provider %2? It comes when its time is over; until then it stays in the account, and a settlement may still take of it.").arg(both, provider),
            tr("Ask back %1").arg(account_amount::human(amount, money)), [this, provider, amount, both] {
                Gateway *gateway = m_session.gateway();
                if (!gateway || m_busy)
                    return;
                const std::function<void(const QFuture<void> &)> done = [this, both, provider](const QFuture<void> &) {
                    m_message->showMessage(InlineMessage::Severity::Success, tr("%1 was asked back from %2.").arg(both, provider));
                    m_message->setAction({});
                    m_paying->tabs().setCurrentIndex(PayingView::Refunds);
                };
                perform(gateway->askRefund(payingBackend(gateway), provider, amount), done);
            });
    };
    m_bar->ask(tr("How much shall be asked back from the account at %1?").arg(provider), money, free);
}

void AccountsPanel::payOut()
{
    Gateway *gateway = m_session.gateway();
    if (!gateway || m_busy)
        return;
    const std::function<void(const QFuture<void> &)> done = [this](const QFuture<void> &) {
        m_message->showMessage(InlineMessage::Severity::Success, tr("What was due has been paid to your wallet."));
        m_message->setAction({});
    };
    perform(gateway->processRefunds(payingBackend(gateway)), done);
}

void AccountsPanel::settle()
{
    const SalesBook &book = m_selling->book();
    if (m_busy || !sells())
        return;
    const QString both = account_amount::both(book.unsettled, AccountMoney::of(book));
    int users = 0;
    for (const SalesCustomer &one : book.customers)
        users += account_amount::compare(one.unsettled, QStringLiteral("0")) > 0 ? 1 : 0;
    const QString provider = book.provider.isEmpty() ? book.server.toDisplayString() : book.provider;
    confirm(tr("Settle now? What %n user(s) owe, %1, is taken from their accounts and paid to %2. Calls that are under way are left for the next time.", nullptr, users).arg(both, provider),
        tr("Settle"), [this] {
            Gateway *gateway = m_session.gateway();
            if (!gateway || m_busy)
                return;
            const std::function<void(const QFuture<SettlementOutcome> &)> done = [this](const QFuture<SettlementOutcome> &future) { tellOutcome(future.result()); };
            perform(gateway->settleSales(sellingBackend(gateway)), done);
        });
}

void AccountsPanel::tellOutcome(const SettlementOutcome &outcome)
{
    const AccountMoney money = AccountMoney::of(m_selling->book());
    const QString left = outcome.leftOut.join(QLatin1Char('\n'));
    if (outcome.settlement && !outcome.settlement->ok)
        m_message->showMessage(InlineMessage::Severity::Error, tr("Nothing was settled: %1").arg(outcome.settlement->error), left);
    else if (!left.isEmpty())
        m_message->showMessage(InlineMessage::Severity::Warning,
            tr("Settled: %1 came in. Some could not pay and are left for the next time.")
                .arg(account_amount::both(outcome.settlement ? outcome.settlement->total : QStringLiteral("0"), money)),
            left);
    else if (outcome.settlement)
        m_message->showMessage(InlineMessage::Severity::Success, tr("Settled: %1 came in.").arg(account_amount::both(outcome.settlement->total, money)));
    else
        m_message->showMessage(InlineMessage::Severity::Info, tr("Nothing was to be settled."));
    m_message->setAction({});
    m_selling->tabs().setCurrentIndex(SellingView::Settlements);
}

void AccountsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    askChain();
}

void AccountsPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
    m_chainAgain.stop();
}

} // namespace sluice::ui
