#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice::byoc {

/// What an error body says, whoever wrote it (client-sdk.md 3.6): plain text, `{"error":{"message"}}`, `{"error":"…"}`,
/// `{"detail":"…"}` or FastAPI's `{"detail":[{loc,msg}]}`; of a page of HTML its title or first words. At most 500 characters.
struct WorkerError {
    QString text;
    QString field; ///< JSON pointer of the input field at fault, from `loc`; empty when none is named
    bool page = false; ///< the body is HTML, of which `text` is the reason
};
[[nodiscard]] WorkerError readWorkerError(const QByteArray &body);

} // namespace sluice::byoc
