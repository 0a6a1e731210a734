#include "backend_p.h"
#include "listing_p.h"

#include "sluice/base/bytes.h"
#include "sluice/backend/user_data.h"
#include "sluice/base/log.h"
#include "sluice/backend/user_data.h"
#include "sluice/payments/ticket.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <climits>
#include <vector>

namespace sluice::byoc::catalog {

using listing::Told;

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
    std::optional<JobToken> token;
    std::chrono::milliseconds latency{0};
};

QCoro::Task<Quote> quoteOf(std::shared_ptr<Access> access, QUrl origin, QString capability, CallContext context)
{
    Quote quote;
    quote.origin = origin;
    quote.capability = capability;
    QElapsedTimer timer;
    timer.start();
    try {
        quote.token = co_await access->client.token(origin, capability, context);
        quote.latency = std::chrono::milliseconds(timer.elapsed());
        access->network->book().saw(livepeer::ByocPrefix + capability, origin, probedFrom(*quote.token, quote.latency));
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        qCDebug(logByoc, "No token for %s at %s: %s", qUtf8Printable(capability), qUtf8Printable(origin.authority()),
            qUtf8Printable(error.message()));
    }
    co_return quote;
}

QCoro::Task<QList<Quote>> quotes(std::shared_ptr<Access> access, QList<std::pair<QUrl, QString>> wanted, CallContext context)
{
    QList<Quote> all;
    std::vector<QCoro::Task<Quote>> running;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        running.push_back(quoteOf(access, wanted[i].first, wanted[i].second, context));
        if (running.size() < Parallel && i + 1 < wanted.size())
            continue;
        for (auto &task : running)
            all.append(co_await task);
        running.clear();
    }
    co_return all;
}

QCoro::Task<QList<Told>> listings(std::shared_ptr<Access> access, QList<QUrl> origins, QString anyName, CallContext context)
{
    std::vector<QCoro::Task<Told>> running;
    for (const QUrl &origin : origins)
        running.push_back(listing::of(access, origin, anyName, context));
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

/// A token is given for any name (byoc.md 3); for an unregistered one it has neither price nor slots.
bool knowsCapability(const JobToken &token)
{
    return token.availableCapacity > 0 || token.price.pricePerUnit > 0;
}

/// Sums of what is offered, and the terms of the orchestrator that a call asks first.
void applyQuotes(const OrchestratorNetwork &network, QList<CapabilityInfo> &infos, const QList<Quote> &all)
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
            offering.append(quote.origin);
        }
        const QString name = livepeer::ByocPrefix + info.name;
        info.orchestrators = network.arranged(info.listed || offering.isEmpty() ? info.orchestrators : offering, name);
        if (offering.isEmpty())
            continue;
        const QUrl first = network.arranged(offering, name).first();
        const auto quote = std::find_if(all.begin(), all.end(), [&](const Quote &one) { return one.capability == info.name && one.token && one.origin == first; });
        info.price = PriceQuote{quote->token->price.pricePerUnit, quote->token->price.pixelsPerUnit, QStringLiteral("second")};
        info.latency = quote->latency;
        info.creditSeconds = MinimumCoveredSeconds;
        info.availableCapacity = available;
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
        for (const QUrl &origin : info.orchestrators) {
            if (wanted.size() < MaxQuotes)
                wanted.append({origin, info.name});
        }
    }
    return wanted;
}

/// Where to ask for lists: the orchestrators, or the gateway itself when it is all there is.
QCoro::Task<QList<QUrl>> listingOrigins(std::shared_ptr<Access> access, CallContext context)
{
    QList<QUrl> origins = co_await access->orchestratorsFor(QString(), context);
    if (origins.isEmpty() && access->throughGateway())
        origins.append(access->network->access().gateway);
    co_return origins;
}

} // namespace

QCoro::Task<BackendListing> list(std::shared_ptr<Access> access, QStringList named, CallContext context)
{
    const QList<QUrl> origins = co_await listingOrigins(access, context);
    const QString anyName = named.value(0);
    const QList<Told> all = co_await listings(access, origins, anyName, context);
    context.check();
    BackendListing listing;
    for (const Told &told : all) {
        if (!told.error)
            listing.reached.append(told.origin);
        listing.complete = listing.complete || told.complete;
        listing.mayHaveMore = listing.mayHaveMore || (!told.error && !told.complete);
        for (const CapabilityInfo &info : told.capabilities)
            addTo(listing.capabilities, info);
    }
    if (!access->throughGateway()) {
        if (listing.reached.isEmpty())
            throw nobodyAnswers(all);
        co_return listing;
    }
    // Calls go to the gateway, so that it is the one who must be there; who serves them is its choice.
    if (!listing.complete)
        co_await listing::checkGateway(access, context);
    listing.reached.clear();
    co_return listing;
}

QCoro::Task<QList<CapabilityInfo>> quoted(std::shared_ptr<Access> access, QList<CapabilityInfo> infos, CallContext context)
{
    if (access->throughGateway())
        co_return infos;
    for (CapabilityInfo &info : infos) {
        if (info.listed || info.named || !info.orchestrators.isEmpty())
            continue;
        const QList<QUrl> origins = co_await access->orchestratorsFor(info.name, context);
        info.orchestrators = origins;
    }
    const QList<Quote> all = co_await quotes(access, quotesWanted(infos), context);
    co_await access->network->book().load();
    applyQuotes(*access->network, infos, all);
    co_return infos;
}

QCoro::Task<QList<CapabilityInfo>> lookUp(std::shared_ptr<Access> access, QString name, CallContext context)
{
    // As the call itself asks discovery: for this capability, and once.
    QList<QUrl> origins;
    if (access->throughGateway())
        origins = co_await listingOrigins(access, context);
    else
        origins = co_await access->orchestratorsFor(name, context);
    QList<CapabilityInfo> learned;
    for (const QUrl &origin : origins) {
        const Told told = co_await listing::listOf(access, origin, context);
        learned += told.capabilities;
        const auto isIt = [&name](const CapabilityInfo &info) { return info.name == name; };
        if (std::any_of(told.capabilities.begin(), told.capabilities.end(), isIt))
            break;
    }
    context.check(); // a cancelled look tells nothing about the network
    co_return learned;
}

QCoro::Task<QList<Balance>> balances(std::shared_ptr<Access> access, QList<CapabilityInfo> capabilities, CallContext context)
{
    QList<Balance> result;
    if (access->throughGateway())
        co_return result; // a gateway's purse is not ours to see
    QList<std::pair<QUrl, QString>> wanted;
    for (const CapabilityInfo &capability : capabilities) {
        QList<QUrl> origins = capability.orchestrators;
        if (origins.isEmpty())
            origins = co_await access->orchestratorsFor(capability.name, context);
        for (const QUrl &origin : origins)
            wanted.append({origin, capability.name});
    }
    const QList<Quote> all = co_await quotes(access, wanted, context);
    for (const Quote &quote : all) {
        Balance balance;
        balance.orchestrator = quote.origin;
        balance.id = {BackendId, quote.capability, QString()};
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
TicketRow::Won judge(const TicketRow &row, const TicketOutcome &outcome)
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

QCoro::Task<int> refreshOutcomes(std::shared_ptr<Access> access, CallContext context)
{
    access->network->check();
    const QStringList senders = access->network->accounts();
    UserData &data = access->network->services().data();
    if (senders.isEmpty())
        co_return 0;
    const QList<TicketRow> latest = co_await data.tickets().latest(0, OutcomeRows);
    QMap<QString, QList<TicketRow>> open;
    for (const TicketRow &row : latest) {
        if (senders.contains(row.sender) && row.state == TicketRow::State::Sent && row.won == TicketRow::Won::Unknown)
            open[row.orchestrator].append(row);
    }
    int changed = 0;
    for (auto it = open.cbegin(); it != open.cend(); ++it) {
        QHash<QString, TicketOutcome> outcomes;
        try {
            const auto told = co_await access->client.ticketOutcomes(QUrl(it.key()), context);
            for (const TicketOutcome &outcome : told)
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
            co_await data.tickets().setOutcome(row.ticketHash, judge(row, *outcome));
            ++changed;
        }
    }
    co_return changed;
}

} // namespace sluice::byoc::catalog
