#pragma once

#include "sluice/chat/chat_document_p.h"
#include "sluice/chat/chat_view.h"
#include "sluice/chat/turn_footer_p.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QToolButton>

#include <map>

class QMenu;

namespace sluice::ui {

class MediaStrip;
class QuestionLine;
class StepBubble;
class ReasoningFold;
class ToolCallsView;

class ChatView::Private {
public:
    Private(ChatView &view, ChatTranscript &source, Kind kind);

    // What happens to the conversation.
    void addTurn(int index);
    void appendText(const QString &text);
    void appendAsides();
    void changeTurn(int index);
    void changePath(int from);
    void showSources(int index);
    void removeTurn(int index);
    void reload();
    void flush();

    /// What stands beside the words of a turn; null where there is none. Reasoning and streams stand above them, all else below in this order.
    struct TurnWidgets {
        ReasoningFold *reasoning = nullptr;
        QList<StepBubble *> steps; ///< above the words, too
        MediaStrip *media = nullptr;
        ToolCallsView *tools = nullptr;
        InlineMessage *message = nullptr; ///< an error, or notes
        bool messageIsError = false;
        TurnFooter *footer = nullptr;     ///< of an answer
        QuestionLine *question = nullptr; ///< of a question
        QList<int> heights;               ///< of all() in turn
        [[nodiscard]] QList<QWidget *> all() const;
        [[nodiscard]] bool isAbove(const QWidget *one) const;
    };

    // Geometry and what stands in the viewport.
    [[nodiscard]] qreal left() const;
    [[nodiscard]] qreal top() const;
    [[nodiscard]] QPointF toDocument(const QPoint &position) const;
    void resize();
    void settle();
    void updateScrollBar();
    void placeWidgets();
    void placeCodeButtons(qreal from, qreal to);
    void updateExtras(int index);
    void showMedia(TurnWidgets &beside, const ChatTurn &turn);
    void showQuestionLine(TurnWidgets &beside, const ChatTurn &turn, int index);
    void showReasoning(TurnWidgets &beside, const ChatTurn &turn);
    void showSteps(TurnWidgets &beside, const ChatTurn &turn);
    /// The turn with its words as they are laid out: what a capability of a template answered as JSON is shown as such.
    [[nodiscard]] static ChatTurn shownAs(const ChatTurn &turn);
    void showTools(TurnWidgets &beside, const ChatTurn &turn);
    void showMessage(TurnWidgets &beside, const ChatTurn &turn, int index);
    void showFooter(TurnWidgets &beside, const ChatTurn &turn, int index);
    void forgetWidgets(TurnWidgets &beside);
    [[nodiscard]] static int gapOf(const TurnWidgets &beside, const QWidget *one);
    void askToMeasure(const QObject *changed);
    void askAgain(int index);
    [[nodiscard]] int turnForKeys() const;
    void stepVersion(int by);
    void addTurnActions(QMenu &menu, int index);
    void measureRest();
    void describe();

    // Mouse, keyboard, selection.
    bool mousePress(QMouseEvent *event);
    bool mouseMove(QMouseEvent *event);
    bool mouseRelease(QMouseEvent *event);
    void selectWordAt(const QPoint &position);
    void dragBeyond();
    void setSelection(const ChatSpot &anchor, const ChatSpot &cursor);
    [[nodiscard]] std::pair<ChatSpot, ChatSpot> selection() const;
    [[nodiscard]] bool hasSelection() const { return anchor != cursor; }
    void copySelection();
    bool walkLinks(bool next);

    ChatView &q;
    const bool isDocument;
    ChatTranscript &transcript;
    ChatDocument document;
    std::map<int, TurnWidgets> widgets;
    std::vector<CopyButton *> codeButtons;
    QToolButton *latest;
    QString pending;
    bool asidesPending = false;
    std::set<int> toMeasure; ///< turns whose widgets have another height
    int finishedTurns = 0; ///< turns whose text is known to be complete
    QTimer frame;
    QTimer second;   ///< keeps the figures of the open answer right
    QTimer idle;     ///< measures what is out of sight
    QTimer dragging; ///< scrolls while a selection is drawn beyond the edge
    QElapsedTimer sinceFrame;
    QElapsedTimer sinceFigures;
    int toldHeight = 0; ///< of the content
    bool stick = true;
    bool moving = false; ///< the scroll bar moves because of us
    ChatSpot anchor;
    ChatSpot cursor;
    bool pressed = false;
    QPoint pressedAt;
    QPoint pointer;
    QElapsedTimer sinceDoubleClick;
    QString pressedLink;
    int focusedLink = -1;
};

} // namespace sluice::ui
