#pragma once

#include "server_fixture.h"

namespace sluice::openai {

/// A gateway's whole answer.
inline const QByteArray Hello = R"({"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hello there","role":"assistant"}}],"created":1760000000,)"
                         R"("id":"chatcmpl-up","model":"m","usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11}})";

/// A piece of a gateway's stream.
inline QByteArray delta(const QByteArray &text, const QByteArray &finish = {}, int created = 1760000000)
{
    return R"({"choices":[{"index":0,"delta":{"role":"assistant","content":")" + text + R"("},"finish_reason":")" + finish + R"("}],"created":)"
        + QByteArray::number(created) + R"(,"id":"up","model":"m","usage":{"completion_tokens":1,"prompt_tokens":9,"total_tokens":10}})";
}

/// Null for what is no JSON.
inline Json parsed(const QByteArray &text)
{
    const auto json = Json::parse(text);
    return json ? *json : Json();
}

/// The words of a stream's first choice.
inline QString textOf(const QByteArrayList &events)
{
    QString text;
    for (const QByteArray &event : events)
        text += parsed(event).find(QStringLiteral("/choices/0/delta/content")).value_or(Json()).toString();
    return text;
}

} // namespace sluice::openai
