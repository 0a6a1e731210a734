#pragma once

#include "raw_upstream.h"
#include "scripted_upstream.h"

#include "sluice/net/asio_http_client.h"
#include "sluice/openai/http_upstream.h"
#include "sluice/openai/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

namespace sluice::openai {

/// A server in front of an upstream, and a plain client.
template <typename Behind> struct FixtureOf {
    explicit FixtureOf(std::optional<Dialect> dialect = Dialect::Gateway, const std::function<void(ServerOptions &)> &change = {},
        const std::function<void(HttpUpstreamOptions &)> &changeBehind = {})
    {
        HttpUpstreamOptions behind;
        behind.base = upstream.url();
        behind.isOpenAi = dialect == Dialect::OpenAi;
        behind.dialect = dialect;
        behind.apiKey = Secret("the upstream's key");
        if (changeBehind)
            changeBehind(behind);
        ServerOptions options;
        if (change)
            change(options);
        server = std::make_unique<Server>(io, options, makeHttpUpstream(behind));
        url = orThrow(server->listen());
    }

    struct Answer {
        int status = 0; ///< 0: dropped
        Headers headers;
        QByteArray body;
        [[nodiscard]] QByteArray header(const char *name) const { return headers::value(headers, name); }
        [[nodiscard]] Json json() const
        {
            const auto parsed = Json::parse(body);
            return parsed ? *parsed : Json();
        }
        [[nodiscard]] Json error() const { return json().value(QStringLiteral("error")); }
        /// The data of the events, in order.
        [[nodiscard]] QByteArrayList events() const
        {
            QByteArrayList list;
            for (const QByteArray &block : body.split('\n')) {
                if (block.startsWith("data: "))
                    list.append(block.mid(6));
            }
            return list;
        }
    };

    [[nodiscard]] Answer send(const QByteArray &method, const QString &path, const QByteArray &body = {}, Headers headers = {}) const
    {
        AsioHttpRequest request;
        request.method = method;
        request.url = url.resolved(QUrl(path, QUrl::TolerantMode));
        request.headers = std::move(headers);
        if (!body.isEmpty() && !headers::contains(request.headers, "Content-Type"))
            headers::set(request.headers, "Content-Type", "application/json");
        request.body = body;
        Answer answer;
        try {
            const AsioHttpResponse response = boost::asio::co_spawn(io.context(), asioSend(request), boost::asio::use_future).get();
            answer.status = response.status;
            answer.headers = response.headers;
            answer.body = response.body;
        } catch (const Error &error) {
            answer.body = error.message().toUtf8();
        }
        return answer;
    }
    /// Word for word, with the Host that the headers say.
    [[nodiscard]] Answer sendRaw(const QByteArray &method, const QString &path, const QByteArray &body, Headers headers) const
    {
        if (!headers::contains(headers, "Host"))
            headers::set(headers, "Host", "localhost");
        headers::set(headers, "Content-Length", QByteArray::number(body.size()));
        headers::set(headers, "Connection", "close");
        QByteArray request = method + ' ' + path.toLatin1() + " HTTP/1.1\r\n";
        for (const auto &[name, value] : headers)
            request += name + ": " + value + "\r\n";
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(url.port()));
        socket.waitForConnected(5000);
        socket.write(request + "\r\n" + body);
        QByteArray got;
        Answer answer;
        qsizetype end = -1;
        while ((end < 0 || got.size() < end + 4 + answer.header("Content-Length").toLongLong()) && socket.waitForReadyRead(5000)) {
            got += socket.readAll();
            end = got.indexOf("\r\n\r\n");
            answer.headers.clear();
            for (const QByteArray &line : got.left(std::max<qsizetype>(end, 0)).split('\n')) {
                if (const qsizetype colon = line.indexOf(':'); colon > 0)
                    answer.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
            }
        }
        answer.status = got.mid(9, 3).toInt();
        answer.body = got.mid(end + 4);
        return answer;
    }
    [[nodiscard]] Answer post(const QString &path, const QByteArray &body, const Headers &headers = {}) const { return send("POST", path, body, headers); }
    [[nodiscard]] Answer chat(const QByteArray &members) const
    {
        return post(QStringLiteral("/v1/chat/completions"), R"({"model":"m","messages":[{"role":"user","content":"Hi"}])" + (members.isEmpty() ? QByteArray() : "," + members) + "}");
    }

    mutable IoThread io;
    Behind upstream;
    std::unique_ptr<Server> server;
    QUrl url;
};

using ServerFixture = FixtureOf<ScriptedUpstream>;
using RawFixture = FixtureOf<RawUpstream>;

} // namespace sluice::openai
