#include "sluice/openai/endpoint.h"

#include "sluice/backend/form_words.h"

namespace sluice::openai {

namespace {

/// What a schema's text says; they are this file's own, so that one that is no JSON is a fault of the program.
Json schema(const char *text)
{
    return orThrow(Json::parse(QByteArrayView(text)));
}

constexpr char ChatSchema[] = R"json({
"type": "object", "title": "Chat", "required": ["messages"],
"properties": {
  "messages": {"type": "array", "title": "Messages", "description": "The conversation so far, oldest first.", "minItems": 1, "x-order": 0,
    "items": {"type": "object", "required": ["role"], "properties": {
      "role": {"type": "string", "title": "Role", "enum": ["developer", "system", "user", "assistant", "tool"], "default": "user", "x-order": 0},
      "content": {"title": "Content", "x-order": 1, "anyOf": [
        {"type": "string", "title": "Text"},
        {"type": "array", "title": "Parts", "items": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "text": {"type": "string"},
          "image_url": {"type": "object", "title": "Picture", "required": ["url"], "properties": {"url": {"type": "string", "description": "A data: URI, or an address of the web."}}}}}},
        {"type": "null", "title": "Nothing"}]}}}},
  "temperature": {"type": "number", "title": "Temperature", "minimum": 0, "maximum": 2, "x-order": 1},
  "top_p": {"type": "number", "title": "Top p", "minimum": 0, "maximum": 1, "x-order": 2},
  "max_tokens": {"type": "integer", "title": "Longest answer", "description": "In tokens.", "minimum": 1, "x-order": 3},
  "max_completion_tokens": {"type": "integer", "title": "Longest answer with reasoning", "description": "The newer name of the limit, which counts what a model thinks, too.", "minimum": 1, "x-order": 4},
  "presence_penalty": {"type": "number", "title": "Presence penalty", "minimum": -2, "maximum": 2, "x-order": 5},
  "frequency_penalty": {"type": "number", "title": "Frequency penalty", "minimum": -2, "maximum": 2, "x-order": 6},
  "seed": {"type": "integer", "title": "Seed", "x-order": 7},
  "n": {"type": "integer", "title": "Answers", "minimum": 1, "maximum": 128, "x-order": 8},
  "stop": {"type": "array", "title": "Stop texts", "description": "The answer ends before the first of them.", "items": {"type": "string"}, "maxItems": 4, "x-order": 9},
  "reasoning_effort": {"type": "string", "title": "Reasoning effort", "description": "none, minimal, low, medium, high: what the model knows.", "x-order": 10},
  "response_format": {"type": "object", "title": "Format of the answer", "description": "{\"type\": \"json_object\"} or a JSON Schema.", "x-order": 11},
  "tools": {"type": "array", "title": "Tools", "description": "Functions that the model may ask for.", "items": {"type": "object"}, "x-order": 12}
}})json";

constexpr char EmbeddingsSchema[] = R"json({
"type": "object", "title": "Embeddings", "required": ["input"],
"properties": {
  "input": {"title": "Input", "x-order": 0, "anyOf": [{"type": "string", "title": "Text", "format": "textarea"},
    {"type": "array", "title": "Texts", "items": {"type": "string"}, "minItems": 1}]},
  "dimensions": {"type": "integer", "title": "Dimensions", "minimum": 1, "x-order": 1},
  "encoding_format": {"type": "string", "title": "Format of the vectors", "enum": ["float", "base64"], "x-order": 2}
}})json";

constexpr char ImagesSchema[] = R"json({
"type": "object", "title": "Images", "required": ["prompt"],
"properties": {
  "prompt": {"type": "string", "title": "Prompt", "x-order": 0},
  "n": {"type": "integer", "title": "Pictures", "minimum": 1, "maximum": 10, "x-order": 1},
  "size": {"type": "string", "title": "Size", "description": "Width and height, such as 1024x1024, or auto.", "x-order": 2},
  "quality": {"type": "string", "title": "Quality", "description": "auto, low, medium, high, standard, hd: what the model knows.", "x-order": 3},
  "response_format": {"type": "string", "title": "Pictures as", "description": "OpenAI's own newer models always answer b64_json and take no such parameter.", "enum": ["url", "b64_json"], "x-order": 4}
}})json";

constexpr char TranscriptionSchema[] = R"json({
"type": "object", "title": "Transcription", "required": ["file"],
"properties": {
  "file": {"type": "string", "title": "Sound", "contentEncoding": "base64", "contentMediaType": "audio/*", "x-order": 0},
  "language": {"type": "string", "title": "Language", "description": "Two letters, such as en.", "x-order": 1},
  "prompt": {"type": "string", "title": "Prompt", "description": "Words that may occur, in their spelling.", "x-order": 2},
  "response_format": {"type": "string", "title": "Format of the answer", "enum": ["json", "text", "srt", "verbose_json", "vtt"], "x-order": 3},
  "temperature": {"type": "number", "title": "Temperature", "minimum": 0, "maximum": 1, "x-order": 4},
  "timestamp_granularities": {"type": "array", "title": "Times of", "description": "With verbose_json.", "items": {"type": "string", "enum": ["word", "segment"]}, "x-order": 5}
}})json";

constexpr char SpeechSchema[] = R"json({
"type": "object", "title": "Speech", "required": ["input", "voice"],
"properties": {
  "input": {"type": "string", "title": "Text", "format": "textarea", "x-order": 0},
  "voice": {"type": "string", "title": "Voice", "default": "alloy", "x-order": 1},
  "instructions": {"type": "string", "title": "How to speak", "x-order": 2},
  "response_format": {"type": "string", "title": "Format of the sound", "enum": ["mp3", "opus", "aac", "flac", "wav", "pcm"], "x-order": 3},
  "speed": {"type": "number", "title": "Speed", "minimum": 0.25, "maximum": 4, "x-order": 4}
}})json";

Json output(const char *type, const char *mediaType)
{
    return Json{{QStringLiteral("x-output"), Json{{QStringLiteral("type"), type}, {QStringLiteral("media_type"), mediaType}}}};
}

} // namespace

Json Endpoint::inputSchema() const
{
    // Read once: a server may list hundreds of models.
    static const Json chat = inFormWords(schema(ChatSchema));
    static const Json embeddings = inFormWords(schema(EmbeddingsSchema));
    static const Json images = inFormWords(schema(ImagesSchema));
    static const Json transcription = inFormWords(schema(TranscriptionSchema));
    static const Json speech = inFormWords(schema(SpeechSchema));
    switch (kind) {
    case Kind::Chat: return chat;
    case Kind::Embeddings: return embeddings;
    case Kind::Images: return images;
    case Kind::Transcription: return transcription;
    case Kind::Speech: return speech;
    case Kind::Other: break;
    }
    return {};
}

Json Endpoint::outputSchema() const
{
    switch (kind) {
    case Kind::Chat:
        return schema(R"({"x-output":{"type":"text_stream","media_type":"text/event-stream","streaming":true,"protocol":"openai","format":"markdown"}})");
    case Kind::Embeddings:
    case Kind::Images:
    case Kind::Transcription: return output("json", "application/json");
    case Kind::Speech: return output("audio", "audio/mpeg");
    case Kind::Other: break;
    }
    return {};
}

QList<CapabilityExample> Endpoint::examples() const
{
    switch (kind) {
    case Kind::Chat:
        return {{formWord(QStringLiteral("A question")), schema(R"({"messages":[{"role":"user","content":"Tell me more about the Livepeer network"}]})")}};
    case Kind::Embeddings: return {{formWord(QStringLiteral("A sentence")), schema(R"({"input":"A sluice is a gate that lets water through."})")}};
    case Kind::Images: return {{formWord(QStringLiteral("A picture")), schema(R"({"prompt":"A wooden sluice gate in a mountain stream, morning light"})")}};
    case Kind::Speech: return {{formWord(QStringLiteral("A sentence")), schema(R"({"input":"The gate is open.","voice":"alloy"})")}};
    case Kind::Transcription:
    case Kind::Other: break;
    }
    return {};
}

} // namespace sluice::openai
