#include "sluice/aigateway/answer.h"

#include "sluice/aigateway/refusal.h"

namespace sluice::aigateway {

namespace {

const Json::Limits AnswerLimits{64 * 1024 * 1024, 32, 512 * 1024 * 1024};

Error wrongAnswer(const QString &what)
{
    return Error(Error::Kind::Protocol, what).withAdvice(QStringLiteral("The call may have been paid for by the gateway. Try again, or another gateway."));
}

Error lacks(const Pipeline &pipeline, const char *what)
{
    return wrongAnswer(QStringLiteral("The gateway's answer has no %1, which %2 gives: what it got from the network was no answer.")
                           .arg(QString::fromLatin1(what), pipeline.name));
}

Expected<Json> objectIn(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return unexpected(wrongAnswer(QStringLiteral("The gateway answered 200 with nothing in it.")));
    const auto json = Json::parse(body, AnswerLimits);
    if (!json)
        return unexpected(wrongAnswer(QStringLiteral("The gateway's answer is no JSON: %1").arg(json.error().message())));
    if (!json->isObject())
        return unexpected(wrongAnswer(QStringLiteral("The gateway's answer is no JSON object.")));
    return json;
}

Expected<PipelineAnswer> withImages(const Pipeline &pipeline, PipelineAnswer answer)
{
    const Json images = answer.json.value(QStringLiteral("images"));
    if (images.size() == 0)
        return unexpected(lacks(pipeline, "images"));
    for (qsizetype i = 0; i < images.size(); ++i) {
        const QString url = images.at(i).value(QStringLiteral("url")).toString();
        if (url.isEmpty())
            return unexpected(lacks(pipeline, "image's address"));
        answer.media.append({QStringLiteral("/images/%1/url").arg(i), url});
    }
    return answer;
}

} // namespace

Expected<PipelineAnswer> readAnswer(const Pipeline &pipeline, const QByteArray &body)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    return readAnswer(pipeline, *json);
}

Expected<PipelineAnswer> readAnswer(const Pipeline &pipeline, const Json &json)
{
    PipelineAnswer answer;
    answer.json = json;
    switch (pipeline.answer) {
    case Pipeline::Answer::Images:
    case Pipeline::Answer::Video:
        return withImages(pipeline, answer);
    case Pipeline::Answer::Speech: {
        const QString url = json.find(QStringLiteral("/audio/url")).value_or(Json()).toString();
        if (url.isEmpty())
            return unexpected(lacks(pipeline, "audio"));
        answer.media.append({QStringLiteral("/audio/url"), url});
        return answer;
    }
    case Pipeline::Answer::Text:
        if (!json.value(QStringLiteral("text")).isString())
            return unexpected(lacks(pipeline, "text"));
        return answer;
    case Pipeline::Answer::Masks:
        if (!json.value(QStringLiteral("masks")).isString())
            return unexpected(lacks(pipeline, "masks"));
        return answer;
    case Pipeline::Answer::Chat:
        break;
    }
    return unexpected(Error(Error::Kind::Internal, QStringLiteral("%1 has an answer of its own.").arg(pipeline.name)));
}

QUrl mediaUrl(const QUrl &gateway, const QString &url)
{
    const QUrl given(url);
    if (!given.isRelative())
        return given;
    QUrl origin = gateway;
    origin.setPath(QStringLiteral("/"));
    origin.setQuery(QString());
    origin.setFragment(QString());
    return origin.resolved(given);
}

Expected<QString> readRequestId(const QByteArray &body)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    const QString id = json->value(QStringLiteral("request_id")).toString();
    if (id.isEmpty())
        return unexpected(wrongAnswer(QStringLiteral("The gateway accepted the job, but told no request id to ask for it.")));
    return id;
}

Expected<VideoProgress> readProgress(const QByteArray &body)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    VideoProgress progress;
    const QString status = json->value(QStringLiteral("status")).toString();
    const Json result = json->value(QStringLiteral("result"));
    if (const Json error = result.value(QStringLiteral("error")); !error.isNull())
        return unexpected(jobFailed(error));
    if (status == QLatin1String("processing"))
        return progress;
    if (status != QLatin1String("complete"))
        return unexpected(wrongAnswer(QStringLiteral("The gateway says “%1” of the job, which is no state that it has.").arg(status.left(40))));
    if (!result.isObject())
        return unexpected(wrongAnswer(QStringLiteral("The gateway says that the job is complete, but gave no result.")));
    progress.complete = true;
    progress.result = result;
    return progress;
}

} // namespace sluice::aigateway
