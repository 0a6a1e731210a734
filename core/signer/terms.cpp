#include "sluice/signer/terms.h"

#include "sluice/livepeer/messages.h"

namespace sluice::signer {

Expected<Terms> Terms::decode(QByteArrayView bytes)
{
    auto info = livepeer::decodeInfo(bytes);
    if (!info)
        return unexpected(info.error());
    Terms terms;
    terms.info = std::move(*info);
    if (const auto &params = terms.info.ticketParams) {
        terms.session = params->recipientRandHash.toHex();
        terms.ev = params->expectedValue();
        terms.address = params->recipient.toLower();
    }
    if (terms.info.address)
        terms.address = terms.info.address->toLower();
    return terms;
}

void TermsMemory::add(const QByteArray &bytes, const std::shared_ptr<const Terms> &terms)
{
    if (bytes.size() <= MostBytes)
        m_terms.add(bytes, terms);
}

std::shared_ptr<const Terms> TermsMemory::find(const QByteArray &bytes) const
{
    return bytes.size() <= MostBytes ? m_terms.find(bytes).value_or(nullptr) : nullptr;
}

} // namespace sluice::signer
