#include "sluice/byoc/orchestrator_quirks.h"

#include <array>

namespace sluice::byoc {

namespace {
struct Name {
    Quirk quirk;
    const char *word;
};
constexpr std::array names{
    Name{Quirk::DropBadPayment, "drop-bad-payment"},
    Name{Quirk::EndlessBlankLines, "endless-blank-lines"},
    Name{Quirk::LeakSlots, "leak-slots"},
    Name{Quirk::MisleadingTimeout, "misleading-timeout"},
    Name{Quirk::OldStatuses, "old-statuses"},
    Name{Quirk::StringPrices, "string-prices"},
    Name{Quirk::V1Signatures, "v1-signatures"},
};
} // namespace

QStringList quirkNames()
{
    QStringList words;
    for (const Name &name : names)
        words.append(QString::fromLatin1(name.word));
    return words;
}

Expected<Quirks> quirksFromText(const QString &list)
{
    Quirks quirks;
    const QStringList words = list.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &untrimmed : words) {
        const QString word = untrimmed.trimmed();
        const auto *const found = std::find_if(names.begin(), names.end(),
            [&word](const Name &name) { return word == QLatin1String(name.word); });
        if (found == names.end()) {
            return unexpected(Error(Error::Kind::InvalidInput,
                QStringLiteral("There is no quirk \"%1\".").arg(word))
                    .withAdvice(QStringLiteral("Known ones: %1.").arg(quirkNames().join(QStringLiteral(", ")))));
        }
        quirks |= found->quirk;
    }
    return quirks;
}

} // namespace sluice::byoc
