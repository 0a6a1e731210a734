#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <functional>

namespace sluice::sandbox {

/// A piece of documentation that makes sense by itself: some blocks of one section.
struct Passage {
    QString document;     ///< path in the project, "docs/protocols/byoc.md"
    QString title;        ///< the document's first heading
    QStringList headings; ///< of the section, outermost first, without the title
    QString text;         ///< Markdown; a split table repeats its head

    [[nodiscard]] QString heading() const { return headings.isEmpty() ? title : headings.join(QStringLiteral(" › ")); }
    bool operator==(const Passage &) const = default;
};

/// Splits Markdown at its headings, and long sections at paragraphs, list items, code blocks and table rows. Pure.
[[nodiscard]] QList<Passage> splitMarkdown(const QString &document, const QString &markdown);

/// A shorter table: its head and the rows for which `wanted` says true, or the first ones when there are none. Text around the
/// table stays. Pure.
[[nodiscard]] QString withRows(const QString &markdown, int mostRows, const std::function<bool(const QString &)> &wanted);

} // namespace sluice::sandbox
