#include "sluice/chat/chat_settings.h"

#include "sluice/chat/chat_transcript.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

ChatSettings::ChatSettings(ChatTranscript &transcript, QWidget *parent)
    : QWidget(parent)
    , m_transcript(transcript)
    , m_header(new SectionHeader(tr("Instructions and parameters"), this))
    , m_body(new QWidget(this))
    , m_prompt(new QPlainTextEdit(m_body))
    , m_problem(new QLabel(m_body))
    , m_fields(new QGridLayout)
{
    m_prompt->setObjectName(QStringLiteral("systemPrompt"));
    m_prompt->setPlaceholderText(tr("System prompt: how the answers should be. Sent before the conversation."));
    m_prompt->setAccessibleName(tr("System prompt"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(m_prompt->fontMetrics().lineSpacing() * 3 + space::Two);
    m_problem->setWordWrap(true);
    m_problem->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_problem, Theme::Role::Failed);
    m_problem->hide();

    auto *fieldRow = new QHBoxLayout;
    fieldRow->addLayout(m_fields);
    fieldRow->addStretch(1);
    m_fields->setHorizontalSpacing(space::One);
    m_fields->setVerticalSpacing(space::Half);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, space::Half, 0, space::One);
    column->setSpacing(space::One);
    column->addWidget(m_prompt);
    column->addLayout(fieldRow);
    column->addWidget(m_problem);
    setParameters(commonParameters());

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_header);
    outer->addWidget(m_body);
    m_header->setBody(m_body, false);

    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_reading)
            m_transcript.setSystemPrompt(m_prompt->toPlainText());
        summarize();
    });
    readBack();
}

QList<ChatSettings::Parameter> ChatSettings::commonParameters()
{
    return {{QStringLiteral("temperature"), tr("Temperature"), tr("default"), false, 0, 2},
        {QStringLiteral("top_p"), tr("Top p"), tr("default"), false, 0, 1},
        {QStringLiteral("max_tokens"), tr("Longest answer"), tr("tokens"), true, 1, std::nullopt}};
}

QList<ChatSettings::Parameter> ChatSettings::parametersOf(const Json &schema)
{
    constexpr qsizetype most = 12;
    const auto bound = [](const Json &value) { return value.isNumber() ? std::optional(value.toDouble()) : std::nullopt; };
    QList<Parameter> found;
    for (const auto &[name, property] : schema.value(QStringLiteral("properties")).members()) {
        const QString type = property.value(QStringLiteral("type")).toString();
        const bool integer = type == QLatin1String("integer");
        if ((!integer && type != QLatin1String("number")) || found.size() == most)
            continue;
        const Json preset = property.value(QStringLiteral("default"));
        found.append({name, property.value(QStringLiteral("title")).toString(name),
            preset.isNumber() ? QString::fromLatin1(preset.numberText()) : tr("default"), integer,
            bound(property.value(QStringLiteral("minimum"))), bound(property.value(QStringLiteral("maximum")))});
    }
    return found;
}

void ChatSettings::setParameters(const QList<Parameter> &parameters)
{
    constexpr int perRow = 3;
    for (const Parameter &parameter : std::as_const(m_parameters)) {
        delete parameter.field;
        delete parameter.label;
    }
    m_parameters = parameters;
    int place = 0;
    for (Parameter &parameter : m_parameters) {
        parameter.field = new QLineEdit(m_body);
        parameter.label = new QLabel(parameter.title, m_body);
        parameter.field->setObjectName(parameter.name);
        parameter.field->setPlaceholderText(parameter.hint);
        parameter.field->setAccessibleName(parameter.title);
        parameter.field->setFixedWidth(10 * space::One);
        parameter.label->setBuddy(parameter.field);
        Theme::setTextRole(parameter.label, Theme::Role::Muted);
        connect(parameter.field, &QLineEdit::textChanged, this, [this, parameter] { take(parameter); });
        m_fields->addWidget(parameter.label, place / perRow, place % perRow * 2);
        m_fields->addWidget(parameter.field, place / perRow, place % perRow * 2 + 1);
        ++place;
    }
    m_problem->hide();
}

void ChatSettings::take(const Parameter &parameter)
{
    if (m_reading)
        return;
    const QString text = parameter.field->text().trimmed();
    static const QRegularExpression number(QStringLiteral(R"(^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$)"));
    static const QRegularExpression whole(QStringLiteral(R"(^-?(0|[1-9][0-9]{0,14})$)"));
    const bool form = (parameter.integer ? whole : number).match(text).hasMatch();
    const double value = text.toDouble();
    const bool inside = value >= parameter.lowest.value_or(value) && value <= parameter.highest.value_or(value);
    const bool fits = text.isEmpty() || (form && inside);
    Theme::setInvalid(parameter.field, !fits);
    m_problem->setVisible(!fits);
    if (!fits) {
        QStringList bounds;
        if (parameter.lowest)
            bounds << tr("at least %1").arg(*parameter.lowest);
        if (parameter.highest)
            bounds << tr("at most %1").arg(*parameter.highest);
        const QString kind = parameter.integer ? tr("a whole number") : tr("a number");
        m_problem->setText(bounds.isEmpty()
                ? tr("%1 is %2; “%3” is not sent.").arg(parameter.title, kind, text)
                : tr("%1 is %2, %3; “%4” is not sent.").arg(parameter.title, kind, bounds.join(QStringLiteral(", ")), text));
    }
    m_transcript.setParameter(parameter.name, fits && !text.isEmpty() ? Json::number(text.toUtf8()) : Json());
    summarize();
}

void ChatSettings::setCapability(const CapabilityInfo &info)
{
    const bool known = info.inputSchema.value(QStringLiteral("properties")).isObject();
    setParameters(known ? parametersOf(info.inputSchema) : commonParameters());
    readBack();
}

void ChatSettings::readBack()
{
    m_reading = true;
    if (m_prompt->toPlainText() != m_transcript.systemPrompt())
        m_prompt->setPlainText(m_transcript.systemPrompt());
    for (const Parameter &parameter : std::as_const(m_parameters)) {
        const Json value = m_transcript.parameter(parameter.name);
        parameter.field->setText(value.isNumber() ? QString::fromLatin1(value.numberText()) : QString());
    }
    m_reading = false;
    summarize();
}

void ChatSettings::setExpanded(bool expanded)
{
    m_header->setExpanded(expanded);
}

void ChatSettings::setPromptShown(bool shown)
{
    m_promptShown = shown;
    m_prompt->setVisible(shown);
    m_header->setTitle(shown ? tr("Instructions and parameters") : tr("Parameters"));
    summarize();
}

void ChatSettings::summarize()
{
    QStringList said;
    const QString prompt = m_promptShown ? m_transcript.systemPrompt().simplified() : QString();
    if (!prompt.isEmpty())
        said << (prompt.size() > 40 ? prompt.left(39) + QStringLiteral("…") : prompt);
    for (const Parameter &parameter : std::as_const(m_parameters)) {
        const Json value = m_transcript.parameter(parameter.name);
        if (value.isNumber())
            said << QStringLiteral("%1 %2").arg(parameter.title, QString::fromLatin1(value.numberText()));
    }
    m_header->setRemark(said.isEmpty() ? tr("none") : said.join(QStringLiteral(" · ")));
}

} // namespace sluice::ui
