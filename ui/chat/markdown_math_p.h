#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QStringView>

namespace sluice::ui {

/// Formulas in Markdown: \(…\), \[…\], $…$, $$…$$ and \begin{…}…\end{…}. Markdown would take their backslashes,
/// stars and underscores for its own, so they are taken out before it is parsed and put back afterwards, letter by letter.
///
/// "$5 and $10" are prices: a single dollar opens a formula only before a character that is no blank, and closes one
/// only after such a character and before none that is a letter or digit.
class MarkdownMath {
public:
    /// `source` with a mark in place of each formula; formulas in code stay where they are. Looks at each character a
    /// bounded number of times.
    [[nodiscard]] QString takeOut(const QString &source);

    struct Part {
        QString text;
        bool math = false;
    };
    /// `text` in parts, with the formulas back in their places.
    [[nodiscard]] QList<Part> putBack(const QString &text) const;
    /// The same as one text, for addresses.
    [[nodiscard]] QString restored(const QString &text) const;

    /// The words that close what begins at the start of this line ("\]", "$$", "\end{align}"), when the line does not
    /// close it itself; empty otherwise.
    [[nodiscard]] static QString closerOfLine(QStringView trimmed);

private:
    QStringList m_formulas;
};

} // namespace sluice::ui
