#pragma once

#include "sluice/snippets/body_p.h"

namespace sluice::detail {

/// What every language needs to know about a call of an LLM worker, decided once.
struct WorkerCode {
    explicit WorkerCode(const SnippetContext &context);

    Body body;          ///< the `add` that is sent, as the backend sends it but for its id
    QString address;   ///< of the worker, without credentials; may be empty
    qint64 timeout = 0; ///< in seconds
    bool tellsStreams = false; ///< the worker is asked to tell of every stream, not of the last one alone
    QString comment;    ///< which worker it is for
    QList<SnippetVariable> environment;

    /// The JSON cut at its holes, on one line.
    [[nodiscard]] QList<Body::Piece> line() const;
    [[nodiscard]] Snippet snippet(const QStringList &lines, const char *fileName, const char *language, const QString &run) const;
};

/// The variable of the original's clients (llm-worker.md 1).
inline constexpr char WorkerAddress[] = "LLM_WORKER_URI";

/// Why no language can write this call; empty when some can.
[[nodiscard]] QString whyNoWorkerCode(const SnippetContext &context);

} // namespace sluice::detail
