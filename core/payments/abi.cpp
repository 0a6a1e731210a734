#include "sluice/payments/abi.h"

#include <limits>

namespace sluice::abi {

namespace {
constexpr qsizetype wordBytes = 32;
} // namespace

Expected<SenderFunds> decodeSenderInfo(QByteArrayView returned)
{
    if (returned.size() != 4 * wordBytes)
        return unexpected(Error(Error::Kind::Rpc,
            QStringLiteral("getSenderInfo returned %1 bytes instead of 128.").arg(returned.size())));
    U256 words[4];
    for (int i = 0; i < 4; ++i)
        words[i] = *fromMinimalBytes(returned.sliced(i * wordBytes, wordBytes));
    if (words[1] > std::numeric_limits<quint64>::max())
        return unexpected(Error(Error::Kind::Rpc, QStringLiteral("getSenderInfo returned an impossible withdraw round.")));
    SenderFunds funds;
    funds.deposit = Wei(words[0]);
    funds.withdrawRound = static_cast<quint64>(words[1]);
    funds.reserve = Wei(words[2]);
    funds.claimedInCurrentRound = Wei(words[3]);
    return funds;
}

} // namespace sluice::abi
