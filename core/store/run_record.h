#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <optional>

namespace sluice {

/// One execution of a Call, as history keeps it. Holds no secret: the caller stores only what may be shown.
struct RunRecord {
    enum class State {
        Running,
        Succeeded,
        Failed,
        Canceled,
        Interrupted, ///< its process died before it ended; finishedAt stays invalid
        Signed,      ///< it was signed and paid here; another program sent it, and how it ended is not known
    };

    QString id; ///< uuid without braces; begin() makes one when empty
    QDateTime startedAt;  ///< UTC, milliseconds; begin() sets it when invalid
    QDateTime finishedAt; ///< invalid while it runs, and when its end was not seen
    QString profile;
    QString capability;
    QString backend;      ///< that its call went to; empty for runs of older versions, whose capabilities' names tell it
    QString verb;         ///< "run", "stream", "live"
    QString orchestrator; ///< URL; known once one was chosen
    QString title;        ///< one short line for lists, e.g. the start of the prompt
    State state = State::Running;
    int httpStatus = 0;
    QString resultContentType;
    qint64 resultSize = 0;      ///< bytes that arrived, kept or not
    bool resultTruncated = false; ///< more arrived than RunHistory::maxResultBytes
    qint64 events = 0;          ///< of a stream
    qint64 ticketCount = 0;
    QString paidWei = QStringLiteral("0");
    std::optional<QString> balanceBefore; ///< wei, as the orchestrator said
    std::optional<QString> balanceAfter;
    bool pinned = false;
    QString note;

    // Left empty in pages; byId() fills them.
    QString call;           ///< the Call as JSON
    QString errorJson;      ///< empty when it did not fail
    QString traceJson;
    QByteArray resultBytes; ///< at most RunHistory::maxResultBytes
};

/// Stable word for scripts and JSON: "running", "succeeded", …
[[nodiscard]] QString runStateName(RunRecord::State state);

/// How a run ended. Fields without a value leave what was stored before.
struct RunOutcome {
    RunRecord::State state = RunRecord::State::Succeeded;
    QDateTime finishedAt; ///< now when invalid
    int httpStatus = 0;
    std::optional<QString> orchestrator;
    QString resultContentType;
    std::optional<QByteArray> resultBytes; ///< replaces what appendPartial() stored
    QString errorJson;
    QString traceJson;
    QString note; ///< a remark of the program's own, kept where the person has written none
    std::optional<qint64> events;
    std::optional<qint64> ticketCount;
    std::optional<QString> paidWei;
    std::optional<QString> balanceBefore;
    std::optional<QString> balanceAfter;
};

} // namespace sluice
