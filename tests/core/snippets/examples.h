#pragma once

#include "sluice/snippets/snippet_generator.h"

namespace examples {

using namespace sluice;

/// Everything that a writer may trip over, as JSON.
inline Json hostile()
{
    return orThrow(Json::parse(QByteArrayView(R"json({
        "z first": "it's \"fine\" \\ `id` $(id) ${HOME} %s %d",
        "delimiters": "EOF\nJSON\nJSON_1\n)json\" ''' \"\"\" */ // #",
        "lines": "a\nb\r\nc\td\u2028e\u2029f\u0085g",
        "hidden": "\u0001\u001b[31m\u007f\u202edesrever\u202c\u200b\ufeff",
        "page": "</script><!-- ]]>",
        "trigraphs": "what??! ??= ??/ ???",
        "text": "çé 漢字 🙂 𝒳",
        "numbers": [9007199254740993, 1.0, -0, 1e5, 1E-7, 0.1, 123456789012345678901234567890, -12, 0],
        "true": true, "false": false, "null": null, "None": "None",
        "10": 1, "2": 2, "": "empty key", "__proto__": {"a": 1}, "class": [], "nested": {"o": {}, "l": [[], {}]}
    })json")));
}

/// What JavaScript and JSON agree about.
inline Json plain()
{
    return orThrow(Json::parse(QByteArrayView(R"json({
        "text": "it's a fine day, isn't it?\n</script>\u2028",
        "max_keywords": 5,
        "ratio": 0.25,
        "detailed": true,
        "language": null,
        "tags": ["a", "b"],
        "options": {"order": ["z", "a"], "b": 1, "a": 2}
    })json")));
}

inline SnippetContext sandboxRun(const Json &input = plain())
{
    SnippetContext context;
    context.call.capability = QStringLiteral("text-analysis");
    context.call.input = input;
    context.call.timeout = std::chrono::seconds(60);
    context.profile.name = QStringLiteral("sandbox");
    context.profile.local = true;
    CapabilityInfo info;
    info.name = context.call.capability;
    info.path = context.call.capability;
    info.orchestrators = {QUrl(QStringLiteral("https://user:word@127.0.0.1:8935/?key=abc"))};
    context.capability = info;
    context.version = QStringLiteral("0.1.0");
    return context;
}

inline SnippetContext sandboxStream()
{
    SnippetContext context = sandboxRun(orThrow(Json::parse(QByteArrayView(
        R"json({"model": "docs", "stream": true, "messages": [{"role": "user", "content": "What's a ticket?"}]})json"))));
    context.call.capability = QStringLiteral("docs-chat");
    context.call.verb = Verb::Stream;
    context.call.path = QStringLiteral("v1/chat completions");
    context.call.limits.maxSpendWei = QStringLiteral("5000000000");
    return context;
}

inline SnippetContext sandboxLive(bool raw = false)
{
    SnippetContext context = sandboxRun(Json{{QStringLiteral("filter"), "edges"}, {QStringLiteral("label"), "live"}});
    context.call.capability = QStringLiteral("video-filter");
    context.call.verb = Verb::Live;
    context.call.limits.maxSpendWei = QStringLiteral("5000000000000");
    context.capability->live.raw = raw;
    return context;
}

/// live-video-to-video on an orchestrator, with a token.
inline SnippetContext liveVideo()
{
    SnippetContext context = sandboxLive();
    context.call.backend = QStringLiteral("lv2v");
    context.call.capability = QStringLiteral("live-video-to-video");
    context.call.model = QStringLiteral("noop");
    context.profile.local = false;
    context.hasToken = true;
    return context;
}

inline SnippetContext gateway(Verb verb)
{
    SnippetContext context = verb == Verb::Stream ? sandboxStream() : sandboxRun();
    context.profile.local = false;
    context.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://user:word@gateway.example:9935/?key=abc")});
    context.call.parameters = orThrow(Json::parse(QByteArrayView(R"json({"orchestrators":{"include":["it's.example"]}})json")));
    return context;
}

inline SnippetContext direct(bool token, bool ownOrchestrators)
{
    SnippetContext context = sandboxRun();
    context.profile.local = false;
    context.hasToken = token;
    if (ownOrchestrators)
        context.profile.setLivepeer({.orchUrls = {QStringLiteral("https://orchestrator.example:8935")}});
    return context;
}

/// An image beyond what may stand in code, a password, and a short base64 that may.
inline SnippetContext files()
{
    const QByteArray image = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(6000, 'i');
    SnippetContext context = sandboxRun(Json{{QStringLiteral("filter"), QStringLiteral("edges")},
                                             {QStringLiteral("image"), QString::fromLatin1(image.toBase64())},
                                             {QStringLiteral("mask"), QStringLiteral("data:image/png;base64,") + QString::fromLatin1(image.toBase64())},
                                             {QStringLiteral("icon"), QStringLiteral("aWNvbg==")},
                                             {QStringLiteral("api_key"), QStringLiteral("pass\"word")}});
    context.call.capability = QStringLiteral("image-filter");
    context.capability->path = context.call.capability;
    context.capability->inputSchema = orThrow(Json::parse(QByteArrayView(R"json({"properties": {"api_key": {"type": "string", "format": "password"}}})json")));
    context.fileNames.insert(QStringLiteral("/mask"), QStringLiteral("/home/somebody/pictures/it's a mask.png"));
    return context;
}

} // namespace examples
