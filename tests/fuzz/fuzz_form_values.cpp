#include "sluice/base/schema_validator.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;

/// A schema, a zero byte, a value: what a form checks. Whatever both are, the work is bounded and violations make sense.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype middle = input.indexOf('\0');
    const Expected<Json> schema = Json::parse(middle < 0 ? input : input.left(middle));
    if (!schema)
        return 0;
    (void)SchemaValidator::problems(*schema);
    const Expected<Json> value = Json::parse(middle < 0 ? QByteArray("{}") : input.mid(middle + 1));
    if (!value)
        return 0;
    const SchemaValidator validator(*schema, {100, 20'000});
    (void)validator.resolve(*schema);
    const QList<SchemaViolation> violations = validator.validate(*value);
    if (violations.size() > 100 || violations != validator.validate(*value))
        std::abort();
    for (const SchemaViolation &violation : violations) {
        // A place is in the value, or one step beyond it where something is missing.
        const QString parent = violation.pointer.left(violation.pointer.lastIndexOf(u'/'));
        const bool missing = violation.keyword == u"required";
        if (violation.message.isEmpty() || !value->find(missing ? parent : violation.pointer))
            std::abort();
    }
    return 0;
}
