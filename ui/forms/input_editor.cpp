#include "sluice/forms/input_editor.h"

#include "sluice/base/schema_secrets.h"
#include "sluice/forms/json_editor.h"
#include "sluice/forms/json_text_p.h"
#include "sluice/forms/schema_form.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {

constexpr qsizetype kParseAtOnce = 64 * 1024; // longer text is read when typing pauses
constexpr int kPauseMs = 200;

std::pair<int, int> placeOf(const Error &error)
{
    static const QRegularExpression place(QStringLiteral("line (\\d+), column (\\d+)"));
    const QRegularExpressionMatch match = place.match(error.message());
    return match.hasMatch() ? std::pair(match.captured(1).toInt(), match.captured(2).toInt()) : std::pair(0, 0);
}

} // namespace

InputEditor::InputEditor(QWidget *parent)
    : QWidget(parent)
    , m_text(std::make_unique<JsonText>())
    , m_tabs(new QTabBar(this))
    , m_examplesButton(new QToolButton(this))
    , m_menuButton(new QToolButton(this))
    , m_examplesMenu(new QMenu(this))
    , m_message(new InlineMessage(this))
    , m_textMessage(new InlineMessage(this))
    , m_stack(new QStackedWidget(this))
    , m_form(new SchemaForm(this))
    , m_json(new JsonEditor(this))
    , m_parseTimer(new QTimer(this))
{
    makeHeader();
    makeMenu();
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_json);
    m_textMessage->setClosable(false);
    m_message->installEventFilter(this);
    m_textMessage->installEventFilter(this);
    m_parseTimer->setSingleShot(true);
    m_parseTimer->setInterval(kPauseMs);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (index == int(Tab::Json) && m_textStale)
            writeText();
        m_stack->setCurrentIndex(index);
        showTextProblem();
    });
    connect(m_form, &SchemaForm::valueChanged, this, [this](const Json &value) {
        m_value = value;
        m_textStale = true;
        Q_EMIT valueChanged(m_value);
    });
    connect(m_json, &JsonEditor::textEdited, this, [this] {
        if (m_json->text().size() <= kParseAtOnce)
            readText();
        else
            m_parseTimer->start();
    });
    connect(m_parseTimer, &QTimer::timeout, this, &InputEditor::readText);
    connect(m_textMessage, &InlineMessage::actionTriggered, this, [this] {
        setTab(Tab::Json);
        if (m_textError) {
            const auto [line, column] = placeOf(*m_textError);
            m_json->goTo(line, column);
        }
    });
    connect(m_message, &InlineMessage::actionTriggered, this, &InputEditor::undo);
    setExamples({});
    setSchema({});
}

InputEditor::~InputEditor() = default;

void InputEditor::makeHeader()
{
    m_tabs->addTab(tr("&Form"));
    m_tabs->addTab(tr("&JSON"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Edit the input as form or as JSON"));
    m_examplesButton->setText(tr("E&xamples"));
    m_examplesButton->setIcon(Theme::icon(QStringLiteral("book-open"), Theme::Role::Muted));
    m_examplesButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_examplesButton->setPopupMode(QToolButton::InstantPopup);
    m_examplesButton->setMenu(m_examplesMenu);
    m_examplesButton->setAutoRaise(true);
    m_examplesButton->setToolTip(tr("Fill in a sample input"));
    m_menuButton->setIcon(Theme::icon(QStringLiteral("ellipsis"), Theme::Role::Muted));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAutoRaise(true);
    m_menuButton->setAccessibleName(tr("More for the input"));
    m_menuButton->setToolTip(tr("Reset, defaults, copy"));

    auto *header = new QHBoxLayout;
    header->setContentsMargins(space::One, 0, space::One, 0);
    header->setSpacing(space::Half);
    header->addWidget(m_tabs);
    header->addStretch(1);
    header->addWidget(m_examplesButton);
    header->addWidget(m_menuButton);
    auto *line = new QFrame(this);
    line->setFixedHeight(1);
    line->setFrameShape(QFrame::NoFrame);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    m_messages = new QWidget(this);
    auto *messages = new QVBoxLayout(m_messages);
    messages->setContentsMargins(space::One, space::One, space::One, space::One);
    messages->setSpacing(space::One);
    messages->addWidget(m_message);
    messages->addWidget(m_textMessage);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(line);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
}

void InputEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Both tabs are in sight before the button says its word.
    const int word = m_examplesButton->fontMetrics().horizontalAdvance(m_examplesButton->text());
    const int needed = m_tabs->sizeHint().width() + word + m_menuButton->sizeHint().width() + 5 * space::Two;
    m_examplesButton->setToolButtonStyle(width() < needed ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

bool InputEditor::eventFilter(QObject *watched, QEvent *event)
{
    // The strip takes room only while one of its messages is there.
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
        m_messages->setHidden(m_message->isHidden() && m_textMessage->isHidden());
    return QWidget::eventFilter(watched, event);
}

void InputEditor::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->addAction(Theme::icon(QStringLiteral("rotate-ccw")), tr("&Reset to defaults"), this, &InputEditor::resetToDefaults);
    m_omit = menu->addAction(tr("&Omit unchanged defaults"));
    m_omit->setCheckable(true);
    m_omit->setToolTip(tr("Leave optional keys out while they hold the schema's default"));
    connect(m_omit, &QAction::toggled, m_form, &SchemaForm::setOmitDefaults);
    menu->addSeparator();
    menu->addAction(Theme::icon(QStringLiteral("copy")), tr("&Copy as JSON"), this, [this] {
        Json copy = m_value;
        // Secrets stay behind their marks; files are copied whole only by way of the code view.
        QApplication::clipboard()->setText(JsonText().write(copy, secretPointers()));
    });
    m_menuButton->setMenu(menu);
}

void InputEditor::setSchema(const Json &schema, const QString &origin)
{
    m_schema = schema;
    m_hasSchema = schema.isObject() && schema.size() > 0;
    m_form->setSchema(m_hasSchema ? schema : Json::object());
    m_tabs->setTabEnabled(int(Tab::Form), m_hasSchema);
    m_tabs->setTabToolTip(int(Tab::Form), !m_hasSchema          ? tr("No schema is known for this capability")
                                              : origin.isEmpty() ? QString()
                                                                 : tr("Schema from: %1").arg(origin));
    m_omit->setEnabled(m_hasSchema);
    m_message->clear();
    m_canUndo = false;
    m_value = Json();
    m_textError.reset();
    setValue(m_hasSchema ? m_form->defaults() : Json::object());
    m_tabs->setCurrentIndex(int(m_hasSchema ? Tab::Form : Tab::Json));
    m_stack->setCurrentIndex(m_tabs->currentIndex());
    showTextProblem();
}

void InputEditor::setExamples(const QList<InputExample> &examples)
{
    m_examples = examples;
    m_examplesMenu->clear();
    for (const InputExample &example : examples) {
        QString title = example.title.isEmpty() ? tr("Example %1").arg(m_examplesMenu->actions().size() + 1) : example.title;
        m_examplesMenu->addAction(title.replace(QLatin1Char('&'), QLatin1String("&&")), this,
                                  [this, example] { replace(example.input, tr("The example “%1” is filled in.").arg(example.title)); });
    }
    m_examplesButton->setVisible(!examples.isEmpty());
}

void InputEditor::setValue(const Json &value)
{
    m_value = value;
    m_form->setValue(value);
    showText(value);
}

void InputEditor::showText(const Json &value)
{
    m_parseTimer->stop();
    m_textError.reset();
    m_textStale = true;
    // Unchanged in meaning and order: the person's own spacing stays.
    if (m_stack->currentIndex() == int(Tab::Json)) {
        const Expected<Json> now = m_text->read(m_json->text(), &m_duplicates);
        if (!now || !(*now == value))
            writeText();
        else
            m_textStale = false;
    }
    showTextProblem();
}

void InputEditor::writeText()
{
    m_textStale = false;
    const Expected<Json> now = m_text->read(m_json->text(), nullptr);
    if (now && *now == m_value && m_duplicates.isEmpty() && secretPointers().isEmpty())
        return;
    m_duplicates.clear();
    m_json->setText(m_text->write(m_value, secretPointers()));
}

void InputEditor::readText()
{
    m_parseTimer->stop();
    m_duplicates.clear();
    const Expected<Json> parsed = m_text->read(m_json->text(), &m_duplicates);
    m_textError = parsed ? std::nullopt : std::optional(parsed.error());
    showTextProblem();
    if (!parsed || *parsed == m_value)
        return;
    m_value = *parsed;
    m_form->setValue(m_value);
    Q_EMIT valueChanged(m_value);
}

void InputEditor::showTextProblem()
{
    const bool onForm = m_tabs->currentIndex() == int(Tab::Form);
    m_form->setEnabled(!m_textError);
    m_textMessage->setAction({});
    if (m_textError) {
        const int line = placeOf(*m_textError).first;
        m_json->markError(line, m_textError->message());
        if (onForm) {
            m_textMessage->showMessage(InlineMessage::Severity::Error,
                                       tr("The JSON text has an error, so the form is locked. %1").arg(m_textError->message()));
            m_textMessage->setAction(tr("&Go to the error"));
        } else {
            m_textMessage->showMessage(InlineMessage::Severity::Error, m_textError->message());
        }
        return;
    }
    m_json->markError(0, {});
    if (!m_duplicates.isEmpty() && !onForm) {
        m_textMessage->showMessage(InlineMessage::Severity::Warning,
                                   tr("The key “%1” is there more than once; the last one counts.", nullptr, int(m_duplicates.size()))
                                       .arg(m_duplicates.join(tr("”, “", "between two quoted keys"))));
    } else if (!m_hasSchema) {
        m_textMessage->showMessage(InlineMessage::Severity::Info,
                                   tr("This capability publishes no schema, so there is no form. Write its input as JSON."));
    } else {
        m_textMessage->clear();
    }
}

std::optional<Error> InputEditor::problem() const
{
    return m_textError;
}

QList<FieldIssue> InputEditor::validate()
{
    if (m_parseTimer->isActive())
        readText();
    if (m_textError) {
        setTab(Tab::Json);
        const auto [line, column] = placeOf(*m_textError);
        m_json->goTo(line, column);
        return {{QString(), m_textError->message()}};
    }
    if (!m_hasSchema)
        return {};
    if (tab() == Tab::Form)
        return m_form->validate();
    const QList<FieldIssue> issues = m_form->issues();
    showIssues(issues);
    return issues;
}

bool InputEditor::showError(const Error &error)
{
    const QList<FieldIssue> issues = FieldIssue::fromError(error);
    if (issues.isEmpty())
        return false;
    showIssues(issues);
    return true;
}

void InputEditor::showIssues(const QList<FieldIssue> &issues)
{
    m_canUndo = false;
    m_message->setAction({});
    m_message->clear();
    if (issues.isEmpty())
        return;
    if (m_hasSchema) {
        for (const FieldIssue &issue : issues)
            m_form->showIssue(issue.pointer, issue.message);
    }
    if (tab() == Tab::Form) {
        m_form->focusField(issues.first().pointer);
        return;
    }
    constexpr qsizetype kShown = 3;
    QStringList lines;
    for (const FieldIssue &issue : issues.mid(0, kShown))
        lines << (issue.pointer.isEmpty() ? issue.message : QStringLiteral("%1: %2").arg(issue.pointer, issue.message));
    if (issues.size() > kShown)
        lines << tr("and %n more", nullptr, int(issues.size() - kShown));
    m_message->showMessage(InlineMessage::Severity::Error, lines.join(QLatin1Char('\n')));
}

void InputEditor::clearIssues()
{
    if (!m_canUndo)
        m_message->clear();
    m_form->clearIssues();
}

QHash<QString, QString> InputEditor::fileNames() const
{
    return m_hasSchema ? m_form->fileNames() : QHash<QString, QString>();
}

QStringList InputEditor::cleanedFiles() const
{
    return m_hasSchema ? m_form->cleanedFiles() : QStringList();
}

QStringList InputEditor::secretPointers() const
{
    return m_hasSchema ? m_form->secretPointers() : SchemaSecrets().in(m_value).pointers();
}

void InputEditor::setTab(Tab tab)
{
    if (tab == Tab::Form && !m_hasSchema)
        return;
    m_tabs->setCurrentIndex(int(tab));
}

InputEditor::Tab InputEditor::tab() const
{
    return m_tabs->currentIndex() == int(Tab::Form) ? Tab::Form : Tab::Json;
}

void InputEditor::replace(const Json &value, const QString &what)
{
    m_undoValue = m_value;
    setValue(value);
    m_canUndo = true;
    m_message->setAction(tr("&Undo"));
    m_message->showMessage(InlineMessage::Severity::Info, what);
    Q_EMIT valueChanged(m_value);
}

void InputEditor::undo()
{
    if (!m_canUndo)
        return;
    m_canUndo = false;
    m_message->setAction({});
    m_message->clear();
    setValue(m_undoValue);
    Q_EMIT valueChanged(m_value);
}

void InputEditor::resetToDefaults()
{
    replace(m_hasSchema ? m_form->defaults() : Json::object(), tr("The input is back at its defaults."));
}

} // namespace sluice::ui
