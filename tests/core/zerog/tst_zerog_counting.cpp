// What is charged: words, bytes, whole answers and streams, packed or not. Pure.
#include "sluice/zerog/counting.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;

namespace {

/// gzip for 31, zlib for 15.
QByteArray deflated(const QByteArray &plain, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(plain.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray brotli(const QByteArray &plain)
{
    QByteArray out(qsizetype(BrotliEncoderMaxCompressedSize(std::size_t(plain.size()))) + 64, '\0');
    std::size_t size = std::size_t(out.size());
    BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, std::size_t(plain.size()), reinterpret_cast<const std::uint8_t *>(plain.data()), &size,
        reinterpret_cast<std::uint8_t *>(out.data()));
    return out.first(qsizetype(size));
}

Headers answerHeaders(const QByteArray &type, const QByteArray &encoding = {})
{
    Headers headers{{"Content-Type", type}};
    if (!encoding.isEmpty())
        headers.append(std::pair<QByteArray, QByteArray>("Content-Encoding", encoding));
    return headers;
}

const QByteArray whole = R"({"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"one two three four five six seven"}}],"usage":{"n":1e999}})";

QByteArray delta(const QByteArray &text)
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
}
const QByteArray finishEvent = "data: {\"choices\":[{\"delta\":{\"content\":\"uncounted words\"},\"finish_reason\":\"stop\"}]}\n\n";
const QByteArray usageEvent = "data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n";
const QByteArray doneEvent = "data: [DONE]\n\n";

struct Relayed {
    QByteArray bytes;
    QList<QByteArray> pieces;
    int completing = -1; ///< which piece
};

/// Feeds `bytes` in parts of `step` and collects what may be forwarded. At a completing piece the count must be there.
Relayed relay(AnswerCounter &counter, const QByteArray &bytes, qsizetype step, bool toTheEnd = true)
{
    Relayed result;
    const auto take = [&](const QList<AnswerCounter::Piece> &pieces) {
        for (const AnswerCounter::Piece &piece : pieces) {
            if (piece.completes && (result.completing >= 0 || !counter.outputCount()))
                result.completing = -2;
            else if (piece.completes)
                result.completing = int(result.pieces.size());
            result.bytes += piece.bytes;
            result.pieces.append(piece.bytes);
        }
    };
    for (qsizetype at = 0; at < bytes.size(); at += step)
        take(orThrow(counter.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)))));
    if (toTheEnd)
        take(orThrow(counter.finish()));
    return result;
}

} // namespace

class TstZerogCounting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zerog_23_words_are_counted_by_the_pages_spaces();
    void zerog_23_messages_add_up();
    void what_cannot_be_counted_is_refused_data();
    void what_cannot_be_counted_is_refused();
    void zerog_24_storage_counts_the_bytes_as_forwarded();
    void zerog_41_the_body_is_written_anew_as_go_does_data();
    void zerog_41_the_body_is_written_anew_as_go_does();
    void zerog_41_what_is_no_object_is_refused();
    void numbers_pass_through_binary64_data();
    void numbers_pass_through_binary64();
    void zerog_28_the_declared_output_is_the_stored_one_or_more();
    void zerog_27_a_nonce_must_rise();
    void a_whole_answer_counts_its_words();
    void zerog_46_an_answer_without_content_is_an_error_data();
    void zerog_46_an_answer_without_content_is_an_error();
    void zerog_31_a_stream_comes_event_by_event_and_ends_with_done();
    void zerog_32_only_finish_reason_completes_a_stream();
    void zerog_32_a_cut_stream_counts_nothing();
    void zerog_33_packed_answers_are_counted_on_their_text_data();
    void zerog_33_packed_answers_are_counted_on_their_text();
    void zerog_33_storage_counts_packed_bytes();
    void zerog_45_an_error_status_counts_nothing_and_passes();
    void zerog_47_storage_holds_its_last_bytes_back_until_they_are_counted();
    void odd_streams_are_relayed_unchanged();
    void bounds_hold();
};

void TstZerogCounting::zerog_23_words_are_counted_by_the_pages_spaces()
{
    QCOMPARE(countWords(u"Say this is a test!"), 5);
    QCOMPARE(countWords(u""), 0);
    QCOMPARE(countWords(u" \t\r\n "), 0);
    QCOMPARE(countWords(QString::fromUtf8("你好世界")), 1);
    // Each of the page's spaces parts two words; what is none does not.
    for (const char16_t space : u"\u0009\u000a\u000b\u000c\u000d\u0020\u0085\u00a0\u1680\u2000\u2001\u2005\u200a\u2028\u2029\u202f\u205f\u3000") {
        if (space != 0)
            QCOMPARE(countWords(QString(u'a') + QChar(space) + QChar(u'b')), 2);
    }
    for (const char16_t none : u"\u200b\ufeff\u001c\u001d\u001e\u001f\u180e\u2060") {
        if (none != 0)
            QCOMPARE(countWords(QString(u'a') + QChar(none) + QChar(u'b')), 1);
    }
    QCOMPARE(countWords(QString::fromUtf8("🙂 🙂🙂")), 2);
}

void TstZerogCounting::zerog_23_messages_add_up()
{
    const auto count = [](const char *body) { return orThrow(inputCount(ServiceType::Chatbot, body)); };
    QCOMPARE(count(R"({"messages":[{"role":"user","content":"Say this is a test!"}]})"), U256(5));
    QCOMPARE(count(R"({"messages":[{"role":"user","content":""}]})"), U256(0));
    QCOMPARE(count(R"({"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say this is a test!"},{"content":null},{"role":"tool"}]})"), U256(7));
    QCOMPARE(count(R"({"model":"a b c"})"), U256(0));
    QCOMPARE(count(R"({"messages":null})"), U256(0));
    QCOMPARE(count(R"({"messages":[{"role":"user","content":"one","tool_calls":[{"function":{"name":"a b"}}]}],"stop":"x y z"})"), U256(1));
}

void TstZerogCounting::what_cannot_be_counted_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("multimodal") << QByteArray(R"({"messages":[{"content":[{"type":"text","text":"x"}]}]})");
    QTest::newRow("number") << QByteArray(R"({"messages":[{"content":7}]})");
    QTest::newRow("messages is no list") << QByteArray(R"({"messages":"x"})");
    QTest::newRow("message is no object") << QByteArray(R"({"messages":["x"]})");
    QTest::newRow("no JSON") << QByteArray("x");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("the same key twice") << QByteArray(R"({"messages":[],"messages":[{"content":"x"}]})");
}

void TstZerogCounting::what_cannot_be_counted_is_refused()
{
    QFETCH(QByteArray, body);
    const auto count = inputCount(ServiceType::Chatbot, body);
    QVERIFY(!count);
    QVERIFY(!count.error().message().isEmpty());
}

void TstZerogCounting::zerog_24_storage_counts_the_bytes_as_forwarded()
{
    const QByteArray body = "{ \"b\" : \"<\" ,\n \"a\" : 1.0 }";
    const QByteArray forwarded = orThrow(forwardedBody(body));
    QCOMPARE(forwarded, QByteArray("{\"a\":1,\"b\":\"\\u003c\"}"));
    QCOMPARE(orThrow(inputCount(ServiceType::Storage, forwarded)), U256(20));
    QVERIFY(forwarded.size() != body.size());
}

void TstZerogCounting::zerog_41_the_body_is_written_anew_as_go_does_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("forwarded");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &forwarded) { QTest::newRow(name) << body << forwarded; };
    row("keys by bytes at every level", R"({"b":{"z":1,"Z":2,"é":3},"a":[{"y":1,"x":2}]})", "{\"a\":[{\"x\":2,\"y\":1}],\"b\":{\"Z\":2,\"z\":1,\"\xc3\xa9\":3}}");
    row("no white space", " {\n\t\"a\" :\r [ 1 , 2 ] } ", R"({"a":[1,2]})");
    row("HTML", R"({"a":"<b>&\u2028\u2029/\/"})", R"({"a":"\u003cb\u003e\u0026\u2028\u2029//"})");
    row("HTML in a key", R"({"<":1})", R"({"\u003c":1})");
    row("backspace and form feed", R"({"a":"\u0008\u000c\n\r\t\u0001\u001f"})", R"({"a":"\b\f\n\r\t\u0001\u001f"})");
    row("delete is raw", R"({"a":"\u007f"})", "{\"a\":\"\x7f\"}");
    row("beyond ASCII stays", R"({"a":"\u00e9\ud83d\ude42"})", "{\"a\":\"\xc3\xa9\xf0\x9f\x99\x82\"}");
    row("lone surrogates", R"({"a":"\ud83dx\udc00\ud83d\u0041"})", "{\"a\":\"\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd" "A\"}");
    row("bad UTF-8", "{\"a\":\"\xff\xc3(\xed\xa0\x80\"}", "{\"a\":\"\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"}");
    row("the last duplicate wins", R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})");
    row("an escaped key is the same key", R"({"\u0061":1,"a":2})", R"({"a":2})");
    row("what follows is ignored", R"({"a":1} trailing {"b")", R"({"a":1})");
    row("words", R"({"a":true,"b":false,"c":null,"d":{},"e":[]})", R"({"a":true,"b":false,"c":null,"d":{},"e":[]})");
    row("quote and backslash", R"({"a":"\"\\"})", R"({"a":"\"\\"})");
}

void TstZerogCounting::zerog_41_the_body_is_written_anew_as_go_does()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, forwarded);
    QCOMPARE(orThrow(forwardedBody(body)), forwarded);
    // Written again it stays as it is.
    QCOMPARE(orThrow(forwardedBody(forwarded)), forwarded);
}

void TstZerogCounting::zerog_41_what_is_no_object_is_refused()
{
    for (const QByteArray &body : {QByteArray("{\"a\":1e999}"), QByteArray("[]"), QByteArray("null"), QByteArray(), QByteArray("   "), QByteArray("\"x\""), QByteArray("{\"a\":1"), QByteArray("{\"a\"}"),
             QByteArray("{a:1}"), QByteArray("{\"a\":01}"), QByteArray("{\"a\":1.}"), QByteArray("{\"a\":+1}"), QByteArray("{\"a\":.5}"), QByteArray("{\"a\":\"\x01\"}"), QByteArray("{\"a\":\"\\x\"}"),
             QByteArray("{\"a\":\"\\u00g0\"}"), QByteArray("{\"a\":1,}"), QByteArray("{\"a\":[1,]}"), QByteArray("{\"a\":tru}"), QByteArray("\xef\xbb\xbf{}"), QByteArray("{\"a\":\"x"),
             QByteArray("{\"a\":-}"), QByteArray("{\"a\":NaN}"), QByteArray("{\"d\":") + QByteArray(300, '[') + QByteArray(300, ']') + '}'}) {
        const auto forwarded = forwardedBody(body);
        QVERIFY2(!forwarded, body.constData());
        QVERIFY(!forwarded.error().message().isEmpty());
    }
}

void TstZerogCounting::numbers_pass_through_binary64_data()
{
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<QByteArray>("written");
    const std::pair<const char *, const char *> rows[] = {{"9007199254740993", "9007199254740992"}, {"1.0", "1"}, {"-0", "-0"}, {"0.0", "0"}, {"0.000001", "0.000001"}, {"0.0000001", "1e-7"},
        {"1e20", "100000000000000000000"}, {"1e21", "1e+21"}, {"123456789012345678901234", "1.2345678901234569e+23"}, {"123456789012345678901", "123456789012345680000"}, {"0.1", "0.1"},
        {"1E2", "100"}, {"1.5e-9", "1.5e-9"}, {"1e-400", "0"}, {"-1e-400", "-0"}, {"5e-324", "5e-324"}, {"1.7976931348623157e308", "1.7976931348623157e+308"}, {"-12.50", "-12.5"}, {"100", "100"},
        {"0.7", "0.7"}, {"1e-10", "1e-10"}};
    for (const auto &[literal, written] : rows)
        QTest::newRow(literal) << QByteArray(literal) << QByteArray(written);
}

void TstZerogCounting::numbers_pass_through_binary64()
{
    QFETCH(QByteArray, literal);
    QFETCH(QByteArray, written);
    QCOMPARE(orThrow(forwardedBody("{\"n\":" + literal + "}")), "{\"n\":" + written + "}");
}

void TstZerogCounting::zerog_28_the_declared_output_is_the_stored_one_or_more()
{
    QVERIFY(checkPreviousOutput(7, 7));
    QVERIFY(checkPreviousOutput(7, 8));
    const auto less = checkPreviousOutput(7, 6);
    QVERIFY(!less);
    QCOMPARE(less.error().message(), QStringLiteral("invalid previousOutputCount, expected 7, but received 6"));
    QVERIFY(checkInputCount(5, 5));
    QCOMPARE(checkInputCount(5, 6).error().message(), QStringLiteral("invalid inputCount, expected 5, but received 6"));
}

void TstZerogCounting::zerog_27_a_nonce_must_rise()
{
    QVERIFY(checkNonce(7, 8));
    QVERIFY(checkNonce(7, 900));
    QCOMPARE(checkNonce(7, 7).error().message(), QStringLiteral("invalid nonce, received nonce 7 not greater than the previous nonce: 7"));
    QVERIFY(!checkNonce(7, 6));
}

void TstZerogCounting::a_whole_answer_counts_its_words()
{
    for (const qsizetype step : {qsizetype(1), qsizetype(7), whole.size()}) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("application/json"));
        QVERIFY(!counter.streams());
        const Relayed relayed = relay(counter, whole, step);
        QCOMPARE(relayed.pieces.size(), 1);
        QCOMPARE(relayed.completing, 0);
        QCOMPARE(relayed.bytes, whole);
        QCOMPARE(counter.outputCount(), std::optional(U256(7)));
    }
    const auto count = [](const QByteArray &answer) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("application/json"));
        relay(counter, answer, answer.size());
        return counter.outputCount();
    };
    QCOMPARE(count(R"({"choices":[{"message":{"content":""},"delta":{"content":"a b"}}]})"), std::optional(U256(2)));
    QCOMPARE(count(R"({"choices":[{"message":{"content":null,"tool_calls":[]}},{"message":{"content":"other choices are ignored"}}]})"), std::optional(U256(0)));
    QCOMPARE(count("data: " + whole), std::optional(U256(7)));
    QCOMPARE(count("{\"choices\":[{\"message\":{\"content\":\"bad \xff utf8 \\ud83d\"}}]}"), std::optional(U256(4)));
}

void TstZerogCounting::zerog_46_an_answer_without_content_is_an_error_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("says");
    QTest::newRow("no choices") << QByteArray(R"({"id":"x"})") << QStringLiteral("no choices");
    QTest::newRow("empty choices") << QByteArray(R"({"choices":[]})") << QStringLiteral("no choices");
    QTest::newRow("the service's words") << QByteArray(R"({"choices":[],"error":{"message":"model is loading"}})") << QStringLiteral("model is loading");
    QTest::newRow("the service's text") << QByteArray(R"({"error":"out of memory"})") << QStringLiteral("out of memory");
    QTest::newRow("no JSON") << QByteArray("<html>") << QStringLiteral("no JSON");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("no JSON");
    QTest::newRow("cut") << whole.first(40) << QStringLiteral("no JSON");
    QTest::newRow("parts") << QByteArray(R"({"choices":[{"message":{"content":[]}}]})") << QStringLiteral("no text");
    QTest::newRow("a choice without message") << QByteArray(R"({"choices":[{"text":"legacy"}]})") << QStringLiteral("no choices with a message");
}

void TstZerogCounting::zerog_46_an_answer_without_content_is_an_error()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, says);
    AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("application/json"));
    QVERIFY(orThrow(counter.feed(answer)).isEmpty());
    const auto end = counter.finish();
    QVERIFY(!end);
    QVERIFY2(end.error().message().contains(says), qPrintable(end.error().message()));
    QCOMPARE(end.error().kind(), Error::Kind::Protocol);
    QVERIFY(!counter.outputCount());
}

void TstZerogCounting::zerog_31_a_stream_comes_event_by_event_and_ends_with_done()
{
    const QByteArray answer = delta("one tw") + delta("o three") + finishEvent + usageEvent + doneEvent;
    for (const qsizetype step : {qsizetype(1), qsizetype(5), answer.size()}) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("text/event-stream; charset=utf-8"));
        QVERIFY(counter.streams());
        const Relayed relayed = relay(counter, answer + "data: {\"error\":\"late\"}\n\n", step);
        const QList<QByteArray> events{delta("one tw"), delta("o three"), finishEvent, usageEvent, doneEvent};
        QCOMPARE(relayed.pieces, events);
        QCOMPARE(relayed.completing, 2);
        QVERIFY(counter.ended());
        QCOMPARE(counter.outputCount(), std::optional(U256(3)));
    }
}

void TstZerogCounting::zerog_32_only_finish_reason_completes_a_stream()
{
    AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("text/event-stream"));
    relay(counter, delta("a b") + usageEvent + doneEvent, 9);
    QVERIFY(!counter.outputCount());
    // Its own words are not counted, and of two the first counts.
    AnswerCounter twice(ServiceType::Chatbot, 200, answerHeaders("text/event-stream"));
    const Relayed relayed = relay(twice, delta("a b") + finishEvent + delta("c d") + finishEvent, 9);
    QCOMPARE(twice.outputCount(), std::optional(U256(2)));
    QCOMPARE(relayed.completing, 1);
}

void TstZerogCounting::zerog_32_a_cut_stream_counts_nothing()
{
    const QByteArray answer = delta("a b") + delta("c");
    for (qsizetype cut = 0; cut <= answer.size(); ++cut) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("text/event-stream"));
        const Relayed relayed = relay(counter, answer.first(cut), 11);
        QCOMPARE(relayed.bytes, answer.first(cut));
        QVERIFY(!counter.outputCount());
        QCOMPARE(relayed.completing, -1);
    }
    // One that cannot be read makes the rest uncountable, and goes on.
    AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("text/event-stream"));
    const QByteArray broken = delta("a") + "data: {broken\n\n" + finishEvent;
    QCOMPARE(relay(counter, broken, 4).bytes, broken);
    QVERIFY(!counter.outputCount());
}

void TstZerogCounting::zerog_33_packed_answers_are_counted_on_their_text_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<bool>("stream");
    for (const char *encoding : {"gzip", "deflate", "br"}) {
        QTest::addRow("%s whole", encoding) << QByteArray(encoding) << false;
        QTest::addRow("%s stream", encoding) << QByteArray(encoding) << true;
    }
}

void TstZerogCounting::zerog_33_packed_answers_are_counted_on_their_text()
{
    QFETCH(QByteArray, encoding);
    QFETCH(bool, stream);
    const QByteArray plain = stream ? delta("one two") + delta(" three") + finishEvent + doneEvent : whole;
    const QByteArray packed = encoding == "br" ? brotli(plain) : deflated(plain, encoding == "gzip" ? 31 : 15);
    for (const qsizetype step : {qsizetype(1), qsizetype(13), packed.size()}) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders(stream ? "text/event-stream" : "application/json", encoding));
        const Relayed relayed = relay(counter, packed, step);
        QCOMPARE(relayed.bytes, packed); // unchanged
        QCOMPARE(counter.outputCount(), std::optional(U256(stream ? 3 : 7)));
        QVERIFY(relayed.completing >= 0);
    }
    // Cut short, it counts nothing.
    AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("application/json", encoding));
    if (!stream) {
        QVERIFY(counter.feed(packed.first(packed.size() / 2)));
        QVERIFY(!counter.finish());
    }
    AnswerCounter unknown(ServiceType::Chatbot, 200, answerHeaders("application/json", "zstd"));
    QVERIFY(unknown.feed("x"));
    QVERIFY(unknown.finish().error().message().contains(QStringLiteral("zstd")));
}

void TstZerogCounting::zerog_33_storage_counts_packed_bytes()
{
    const QByteArray packed = deflated(QByteArray(5000, 'x'), 31);
    AnswerCounter counter(ServiceType::Storage, 200, answerHeaders("application/json", "gzip"));
    QCOMPARE(relay(counter, packed, 10).bytes, packed);
    QCOMPARE(counter.outputCount(), std::optional(U256(packed.size())));
}

void TstZerogCounting::zerog_45_an_error_status_counts_nothing_and_passes()
{
    for (const int status : {201, 204, 307, 400, 429, 500, 503}) {
        for (const ServiceType type : {ServiceType::Chatbot, ServiceType::Storage}) {
            AnswerCounter counter(type, status, answerHeaders("application/json"));
            QCOMPARE(relay(counter, whole, 50).bytes, whole);
            QVERIFY(!counter.outputCount());
        }
    }
}

void TstZerogCounting::zerog_47_storage_holds_its_last_bytes_back_until_they_are_counted()
{
    const QByteArray file(1000, 'f');
    AnswerCounter counter(ServiceType::Storage, 200, answerHeaders("application/octet-stream"));
    const Relayed before = relay(counter, file, 100, false);
    QCOMPARE(before.bytes.size(), 900);
    QVERIFY(!counter.outputCount());
    const auto last = orThrow(counter.finish());
    QCOMPARE(last.size(), 1);
    QCOMPARE(last.first().bytes.size(), 100);
    QVERIFY(last.first().completes);
    QCOMPARE(counter.outputCount(), std::optional(U256(1000)));
    // An empty answer is complete as well; a stream of storage never is (2.6).
    AnswerCounter empty(ServiceType::Storage, 200, answerHeaders("application/json"));
    QCOMPARE(relay(empty, {}, 1).completing, 0);
    QCOMPARE(empty.outputCount(), std::optional(U256(0)));
    AnswerCounter stream(ServiceType::Storage, 200, answerHeaders("text/event-stream"));
    QCOMPARE(relay(stream, finishEvent, 7).bytes, finishEvent);
    QVERIFY(!stream.outputCount());
}

void TstZerogCounting::odd_streams_are_relayed_unchanged()
{
    const QByteArray answer = ": comment\n\nevent: x\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"a b\"}}]}\r\n\r\n\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":null}]}\n\n"
                              "data: {\"choices\":[{\"delta\":{\"content\":\" c\"}}]}\n\ndata: {\"choices\":[{\"finish_reason\":\"length\"}]}";
    for (const qsizetype step : {qsizetype(1), qsizetype(3), answer.size()}) {
        AnswerCounter counter(ServiceType::Chatbot, 200, answerHeaders("Text/Event-Stream"));
        const Relayed relayed = relay(counter, answer, step);
        QCOMPARE(relayed.bytes, answer);
        QCOMPARE(counter.outputCount(), std::optional(U256(3)));
    }
}

void TstZerogCounting::bounds_hold()
{
    AnswerCounter::Limits limits;
    limits.maxAnswerBytes = 1000;
    limits.maxEventBytes = 100;
    AnswerCounter large(ServiceType::Chatbot, 200, answerHeaders("application/json"), limits);
    QCOMPARE(large.feed(QByteArray(1001, 'x')).error().kind(), Error::Kind::TooLarge);
    AnswerCounter event(ServiceType::Chatbot, 200, answerHeaders("text/event-stream"), limits);
    QCOMPARE(event.feed(QByteArray(101, 'x')).error().kind(), Error::Kind::TooLarge);
    for (const QByteArray &encoding : {QByteArray("gzip"), QByteArray("br")}) {
        const QByteArray bomb = encoding == "br" ? brotli(QByteArray(5'000'000, 'x')) : deflated(QByteArray(500'000, 'x'), 31);
        QVERIFY(bomb.size() < 1000);
        AnswerCounter packed(ServiceType::Chatbot, 200, answerHeaders("application/json", encoding), limits);
        QVERIFY(packed.feed(bomb));
        QCOMPARE(packed.finish().error().kind(), Error::Kind::TooLarge);
    }
    // A packed stream has the bound as a whole, however it is cut; a few bytes of it may be any number of events.
    const QByteArray empty = deflated(QByteArray(400, '\n'), 31);
    AnswerCounter several(ServiceType::Chatbot, 200, answerHeaders("text/event-stream", "gzip"), limits);
    QVERIFY(several.feed(empty));
    const QByteArray many = deflated(QByteArray(8'000'000, '\n'), 31);
    QVERIFY(many.size() < 10'000);
    AnswerCounter events(ServiceType::Chatbot, 200, answerHeaders("text/event-stream", "gzip"));
    QVERIFY(events.feed(many));
    AnswerCounter cut(ServiceType::Chatbot, 200, answerHeaders("text/event-stream", "gzip"), limits);
    std::optional<Error> refused;
    const QByteArray over = deflated(QByteArray(1001, '\n'), 31);
    for (qsizetype at = 0; at < over.size() && !refused; ++at) {
        if (const auto fed = cut.feed(over.sliced(at, 1)); !fed)
            refused = fed.error();
    }
    QVERIFY(refused && refused->kind() == Error::Kind::TooLarge);
    AnswerCounter lie(ServiceType::Chatbot, 200, answerHeaders("application/json", "br"));
    QVERIFY(lie.feed(whole));
    QCOMPARE(lie.finish().error().kind(), Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(TstZerogCounting)
#include "tst_zerog_counting.moc"
