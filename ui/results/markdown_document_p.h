#pragma once

#include <QtCore/QString>

class QTextDocument;

namespace sluice::ui {

/// Fills `document` with the Markdown `text`, read as the chat reads it and dressed in the theme. No markup of the text
/// reaches the document: pictures are addresses, HTML is text. Bounded.
void fillFromMarkdown(QTextDocument &document, const QString &text);

} // namespace sluice::ui
