#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

/// The secrets of live-runner.md 3.5, all opaque to those who get them. Pure.
namespace sluice::liverunner {

[[nodiscard]] QByteArray randomSeed();
/// Base32 in lower case without padding.
[[nodiscard]] QByteArray base32(QByteArrayView bytes);
/// So many random characters of that alphabet.
[[nodiscard]] QString randomId(int characters);
[[nodiscard]] QByteArray heartbeatSecret(QByteArrayView seed);
[[nodiscard]] QByteArray sessionToken(QByteArrayView seed, const QString &session);
[[nodiscard]] QByteArray o2rChannel(QByteArrayView seed, const QString &runner);
/// In constant time for texts of one length.
[[nodiscard]] bool isSameSecret(QByteArrayView one, QByteArrayView other);

} // namespace sluice::liverunner
