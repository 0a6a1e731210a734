#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/abi.h"
#include "sluice/net/http_server.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QMap>
#include <QtCore/QUrl>

#include <mutex>
#include <optional>

namespace sluice::zerog::test {

/// A node of a chain over HTTP that answers what a test tells it to: results by method, of views by their selector.
class ScriptedNode {
public:
    ScriptedNode()
        : m_server(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return serve(std::move(request), response); })
    {
        (void)orThrow(m_server.listen());
        url = QUrl(m_server.origin());
    }
    virtual ~ScriptedNode() { m_server.stop(); }
    ScriptedNode(const ScriptedNode &) = delete;
    ScriptedNode &operator=(const ScriptedNode &) = delete;

    /// A method's result as JSON, or "error:" and an error; of several, one for each time that it is asked, the last one again and again.
    void set(const QByteArray &method, const QByteArray &result) { setInTurn(method, {result}); }
    void setInTurn(const QByteArray &method, const QByteArrayList &results)
    {
        const std::scoped_lock lock(m_mutex);
        m_answers[method] = results;
    }
    void view(const QByteArray &signature, const QByteArray &returned) { set(sluice::abi::selector(signature), '"' + QByteArray("0x") + returned.toHex() + '"'); }
    /// Everything is answered with this instead.
    void answerWhole(int status, const QByteArray &body)
    {
        const std::scoped_lock lock(m_mutex);
        m_status = status;
        m_whole = body;
    }
    /// The methods, in their order.
    [[nodiscard]] QList<QByteArray> asked()
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked;
    }

    QUrl url;

protected:
    /// Instead of what was set, while it gives something; on the node's thread, under its lock.
    virtual std::optional<QByteArray> special(const QByteArray &, const Json &) { return std::nullopt; }
    std::mutex m_mutex;

private:
    QByteArray answerTo(const Json &request)
    {
        const std::scoped_lock lock(m_mutex);
        QByteArray key = request.value(QStringLiteral("method")).toString().toLatin1();
        m_asked.append(key);
        const QByteArray id = QByteArray::number(request.value(QStringLiteral("id")).toInt64().value_or(0));
        if (key == "eth_call")
            key = QByteArray::fromHex(request.value(QStringLiteral("params")).items().first().value(QStringLiteral("data")).toString().mid(2, 8).toLatin1());
        QByteArrayList &left = m_answers[key];
        QByteArray answer = left.isEmpty() ? QByteArray("null") : left.first();
        if (left.size() > 1)
            left.removeFirst();
        answer = special(key, request).value_or(answer);
        const QByteArray member = answer.startsWith("error:") ? "\"error\":" + answer.mid(6) : "\"result\":" + answer;
        return R"({"jsonrpc":"2.0","id":)" + id + ',' + member + '}';
    }
    boost::asio::awaitable<void> serve(ServerRequest request, ServerResponse &response)
    {
        const auto json = Json::parse(request.body);
        QByteArray body = json ? answerTo(*json) : QByteArray();
        int status = 200;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_whole) {
                body = *m_whole;
                status = m_status;
            }
        }
        Headers head = headers::contentType("application/json");
        co_await response.send(status, std::move(head), std::move(body));
    }

    IoThread m_io;
    QMap<QByteArray, QByteArrayList> m_answers;
    std::optional<QByteArray> m_whole;
    int m_status = 200;
    QList<QByteArray> m_asked;
    HttpServer m_server;
};

} // namespace sluice::zerog::test
