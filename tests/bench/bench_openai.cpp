// Puts load on servers of OpenAI's chat and measures what comes back. Prints JSON lines for report.py.
//
//   bench_openai latency REQUESTS NAME=URL...                one request at a time, each server in its turn
//   bench_openai throughput SECONDS CONNECTIONS URL          as many as it answers
//   bench_openai streams STREAMS WORDS PACE_MS URL           so many at once, each piece checked and timed by the upstream's own stamp
//
// The upstream of all of them is bench_openai_upstream.

#include "sluice/base/json.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using sluice::Json;

namespace {

constexpr auto returned = asio::as_tuple(asio::use_awaitable);

[[noreturn]] void fail(const std::string &why)
{
    std::fprintf(stderr, "bench_openai: %s\n", why.c_str());
    std::exit(1);
}

long numberFrom(std::string_view text)
{
    long number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc() || number < 1)
        fail("“" + std::string(text) + "” is no number");
    return number;
}

/// "http://127.0.0.1:8080"
tcp::endpoint endpointOf(std::string_view url)
{
    const auto colon = url.rfind(':');
    const auto host = url.substr(0, colon).substr(url.find("//") + 2);
    return {asio::ip::make_address(std::string(host)), std::uint16_t(numberFrom(url.substr(colon + 1)))};
}

std::string requestOf(const std::string &words, bool stream)
{
    const std::string body = std::string(R"({"model":"m","messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":")") + words
        + R"("}],"max_tokens":100,"stream":)" + (stream ? "true}" : "false}");
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer none\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

double percentile(std::vector<double> &values, double share)
{
    if (values.empty())
        fail("nothing was measured");
    const auto rank = std::min(values.size() - 1, std::size_t(share * double(values.size())));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(rank), values.end());
    return values[rank];
}

double milliseconds(Clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

double ownCpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void tell(const Json &figures)
{
    std::printf("%s\n", figures.dump().constData());
    std::fflush(stdout);
}

/// An answer as it arrives.
class Answer {
public:
    Answer()
    {
        m_parser.eager(true);
        m_parser.body_limit(boost::none);
    }
    /// True at its end.
    bool take(const char *bytes, std::size_t size)
    {
        std::size_t used = 0;
        m_in.append(bytes, size);
        while (used < m_in.size() && !m_parser.is_done()) {
            boost::system::error_code error;
            const std::size_t now = m_parser.put(asio::buffer(m_in.data() + used, m_in.size() - used), error);
            used += now;
            if (error == http::error::need_more)
                break;
            if (error)
                fail("an answer is broken: " + error.message());
        }
        m_in.erase(0, used);
        return m_parser.is_done();
    }
    [[nodiscard]] unsigned status() const { return m_parser.get().result_int(); }
    [[nodiscard]] std::string &body() { return m_parser.get().body(); }

private:
    http::response_parser<http::string_body> m_parser;
    std::string m_in;
};

void checkWhole(Answer &answer)
{
    if (answer.status() != 200 || answer.body().find("open marketplace") == std::string::npos)
        fail("a request was answered with " + std::to_string(answer.status()) + ": " + answer.body().substr(0, 300));
}

// One request at a time.

struct Server {
    std::string name;
    tcp::socket socket;
    std::vector<double> times;
};

double askOnce(tcp::socket &socket, const std::string &request)
{
    char bytes[16 * 1024];
    Answer answer;
    const auto begun = Clock::now();
    asio::write(socket, asio::buffer(request));
    while (!answer.take(bytes, socket.read_some(asio::buffer(bytes)))) { }
    const double time = milliseconds(Clock::now() - begun);
    checkWhole(answer);
    return time;
}

void latency(long requests, const std::vector<std::string_view> &servers)
{
    asio::io_context context;
    std::vector<Server> all;
    for (const std::string_view server : servers) {
        const auto equals = server.find('=');
        all.push_back(Server{std::string(server.substr(0, equals)), tcp::socket(context), {}});
        all.back().socket.connect(endpointOf(server.substr(equals + 1)));
        all.back().socket.set_option(tcp::no_delay(true));
    }
    const std::string request = requestOf("Tell me more about the Livepeer network", false);
    const long warmUp = requests / 10;
    for (long i = -warmUp; i < requests; ++i) {
        for (Server &server : all) {
            const double time = askOnce(server.socket, request);
            if (i >= 0)
                server.times.push_back(time);
        }
    }
    for (Server &server : all)
        tell(Json{{QStringLiteral("part"), "latency"}, {QStringLiteral("of"), server.name.c_str()}, {QStringLiteral("p50_ms"), percentile(server.times, 0.5)},
            {QStringLiteral("p99_ms"), percentile(server.times, 0.99)}, {QStringLiteral("requests"), qint64(requests)}});
}

// As many as it answers.

struct Count {
    bool over = false;
    long answered = 0;
};

asio::awaitable<void> askOn(tcp::endpoint there, const std::string &request, Count &count)
{
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(there, asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    std::vector<char> bytes(16 * 1024);
    while (!count.over) {
        Answer answer;
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
        for (bool done = false; !done;) {
            const std::size_t size = co_await socket.async_read_some(asio::buffer(bytes), asio::use_awaitable);
            done = answer.take(bytes.data(), size);
        }
        checkWhole(answer);
        ++count.answered;
    }
}

void endedWell(const std::exception_ptr &thrown)
{
    try {
        if (thrown)
            std::rethrow_exception(thrown);
    } catch (const std::exception &error) {
        fail(std::string("a connection broke: ") + error.what());
    }
}

void throughput(long seconds, long connections, std::string_view url)
{
    asio::io_context context(1);
    const std::string request = requestOf("Tell me more about the Livepeer network", false);
    Count count;
    for (long i = 0; i < connections; ++i)
        asio::co_spawn(context, askOn(endpointOf(url), request, count), endedWell);
    asio::steady_timer timer(context, std::chrono::seconds(seconds));
    timer.async_wait([&](auto) { count.over = true; });
    const auto begun = Clock::now();
    context.run();
    const double took = milliseconds(Clock::now() - begun) / 1000;
    tell(Json{{QStringLiteral("part"), "throughput"}, {QStringLiteral("requests"), qint64(count.answered)}, {QStringLiteral("seconds"), took}, {QStringLiteral("own_cpu_s"), ownCpuSeconds()}});
}

// Many streams.

class Stream {
public:
    Stream(long id, long words)
        : m_id(id)
        , m_words(words)
    {
    }
    /// Takes the whole events off `body`.
    void take(std::string &body, std::vector<double> &times)
    {
        const auto now = std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
        std::size_t used = 0;
        for (std::size_t end = 0; (end = body.find("\n\n", used)) != std::string::npos; used = end + 2)
            takeEvent(std::string_view(body).substr(used, end - used), now, times);
        body.erase(0, used);
    }
    void end(unsigned status, const std::string &rest) const
    {
        if (status != 200 || !m_done || m_next != m_words || !rest.empty())
            fail("stream " + std::to_string(m_id) + " ended after " + std::to_string(m_next) + " of " + std::to_string(m_words) + " pieces: " + std::to_string(status) + ' ' + rest.substr(0, 200));
    }

private:
    void takeEvent(std::string_view event, long long now, std::vector<double> &times)
    {
        if (event == "data: [DONE]") {
            m_done = true;
            return;
        }
        const auto at = event.find("\"content\":\"at ");
        if (at == std::string_view::npos)
            return; // the role, the end
        long long sent = 0;
        long id = -1;
        long number = -1;
        if (std::sscanf(std::string(event.substr(at)).c_str(), "\"content\":\"at %lld of %ld number %ld ", &sent, &id, &number) != 3 || id != m_id || number != m_next || m_done)
            fail("stream " + std::to_string(m_id) + " has at " + std::to_string(m_next) + " what belongs elsewhere: " + std::string(event));
        ++m_next;
        times.push_back(double(now - sent) / 1e6);
    }

    const long m_id;
    const long m_words;
    long m_next = 0;
    bool m_done = false;
};

asio::awaitable<void> follow(tcp::endpoint there, long id, long words, long pace, std::vector<double> &times)
{
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(there, asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    const std::string request = requestOf("stream=" + std::to_string(id) + " words=" + std::to_string(words) + " pace=" + std::to_string(pace), true);
    co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
    Stream stream(id, words);
    Answer answer;
    std::vector<char> bytes(4 * 1024);
    for (bool done = false; !done;) {
        const std::size_t size = co_await socket.async_read_some(asio::buffer(bytes), asio::use_awaitable);
        done = answer.take(bytes.data(), size);
        stream.take(answer.body(), times);
    }
    stream.end(answer.status(), answer.body());
}

void streams(long count, long words, long pace, std::string_view url)
{
    asio::io_context context(1);
    std::vector<double> times;
    times.reserve(std::size_t(count * words));
    for (long i = 0; i < count; ++i)
        asio::co_spawn(context, follow(endpointOf(url), i, words, pace, times), endedWell);
    const auto begun = Clock::now();
    context.run();
    tell(Json{{QStringLiteral("part"), "streams"}, {QStringLiteral("streams"), qint64(count)}, {QStringLiteral("pieces"), qint64(times.size())},
        {QStringLiteral("p50_ms"), percentile(times, 0.5)}, {QStringLiteral("p99_ms"), percentile(times, 0.99)}, {QStringLiteral("seconds"), milliseconds(Clock::now() - begun) / 1000},
        {QStringLiteral("own_cpu_s"), ownCpuSeconds()}});
}

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const std::string_view what = words.empty() ? std::string_view() : words[0];
    try {
        if (what == "latency" && words.size() > 2)
            latency(numberFrom(words[1]), {words.begin() + 2, words.end()});
        else if (what == "throughput" && words.size() == 4)
            throughput(numberFrom(words[1]), numberFrom(words[2]), words[3]);
        else if (what == "streams" && words.size() == 5)
            streams(numberFrom(words[1]), numberFrom(words[2]), numberFrom(words[3]), words[4]);
        else
            fail("latency REQUESTS NAME=URL..., throughput SECONDS CONNECTIONS URL, or streams STREAMS WORDS PACE_MS URL");
    } catch (const std::exception &error) {
        fail(error.what());
    }
    return 0;
}
