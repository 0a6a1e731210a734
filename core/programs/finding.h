#pragma once

#include "sluice/base/error.h"

#include <QtCore/QFuture>
#include <QtCore/QStringList>
#include <QtCore/QVersionNumber>

#include <variant>

namespace sluice::programs {

/// What runs a piece of code on this machine.
enum class Language { None, Bash, Node, Python };

/// What a piece of code needs of the machine that runs it.
struct Need {
    Language language = Language::None; ///< None: it has to be built first
    QVersionNumber least;               ///< of the interpreter; null: any
    QString module;                     ///< that it imports from a registry: of Python as it is imported, of Node as it is installed; empty: none
    QString install;                    ///< the command's arguments that install it: `"livepeer-gateway>=1.0.0"`
    QStringList beside;                 ///< programs that it calls: curl, sluicectl
    bool operator==(const Need &) const = default;
};

/// A program that satisfies a Need.
struct Interpreter {
    QString path;
    QString version; ///< "3.12.1"; empty where nobody asked
    bool operator==(const Interpreter &) const = default;
};

/// Either, because a QFuture has no room for a failure that is an answer.
using Found = std::variant<Interpreter, Error>;

/// Where to look.
struct Places {
    QStringList path;   ///< folders, in order
    QStringList first;  ///< programs that go before those of `path`: chosen by a person, or of an environment of their own
    QStringList later;  ///< programs that go after them
    bool operator==(const Places &) const = default;

    /// $PATH and the folder of this program; for Python $SLUICE_PYTHON, $VIRTUAL_ENV and the `python` folder of Sluice's data before it, and
    /// pyenv's versions after it.
    [[nodiscard]] static Places ofThisMachine();
};

/// The folder of Sluice's data in which a virtual environment is looked for.
[[nodiscard]] QString ownPythonFolder();

/// The first that satisfies the need; else Config with what is missing, and what to install as advice. Starts candidates to ask for their
/// version and module, a few seconds each at most: not on the GUI thread.
[[nodiscard]] Found findNow(const Need &need, const Places &places);
/// The same on a thread of its own. An answer is kept for some seconds.
[[nodiscard]] QFuture<Found> find(const Need &need, const Places &places = Places::ofThisMachine());

} // namespace sluice::programs
