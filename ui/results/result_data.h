#pragma once

#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// An answer as it was received; what a ResultView shows.
struct ResultData {
    int status = 0;                 ///< HTTP status; 0 = unknown
    QByteArray contentType;
    QByteArray body;                ///< the bytes received, or as many of them as were kept
    qint64 bodySize = 0;            ///< bytes that arrived; more than body.size() when it was cut
    QList<std::pair<QByteArray, QByteArray>> headers;
    QUrl servedBy;
    QStringList notes;              ///< what a person should know of the answer
    std::optional<std::chrono::milliseconds> duration;
    Json outputSchema;              ///< null = unknown; its `x-output` picks the preview
    QByteArray askedPicture;        ///< the file of the input that the answer is about (`x-output.picture`); empty where there is none
};

} // namespace sluice::ui
