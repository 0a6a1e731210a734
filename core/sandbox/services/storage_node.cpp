#include "sluice/sandbox/services/storage_node.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_text.h"
#include "sluice/crypto/keccak.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>

namespace sluice {

namespace {

constexpr qsizetype MostRequestBytes = 8 * 1024 * 1024;
// JSON-RPC's own numbers.
constexpr int NoJson = -32700;
constexpr int NoMethod = -32601;
constexpr int BadParameters = -32602;

Error bad(const QString &why)
{
    return Error(Error::Kind::InvalidInput, why);
}

Json failure(const Json &id, int code, const QString &message)
{
    const Json error{{QStringLiteral("code"), code}, {QStringLiteral("message"), message}};
    return Json{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), id}, {QStringLiteral("error"), error}};
}

QString rootOf(const QByteArray &file)
{
    return keccak256(file).toHex();
}

} // namespace

StorageNode::StorageNode(const QString &folder)
    : m_folder(folder)
{
    if (!m_folder.mkpath(QStringLiteral(".")))
        throw Error(Error::Kind::Storage, QStringLiteral("The folder %1 for stored files could not be made.").arg(folder));
    for (const QFileInfo &file : m_folder.entryInfoList(QDir::Files))
        m_bytes += file.size();
}

Json StorageNode::answer(const QByteArray &body)
{
    Json::Limits limits;
    limits.maxBytes = MostRequestBytes;
    limits.maxDepth = 16;
    const auto request = Json::parse(body, limits);
    if (!request || !request->isObject())
        return failure(Json(), NoJson, request ? QStringLiteral("A request is a JSON object.") : request.error().message());
    const Json id = request->value(QStringLiteral("id"));
    const Json parameters = request->value(QStringLiteral("params"));
    const QString method = request->value(QStringLiteral("method")).toString();
    try {
        Json result;
        if (method == QLatin1String("zgs_getStatus"))
            result = status();
        else if (method == QLatin1String("zgs_uploadSegment"))
            result = upload(parameters);
        else if (method == QLatin1String("zgs_downloadSegment"))
            result = download(parameters);
        else if (method == QLatin1String("zgs_getFileInfo"))
            result = info(parameters);
        else
            return failure(id, NoMethod, QStringLiteral("There is no method \"%1\" here.").arg(method.left(100)));
        return Json{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), id}, {QStringLiteral("result"), result}};
    } catch (const Error &error) {
        return failure(id, BadParameters, error.message());
    }
}

Json StorageNode::status() const
{
    const Json network{{QStringLiteral("chainId"), 0}, {QStringLiteral("flowAddress"), QString()}};
    return Json{{QStringLiteral("connectedPeers"), 0}, {QStringLiteral("nextTxSeq"), qint64(m_folder.entryList(QDir::Files).size())}, {QStringLiteral("storedBytes"), m_bytes},
        {QStringLiteral("networkIdentity"), network}};
}

Json StorageNode::upload(const Json &parameters)
{
    const Json segment = parameters.at(0);
    const QString text = segment.value(QStringLiteral("data")).toString();
    if (parameters.size() != 1 || text.isEmpty())
        throw bad(QStringLiteral("zgs_uploadSegment takes one segment whose \"data\" is a file as base64."));
    const QByteArray file = orThrow(fileInText(text));
    if (file.isEmpty() || file.size() > MostBytes)
        throw bad(QStringLiteral("A file has 1 to %1 bytes here, not %2.").arg(MostBytes).arg(file.size()));
    if (segment.value(QStringLiteral("index")).toInt64().value_or(0) != 0)
        throw bad(QStringLiteral("Each file is one segment here: its index is 0."));
    const auto size = segment.value(QStringLiteral("fileSize")).toInt64();
    if (size && *size != file.size())
        throw bad(QStringLiteral("fileSize says %1 bytes, and %2 came.").arg(*size).arg(file.size()));
    const QString root = rootOf(file);
    const QString said = segment.value(QStringLiteral("root")).toString();
    if (!said.isEmpty() && said.compare(root, Qt::CaseInsensitive) != 0)
        throw bad(QStringLiteral("The root of these bytes is %1 here, not %2.").arg(root, said.left(100)));
    const QString path = m_folder.filePath(root.mid(2));
    if (!QFile::exists(path)) {
        if (m_bytes + file.size() > MostTogether)
            throw bad(QStringLiteral("The store is full: it keeps %1 bytes.").arg(MostTogether));
        QSaveFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(file) != file.size() || !out.commit())
            throw bad(QStringLiteral("The file could not be kept: %1").arg(out.errorString()));
        m_bytes += file.size();
    }
    return Json{{QStringLiteral("root"), root}, {QStringLiteral("size"), qint64(file.size())}};
}

QString StorageNode::fileOf(const Json &parameters) const
{
    const auto raw = bytes::fromHex(parameters.at(0).toString().toLatin1());
    if (!raw || raw->size() != 32)
        throw bad(QStringLiteral("The first parameter must be a file's root: 0x and 64 hex digits."));
    return m_folder.filePath(QString::fromLatin1(raw->toHex())); // a name of hex digits leads nowhere else
}

Json StorageNode::download(const Json &parameters) const
{
    QFile file(fileOf(parameters));
    if (!file.open(QIODevice::ReadOnly))
        return {}; // null, as of a root that a node does not know
    return Json(QString::fromLatin1(bytes::toBase64(file.read(MostBytes))));
}

Json StorageNode::info(const Json &parameters) const
{
    const QFileInfo file(fileOf(parameters));
    if (!file.exists())
        return {};
    return Json{{QStringLiteral("root"), QStringLiteral("0x") + file.fileName()}, {QStringLiteral("size"), file.size()}, {QStringLiteral("finalized"), true}};
}

boost::asio::awaitable<void> StorageNode::serve(ServerRequest request, ServerResponse &response)
{
    if (request.method != "POST") {
        QByteArray said = "JSON-RPC is asked with POST.";
        co_await response.sendText(405, std::move(said));
        co_return;
    }
    QByteArray body = answer(request.body).dump();
    Headers head = headers::contentType("application/json");
    co_await response.send(200, std::move(head), std::move(body));
}

} // namespace sluice
