// Serves the same long stream of chat chunks as fast as the client takes it; prints its port and runs until killed.
// Both clients of the comparison read from it, so that only the clients differ.

#include "sluice/net/http_server.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace sluice;

namespace {
constexpr int kChunksPerWrite = 64;

QByteArray chunk(int number)
{
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\","
           "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word"
        + QByteArray::number(number % 1000) + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
}

boost::asio::awaitable<void> stream(int chunks, ServerResponse &response)
{
    const Headers type = headers::contentType("text/event-stream"); // named before the co_await: DESIGN.md 3
    co_await response.begin(200, type);
    for (int sent = 0; sent < chunks; sent += kChunksPerWrite) {
        QByteArray block;
        for (int i = sent; i < std::min(chunks, sent + kChunksPerWrite); ++i)
            block += chunk(i);
        if (!co_await response.write(block))
            co_return;
    }
    co_await response.write("data: [DONE]\n\n");
    co_await response.end();
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const int chunks = argc > 1 ? QByteArray(argv[1]).toInt() : 100'000;
    IoThread io;
    HttpServer server(io, {}, [chunks](ServerRequest, ServerResponse &response) { return stream(chunks, response); });
    const auto port = server.listen();
    if (!port) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(port.error().describe()));
        return 1;
    }
    std::printf("%d\n", int(*port));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
