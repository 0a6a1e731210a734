#pragma once

#include "exit_code.h"
#include "output.h"

#include "sluice/base/secret.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <memory>
#include <optional>

namespace sluice::ctl {

/// One subcommand's command line: its options, the help that teaches it, and errors that suggest.
class CommandLine {
public:
    /// `usage` is what follows the name, e.g. "NAME [options]".
    CommandLine(QString name, QString usage, QString summary);

    void addOption(const QStringList &names, const QString &description, const QString &valueName = {});
    /// `--json`, which every subcommand has.
    void addJson();
    /// A paragraph below the options.
    void addNote(const QString &text);
    void addExample(const QString &command, const QString &meaning);

    /// Parses what follows the subcommand's name; the value of a short option may be attached ("-n5"). Nothing when the command should go on, else the exit code after
    /// help or a message was printed. `minimum` and `maximum` bound the positional arguments.
    [[nodiscard]] std::optional<int> parse(const QStringList &arguments, qsizetype minimum, qsizetype maximum);

    /// False also of an option that this command does not have.
    [[nodiscard]] bool has(const QString &option) const;
    [[nodiscard]] QString value(const QString &option) const { return m_parser->value(option); }
    [[nodiscard]] QStringList values(const QString &option) const { return m_parser->values(option); }
    [[nodiscard]] QStringList arguments() const { return m_parser->positionalArguments(); }
    [[nodiscard]] bool json() const { return m_parser->isSet(QStringLiteral("json")); }

    /// The http or https address of an option, without a user name in it; empty when the option is absent. InvalidInput names the option.
    [[nodiscard]] QUrl httpUrl(const QString &option) const;
    /// A whole number in [minimum, maximum], or `fallback` when the option is absent. InvalidInput names the option.
    [[nodiscard]] qint64 number(const QString &option, qint64 fallback, qint64 minimum, qint64 maximum) const;
    [[nodiscard]] QString helpText() const;
    /// How refuse() prints what parse() was not reached for.
    void setWantsJson(bool wants) { m_wantsJson = wants; }
    /// refuseUsage() of this command, as JSON where the arguments ask for it.
    int refuse(const QString &message) const;

private:
    bool m_wantsJson = false;
    QString m_name;
    QString m_usage;
    QString m_summary;
    QStringList m_notes;
    QList<std::pair<QString, QString>> m_examples;
    QList<QCommandLineOption> m_options;
    std::unique_ptr<QCommandLineParser> m_parser = std::make_unique<QCommandLineParser>();
};

/// Whether arguments that were not parsed ask for JSON.
[[nodiscard]] bool wantsJson(const QStringList &arguments);
/// Prints what is wrong with a command line and where help is, for people or as an error in JSON; gives ExitUsage. `command`: the words behind
/// the program's name, or nothing.
int refuseUsage(const QString &command, const QString &message, bool json);

/// What the exit status says (exit_code.h), as helps end with it.
[[nodiscard]] QString exitStatusText();

/// The environment variable that --`option` named; Config when it is not set.
[[nodiscard]] Secret variableNamed(const QString &name, const QString &option);

/// The known word that is closest to `word`, or empty when none is near.
[[nodiscard]] QString closest(const QString &word, const QStringList &known);

} // namespace sluice::ctl
