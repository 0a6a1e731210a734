#pragma once

#include "sluice/base/async.h"
#include "sluice/llmworker/client.h"
#include "streams_told_p.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QTimer>
#include <QtWebSockets/QWebSocket>

namespace sluice::llmworker {

struct ClientJob::Private {
    QString key; ///< of its `add`
    QString id;
    State state = State::Sent;
    QString text;
    bool whole = true;
    bool tellStreams = false;
    qsizetype aside = 0; ///< code units of the streams before the last
    StreamsTold streams;
    std::optional<Error> error;
    JobLimits limits;
    QTimer total;
    QTimer idle;
};

class Client::Private final : public QObject {
public:
    explicit Private(Options options);
    ~Private() override;

    void open();
    void send(const Json &message);
    void follow(const std::shared_ptr<ClientJob> &job);
    void listenTo(const std::shared_ptr<ClientJob> &job);
    void watch(const std::shared_ptr<ClientJob> &job);
    void end(const std::shared_ptr<ClientJob> &job, std::optional<Error> error);
    void forget(const std::shared_ptr<ClientJob> &job);

    void onConnected();
    void ready();
    void onText(const QString &text);
    void onBroken();
    void take(const ServerMessage &message);
    void takeNews(const std::shared_ptr<ClientJob> &job, const ServerMessage &message);
    void takeText(const std::shared_ptr<ClientJob> &job, const ServerMessage &message);
    void failPending();
    void giveUp(const Error &error);
    void retry();
    [[nodiscard]] Error unreachable() const;

    const Options options;
    QWebSocket socket;
    QTimer connecting; ///< a handshake that takes too long
    QTimer again;      ///< the next try
    QTimer pinging;
    QElapsedTimer broken; ///< valid while there is no connection that should be
    bool isReady = false; ///< connected, and its extensions known
    bool awaitsPong = false;
    bool tookTooLong = false; ///< the last try to connect
    int tries = 0;
    QStringList extensions;
    QList<Json> unsent; ///< until it is ready
    QList<std::shared_ptr<ClientJob>> pending; ///< `add`s without an answer, in the order sent
    QHash<QString, std::shared_ptr<ClientJob>> jobs; ///< by the worker's id
    std::optional<Completion<void>> whenReady;
    QList<Completion<Json>> questions;
};

} // namespace sluice::llmworker
