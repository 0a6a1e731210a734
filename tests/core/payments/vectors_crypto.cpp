#include "vector_case.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/crypto/keystore.h"
#include "sluice/payments/signed_messages.h"

using namespace sluice;

namespace {

void checkKeccak(const VectorCase &c)
{
    same("digest", keccak256(c.bytes("input_hex")).toByteArray(), c.bytes("digest_hex"));
}

void checkAddress(const VectorCase &c)
{
    const PrivateKey key = c.key();
    same("public key", key.publicKey(), c.bytes("public_key_uncompressed"));
    same("lower", key.address().toLower(), c.text("address_lower"));
    same("checksum", key.address().toChecksum(), c.text("address_eip55"));
}

void checkEip55(const VectorCase &c)
{
    same("checksum", c.address("address_bytes").toChecksum(), c.text("checksum"));
}

void checkPersonalSign(const VectorCase &c)
{
    const QByteArray message = c.bytes("message_hex");
    same("digest", eip191Digest(message).toByteArray(), c.bytes("eip191_digest_hex"));
    const Signature signature = signMessage(c.key(), message);
    same("signature", signature.toByteArray(), c.bytes("signature_hex"));
    same("verified", verify(c.key().address(), message, signature.bytes()).hasValue(), true);
}

void checkVerify(const VectorCase &c)
{
    const auto verdict = verify(c.address("address"), c.bytes("message_hex"), c.bytes("signature_hex"));
    same("valid", verdict.hasValue(), c.flag("valid"));
    same("reason", verdict ? QString() : toText(verdict.error()), c.flag("valid") ? QString() : c.text("reason"));
}

QByteArray prehashedPayload(const VectorCase &c)
{
    const QString kind = c.text("kind");
    if (kind == QStringLiteral("orchestrator_request"))
        return signed_messages::orchestratorRequest(c.key().address());
    if (kind == QStringLiteral("byoc_legacy"))
        return signed_messages::byocLegacy(c.text("request"), c.text("parameters"));
    if (kind == QStringLiteral("segment_credentials_empty_segment"))
        return signed_messages::segmentCredentials(c.text("manifest_id").toUtf8(), c.integer("seq"), keccak256({}));
    if (kind == QStringLiteral("ping"))
        return c.bytes("payload_hex");
    throw Error(Error::Kind::InvalidInput, QStringLiteral("unknown kind ") + kind);
}

void checkPrehashed(const VectorCase &c)
{
    const QByteArray payload = prehashedPayload(c);
    same("payload", payload, c.bytes("payload_hex"));
    if (c.has("payload_utf8"))
        same("payload text", QString::fromUtf8(payload), c.text("payload_utf8"));
    if (c.has("address_lower"))
        same("address", c.key().address().toLower(), c.text("address_lower"));
    same("keccak", keccak256(payload).toByteArray(), c.bytes("payload_keccak_hex"));
    same("signature", signHashed(c.key(), payload).toByteArray(), c.bytes("signature_hex"));
    same("verified", verifyHashed(c.key().address(), payload, c.bytes("signature_hex")).hasValue(), true);
}

void checkSegmentFlatten(const VectorCase &c)
{
    const QByteArray flat = signed_messages::segmentCredentials(c.text("manifest_id").toUtf8(), c.integer("seq"),
                                                                c.hash("segment_hash_hex"), c.text("profiles_ascii").toLatin1());
    same("flat", flat, c.bytes("flat_hex"));
    same("keccak", keccak256(flat).toByteArray(), c.bytes("keccak_hex"));
}

void checkByocV1(const VectorCase &c)
{
    const QByteArray flat = signed_messages::byocV1(c.text("job_id"), c.text("capability"), c.text("request"), c.text("parameters"),
                                                    static_cast<quint32>(c.integer("timeout_seconds")));
    same("flat", flat, c.bytes("flat_hex"));
    same("keccak", keccak256(flat).toByteArray(), c.bytes("flat_keccak_hex"));
    same("signature", signHashed(c.key(), flat).toByteArray(), c.bytes("signature_hex"));
}

void checkSignerState(const VectorCase &c)
{
    const QByteArray state = c.text("state_utf8").toUtf8();
    same("state base64", bytes::toBase64(state), c.text("state_base64").toLatin1());
    const Signature signature = signMessage(c.key(), state);
    same("signature", signature.toByteArray(), c.bytes("signature_hex"));
    same("signature base64", bytes::toBase64(signature.bytes()), c.text("sig_base64").toLatin1());
}

void checkKeystore(const VectorCase &c)
{
    const QByteArray password = c.text("password").toUtf8();
    const auto key = keystore::decrypt(c.object("keystore").json().dump(), Secret(password));
    if (!c.has("private_key")) {
        same("opens", key.hasValue(), false);
        same("wrong password", key.error().fault == keystore::Fault::WrongPassword, true);
        return;
    }
    if (!key)
        throw key.error().error;
    same("key", key->secret().equals(c.bytes("private_key")), true);
    same("address", key->address().toLower(), c.text("address"));
}

} // namespace

QMap<QString, VectorCheck> cryptoChecks()
{
    return {{"keccak256", checkKeccak},       {"address", checkAddress},         {"eip55", checkEip55},
            {"personal_sign", checkPersonalSign}, {"verify_signature", checkVerify}, {"prehashed_signature", checkPrehashed},
            {"segment_flatten", checkSegmentFlatten}, {"byoc_v1", checkByocV1}, {"signer_state", checkSignerState},
            {"keystore_v3", checkKeystore}};
}
