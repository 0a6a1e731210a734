#pragma once

#include "sluice/backend/run_result.h"
#include "sluice/base/error.h"

#include <QCoro/QCoroTask>

namespace sluice {

/// One accepted call of the verb `stream`, from which events are drawn. Lives on the call's thread and outlives the tasks it gave out.
class EventSource {
public:
    struct Item {
        Item() = default; // no aggregate: see DESIGN.md 3
        enum class Kind {
            Event,
            Balance, ///< `text` is what the server says is left
            Failed,  ///< `event` tells of a failure, which `error` is
            Done,    ///< the mark of a complete answer was seen, or the answer came whole
            Eof,     ///< it ended without one
        };
        Kind kind = Kind::Eof;
        StreamEvent event;
        QString text;
        Error error;
        [[nodiscard]] bool isEnd() const { return kind == Kind::Done || kind == Kind::Eof; }
    };

    virtual ~EventSource() = default;
    /// HTTP's, or 200 where there is none.
    [[nodiscard]] virtual int status() const { return 200; }
    [[nodiscard]] virtual QByteArray contentType() const { return "text/event-stream"; }
    [[nodiscard]] virtual QUrl servedBy() const { return {}; }
    /// The answer is not the stream that was asked for; its pieces come as events all the same.
    [[nodiscard]] virtual bool isOtherShape() const { return false; }
    /// The next item; none may be asked for after the end. Throws what ends the call.
    virtual QCoro::Task<Item> next() = 0;
    /// Ends what goes on beside the events, such as payments. Awaited once, after the last next().
    virtual QCoro::Task<void> close() { co_return; }
};

} // namespace sluice
