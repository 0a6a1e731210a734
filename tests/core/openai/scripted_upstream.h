#pragma once

#include "sluice/net/http_server.h"

#include <QtCore/QUrl>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace sluice::openai {

/// An upstream that answers what a test tells it, byte for byte, and remembers what it was asked.
class ScriptedUpstream {
public:
    /// One answer: its pieces go out one after the other; before an empty one it waits for release().
    struct Answer {
        int status = 200;
        QByteArray type = "application/json";
        QByteArrayList pieces;
        Headers more;
        bool cut = false;  ///< the connection is dropped instead of an end
        bool mute = false; ///< no head either, until release()
        bool stays = false; ///< stays open after its last piece
    };

    ScriptedUpstream();
    ~ScriptedUpstream();

    [[nodiscard]] QUrl url() const { return QUrl(m_server.origin()); }
    /// The next request gets this; further ones the last one again.
    void then(Answer answer);
    void thenJson(int status, const QByteArray &body, const Headers &more = {});
    void thenEvents(const QByteArrayList &events);
    void release();

    [[nodiscard]] QList<ServerRequest> asked() const;
    [[nodiscard]] int count() const { return int(asked().size()); }
    /// Pieces that went out, of all answers.
    [[nodiscard]] int written() const;
    /// Calls whose client left before their answer had ended.
    [[nodiscard]] int left() const;

private:
    boost::asio::awaitable<void> answer(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<bool> released(ServerResponse &response, int before);
    void noteLeft();

    mutable std::mutex m_mutex;
    std::deque<Answer> m_answers;
    QList<ServerRequest> m_asked;
    int m_released = 0;
    int m_left = 0;
    int m_written = 0;
    IoThread m_io;
    HttpServer m_server;
};

} // namespace sluice::openai
