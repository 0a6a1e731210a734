#include "sluice/chat/chat_delta.h"

#include <nlohmann/json.hpp>

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace sluice::ui {

namespace {

/// The member names this reader knows; array places count as names too.
enum class Key : quint8 {
    Other,
    First, ///< place 0 of an array
    Later, ///< any further place
    Choices, Delta, Message, Content, Text, Token, Response, FinishReason, Usage, CompletionTokens, EvalCount,
    Error, Detail, Sources, Citations, Role, Balance, Done,
    Title, Name, Url, Path, Excerpt, ///< of a source
};

constexpr std::array<std::pair<std::string_view, Key>, 32> keyNames{{
    {"choices", Key::Choices}, {"delta", Key::Delta}, {"message", Key::Message}, {"content", Key::Content},
    {"text", Key::Text}, {"token", Key::Token}, {"response", Key::Response}, {"finish_reason", Key::FinishReason},
    {"done_reason", Key::FinishReason}, {"usage", Key::Usage}, {"completion_tokens", Key::CompletionTokens},
    {"output_tokens", Key::CompletionTokens}, {"eval_count", Key::EvalCount}, {"error", Key::Error},
    {"detail", Key::Detail}, {"sources", Key::Sources}, {"citations", Key::Citations}, {"role", Key::Role},
    {"balance", Key::Balance}, {"done", Key::Done}, {"title", Key::Title}, {"name", Key::Name}, {"url", Key::Url},
    {"uri", Key::Url}, {"link", Key::Url}, {"path", Key::Path}, {"excerpt", Key::Excerpt}, {"snippet", Key::Excerpt},
    {"page", Key::Title}, {"heading", Key::Title}, {"document", Key::Path}, {"x_sources", Key::Sources},
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
    bool boolean(bool) override { return value(); }
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
        m_code = below(parentOf(m_code), key);
        return true;
    }

    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

    void close()
    {
        delta.known = !object || m_anyKnown;
        // A failure may come as {"error": {...}}, {"error": "…"} or, from FastAPI, as {"detail": "…"}.
        if (!delta.error && !m_detail.isEmpty() && delta.text.isEmpty())
            delta.error = m_detail;
        if (delta.error && delta.error->isEmpty())
            delta.error = QStringLiteral("unspecified error");
    }

private:
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
        if (m_depth <= deepest
            && (m_code == place({Key::Usage, Key::CompletionTokens}) || m_code == place({Key::EvalCount})))
            delta.completionTokens = number;
        return true;
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
        case place({Key::Choices, Key::First, Key::FinishReason}):
        case place({Key::FinishReason}):
            delta.finishReason = QString::fromStdString(text);
            return;
        case place({Key::Error}):
        case place({Key::Error, Key::Message}):
            delta.error = QString::fromStdString(text);
            return;
        case place({Key::Detail}):
            m_detail = QString::fromStdString(text);
            return;
        default:
            break;
        }
        if (isSource(m_code)) {
            m_source.url = QString::fromStdString(text);
            addSource();
        } else if (isSource(parentOf(m_code))) {
            takeSourceMember(Key((m_code & ((1U << bitsPerLevel) - 1)) - 1), QString::fromStdString(text));
        } else if (parentOf(parentOf(m_code)) == place({Key::Choices, Key::First, Key::Delta, Key::Content})
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
    ChatSource m_source;
    QString m_detail;
};

} // namespace

ChatDelta parseChatDelta(QByteArrayView utf8)
{
    const QByteArrayView trimmed = utf8.trimmed();
    const bool mayBeJson = !trimmed.isEmpty() && (trimmed.front() == '{' || trimmed.front() == '"');
    if (mayBeJson) {
        DeltaReader reader;
        if (nlohmann::json::sax_parse(trimmed.begin(), trimmed.end(), &reader)) {
            reader.close();
            return std::move(reader.delta);
        }
    }
    ChatDelta plain;
    plain.text = QString::fromUtf8(utf8);
    return plain;
}

ChatDelta parseChatDelta(const StreamEvent &event)
{
    ChatDelta delta = parseChatDelta(QByteArrayView(event.data.toUtf8()));
    if (event.event == QLatin1String("error") && !delta.error) {
        delta.error = delta.text.isEmpty() ? event.data : delta.text;
        delta.text.clear();
    }
    return delta;
}

} // namespace sluice::ui
