#include "sluice/chat/tool_calls_view_p.h"

#include "sluice/base/json.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr qsizetype longestShown = 4000;
constexpr qsizetype longestName = 200;

class CallFrame final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::color(Theme::Role::Border), 1));
        painter.setBrush(Theme::color(Theme::Role::CodeBackground));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::Radius, space::Radius);
    }
};

/// The arguments indented; as the model wrote them where they are no JSON.
QString readable(const QString &arguments)
{
    const auto json = Json::parse(arguments.toUtf8());
    return json ? QString::fromUtf8(json->dump(2)) : arguments;
}

QString shortened(const QString &text)
{
    return text.size() > longestShown ? text.left(longestShown) + QChar(0x2026) : text;
}

} // namespace

ToolCallsView::ToolCallsView(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::One);
}

void ToolCallsView::show(const QList<ToolCalls::Call> &calls, bool coming)
{
    // Gaps in the numbering of calls are no calls.
    QList<ToolCalls::Call> named;
    for (const ToolCalls::Call &call : calls) {
        if (!call.name.isEmpty() || !call.arguments.isEmpty())
            named.append(call);
    }
    while (m_cards.size() < size_t(named.size()))
        addCard();
    while (m_cards.size() > size_t(named.size())) {
        delete m_cards.back().frame;
        m_cards.pop_back();
    }
    for (qsizetype i = 0; i < named.size(); ++i) {
        Card &card = m_cards[size_t(i)];
        if (card.call == named[i] && card.coming == coming)
            continue;
        card.call = named[i];
        card.coming = coming;
        fill(card);
    }
}

void ToolCallsView::addCard()
{
    Card &card = m_cards.emplace_back();
    card.frame = new CallFrame(this);
    card.frame->setObjectName(QStringLiteral("toolCall"));
    card.name = new QLabel(card.frame);
    card.arguments = new QLabel(card.frame);
    card.copy = new CopyButton(card.frame);
    auto *kind = new QLabel(tr("Tool call"), card.frame);
    kind->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(kind, Theme::Role::Muted);
    for (QLabel *label : {card.name, card.arguments}) {
        label->setTextFormat(Qt::PlainText);
        label->setFont(Theme::font(Theme::Type::MonoSmall));
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    card.name->setObjectName(QStringLiteral("toolName"));
    card.arguments->setObjectName(QStringLiteral("toolArguments"));
    card.arguments->setWordWrap(true);
    card.copy->setSubject(tr("this call"));
    auto *top = new QHBoxLayout;
    top->setSpacing(space::One);
    top->addWidget(kind);
    top->addWidget(card.name, 1);
    top->addWidget(card.copy);
    auto *column = new QVBoxLayout(card.frame);
    column->setContentsMargins(space::One, space::Half, space::Half, space::One);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(card.arguments);
    m_column->addWidget(card.frame);
    connect(card.copy, &CopyButton::copied, this, &ToolCallsView::copied);
}

void ToolCallsView::fill(Card &card)
{
    // Half a text is not parsed anew with every piece.
    const QString arguments = card.coming ? card.call.arguments : readable(card.call.arguments);
    const QString name = card.call.name.isEmpty() ? tr("(no name)") : card.call.name.left(longestName).simplified();
    const bool none = arguments.trimmed().isEmpty() || arguments == QLatin1String("{}");
    const QString head = none ? name + QStringLiteral("()") : name + QStringLiteral("(…)");
    card.name->setText(head);
    card.name->setAccessibleName(tr("Tool call %1").arg(head));
    card.arguments->setText(shortened(arguments));
    card.arguments->setAccessibleName(tr("Arguments: %1").arg(arguments.left(500)));
    card.arguments->setVisible(!none);
    card.frame->setAccessibleName(tr("Tool call %1").arg(head));
    card.copy->setContent(QStringLiteral("%1(%2)").arg(card.call.name, card.call.arguments));
}

} // namespace sluice::ui
