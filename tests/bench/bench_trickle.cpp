// The trickle server on loopback: how long a chunk takes from write() to each of 1, 10, 20 and 100 readers at the pace of live video, and how
// many segments a second go through when nobody waits; segments of 1 KB and 1 MB, plain and TLS. Server, publisher and readers have a
// thread each and share the machine. Beside 1 MB to 10, 20 and 100 readers stands a bare relay of the same bytes. Prints JSON lines; asserts
// nothing.

#include "bare_relay.h"
#include "bench_support.h"

#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <thread>

using namespace sluice;
using namespace sluice::bench;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// What is sent: segments of so many chunks.
struct Load {
    const char *name;
    int chunks;
    qsizetype chunkBytes;
    std::chrono::microseconds chunkPace; ///< from one chunk to the next when latency is measured
};

/// 1 KB: a message thirty times a second. 1 MB: a second of video at 8 Mbit/s, a frame a chunk.
constexpr Load Loads[] = {{"1 KB", 1, 1024, 33'333us}, {"1 MB", 32, 32 * 1024, 33'333us}};
constexpr int MaxSegments = 200'000;

/// When each chunk was written, and who has how much of it. Written by the publishing thread before the reader can see it.
class Run final {
public:
    Run(const Load &load, int readers, bool tls)
        : m_load(load)
        , m_server(tls)
    {
        m_written.resize(std::size_t(MaxSegments));
        trickle::SubscriberOptions reading;
        reading.channel = m_server.channel("bench");
        reading.start = 0;
        reading.tls = AsioTls::unverified();
        m_places.resize(std::size_t(readers));
        for (int i = 0; i < readers; ++i) {
            m_readers.push_back(std::make_unique<trickle::Subscriber>(m_in, reading,
                [this, place = &m_places[std::size_t(i)]](const trickle::SubscriberEvent &event) { onEvent(*place, event); }));
        }
        trickle::PublisherOptions writing;
        writing.channel = reading.channel;
        writing.tls = AsioTls::unverified();
        writing.maxQueuedBytes = 64 << 20;
        m_publisher = std::make_unique<trickle::Publisher>(m_out, writing);
    }
    ~Run()
    {
        m_publisher->close().waitForFinished();
        m_readers.clear();
    }

    /// Waits until every reader has connected and read something.
    void warmUp()
    {
        for (int i = 0; i < 3; ++i) {
            writeSegment(0us);
            waitForAll();
        }
        m_latencies.clear();
    }
    void latency(std::chrono::seconds time)
    {
        const auto until = Clock::now() + time;
        m_next = Clock::now();
        while (Clock::now() < until)
            writeSegment(m_load.chunkPace);
        waitForAll();
    }
    /// Segments a second; at most two are under way, so that no reader loses one.
    double throughput(std::chrono::seconds time)
    {
        const int first = m_segment;
        const auto begun = Clock::now();
        while (Clock::now() - begun < time && m_segment < MaxSegments) {
            writeSegment(0us);
            if (!waitUntil(m_segment - 1, 5s))
                waitForAll();
        }
        waitForAll();
        return (m_segment - first) / (milliseconds(Clock::now() - begun) / 1000);
    }
    [[nodiscard]] double serverCpuMs() { return m_server.cpuMs(); }
    [[nodiscard]] std::vector<double> latencies() const { return m_latencies.values(); }
    [[nodiscard]] int missed() const { return m_missed; }

private:
    struct Place {
        qsizetype bytes = 0;
        int segments = 0;
    };

    void writeSegment(std::chrono::microseconds pace)
    {
        const int segment = m_segment++;
        auto &times = m_written[std::size_t(segment)];
        times.resize(std::size_t(m_load.chunks));
        const QByteArray chunk(m_load.chunkBytes, 'x');
        for (int i = 0; i < m_load.chunks; ++i) {
            if (pace.count() > 0)
                std::this_thread::sleep_until(m_next += pace);
            times[std::size_t(i)] = Clock::now();
            m_publisher->write(chunk);
        }
        m_publisher->nextSegment();
    }
    void onEvent(Place &place, const trickle::SubscriberEvent &event)
    {
        using Type = trickle::SubscriberEvent::Type;
        if (event.type == Type::SegmentBegin)
            place.bytes = 0;
        if (event.type == Type::Bytes) {
            const auto &times = m_written[std::size_t(event.seq)];
            const qsizetype before = place.bytes / m_load.chunkBytes;
            place.bytes += event.bytes.size();
            for (qsizetype chunk = before; chunk < place.bytes / m_load.chunkBytes; ++chunk)
                m_latencies.add(milliseconds(event.received - times[std::size_t(chunk)]));
        }
        if (event.type != Type::SegmentEnd && event.type != Type::Gap)
            return;
        // A reader that is too slow for the server's history misses segments; it is not to be waited for.
        const int missed = event.type == Type::Gap ? int(event.next - event.seq) : 0;
        m_missed += missed;
        const std::lock_guard lock(m_mutex);
        place.segments += std::max(1, missed);
        m_changed.notify_all();
    }
    [[nodiscard]] bool waitUntil(int segments, std::chrono::milliseconds limit)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, limit, [&] {
            return std::all_of(m_places.begin(), m_places.end(), [&](const Place &place) { return place.segments >= segments; });
        });
    }
    /// A reader that missed the last segments only knows when another one comes.
    void waitForAll()
    {
        for (int i = 0; !waitUntil(m_segment, 2s); ++i) {
            if (i == 60)
                throw Error(Error::Kind::Timeout, QStringLiteral("A reader does not go on after segment %1.").arg(m_segment));
            writeSegment(0us);
        }
    }

    const Load m_load;
    LoopbackServer m_server;
    IoThread m_out;
    IoThread m_in;
    std::vector<std::vector<Clock::time_point>> m_written;
    std::vector<Place> m_places;
    Samples m_latencies;
    std::atomic<int> m_missed = 0;
    std::mutex m_mutex; ///< of what m_changed tells
    std::condition_variable m_changed;
    int m_segment = 0;
    Clock::time_point m_next;
    std::unique_ptr<trickle::Publisher> m_publisher;
    std::vector<std::unique_ptr<trickle::Subscriber>> m_readers;
};

QString transport(bool tls)
{
    return tls ? QStringLiteral("TLS") : QStringLiteral("plain");
}

void measure(const Load &load, int readers, bool tls, std::chrono::seconds time)
{
    Run run(load, readers, tls);
    const auto begun = Clock::now();
    run.warmUp();
    const double connecting = milliseconds(Clock::now() - begun);
    run.latency(time);
    const std::vector<double> latencies = run.latencies();
    const std::clock_t before = std::clock();
    const double serverBefore = run.serverCpuMs();
    const auto throughputBegun = Clock::now();
    const double rate = run.throughput(time);
    const double busy = 1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC;
    const double given = rate * milliseconds(Clock::now() - throughputBegun) / 1000 * readers;
    printLine(Json{{"segment", load.name}, {"readers", readers}, {"transport", transport(tls)}, {"p50_ms", rounded(percentile(latencies, 0.5))},
        {"p95_ms", rounded(percentile(latencies, 0.95))}, {"chunks", qint64(latencies.size())}, {"segments_per_second", rounded(rate)},
        {"delivered_mb_s", rounded(rate * load.chunks * double(load.chunkBytes) * readers / 1e6)}, {"missed", run.missed()},
        {"cpu_ms_per_segment_and_reader", rounded(busy / given, 4)},
        {"server_cpu_ms_per_segment_and_reader", rounded((run.serverCpuMs() - serverBefore) / given, 4)}, {"warm_up_ms", rounded(connecting)}});
}

void measureRelay(const Load &load, int readers, bool tls, std::chrono::seconds time)
{
    const RelayCost cost = relayBare(readers, tls, time);
    const double given = double(cost.delivered) / (load.chunks * double(load.chunkBytes));
    printLine(Json{{"relay", true}, {"segment", load.name}, {"readers", readers}, {"transport", transport(tls)},
        {"delivered_mb_s", rounded(double(cost.delivered) / cost.seconds / 1e6)}, {"cpu_ms_per_segment_and_reader", rounded(cost.cpuMs / given, 4)},
        {"server_cpu_ms_per_segment_and_reader", rounded(cost.relayCpuMs / given, 4)}});
}

/// A line of the table, by the name that --list and --only have for it.
struct Case {
    QString name;
    std::function<void(std::chrono::seconds)> measure;
};

std::vector<Case> allCases()
{
    std::vector<Case> cases;
    for (const bool tls : {false, true}) {
        for (const Load &load : Loads) {
            for (const int readers : {1, 10, 20, 100}) {
                const QString name = QStringLiteral("%1/%2/%3").arg(QLatin1String(load.name)).arg(readers).arg(transport(tls));
                cases.push_back({name, [&load, readers, tls](auto time) { measure(load, readers, tls, time); }});
                if (load.chunks > 1 && readers > 1)
                    cases.push_back({name + QStringLiteral("/relay"), [&load, readers, tls](auto time) { measureRelay(load, readers, tls, time); }});
            }
        }
    }
    return cases;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser line;
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("How long each measurement runs."), QStringLiteral("N"), QStringLiteral("3"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("One case: \"1 MB/100/TLS\"."), QStringLiteral("CASE"));
    const QCommandLineOption list(QStringLiteral("list"), QStringLiteral("Print the names of the cases."));
    line.addOptions({seconds, only, list});
    line.addHelpOption();
    line.process(app);
    const std::chrono::seconds time(std::max(1, line.value(seconds).toInt()));
    try {
        for (const Case &one : allCases()) {
            if (line.isSet(list))
                std::printf("%s\n", qPrintable(one.name));
            else if (!line.isSet(only) || line.value(only) == one.name)
                one.measure(time);
        }
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
    return 0;
}
