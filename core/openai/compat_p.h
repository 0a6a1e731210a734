#pragma once

#include "sluice/openai/compat.h"
#include "sluice/openai/legacy_form.h"

/// The steps of Mapping::Compat.
namespace sluice::openai::compat {

[[nodiscard]] Expected<LegacyForm, ApiError> legacyForm(const ChatRequest &request);
[[nodiscard]] Expected<ChatAnswer, ApiError> answer(const QByteArray &body, const AnswerIdentity &identity);
[[nodiscard]] Expected<ChatChunk, ApiError> chunk(const Json &event, const AnswerIdentity &identity);

} // namespace sluice::openai::compat
