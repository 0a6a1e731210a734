#pragma once

#include "sluice/base/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTimer>

#include <optional>

namespace sluice::ctl {

/// Standard output, with errors of writing and the end of its reader noticed. One per program, made by main().
class Output final : public QObject {
    Q_OBJECT
public:
    explicit Output(QObject *parent = nullptr);
    ~Output() override;
    static Output &instance();

    /// To a terminal as visibleText(), to anything else as they are. After a failure nothing more is written.
    void write(const QByteArray &bytes);
    /// Why it cannot be written; nothing while all is well. Storage.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    /// For commands that go on for long: notices a reader that goes away also while there is nothing to write.
    void watchReader();

Q_SIGNALS:
    /// A pipe's other end is closed; once, from the event loop.
    void readerGone();

private:
    void fail(int error);
    QTimer m_look;
    std::optional<Error> m_failure;
};

/// Writes a command's result to standard output.
void writeOut(const QByteArray &bytes);
/// Text for people on standard output: lists, descriptions. Words of others in it are no commands to a terminal, piped or not.
void writeText(const QString &text);
/// A line for people on standard error, made harmless in the same way.
void writeErr(const QString &line);
/// A piece of such a line, for what comes bit by bit.
void writeErrPiece(const QString &piece);

/// Throws when standard output could not be written, with advice on where what was to be written still is.
void requireOutput(const QString &advice = {});

} // namespace sluice::ctl
