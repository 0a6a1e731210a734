#include "command_words.h"

#include "text.h"

namespace sluice::ctl {

QCoro::Task<int> runWord(CommandLine *line, QList<CommandWord> words, QStringList arguments)
{
    const bool json = wantsJson(arguments);
    line->setWantsJson(json);
    // In front of the word it means what it means behind it.
    while (!arguments.isEmpty() && arguments.first() == QLatin1String("--json"))
        arguments.removeFirst();
    if (json && !wantsJson(arguments) && !arguments.isEmpty())
        arguments.append(QStringLiteral("--json"));
    const QString given = arguments.isEmpty() ? QString() : arguments.takeFirst();
    QStringList names;
    for (const CommandWord &word : words) {
        if (given == QLatin1String(word.name)) {
            QCoro::Task<int> running = word.run(arguments); // named before the co_await: DESIGN.md 3
            co_return co_await running;
        }
        names.append(QLatin1String(word.name));
    }
    if (given == QLatin1String("--help") || given == QLatin1String("-h") || given == QLatin1String("help")) {
        writeOut(line->helpText().toUtf8());
        co_return ExitOk;
    }
    const QString all = names.join(QStringLiteral(", "));
    if (given.isEmpty())
        co_return line->refuse(Text::tr("say what: %1.").arg(all));
    const QString near = closest(given, names);
    co_return line->refuse(near.isEmpty() ? Text::tr("there is no \"%1\"; there is: %2.").arg(given, all) : Text::tr("there is no \"%1\". Did you mean \"%2\"?").arg(given, near));
}

} // namespace sluice::ctl
