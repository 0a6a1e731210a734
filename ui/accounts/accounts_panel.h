#pragma once

#include "sluice/backend/sales_desk.h"

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <functional>

class QLabel;
class QTabWidget;

namespace sluice {
class Gateway;
}

namespace sluice::ui {

class AmountBar;
class ChainView;
class InlineMessage;
class PayingView;
class SectionHeader;
class SellingView;
class Session;
class StateView;

/// The accounts at providers from which the profile's calls are paid, and what is sold by a provider agent of one's own, where the profile names
/// one. Money moves only after its exact amount was shown and agreed to. Asked for again and again while it is to be seen.
class AccountsPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive it.
    explicit AccountsPanel(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] PayingView &paying() const { return *m_paying; }
    [[nodiscard]] SellingView &selling() const { return *m_selling; }
    [[nodiscard]] ChainView &chain() const { return *m_chain; }
    /// Whether the profile names the chain of today's network.
    [[nodiscard]] bool readsChain() const;
    void showChain();
    /// Whether the profile names a provider agent.
    [[nodiscard]] bool sells() const;
    void showSelling();
    void showPaying();
    [[nodiscard]] AmountBar &amountBar() const { return *m_bar; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] StateView &states() const { return *m_states; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    void focusContent();

public Q_SLOTS:
    void refresh();
    void deposit(const QString &provider);
    void askBack(const QString &provider);
    void payOut();
    void settle();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeHeader();
    void connectParts();
    void connectionChanged();
    void askAccounts(Gateway &gateway);
    void askCalls(Gateway &gateway, const AccountBook &book);
    void askSales(Gateway &gateway);
    void askChain();
    void setTab(QWidget *view, bool there, const QString &icon, const QString &title);
    void take(const AccountBook &book, const QList<AccountCall> &calls, const std::optional<Error> &noCalls);
    void fail(const Error &error);
    void next();
    void showState();
    void confirm(const QString &question, const QString &yes, std::function<void()> then);
    /// Carries out what was agreed to; `done` says it, and everything is asked for anew.
    template <typename T> void perform(const QFuture<T> &future, std::function<void(const QFuture<T> &)> done);
    void setBusy(bool busy);
    void tellOutcome(const SettlementOutcome &outcome);
    [[nodiscard]] static QString payingBackend(const Gateway *gateway);
    [[nodiscard]] static QString sellingBackend(const Gateway *gateway);

    Session &m_session;
    SectionHeader *m_header = nullptr;
    InlineMessage *m_message;
    AmountBar *m_bar;
    QLabel *m_note;
    PayingView *m_paying;
    SellingView *m_selling;
    ChainView *m_chain;
    QTabWidget *m_tabs;
    StateView *m_states;
    std::function<void()> m_agreed;                       ///< what the message's action does
    std::function<void(const QString &amount)> m_amounts; ///< what the amount is for
    std::optional<Error> m_trouble;
    bool m_known = false; ///< a book was told since the connection stands
    bool m_busy = false;
    bool m_stale = false; ///< what is being told is of before the last order
    int m_asking = 0;     ///< questions under way
    int m_generation = 0; ///< of the connection
    QPointer<Gateway> m_gateway;
    QTimer m_again;
    QTimer m_chainAgain;
    bool m_askingChain = false;
};

} // namespace sluice::ui
