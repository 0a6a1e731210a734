#pragma once

#include "sluice/backend/remote_network.h"

#include <QtWidgets/QWidget>

class QLabel;
class QTabWidget;

namespace sluice::ui {

class AmountLabel;
class CellTable;
class ElidedLabel;
class StateView;

/// The network of today as its contracts have it, to be read only: a wallet's money in its three places, what providers sell, and whose keys are
/// acknowledged.
class ChainView final : public QWidget {
    Q_OBJECT
public:
    explicit ChainView(QWidget *parent = nullptr);

    void setBook(const NetworkBook &book);
    void showTrouble(const Error &error);
    /// Of another connection.
    void forget();
    void focusContent();
    [[nodiscard]] CellTable &services() const { return *m_services; }
    [[nodiscard]] CellTable &accounts() const { return *m_accounts; }
    [[nodiscard]] StateView &states() const { return *m_states; }
    /// What the money is, in words.
    [[nodiscard]] QString moneyText() const;

Q_SIGNALS:
    void retryRequested();

private:
    [[nodiscard]] QWidget *makeFacts();
    void showMoney(const NetworkBook &book);

    ElidedLabel *m_chain;
    ElidedLabel *m_owner;
    AmountLabel *m_wallet;
    AmountLabel *m_ledger;
    AmountLabel *m_available;
    QLabel *m_note;
    CellTable *m_services;
    CellTable *m_accounts;
    StateView *m_servicesState;
    StateView *m_accountsState;
    QTabWidget *m_tabs;
    StateView *m_states;
};

} // namespace sluice::ui
