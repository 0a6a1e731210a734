#include "sluice/signer/decision.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/signed_messages.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/payments/ticket.h"

#include <limits>

namespace sluice::signer {

using livepeer::OrchestratorInfo;
using livepeer::SegmentCredentials;
using livepeer::SignedState;
using livepeer::SignerJobRequest;
using livepeer::SignerPayment;
using livepeer::SignerPaymentRequest;

namespace {

constexpr qint64 NanosecondsPerSecond = 1'000'000'000;
/// The last tenth of a token's half hour (payments.md 3.8).
constexpr qint64 RefreshSecondsBefore = 180;
constexpr char ExpiredText[] = "TicketParams expired";

Unexpected<Refusal> refuse(int status, const QString &message)
{
    return {Refusal{status, message, {}}};
}

Unexpected<Refusal> askAnew(const OrchestratorInfo &info)
{
    return {Refusal{livepeer::signer_status::Refresh, QStringLiteral("refresh session for remote signer"), info.transcoder}};
}

QString unitOf(const QString &type)
{
    static const QMap<QString, QString> units{{QStringLiteral("live"), QStringLiteral("seconds")}, {QStringLiteral("byoc"), QStringLiteral("seconds")},
        {QStringLiteral("lv2v"), QStringLiteral("720p-pixel-seconds")}, {QStringLiteral("fixed"), QStringLiteral("fixed")}};
    return units.value(type);
}

/// The orchestrator's terms, and what of them this request is about.
Expected<void, Refusal> readTerms(Plan &plan, const std::shared_ptr<const Terms> &known)
{
    if (plan.request.orchestrator.isEmpty())
        return refuse(400, QStringLiteral("missing orchestrator"));
    plan.terms = known;
    if (!known) {
        auto terms = Terms::decode(plan.request.orchestrator);
        if (!terms)
            return refuse(400, QStringLiteral("invalid orchestrator: ") + terms.error().message());
        plan.terms = std::make_shared<const Terms>(std::move(*terms));
    }
    const OrchestratorInfo &info = plan.terms->info;
    plan.price = info.price.value_or(PriceInfo{0, 1});
    // A price per second is no price per pixel: where the published client asks for a job's payment as for live video's, naming the
    // capability, the orchestrator's own price counts, as with a signer that does not know the name.
    const auto own = info.byocPrices.constFind(plan.request.capability);
    if (plan.request.type == QLatin1String("byoc") && !plan.request.capability.isEmpty() && own != info.byocPrices.cend() && own->pricePerUnit > 0)
        plan.price = *own;
    if (plan.price.pricePerUnit <= 0 || plan.price.pixelsPerUnit <= 0)
        return refuse(400, QStringLiteral("missing or zero priceInfo"));
    if (!info.ticketParams)
        return refuse(400, QStringLiteral("missing ticketParams in OrchestratorInfo"));
    if (const auto fit = livepeer::checkCapabilities(plan.request.capabilities); !fit)
        return refuse(400, QStringLiteral("invalid capabilities: ") + fit.error().message());
    return {};
}

/// What the state says, if it is one of this signer's.
Expected<ChainState, Refusal> verified(const SignedState &said, const Address &self)
{
    if (!verify(self, said.state, said.signature))
        return refuse(400, QStringLiteral("invalid sig"));
    auto state = ChainState::decode(said.state);
    if (!state)
        return refuse(400, state.error().message());
    return std::move(*state);
}

/// What came before in this chain, if anything did.
Expected<std::optional<ChainState>, Refusal> readState(const Plan &plan, const Address &self, const std::optional<ChainState> &known)
{
    const SignerPaymentRequest &request = plan.request;
    if (!request.state)
        return std::optional<ChainState>();
    auto state = known ? Expected<ChainState, Refusal>(*known) : verified(*request.state, self);
    if (!state)
        return unexpected(state.error());
    if (state->orchestratorAddress != plan.terms->address)
        return refuse(400, QStringLiteral("orchestratorAddress mismatch"));
    if (state->app != request.app)
        return refuse(400, QStringLiteral("app mismatch"));
    if (state->type != request.type)
        return refuse(400, QStringLiteral("job type mismatch"));
    if (request.manifestId.isEmpty())
        return refuse(400, QStringLiteral("missing manifestID"));
    return std::optional(std::move(*state));
}

Expected<void, Refusal> checkFreshness(const Plan &plan, const Rules &rules, const Moment &moment)
{
    const auto unknown = [](const QString &why) {
        return refuse(400, QStringLiteral("remote signer could not check whether to refresh session: ") + why);
    };
    const OrchestratorInfo &info = plan.terms->info;
    if (!info.authToken)
        return unknown(QStringLiteral("missing auth token"));
    if (info.authToken->expiration - moment.nanoseconds / NanosecondsPerSecond < RefreshSecondsBefore)
        return askAnew(info);
    const auto valid = validateTicketParams(*info.ticketParams, plan.terms->ev, 1, rules.tickets, moment.chain);
    if (!valid && valid.error().message() == QLatin1String(ExpiredText))
        return askAnew(info);
    if (!valid)
        return unknown(valid.error().message());
    return {};
}

Expected<void, Refusal> checkUnits(const SignerPaymentRequest &request)
{
    if (!request.type.isEmpty() && unitOf(request.type).isEmpty())
        return refuse(400, QStringLiteral("invalid job type"));
    if (request.type.isEmpty() && request.inPixels <= 0)
        return refuse(400, QStringLiteral("missing billable unit or job type"));
    if (request.maxPrice && request.type.isEmpty())
        return refuse(400, QStringLiteral("maxPrice needs a job type"));
    if (request.maxPrice && request.maxPrice->unit != unitOf(request.type))
        return refuse(400, QStringLiteral("maxPrice unit %1 does not fit the job type %2, whose unit is %3")
                               .arg(request.maxPrice->unit.left(100), request.type, unitOf(request.type)));
    return {};
}

/// The smallest ceiling counts; a price that reaches it passes.
Expected<void, Refusal> checkPrices(const Plan &plan, const Rules &rules, const std::optional<PriceInfo> &initial)
{
    std::optional<std::pair<Rational, QString>> lowest;
    const auto add = [&lowest](const Rational &ceiling, const QString &source) {
        if (!lowest || ceiling < lowest->first)
            lowest = std::pair(ceiling, source);
    };
    auto configured = rules.maxPrice.constFind(plan.request.type);
    if (configured == rules.maxPrice.cend())
        configured = rules.maxPrice.constFind(QString());
    if (configured != rules.maxPrice.cend())
        add(*configured, QStringLiteral("configured maximum price"));
    if (plan.request.maxPrice)
        add(plan.request.maxPrice->price, QStringLiteral("request maxPrice"));
    if (initial)
        add(initial->asRational(), QStringLiteral("initial session price"));
    if (lowest)
        return checkCeiling(plan.price, lowest->second, lowest->first);
    return {};
}

/// How many tickets, with which numbers, and what the state will be.
Expected<void, Refusal> count(Plan &plan, const std::optional<ChainState> &before, const PriceInfo &initial, const Rules &rules, const Moment &moment)
{
    const Rational &ev = plan.terms->ev;
    std::optional<Rational> elapsed;
    if (before)
        elapsed = Rational(Wei(std::max<qint64>(0, moment.nanoseconds - before->lastUpdate)), Wei(NanosecondsPerSecond));
    const auto charge = signerCharge(plan.request.type, initial, ev, before ? before->balance : Rational(0), elapsed, plan.request.inPixels);
    if (!charge)
        return refuse(400, charge.error().message());
    if (charge->count == 0)
        return refuse(livepeer::signer_status::NothingDue, QStringLiteral("no tickets"));
    if (!charge->newBalance)
        return refuse(400, QStringLiteral("numTickets %1 exceeds maximum of 100").arg(toDecimal(charge->count)));
    plan.count = static_cast<int>(charge->count);
    if (const auto doubled = checkPriceNotDoubled(plan.price, initial); !doubled)
        return refuse(livepeer::signer_status::PriceExceeded, doubled.error().message());
    plan.total = ev * plan.count;
    // The parameters themselves were found good by checkFreshness().
    if (const auto valid = validateTotalEv(plan.total, plan.count, rules.tickets); !valid)
        return refuse(500, valid.error().message());
    const QString &session = plan.terms->session;
    const quint32 used = before && before->pmSessionId == session ? before->senderNonce : 0;
    // One set of parameters takes no more (2.4): what is signed beyond is lost.
    if (used > maxNoncesPerHash || quint32(plan.count) > maxNoncesPerHash - used)
        return askAnew(plan.terms->info);
    plan.firstNonce = used + 1;
    plan.cost = spendAmount(plan.total);
    plan.state.pmSessionId = session;
    plan.state.senderNonce = used + quint32(plan.count);
    plan.state.balance = *charge->newBalance;
    plan.state.lastUpdate = moment.nanoseconds;
    return {};
}

} // namespace

Expected<void, Refusal> checkCeiling(const PriceInfo &price, const QString &source, const Rational &ceiling)
{
    if (price.asRational() <= ceiling)
        return {};
    return refuse(livepeer::signer_status::PriceExceeded,
        QStringLiteral("orchestrator price %1 exceeds %2 ceiling %3").arg(toText(price.asRational()), source, toText(ceiling)));
}

Expected<Plan, Refusal> planPayment(QByteArrayView body, const Rules &rules, const Moment &moment)
{
    auto request = SignerPaymentRequest::parse(body);
    if (!request)
        return refuse(400, request.error().message());
    return planPayment(std::move(*request), rules, moment);
}

Expected<Plan, Refusal> planPayment(SignerPaymentRequest request, const Rules &rules, const Moment &moment, const Known &known)
{
    Plan plan;
    plan.request = std::move(request);
    if (auto terms = readTerms(plan, known.terms); !terms)
        return unexpected(terms.error());
    const auto before = readState(plan, moment.self, known.state);
    if (!before)
        return unexpected(before.error());
    if (auto fresh = checkFreshness(plan, rules, moment); !fresh)
        return unexpected(fresh.error());
    if (auto units = checkUnits(plan.request); !units)
        return unexpected(units.error());
    PriceInfo initial = plan.price;
    std::optional<PriceInfo> ofSession;
    if (*before) {
        initial = PriceInfo{(*before)->initialPricePerUnit, (*before)->initialPixelsPerUnit};
        if (!initial.isValid() || initial.isFree())
            return refuse(400, QStringLiteral("invalid initial price in state"));
        ofSession = initial;
        plan.state = **before;
        ++plan.state.sequenceNumber;
    } else {
        plan.isFirst = true;
        plan.state.stateId = moment.freshId;
        plan.state.orchestratorAddress = plan.terms->address;
        plan.state.app = plan.request.app;
        plan.state.type = plan.request.type;
        plan.state.initialPricePerUnit = plan.price.pricePerUnit;
        plan.state.initialPixelsPerUnit = plan.price.pixelsPerUnit;
    }
    if (auto prices = checkPrices(plan, rules, ofSession); !prices)
        return unexpected(prices.error());
    if (auto counted = count(plan, *before, initial, rules, moment); !counted)
        return unexpected(counted.error());
    plan.manifestId = plan.request.manifestId.isEmpty() ? moment.freshId : plan.request.manifestId;
    return plan;
}

SignerPayment signPayment(const Plan &plan, const PrivateKey &key)
{
    TicketParams params = *plan.terms->info.ticketParams;
    // Absent expiration parameters are round 0 with a zero hash: present in the payment, because a recipient reads that field.
    const ExpirationParams expiration = params.expirationParams.value_or(ExpirationParams());
    params.expirationParams.reset();
    WirePayment payment{params, key.address(), expiration, {}, plan.price};
    for (int i = 0; i < plan.count; ++i) {
        const Ticket ticket = Ticket::make(params, expiration, key.address(), plan.firstNonce + quint32(i));
        payment.tickets.append({ticket.senderNonce, signMessage(key, ticket.hash().bytes()).toByteArray()});
    }
    SegmentCredentials segment;
    segment.manifestId = plan.manifestId.toUtf8();
    segment.hash = SegmentCredentials::emptySegmentHash();
    segment.profiles = "invalid";
    segment.authToken = plan.terms->info.authToken;
    segment.capabilities = plan.request.capabilities;
    const QByteArray message = orThrow(segment.signingBytes());
    segment.signature = signHashed(key, message).toByteArray();
    SignerPayment answer;
    answer.payment = paymentHeader(payment);
    answer.segment = livepeer::segmentHeader(segment);
    answer.state.state = plan.state.encode();
    answer.state.signature = signMessage(key, answer.state.state).toByteArray();
    return answer;
}

QByteArray signAddress(const PrivateKey &key)
{
    const Signature signature = signHashed(key, signed_messages::orchestratorRequest(key.address()));
    return Json{{QStringLiteral("address"), key.address().toChecksum()}, {QStringLiteral("signature"), signature.toHex()}}.dump();
}

Expected<QByteArray, Refusal> signJob(QByteArrayView body, const PrivateKey &key)
{
    const auto request = SignerJobRequest::parse(body);
    if (!request)
        return refuse(400, request.error().message());
    const bool isEmpty = request->request.isEmpty() && request->parameters.isEmpty();
    QByteArray message;
    if (request->isLegacy() && !isEmpty) {
        message = signed_messages::byocLegacy(request->request, request->parameters);
    } else {
        if (request->id.isEmpty() || request->capability.isEmpty())
            return refuse(400, QStringLiteral("sign-byoc-job requires non-empty id and capability"));
        if (request->timeoutSeconds <= 0)
            return refuse(400, QStringLiteral("sign-byoc-job requires positive timeout_seconds"));
        if (request->timeoutSeconds > std::numeric_limits<quint32>::max())
            return refuse(400, QStringLiteral("sign-byoc-job takes a timeout_seconds of at most 4294967295"));
        message = signed_messages::byocV1(request->id, request->capability, request->request, request->parameters, quint32(request->timeoutSeconds));
    }
    return Json{{QStringLiteral("sender"), key.address().toChecksum()}, {QStringLiteral("signature"), signHashed(key, message).toHex()}}.dump();
}

} // namespace sluice::signer
