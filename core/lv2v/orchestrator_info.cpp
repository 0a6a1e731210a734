#include "orchestrator_p.h"

#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/segment_check.h"
#include "sluice/payments/signed_messages.h"

#include <grpcpp/support/status_code_enum.h>

namespace sluice::lv2v {

namespace {

/// Of go-livepeer, whose behaviour this follows: clients leave out nodes that are older than they need.
constexpr char FollowedVersion[] = "0.9.1";

Unexpected<RpcRefusal> invalid(const QByteArray &why)
{
    return unexpected(RpcRefusal{grpc::StatusCode::UNKNOWN, "Invalid orchestrator request: " + why});
}

Unexpected<HttpRefusal> forbidden(const QByteArray &why)
{
    return unexpected(HttpRefusal{403, why});
}

} // namespace

quint32 Orchestrator::Server::inUse(const QString &model) const
{
    return quint32(std::count_if(jobs.begin(), jobs.end(), [&model](const auto &entry) { return entry.second->model.name == model; }));
}

Expected<QByteArray, RpcRefusal> Orchestrator::Server::answerInfo(const QByteArray &request)
{
    const auto wanted = decodeInfoRequest(request);
    if (!wanted)
        return unexpected(RpcRefusal{grpc::StatusCode::INTERNAL, wanted.error().message().toUtf8()});
    const auto info = infoFor(*wanted);
    if (!info)
        return unexpected(info.error());
    return encodeInfo(*info);
}

Expected<OrchestratorInfo, RpcRefusal> Orchestrator::Server::infoFor(const InfoRequest &request)
{
    const Address sender = options.offChain ? Address() : request.address.value_or(Address());
    const bool proven = !sender.isZero() && verifyHashed(sender, signed_messages::orchestratorRequest(sender), request.signature);
    if (!proven && !options.offChain)
        return invalid("orchestrator req sig check failed");
    OrchestratorInfo info;
    info.transcoder = m_service.toString();
    info.address = recipient.config().recipient;
    info.authToken = m_tokens.make(sender, livepeer::randomHex(8));
    info.version = QString::fromLatin1(FollowedVersion);
    Rational sum = 0;
    for (const QString &name : request.models) {
        const auto model = models.constFind(name);
        if (model == models.cend())
            return invalid("the model is not offered");
        if (!request.ignoreCapacity && inUse(name) >= model->capacity)
            return invalid("OrchestratorCapped");
        sum += model->price.asRational();
        info.price = model->price;
    }
    for (const Model &model : std::as_const(models)) {
        ModelOffer offer;
        offer.warm = true;
        offer.capacity = model.capacity;
        offer.inUse = std::min(inUse(model.name), model.capacity);
        if (request.models.isEmpty()) {
            offer.price = model.price;
            if (model.price.asRational() >= sum) {
                sum = model.price.asRational();
                info.price = model.price;
            }
        }
        info.models.insert(model.name, offer);
    }
    if (request.models.isEmpty() && options.external) {
        info.external = options.external();
        for (auto it = info.external.cbegin(); it != info.external.cend(); ++it) {
            info.byocPrices.insert(it.key(), it->price);
            // The base price holds for requests without a model, so it is never below any other price. It is one of pixels, and a second has
            // those of live video: a payment of video's kind then covers as many seconds of a job (client-sdk.md 1.3).
            const Rational perPixel = it->price.asRational() / Rational(Wei(PixelsPerSecond));
            if (perPixel > sum) {
                sum = perPixel;
                info.price = PriceInfo{it->price.pricePerUnit, it->price.pixelsPerUnit * PixelsPerSecond};
            }
        }
    }
    if (request.models.size() > 1)
        return invalid("one model at a time");
    if (!info.price)
        info.price = PriceInfo();
    if (options.offChain)
        return info;
    const auto params = recipient.issue(sender, *info.price);
    // Without a reserve there are no ticket parameters; a listing is answered all the same.
    if (!params && !request.models.isEmpty())
        return unexpected(RpcRefusal{grpc::StatusCode::UNKNOWN, params.error().message().toUtf8()});
    if (params)
        info.ticketParams = *params;
    return info;
}

Expected<PaidRequest, HttpRefusal> Orchestrator::Server::verified(const Headers &fields) const
{
    PaidRequest paid;
    if (!options.offChain) {
        const auto payment = parsePaymentHeader(headers::value(fields, header::Payment));
        if (!payment)
            return unexpected(HttpRefusal{402, payment.error().message().toUtf8()});
        paid.payment = *payment;
    }
    const auto credentials = livepeer::readSegmentHeader(headers::value(fields, header::Segment));
    if (!credentials)
        return forbidden(credentials.error());
    paid.credentials = *credentials;
    if (!options.offChain && !paid.payment.sender)
        return forbidden("ErrSegSig");
    paid.sender = paid.payment.sender.value_or(Address());
    if (const auto verdict = verifySegment(paid.credentials, paid.sender); !verdict)
        return unexpected(verdict.error());
    return paid;
}

/// The order of payments.md 2.7.
Expected<void, HttpRefusal> Orchestrator::Server::verifySegment(const SegmentCredentials &credentials, const Address &sender) const
{
    if (const auto why = livepeer::whySegmentRefused(credentials, sender, !options.offChain))
        return forbidden(*why);
    const bool foreign = !credentials.otherCapabilities.isEmpty();
    const bool unknown = std::any_of(credentials.models.begin(), credentials.models.end(), [this](const QString &model) { return !models.contains(model); });
    if (foreign || unknown)
        return forbidden("incompatible capabilities");
    if (const auto why = m_tokens.whyRefused(credentials.authToken, sender))
        return forbidden(*why);
    return {};
}

} // namespace sluice::lv2v
