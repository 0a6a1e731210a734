#pragma once

#include <QtCore/QString>

namespace sluice {

/// True for a name that people give to secrets: "password", "apiKey", "HF_TOKEN", "x-client-secret", "Authorization". False for what
/// only sounds alike: "max_tokens", "tokenizer", "token_count", "eos_token", "public_key", "password_length".
///
/// For values that no schema describes, and for environment variables. Pure; whatever the case and the way words are joined.
[[nodiscard]] bool looksSecret(const QString &name);

} // namespace sluice
