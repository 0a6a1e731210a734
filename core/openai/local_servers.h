#pragma once

#include "sluice/net/http_client.h"
#include "sluice/openai/model_list.h"

#include <QCoro/QCoroTask>

namespace sluice::openai {

/// A port of this machine at which a server of language models may listen.
struct LocalPlace {
    LocalPlace(QString usualProduct, quint16 itsPort); // no aggregate: see DESIGN.md 3
    QString product; ///< what listens there as a rule; empty for a port that a person named
    quint16 port;
    bool operator==(const LocalPlace &) const = default;
};

/// Ollama 11434, LM Studio 1234, llama.cpp 8080, vLLM 8000, Jan 1337, GPT4All 4891.
[[nodiscard]] QList<LocalPlace> localPlaces();
/// Of a text such as "5000, Ollama=11500". InvalidInput for what is no port.
[[nodiscard]] Expected<QList<LocalPlace>> localPlacesFrom(const QString &text);

/// An OpenAI-compatible server that answered on this machine. A value.
struct LocalServer {
    LocalServer() = default; // no aggregate: see DESIGN.md 3
    QUrl base;               ///< "http://127.0.0.1:11434/v1"
    QString product;         ///< "Ollama"; empty where nothing tells
    bool certain = false;    ///< its own answer says so; else only its port does
    QString version;         ///< where it tells
    QList<ListedModel> models;
    bool wantsKey = false;   ///< it lists nothing without an API key
};

/// What a look at this machine gave.
struct LocalFindings {
    LocalFindings() = default;
    QList<LocalServer> servers; ///< in the order of the places
    QList<Error> others;        ///< what answers there and is none, and why; ports where nothing listens are in neither list
};

/// What the answer to `GET /v1/models` says of who gave it.
struct LocalIdentity {
    LocalIdentity() = default;
    QString product;
    bool certain = false;
    bool operator==(const LocalIdentity &) const = default;
};
[[nodiscard]] LocalIdentity identityIn(const LocalPlace &place, const Headers &headers, const QByteArray &body);
/// Where that product tells of itself ("/api/version"); empty for one that does not.
[[nodiscard]] QString identityPath(const QString &product);
/// Its version as the answer there tells it; nothing for an answer that is another one's.
[[nodiscard]] std::optional<QString> identityAnswer(const QString &product, int status, const QByteArray &body);

/// Asks every place for `/v1/models`, all at once, and those that are such servers once more for their name. On 127.0.0.1 and nowhere
/// else: redirects are not followed. Never fails for what a server does; Canceled.
[[nodiscard]] QCoro::Task<LocalFindings> findLocalServers(HttpClient &http, QList<LocalPlace> places, CallContext context);

} // namespace sluice::openai
