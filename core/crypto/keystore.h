#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/private_key.h"

/// Web3 secret storage, version 3: encrypted key files as geth and go-livepeer write them (payments.md 8).
namespace sluice::keystore {

/// The cost of deriving the file's key from the password.
struct Cost {
    quint32 n = 262144; ///< scrypt's N, a power of two
    quint32 r = 8;
    quint32 p = 1;
};

/// How decrypting may fail, besides an Error's message.
enum class Fault {
    WrongPassword, ///< the file is whole, its MAC does not match this password
    Damaged,       ///< not a key file, a field missing or malformed, or parameters out of bounds
};

struct Failure {
    Fault fault = Fault::Damaged;
    Error error; ///< Config for a wrong password, InvalidInput for a damaged file
};

/// Opens a key file. Takes about a second and 256 MiB at the standard cost: call it off the GUI thread.
/// Costs above 1 GiB of memory or 20 million rounds are refused as damaged.
[[nodiscard]] Expected<PrivateKey, Failure> decrypt(QByteArrayView file, const Secret &password);

/// A key file with a fresh salt, iv and id.
[[nodiscard]] Expected<QByteArray> encrypt(const PrivateKey &key, const Secret &password, const Cost &cost = {});

/// The account that the file names, without opening it; nothing when it names none.
[[nodiscard]] std::optional<Address> addressOf(QByteArrayView file);

} // namespace sluice::keystore
