#pragma once

#include "sluice/snippets/body_p.h"

/// Pieces of code that calls of every backend have, by language.
namespace sluice::detail {

/// The names of those that must be set, and the lines of a shell that say so where one is not.
[[nodiscard]] QStringList requiredNames(const QList<SnippetVariable> &environment);
[[nodiscard]] QStringList shellNeeds(const QList<SnippetVariable> &environment);
/// A variable for each file of the body, and a look whether it can be read.
[[nodiscard]] QStringList shellFiles(const Body &body);
/// The shell function `body` that prints the request's body.
[[nodiscard]] QStringList shellBody(const Body &body);

/// Runs curl and prints the data of its events, up to the end of the stream. `cases`: what else of a line there is. `atEnd`: a command for whatever end.
[[nodiscard]] QStringList shellStreaming(const QString &command, const QStringList &cases = {}, const QString &atEnd = {});

/// "image_file" as "imageFile".
[[nodiscard]] QString camel(const QString &name);
/// The function `need` that reads a variable of the environment.
[[nodiscard]] QStringList javascriptNeed();
/// The expression for a hole.
[[nodiscard]] QString javascriptHole(const Hole &hole);
/// A constant for the name of each file of the body.
[[nodiscard]] QStringList javascriptFiles(const Body &body);
/// The same and the constant `body`, the request's body as text.
[[nodiscard]] QStringList javascriptBody(const Body &body);

/// Prints what comes as events in `response`, up to the end of the stream: of a chat its words, of others the data of each.
[[nodiscard]] QStringList javascriptStreaming(bool chat);
/// A constant for the name of each file of the body.
[[nodiscard]] QStringList pythonFiles(const Body &body);

/// A program for this library.
struct CppProgram {
    QString comment;                ///< what it is for, behind the library's name
    QStringList includes;           ///< of the house: "gateway/gateway.h"
    QStringList qtIncludes;         ///< beside what every program has
    Body body;
    QStringList required;           ///< variables of the environment that must be set
    QList<SnippetVariable> environment;
    QStringList call;               ///< makes `call`, all but its input
    QStringList gateway;            ///< makes `gateway`
    QStringList reading;            ///< what is done with it, up to the event loop
};
[[nodiscard]] Snippet cppProgram(const CppProgram &program, const QString &version);
/// The lines that make `call`, all but its input.
[[nodiscard]] QStringList cppCall(const Call &call, qint64 timeout, bool namesBackend);
[[nodiscard]] QStringList cppRunning();
[[nodiscard]] QStringList cppStreaming();

} // namespace sluice::detail
