#include "sluice/payments/signed_messages.h"

#include "sluice/crypto/u256.h"

#include <QtCore/QtEndian>

namespace sluice::signed_messages {

namespace {

QByteArray bigEndian32(quint32 value)
{
    QByteArray out(4, Qt::Uninitialized);
    qToBigEndian(value, out.data());
    return out;
}

QByteArray withLength(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return bigEndian32(static_cast<quint32>(utf8.size())) + utf8;
}

} // namespace

QByteArray orchestratorRequest(const Address &address)
{
    return address.toChecksum().toLatin1();
}

QByteArray byocLegacy(const QString &request, const QString &parameters)
{
    return request.toUtf8() + parameters.toUtf8();
}

QByteArray byocV1(const QString &id, const QString &capability, const QString &request, const QString &parameters,
                  quint32 timeoutSeconds)
{
    return QByteArrayLiteral("LP_BYOC_JOB_V1\0\0") + bigEndian32(timeoutSeconds) + withLength(id) + withLength(capability)
        + withLength(request) + withLength(parameters);
}

QByteArray segmentCredentials(const QByteArray &manifestId, qint64 seq, const Hash32 &segmentHash, const QByteArray &profilesHex)
{
    return manifestId + toBytes32(U256(seq)) + segmentHash.toByteArray() + profilesHex;
}

} // namespace sluice::signed_messages
