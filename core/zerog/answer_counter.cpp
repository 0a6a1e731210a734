#include "sluice/zerog/counting.h"

#include "answer_text_p.h"

#include <algorithm>

namespace sluice::zerog {

using detail::ChargedEvent;
using detail::Unpacker;

namespace {

/// Bytes that are cut into events at a time: a packed piece of a few bytes can be millions of them.
constexpr qsizetype eventsAtOnce = 64 * 1024;

/// Takes whole events from bytes that come cut anywhere; an event ends with a blank line, LF or CRLF.
class EventSplitter {
public:
    explicit EventSplitter(qsizetype maxEventBytes) : m_max(maxEventBytes) {}

    /// TooLarge when an event passes its bound.
    Expected<QList<QByteArray>> feed(QByteArrayView bytes)
    {
        QList<QByteArray> events;
        m_pending.append(bytes);
        for (;;) {
            const qsizetype line = m_pending.indexOf('\n', m_searched);
            if (line < 0)
                break;
            const qsizetype length = line - m_lineStart;
            const bool blank = length == 0 || (length == 1 && m_pending[m_lineStart] == '\r');
            m_searched = m_lineStart = line + 1;
            if (!blank)
                continue;
            events.append(m_pending.first(m_lineStart));
            m_pending.remove(0, m_lineStart);
            m_searched = m_lineStart = 0;
        }
        m_searched = m_pending.size();
        if (m_pending.size() > m_max)
            return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("An event of the service's answer is larger than %1 bytes.").arg(m_max)));
        return events;
    }
    /// What no blank line ended.
    QByteArray rest()
    {
        QByteArray rest;
        m_pending.swap(rest);
        m_searched = m_lineStart = 0;
        return rest;
    }

private:
    qsizetype m_max;
    QByteArray m_pending;
    qsizetype m_searched = 0;  // no LF before this
    qsizetype m_lineStart = 0;
};

AnswerCounter::Piece pieceOf(QByteArrayView bytes, bool completes = false)
{
    AnswerCounter::Piece piece;
    piece.bytes = bytes.toByteArray();
    piece.completes = completes;
    return piece;
}

enum class How {
    Nothing, ///< passed on, counts nothing
    Bytes,   ///< zgStorage: its bytes, the last of which are held back until all are there
    Whole,   ///< a chat's whole answer
    Events,  ///< a chat's stream
};

How howOf(ServiceType type, int status, const Headers &headers)
{
    // Anywhere in the value, as both originals look for it.
    const bool stream = headers::value(headers, "Content-Type").toLower().contains("text/event-stream");
    if (status != 200)
        return How::Nothing;
    if (type == ServiceType::Storage)
        return stream ? How::Nothing : How::Bytes;
    return stream ? How::Events : How::Whole;
}

} // namespace

class AnswerCounter::Private {
public:
    Private(ServiceType type, int status, const Headers &headers, const Limits &limits)
        : m_how(howOf(type, status, headers))
        , m_limits(limits)
        , m_splitter(limits.maxEventBytes)
    {
        if (m_how != How::Whole && m_how != How::Events)
            return;
        auto unpacker = Unpacker::forEncoding(headers::value(headers, "Content-Encoding"));
        if (unpacker)
            m_unpacker = std::move(*unpacker);
        else
            m_unreadable = unpacker.error();
        m_packed = m_unpacker != nullptr || m_unreadable;
    }

    [[nodiscard]] bool streams() const { return m_how != How::Whole; }
    [[nodiscard]] std::optional<U256> count() const { return m_count; }
    [[nodiscard]] bool ended() const { return m_ended && !m_packed; }

    Expected<QList<Piece>> feed(QByteArrayView bytes)
    {
        switch (m_how) {
        case How::Nothing: return QList<Piece>{pieceOf(bytes)};
        case How::Bytes: return holdBack(bytes);
        case How::Whole: return collect(bytes);
        case How::Events: return m_packed ? packedEvents(bytes) : plainEvents(bytes);
        }
        Q_UNREACHABLE();
    }

    Expected<QList<Piece>> finish()
    {
        switch (m_how) {
        case How::Nothing: return QList<Piece>();
        case How::Bytes: {
            m_count = m_bytes;
            QByteArray last;
            m_raw.swap(last);
            return QList<Piece>{pieceOf(last, true)};
        }
        case How::Whole: return whole();
        case How::Events: return lastEvent();
        }
        Q_UNREACHABLE();
    }

private:
    Expected<QList<Piece>> holdBack(QByteArrayView bytes)
    {
        QList<Piece> pieces;
        m_bytes += U256(bytes.size());
        if (!m_raw.isEmpty() && !bytes.isEmpty())
            pieces.append(pieceOf(m_raw));
        if (!bytes.isEmpty())
            m_raw = bytes.toByteArray();
        return pieces;
    }

    Expected<QList<Piece>> collect(QByteArrayView bytes)
    {
        if (m_raw.size() + bytes.size() > m_limits.maxAnswerBytes)
            return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The service's answer is larger than %1 bytes.").arg(m_limits.maxAnswerBytes)));
        m_raw.append(bytes);
        return QList<Piece>();
    }

    Expected<QList<Piece>> whole()
    {
        if (m_unreadable)
            return unexpected(*m_unreadable);
        QByteArray plain = m_raw;
        if (m_unpacker) {
            const auto unpacked = m_unpacker->unpack(m_raw, m_limits.maxAnswerBytes);
            if (!unpacked)
                return unexpected(unpacked.error());
            if (!m_unpacker->complete())
                return unexpected(Error(Error::Kind::Protocol, QStringLiteral("the service's packed answer ends too early")));
            plain = *unpacked;
        }
        const auto text = detail::chargedText(plain);
        if (!text)
            return unexpected(text.error());
        m_count = U256(countWords(*text));
        QByteArray all;
        m_raw.swap(all);
        return QList<Piece>{pieceOf(all, true)};
    }

    /// Whether this event completed the answer.
    bool take(QByteArrayView event)
    {
        if (m_ended)
            return false;
        const ChargedEvent charged = detail::chargedEvent(event);
        if (charged.kind == ChargedEvent::Kind::Done)
            m_ended = true;
        if (m_count)
            return false;
        switch (charged.kind) {
        case ChargedEvent::Kind::Other:
        case ChargedEvent::Kind::Done: return false;
        case ChargedEvent::Kind::Delta: m_words.add(charged.text); return false;
        case ChargedEvent::Kind::Unreadable: m_lost = true; return false;
        case ChargedEvent::Kind::Finish:
            if (m_lost)
                return false;
            m_count = U256(m_words.words());
            return true;
        }
        Q_UNREACHABLE();
    }

    Expected<QList<Piece>> plainEvents(QByteArrayView bytes)
    {
        QList<Piece> pieces;
        if (m_ended)
            return pieces;
        const auto events = m_splitter.feed(bytes);
        if (!events)
            return unexpected(events.error());
        for (const QByteArray &event : *events) {
            const bool completes = take(event);
            pieces.append(pieceOf(event, completes));
            if (m_ended)
                break;
        }
        return pieces;
    }

    /// Packed bytes cannot be cut at events: they go on as they come, and the piece that holds the completing event completes.
    Expected<QList<Piece>> packedEvents(QByteArrayView bytes)
    {
        bool completes = false;
        if (m_unpacker && !m_lost) {
            // Of the whole stream, not of each piece: a provider chooses how small the pieces are that it packs so much into.
            const auto plain = m_unpacker->unpack(bytes, m_limits.maxAnswerBytes - m_unpacked);
            if (!plain)
                return unexpected(plain.error());
            m_unpacked += plain->size();
            for (qsizetype at = 0; at < plain->size(); at += eventsAtOnce) {
                const auto events = m_splitter.feed(QByteArrayView(*plain).sliced(at, std::min(eventsAtOnce, plain->size() - at)));
                if (!events)
                    return unexpected(events.error());
                for (const QByteArray &event : *events)
                    completes = take(event) || completes;
            }
        }
        return QList<Piece>{pieceOf(bytes, completes)};
    }

    Expected<QList<Piece>> lastEvent()
    {
        QList<Piece> pieces;
        const QByteArray rest = m_splitter.rest();
        if (rest.isEmpty() || m_ended)
            return pieces;
        const bool completes = take(rest);
        if (!m_packed || completes)
            pieces.append(pieceOf(m_packed ? QByteArrayView() : QByteArrayView(rest), completes));
        return pieces;
    }

    const How m_how;
    const Limits m_limits;
    EventSplitter m_splitter;
    std::unique_ptr<Unpacker> m_unpacker;
    std::optional<Error> m_unreadable; // an encoding that is not known
    bool m_packed = false;
    bool m_lost = false; // an event could not be read, so that no count is right any more
    bool m_ended = false;
    QByteArray m_raw;
    qsizetype m_unpacked = 0; // of a packed stream
    U256 m_bytes = 0;
    detail::WordCounter m_words;
    std::optional<U256> m_count;
};

AnswerCounter::AnswerCounter(ServiceType type, int status, const Headers &headers)
    : AnswerCounter(type, status, headers, Limits())
{
}

AnswerCounter::AnswerCounter(ServiceType type, int status, const Headers &headers, Limits limits)
    : m_p(std::make_unique<Private>(type, status, headers, limits))
{
}

AnswerCounter::~AnswerCounter() = default;

bool AnswerCounter::streams() const
{
    return m_p->streams();
}

Expected<QList<AnswerCounter::Piece>> AnswerCounter::feed(QByteArrayView bytes)
{
    return m_p->feed(bytes);
}

Expected<QList<AnswerCounter::Piece>> AnswerCounter::finish()
{
    return m_p->finish();
}

std::optional<U256> AnswerCounter::outputCount() const
{
    return m_p->count();
}

bool AnswerCounter::ended() const
{
    return m_p->ended();
}

} // namespace sluice::zerog
