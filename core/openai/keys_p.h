#pragma once

#include <QtCore/QString>

/// The members of OpenAI's objects and of a gateway's `/llm` that this room reads and writes.
namespace sluice::openai::keys {

inline const QString Arguments = QStringLiteral("arguments");
inline const QString Choices = QStringLiteral("choices");
inline const QString Chunk = QStringLiteral("chunk");
inline const QString Code = QStringLiteral("code");
inline const QString CompletionTokens = QStringLiteral("completion_tokens");
inline const QString Content = QStringLiteral("content");
inline const QString Created = QStringLiteral("created");
inline const QString Data = QStringLiteral("data");
inline const QString Delta = QStringLiteral("delta");
inline const QString Done = QStringLiteral("done");
inline const QString Error = QStringLiteral("error");
inline const QString FinishReason = QStringLiteral("finish_reason");
inline const QString Function = QStringLiteral("function");
inline const QString Functions = QStringLiteral("functions");
inline const QString Id = QStringLiteral("id");
inline const QString IncludeUsage = QStringLiteral("include_usage");
inline const QString Index = QStringLiteral("index");
inline const QString Logprobs = QStringLiteral("logprobs");
inline const QString MaxCompletionTokens = QStringLiteral("max_completion_tokens");
inline const QString MaxTokens = QStringLiteral("max_tokens");
inline const QString Message = QStringLiteral("message");
inline const QString Messages = QStringLiteral("messages");
inline const QString Modalities = QStringLiteral("modalities");
inline const QString Model = QStringLiteral("model");
inline const QString N = QStringLiteral("n");
inline const QString Name = QStringLiteral("name");
inline const QString Object = QStringLiteral("object");
inline const QString Param = QStringLiteral("param");
inline const QString PromptTokens = QStringLiteral("prompt_tokens");
inline const QString Refusal = QStringLiteral("refusal");
inline const QString Response = QStringLiteral("response");
inline const QString ResponseFormat = QStringLiteral("response_format");
inline const QString Role = QStringLiteral("role");
inline const QString Stop = QStringLiteral("stop");
inline const QString Stream = QStringLiteral("stream");
inline const QString StreamOptions = QStringLiteral("stream_options");
inline const QString Temperature = QStringLiteral("temperature");
inline const QString Text = QStringLiteral("text");
inline const QString TokensUsed = QStringLiteral("tokens_used");
inline const QString ToolCalls = QStringLiteral("tool_calls");
inline const QString ToolChoice = QStringLiteral("tool_choice");
inline const QString Tools = QStringLiteral("tools");
inline const QString TopK = QStringLiteral("top_k");
inline const QString TopP = QStringLiteral("top_p");
inline const QString TotalTokens = QStringLiteral("total_tokens");
inline const QString Type = QStringLiteral("type");
inline const QString Usage = QStringLiteral("usage");

} // namespace sluice::openai::keys
