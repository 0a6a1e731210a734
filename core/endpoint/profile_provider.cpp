#include "sluice/endpoint/profile_provider.h"

#include "ask_there_p.h"
#include "profile_call_p.h"
#include "profile_provider_p.h"

#include "sluice/base/follow.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/gateway/gateway.h"
#include "sluice/llmworker/provider.h"
#include "sluice/net/sse_parser.h"

namespace sluice {

namespace {

using boost::asio::awaitable;
using endpoint::ProfileCall;
using namespace llmworker;

const QString Model = QStringLiteral("model");

/// As a job's failure says it.
Error told(const Error &error)
{
    return Error(error.kind(), error.advice().isEmpty() ? error.message() : error.message() + QLatin1Char(' ') + error.advice());
}

/// The first text that a schema wants, or has; empty where there is none.
QString textMemberOf(const Json &schema)
{
    const Json properties = schema.value(QStringLiteral("properties"));
    const auto isText = [&](const QString &name) { return properties.value(name).value(QStringLiteral("type")).toString() == QLatin1String("string"); };
    for (const Json &name : schema.value(QStringLiteral("required")).items()) {
        if (isText(name.toString()))
            return name.toString();
    }
    for (const Json::Member &member : properties.members()) {
        if (isText(member.first))
            return member.first;
    }
    return {};
}

Expected<Json> inputFor(const CapabilityInfo &info, const ModelSettings &settings, const QList<Message> &messages)
{
    Json input = Json::object();
    const bool chat = info.isChat() || info.inputSchema.isNull();
    if (chat) {
        input.insert(QStringLiteral("messages"), historyToJson(messages));
    } else {
        const QString member = textMemberOf(info.inputSchema);
        if (member.isEmpty())
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The capability “%1” takes no text.").arg(info.name)));
        input.insert(member, messages.isEmpty() ? QString() : messages.last().content);
    }
    for (const Json::Member &member : settings.all.members()) {
        if (member.first != Model && (chat || info.inputSchema.value(QStringLiteral("properties")).contains(member.first)))
            input.insert(member.first, member.second);
    }
    return input;
}

/// An answer of the Gateway, events or whole, as fragments.
class ProfileAnswer final : public Answer {
public:
    ProfileAnswer(std::unique_ptr<ProfileCall> call, bool streamed)
        : m_call(std::move(call))
        , m_streamed(streamed)
    {
    }

    awaitable<QStringList> next() override
    {
        QStringList out;
        while (out.isEmpty() && !m_ended) {
            std::optional<Error> error;
            QByteArray bytes;
            try {
                bytes = co_await m_call->read();
            } catch (const Error &caught) {
                error = caught;
            }
            if (error)
                throw told(*error);
            m_ended = bytes.isEmpty();
            if (!m_streamed)
                takeWhole(bytes, out);
            else
                takeEvents(bytes, out);
        }
        co_return out;
    }

    awaitable<AnswerFigures> figures() override
    {
        const ProfileCall::Spent spent = co_await m_call->spent();
        AnswerFigures figures;
        figures.promptTokens = m_promptTokens;
        figures.completionTokens = m_completionTokens;
        figures.runId = spent.runId;
        figures.paidWei = spent.paidWei;
        figures.chargedWei = spent.chargedWei;
        co_return figures;
    }

private:
    void takeWhole(const QByteArray &bytes, QStringList &out)
    {
        m_whole += bytes;
        if (!m_ended)
            return;
        take(m_reader.read(m_whole), out);
        if (out.isEmpty() && !m_whole.isEmpty())
            out.append(QString::fromUtf8(m_whole)); // an answer of a form of its own
    }

    void takeEvents(const QByteArray &bytes, QStringList &out)
    {
        QList<SseEvent> events;
        if (!m_ended) {
            events = orThrow(m_parser.feed(bytes));
        } else if (const auto last = orThrow(m_parser.finish())) {
            events.append(*last);
        }
        for (const SseEvent &event : events) {
            if (event.data == QLatin1String("[DONE]"))
                continue;
            const StreamEvent read{event.data, event.event, event.id, event.retry};
            take(m_reader.read(read), out);
        }
        if (m_ended)
            take(m_reader.finish(), out);
    }

    void take(const ChatDelta &delta, QStringList &out)
    {
        if (delta.promptTokens.value_or(0) > 0) // servers that count nothing say zero
            m_promptTokens = delta.promptTokens;
        if (delta.completionTokens.value_or(0) > 0)
            m_completionTokens = delta.completionTokens;
        if (delta.error)
            throw Error(Error::Kind::Http, *delta.error);
        if (!delta.text.isEmpty())
            out.append(delta.text);
    }

    std::unique_ptr<ProfileCall> m_call;
    const bool m_streamed;
    SseParser m_parser;
    ChatReader m_reader;
    QByteArray m_whole;
    bool m_ended = false;
    std::optional<qint64> m_promptTokens;
    std::optional<qint64> m_completionTokens;
};

class ProfileProvider final : public Provider {
public:
    ProfileProvider(std::shared_ptr<endpoint::Seat> seat, QString profile, bool refusesTemplates)
        : m_seat(std::move(seat))
        , m_profile(std::move(profile))
        , m_refusesTemplates(refusesTemplates)
        // It goes on its own thread, whoever lets it go last.
        , m_there(new QObject, [](QObject *object) { object->deleteLater(); })
    {
    }

    awaitable<std::shared_ptr<Answer>> ask(ModelSettings settings, QList<Message> messages) override
    {
        const CapabilityInfo info = co_await described(settings.model);
        const Json input = orThrow(inputFor(info, settings, messages));
        if (m_refusesTemplates && info.backend == QLatin1String("llmworker"))
            throw Error(Error::Kind::NotRouted, QStringLiteral("“%1” is a template itself; a stream asks a capability that is none.").arg(info.name));
        Call call;
        call.profile = m_profile;
        call.backend = info.backend;
        call.capability = info.name;
        call.model = info.modelChosen ? info.model : QString();
        call.input = input;
        call.timeout = std::chrono::seconds(600);
        call.verb = info.verbs.contains(Verb::Stream) ? Verb::Stream : info.verbs.value(0, Verb::Run);
        if (call.verb == Verb::Live)
            throw Error(Error::Kind::NotRouted, QStringLiteral("“%1” is live; a template needs an answer in text.").arg(info.name));
        call.findSecrets(info.inputSchema);
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        auto made = std::make_unique<ProfileCall>(m_there, executor, nullptr, QString());
        const std::optional<Error> error = co_await made->begin(m_seat, call);
        if (error)
            throw told(*error);
        const std::shared_ptr<Answer> answer = std::make_shared<ProfileAnswer>(std::move(made), call.verb == Verb::Stream);
        co_return answer;
    }

private:
    struct Found {
        CapabilityInfo info;
        std::optional<Error> error;
    };

    awaitable<CapabilityInfo> described(QString name)
    {
        const std::function<void(std::function<void(Found)>)> work = [seat = m_seat, there = m_there, name](const std::function<void(Found)> &done) {
            const auto failed = [done](const Error &error) {
                Found found;
                found.error = error;
                done(found);
            };
            const QPointer<Gateway> gateway = seat->gateway;
            if (!gateway)
                return failed(Error(Error::Kind::Canceled, QStringLiteral("The connection to the network was closed.")));
            const auto unknown = [gateway, name, failed, done](const CapabilityInfo &info) {
                if (gateway && gateway->listsCapabilities())
                    return failed(Error(Error::Kind::NotRouted, QStringLiteral("The profile offers no “%1”.").arg(name.left(200))));
                Found found;
                found.info = info;
                done(found);
            };
            const auto described = [gateway, there, done, failed, unknown](const CapabilityInfo &info) {
                if (info.listed || info.named || !gateway) {
                    Found found;
                    found.info = info;
                    done(found);
                    return;
                }
                // In no list: where the network has a whole one, the name is wrong, and asking for it would be paid for nothing.
                follow(gateway->capabilities(), there.get(), [unknown, info](const QList<CapabilityInfo> &) { unknown(info); }, failed);
            };
            follow(gateway->describe(name), there.get(), described, failed);
        };
        const Found found = co_await endpoint::askThere<Found>(m_there, work);
        if (found.error)
            throw told(*found.error);
        co_return found.info;
    }

    const std::shared_ptr<endpoint::Seat> m_seat;
    const QString m_profile;
    const bool m_refusesTemplates;
    const std::shared_ptr<QObject> m_there;
};

} // namespace

std::shared_ptr<llmworker::Provider> endpoint::makeProvider(std::shared_ptr<Seat> seat, const QString &profile, bool refusesTemplates)
{
    return std::make_shared<ProfileProvider>(std::move(seat), profile, refusesTemplates);
}

std::shared_ptr<llmworker::Provider> makeProfileProvider(Gateway &gateway, const QString &profile)
{
    const auto seat = std::make_shared<endpoint::Seat>();
    seat->gateway = &gateway;
    return makeProfileProvider(seat, profile);
}

std::shared_ptr<llmworker::Provider> makeProfileProvider(std::shared_ptr<endpoint::Seat> seat, const QString &profile)
{
    return endpoint::makeProvider(std::move(seat), profile, false);
}

} // namespace sluice
