#include "quick_chunk_p.h"

#include <nlohmann/json.hpp>

namespace sluice::llmworker {

namespace {

constexpr int Deepest = 32;

/// Walks a chunk and keeps /choices/0/delta/content; gives up at everything that asks for a closer look.
class Reader final : public nlohmann::json_sax<nlohmann::json> {
public:
    QuickChunk chunk;
    [[nodiscard]] bool isOrdinary() const { return m_choices; }

    bool null() override { return value(true); }
    bool boolean(bool) override { return value(false); }
    bool number_integer(number_integer_t) override { return value(false); }
    bool number_unsigned(number_unsigned_t) override { return value(false); }
    bool number_float(number_float_t, const string_t &) override { return value(false); }
    bool binary(binary_t &) override { return false; }
    bool string(string_t &text) override
    {
        if (m_depth != 4 || !m_inDelta || m_deltaKey != DeltaKey::Content)
            return value(false);
        if (std::exchange(m_content, true))
            return false;
        chunk.content = QString::fromUtf8(text.data(), qsizetype(text.size()));
        chunk.isNull = false;
        return true;
    }
    bool key(string_t &name) override
    {
        if (m_depth == 1) {
            m_inChoices = false;
            m_top = name == "choices" ? TopKey::Choices : name == "error" ? TopKey::Error : TopKey::Other;
            return m_top != TopKey::Choices || !m_choices;
        }
        if (m_depth == 3 && m_inChoices && m_index == 0) {
            m_atDelta = name == "delta";
            return !m_atDelta || !m_delta;
        }
        if (m_depth == 4 && m_inDelta) {
            m_deltaKey = name == "content" ? DeltaKey::Content : DeltaKey::Other;
            return name != "function_call";
        }
        return true;
    }
    bool start_object(std::size_t) override
    {
        if (m_depth == 1 && m_top != TopKey::Other)
            return false;
        if (m_depth == 2 && m_inChoices)
            ++m_index;
        if (m_depth == 4 && m_inDelta && m_deltaKey == DeltaKey::Content)
            return false;
        if (m_depth == 3 && m_atDelta && m_inChoices && m_index == 0) {
            m_delta = true;
            m_inDelta = true;
        }
        return ++m_depth < Deepest;
    }
    bool end_object() override
    {
        if (--m_depth == 3)
            m_inDelta = false;
        else if (m_depth == 2)
            m_atDelta = false;
        return true;
    }
    bool start_array(std::size_t) override
    {
        // The whole is an object; elements of `choices` are objects; content is a text.
        if (m_depth == 0 || (m_depth == 2 && m_inChoices) || (m_depth == 1 && m_top == TopKey::Error) || (m_depth == 4 && m_inDelta && m_deltaKey == DeltaKey::Content))
            return false;
        if (m_depth == 1 && m_top == TopKey::Choices) {
            m_choices = true;
            m_inChoices = true;
        }
        return ++m_depth < Deepest;
    }
    bool end_array() override
    {
        if (--m_depth == 1)
            m_inChoices = false;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    enum class TopKey { Other, Choices, Error };
    enum class DeltaKey { Other, Content };

    [[nodiscard]] bool value(bool isNull) const
    {
        if (m_depth == 0 || (m_depth == 2 && m_inChoices))
            return false;
        if (m_depth == 1)
            return m_top == TopKey::Other || (m_top == TopKey::Error && isNull);
        return m_depth != 4 || !m_inDelta || m_deltaKey != DeltaKey::Content || isNull;
    }

    int m_depth = 0;
    int m_index = -1; ///< of the element of `choices`
    TopKey m_top = TopKey::Other;
    DeltaKey m_deltaKey = DeltaKey::Other;
    bool m_choices = false;   ///< it was seen
    bool m_inChoices = false;
    bool m_atDelta = false;
    bool m_delta = false;     ///< it was seen
    bool m_inDelta = false;
    bool m_content = false;   ///< it was seen
};

} // namespace

std::optional<QuickChunk> readQuickly(QByteArrayView json)
{
    Reader reader;
    const bool whole = nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    if (!whole || !reader.isOrdinary())
        return std::nullopt;
    return std::move(reader.chunk);
}

} // namespace sluice::llmworker
