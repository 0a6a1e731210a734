#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QUrl>
#include <QtWidgets/QAbstractScrollArea>

#include <memory>

namespace sluice::ui {

class ChatTranscript;

/// Shows a conversation. Built for long answers that are still arriving: Markdown that is complete is parsed and laid
/// out once and never again; only the piece that still grows is renewed, once per frame, whatever number of tokens came.
/// What is not on the screen costs only its source text and its height.
///
/// Text can be selected across messages. Tab walks the links in sight, Enter opens one. Alt+Left and Alt+Right show the other versions of
/// the lowest turn in sight that has some.
class ChatView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// A conversation stays at its latest words and has a line of figures under each answer. A document is one answer, read from its
    /// beginning, with nothing under it.
    enum class Kind { Conversation, Document };

    /// `transcript` must outlive the view.
    explicit ChatView(ChatTranscript &transcript, QWidget *parent = nullptr, Kind kind = Kind::Conversation);
    ~ChatView() override;

    [[nodiscard]] bool isAtBottom() const;
    void scrollToBottom();

    [[nodiscard]] QString selectedText() const;
    void selectAll();
    void clearSelection();

    /// Renders what has arrived now instead of at the next frame.
    void flush();
    /// Words that arrived and are not on the screen yet.
    [[nodiscard]] bool hasPending() const;
    /// How many pieces are laid out at the moment; stays small however long the conversation is.
    [[nodiscard]] int laidOutPieces() const;
    [[nodiscard]] int pieceCount() const;
    /// Of all that it shows, at its present width.
    [[nodiscard]] int contentHeight() const;

Q_SIGNALS:
    /// A link was clicked, or Enter pressed on it.
    void linkActivated(const QUrl &url);
    /// The last answer is to be asked for again.
    void retryRequested();
    /// Another answer is to be asked for again.
    void askAgainRequested(int index);
    /// A question is to be asked in other words.
    void editRequested(int index);
    void copied(const QString &text);
    void contentHeightChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::ui
