#pragma once

#include "sluice/net/http_parser_p.h"

#include "sluice/base/error.h"

#include <limits>
#include <optional>

namespace sluice {

/// One answer as it arrives at a client, whatever its socket: interim answers (1xx) are counted and skipped, the final one is collected
/// within its bounds. Pure.
class HttpAnswer final {
public:
    using ErrorCode = boost::beast::error_code;
    struct Bounds {
        qsizetype headBytes = 64 * 1024;
        qsizetype bodyBytes = std::numeric_limits<qsizetype>::max();
        int interims = std::numeric_limits<int>::max();
    };

    /// `method`: of the request; the answer to HEAD has no body.
    HttpAnswer(const Bounds &bounds, const QByteArray &method);

    /// Lets `101 Switching Protocols` be the answer: what follows its head is not this object's.
    void takeUpgrade() { m_takesUpgrade = true; }
    /// Takes from `in` what it can. No error means: feed more when there is more, unless isDone().
    [[nodiscard]] ErrorCode parse(QByteArray &in);
    /// The connection has ended. No error when that was the answer's end as well.
    [[nodiscard]] ErrorCode endOfInput();
    /// What parse() found wrong, in words: TooLarge or Protocol.
    [[nodiscard]] Error error(const ErrorCode &code, const QString &server) const;

    /// The final answer's head is complete.
    [[nodiscard]] bool isHeadDone() const { return m_parser->is_header_done(); }
    [[nodiscard]] bool isDone() const { return m_parser->is_done(); }
    /// Both sides may go on with this connection once it is done.
    [[nodiscard]] bool keepsAlive() const { return m_parser->keep_alive(); }
    [[nodiscard]] int status() const { return m_parser->status; }
    [[nodiscard]] const Headers &headers() const { return m_parser->headers; }
    [[nodiscard]] int interims() const { return m_interims; }
    /// The body as far as it has arrived and was not taken.
    [[nodiscard]] const QByteArray &body() const { return m_parser->body; }
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_parser->body, {}); }
    void setMaxBodyBytes(qsizetype bytes) { m_parser->setMaxBodyBytes(bytes); }

private:
    void begin();

    Bounds m_bounds;
    bool m_isHead;
    bool m_takesUpgrade = false;
    int m_interims = 0;
    std::optional<HttpParser<false>> m_parser;
};

} // namespace sluice
