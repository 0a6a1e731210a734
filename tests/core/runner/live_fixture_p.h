#pragma once

#include "sluice/media/decoder.h"
#include "sluice/media/encoder.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/test_pattern.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/runner_server.h"
#include "sluice/trickle/json_channel.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/server.h"
#include "sluice/trickle/subscriber.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtTest/QtTest>

#include <future>
#include <mutex>
#include <thread>

namespace sluice {

/// A trickle server and a runner on one I/O thread, and a client that publishes test pictures and reads what comes back.
///
/// The channels are those of a stream "s1", made by hand: what an orchestrator does is another test's matter.
class LiveFixture {
public:
    explicit LiveFixture(std::unique_ptr<Capability> capability, RunnerOptions options = {})
        : m_http(m_io, httpOptions(), [this](ServerRequest request, ServerResponse &response) { return m_channels.handle(std::move(request), response); })
    {
        orThrow(m_http.listen());
        m_name = capability->name();
        options.channelOrigins.append(m_http.origin());
        runner = std::make_unique<RunnerServer>(std::move(options));
        orThrow(runner->add(std::move(capability)));
        orThrow(runner->start());
    }
    ~LiveFixture()
    {
        m_out.reset();
        m_events.reset();
        m_data.reset();
        m_in.reset();
        runner.reset();
        m_http.stop();
    }

    struct Seen {
        std::optional<std::uint32_t> clock;
        qint64 pts = 0;
        std::chrono::steady_clock::time_point at;
        media::Frame frame;
    };

    /// Makes the channels with these suffixes ("" is the input) and starts the job.
    AsioHttpResponse start(const Json &params = {}, const QList<QByteArray> &suffixes = {"", "-out", "-data", "-control", "-events"}, const QByteArray &id = "s1")
    {
        static const QHash<QByteArray, QString> keys{{"", QStringLiteral("subscribe_url")}, {"-out", QStringLiteral("publish_url")},
            {"-data", QStringLiteral("data_url")}, {"-control", QStringLiteral("control_url")}, {"-events", QStringLiteral("events_url")}};
        Json body{{QStringLiteral("gateway_request_id"), QString::fromLatin1(id)}, {QStringLiteral("params"), params}};
        for (const QByteArray &suffix : suffixes) {
            const QByteArray name = id + suffix;
            onIo([this, name] { m_channels.create(name, "application/octet-stream"); });
            body.insert(keys.value(suffix), url(name).toString());
        }
        return post("start", body.dump(), id);
    }
    AsioHttpResponse post(const QByteArray &action, const QByteArray &body, const QByteArray &id = "s1")
    {
        AsioHttpRequest request;
        request.method = action == "status" ? "GET" : "POST";
        request.url = QUrl(runner->origin() + u'/' + m_name + QStringLiteral("/stream/") + QString::fromLatin1(action));
        request.headers = {{"Content-Type", "application/json"}, {"X-Stream-Id", id}};
        request.body = body;
        return boost::asio::co_spawn(m_io.context(), asioSend(std::move(request)), boost::asio::use_future).get();
    }
    [[nodiscard]] QUrl url(const QByteArray &name) const { return trickle::channelUrl(QUrl(m_http.origin() + QStringLiteral("/ai/trickle/")), name); }
    template <typename F> void onIo(F work)
    {
        std::promise<void> done;
        m_io.post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    bool hasChannel(const QByteArray &name)
    {
        bool there = false;
        onIo([&] { there = m_channels.channel(name).has_value(); });
        return there;
    }
    void removeChannel(const QByteArray &name)
    {
        onIo([&] { m_channels.remove(name); });
    }
    int running()
    {
        return int(orThrow(Json::parse(post("status", {}).body)).value(QStringLiteral("running")).toInt64().value_or(-1));
    }

    // The client's side.
    void listen(const QByteArray &id = "s1")
    {
        const auto collect = [this](QList<Json> &into) {
            trickle::JsonReader::Callbacks callbacks;
            callbacks.record = [this, &into](const Json &record) {
                const std::lock_guard lock(m_mutex);
                into.append(record);
            };
            return callbacks;
        };
        trickle::JsonReaderOptions events;
        events.subscriber.channel = url(id + "-events");
        events.subscriber.start = 0;
        m_events = std::make_unique<trickle::JsonReader>(m_io, events, collect(m_seenEvents));
        trickle::JsonReaderOptions data;
        data.subscriber.channel = url(id + "-data");
        data.subscriber.start = 0;
        data.style = trickle::JsonStyle::Lines;
        m_data = std::make_unique<trickle::JsonReader>(m_io, data, collect(m_seenData));
        media::Decoder::Output output;
        output.frame = [this](media::Frame frame) {
            const std::lock_guard lock(m_mutex);
            m_seen.append({media::readFrameClock(frame), frame.pts(), std::chrono::steady_clock::now(), frame});
        };
        output.audio = [this](media::AudioChunk chunk) {
            const std::lock_guard lock(m_mutex);
            m_samples += chunk.sampleCount();
        };
        m_decoder = std::make_unique<media::Decoder>(media::DecoderSettings(), std::move(output));
        trickle::SubscriberOptions options;
        options.channel = url(id + "-out");
        options.start = 0;
        m_out = std::make_unique<trickle::Subscriber>(m_io, options, [this](const trickle::SubscriberEvent &event) { received(event); });
    }
    /// Publishes `count` pictures of the test pattern at 30 a second, from number `first` on.
    void publishVideo(int count, std::uint32_t first = 0, media::VideoFormat format = {},
        const std::function<void(media::Frame &, std::uint32_t)> &change = {})
    {
        auto encoder = videoEncoder();
        const auto begun = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i) {
            const std::uint32_t number = first + std::uint32_t(i);
            media::Frame frame = media::drawTestPattern(format, number);
            frame.setPts(qint64(number) * 3000);
            if (change)
                change(frame, number);
            std::this_thread::sleep_until(begun + i * std::chrono::microseconds(33'333));
            {
                const std::lock_guard lock(m_mutex);
                m_sentAt.insert(frame.pts(), std::chrono::steady_clock::now());
            }
            orThrow(encoder->encode(frame));
        }
    }
    [[nodiscard]] std::unique_ptr<media::Encoder> videoEncoder()
    {
        publisher();
        return orThrow(media::Encoder::create({}, [this](const media::TsChunk &chunk) {
            if (chunk.segmentStart)
                m_in->nextSegment();
            m_in->write(chunk.bytes);
        }));
    }
    trickle::Publisher &publisher(const QByteArray &id = "s1")
    {
        if (!m_in) {
            trickle::PublisherOptions options;
            options.channel = url(id);
            m_in = std::make_unique<trickle::Publisher>(m_io, options);
        }
        return *m_in;
    }
    /// Ends the input as a client does.
    void closeInput()
    {
        publisher().close().waitForFinished();
        m_in.reset();
    }
    void control(const Json &record, const QByteArray &id = "s1")
    {
        if (!m_control) {
            trickle::JsonWriterOptions options;
            options.publisher.channel = url(id + "-control");
            m_control = std::make_unique<trickle::JsonWriter>(m_io, options);
        }
        orThrow(m_control->send(record));
    }

    [[nodiscard]] QList<Seen> seen() const
    {
        const std::lock_guard lock(m_mutex);
        return m_seen;
    }
    [[nodiscard]] qsizetype seenCount() const { return seen().size(); }
    /// True once picture `number` came back. On a busy machine some before it may be missing: queues drop what is late.
    [[nodiscard]] bool saw(std::uint32_t number) const
    {
        const auto all = seen();
        return std::any_of(all.begin(), all.end(), [number](const Seen &one) { return one.clock == number; });
    }
    /// Every clock is legible, higher than the one before, and fits the timestamp.
    [[nodiscard]] bool isInOrder() const
    {
        const auto all = seen();
        for (qsizetype i = 0; i < all.size(); ++i) {
            if (!all[i].clock || (i > 0 && *all[i].clock <= *all[i - 1].clock))
                return false;
            if (all[i].pts - all[0].pts != qint64(*all[i].clock - *all[0].clock) * 3000)
                return false;
        }
        return true;
    }
    [[nodiscard]] qint64 samples() const
    {
        const std::lock_guard lock(m_mutex);
        return m_samples;
    }
    [[nodiscard]] QByteArray rawOut() const
    {
        const std::lock_guard lock(m_mutex);
        return m_rawOut;
    }
    [[nodiscard]] bool outEnded() const
    {
        const std::lock_guard lock(m_mutex);
        return m_outEnded;
    }
    [[nodiscard]] QList<Json> dataRecords() const
    {
        const std::lock_guard lock(m_mutex);
        return m_seenData;
    }
    [[nodiscard]] QList<Json> events(const QString &type) const
    {
        const std::lock_guard lock(m_mutex);
        QList<Json> found;
        for (const Json &event : m_seenEvents) {
            if (event.value(QStringLiteral("type")).toString() == type)
                found.append(event);
        }
        return found;
    }
    /// Milliseconds from publishing a picture to its decoded return.
    struct Latency {
        double median = 0;
        double p95 = 0;
        double first = 0;
    };
    [[nodiscard]] Latency latency() const
    {
        const std::lock_guard lock(m_mutex);
        QList<double> times;
        for (const Seen &one : m_seen)
            times.append(std::chrono::duration<double, std::milli>(one.at - m_sentAt.value(qint64(one.clock.value_or(0)) * 3000)).count());
        Latency latency;
        latency.first = times.value(0);
        std::sort(times.begin(), times.end());
        latency.median = times.value(times.size() / 2);
        latency.p95 = times.value(times.size() * 95 / 100);
        return latency;
    }
    [[nodiscard]] std::chrono::steady_clock::time_point sentAt(std::uint32_t number) const
    {
        const std::lock_guard lock(m_mutex);
        return m_sentAt.value(qint64(number) * 3000);
    }

    std::unique_ptr<RunnerServer> runner;

private:
    HttpServerOptions httpOptions()
    {
        HttpServerOptions options;
        options.streamsBody = [this](const ServerRequest &head) { return m_channels.streamsBody(head); };
        return options;
    }
    static trickle::ServerOptions channelOptions()
    {
        trickle::ServerOptions options;
        options.basePath = "/ai/trickle/";
        return options;
    }
    void received(const trickle::SubscriberEvent &event)
    {
        using Type = trickle::SubscriberEvent::Type;
        if (event.type == Type::Bytes) {
            {
                const std::lock_guard lock(m_mutex);
                m_rawOut += event.bytes;
            }
            media::TsInput input;
            input.bytes = event.bytes;
            if (event.bytes.startsWith('G') || m_isVideo) { // no raw stream of these tests begins with the sync byte
                m_isVideo = true;
                if (!m_decoder->feed(input))
                    qWarning("the output is no video");
            }
        } else if (event.type == Type::SegmentEnd && m_isVideo) {
            orThrow(m_decoder->endSegment());
        } else if (event.type == Type::End) {
            const std::lock_guard lock(m_mutex);
            m_outEnded = true;
        }
    }

    IoThread m_io;
    trickle::Server m_channels{m_io, channelOptions()};
    HttpServer m_http;
    QString m_name;
    std::unique_ptr<trickle::Publisher> m_in;
    std::unique_ptr<trickle::JsonWriter> m_control;
    std::unique_ptr<media::Decoder> m_decoder;
    bool m_isVideo = false;
    mutable std::mutex m_mutex;
    QList<Seen> m_seen;
    QList<Json> m_seenEvents;
    QList<Json> m_seenData;
    QByteArray m_rawOut;
    qint64 m_samples = 0;
    bool m_outEnded = false;
    QHash<qint64, std::chrono::steady_clock::time_point> m_sentAt;
    std::unique_ptr<trickle::JsonReader> m_events;
    std::unique_ptr<trickle::JsonReader> m_data;
    std::unique_ptr<trickle::Subscriber> m_out;
};

} // namespace sluice
