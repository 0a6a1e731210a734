#include "profile_call_p.h"

#include "ask_there_p.h"

#include "sluice/base/async.h"
#include "sluice/base/file_text.h"
#include "sluice/base/follow.h"
#include "sluice/gateway/run_call.h"
#include "sluice/gateway/stream_response.h"

namespace sluice::endpoint {

namespace {

constexpr std::chrono::milliseconds RecordingTime{3'000};

/// What named a file that was fetched, with the file inside: nobody but this program can ask for it again. Several stand in the content.
QByteArray withFiles(const RunResult &result)
{
    if (result.files.size() != 1)
        return result.content;
    const ResultFile &file = result.files.first();
    return result.json.replaced(file.pointer, dataUri(file.contentType, file.content)).dump();
}

/// One event as it stands in a stream.
QByteArray written(const StreamEvent &event)
{
    QByteArray bytes;
    if (event.event)
        bytes += "event: " + event.event->toUtf8() + '\n';
    for (const QByteArray &line : event.data.toUtf8().split('\n'))
        bytes += "data: " + line + '\n';
    return bytes + '\n';
}

} // namespace

/// Of the Gateway's thread.
class ProfileCall::Work {
public:
    std::unique_ptr<StreamResponse> stream;
    RunCall run;
    bool opened = false;
};

ProfileCall::ProfileCall(std::shared_ptr<QObject> there, boost::asio::any_io_executor executor, std::shared_ptr<CallBook> book, QString id)
    : m_there(std::move(there))
    , m_executor(std::move(executor))
    , m_book(std::move(book))
    , m_id(std::move(id))
    , m_work(std::make_shared<Work>())
{
}

ProfileCall::~ProfileCall()
{
    close();
}

void ProfileCall::close()
{
    if (std::exchange(m_closed, true))
        return;
    QMetaObject::invokeMethod(
        m_there.get(),
        [work = m_work] {
            if (work->stream)
                work->stream->close();
            work->stream.reset();
            work->run.cancel();
        },
        Qt::QueuedConnection);
}

Error ProfileCall::notConnected()
{
    return Error(Error::Kind::Network, QStringLiteral("The playground is not connected to its network at the moment."));
}

boost::asio::awaitable<std::optional<Error>> ProfileCall::begin(std::shared_ptr<Seat> seat, Call call)
{
    const bool streamed = call.verb == Verb::Stream;
    const std::function<void(std::function<void(Head)>)> work = [work = m_work, there = m_there, book = m_book, id = m_id, seat, call, streamed](
                                                                      const std::function<void(Head)> &done) {
        Gateway *gateway = seat->gateway;
        if (!gateway) {
            Head head;
            head.error = notConnected();
            done(head);
            return;
        }
        if (streamed) {
            work->stream = gateway->stream(call);
            if (book)
                book->began(id, call, *work->stream);
            QObject::connect(work->stream.get(), &StreamResponse::opened, there.get(), [work, done](int status) {
                work->opened = true;
                Head head;
                head.status = status;
                head.contentType = "text/event-stream";
                done(head);
            });
            QObject::connect(work->stream.get(), &StreamResponse::failed, there.get(), [work, done](const Error &error) {
                if (work->opened)
                    return;
                Head head;
                head.error = error;
                done(head);
            });
            return;
        }
        work->run = gateway->run(call);
        if (book)
            book->began(id, call, work->run);
        follow(
            static_cast<const QFuture<RunResult> &>(work->run), there.get(),
            [done, book, id](const RunResult &result) {
                if (book)
                    book->answered(id, result.runId, result.json);
                Head head;
                head.status = result.status == 0 ? 200 : result.status;
                head.contentType = result.files.isEmpty() ? result.contentType : QByteArray("application/json");
                head.body = withFiles(result);
                done(head);
            },
            [done](const Error &error) {
                Head head;
                head.error = error;
                done(head);
            },
            [done] {
                Head head;
                head.error = Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
                done(head);
            });
    };
    const Head head = co_await askThere<Head>(m_there, work);
    if (head.error)
        co_return head.error;
    m_status = head.status;
    m_headers = headers::contentType(head.contentType);
    if (!streamed)
        m_whole = head.body;
    co_return std::nullopt;
}

boost::asio::awaitable<ProfileCall::Spent> ProfileCall::spent()
{
    const std::function<void(std::function<void(Spent)>)> work = [work = m_work, there = m_there](const std::function<void(Spent)> &done) {
        CallHandle handle;
        if (work->stream)
            handle = *work->stream;
        else
            handle = work->run;
        if (!handle.isValid())
            return done(Spent());
        const auto tell = [handle, done] {
            const Payment payment = handle.payment();
            done({handle.runId(), payment.paidWei, payment.chargedWei});
        };
        follow(atMost(handle.recorded(), RecordingTime), there.get(), tell, [tell](const Error &) { tell(); });
    };
    const Spent found = co_await askThere<Spent>(m_there, work);
    co_return found;
}

boost::asio::awaitable<QByteArray> ProfileCall::read()
{
    if (m_whole)
        co_return std::exchange(*m_whole, {});
    if (m_closed)
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was ended."));
    struct Piece {
        QByteArray bytes;
        std::optional<Error> error;
    };
    const std::function<void(std::function<void(Piece)>)> work = [work = m_work, there = m_there, book = m_book, id = m_id](const std::function<void(Piece)> &done) {
        const auto failed = [done](const Error &error) {
            Piece piece;
            piece.error = error;
            done(piece);
        };
        const Error ended(Error::Kind::Canceled, QStringLiteral("The call was ended."));
        if (!work->stream)
            return failed(ended);
        follow(
            work->stream->next(), there.get(),
            [done, book, id, runId = work->stream->runId()](const std::optional<StreamEvent> &event) {
                if (book && event)
                    book->heard(id, runId, event->data);
                Piece piece;
                if (event)
                    piece.bytes = written(*event);
                done(piece);
            },
            failed, [failed, ended] { failed(ended); });
    };
    const Piece piece = co_await askThere<Piece>(m_there, work);
    if (piece.error)
        throw *piece.error;
    co_return piece.bytes;
}

} // namespace sluice::endpoint
