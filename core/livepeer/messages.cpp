#include "sluice/livepeer/messages.h"

#include "sluice/base/bytes.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/ticket_params_codec.h"

#include <lp_rpc.pb.h>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

namespace sluice::livepeer {

namespace {

constexpr int MaxModels = 4096;
constexpr qsizetype MaxTokenBytes = 1024;
constexpr qsizetype MaxNameBytes = 512;

std::string text(QByteArrayView bytes)
{
    return std::string(bytes.data(), static_cast<size_t>(bytes.size()));
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QString wordsOf(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Unexpected<Error> bad(const QString &what)
{
    return unexpected(Error(Error::Kind::Protocol, what + QLatin1Char('.')));
}

/// Map entries in key order, so that equal messages are equal bytes.
QByteArray serialize(const google::protobuf::MessageLite &message)
{
    std::string out;
    {
        google::protobuf::io::StringOutputStream stream(&out);
        google::protobuf::io::CodedOutputStream coded(&stream);
        coded.SetSerializationDeterministic(true);
        message.SerializeToCodedStream(&coded);
    }
    return bytesOf(out);
}

template <typename Message> Expected<void> parse(Message *message, QByteArrayView bytes, qsizetype bound, const char *name)
{
    if (bytes.size() > bound)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The %1 has %2 bytes; at most %3 are read.")
                                                           .arg(QLatin1String(name)).arg(bytes.size()).arg(bound)));
    if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return bad(QStringLiteral("These %1 bytes are no protobuf %2").arg(bytes.size()).arg(QLatin1String(name)));
    return {};
}

void fill(net::AuthToken *out, const AuthToken &token)
{
    out->set_token(text(token.token));
    out->set_session_id(token.sessionId.toStdString());
    out->set_expiration(token.expiration);
}

Expected<AuthToken> read(const net::AuthToken &in)
{
    if (qsizetype(in.token().size()) > MaxTokenBytes || qsizetype(in.session_id().size()) > MaxNameBytes)
        return bad(QStringLiteral("The auth token is too long"));
    return AuthToken{bytesOf(in.token()), wordsOf(in.session_id()), in.expiration()};
}

PriceInfo read(const net::PriceInfo &in)
{
    return PriceInfo{in.priceperunit(), in.pixelsperunit(), in.capability(), QString::fromStdString(in.constraint())};
}

void fill(net::PriceInfo *out, const PriceInfo &price)
{
    out->set_priceperunit(price.pricePerUnit);
    out->set_pixelsperunit(price.pixelsPerUnit);
    out->set_capability(price.capability);
    out->set_constraint(price.constraint.toStdString());
}

/// Constraint and capacity of the models named.
void constrain(net::Capabilities *out, const QStringList &models)
{
    for (const quint64 word : capabilityBitstring({LiveVideoNumber}))
        out->add_bitstring(word);
    (*out->mutable_capacities())[LiveVideoNumber] = 1;
    auto &named = *(*out->mutable_constraints()->mutable_percapability())[LiveVideoNumber].mutable_models();
    for (const QString &model : models)
        named[model.toStdString()];
}

Expected<QStringList> modelsOf(const net::Capabilities &in)
{
    QStringList models;
    const auto found = in.constraints().percapability().find(LiveVideoNumber);
    if (found == in.constraints().percapability().end())
        return models;
    if (found->second.models_size() > MaxModels)
        return bad(QStringLiteral("%1 models are more than the %2 that are read").arg(found->second.models_size()).arg(MaxModels));
    for (const auto &[name, constraint] : found->second.models()) {
        if (qsizetype(name.size()) > MaxNameBytes)
            return bad(QStringLiteral("A model's name has %1 bytes").arg(name.size()));
        models.append(wordsOf(name));
    }
    models.sort();
    return models;
}

/// The entries that are BYOC prices; one that is no price says nothing of its capability.
Expected<QMap<QString, PriceInfo>> byocPricesOf(const net::OrchestratorInfo &in)
{
    QMap<QString, PriceInfo> prices;
    for (const net::PriceInfo &price : in.capabilities_prices()) {
        const PriceInfo read{price.priceperunit(), price.pixelsperunit()};
        if (price.capability() != ByocNumber || price.constraint().empty() || !read.isValid())
            continue;
        if (qsizetype(price.constraint().size()) > MaxNameBytes)
            return bad(QStringLiteral("A capability's name has %1 bytes").arg(price.constraint().size()));
        prices.insert(wordsOf(price.constraint()), read);
    }
    return prices;
}

Expected<QMap<QString, ModelOffer>> offersOf(const net::OrchestratorInfo &in)
{
    QMap<QString, ModelOffer> offers;
    const auto names = modelsOf(in.capabilities());
    if (!names)
        return unexpected(names.error());
    const auto found = in.capabilities().constraints().percapability().find(LiveVideoNumber);
    if (found != in.capabilities().constraints().percapability().end()) {
        for (const auto &[name, constraint] : found->second.models())
            offers.insert(wordsOf(name), ModelOffer{constraint.warm(), constraint.capacity(), constraint.capacityinuse(),
                                             wordsOf(constraint.runnerversion()).left(MaxNameBytes), std::nullopt});
    }
    if (in.capabilities_prices_size() > MaxModels)
        return bad(QStringLiteral("%1 prices are more than the %2 that are read").arg(in.capabilities_prices_size()).arg(MaxModels));
    for (const net::PriceInfo &price : in.capabilities_prices()) {
        const PriceInfo read{price.priceperunit(), price.pixelsperunit()};
        const auto offer = price.capability() == LiveVideoNumber ? offers.find(wordsOf(price.constraint())) : offers.end();
        if (offer != offers.end() && read.isValid())
            offer->price = read;
    }
    return offers;
}

void fillExternal(net::OrchestratorInfo *out, const QMap<QString, ExternalOffer> &offers)
{
    quint32 capacity = 0;
    for (auto it = offers.cbegin(); it != offers.cend(); ++it) {
        auto *capabilities = out->mutable_capabilities();
        auto &model = (*(*capabilities->mutable_constraints()->mutable_percapability())[ByocNumber].mutable_models())[it.key().toStdString()];
        model.set_warm(true);
        model.set_capacity(it->capacity);
        model.set_capacityinuse(it->inUse);
        capacity += it->capacity;
        (*capabilities->mutable_capacities())[ByocNumber] = capacity;
    }
}

void fill(net::OrchestratorInfo *out, const OrchestratorInfo &info)
{
    out->set_transcoder(info.transcoder.toStdString());
    if (info.ticketParams)
        out->mutable_ticket_params()->ParseFromString(text(encodeTicketParams(*info.ticketParams)));
    if (info.price)
        fill(out->mutable_price_info(), *info.price);
    if (info.address)
        out->set_address(text(info.address->bytes()));
    if (info.authToken)
        fill(out->mutable_auth_token(), *info.authToken);
    for (auto it = info.byocPrices.cbegin(); it != info.byocPrices.cend(); ++it) {
        auto *price = out->add_capabilities_prices();
        fill(price, *it);
        price->set_capability(ByocNumber);
        price->set_constraint(it.key().toStdString());
    }
    if (!info.version.isEmpty())
        out->mutable_capabilities()->set_version(info.version.toStdString());
    QList<quint32> ids;
    if (!info.models.isEmpty())
        ids.append(LiveVideoNumber);
    if (!info.external.isEmpty())
        ids.append(ByocNumber);
    if (ids.isEmpty())
        return;
    auto *capabilities = out->mutable_capabilities();
    for (const quint64 word : capabilityBitstring(ids))
        capabilities->add_bitstring(word);
    fillExternal(out, info.external);
    if (info.models.isEmpty())
        return;
    auto &models = *(*capabilities->mutable_constraints()->mutable_percapability())[LiveVideoNumber].mutable_models();
    quint32 capacity = 0;
    for (auto it = info.models.cbegin(); it != info.models.cend(); ++it) {
        auto &model = models[it.key().toStdString()];
        model.set_warm(it->warm);
        model.set_capacity(it->capacity);
        model.set_capacityinuse(it->inUse);
        model.set_runnerversion(it->runnerVersion.toStdString());
        capacity += it->capacity;
        if (!it->price)
            continue;
        auto *price = out->add_capabilities_prices();
        fill(price, *it->price);
        price->set_capability(LiveVideoNumber);
        price->set_constraint(it.key().toStdString());
    }
    (*capabilities->mutable_capacities())[LiveVideoNumber] = capacity;
}

Expected<OrchestratorInfo> read(const net::OrchestratorInfo &in)
{
    OrchestratorInfo info;
    info.transcoder = wordsOf(in.transcoder());
    if (in.has_ticket_params()) {
        const auto params = decodeTicketParams(in.ticket_params().SerializeAsString());
        if (!params)
            return unexpected(params.error());
        info.ticketParams = *params;
    }
    if (in.has_price_info())
        info.price = read(in.price_info());
    if (!in.address().empty()) {
        const auto address = Address::fromBytes(bytesOf(in.address()));
        if (!address)
            return bad(QStringLiteral("The orchestrator's address has %1 bytes instead of 20").arg(in.address().size()));
        info.address = *address;
    }
    if (in.has_auth_token()) {
        const auto token = read(in.auth_token());
        if (!token)
            return unexpected(token.error());
        info.authToken = *token;
    }
    auto offers = offersOf(in);
    if (!offers)
        return unexpected(offers.error());
    info.models = std::move(*offers);
    auto byoc = byocPricesOf(in);
    if (!byoc)
        return unexpected(byoc.error());
    info.byocPrices = std::move(*byoc);
    return info;
}

} // namespace

QByteArray encodeInfo(const OrchestratorInfo &info)
{
    net::OrchestratorInfo message;
    fill(&message, info);
    return serialize(message);
}

Expected<OrchestratorInfo> decodeInfo(QByteArrayView bytes)
{
    net::OrchestratorInfo message;
    if (const auto parsed = parse(&message, bytes, MaxInfoBytes, "OrchestratorInfo"); !parsed)
        return unexpected(parsed.error());
    return read(message);
}

QByteArray encodePaymentResult(const OrchestratorInfo &info)
{
    net::PaymentResult message;
    fill(message.mutable_info(), info);
    return serialize(message);
}

Expected<std::optional<OrchestratorInfo>> decodePaymentResult(QByteArrayView bytes)
{
    net::PaymentResult message;
    if (const auto parsed = parse(&message, bytes, MaxInfoBytes, "PaymentResult"); !parsed)
        return unexpected(parsed.error());
    if (!message.has_info())
        return std::optional<OrchestratorInfo>();
    auto info = read(message.info());
    if (!info)
        return unexpected(info.error());
    info->raw = bytesOf(message.info().SerializeAsString());
    return std::optional(std::move(*info));
}

QByteArray encodeInfoRequest(const InfoRequest &request)
{
    OrchestratorRequest message;
    message.address = request.address.value_or(Address());
    message.signature = request.signature;
    message.ignoreCapacityCheck = request.ignoreCapacity;
    if (!request.models.isEmpty()) {
        CapabilityRequest wanted;
        wanted.bitstring = capabilityBitstring({LiveVideoNumber});
        wanted.capacities.insert(LiveVideoNumber, 1);
        wanted.models.insert(LiveVideoNumber, request.models);
        message.capabilities = wanted;
    }
    return encodeOrchestratorRequest(message);
}

Expected<InfoRequest> decodeInfoRequest(QByteArrayView bytes)
{
    net::OrchestratorRequest message;
    if (const auto parsed = parse(&message, bytes, MaxRequestBytes, "OrchestratorRequest"); !parsed)
        return unexpected(parsed.error());
    InfoRequest request;
    if (!message.address().empty()) {
        const auto address = Address::fromBytes(bytesOf(message.address()));
        if (!address)
            return bad(QStringLiteral("The sender's address has %1 bytes instead of 20").arg(message.address().size()));
        request.address = *address;
    }
    request.signature = bytesOf(message.sig());
    auto models = modelsOf(message.capabilities());
    if (!models)
        return unexpected(models.error());
    request.models = std::move(*models);
    request.ignoreCapacity = message.ignorecapacitycheck();
    return request;
}

QByteArray encodeSegment(const SegmentCredentials &credentials)
{
    net::SegData message;
    message.set_manifestid(text(credentials.manifestId));
    message.set_seq(credentials.seq);
    message.set_hash(text(credentials.hash));
    message.set_profiles(text(credentials.profiles));
    message.set_sig(text(credentials.signature));
    message.set_duration(credentials.duration);
    if (!credentials.capabilities.isEmpty()) {
        net::Capabilities given;
        if (parse(&given, credentials.capabilities, MaxSegmentBytes, "Capabilities"))
            *message.mutable_capabilities() = given;
    }
    if (!credentials.models.isEmpty())
        constrain(message.mutable_capabilities(), credentials.models);
    for (const quint32 other : credentials.otherCapabilities)
        (*message.mutable_capabilities()->mutable_constraints()->mutable_percapability())[other];
    if (credentials.authToken)
        fill(message.mutable_auth_token(), *credentials.authToken);
    return serialize(message);
}

Expected<SegmentCredentials> decodeSegment(QByteArrayView bytes)
{
    net::SegData message;
    if (const auto parsed = parse(&message, bytes, MaxSegmentBytes, "SegData"); !parsed)
        return unexpected(parsed.error());
    SegmentCredentials credentials;
    credentials.manifestId = bytesOf(message.manifestid());
    credentials.seq = message.seq();
    credentials.hash = bytesOf(message.hash());
    credentials.profiles = bytesOf(message.profiles());
    credentials.signature = bytesOf(message.sig());
    credentials.duration = message.duration();
    auto models = modelsOf(message.capabilities());
    if (!models)
        return unexpected(models.error());
    credentials.models = std::move(*models);
    for (const auto &[number, constraint] : message.capabilities().constraints().percapability()) {
        if (number != LiveVideoNumber)
            credentials.otherCapabilities.append(number);
    }
    std::sort(credentials.otherCapabilities.begin(), credentials.otherCapabilities.end());
    if (message.has_auth_token()) {
        const auto token = read(message.auth_token());
        if (!token)
            return unexpected(token.error());
        credentials.authToken = *token;
    }
    return credentials;
}

Expected<void> checkCapabilities(QByteArrayView bytes)
{
    net::Capabilities message;
    return parse(&message, bytes, MaxSegmentBytes, "Capabilities");
}

QByteArray segmentHeader(const SegmentCredentials &credentials)
{
    return bytes::toBase64(encodeSegment(credentials));
}

} // namespace sluice::livepeer
