#pragma once

#include "sluice/net/headers.h"
#include "sluice/zerog/entities.h"

/// The seven headers that carry a signed request to the provider agent, profile A (zerog-serving.md 2.2). Pure.
namespace sluice::zerog {

/// Their names: Address, Nonce, Service-Name, Token-Count, Previous-Output-Token-Count, Created-At, Signature.
[[nodiscard]] const QList<QByteArray> &metadataHeaderNames();
/// In any letter case.
[[nodiscard]] bool isMetadataHeader(QByteArrayView name);
/// Without the seven, whatever their letter case (statements 20 and 56).
[[nodiscard]] Headers withoutMetadata(const Headers &headers);

/// The seven of a signed request, numbers in decimal, the signature as 0x and 130 digits.
[[nodiscard]] Headers metadataHeaders(const Request &request);
/// Reads them; of several with one name the first. The error's message is what stands behind `get model.request from HTTP request: ` on
/// the page (`<Header>: missing Header`, `parse nonce x: …`). Numbers are 1 to 19 ASCII digits up to 2^63-1 (rule 15).
[[nodiscard]] Expected<Request> requestFromHeaders(const Headers &headers);

/// `2024-08-22 06:38:52 +0000 UTC`.
[[nodiscard]] QByteArray createdAtText(qint64 seconds);
/// Whole seconds (floor) of such a text with a fraction of 0 to 9 digits and any numeric offset with a zone word behind it.
[[nodiscard]] Expected<qint64> createdAtFromText(QByteArrayView text);

} // namespace sluice::zerog
