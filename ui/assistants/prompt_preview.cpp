#include "sluice/assistants/prompt_preview.h"

#include "sluice/forms/schema_form.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTextEdit>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {

const QString Query = QStringLiteral("query");
const QString History = QStringLiteral("history");

Json trySchema()
{
    const auto text = [](const QString &title) { return Json{{QStringLiteral("type"), "string"}, {QStringLiteral("title"), title}, {QStringLiteral("format"), "textarea"}}; };
    Json role{{QStringLiteral("type"), "string"}, {QStringLiteral("title"), PromptPreview::tr("Role")}, {QStringLiteral("default"), "user"}};
    role.insert(QStringLiteral("enum"), Json::array({Json("user"), Json("assistant"), Json("system"), Json("function")}));
    const Json message{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), PromptPreview::tr("Message")},
        {QStringLiteral("required"), Json::array({Json("role"), Json("content")})},
        {QStringLiteral("properties"), Json{{QStringLiteral("role"), role}, {QStringLiteral("content"), text(PromptPreview::tr("Text"))}}},
        {QStringLiteral("default"), Json{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), QString()}}}};
    const Json history{{QStringLiteral("type"), "array"}, {QStringLiteral("title"), PromptPreview::tr("History")}, {QStringLiteral("items"), message}};
    return Json{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), PromptPreview::tr("Try")},
        {QStringLiteral("properties"), Json{{Query, text(PromptPreview::tr("Question"))}, {History, history}}}};
}

constexpr qsizetype MostOfMessage = 20'000; // more is no longer read, and takes its time to lay out

QTextCharFormat formatOf(Theme::Type type, Theme::Role role)
{
    QTextCharFormat format;
    format.setFont(Theme::font(type));
    format.setForeground(Theme::color(role));
    return format;
}

QTextBlockFormat blockOf(int above, int indent)
{
    QTextBlockFormat format;
    format.setTopMargin(above);
    format.setLeftMargin(indent);
    return format;
}

void startBlock(QTextCursor &cursor, const QTextBlockFormat &format)
{
    if (cursor.position() > 0)
        cursor.insertBlock(format);
    else
        cursor.setBlockFormat(format);
}

} // namespace

PromptPreview::PromptPreview(QWidget *parent)
    : QWidget(parent)
    , m_form(new SchemaForm)
    , m_view(new QTextEdit)
    , m_faults(new QToolButton)
{
    m_form->setSchema(trySchema());
    m_form->setMinimumHeight(space::Four * 2);
    connect(m_form, &SchemaForm::valueChanged, this, &PromptPreview::changed);
    m_view->setReadOnly(true);
    m_view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_view->setTabChangesFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("What would be sent"));
    m_view->document()->setDocumentMargin(space::Two);
    auto *below = new QWidget;
    auto *column = new QVBoxLayout(below);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *header = new SectionHeader(tr("What would be sent"));
    header->setRemark(tr("expanded as a worker does it"));
    m_faults->setObjectName(QStringLiteral("faults"));
    m_faults->setAutoRaise(true);
    m_faults->setToolTip(tr("Go to the first fault"));
    m_faults->hide();
    Theme::setTextRole(m_faults, Theme::Role::Failed);
    connect(m_faults, &QToolButton::clicked, this, &PromptPreview::goToFault);
    header->addTrailing(m_faults);
    column->addWidget(header);
    column->addWidget(m_view, 1);
    auto *rows = new QSplitter(Qt::Vertical);
    rows->setHandleWidth(1);
    rows->setChildrenCollapsible(false);
    rows->addWidget(m_form);
    rows->addWidget(below);
    rows->setStretchFactor(1, 1);
    rows->setSizes({160, 300});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(rows);
    connect(&Theme::instance(), &Theme::changed, this, &PromptPreview::write);
}

QString PromptPreview::query() const
{
    return m_form->value().value(Query).toString();
}

void PromptPreview::setQuery(const QString &query)
{
    Json value = m_form->value();
    value.insert(Query, query);
    m_form->setValue(value);
}

Json PromptPreview::history() const
{
    const Json history = m_form->value().value(History);
    return history.isArray() ? history : Json::array();
}

void PromptPreview::setHistory(const Json &history)
{
    Json value = m_form->value();
    value.insert(History, history);
    m_form->setValue(value);
}

QList<assistants::Issue> PromptPreview::show(const Json &assistant)
{
    const auto expanded = assistants::preview(assistant, query(), history());
    m_streams = expanded ? *expanded : QList<assistants::PromptStream>();
    m_problem = expanded ? QString() : tr("The history does not fit (%1): %2").arg(expanded.error().field(), expanded.error().message());
    write();
    showFaults();
    return issues();
}

QList<assistants::Issue> PromptPreview::issues() const
{
    QList<assistants::Issue> all;
    for (const assistants::PromptStream &stream : m_streams)
        all += stream.issues;
    return all;
}

void PromptPreview::showFaults()
{
    const QList<assistants::Issue> all = issues();
    m_faults->setVisible(!all.isEmpty());
    m_faults->setText(tr("%Ln fault(s)", nullptr, int(all.size())));
    m_faults->setAccessibleName(m_faults->text());
    const QString first = all.isEmpty() ? QString() : all.first().pointer;
    if (std::exchange(m_faultSeen, first) != first && !first.isEmpty())
        goToFault();
}

void PromptPreview::goToFault()
{
    if (m_faultAt < 0)
        return;
    QTextCursor cursor(m_view->document());
    cursor.setPosition(m_faultAt);
    m_view->setTextCursor(cursor);
    // With what it is about above it, and its words below.
    QScrollBar *bar = m_view->verticalScrollBar();
    bar->setValue(bar->value() + m_view->cursorRect().top() - space::Four);
}

QString PromptPreview::text() const
{
    return m_view->toPlainText();
}

QString PromptPreview::nameOf(int stream) const
{
    const QString title = m_streams.value(stream).title;
    return title.isEmpty() ? tr("stream %1").arg(stream + 1) : tr("“%1”").arg(title);
}

void PromptPreview::write()
{
    const int at = m_view->verticalScrollBar()->value();
    m_faultAt = -1;
    m_view->clear();
    QTextCursor cursor(m_view->document());
    cursor.beginEditBlock();
    if (!m_problem.isEmpty())
        cursor.insertText(m_problem, formatOf(Theme::Type::Body13, Theme::Role::Failed));
    else if (m_streams.isEmpty())
        cursor.insertText(tr("Without a stream, a worker answers with the question itself."), formatOf(Theme::Type::Body13, Theme::Role::Muted));
    for (qsizetype i = 0; i < m_streams.size(); ++i)
        writeStream(cursor, m_streams.at(i), int(i));
    cursor.endEditBlock();
    m_view->verticalScrollBar()->setValue(at);
}

void PromptPreview::writeStream(QTextCursor &cursor, const assistants::PromptStream &stream, int number)
{
    startBlock(cursor, blockOf(number == 0 ? 0 : space::Three, 0));
    const QString title = stream.title.isEmpty() ? tr("Stream %1").arg(number + 1) : tr("Stream %1: %2").arg(QString::number(number + 1), stream.title);
    cursor.insertText(title, formatOf(Theme::Type::BodyStrong13, Theme::Role::Text));
    QStringList facts;
    for (const QString &fact : {stream.provider, stream.model, stream.temperature.isEmpty() ? QString() : tr("temperature %1").arg(stream.temperature)}) {
        if (!fact.isEmpty())
            facts << fact;
    }
    startBlock(cursor, blockOf(0, 0));
    cursor.insertText(facts.join(QStringLiteral(" · ")), formatOf(Theme::Type::Small11, Theme::Role::Muted));
    for (const assistants::PromptMessage &message : stream.messages)
        writeMessage(cursor, message);
    if (stream.messages.isEmpty() && stream.issues.isEmpty()) {
        startBlock(cursor, blockOf(space::One, 0));
        cursor.insertText(tr("No messages."), formatOf(Theme::Type::Body13, Theme::Role::Muted));
    }
    for (const assistants::Issue &issue : stream.issues) {
        startBlock(cursor, blockOf(space::One, 0));
        if (m_faultAt < 0)
            m_faultAt = cursor.position();
        cursor.insertText(QStringLiteral("%1\n").arg(issue.pointer), formatOf(Theme::Type::MonoSmall, Theme::Role::Failed));
        cursor.insertText(issue.message, formatOf(Theme::Type::Body13, Theme::Role::Failed));
    }
}

void PromptPreview::writeMessage(QTextCursor &cursor, const assistants::PromptMessage &message)
{
    startBlock(cursor, blockOf(space::One + space::Half, 0));
    const QString origin = message.cut ? tr("too long to be shown expanded; as it is written:") : message.open ? tr("depends on the answer before; as it is written:") : message.inserted ? tr("from the history") : QString();
    cursor.insertText(message.role, formatOf(Theme::Type::SmallStrong11, Theme::Role::Accent));
    if (!origin.isEmpty())
        cursor.insertText(QStringLiteral("  ") + origin, formatOf(Theme::Type::Small11, Theme::Role::Muted));
    startBlock(cursor, blockOf(2, space::One));
    const QTextCharFormat plain = formatOf(Theme::Type::Body13, message.open ? Theme::Role::Muted : Theme::Role::Text);
    QTextCharFormat mark = formatOf(Theme::Type::Small11, Theme::Role::Info);
    mark.setBackground(Theme::tint(Theme::Role::Info));
    qsizetype room = MostOfMessage;
    for (const assistants::Piece &piece : message.pieces) {
        switch (piece.kind) {
        case assistants::Piece::Kind::Text:
            cursor.insertText(piece.text.left(room), plain);
            if (piece.text.size() > room)
                cursor.insertText(QStringLiteral(" ") + tr("… and %Ln more character(s)", nullptr, int(piece.text.size() - room)), formatOf(Theme::Type::Small11, Theme::Role::Muted));
            room = std::max<qsizetype>(0, room - piece.text.size());
            break;
        case assistants::Piece::Kind::Answer: cursor.insertText(QStringLiteral(" ⟦%1⟧ ").arg(tr("the answer of %1").arg(nameOf(piece.stream))), mark); break;
        case assistants::Piece::Kind::Summary: cursor.insertText(QStringLiteral(" ⟦%1⟧ ").arg(tr("a summary of the history, which gpt-3.5-turbo is asked for first")), mark); break;
        }
    }
    if (message.pieces.isEmpty())
        cursor.insertText(tr("(empty)"), formatOf(Theme::Type::Body13, Theme::Role::Muted));
}

} // namespace sluice::ui
