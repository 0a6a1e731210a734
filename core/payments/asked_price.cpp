#include "sluice/payments/asked_price.h"

#include "sluice/base/json.h"
#include "sluice/payments/amount.h"

namespace sluice {

namespace {

const QString AskedMember = QStringLiteral("asked_wei_per_second");

QString words(const Rational &price, PricePer per)
{
    return QStringLiteral("%1 (%2) %3").arg(amount::human(price), amount::exact(price), per == PricePer::Call ? QStringLiteral("a call") : QStringLiteral("a second"));
}

} // namespace

Error priceExceeded(const Rational &asked, const Rational &accepted, bool shown, PricePer per)
{
    const QString bound = shown ? QStringLiteral("the price that was shown is %1") : QStringLiteral("nobody was shown a price, and then at most %1 are paid");
    Error error(Error::Kind::PriceExceeded,
        QStringLiteral("Nothing was paid: the orchestrator asks %1, but %2.").arg(words(asked, per), bound.arg(words(accepted, per))));
    error.withAdvice(QStringLiteral("Run it again with the new price if you accept it (sluicectl: --max-price \"%1 wei\"), or use another orchestrator.")
                         .arg(toDecimal(ceilOf(asked))));
    // The caller's agreement is what does not fit; the body is the orchestrator's word.
    return error.withField(QStringLiteral("/limits/max_price_per_second")).withHttp(0, Json{{AskedMember, toText(asked)}}.dump());
}

std::optional<Rational> askedPrice(const Error &error)
{
    if (error.kind() != Error::Kind::PriceExceeded)
        return std::nullopt;
    const auto json = Json::parse(error.body());
    if (!json)
        return std::nullopt;
    const auto asked = rationalFromText(json->value(AskedMember).toString());
    return asked ? std::optional(*asked) : std::nullopt;
}

} // namespace sluice
