#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace sluice::llmworker {

class Listener;

/// What a job has told, kept for a replay (sluice-extensions.md 7.2): its answer, and what was told of each of its streams. Of what is
/// too long nothing is kept, rather than a part that looks like all of it.
class JobRecord {
public:
    explicit JobRecord(QString jobId)
        : m_jobId(std::move(jobId))
    {
    }
    void addText(const QString &fragment);
    /// A message of the type `stream`, as it was or would have been told.
    void addNews(const Json &message);
    /// Code units.
    [[nodiscard]] qsizetype size() const { return m_size; }
    /// Tells all of it once more; with `streams` what was told of them, too.
    void replayTo(Listener &listener, bool streams) const;

private:
    /// One stream; its number is its place in the list.
    struct Told {
        std::optional<Json> begun;
        QString text;
        std::optional<Json> ended;
    };
    void grow(qsizetype size);

    QString m_jobId;
    QString m_text;
    QList<Told> m_streams;
    qsizetype m_size = 0;
    bool m_kept = true; ///< all of it is here
};

} // namespace sluice::llmworker
