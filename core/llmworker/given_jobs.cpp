#include "given_jobs_p.h"

#include <algorithm>

namespace sluice::llmworker {

void GivenJobs::add(const std::shared_ptr<ClientJob> &job, const std::shared_ptr<Client> &client, RemoteJob about)
{
    const auto entry = std::make_shared<Entry>();
    entry->job = job;
    entry->client = client;
    entry->about = std::move(about);
    if (!entry->about.addedAt.isValid())
        entry->about.addedAt = QDateTime::currentDateTimeUtc();
    std::erase_if(m_entries, [&](const auto &one) { return !job->id().isEmpty() && one->about.id == job->id(); });
    m_entries.push_back(entry);
    if (m_entries.size() > std::size_t(MostJobs)) {
        const auto ended = std::find_if(m_entries.begin(), m_entries.end(), [](const auto &one) { return !one->job; });
        m_entries.erase(ended == m_entries.end() ? m_entries.begin() : ended);
    }
    const std::weak_ptr<Entry> weak = entry;
    const auto heard = [weak] {
        if (const auto known = weak.lock(); known && !known->about.begunAt.isValid())
            known->about.begunAt = QDateTime::currentDateTimeUtc();
    };
    connect(job.get(), &ClientJob::fragment, this, heard);
    connect(job.get(), &ClientJob::told, this, heard);
    const auto ended = [weak] {
        const auto known = weak.lock();
        if (!known || !known->job)
            return;
        known->about = current(*known);
        known->about.endedAt = QDateTime::currentDateTimeUtc();
        known->job.reset();
    };
    connect(job.get(), &ClientJob::ended, this, ended);
    if (job->isOver())
        ended();
}

RemoteJob GivenJobs::current(const Entry &entry)
{
    RemoteJob job = entry.about;
    if (!entry.job)
        return job;
    job.id = entry.job->id();
    job.text = entry.job->text().right(RemoteJob::MostText);
    switch (entry.job->state()) {
    case ClientJob::State::Sent:
    case ClientJob::State::Waiting:
        job.state = RemoteJob::State::Unknown;
        break;
    case ClientJob::State::Running:
        job.state = RemoteJob::State::Running;
        break;
    case ClientJob::State::Done:
        job.state = RemoteJob::State::Done;
        break;
    case ClientJob::State::Failed:
        job.state = RemoteJob::State::Failed;
        job.problem = entry.job->error() ? entry.job->error()->message() : QString();
        break;
    }
    return job;
}

std::optional<RemoteJob> GivenJobs::find(const QString &id) const
{
    for (const auto &entry : m_entries) {
        if (current(*entry).id == id)
            return current(*entry);
    }
    return std::nullopt;
}

std::shared_ptr<ClientJob> GivenJobs::open(const QString &id) const
{
    for (const auto &entry : m_entries) {
        if (entry->job && entry->job->id() == id)
            return entry->job;
    }
    return nullptr;
}

std::shared_ptr<Client> GivenJobs::clientOf(const QString &id) const
{
    for (const auto &entry : m_entries) {
        if (current(*entry).id == id)
            return entry->client;
    }
    return nullptr;
}

QList<RemoteJob> GivenJobs::all() const
{
    QList<RemoteJob> jobs;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        const RemoteJob job = current(**entry);
        if (!job.id.isEmpty()) // else no server has taken it
            jobs.append(job);
    }
    return jobs;
}

} // namespace sluice::llmworker
