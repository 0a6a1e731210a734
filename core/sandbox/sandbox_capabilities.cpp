#include "sandbox_capabilities_p.h"

#include "sluice/sandbox/capabilities/docs_chat.h"
#include "sluice/sandbox/capabilities/image_filter.h"
#include "sluice/sandbox/capabilities/live_capabilities.h"
#include "sluice/sandbox/capabilities/llm_chat.h"
#include "sluice/sandbox/capabilities/text_analysis.h"

namespace sluice {

namespace {

/// A capability as it is, at another price.
template <typename Base> class Repriced : public Base {
public:
    Repriced(std::unique_ptr<Base> capability, qint64 weiPerSecond)
        : m_inner(std::move(capability))
        , m_price{weiPerSecond, 1, QStringLiteral("wei")}
    {
    }
    [[nodiscard]] QString name() const override { return m_inner->name(); }
    [[nodiscard]] QString description() const override { return m_inner->description(); }
    [[nodiscard]] QString version() const override { return m_inner->version(); }
    [[nodiscard]] Json inputSchema() const override { return m_inner->inputSchema(); }
    [[nodiscard]] Json outputSchema() const override { return m_inner->outputSchema(); }
    [[nodiscard]] CapabilityPrice price() const override { return m_price; }
    [[nodiscard]] int capacity() const override { return m_inner->capacity(); }
    [[nodiscard]] QList<Example> examples() const override { return m_inner->examples(); }
    [[nodiscard]] QString path() const override { return m_inner->path(); }

protected:
    std::unique_ptr<Base> m_inner;

private:
    CapabilityPrice m_price;
};

class RepricedPredict final : public Repriced<PredictCapability> {
public:
    using Repriced::Repriced;
    PredictResult predict(const Json &input, const RunContext &context) override { return m_inner->predict(input, context); }
};

class RepricedStream final : public Repriced<StreamCapability> {
public:
    using Repriced::Repriced;
    void generate(const Json &input, EventSink &sink, const RunContext &context) override
    {
        m_inner->generate(input, sink, context);
    }
    [[nodiscard]] Json collected(const QList<QByteArray> &events) const override { return m_inner->collected(events); }
};

class RepricedLive final : public Repriced<LiveCapability> {
public:
    using Repriced::Repriced;
    [[nodiscard]] Channels channels() const override { return m_inner->channels(); }
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override { return m_inner->start(sink); }
};

std::optional<qint64> priceOf(const QString &name, const SandboxOptions &options)
{
    std::optional<qint64> price;
    for (const auto &[wanted, wei] : options.prices) {
        if (wanted == name)
            return wei;
        if (wanted.isEmpty())
            price = wei;
    }
    return price;
}

template <typename AtPrice, typename Given> std::unique_ptr<Capability> priced(std::unique_ptr<Given> capability, const SandboxOptions &options)
{
    const auto price = priceOf(capability->name(), options);
    if (!price)
        return capability;
    return std::make_unique<AtPrice>(std::move(capability), *price);
}

} // namespace

std::vector<std::unique_ptr<Capability>> sandboxCapabilities(const SandboxOptions &options)
{
    std::vector<std::unique_ptr<Capability>> capabilities;
    capabilities.push_back(priced<RepricedPredict>(std::make_unique<sandbox::TextAnalysis>(), options));
    capabilities.push_back(priced<RepricedPredict>(std::make_unique<sandbox::ImageFilter>(), options));
    capabilities.push_back(priced<RepricedStream>(std::make_unique<sandbox::DocsChat>(), options));
    capabilities.push_back(priced<RepricedLive>(std::make_unique<sandbox::VideoFilter>(), options));
    capabilities.push_back(priced<RepricedLive>(std::make_unique<sandbox::MotionDetect>(), options));
    capabilities.push_back(priced<RepricedLive>(std::make_unique<sandbox::LiveNoop>(), options));
    capabilities.push_back(priced<RepricedLive>(std::make_unique<sandbox::LogTail>(), options));
    if (!options.llmUpstream.isEmpty()) {
        const sandbox::LlmChat::Upstream upstream{options.llmUpstream, options.llmKey, options.llmModel, options.llmServer};
        capabilities.push_back(priced<RepricedStream>(std::make_unique<sandbox::LlmChat>(upstream), options));
    }
    for (const auto &[name, wei] : options.prices) {
        const bool known = name.isEmpty()
            || std::any_of(capabilities.begin(), capabilities.end(), [&name](const auto &one) { return one->name() == name; });
        if (!known)
            throw Error(Error::Kind::Config, QStringLiteral("There is a price for \"%1\", which the sandbox does not offer.").arg(name));
        if (wei < 0)
            throw Error(Error::Kind::Config, QStringLiteral("The price %1 wei is negative.").arg(wei));
    }
    return capabilities;
}

} // namespace sluice
