#include "sluice/llmworker/environment.h"

#include "sluice/llmworker/chat_provider.h"

#include <QtCore/QMap>

namespace sluice::llmworker {

namespace {

/// `NAME=value` lines; quotes around a value, `export` in front and comments are understood.
QMap<QByteArray, QByteArray> linesOf(const QByteArray &dotEnv)
{
    QMap<QByteArray, QByteArray> values;
    for (QByteArray line : dotEnv.split('\n')) {
        line = line.trimmed();
        if (line.startsWith("export "))
            line = line.mid(7).trimmed();
        const qsizetype equals = line.indexOf('=');
        if (line.startsWith('#') || equals <= 0)
            continue;
        QByteArray value = line.mid(equals + 1).trimmed();
        if (const qsizetype comment = value.indexOf(" #"); comment >= 0 && !value.startsWith('"') && !value.startsWith('\''))
            value = value.left(comment).trimmed();
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
            value = value.mid(1).chopped(1);
        values.insert(line.left(equals).trimmed(), value);
    }
    return values;
}

Unexpected<Error> wrong(const QString &message, const QString &advice)
{
    return unexpected(Error(Error::Kind::Config, message).withAdvice(advice));
}

/// An address that is empty where its variable is.
Expected<QUrl> addressIn(const QString &text, const QString &name, const QStringList &schemes)
{
    if (text.isEmpty())
        return QUrl();
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty())
        return wrong(QStringLiteral("%1 is no address.").arg(name), QStringLiteral("Write it whole, with %1://.").arg(schemes.first()));
    return url;
}

} // namespace

Expected<Environment> Environment::read(const std::function<Secret(const char *name)> &variable, const QByteArray &dotEnv)
{
    const QMap<QByteArray, QByteArray> lines = linesOf(dotEnv.left(64 * 1024));
    const auto secret = [&](const char *name) {
        const Secret set = variable(name);
        return set.isEmpty() ? Secret(lines.value(name)) : set;
    };
    const auto text = [&](const char *name) { return QString::fromUtf8(secret(name).expose().toByteArray()).trimmed(); };
    Environment result;
    if (const QString address = text("LISTEN_ADDRESS"); !address.isEmpty())
        result.address = address;
    if (const QString port = text("LISTEN_PORT"); !port.isEmpty()) {
        bool good = false;
        result.port = port.toUShort(&good);
        if (!good)
            return wrong(QStringLiteral("LISTEN_PORT \"%1\" is no port.").arg(port.left(40)), QStringLiteral("A number from 0 to 65535."));
    }
    const QStringList http{QStringLiteral("http"), QStringLiteral("https")};
    const auto openAi = addressIn(text("OPENAI_BASE_URL"), QStringLiteral("OPENAI_BASE_URL"), http);
    const auto vllm = addressIn(text("VLLM_URI"), QStringLiteral("VLLM_URI"), http);
    const auto worker = addressIn(text("LLM_WORKER_URI"), QStringLiteral("LLM_WORKER_URI"), {QStringLiteral("ws"), QStringLiteral("wss")});
    for (const auto *address : {&openAi, &vllm, &worker}) {
        if (!*address)
            return unexpected(address->error());
    }
    if (!openAi->isEmpty())
        result.openAiBase = *openAi;
    result.vllmBase = *vllm;
    if (!worker->isEmpty())
        result.worker = *worker;
    result.openAiKey = secret("OPENAI_API_KEY");
    result.vllmKey = secret("VLLM_API_KEY");
    return result;
}

Providers Environment::providers() const
{
    Providers all;
    all.emplace(QStringLiteral("openai"), makeChatProvider(ChatProviderOptions::openAi(openAiBase, openAiKey)));
    all.emplace(QStringLiteral("vllm"), makeChatProvider(ChatProviderOptions::vllm(vllmBase, vllmKey)));
    return all;
}

} // namespace sluice::llmworker
