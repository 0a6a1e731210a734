#pragma once

#include "sluice/aigateway/intake.h"
#include "sluice/backend/capability_info.h"
#include "sluice/base/call_context.h"

#include <functional>

namespace sluice::aigateway {

/// What a pipeline made.
struct PipelineOutput {
    PipelineOutput() = default; // no aggregate: see DESIGN.md 3
    struct File {
        QByteArray extension; ///< without a dot
        QByteArray contentType;
        QByteArray content;
        qint64 seed = 0;
    };
    QList<File> files; ///< of pipelines whose answer names files
    Json json;         ///< the answer of all others
};

/// The work behind one pipeline of a gateway. The describing functions are called on the thread that makes the server.
class PipelineWork {
public:
    virtual ~PipelineWork() = default;
    /// Its name in pipelines().
    [[nodiscard]] virtual QString pipeline() const = 0;
    /// What it is, and what it is not, in plain words.
    [[nodiscard]] virtual QString description() const = 0;
    /// What takes the place of a model.
    [[nodiscard]] virtual QString model() const = 0;
    [[nodiscard]] virtual QList<CapabilityExample> examples() const { return {}; }
    /// Does it; blocking, on one of several threads, several at a time. Throws InvalidInput for what the client did wrong, Canceled and Timeout as
    /// `context` says, which is to be looked at between the steps of long work.
    [[nodiscard]] virtual PipelineOutput make(const PipelineInput &input, const CallContext &context) = 0;
};

/// The work behind `/llm`.
class ChatWork {
public:
    virtual ~ChatWork() = default;
    [[nodiscard]] virtual QString description() const = 0;
    [[nodiscard]] virtual QString model() const = 0;
    [[nodiscard]] virtual QList<CapabilityExample> examples() const { return {}; }
    /// Answers a conversation (OpenAI's `messages`) piece by piece, of at most about `maxTokens` words. `piece` waits while the client reads
    /// slower than this writes, and gives false when nobody wants more. Blocking and throwing as PipelineWork::make().
    virtual void answer(const Json &messages, qint64 maxTokens, const std::function<bool(const QString &piece)> &piece, const CallContext &context) = 0;
};

} // namespace sluice::aigateway
