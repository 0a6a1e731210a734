#include "wire_p.h"

#include "sluice/liverunner/wire.h"

namespace sluice::liverunner {

namespace {

constexpr int MaxDepth = 16;

/// Nothing for a price that is none: the runner is listed without one then.
std::optional<OfferedPrice> priceIn(const Json &json)
{
    if (!json.isObject())
        return std::nullopt;
    const Json amount = livepeer::member(json, QStringLiteral("price"));
    const QString digits = amount.isInteger() ? QString::fromLatin1(amount.numberText()) : amount.toString();
    const auto wei = weiFromDecimal(digits);
    if (!wei || *wei < 0)
        return std::nullopt;
    OfferedPrice price;
    price.price = *wei;
    price.currency = livepeer::member(json, QStringLiteral("currency")).toString().trimmed().toLower();
    price.unit = livepeer::member(json, QStringLiteral("unit")).toString().trimmed().toLower();
    return price;
}

std::optional<DiscoveredRunner> runnerIn(const Json &json)
{
    if (!json.isObject())
        return std::nullopt;
    MemberReader reader(json, Error::Kind::Discovery);
    DiscoveredRunner runner;
    runner.url = reader.text("url").trimmed();
    runner.app = reader.text("app").trimmed();
    runner.version = reader.text("version");
    runner.metadata = reader.text("metadata");
    runner.mode = reader.text("mode").trimmed().toLower();
    runner.gpu = gpuIn(reader);
    runner.capacity = reader.integer("capacity");
    runner.used = reader.integer("capacity_used");
    runner.available = reader.integer("capacity_available");
    runner.price = priceIn(reader.any("price_info"));
    const bool tooLong = runner.app.size() > MaxIdCharacters || runner.url.size() > 8 * MaxIdCharacters || runner.metadata.toUtf8().size() > MaxMetadataBytes;
    if (reader.fault() || runner.url.isEmpty() || runner.app.isEmpty() || tooLong)
        return std::nullopt;
    return runner;
}

} // namespace

Json DiscoveredRunner::toJson() const
{
    Json json{{QStringLiteral("url"), url}, {QStringLiteral("app"), app}};
    if (!version.isEmpty())
        json.insert(QStringLiteral("version"), version);
    if (!metadata.isEmpty())
        json.insert(QStringLiteral("metadata"), metadata);
    if (!mode.isEmpty())
        json.insert(QStringLiteral("mode"), mode);
    if (gpu)
        json.insert(QStringLiteral("gpu"), gpu->toJson());
    json.insert(QStringLiteral("capacity"), capacity);
    json.insert(QStringLiteral("capacity_used"), used);
    json.insert(QStringLiteral("capacity_available"), available);
    if (price)
        json.insert(QStringLiteral("price_info"), price->toJson());
    return json;
}

Json DiscoveredNode::toJson() const
{
    Json json{{QStringLiteral("address"), address}};
    if (!capabilities.isEmpty())
        insertTexts(json, "capabilities", capabilities);
    if (runners.isEmpty())
        return json;
    Json list = Json::array();
    for (const DiscoveredRunner &runner : runners)
        list.append(runner.toJson());
    json.insert(QStringLiteral("runners"), list);
    return json;
}

Expected<QList<DiscoveredNode>> parseDiscovery(QByteArrayView body, qsizetype maxBytes)
{
    if (body.size() > maxBytes)
        return unexpected(
            Error(Error::Kind::TooLarge, QStringLiteral("The discovery answer has %1 bytes; at most %2 are read.").arg(body.size()).arg(maxBytes)));
    const auto json = Json::parse(body, {maxBytes, MaxDepth});
    if (!json || !json->isArray())
        return unexpected(Error(Error::Kind::Discovery, QStringLiteral("The discovery answer is no JSON array: “%1”.")
                                                            .arg(QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 80))))));
    QList<DiscoveredNode> nodes;
    for (const Json &entry : json->items()) {
        DiscoveredNode node;
        node.address = livepeer::member(entry, QStringLiteral("address")).toString().trimmed();
        if (!entry.isObject() || node.address.isEmpty())
            continue;
        for (const Json &capability : livepeer::member(entry, QStringLiteral("capabilities")).items()) {
            if (capability.isString())
                node.capabilities.append(capability.toString());
        }
        for (const Json &one : livepeer::member(entry, QStringLiteral("runners")).items()) {
            if (auto runner = runnerIn(one))
                node.runners.append(std::move(*runner));
        }
        nodes.append(std::move(node));
    }
    return nodes;
}

} // namespace sluice::liverunner
