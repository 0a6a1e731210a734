#include "sluice/zerog/counting.h"

#include "answer_text_p.h"
#include "go_body_p.h"

namespace sluice::zerog {

namespace {

constexpr qsizetype maxBodyBytes = 64 * 1024 * 1024;

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message);
}

/// By its exact name where it is there, else as Go finds it: so that a twin of a key cannot hide the one that others read.
Json fieldOf(const Json &object, const QString &name)
{
    return object.contains(name) ? object.value(name) : memberOf(object, name);
}

Expected<U256> wordsOfMessages(QByteArrayView body)
{
    Json::Limits limits;
    limits.maxBytes = maxBodyBytes;
    limits.maxDepth = 256;
    limits.maxMemory = 8 * maxBodyBytes;
    QStringList duplicates;
    const auto json = Json::parse(body, limits, &duplicates);
    if (!json)
        return unexpected(invalid(QStringLiteral("the body cannot be read: %1").arg(json.error().message())));
    if (!json->isObject())
        return unexpected(invalid(QStringLiteral("the body must be a JSON object")));
    // What counts and what is served must be the same text, whichever of two equal keys a service reads.
    if (!duplicates.isEmpty())
        return unexpected(invalid(QStringLiteral("the body has the key “%1” twice").arg(duplicates.first().left(80))));
    const Json messages = fieldOf(*json, QStringLiteral("messages"));
    if (messages.isNull())
        return U256(0);
    if (!messages.isArray())
        return unexpected(invalid(QStringLiteral("messages must be a list")));
    qint64 words = 0;
    for (const Json &message : messages.items()) {
        if (!message.isObject())
            return unexpected(invalid(QStringLiteral("each of the messages must be an object")));
        const Json content = fieldOf(message, QStringLiteral("content"));
        if (content.isString())
            words += countWords(content.toString());
        else if (!content.isNull())
            return unexpected(invalid(QStringLiteral("the content of a message must be a text: lists of parts are not counted in this protocol")));
    }
    return U256(words);
}

} // namespace

bool detail::isSpace(QChar c)
{
    switch (const char16_t u = c.unicode()) {
    case 0x20:
    case 0x85:
    case 0xa0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
        return true;
    default:
        return (u >= 0x09 && u <= 0x0d) || (u >= 0x2000 && u <= 0x200a);
    }
}

void detail::WordCounter::add(QStringView text)
{
    for (const QChar c : text) {
        const bool space = isSpace(c);
        if (!space && !m_inWord)
            ++m_words;
        m_inWord = !space;
    }
}

qint64 countWords(QStringView text)
{
    detail::WordCounter counter;
    counter.add(text);
    return counter.words();
}

Expected<QByteArray> forwardedBody(QByteArrayView body)
{
    if (body.size() > maxBodyBytes)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("the body has %1 bytes; at most %2 are taken").arg(body.size()).arg(maxBodyBytes)));
    return detail::rewrittenAsGo(body, detail::GoBodyOptions());
}

Expected<U256> inputCount(ServiceType type, QByteArrayView forwarded)
{
    return type == ServiceType::Storage ? Expected<U256>(U256(forwarded.size())) : wordsOfMessages(forwarded);
}

Expected<void> checkPreviousOutput(const U256 &stored, const U256 &declared)
{
    if (declared < stored)
        return unexpected(invalid(QStringLiteral("invalid previousOutputCount, expected %1, but received %2").arg(toDecimal(stored), toDecimal(declared))));
    return {};
}

Expected<void> checkInputCount(const U256 &own, const U256 &declared)
{
    if (declared != own)
        return unexpected(invalid(QStringLiteral("invalid inputCount, expected %1, but received %2").arg(toDecimal(own), toDecimal(declared))));
    return {};
}

Expected<void> checkNonce(const U256 &last, const U256 &given)
{
    if (given <= last)
        return unexpected(invalid(QStringLiteral("invalid nonce, received nonce %1 not greater than the previous nonce: %2").arg(toDecimal(given), toDecimal(last))));
    return {};
}

} // namespace sluice::zerog
