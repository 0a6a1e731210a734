#include "../ui_test_support.h"

#include "sluice/widgets/amount_field.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/clamped_text.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/status_dot.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QMetaEnum>
#include <QtGui/QClipboard>
#include <QtGui/QGlyphRun>
#include <QtGui/QTextLayout>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QSlider>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

double luminance(const QColor &color)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Error sampleError()
{
    return Error(Error::Kind::InsufficientBalance, QStringLiteral("The orchestrator refused the call: the balance of 0.00012 ETH does not cover a minute at 120 gwei/s."))
        .withAdvice(QStringLiteral("Fund the sender or choose a cheaper capability."))
        .withRequest("POST", QUrl(QStringLiteral("https://127.0.0.1:8935/process/request/text-analysis")))
        .withHttp(400, "Insufficient balance for request")
        .withRejections({{QUrl(QStringLiteral("https://127.0.0.1:8935")), QStringLiteral("400 Insufficient balance")}});
}

} // namespace

class TestWidgets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTextReadsByItsOwnLetters()
    {
        const QString arabic = QStringLiteral("\u0645\u0631\u062d\u0628\u0627");
        for (const QString &text : {QStringLiteral("Run"), QStringLiteral("0.5\u00a0gwei"), QStringLiteral("12:30"), QString(), QStringLiteral("It says ") + arabic})
            QCOMPARE(readingOf(text), Qt::LeftToRight);
        for (const QString &text : {arabic, QStringLiteral("12 ") + arabic, QStringLiteral("\u05e9\u05dc\u05d5\u05dd world")})
            QCOMPARE(readingOf(text), Qt::RightToLeft);
        // The layout says where it hangs, the words how they run.
        const int right = int(Qt::AlignRight | Qt::AlignAbsolute);
        const int left = int(Qt::AlignLeft | Qt::AlignAbsolute);
        QCOMPARE(readingFlags(Qt::AlignLeft, Qt::RightToLeft, QStringLiteral("Run.")), right | Qt::TextForceLeftToRight);
        QCOMPARE(readingFlags(Qt::AlignLeft | Qt::TextForceRightToLeft, Qt::LeftToRight, QStringLiteral("Run.")), left | Qt::TextForceLeftToRight);
        QCOMPARE(readingFlags(Qt::AlignRight | Qt::TextSingleLine, Qt::RightToLeft, arabic), left | Qt::TextSingleLine | Qt::TextForceRightToLeft);
    }
    void windowsBeginWhereTheLanguageBegins()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
        followUserLocale(false);
        QCOMPARE(QLocale().toString(200'000), QStringLiteral("200,000")); // English words, English numbers
        {
            QWidget window;
            window.resize(400, 200);
            auto *label = new QLabel(QStringLiteral("Reads as English."));
            auto *code = new QPlainTextEdit;
            code->setFont(Theme::font(Theme::Type::Mono));
            auto *prose = new QPlainTextEdit;
            auto *layout = new QVBoxLayout(&window);
            for (QWidget *widget : std::initializer_list<QWidget *>{label, code, prose})
                layout->addWidget(widget);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QCOMPARE(window.layoutDirection(), Qt::RightToLeft);
            QCOMPARE(prose->layoutDirection(), Qt::RightToLeft);
            QCOMPARE(code->layoutDirection(), Qt::LeftToRight);
            const QImage picture = label->grab().toImage();
            int inkFrom = picture.width();
            int inkTo = -1;
            for (int x = 0; x < picture.width(); ++x) {
                for (int y = 0; y < picture.height(); ++y) {
                    if (picture.pixel(x, y) == picture.pixel(0, 0))
                        continue;
                    inkFrom = std::min(inkFrom, x);
                    inkTo = x;
                }
            }
            QVERIFY2(inkFrom > picture.width() / 2 && inkTo > picture.width() - 8, qPrintable(QStringLiteral("%1 to %2 of %3").arg(inkFrom).arg(inkTo).arg(picture.width())));
        }
        QLocale::setDefault(QLocale::c());
        followUserLocale(true);
        QCOMPARE(windowDirection(), Qt::LeftToRight);
        QLocale::setDefault(before);
    }
    void initTestCase()
    {
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void cleanup() { Theme::setMode(Theme::Mode::Light); }

    void wordsOfOthersAreNeverMarkup_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"<b>bold</b>", "<img src='/dev/zero'>", "<a href='https://e.example'>x</a>", "<qt><h1>big</h1></qt>", "<!DOCTYPE html><p>x"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void wordsOfOthersAreNeverMarkup()
    {
        QFETCH(QString, text);
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *label = new QLabel(text);
        auto *clamped = new ClampedText(1);
        auto *elided = new ElidedLabel(text);
        clamped->setText(text + QString(400, u'x'));
        for (QWidget *widget : std::initializer_list<QWidget *>{label, clamped, elided})
            column->addWidget(widget);
        window.resize(120, 200);
        window.show();
        QCOMPARE(label->textFormat(), Qt::PlainText);
        for (QWidget *widget : std::initializer_list<QWidget *>{label, clamped, elided}) {
            const QString tip = widget == label ? text : widget->toolTip();
            QVERIFY2(QString(tip).replace(u'\n', u' ').startsWith(text), qPrintable(tip)); // long lines are broken
            QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), tip, widget);
            QLabel *shown = nullptr;
            for (QWidget *top : QApplication::topLevelWidgets()) {
                if (top->inherits("QTipLabel") && top->isVisible())
                    shown = qobject_cast<QLabel *>(top);
            }
            QVERIFY(shown);
            QCOMPARE(shown->textFormat(), Qt::PlainText);
            QCOMPARE(shown->text(), tip);
        }
        QMessageBox box(QMessageBox::Warning, QStringLiteral("t"), text, QMessageBox::Ok, &window);
        box.setInformativeText(text);
        box.show();
        for (QLabel *part : box.findChildren<QLabel *>()) {
            if (part->text() == text)
                QCOMPARE(part->textFormat(), Qt::PlainText);
        }
        box.close();
        QToolTip::hideText();
    }

    void tooltipsAreBoundedAndBroken()
    {
        const QString tip = toolTipText(QString(50, u'a') + u' ' + QString(300, u'b') + u'\n' + QString(5000, u'c'));
        QVERIFY(tip.size() < 2100);
        for (const QString &line : tip.split(u'\n'))
            QVERIFY(line.size() <= 91);
    }

    void linksOfOthersPassOneFilter_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *address, LinkKind kind) { QTest::newRow(address) << QString::fromLatin1(address) << int(kind); };
        row("https://e.example/x", LinkKind::Web);
        row("HTTP://e.example", LinkKind::Web);
        row("mailto:a@e.example", LinkKind::Mail);
        row("mailto:", LinkKind::Refused);
        row("https:x", LinkKind::Refused);
        row("file:///etc/passwd", LinkKind::Refused);
        row("javascript:alert(1)", LinkKind::Refused);
        row("data:text/html,x", LinkKind::Refused);
        row("ftp://e.example", LinkKind::Refused);
        row("ms-msdt:/id", LinkKind::Refused);
        row("relative/path", LinkKind::Refused);
        row("", LinkKind::Refused);
    }
    void linksOfOthersPassOneFilter()
    {
        QFETCH(QString, address);
        QTEST(int(linkKind(QUrl(address))), "kind");
    }

    void everyTextColourIsReadableOnItsGround_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("role");
        const QMetaEnum roles = QMetaEnum::fromType<Theme::Role>();
        using R = Theme::Role;
        for (const bool dark : {false, true})
            for (const R role : {R::Text, R::Muted, R::Accent, R::Paid, R::Won, R::Warning, R::Failed, R::Success, R::Info, R::CodeKey,
                                 R::CodeString, R::CodeNumber, R::CodeKeyword, R::CodeComment})
                QTest::addRow("%s %s", dark ? "dark" : "light", roles.valueToKey(static_cast<int>(role))) << dark << static_cast<int>(role);
    }
    void everyTextColourIsReadableOnItsGround()
    {
        QFETCH(bool, dark);
        QFETCH(int, role);
        Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const QColor color = Theme::color(static_cast<Theme::Role>(role));
        for (const auto ground : {Theme::Role::Window, Theme::Role::Surface, Theme::Role::CodeBackground})
            QVERIFY2(contrast(color, Theme::color(ground)) >= 4.5, qPrintable(QString::number(contrast(color, Theme::color(ground)))));
        if (static_cast<Theme::Role>(role) < Theme::Role::CodeBackground)
            QVERIFY2(contrast(color, Theme::tint(static_cast<Theme::Role>(role))) >= 4.0, "on its own tint");
        QVERIFY(contrast(Theme::color(Theme::Role::OnAccent), Theme::color(Theme::Role::Accent)) >= 4.5);
    }

    void changingTheModeRestylesOpenWidgetsAndIcons()
    {
        QLabel label(QStringLiteral("Paid"));
        Theme::setTextRole(&label, Theme::Role::Paid);
        const QIcon icon = Theme::icon(QStringLiteral("play"));
        const QColor light = label.palette().color(QPalette::WindowText);
        const QImage lightIcon = icon.pixmap(16).toImage();
        QSignalSpy changed(&Theme::instance(), &Theme::changed);
        Theme::setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(Theme::isDark());
        QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
        QCOMPARE(label.palette().color(QPalette::WindowText), Theme::color(Theme::Role::Paid));
        QVERIFY(label.palette().color(QPalette::WindowText) != light);
        QVERIFY(icon.pixmap(16).toImage() != lightIcon);
    }

    void systemModeFollowsThePlatformsPalette()
    {
        Theme::setMode(Theme::Mode::Dark);
        Theme::setMode(Theme::Mode::System);
        QCOMPARE(Theme::isDark(), false); // the off-screen platform has Fusion's light palette
    }

    void iconsAreSharpAtTwoTimes()
    {
        const QPixmap twice = Theme::icon(QStringLiteral("settings")).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(twice.size(), QSize(32, 32));
        QCOMPARE(twice.devicePixelRatio(), 2.0);
        const QImage small = Theme::icon(QStringLiteral("settings")).pixmap(QSize(16, 16), 1.0).toImage();
        // Rendered anew, not the small picture blown up.
        QVERIFY(twice.toImage() != small.scaled(32, 32));
    }

    void everyBundledIconRenders()
    {
        const QStringList files = QDir(QStringLiteral(":/sluice/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() >= 60);
        for (const QString &file : files) {
            const QImage image = Theme::icon(file.chopped(4)).pixmap(24).toImage();
            QVERIFY2(colorCount(image) > 1, qPrintable(file));
        }
    }

    void anUnknownIconWarns()
    {
        QTest::ignoreMessage(QtWarningMsg, "No icon is named 'no-such-icon' in resources/icons");
        QVERIFY(Theme::icon(QStringLiteral("no-such-icon")).isNull());
    }

    void theTypeScaleHasFourSizes()
    {
        QSet<int> sizes;
        const QMetaEnum types = QMetaEnum::fromType<Theme::Type>();
        for (int i = 0; i < types.keyCount(); ++i)
            sizes.insert(Theme::font(static_cast<Theme::Type>(types.value(i))).pixelSize());
        QCOMPARE(sizes, (QSet<int>{11, 13, 15, 20}));
    }

    void amountsShowAHumanUnit_data()
    {
        QTest::addColumn<QString>("wei");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *wei, const char *shown) {
            QTest::addRow("%s", wei) << QString::fromLatin1(wei) << QString::fromUtf8(shown);
        };
        row("0", "0\u00a0wei");
        row("42", "42\u00a0wei");
        row("999999", "999999\u00a0wei");
        row("1500000000", "1.5\u00a0gwei");
        row("1000000", "0.001\u00a0gwei");
        row("120000000000000", "0.00012\u00a0ETH");
        row("1000000000000000000", "1\u00a0ETH");
        row("1234567890123456789", "≈\u00a01.23456\u00a0ETH");
        row("-1500000000", "\u22121.5\u00a0gwei");
        row("115792089237316195423570985008687907853269984665640564039457584007913129639935",
            "≈\u00a0115792089237316195423570985008687907853269984665640564039457\u00a0ETH");
        row("00012", "12\u00a0wei");
        row("1.5", "");
        row("0x12", "");
        row("", "");
    }
    void amountsShowAHumanUnit()
    {
        QFETCH(QString, wei);
        QFETCH(QString, shown);
        QCOMPARE(AmountLabel::humanWei(wei), shown);
    }

    void durationsAreSaidInUnitsThatPeopleCount()
    {
        using namespace std::chrono_literals;
        QCOMPARE(durationText(850ms), QStringLiteral("850 ms"));
        QCOMPARE(durationText(59'990ms), QStringLiteral("%1 s").arg(QLocale().toString(59.9, 'f', 1)));
        QCOMPARE(durationText(2843s), QStringLiteral("47 min 23 s"));
        QCOMPARE(durationText(3600s), QStringLiteral("1 h 0 min"));
        QCOMPARE(durationText(2h + 5min + 59s), QStringLiteral("2 h 5 min"));
        QCOMPARE(durationText(76h), QStringLiteral("3 d 4 h"));
    }

    void amountFieldTakesWhatWasTypedOrNothing()
    {
        AmountField field;
        field.setPlaceholder(QStringLiteral("no limit"));
        QSignalSpy changed(&field, &AmountField::changed);
        QVERIFY(field.wei() && !*field.wei());
        auto *line = field.findChild<QLineEdit *>();
        auto *unit = field.findChild<QComboBox *>();
        QTest::keyClicks(line, QStringLiteral("0.5"));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(*field.wei(), std::optional(QStringLiteral("500000000")));
        QCOMPARE(field.echo(), QStringLiteral("= 0.5\u00a0gwei = 500000000 wei"));
        unit->setCurrentText(QStringLiteral("wei"));
        QVERIFY2(!field.wei(), "half a wei is nothing that can be paid");
        QVERIFY2(field.echo().contains(QStringLiteral("cannot be divided")), qPrintable(field.echo()));
        unit->setCurrentText(QStringLiteral("ETH"));
        QCOMPARE(*field.wei(), std::optional(QStringLiteral("500000000000000000")));
        // A unit that was typed counts, and stands where units stand afterwards.
        line->clear();
        QTest::keyClicks(line, QStringLiteral("25 wei"));
        QCOMPARE(*field.wei(), std::optional(QStringLiteral("25")));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(unit->currentText(), QStringLiteral("wei"));
        QCOMPARE(line->text(), QStringLiteral("25"));
        QCOMPARE(field.echo(), QStringLiteral("= 25 wei"));
    }

    void amountFieldShowsWhatItWasGiven_data()
    {
        QTest::addColumn<QString>("wei");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("unit");
        QTest::newRow("five wei") << QStringLiteral("5") << QStringLiteral("5") << QStringLiteral("wei");
        QTest::newRow("half a gwei") << QStringLiteral("500000000") << QStringLiteral("0.5") << QStringLiteral("gwei");
        QTest::newRow("two ETH") << QStringLiteral("2000000000000000000") << QStringLiteral("2") << QStringLiteral("ETH");
        QTest::newRow("none") << QStringLiteral("0") << QStringLiteral("0") << QStringLiteral("ETH");
    }
    void amountFieldShowsWhatItWasGiven()
    {
        QFETCH(QString, wei);
        AmountField field;
        field.setWei(wei);
        QTEST(field.findChild<QLineEdit *>()->text(), "text");
        QTEST(field.findChild<QComboBox *>()->currentText(), "unit");
        QCOMPARE(*field.wei(), std::optional(wei));
        field.setWei(std::nullopt);
        QVERIFY(field.wei() && !*field.wei());
    }

    void exactWeiAreOneCopyAway()
    {
        AmountLabel label;
        label.setSubject(QStringLiteral("Balance"));
        label.setWei(QStringLiteral("1234567890123456789"));
        QVERIFY(label.toolTip().contains(QStringLiteral("1234567890123456789 wei")));
        QCOMPARE(label.accessibleName(), QStringLiteral("Balance: 1234567890123456789 wei"));
        QSignalSpy copied(&label, &AmountLabel::copied);
        QTest::mouseDClick(&label, Qt::LeftButton);
        QCOMPARE(copied.count(), 1);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1234567890123456789"));
        label.setWei(QStringLiteral("not a number"));
        QCOMPARE(label.text(), QStringLiteral("—"));
    }

    void longIdsAreShortenedInTheMiddleAndCopyable()
    {
        const QString id = QStringLiteral("0x7f3a9c0b5d2e8f1a4c6b9d0e3f5a7c8b1d2e4f60");
        ElidedLabel label(id);
        label.setMonospaced(true);
        label.setSubject(QStringLiteral("Recipient"));
        label.resize(120, 24);
        QVERIFY(label.shownText().size() < id.size());
        QVERIFY(label.shownText().startsWith(QLatin1String("0x7f")));
        QVERIFY(label.shownText().endsWith(QLatin1String("60")));
        QVERIFY(label.toolTip().contains(id));
        QVERIFY(label.accessibleName().contains(id));
        QTest::keyClick(&label, Qt::Key_Return);
        QCOMPARE(QApplication::clipboard()->text(), id);
        QApplication::clipboard()->clear();
        QTest::mouseClick(&label, Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), id);
    }

    void longTextIsCutAtALineAndUnfolds()
    {
        ClampedText label(2);
        label.setText(QStringLiteral("Answers questions about the protocols by searching the documentation and quoting the best passages. ").repeated(4));
        label.resize(300, label.heightForWidth(300));
        QVERIFY(label.isCut());
        QCOMPARE(label.heightForWidth(300), 2 * label.fontMetrics().lineSpacing());
        QCOMPARE(label.accessibleName(), label.text());
        QTest::keyClick(&label, Qt::Key_Return);
        QVERIFY(label.isExpanded());
        QVERIFY(label.heightForWidth(300) > 4 * label.fontMetrics().lineSpacing());
        QTest::mouseClick(&label, Qt::LeftButton);
        QVERIFY(!label.isExpanded());
        // What fits is no control.
        label.setText(QStringLiteral("Short."));
        QVERIFY(!label.isCut());
        QCOMPARE(label.focusPolicy(), Qt::NoFocus);
    }

    void codeHasNoLigatures()
    {
        Theme::setBundledFonts(true);
        const auto glyphs = [](const QString &text) {
            QTextLayout layout(text, Theme::font(Theme::Type::Mono));
            layout.beginLayout();
            layout.createLine();
            layout.endLayout();
            QList<quint32> indexes;
            const auto runs = layout.glyphRuns();
            for (const QGlyphRun &run : runs)
                indexes += run.glyphIndexes();
            return indexes;
        };
        for (const char *pair : {">=", "!=", "->", "::", "=="})
            QCOMPARE(glyphs(QString::fromLatin1(pair)),
                glyphs(QString(QLatin1Char(pair[0]))) + glyphs(QString(QLatin1Char(pair[1]))));
    }

    void timesAreRelative_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("words");
        QTest::newRow("now") << qint64(3) << QStringLiteral("just now");
        QTest::newRow("seconds") << qint64(42) << QStringLiteral("42 s ago");
        QTest::newRow("minutes") << qint64(300) << QStringLiteral("5 min ago");
        QTest::newRow("hours") << qint64(7200) << QStringLiteral("2 h ago");
        QTest::newRow("to come") << qint64(-300) << QStringLiteral("in 5 min");
    }
    void timesAreRelative()
    {
        QFETCH(qint64, secondsAgo);
        QFETCH(QString, words);
        const QDateTime now(QDate(2025, 6, 3), QTime(15, 0), Qt::LocalTime);
        QCOMPARE(RelativeTimeLabel::words(now.addSecs(-secondsAgo), now), words);
        QVERIFY(RelativeTimeLabel::words(now.addDays(-1), now).startsWith(QLatin1String("yesterday")));
        QCOMPARE(RelativeTimeLabel::words({}, now), QStringLiteral("—"));
        QVERIFY(RelativeTimeLabel::exact(now).startsWith(QLatin1String("2025-06-03 15:00:00")));
    }

    void anErrorSaysWhatToDoAndKeepsItsDetailsFolded()
    {
        InlineMessage bar;
        bar.resize(600, 100);
        bar.showError(sampleError());
        QVERIFY(bar.text().contains(QStringLiteral("Fund the sender")));
        QVERIFY(bar.details().contains(QStringLiteral("POST https://127.0.0.1:8935/process/request/text-analysis")));
        QVERIFY(bar.details().contains(QStringLiteral("Insufficient balance for request")));
        auto *details = bar.findChild<QPlainTextEdit *>();
        QVERIFY(details->isHidden());
        for (auto *button : bar.findChildren<QToolButton *>())
            if (button->text().contains(QStringLiteral("Details")))
                button->click();
        QVERIFY(!details->isHidden());
        bar.findChild<CopyButton *>()->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Status: 400")));
        bar.setAction(QStringLiteral("Fund…"));
        QSignalSpy action(&bar, &InlineMessage::actionTriggered);
        bar.findChild<QPushButton *>()->click();
        QCOMPARE(action.count(), 1);
        QCOMPARE(controlsWithoutName(bar), QStringList());
    }

    void aStateViewShowsOneStateAtATime()
    {
        StateView view;
        auto *content = new QLabel(QStringLiteral("content"));
        content->setAccessibleName(QStringLiteral("Result"));
        view.setContent(content);
        QCOMPARE(view.state(), StateView::State::Empty);
        view.showEmpty(QStringLiteral("play"), QStringLiteral("No run yet"), QStringLiteral("Fill in the form and press Run."), QStringLiteral("Run"));
        QSignalSpy action(&view, &StateView::actionTriggered);
        view.currentWidget()->findChild<QPushButton *>()->click();
        QCOMPARE(action.count(), 1);
        view.showLoading(QStringLiteral("Waiting for the first byte…"));
        QCOMPARE(view.accessibleName(), QStringLiteral("Waiting for the first byte…"));
        view.showError(sampleError(), QStringLiteral("Try again"));
        QVERIFY(view.currentWidget()->findChild<InlineMessage *>()->text().contains(QStringLiteral("balance")));
        view.showContent();
        QCOMPARE(view.currentWidget(), content);
        QCOMPARE(controlsWithoutName(view), QStringList());
    }

    void aSectionHeaderFoldsItsBody()
    {
        QWidget host;
        auto *column = new QVBoxLayout(&host);
        auto *header = new SectionHeader(QStringLiteral("Additional settings"));
        auto *body = new QLabel(QStringLiteral("body"));
        column->addWidget(header);
        column->addWidget(body);
        header->setBody(body, false);
        QVERIFY(body->isHidden());
        header->findChild<QToolButton *>()->click();
        QVERIFY(!body->isHidden());
        QVERIFY(header->isExpanded());
        QCOMPARE(controlsWithoutName(host), QStringList());
    }

    void everyWidgetLooksRightInBothModesAndAtTwoTimes();
};

namespace {

/// Every small widget and every styled control on one page, for a person to look at.
QWidget *gallery()
{
    auto *page = new QWidget;
    page->resize(960, 900);
    auto *columns = new QHBoxLayout(page);
    columns->setContentsMargins(16, 16, 16, 16);
    columns->setSpacing(24);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);

    auto *title = new QLabel(QStringLiteral("text-analysis"));
    title->setFont(Theme::font(Theme::Type::Title20));
    left->addWidget(title);
    auto *badges = new QHBoxLayout;
    badges->setSpacing(8);
    badges->addWidget(new Badge(QStringLiteral("run"), Theme::Role::Accent));
    badges->addWidget(new Badge(QStringLiteral("paid"), Theme::Role::Paid));
    badges->addWidget(new Badge(QStringLiteral("won"), Theme::Role::Won));
    badges->addWidget(new Badge(QStringLiteral("warning"), Theme::Role::Warning));
    badges->addWidget(new Badge(QStringLiteral("failed"), Theme::Role::Failed));
    badges->addWidget(new Badge(QStringLiteral("v1.2"), Theme::Role::Muted));
    auto *dot = new StatusDot;
    dot->setStatus(Theme::Role::Success, StatusDot::Shape::Filled, QStringLiteral("Healthy"));
    badges->addWidget(dot);
    auto *half = new StatusDot;
    half->setStatus(Theme::Role::Warning, StatusDot::Shape::Half, QStringLiteral("Busy"));
    badges->addWidget(half);
    badges->addWidget(new StatusDot);
    badges->addStretch(1);
    left->addLayout(badges);
    auto *amount = new AmountLabel;
    amount->setWei(QStringLiteral("1234567890123456789"));
    left->addWidget(amount);
    auto *id = new ElidedLabel(QStringLiteral("0x7f3a9c0b5d2e8f1a4c6b9d0e3f5a7c8b1d2e4f607f3a9c0b5d2e8f1a4c6b9d0e3f5a7c8b"));
    id->setMonospaced(true);
    id->setSubject(QStringLiteral("Manifest"));
    left->addWidget(id);
    auto *time = new RelativeTimeLabel;
    time->setTime(QDateTime::currentDateTime().addSecs(-300));
    left->addWidget(time);
    auto *info = new InlineMessage;
    info->showMessage(InlineMessage::Severity::Info, QStringLiteral("The sandbox runs on this machine only; its money is not real."));
    left->addWidget(info);
    auto *warn = new InlineMessage;
    warn->showMessage(InlineMessage::Severity::Warning, QStringLiteral("The JSON has the key “text” twice; the last one counts."), QStringLiteral("line 3"));
    left->addWidget(warn);
    auto *error = new InlineMessage;
    error->showError(sampleError());
    error->setAction(QStringLiteral("Fund…"));
    left->addWidget(error);
    auto *state = new StateView;
    state->showEmpty(QStringLiteral("play"), QStringLiteral("No result yet"), QStringLiteral("Fill in the form and press Run, or Ctrl+Enter."), QStringLiteral("Run"));
    left->addWidget(state, 1);

    auto *buttons = new QHBoxLayout;
    auto *run = new QPushButton(Theme::icon(QStringLiteral("play"), Theme::Role::OnAccent), QStringLiteral("Run"));
    Theme::makePrimary(run);
    buttons->addWidget(run);
    buttons->addWidget(new QPushButton(Theme::icon(QStringLiteral("rotate-ccw")), QStringLiteral("Reset")));
    auto *off = new QPushButton(QStringLiteral("Disabled"));
    off->setEnabled(false);
    buttons->addWidget(off);
    auto *tool = new QToolButton;
    tool->setIcon(Theme::icon(QStringLiteral("settings")));
    buttons->addWidget(tool);
    auto *toggled = new QToolButton;
    toggled->setIcon(Theme::icon(QStringLiteral("pin")));
    toggled->setCheckable(true);
    toggled->setChecked(true);
    buttons->addWidget(toggled);
    auto *copy = new CopyButton;
    copy->setContent(QStringLiteral("x"));
    buttons->addWidget(copy);
    buttons->addStretch(1);
    right->addLayout(buttons);
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(QStringLiteral("Search capabilities"));
    edit->setAccessibleName(QStringLiteral("Search"));
    right->addWidget(edit);
    auto *bad = new QLineEdit(QStringLiteral("abc"));
    Theme::setInvalid(bad, true);
    right->addWidget(bad);
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("llama-3.1-8b"), QStringLiteral("other")});
    right->addWidget(combo);
    auto *spinRow = new QHBoxLayout;
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    spinRow->addWidget(slider, 1);
    auto *spin = new QDoubleSpinBox;
    spin->setValue(0.7);
    spinRow->addWidget(spin);
    right->addLayout(spinRow);
    auto *checks = new QHBoxLayout;
    auto *on = new QCheckBox(QStringLiteral("Stream"));
    on->setChecked(true);
    auto *third = new QCheckBox(QStringLiteral("Unset"));
    third->setTristate(true);
    third->setCheckState(Qt::PartiallyChecked);
    auto *radio = new QRadioButton(QStringLiteral("Light"));
    radio->setChecked(true);
    checks->addWidget(on);
    checks->addWidget(new QCheckBox(QStringLiteral("Echo")));
    checks->addWidget(third);
    checks->addWidget(radio);
    checks->addWidget(new QRadioButton(QStringLiteral("Dark")));
    checks->addStretch(1);
    right->addLayout(checks);
    auto *progress = new QProgressBar;
    progress->setValue(40);
    progress->setTextVisible(false);
    right->addWidget(progress);
    auto *tabs = new QTabWidget;
    auto *tree = new QTreeWidget;
    tree->setHeaderLabels({QStringLiteral("Key"), QStringLiteral("Value")});
    auto *top = new QTreeWidgetItem(tree, {QStringLiteral("counts"), QStringLiteral("3 members")});
    for (const auto *word : {"words", "sentences", "characters"})
        new QTreeWidgetItem(top, {QLatin1String(word), QStringLiteral("42")});
    top->setExpanded(true);
    tree->setCurrentItem(top->child(1));
    tabs->addTab(tree, QStringLiteral("Preview"));
    auto *text = new QPlainTextEdit(QStringLiteral("{\n  \"text\": \"hello\"\n}\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nend"));
    text->setFont(Theme::font(Theme::Type::Mono));
    tabs->addTab(text, QStringLiteral("JSON"));
    tabs->addTab(new QLabel, Theme::icon(QStringLiteral("binary").replace(QStringLiteral("binary"), QStringLiteral("hash"))), QStringLiteral("Raw"));
    right->addWidget(new SectionHeader(QStringLiteral("Result")));
    right->addWidget(tabs, 1);
    auto *more = new QPlainTextEdit(text->toPlainText());
    more->setFont(Theme::font(Theme::Type::Mono));
    right->addWidget(more, 1);
    return page;
}

} // namespace

void TestWidgets::everyWidgetLooksRightInBothModesAndAtTwoTimes()
{
    const std::unique_ptr<QWidget> page(gallery());
    page->show();
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    const QImage light = picture(*page, QStringLiteral("widgets-light"));
    const QImage twice = picture(*page, QStringLiteral("widgets-light-2x"), 2);
    Theme::setMode(Theme::Mode::Dark);
    const QImage dark = picture(*page, QStringLiteral("widgets-dark"));
    QVERIFY(colorCount(light) > 60);
    QCOMPARE(twice.size(), light.size() * 2);
    QVERIFY(light != dark);
    QVERIFY(light.pixelColor(2, 2).lightness() > 200);
    QVERIFY(dark.pixelColor(2, 2).lightness() < 60);
}

QTEST_MAIN(TestWidgets)
#include "tst_ui_widgets.moc"
