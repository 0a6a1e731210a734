#pragma once

#include "sluice/backend/capability_id.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

#include <chrono>

class QLabel;
class QPlainTextEdit;
class QSpinBox;
class QSplitter;
class QTimer;
class QToolButton;

namespace sluice::ui {

class CapabilityModel;
class ChatChoices;
class ChatComposer;
class ComparisonModel;
class ComparisonTable;
class ConversationColumn;
class SectionHeader;
class Session;
class StateView;

/// The same question to two or three capabilities at once: their answers beside each other as they come, and what each took and cost.
///
/// One composer and one system prompt for all; each column is a conversation of its own, with its own history and parameters, and
/// each answer a run of its own. A column that fails touches no other.
class SideBySideView final : public QWidget {
    Q_OBJECT
public:
    static constexpr int Fewest = 2;
    static constexpr int Most = 3;

    /// `session` must outlive the view.
    explicit SideBySideView(Session &session, QWidget *parent = nullptr);
    ~SideBySideView() override;

    /// Who answers, from the first column on; also before the network is listed. Columns without a choice get one that differs.
    void setChosen(const QList<CapabilityId> &ids);
    [[nodiscard]] QList<CapabilityId> chosen() const;
    [[nodiscard]] const QList<ConversationColumn *> &columns() const { return m_columns; }
    [[nodiscard]] ConversationColumn &current() const { return *m_current; }
    [[nodiscard]] ChatComposer &composer() const { return *m_composer; }
    [[nodiscard]] QPlainTextEdit &instructions() const { return *m_instructions; }
    [[nodiscard]] ComparisonModel &comparison() const { return *m_comparison; }
    /// What the next answers may cost, as it is told above the composer; empty while nobody is chosen.
    [[nodiscard]] QString costText() const;
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] std::chrono::seconds timeout() const;

public Q_SLOTS:
    /// Asks what is written of everybody who can answer, at the same moment.
    void send();
    void stopAll();
    void addColumn();
    void removeColumn(sluice::ui::ConversationColumn *column);
    /// Empties every conversation; each column offers to undo that.
    void clear();

Q_SIGNALS:
    void chosenChanged();
    /// Another column is in front, or it has another capability or run.
    void currentChanged();
    /// The call of the column in front is different now.
    void callChanged();
    void busyChanged(bool busy);
    void codeRequested(sluice::ui::ConversationColumn *column);
    void tabRequested(sluice::ui::ConversationColumn *column);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeFoot();
    ConversationColumn *makeColumn();
    void connectSession();
    void takeCapabilities();
    /// Gives each column without a choice somebody who does not answer yet.
    void fillChoices();
    /// What stands in the one composer stands in every column's own.
    void spreadDraft();
    /// The other way round; another version of a question is one in every column.
    void takeDraft(const ConversationColumn &from);
    void cancelEdit();
    void setCurrent(ConversationColumn *column);
    void followFocus(QWidget *now);
    void showState();
    void showCost();
    void showAnswers();
    void fit();

    Session &m_session;
    CapabilityModel *m_model;
    ChatChoices *m_choices;
    ComparisonModel *m_comparison;
    SectionHeader *m_head = nullptr;
    QPlainTextEdit *m_instructions = nullptr;
    QSpinBox *m_timeout = nullptr;
    QToolButton *m_add = nullptr;
    QToolButton *m_clear = nullptr;
    StateView *m_states = nullptr;
    QSplitter *m_splitter = nullptr;
    SectionHeader *m_comparing = nullptr;
    ComparisonTable *m_table = nullptr;
    QLabel *m_cost = nullptr;
    ChatComposer *m_composer = nullptr;
    QTimer *m_moving; ///< while answers come, their figures are shown again and again
    QList<ConversationColumn *> m_columns;
    ConversationColumn *m_current = nullptr;
    bool m_busy = false;
    bool m_low = false;
    bool m_spreading = false;
};

} // namespace sluice::ui
