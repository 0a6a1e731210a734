#include "sluice/llmworker/prompt.h"

#include "sluice/llmworker/python_text.h"

#include <algorithm>

namespace sluice::llmworker {

namespace {

const QString History = QStringLiteral("history");
const QString HistorySummary = QStringLiteral("history_summary");

/// History that stays as it is behind its summary.
constexpr qsizetype KeptBesideSummary = 3;

QString problem(const QString &name, const QString &what, const QString &type, const Json &input)
{
    return QStringLiteral("%1\n  %2 [type=%3, input_value=%4, input_type=%5]").arg(name, what, type, python::repr(input).left(80),
        input.isNull() ? QStringLiteral("NoneType") : input.isObject() ? QStringLiteral("dict") : input.isArray() ? QStringLiteral("list")
            : input.isString() ? QStringLiteral("str") : input.isBool() ? QStringLiteral("bool") : input.isInteger() ? QStringLiteral("int") : QStringLiteral("float"));
}

/// A number, as the original reads it of numbers, texts that are one, and truth values; null for anything else.
Json numberIn(const Json &value)
{
    if (value.isNumber())
        return value;
    if (value.isBool())
        return Json::number(value.toBool() ? "1.0" : "0.0");
    if (!value.isString())
        return {};
    const auto read = Json::parse(value.toString().trimmed().toUtf8());
    return read && read->isNumber() ? *read : Json();
}

} // namespace

Expected<ModelSettings> ModelSettings::from(const Json &settings)
{
    const QString modelKey = QStringLiteral("model");
    const QString temperatureKey = QStringLiteral("temperature");
    QStringList problems;
    ModelSettings result;
    result.all = settings;
    const Json model = settings.value(modelKey);
    if (!settings.contains(modelKey))
        problems.append(problem(modelKey, QStringLiteral("Field required"), QStringLiteral("missing"), settings));
    else if (!model.isString())
        problems.append(problem(modelKey, QStringLiteral("Input should be a valid string"), QStringLiteral("string_type"), model));
    result.model = model.toString();
    if (settings.contains(temperatureKey)) {
        const Json given = settings.value(temperatureKey);
        result.temperature = numberIn(given);
        if (result.temperature.isNull())
            problems.append(given.isString() ? problem(temperatureKey, QStringLiteral("Input should be a valid number, unable to parse string as a number"), QStringLiteral("float_parsing"), given)
                                             : problem(temperatureKey, QStringLiteral("Input should be a valid number"), QStringLiteral("float_type"), given));
    }
    if (problems.isEmpty())
        return result;
    const QString count = problems.size() == 1 ? QStringLiteral("1 validation error") : QStringLiteral("%1 validation errors").arg(problems.size());
    return unexpected(Error(Error::Kind::InvalidInput, count + QStringLiteral(" for Settings\n") + problems.join(QLatin1Char('\n'))));
}

bool wantsSummary(const Stream &stream, const QList<Message> &history)
{
    const auto isSummary = [](const PromptEntry &entry) {
        const auto *insert = std::get_if<Insert>(&entry);
        return insert && insert->name == HistorySummary;
    };
    return !history.isEmpty() && std::any_of(stream.messages.begin(), stream.messages.end(), isSummary);
}

QList<Message> summaryPrompt(const QList<Message> &history)
{
    return history + QList<Message>{Message(QStringLiteral("user"), QStringLiteral("Summarize the conversation so far, briefly, so that it can go on from the summary."))};
}

Expected<QList<Message>> promptOf(const Stream &stream, const PromptValues &values, const QString &summary)
{
    QList<Message> messages;
    for (const PromptEntry &entry : stream.messages) {
        if (const auto *message = std::get_if<Message>(&entry)) {
            messages.append(*message);
            continue;
        }
        const QString name = std::get<Insert>(entry).name;
        if (name == History) {
            messages += values.history;
        } else if (name == HistorySummary) {
            if (values.history.isEmpty())
                continue;
            QString literal = summary; // a value, which is not expanded
            literal.replace(QLatin1Char('{'), QStringLiteral("{{")).replace(QLatin1Char('}'), QStringLiteral("}}"));
            messages.append(Message(QStringLiteral("system"), literal));
            messages += values.history.last(std::min(KeptBesideSummary, values.history.size()));
        } else {
            return unexpected(Error(Error::Kind::InvalidInput, python::repr(name)));
        }
    }
    qsizetype size = 0;
    for (Message &message : messages) {
        auto content = expanded(message.content, values);
        if (!content)
            return unexpected(content.error());
        message.content = *content;
        size += content->size();
        if (size > MaxExpanded)
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The expanded prompt has more than %1 characters.").arg(MaxExpanded)));
    }
    return messages;
}

} // namespace sluice::llmworker
