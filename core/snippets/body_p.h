#pragma once

#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/snippet.h"

namespace sluice::detail {

/// A string of the input that does not stand in the code: it is read when the code runs.
struct Hole {
    enum class Kind {
        File,     ///< base64 of a file's bytes, after `prefix`
        Variable, ///< a secret: the value of an environment variable
    };
    Kind kind = Kind::File;
    QString marker;   ///< stands for the value in Body::json; occurs nowhere else
    QString name;     ///< a variable's name that every language allows, e.g. "image_file"
    QString source;   ///< the file's name, or the environment variable's
    QString prefix;   ///< "data:image/png;base64," or empty
    QByteArray bytes; ///< the file's content
    bool isJson = false; ///< a Variable that is no text: its value is JSON
    bool byName = false; ///< a Variable that only its name gave away
    bool cleaned = false; ///< the File on disk has more in it than `bytes`
};

/// The input of a call, ready to be written: long base64 and secrets are holes (client-sdk.md 6.4).
struct Body {
    Json json;
    QList<Hole> holes;

    /// `files`: JSON pointers of values that are files however small they are.
    [[nodiscard]] static Body from(const SnippetContext &context, const QStringList &files = {});

    [[nodiscard]] const Hole *hole(const QString &marker) const;
    /// For the literal writers: `code(hole)` in place of a marker.
    [[nodiscard]] Substitute substitute(std::function<QString(const Hole &)> code) const;
    [[nodiscard]] bool has(Hole::Kind kind) const;
    /// Whether some variable's value is JSON.
    [[nodiscard]] bool readsJson() const;

    /// JSON text cut at its holes. A file's prefix stands in the text before it, its quotes too; a variable's quotes are
    /// the variable's own business, since its value must be escaped.
    struct Piece {
        QString text;
        const Hole *hole = nullptr;
    };
    [[nodiscard]] QList<Piece> cut(const QString &jsonText) const;

    [[nodiscard]] QList<SnippetFile> files() const;
    [[nodiscard]] QList<SnippetVariable> variables() const;
};

} // namespace sluice::detail
