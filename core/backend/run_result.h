#pragma once

#include "sluice/base/json.h"
#include "sluice/base/trace.h"
#include "sluice/backend/call_payment.h"

#include <QtCore/QMetaType>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace sluice {

/// A file that an answer named, and that was fetched with it.
struct ResultFile {
    QString pointer; ///< JSON pointer of its address in the answer's JSON
    QByteArray contentType;
    QByteArray content;
    QUrl url;        ///< where it was; empty when it stood in the answer itself
    bool operator==(const ResultFile &) const = default;
};

/// The answer to `run`: any content type is a result (client-sdk.md statement 7). Where the answer names one file, the content is that
/// file and `json` what named it; where it names several, they stand in the content's JSON as data URIs.
struct RunResult {
    QString runId;             ///< in the history
    int status = 0;
    QByteArray contentType;
    QByteArray content;        ///< the bytes received, unpacked
    Json json;                 ///< parsed content when it is JSON, whatever it was labelled, or what named the file that the content is; else null
    bool isJson = false;       ///< the content is JSON
    QList<ResultFile> files;   ///< what the answer named, in its order
    QList<std::pair<QByteArray, QByteArray>> headers;
    QUrl servedBy;
    QUrl askedAt;              ///< whom the request went to, without query; a gateway's own address
    QStringList notes;         ///< what a person should know of the answer: it came in another shape, for instance
    Payment payment;
    QList<TraceSpan> trace;
};

/// One server-sent event (client-sdk.md 1.2).
struct StreamEvent {
    QString data;
    std::optional<QString> event;
    std::optional<QString> id;
    std::optional<int> retry;
    /// Parses `data`; an error leaves `data` readable.
    [[nodiscard]] Expected<Json> json() const { return Json::parse(data.toUtf8()); }
    bool operator==(const StreamEvent &) const = default;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::RunResult)
Q_DECLARE_METATYPE(sluice::StreamEvent)
