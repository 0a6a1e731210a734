#include "sluice/aigateway/media_store.h"

#include <algorithm>

namespace sluice::aigateway {

MediaStore::MediaStore(qsizetype maxBytes)
    : m_maxBytes(maxBytes)
{
}

QByteArray MediaStore::keep(const QByteArray &id, const QByteArray &name, File file)
{
    const auto isOfRequest = [&](const Entry &entry) { return entry.id == id; };
    if (std::size_t(std::count_if(m_entries.begin(), m_entries.end(), isOfRequest)) >= MaxFilesPerRequest) {
        const auto oldest = std::find_if(m_entries.begin(), m_entries.end(), isOfRequest);
        m_bytes -= oldest->file.content.size();
        m_entries.erase(oldest);
    }
    Entry entry;
    entry.id = id;
    entry.path = "/stream/" + id + '/' + name;
    entry.file = std::move(file);
    m_bytes += entry.file.content.size();
    m_entries.push_back(entry);
    // The newest stays, whatever its size: somebody is about to fetch it.
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        m_bytes -= m_entries.front().file.content.size();
        m_entries.pop_front();
    }
    return entry.path;
}

std::optional<MediaStore::File> MediaStore::find(const QByteArray &path) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.path == path; });
    return found == m_entries.end() ? std::nullopt : std::optional(found->file);
}

} // namespace sluice::aigateway
