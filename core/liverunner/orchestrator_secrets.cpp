#include "orchestrator_secrets_p.h"

#include <botan/mac.h>
#include <botan/mem_ops.h>
#include <botan/system_rng.h>

namespace sluice::liverunner {

namespace {

constexpr char Alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
constexpr qsizetype SeedBytes = 32;
constexpr qsizetype ChannelCharacters = 16;

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(bytes.data()), size_t(size));
    return bytes;
}

QByteArray derived(QByteArrayView seed, QByteArrayView purpose)
{
    const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
    mac->set_key(reinterpret_cast<const uint8_t *>(seed.data()), size_t(seed.size()));
    mac->update(reinterpret_cast<const uint8_t *>(purpose.data()), size_t(purpose.size()));
    QByteArray out(32, Qt::Uninitialized);
    mac->final(reinterpret_cast<uint8_t *>(out.data()));
    return base32(out);
}

} // namespace

QByteArray randomSeed()
{
    return randomBytes(SeedBytes);
}

QByteArray base32(QByteArrayView bytes)
{
    QByteArray text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    unsigned bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 5; count -= 5)
            text.append(Alphabet[(bits >> (count - 5)) & 31]);
    }
    if (count > 0)
        text.append(Alphabet[(bits << (5 - count)) & 31]);
    return text;
}

QString randomId(int characters)
{
    return QString::fromLatin1(base32(randomBytes((characters * 5 + 7) / 8)).left(characters));
}

QByteArray heartbeatSecret(QByteArrayView seed)
{
    return derived(seed, "heartbeat");
}

QByteArray sessionToken(QByteArrayView seed, const QString &session)
{
    return derived(seed, "session:" + session.toUtf8());
}

QByteArray o2rChannel(QByteArrayView seed, const QString &runner)
{
    return runner.toUtf8() + '-' + derived(seed, "trickle:o2r").left(ChannelCharacters) + "-o2r";
}

bool isSameSecret(QByteArrayView one, QByteArrayView other)
{
    return one.size() == other.size()
        && Botan::constant_time_compare(
            reinterpret_cast<const uint8_t *>(one.data()), reinterpret_cast<const uint8_t *>(other.data()), size_t(one.size()));
}

} // namespace sluice::liverunner
