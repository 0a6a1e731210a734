#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace sluice::ui {

/// A decimal number as digits and places, so that 0.1 + 0.2 is 0.3 in a spin box.
struct Decimal {
    qint64 digits = 0;
    int places = 0; ///< digits after the point, 0 to 15

    /// A JSON number literal; nothing when it has more digits than fit.
    [[nodiscard]] static std::optional<Decimal> parse(const QByteArray &literal);
    [[nodiscard]] QByteArray text() const;
    /// this + step * count; nothing on overflow.
    [[nodiscard]] std::optional<Decimal> plus(const Decimal &step, qint64 count) const;
    /// floor((other - this) / step) for a positive step; nothing on overflow.
    [[nodiscard]] std::optional<qint64> stepsTo(const Decimal &other, const Decimal &step) const;
    [[nodiscard]] int compare(const Decimal &other) const;
};

/// True for exactly what JSON allows as a number.
[[nodiscard]] bool isJsonNumber(const QByteArray &text);

} // namespace sluice::ui
