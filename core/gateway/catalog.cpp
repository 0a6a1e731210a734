#include "catalog_p.h"

#include "network_listing_p.h"

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

using network_listing::Told;

namespace {

/// Tokens asked for at the same time; each is a TLS handshake.
constexpr std::size_t Parallel = 8;
/// Tokens asked for in one listing, whatever is listed.
constexpr qsizetype MaxQuotes = 256;
constexpr qint64 OutcomeRows = 2000;
/// What one orchestrator says about one capability.
struct Quote {
    QUrl origin;
    QString capability;
    std::optional<byoc::JobToken> token;
    std::chrono::milliseconds latency{0};
};

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

QCoro::Task<QList<Told>> listings(std::shared_ptr<GatewayCore> core, QList<QUrl> origins, CallContext context)
{
    std::vector<QCoro::Task<Told>> running;
    for (const QUrl &origin : origins)
        running.push_back(network_listing::of(core, origin, context));
    QList<Told> all;
    for (auto &task : running)
        all.append(co_await task);
    co_return all;
}

/// The same capability at another orchestrator: slots add up, what was unknown is filled in.
void mergeInto(CapabilityInfo &info, const CapabilityInfo &other)
{
    for (const QUrl &origin : other.orchestrators) {
        if (!info.orchestrators.contains(origin))
            info.orchestrators.append(origin);
    }
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

/// A token is given for any name (byoc.md 3): of one that nobody registered it knows neither price nor slots.
bool knowsCapability(const byoc::JobToken &token)
{
    return token.availableCapacity > 0 || token.price.pricePerUnit > 0;
}

void applyQuotes(QList<CapabilityInfo> &infos, const QList<Quote> &all)
{
    for (CapabilityInfo &info : infos) {
        int available = 0;
        QList<QUrl> offering;
        for (const Quote &quote : all) {
            if (quote.capability != info.name || !quote.token)
                continue;
            if (!info.listed && !knowsCapability(*quote.token))
                continue;
            available += int(std::min<qint64>(quote.token->availableCapacity, INT_MAX / 1024));
            // The first orchestrator in order is the one that a call tries first.
            if (offering.isEmpty()) {
                info.price = PriceQuote{quote.token->price.pricePerUnit, quote.token->price.pixelsPerUnit, QStringLiteral("second")};
                info.latency = quote.latency;
            }
            offering.append(quote.origin);
        }
        if (offering.isEmpty())
            continue;
        info.availableCapacity = available;
        if (!info.listed)
            info.orchestrators = offering;
    }
}

/// What the person named, over what the network says of the same name.
void addNamed(QList<CapabilityInfo> &infos, const QList<NamedCapability> &named, const QList<QUrl> &origins)
{
    for (const NamedCapability &one : named) {
        const auto same = std::find_if(infos.begin(), infos.end(), [&](const CapabilityInfo &info) { return info.name == one.name; });
        if (same != infos.end()) {
            one.addTo(*same);
            continue;
        }
        CapabilityInfo info = one.info();
        info.orchestrators = origins;
        info.seenAt = QDateTime::currentDateTimeUtc();
        infos.append(info);
    }
}

Error nobodyAnswers(const QList<Told> &all)
{
    if (all.isEmpty())
        return Error(Error::Kind::NoOrchestrator, QStringLiteral("No orchestrator is known."))
            .withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
    if (all.size() == 1)
        return *all.first().error;
    QList<Rejection> rejections;
    for (const Told &told : all)
        rejections.append({told.origin, told.error->message()});
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("None of %1 orchestrators answers.").arg(all.size()))
        .withRejections(rejections);
}

/// What may be asked for at which orchestrator, each once.
QList<std::pair<QUrl, QString>> quotesWanted(const QList<CapabilityInfo> &infos)
{
    QList<std::pair<QUrl, QString>> wanted;
    for (const CapabilityInfo &info : infos) {
        if (info.backend != QStringLiteral("byoc"))
            continue; // live video told its price with its name
        for (const QUrl &origin : info.orchestrators) {
            if (wanted.size() < MaxQuotes)
                wanted.append({origin, info.name});
        }
    }
    return wanted;
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
    const QList<Told> all = co_await listings(core, origins, context);
    context.check();
    QList<CapabilityInfo> infos;
    QList<CapabilityInfo> liveVideo;
    QList<QUrl> reached;
    bool complete = false;
    for (const Told &told : all) {
        if (!told.error)
            reached.append(told.origin);
        complete = complete || told.complete;
        for (const CapabilityInfo &info : told.capabilities)
            addTo(infos, info);
        for (const CapabilityInfo &info : told.liveVideo)
            addTo(liveVideo, info);
    }
    const bool direct = core->access().gateway.isEmpty();
    if (reached.isEmpty() && direct)
        throw nobodyAnswers(all);
    // Calls go to the gateway, so that it is the one who must be there.
    if (!direct && !complete)
        co_await network_listing::checkGateway(core, context);
    infos += liveVideo;
    addNamed(infos, core->named(), direct ? reached : QList<QUrl>());
    if (direct) {
        const QList<Quote> quoted = co_await quotes(core, quotesWanted(infos), context);
        applyQuotes(infos, quoted);
    }
    core->setListed(complete);
    core->remember(infos);
    co_return infos;
}

QCoro::Task<CapabilityInfo> about(std::shared_ptr<GatewayCore> core, QString capability, CallContext context)
{
    const QList<CapabilityInfo> all = co_await list(core, context);
    for (const CapabilityInfo &info : all) {
        if (info.name == capability)
            co_return info;
    }
    QList<CapabilityInfo> unlisted{CapabilityInfo::unlisted(capability)};
    if (core->access().gateway.isEmpty()) {
        unlisted.first().orchestrators = co_await GatewayCore::orchestratorsFor(core, capability, context);
        const QList<Quote> quoted = co_await quotes(core, quotesWanted(unlisted), context);
        applyQuotes(unlisted, quoted);
    }
    co_return unlisted.first();
}

QCoro::Task<std::optional<CapabilityInfo>> describe(std::shared_ptr<GatewayCore> core, QString capability, CallContext context)
{
    if (auto known = core->known(capability))
        co_return known;
    if (core->isUndescribed(capability))
        co_return std::nullopt;
    // As the call itself asks discovery: for this capability, and once.
    QList<QUrl> origins;
    if (core->access().gateway.isEmpty())
        origins = co_await GatewayCore::orchestratorsFor(core, capability, context);
    else
        origins = co_await listingOrigins(core, context);
    for (const QUrl &origin : origins) {
        const Told told = co_await network_listing::listOf(core, origin, context);
        core->remember(told.capabilities);
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
        if (known && !known->orchestrators.isEmpty())
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
