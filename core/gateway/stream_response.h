#pragma once

#include "sluice/base/error.h"
#include "sluice/backend/run_result.h"
#include "sluice/gateway/call_handle.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>
#include <optional>

namespace sluice {

/// A stream of server-sent events (client-sdk.md 2.2). Exists before its connection does.
///
/// Either connect to event() or pull with next(), not both: mixing them is a programming error and asserts.
/// Belongs to its creator's thread; destroying it closes the connection and gives unspent reservations back.
class StreamResponse : public QObject, public CallHandle {
    Q_OBJECT
public:
    /// Done: the `[DONE]` mark was seen, or the answer came whole; Eof: the connection ended without it; Closed: by close().
    enum class End { Done, Eof, Closed, Failed };
    Q_ENUM(End)

    ~StreamResponse() override;
    StreamResponse(const StreamResponse &) = delete;
    StreamResponse &operator=(const StreamResponse &) = delete;

    /// Pull mode: the next event, or nothing at the end; a failure is the future's exception.
    QFuture<std::optional<StreamEvent>> next();
    /// Ends the stream; idempotent. No signal follows after it returns.
    void close();

    /// Private to the library: what the stream shares with the coroutine that feeds it.
    class Private;

Q_SIGNALS:
    void opened(int status);
    void event(const sluice::StreamEvent &event);
    /// Wei text with up to three decimals, as the orchestrator wrote it.
    void balance(const QString &wei);
    void paymentChanged(const sluice::Payment &payment);
    /// Emitted once, unless close() came first. After Failed, failed() has told why.
    void finished(sluice::StreamResponse::End end);
    void failed(const sluice::Error &error);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    friend class Gateway;
    explicit StreamResponse(std::shared_ptr<Private> d);
    std::shared_ptr<Private> d;
};

} // namespace sluice
