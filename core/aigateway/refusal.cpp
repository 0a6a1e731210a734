#include "sluice/aigateway/refusal.h"

#include "sluice/net/error_body.h"
#include "sluice/openai/api_error.h"

namespace sluice::aigateway {

namespace {

/// What a gateway writes in place of every reason of its own.
const QString InternalError = QStringLiteral("Internal Server Error");

QString adviceFor(int status, const QString &words, bool keySent)
{
    if (status == 401 || status == 403)
        return keySent ? QStringLiteral("Check the API key in the profile: the gateway does not take it.")
                       : QStringLiteral("Put the gateway's API key into the profile.");
    if (status == 404)
        return QStringLiteral("Check the base URL in the profile. A gateway of one's own has these paths only with HTTP ingest on (-httpIngest).");
    if (status == 500 && words == InternalError)
        return QStringLiteral("The gateway tells no reason; its log has it. Often the input does not suit the model, or the network has no such model. The call may "
                              "have been paid for.");
    return {};
}

} // namespace

Error refusedError(int status, const QByteArray &body, bool keySent)
{
    const QString words = openai::readApiError(status, body).message;
    if (status == 503)
        return Error(Error::Kind::NoOrchestrator, QStringLiteral("The gateway found no orchestrator that did it: %1").arg(words))
            .withAdvice(QStringLiteral("It may have paid some of them before it gave up. Check the model's name, or try again later."))
            .withHttp(status, body);
    Error error(Error::Kind::Http, QStringLiteral("The gateway refused: %1").arg(words));
    error.withAdvice(adviceFor(status, words, keySent)).withHttp(status, body);
    if (const QString field = readErrorBody(body).field; !field.isEmpty())
        error.withField(field);
    return error;
}

Error unansweredError(const Error &cause)
{
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("The gateway closed the connection without an answer: %1").arg(cause.message()))
        .withAdvice(QStringLiteral("Some gateways do so when they find no orchestrator for the model. The call may have been paid for; it was not sent again. Check the "
                                   "model's name, or try again later."));
}

Error jobFailed(const Json &error)
{
    const auto told = openai::errorIn(Json{{QStringLiteral("error"), error}});
    const QString words = told ? told->message : QStringLiteral("no reason was told");
    return Error(Error::Kind::Http, QStringLiteral("The job failed at the gateway: %1").arg(words))
        .withAdvice(QStringLiteral("It may have been paid for."));
}

} // namespace sluice::aigateway
