#include "server_exchange_p.h"

#include <algorithm>

namespace sluice::openai {

namespace {

Json modelJson(const Model &model)
{
    Json json{{QStringLiteral("id"), model.id}, {QStringLiteral("object"), QStringLiteral("model")}, {QStringLiteral("created"), model.created},
        {QStringLiteral("owned_by"), model.ownedBy.isEmpty() ? QStringLiteral("upstream") : model.ownedBy}};
    for (const auto &[name, value] : model.extra.members()) {
        if (!json.contains(name))
            json.insert(name, value);
    }
    return json;
}

} // namespace

awaitable<void> serveModels(ServerExchange &exchange, QString id)
{
    const auto models = co_await exchange.upstream().models();
    if (!models) {
        co_await exchange.refuse(models.error());
        co_return;
    }
    if (id.isEmpty()) {
        Json list = Json::array();
        for (const Model &model : *models)
            list.append(modelJson(model));
        const Json answer{{QStringLiteral("object"), QStringLiteral("list")}, {QStringLiteral("data"), list}};
        co_await exchange.answerJson(answer);
        co_return;
    }
    const auto found = std::find_if(models->begin(), models->end(), [&](const Model &model) { return model.id == id; });
    if (found != models->end()) {
        const Json answer = modelJson(*found);
        co_await exchange.answerJson(answer);
        co_return;
    }
    ApiError error = ApiError::invalidRequest(QStringLiteral("There is no model “%1” here.").arg(id.left(200)), QStringLiteral("model"));
    error.status = 404;
    error.code = QStringLiteral("model_not_found");
    co_await exchange.refuse(error);
}

} // namespace sluice::openai
