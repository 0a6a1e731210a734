// JSON typed by a person or sent by a peer: parsing never crashes, what parses round-trips, and it is JSON to another parser, too.

#include "sluice/base/json.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

/// Whether nlohmann's parser takes it. Numbers of any size are ours to keep as literals, so those that no double holds do not count.
class Judge final : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &problem) override
    {
        isTooLarge = problem.id == 406;
        return false;
    }
    bool isTooLarge = false; ///< a number, behind which nothing was looked at
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using sluice::Json;
    const QByteArrayView text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QStringList duplicates;
    const auto json = Json::parse(text, Json::Limits{1 << 20, 64}, &duplicates);
    Judge judge;
    const bool knows = !text.contains('\0'); // which ends the text for nlohmann's parser, whatever follows
    const bool isJson = nlohmann::json::sax_parse(text.begin(), text.end(), &judge);
    if (!json) {
        // Refused though it is JSON: too large or too deep, and the error says so.
        if (knows && isJson && json.error().kind() != sluice::Error::Kind::TooLarge)
            std::abort();
        return 0;
    }
    if (knows && !isJson && !judge.isTooLarge)
        std::abort();
    const QByteArray once = json->dump();
    const auto again = Json::parse(once, Json::Limits{1 << 24, 64});
    if (!again || again->dump() != once)
        std::abort();
    const auto indented = Json::parse(json->dump(2), Json::Limits{1 << 24, 64});
    if (!indented || !(*indented == *again))
        std::abort();
    return 0;
}
