#include "sluice/zerog/request_hash.h"

#include "sluice/crypto/keccak.h"
#include "sluice/crypto/signature.h"

namespace sluice::zerog {

namespace {

void appendWord(QByteArray &to, const U256 &value)
{
    const auto word = toWord(value);
    to.append(reinterpret_cast<const char *>(word.data()), qsizetype(word.size()));
}

} // namespace

QByteArray packedRequest(const Address &provider, const Request &request)
{
    const QByteArray name = request.serviceName.toUtf8();
    QByteArray packed;
    packed.reserve(168 + name.size());
    packed.append(provider.bytes().data(), Address::size);
    packed.append(request.user.bytes().data(), Address::size);
    packed.append(name);
    appendWord(packed, request.inputCount);
    appendWord(packed, request.previousOutputCount);
    appendWord(packed, request.nonce);
    appendWord(packed, U256(std::max<qint64>(request.createdAt, 0)));
    return packed;
}

Hash32 requestHash(const Address &provider, const Request &request)
{
    return keccak256(packedRequest(provider, request));
}

Hash32 requestDigest(const Address &provider, const Request &request)
{
    return eip191Digest(requestHash(provider, request).bytes());
}

void signRequest(Request &request, const Address &provider, const PrivateKey &key)
{
    request.user = key.address();
    request.signature = key.sign(requestDigest(provider, request)).toByteArray();
}

Expected<Address> recoverSigner(const Address &provider, const Request &request)
{
    const auto signer = recover(request.signature, requestDigest(provider, request));
    if (signer)
        return *signer;
    return unexpected(Error(Error::Kind::InvalidInput, signer.error() == SignatureFault::Mismatch ? QStringLiteral("recover signature failed") : toText(signer.error())));
}

Expected<void> verifyRequest(const Address &provider, const Request &request)
{
    const auto signer = recoverSigner(provider, request);
    if (!signer)
        return unexpected(signer.error());
    if (request.user.isZero() || request.createdAt < 0 || *signer != request.user)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("recovered address signature not match the real address")));
    return {};
}

} // namespace sluice::zerog
