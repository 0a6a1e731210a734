#include "sluice/base/charset.h"
#include "sluice/base/visible_text.h"

#include <QtTest/QtTest>

using namespace sluice;

/// Bytes and words of others: read as they say, shown as plain text.
class TestTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingInATextIsACommand_data();
    void nothingInATextIsACommand();
    void charsetsAreHonoured_data();
    void charsetsAreHonoured();
    void whatIsNotThatCharsetIsNoText();
};

void TestTexts::nothingInATextIsACommand_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QStringLiteral("Grüße,\n\tWelt 🚀 שלום") << QStringLiteral("Grüße,\n\tWelt 🚀 שלום");
    QTest::newRow("title") << QStringLiteral("a\x1b]0;T\x07") << QStringLiteral("a\\x1b]0;T\\x07");
    QTest::newRow("one-byte introducer") << (QStringLiteral("a") + QChar(0x9b) + QStringLiteral("31m")) << QStringLiteral("a\\x9b31m");
    QTest::newRow("overwritten line") << QStringLiteral("evil\rgood") << QStringLiteral("evil\\rgood");
    QTest::newRow("lines of Windows") << QStringLiteral("a\r\nb") << QStringLiteral("a\nb");
    QTest::newRow("turned around") << (QStringLiteral("a") + QChar(0x202e) + QStringLiteral("b")) << QStringLiteral("a\\u202eb");
    QTest::newRow("zero and delete") << (QString(QChar(0)) + QChar(0x7f)) << QStringLiteral("\\x00\\x7f");
}

void TestTexts::nothingInATextIsACommand()
{
    QFETCH(QString, text);
    QTEST(visibleText(text), "shown");
    QCOMPARE(visibleText(visibleText(text)), visibleText(text));
}

void TestTexts::charsetsAreHonoured_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << QByteArray("caf\xc3\xa9") << QByteArray("text/plain") << QStringLiteral("café");
    QTest::newRow("latin") << QByteArray("caf\xe9") << QByteArray("text/plain; charset=ISO-8859-1") << QStringLiteral("café");
    QTest::newRow("quoted, with blanks") << QByteArray("caf\xe9") << QByteArray("text/plain ; format=flowed; Charset = \"windows-1252\"") << QStringLiteral("café");
    QTest::newRow("Japanese") << QByteArray("\x93\xfa\x96\x7b") << QByteArray("text/plain;charset=shift_jis") << QStringLiteral("日本");
    QTest::newRow("Russian") << QByteArray("\xd0\xd2\xc9\xd7\xc5\xd4") << QByteArray("text/html; charset=koi8-r") << QStringLiteral("привет");
    QTest::newRow("two bytes each, with their mark") << QByteArray("\xff\xfeh\0i\0", 6) << QByteArray("text/plain; charset=utf-16") << QStringLiteral("hi");
}

void TestTexts::charsetsAreHonoured()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, type);
    QTEST(textOf(bytes, type).value_or(QString()), "text");
}

void TestTexts::whatIsNotThatCharsetIsNoText()
{
    QVERIFY(!textOf("caf\xe9", "text/plain"));
    QVERIFY(!textOf("caf\xe9", "text/plain; charset=no-such-charset"));
    QVERIFY(!textOf("\xff\xff", "text/plain; charset=shift_jis"));
    QVERIFY(charsetOf("text/plain; charset=utf-8//TRANSLIT").isEmpty());
}

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_base_texts.moc"
