#pragma once

#include "sluice/crypto/u256.h"

#include <QtCore/QString>

namespace sluice {

/// A price as the wire states it: `pricePerUnit / pixelsPerUnit` wei per unit. The unit of BYOC is one second.
struct PriceInfo {
    qint64 pricePerUnit = 0;
    qint64 pixelsPerUnit = 1;
    /// What the price is for, where the peer says so: a capability's number and, for one, its model or name. No part of the worth.
    quint32 capability = 0;
    QString constraint{};

    /// Whether it is a price at all: not negative, and a positive divisor.
    [[nodiscard]] bool isValid() const { return pricePerUnit >= 0 && pixelsPerUnit > 0; }
    [[nodiscard]] bool isFree() const { return pricePerUnit == 0; }
    /// Wei per unit, reduced. Throws InvalidInput unless pixelsPerUnit != 0.
    [[nodiscard]] Rational asRational() const;
    /// Wei for that many units, exact (payments.md 3.2).
    [[nodiscard]] Rational fee(const Wei &units) const;
    /// The same fields; 2/4 and 1/2 differ here and agree in asRational().
    bool operator==(const PriceInfo &) const = default;
};

} // namespace sluice
