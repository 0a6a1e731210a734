#pragma once

#include "sluice/aigateway/client.h"
#include "sluice/openai/dialect.h"
#include "sluice/openai/llm_sign.h"

#include <QtCore/QHash>

namespace sluice::aigateway {

using openai::LlmSign;
using openai::readSign;

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
