#include "sluice/chat/block_layout_p.h"
#include "sluice/chat/chat_document_p.h"
#include "sluice/chat/markdown_block.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace sluice;
using namespace sluice::ui;

namespace {

/// A whole text at once: split, its references followed, parsed.
QList<MarkdownItem> parseMarkdownText(const QString &text)
{
    MarkdownSplitter splitter;
    QList<MarkdownPiece> pieces = splitter.append(text);
    pieces += splitter.finish();
    MarkdownReferences references;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        if (pieces[i].kind == MarkdownPiece::Kind::Markdown)
            references.take(int(i), pieces[i].text);
    }
    QList<MarkdownItem> items;
    for (const MarkdownPiece &piece : std::as_const(pieces))
        items += parseMarkdown(piece, &references);
    return items;
}

QString words(const QString &text)
{
    return plainText(parseMarkdownText(text));
}

QStringList linksOf(const QList<MarkdownItem> &items)
{
    QStringList links;
    for (const MarkdownItem &item : items) {
        for (const MarkdownRun &run : item.runs) {
            if (run.link >= 0)
                links << item.text.mid(run.start, run.length) + QStringLiteral(" -> ") + item.links.value(run.link);
        }
    }
    return links;
}

QStringList formulas(const QList<MarkdownItem> &items)
{
    QStringList found;
    for (const MarkdownItem &item : items) {
        for (const MarkdownRun &run : item.runs) {
            if ((run.flags & MarkdownRun::Math) != 0)
                found << item.text.mid(run.start, run.length);
        }
    }
    return found;
}

/// What the chat shows of an answer that came in steps of `step` characters.
QList<MarkdownItem> streamed(const QString &text, int step)
{
    ChatDocument document;
    ChatTurn turn;
    turn.role = ChatTurn::Role::Assistant;
    turn.state = ChatTurn::State::Streaming;
    document.addTurn(turn);
    for (qsizetype i = 0; i < text.size(); i += step)
        document.append(text.mid(i, step));
    document.finishLast();
    document.prepare(0, 1e6);
    QList<MarkdownItem> items;
    for (const ChatDocument::Piece &piece : document.turn(0).pieces)
        items += piece.layout->items();
    return items;
}

const QString arabic = QStringLiteral("\u0645\u0631\u062d\u0628\u0627 English \u0648 123");

} // namespace

class TestChatRemoteText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }

    void formulasKeepTheirSource_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const char *text, const QStringList &expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << expected;
        };
        row("round brackets", R"(The roots are \( x = \frac{-b \pm \sqrt{b^2-4ac}}{2a} \) and)", {R"(\( x = \frac{-b \pm \sqrt{b^2-4ac}}{2a} \))"});
        row("square brackets over lines", "\\[\n\\begin{matrix} a_1 & b_1 \\\\ c_1 & d_1 \\end{matrix}\n\\]",
            {"\\[\n\\begin{matrix} a_1 & b_1 \\\\ c_1 & d_1 \\end{matrix}\n\\]"});
        row("dollars", R"(Inline $a_1 * b_1 * c$ and $$\int_0^1 x\,dx \; \{1\}$$ done. It costs $5 and $10.)",
            {"$a_1 * b_1 * c$", R"($$\int_0^1 x\,dx \; \{1\}$$)"});
        row("an environment", "See\n\\begin{align*}\na &= b \\\\\n- c &= d\n\\end{align*}\nthere", {"\\begin{align*}\na &= b \\\\\n- c &= d\n\\end{align*}"});
        row("lines that look like lists and headings", "\\[\n- x\n= y\n# z\n\\]\nafter", {"\\[\n- x\n= y\n# z\n\\]"});
        row("in a list", "- first $x_1$\n- second \\(y_2\\)", {"$x_1$", R"(\(y_2\))"});
        row("in a cell, with a bar", "| a |\n|---|\n| $|x|_2$ |", {"$|x|_2$"});
        row("in emphasis", "*$a*b$*", {"$a*b$"});
        row("prices", "It costs $5 and $10, or US$20 to US$30, $5/$10, or $1 (about 1$) or so", {});
        row("shell words", "Set $HOME and $PATH, or $HOME/$USER", {});
        row("in code", "`$x$` and `\\(y\\)`", {});
        row("escaped", R"(\$x\$)", {});
        row("never closed", R"(\( x and $y)", {});
    }
    void formulasKeepTheirSource()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        QCOMPARE(formulas(parseMarkdownText(text)), expected);
        for (const int step : {1, 7, 1000}) {
            const QList<MarkdownItem> items = streamed(text, step);
            QCOMPARE(formulas(items), expected);
            for (const QString &formula : expected)
                QVERIFY(plainText(items).contains(formula));
        }
    }

    void pricesStayAsTheyAre()
    {
        QCOMPARE(words(QStringLiteral("It costs $5 and $10.")), QStringLiteral("It costs $5 and $10."));
        QCOMPARE(words(QStringLiteral("$5-$10, 5$ or 10$")), QStringLiteral("$5-$10, 5$ or 10$"));
    }

    void picturesAreAddressesAndNothingIsFetched_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QStringList>("links");
        const auto row = [](const char *name, const char *text, const char *shown, const QStringList &links) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(shown) << links;
        };
        row("alone", "![](https://cdn.example/out/image-0001.png)", "https://cdn.example/out/image-0001.png",
            {"https://cdn.example/out/image-0001.png -> https://cdn.example/out/image-0001.png"});
        row("with a description", "![A *red* cat](https://cdn.example/cat.png)", "A red cat https://cdn.example/cat.png",
            {"https://cdn.example/cat.png -> https://cdn.example/cat.png"});
        row("by reference", "![cat][c]\n\n[c]: https://cdn.example/c.png", "cat https://cdn.example/c.png", {"https://cdn.example/c.png -> https://cdn.example/c.png"});
        row("a file", "![x](/dev/zero)", "x /dev/zero", {});
        row("a file address", "![](file:///etc/hostname)", "file:///etc/hostname", {});
        row("two in a list", "- ![](https://a.example/1.png)\n- ![b](https://a.example/2.png)",
            "• https://a.example/1.png\n• b https://a.example/2.png",
            {"https://a.example/1.png -> https://a.example/1.png", "https://a.example/2.png -> https://a.example/2.png"});
    }
    void picturesAreAddressesAndNothingIsFetched()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QFETCH(QStringList, links);
        for (const int step : {3, 1000}) {
            const QList<MarkdownItem> items = streamed(text, step);
            QCOMPARE(plainText(items), shown);
            QCOMPARE(linksOf(items), links);
        }
    }

    void anEmbeddedPictureDoesNotFillTheAnswer()
    {
        const QString shown = words(QStringLiteral("![](data:image/png;base64,") + QString(5000, u'A') + u')');
        QVERIFY(shown.startsWith(QLatin1String("data:image/png;base64,AAAA")));
        QVERIFY(shown.size() < 400);
    }

    void referencesAreLinksWhereverTheyAreDefined_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QStringList>("links");
        const auto row = [](const char *name, const char *text, const char *shown, const QStringList &links) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(shown) << links;
        };
        row("later", "See [the docs][1] and [spec].\n\nSecond paragraph with [again][1].\n\n[1]: https://docs.example/guide \"Guide\"\n[spec]: https://spec.example/\n",
            "See the docs and spec.\nSecond paragraph with again.",
            {"the docs -> https://docs.example/guide", "spec -> https://spec.example/", "again -> https://docs.example/guide"});
        row("before", "[a]: https://a.example/\n\nUse [A][] here.", "Use A here.", {"A -> https://a.example/"});
        row("in angle brackets", "[x][y]\n\n[y]: <https://y.example/a b>", "x", {"x -> https://y.example/a b"});
        row("in a list and a cell", "- [one][r]\n\n| h |\n|---|\n| [two][r] |\n\n[r]: https://r.example/", "• one\nh\ntwo",
            {"one -> https://r.example/", "two -> https://r.example/"});
        row("first in a list item, without a reference", "- [one](https://one.example/) and more\n- ![](https://two.example/p.png)\n1. [three](https://three.example/)",
            "• one and more\n• https://two.example/p.png\n1. three",
            {"one -> https://one.example/", "https://two.example/p.png -> https://two.example/p.png", "three -> https://three.example/"});
        row("a bare address in a list", "- https://bare.example/x\n- [ ] [task](https://task.example/)", "• https://bare.example/x\n☐ task",
            {"https://bare.example/x -> https://bare.example/x", "task -> https://task.example/"});
        row("defined in a list", "[k][l]\n\n- item\n\n  [l]: https://l.example/", "k\n• item", {"k -> https://l.example/"});
        row("unused stays", "Text.\n\n[9]: https://nine.example/", "Text.\n[9]: https://nine.example/", {"https://nine.example/ -> https://nine.example/"});
        row("in code it is not used", "`[9]`\n\n[9]: https://nine.example/", "[9]\n[9]: https://nine.example/", {"https://nine.example/ -> https://nine.example/"});
        row("without a definition", "an array[1] and [nothing][n]", "an array[1] and [nothing][n]", {});
    }
    void referencesAreLinksWhereverTheyAreDefined()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QFETCH(QStringList, links);
        for (const int step : {1, 11, 1000}) {
            const QList<MarkdownItem> items = streamed(text, step);
            QCOMPARE(plainText(items), shown);
            QCOMPARE(linksOf(items), links);
        }
    }

    void entitiesOfHtmlAndLineBreaks_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *text, const char *shown) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(shown); };
        row("Caf&eacute; &infin; &alpha;", "Café ∞ α");
        row("&CounterClockwiseContourIntegral; &NotEqualTilde; &zwnj;x", "∳ ≂̸ \u200cx");
        row("&#233; &#xE9; &#0; &#x110000;", "é é \ufffd \ufffd");
        row("&amp;lt; &lt;b&gt;", "&lt; <b>");
        row("&nosuch; &eacute", "&nosuch; &eacute");
        row("`&eacute;`", "&eacute;");
        row("| a | b |\n|---|---|\n| first<br>second | x |", "a\tb\nfirst\nsecond\tx");
        row("one<BR/>two<br />three", "one\ntwo\nthree");
        row("`<br>` stays", "<br> stays");
        row("[x](https://e.example/?a=1&copy;=2)", "x");
    }
    void entitiesOfHtmlAndLineBreaks()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(words(text), shown);
    }

    void textReadsFromTheSideOfItsFirstLetter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<bool>>("rightToLeft");
        QTest::newRow("a paragraph") << arabic << QList<bool>{true};
        QTest::newRow("English with Arabic in it") << QStringLiteral("In English \u0645\u0631\u062d\u0628\u0627") << QList<bool>{false};
        QTest::newRow("Hebrew heading") << QStringLiteral("# \u05e9\u05dc\u05d5\u05dd 12") << QList<bool>{true};
        QTest::newRow("a list") << QStringLiteral("- \u0639\u0646\u0635\u0631\n- item") << QList<bool>{true, false};
        QTest::newRow("a quote") << QStringLiteral("> \u05e9\u05dc\u05d5\u05dd") << QList<bool>{true};
        QTest::newRow("a table, by its first letter") << QStringLiteral("| 1 | \u0627\u0633\u0645 |\n|---|---|\n| 2 | x |") << QList<bool>{true, true, true, true};
        QTest::newRow("code never") << QStringLiteral("```\n\u0645\u0631\u062d\u0628\u0627\n```") << QList<bool>{false};
    }
    void textReadsFromTheSideOfItsFirstLetter()
    {
        QFETCH(QString, text);
        QFETCH(QList<bool>, rightToLeft);
        QList<bool> found;
        MarkdownSplitter splitter;
        QList<MarkdownPiece> pieces = splitter.append(text);
        pieces += splitter.finish();
        for (const MarkdownPiece &piece : std::as_const(pieces)) {
            const BlockLayout layout(parseMarkdown(piece), 500, true);
            for (int i = 0; i < layout.items().size(); ++i) {
                found << layout.isRightToLeft(i);
                const QTextLayout *lines = layout.textOf(i);
                QVERIFY(lines);
                const QTextLine line = lines->lineAt(0);
                if (layout.items()[i].kind == MarkdownItem::Kind::Cell)
                    continue;
                QCOMPARE(lines->textOption().textDirection(), found.last() ? Qt::RightToLeft : Qt::LeftToRight);
                // The words hang on the side where the line begins. (The first letter need not stand there: Arabic code is a run
                // from right to left at the left edge.)
                const QRectF words = line.naturalTextRect();
                QVERIFY2(found.last() ? words.right() > line.x() + line.width() - 2 : words.left() < line.x() + 2,
                    qPrintable(QStringLiteral("%1 to %2").arg(words.left()).arg(words.right())));
            }
        }
        QCOMPARE(found, rightToLeft);
    }

    void tablesOfRightToLeftTextBeginAtTheRight()
    {
        MarkdownPiece piece;
        piece.text = QStringLiteral("| \u0627\u0633\u0645 | \u0639\u0645\u0631 |\n|---|---|\n| [\u0639\u0644\u064a](https://a.example/) | [5](https://b.example/) |");
        const BlockLayout layout(parseMarkdown(piece), 500, true);
        const QList<BlockLayout::Link> links = layout.links();
        QCOMPARE(links.size(), 2);
        const QRectF first = layout.linkRect(links[0]);
        const QRectF second = layout.linkRect(links[1]);
        QVERIFY(first.left() > second.right());
        QVERIFY(first.right() > 480);
        QCOMPARE(layout.linkAt(first.center()), QStringLiteral("https://a.example/"));
    }

    void lettersOfCodeJoinWhereTheirScriptJoinsThem()
    {
        const auto strategy = [](const QString &code) {
            MarkdownPiece piece;
            piece.text = QStringLiteral("```\n") + code + QStringLiteral("\n```");
            return BlockLayout(parseMarkdown(piece), 500, true).textOf(0)->font().styleStrategy();
        };
        QVERIFY((strategy(QStringLiteral("x = \"\u0645\u0631\u062d\u0628\u0627\"")) & QFont::PreferNoShaping) == 0);
        QVERIFY((strategy(QStringLiteral("\u0928\u092e\u0938\u094d\u0924\u0947")) & QFont::PreferNoShaping) == 0);
        QVERIFY((strategy(QStringLiteral("a -> b != c \u00e9\u4e2d")) & QFont::PreferNoShaping) != 0);
    }

    void aLongAnswerOfReferencesAndFormulasCostsTheSamePerPiece()
    {
        QString text;
        for (int i = 0; i < 4000; ++i)
            text += QStringLiteral("Word [link][%1] and $x_{%1}$ and [more][shared].\n\n").arg(i);
        for (int i = 0; i < 4000; ++i)
            text += QStringLiteral("[%1]: https://e.example/%1\n\n").arg(i);
        text += QStringLiteral("[shared]: https://e.example/shared\n");
        ChatDocument document;
        ChatTurn turn;
        turn.role = ChatTurn::Role::Assistant;
        turn.state = ChatTurn::State::Streaming;
        document.addTurn(turn);
        QElapsedTimer timer;
        qint64 worst = 0;
        for (qsizetype i = 0; i < text.size(); i += 200) {
            timer.start();
            document.append(text.mid(i, 200));
            worst = std::max(worst, timer.elapsed());
        }
        document.finishLast();
        QVERIFY2(worst < 2000, qPrintable(QString::number(worst)));
    }
};

QTEST_MAIN(TestChatRemoteText)
#include "tst_chat_remote_text.moc"
