#include "backend_p.h"

#include "sluice/backend/form_words.h"
#include "sluice/zerog/backend.h"
#include "sluice/zerog/neuron.h"

#include <QtCore/QCoreApplication>

namespace sluice::zerog {

namespace {

/// Translated like the window's words.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::zerog::Service)
};

const QString SchemaOrigin = QStringLiteral("0G serving");
const QString ChatPath = QStringLiteral("v1/chat/completions");

/// What a schema's text says; they are this file's own, so that one that is no JSON is a fault of the program.
Json schema(const char *text)
{
    return orThrow(Json::parse(QByteArrayView(text)));
}

constexpr char ChatInput[] = R"json({
"type": "object", "title": "Chat", "required": ["messages"],
"properties": {
  "messages": {"type": "array", "title": "Messages", "description": "The conversation so far, oldest first. Its words are what the call costs.", "minItems": 1, "x-order": 0,
    "items": {"type": "object", "required": ["role", "content"], "properties": {
      "role": {"type": "string", "title": "Role", "enum": ["system", "user", "assistant", "tool"], "default": "user", "x-order": 0},
      "content": {"type": "string", "title": "Content", "x-order": 1}}}},
  "model": {"type": "string", "title": "Model", "description": "As the service behind the provider names it, where it has several.", "x-order": 1},
  "temperature": {"type": "number", "title": "Temperature", "minimum": 0, "maximum": 2, "x-order": 2},
  "top_p": {"type": "number", "title": "Top p", "minimum": 0, "maximum": 1, "x-order": 3},
  "max_tokens": {"type": "integer", "title": "Longest answer", "description": "In the model's tokens.", "minimum": 1, "x-order": 4},
  "stop": {"type": "array", "title": "Stop texts", "items": {"type": "string"}, "maxItems": 4, "x-order": 5}
}})json";

constexpr char StorageInput[] = R"json({
"type": "object", "title": "Storage node", "description": "A JSON-RPC request to the storage node. Its bytes are what the call costs.",
"anyOf": [
  {"title": "Upload", "type": "object", "required": ["method", "params"], "properties": {
    "method": {"type": "string", "title": "Method", "const": "zgs_uploadSegment", "x-order": 0},
    "params": {"type": "array", "title": "Segment", "minItems": 1, "maxItems": 1, "x-order": 1, "items": {"type": "object", "required": ["data"], "properties": {
      "data": {"type": "string", "title": "File", "contentEncoding": "base64", "x-order": 0},
      "root": {"type": "string", "title": "Root", "description": "Of the whole file. A node of 0G's storage network asks for it, and for what follows.", "x-order": 1},
      "index": {"type": "integer", "title": "Segment", "description": "Which one of the file this is, from 0.", "minimum": 0, "x-order": 2},
      "fileSize": {"type": "integer", "title": "Size of the file", "description": "In bytes.", "minimum": 0, "x-order": 3},
      "proof": {"title": "Proof", "description": "That the segment belongs to the root: an object with lemma and path.", "x-order": 4}}}},
    "jsonrpc": {"type": "string", "const": "2.0", "x-hidden": true}, "id": {"default": 1, "x-hidden": true}}},
  {"title": "Download", "type": "object", "required": ["method", "params"], "properties": {
    "method": {"type": "string", "title": "Method", "const": "zgs_downloadSegment", "x-order": 0},
    "params": {"type": "array", "title": "Root, start and end", "minItems": 1, "maxItems": 3, "x-order": 1,
      "items": {"anyOf": [{"type": "string", "title": "Root"}, {"type": "integer", "title": "Index", "minimum": 0}]}},
    "jsonrpc": {"type": "string", "const": "2.0", "x-hidden": true}, "id": {"default": 1, "x-hidden": true}}},
  {"title": "Another method", "type": "object", "required": ["method"], "properties": {
    "method": {"type": "string", "title": "Method", "description": "For example zgs_getStatus or zgs_getFileInfo.", "pattern": "^(?!zgs_(up|down)loadSegment$)", "x-order": 0},
    "params": {"type": "array", "title": "Parameters", "items": {}, "x-order": 1},
    "jsonrpc": {"type": "string", "const": "2.0", "x-hidden": true}, "id": {"default": 1, "x-hidden": true}}}
]})json";

/// What a download answers holds a file.
constexpr char StorageOutput[] = R"json({"type": "object", "x-output": {"file": "/result"}})json";

/// What a service says about itself, put into a sentence.
QString describe(const Service &service)
{
    const bool storage = serviceType(service.type) == ServiceType::Storage;
    const QString sentence = storage ? Words::tr("%1 by %2: %3 neuron per byte sent, %4 neuron per byte received")
                                     : Words::tr("%1 by %2: %3 neuron per word sent, %4 neuron per word received");
    return sentence.arg(service.type, service.provider.toChecksum(), toDecimal(service.inputPrice), toDecimal(service.outputPrice));
}

} // namespace

QString capabilityName(const QString &service, const QString &providerAddress)
{
    return service + QLatin1Char('@') + providerAddress;
}

std::optional<NamedService> NamedService::of(const QString &capability)
{
    const qsizetype at = capability.lastIndexOf(QLatin1Char('@'));
    if (at <= 0)
        return std::nullopt;
    const auto provider = Address::fromHex(QStringView(capability).sliced(at + 1));
    if (!provider)
        return std::nullopt;
    NamedService named;
    named.service = capability.left(at);
    named.provider = *provider;
    return named;
}

CapabilityInfo infoOf(const Service &service, const QUrl &agent)
{
    const CapabilityId id{BackendId, capabilityName(service.name, service.provider.toChecksum()), QString()};
    CapabilityInfo info = CapabilityInfo::unlisted(id);
    const auto type = serviceType(service.type);
    info.listed = true;
    info.title = service.name;
    info.description = describe(service);
    info.orchestrators = {agent};
    info.seenAt = QDateTime::currentDateTimeUtc();
    info.schemaOrigin = SchemaOrigin;
    if (type == ServiceType::Chatbot) {
        info.path = ChatPath;
        info.verbs = {Verb::Stream, Verb::Run};
        info.inputSchema = inFormWords(schema(ChatInput));
        const Json example{{QStringLiteral("messages"),
            Json::array({Json{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("Say this is a test!")}}})}};
        info.examples = {CapabilityExample{QStringLiteral("Say this is a test!"), example}};
    } else {
        info.verbs = {Verb::Run};
        info.verbsFixed = true;
        info.inputSchema = inFormWords(schema(StorageInput));
        info.outputSchema = schema(StorageOutput);
        const auto request = [](const char *method, const Json &parameters) {
            return Json{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), 1}, {QStringLiteral("method"), QString(QLatin1String(method))},
                {QStringLiteral("params"), parameters}};
        };
        const Json segment{{QStringLiteral("data"), QString::fromLatin1(QByteArray("Hello, storage!").toBase64())}};
        const Json root(QStringLiteral("0x") + QString(64, QLatin1Char('0')));
        info.examples = {CapabilityExample{formWord(QStringLiteral("The node's state")), request("zgs_getStatus", Json::array())},
            CapabilityExample{formWord(QStringLiteral("Upload a file")), request("zgs_uploadSegment", Json::array({segment}))},
            CapabilityExample{formWord(QStringLiteral("Download a file")), request("zgs_downloadSegment", Json::array({root, Json(0), Json(1)}))}};
    }
    return info;
}

Expected<Json> sentBody(const Call &call)
{
    if (!call.input.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The input must be a JSON object: that is what is counted and signed.")));
    Json body = call.input;
    if (!call.model.isEmpty() && !body.contains(QStringLiteral("model")))
        body.insert(QStringLiteral("model"), call.model);
    if (call.verb == Verb::Stream)
        body.insert(QStringLiteral("stream"), true);
    return body;
}

QString suffixOf(const Call &call, const std::optional<CapabilityInfo> &info)
{
    QString path = call.path;
    if (path.isEmpty() && info)
        path = info->path;
    if (path.isEmpty() && !info && call.input.contains(QStringLiteral("messages")))
        path = ChatPath;
    if (path.isEmpty())
        return {};
    return path.startsWith(QLatin1Char('/')) ? path : QLatin1Char('/') + path;
}

QString callPath(const Address &provider, const QString &service, const QString &suffix)
{
    return QStringLiteral("/v1/provider/%1/service/%2").arg(provider.toChecksum(), QString::fromLatin1(QUrl::toPercentEncoding(service)))
        + QString::fromLatin1(QUrl::toPercentEncoding(suffix, "/%"));
}

} // namespace sluice::zerog
