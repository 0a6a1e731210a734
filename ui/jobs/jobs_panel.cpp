#include "sluice/jobs/jobs_panel.h"

#include "sluice/base/follow.h"
#include "sluice/jobs/job_list_model.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/ranked_columns.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr std::chrono::milliseconds kAgain{1000};
constexpr std::chrono::milliseconds kAfterTrouble{5000};
constexpr int kCellMargin = 6; ///< at each side, as the style paints items
constexpr int kTextLines = 5;
} // namespace

JobsPanel::JobsPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new JobListModel(this))
    , m_table(new QTableView)
    , m_states(new StateView)
    , m_message(new InlineMessage)
    , m_note(new QLabel)
    , m_textTitle(new QLabel)
    , m_text(new QPlainTextEdit)
{
    setAccessibleName(tr("Jobs"));
    makeTable();
    for (QLabel *label : {m_note, m_textTitle}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setFont(Theme::font(Theme::Type::Small11));
        label->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
        Theme::setTextRole(label, Theme::Role::Muted);
    }
    m_note->hide();
    m_message->hide();
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Text of the selected job so far"));
    m_text->setFont(Theme::font(Theme::Type::Small11));
    m_text->setFixedHeight(kTextLines * m_text->fontMetrics().lineSpacing() + space::Two);
    m_textTitle->setBuddy(m_text);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_textTitle);
    column->addWidget(m_text);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(m_note);
    layout->addWidget(m_states, 1);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &JobsPanel::refresh);
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        if (const auto agreed = std::exchange(m_agreed, {}))
            agreed();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_agreed = {}; });
    connect(m_states, &StateView::actionTriggered, this, &JobsPanel::refresh);
    const auto another = [this] {
        if (m_session.gateway() == m_gateway && m_gateway) {
            refresh();
            return;
        }
        // Another connection: what was known is of the last one.
        m_gateway = m_session.gateway();
        ++m_generation;
        m_asking = false;
        m_known = false;
        m_list = {};
        m_model->setJobs({});
        m_message->clear();
        refresh();
    };
    connect(&m_session, &Session::profileChanged, this, another);
    connect(&m_session, &Session::stateChanged, this, another);
    m_gateway = m_session.gateway();
    showState();
}

void JobsPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("jobs"));
    m_table->setAccessibleName(tr("Jobs at the workers"));
    m_table->setAccessibleDescription(tr("Enter opens a job, Delete ends one, Ctrl+C copies its id"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFont(Theme::font(Theme::Type::Small11));
    m_table->setIconSize(QSize(12, 12));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(space::Three);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table, &QTableView::doubleClicked, this, &JobsPanel::openSelected);
    connect(m_table, &QTableView::customContextMenuRequested, this, &JobsPanel::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobsPanel::showSelection);
}

QWidget *JobsPanel::makeHeader()
{
    m_header = new SectionHeader(tr("Jobs"));
    const auto button = [this](const QString &icon, const QString &name, const QString &hint, auto slot) {
        auto *made = new QToolButton;
        made->setIcon(Theme::icon(icon));
        made->setAutoRaise(true);
        made->setAccessibleName(name);
        made->setToolTip(hint);
        connect(made, &QToolButton::clicked, this, slot);
        m_header->addTrailing(made);
        return made;
    };
    m_open = button(QStringLiteral("eye"), tr("Open the job"), tr("Open the job's run, or follow one that was not given from here (Enter)"), &JobsPanel::openSelected);
    m_cancel = button(QStringLiteral("square"), tr("End the job"), tr("End the job at its worker (Delete)"), &JobsPanel::cancelSelected);
    m_copy = button(QStringLiteral("copy"), tr("Copy the job's id"), tr("Copy the job's id (Ctrl+C)"), &JobsPanel::copyId);
    button(QStringLiteral("refresh-cw"), tr("Ask again"), tr("Ask the workers again; while this is to be seen, they are asked every second"), &JobsPanel::refresh);
    return m_header;
}

void JobsPanel::focusContent()
{
    if (m_states->state() == StateView::State::Content)
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_states->setFocus(Qt::OtherFocusReason);
}

void JobsPanel::refresh()
{
    Gateway *gateway = m_session.gateway();
    if (m_asking || !gateway || !gateway->hasRemoteJobs()) {
        showState();
        return;
    }
    m_asking = true;
    const int mine = m_generation;
    const auto next = [this] {
        m_asking = false;
        if (isVisible())
            m_again.start(m_list.trouble ? kAfterTrouble : kAgain);
    };
    sluice::follow(
        gateway->remoteJobs(), this,
        [this, mine, next](const RemoteJobList &list) {
            if (mine != m_generation)
                return;
            take(list);
            next();
        },
        [this, mine, next](const Error &error) {
            if (mine != m_generation)
                return;
            RemoteJobList list;
            list.isWhole = false;
            list.trouble = error;
            take(list);
            next();
        });
}

void JobsPanel::take(const RemoteJobList &list)
{
    m_list = list;
    m_known = true;
    m_model->setJobs(list.jobs);
    showState();
}

void JobsPanel::showState()
{
    Gateway *gateway = m_session.gateway();
    const int rows = m_model->rowCount();
    m_header->setRemark(rows > 0 ? QString::number(rows) : QString());
    QStringList notes;
    for (const QString &server : std::as_const(m_list.silent))
        notes.append(tr("%1 does not tell what waits and runs there: only jobs given from here are listed.").arg(server));
    if (rows > 0 && m_list.trouble)
        notes.append(m_list.trouble->message());
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    if (rows > 0)
        m_states->showContent();
    else if (!gateway)
        m_states->showEmpty(QStringLiteral("wifi-off"), tr("Not connected"), tr("Once the window is connected, the jobs at its workers appear here."));
    else if (!gateway->hasRemoteJobs())
        m_states->showEmpty(QStringLiteral("layers"), tr("This network has no queue"),
            tr("Jobs wait and run at LLM workers. Give this profile the address of one: Edit, in the menu of the status bar's profile."));
    else if (!m_known)
        m_states->showLoading(tr("Asking the workers…"));
    else if (m_list.trouble)
        m_states->showError(*m_list.trouble, tr("Try again"));
    else
        m_states->showEmpty(QStringLiteral("inbox"), tr("Nothing waits or runs"), tr("Ask one of the worker's assistants: its job is here while it waits and runs, and stays until the window closes."));
    fitColumns();
    showSelection();
}

std::optional<RemoteJob> JobsPanel::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? std::nullopt : std::optional(m_model->job(rows.first().row()));
}

void JobsPanel::showSelection()
{
    const auto job = selected();
    m_open->setEnabled(job && (!job->runId.isEmpty() || !job->isOver()));
    m_cancel->setEnabled(job && !job->isOver());
    m_copy->setEnabled(job && !job->id.isEmpty());
    QString title = tr("Choose a job to see what it has said so far.");
    QString text;
    if (job) {
        text = job->text;
        title = !job->problem.isEmpty() ? tr("Failed: %1").arg(job->problem)
            : !text.isEmpty()           ? tr("Said so far:")
            : job->runId.isEmpty()      ? tr("What it has said is not told here. Open follows it: whoever listens to it now hears no more.")
                                        : tr("It has said nothing yet.");
    }
    m_textTitle->setText(title);
    m_text->setVisible(!text.isEmpty());
    if (m_text->toPlainText() == text)
        return;
    m_text->setPlainText(text);
    m_text->moveCursor(QTextCursor::End);
}

void JobsPanel::ask(const QString &question, const QString &yes, std::function<void()> then)
{
    m_agreed = std::move(then);
    m_message->showMessage(InlineMessage::Severity::Warning, question);
    m_message->setAction(yes);
}

void JobsPanel::openSelected()
{
    const auto job = selected();
    if (!job)
        return;
    if (!job->runId.isEmpty()) {
        Q_EMIT runRequested(job->runId);
        return;
    }
    const QString question = m_list.replays ? tr("Follow this job from here? A worker tells one listener: whoever gave it hears no more of it.")
                                            : tr("Follow this job from here? A worker tells one listener: whoever gave it hears no more of it. What it said before is not told again.");
    ask(question, tr("Follow it"), [this, job] { follow(*job); });
}

void JobsPanel::follow(const RemoteJob &job)
{
    if (Gateway *gateway = m_session.gateway())
        Q_EMIT attachmentRequested(gateway->attachment(job.backend, job.id), tr("Job %1").arg(job.id.left(8)));
}

void JobsPanel::cancelSelected()
{
    const auto job = selected();
    if (!job || job->isOver())
        return;
    if (!job->isOurs)
        ask(tr("This job was not given from here. End it for whoever gave it?"), tr("End it"), [this, job] { cancel(*job); });
    else if (job->state != RemoteJob::State::Waiting)
        ask(tr("This job runs already: what it would still say is lost, and what it cost stays paid. End it?"), tr("End it"), [this, job] { cancel(*job); });
    else
        cancel(*job);
}

void JobsPanel::cancel(const RemoteJob &job)
{
    Gateway *gateway = m_session.gateway();
    if (!gateway)
        return;
    sluice::follow(
        gateway->cancelRemoteJob(job.backend, job.id), this, [this] { refresh(); },
        [this](const Error &error) {
            m_agreed = {};
            m_message->showError(error);
            m_message->setAction({});
        });
}

void JobsPanel::copyId()
{
    if (const auto job = selected())
        QGuiApplication::clipboard()->setText(job->id);
}

void JobsPanel::showMenu(const QPoint &position)
{
    if (!m_table->indexAt(position).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Job"));
    menu->addAction(Theme::icon(QStringLiteral("eye")), tr("&Open"), this, &JobsPanel::openSelected)->setEnabled(m_open->isEnabled());
    menu->addAction(Theme::icon(QStringLiteral("square")), tr("&End the job"), this, &JobsPanel::cancelSelected)->setEnabled(m_cancel->isEnabled());
    menu->addAction(Theme::icon(QStringLiteral("copy")), tr("Copy the &id"), this, &JobsPanel::copyId)->setEnabled(m_copy->isEnabled());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void JobsPanel::fitColumns()
{
    using Jobs = JobListModel;
    ui::fitColumns(*m_table,
        {{Jobs::State}, {Jobs::Assistant, true}, {Jobs::Waited}, {Jobs::Ran}, {Jobs::Question, true, true}, {Jobs::Text, true, true}, {Jobs::Id}},
        {3 * kCellMargin, space::One});
}

void JobsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void JobsPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

bool JobsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            openSelected();
            return true;
        }
        if (key->key() == Qt::Key_Delete) {
            cancelSelected();
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copyId();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
