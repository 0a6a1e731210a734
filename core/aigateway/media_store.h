#pragma once

#include <QtCore/QByteArray>

#include <deque>
#include <optional>

namespace sluice::aigateway {

/// The files that a gateway made, in memory: of each request the last twelve (openai.md 9), and of all as many as there is room for; then the
/// oldest requests go. No I/O; used from one thread.
class MediaStore {
public:
    static constexpr std::size_t MaxFilesPerRequest = 12;

    struct File {
        QByteArray contentType;
        QByteArray content;
    };

    explicit MediaStore(qsizetype maxBytes);

    /// Keeps a file of the request `id`; the path under which a client gets it: "/stream/<id>/<name>".
    [[nodiscard]] QByteArray keep(const QByteArray &id, const QByteArray &name, File file);
    /// By that path.
    [[nodiscard]] std::optional<File> find(const QByteArray &path) const;

private:
    struct Entry {
        QByteArray id;
        QByteArray path;
        File file;
    };

    qsizetype m_maxBytes;
    qsizetype m_bytes = 0;
    std::deque<Entry> m_entries; ///< oldest first
};

} // namespace sluice::aigateway
