#include "sluice/chat/chat_settings.h"

#include "sluice/chat/chat_transcript.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace sluice {

ChatSettings::ChatSettings(ChatTranscript &transcript, QWidget *parent)
    : QWidget(parent)
    , m_transcript(transcript)
    , m_header(new SectionHeader(tr("Instructions and parameters"), this))
    , m_body(new QWidget(this))
    , m_prompt(new QPlainTextEdit(m_body))
    , m_problem(new QLabel(m_body))
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

    auto *fields = new QHBoxLayout;
    fields->setSpacing(space::One);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, space::Half, 0, space::One);
    column->setSpacing(space::One);
    column->addWidget(m_prompt);
    column->addLayout(fields);
    column->addWidget(m_problem);
    addParameter(QStringLiteral("temperature"), tr("Temperature"), tr("default"), false, QStringLiteral("0"), QStringLiteral("2"));
    addParameter(QStringLiteral("top_p"), tr("Top p"), tr("default"), false, QStringLiteral("0"), QStringLiteral("1"));
    addParameter(QStringLiteral("max_tokens"), tr("Longest answer"), tr("tokens"), true, QStringLiteral("1"), {});
    for (const Parameter &parameter : m_parameters) {
        fields->addWidget(parameter.label);
        fields->addWidget(parameter.field);
    }
    fields->addStretch(1);

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

void ChatSettings::addParameter(const QString &name, const QString &title, const QString &hint, bool integer,
    const QString &lowest, const QString &highest)
{
    Parameter parameter{name, integer, lowest, highest, new QLineEdit(m_body), new QLabel(title, m_body)};
    parameter.field->setObjectName(name);
    parameter.field->setPlaceholderText(hint);
    parameter.field->setAccessibleName(title);
    parameter.field->setFixedWidth(80);
    parameter.label->setBuddy(parameter.field);
    Theme::setTextRole(parameter.label, Theme::Role::Muted);
    connect(parameter.field, &QLineEdit::textChanged, this, [this, parameter] { take(parameter); });
    m_parameters.append(parameter);
}

void ChatSettings::take(const Parameter &parameter)
{
    if (m_reading)
        return;
    const QString text = parameter.field->text().trimmed();
    static const QRegularExpression number(QStringLiteral(R"(^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$)"));
    static const QRegularExpression whole(QStringLiteral(R"(^(0|[1-9][0-9]{0,8})$)"));
    const bool form = (parameter.integer ? whole : number).match(text).hasMatch();
    const double value = text.toDouble();
    const bool low = form && value < parameter.lowest.toDouble();
    const bool high = form && !parameter.highest.isEmpty() && value > parameter.highest.toDouble();
    const bool fits = text.isEmpty() || (form && !low && !high);
    Theme::setInvalid(parameter.field, !fits);
    m_problem->setVisible(!fits);
    if (!fits) {
        const QString range = parameter.highest.isEmpty() ? tr("at least %1").arg(parameter.lowest)
                                                          : tr("from %1 to %2").arg(parameter.lowest, parameter.highest);
        m_problem->setText(parameter.integer
                ? tr("%1 is a whole number, %2; “%3” is not sent.").arg(parameter.label->text(), range, text)
                : tr("%1 is a number %2; “%3” is not sent.").arg(parameter.label->text(), range, text));
    }
    m_transcript.setParameter(parameter.name, fits && !text.isEmpty() ? Json::number(text.toUtf8()) : Json());
    summarize();
}

void ChatSettings::setCapability(const CapabilityInfo &info)
{
    const Json properties = info.inputSchema.value(QStringLiteral("properties"));
    for (const Parameter &parameter : std::as_const(m_parameters)) {
        const bool offered = !properties.isObject() || properties.contains(parameter.name);
        parameter.field->setVisible(offered);
        parameter.label->setVisible(offered);
    }
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

void ChatSettings::summarize()
{
    QStringList said;
    const QString prompt = m_transcript.systemPrompt().simplified();
    if (!prompt.isEmpty())
        said << (prompt.size() > 40 ? prompt.left(39) + QStringLiteral("…") : prompt);
    for (const Parameter &parameter : std::as_const(m_parameters)) {
        const Json value = m_transcript.parameter(parameter.name);
        if (value.isNumber())
            said << QStringLiteral("%1 %2").arg(parameter.label->text(), QString::fromLatin1(value.numberText()));
    }
    m_header->setRemark(said.isEmpty() ? tr("none") : said.join(QStringLiteral(" · ")));
}

} // namespace sluice
