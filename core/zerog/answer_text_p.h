#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QStringView>

#include <memory>
#include <optional>

class QByteArray;

namespace sluice::zerog::detail {

[[nodiscard]] bool isSpace(QChar c);

/// Counts words of a text that comes in pieces, cut anywhere between two characters.
class WordCounter {
public:
    void add(QStringView text);
    [[nodiscard]] qint64 words() const { return m_words; }

private:
    qint64 m_words = 0;
    bool m_inWord = false;
};

/// The text of a whole chat answer that is charged; Protocol, with the service's own `error.message` where it gave one, when there is none.
[[nodiscard]] Expected<QString> chargedText(QByteArrayView answer);

/// What one event of a streamed chat says to the count.
struct ChargedEvent {
    ChargedEvent() = default;
    enum class Kind {
        Other,    ///< nothing that counts: no data, empty choices, a comment
        Delta,    ///< text of the answer
        Finish,   ///< finish_reason is there: the answer is complete; its own delta is not counted
        Done,     ///< `[DONE]`
        Unreadable, ///< data that is no answer: the stream cannot be counted any more
    };
    Kind kind = Kind::Other;
    QString text;
};
/// Of one event with its lines as they came.
[[nodiscard]] ChargedEvent chargedEvent(QByteArrayView event);

/// Undoes Content-Encoding, wherever the cuts are.
class Unpacker {
public:
    virtual ~Unpacker() = default;
    /// What these bytes are, no more than `maxBytes`: TooLarge beyond, Protocol when they are no such data.
    [[nodiscard]] virtual Expected<QByteArray> unpack(QByteArrayView packed, qsizetype maxBytes) = 0;
    /// Whether the packed data had its end.
    [[nodiscard]] virtual bool complete() const = 0;

    /// For gzip, deflate and br; null for none. Protocol for others.
    [[nodiscard]] static Expected<std::unique_ptr<Unpacker>> forEncoding(QByteArrayView contentEncoding);
};

} // namespace sluice::zerog::detail
