#pragma once

#include "sluice/chat/conversation_tree.h"

#include <QtWidgets/QWidget>

class QLabel;
class QToolButton;

namespace sluice::ui {

/// "‹ 2/3 ›": which version of a turn is seen, and the way to the others. Hidden where there is one alone.
class BranchSwitch final : public QWidget {
    Q_OBJECT
public:
    explicit BranchSwitch(QWidget *parent);

    /// `enabled` is false while an answer is coming.
    void show(const ConversationTree::Versions &versions, bool enabled);
    /// Alt+Left and Alt+Right on these widgets step, too.
    void listenTo(const QList<QWidget *> &widgets);
    /// To the one before (-1) or behind (1), if there is one and it may be shown now.
    void step(int by);

Q_SIGNALS:
    void versionChosen(int version);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ConversationTree::Versions m_versions;
    bool m_enabled = true;
    QToolButton *m_before;
    QLabel *m_place;
    QToolButton *m_behind;
};

} // namespace sluice::ui
