#include "sluice/payments/price.h"

namespace sluice {

Rational PriceInfo::asRational() const
{
    if (pixelsPerUnit == 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The price %1/0 has no meaning: pixelsPerUnit is 0.").arg(pricePerUnit));
    return Rational(Wei(pricePerUnit), Wei(pixelsPerUnit));
}

Rational PriceInfo::fee(const Wei &units) const
{
    return asRational() * units;
}

} // namespace sluice
