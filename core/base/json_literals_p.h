#pragma once

#include <QtCore/QByteArrayView>

#include <deque>
#include <iterator>

namespace sluice {

/// A JSON text as nlohmann's parser is given it: every number reads `0`, and its literal waits here for take().
///
/// That parser turns numbers into doubles on the way, which refuses 1e400, and hands the literal of a fraction over in the
/// process's locale (`0,5` in German). So it never sees one. What is no JSON number is handed on in a way that it refuses.
/// The text must outlive this.
class JsonLiterals {
public:
    explicit JsonLiterals(QByteArrayView text)
        : m_text(text)
    {
    }
    JsonLiterals(const JsonLiterals &) = delete;
    JsonLiterals &operator=(const JsonLiterals &) = delete;

    /// Reads the text once, from one place.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char *;
        using reference = char;

        Iterator() = default;
        char operator*() const { return m_source->m_shown; }
        Iterator &operator++()
        {
            m_source->advance();
            return *this;
        }
        bool operator==(const Iterator &other) const { return atEnd() == other.atEnd(); }
        bool operator!=(const Iterator &other) const { return !(*this == other); }

    private:
        friend class JsonLiterals;
        explicit Iterator(JsonLiterals *source)
            : m_source(source)
        {
        }
        [[nodiscard]] bool atEnd() const
        {
            if (!m_source)
                return true;
            m_source->m_endSeen = m_source->m_at >= m_source->m_text.size();
            return m_source->m_endSeen;
        }
        JsonLiterals *m_source = nullptr;
    };

    [[nodiscard]] Iterator begin()
    {
        show();
        return Iterator(this);
    }
    [[nodiscard]] Iterator end() { return {}; }

    /// The oldest literal that was passed as `0` and not taken yet.
    [[nodiscard]] QByteArrayView take()
    {
        const QByteArrayView literal = m_literals.front();
        m_literals.pop_front();
        return literal;
    }

    /// Where the character stands that the parser read last; the end of the text when it found that.
    [[nodiscard]] qsizetype position() const { return m_endSeen ? m_at : m_previous; }

private:
    void advance()
    {
        m_previous = m_at;
        m_at = m_next;
        show();
    }
    void show();
    [[nodiscard]] qsizetype numberEnd(qsizetype from) const;

    QByteArrayView m_text;
    qsizetype m_previous = 0;
    qsizetype m_at = 0;   ///< of the character, or of the literal, that is shown
    qsizetype m_next = 0; ///< behind it
    char m_shown = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_endSeen = false;
    std::deque<QByteArrayView> m_literals; // at most two: the parser looks one character ahead
};

} // namespace sluice
