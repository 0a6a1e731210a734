#include "chat_delta_json_p.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sluice {

namespace {

/// The member names this reader knows; array places count as names too.
enum class Key : quint8 {
    Other,
    First, ///< place 0 of an array
    Later, ///< any further place
    Choices, Delta, Message, Content, Text, Token, Response, FinishReason, Usage, CompletionTokens, EvalCount,
    PromptTokens, TotalTokens, PromptEvalCount, TokenDetails, ReasoningTokens,
    Error, Detail, Sources, Citations, Role, Balance, Done, Reasoning, ToolCalls, Function, Arguments, Index, Type, PartialJson, Block,
    Title, Name, Url, Path, Excerpt, ///< of a source
    Images, ImageUrl, Audio, Data, Transcript,
};

constexpr std::array<std::pair<std::string_view, Key>, 58> keyNames{{
    {"choices", Key::Choices}, {"delta", Key::Delta}, {"message", Key::Message}, {"content", Key::Content},
    {"text", Key::Text}, {"token", Key::Token}, {"response", Key::Response}, {"finish_reason", Key::FinishReason},
    {"done_reason", Key::FinishReason}, {"usage", Key::Usage}, {"completion_tokens", Key::CompletionTokens},
    {"output_tokens", Key::CompletionTokens}, {"eval_count", Key::EvalCount}, {"error", Key::Error},
    {"detail", Key::Detail}, {"sources", Key::Sources}, {"citations", Key::Citations}, {"role", Key::Role},
    {"balance", Key::Balance}, {"done", Key::Done}, {"title", Key::Title}, {"name", Key::Name}, {"url", Key::Url},
    {"uri", Key::Url}, {"link", Key::Url}, {"path", Key::Path}, {"excerpt", Key::Excerpt}, {"snippet", Key::Excerpt},
    {"page", Key::Title}, {"heading", Key::Title}, {"document", Key::Path}, {"x_sources", Key::Sources},
    {"reasoning_content", Key::Reasoning}, {"reasoning", Key::Reasoning}, {"thinking", Key::Reasoning},
    {"tool_calls", Key::ToolCalls}, {"function", Key::Function}, {"arguments", Key::Arguments}, {"index", Key::Index},
    {"type", Key::Type}, {"partial_json", Key::PartialJson}, {"stop_reason", Key::FinishReason},
    {"content_block", Key::Block}, {"item", Key::Block}, {"output_index", Key::Index},
    {"prompt_tokens", Key::PromptTokens}, {"input_tokens", Key::PromptTokens}, {"total_tokens", Key::TotalTokens},
    {"prompt_eval_count", Key::PromptEvalCount}, {"completion_tokens_details", Key::TokenDetails},
    {"output_tokens_details", Key::TokenDetails}, {"reasoning_tokens", Key::ReasoningTokens}, {"tokens_used", Key::Usage},
    {"images", Key::Images}, {"image_url", Key::ImageUrl}, {"audio", Key::Audio}, {"data", Key::Data},
    {"transcript", Key::Transcript},
}};

Key keyOf(std::string_view name)
{
    for (const auto &[known, key] : keyNames) {
        if (known == name)
            return key;
    }
    return Key::Other;
}

/// A place in the document as one number, six bits a level, so that a value is recognised by one comparison.
constexpr int bitsPerLevel = 6;
constexpr int deepest = 10;

constexpr quint64 place(std::initializer_list<Key> keys)
{
    quint64 code = 0;
    for (const Key key : keys)
        code = (code << bitsPerLevel) | (quint64(key) + 1);
    return code;
}

constexpr quint64 below(quint64 parent, Key key)
{
    return (parent << bitsPerLevel) | (quint64(key) + 1);
}

class DeltaReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    ChatDelta delta;
    bool object = false;

    bool null() override { return value(); }
    bool boolean(bool set) override
    {
        value();
        if (set && m_depth <= deepest && m_code == place({Key::Done}))
            m_done = true;
        return true;
    }
    bool number_integer(number_integer_t number) override { return integer(qint64(number)); }
    bool number_unsigned(number_unsigned_t number) override { return integer(qint64(number)); }
    bool number_float(number_float_t, const string_t &) override { return value(); }
    bool binary(binary_t &) override { return value(); }

    bool string(string_t &text) override
    {
        value();
        if (m_depth > deepest)
            return true;
        if (m_depth == 0) {
            delta.text = QString::fromStdString(text);
            return true;
        }
        take(text);
        return true;
    }

    bool start_object(std::size_t) override
    {
        value();
        if (m_depth == 0)
            object = true;
        return enter(false);
    }
    bool end_object() override
    {
        if (m_depth <= deepest && isSource(parentOf(m_code)) && m_source != ChatSource{})
            addSource();
        if (m_depth <= deepest && isToolCall(parentOf(m_code)))
            addToolCall();
        return leave();
    }
    bool start_array(std::size_t) override
    {
        value();
        return enter(true);
    }
    bool end_array() override { return leave(); }

    bool key(string_t &name) override
    {
        if (m_depth > deepest)
            return true;
        const Key key = keyOf(name);
        if (m_depth == 1 && key != Key::Other && key < Key::Title)
            m_anyKnown = true;
        if (m_depth == 1 && (key == Key::Choices || key == Key::Usage || key == Key::Done || key == Key::ToolCalls || key == Key::Reasoning))
            delta.chat = true;
        m_code = below(parentOf(m_code), key);
        return true;
    }

    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

    void close()
    {
        if (m_type.startsWith(QLatin1String("response.")))
            closeResponsesEvent();
        else
            closeMessagesEvent();
        delta.known = !object || m_anyKnown;
        if (m_done && delta.finishReason.isEmpty())
            delta.finishReason = QStringLiteral("stop");
        if (!delta.text.isEmpty() || !delta.reasoning.isEmpty() || !delta.toolCalls.isEmpty() || !delta.finishReason.isEmpty() || delta.completionTokens
            || !delta.pictures.isEmpty() || !delta.audio.isEmpty())
            delta.chat = true;
        // A failure may come as {"error": {...}}, {"error": "…"} or, from FastAPI, as {"detail": "…"}.
        if (!delta.error && !m_detail.isEmpty() && delta.text.isEmpty())
            delta.error = m_detail;
        if (delta.error && delta.error->isEmpty())
            delta.error = QStringLiteral("unspecified error");
    }

private:
    /// OpenAI's Responses: each event names itself, and those behind the pieces (`….done`, `response.completed`) tell it all once more.
    void closeResponsesEvent()
    {
        delta.chat = true;
        m_anyKnown = true;
        const QString text = std::exchange(delta.text, QString());
        if (m_type.endsWith(QLatin1String("reasoning_text.delta")) || m_type.endsWith(QLatin1String("reasoning_summary_text.delta")))
            delta.reasoning += text;
        else if (m_type.endsWith(QLatin1String("arguments.delta")))
            delta.toolCalls.append({m_block, QString(), text});
        else if (m_type == QLatin1String("response.output_item.added") && !m_blockName.isEmpty())
            delta.toolCalls.append({m_block, m_blockName, QString()});
        else if (m_type.endsWith(QLatin1String("text.delta")) || m_type.endsWith(QLatin1String("refusal.delta")))
            delta.text = text;
        else if (m_type == QLatin1String("response.completed"))
            delta.finishReason = QStringLiteral("stop");
        else if (m_type == QLatin1String("response.incomplete"))
            delta.finishReason = QStringLiteral("length");
        else if (m_type == QLatin1String("response.failed") && !delta.error)
            delta.error = QString();
    }

    /// Anthropic's messages: what stands around the pieces says nothing.
    void closeMessagesEvent()
    {
        static constexpr std::array silent{"message_start", "message_delta", "message_stop", "content_block_start", "content_block_stop", "ping"};
        if (std::any_of(silent.begin(), silent.end(), [this](const char *type) { return m_type == QLatin1String(type); })) {
            delta.chat = true;
            m_anyKnown = true;
        }
        if (m_type == QLatin1String("content_block_start") && !m_blockName.isEmpty())
            delta.toolCalls.append({m_block, m_blockName, QString()});
        else if (!m_partialJson.isEmpty())
            delta.toolCalls.append({m_block, QString(), m_partialJson});
        if (m_type == QLatin1String("message_stop") && delta.finishReason.isEmpty())
            delta.finishReason = QStringLiteral("stop");
    }

    struct Level {
        bool array = false;
        bool started = false;
    };

    static quint64 parentOf(quint64 code) { return code >> bitsPerLevel; }

    /// True for a place directly inside a list of sources.
    static bool isSource(quint64 code)
    {
        const quint64 list = parentOf(code);
        const auto last = Key((code & ((1U << bitsPerLevel) - 1)) - 1);
        if (code == 0 || (last != Key::First && last != Key::Later))
            return false;
        return list == place({Key::Sources}) || list == place({Key::Citations})
            || list == place({Key::Choices, Key::First, Key::Delta, Key::Sources})
            || list == place({Key::Choices, Key::First, Key::Message, Key::Sources});
    }

    /// True for a place directly inside a list of tool calls.
    static bool isToolCall(quint64 code)
    {
        const quint64 list = parentOf(code);
        const auto last = Key((code & ((1U << bitsPerLevel) - 1)) - 1);
        if (code == 0 || (last != Key::First && last != Key::Later))
            return false;
        return list == place({Key::Choices, Key::First, Key::Delta, Key::ToolCalls})
            || list == place({Key::Choices, Key::First, Key::Message, Key::ToolCalls}) || list == place({Key::Message, Key::ToolCalls})
            || list == place({Key::ToolCalls});
    }

    /// True for the address of a picture: in `images`, or in a content that is a list of parts.
    static bool isPicture(quint64 code)
    {
        const auto last = Key((code & ((1U << bitsPerLevel) - 1)) - 1);
        const quint64 holder = last == Key::Url ? parentOf(code) : code;
        if (Key((holder & ((1U << bitsPerLevel) - 1)) - 1) != Key::ImageUrl)
            return false;
        const quint64 list = parentOf(parentOf(holder));
        for (const Key around : {Key::Delta, Key::Message}) {
            for (const Key in : {Key::Images, Key::Content}) {
                if (list == place({Key::Choices, Key::First, around, in}))
                    return true;
            }
        }
        return list == place({Key::Message, Key::Content});
    }

    /// Called before every value: gives array items their place.
    bool value()
    {
        if (m_depth > 0 && m_depth <= deepest && m_levels[size_t(m_depth)].array) {
            Level &level = m_levels[size_t(m_depth)];
            m_code = below(parentOf(m_code), level.started ? Key::Later : Key::First);
            level.started = true;
        }
        return true;
    }

    bool enter(bool array)
    {
        ++m_depth;
        if (m_depth <= deepest) {
            m_levels[size_t(m_depth)] = {array, false};
            m_code = below(m_code, Key::Other);
        }
        return true;
    }

    bool leave()
    {
        if (m_depth <= deepest)
            m_code = parentOf(m_code);
        --m_depth;
        return true;
    }

    bool integer(qint64 number)
    {
        value();
        if (m_depth <= deepest)
            takeCount(number);
        if (m_depth <= deepest && (m_code & ((1U << bitsPerLevel) - 1)) == quint64(Key::Index) + 1 && isToolCall(parentOf(m_code)))
            m_toolIndex = int(std::clamp<qint64>(number, 0, 1000));
        if (m_code == place({Key::Index}))
            m_block = int(std::clamp<qint64>(number, 0, 1000));
        return true;
    }

    void takeCount(qint64 number)
    {
        switch (m_code) {
        case place({Key::Usage, Key::CompletionTokens}):
        case place({Key::Response, Key::Usage, Key::CompletionTokens}):
        case place({Key::EvalCount}): delta.completionTokens = number; break;
        case place({Key::Usage, Key::PromptTokens}):
        case place({Key::Response, Key::Usage, Key::PromptTokens}):
        case place({Key::PromptEvalCount}): delta.promptTokens = number; break;
        case place({Key::Usage, Key::TotalTokens}):
        case place({Key::Response, Key::Usage, Key::TotalTokens}):
        case place({Key::Usage}): delta.totalTokens = number; break;
        case place({Key::Usage, Key::TokenDetails, Key::ReasoningTokens}):
        case place({Key::Response, Key::Usage, Key::TokenDetails, Key::ReasoningTokens}): delta.reasoningTokens = number; break;
        default: break;
        }
    }

    void take(const std::string &text)
    {
        switch (m_code) {
        case place({Key::Choices, Key::First, Key::Delta, Key::Content}):
        case place({Key::Choices, Key::First, Key::Message, Key::Content}):
        case place({Key::Choices, Key::First, Key::Text}):
        case place({Key::Token}):
        case place({Key::Token, Key::Text}):
        case place({Key::Text}):
        case place({Key::Content}):
        case place({Key::Response}):
        case place({Key::Delta}):
        case place({Key::Delta, Key::Text}):
        case place({Key::Delta, Key::Content}):
        case place({Key::Message, Key::Content}):
            delta.text += QString::fromStdString(text);
            return;
        case place({Key::Choices, Key::First, Key::Delta, Key::Reasoning}):
        case place({Key::Choices, Key::First, Key::Message, Key::Reasoning}):
        case place({Key::Message, Key::Reasoning}):
        case place({Key::Delta, Key::Reasoning}):
        case place({Key::Reasoning}):
            delta.reasoning += QString::fromStdString(text);
            return;
        case place({Key::Type}):
            m_type = QString::fromStdString(text);
            return;
        case place({Key::Delta, Key::PartialJson}):
            m_partialJson += QString::fromStdString(text);
            return;
        case place({Key::Block, Key::Name}):
            m_blockName = QString::fromStdString(text);
            return;
        case place({Key::Choices, Key::First, Key::FinishReason}):
        case place({Key::Delta, Key::FinishReason}):
        case place({Key::FinishReason}):
            delta.finishReason = QString::fromStdString(text);
            return;
        case place({Key::Error}):
        case place({Key::Error, Key::Message}):
        case place({Key::Response, Key::Error, Key::Message}):
            delta.error = QString::fromStdString(text);
            return;
        case place({Key::Detail}):
            m_detail = QString::fromStdString(text);
            return;
        case place({Key::Choices, Key::First, Key::Delta, Key::Audio, Key::Data}):
        case place({Key::Choices, Key::First, Key::Message, Key::Audio, Key::Data}):
            delta.audio += QByteArray::fromStdString(text);
            return;
        case place({Key::Choices, Key::First, Key::Delta, Key::Audio, Key::Transcript}):
        case place({Key::Choices, Key::First, Key::Message, Key::Audio, Key::Transcript}):
            delta.text += QString::fromStdString(text); // the words of the sound are the answer
            return;
        default:
            break;
        }
        if (isPicture(m_code)) {
            constexpr qsizetype mostPictures = 20;
            if (delta.pictures.size() < mostPictures)
                delta.pictures.append(QString::fromStdString(text));
            return;
        }
        if (isToolCall(parentOf(parentOf(m_code)))) {
            takeToolMember(Key((m_code & ((1U << bitsPerLevel) - 1)) - 1), QString::fromStdString(text));
        } else if (isSource(m_code)) {
            m_source.url = QString::fromStdString(text);
            addSource();
        } else if (isSource(parentOf(m_code))) {
            takeSourceMember(Key((m_code & ((1U << bitsPerLevel) - 1)) - 1), QString::fromStdString(text));
        } else if ((parentOf(parentOf(m_code)) == place({Key::Choices, Key::First, Key::Delta, Key::Content})
                       || parentOf(parentOf(m_code)) == place({Key::Choices, Key::First, Key::Message, Key::Content}))
            && (m_code & ((1U << bitsPerLevel) - 1)) == quint64(Key::Text) + 1) {
            delta.text += QString::fromStdString(text); // content as a list of parts
        }
    }

    void takeSourceMember(Key key, const QString &text)
    {
        if (key == Key::Title || (key == Key::Name && m_source.title.isEmpty()))
            m_source.title = text;
        else if (key == Key::Url || (key == Key::Path && m_source.url.isEmpty()))
            m_source.url = text;
        else if (key == Key::Excerpt || key == Key::Text)
            m_source.excerpt = text;
    }

    void takeToolMember(Key key, const QString &text)
    {
        if (key == Key::Name)
            m_tool.name = text;
        else if (key == Key::Arguments)
            m_tool.arguments += text;
    }

    void addToolCall()
    {
        constexpr qsizetype mostCalls = 100;
        m_tool.index = m_toolIndex.value_or(int(delta.toolCalls.size()));
        if (delta.toolCalls.size() < mostCalls && (!m_tool.name.isEmpty() || !m_tool.arguments.isEmpty()))
            delta.toolCalls.append(m_tool);
        m_tool = {};
        m_toolIndex.reset();
    }

    void addSource()
    {
        constexpr qsizetype mostSources = 100;
        if (m_source.title.isEmpty())
            m_source.title = m_source.url;
        if (!m_source.title.isEmpty() && delta.sources.size() < mostSources)
            delta.sources.append(m_source);
        m_source = {};
    }

    std::array<Level, deepest + 1> m_levels{};
    int m_depth = 0;
    quint64 m_code = 0;
    bool m_anyKnown = false;
    bool m_done = false;
    ChatSource m_source;
    ToolCallPart m_tool;
    std::optional<int> m_toolIndex;
    QString m_detail;
    QString m_type;
    QString m_partialJson;
    QString m_blockName;
    int m_block = 0;
};

} // namespace

std::optional<ChatDelta> deltaIn(QByteArrayView json)
{
    DeltaReader reader;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader))
        return std::nullopt;
    reader.close();
    return std::move(reader.delta);
}

} // namespace sluice
