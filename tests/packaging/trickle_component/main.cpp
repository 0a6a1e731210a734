#include <sluice/net/io_thread.h>
#include <sluice/trickle/publisher.h>
#include <sluice/trickle/subscriber.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

// trickle_component CHANNEL: writes three segments and reads them back.
int main(int argc, char **argv)
{
    using namespace sluice;
    using namespace sluice::trickle;
    using namespace std::chrono_literals;
    QCoreApplication app(argc, argv);
    const QUrl channel(app.arguments().value(1));
    IoThread io;
    PublisherOptions publishing;
    publishing.channel = channel;
    publishing.mimeType = "text/plain";
    publishing.onFailure = PublisherOptions::OnFailure::Resend;
    Publisher publisher(io, publishing);
    SubscriberOptions reading;
    reading.channel = channel;
    reading.start = 0;
    Subscriber subscriber(io, reading);
    for (const char *text : {"one ", "two ", "three"}) {
        publisher.write(text);
        publisher.nextSegment();
    }
    QByteArray all;
    while (all.size() < 13) {
        const auto event = subscriber.wait(10s);
        if (!event || event->type == SubscriberEvent::Type::End)
            return 1;
        all += event->bytes;
    }
    publisher.close().waitForFinished();
    std::puts(all.constData());
    return 0;
}
