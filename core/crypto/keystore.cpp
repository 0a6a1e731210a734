#include "sluice/crypto/keystore.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"

#include <botan/exceptn.h>
#include <botan/pwdhash.h>
#include <botan/stream_cipher.h>
#include <botan/system_rng.h>

#include <QtCore/QUuid>

namespace sluice::keystore {

namespace {

constexpr qsizetype maxFileBytes = 64 * 1024;
constexpr quint64 maxScryptMemory = 1ULL << 30;
constexpr qint64 maxRounds = 20'000'000;
constexpr qsizetype derivedBytes = 32;

Failure damaged(const QString &what)
{
    return {Fault::Damaged, Error(Error::Kind::InvalidInput, QStringLiteral("The key file is damaged: ") + what + QLatin1Char('.'))
                                .withAdvice(QStringLiteral("Use a Web3 secret storage file of version 3, as geth writes it, or restore it from a backup."))};
}

struct Parsed {
    QByteArray iv;
    QByteArray cipherText;
    QByteArray mac;
    QByteArray salt;
    std::unique_ptr<Botan::PasswordHash> kdf;
    std::optional<Address> address;
};

/// A hex field of `size` bytes, or of 1 to 64 bytes when `size` is 0.
Expected<QByteArray, Failure> hexField(const Json &object, const QString &key, qsizetype size)
{
    const Json value = object.value(key);
    const auto bytes = bytes::fromHex(value.toString().toUtf8());
    const bool fits = bytes && (size == 0 ? !bytes->isEmpty() && bytes->size() <= 64 : bytes->size() == size);
    if (!value.isString() || !fits)
        return unexpected(damaged(size == 0 ? QStringLiteral("“%1” is missing or no hex text").arg(key)
                                            : QStringLiteral("“%1” is missing or not %2 bytes of hex").arg(key).arg(size)));
    return *bytes;
}

Expected<qint64, Failure> numberField(const Json &object, const QString &key, qint64 most)
{
    const auto value = object.value(key).toInt64();
    if (!value || *value < 1 || *value > most)
        return unexpected(damaged(QStringLiteral("“%1” is missing or not within 1 … %2").arg(key).arg(most)));
    return *value;
}

Expected<std::unique_ptr<Botan::PasswordHash>, Failure> scryptFrom(const Json &params)
{
    const auto n = numberField(params, QStringLiteral("n"), 1 << 24);
    const auto r = numberField(params, QStringLiteral("r"), 1024);
    const auto p = numberField(params, QStringLiteral("p"), 64);
    for (const auto *field : {&n, &r, &p}) {
        if (!*field)
            return unexpected(field->error());
    }
    if ((*n & (*n - 1)) != 0 || *n < 2)
        return unexpected(damaged(QStringLiteral("scrypt's n is %1, which is no power of two").arg(*n)));
    if (128ULL * quint64(*r) * (quint64(*n) + quint64(*p)) > maxScryptMemory)
        return unexpected(damaged(QStringLiteral("scrypt with n %1 and r %2 would take more than 1 GiB").arg(*n).arg(*r)));
    return Botan::PasswordHashFamily::create_or_throw("Scrypt")->from_params(size_t(*n), size_t(*r), size_t(*p));
}

Expected<std::unique_ptr<Botan::PasswordHash>, Failure> pbkdf2From(const Json &params)
{
    const auto rounds = numberField(params, QStringLiteral("c"), maxRounds);
    if (!rounds)
        return unexpected(rounds.error());
    if (params.value(QStringLiteral("prf")).toString() != QStringLiteral("hmac-sha256"))
        return unexpected(damaged(QStringLiteral("“prf” is “%1”; only hmac-sha256 is known")
                                      .arg(params.value(QStringLiteral("prf")).toString().left(40))));
    return Botan::PasswordHashFamily::create_or_throw("PBKDF2(SHA-256)")->from_params(size_t(*rounds));
}

Expected<std::unique_ptr<Botan::PasswordHash>, Failure> kdfFrom(const Json &crypto)
{
    const Json params = crypto.value(QStringLiteral("kdfparams"));
    if (params.value(QStringLiteral("dklen")).toInt64() != derivedBytes)
        return unexpected(damaged(QStringLiteral("“dklen” is not 32")));
    const QString kdf = crypto.value(QStringLiteral("kdf")).toString();
    if (kdf == QStringLiteral("scrypt"))
        return scryptFrom(params);
    if (kdf == QStringLiteral("pbkdf2"))
        return pbkdf2From(params);
    return unexpected(damaged(QStringLiteral("“kdf” is “%1”; scrypt and pbkdf2 are known").arg(kdf.left(40))));
}

Expected<Json, Failure> rootOf(QByteArrayView file)
{
    auto json = Json::parse(file, {maxFileBytes, 8});
    if (!json)
        return unexpected(damaged(QStringLiteral("it is no JSON (%1)").arg(json.error().message())));
    if (!json->isObject() || json->value(QStringLiteral("version")).toInt64() != 3)
        return unexpected(damaged(QStringLiteral("“version” is not 3")));
    return *json;
}

Expected<Parsed, Failure> parse(QByteArrayView file)
{
    const auto root = rootOf(file);
    if (!root)
        return unexpected(root.error());
    const Json crypto = root->contains(QStringLiteral("crypto")) ? root->value(QStringLiteral("crypto")) : root->value(QStringLiteral("Crypto"));
    if (crypto.value(QStringLiteral("cipher")).toString() != QStringLiteral("aes-128-ctr"))
        return unexpected(damaged(QStringLiteral("“cipher” is not aes-128-ctr")));
    const auto iv = hexField(crypto.value(QStringLiteral("cipherparams")), QStringLiteral("iv"), 16);
    const auto cipherText = hexField(crypto, QStringLiteral("ciphertext"), 32);
    const auto mac = hexField(crypto, QStringLiteral("mac"), 32);
    const auto salt = hexField(crypto.value(QStringLiteral("kdfparams")), QStringLiteral("salt"), 0);
    for (const auto *field : {&iv, &cipherText, &mac, &salt}) {
        if (!*field)
            return unexpected(field->error());
    }
    auto kdf = kdfFrom(crypto);
    if (!kdf)
        return unexpected(kdf.error());
    Parsed parsed{*iv, *cipherText, *mac, *salt, std::move(*kdf), {}};
    const Json address = root->value(QStringLiteral("address"));
    if (!address.isNull()) {
        const auto known = Address::fromHex(address.toString());
        if (!known)
            return unexpected(damaged(QStringLiteral("“address” is no address")));
        parsed.address = *known;
    }
    return parsed;
}

const uint8_t *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const uint8_t *>(bytes.data());
}

Botan::secure_vector<uint8_t> derive(const Botan::PasswordHash &kdf, const Secret &password, const QByteArray &salt)
{
    Botan::secure_vector<uint8_t> key(derivedBytes);
    kdf.derive_key(key.data(), key.size(), password.expose().data(), password.size(), raw(salt), size_t(salt.size()));
    return key;
}

Hash32 macOf(const Botan::secure_vector<uint8_t> &derived, const QByteArray &cipherText)
{
    // The second half of the derived key, in memory that is wiped.
    Botan::secure_vector<uint8_t> input(derived.begin() + 16, derived.begin() + 32);
    input.insert(input.end(), cipherText.begin(), cipherText.end());
    return keccak256(QByteArrayView(input.data(), qsizetype(input.size())));
}

/// Encrypts and decrypts: counter mode is its own inverse.
Botan::secure_vector<uint8_t> counterMode(const Botan::secure_vector<uint8_t> &derived, const QByteArray &iv, QByteArrayView input)
{
    const auto cipher = Botan::StreamCipher::create_or_throw("CTR-BE(AES-128)");
    cipher->set_key(derived.data(), 16);
    cipher->set_iv(raw(iv), size_t(iv.size()));
    Botan::secure_vector<uint8_t> out(static_cast<size_t>(input.size()));
    cipher->cipher(raw(input), out.data(), out.size());
    return out;
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray out(count, Qt::Uninitialized);
    Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(out.data()), size_t(count));
    return out;
}

QString hex(QByteArrayView data)
{
    return QString::fromLatin1(bytes::toHex(data));
}

Expected<PrivateKey, Failure> open(const Parsed &parsed, const Secret &password)
{
    const auto derived = derive(*parsed.kdf, password, parsed.salt);
    if (!Secret(parsed.mac).equals(macOf(derived, parsed.cipherText).bytes()))
        return unexpected(Failure{Fault::WrongPassword,
            Error(Error::Kind::Config, QStringLiteral("The password does not open this key file."))
                .withAdvice(QStringLiteral("Check the password; a file whose ciphertext was altered looks the same."))});
    const auto plain = counterMode(derived, parsed.iv, parsed.cipherText);
    const auto key = PrivateKey::fromBytes(QByteArrayView(plain.data(), qsizetype(plain.size())));
    if (!key)
        return unexpected(damaged(QStringLiteral("what it holds is no private key")));
    if (parsed.address && *parsed.address != key->address())
        return unexpected(damaged(QStringLiteral("it names %1 but holds the key of %2")
                                      .arg(parsed.address->toChecksum(), key->address().toChecksum())));
    return *key;
}

} // namespace

Expected<PrivateKey, Failure> decrypt(QByteArrayView file, const Secret &password)
{
    try {
        const auto parsed = parse(file);
        if (!parsed)
            return unexpected(parsed.error());
        return open(*parsed, password);
    } catch (const Botan::Exception &refused) {
        return unexpected(damaged(QStringLiteral("its parameters are refused (%1)").arg(QString::fromUtf8(refused.what()))));
    }
}

Expected<QByteArray> encrypt(const PrivateKey &key, const Secret &password, const Cost &cost)
{
    Json kdfParams{{QStringLiteral("dklen"), qint64(derivedBytes)}, {QStringLiteral("n"), qint64(cost.n)},
                   {QStringLiteral("p"), qint64(cost.p)}, {QStringLiteral("r"), qint64(cost.r)}};
    const auto kdf = scryptFrom(kdfParams);
    if (!kdf)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("Cannot write a key file with scrypt n %1, r %2, p %3.").arg(cost.n).arg(cost.r).arg(cost.p))
                .withAdvice(QStringLiteral("n has to be a power of two, and n × r × 128 bytes at most 1 GiB.")));
    const QByteArray salt = randomBytes(32);
    const QByteArray iv = randomBytes(16);
    const auto derived = derive(**kdf, password, salt);
    const auto cipher = counterMode(derived, iv, key.secret().expose());
    const QByteArray cipherText(reinterpret_cast<const char *>(cipher.data()), qsizetype(cipher.size()));
    kdfParams.insert(QStringLiteral("salt"), hex(salt));
    const Json crypto{{QStringLiteral("cipher"), "aes-128-ctr"},
                      {QStringLiteral("ciphertext"), hex(cipherText)},
                      {QStringLiteral("cipherparams"), Json{{QStringLiteral("iv"), hex(iv)}}},
                      {QStringLiteral("kdf"), "scrypt"},
                      {QStringLiteral("kdfparams"), kdfParams},
                      {QStringLiteral("mac"), hex(macOf(derived, cipherText).bytes())}};
    const Json file{{QStringLiteral("address"), hex(key.address().bytes())},
                    {QStringLiteral("crypto"), crypto},
                    {QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
                    {QStringLiteral("version"), 3}};
    return file.dump();
}

std::optional<Address> addressOf(QByteArrayView file)
{
    const auto root = rootOf(file);
    if (!root)
        return std::nullopt;
    const auto address = Address::fromHex(root->value(QStringLiteral("address")).toString());
    return address ? std::optional(*address) : std::nullopt;
}

} // namespace sluice::keystore
