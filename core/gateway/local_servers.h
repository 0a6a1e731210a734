#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"

#include <QtCore/QFuture>
#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace sluice {

/// Servers of language models that run on this machine already: Ollama, LM Studio, llama.cpp, vLLM, Jan, GPT4All and what else speaks
/// OpenAI's API. Looked for on loopback only, and only when a person asks for it.
namespace local_servers {

/// The backend that reaches one, whose settings settingsOf() gives.
inline const QString Backend = QStringLiteral("openai");

/// One that answered. A value; every text in it is the server's own, and plain.
struct Server {
    QUrl baseUrl;          ///< "http://127.0.0.1:11434/v1"
    QString product;       ///< "Ollama"; empty where nothing tells
    bool certain = false;  ///< its own answer says so; else only its port does
    QString version;       ///< where it tells
    QStringList models;    ///< as it names them
    QStringList chatModels; ///< those of them that a chat is for, as far as their names tell
    bool wantsKey = false; ///< it tells nothing without an API key
    bool isSluice = false; ///< an endpoint of this program: through it, calls would go in a circle
};

struct Found {
    QList<Server> servers;
    QList<Error> others;    ///< what answers at such a port and is none
    QList<quint16> asked;   ///< every port that was asked
};

/// Asks each port once, all at the same time, within about two seconds. Cancelling the future ends it. `ports` as the environment
/// variable SLUICE_LOCAL_PORTS has them ("5000, Ollama=11500"); empty: that variable, else the ports that are known.
/// InvalidInput for ports that are none. Belongs to a thread with an event loop.
[[nodiscard]] QFuture<Found> find(const QString &ports = {});

/// The settings of the backend that reaches it.
[[nodiscard]] Json settingsOf(const Server &server);

} // namespace local_servers
} // namespace sluice
