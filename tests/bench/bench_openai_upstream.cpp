// What stands behind the servers that `bench_openai` measures: one thread that answers chats by script, in OpenAI's form and a gateway's.
//
// The words of a request say what is streamed: “stream=7 words=100 pace=10” are 100 pieces of stream 7, one every 10 ms. Each piece is written when
// it is due, and says when that was, by the clock that all processes share. Prints its port and runs until killed.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr auto returned = asio::as_tuple(asio::use_awaitable);

const std::string Whole = R"({"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant",)"
                          R"("content":"The Livepeer network is an open marketplace of video and AI computing, paid by the piece."},"finish_reason":"stop"}],)"
                          R"("usage":{"prompt_tokens":21,"completion_tokens":19,"total_tokens":40}})";

long numberBehind(std::string_view text, std::string_view mark, long fallback)
{
    const auto at = text.find(mark);
    long number = fallback;
    if (at != std::string_view::npos)
        std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), number);
    return number;
}

struct Request {
    std::string head; ///< in small letters
    std::string body;
    [[nodiscard]] bool isLast() const { return head.find("connection: close") != std::string::npos || head.find(" http/1.0\r\n") != std::string::npos; }
    [[nodiscard]] bool isGateways() const { return head.starts_with("post /llm "); }
};

/// False when there is none.
asio::awaitable<bool> readRequest(tcp::socket &socket, std::string &in, Request &request)
{
    const auto [error, headSize] = co_await asio::async_read_until(socket, asio::dynamic_buffer(in), "\r\n\r\n", returned);
    if (error)
        co_return false;
    request.head = in.substr(0, headSize);
    in.erase(0, headSize);
    for (char &c : request.head)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    const auto size = std::size_t(numberBehind(request.head, "content-length: ", 0));
    if (in.size() < size) {
        const auto [cut, more] = co_await asio::async_read(socket, asio::dynamic_buffer(in), asio::transfer_exactly(size - in.size()), returned);
        if (cut)
            co_return false;
    }
    request.body = in.substr(0, size);
    in.erase(0, size);
    co_return true;
}

std::string chunk(std::string_view event)
{
    char size[24];
    const int length = std::snprintf(size, sizeof size, "%zx\r\n", event.size());
    return std::string(size, std::size_t(length)) + std::string(event) + "\r\n";
}

std::string eventOf(const std::string &content, const char *finish, bool gateway)
{
    const std::string role = gateway ? R"("role":"assistant",)" : "";
    const std::string usage = gateway ? R"(,"usage":{"prompt_tokens":21,"completion_tokens":19,"total_tokens":40})" : "";
    return "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + role + "\"content\":\""
        + content + "\"},\"finish_reason\":" + finish + "}]" + usage + "}\n\n";
}

/// False when its reader has gone.
asio::awaitable<bool> stream(tcp::socket &socket, const Request &request)
{
    const bool gateway = request.isGateways();
    const long id = numberBehind(request.body, "stream=", 0);
    const long words = numberBehind(request.body, "words=", 10);
    const long pace = std::max(1L, numberBehind(request.body, "pace=", 10));
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    if (const auto [error, size] = co_await asio::async_write(socket, asio::buffer(head), returned); error)
        co_return false;
    asio::steady_timer timer(socket.get_executor());
    // Not all of them in the same moment.
    auto due = std::chrono::steady_clock::now() + std::chrono::microseconds(id * 7919 % pace * 1000 + id * 613 % 1000);
    for (long i = 0; i < words; ++i, due += milliseconds(pace)) {
        timer.expires_at(due);
        co_await timer.async_wait(returned);
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        const std::string content = "at " + std::to_string(std::chrono::nanoseconds(now).count()) + " of " + std::to_string(id) + " number " + std::to_string(i) + ' ';
        const std::string bytes = chunk(eventOf(content, gateway ? "\"\"" : "null", gateway));
        if (const auto [error, size] = co_await asio::async_write(socket, asio::buffer(bytes), returned); error)
            co_return false;
    }
    std::string end = chunk(eventOf("", "\"stop\"", gateway) + (gateway ? "" : "data: [DONE]\n\n")) + "0\r\n\r\n";
    const auto [error, size] = co_await asio::async_write(socket, asio::buffer(end), returned);
    co_return !error;
}

asio::awaitable<void> serve(tcp::socket socket)
{
    socket.set_option(tcp::no_delay(true));
    std::string in;
    Request request;
    for (bool more = true; more;) {
        const bool there = co_await readRequest(socket, in, request);
        if (!there)
            co_return;
        more = !request.isLast();
        if (request.body.find("\"stream\":true") != std::string::npos || request.body.find("\"stream\": true") != std::string::npos) {
            const bool stayed = co_await stream(socket, request);
            more = more && stayed;
            continue;
        }
        const bool probe = request.body == "{}"; // which dialect is spoken here
        const std::string body = probe ? R"({"error":{"message":"missing required fields"}})" : Whole;
        const std::string answer = (probe ? "HTTP/1.1 400 Bad Request" : "HTTP/1.1 200 OK") + std::string("\r\nContent-Type: application/json\r\nContent-Length: ") + std::to_string(body.size())
            + (more ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n") + body;
        const auto [error, size] = co_await asio::async_write(socket, asio::buffer(answer), returned);
        more = more && !error;
    }
    boost::system::error_code ignored; // the other side may have gone first
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> accept(tcp::acceptor &acceptor)
{
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(returned);
        if (!error)
            asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

} // namespace

int main()
{
    asio::io_context context(1);
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    asio::co_spawn(context, accept(acceptor), asio::detached);
    std::printf("%d\n", int(acceptor.local_endpoint().port()));
    std::fflush(stdout);
    context.run();
}
