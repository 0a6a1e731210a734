#include "sluice/runner/runner_reply_p.h"

#include "sluice/runner/served_capability_p.h"

namespace sluice {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

RunnerReply jsonReply(int status, const Json &body)
{
    return {status, {{"Content-Type", "application/json"}}, body.dump()};
}

RunnerReply detailReply(int status, const QString &text, const QByteArray &header, const QByteArray &value)
{
    RunnerReply reply = jsonReply(status, Json{{key("detail"), text}});
    if (!header.isEmpty())
        reply.headers.emplaceBack(header, value);
    return reply;
}

RunnerReply brokenBodyReply(const Error &error)
{
    SchemaViolation broken;
    broken.type = key("json_invalid");
    broken.message = QStringLiteral("The body is no JSON: ") + error.message();
    broken.suggestion = QStringLiteral("Send the input as one JSON object with Content-Type: application/json.");
    return jsonReply(error.kind() == Error::Kind::TooLarge ? 413 : 422, validationDetail({broken}, {}));
}

QByteArray eventText(const QByteArray &data)
{
    QByteArray text;
    QByteArray normal = data;
    normal.replace("\r\n", "\n").replace('\r', '\n');
    for (const QByteArray &line : normal.split('\n'))
        text += "data: " + line + '\n';
    return text + '\n';
}

RunnerFailure describeFailure(const std::exception_ptr &exception, const Json &input)
{
    RunnerFailure failure;
    const auto invalid = [&](const Error &error, const QString &word) {
        SchemaViolation violation;
        violation.pointer = error.field();
        violation.type = word;
        violation.message = error.message();
        violation.suggestion = error.advice();
        failure.status = 422;
        failure.body = validationDetail({violation}, input);
        failure.text = error.message();
    };
    try {
        std::rethrow_exception(exception);
    } catch (const InputError &error) {
        invalid(error, error.word());
    } catch (const Error &error) {
        failure.text = error.advice().isEmpty() ? error.message() : error.message() + u' ' + error.advice();
        if (error.kind() == Error::Kind::Timeout)
            failure.status = 504;
        if (error.kind() == Error::Kind::InvalidInput)
            invalid(error, key("value_error"));
    } catch (const std::exception &error) {
        failure.text = QString::fromLocal8Bit(error.what());
    } catch (...) {
        failure.text = QStringLiteral("The capability threw something that is no exception.");
    }
    if (failure.body.isNull())
        failure.body = Json{{key("detail"), failure.text}};
    failure.event = eventText(Json{{key("error"), failure.text}}.dump());
    return failure;
}

} // namespace sluice
