#pragma once

#include "sluice/crypto/hash32.h"
#include "sluice/crypto/private_key.h"
#include "sluice/zerog/entities.h"

/// What a user signs for one call, profile A (zerog-serving.md 2.3). Pure and thread-safe.
///
/// A caller may rely on this: verify() takes no signature that the contract would not take, and none that has a twin: 65 bytes, low s,
/// v 27 or 28, made by `request.user`, which is not the zero address.
namespace sluice::zerog {

/// keccak256 of provider, user, service name, inputCount, previousOutputCount, nonce and createdAt, tightly packed.
[[nodiscard]] Hash32 requestHash(const Address &provider, const Request &request);
/// The EIP-191 digest of the hash: what is signed.
[[nodiscard]] Hash32 requestDigest(const Address &provider, const Request &request);
/// The bytes under the hash; for tests and for people who look for a difference.
[[nodiscard]] QByteArray packedRequest(const Address &provider, const Request &request);

/// Puts the key's address and its signature into the request. Everything else is signed as it stands.
void signRequest(Request &request, const Address &provider, const PrivateKey &key);

/// Who signed. The error's message is of the page where it has one (`recovered address signature not match the real address` is for
/// verify); a malformed signature says what is wrong with it.
[[nodiscard]] Expected<Address> recoverSigner(const Address &provider, const Request &request);
/// InvalidInput unless request.user signed exactly this for exactly this provider.
[[nodiscard]] Expected<void> verifyRequest(const Address &provider, const Request &request);

} // namespace sluice::zerog
