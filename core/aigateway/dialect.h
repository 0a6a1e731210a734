#pragma once

#include "sluice/aigateway/client.h"
#include "sluice/openai/dialect.h"

#include <QtCore/QHash>

namespace sluice::aigateway {

/// What a free question to `/llm` tells of a gateway (openai.md 5). Pure.
enum class LlmSign {
    Gateway,    ///< JSON, from go-livepeer 0.8.3 on
    Legacy,     ///< a form, up to 0.8.2
    KeyNeeded,
    NotThere,   ///< there is no such path
    Unclear,    ///< nothing in it, or something that nobody knows
};

/// Reads the answer to `{}`, which both dialects refuse before they do anything.
[[nodiscard]] LlmSign readSign(int status, const QByteArray &body);
/// Whether a refusal says that the request was in the other dialect, nothing of it having been done; which one that is.
[[nodiscard]] std::optional<openai::Dialect> otherDialect(int status, const QByteArray &body);

/// Which dialect of `/llm` gateways speak: asked once each, without a prompt and without pay. Lives on one thread.
class Dialects {
public:
    /// That of the client's gateway; the present one where it cannot be told. Http when a key is needed or there is no such path.
    QCoro::Task<openai::Dialect> of(std::shared_ptr<Client> client, CallContext context);
    /// The same, without going by what was asked before.
    QCoro::Task<LlmSign> ask(std::shared_ptr<Client> client, CallContext context);
    void remember(const Client &client, openai::Dialect dialect);

private:
    QHash<QString, openai::Dialect> m_known; ///< by base URL
};

} // namespace sluice::aigateway
