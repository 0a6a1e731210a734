#include "sluice/results/markdown_look_p.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>

namespace sluice::ui {

namespace {

Theme::Type headingType(int level)
{
    return level == 1 ? Theme::Type::Title20 : level == 2 ? Theme::Type::Heading15 : Theme::Type::BodyStrong13;
}

/// Qt writes sizes relative to the widget's font into headings; the scale has fixed ones.
void setFontOf(const QTextBlock &block, const QFont &font)
{
    struct Part {
        int position;
        int length;
        QTextCharFormat format;
    };
    QList<Part> parts; // gathered first: changing formats moves the iterator's ground
    for (auto it = block.begin(); !it.atEnd(); ++it)
        parts.append({it.fragment().position(), it.fragment().length(), it.fragment().charFormat()});
    for (Part &part : parts) {
        part.format.clearProperty(QTextFormat::FontSizeAdjustment);
        part.format.setFont(font, QTextCharFormat::FontPropertiesSpecifiedOnly);
        QTextCursor cursor(block);
        cursor.setPosition(part.position);
        cursor.setPosition(part.position + part.length, QTextCursor::KeepAnchor);
        cursor.setCharFormat(part.format);
    }
}

} // namespace

void applyMarkdownLook(QTextDocument &document)
{
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool code = format.hasProperty(QTextFormat::BlockCodeFence) || format.hasProperty(QTextFormat::BlockCodeLanguage);
        const bool codeBefore = block.previous().isValid() && block.previous().blockFormat().hasProperty(QTextFormat::BlockCodeFence);
        if (format.headingLevel() > 0) {
            setFontOf(block, Theme::font(headingType(format.headingLevel())));
            format.setTopMargin(block.blockNumber() == 0 ? 0 : space::Two);
            format.setBottomMargin(space::Half);
        } else if (code) {
            setFontOf(block, Theme::font(Theme::Type::Mono));
            format.setBackground(Theme::color(Theme::Role::CodeBackground));
            format.setTopMargin(codeBefore ? 0 : space::One);
        } else {
            format.setTopMargin(block.textList() ? space::Half / 2 : space::One);
            format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        }
        QTextCursor at(block);
        at.setBlockFormat(format);
    }
    cursor.endEditBlock();
}

} // namespace sluice::ui
