#pragma once

#include "sluice/backend/remote_accounts.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QTabWidget;

namespace sluice::ui {

class AmountLabel;
class CellTable;
class CopyButton;
class ElidedLabel;
class StateView;

/// Accounts at providers, as who pays sees them: balances, what is sold for what, money on its way back, and every request with its fee.
class PayingView final : public QWidget {
    Q_OBJECT
public:
    enum Tab { Services, Refunds, Requests };

    explicit PayingView(QWidget *parent = nullptr);

    void setBook(const AccountBook &book, const QList<AccountCall> &calls);
    /// Nothing can be ordered while something is under way.
    void setBusy(bool busy);
    void focusContent();
    [[nodiscard]] const AccountBook &book() const { return m_book; }
    [[nodiscard]] CellTable &providers() const { return *m_providers; }
    [[nodiscard]] CellTable &services() const { return *m_services; }
    [[nodiscard]] CellTable &refunds() const { return *m_refunds; }
    [[nodiscard]] CellTable &requests() const { return *m_requests; }
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; }
    [[nodiscard]] QPushButton &depositButton() const { return *m_deposit; }
    [[nodiscard]] QPushButton &refundButton() const { return *m_refund; }
    [[nodiscard]] QPushButton &payOutButton() const { return *m_payOut; }
    /// What can be asked back of an account: balance less what was asked back already.
    [[nodiscard]] QString freeAt(const QString &provider) const;

Q_SIGNALS:
    void depositRequested(const QString &provider);
    void refundRequested(const QString &provider);
    void payOutRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QWidget *makeFacts();
    [[nodiscard]] QWidget *makeActions();
    void showStates();
    void showSelection();
    void showRefunds();
    /// By the ledger's clock, as far as it was told.
    [[nodiscard]] QDateTime ledgerNow() const;

    AccountBook m_book;
    QDateTime m_toldAt;
    bool m_busy = false;
    ElidedLabel *m_owner;
    CopyButton *m_copyOwner;
    AmountLabel *m_wallet;
    ElidedLabel *m_agent;
    CellTable *m_providers;
    StateView *m_providersState;
    CellTable *m_services;
    CellTable *m_refunds;
    StateView *m_refundsState;
    CellTable *m_requests;
    StateView *m_requestsState;
    QTabWidget *m_tabs;
    QPushButton *m_deposit;
    QPushButton *m_refund;
    QPushButton *m_payOut;
    CopyButton *m_copyProvider;
    QTimer m_second;
};

} // namespace sluice::ui
