#include "sluice/payments/payment_codec.h"

#include "sluice/payments/ticket_params_codec.h"

#include "sluice/base/bytes.h"

#include <livepeer.pb.h>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace sluice {

namespace {

std::string text(QByteArrayView bytes)
{
    return std::string(bytes.data(), static_cast<size_t>(bytes.size()));
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

Unexpected<Error> bad(const QString &what)
{
    return {Error(Error::Kind::Protocol, QStringLiteral("The payment cannot be read: ") + what + QLatin1Char('.'))};
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

void fill(wire::TicketExpirationParams *out, const ExpirationParams &params)
{
    out->set_creation_round(params.creationRound);
    if (params.creationRoundBlockHash)
        out->set_creation_round_block_hash(text(params.creationRoundBlockHash->bytes()));
}

void fill(wire::TicketParams *out, const TicketParams &params)
{
    out->set_recipient(text(params.recipient.bytes()));
    out->set_face_value(text(params.faceValue.bytes()));
    out->set_win_prob(text(params.winProb.bytes()));
    out->set_recipient_rand_hash(text(params.recipientRandHash.bytes()));
    out->set_seed(text(params.seed.bytes()));
    out->set_expiration_block(text(params.expirationBlock.bytes()));
    if (params.expirationParams)
        fill(out->mutable_expiration_params(), *params.expirationParams);
}

Expected<ExpirationParams> read(const wire::TicketExpirationParams &in)
{
    ExpirationParams params;
    params.creationRound = in.creation_round();
    if (params.creationRound < 0)
        return bad(QStringLiteral("creation_round is negative"));
    if (!in.creation_round_block_hash().empty()) {
        const auto hash = Hash32::fromBytes(bytesOf(in.creation_round_block_hash()));
        if (!hash)
            return bad(QStringLiteral("creation_round_block_hash has %1 bytes instead of 32").arg(in.creation_round_block_hash().size()));
        params.creationRoundBlockHash = *hash;
    }
    return params;
}

Expected<TicketParams> read(const wire::TicketParams &in)
{
    TicketParams params;
    const auto recipient = Address::fromBytes(bytesOf(in.recipient()));
    if (!recipient)
        return bad(QStringLiteral("recipient has %1 bytes instead of 20").arg(in.recipient().size()));
    params.recipient = *recipient;
    const auto hash = Hash32::fromBytes(bytesOf(in.recipient_rand_hash()));
    if (!hash)
        return bad(QStringLiteral("recipient_rand_hash has %1 bytes instead of 32").arg(in.recipient_rand_hash().size()));
    params.recipientRandHash = *hash;
    const std::tuple<const char *, const std::string *, WireUint *> integers[] = {
        {"face_value", &in.face_value(), &params.faceValue}, {"win_prob", &in.win_prob(), &params.winProb},
        {"seed", &in.seed(), &params.seed}, {"expiration_block", &in.expiration_block(), &params.expirationBlock}};
    for (const auto &[name, source, target] : integers) {
        const auto value = WireUint::fromBytes(bytesOf(*source));
        if (!value)
            return bad(QStringLiteral("%1 has %2 bytes; at most 32 are allowed").arg(QLatin1String(name)).arg(source->size()));
        *target = *value;
    }
    if (in.has_expiration_params()) {
        const auto expiration = read(in.expiration_params());
        if (!expiration)
            return unexpected(expiration.error());
        params.expirationParams = *expiration;
    }
    return params;
}

Expected<WirePayment> read(const wire::Payment &in)
{
    WirePayment payment;
    if (in.has_ticket_params()) {
        const auto params = read(in.ticket_params());
        if (!params)
            return unexpected(params.error());
        payment.ticketParams = *params;
    }
    if (!in.sender().empty()) {
        const auto sender = Address::fromBytes(bytesOf(in.sender()));
        if (!sender)
            return bad(QStringLiteral("sender has %1 bytes instead of 20").arg(in.sender().size()));
        payment.sender = *sender;
    }
    if (in.has_expiration_params()) {
        const auto expiration = read(in.expiration_params());
        if (!expiration)
            return unexpected(expiration.error());
        payment.expirationParams = *expiration;
    }
    for (const auto &ticket : in.ticket_sender_params())
        payment.tickets.append({ticket.sender_nonce(), bytesOf(ticket.sig())});
    if (in.has_expected_price())
        payment.expectedPrice = PriceInfo{in.expected_price().priceperunit(), in.expected_price().pixelsperunit(), in.expected_price().capability(),
            QString::fromStdString(in.expected_price().constraint())};
    return payment;
}

} // namespace

QByteArray encodePayment(const WirePayment &payment)
{
    wire::Payment message;
    if (payment.ticketParams)
        fill(message.mutable_ticket_params(), *payment.ticketParams);
    if (payment.sender)
        message.set_sender(text(payment.sender->bytes()));
    if (payment.expirationParams)
        fill(message.mutable_expiration_params(), *payment.expirationParams);
    for (const TicketSenderParams &ticket : payment.tickets) {
        auto *out = message.add_ticket_sender_params();
        out->set_sender_nonce(ticket.senderNonce);
        out->set_sig(text(ticket.signature));
    }
    if (payment.expectedPrice) {
        message.mutable_expected_price()->set_priceperunit(payment.expectedPrice->pricePerUnit);
        message.mutable_expected_price()->set_pixelsperunit(payment.expectedPrice->pixelsPerUnit);
        message.mutable_expected_price()->set_capability(payment.expectedPrice->capability);
        message.mutable_expected_price()->set_constraint(payment.expectedPrice->constraint.toStdString());
    }
    return serialize(message);
}

Expected<WirePayment> decodePayment(QByteArrayView bytes)
{
    if (bytes.size() > maxPaymentBytes)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The payment has %1 bytes; at most %2 are read.").arg(bytes.size()).arg(maxPaymentBytes)));
    wire::Payment message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return bad(QStringLiteral("these %1 bytes are no protobuf Payment").arg(bytes.size()));
    if (message.ticket_sender_params_size() > maxTicketsPerPayment)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The payment has %1 tickets; at most %2 are read.").arg(message.ticket_sender_params_size()).arg(maxTicketsPerPayment)));
    return read(message);
}

QByteArray encodeTicketParams(const TicketParams &params)
{
    wire::TicketParams message;
    fill(&message, params);
    return serialize(message);
}

Expected<TicketParams> decodeTicketParams(QByteArrayView bytes)
{
    if (bytes.size() > maxPaymentBytes)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The ticket parameters have %1 bytes; at most %2 are read.").arg(bytes.size()).arg(maxPaymentBytes)));
    wire::TicketParams message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return bad(QStringLiteral("these %1 bytes are no protobuf TicketParams").arg(bytes.size()));
    return read(message);
}

QByteArray paymentHeader(const WirePayment &payment)
{
    return bytes::toBase64(encodePayment(payment));
}

Expected<WirePayment> parsePaymentHeader(QByteArrayView header)
{
    if (header.size() > maxPaymentBytes / 3 * 4 + 4)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The payment header has %1 bytes.").arg(header.size())));
    const auto bytes = bytes::fromBase64(header);
    if (!bytes)
        return bad(QStringLiteral("it is not base64 of the standard alphabet with padding"));
    return decodePayment(*bytes);
}

QByteArray encodeOrchestratorRequest(const OrchestratorRequest &request)
{
    wire::OrchestratorRequest message;
    message.set_address(text(request.address.bytes()));
    message.set_sig(text(request.signature));
    if (request.capabilities) {
        auto *out = message.mutable_capabilities();
        for (const quint64 word : request.capabilities->bitstring)
            out->add_bitstring(word);
        for (auto it = request.capabilities->capacities.cbegin(); it != request.capabilities->capacities.cend(); ++it)
            (*out->mutable_capacities())[it.key()] = it.value();
        for (auto it = request.capabilities->models.cbegin(); it != request.capabilities->models.cend(); ++it) {
            auto &models = *(*out->mutable_constraints()->mutable_percapability())[it.key()].mutable_models();
            for (const QString &model : it.value())
                models[model.toStdString()];
        }
    }
    message.set_ignorecapacitycheck(request.ignoreCapacityCheck);
    return serialize(message);
}

QList<quint64> capabilityBitstring(const QList<quint32> &capabilities)
{
    QList<quint64> words;
    for (const quint32 id : capabilities) {
        if (id > 4095)
            continue;
        const qsizetype word = id / 64;
        while (words.size() <= word)
            words.append(0);
        words[word] |= quint64(1) << (id % 64);
    }
    return words;
}

} // namespace sluice
