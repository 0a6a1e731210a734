#include "sluice/chat/markdown_block.h"
#include "sluice/chat/markdown_splitter.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;

class TestChatMarkdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesAreCutWhereTheyCanNeverChange_data();
    void piecesAreCutWhereTheyCanNeverChange();
    void piecesDoNotDependOnHowTextArrives();
    void longCodeIsCutAndSaysSo();
    void openCodeIsShownWithoutItsClosingFence();
    void openPieceStaysBounded_data();
    void openPieceStaysBounded();
    void longTableKeepsItsColumns();
    void tableThatAsksForMillionsOfCellsIsText();
    void nestingIsBounded();
    void nothingIsLost();
    void kindsOfItems();
    void runsCoverTheirWords();
    void listsKeepTheirNumbers();
    void tablesBecomeCells();
    void htmlIsShownAsText();
    void entitiesAreDecoded();
    void plainTextReadsWell();
};

namespace {

QList<MarkdownPiece> splitAll(const QString &text, int step = 1 << 20)
{
    MarkdownSplitter splitter;
    QList<MarkdownPiece> pieces;
    for (qsizetype i = 0; i < text.size(); i += step)
        pieces += splitter.append(QStringView(text).mid(i, step));
    pieces += splitter.finish();
    return pieces;
}

QStringList texts(const QList<MarkdownPiece> &pieces)
{
    QStringList list;
    for (const MarkdownPiece &piece : pieces)
        list << (piece.kind == MarkdownPiece::Kind::Code ? QStringLiteral("[%1]").arg(piece.language) : QString()) + piece.text;
    return list;
}

QList<MarkdownItem> itemsOf(const QString &text)
{
    MarkdownPiece piece;
    piece.text = text;
    return parseMarkdown(piece);
}

const QString sample = QStringLiteral(
    "# Title\nIntro *text* with\na second line.\n\n- one\n- two\n  more of two\n\n  still two\n- three\n\nPara.\n\n"
    "```cpp\nint x;\n\n- no list\n```\nafter\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n> more\n\n1. first\n"
    "   ```sh\n   ls\n\n   ```\n2. second\n\n---\n\nend\nSetext\n------\nlast");

} // namespace

void TestChatMarkdown::piecesAreCutWhereTheyCanNeverChange_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("pieces");
    const auto row = [](const char *name, const char *text, const QStringList &pieces) {
        QTest::newRow(name) << QString::fromUtf8(text) << pieces;
    };
    row("paragraphs", "a\nb\n\nc\n\n\nd", {"a\nb", "c", "d"});
    row("heading ends itself", "# h\ntext", {"# h", "text"});
    row("heading interrupts", "text\n## h\nmore", {"text", "## h", "more"});
    row("hash without a blank is text", "text\n#tag", {"text\n#tag"});
    row("each list item", "- a\n- b\n- c", {"- a", "- b", "- c"});
    row("nested items stay", "- a\n  - b\n  - c\n- d", {"- a\n  - b\n  - c", "- d"});
    row("lazy line stays", "- a\nlazy\n- b", {"- a\nlazy", "- b"});
    row("list paragraph stays", "- a\n\n  more\n\nout", {"- a\n\n  more", "out"});
    row("numbers", "1. a\n2. b\n\n10. c", {"1. a", "2. b", "10. c"});
    row("number inside text", "In\n1984. It was", {"In\n1984. It was"});
    row("code", "```py\nx = 1\n\n# no heading\n```\nt", {"[py]x = 1\n\n# no heading", "t"});
    row("tilde fence", "~~~\n```\n~~~", {"[]```"});
    row("longer fence", "````\n```\n````", {"[]```"});
    row("unclosed code", "```\na\nb", {"[]a\nb"});
    row("empty code", "```\n```", {"[]"});
    row("fence with info", "```c++ title=x\na\n```", {"[c++]a"});
    row("inline code is no fence", "```a``` b\n\nc", {"```a``` b", "c"});
    row("fence in a list item", "- a\n  ```\n  - x\n\n  y\n  ```\n- b", {"- a\n  ```\n  - x\n\n  y\n  ```", "- b"});
    row("quote", "> a\n> b\n\n> c", {"> a\n> b", "> c"});
    row("rule", "a\n\n---\n\nb", {"a", "---", "b"});
    row("setext heading", "a\n---\nb", {"a\n---\nb"});
    row("star rule interrupts", "a\n***\nb", {"a", "***", "b"});
    row("indented code", "    a\n\n    b\n\nc", {"    a\n\n    b", "c"});
    row("carriage returns", "a\r\n\r\nb\r\n", {"a", "b"});
    row("blank only", "\n \n\n", {});
}

void TestChatMarkdown::piecesAreCutWhereTheyCanNeverChange()
{
    QFETCH(QString, text);
    QFETCH(QStringList, pieces);
    QCOMPARE(texts(splitAll(text)), pieces);
}

void TestChatMarkdown::piecesDoNotDependOnHowTextArrives()
{
    const QList<MarkdownPiece> whole = splitAll(sample);
    QVERIFY(whole.size() > 12);
    for (const int step : {1, 2, 3, 5, 7, 11, 64})
        QCOMPARE(texts(splitAll(sample, step)), texts(whole));
}

void TestChatMarkdown::longCodeIsCutAndSaysSo()
{
    QString code = QStringLiteral("```rust\n");
    for (int i = 0; i < 100; ++i)
        code += QStringLiteral("line %1\n").arg(i);
    code += QStringLiteral("```\n");
    const QList<MarkdownPiece> pieces = splitAll(code, 13);
    QCOMPARE(pieces.size(), 3);
    QVERIFY(pieces[0].opens && !pieces[0].closes);
    QVERIFY(!pieces[1].opens && !pieces[1].closes);
    QVERIFY(!pieces[2].opens && pieces[2].closes);
    for (const MarkdownPiece &piece : pieces) {
        QCOMPARE(piece.kind, MarkdownPiece::Kind::Code);
        QCOMPARE(piece.language, QStringLiteral("rust"));
    }
    QVERIFY(pieces[2].text.endsWith(QLatin1String("line 99")));
}

void TestChatMarkdown::openCodeIsShownWithoutItsClosingFence()
{
    MarkdownSplitter splitter;
    QVERIFY(splitter.append(u"```js\nlet a;\n``").isEmpty());
    QCOMPARE(splitter.open().kind, MarkdownPiece::Kind::Code);
    QCOMPARE(splitter.open().text, QStringLiteral("let a;"));
    QCOMPARE(splitter.append(u"`\n").size(), 1);
    QCOMPARE(splitter.open().text, QString());
}

void TestChatMarkdown::openPieceStaysBounded_data()
{
    QTest::addColumn<QString>("unit");
    QTest::newRow("one endless line") << "word ";
    QTest::newRow("no blanks") << "x";
    QTest::newRow("one endless paragraph") << "a line of words\n";
    QTest::newRow("code") << "    code\n";
    QTest::newRow("nested list") << "  - nested\n";
    QTest::newRow("quote") << "> q\n";
    QTest::newRow("table") << "| a | b |\n|---|---|\n";
    QTest::newRow("table line without end") << "| a ";
}

void TestChatMarkdown::openPieceStaysBounded()
{
    QFETCH(QString, unit);
    MarkdownSplitter splitter;
    qsizetype largest = 0;
    for (int i = 0; i < 40000; ++i) {
        (void)splitter.append(unit);
        largest = std::max(largest, splitter.open().text.size());
    }
    QVERIFY2(largest <= MarkdownSplitter::maxPiece + unit.size(), qPrintable(QString::number(largest)));
}

void TestChatMarkdown::longTableKeepsItsColumns()
{
    QString text = QStringLiteral("| name | value |\n|:--|--:|\n");
    for (int i = 0; i < 1000; ++i)
        text += QStringLiteral("| row %1 | %1 |\n").arg(i);
    const QList<MarkdownPiece> pieces = splitAll(text + QStringLiteral("\nafter"), 7);
    QVERIFY(pieces.size() > 3);
    int rows = 0;
    int headers = 0;
    for (const MarkdownPiece &piece : pieces) {
        const QList<MarkdownItem> items = parseMarkdown(piece);
        for (const MarkdownItem &item : items) {
            headers += item.headerCell ? 1 : 0;
            rows += item.kind == MarkdownItem::Kind::Cell && !item.headerCell && item.column == 1 ? 1 : 0;
            if (item.kind == MarkdownItem::Kind::Cell && item.column == 1)
                QCOMPARE(item.align, Qt::AlignRight);
        }
    }
    QCOMPARE(rows, 1000);
    QCOMPARE(headers, 2);
    QCOMPARE(pieces.last().text, QStringLiteral("after"));
}

void TestChatMarkdown::tableThatAsksForMillionsOfCellsIsText()
{
    const QString text = QString(2000, u'|') + u'\n' + QStringLiteral("|-").repeated(1999) + QStringLiteral("|\n") + QStringLiteral("|\n").repeated(900);
    const QList<MarkdownItem> items = itemsOf(text);
    QVERIFY2(items.size() <= 3001, qPrintable(QString::number(items.size())));
}

void TestChatMarkdown::nestingIsBounded()
{
    for (const MarkdownItem &item : itemsOf(QStringLiteral(">").repeated(2000) + QStringLiteral(" deep")))
        QVERIFY(item.quote <= 10);
    QString list;
    for (int i = 0; i < 60; ++i)
        list += QString(i * 2, u' ') + QStringLiteral("- x\n");
    for (const MarkdownItem &item : itemsOf(list))
        QVERIFY(item.indent <= 10);
}

void TestChatMarkdown::nothingIsLost()
{
    // Whatever is not markup of the splitter's own (fences, line ends) comes out again.
    QString in;
    for (int i = 0; i < 3000; ++i)
        in += QStringLiteral("w%1%2").arg(i).arg(QChar(i % 17 == 0 ? u'\n' : u' '));
    const QString out = texts(splitAll(in, 9)).join(u' ');
    QCOMPARE(out.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts),
        in.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts));
}

void TestChatMarkdown::kindsOfItems()
{
    QCOMPARE(itemsOf(QStringLiteral("## h")).first().kind, MarkdownItem::Kind::Heading);
    QCOMPARE(itemsOf(QStringLiteral("## h")).first().level, 2);
    QCOMPARE(itemsOf(QStringLiteral("***")).first().kind, MarkdownItem::Kind::Rule);
    QCOMPARE(itemsOf(QStringLiteral("> q")).first().quote, 1);
    const QList<MarkdownItem> nested = itemsOf(QStringLiteral("- a\n  - b"));
    QCOMPARE(nested.size(), 2);
    QCOMPARE(nested[0].indent, 1);
    QCOMPARE(nested[1].indent, 2);
    QCOMPARE(itemsOf(QStringLiteral("- [x] done")).first().marker, QStringLiteral("☑"));
    QVERIFY(itemsOf(QString()).isEmpty());
}

void TestChatMarkdown::runsCoverTheirWords()
{
    const MarkdownItem item = itemsOf(QStringLiteral("a **b *c*** `d` [e](https://x) ~~f~~")).first();
    QCOMPARE(item.text, QStringLiteral("a b c d e f"));
    const QList<MarkdownRun> wanted{{2, 2, MarkdownRun::Bold, -1}, {4, 1, MarkdownRun::Bold | MarkdownRun::Italic, -1},
        {6, 1, MarkdownRun::Code, -1}, {8, 1, MarkdownRun::Link, 0}, {10, 1, MarkdownRun::Strike, -1}};
    QCOMPARE(item.runs, wanted);
    QCOMPARE(item.links, QStringList{QStringLiteral("https://x")});
}

void TestChatMarkdown::listsKeepTheirNumbers()
{
    QCOMPARE(itemsOf(QStringLiteral("7. seven")).first().marker, QStringLiteral("7."));
    QCOMPARE(itemsOf(QStringLiteral("3) three")).first().marker, QStringLiteral("3)"));
}

void TestChatMarkdown::tablesBecomeCells()
{
    const QList<MarkdownItem> items = itemsOf(QStringLiteral("| a | b |\n|:--|--:|\n| 1 | **2** |\n| 3 | 4 |"));
    QCOMPARE(items.size(), 6);
    QVERIFY(items[0].headerCell && !items[2].headerCell);
    QCOMPARE(items[3].row, 1);
    QCOMPARE(items[3].column, 1);
    QCOMPARE(items[3].align, Qt::AlignRight);
    QCOMPARE(items[3].text, QStringLiteral("2"));
}

void TestChatMarkdown::htmlIsShownAsText()
{
    const QString text = QStringLiteral("<script>alert(1)</script> <b>x</b>");
    QCOMPARE(itemsOf(text).first().text, text);
    QCOMPARE(itemsOf(QStringLiteral("![pic](https://x/y.png)")).first().text, QStringLiteral("pic https://x/y.png"));
}

void TestChatMarkdown::entitiesAreDecoded()
{
    QCOMPARE(itemsOf(QStringLiteral("&lt;a&gt; &amp; &#65;&#x42; &#xD800; &unknown;")).first().text,
        QStringLiteral("<a> & AB \uFFFD &unknown;"));
}

void TestChatMarkdown::plainTextReadsWell()
{
    QCOMPARE(plainText(itemsOf(QStringLiteral("- a\n  1. b"))), QStringLiteral("• a\n  1. b"));
    QCOMPARE(plainText(itemsOf(QStringLiteral("| a | b |\n|---|---|\n| 1 | 2 |"))), QStringLiteral("a\tb\n1\t2"));
}

QTEST_APPLESS_MAIN(TestChatMarkdown)
#include "tst_chat_markdown.moc"
