#pragma once

#include "server_samples.h"

/// What an upstream can do to an answer, whoever asked for it: rows for tests of all that stands before one.
namespace sluice::openai {

/// How the whole answers and the streams of a dialect look when nothing is wrong.
struct GoodAnswer {
    QByteArray whole;
    QByteArrayList events; ///< "Hel", "lo", and the end
};

[[nodiscard]] inline GoodAnswer goodAnswer(Dialect dialect)
{
    if (dialect == Dialect::Legacy)
        return {R"({"response":"Hello","tokens_used":4})",
            {"data: {\"chunk\":\"Hel\"}\n\n", "data: {\"chunk\":\"lo\"}\n\n", "data: {\"chunk\":\"[DONE]\",\"tokens_used\":4,\"done\":true}\n\n"}};
    GoodAnswer good{Hello, {"data: " + delta("Hel") + "\n\n", "data: " + delta("lo") + "\n\n", "data: " + delta("", "stop") + "\n\n"}};
    good.whole.replace("Hello there", "Hello");
    if (dialect == Dialect::OpenAi)
        good.events.append("data: [DONE]\n\n");
    return good;
}

[[nodiscard]] inline QByteArray goodResponse(Dialect dialect, bool stream)
{
    const GoodAnswer good = goodAnswer(dialect);
    return stream ? chunkedAnswer("text/event-stream", good.events) : httpAnswer("200 OK", "application/json", good.whole);
}

/// An answer and how it ends, none of them good.
struct HostileAnswer {
    QByteArray name;
    RawUpstream::Script script;
};

[[nodiscard]] inline QList<HostileAnswer> brokenAnswers(Dialect dialect, bool stream)
{
    using End = RawUpstream::End;
    const GoodAnswer good = goodAnswer(dialect);
    const QByteArray type = stream ? "text/event-stream" : "application/json";
    const QByteArray start = stream ? good.events.first() : good.whole.left(30);
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n";
    QList<HostileAnswer> all{
        {"no byte", {{}, End::Close}},
        {"no byte and a reset", {{}, End::Reset}},
        {"cut in the status line", {"HTTP/1.1 20", End::Close}},
        {"cut in the headers", {head + "Cache-Contr", End::Close}},
        {"reset in the headers", {head + "Cache-Contr", End::Reset}},
        {"no HTTP", {"SSH-2.0-OpenSSH_9.2\r\n", End::Close}},
        {"a status that is none", {"HTTP/1.1 abc OK\r\n\r\n", End::Close}},
        {"an upgrade that nobody asked for", {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", End::Close}},
        {"headers without an end", {"HTTP/1.1 200 OK\r\n" + QByteArray("X-A: " + QByteArray(1017, 'a') + "\r\n"), End::Close, 4000}},
        {"many small headers", {"HTTP/1.1 200 OK\r\n" + QByteArray("a:b\r\n").repeated(40'000), End::Close}},
        {"nothing in it", {httpAnswer("200 OK", type, {}), End::Close}},
        {"nothing in it, without a length", {head + "\r\n", End::Close}},
        {"blanks", {httpAnswer("200 OK", type, " \r\n\n"), End::Close}},
        {"no content", {"HTTP/1.1 204 No Content\r\n\r\n", End::Close}},
        {"not modified", {"HTTP/1.1 304 Not Modified\r\n\r\n", End::Close}},
        {"another place", {httpAnswer("302 Found", "text/html", "moved", "Location: http://127.0.0.1:1/\r\n"), End::Close}},
        {"shorter than its length", {head + "Content-Length: 5000\r\n\r\n" + start, End::Close}},
        {"shorter and reset", {head + "Content-Length: 5000\r\n\r\n" + start, End::Reset}},
        {"a length that is none", {head + "Content-Length: 12x\r\n\r\n" + start, End::Close}},
        {"a negative length", {head + "Content-Length: -1\r\n\r\n" + start, End::Close}},
        {"two lengths", {head + "Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + start, End::Close}},
        {"an unknown coding", {head + "Transfer-Encoding: gzip, chunked-ish\r\n\r\n" + start, End::Close}},
        {"a chunk of nonsense", {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + start, End::Close}},
        {"a chunk longer than can be", {head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + start, End::Close}},
        {"cut in a chunk", {head + "Transfer-Encoding: chunked\r\n\r\n4000\r\n" + start, End::Close}},
        {"cut between chunks", {chunkedAnswer(type, {start}, false), End::Close}},
        {"reset between chunks", {chunkedAnswer(type, {start}, false), End::Reset}},
        {"ended too soon", {chunkedAnswer(type, {start}), End::Close}},
        {"ended too soon, without a length", {head + "\r\n" + start, End::Close}},
        {"bytes of nothing", {chunkedAnswer(type, {QByteArray(3000, '\0')}), End::Close}},
        {"bad UTF-8", {chunkedAnswer(type, {"data: \xff\xfe{\"choices\"\n\n"}), End::Close}},
        {"deep JSON", {chunkedAnswer(type, {(stream ? "data: " : "") + QByteArray("{\"choices\":") + QByteArray(50'000, '[') + (stream ? "\n\n" : "")}), End::Close}},
        {"a number for an answer", {chunkedAnswer(type, {stream ? "data: 7\n\n" : "7"}), End::Close}},
        {"choices that are none", {chunkedAnswer(type, {stream ? "data: {\"choices\":{\"a\":1}}\n\n" : "{\"choices\":{\"a\":1}}"}), End::Close}},
        {"choices of nothing", {chunkedAnswer(type, {stream ? "data: {\"choices\":[null,7]}\n\n" : "{\"choices\":[null,7]}"}), End::Close}},
        {"an error in a 200", {chunkedAnswer(type, {stream ? "data: {\"error\":{\"message\":\"fell over\"}}\n\n" : "{\"error\":{\"message\":\"fell over\"}}"}), End::Close}},
        {"a page in a 200", {httpAnswer("200 OK", "text/html", "<html><body>Log in to the network first</body></html>"), End::Close}},
    };
    if (stream)
        all += {
            {"cut in an event", {chunkedAnswer(type, {start, good.events.at(1).left(20)}, false), End::Close}},
            {"ended in an event", {chunkedAnswer(type, {start, good.events.at(1).left(20)}), End::Close}},
            {"comments alone", {chunkedAnswer(type, {": ping\n\n", ": ping\n\n"}), End::Close}},
            {"a mark of the end alone", {chunkedAnswer(type, {"data: [DONE]\n\n"}), End::Close}},
            {"events without data", {chunkedAnswer(type, {"event: message\n\nid: 7\n\ndata:\n\n"}), End::Close}},
            {"an error event", {chunkedAnswer(type, {start, "event: error\ndata: \"fell over\"\n\n"}), End::Close}},
            {"an error and then all well", {chunkedAnswer(type, {start, "data: {\"error\":\"fell over\"}\n\n", good.events.last()}), End::Close}},
        };
    return all;
}

/// It was told that this failed, in a way that every client notices.
[[nodiscard]] inline bool failedWell(int status, const QByteArray &body)
{
    if (body.contains("data: [DONE]"))
        return false;
    QByteArray told = body;
    if (status == 200) {
        const qsizetype last = body.lastIndexOf("data: ");
        told = last < 0 || !body.endsWith("\n\n") ? QByteArray() : body.mid(last + 6).trimmed();
    } else if (status < 500) {
        return false;
    }
    const Json error = parsed(told).value(QStringLiteral("error"));
    return !error.value(QStringLiteral("message")).toString().isEmpty() && error.contains(QStringLiteral("type")) && error.contains(QStringLiteral("param")) && error.contains(QStringLiteral("code"));
}

} // namespace sluice::openai
