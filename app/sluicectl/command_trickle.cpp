#include "await.h"
#include "command_words.h"
#include "commands.h"
#include "connection.h"
#include "interrupt.h"
#include "serving.h"
#include "stdin_lines.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/base/json.h"
#include "sluice/net/http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/server.h"
#include "sluice/trickle/subscriber.h"

#include <QtCore/QTimer>

#include <deque>

namespace sluice::ctl {

namespace {

using namespace std::chrono_literals;

/// The channel's address, checked.
QUrl channelFrom(const CommandLine &line)
{
    const QString text = line.arguments().value(0);
    const QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty() || url.path().size() < 2 || url.path().endsWith(QLatin1Char('/')))
        throw Error(Error::Kind::InvalidInput, Text::tr("\"%1\" is not a channel's address.").arg(text))
            .withAdvice(Text::tr("Write it whole, e.g. http://127.0.0.1:2939/mychannel."));
    return url;
}

/// What the network parts of one invocation need.
struct Network {
    std::shared_ptr<UserData> data = openUserData();
    TlsTrust trust{data->pins()};
    IoThread io;
    [[nodiscard]] std::shared_ptr<AsioTls> tls() { return AsioTls::trusting(trust, TrustPolicy::PinOnFirstUse); }
};

// serve

CommandLine serveLine()
{
    CommandLine line(QStringLiteral("trickle serve"), QStringLiteral("[options]"),
        Text::tr("Serves trickle channels on this machine until Ctrl-C. Without --autocreate only channels of the changefeed exist."));
    line.addOption({QStringLiteral("port")}, Text::tr("Port; default: a free one."), QStringLiteral("N"));
    line.addOption({QStringLiteral("host")},
        Text::tr("A name by which clients reach this server besides the addresses of this machine; may be repeated."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("path")}, Text::tr("Where channels lie, e.g. /ai/trickle/; default /."), QStringLiteral("PATH"));
    line.addOption({QStringLiteral("autocreate")}, Text::tr("A channel is made by whoever writes to it first."));
    line.addOption({QStringLiteral("changefeed")}, Text::tr("Channel _changes tells of channels that come and go."));
    line.addOption({QStringLiteral("idle")}, Text::tr("Remove a channel when its last segment began so long ago; default 300000."), QStringLiteral("MS"));
    line.addOption({QStringLiteral("sweep")}, Text::tr("How often to look for such channels; default 60000."), QStringLiteral("MS"));
    line.addJson();
    line.addNote(Text::tr("The first line of standard output says where it listens: an address, or with --json {\"event\":\"ready\",\"url\":…}."));
    line.addExample(QStringLiteral("sluicectl trickle serve --port 2939 --autocreate"), Text::tr("A server for other people's publishers and readers."));
    return line;
}

QCoro::Task<int> serve(QStringList arguments)
{
    CommandLine line = serveLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    trickle::ServerOptions options;
    if (line.has(QStringLiteral("path")))
        options.basePath = line.value(QStringLiteral("path")).toUtf8();
    if (!options.basePath.startsWith('/') || !options.basePath.endsWith('/'))
        co_return line.refuse(Text::tr("--path begins and ends with a slash."));
    options.autocreate = line.has(QStringLiteral("autocreate"));
    options.changefeed = line.has(QStringLiteral("changefeed"));
    options.idleTimeout = std::chrono::milliseconds(line.number(QStringLiteral("idle"), 300'000, 1, 1'000'000'000));
    options.sweepPeriod = std::chrono::milliseconds(line.number(QStringLiteral("sweep"), 60'000, 1, 1'000'000'000));
    IoThread io;
    trickle::Server channels(io, options);
    HttpServerOptions http;
    http.port = quint16(line.number(QStringLiteral("port"), 0, 1, 65535));
    http.hosts = line.values(QStringLiteral("host"));
    http.streamsBody = [&channels](const ServerRequest &head) { return channels.streamsBody(head); };
    HttpServer server(io, http, [&channels](ServerRequest request, ServerResponse &response) -> boost::asio::awaitable<void> {
        if (channels.owns(request.path))
            co_await channels.handle(std::move(request), response);
        else
            co_await response.sendText(404, "404 page not found");
    });
    orThrow(server.listen());
    const QString url = server.origin() + QString::fromLatin1(options.basePath);
    writeReady(line.json(), url);
    QCoro::Task<int> serving = serveUntilStopped(&server);
    co_return co_await serving;
}

// publish

CommandLine publishLine()
{
    CommandLine line(QStringLiteral("trickle publish"), QStringLiteral("URL [options] < INPUT"),
        Text::tr("Writes standard input to a channel, which is made where the server allows it. Bytes leave as they come; the channel\n"
                 "ends with the input."));
    line.addOption({QStringLiteral("type")}, Text::tr("MIME type of a channel that is made; default application/octet-stream."), QStringLiteral("MIME"));
    line.addOption({QStringLiteral("segment-lines")}, Text::tr("Lines in one segment; default 1."), QStringLiteral("N"));
    line.addOption({QStringLiteral("segment-bytes")}, Text::tr("Bytes in one segment, whatever stands in them."), QStringLiteral("N"));
    line.addOption({QStringLiteral("whole")}, Text::tr("The whole input is one segment."));
    line.addOption({QStringLiteral("keep")}, Text::tr("Leave the channel open at the end of the input."));
    line.addJson();
    line.addExample(QStringLiteral("date | sluicectl trickle publish http://127.0.0.1:2939/clock --type text/plain"), Text::tr("One line, one segment."));
    line.addExample(QStringLiteral("sluicectl trickle publish http://127.0.0.1:2939/video --type video/mp2t --segment-bytes 188000 < a.ts"), Text::tr("A file in pieces."));
    return line;
}

/// Hands standard input to a publisher, as fast as the publisher takes it.
class Feeder final : public QObject {
    Q_OBJECT
public:
    struct Cut {
        qint64 lines = 1;
        qint64 bytes = 0; ///< instead of lines
        bool whole = false;
    };
    Feeder(trickle::Publisher &publisher, Cut cut)
        : m_publisher(publisher)
        , m_cut(cut)
    {
        m_done.start();
        m_retry.setInterval(10ms);
        connect(&m_retry, &QTimer::timeout, this, &Feeder::pump);
        connect(&m_input, &StdinLines::line, this, [this](const QByteArray &bytes) {
            m_waiting.push_back(bytes);
            pump();
        });
        connect(&m_input, &StdinLines::ended, this, [this] {
            m_ended = true;
            pump();
        });
        m_input.start(cut.whole || cut.bytes > 0);
    }
    [[nodiscard]] QFuture<void> done() const { return m_done.future(); }
    void finish()
    {
        m_retry.stop();
        if (!m_done.future().isFinished())
            m_done.finish();
    }

private:
    void pump()
    {
        while (!m_waiting.empty()) {
            if (m_publisher.isTerminal())
                return finish();
            if (!send(m_waiting.front())) {
                m_retry.start();
                return;
            }
            m_waiting.pop_front();
            m_input.taken();
        }
        m_retry.stop();
        if (m_ended)
            finish();
    }
    /// Takes off the front of `bytes` what was sent; false when something is left.
    bool send(QByteArray &bytes)
    {
        while (!bytes.isEmpty()) {
            const qsizetype room = m_cut.bytes > 0 ? qsizetype(m_cut.bytes - m_sent) : bytes.size();
            const QByteArray piece = bytes.left(room);
            if (!m_publisher.write(piece))
                return false;
            bytes.remove(0, piece.size());
            m_sent += piece.size();
            const bool full = m_cut.bytes > 0 ? m_sent >= m_cut.bytes : !m_cut.whole && ++m_lines >= m_cut.lines;
            if (full) {
                m_publisher.nextSegment();
                m_sent = 0;
                m_lines = 0;
            }
        }
        return true;
    }

    trickle::Publisher &m_publisher;
    const Cut m_cut;
    StdinLines m_input;
    std::deque<QByteArray> m_waiting;
    QTimer m_retry;
    QPromise<void> m_done;
    qint64 m_sent = 0;
    qint64 m_lines = 0;
    bool m_ended = false;
};

/// `POST /channel`: idempotent (trickle.md 1.1).
QCoro::Task<void> makeChannel(std::shared_ptr<Network> network, QUrl channel, QByteArray mimeType)
{
    HttpClient client(network->trust);
    HttpRequest request;
    request.method = "POST";
    request.url = channel;
    request.headers = Headers{{trickle::header::ExpectContent, mimeType}};
    request.trust = TrustPolicy::PinOnFirstUse;
    CallContext context;
    const CallContext limited = context.within(10s);
    const HttpResponse response = co_await client.send(request, limited);
    if (response.status == 404)
        throw Error(Error::Kind::Http, Text::tr("There is no channel %1, and the server makes none.").arg(channel.toString()))
            .withAdvice(Text::tr("Start the server with --autocreate, or have the channel made there.")).withRequest("POST", channel).withHttp(404, response.body);
    if (response.status != 200)
        throw Error(Error::Kind::Http, Text::tr("The channel was not made: %1 %2").arg(response.status).arg(QString::fromUtf8(response.body.left(200)).trimmed()))
            .withRequest("POST", channel).withHttp(response.status, response.body);
}

QCoro::Task<int> publish(QStringList arguments)
{
    CommandLine line = publishLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    Feeder::Cut cut;
    cut.lines = line.number(QStringLiteral("segment-lines"), 1, 1, 1'000'000'000);
    cut.bytes = line.number(QStringLiteral("segment-bytes"), 0, 1, 1'000'000'000);
    cut.whole = line.has(QStringLiteral("whole"));
    trickle::PublisherOptions options;
    options.channel = channelFrom(line);
    options.mimeType = line.has(QStringLiteral("type")) ? line.value(QStringLiteral("type")).toUtf8() : QByteArray("application/octet-stream");
    options.onFailure = trickle::PublisherOptions::OnFailure::Resend;
    options.deleteOnClose = !line.has(QStringLiteral("keep"));
    const auto network = std::make_shared<Network>();
    co_await makeChannel(network, options.channel, options.mimeType);
    options.tls = network->tls();
    trickle::Publisher publisher(network->io, options);
    Feeder feeder(publisher, cut);
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &feeder, &Feeder::finish);
    const QFuture<void> fed = feeder.done();
    co_await outcomeOf(fed);
    const QFuture<void> closed = publisher.close();
    co_await outcomeOf(closed);
    const trickle::PublisherStats stats = publisher.stats();
    if (line.json())
        writeOut(Json{{QStringLiteral("type"), "end"}, {QStringLiteral("segments"), stats.segmentsCompleted},
                     {QStringLiteral("bytes"), stats.bytesSent}, {QStringLiteral("dropped"), stats.chunksDropped}}.dump()
            + '\n');
    else
        writeErr(Text::tr("%1 bytes in %2 segments.").arg(stats.bytesSent).arg(stats.segmentsCompleted));
    if (const auto error = publisher.terminalError())
        throw *error;
    co_return ExitOk;
}

// subscribe

CommandLine subscribeLine()
{
    CommandLine line(QStringLiteral("trickle subscribe"), QStringLiteral("URL [options]"),
        Text::tr("Writes what comes on a channel to standard output, until the channel ends or Ctrl-C."));
    line.addOption({QStringLiteral("from")}, Text::tr("live: the segment being written now, from its start (default);\nnext: the one that begins next; or a sequence number."),
        QStringLiteral("live|next|N"));
    line.addOption({QStringLiteral("segments")}, Text::tr("End after so many segments."), QStringLiteral("N"));
    line.addJson();
    line.addNote(Text::tr("With --json each line is one event: begin {seq, mime}, bytes {seq, text or base64}, segment {seq, complete}, gap {seq, next}, end."));
    line.addExample(QStringLiteral("sluicectl trickle subscribe http://127.0.0.1:2939/clock"), Text::tr("Everything from now on."));
    return line;
}

class Reader final : public QObject {
    Q_OBJECT
public:
    Reader(qint64 segments, bool json)
        : m_segments(segments)
        , m_json(json)
    {
        m_done.start();
    }
    [[nodiscard]] QFuture<void> done() const { return m_done.future(); }
    [[nodiscard]] std::optional<Error> error() const { return m_error; }
    void finish()
    {
        if (!m_done.future().isFinished())
            m_done.finish();
    }
    void take(const trickle::SubscriberEvent &event)
    {
        using Type = trickle::SubscriberEvent::Type;
        if (m_done.future().isFinished())
            return;
        switch (event.type) {
        case Type::SegmentBegin:
            say(Json{{QStringLiteral("type"), "begin"}, {QStringLiteral("seq"), event.seq}, {QStringLiteral("mime"), QString::fromLatin1(event.mimeType)}});
            break;
        case Type::Bytes:
            bytes(event);
            break;
        case Type::SegmentEnd:
            say(Json{{QStringLiteral("type"), "segment"}, {QStringLiteral("seq"), event.seq}, {QStringLiteral("complete"), event.complete}});
            if (m_segments > 0 && --m_segments == 0)
                finish();
            break;
        case Type::Gap:
            say(Json{{QStringLiteral("type"), "gap"}, {QStringLiteral("seq"), event.seq}, {QStringLiteral("next"), event.next}});
            if (!m_json && event.next > event.seq)
                writeErr(Text::tr("Segments %1 to %2 were missed.").arg(event.seq).arg(event.next - 1));
            break;
        case Type::End:
            m_error = event.error;
            say(Json{{QStringLiteral("type"), "end"}});
            finish();
            break;
        }
    }

private:
    void say(const Json &json) const
    {
        if (m_json)
            writeOut(json.dump() + '\n');
    }
    void bytes(const trickle::SubscriberEvent &event) const
    {
        if (!m_json)
            return writeOut(event.bytes);
        Json json{{QStringLiteral("type"), "bytes"}, {QStringLiteral("seq"), event.seq}};
        const QString text = QString::fromUtf8(event.bytes);
        if (text.toUtf8() == event.bytes)
            json.insert(QStringLiteral("text"), text);
        else
            json.insert(QStringLiteral("base64"), QString::fromLatin1(bytes::toBase64(event.bytes)));
        say(json);
    }

    qint64 m_segments;
    bool m_json;
    std::optional<Error> m_error;
    QPromise<void> m_done;
};

/// Pulls events one after the other, so that a slow standard output slows the reading down.
QCoro::Task<void> pull(trickle::Subscriber &subscriber, Reader &reader)
{
    while (!reader.done().isFinished()) {
        const QFuture<trickle::SubscriberEvent> next = subscriber.next();
        const trickle::SubscriberEvent event = co_await settled(next);
        reader.take(event);
    }
}

QCoro::Task<int> subscribe(QStringList arguments)
{
    CommandLine line = subscribeLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    trickle::SubscriberOptions options;
    options.channel = channelFrom(line);
    const QString from = line.value(QStringLiteral("from"));
    if (from == QLatin1String("next"))
        options.start = trickle::NextSegment;
    else if (!from.isEmpty() && from != QLatin1String("live"))
        options.start = line.number(QStringLiteral("from"), 0, 0, std::numeric_limits<qint64>::max() - 1);
    const qint64 segments = line.number(QStringLiteral("segments"), 0, 1, std::numeric_limits<qint64>::max());
    const auto network = std::make_shared<Network>();
    options.tls = network->tls();
    options.giveUpAfter = 10s;
    trickle::Subscriber subscriber(network->io, options);
    Reader reader(segments, line.json());
    const auto end = [&] {
        reader.finish();
        subscriber.stop();
    };
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &reader, end);
    QObject::connect(&Output::instance(), &Output::readerGone, &reader, end);
    Output::instance().watchReader();
    co_await pull(subscriber, reader);
    subscriber.stop();
    if (const auto error = reader.error())
        throw *error;
    if (Interrupt::instance().happened())
        co_return ExitCanceled;
    co_return ExitOk;
}

} // namespace

QCoro::Task<int> trickleCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("trickle"), QStringLiteral("serve|publish|subscribe [options]"),
        Text::tr("The channels of live jobs by themselves, with any server: byte segments over HTTP, read while they are written.\n"
                 "  serve      serve channels on this machine\n"
                 "  publish    write standard input to a channel\n"
                 "  subscribe  write a channel to standard output\n"
                 "Each has --help."));
    line.addExample(QStringLiteral("sluicectl trickle serve --port 2939 --autocreate"), Text::tr("In one terminal."));
    line.addExample(QStringLiteral("ping localhost | sluicectl trickle publish http://127.0.0.1:2939/ping --type text/plain"), Text::tr("In another one."));
    line.addExample(QStringLiteral("sluicectl trickle subscribe http://127.0.0.1:2939/ping"), Text::tr("In a third one."));
    const QList<CommandWord> words{{"serve", &serve}, {"publish", &publish}, {"subscribe", &subscribe}};
    QCoro::Task<int> running = runWord(&line, words, arguments);
    co_return co_await running;
}

} // namespace sluice::ctl

#include "command_trickle.moc"
