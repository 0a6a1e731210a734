#include "sluice/chat/chat_view_p.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QStyleHints>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

namespace sluice::ui {

std::pair<ChatSpot, ChatSpot> ChatView::Private::selection() const
{
    return anchor < cursor ? std::pair(anchor, cursor) : std::pair(cursor, anchor);
}

void ChatView::Private::setSelection(const ChatSpot &from, const ChatSpot &to)
{
    anchor = from;
    cursor = to;
    q.viewport()->update();
}

QString ChatView::selectedText() const
{
    if (!d->hasSelection())
        return {};
    const auto [from, to] = d->selection();
    return d->document.text(from, to);
}

void ChatView::selectAll()
{
    flush();
    d->setSelection(d->document.begin(), d->document.end());
}

void ChatView::clearSelection()
{
    d->setSelection({}, {});
}

void ChatView::Private::copySelection()
{
    const QString text = q.selectedText();
    if (text.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT q.copied(text);
}

bool ChatView::Private::mousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return false;
    const QPoint position = event->position().toPoint();
    focusedLink = -1;
    pressedAt = position;
    pointer = position;
    pressedLink = document.linkAt(toDocument(position));
    pressed = true;
    const ChatSpot spot = document.spotAt(toDocument(position));
    const bool third = sinceDoubleClick.isValid() && sinceDoubleClick.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval();
    if (third) {
        ChatSpot start = spot;
        start.text.offset = 0;
        ChatSpot end = spot;
        end.text.offset = int(document.itemText(spot).size());
        setSelection(start, end);
        pressed = false;
        sinceDoubleClick.invalidate();
    } else if ((event->modifiers() & Qt::ShiftModifier) != 0) {
        setSelection(anchor, spot);
    } else {
        setSelection(spot, spot);
    }
    return true;
}

bool ChatView::Private::mouseMove(QMouseEvent *event)
{
    pointer = event->position().toPoint();
    if (!pressed) {
        const QPointF at = toDocument(pointer);
        q.viewport()->setCursor(!document.linkAt(at).isEmpty() ? Qt::PointingHandCursor
                : document.isText(at)                          ? Qt::IBeamCursor
                                                               : Qt::ArrowCursor);
        return false;
    }
    if ((pointer - pressedAt).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance())
        pressedLink.clear();
    setSelection(anchor, document.spotAt(toDocument(pointer)));
    if (!q.viewport()->rect().contains(pointer)) {
        if (!dragging.isActive())
            dragging.start();
    } else {
        dragging.stop();
    }
    return true;
}

void ChatView::Private::dragBeyond()
{
    const int above = pointer.y();
    const int below = pointer.y() - q.viewport()->height();
    QScrollBar *bar = q.verticalScrollBar();
    bar->setValue(bar->value() + (above < 0 ? above / 2 - 1 : below > 0 ? below / 2 + 1 : 0));
    setSelection(anchor, document.spotAt(toDocument(pointer)));
}

bool ChatView::Private::mouseRelease(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !pressed)
        return false;
    pressed = false;
    dragging.stop();
    if (!pressedLink.isEmpty() && document.linkAt(toDocument(event->position().toPoint())) == pressedLink && !hasSelection())
        Q_EMIT q.linkActivated(QUrl(pressedLink, QUrl::StrictMode));
    pressedLink.clear();
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (hasSelection() && clipboard->supportsSelection())
        clipboard->setText(q.selectedText(), QClipboard::Selection);
    return true;
}

void ChatView::Private::selectWordAt(const QPoint &position)
{
    const ChatSpot spot = document.spotAt(toDocument(position));
    const QString item = document.itemText(spot);
    ChatSpot start = spot;
    ChatSpot end = spot;
    const auto isWord = [&](int at) { return at >= 0 && at < item.size() && (item[at].isLetterOrNumber() || item[at] == u'_'); };
    int from = spot.text.offset;
    int to = spot.text.offset;
    while (isWord(from - 1))
        --from;
    while (isWord(to))
        ++to;
    start.text.offset = from;
    end.text.offset = to;
    setSelection(start, end);
    sinceDoubleClick.start();
}

bool ChatView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        if (d->mousePress(static_cast<QMouseEvent *>(event)))
            return true;
        break;
    case QEvent::MouseButtonDblClick:
        d->selectWordAt(static_cast<QMouseEvent *>(event)->position().toPoint());
        return true;
    case QEvent::MouseMove:
        if (d->mouseMove(static_cast<QMouseEvent *>(event)))
            return true;
        break;
    case QEvent::MouseButtonRelease:
        if (d->mouseRelease(static_cast<QMouseEvent *>(event)))
            return true;
        break;
    default:
        break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ChatView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        d->copySelection();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        d->stepVersion(event->key() == Qt::Key_Left ? -1 : 1);
    } else if (event->key() == Qt::Key_Home) {
        bar->setValue(0);
    } else if (event->key() == Qt::Key_End) {
        bar->setValue(bar->maximum());
    } else if (event->key() == Qt::Key_Space || event->key() == Qt::Key_PageDown) {
        bar->triggerAction(QScrollBar::SliderPageStepAdd);
    } else if (event->key() == Qt::Key_Escape && d->hasSelection()) {
        clearSelection();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && d->focusedLink >= 0
        && event->modifiers() == Qt::NoModifier) {
        const auto links = d->document.links(d->top(), d->top() + viewport()->height());
        if (d->focusedLink < links.size())
            Q_EMIT linkActivated(QUrl(links[d->focusedLink].target, QUrl::StrictMode));
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool ChatView::Private::walkLinks(bool next)
{
    const auto count = int(document.links(top(), top() + q.viewport()->height()).size());
    const int wanted = focusedLink < 0 ? (next ? 0 : count - 1) : focusedLink + (next ? 1 : -1);
    focusedLink = wanted >= 0 && wanted < count ? wanted : -1;
    q.viewport()->update();
    return focusedLink >= 0;
}

bool ChatView::focusNextPrevChild(bool next)
{
    if (hasFocus() && d->walkLinks(next))
        return true;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void ChatView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    d->focusedLink = -1;
    viewport()->update();
}

void ChatView::Private::addTurnActions(QMenu &menu, int index)
{
    const bool mayChange = !transcript.isBusy();
    if (transcript.turns().at(index).role == ChatTurn::Role::User)
        menu.addAction(ChatView::tr("&Edit and send again"), &q, [this, index] { Q_EMIT q.editRequested(index); })->setEnabled(mayChange);
    else
        menu.addAction(ChatView::tr("Ask a&gain"), &q, [this, index] { askAgain(index); })->setEnabled(mayChange);
    const ConversationTree::Versions versions = transcript.versions(index);
    if (versions.count < 2)
        return;
    const auto step = [&](const QString &words, int version) {
        QAction *action = menu.addAction(words, &q, [this, index, version] { transcript.showVersion(index, version); });
        action->setEnabled(mayChange && version >= 0 && version < versions.count);
    };
    step(ChatView::tr("Version &before"), versions.shown - 1);
    step(ChatView::tr("&Next version"), versions.shown + 1);
}

void ChatView::contextMenuEvent(QContextMenuEvent *event)
{
    const QPointF at = d->toDocument(viewport()->mapFromGlobal(event->globalPos()));
    QMenu menu(this);
    QAction *copy = menu.addAction(tr("&Copy"), this, [this] { d->copySelection(); });
    copy->setEnabled(d->hasSelection());
    const QList<ChatTurn> &turns = d->transcript.turns();
    if (!turns.isEmpty() && !d->isDocument) {
        const QString text = turns.at(d->document.turnAt(at.y())).text;
        QAction *message = menu.addAction(tr("Copy &message"), this, [this, text] {
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT copied(text);
        });
        message->setEnabled(!text.isEmpty());
        d->addTurnActions(menu, d->document.turnAt(at.y()));
    }
    const QString link = d->document.linkAt(at);
    if (!link.isEmpty()) {
        menu.addAction(tr("&Open link"), this, [this, link] { Q_EMIT linkActivated(QUrl(link, QUrl::StrictMode)); });
        menu.addAction(tr("Copy &link"), this, [link] { QGuiApplication::clipboard()->setText(link); });
    }
    menu.addSeparator();
    menu.addAction(tr("Select &all"), this, &ChatView::selectAll)->setEnabled(!turns.isEmpty());
    menu.exec(event->globalPos());
}

} // namespace sluice::ui
