#pragma once

#include "peers/outcome.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/file_text.h"
#include "sluice/gateway/gateway.h"
#include "sluice/sandbox/capabilities/picture.h"
#include "sluice/sandbox/sandbox_network.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

namespace sluice::test {

/// A sandbox with its AI gateway alone, and a Gateway that reaches it by what its ready line says.
class PipelinesFixture {
public:
    explicit PipelinesFixture(const QString &llmDialect = {})
    {
        SandboxOptions options;
        options.stateFile = m_folder.filePath(QStringLiteral("sandbox.sqlite"));
        options.only = QStringList(QStringLiteral("aigateway"));
        options.llmDialect = llmDialect;
        m_sandbox = std::make_unique<SandboxNetwork>(options);
        m_ready = orThrow(outcomeOf(m_sandbox->start()));
        GatewayConfig config;
        BackendSettings settings;
        settings.values = m_ready.find(QStringLiteral("/services/aigateway")).value_or(Json());
        config.backends.insert(QStringLiteral("aigateway"), settings);
        m_gateway = std::make_unique<Gateway>(config, m_data);
    }

    [[nodiscard]] Gateway &gateway() { return *m_gateway; }
    [[nodiscard]] const Json &ready() const { return m_ready; }
    [[nodiscard]] QUrl url() const { return QUrl(m_ready.find(QStringLiteral("/services/aigateway/base_url")).value_or(Json()).toString()); }
    void stopSandbox() { m_sandbox.reset(); }

    [[nodiscard]] static Call call(const char *pipeline, const Json &input)
    {
        Call made;
        made.backend = QStringLiteral("aigateway");
        made.capability = QString::fromLatin1(pipeline);
        made.input = input;
        made.timeout = std::chrono::seconds(100);
        return made;
    }
    /// What came of it.
    [[nodiscard]] Expected<RunResult> run(const char *pipeline, const Json &input)
    {
        const QFuture<RunResult> future = m_gateway->run(call(pipeline, input));
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 100'000))
            return unexpected(Error(Error::Kind::Timeout, QStringLiteral("the call did not end")));
        try {
            return future.result();
        } catch (const Error &error) {
            return unexpected(error);
        }
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<UserData> m_data = UserData::inMemory();
    std::unique_ptr<SandboxNetwork> m_sandbox;
    Json m_ready;
    std::unique_ptr<Gateway> m_gateway;
};

/// A picture file as inputs have it.
[[nodiscard]] inline QString pictureText(const sandbox::Picture &picture)
{
    return dataUri("image/png", orThrow(sandbox::encodePng(picture)));
}

/// The words of a text in small letters, without what is between them.
[[nodiscard]] inline QString words(const QString &text)
{
    QString plain;
    for (const QChar c : text.toLower())
        plain += c.isLetterOrNumber() ? c : QLatin1Char(' ');
    return plain.simplified();
}

} // namespace sluice::test
