#pragma once

#include <QtGui/QTextLayout>

namespace sluice::ui {

/// Colours for a piece of code by what most languages share: comments, strings, numbers, common keywords.
/// Works on each piece alone, so it costs the same wherever in an answer the code stands.
[[nodiscard]] QList<QTextLayout::FormatRange> codeColors(const QString &code, const QString &language);

} // namespace sluice::ui
