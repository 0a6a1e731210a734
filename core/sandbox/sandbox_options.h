#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>

namespace sluice {

/// How a sandbox is set up. All of it but the state file may differ from start to start.
struct SandboxOptions {
    QString stateFile;     ///< one SQLite file; made when it is not there
    quint16 port = 0;      ///< of the orchestrator; 0: the one of the last time if it is free, else 8935 if that is, else any
    QUrl publicUrl;        ///< of the orchestrator for clients, when something stands before it; empty: where it listens
    bool offChain = false; ///< a node without a chain: no signatures are checked, no tickets asked for, nothing is charged
    QStringList fund;      ///< addresses that get a deposit and a reserve
    QString quirks;        ///< comma list, see byoc::quirksFromText()
    QUrl llmUpstream;      ///< OpenAI-compatible server behind `llm-chat` and `/llm`; empty: no `llm-chat`
    QString llmServer;     ///< what that server is, for descriptions: "Ollama 0.5.7"; empty: unknown
    Secret llmKey;         ///< its key, if it wants one
    QString llmModel;      ///< the model to ask it for; empty: its default
    QString llmDialect;    ///< of the AI gateway's `/llm`: "json", or "form" as up to go-livepeer 0.8.2; empty: json
    /// Wei per second by capability, instead of their own; the entry "" stands for every other one.
    QList<std::pair<QString, qint64>> prices;
    std::chrono::milliseconds blockTime{12'000}; ///< of the simulated L1 chain
    QString runnersFile; ///< further apps of the live runner, as `runners.json` names them; empty: none
    QStringList only;    ///< services to start; empty: all of them
    QStringList without; ///< services to leave out of those
};

} // namespace sluice
