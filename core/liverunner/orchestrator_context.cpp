#include "orchestrator_context_p.h"

#include "sluice/livepeer/signer_wire.h"
#include "sluice/trickle/wire.h"

namespace sluice::liverunner {

namespace {

QString withoutSlash(QString url)
{
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    return url;
}

} // namespace

Unexpected<Refusal> refused(int status, const QByteArray &text)
{
    return unexpected(Refusal{status, text});
}

Awaitable<void> sendRefusal(Refusal refusal, ServerResponse &response)
{
    if (!refusal.isJson) {
        co_await response.sendText(refusal.status, refusal.text);
        co_return;
    }
    QByteArray body = livepeer::signerErrorBody(QString::fromUtf8(refusal.text));
    Headers fields = headers::contentType("application/json");
    co_await response.send(refusal.status, std::move(fields), std::move(body));
}

Awaitable<void> sendJson(Json json, ServerResponse &response)
{
    QByteArray body = json.dump() + '\n';
    Headers fields = headers::contentType("application/json");
    co_await response.send(200, std::move(fields), std::move(body));
}

QString Context::service() const
{
    return withoutSlash(node.serviceAddr());
}

QString Context::internal() const
{
    return options.internalBase.isEmpty() ? service() : withoutSlash(options.internalBase.toString(QUrl::FullyEncoded));
}

QString Context::proxyUrl(const QString &id) const
{
    return proxyBase + inPath(id);
}

QString Context::channelUrl(const QString &base, const QString &channel) const
{
    return trickle::channelUrl(QUrl(base + QStringLiteral("/ai/trickle")), channel.toUtf8()).toString(QUrl::FullyEncoded);
}

QString inPath(const QString &segment)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(segment));
}

} // namespace sluice::liverunner
