#include "command_line.h"

#include "render.h"
#include "text.h"

#include "sluice/base/secret_environment.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace sluice::ctl {

namespace {

int distance(const QString &a, const QString &b)
{
    std::vector<int> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int above = row[std::size_t(j)];
            const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[std::size_t(j)] = std::min({above + 1, row[std::size_t(j - 1)] + 1, replaced});
            diagonal = above;
        }
    }
    return row.back();
}

QString optionLabel(const QCommandLineOption &option)
{
    QStringList names;
    const QStringList all = option.names();
    for (const QString &name : all)
        names.append((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
    QString label = names.join(QStringLiteral(", "));
    if (!option.valueName().isEmpty())
        label += QLatin1Char(' ') + option.valueName();
    return label;
}

/// Options that are spelled "-n5" as "-n" and "5". The parser itself would do so only where it also took "-timeout" for "-t" with the value "imeout".
class ShortValues {
public:
    explicit ShortValues(const QList<QCommandLineOption> &options)
        : m_options(options)
    {
    }

    [[nodiscard]] QStringList apart(const QStringList &arguments) const
    {
        QStringList result;
        for (qsizetype i = 0; i < arguments.size(); ++i) {
            const QString &word = arguments[i];
            if (word == QLatin1String("--"))
                return result + arguments.mid(i);
            const qsizetype dashes = word.startsWith(QLatin1String("--")) ? 2 : 1;
            if (!word.startsWith(QLatin1Char('-')) || word.size() <= dashes) {
                result.append(word);
                continue;
            }
            const QString name = word.mid(dashes).section(QLatin1Char('='), 0, 0);
            if (dashes == 1 && name.size() > 1 && !named(name) && takesValue(name.left(1))) {
                result.append({word.left(2), word.mid(2)});
                continue;
            }
            result.append(word);
            // What follows is a value, whatever it looks like.
            if (takesValue(name) && !word.contains(QLatin1Char('=')) && i + 1 < arguments.size())
                result.append(arguments[++i]);
        }
        return result;
    }

private:
    [[nodiscard]] const QCommandLineOption *named(const QString &name) const
    {
        const auto found = std::find_if(m_options.begin(), m_options.end(), [&](const QCommandLineOption &one) { return one.names().contains(name); });
        return found == m_options.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool takesValue(const QString &name) const
    {
        const QCommandLineOption *option = named(name);
        return option && !option->valueName().isEmpty();
    }

    const QList<QCommandLineOption> &m_options;
};

} // namespace

QString exitStatusText()
{
    return Text::tr("Exit status: 0 done, 1 the call failed, 2 wrong usage or input, 3 no orchestrator or network,\n"
                    "4 payment, price, balance or spend limit, 5 cancelled, 6 timed out, 130 interrupted (Ctrl-C).\n");
}

Secret variableNamed(const QString &name, const QString &option)
{
    Secret value = secretVariable(name.toLatin1().constData());
    if (value.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("--%1: the environment variable %2 is not set.").arg(option, name));
    return value;
}

QString closest(const QString &word, const QStringList &known)
{
    QString best;
    int bestDistance = std::max(2, int(word.size()) / 3) + 1;
    for (const QString &candidate : known) {
        const int d = candidate.startsWith(word) && word.size() > 2 ? 0 : distance(word.toLower(), candidate.toLower());
        if (d < bestDistance) {
            best = candidate;
            bestDistance = d;
        }
    }
    return best;
}

CommandLine::CommandLine(QString name, QString usage, QString summary)
    : m_name(std::move(name))
    , m_usage(std::move(usage))
    , m_summary(std::move(summary))
{
    m_parser->setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    addOption({QStringLiteral("h"), QStringLiteral("help")},
        Text::tr("Show this help."));
}

void CommandLine::addOption(const QStringList &names, const QString &description, const QString &valueName)
{
    const QCommandLineOption option(names, description, valueName);
    m_options.append(option);
    m_parser->addOption(option);
}

bool CommandLine::has(const QString &option) const
{
    const bool known = std::any_of(m_options.begin(), m_options.end(), [&](const QCommandLineOption &one) { return one.names().contains(option); });
    return known && m_parser->isSet(option);
}

void CommandLine::addJson()
{
    addOption({QStringLiteral("json")},
        Text::tr("Write JSON to standard output: one document, or one line per event."));
}

void CommandLine::addNote(const QString &text)
{
    m_notes.append(text);
}

void CommandLine::addExample(const QString &command, const QString &meaning)
{
    m_examples.append({command, meaning});
}

QString CommandLine::helpText() const
{
    QString text = Text::tr("Usage: sluicectl %1 %2").arg(m_name, m_usage).trimmed();
    text += QStringLiteral("\n\n%1\n\n").arg(m_summary);
    text += Text::tr("Options:") + QLatin1Char('\n');
    qsizetype width = 0;
    for (const QCommandLineOption &option : m_options)
        width = std::max(width, optionLabel(option).size());
    for (const QCommandLineOption &option : m_options) {
        text += QStringLiteral("  %1  %2\n").arg(optionLabel(option).leftJustified(width), option.description()
            .replace(QLatin1Char('\n'), QLatin1Char('\n') + QString(width + 4, QLatin1Char(' '))));
    }
    for (const QString &note : m_notes)
        text += QLatin1Char('\n') + note + QLatin1Char('\n');
    if (!m_examples.isEmpty())
        text += QLatin1Char('\n') + Text::tr("Examples:") + QLatin1Char('\n');
    for (const auto &[command, meaning] : m_examples)
        text += QStringLiteral("  %1\n      %2\n").arg(command, meaning);
    return text + QLatin1Char('\n') + exitStatusText();
}

bool wantsJson(const QStringList &arguments)
{
    return arguments.contains(QStringLiteral("--json"));
}

int refuseUsage(const QString &command, const QString &message, bool json)
{
    const QString program = QStringLiteral("sluicectl %1").arg(command).trimmed();
    const QString help = Text::tr("Try `%1 --help`.").arg(program);
    if (json) {
        printError(Error(Error::Kind::InvalidInput, QStringLiteral("%1: %2").arg(program, message)).withAdvice(help), true);
    } else {
        writeErr(QStringLiteral("%1: %2").arg(program, message));
        writeErr(help);
    }
    return ExitUsage;
}

int CommandLine::refuse(const QString &message) const
{
    return refuseUsage(m_name, message, m_wantsJson);
}

std::optional<int> CommandLine::parse(const QStringList &arguments, qsizetype minimum, qsizetype maximum)
{
    m_wantsJson = wantsJson(arguments);
    const bool understood = m_parser->parse(QStringList(QStringLiteral("sluicectl")) + ShortValues(m_options).apart(arguments));
    if (m_parser->isSet(QStringLiteral("help"))) {
        writeOut(helpText().toUtf8());
        return ExitOk;
    }
    if (!understood) {
        const QStringList unknown = m_parser->unknownOptionNames();
        if (unknown.isEmpty())
            return refuse(m_parser->errorText());
        QStringList known;
        for (const QCommandLineOption &option : m_options)
            known += option.names();
        const QString near = closest(unknown.first(), known);
        QString message = Text::tr("there is no option --%1.").arg(unknown.first());
        if (!near.isEmpty())
            message += Text::tr(" Did you mean %1%2?")
                           .arg(near.size() == 1 ? QStringLiteral("-") : QStringLiteral("--"), near);
        return refuse(message);
    }
    const qsizetype count = m_parser->positionalArguments().size();
    if (count < minimum)
        return refuse(Text::tr("something is missing; it wants: %1 %2").arg(m_name, m_usage));
    if (count > maximum)
        return refuse(Text::tr("\"%1\" is one argument too many.")
                .arg(m_parser->positionalArguments().at(maximum)));
    return std::nullopt;
}

QUrl CommandLine::httpUrl(const QString &option) const
{
    const QUrl url(value(option), QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (has(option) && (!url.isValid() || !http || url.host().isEmpty() || !url.userInfo().isEmpty()))
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 \"%2\" is not an http or https URL.").arg(option, value(option).left(200)));
    return url;
}

qint64 CommandLine::number(const QString &option, qint64 fallback, qint64 minimum, qint64 maximum) const
{
    if (!has(option))
        return fallback;
    bool isNumber = false;
    const qint64 number = value(option).toLongLong(&isNumber);
    if (!isNumber || number < minimum || number > maximum) {
        throw Error(Error::Kind::InvalidInput,
            Text::tr("--%1 is \"%2\"; a whole number from %3 to %4 is wanted.")
                .arg(option, value(option))
                .arg(minimum)
                .arg(maximum));
    }
    return number;
}

} // namespace sluice::ctl
