#include "sluice/node/router.h"

namespace sluice {

namespace {

/// As Go's path.Clean: no empty, "." or ".." segments; a trailing slash stays.
QByteArray withoutDots(const QByteArray &path)
{
    QList<QByteArray> kept;
    const QList<QByteArray> segments = path.split('/');
    for (const QByteArray &segment : segments) {
        if (segment.isEmpty() || segment == ".")
            continue;
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
            continue;
        }
        kept.append(segment);
    }
    QByteArray result = "/" + kept.join('/');
    if (path.endsWith('/') && result != "/")
        result += '/';
    return result;
}

boost::asio::awaitable<void> redirect(QByteArray target, QByteArray query, ServerResponse &response)
{
    QByteArray location = target.toPercentEncoding("/:@!$&'()*+,;=");
    if (!query.isEmpty())
        location += '?' + query;
    const Headers fields{{"Location", location}};
    co_await response.send(301, fields, {});
}

boost::asio::awaitable<void> notFound(ServerResponse &response)
{
    co_await response.sendText(404, "404 page not found");
}

} // namespace

void Router::mount(const QByteArray &path, HttpHandler handler)
{
    if (path.endsWith('/'))
        m_below.append({path, std::move(handler)});
    else
        m_exact.insert(path, std::move(handler));
}

void Router::mountRaw(std::function<bool(const ServerRequest &request)> owns, HttpHandler handler)
{
    m_raw.append({std::move(owns), std::move(handler)});
}

void Router::mountHttp2(std::function<void(int socket)> take)
{
    m_takeHttp2 = std::move(take);
}

QByteArray Router::cleaned(const QByteArray &path) const
{
    QByteArray clean = withoutDots(path);
    const auto misses = [&clean](const Below &below) { return clean + '/' == below.path; };
    if (!m_exact.contains(clean) && std::any_of(m_below.begin(), m_below.end(), misses))
        clean += '/';
    return clean;
}

boost::asio::awaitable<void> Router::handle(ServerRequest request, ServerResponse &response) const
{
    for (const Raw &raw : m_raw) {
        if (raw.owns(request))
            return raw.handler(std::move(request), response);
    }
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    if (QByteArray clean = cleaned(path); clean != path)
        return redirect(std::move(clean), std::move(request.query), response);
    if (const auto exact = m_exact.constFind(path); exact != m_exact.cend())
        return (*exact)(std::move(request), response);
    for (const Below &below : m_below) {
        if (path.startsWith(below.path))
            return below.handler(std::move(request), response);
    }
    return notFound(response);
}

} // namespace sluice
