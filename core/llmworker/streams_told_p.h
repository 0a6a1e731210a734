#pragma once

#include "sluice/base/json.h"

#include <QtCore/QHash>
#include <QtCore/QString>

namespace sluice::llmworker {

/// What a client was told of a job's streams, so that a replay (sluice-extensions.md 7.2) tells it nothing twice.
class StreamsTold {
public:
    /// Whether a message's members say what is not known; of a replayed text only what is missing is left in them.
    [[nodiscard]] bool isNews(Json &news);

private:
    struct Told {
        bool begun = false;
        bool ended = false;
        QString text;
    };
    QHash<qint64, Told> m_streams;
};

} // namespace sluice::llmworker
