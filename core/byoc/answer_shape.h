#pragma once

#include "sluice/byoc/event_rules.h"

namespace sluice::byoc {

/// Reads an answer that was asked for as an event stream and does not say that it is one, for servers that ignore `stream` or
/// label it wrongly: an event stream after all, lines of JSON as they come, one JSON document or one text. Pure and incremental.
///
/// It was paid for, so it is given as events whatever it is; only what is no text is an error (Protocol), which names its type.
class AnswerShape {
public:
    enum class Shape { Unknown, Events, Lines, Whole };

    AnswerShape(QByteArray contentType, SseParser::Limits limits);

    /// TooLarge beyond the bounds: of an event, or of the whole document.
    [[nodiscard]] Expected<QList<StreamItem>> feed(QByteArrayView bytes);
    /// The connection ended. Exactly one item that isEnd() is given over all calls, unless there is an error.
    [[nodiscard]] Expected<QList<StreamItem>> finish();
    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] Shape shape() const { return m_shape; }

private:
    void recognise();
    [[nodiscard]] Expected<QList<StreamItem>> takeLines();
    void takeLine(QByteArrayView line, QList<StreamItem> &items);
    [[nodiscard]] Expected<QList<StreamItem>> takeWhole();
    [[nodiscard]] Expected<QList<StreamItem>> fromRules(Expected<QList<StreamItem>> items);
    [[nodiscard]] Error tooLarge() const;

    QByteArray m_contentType;
    SseParser::Limits m_limits;
    EventRules m_rules;
    QByteArray m_held; ///< what came and is not given yet
    Shape m_shape = Shape::Unknown;
    bool m_ended = false;
};

} // namespace sluice::byoc
