#include "sluice/sidebyside/side_by_side_view.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/picker/capability_model.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/sidebyside/chat_choices.h"
#include "sluice/sidebyside/comparison_model.h"
#include "sluice/sidebyside/comparison_table.h"
#include "sluice/sidebyside/conversation_column.h"
#include "sluice/sidebyside/cost_ahead.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr std::chrono::milliseconds kMoving{200};
constexpr int kHigh = 440; // below this the comparison is one line until it is unfolded

QToolButton *headButton(const QString &icon, const QString &name, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(icon, Theme::Role::Muted));
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}
} // namespace

SideBySideView::SideBySideView(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new CapabilityModel(this))
    , m_choices(new ChatChoices(this))
    , m_comparison(new ComparisonModel(this))
    , m_moving(new QTimer(this))
{
    setAccessibleName(tr("Side by side"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_choices->setSourceModel(m_model);
    m_model->setCapabilities(session.capabilities());
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_states = new StateView;
    m_states->setContent(m_splitter);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_states, 1);
    layout->addWidget(makeFoot());
    m_moving->setInterval(kMoving);
    connect(m_moving, &QTimer::timeout, this, &SideBySideView::showAnswers);
    for (int i = 0; i < Fewest; ++i)
        makeColumn();
    setCurrent(m_columns.first());
    setTabOrder(m_composer->editor(), m_instructions);
    setFocusProxy(m_composer);
    connectSession();
    takeCapabilities();
}

SideBySideView::~SideBySideView() = default;

QWidget *SideBySideView::makeHead()
{
    auto *head = new QWidget;
    m_head = new SectionHeader(tr("Instructions for all"));
    auto *timeoutLabel = new QLabel(tr("T&imeout"));
    m_timeout = new QSpinBox;
    m_timeout->setRange(1, 3600);
    m_timeout->setValue(60);
    m_timeout->setSuffix(tr(" s"));
    m_timeout->setAccessibleName(tr("Timeout of each answer in seconds"));
    m_timeout->setToolTip(tr("An answer is given up after this time; it is also what is paid for ahead"));
    timeoutLabel->setBuddy(m_timeout);
    m_add = headButton(QStringLiteral("plus"), tr("Add a column"), tr("Add a third column"));
    m_clear = headButton(QStringLiteral("trash-2"), tr("Clear all conversations"), tr("Clear all conversations; each column offers to undo it"));
    m_head->addTrailing(timeoutLabel);
    m_head->addTrailing(m_timeout);
    m_head->addTrailing(m_add);
    m_head->addTrailing(m_clear);
    m_instructions = new QPlainTextEdit;
    m_instructions->setObjectName(QStringLiteral("sharedInstructions"));
    m_instructions->setPlaceholderText(tr("System prompt: how the answers should be. Sent to each before its conversation."));
    m_instructions->setAccessibleName(tr("System prompt for all"));
    m_instructions->setTabChangesFocus(true);
    m_instructions->setFixedHeight(m_instructions->fontMetrics().lineSpacing() * 3 + space::Two);
    m_head->setBody(m_instructions, false);

    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(space::One, space::Half, space::One, space::Half);
    layout->setSpacing(space::Half);
    layout->addWidget(m_head);
    layout->addWidget(m_instructions);
    connect(m_instructions, &QPlainTextEdit::textChanged, this, [this] {
        const QString prompt = m_instructions->toPlainText();
        for (ConversationColumn *column : std::as_const(m_columns))
            column->setInstructions(prompt);
        m_head->setRemark(prompt.simplified().left(60));
    });
    connect(m_timeout, &QSpinBox::valueChanged, this, [this] {
        for (ConversationColumn *column : std::as_const(m_columns))
            column->setTimeout(timeout());
        showCost();
        Q_EMIT callChanged();
    });
    connect(m_add, &QToolButton::clicked, this, &SideBySideView::addColumn);
    connect(m_clear, &QToolButton::clicked, this, &SideBySideView::clear);
    return head;
}

QWidget *SideBySideView::makeFoot()
{
    auto *foot = new QWidget;
    m_comparing = new SectionHeader(tr("Comparison"));
    m_table = new ComparisonTable(*m_comparison);
    m_cost = new QLabel;
    m_cost->setTextFormat(Qt::PlainText);
    m_cost->setWordWrap(true);
    m_cost->setFont(Theme::font(Theme::Type::Small11));
    m_cost->setObjectName(QStringLiteral("costAhead"));
    Theme::setTextRole(m_cost, Theme::Role::Muted);
    m_composer = new ChatComposer;
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(space::Two, space::Half, space::Two, space::Two);
    layout->setSpacing(space::Half);
    layout->addWidget(m_comparing);
    layout->addWidget(m_table);
    layout->addWidget(m_cost);
    layout->addWidget(m_composer);
    m_comparing->setBody(m_table, true); // not before it has a parent: it would be a window of its own
    m_comparing->hide();
    m_table->hide();
    connect(m_composer, &ChatComposer::submitted, this, &SideBySideView::send);
    connect(m_composer, &ChatComposer::stopRequested, this, &SideBySideView::stopAll);
    connect(m_composer, &ChatComposer::textChanged, this, &SideBySideView::spreadDraft);
    connect(m_composer, &ChatComposer::editCanceled, this, &SideBySideView::cancelEdit);
    connect(m_composer, &ChatComposer::editLastRequested, this, [this] { m_current->chat().editLast(); });
    connect(m_composer, &ChatComposer::problem, this, [this](const Error &error) { m_current->chat().say(error); });
    return foot;
}

ConversationColumn *SideBySideView::makeColumn()
{
    auto *column = new ConversationColumn(m_session, *m_choices, int(m_columns.size()) + 1);
    m_columns.append(column);
    m_splitter->addWidget(column);
    column->setInstructions(m_instructions->toPlainText());
    column->setDraft(m_composer->text(), m_composer->attachments());
    column->setTimeout(timeout());
    connect(column, &ConversationColumn::chosenChanged, this, [this, column] {
        showState();
        showCost();
        Q_EMIT chosenChanged();
        if (column == m_current)
            Q_EMIT currentChanged();
    });
    connect(column, &ConversationColumn::callChanged, this, [this, column] {
        if (column == m_current)
            Q_EMIT callChanged();
    });
    connect(column, &ConversationColumn::answerChanged, this, &SideBySideView::showAnswers);
    connect(column, &ConversationColumn::draftOffered, this, [this, column] { takeDraft(*column); });
    connect(column, &ConversationColumn::codeRequested, this, [this, column] {
        setCurrent(column);
        Q_EMIT codeRequested(column);
    });
    connect(column, &ConversationColumn::tabRequested, this, [this, column] { Q_EMIT tabRequested(column); });
    connect(column, &ConversationColumn::removeRequested, this, [this, column] { removeColumn(column); });
    return column;
}

void SideBySideView::connectSession()
{
    connect(&m_session, &Session::capabilitiesChanged, this, &SideBySideView::takeCapabilities);
    connect(&m_session, &Session::stateChanged, this, &SideBySideView::showState);
    connect(&m_session, &Session::spendingChanged, this, &SideBySideView::showCost);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { followFocus(now); });
}

void SideBySideView::takeCapabilities()
{
    m_model->setCapabilities(m_session.capabilities());
    for (ConversationColumn *column : std::as_const(m_columns))
        column->takeCapabilities();
    fillChoices();
    showState();
    showCost();
    Q_EMIT currentChanged();
}

void SideBySideView::fillChoices()
{
    for (ConversationColumn *column : std::as_const(m_columns)) {
        if (column->chosen() || m_choices->rowCount() == 0)
            continue;
        const QList<CapabilityId> taken = chosen();
        int row = 0;
        while (row + 1 < m_choices->rowCount() && taken.contains(m_choices->idAt(row)))
            ++row;
        column->choose(m_choices->idAt(row));
    }
}

void SideBySideView::setChosen(const QList<CapabilityId> &ids)
{
    while (m_columns.size() < std::min<qsizetype>(ids.size(), Most))
        makeColumn();
    for (qsizetype i = 0; i < ids.size() && i < m_columns.size(); ++i)
        m_columns.at(i)->choose(ids.at(i));
    setCurrent(m_columns.first());
    fillChoices();
    showState();
    showCost();
}

QList<CapabilityId> SideBySideView::chosen() const
{
    QList<CapabilityId> ids;
    for (const ConversationColumn *column : m_columns) {
        if (const auto id = column->chosen())
            ids.append(*id);
    }
    return ids;
}

void SideBySideView::addColumn()
{
    if (m_columns.size() >= Most)
        return;
    ConversationColumn *column = makeColumn();
    fillChoices();
    setCurrent(column);
    column->chooser().setFocus();
    showState();
    showAnswers();
    Q_EMIT chosenChanged();
}

void SideBySideView::removeColumn(ConversationColumn *column)
{
    if (m_columns.size() <= Fewest || !m_columns.removeOne(column))
        return;
    column->disconnect(this);
    column->hide();
    column->deleteLater();
    for (int i = 0; i < m_columns.size(); ++i)
        m_columns.at(i)->setNumber(i + 1);
    if (m_current == column) {
        m_current = nullptr;
        setCurrent(m_columns.last());
    }
    m_current->chooser().setFocus();
    showState();
    showCost();
    showAnswers();
    Q_EMIT chosenChanged();
}

void SideBySideView::clear()
{
    for (ConversationColumn *column : std::as_const(m_columns))
        column->clear();
    m_composer->editor()->setFocus();
}

void SideBySideView::spreadDraft()
{
    if (std::exchange(m_spreading, true))
        return;
    for (ConversationColumn *column : std::as_const(m_columns))
        column->setDraft(m_composer->text(), m_composer->attachments());
    m_spreading = false;
}

void SideBySideView::takeDraft(const ConversationColumn &from)
{
    if (m_busy || std::exchange(m_spreading, true))
        return;
    const ChatPane &chat = from.chat();
    m_composer->setText(chat.composer().text());
    if (m_composer->takesPictures())
        m_composer->setAttachments(chat.composer().attachments());
    m_composer->setEditing(chat.edited() >= 0);
    for (const ConversationColumn *column : std::as_const(m_columns)) {
        if (column != &from && chat.edited() >= 0)
            column->chat().edit(chat.edited());
    }
    m_spreading = false;
    spreadDraft();
    m_composer->editor()->setFocus();
}

void SideBySideView::cancelEdit()
{
    m_spreading = true;
    m_composer->setEditing(false);
    for (const ConversationColumn *column : std::as_const(m_columns))
        column->chat().cancelEdit();
    // What was being written before that, and is the same everywhere.
    m_composer->setText(m_current->chat().composer().text());
    m_composer->setAttachments(m_current->chat().composer().attachments());
    m_spreading = false;
    spreadDraft();
}

void SideBySideView::send()
{
    if (m_busy)
        return;
    const ConversationColumn *asked = nullptr;
    m_spreading = true; // what each takes back after an edit is no draft for the others that are still to be asked
    for (ConversationColumn *column : std::as_const(m_columns))
        asked = column->ask() ? column : asked;
    m_spreading = false;
    if (!asked)
        return;
    m_composer->setEditing(false);
    m_composer->setText(asked->chat().composer().text());
    m_composer->setAttachments(asked->chat().composer().attachments());
    spreadDraft();
    Q_EMIT currentChanged(); // the one in front has another run
}

void SideBySideView::stopAll()
{
    for (ConversationColumn *column : std::as_const(m_columns))
        column->stop();
}

bool SideBySideView::isBusy() const
{
    return std::any_of(m_columns.begin(), m_columns.end(), [](const ConversationColumn *column) { return column->isBusy(); });
}

std::chrono::seconds SideBySideView::timeout() const
{
    return std::chrono::seconds(m_timeout->value());
}

void SideBySideView::setCurrent(ConversationColumn *column)
{
    if (m_current == column)
        return;
    m_current = column;
    for (ConversationColumn *each : std::as_const(m_columns))
        each->setCurrent(each == column);
    Q_EMIT currentChanged();
}

void SideBySideView::followFocus(QWidget *now)
{
    if (!now)
        return;
    for (ConversationColumn *column : std::as_const(m_columns)) {
        if (column->isAncestorOf(now))
            setCurrent(column);
    }
}

void SideBySideView::showState()
{
    if (m_choices->rowCount() > 0)
        m_states->showContent();
    else if (m_session.state() == Session::State::Starting)
        m_states->showLoading(m_session.profile().local ? tr("Starting the local network…") : tr("Connecting…"));
    else if (m_session.state() == Session::State::Failed)
        m_states->showEmpty(QStringLiteral("wifi-off"), tr("Not connected"),
            tr("The network of this profile does not answer. See the status bar for the reason, or choose another profile there."));
    else
        m_states->showEmpty(QStringLiteral("message-square"), tr("Nobody to talk to"),
            tr("This network offers no capability that holds a conversation. Choose another profile in the status bar, or add such a capability (Ctrl+Shift+A)."));
    // Pictures where everybody takes them: one question is the same for all.
    m_composer->setTakesPictures(m_choices->rowCount() > 0 && std::all_of(m_columns.begin(), m_columns.end(), [](const ConversationColumn *column) {
        return column->capability() && column->capability()->takesPictures();
    }));
    m_add->setEnabled(m_columns.size() < Most && m_choices->rowCount() > 0);
    for (ConversationColumn *column : std::as_const(m_columns))
        column->setRemovable(m_columns.size() > Fewest);
}

QString SideBySideView::costText() const
{
    return m_cost->text();
}

void SideBySideView::showCost()
{
    CostAhead cost;
    for (const ConversationColumn *column : std::as_const(m_columns)) {
        if (const auto &info = column->capability())
            cost.add(m_session.displayName(*info), mostOfOneCall(*info, timeout()));
    }
    const auto spending = m_session.spending();
    const QString beyond = spending ? cost.beyond(*spending) : QString();
    m_cost->setText(beyond.isEmpty() ? cost.text() : tr("%1 %2", "two sentences").arg(cost.text(), beyond));
    Theme::setTextRole(m_cost, beyond.isEmpty() ? Theme::Role::Muted : Theme::Role::Warning);
    m_cost->setVisible(!cost.isEmpty());
}

void SideBySideView::showAnswers()
{
    QList<ComparedAnswer> answers;
    bool begun = false;
    bool talked = false;
    for (const ConversationColumn *column : std::as_const(m_columns)) {
        answers.append(column->answer());
        begun = begun || answers.last().state != ComparedAnswer::State::None;
        talked = talked || column->run();
    }
    m_comparison->setAnswers(answers);
    m_comparing->setRemark(m_comparison->summary());
    m_comparing->setVisible(begun);
    m_table->setVisible(begun && m_comparing->isExpanded());
    const bool busy = isBusy();
    m_composer->setBusy(busy);
    m_clear->setEnabled(!busy && talked);
    if (busy && !m_moving->isActive())
        m_moving->start();
    else if (!busy)
        m_moving->stop();
    if (std::exchange(m_busy, busy) != busy)
        Q_EMIT busyChanged(busy);
}

void SideBySideView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void SideBySideView::fit()
{
    // Where the room is short one line of the comparison stays; a person may unfold it.
    if (const bool low = height() < kHigh; std::exchange(m_low, low) != low) {
        m_comparing->setExpanded(!low);
        showAnswers();
    }
}

} // namespace sluice::ui
