// The LLM worker as a program of its own, asked over real sockets, with a scripted model server in this one: jobs and fragments per second,
// what a fragment takes from the model server's socket to the client's, and memory. Lines of JSON.
//
//   bench_llmworker SLUICECTL
//
// The latency is taken twice: with all 50 streams in step, as a model server gives them that computes a batch a step, and spread evenly.
// Beside each stands what reading the model server's stream costs directly, and through a relay that only passes bytes.

#include "bench_support.h"
#include "passing_relay.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

#include <functional>

using namespace sluice;
using namespace sluice::bench;
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto FragmentPace = std::chrono::milliseconds(10);

QByteArray chunk(const QByteArray &content)
{
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\","
           "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + content + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
}

/// "few": three fragments; "flood N": N of them, as fast as they are taken; "paced N US": one every 10 ms, each the time at which it was sent,
/// from so many microseconds after the full second on.
asio::awaitable<void> model(ServerRequest request, ServerResponse &response)
{
    const auto body = Json::parse(request.body);
    const QStringList words = body->value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).toString().split(QLatin1Char(' '));
    const int count = words.value(1).toInt();
    const Headers type = headers::contentType("text/event-stream");
    if (words.first() == QLatin1String("few")) {
        QByteArray whole = chunk("one") + chunk(" two") + chunk(" three") + "data: [DONE]\n\n";
        co_await response.send(200, type, std::move(whole));
        co_return;
    }
    co_await response.begin(200, type);
    if (words.first() == QLatin1String("flood")) {
        constexpr int PerWrite = 64;
        QByteArray block;
        for (int i = 0; i < PerWrite; ++i)
            block += chunk(" word" + QByteArray::number(i));
        for (int sent = 0; sent < count; sent += PerWrite)
            co_await response.write(block);
    } else {
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        asio::steady_timer timer(executor);
        Clock::time_point next(std::chrono::ceil<std::chrono::seconds>(Clock::now().time_since_epoch()) + std::chrono::microseconds(words.value(2).toInt()));
        for (int i = 0; i < count; ++i, next += FragmentPace) {
            timer.expires_at(next);
            co_await timer.async_wait(asio::use_awaitable);
            const QByteArray event = chunk(QByteArray::number(Clock::now().time_since_epoch().count()));
            co_await response.write(event);
        }
    }
    co_await response.write("data: [DONE]\n\n");
    co_await response.end();
}

/// A websocket's client that does nothing but send adds and split frames.
class Peer : public std::enable_shared_from_this<Peer> {
public:
    Peer(asio::io_context &context, quint16 port, std::function<void(QByteArrayView)> onText)
        : m_socket(context)
        , m_onText(std::move(onText))
    {
        m_socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
        m_socket.set_option(tcp::no_delay(true));
        const std::string head = "GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                 "Sec-WebSocket-Version: 13\r\n\r\n";
        asio::write(m_socket, asio::buffer(head));
        std::string answer;
        const std::size_t end = asio::read_until(m_socket, asio::dynamic_buffer(answer), "\r\n\r\n");
        if (answer.find(" 101 ") == std::string::npos)
            throw std::runtime_error("no websocket");
        m_in = QByteArray::fromStdString(answer.substr(end));
    }
    void start() { read(); }
    void add(const QByteArray &query)
    {
        const QByteArray text = R"({"type":"add","id":"a","query":")" + query
            + R"(","assistant":{"streams":[{"provider":"vllm","settings":{"model":"m"},"messages":[{"role":"user","content":"{query}"}]}]}})";
        QByteArray frame("\x81");
        frame += char(0x80 | 126);
        frame += char(text.size() >> 8);
        frame += char(text.size() & 0xff);
        frame += QByteArray(4, '\0');
        frame += text;
        asio::write(m_socket, asio::buffer(frame.constData(), std::size_t(frame.size())));
    }

private:
    void read()
    {
        m_socket.async_read_some(asio::buffer(m_piece), [self = shared_from_this()](const boost::system::error_code &error, std::size_t size) {
            if (error)
                return;
            self->m_in.append(self->m_piece.data(), qsizetype(size));
            self->split();
            self->read();
        });
    }
    void split()
    {
        qsizetype at = 0;
        while (m_in.size() - at >= 2) {
            qsizetype size = quint8(m_in[at + 1]);
            qsizetype head = 2;
            if (size == 126) {
                if (m_in.size() - at < 4)
                    break;
                size = (quint8(m_in[at + 2]) << 8) + quint8(m_in[at + 3]);
                head = 4;
            }
            if (m_in.size() - at < head + size)
                break;
            if (quint8(m_in[at]) == 0x81)
                m_onText(QByteArrayView(m_in).sliced(at + head, size));
            at += head + size;
        }
        m_in.remove(0, at);
    }

    tcp::socket m_socket;
    std::function<void(QByteArrayView)> m_onText;
    std::array<char, 65536> m_piece{};
    QByteArray m_in;
};

/// Reads a model server's stream itself, as the worker would: what the way costs with no worker in it.
class DirectReader : public std::enable_shared_from_this<DirectReader> {
public:
    DirectReader(asio::io_context &context, quint16 port, std::function<void(QByteArrayView)> onEvent)
        : m_socket(context)
        , m_onEvent(std::move(onEvent))
    {
        m_socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
        m_socket.set_option(tcp::no_delay(true));
    }
    void ask(const QByteArray &query)
    {
        const QByteArray body = R"({"model":"m","stream":true,"messages":[{"role":"user","content":")" + query + R"("}]})";
        const QByteArray request = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n\r\n" + body;
        asio::write(m_socket, asio::buffer(request.constData(), std::size_t(request.size())));
    }
    void read()
    {
        m_socket.async_read_some(asio::buffer(m_piece), [self = shared_from_this()](const boost::system::error_code &error, std::size_t size) {
            if (error)
                return;
            self->m_in.append(self->m_piece.data(), qsizetype(size));
            for (qsizetype end = 0; (end = self->m_in.indexOf("\n\n")) >= 0; self->m_in.remove(0, end + 2))
                self->m_onEvent(QByteArrayView(self->m_in).first(end));
            self->read();
        });
    }

private:
    tcp::socket m_socket;
    std::function<void(QByteArrayView)> m_onEvent;
    std::array<char, 65536> m_piece{};
    QByteArray m_in;
};

bool isDone(QByteArrayView text)
{
    return text.startsWith(R"({"type":"done")");
}

bool isFragment(QByteArrayView text)
{
    return text.startsWith(R"({"type":"running")");
}

/// The worker's process.
class Worker {
public:
    Worker(const QString &program, const QString &models, int workers)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("VLLM_URI"), models + QStringLiteral("/v1"));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, {QStringLiteral("worker"), QStringLiteral("serve"), QStringLiteral("--address"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"),
                                     QStringLiteral("0"), QStringLiteral("--workers"), QString::number(workers), QStringLiteral("--json")});
        while (!m_process.canReadLine() && m_process.waitForReadyRead(20'000)) { }
        m_port = quint16(QUrl(orThrow(Json::parse(m_process.readLine())).value(QStringLiteral("url")).toString()).port());
    }
    ~Worker()
    {
        m_process.terminate();
        m_process.waitForFinished(10'000);
    }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// MiB: what is its own, and the most it ever had in memory with what it shares with others.
    [[nodiscard]] std::pair<double, double> memory() const
    {
        return {kilobytes(QStringLiteral("smaps_rollup"), QStringLiteral("Pss")) / 1024, kilobytes(QStringLiteral("status"), QStringLiteral("VmHWM")) / 1024};
    }

private:
    [[nodiscard]] double kilobytes(const QString &file, const QString &name) const
    {
        QFile open(QStringLiteral("/proc/%1/%2").arg(m_process.processId()).arg(file));
        if (!open.open(QIODevice::ReadOnly))
            return 0;
        const QRegularExpression form(QStringLiteral("^%1:\\s+(\\d+) kB").arg(name), QRegularExpression::MultilineOption);
        return form.match(QString::fromLatin1(open.readAll())).captured(1).toDouble();
    }

    QProcess m_process;
    quint16 m_port = 0;
};

double seconds(Clock::duration time)
{
    return std::chrono::duration<double>(time).count();
}

void jobsPerSecond(const QString &program, const QString &models, int connections, int jobs, const char *part)
{
    Worker worker(program, models, 1);
    const double idle = worker.memory().first;
    asio::io_context context;
    int done = 0;
    std::vector<std::shared_ptr<Peer>> peers;
    for (int i = 0; i < connections; ++i)
        peers.push_back(std::make_shared<Peer>(context, worker.port(), [&](QByteArrayView text) {
            if (isDone(text) && ++done == jobs)
                context.stop();
        }));
    const auto begin = Clock::now();
    for (int i = 0; i < jobs; ++i)
        peers[std::size_t(i % connections)]->add("few");
    for (const auto &peer : peers)
        peer->start();
    context.run_for(std::chrono::seconds(60));
    const double took = seconds(Clock::now() - begin);
    const auto [own, peak] = worker.memory();
    printLine(Json{{QStringLiteral("part"), part}, {QStringLiteral("connections"), connections}, {QStringLiteral("jobs"), done}, {QStringLiteral("seconds"), rounded(took, 3)},
        {QStringLiteral("jobs_per_second"), rounded(done / took, 0)}, {QStringLiteral("idle_pss_mib"), rounded(idle, 1)}, {QStringLiteral("pss_mib"), rounded(own, 1)}, {QStringLiteral("peak_rss_mib"), rounded(peak, 1)}});
}

void fragmentsPerSecond(const QString &program, const QString &models)
{
    constexpr int Fragments = 320'000;
    Worker worker(program, models, 1);
    asio::io_context context;
    int fragments = 0;
    const auto peer = std::make_shared<Peer>(context, worker.port(), [&](QByteArrayView text) {
        if (isFragment(text))
            ++fragments;
        else if (isDone(text))
            context.stop();
    });
    const auto begin = Clock::now();
    peer->add("flood " + QByteArray::number(Fragments));
    peer->start();
    context.run_for(std::chrono::seconds(60));
    const double took = seconds(Clock::now() - begin);
    const auto [own, peak] = worker.memory();
    printLine(Json{{QStringLiteral("part"), "fragments"}, {QStringLiteral("fragments"), fragments}, {QStringLiteral("seconds"), rounded(took, 3)},
        {QStringLiteral("fragments_per_second"), rounded(fragments / took, 0)}, {QStringLiteral("pss_mib"), rounded(own, 1)}, {QStringLiteral("peak_rss_mib"), rounded(peak, 1)}});
}

constexpr int LatencyConnections = 50;
constexpr int LatencyFragments = 300;

double since(QByteArrayView digits)
{
    return milliseconds(Clock::now().time_since_epoch() - Clock::duration(digits.toLongLong()));
}

/// How the streams lie to each other.
enum class Phase { InStep, Spread };

QByteArray pacedQuery(Phase phase, int connection)
{
    const auto between = std::chrono::microseconds(FragmentPace) / LatencyConnections;
    const qint64 offset = phase == Phase::Spread ? connection * between.count() : 0;
    return "paced " + QByteArray::number(LatencyFragments) + ' ' + QByteArray::number(offset);
}

/// Each fragment's time from the model server's write to the client's read, with no worker between them.
std::vector<double> directTimes(quint16 port, Phase phase)
{
    asio::io_context context;
    int done = 0;
    std::vector<double> times;
    std::vector<std::shared_ptr<DirectReader>> readers;
    for (int i = 0; i < LatencyConnections; ++i) {
        readers.push_back(std::make_shared<DirectReader>(context, port, [&](QByteArrayView event) {
            constexpr QByteArrayView Content = "\"content\":\"";
            if (event.endsWith("[DONE]") && ++done == LatencyConnections)
                context.stop();
            else if (const qsizetype at = event.indexOf(Content); at >= 0)
                times.push_back(since(event.sliced(at + Content.size(), event.indexOf('"', at + Content.size()) - at - Content.size())));
        }));
    }
    for (int i = 0; i < LatencyConnections; ++i) {
        readers[std::size_t(i)]->ask(pacedQuery(phase, i));
        readers[std::size_t(i)]->read();
    }
    context.run_for(std::chrono::seconds(60));
    return times;
}

/// The same through a process that passes bytes.
std::vector<double> relayedTimes(quint16 port, Phase phase)
{
    QProcess relay;
    relay.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--relay"), QString::number(port)});
    while (!relay.canReadLine() && relay.waitForReadyRead(20'000)) { }
    std::vector<double> times = directTimes(quint16(relay.readLine().trimmed().toInt()), phase);
    relay.kill();
    relay.waitForFinished();
    return times;
}

std::vector<double> workerTimes(const Worker &worker, Phase phase)
{
    asio::io_context context;
    int done = 0;
    std::vector<double> times;
    std::vector<std::shared_ptr<Peer>> peers;
    for (int i = 0; i < LatencyConnections; ++i) {
        peers.push_back(std::make_shared<Peer>(context, worker.port(), [&](QByteArrayView text) {
            if (isDone(text) && ++done == LatencyConnections)
                context.stop();
            const qsizetype message = text.lastIndexOf(":\"");
            const QByteArrayView sent = isFragment(text) ? text.sliced(message + 2, text.size() - message - 4) : QByteArrayView();
            if (sent.toLongLong() > 0)
                times.push_back(since(sent));
        }));
    }
    for (int i = 0; i < LatencyConnections; ++i) {
        peers[std::size_t(i)]->add(pacedQuery(phase, i));
        peers[std::size_t(i)]->start();
    }
    context.run_for(std::chrono::seconds(60));
    return times;
}

void latency(const QString &program, const QString &models, Phase phase)
{
    const quint16 port = quint16(QUrl(models).port());
    const std::vector<double> direct = directTimes(port, phase);
    const std::vector<double> relayed = relayedTimes(port, phase);
    const Worker worker(program, models, LatencyConnections);
    const std::vector<double> times = workerTimes(worker, phase);
    const auto [own, peak] = worker.memory();
    printLine(Json{{QStringLiteral("part"), "latency"}, {QStringLiteral("streams"), phase == Phase::InStep ? "in step" : "spread"}, {QStringLiteral("connections"), LatencyConnections},
        {QStringLiteral("fragments"), qint64(times.size())}, {QStringLiteral("p50_ms"), rounded(percentile(times, 0.5), 3)}, {QStringLiteral("p99_ms"), rounded(percentile(times, 0.99), 3)},
        {QStringLiteral("direct_p50_ms"), rounded(percentile(direct, 0.5), 3)}, {QStringLiteral("direct_p99_ms"), rounded(percentile(direct, 0.99), 3)},
        {QStringLiteral("relay_p50_ms"), rounded(percentile(relayed, 0.5), 3)}, {QStringLiteral("relay_p99_ms"), rounded(percentile(relayed, 0.99), 3)},
        {QStringLiteral("pss_mib"), rounded(own, 1)}, {QStringLiteral("peak_rss_mib"), rounded(peak, 1)}});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--relay")
        return passBytes(quint16(std::atoi(argv[2])));
    const QString program = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("sluicectl");
    IoThread io;
    HttpServerOptions options;
    options.maxConnections = 4000;
    options.maxConnectionsPerPeer = 4000;
    HttpServer server(io, options, [](ServerRequest request, ServerResponse &response) { return model(std::move(request), response); });
    orThrow(server.listen());
    const QString models = server.origin();
    jobsPerSecond(program, models, 1, 3000, "jobs");
    jobsPerSecond(program, models, 50, 1000, "queue");
    fragmentsPerSecond(program, models);
    latency(program, models, Phase::InStep);
    latency(program, models, Phase::Spread);
    server.stop();
    return 0;
}
