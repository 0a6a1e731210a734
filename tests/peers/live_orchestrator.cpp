#include "peers/live_orchestrator.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <future>

namespace sluice::test {

using boost::asio::awaitable;

namespace {

constexpr qint64 TicketValue = 8'000'000'000;

trickle::ServerOptions trickleOptions()
{
    trickle::ServerOptions options;
    options.basePath = "/ai/trickle/";
    return options;
}

} // namespace

LiveOrchestrator::LiveOrchestrator()
    : m_trickle(m_io, trickleOptions())
{
    HttpServerOptions options;
    options.streamsBody = [this](const ServerRequest &head) { return m_trickle.streamsBody(head); };
    m_server = std::make_unique<HttpServer>(m_io, options,
        [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
    std::promise<void> done;
    m_io.post([&] {
        m_removed = m_trickle.onRemoved([this](const QByteArray &channel) { note(QStringLiteral("gone ") + QString::fromLatin1(channel)); });
        done.set_value();
    });
    done.get_future().wait();
}

void LiveOrchestrator::stopServing()
{
    m_server->stop();
}

LiveOrchestrator::~LiveOrchestrator()
{
    m_server->stop();
    std::promise<void> done;
    m_io.post([&] {
        m_removed.reset();
        done.set_value();
    });
    done.get_future().wait();
}

QUrl LiveOrchestrator::url() const
{
    return QUrl(m_server->origin());
}

void LiveOrchestrator::setPrice(qint64 weiPerSecond)
{
    const std::lock_guard lock(m_mutex);
    m_price = weiPerSecond;
}

void LiveOrchestrator::setBalance(qint64 wei)
{
    const std::lock_guard lock(m_mutex);
    m_balance = wei;
}

qint64 LiveOrchestrator::balance() const
{
    const std::lock_guard lock(m_mutex);
    return m_balance;
}

void LiveOrchestrator::debit(qint64 seconds)
{
    const std::lock_guard lock(m_mutex);
    m_balance -= seconds * m_price;
    m_lowest = std::min(m_lowest, m_balance);
}

qint64 LiveOrchestrator::lowestBalance() const
{
    const std::lock_guard lock(m_mutex);
    return m_lowest;
}

void LiveOrchestrator::answerNext(const QByteArray &what, Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answers[what].push_back(std::move(answer));
}

void LiveOrchestrator::setHeader(const QByteArray &name, const QByteArray &value)
{
    const std::lock_guard lock(m_mutex);
    m_headers[name] = value;
}

void LiveOrchestrator::setEcho(bool on)
{
    const std::lock_guard lock(m_mutex);
    m_echo = on;
}

QStringList LiveOrchestrator::journal() const
{
    const std::lock_guard lock(m_mutex);
    return m_journal;
}

qsizetype LiveOrchestrator::count(const QString &prefix) const
{
    const QStringList lines = journal();
    return std::count_if(lines.begin(), lines.end(), [&](const QString &line) { return line.startsWith(prefix); });
}

byoc::JobHeader LiveOrchestrator::startHeader() const
{
    const std::lock_guard lock(m_mutex);
    return m_start;
}

QByteArray LiveOrchestrator::lastBody(const QByteArray &what) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_bodies.find(what);
    return found == m_bodies.end() ? QByteArray() : found->second;
}

QStringList LiveOrchestrator::tickets() const
{
    const std::lock_guard lock(m_mutex);
    return m_tickets;
}

void LiveOrchestrator::note(const QString &line)
{
    const std::lock_guard lock(m_mutex);
    m_journal.append(line);
}

void LiveOrchestrator::say(const QByteArray &suffix, const QByteArray &bytes)
{
    m_io.post([this, suffix, bytes] {
        const auto publisher = m_trickle.publish(m_id + suffix);
        if (!publisher)
            return;
        publisher->write(bytes);
        publisher->nextSegment();
    });
}

void LiveOrchestrator::removeChannel(const QByteArray &suffix)
{
    m_io.post([this, suffix] { m_trickle.remove(m_id + suffix); });
}

void LiveOrchestrator::forgetJob()
{
    m_io.post([this] {
        for (const char *suffix : {"", "-out", "-control", "-events", "-data"})
            m_trickle.remove(m_id + suffix);
    });
}

awaitable<void> LiveOrchestrator::handle(ServerRequest request, ServerResponse &response)
{
    if (m_trickle.owns(request.path)) {
        co_await m_trickle.handle(std::move(request), response);
        co_return;
    }
    QByteArray what = request.path == "/process/token" ? QByteArray("token") : QByteArray();
    if (request.path.startsWith("/ai/stream/"))
        what = request.path.mid(11);
    Answer answer;
    {
        const std::lock_guard lock(m_mutex);
        m_bodies[what] = request.body;
        auto &waiting = m_answers[what];
        if (!waiting.empty()) {
            answer = waiting.front();
            waiting.pop_front();
        }
    }
    if (answer) {
        note(QString::fromLatin1(what) + QStringLiteral(" scripted"));
        co_await answer(request, response);
    } else if (what == "token") {
        co_await token(request, response);
    } else if (!what.isEmpty()) {
        co_await job(what, request, response);
    } else {
        co_await other(request, response);
    }
}

awaitable<void> LiveOrchestrator::other(const ServerRequest &, ServerResponse &response)
{
    co_await response.sendText(404, "404 page not found");
}

std::optional<QByteArray> LiveOrchestrator::refusalOf(const byoc::JobHeader &) const
{
    return std::nullopt;
}

qsizetype LiveOrchestrator::book(const QByteArray &payment)
{
    if (payment.isEmpty())
        return 0;
    const WirePayment paid = orThrow(parsePaymentHeader(payment));
    const std::lock_guard lock(m_mutex);
    for (const auto &ticket : paid.tickets)
        m_tickets.append(paid.ticketParams->recipientRandHash.toHex() + QLatin1Char('/') + QString::number(ticket.senderNonce));
    m_balance += paid.tickets.size() * TicketValue;
    return paid.tickets.size();
}

awaitable<void> LiveOrchestrator::token(const ServerRequest &request, ServerResponse &response)
{
    note(QStringLiteral("token"));
    byoc::JobToken token;
    token.sender = orThrow(byoc::TokenCredentials::fromHeader(headers::value(request.headers, byoc::header::Sender)));
    {
        const std::lock_guard lock(m_mutex);
        token.ticketParams = exampleTicketParams(m_tokens++);
        token.price = PriceInfo{m_price, 1};
        token.balance = m_balance;
        token.availableCapacity = 1;
        token.serviceAddr = url().toString();
    }
    const Headers fields{{"Content-Type", "application/json"}};
    co_await response.send(200, fields, token.toJson().dump() + '\n');
}

awaitable<void> LiveOrchestrator::job(QByteArray what, const ServerRequest &request, ServerResponse &response)
{
    const auto header = byoc::JobHeader::fromHeader(headers::value(request.headers, byoc::header::Job));
    const qsizetype tickets = book(headers::value(request.headers, byoc::header::Payment));
    bool covered = true;
    QByteArray balance;
    {
        const std::lock_guard lock(m_mutex);
        covered = m_balance >= byoc::MinimumCoveredSeconds * m_price;
        balance = QByteArray::number(m_balance);
    }
    const QString line = QString::fromLatin1(what);
    note(tickets > 0 ? QStringLiteral("%1 %2").arg(line).arg(tickets) : line);
    if (!header) {
        co_await response.sendText(400, "Could not verify job creds");
    } else if (const auto refused = refusalOf(*header); refused && what == "start") {
        co_await response.sendText(400, *refused);
    } else if (what == "start" && !covered) {
        co_await response.sendText(402, "Insufficient balance for request");
    } else if (what == "start") {
        co_await start(*header, response);
    } else if (!covered) {
        co_await response.sendText(400, "Failed to " + what + " stream, request not valid err=Insufficient balance for request");
    } else {
        if (what == "stop" && !m_id.isEmpty()) {
            for (const char *suffix : {"", "-out", "-control", "-events", "-data"})
                m_trickle.remove(m_id + suffix);
        }
        const Headers fields{{byoc::header::Balance, balance}};
        co_await response.send(200, fields, QByteArray());
    }
}

awaitable<void> LiveOrchestrator::start(const byoc::JobHeader &header, ServerResponse &response)
{
    const QByteArray id = header.id.toLatin1();
    const QByteArray base = url().toString().toLatin1() + "/ai/trickle/" + id;
    const Json flags = orThrow(Json::parse(header.parameters.toUtf8()));
    Headers fields;
    bool echoes = false;
    const auto add = [&](const char *flag, const char *suffix, const char *mime, const char *name) {
        if (flag && !flags.value(QLatin1String(flag)).toBool())
            return;
        m_trickle.create(id + suffix, mime);
        fields.append({name, base + suffix});
    };
    add("enable_video_ingress", "", "video/MP2T", byoc::header::PublishUrl);
    add("enable_video_egress", "-out", "video/MP2T", byoc::header::SubscribeUrl);
    add("enable_data_output", "-data", "application/jsonl", byoc::header::DataUrl);
    add(nullptr, "-control", "application/json", byoc::header::ControlUrl);
    add(nullptr, "-events", "application/json", byoc::header::EventsUrl);
    {
        const std::lock_guard lock(m_mutex);
        m_id = id;
        m_start = header;
        m_balance -= m_price;
        m_lowest = m_balance;
        fields.append({byoc::header::Balance, QByteArray::number(m_balance)});
        for (const auto &[name, value] : m_headers) {
            headers::remove(fields, name);
            if (!value.isNull())
                fields.append({name, value});
        }
        echoes = m_echo;
    }
    if (echoes)
        boost::asio::co_spawn(m_io.context(), echo(id), boost::asio::detached);
    co_await response.send(200, fields, QByteArray());
}

/// The worker: what comes in goes out.
awaitable<void> LiveOrchestrator::echo(QByteArray id)
{
    const auto in = m_trickle.subscribe(id, 0);
    const auto out = m_trickle.publish(id + "-out");
    if (!in || !out)
        co_return;
    while (co_await in->nextSegment()) {
        for (;;) {
            const QByteArray bytes = co_await in->read();
            if (bytes.isEmpty())
                break;
            out->write(bytes);
        }
        out->nextSegment();
    }
    m_trickle.remove(id + "-out");
}

} // namespace sluice::test
