// Reads a stream of chat chunks to its end with Sluice's HTTP client, event parser and delta reader, and prints the rate.

#include "sluice/gateway/chat_delta.h"
#include "sluice/net/http_client.h"
#include "sluice/net/sse_parser.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <cstdio>

using namespace sluice;

namespace {
QCoro::Task<void> readAll(QUrl url)
{
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    QElapsedTimer timer;
    timer.start();
    const auto stream = co_await client.open(request, {});
    SseParser parser;
    qint64 chunks = 0;
    qint64 characters = 0;
    while (true) {
        const QByteArray bytes = co_await stream->read();
        if (bytes.isEmpty())
            break;
        for (const SseEvent &event : orThrow(parser.feed(bytes))) {
            if (event.data == QStringLiteral("[DONE]"))
                continue;
            characters += parseChatDelta(QByteArrayView(event.data.toUtf8())).text.size();
            ++chunks;
        }
    }
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    std::printf("{\"chunks\":%lld,\"characters\":%lld,\"seconds\":%.4f,\"chunks_per_second\":%.0f}\n", chunks, characters,
        seconds, double(chunks) / seconds);
    QCoreApplication::exit(0);
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QUrl url(QString::fromLocal8Bit(argc > 1 ? argv[1] : "http://127.0.0.1:8000/"));
    QMetaObject::invokeMethod(&app, [url] { readAll(url); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
