#include "backend_p.h"

#include <algorithm>
#include <climits>
#include <limits>

namespace sluice::liverunner::listing {

namespace {

int asCount(qint64 number)
{
    return int(std::clamp<qint64>(number, 0, INT_MAX / 2));
}

QList<Verb> verbsOf(Mode mode)
{
    if (mode == Mode::Persistent)
        return {Verb::Live};
    return {Verb::Run, Verb::Stream};
}

/// Runners of ours say in their metadata what a form needs (docs/protocols/sluice-extensions.md); of all others it is a remark. It is free, which a
/// schema asked of the app itself would not be.
void describe(CapabilityInfo &info, const QString &metadata)
{
    const auto json = Json::parse(metadata.toUtf8());
    if (!json || !json->isObject()) {
        if (info.description.isEmpty())
            info.description = metadata;
        return;
    }
    info.description = json->value(QStringLiteral("description")).toString();
    info.path = json->value(QStringLiteral("path")).toString();
    const Json schema = json->value(QStringLiteral("input_schema"));
    if (schema.isObject()) {
        info.inputSchema = schema;
        info.schemaOrigin = QStringLiteral("the runner's metadata");
    }
    if (const Json output = json->value(QStringLiteral("output_schema")); output.isObject())
        info.outputSchema = output;
    if (json->value(QStringLiteral("verb")).toString() == QLatin1String("stream") && info.verbs.first() == Verb::Run)
        info.verbs = {Verb::Stream, Verb::Run};
}

CapabilityInfo infoFrom(const RunnerOffer &offer)
{
    CapabilityInfo info;
    info.backend = BackendId;
    info.name = offer.app;
    info.title = offer.app;
    info.version = offer.version;
    info.mode = modeText(offer.mode);
    info.verbs = verbsOf(offer.mode);
    info.verbsFixed = offer.isPersistent();
    info.verbsTold = true;
    if (offer.isPersistent())
        info.live = {false, false, false, false}; // what channels it has, the app says in a reply of its own design
    if (offer.price)
        info.price = quoteOf(*offer.price);
    if (offer.price && offer.price->unit && *offer.price->unit != PriceUnit::Fixed)
        info.creditSeconds = firstPayment(*offer.price->unit).count();
    info.capacity = asCount(offer.capacity);
    info.availableCapacity = asCount(offer.available);
    info.orchestrators = {offer.orchestrator};
    info.seenAt = QDateTime::currentDateTimeUtc();
    describe(info, offer.metadata);
    return info;
}

void mergeInto(CapabilityInfo &info, const CapabilityInfo &other)
{
    for (const QUrl &origin : other.orchestrators) {
        if (!info.orchestrators.contains(origin))
            info.orchestrators.append(origin);
    }
    info.capacity = *info.capacity + *other.capacity;
    info.availableCapacity = *info.availableCapacity + *other.availableCapacity;
    if (info.mode != other.mode) {
        // One name for both: calls go to the single-shot runners, sessions to the others. Their prices are two, so none is shown for both.
        for (const Verb verb : other.verbs) {
            if (!info.verbs.contains(verb))
                info.verbs.append(verb);
        }
        std::sort(info.verbs.begin(), info.verbs.end());
        info.verbsFixed = false;
        info.mode = QStringLiteral("%1, %2").arg(modeText(Mode::SingleShot), modeText(Mode::Persistent));
        if (info.price != other.price)
            info.price.reset();
    }
    if (info.inputSchema.isNull()) {
        info.inputSchema = other.inputSchema;
        info.outputSchema = other.outputSchema;
        info.schemaOrigin = other.schemaOrigin;
        info.path = info.path.isEmpty() ? other.path : info.path;
    }
}

} // namespace

std::optional<PriceQuote> quoteOf(const ListedPrice &price)
{
    if (!price.unit)
        return std::nullopt;
    const Wei each = price.perUnit * unitsPerSecond(*price.unit);
    if (each > std::numeric_limits<qint64>::max())
        return std::nullopt;
    return PriceQuote{static_cast<qint64>(each), 1, *price.unit == PriceUnit::Fixed ? PerCall : QStringLiteral("second")};
}

bool isAppName(const QString &name)
{
    const qsizetype slash = name.indexOf(QLatin1Char('/'));
    const auto isBlank = [](QChar c) { return c.isSpace(); };
    return slash > 0 && slash + 1 < name.size() && name.indexOf(QLatin1Char('/'), slash + 1) < 0 && std::none_of(name.begin(), name.end(), isBlank);
}

QList<CapabilityInfo> capabilitiesOf(const QList<RunnerOffer> &offers)
{
    QList<CapabilityInfo> infos;
    for (const RunnerOffer &offer : offers) {
        const CapabilityInfo info = infoFrom(offer);
        const auto same = std::find_if(infos.begin(), infos.end(), [&](const CapabilityInfo &one) { return one.name == info.name; });
        if (same == infos.end())
            infos.append(info);
        else
            mergeInto(*same, info);
    }
    return infos;
}

} // namespace sluice::liverunner::listing
