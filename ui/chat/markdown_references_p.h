#pragma once

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>
#include <QtCore/QString>

namespace sluice::ui {

/// The link definitions ("[1]: https://…") of one answer, wherever they stand, and which pieces wait for them.
///
/// A piece is parsed on its own, so what it refers to is handed to it. Each character is looked at once; the labels of a
/// piece and the definitions of an answer are bounded.
class MarkdownReferences {
public:
    struct Definition {
        QString label;  ///< as it was written
        QString source; ///< the whole line, without what stands before the bracket
        QString target;
    };

    /// Takes note of complete piece `index`; gives the earlier pieces that look different now.
    QList<int> take(int index, const QString &source);
    /// Lines that define what `source` refers to and does not define itself; to be parsed behind it.
    [[nodiscard]] QString definitionsFor(const QString &source) const;
    /// The definitions in `source` that nothing in the answer refers to so far.
    [[nodiscard]] QList<Definition> unusedIn(const QString &source) const;

private:
    static constexpr qsizetype mostLabels = 64;
    static constexpr qsizetype mostDefinitions = 2000;

    QHash<QString, Definition> m_known;   ///< by normalized label; the first one counts
    QHash<QString, QList<int>> m_waiting; ///< pieces that use a label, and the one that defines it
    QHash<QString, int> m_definedIn;
    QSet<QString> m_used;
};

} // namespace sluice::ui
