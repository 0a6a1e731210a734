#include "sluice/endpoint/profile_upstream.h"

#include "ask_there_p.h"
#include "profile_call_p.h"
#include "profile_upstream_p.h"

#include "sluice/base/follow.h"
#include "sluice/net/multipart_reader.h"

#include <algorithm>

namespace sluice {

namespace {

using boost::asio::awaitable;
using endpoint::ProfileCall;
using namespace openai;

constexpr std::chrono::seconds ListAge{30};

const QString AiGateway = QStringLiteral("aigateway");

/// What the Gateway says as our caller is told it.
UpstreamFailure failureOf(const Error &error)
{
    using Kind = Error::Kind;
    const QString said = error.advice().isEmpty() ? error.message() : error.message() + QLatin1Char(' ') + error.advice();
    ApiError told = ApiError::badGateway(said);
    bool accepted = true;
    switch (error.kind()) {
    case Kind::InvalidInput:
        told = ApiError::invalidRequest(said);
        accepted = false;
        break;
    case Kind::NotRouted:
        told = ApiError::invalidRequest(said, QStringLiteral("model"));
        told.status = 404;
        told.code = QStringLiteral("model_not_found");
        accepted = false;
        break;
    case Kind::Http:
        told = ApiError::fromUpstream(error.httpStatus(), {}, {}, true);
        told.message = said;
        accepted = told.status != 400 && told.status != 404 && told.status != 429;
        break;
    case Kind::SpendLimit:
    case Kind::PriceExceeded:
        told.status = 429;
        told.type = QStringLiteral("insufficient_quota");
        told.code = told.type;
        break;
    case Kind::Config:
    case Kind::Network:
        told.status = 503;
        break;
    default:
        break;
    }
    return UpstreamFailure(told, accepted);
}

/// A form as the input of a pipeline's capability: texts as they are, files in base64.
std::optional<Json> inputFrom(const UpstreamRequest &request)
{
    const QByteArray type = headers::value(request.headers, "Content-Type");
    const auto boundary = multipart::boundaryOf(type);
    if (!boundary) {
        const auto json = Json::parse(request.body, Json::Limits{64 * 1024 * 1024});
        return json && json->isObject() ? std::optional(*json) : std::nullopt;
    }
    const auto parts = multipart::read(request.body, *boundary);
    if (!parts)
        return std::nullopt;
    Json input = Json::object();
    for (const MultipartPart &part : *parts) {
        const QString value = part.fileName ? QString::fromLatin1(part.bytes.toByteArray().toBase64()) : QString::fromUtf8(part.bytes);
        input.insert(QString::fromUtf8(part.name), value);
    }
    return input;
}

/// Else it is a pipeline's.
bool isOpenAiRoute(const QByteArray &path)
{
    static const QList<QByteArray> routes{"/chat/completions", "/completions", "/responses", "/embeddings", "/moderations"};
    return routes.contains(path) || path.startsWith("/images/") || path.startsWith("/audio/");
}

class ProfileUpstream final : public Upstream {
public:
    ProfileUpstream(std::shared_ptr<endpoint::Seat> seat, QString profile, std::shared_ptr<endpoint::CallBook> book)
        : m_seat(std::move(seat))
        , m_profile(std::move(profile))
        , m_book(std::move(book))
        // It goes on its own thread, whoever lets it go last.
        , m_there(new QObject, [](QObject *object) { object->deleteLater(); })
    {
    }

    awaitable<Expected<Dialect, UpstreamFailure>> dialect(QString model) override
    {
        const auto list = co_await listed();
        if (!list)
            co_return unexpected(list.error());
        if (const CapabilityInfo *info = chatOf(*list, model))
            co_return info->backend == AiGateway ? Dialect::Gateway : Dialect::OpenAi;
        if (has(*list, AiGateway))
            co_return Dialect::Gateway;
        if (!m_complete)
            co_return Dialect::OpenAi;
        co_return unexpected(failureOf(Error(Error::Kind::NotRouted, QStringLiteral("The profile “%1” offers no “%2”.").arg(m_profile, model.left(200)))));
    }

    awaitable<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>> send(UpstreamRequest request) override
    {
        const auto list = co_await listed();
        if (!list)
            co_return unexpected(list.error());
        const auto call = callOf(*list, request);
        if (!call)
            co_return unexpected(call.error());
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        const auto made = std::make_shared<ProfileCall>(m_there, executor, m_book, request.requestId);
        const std::optional<Error> error = co_await made->begin(m_seat, *call);
        if (error)
            co_return unexpected(failureOf(*error));
        const std::shared_ptr<UpstreamReply> reply = made;
        co_return reply;
    }

    awaitable<Expected<QList<Model>, UpstreamFailure>> models() override
    {
        m_listedAt = {};
        const auto list = co_await listed();
        if (!list)
            co_return unexpected(list.error());
        QList<Model> models;
        for (const CapabilityInfo &info : *list) {
            if (!info.isChat())
                continue; // lists of models are asked for by chats, and nothing in one would tell that another is none
            Model model;
            model.id = info.name;
            model.ownedBy = info.backend;
            if (!info.description.isEmpty())
                model.extra.insert(QStringLiteral("description"), info.description);
            models.append(model);
        }
        co_return models;
    }

    [[nodiscard]] QString title() const override { return QStringLiteral("profile ") + m_profile; }

private:
    struct Listing {
        QList<CapabilityInfo> capabilities;
        bool complete = false;
        std::optional<Error> error;
    };

    /// What the profile's network offers, as it was within the last moments.
    awaitable<Expected<QList<CapabilityInfo>, UpstreamFailure>> listed()
    {
        const int changes = m_seat->changes;
        if (m_listedAt && m_listedFor == changes && std::chrono::steady_clock::now() - *m_listedAt < ListAge)
            co_return std::as_const(m_list);
        const std::function<void(std::function<void(Listing)>)> work = [seat = m_seat, there = m_there](const std::function<void(Listing)> &done) {
            const QPointer<Gateway> gateway = seat->gateway;
            const auto failed = [done](const Error &error) {
                Listing listing;
                listing.error = error;
                done(listing);
            };
            if (!gateway)
                return failed(ProfileCall::notConnected());
            const auto listed = [gateway, done](const QList<CapabilityInfo> &list) {
                Listing listing;
                listing.capabilities = list;
                listing.complete = gateway && gateway->listsCapabilities();
                done(listing);
            };
            follow(gateway->capabilities(), there.get(), listed, failed);
        };
        const Listing listing = co_await endpoint::askThere<Listing>(m_there, work);
        if (listing.error) {
            UpstreamFailure failure = failureOf(*listing.error);
            failure.accepted = false;
            co_return unexpected(failure);
        }
        m_list = listing.capabilities;
        m_complete = listing.complete;
        m_listedAt = std::chrono::steady_clock::now();
        m_listedFor = changes;
        co_return std::as_const(m_list);
    }

    static bool has(const QList<CapabilityInfo> &list, const QString &backend)
    {
        return std::any_of(list.begin(), list.end(), [&](const CapabilityInfo &info) { return info.backend == backend; });
    }

    static const CapabilityInfo *chatOf(const QList<CapabilityInfo> &list, const QString &model)
    {
        const auto it = std::find_if(list.begin(), list.end(), [&](const CapabilityInfo &info) { return info.name == model; });
        return it == list.end() ? nullptr : &*it;
    }

    [[nodiscard]] Expected<Call, UpstreamFailure> callOf(const QList<CapabilityInfo> &list, const UpstreamRequest &request) const
    {
        const std::optional<Json> input = inputFrom(request);
        if (!input || request.fromOrigin)
            return unexpected(UpstreamFailure(ApiError::invalidRequest(QStringLiteral("This cannot be asked of a profile's capabilities.")), false));
        Call call;
        call.profile = m_profile;
        call.input = *input;
        call.timeout = std::chrono::seconds(600);
        call.verb = input->value(QStringLiteral("stream")).toBool() ? Verb::Stream : Verb::Run;
        const CapabilityInfo *info = chatOf(list, request.model);
        if (!isOpenAiRoute(request.path)) {
            call.backend = AiGateway;
            call.capability = QString::fromUtf8(request.path.mid(1));
            call.model = input->value(request.path == "/llm" ? QStringLiteral("model") : QStringLiteral("model_id")).toString();
        } else if (info) {
            call.backend = info->backend;
            call.capability = info->name;
            call.model = info->modelChosen ? info->model : QString();
            if (!info->verbs.contains(call.verb))
                call.verb = info->verbs.first(); // what only streams is put together by the server
            if (request.path != "/chat/completions")
                call.path = QString::fromUtf8(request.path.mid(1));
        } else {
            call.capability = request.model;
        }
        return call;
    }

    const std::shared_ptr<endpoint::Seat> m_seat;
    const QString m_profile;
    const std::shared_ptr<endpoint::CallBook> m_book;
    const std::shared_ptr<QObject> m_there;
    // Of the I/O thread.
    QList<CapabilityInfo> m_list;
    bool m_complete = false;
    std::optional<std::chrono::steady_clock::time_point> m_listedAt;
    int m_listedFor = 0; ///< Seat::changes then
};

} // namespace

std::shared_ptr<openai::Upstream> endpoint::makeUpstream(std::shared_ptr<Seat> seat, const QString &profile, std::shared_ptr<CallBook> book)
{
    return std::make_shared<ProfileUpstream>(std::move(seat), profile, std::move(book));
}

std::shared_ptr<openai::Upstream> makeProfileUpstream(Gateway &gateway, const QString &profile)
{
    const auto seat = std::make_shared<endpoint::Seat>();
    seat->gateway = &gateway;
    return makeProfileUpstream(seat, profile);
}

std::shared_ptr<openai::Upstream> makeProfileUpstream(std::shared_ptr<endpoint::Seat> seat, const QString &profile)
{
    return endpoint::makeUpstream(std::move(seat), profile, nullptr);
}

} // namespace sluice
