#pragma once

#include "sluice/base/json.h"
#include "sluice/net/http_server.h"

#include <QtCore/QDir>

namespace sluice {

/// A small store of files that answers JSON-RPC with the names of a 0G storage node's methods: zgs_getStatus, zgs_uploadSegment, zgs_downloadSegment
/// and zgs_getFileInfo. It is no part of 0G's storage network: each file is one segment, and its root is the Keccak-256 of its bytes, which an upload tells.
///
/// The files stand in a folder and outlive the program. answer() may be called on any one thread at a time.
class StorageNode final {
public:
    static constexpr qint64 MostBytes = 4LL * 1024 * 1024;        ///< of one file
    static constexpr qint64 MostTogether = 256LL * 1024 * 1024;

    /// Throws Storage when the folder cannot be made.
    explicit StorageNode(const QString &folder);

    /// The answer to a request's body: a JSON-RPC object always.
    [[nodiscard]] Json answer(const QByteArray &body);
    /// The same over HTTP.
    boost::asio::awaitable<void> serve(ServerRequest request, ServerResponse &response);

private:
    [[nodiscard]] Json status() const;
    /// These throw Error for parameters that do not fit.
    [[nodiscard]] Json upload(const Json &parameters);
    [[nodiscard]] Json download(const Json &parameters) const;
    [[nodiscard]] Json info(const Json &parameters) const;
    /// The path of the file with the root that the first parameter names.
    [[nodiscard]] QString fileOf(const Json &parameters) const;

    QDir m_folder;
    qint64 m_bytes = 0; ///< of all files
};

} // namespace sluice
