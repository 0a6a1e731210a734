#include "scripted_upstream.h"

#include "sluice/net/asio_wait.h"

#include <boost/asio/this_coro.hpp>

namespace sluice::openai {

ScriptedUpstream::ScriptedUpstream()
    : m_server(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return answer(std::move(request), response); })
{
    orThrow(m_server.listen());
}

ScriptedUpstream::~ScriptedUpstream()
{
    m_server.stop();
}

void ScriptedUpstream::then(Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answers.push_back(std::move(answer));
}

void ScriptedUpstream::thenJson(int status, const QByteArray &body, const Headers &more)
{
    Answer answer;
    answer.status = status;
    answer.pieces = {body};
    answer.more = more;
    then(answer);
}

void ScriptedUpstream::thenEvents(const QByteArrayList &events)
{
    Answer answer;
    answer.type = "text/event-stream";
    for (const QByteArray &event : events)
        answer.pieces.append(event.isEmpty() ? QByteArray() : "data: " + event + "\n\n");
    then(answer);
}

void ScriptedUpstream::release()
{
    const std::lock_guard lock(m_mutex);
    ++m_released;
}

QList<ServerRequest> ScriptedUpstream::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

int ScriptedUpstream::left() const
{
    const std::lock_guard lock(m_mutex);
    return m_left;
}

int ScriptedUpstream::written() const
{
    const std::lock_guard lock(m_mutex);
    return m_written;
}

void ScriptedUpstream::noteLeft()
{
    const std::lock_guard lock(m_mutex);
    ++m_left;
}

boost::asio::awaitable<bool> ScriptedUpstream::released(ServerResponse &response, int before)
{
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_released > before)
                co_return true;
        }
        if (response.isClosed())
            co_return false;
        timer.expires_after(std::chrono::milliseconds(2));
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
}

boost::asio::awaitable<void> ScriptedUpstream::answer(ServerRequest request, ServerResponse &response)
{
    Answer answer;
    int before = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_asked.append(request);
        if (!m_answers.empty()) {
            answer = m_answers.front();
            if (m_answers.size() > 1)
                m_answers.pop_front();
        }
        before = m_released;
    }
    if (answer.mute) {
        const bool go = co_await released(response, before++);
        if (!go)
            co_return noteLeft();
    }
    Headers headers = headers::contentType(answer.type);
    headers += answer.more;
    co_await response.begin(answer.status, headers);
    for (const QByteArray &piece : answer.pieces) {
        if (!piece.isEmpty()) {
            const bool there = co_await response.write(piece);
            if (!there)
                co_return noteLeft();
            const std::lock_guard lock(m_mutex);
            ++m_written;
            continue;
        }
        const bool go = co_await released(response, before++);
        if (!go)
            co_return noteLeft();
    }
    if (answer.stays) {
        co_await response.closed();
        co_return noteLeft();
    }
    if (answer.cut)
        response.abort();
    else
        co_await response.end();
}

} // namespace sluice::openai
