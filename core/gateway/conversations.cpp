#include "sluice/gateway/conversations.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/task.h"
#include "sluice/store/settings_table.h"

namespace sluice::conversations {

namespace {

/// As JSON, so that no sign in a name can stand for another name's end.
QString keyOf(const QString &profile, const CapabilityId &capability)
{
    const Json place = Json::array({Json(profile), Json(capability.backend), Json(capability.name), Json(capability.model)});
    return QStringLiteral("conversation/") + QString::fromUtf8(place.dump());
}

/// What every key of the profile begins with.
QString beginningOf(const QString &profile)
{
    const QString one = QStringLiteral("conversation/") + QString::fromUtf8(Json::array({Json(profile)}).dump());
    return one.chopped(1) + QLatin1Char(',');
}

QCoro::Task<std::optional<Json>> reading(std::shared_ptr<UserData> data, QString key)
{
    co_return co_await data->settings().get(key);
}

QCoro::Task<void> keeping(std::shared_ptr<UserData> data, QString key, Json conversation)
{
    if (conversation.isNull()) {
        (void)co_await data->settings().remove(key);
        co_return;
    }
    // On the database's thread, where the text is made.
    const std::function<Json(const std::optional<Json> &)> put = [conversation](const std::optional<Json> &) {
        if (const qsizetype size = conversation.dump().size(); size > mostBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("The conversation takes %1 bytes, and %2 are kept at most.").arg(size).arg(mostBytes))
                .withAdvice(QStringLiteral("It goes on, and its runs are in the history; after a restart it is as it was kept last."));
        return conversation;
    };
    (void)co_await data->settings().change(key, put);
}

QCoro::Task<void> forgetting(std::shared_ptr<UserData> data, QString beginning)
{
    const auto rows = co_await data->settings().all(beginning);
    for (const auto &[key, value] : rows) {
        const QString name = key;
        (void)co_await data->settings().remove(name);
    }
}

} // namespace

QFuture<std::optional<Json>> read(std::shared_ptr<UserData> data, const QString &profile, const CapabilityId &capability)
{
    return toFuture(reading(std::move(data), keyOf(profile, capability)));
}

QFuture<void> keep(std::shared_ptr<UserData> data, const QString &profile, const CapabilityId &capability, const Json &conversation)
{
    return toFuture(keeping(std::move(data), keyOf(profile, capability), conversation));
}

QFuture<void> forget(std::shared_ptr<UserData> data, const QString &profile)
{
    return toFuture(forgetting(std::move(data), beginningOf(profile)));
}

} // namespace sluice::conversations
