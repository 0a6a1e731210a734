#include "sluice/sandbox/capabilities/chat_chunks.h"

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace sluice::sandbox {
namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QString newId()
{
    return QStringLiteral("chatcmpl-") + QUuid::createUuid().toString(QUuid::Id128);
}

} // namespace

ChatChunks::ChatChunks(QString model)
    : m_id(newId())
    , m_model(std::move(model))
    , m_created(QDateTime::currentSecsSinceEpoch())
{
}

Json ChatChunks::chunk(const Json &delta, const Json &reason) const
{
    return Json{{key("id"), m_id}, {key("object"), "chat.completion.chunk"}, {key("created"), m_created}, {key("model"), m_model},
        {key("choices"), Json::array({Json{{key("index"), 0}, {key("delta"), delta}, {key("finish_reason"), reason}}})}};
}

Json ChatChunks::role() const
{
    return chunk(Json{{key("role"), "assistant"}, {key("content"), ""}}, nullptr);
}

Json ChatChunks::content(const QString &text) const
{
    return chunk(Json{{key("content"), text}}, nullptr);
}

Json ChatChunks::finish(const QString &reason) const
{
    return chunk(Json::object(), Json(reason));
}

Json collectedCompletion(const QList<QByteArray> &events, const QString &model)
{
    QString content;
    QString reason = QStringLiteral("stop");
    QString id;
    qint64 created = QDateTime::currentSecsSinceEpoch();
    for (const QByteArray &event : events) {
        const Expected<Json> chunk = Json::parse(event);
        if (!chunk)
            continue;
        const Json choice = chunk->value(key("choices")).at(0);
        content += choice.value(key("delta")).value(key("content")).toString();
        reason = choice.value(key("finish_reason")).toString(reason);
        id = chunk->value(key("id")).toString(id);
        created = chunk->value(key("created")).toInt64().value_or(created);
    }
    return Json{{key("id"), id.isEmpty() ? newId() : id}, {key("object"), "chat.completion"}, {key("created"), created}, {key("model"), model},
        {key("choices"), Json::array({Json{{key("index"), 0},
            {key("message"), Json{{key("role"), "assistant"}, {key("content"), content}}}, {key("finish_reason"), reason}}})}};
}

Json messagesSchema()
{
    const Json roles = Json::array({Json("system"), Json("user"), Json("assistant")});
    const Json message{{key("type"), "object"}, {key("required"), Json::array({Json("role"), Json("content")})},
        {key("properties"), Json{
            {key("role"), Json{{key("type"), "string"}, {key("title"), "Role"}, {key("enum"), roles}, {key("default"), "user"}, {key("x-order"), 0}}},
            {key("content"), Json{{key("type"), "string"}, {key("title"), "Content"}, {key("maxLength"), 20'000}, {key("x-order"), 1}}}}}};
    return Json{{key("type"), "array"}, {key("title"), "Messages"}, {key("items"), message}, {key("minItems"), 1}, {key("maxItems"), 200},
        {key("description"), "The conversation so far, oldest first."}, {key("x-order"), 0}};
}

} // namespace sluice::sandbox
