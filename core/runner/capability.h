#pragma once

#include "sluice/base/call_context.h"
#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <chrono>
#include <memory>

namespace sluice {

/// What a second of work costs: `pricePerUnit / priceScaling` of `currency` (byoc.md 2). Whole wei per second are charged.
struct CapabilityPrice {
    qint64 pricePerUnit = 0;
    qint64 priceScaling = 1;
    QString currency = QStringLiteral("wei");
    bool operator==(const CapabilityPrice &) const = default;
};

/// A sample input, ready to run.
struct Example {
    QString title;
    Json input;
};

/// Thrown by a capability when the input fits the schema but is wrong all the same; becomes 422 at the field.
class InputError final : public Error {
public:
    /// `field` is a JSON pointer into the input, e.g. "/image"; `word` is FastAPI's `type`.
    InputError(const QString &field, const QString &message, QString word = QStringLiteral("value_error"))
        : Error(Kind::InvalidInput, message)
        , m_word(std::move(word))
    {
        withField(field);
    }
    [[nodiscard]] QString word() const { return m_word; }
    void raise() const override { throw *this; }
    [[nodiscard]] InputError *clone() const override { return new InputError(*this); }

private:
    QString m_word;
};

class AppSession;

/// What a capability is as an app of a live runner (live-runner.md 3.1).
struct LiveAppOffer {
    QString price;   ///< in dollars, "0.01"; empty: none, which a node on a chain refuses
    QString unit = QStringLiteral("fixed"); ///< "fixed": a call; "hour"; "720p"
    bool needsSession = false; ///< called through sessions, by RunContext::session(); otherwise a call at a time
    bool proxy = false;        ///< callers get an address that does not show the session
    bool operator==(const LiveAppOffer &) const = default;
};

/// What one running call is told. Thread-safe; valid while the call runs.
class RunContext final {
public:
    RunContext() = default;
    RunContext(CancelToken cancel, QDeadlineTimer deadline)
        : m_cancel(std::move(cancel))
        , m_deadline(deadline)
    {
    }

    /// True once the client is gone, the time is over or the runner stops: finish soon, the answer is not wanted any more.
    [[nodiscard]] bool isCanceled() const { return m_cancel.isCanceled() || m_deadline.hasExpired(); }
    /// Throws Canceled or Timeout when isCanceled(). Call it between the steps of long work.
    void check() const;
    /// Waits, at most until cancellation or the deadline; false in that case.
    bool wait(std::chrono::milliseconds time) const;
    [[nodiscard]] CancelToken cancelToken() const { return m_cancel; }
    /// Of a call that came through a live runner; null for all others.
    [[nodiscard]] const std::shared_ptr<AppSession> &session() const { return m_session; }
    void setSession(std::shared_ptr<AppSession> session) { m_session = std::move(session); }
    [[nodiscard]] QDeadlineTimer deadline() const { return m_deadline; }

private:
    CancelToken m_cancel;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever};
    std::shared_ptr<AppSession> m_session;
};

/// The answer of a PredictCapability: JSON, or bytes with their media type.
struct PredictResult {
    QByteArray contentType = "application/json";
    QByteArray body;
    Json metadata; ///< optional object; reaches the client as the header `X-Metadata` (byoc.md 4.5), up to 4 KiB of JSON

    static PredictResult json(const Json &value) { return {"application/json", value.dump(), {}}; }
    static PredictResult bytes(QByteArray data, QByteArray type) { return {std::move(type), std::move(data), {}}; }
};

/// Where a StreamCapability puts its events. Used by generate(), on its thread.
class EventSink {
public:
    virtual ~EventSink() = default;
    /// One server-sent event. Waits while the client reads slower than this writes. False once the client is gone: return then.
    /// Throws Error (TooLarge) for a line of more than 60 KiB, which an orchestrator would not relay (byoc.md 4.6).
    virtual bool send(const QByteArray &data) = 0;
    bool send(const Json &data) { return send(data.dump()); }
};

/// One thing that a worker offers. Implement PredictCapability, StreamCapability or LiveCapability, not this.
///
/// The describing functions are called once, when it is served. The working function is called on threads of the runner,
/// several at a time, so it keeps no state of its own that is not protected. Whatever it throws becomes an answer and
/// never stops the worker: InputError and Error of kind InvalidInput 422, everything else 500 with its text.
class Capability {
public:
    enum class Kind { Predict, Stream, Live };

    virtual ~Capability() = default;
    [[nodiscard]] virtual Kind kind() const = 0;

    /// Key on the network and first part of its path: letters, digits, '-', '_' and '.'.
    [[nodiscard]] virtual QString name() const = 0;
    /// What it does, in plain words; says what it is and what it is not.
    [[nodiscard]] virtual QString description() const = 0;
    [[nodiscard]] virtual QString version() const = 0;
    /// JSON Schema of the input (client-sdk.md 4.3). Input that does not fit never reaches the capability.
    [[nodiscard]] virtual Json inputSchema() const = 0;
    /// JSON Schema of the answer; its `x-output` names the kind: json, image, text, text_stream, …
    [[nodiscard]] virtual Json outputSchema() const = 0;
    [[nodiscard]] virtual CapabilityPrice price() const = 0;
    /// Calls it takes at a time.
    [[nodiscard]] virtual int capacity() const { return 1; }
    /// How it is offered where the runner registers live-runner apps.
    [[nodiscard]] virtual LiveAppOffer liveApp() const { return {}; }
    [[nodiscard]] virtual QList<Example> examples() const { return {}; }
    /// Route below the capability's URL that clients call.
    [[nodiscard]] virtual QString path() const { return QStringLiteral("predict"); }
};

/// Input in, one answer out.
class PredictCapability : public Capability {
public:
    [[nodiscard]] Kind kind() const final { return Kind::Predict; }
    /// Does the work. The input fits inputSchema(), with the defaults of missing top-level properties filled in.
    [[nodiscard]] virtual PredictResult predict(const Json &input, const RunContext &context) = 0;
};

/// Input in, server-sent events out.
class StreamCapability : public Capability {
public:
    [[nodiscard]] Kind kind() const final { return Kind::Stream; }
    /// Sends the events and returns; the runner adds the final `[DONE]`. What is thrown before the first event becomes an
    /// error status, after it an event `{"error": "…"}` (client-sdk.md 3.5).
    virtual void generate(const Json &input, EventSink &sink, const RunContext &context) = 0;
    /// For clients that ask with `"stream": false`: the events as one answer. Null (the default): they get the stream anyway.
    [[nodiscard]] virtual Json collected(const QList<QByteArray> &events) const
    {
        Q_UNUSED(events)
        return {};
    }
};

} // namespace sluice
