#pragma once

#include "sluice/chat/chat_turn.h"

#include <QtWidgets/QWidget>

#include <vector>

namespace sluice::ui {

/// The pictures and sounds of a turn: small pictures that open large, sounds that play. Pictures are decoded aside from the GUI thread;
/// what stands on the web is not fetched but named.
class MediaStrip final : public QWidget {
    Q_OBJECT
public:
    /// Those of a question stand at the right, small; those of an answer at the left.
    MediaStrip(bool ofQuestion, QWidget *parent);

    void show(const QList<ChatAttachment> &attachments);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return arrange(width, false); }

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    /// heightForWidth() is different now.
    void heightChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void add(const ChatAttachment &attachment);
    [[nodiscard]] QWidget *pictureFor(const ChatAttachment &attachment, int number);
    int arrange(int width, bool move) const;

    bool m_ofQuestion;
    QList<ChatAttachment> m_shown;
    std::vector<QWidget *> m_items;
};

} // namespace sluice::ui
