// What stands in a conversation beside its words: reasoning, pictures, calls of tools, errors, and the lines below each turn.

#include "sluice/chat/chat_view_p.h"

#include "sluice/chat/branch_switch_p.h"
#include "sluice/chat/media_strip_p.h"
#include "sluice/chat/question_line_p.h"
#include "sluice/chat/reasoning_fold_p.h"
#include "sluice/chat/step_bubble_p.h"
#include "sluice/chat/tool_calls_view_p.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace sluice::ui {

namespace {

/// The height that a widget takes at this width.
int heightOf(QWidget &widget, int width)
{
    widget.resize(width, widget.height());
    const int wanted = widget.hasHeightForWidth() ? widget.heightForWidth(width) : widget.sizeHint().height();
    return std::max(wanted, widget.minimumSizeHint().height());
}

} // namespace

QList<QWidget *> ChatView::Private::TurnWidgets::all() const
{
    QList<QWidget *> found;
    if (reasoning != nullptr)
        found.append(reasoning);
    for (StepBubble *step : steps)
        found.append(step);
    for (QWidget *one : std::initializer_list<QWidget *>{media, tools, message, footer, question}) {
        if (one != nullptr)
            found.append(one);
    }
    return found;
}

bool ChatView::Private::TurnWidgets::isAbove(const QWidget *one) const
{
    return one == reasoning || std::ranges::any_of(steps, [one](const StepBubble *step) { return step == one; });
}

void ChatView::Private::forgetWidgets(TurnWidgets &beside)
{
    // Later: the one whose button was pressed may be among them.
    for (QWidget *one : beside.all()) {
        one->hide();
        one->removeEventFilter(&q);
        one->deleteLater();
    }
    beside = {};
}

void ChatView::Private::updateExtras(int index)
{
    if (isDocument || index < 0 || index >= document.turnCount())
        return;
    const ChatTurn &turn = transcript.turns().at(index);
    TurnWidgets &beside = widgets[index];
    showMedia(beside, turn);
    if (turn.role == ChatTurn::Role::User) {
        showQuestionLine(beside, turn, index);
    } else {
        showReasoning(beside, turn);
        showSteps(beside, turn);
        showTools(beside, turn);
        showMessage(beside, turn, index);
        showFooter(beside, turn, index);
    }
    const auto width = int(document.width());
    qreal above = 0;
    qreal below = 0;
    beside.heights.clear();
    for (QWidget *one : beside.all()) {
        const int height = heightOf(*one, width);
        beside.heights.append(height);
        (beside.isAbove(one) ? above : below) += height + gapOf(beside, one);
    }
    document.setExtras(index, above, below);
}

int ChatView::Private::gapOf(const TurnWidgets &beside, const QWidget *one)
{
    return one == beside.footer || one == beside.question ? space::Half : space::One;
}

void ChatView::Private::showMedia(TurnWidgets &beside, const ChatTurn &turn)
{
    if (turn.attachments.isEmpty())
        return;
    if (beside.media == nullptr) {
        beside.media = new MediaStrip(turn.role == ChatTurn::Role::User, q.viewport());
        beside.media->installEventFilter(&q);
        QObject::connect(beside.media, &MediaStrip::linkActivated, &q, &ChatView::linkActivated);
        QObject::connect(beside.media, &MediaStrip::heightChanged, &q, [this, media = beside.media] { askToMeasure(media); });
    }
    beside.media->show(turn.attachments);
}

void ChatView::Private::showQuestionLine(TurnWidgets &beside, const ChatTurn &turn, int index)
{
    if (beside.question == nullptr) {
        beside.question = new QuestionLine(q.viewport());
        QObject::connect(beside.question, &QuestionLine::editRequested, &q, [this, index] { Q_EMIT q.editRequested(index); });
        QObject::connect(beside.question, &QuestionLine::versionChosen, &q, [this, index](int version) { transcript.showVersion(index, version); });
    }
    beside.question->show(turn, transcript.versions(index), transcript.isBusy());
}

void ChatView::Private::showReasoning(TurnWidgets &beside, const ChatTurn &turn)
{
    if (turn.reasoning.isEmpty())
        return;
    if (beside.reasoning == nullptr) {
        beside.reasoning = new ReasoningFold(q.viewport());
        beside.reasoning->installEventFilter(&q);
    }
    beside.reasoning->show(turn.reasoning, turn.isOpen());
}

void ChatView::Private::showSteps(TurnWidgets &beside, const ChatTurn &turn)
{
    if (!turn.hasSteps())
        return;
    while (beside.steps.size() < turn.steps.size()) {
        auto *bubble = new StepBubble(q.viewport());
        bubble->installEventFilter(&q);
        QObject::connect(bubble, &StepBubble::linkActivated, &q, &ChatView::linkActivated);
        QObject::connect(bubble, &StepBubble::copied, &q, &ChatView::copied);
        beside.steps.append(bubble);
    }
    const int count = std::max(turn.stepCount, int(turn.steps.size()));
    for (qsizetype i = 0; i < turn.steps.size(); ++i)
        beside.steps[i]->show(turn.steps[i], int(i) + 1, count);
}

ChatTurn ChatView::Private::shownAs(const ChatTurn &turn)
{
    constexpr qsizetype most = 256 * 1024;
    if (turn.steps.isEmpty() || turn.isOpen() || !turn.text.startsWith(QLatin1Char('{')) || turn.text.size() > most)
        return turn;
    const auto json = Json::parse(turn.text.toUtf8());
    if (!json)
        return turn;
    ChatTurn shown = turn;
    shown.text = QStringLiteral("```json\n%1\n```").arg(QString::fromUtf8(json->dump(2)));
    return shown;
}

void ChatView::Private::showTools(TurnWidgets &beside, const ChatTurn &turn)
{
    if (turn.toolCalls.isEmpty())
        return;
    if (beside.tools == nullptr) {
        beside.tools = new ToolCallsView(q.viewport());
        QObject::connect(beside.tools, &ToolCallsView::copied, &q, &ChatView::copied);
    }
    beside.tools->show(turn.toolCalls.calls(), turn.isOpen());
}

/// The error that the answer ended in, else what a person should know of it.
void ChatView::Private::showMessage(TurnWidgets &beside, const ChatTurn &turn, int index)
{
    const QString notes = turn.error ? QString() : turn.notes.join(QLatin1Char('\n'));
    const bool failed = turn.error.has_value();
    if (beside.message != nullptr && (beside.messageIsError != failed || (!failed && notes.isEmpty()))) {
        beside.message->hide();
        beside.message->deleteLater();
        beside.message = nullptr;
    }
    if (!failed && notes.isEmpty())
        return;
    if (beside.message == nullptr) {
        beside.message = new InlineMessage(q.viewport());
        beside.message->setClosable(false);
        beside.message->installEventFilter(&q);
        beside.messageIsError = failed;
        if (failed) {
            beside.message->showError(*turn.error);
            beside.message->setAction(ChatView::tr("Try again"));
            QObject::connect(beside.message, &InlineMessage::actionTriggered, &q, [this, index] { askAgain(index); });
        } else {
            beside.message->setObjectName(QStringLiteral("notes"));
        }
    }
    if (!failed && beside.message->text() != notes)
        beside.message->showMessage(InlineMessage::Severity::Warning, notes);
}

void ChatView::Private::showFooter(TurnWidgets &beside, const ChatTurn &turn, int index)
{
    if (beside.footer == nullptr) {
        beside.footer = new TurnFooter(q.viewport());
        QObject::connect(beside.footer, &TurnFooter::retryRequested, &q, [this, index] { askAgain(index); });
        QObject::connect(beside.footer, &TurnFooter::versionChosen, &q, [this, index](int version) { transcript.showVersion(index, version); });
        QObject::connect(beside.footer, &TurnFooter::copied, &q, &ChatView::copied);
    }
    const bool waits = turn.state == ChatTurn::State::Waiting;
    const qint64 waited = waits ? std::max<qint64>(0, turn.figures.startedAt.msecsTo(QDateTime::currentDateTimeUtc())) : 0;
    beside.footer->show(turn, transcript.versions(index), transcript.isBusy(), std::chrono::milliseconds(waited));
}

void ChatView::Private::askAgain(int index)
{
    if (index + 1 == transcript.turns().size())
        Q_EMIT q.retryRequested();
    else
        Q_EMIT q.askAgainRequested(index);
}

/// From this turn on other ones are seen; what was in sight stays where it was.
void ChatView::Private::changePath(int from)
{
    pending.clear();
    const int at = q.verticalScrollBar()->value();
    while (document.turnCount() > from) {
        const int last = document.turnCount() - 1;
        if (const auto found = widgets.find(last); found != widgets.end()) {
            forgetWidgets(found->second);
            widgets.erase(found);
        }
        document.removeLastTurn();
    }
    anchor = cursor = {};
    const QList<ChatTurn> &turns = transcript.turns();
    for (int i = from; i < turns.size(); ++i) {
        document.addTurn(shownAs(turns[i]));
        showSources(i);
    }
    finishedTurns = int(turns.size());
    for (int i = std::max(0, from - 1); i < turns.size(); ++i)
        updateExtras(i);
    stick = false;
    settle();
    q.verticalScrollBar()->setValue(at);
    stick = q.isAtBottom();
    settle();
    describe();
}

/// Something beside the words of a turn has another height.
void ChatView::Private::askToMeasure(const QObject *changed)
{
    const auto found = std::ranges::find_if(widgets, [changed](const auto &entry) {
        const QList<QWidget *> all = entry.second.all();
        return std::ranges::any_of(all, [changed](const QWidget *one) { return one == changed; });
    });
    if (found == widgets.end())
        return;
    const bool asked = !toMeasure.empty();
    toMeasure.insert(found->first);
    if (asked)
        return;
    QMetaObject::invokeMethod(
        &q,
        [this] {
            for (const int index : std::exchange(toMeasure, {}))
                updateExtras(index);
            settle();
        },
        Qt::QueuedConnection);
}

void ChatView::Private::placeWidgets()
{
    const qreal from = top();
    const qreal to = from + q.viewport()->height();
    const auto x = int(left());
    const auto width = int(document.width());
    for (const auto &[index, beside] : widgets) {
        const ChatDocument::Turn &turn = document.turn(index);
        const bool inSight = turn.y + turn.height() > from && turn.y < to;
        const QList<QWidget *> all = beside.all();
        qreal above = turn.y - from;
        qreal below = turn.y + turn.aboveHeight + turn.textHeight - from;
        for (qsizetype i = 0; i < all.size() && i < beside.heights.size(); ++i) {
            if (beside.isAbove(all[i])) {
                all[i]->setGeometry(x, int(above), width, beside.heights[i]);
                above += beside.heights[i] + gapOf(beside, all[i]);
            } else {
                below += gapOf(beside, all[i]);
                all[i]->setGeometry(x, int(below), width, beside.heights[i]);
                below += beside.heights[i];
            }
            all[i]->setVisible(inSight);
        }
    }
    placeCodeButtons(from, to);
    const QRect place(0, 0, latest->width(), latest->height());
    latest->move(q.viewport()->width() / 2 - place.width() / 2, q.viewport()->height() - place.height() - space::Two);
    latest->setVisible(!isDocument && !stick && !q.isAtBottom());
    latest->raise();
}

/// The turn whose versions the keyboard changes: the one that is selected in, else the lowest in sight that has some.
int ChatView::Private::turnForKeys() const
{
    if (hasSelection())
        return cursor.turn;
    const int lowest = document.turnAt(top() + q.viewport()->height() - 1);
    for (int i = std::min(lowest, document.turnCount() - 1); i >= 0; --i) {
        if (transcript.versions(i).count > 1)
            return i;
    }
    return -1;
}

void ChatView::Private::stepVersion(int by)
{
    const int index = turnForKeys();
    if (index >= 0)
        transcript.showVersion(index, transcript.versions(index).shown + by);
}

} // namespace sluice::ui
