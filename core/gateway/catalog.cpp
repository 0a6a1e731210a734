#include "catalog_p.h"

#include "live_transport_lv2v_p.h"

#include "sluice/base/bytes.h"
#include "sluice/base/log.h"
#include "sluice/gateway/user_data.h"
#include "sluice/payments/ticket.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <climits>
#include <vector>

namespace sluice::catalog {

namespace {

/// Tokens asked for at the same time; each is a TLS handshake.
constexpr std::size_t Parallel = 8;
/// Tokens asked for in one listing, whatever is listed.
constexpr qsizetype MaxQuotes = 256;
constexpr qint64 OutcomeRows = 2000;
const QString CapabilityPrefix = QStringLiteral("byoc/");

/// What one orchestrator lists, or why it does not.
struct Listing {
    QUrl origin;
    QList<byoc::ListedCapability> capabilities;
    QList<CapabilityInfo> liveVideo;
    std::optional<Error> error;
};

/// What one orchestrator says about one capability.
struct Quote {
    QUrl origin;
    QString capability;
    std::optional<byoc::JobToken> token;
    std::chrono::milliseconds latency{0};
};

QCoro::Task<QList<byoc::ListedCapability>> namesFromDiscovery(std::shared_ptr<GatewayCore> core, QUrl origin, CallContext context)
{
    QUrl url = origin;
    url.setPath(QStringLiteral("/discover-orchestrators"));
    const auto found = co_await core->client().discover(url, Headers(), TrustPolicy::PinOnFirstUse, context);
    QList<byoc::ListedCapability> listed;
    for (const byoc::DiscoveredOrchestrator &orchestrator : found) {
        for (const QString &name : orchestrator.capabilities) {
            if (!name.startsWith(CapabilityPrefix))
                continue;
            byoc::ListedCapability capability;
            capability.name = name.mid(CapabilityPrefix.size());
            listed.append(capability);
        }
    }
    co_return listed;
}

QCoro::Task<Listing> listingOf(std::shared_ptr<GatewayCore> core, QUrl origin, CallContext context)
{
    Listing listing;
    listing.origin = origin;
    try {
        listing.capabilities = co_await core->client().capabilities(origin, context);
    } catch (const Error &error) {
        listing.error = error;
    }
    // A node that answers but has no list may still say its names the other way.
    if (listing.error && listing.error->httpStatus() != 0) {
        try {
            listing.capabilities = co_await namesFromDiscovery(core, origin, context);
            listing.error.reset();
        } catch (const Error &error) {
            qCDebug(logByoc, "%s has no list of capabilities: %s", qUtf8Printable(origin.authority()), qUtf8Printable(error.message()));
        }
    }
    co_return listing;
}

/// The same with its live video, which takes another connection.
QCoro::Task<Listing> wholeListingOf(std::shared_ptr<GatewayCore> core, QUrl origin, CallContext context)
{
    Listing listing = co_await listingOf(core, origin, context);
    const bool reached = !listing.error || listing.error->httpStatus() != 0;
    if (reached && core->access().gateway.isEmpty())
        listing.liveVideo = co_await live_video::listing(core, origin, !listing.error, context);
    if (!listing.liveVideo.isEmpty())
        listing.error.reset();
    co_return listing;
}

QCoro::Task<Quote> quoteOf(std::shared_ptr<GatewayCore> core, QUrl origin, QString capability, CallContext context)
{
    Quote quote;
    quote.origin = origin;
    quote.capability = capability;
    QElapsedTimer timer;
    timer.start();
    try {
        quote.token = co_await core->client().token(origin, capability, context);
        quote.latency = std::chrono::milliseconds(timer.elapsed());
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        qCDebug(logByoc, "No token for %s at %s: %s", qUtf8Printable(capability), qUtf8Printable(origin.authority()),
            qUtf8Printable(error.message()));
    }
    co_return quote;
}

QCoro::Task<QList<Quote>> quotes(std::shared_ptr<GatewayCore> core, QList<std::pair<QUrl, QString>> wanted, CallContext context)
{
    QList<Quote> all;
    std::vector<QCoro::Task<Quote>> running;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        running.push_back(quoteOf(core, wanted[i].first, wanted[i].second, context));
        if (running.size() < Parallel && i + 1 < wanted.size())
            continue;
        for (auto &task : running)
            all.append(co_await task);
        running.clear();
    }
    co_return all;
}

QCoro::Task<QList<Listing>> listings(std::shared_ptr<GatewayCore> core, QList<QUrl> origins, CallContext context)
{
    std::vector<QCoro::Task<Listing>> running;
    for (const QUrl &origin : origins)
        running.push_back(wholeListingOf(core, origin, context));
    QList<Listing> all;
    for (auto &task : running)
        all.append(co_await task);
    co_return all;
}

QList<Verb> verbsOf(const QStringList &names)
{
    QList<Verb> verbs;
    for (const QString &name : names) {
        if (const auto verb = verbFromName(name); verb && !verbs.contains(*verb))
            verbs.append(*verb);
    }
    return verbs.isEmpty() ? QList<Verb>{Verb::Run, Verb::Stream} : verbs;
}

CapabilityInfo infoFrom(const byoc::ListedCapability &listed, const QUrl &origin)
{
    CapabilityInfo info;
    info.name = listed.name;
    info.title = listed.name;
    info.model = listed.about.modelId;
    info.description = listed.description;
    info.version = listed.about.version;
    info.verbs = verbsOf(listed.about.verbs);
    info.path = listed.about.path;
    const bool wei = listed.currency.isEmpty() || listed.currency == QStringLiteral("wei");
    if (listed.pricePerUnit && wei)
        info.price = PriceQuote{*listed.pricePerUnit, listed.priceScaling, QStringLiteral("second")};
    if (listed.capacity)
        info.capacity = int(std::min<qint64>(*listed.capacity, INT_MAX));
    if (listed.available)
        info.availableCapacity = int(std::min<qint64>(*listed.available, INT_MAX));
    info.inputSchema = listed.about.inputSchema;
    info.outputSchema = listed.about.outputSchema;
    if (!info.inputSchema.isNull())
        info.schemaOrigin = origin.authority();
    if (listed.about.live)
        info.live = {listed.about.live->videoIn, listed.about.live->videoOut, listed.about.live->data, listed.about.live->raw};
    for (const byoc::ListedExample &example : listed.about.examples)
        info.examples.append({example.title, example.input});
    info.orchestrators = {origin};
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

/// The same capability at another orchestrator: slots add up, what was unknown is filled in.
void mergeInto(CapabilityInfo &info, const CapabilityInfo &other)
{
    info.orchestrators += other.orchestrators;
    if (other.capacity)
        info.capacity = info.capacity.value_or(0) + *other.capacity;
    if (other.availableCapacity)
        info.availableCapacity = info.availableCapacity.value_or(0) + *other.availableCapacity;
    if (info.inputSchema.isNull()) {
        info.inputSchema = other.inputSchema;
        info.outputSchema = other.outputSchema;
        info.schemaOrigin = other.schemaOrigin;
        info.examples = other.examples;
        info.path = info.path.isEmpty() ? other.path : info.path;
    }
    if (!info.price)
        info.price = other.price;
}

void addTo(QList<CapabilityInfo> &infos, const CapabilityInfo &info)
{
    const auto same = std::find_if(infos.begin(), infos.end(), [&](const CapabilityInfo &one) { return one.name == info.name; });
    if (same == infos.end())
        infos.append(info);
    else
        mergeInto(*same, info);
}

void applyQuotes(QList<CapabilityInfo> &infos, const QList<Quote> &all)
{
    for (CapabilityInfo &info : infos) {
        int available = 0;
        bool seen = false;
        for (const Quote &quote : all) {
            if (quote.capability != info.name || !quote.token)
                continue;
            available += int(std::min<qint64>(quote.token->availableCapacity, INT_MAX / 1024));
            // The first orchestrator in order is the one that a call tries first.
            if (!std::exchange(seen, true)) {
                info.price = PriceQuote{quote.token->price.pricePerUnit, quote.token->price.pixelsPerUnit, QStringLiteral("second")};
                info.latency = quote.latency;
            }
        }
        if (seen)
            info.availableCapacity = available;
    }
}

Error nothingListed(const QList<Listing> &all)
{
    if (all.isEmpty())
        return Error(Error::Kind::NoOrchestrator, QStringLiteral("No orchestrator is known."))
            .withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
    if (all.size() == 1)
        return *all.first().error;
    QList<Rejection> rejections;
    for (const Listing &listing : all)
        rejections.append({listing.origin, listing.error->message()});
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("None of %1 orchestrators told what it offers.").arg(all.size()))
        .withRejections(rejections);
}

/// Where to ask for lists: the orchestrators, or the gateway itself when it is all there is.
QCoro::Task<QList<QUrl>> listingOrigins(std::shared_ptr<GatewayCore> core, CallContext context)
{
    QList<QUrl> origins = co_await GatewayCore::orchestratorsFor(core, QString(), context);
    if (origins.isEmpty() && !core->access().gateway.isEmpty())
        origins.append(core->access().gateway);
    co_return origins;
}

} // namespace

QCoro::Task<QList<CapabilityInfo>> list(std::shared_ptr<GatewayCore> core, CallContext context)
{
    const QList<QUrl> origins = co_await listingOrigins(core, context);
    const QList<Listing> all = co_await listings(core, origins, context);
    context.check();
    QList<CapabilityInfo> infos;
    QList<CapabilityInfo> liveVideo;
    QList<std::pair<QUrl, QString>> wanted;
    bool answered = false;
    for (const Listing &listing : all) {
        answered = answered || !listing.error;
        for (const byoc::ListedCapability &listed : listing.capabilities) {
            const CapabilityInfo info = infoFrom(listed, listing.origin);
            addTo(infos, info);
            if (wanted.size() < MaxQuotes)
                wanted.append({listing.origin, info.name});
        }
        for (const CapabilityInfo &info : listing.liveVideo)
            addTo(liveVideo, info);
    }
    if (!answered)
        throw nothingListed(all);
    const bool direct = core->access().gateway.isEmpty();
    if (direct) {
        const QList<Quote> quoted = co_await quotes(core, wanted, context);
        applyQuotes(infos, quoted);
    }
    infos += liveVideo;
    core->remember(infos);
    co_return infos;
}

QCoro::Task<std::optional<CapabilityInfo>> describe(std::shared_ptr<GatewayCore> core, QString capability, CallContext context)
{
    if (auto known = core->known(capability))
        co_return known;
    if (core->isUndescribed(capability))
        co_return std::nullopt;
    const QList<QUrl> origins = co_await listingOrigins(core, context);
    for (const QUrl &origin : origins) {
        const Listing listing = co_await listingOf(core, origin, context);
        QList<CapabilityInfo> infos;
        for (const byoc::ListedCapability &listed : listing.capabilities)
            infos.append(infoFrom(listed, origin));
        core->remember(infos);
        if (auto known = core->known(capability))
            co_return known;
    }
    context.check(); // a cancelled look tells nothing about the network
    core->rememberUndescribed(capability);
    co_return std::nullopt;
}

QCoro::Task<QList<Gateway::Balance>> balances(std::shared_ptr<GatewayCore> core, QStringList capabilities, CallContext context)
{
    QList<std::pair<QUrl, QString>> wanted;
    for (const QString &capability : capabilities) {
        if (capability.startsWith(lv2v::Pipeline + QLatin1Char('/')))
            continue; // live video has a purse for each job
        const auto known = core->known(capability);
        QList<QUrl> origins;
        if (known)
            origins = known->orchestrators;
        else
            origins = co_await GatewayCore::orchestratorsFor(core, capability, context);
        for (const QUrl &origin : origins)
            wanted.append({origin, capability});
    }
    // A gateway's purse is not ours to see.
    if (!core->access().gateway.isEmpty())
        wanted.clear();
    const QList<Quote> all = co_await quotes(core, wanted, context);
    QList<Gateway::Balance> result;
    for (const Quote &quote : all) {
        Gateway::Balance balance;
        balance.orchestrator = quote.origin;
        balance.capability = quote.capability;
        if (quote.token) {
            balance.wei = QString::number(quote.token->balance);
            balance.price = PriceQuote{quote.token->price.pricePerUnit, quote.token->price.pixelsPerUnit, QStringLiteral("second")};
            balance.availableCapacity = int(std::min<qint64>(quote.token->availableCapacity, INT_MAX));
        }
        result.append(balance);
    }
    co_return result;
}

namespace {

QString outcomeKey(const QString &randHash, quint32 nonce)
{
    return QStringLiteral("%1/%2").arg(randHash.toLower()).arg(nonce);
}

/// What is true of a ticket: the orchestrator's word, or, once it revealed its secret, what follows from it.
TicketRow::Won judge(const TicketRow &row, const byoc::TicketOutcome &outcome)
{
    const auto word = outcome.won ? TicketRow::Won::Yes : TicketRow::Won::No;
    if (outcome.recipientRand.isEmpty())
        return word;
    const auto rand = fromMinimalBytes(outcome.recipientRand);
    const auto signature = Signature::fromHex(row.signature.toLatin1());
    const auto winProb = u256FromHex(row.winProb);
    if (!rand || !signature || !winProb || recipientRandHash(*rand).toByteArray() != outcome.recipientRandHash)
        return word;
    const bool won = isWinning(signature->bytes(), *rand, *winProb);
    if (won != outcome.won)
        qCWarning(logPayments, "Ticket %s: %s says it %s, its own secret says the opposite.", qUtf8Printable(row.ticketHash),
            qUtf8Printable(row.orchestrator), outcome.won ? "won" : "lost");
    return won ? TicketRow::Won::Yes : TicketRow::Won::No;
}

} // namespace

QCoro::Task<int> refreshOutcomes(std::shared_ptr<GatewayCore> core, CallContext context)
{
    core->check();
    const QString sender = core->senderAddress();
    if (sender.isEmpty())
        co_return 0;
    const QList<TicketRow> latest = co_await core->data()->tickets().latest(0, OutcomeRows);
    QMap<QString, QList<TicketRow>> open;
    for (const TicketRow &row : latest) {
        if (row.sender == sender && row.state == TicketRow::State::Sent && row.won == TicketRow::Won::Unknown)
            open[row.orchestrator].append(row);
    }
    int changed = 0;
    for (auto it = open.cbegin(); it != open.cend(); ++it) {
        QHash<QString, byoc::TicketOutcome> outcomes;
        try {
            const auto told = co_await core->client().ticketOutcomes(QUrl(it.key()), context);
            for (const byoc::TicketOutcome &outcome : told)
                outcomes.insert(outcomeKey(bytes::toHex0x(outcome.recipientRandHash), outcome.nonce), outcome);
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            qCDebug(logPayments, "%s does not tell what became of tickets: %s", qUtf8Printable(it.key()), qUtf8Printable(error.message()));
        }
        for (const TicketRow &row : it.value()) {
            const auto outcome = outcomes.constFind(outcomeKey(row.recipientRandHash, row.nonce));
            if (outcome == outcomes.constEnd())
                continue;
            co_await core->data()->tickets().setOutcome(row.ticketHash, judge(row, *outcome));
            ++changed;
        }
    }
    co_return changed;
}

} // namespace sluice::catalog
