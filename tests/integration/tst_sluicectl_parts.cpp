#include "call_check.h"
#include "call_options.h"
#include "command_line.h"
#include "exit_code.h"
#include "picture_check.h"
#include "render.h"

#include "sluice/gateway/json_forms.h"
#include "sluice/pictures/picture_details.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ctl;

/// The parts of the command line that need no process.
class TestSluicectlParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_kind_of_error_has_its_exit_code_data();
    void every_kind_of_error_has_its_exit_code();
    void a_broken_connection_after_paying_is_a_failed_call();
    void amounts_read_well_and_exactly_data();
    void amounts_read_well_and_exactly();
    void suggestions_are_near_data();
    void suggestions_are_near();
    void numbers_keep_to_their_range();
    void a_short_option_may_have_its_value_attached_data();
    void a_short_option_may_have_its_value_attached();
    void what_nobody_says_of_a_capability_stays_open();
    void models_that_the_network_lists_are_the_only_ones();
    void columns_are_aligned();
    void amounts_in_json_have_whole_digits();
    void pictures_go_without_private_details_unless_wanted();
    void a_phones_format_is_refused_where_others_are_wanted_data();
    void a_phones_format_is_refused_where_others_are_wanted();
    void a_summary_ends_with_a_word_or_says_that_more_follows();
};

void TestSluicectlParts::pictures_go_without_private_details_unless_wanted()
{
    const QString path = QStringLiteral(SLUICE_TEST_DATA "/pictures/phone.jpg");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    const auto sent = [&](const QStringList &more) {
        CommandLine line(QStringLiteral("run"), QStringLiteral("NAME"), QStringLiteral("Runs."));
        addCallOptions(line);
        const auto code = line.parse(QStringList{QStringLiteral("image-filter"), QStringLiteral("--file"), QStringLiteral("image=") + path} + more, 1, 1);
        const Json image = code ? Json() : callFrom(line, Verb::Run).input.value(QStringLiteral("image"));
        return QByteArray::fromBase64(image.toString().toLatin1());
    };
    const QByteArray without = sent({});
    const auto found = lookThrough(without);
    QVERIFY(found.hasValue() && !found->found);
    QCOMPARE(found->orientation, 6);
    QCOMPARE(sent({QStringLiteral("--keep-metadata")}), whole);
    file.seek(0);
    QCOMPARE(file.readAll(), whole);
}

void TestSluicectlParts::a_phones_format_is_refused_where_others_are_wanted_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("types");
    QTest::addColumn<bool>("refused");
    QTest::newRow("HEIC for JPEG and PNG") << "phone.heic" << "image/png, image/jpeg" << true;
    QTest::newRow("AVIF for JPEG") << "phone.avif" << "image/jpeg" << true;
    QTest::newRow("AVIF for HEIC") << "phone.avif" << "image/heic" << true;
    QTest::newRow("HEIC for any picture") << "phone.heic" << "image/*" << false;
    QTest::newRow("HEIC where it is named") << "phone.heic" << "image/jpeg, image/heic" << false;
    QTest::newRow("nothing said") << "phone.heic" << "" << false;
    QTest::newRow("JPEG for PNG") << "phone.jpg" << "image/png" << false; // the capability's own business
}

void TestSluicectlParts::a_phones_format_is_refused_where_others_are_wanted()
{
    QFETCH(QString, file);
    QFETCH(QString, types);
    QFETCH(bool, refused);
    QFile picture(QStringLiteral(SLUICE_TEST_DATA "/pictures/") + file);
    QVERIFY(picture.open(QIODevice::ReadOnly));
    const Json input{{QStringLiteral("image"), QString::fromLatin1(picture.readAll().toBase64())}};
    const Json property = types.isEmpty() ? Json::object() : Json{{QStringLiteral("contentMediaType"), types}};
    const Json schema{{QStringLiteral("properties"), Json{{QStringLiteral("image"), property}}}};
    const auto error = unwantedFormat(schema, input);
    QCOMPARE(error.has_value(), refused);
    if (!error)
        return;
    QCOMPARE(error->field(), QStringLiteral("/image"));
    QVERIFY2(error->message().contains(types) && error->advice().contains(QStringLiteral("JPEG")), qPrintable(error->describe()));
}

void TestSluicectlParts::every_kind_of_error_has_its_exit_code_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    const std::initializer_list<std::pair<Kind, int>> table{{Kind::Config, 2}, {Kind::InvalidInput, 2}, {Kind::Http, 1},
        {Kind::NoOrchestrator, 3}, {Kind::Network, 3}, {Kind::TlsChanged, 3}, {Kind::Payment, 4}, {Kind::PriceExceeded, 4},
        {Kind::InsufficientBalance, 4}, {Kind::SpendLimit, 4}, {Kind::Canceled, 5}, {Kind::Timeout, 6}, {Kind::TooLarge, 1},
        {Kind::Protocol, 1}, {Kind::Storage, 1}, {Kind::Internal, 1}};
    for (const auto &[kind, code] : table)
        QTest::newRow(qPrintable(Error::kindName(kind))) << int(kind) << code;
}

void TestSluicectlParts::every_kind_of_error_has_its_exit_code()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    QCOMPARE(exitCodeFor(Error(Error::Kind(kind), QStringLiteral("x"))), code);
}

void TestSluicectlParts::a_broken_connection_after_paying_is_a_failed_call()
{
    QCOMPARE(exitCodeFor(Error(Error::Kind::Network, QStringLiteral("x")).withPaymentSent()), int(ExitFailed));
}

void TestSluicectlParts::amounts_read_well_and_exactly_data()
{
    QTest::addColumn<QString>("wei");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing known") << QString() << QStringLiteral("unknown");
    QTest::newRow("none") << QStringLiteral("0") << QStringLiteral("0 wei");
    QTest::newRow("small") << QStringLiteral("999999") << QStringLiteral("999999 wei");
    QTest::newRow("gwei") << QStringLiteral("8000000000") << QStringLiteral("8 gwei");
    QTest::newRow("a part of a gwei") << QStringLiteral("1234567") << QStringLiteral("0.001234567 gwei");
    QTest::newRow("eth") << QStringLiteral("1000000000000000001") << QStringLiteral("1.000000000000000001 ETH");
    QTest::newRow("negative") << QStringLiteral("-500000000") << QStringLiteral("-0.5 gwei");
    QTest::newRow("three decimals of zero") << QStringLiteral("16000000000.000") << QStringLiteral("16 gwei");
    QTest::newRow("three decimals") << QStringLiteral("5999999999.999") << QStringLiteral("5999999999.999 wei");
}

void TestSluicectlParts::amounts_read_well_and_exactly()
{
    QFETCH(QString, wei);
    QFETCH(QString, text);
    QCOMPARE(humanWei(wei), text);
}

void TestSluicectlParts::suggestions_are_near_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("near");
    QTest::newRow("swapped") << QStringLiteral("inptu") << QStringLiteral("input");
    QTest::newRow("one off") << QStringLiteral("timout") << QStringLiteral("timeout");
    QTest::newRow("the beginning") << QStringLiteral("orch") << QStringLiteral("orchestrator");
    QTest::newRow("another case") << QStringLiteral("JSON") << QStringLiteral("json");
    QTest::newRow("nothing like it") << QStringLiteral("xylophone") << QString();
}

void TestSluicectlParts::suggestions_are_near()
{
    QFETCH(QString, word);
    QFETCH(QString, near);
    QCOMPARE(closest(word, {QStringLiteral("input"), QStringLiteral("timeout"), QStringLiteral("orchestrator"), QStringLiteral("json")}), near);
}

void TestSluicectlParts::numbers_keep_to_their_range()
{
    const auto number = [](const char *text) {
        CommandLine line(QStringLiteral("x"), QString(), QString());
        line.addOption({QStringLiteral("n")}, QString(), QStringLiteral("N"));
        if (line.parse({QStringLiteral("-n"), QString::fromLatin1(text)}, 0, 0))
            throw Error(Error::Kind::Internal, QStringLiteral("not parsed"));
        return line.number(QStringLiteral("n"), 7, 1, 10);
    };
    QCOMPARE(number("10"), 10);
    for (const char *wrong : {"0", "11", "ten", "1.5", ""}) {
        try {
            number(wrong);
            QFAIL(wrong);
        } catch (const Error &error) {
            QVERIFY(error.kind() == Error::Kind::InvalidInput);
            QVERIFY(error.message().contains(QStringLiteral("from 1 to 10")));
        }
    }
}

void TestSluicectlParts::a_short_option_may_have_its_value_attached_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("seen"); // of -n, --timeout, --json, and what is no option
    const auto row = [](const char *arguments, const char *seen) { QTest::newRow(arguments) << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << QString::fromLatin1(seen); };
    row("-n5", "5,,no,");
    row("-n 5", "5,,no,");
    row("-n=5", "5,,no,");
    row("-n5 word", "5,,no,word");
    row("word -t9 -n5", "5,9,no,word");
    row("-n/tmp/x=y", "/tmp/x=y,,no,");
    row("-n-1", "-1,,no,");
    row("-timeout 9", ",9,no,"); // a long name with one dash stays what it was
    row("-timeout=9", ",9,no,");
    row("-json", ",,yes,");
    row("--timeout -n5", ",-n5,no,"); // a value, whatever it looks like
    row("-n -t9", "-t9,,no,");
    row("-- -n5", ",,no,-n5");
    row("-", ",,no,-");
}

void TestSluicectlParts::a_short_option_may_have_its_value_attached()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, seen);
    CommandLine line(QStringLiteral("x"), QString(), QString());
    line.addOption({QStringLiteral("n"), QStringLiteral("limit")}, QString(), QStringLiteral("N"));
    line.addOption({QStringLiteral("t"), QStringLiteral("timeout")}, QString(), QStringLiteral("S"));
    line.addJson();
    QVERIFY(!line.parse(arguments, 0, 1));
    QCOMPARE(line.value(QStringLiteral("n")) + QLatin1Char(',') + line.value(QStringLiteral("timeout")) + (line.json() ? QStringLiteral(",yes,") : QStringLiteral(",no,")) + line.arguments().value(0), seen);
}

void TestSluicectlParts::what_nobody_says_of_a_capability_stays_open()
{
    CheckedCall checked;
    checked.call.verb = Verb::Live;
    checked.call.model = QStringLiteral("any");
    const CapabilityInfo unlisted = CapabilityInfo::unlisted({QStringLiteral("byoc"), QStringLiteral("x"), QString()});
    QVERIFY(!objection(checked, unlisted));
    CapabilityInfo nameAlone = unlisted; // as discovery tells it
    nameAlone.listed = true;
    QVERIFY(!objection(checked, nameAlone));
    CapabilityInfo told = nameAlone;
    told.verbsTold = true;
    QVERIFY(objection(checked, told));
    CapabilityInfo modelAsAsked = CapabilityInfo::unlisted({QStringLiteral("byoc"), QStringLiteral("x"), QStringLiteral("other")});
    QVERIFY(!objection(checked, modelAsAsked)); // which nobody listed
}

void TestSluicectlParts::models_that_the_network_lists_are_the_only_ones()
{
    CapabilityInfo info = CapabilityInfo::unlisted({QStringLiteral("aigateway"), QStringLiteral("text-to-image"), QString()});
    info.listed = true;
    info.inputSchema = orThrow(Json::parse(R"({"properties":{"model_id":{"enum":["acme/one","acme/two"]}}})"));
    CheckedCall checked;
    checked.call.capability = info.name;
    for (const char *model : {"", "acme/two"}) {
        checked.call.model = QString::fromLatin1(model);
        QVERIFY2(!objection(checked, info), model);
    }
    checked.call.model = QStringLiteral("acme/tow");
    const auto refused = objection(checked, info);
    QVERIFY(refused);
    QCOMPARE(refused->kind(), Error::Kind::InvalidInput);
    QVERIFY2(refused->advice().startsWith(QStringLiteral("It has: acme/one, acme/two. Did you mean \"acme/")), qPrintable(refused->advice()));
    QVERIFY(refused->advice().contains(QStringLiteral("--no-check")));
}

void TestSluicectlParts::columns_are_aligned()
{
    QList<QStringList> rows;
    rows.append({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")});
    rows.append({QStringLiteral("long"), QString(), QStringLiteral("c")});
    QCOMPARE(table(rows), QStringLiteral("A     B  C\nlong     c\n"));
}

void TestSluicectlParts::amounts_in_json_have_whole_digits()
{
    const std::initializer_list<std::pair<const char *, const char *>> table{{"0", "0"}, {"16000000000.000", "16000000000"}, {"5999999999.999", "5999999999"},
        {"-0.001", "-1"}, {"-2.000", "-2"}, {"7/2", "3"}, {"-7/2", "-4"}, {"340282366920938463463374607431768211456", "340282366920938463463374607431768211456"},
        {"", ""}, {"1.2e3", "1.2e3"}};
    for (const auto &[amount, whole] : table)
        QCOMPARE(wholeWei(QString::fromLatin1(amount)), QString::fromLatin1(whole));
    Payment payment;
    payment.paidWei = QStringLiteral("5");
    payment.balanceAfter = QStringLiteral("16000000000.000");
    QCOMPARE(paymentToJson(payment).value(QStringLiteral("balance_after_wei")).toString(), QStringLiteral("16000000000"));
}

void TestSluicectlParts::a_summary_ends_with_a_word_or_says_that_more_follows()
{
    QCOMPARE(summaryOf(QStringLiteral("Short.\nMore.")), QStringLiteral("Short."));
    QCOMPARE(summaryOf(QString(80, QLatin1Char('a'))), QString(80, QLatin1Char('a')));
    QCOMPARE(summaryOf(QStringLiteral("word ").repeated(15) + QStringLiteral("wordsworth ever after")), QStringLiteral("word ").repeated(15).trimmed() + QChar(0x2026));
    QCOMPARE(summaryOf(QString(200, QLatin1Char('a'))), QString(79, QLatin1Char('a')) + QChar(0x2026));
}

QTEST_GUILESS_MAIN(TestSluicectlParts)
#include "tst_sluicectl_parts.moc"
