#pragma once

#include "sluice/llmworker/assistant.h"

namespace sluice::llmworker {

/// Most that one message may have in bytes (llm-worker.md 1).
inline constexpr qsizetype MaxMessageBytes = 16 * 1024 * 1024;
/// The subprotocol by which a client asks what a server has beyond the original (sluice-extensions.md).
inline constexpr char ExtensionsProtocol[] = "sluice.llm-worker.1";

/// `add`: queue a job (llm-worker.md 2.1).
struct AddRequest {
    AddRequest() = default; // no aggregate: see DESIGN.md 3
    QString id; ///< the client's own; only `resp_add` repeats it
    QString query;
    Assistant assistant;
    QList<Message> history;
    bool tellStreams = false; ///< an extension: tell of each stream, not only of the last one's text
    bool operator==(const AddRequest &) const = default;

    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that does not fit.
    [[nodiscard]] static Expected<AddRequest> fromJson(const Json &json);
};

/// `listen`: take over the updates of a job (llm-worker.md 2.2).
struct ListenRequest {
    ListenRequest() = default;
    QString jobId;
    bool replay = false; ///< an extension: first the text so far
    bool tellStreams = false; ///< an extension, as in `add`
    bool operator==(const ListenRequest &) const = default;

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<ListenRequest> fromJson(const Json &json);
};

/// `cancel`, an extension: end a job, begun or not.
struct CancelRequest {
    QString jobId;
    bool operator==(const CancelRequest &) const = default;

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<CancelRequest> fromJson(const Json &json);
};

/// `jobs`, an extension: tell of the jobs that wait and run.
struct JobsRequest {
    bool operator==(const JobsRequest &) const = default;
    [[nodiscard]] Json toJson() const;
};

using ClientMessage = std::variant<AddRequest, ListenRequest, CancelRequest, JobsRequest>;

/// What a client sent, or why it is none of them. Takes what Python's reader takes (llm-worker.md 2), bounded as there.
[[nodiscard]] Expected<ClientMessage> parseClientMessage(QByteArrayView text);

/// What a server sends. One struct, because they differ in three members.
struct ServerMessage {
    ServerMessage() = default;
    enum class Kind {
        RespAdd,
        Running,
        Done,
        Failed,
        Pending,
        Stream,     ///< an extension: news of one stream of a job, in `json`
        Jobs,       ///< an extension: the answer to `jobs`, in `json`
        Extensions, ///< an extension: what this server has, in `json`
        Other,      ///< a type that nobody knows; to be ignored
    };
    Kind kind = Kind::Other;
    QString id;      ///< of `resp_add`
    QString jobId;
    QString message; ///< of `running` and `failed`
    bool replay = false; ///< of `running`: the extension's text so far, in place of what was told before
    Json json;       ///< the whole, of the last four

    [[nodiscard]] static ServerMessage respAdd(const QString &id, const QString &jobId);
    [[nodiscard]] static ServerMessage done(const QString &jobId);
    [[nodiscard]] static ServerMessage failed(const QString &jobId, const QString &message);

    /// As the original writes it: compact, `type` first, nothing that is null.
    [[nodiscard]] QByteArray dump() const;
    /// InvalidInput, when it is no object with a type or lacks what its type needs. Any key order and white space.
    [[nodiscard]] static Expected<ServerMessage> parse(QByteArrayView text);
};

/// `running` as text, from the job's id in its place: what is sent most.
class RunningWriter {
public:
    explicit RunningWriter(const QString &jobId);
    [[nodiscard]] QByteArray write(const QString &fragment) const;
    /// The extension's text so far, which says that it is that.
    [[nodiscard]] QByteArray writeReplay(const QString &text) const;

private:
    QByteArray m_begin;
};

} // namespace sluice::llmworker
