#include "sluice/liverunner/client_wire.h"

#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"
#include "sluice/net/origin_policy.h"

#include <algorithm>
#include <limits>

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxTextBytes = 2000;
ListedPrice priceFrom(const OfferedPrice &offered)
{
    ListedPrice price;
    if (offered.price < 0 || offered.price > std::numeric_limits<qint64>::max()) {
        price.problem = QStringLiteral("its price of %1 wei is more than can be written into a payment").arg(toDecimal(offered.price).left(80));
        return price;
    }
    price.perUnit = offered.price;
    if (offered.currency != QLatin1String("wei"))
        price.problem = QStringLiteral("its price is in “%1”, and only wei can be paid").arg(offered.currency.left(40));
    else if (const auto known = unitOf(offered.unit))
        price.unit = known;
    else
        price.problem = QStringLiteral("its price is per “%1”, which is no unit that this program knows").arg(offered.unit.left(40));
    return price;
}

/// Where no mode is told, the address tells them apart; nothing where it does not.
std::optional<Mode> modeFrom(const QString &said, const QUrl &url)
{
    if (!said.isEmpty())
        return modeOf(said);
    if (url.path().endsWith(QLatin1String("/session")))
        return Mode::Persistent;
    return url.path().endsWith(QLatin1String("/app")) ? std::optional(Mode::SingleShot) : std::nullopt;
}

std::optional<RunnerOffer> offerFrom(const DiscoveredRunner &runner, const QUrl &orchestrator, const OriginPolicy &policy)
{
    RunnerOffer offer;
    offer.orchestrator = orchestrator;
    offer.app = runner.app;
    offer.url = QUrl(runner.url, QUrl::StrictMode);
    const auto mode = modeFrom(runner.mode, offer.url);
    if (!mode || !policy.check(offer.url, OriginPolicy::Scope::AnyHost, QStringLiteral("runner")))
        return std::nullopt;
    offer.mode = *mode;
    offer.version = runner.version.left(200);
    offer.metadata = runner.metadata.left(4096);
    offer.gpu = runner.gpu ? runner.gpu->name.left(200) : QString();
    offer.capacity = runner.capacity;
    offer.available = runner.available;
    if (runner.price)
        offer.price = priceFrom(*runner.price);
    return offer;
}

Error unfit(const QString &what)
{
    return Error(Error::Kind::Protocol, QStringLiteral("The orchestrator's answer does not fit: %1.").arg(what))
        .withAdvice(QStringLiteral("Nothing was paid for it. Use another orchestrator."));
}

QString wordsOf(QByteArrayView body)
{
    const auto json = Json::parse(body);
    const QString said = json && json->isObject() ? json->value(QStringLiteral("error")).value(QStringLiteral("message")).toString() : QString();
    const QString words = said.isEmpty() ? QString::fromUtf8(body.first(std::min(body.size(), MaxTextBytes))).trimmed() : said.left(MaxTextBytes);
    return words.isEmpty() ? QStringLiteral("no reason given.") : words;
}

Expected<PaymentTerms> termsFrom(const QByteArray &base64, const QString &manifestId)
{
    const auto raw = bytes::fromBase64(base64);
    if (!raw)
        return unexpected(unfit(QStringLiteral("its payment parameters are no base64")));
    auto info = livepeer::decodeInfo(*raw);
    if (!info)
        return unexpected(unfit(QStringLiteral("its payment parameters cannot be read (%1)").arg(info.error().message())));
    if (!info->ticketParams || !info->authToken || !info->price)
        return unexpected(unfit(QStringLiteral("its payment parameters lack ticket parameters, a price or a token")));
    if (!info->price->isValid() || info->price->pixelsPerUnit != 1)
        return unexpected(unfit(QStringLiteral("it asks %1/%2 wei, which is no price for one unit").arg(info->price->pricePerUnit).arg(info->price->pixelsPerUnit)));
    if (info->authToken->sessionId != manifestId)
        return unexpected(unfit(QStringLiteral("its token is for another payment than its manifest id")));
    PaymentTerms terms;
    terms.bytes = *raw;
    terms.info = std::move(*info);
    terms.manifestId = manifestId;
    return terms;
}

} // namespace

Wei unitsPerSecond(PriceUnit unit)
{
    return unit == PriceUnit::PixelSeconds ? Wei(PixelUnitsPerSecond) : Wei(1);
}

std::chrono::seconds firstPayment(PriceUnit unit)
{
    if (unit == PriceUnit::Fixed)
        return std::chrono::seconds(0);
    return std::chrono::seconds(unit == PriceUnit::Seconds ? 10 : 60);
}

bool RunnerFilter::takes(const RunnerOffer &offer) const
{
    return (apps.isEmpty() || apps.contains(offer.app)) && (gpus.isEmpty() || gpus.contains(offer.gpu));
}

Expected<QList<RunnerOffer>> parseRunners(QByteArrayView body, const QUrl &orchestrator, const RunnerFilter &filter)
{
    const auto nodes = parseDiscovery(body);
    const auto origin = Origin::of(orchestrator);
    if (!nodes || !origin) {
        Error error = nodes ? origin.error() : nodes.error();
        if (error.advice().isEmpty())
            error.withAdvice(QStringLiteral("Check the orchestrator's address: this may be another kind of server, or one without live runners."));
        return unexpected(error);
    }
    const OriginPolicy policy(*origin);
    QList<RunnerOffer> offers;
    for (const DiscoveredNode &node : *nodes) {
        for (const DiscoveredRunner &runner : node.runners) {
            const auto offer = offerFrom(runner, orchestrator, policy);
            if (offer && filter.takes(*offer) && offers.size() < MaxRunners)
                offers.append(*offer);
        }
    }
    return offers;
}

Expected<PaymentTerms> termsFromChallenge(QByteArrayView body, const QUrl &called)
{
    const auto challenge = Challenge::parse(body);
    if (!challenge || challenge->paymentParams.isEmpty() || challenge->manifestId.isEmpty())
        return unexpected(Error(Error::Kind::Payment, QStringLiteral("The call was answered with 402 and nothing that says how to pay: %1").arg(wordsOf(body)))
                              .withAdvice(QStringLiteral("If these are the app's own words, it asks for something that a ticket does not pay. Otherwise check the key that pays, or use another orchestrator.")));
    auto terms = termsFrom(challenge->paymentParams, challenge->manifestId);
    if (!terms)
        return terms;
    if (challenge->paymentUrl.isEmpty())
        return unexpected(unfit(QStringLiteral("it names no address for payments, as go-livepeer before v0.9.1")));
    terms->paymentUrl = QUrl(challenge->paymentUrl, QUrl::StrictMode);
    const auto origin = Origin::of(called);
    if (!origin)
        return unexpected(origin.error());
    if (const auto allowed = OriginPolicy(*origin).check(terms->paymentUrl, OriginPolicy::Scope::SameOrigin, QStringLiteral("address for payments")); !allowed)
        return unexpected(allowed.error());
    return terms;
}

Expected<PaymentTerms> termsFromRefresh(QByteArrayView body, const QString &manifestId)
{
    const auto json = Json::parse(body);
    const QString params = json && json->isObject() ? json->value(QStringLiteral("payment_params")).toString() : QString();
    if (params.isEmpty())
        return unexpected(unfit(QStringLiteral("it was asked for new payment parameters and gave none")));
    return termsFrom(params.toLatin1(), manifestId);
}

Expected<ReservedSession> parseReserved(QByteArrayView body, const QUrl &called)
{
    const auto answer = SessionAnswer::parse(body);
    if (!answer)
        return unexpected(answer.error());
    ReservedSession session;
    session.id = answer->sessionId;
    session.appUrl = QUrl(answer->appUrl, QUrl::StrictMode);
    session.controlUrl = QUrl(answer->controlUrl, QUrl::StrictMode);
    session.raw = Json::parse(body).valueOr(Json());
    const auto origin = Origin::of(called);
    if (!origin)
        return unexpected(origin.error());
    const OriginPolicy policy(*origin);
    if (const auto allowed = policy.check(session.controlUrl, OriginPolicy::Scope::SameOrigin, QStringLiteral("control address of the session")); !allowed)
        return unexpected(allowed.error());
    // A proxy may be a name of its own below the orchestrator's (live-runner.md 9.2).
    const bool below = session.appUrl.host().endsWith(QLatin1Char('.') + origin->host());
    const auto scope = below ? OriginPolicy::Scope::AnyHost : OriginPolicy::Scope::SameHost;
    if (const auto allowed = policy.check(session.appUrl, scope, QStringLiteral("address of the session's app")); !allowed)
        return unexpected(allowed.error());
    return session;
}

Expected<QUrl> appUrl(const QUrl &base, const QString &path)
{
    constexpr QStringView plain = u"-._~!$&'()*+,;=:@/";
    QString rest = path;
    while (rest.startsWith(QLatin1Char('/')))
        rest.remove(0, 1);
    const qsizetype mark = rest.indexOf(QLatin1Char('?'));
    const QString query = mark < 0 ? QString() : rest.mid(mark + 1);
    rest = rest.left(mark);
    for (const QChar c : rest) {
        const bool alphanumeric = c.unicode() < 128 && c.isLetterOrNumber();
        if (!alphanumeric && !plain.contains(c))
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The path “%1” has “%2” in it, which an orchestrator does not pass on as it is.").arg(rest.left(200), QString(c)))
                                  .withAdvice(QStringLiteral("Use letters, digits and -._~!$&'()*+,;=:@ in the path, and put everything else behind a question mark."))
                                  .withField(QStringLiteral("/path")));
    }
    const QStringList segments = rest.split(QLatin1Char('/'));
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const bool empty = segments[i].isEmpty() && i + 1 < segments.size();
        if (empty || segments[i] == QLatin1String(".") || segments[i] == QLatin1String(".."))
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The path “%1” has an empty or a dot segment, which an orchestrator would redirect elsewhere.").arg(rest.left(200)))
                                  .withAdvice(QStringLiteral("Write the path without “//”, “/./” and “/../”.")).withField(QStringLiteral("/path")));
    }
    QString front = base.path(QUrl::FullyEncoded);
    while (front.endsWith(QLatin1Char('/')))
        front.chop(1);
    QUrl url = base;
    url.setPath(front + QLatin1Char('/') + rest, QUrl::StrictMode);
    url.setQuery(mark < 0 ? QString() : query, QUrl::TolerantMode);
    url.setFragment(QString());
    if (!url.isValid())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The path “%1” makes no address.").arg(path.left(200))).withField(QStringLiteral("/path")));
    return url;
}

bool saysOrchestrator(int status, const Headers &headers, QByteArrayView body, QByteArrayView text)
{
    if (status != 404 && status != 409 && status != 503)
        return false;
    return headers::mediaType(headers) == "text/plain" && body.trimmed() == text;
}

} // namespace sluice::liverunner
