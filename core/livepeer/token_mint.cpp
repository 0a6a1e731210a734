#include "sluice/livepeer/token_mint.h"

#include "sluice/base/bytes.h"

#include <botan/mac.h>
#include <botan/mem_ops.h>
#include <botan/system_rng.h>

#include <QtCore/QDateTime>
#include <QtCore/QtEndian>

namespace sluice::livepeer {

namespace {

QByteArray randomBytes(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(bytes.data()), size_t(size));
    return bytes;
}

bool isSame(const QByteArray &one, const QByteArray &other)
{
    return one.size() == other.size()
        && Botan::constant_time_compare(reinterpret_cast<const uint8_t *>(one.constData()),
            reinterpret_cast<const uint8_t *>(other.constData()), size_t(one.size()));
}

} // namespace

TokenMint::TokenMint(std::chrono::seconds life)
    : m_life(life)
    , m_secret(randomBytes(32))
{
}

QByteArray TokenMint::macOf(const AuthToken &token, const Address &sender, QByteArrayView bound) const
{
    QByteArray message = sender.toByteArray();
    QByteArray numbers(16, Qt::Uninitialized);
    const QByteArray session = token.sessionId.toUtf8();
    qToBigEndian(token.expiration, numbers.data());
    qToBigEndian(qint64(session.size()), numbers.data() + 8);
    message += numbers + session;
    message.append(bound);
    const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
    mac->set_key(reinterpret_cast<const uint8_t *>(m_secret.constData()), size_t(m_secret.size()));
    mac->update(reinterpret_cast<const uint8_t *>(message.constData()), size_t(message.size()));
    QByteArray result(32, Qt::Uninitialized);
    mac->final(reinterpret_cast<uint8_t *>(result.data()));
    return result;
}

AuthToken TokenMint::make(const Address &sender, const QString &sessionId, QByteArrayView bound) const
{
    AuthToken token;
    token.sessionId = sessionId;
    token.expiration = QDateTime::currentSecsSinceEpoch() + m_life.count();
    token.token = macOf(token, sender, bound);
    return token;
}

std::optional<QByteArray> TokenMint::whyRefused(const std::optional<AuthToken> &token, const Address &sender, QByteArrayView bound) const
{
    if (!token)
        return "missing auth token";
    if (!isSame(token->token, macOf(*token, sender, bound)))
        return "invalid auth token";
    if (token->expiration <= QDateTime::currentSecsSinceEpoch())
        return "expired auth token";
    return std::nullopt;
}

QString randomHex(int size)
{
    return QString::fromLatin1(bytes::toHex(randomBytes(size)));
}

} // namespace sluice::livepeer
