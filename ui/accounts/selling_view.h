#pragma once

#include "sluice/backend/sales_desk.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QTabWidget;

namespace sluice::ui {

class AmountLabel;
class CellTable;
class CopyButton;
class ElidedLabel;
class StateView;

/// What is sold by an agent of one's own: services, who has an account and what is unsettled, who called, and the settlements.
class SellingView final : public QWidget {
    Q_OBJECT
public:
    enum Tab { Customers, Calls, Services, Settlements };

    explicit SellingView(QWidget *parent = nullptr);

    void setBook(const SalesBook &book);
    /// Why nothing can be told.
    void showTrouble(const Error &error);
    void setBusy(bool busy);
    void focusContent();
    [[nodiscard]] const SalesBook &book() const { return m_book; }
    [[nodiscard]] CellTable &customers() const { return *m_customers; }
    [[nodiscard]] CellTable &calls() const { return *m_calls; }
    [[nodiscard]] CellTable &services() const { return *m_services; }
    [[nodiscard]] CellTable &settlements() const { return *m_settlements; }
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; }
    [[nodiscard]] QPushButton &settleButton() const { return *m_settle; }
    [[nodiscard]] AmountLabel &unsettled() const { return *m_unsettled; }
    [[nodiscard]] StateView &states() const { return *m_states; }

Q_SIGNALS:
    void settleRequested();
    void retryRequested();

private:
    [[nodiscard]] QWidget *makeFacts();
    void showStates();
    void showButton();

    SalesBook m_book;
    bool m_busy = false;
    ElidedLabel *m_provider;
    CopyButton *m_copyProvider;
    AmountLabel *m_wallet;
    AmountLabel *m_unsettled;
    QPushButton *m_settle;
    CellTable *m_customers;
    CellTable *m_calls;
    CellTable *m_services;
    CellTable *m_settlements;
    QList<StateView *> m_places; ///< one for each tab
    QTabWidget *m_tabs;
    StateView *m_states;
};

} // namespace sluice::ui
