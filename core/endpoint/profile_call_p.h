#pragma once

#include "call_book_p.h"
#include "sluice/endpoint/seat.h"

#include "sluice/backend/call.h"
#include "sluice/openai/upstream.h"

#include <QtCore/QObject>

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>

namespace sluice::endpoint {

/// One call of the Gateway, made, read and ended on the Gateway's thread by a coroutine of the I/O thread. Dropping it ends the call.
class ProfileCall final : public openai::UpstreamReply {
public:
    /// `book` is told of it as the request `id`; it may be null.
    ProfileCall(std::shared_ptr<QObject> there, boost::asio::any_io_executor executor, std::shared_ptr<CallBook> book, QString id);
    ~ProfileCall() override;

    /// Returns when the head of an answer is there. An error: what the Gateway says.
    boost::asio::awaitable<std::optional<Error>> begin(std::shared_ptr<Seat> seat, Call call);
    [[nodiscard]] static Error notConnected();

    /// What the call cost: once it has been written down, or as far as is known when that takes too long.
    struct Spent {
        QString runId;
        QString paidWei;
        std::optional<QString> chargedWei;
    };
    boost::asio::awaitable<Spent> spent();

    [[nodiscard]] int status() const override { return m_status; }
    [[nodiscard]] const Headers &headers() const override { return m_headers; }
    boost::asio::awaitable<QByteArray> read() override;
    void close() override;

private:
    class Work;
    struct Head {
        int status = 0;
        QByteArray contentType;
        QByteArray body; ///< of a whole answer
        std::optional<Error> error;
    };

    std::shared_ptr<QObject> m_there;
    boost::asio::any_io_executor m_executor;
    std::shared_ptr<CallBook> m_book;
    QString m_id;
    std::shared_ptr<Work> m_work;
    int m_status = 0;
    Headers m_headers;
    std::optional<QByteArray> m_whole;
    bool m_closed = false;
};

} // namespace sluice::endpoint
