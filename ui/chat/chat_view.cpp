#include "sluice/chat/chat_view_p.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QPaintEvent>
#include <QtWidgets/QScrollBar>

#include <cmath>

namespace sluice::ui {

namespace {
constexpr int frameMs = 16;
constexpr qreal columnWidth = 760;
constexpr qreal sideMargin = 20;
} // namespace

ChatView::Private::Private(ChatView &view, ChatTranscript &source, Kind kind)
    : q(view)
    , isDocument(kind == Kind::Document)
    , transcript(source)
    , latest(new QToolButton(view.viewport()))
{
    frame.setSingleShot(true);
    frame.setTimerType(Qt::PreciseTimer);
    second.setInterval(100);
    idle.setInterval(0);
    dragging.setInterval(30);
    sinceFrame.start();
    sinceFigures.start();
    latest->setObjectName(QStringLiteral("jumpToLatest"));
    latest->setIcon(Theme::icon(QStringLiteral("arrow-down")));
    latest->setToolTip(ChatView::tr("Jump to the latest words"));
    latest->setAccessibleName(ChatView::tr("Jump to the latest words"));
    Theme::makeFloating(latest);
    latest->setFixedSize(space::Four, space::Four);
    latest->hide();
}

ChatView::ChatView(ChatTranscript &transcript, QWidget *parent, Kind kind)
    : QAbstractScrollArea(parent)
    , d(std::make_unique<Private>(*this, transcript, kind))
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(20);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Conversation"));

    connect(&transcript, &ChatTranscript::turnAdded, this, [this](int index) { d->addTurn(index); });
    connect(&transcript, &ChatTranscript::textAppended, this, [this](int, const QString &text) { d->appendText(text); });
    connect(&transcript, &ChatTranscript::turnChanged, this, [this](int index) { d->changeTurn(index); });
    connect(&transcript, &ChatTranscript::turnRemoved, this, [this](int index) { d->removeTurn(index); });
    connect(&transcript, &ChatTranscript::asidesAppended, this, [this] { d->appendAsides(); });
    connect(&transcript, &ChatTranscript::pathChanged, this, [this](int from) { d->changePath(from); });
    connect(&transcript, &ChatTranscript::reset, this, [this] { d->reload(); });
    connect(&d->frame, &QTimer::timeout, this, &ChatView::flush);
    connect(&d->second, &QTimer::timeout, this, [this] { d->updateExtras(int(d->transcript.turns().size()) - 1); });
    connect(&d->idle, &QTimer::timeout, this, [this] { d->measureRest(); });
    connect(&d->dragging, &QTimer::timeout, this, [this] { d->dragBeyond(); });
    connect(d->latest, &QToolButton::clicked, this, &ChatView::scrollToBottom);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!d->moving)
            d->stick = !d->isDocument && isAtBottom();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        d->document.restyle();
        d->idle.start();
        d->settle();
    });
    d->reload();
}

ChatView::~ChatView() = default;

void ChatView::Private::addTurn(int index)
{
    flush();
    document.addTurn(shownAs(transcript.turns().at(index)));
    finishedTurns = index + (transcript.turns().at(index).isOpen() ? 0 : 1);
    // A person who sends something wants to see it, wherever they had scrolled to.
    stick = true;
    if (transcript.isBusy())
        second.start();
    for (int i = 0; i <= index; ++i)
        updateExtras(i);
    settle();
    describe();
}

void ChatView::Private::appendText(const QString &text)
{
    pending += text;
    if (!frame.isActive())
        frame.start(std::max(0, frameMs - int(sinceFrame.elapsed())));
}

void ChatView::Private::appendAsides()
{
    asidesPending = true;
    if (!frame.isActive())
        frame.start(std::max(0, frameMs - int(sinceFrame.elapsed())));
}

void ChatView::Private::changeTurn(int index)
{
    const ChatTurn &turn = transcript.turns().at(index);
    if (!turn.isOpen() && finishedTurns <= index) {
        flush();
        if (shownAs(turn).text == turn.text) {
            document.finishLast();
        } else {
            document.removeLastTurn();
            document.addTurn(shownAs(turn));
        }
        finishedTurns = index + 1;
        second.stop();
        describe();
        // What can be edited and asked again could not while the answer came.
        for (int i = 0; i < index; ++i)
            updateExtras(i);
    }
    showSources(index);
    updateExtras(index);
    settle();
}

void ChatView::Private::showSources(int index)
{
    // What the answer names in its own words is not listed a second time.
    const ChatTurn &turn = transcript.turns().at(index);
    QList<ChatSource> unnamed;
    for (const ChatSource &source : turn.sources) {
        if (!turn.text.contains(source.url.isEmpty() ? source.title : source.url))
            unnamed.append(source);
    }
    if (!unnamed.isEmpty() || document.turn(index).hasSources)
        document.setSources(index, unnamed);
}

void ChatView::Private::removeTurn(int index)
{
    pending.clear();
    const auto found = widgets.find(index);
    if (found != widgets.end()) {
        forgetWidgets(found->second);
        widgets.erase(found);
    }
    document.removeLastTurn();
    finishedTurns = std::min(finishedTurns, index);
    anchor = cursor = {};
    settle();
}

void ChatView::Private::reload()
{
    pending.clear();
    for (auto &[index, beside] : widgets)
        forgetWidgets(beside);
    widgets.clear();
    anchor = cursor = {};
    document.reset();
    const QList<ChatTurn> &turns = transcript.turns();
    for (int i = 0; i < turns.size(); ++i) {
        document.addTurn(shownAs(turns[i]));
        showSources(i);
    }
    finishedTurns = int(turns.size()) - (transcript.isBusy() ? 1 : 0);
    for (int i = 0; i < turns.size(); ++i)
        updateExtras(i);
    stick = !isDocument;
    if (isDocument)
        q.verticalScrollBar()->setValue(0);
    settle();
    describe();
}

void ChatView::flush()
{
    d->flush();
}

void ChatView::Private::flush()
{
    frame.stop();
    const bool asides = std::exchange(asidesPending, false);
    if (pending.isEmpty() && !asides)
        return;
    sinceFrame.restart();
    if (!pending.isEmpty())
        document.append(pending);
    pending.resize(0);
    if (asides || sinceFigures.elapsed() >= 100) {
        sinceFigures.restart();
        updateExtras(int(transcript.turns().size()) - 1);
    }
    settle();
}

bool ChatView::hasPending() const { return !d->pending.isEmpty(); }
int ChatView::laidOutPieces() const { return d->document.laidOutPieces(); }
int ChatView::contentHeight() const { return int(std::ceil(d->document.height())); }
int ChatView::pieceCount() const { return d->document.pieceCount(); }

qreal ChatView::Private::left() const
{
    return std::floor(std::max(sideMargin, (q.viewport()->width() - columnWidth) / 2));
}

qreal ChatView::Private::top() const
{
    return q.verticalScrollBar()->value();
}

QPointF ChatView::Private::toDocument(const QPoint &position) const
{
    return QPointF(position) + QPointF(-left(), top());
}

void ChatView::Private::resize()
{
    const qreal width = std::min(columnWidth, std::max<qreal>(120, q.viewport()->width() - 2 * sideMargin));
    if (width != document.width()) {
        const ChatSpot reading = document.spotAt({0, top()});
        document.setWidth(width);
        for (int i = 0; i < document.turnCount(); ++i)
            updateExtras(i);
        idle.start();
        if (!stick && document.turnCount() > 0) {
            // Stay near the words that were at the top.
            moving = true;
            q.verticalScrollBar()->setMaximum(std::max(0, int(document.height()) - q.viewport()->height()));
            const ChatDocument::Turn &turn = document.turn(reading.turn);
            const qreal within = size_t(reading.piece) < turn.pieces.size() ? turn.pieces[size_t(reading.piece)].y : 0;
            q.verticalScrollBar()->setValue(int(turn.y + within));
            moving = false;
        }
    }
    settle();
}

void ChatView::Private::updateScrollBar()
{
    QScrollBar *bar = q.verticalScrollBar();
    const int page = q.viewport()->height();
    const int height = int(std::ceil(document.height()));
    if (height != std::exchange(toldHeight, height))
        Q_EMIT q.contentHeightChanged();
    moving = true;
    bar->setPageStep(std::max(20, page - 40));
    bar->setRange(0, std::max(0, int(std::ceil(document.height())) - page));
    if (stick)
        bar->setValue(bar->maximum());
    moving = false;
}

void ChatView::Private::settle()
{
    updateScrollBar();
    // Laying out what is in sight may correct an estimate, which moves what is in sight.
    for (int round = 0; round < 4; ++round) {
        const qreal before = document.height();
        document.prepare(top(), top() + q.viewport()->height());
        if (document.height() == before)
            break;
        updateScrollBar();
    }
    placeWidgets();
    q.viewport()->update();
}

void ChatView::Private::measureRest()
{
    QElapsedTimer timer;
    timer.start();
    const int t = document.turnAt(top());
    const ChatSpot reading = document.spotAt({0, top()});
    const auto y = [&] {
        if (document.turnCount() == 0)
            return 0.0;
        const ChatDocument::Turn &turn = document.turn(t);
        return turn.y + (size_t(reading.piece) < turn.pieces.size() ? turn.pieces[size_t(reading.piece)].y : 0);
    };
    const qreal before = y();
    const bool more = document.measureSome([&timer] { return timer.elapsed() >= 6; });
    if (!more)
        idle.stop();
    updateScrollBar();
    const qreal moved = y() - before;
    if (!stick && moved != 0) {
        moving = true;
        q.verticalScrollBar()->setValue(q.verticalScrollBar()->value() + int(std::round(moved)));
        moving = false;
    }
    settle();
}

void ChatView::Private::placeCodeButtons(qreal from, qreal to)
{
    const QList<ChatDocument::CodeCorner> corners = document.codeCorners(from, to);
    for (qsizetype i = 0; i < corners.size(); ++i) {
        const ChatDocument::CodeCorner corner = corners[i];
        if (size_t(i) == codeButtons.size()) {
            auto *button = new CopyButton(q.viewport());
            button->setObjectName(QStringLiteral("copyCode"));
            button->setSubject(ChatView::tr("this code"));
            button->setCursor(Qt::ArrowCursor);
            QObject::connect(button, &CopyButton::copied, &q, &ChatView::copied);
            codeButtons.push_back(button);
        }
        CopyButton *button = codeButtons[size_t(i)];
        button->setSource([this, corner] { return document.codeFrom(corner.turn, corner.piece, corner.item); });
        button->setGeometry(corner.rect.translated(left(), -top()).toRect());
        button->show();
    }
    for (size_t i = size_t(corners.size()); i < codeButtons.size(); ++i)
        codeButtons[i]->hide();
}

void ChatView::Private::describe()
{
    const QList<ChatTurn> &turns = transcript.turns();
    if (turns.isEmpty()) {
        q.setAccessibleDescription(ChatView::tr("No messages yet"));
        return;
    }
    constexpr int spoken = 2000;
    const ChatTurn &last = turns.last();
    if (isDocument) {
        q.setAccessibleDescription(last.text.left(spoken));
        return;
    }
    const QString who = last.role == ChatTurn::Role::User ? ChatView::tr("You") : ChatView::tr("Answer");
    q.setAccessibleDescription(ChatView::tr("%n message(s). %1: %2", nullptr, int(turns.size())).arg(who, last.text.left(spoken)));
}

bool ChatView::isAtBottom() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 2;
}

void ChatView::scrollToBottom()
{
    d->stick = true;
    d->settle();
}

void ChatView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Theme::color(Theme::Role::Surface));
    const QPointF origin(d->left(), -d->top());
    const QRectF clip = event->rect();
    const qreal from = clip.top() + d->top();
    const qreal to = clip.bottom() + d->top();
    for (int i = d->document.turnAt(from); i < d->document.turnCount() && d->document.turn(i).y < to; ++i) {
        const ChatDocument::Turn &turn = d->document.turn(i);
        if (!turn.user || turn.pieces.empty())
            continue;
        const QRectF text = d->document.textRect(i).translated(origin);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::tint(Theme::Role::Accent));
        painter.drawRoundedRect(text.adjusted(-ChatDocument::bubblePaddingX, -ChatDocument::bubblePaddingY,
                                    ChatDocument::bubblePaddingX, ChatDocument::bubblePaddingY),
            space::One, space::One);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const auto [first, last] = d->selection();
    d->document.paint(painter, origin, clip, first, last);
    if (d->focusedLink >= 0 && hasFocus()) {
        const auto links = d->document.links(d->top(), d->top() + viewport()->height());
        if (d->focusedLink < links.size()) {
            painter.setPen(QPen(Theme::color(Theme::Role::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(links[d->focusedLink].rect.translated(origin).adjusted(-2, -1, 2, 1), 3, 3);
        }
    }
}

void ChatView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    d->resize();
}

void ChatView::scrollContentsBy(int, int)
{
    d->focusedLink = -1;
    if (d->moving)
        return; // settle() is under way and paints when it is done
    d->stick = !d->isDocument && isAtBottom();
    d->settle();
}

bool ChatView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        d->askToMeasure(watched);
    return QAbstractScrollArea::eventFilter(watched, event);
}

void ChatView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        viewport()->update();
}

} // namespace sluice::ui
