#pragma once

class QTextDocument;

namespace sluice::ui {

/// Gives a document that came from Markdown the type scale, distances and code colours of the theme.
void applyMarkdownLook(QTextDocument &document);

} // namespace sluice::ui
