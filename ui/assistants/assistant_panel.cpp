#include "sluice/assistants/assistant_panel.h"

#include "sluice/assistants/assistant_draft.h"
#include "sluice/assistants/prompt_preview.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QSignalBlocker>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {

constexpr int PreviewMs = 250; // behind the form's own look at what is typed

QToolButton *iconButton(const QString &icon, const QString &name, const QString &hint)
{
    auto *button = new QToolButton;
    button->setIcon(Theme::icon(icon));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(hint.isEmpty() ? name : hint);
    return button;
}

} // namespace

AssistantPanel::AssistantPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_draft(new AssistantDraft(this))
    , m_choice(new QComboBox)
    , m_name(new QLineEdit)
    , m_state(new QLabel)
    , m_undo(iconButton(QStringLiteral("undo-2"), tr("Undo"), tr("Undo (Ctrl+Z)")))
    , m_redo(iconButton(QStringLiteral("redo-2"), tr("Redo"), tr("Redo (Ctrl+Shift+Z)")))
    , m_try(new QPushButton(tr("&Try")))
    , m_save(new QPushButton(tr("&Save")))
    , m_message(new InlineMessage)
    , m_states(new StateView)
    , m_editor(new InputEditor)
    , m_preview(new PromptPreview)
    , m_later(new QTimer(this))
    , m_profile(session.profile().name)
{
    setAccessibleName(tr("Assistants"));
    setAcceptDrops(true);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);
    m_states->setContent(makeWork());
    m_later->setSingleShot(true);
    m_later->setInterval(PreviewMs);
    connect(m_later, &QTimer::timeout, this, &AssistantPanel::showPreview);
    connect(m_draft, &AssistantDraft::stepped, this, &AssistantPanel::showDraft);
    connect(m_draft, &AssistantDraft::changed, this, &AssistantPanel::showFacts);
    connect(m_states, &StateView::actionTriggered, this, [this] {
        if (assistants::hasWorker(m_session.inUse()))
            create({});
        else
            Q_EMIT profileRequested();
    });
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        m_afterwards = {};
        if (const auto action = std::exchange(m_action, {}))
            action();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] {
        m_action = {};
        m_afterwards = {};
    });
    connect(&m_session, &Session::capabilitiesChanged, this, &AssistantPanel::reload);
    connect(&m_session, &Session::stateChanged, this, &AssistantPanel::reload);
    makeShortcuts();
    reload();
}

QWidget *AssistantPanel::makeHeader()
{
    m_choice->setAccessibleName(tr("Assistant"));
    m_choice->setToolTip(tr("The assistants of this profile"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(14);
    connect(m_choice, &QComboBox::activated, this, &AssistantPanel::choose);
    m_name->setAccessibleName(tr("Name of the assistant"));
    m_name->setToolTip(tr("What it is called among the capabilities"));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setMaxLength(int(assistants::MaxName));
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) { m_draft->setName(text); });
    m_state->setFont(Theme::font(Theme::Type::Small11));
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setTextFormat(Qt::PlainText);
    connect(m_undo, &QToolButton::clicked, m_draft, &AssistantDraft::undo);
    connect(m_redo, &QToolButton::clicked, m_draft, &AssistantDraft::redo);
    m_try->setToolTip(tr("Save it and open its chat with the question"));
    connect(m_try, &QPushButton::clicked, this, &AssistantPanel::tryIt);
    m_save->setToolTip(tr("Keep it in the profile, where it is a capability (Ctrl+S)"));
    Theme::makePrimary(m_save);
    connect(m_save, &QPushButton::clicked, this, &AssistantPanel::save);
    auto *add = iconButton(QStringLiteral("plus"), tr("New assistant"), {});
    auto *more = iconButton(QStringLiteral("ellipsis"), tr("More for assistants"), tr("Duplicate, delete, share, import"));
    makeMenus(add, more);
    auto *header = new QWidget;
    auto *rows = new QVBoxLayout(header);
    rows->setContentsMargins(space::Two, space::One, space::Two, space::One);
    rows->setSpacing(space::One);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(space::Half);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_choice, add, more})
        upper->addWidget(widget, widget == m_choice ? 1 : 0);
    upper->addSpacing(space::One);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_undo, m_redo, m_try, m_save})
        upper->addWidget(widget);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(space::One);
    lower->addWidget(m_name, 1);
    lower->addWidget(m_state);
    rows->addLayout(upper);
    rows->addLayout(lower);
    return header;
}

void AssistantPanel::makeMenus(QToolButton *add, QToolButton *more)
{
    auto *fresh = new QMenu(add);
    fresh->addAction(tr("&Empty"), this, [this] { create({}); });
    fresh->addSeparator();
    for (const assistants::Named &example : assistants::examples())
        fresh->addAction(QString(example.name).replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, example] { create(example); });
    add->setMenu(fresh);
    auto *menu = new QMenu(more);
    m_duplicate = menu->addAction(Theme::icon(QStringLiteral("copy")), tr("D&uplicate"), this, &AssistantPanel::duplicate);
    menu->addAction(Theme::icon(QStringLiteral("pencil")), tr("&Rename"), this, [this] {
        m_name->setFocus(Qt::ShortcutFocusReason);
        m_name->selectAll();
    });
    m_delete = menu->addAction(Theme::icon(QStringLiteral("trash-2")), tr("&Delete"), this, &AssistantPanel::remove);
    menu->addSeparator();
    m_share = menu->addAction(Theme::icon(QStringLiteral("upload")), tr("&Share as a file…"), this, [this] { share(false); });
    m_shareAll = menu->addAction(Theme::icon(QStringLiteral("upload")), tr("Share &all…"), this, [this] { share(true); });
    menu->addAction(Theme::icon(QStringLiteral("download")), tr("&Import…"), this, &AssistantPanel::import);
    more->setMenu(menu);
    for (QToolButton *button : {add, more})
        button->setPopupMode(QToolButton::InstantPopup);
}

QWidget *AssistantPanel::makeWork()
{
    m_editor->setSchema(assistants::schema());
    connect(m_editor, &InputEditor::valueChanged, this, [this](const Json &value) {
        m_draft->setValue(value);
        m_later->start();
    });
    connect(m_preview, &PromptPreview::changed, m_later, qOverload<>(&QTimer::start));
    auto *columns = new QSplitter(Qt::Horizontal);
    columns->setHandleWidth(1);
    columns->setChildrenCollapsible(false);
    columns->addWidget(m_editor);
    columns->addWidget(m_preview);
    columns->setSizes({420, 340});
    columns->setStretchFactor(0, 1);
    columns->setStretchFactor(1, 1);
    return columns;
}

void AssistantPanel::makeShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        auto *action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_S), [this] { save(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Z), [this] { m_draft->undo(); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this] { m_draft->redo(); });
    qApp->installEventFilter(this);
}

bool AssistantPanel::eventFilter(QObject *watched, QEvent *event)
{
    // The fields of the form would undo for themselves alone, and forget it when another step is shown. The JSON text has its own steps.
    if (event->type() == QEvent::ShortcutOverride && watched->isWidgetType() && m_editor->form()->isAncestorOf(static_cast<QWidget *>(watched))) {
        const QKeySequence keys(static_cast<QKeyEvent *>(event)->keyCombination());
        if (keys == QKeySequence(Qt::CTRL | Qt::Key_Z) || keys == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

std::optional<assistants::Named> AssistantPanel::find(const QString &name) const
{
    const QList<assistants::Named> all = m_session.assistants();
    const auto found = std::find_if(all.begin(), all.end(), [&](const assistants::Named &one) { return one.name == name; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void AssistantPanel::reload()
{
    const bool ready = m_session.gateway() != nullptr; // a worker that is not there now can be written for all the same
    if (ready && m_profile != m_session.profile().name) {
        m_profile = m_session.profile().name;
        m_hasDraft = m_hasDraft && m_draft->isDirty(); // what nobody saved goes along, and is new here
        if (m_hasDraft)
            m_draft->markUnsaved();
    }
    const QList<assistants::Named> all = ready ? m_session.assistants() : QList<assistants::Named>();
    // Changed elsewhere, or gone.
    if (const auto stored = find(m_draft->savedName()); ready && m_hasDraft && !m_draft->savedName().isEmpty()) {
        if (!stored)
            m_draft->markUnsaved();
        else if (!m_draft->isDirty() && stored->assistant != m_draft->value())
            load(*stored);
    }
    if (ready && !m_hasDraft && !all.isEmpty())
        load(all.first());
    if (m_hasDraft)
        m_states->showContent();
    else if (!ready && m_session.state() == Session::State::Starting)
        m_states->showLoading(tr("Connecting…"));
    else if (!ready)
        m_states->showError(Error(Error::Kind::Network, tr("The profile is not connected.")));
    else if (!assistants::hasWorker(m_session.inUse()))
        m_states->showEmpty(QStringLiteral("message-square"), tr("This profile has no LLM worker"), tr("Add the address of one to the profile; its assistants are written here."),
            tr("Edit the profile…"));
    else
        m_states->showEmpty(QStringLiteral("message-square"), tr("No assistants yet"),
            tr("An assistant is a template of prompts that a worker runs one after the other. Each one that you save is a capability."), tr("New assistant"));
    showFacts();
}

void AssistantPanel::showFacts()
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const assistants::Named &one : m_session.assistants())
        m_choice->addItem(one.name, one.name);
    const bool fresh = m_hasDraft && m_draft->savedName().isEmpty();
    if (fresh)
        m_choice->addItem(m_draft->name().isEmpty() ? tr("New assistant") : m_draft->name());
    m_choice->setCurrentIndex(fresh ? m_choice->count() - 1 : m_choice->findData(m_draft->savedName()));
    const bool own = m_session.keepsAssistant(m_draft->savedName());
    m_state->setText(!m_hasDraft ? QString() : m_draft->isDirty() ? tr("not saved") : own ? tr("saved in “%1”").arg(m_profile) : tr("of the local network"));
    m_choice->setEnabled(m_choice->count() > 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_try, m_save})
        widget->setEnabled(m_hasDraft);
    m_save->setEnabled(m_hasDraft && m_draft->isDirty());
    m_undo->setEnabled(m_draft->canUndo());
    m_redo->setEnabled(m_draft->canRedo());
    m_delete->setEnabled(m_hasDraft && (own || fresh));
    for (QAction *action : {m_duplicate, m_share})
        action->setEnabled(m_hasDraft);
    m_shareAll->setEnabled(!m_session.assistants().isEmpty());
    Theme::setInvalid(m_name, m_hasDraft && !m_draft->name().isEmpty() && !assistants::checkName(m_draft->name()));
}

void AssistantPanel::showDraft()
{
    if (m_name->text() != m_draft->name())
        m_name->setText(m_draft->name());
    m_editor->setValue(m_draft->value());
    showPreview();
}

void AssistantPanel::showPreview()
{
    m_later->stop();
    const QList<assistants::Issue> issues = m_preview->show(m_draft->value());
    SchemaForm *form = m_editor->form();
    form->clearIssues();
    for (const assistants::Issue &issue : issues)
        form->showIssue(issue.pointer, issue.message);
}

void AssistantPanel::load(const assistants::Named &one)
{
    m_hasDraft = true;
    m_preview->setHistory(Json::array());
    m_preview->setQuery(assistants::sampleQuestions(one.assistant).value(0));
    m_draft->open(one.name, one.assistant, true);
    m_states->showContent();
}

void AssistantPanel::choose(int index)
{
    const QString name = m_choice->itemData(index).toString();
    if (name == m_draft->savedName())
        return;
    showFacts(); // where it is until it may go
    open(name);
}

void AssistantPanel::open(const QString &name)
{
    if (name.isEmpty() || (m_hasDraft && name == m_draft->savedName()))
        return;
    const auto go = [this, name] {
        if (const auto one = find(name))
            load(*one);
        else
            say(tr("There is no assistant “%1”.").arg(name));
    };
    if (!holdsBack(go))
        go();
}

bool AssistantPanel::holdsBack(std::function<void()> then)
{
    if (!m_hasDraft || !m_draft->isDirty())
        return false;
    const auto go = [this, then] {
        m_hasDraft = false; // given up
        then();
        if (!m_hasDraft)
            reload();
    };
    say(tr("“%1” has changes that are not saved.").arg(m_draft->name().isEmpty() ? tr("New assistant") : m_draft->name()), tr("Discard them"), go);
    m_afterwards = then;
    return true;
}

void AssistantPanel::focusContent()
{
    if (m_states->state() == StateView::State::Content)
        m_choice->setFocus(Qt::OtherFocusReason);
    else
        m_states->setFocus(Qt::OtherFocusReason);
}

void AssistantPanel::say(const QString &text, const QString &action, std::function<void()> then)
{
    m_afterwards = {};
    m_action = std::move(then);
    m_message->showMessage(m_action ? InlineMessage::Severity::Warning : InlineMessage::Severity::Info, text);
    m_message->setAction(action);
}

void AssistantPanel::fail(const Error &error)
{
    m_action = {};
    m_message->setAction({});
    m_message->showError(error);
}

Json AssistantPanel::likeTheOthers(Json assistant) const
{
    // Whoever has one that works wants the next one asked at the same place.
    Json known;
    for (const assistants::Named &one : m_session.assistants()) {
        const Json stream = one.assistant.value(QStringLiteral("streams")).at(0);
        if (known.isNull() && !stream.value(QStringLiteral("settings")).value(QStringLiteral("model")).toString().isEmpty())
            known = stream;
    }
    const qsizetype count = known.isNull() ? 0 : assistant.value(QStringLiteral("streams")).size();
    for (qsizetype i = 0; i < count; ++i) {
        const QString place = QStringLiteral("/streams/%1").arg(i);
        Json settings = assistant.find(place + QStringLiteral("/settings")).value_or(Json::object());
        settings.insert(QStringLiteral("model"), known.value(QStringLiteral("settings")).value(QStringLiteral("model")));
        assistant = assistant.replaced(place + QStringLiteral("/settings"), settings).replaced(place + QStringLiteral("/provider"), known.value(QStringLiteral("provider")));
    }
    return assistant;
}

void AssistantPanel::create(const assistants::Named &from)
{
    const auto go = [this, from] {
        const assistants::Named start = from.name.isEmpty() ? assistants::Named(tr("New assistant"), assistants::examples().last().assistant) : from;
        Json value = likeTheOthers(start.assistant);
        if (from.name.isEmpty()) {
            const Json query{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), "{query}"}};
            value.remove(QStringLiteral("meta"));
            value = value.replaced(QStringLiteral("/streams/0/messages"), Json::array({query}));
            Json stream = value.value(QStringLiteral("streams")).at(0);
            stream.remove(QStringLiteral("name"));
            value = value.replaced(QStringLiteral("/streams/0"), stream);
        }
        m_hasDraft = true;
        m_preview->setHistory(Json::array());
        m_preview->setQuery(assistants::sampleQuestions(value).value(0));
        m_draft->open(freeName(start.name), value, false);
        m_states->showContent();
        m_name->setFocus(Qt::OtherFocusReason);
        m_name->selectAll();
    };
    if (!holdsBack(go))
        go();
}

void AssistantPanel::duplicate()
{
    const assistants::Named copy(freeName(tr("%1 (copy)").arg(m_draft->name())), m_draft->value());
    const auto go = [this, copy] {
        m_hasDraft = true;
        m_draft->open(copy.name, copy.assistant, false);
        m_name->setFocus(Qt::OtherFocusReason);
        m_name->selectAll();
    };
    // What is not saved of the one goes on in the copy, but the one itself is asked about.
    if (m_draft->savedName().isEmpty() || !holdsBack(go))
        go();
}

} // namespace sluice::ui
