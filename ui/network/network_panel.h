#pragma once

#include "sluice/backend/candidates.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace sluice {
class Gateway;
}

namespace sluice::ui {

class CandidateModel;
class InlineMessage;
class SectionHeader;
class Session;
class StateView;

/// Who may take the calls of a capability, at which price, how quickly, and why one is asked first and others are not. One can be pinned, others
/// excluded; that is kept in the profile. Asked for again and again while it is to be seen.
class NetworkPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive it.
    explicit NetworkPanel(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] CandidateModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] StateView &states() const { return *m_states; }
    [[nodiscard]] QComboBox &capabilities() const { return *m_capability; }
    /// Shows those of this capability.
    void setCapability(const CapabilityId &id);
    void focusContent();
    /// The server at which the selection is.
    [[nodiscard]] std::optional<Candidate> selected() const;
    void select(const QUrl &server);

public Q_SLOTS:
    void refresh();
    /// Pins the selected one, or takes its pin off.
    void togglePin();
    /// Excludes the selected one, or takes it in again.
    void toggleExcluded();
    void copyAddress();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTable();
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeChoices();
    void listCapabilities();
    void startAnew();
    void take(const CandidateReport &report);
    void showState();
    void showSelection();
    void showMenu(const QPoint &position);
    void fitColumns();
    void change(const std::function<void(SelectionRules &)> &change);
    [[nodiscard]] CapabilityId shown() const;

    Session &m_session;
    CandidateModel *m_model;
    QSortFilterProxyModel *m_sorted;
    SectionHeader *m_header = nullptr;
    QComboBox *m_capability;
    QComboBox *m_order;
    QTableView *m_table;
    StateView *m_states;
    InlineMessage *m_message;
    QLabel *m_note;
    QLabel *m_why; ///< of the selected one
    QToolButton *m_pin = nullptr;
    QToolButton *m_exclude = nullptr;
    QToolButton *m_copy = nullptr;
    CandidateReport m_report;
    std::optional<Error> m_trouble;
    bool m_known = false; ///< something was told of this capability since the connection stands
    bool m_asking = false;
    bool m_wanted = false; ///< the keyboard goes to the list when there is one
    int m_generation = 0; ///< of connection and capability
    QPointer<Gateway> m_gateway;
    QTimer m_again;
};

} // namespace sluice::ui
