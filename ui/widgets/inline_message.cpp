#include "sluice/widgets/inline_message.h"

#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

Theme::Role roleOf(InlineMessage::Severity severity)
{
    switch (severity) {
    case InlineMessage::Severity::Info: return Theme::Role::Info;
    case InlineMessage::Severity::Success: return Theme::Role::Success;
    case InlineMessage::Severity::Warning: return Theme::Role::Warning;
    case InlineMessage::Severity::Error: return Theme::Role::Failed;
    }
    return Theme::Role::Info;
}

QString iconOf(InlineMessage::Severity severity)
{
    switch (severity) {
    case InlineMessage::Severity::Info: return QStringLiteral("info");
    case InlineMessage::Severity::Success: return QStringLiteral("circle-check");
    case InlineMessage::Severity::Warning: return QStringLiteral("triangle-alert");
    case InlineMessage::Severity::Error: return QStringLiteral("circle-alert");
    }
    return {};
}

} // namespace

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_expander(new QToolButton(this))
    , m_copy(new CopyButton(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
    , m_details(new QPlainTextEdit(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_text->setMinimumHeight(space::Three); // as tall as the buttons beside it
    m_icon->setFixedSize(space::Icon, space::Three);
    m_expander->setAutoRaise(true);
    m_expander->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setSubject(tr("this message"));
    m_close->setAutoRaise(true);
    m_close->setIcon(Theme::icon(QStringLiteral("x"), Theme::Role::Muted));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss this message"));
    m_details->setReadOnly(true);
    m_details->setFont(Theme::font(Theme::Type::MonoSmall));
    m_details->setAccessibleName(tr("Details"));
    m_details->setMaximumHeight(20 * space::One);
    m_details->setTabChangesFocus(true);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::Half);
    texts->addWidget(m_text);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::One);
    actions->addWidget(m_action);
    actions->addWidget(m_expander);
    actions->addStretch(1);
    texts->addLayout(actions);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::One);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    row->addWidget(m_close, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::One + space::Half, space::One, space::One, space::One);
    column->setSpacing(space::One);
    column->addLayout(row);
    column->addWidget(m_details);

    connect(m_expander, &QToolButton::clicked, this, [this] { setExpanded(m_details->isHidden()); });
    connect(m_action, &QPushButton::clicked, this, &InlineMessage::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT dismissed();
    });
    connect(&Theme::instance(), &Theme::changed, this, &InlineMessage::restyle);
    setExpanded(false);
    setAction({});
    clear();
}

void InlineMessage::showMessage(Severity severity, const QString &text, const QString &details)
{
    m_severity = severity;
    m_text->setText(text);
    m_details->setPlainText(details);
    m_expander->setVisible(!details.isEmpty());
    m_copy->setContent(details.isEmpty() ? text : text + QStringLiteral("\n\n") + details);
    setExpanded(false);
    restyle();
    static const QStringList words{tr("Note"), tr("Done"), tr("Warning"), tr("Error")};
    setAccessibleName(QStringLiteral("%1: %2").arg(words.at(static_cast<int>(severity)), text));
    show();
}

QString InlineMessage::errorDetails(const Error &error)
{
    QStringList lines;
    lines << tr("Kind: %1").arg(error.kindName());
    if (!error.field().isEmpty())
        lines << tr("Field: %1").arg(error.field());
    if (!error.url().isEmpty())
        lines << tr("Request: %1 %2").arg(QString::fromLatin1(error.method()), error.url().toDisplayString());
    if (error.httpStatus() > 0)
        lines << tr("Status: %1").arg(error.httpStatus());
    if (error.paymentSent())
        lines << tr("Payment: tickets were sent; the money may be spent");
    const QList<Rejection> rejections = error.rejections();
    if (!rejections.isEmpty()) {
        lines << tr("Passed over:");
        for (const Rejection &rejection : rejections)
            lines << QStringLiteral("  %1  %2").arg(rejection.url.toDisplayString(), rejection.reason);
    }
    if (!error.body().isEmpty())
        lines << tr("Answer:") << QString::fromUtf8(error.body());
    return lines.join(QLatin1Char('\n'));
}

void InlineMessage::showError(const Error &error)
{
    QString text = error.message().isEmpty() ? tr("Something failed without saying why.") : error.message();
    if (!error.advice().isEmpty())
        text += QLatin1Char('\n') + error.advice();
    showMessage(Severity::Error, text, errorDetails(error));
}

void InlineMessage::clear()
{
    m_text->clear();
    m_details->clear();
    m_copy->setContent({});
    setAccessibleName(tr("No message"));
    hide();
}

void InlineMessage::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setAccessibleName(text.isEmpty() ? tr("Action") : QString(text).remove(QLatin1Char('&')));
    m_action->setVisible(!text.isEmpty());
}

void InlineMessage::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

QString InlineMessage::text() const
{
    return m_text->text();
}

QString InlineMessage::details() const
{
    return m_details->toPlainText();
}

void InlineMessage::setExpanded(bool expanded)
{
    m_details->setVisible(expanded);
    m_expander->setIcon(Theme::icon(expanded ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), Theme::Role::Muted));
    m_expander->setText(expanded ? tr("Hide &details") : tr("&Details"));
    m_expander->setAccessibleName(expanded ? tr("Hide details") : tr("Show details"));
}

void InlineMessage::restyle()
{
    const Theme::Role role = roleOf(m_severity);
    m_icon->setPixmap(Theme::icon(iconOf(m_severity), role).pixmap(QSize(space::Icon, space::Icon), devicePixelRatioF()));
    update();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme::Role role = roleOf(m_severity);
    QColor line = Theme::color(role);
    line.setAlpha(90);
    painter.setPen(QPen(line, 1));
    painter.setBrush(Theme::tint(role));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::Radius, space::Radius);
}

} // namespace sluice::ui
