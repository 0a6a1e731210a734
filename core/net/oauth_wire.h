#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

/// The values of OAuth 2.0's device flow (RFC 8628), of a server's metadata (RFC 8414) and of renewed tokens (RFC 6749, section 6). Pure; every
/// parser is bounded and refuses what does not fit with Protocol.
namespace sluice::oauth {

inline constexpr qsizetype MaxAnswerBytes = 64 * 1024;

/// Where a server is asked for codes and tokens.
struct Endpoints {
    Endpoints() = default; // no aggregate: DESIGN.md 3
    QUrl device;
    QUrl token;
};

/// What a person is to type where.
struct DeviceCode {
    DeviceCode() = default;
    Secret deviceCode;
    QString userCode;             ///< at most 64 printable characters
    QUrl verificationUri;         ///< where to type it
    QUrl verificationUriComplete; ///< the same with the code in it; empty where the server gives none
    std::chrono::seconds expiresIn{0};
    std::chrono::seconds interval{5}; ///< between two questions
};

/// What a sign-in comes to, and what renews it.
struct Tokens {
    Tokens() = default;
    Secret access;
    Secret refresh;      ///< empty: it cannot be renewed
    QDateTime expiresAt; ///< invalid: nobody told
    QString scope;
};

/// Tokens, with where they are from and are renewed: what is kept in the keychain.
struct Login {
    Login() = default;
    QUrl issuer;
    QUrl tokenEndpoint;
    QString clientId;
    Tokens tokens;

    /// As JSON.
    [[nodiscard]] Secret toSecret() const;
    [[nodiscard]] static Expected<Login> fromSecret(const Secret &stored);
};

/// An address that a secret may be sent to: https, or http on this machine. Config says what is wrong with any other; `what` names it.
[[nodiscard]] Expected<QUrl> secureUrl(const QString &text, const QString &what);

/// Of `issuer`'s metadata: as secure as the issuer itself, and its own. Protocol.
[[nodiscard]] Expected<Endpoints> parseMetadata(QByteArrayView body, const QUrl &issuer);
/// Where clearinghouses have them that publish no metadata (payments.md 4.4).
[[nodiscard]] Endpoints usualEndpoints(const QUrl &issuer);

[[nodiscard]] Expected<DeviceCode> parseDeviceCode(QByteArrayView body, const QUrl &issuer);
/// `before`: a refresh token that goes on where the answer has none.
[[nodiscard]] Expected<Tokens> parseTokens(QByteArrayView body, const QDateTime &now, const Secret &before);

/// The `error` and `error_description` of a refusal; both empty where the body is none. At most 500 characters.
struct Refusal {
    QString code;
    QString description;
};
[[nodiscard]] Refusal parseRefusal(QByteArrayView body);

/// `application/x-www-form-urlencoded`.
[[nodiscard]] QByteArray form(const QList<std::pair<QByteArray, QByteArray>> &fields);

} // namespace sluice::oauth
