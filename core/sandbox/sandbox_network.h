#pragma once

#include "sluice/base/json.h"
#include "sluice/base/secret.h"

#include <QCoro/QCoroTask>
#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

/// How a sandbox is set up. All of it but the state file may differ from start to start.
struct SandboxOptions {
    QString stateFile;     ///< one SQLite file; made when it is not there
    quint16 port = 0;      ///< of the orchestrator; 0: the one of the last time if it is free, else any
    QUrl publicUrl;        ///< of the orchestrator for clients, when something stands before it; empty: where it listens
    bool offChain = false; ///< a node without a chain: no signatures are checked, no tickets asked for, nothing is charged
    QStringList fund;      ///< addresses that get a deposit and a reserve
    QString quirks;        ///< comma list, see byoc::quirksFromText()
    QUrl llmUpstream;      ///< OpenAI-compatible server behind `llm-chat`; empty: no `llm-chat`
    Secret llmKey;         ///< its key, if it wants one
    QString llmModel;      ///< the model to ask it for; empty: its default
    /// Wei per second by capability, instead of their own; the entry "" stands for every other one.
    QList<std::pair<QString, qint64>> prices;
    std::chrono::milliseconds blockTime{12'000}; ///< of the simulated L1 chain
};

/// A whole network on loopback: an orchestrator with TLS and a runner with the demo capabilities, each listening for
/// itself, all state in one SQLite file (DESIGN.md 4).
///
/// It takes no shortcut: the runner registers by HTTP with the secret, every ticket is verified. Killing the process at
/// any moment leaves balances, nonces and winners consistent. Lives on a thread with an event loop.
class SandboxNetwork {
public:
    explicit SandboxNetwork(SandboxOptions options);
    /// Stops.
    ~SandboxNetwork();
    SandboxNetwork(const SandboxNetwork &) = delete;
    SandboxNetwork &operator=(const SandboxNetwork &) = delete;

    /// Starts everything and waits until the capabilities are registered. The ready line: `event`, `orchestrator`, `lv2v`, `runner`, `runner_token`,
    /// `secret`, `sender_key`, `sender`, `recipient`, `fingerprint`, `capabilities`, `state`, `pid`,
    /// and `ends_with` when this process was told to go with another.
    /// Throws Config (options), Storage (state file in use or damaged), Network (port in use).
    QCoro::Task<Json> start();
    /// Ends every job, unregisters and closes.
    QCoro::Task<void> stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
