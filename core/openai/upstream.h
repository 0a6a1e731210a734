#pragma once

#include "sluice/net/headers.h"
#include "sluice/openai/api_error.h"
#include "sluice/openai/dialect.h"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace sluice::openai {

/// A request on its way to an upstream.
struct UpstreamRequest {
    UpstreamRequest() = default; // no aggregate: see DESIGN.md 3
    QByteArray method = "POST";
    QByteArray path; ///< below the upstream's base: "/llm", "/chat/completions", "/text-to-image"
    bool fromOrigin = false; ///< `path` begins at the upstream's origin, as relative addresses in its answers do; it may be a whole address there
    QString model;   ///< what the request is for, where it says so; an upstream of many capabilities chooses by it
    Headers headers; ///< what is the caller's to say: `Content-Type`, `Prefer`
    QByteArray body;
    QString requestId; ///< of the caller's request, for the log
};

/// Why an upstream gave no answer.
struct UpstreamFailure {
    UpstreamFailure() = default;
    UpstreamFailure(ApiError apiError, bool mayBePaid)
        : error(std::move(apiError))
        , accepted(mayBePaid)
    {
    }
    ApiError error;
    bool accepted = false; ///< the request may have been taken, and paid for: nobody must send it again unasked
};

/// An answer whose head is there and whose body is still arriving. Dropping it ends the call.
class UpstreamReply {
public:
    virtual ~UpstreamReply() = default;
    [[nodiscard]] virtual int status() const = 0;
    [[nodiscard]] virtual const Headers &headers() const = 0;
    /// The next bytes as they come; empty at the clean end. Throws sluice::Error when it is cut.
    virtual boost::asio::awaitable<QByteArray> read() = 0;
    /// Ends the call at once; a read that waits ends with Canceled.
    virtual void close() = 0;
};

/// A model as a list names it (openai.md 6.5).
struct Model {
    Model() = default;
    QString id;
    qint64 created = 0;
    QString ownedBy;
    Json extra = Json::object(); ///< what else an upstream tells
};

/// Where a server's requests go: a Livepeer AI gateway, another OpenAI-compatible server, or the capabilities of a profile. One call of
/// send() is one request upstream, whatever happens. Used on the I/O thread, by many requests at once; cancelling a coroutine
/// (a cancellation slot, `||`) ends what it began.
class Upstream {
public:
    virtual ~Upstream() = default;
    /// What the upstream speaks for this model. May ask the upstream what it is, once and never with a prompt.
    virtual boost::asio::awaitable<Expected<Dialect, UpstreamFailure>> dialect(QString model) = 0;
    /// Sends, and returns when the head of an answer is there, whatever its status.
    virtual boost::asio::awaitable<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>> send(UpstreamRequest request) = 0;
    /// What it offers; an empty list where it does not tell.
    virtual boost::asio::awaitable<Expected<QList<Model>, UpstreamFailure>> models() = 0;
    /// The server that used it has stopped: nothing may be left on the I/O thread.
    virtual void rest() { }
    /// What it is, for the log and the panel: "gateway http://127.0.0.1:9935".
    [[nodiscard]] virtual QString title() const = 0;
};

} // namespace sluice::openai
