#include "sluice/endpoint/local_endpoint.h"

#include "call_book_p.h"
#include "profile_upstream_p.h"

#include "sluice/endpoint/seat.h"
#include "sluice/net/io_thread.h"
#include "sluice/openai/server.h"

#include <QtCore/QRandomGenerator>

#include <array>

namespace sluice {

class LocalEndpoint::Private {
public:
    std::shared_ptr<endpoint::Seat> seat;
    // It goes on its own thread, whoever lets it go last.
    std::shared_ptr<endpoint::CallBook> book{new endpoint::CallBook, [](endpoint::CallBook *old) { old->deleteLater(); }};
    std::unique_ptr<IoThread> io;
    std::unique_ptr<openai::Server> server;
    QUrl baseUrl;
    QString profile;
};

LocalEndpoint::LocalEndpoint(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    connect(d->book.get(), &endpoint::CallBook::callBegan, this, &LocalEndpoint::callBegan);
    connect(d->book.get(), &endpoint::CallBook::callChanged, this, &LocalEndpoint::callChanged);
    connect(d->book.get(), &endpoint::CallBook::callForgotten, this, &LocalEndpoint::callForgotten);
}

LocalEndpoint::~LocalEndpoint()
{
    if (d->server)
        d->server->stop();
}

Secret LocalEndpoint::freshKey()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    QByteArray bytes(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words));
    QByteArray text = "sk-sluice-" + bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    cleanse(words.data(), sizeof words);
    cleanse(bytes.data(), std::size_t(bytes.size()));
    return Secret::take(text);
}

Expected<QUrl> LocalEndpoint::start(Gateway &gateway, const QString &profile, quint16 port, const Secret &apiKey)
{
    if (apiKey.isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The endpoint needs an API key: every program of this machine could spend without one.")));
    stop();
    const auto seat = std::make_shared<endpoint::Seat>();
    seat->gateway = &gateway;
    openai::ServerOptions options;
    options.port = port;
    options.apiKey = apiKey;
    options.watch = [book = d->book](const openai::ServedRequest &request) {
        QMetaObject::invokeMethod(book.get(), [book, request] { book->take(request); }, Qt::QueuedConnection);
    };
    auto io = std::make_unique<IoThread>();
    auto server = std::make_unique<openai::Server>(*io, options, endpoint::makeUpstream(seat, profile, d->book));
    const auto url = server->listen();
    if (!url)
        return unexpected(url.error());
    d->seat = seat;
    d->profile = profile;
    d->io = std::move(io);
    d->server = std::move(server);
    d->baseUrl = *url;
    d->baseUrl.setPath(QStringLiteral("/v1"));
    Q_EMIT runningChanged(true);
    return d->baseUrl;
}

void LocalEndpoint::stop()
{
    if (!d->server)
        return;
    d->server->stop();
    d->server.reset();
    d->io.reset();
    d->seat.reset();
    d->baseUrl.clear();
    Q_EMIT runningChanged(false);
}

void LocalEndpoint::setGateway(Gateway *gateway)
{
    if (!d->seat || d->seat->gateway == gateway)
        return;
    d->seat->take(gateway);
}

bool LocalEndpoint::isRunning() const
{
    return d->server != nullptr;
}

QUrl LocalEndpoint::baseUrl() const
{
    return d->baseUrl;
}

QString LocalEndpoint::profile() const
{
    return d->profile;
}

QStringList LocalEndpoint::calls() const
{
    return d->book->ids();
}

std::optional<EndpointCall> LocalEndpoint::call(const QString &id) const
{
    return d->book->call(id);
}

int LocalEndpoint::running() const
{
    return d->book->running();
}

void LocalEndpoint::cancel(const QString &id)
{
    d->book->cancel(id);
}

void LocalEndpoint::clear()
{
    d->book->clear();
}

} // namespace sluice
