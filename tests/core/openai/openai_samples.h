#pragma once

#include "sluice/openai/chat_request.h"
#include "sluice/openai/stream_transform.h"
#include "sluice/openai/transform.h"

#include <QtTest/QTest>

namespace sluice::openai::test {

/// The value, or the test program ends and says why.
template <typename T> T good(const Expected<T, ApiError> &expected)
{
    if (!expected)
        qFatal("%d: %s", expected.error().status, qPrintable(expected.error().message));
    return *expected;
}

/// Of `{"model":"org/m","messages":[…]}` with further members.
inline ChatRequest chat(const QByteArray &messages, const QByteArray &more = {})
{
    return good(ChatRequest::parse(R"({"model":"org/m","messages":)" + messages + (more.isEmpty() ? QByteArray() : "," + more) + "}"));
}

inline ChatRequest hello(const QByteArray &more = {})
{
    return chat(R"([{"role":"user","content":"Hi"}])", more);
}

inline AnswerIdentity identity()
{
    AnswerIdentity made;
    made.id = QStringLiteral("chatcmpl-1");
    made.created = 1700000000;
    made.model = QStringLiteral("org/m");
    return made;
}

inline UpstreamAnswer upstream(const QByteArray &body, int status = 200, const QByteArray &type = "application/json")
{
    UpstreamAnswer answer;
    answer.status = status;
    answer.contentType = type;
    answer.body = body;
    return answer;
}

/// The texts of the fields that a legacy form sends, as `name=value`.
inline QStringList fieldsOf(const LegacyForm &form)
{
    QStringList texts;
    const auto fields = form.fields();
    for (const auto &[name, value] : fields)
        texts.append(QString::fromUtf8(name) + QLatin1Char('=') + QString::fromUtf8(value));
    return texts;
}

} // namespace sluice::openai::test
