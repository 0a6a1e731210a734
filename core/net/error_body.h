#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice {

/// What an error answer's body says, whoever wrote it (client-sdk.md 3.6, openai.md 4.4): plain text, `{"error":{"message"}}`,
/// `{"error":"…"}`, `{"message":"…"}`, `{"detail":"…"}`, `{"detail":{"msg"}}` or FastAPI's `{"detail":[{loc,msg}]}`, also as the first of
/// a list; of a page of HTML its title or first words. At most 500 characters.
struct ErrorBody {
    QString text;      ///< empty when the body says nothing
    QString field;     ///< JSON pointer of the input field at fault, from `loc`; empty when none is named
    bool page = false; ///< the body is HTML, of which `text` is the reason
};
[[nodiscard]] ErrorBody readErrorBody(const QByteArray &body);

} // namespace sluice
