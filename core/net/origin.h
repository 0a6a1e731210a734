#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QString>
#include <QtCore/QUrl>

namespace sluice {

/// Scheme, host and port of an http(s) address: the server, and whether the connection is encrypted. A value; no I/O.
class Origin {
public:
    /// How far away a host is, as far as its name or address shows; names are not looked up.
    enum class Reach {
        Loopback, ///< this machine
        Private,  ///< this network: private, link-local and other addresses that the Internet does not route, names without a dot
        Public,
    };

    /// The origin of an absolute http(s) address. Protocol for any other address, and for one with a user name in it.
    [[nodiscard]] static Expected<Origin> of(const QUrl &url);

    [[nodiscard]] bool isEncrypted() const { return m_encrypted; }
    /// Lower case, without the dot of the root, IPv6 without brackets.
    [[nodiscard]] const QString &host() const { return m_host; }
    /// The scheme's own where the address named none.
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] Reach reach() const;
    /// As a person writes it: "https://host:8935"; the scheme's own port is left out.
    [[nodiscard]] QString toString() const;
    /// `url` with its path and query, but at this origin.
    [[nodiscard]] QUrl hosting(const QUrl &url) const;

    bool operator==(const Origin &) const = default;

private:
    bool m_encrypted = false;
    QString m_host;
    int m_port = 0;
};

} // namespace sluice
