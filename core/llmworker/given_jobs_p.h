#pragma once

#include "sluice/backend/remote_jobs.h"
#include "sluice/llmworker/client.h"

#include <QtCore/QObject>

#include <memory>

namespace sluice::llmworker {

/// The jobs that were given from here, and what is known of each: servers do not tell whose they are. The latest hundred.
class GivenJobs final : public QObject {
public:
    static constexpr qsizetype MostJobs = 100;

    /// One that was sent to `server`; `about` says what it is for. Of one that is followed only, `ours` is false.
    void add(const std::shared_ptr<ClientJob> &job, const std::shared_ptr<Client> &client, RemoteJob about);
    /// What is known of the job; nothing of one that is somebody else's.
    [[nodiscard]] std::optional<RemoteJob> find(const QString &id) const;
    /// The following of one that goes on.
    [[nodiscard]] std::shared_ptr<ClientJob> open(const QString &id) const;
    /// Where it was given.
    [[nodiscard]] std::shared_ptr<Client> clientOf(const QString &id) const;
    /// All of them, latest first.
    [[nodiscard]] QList<RemoteJob> all() const;

private:
    struct Entry {
        std::shared_ptr<ClientJob> job; ///< null once it has ended
        std::shared_ptr<Client> client;
        RemoteJob about;
    };
    static RemoteJob current(const Entry &entry);

    std::vector<std::shared_ptr<Entry>> m_entries; ///< oldest first
};

} // namespace sluice::llmworker
