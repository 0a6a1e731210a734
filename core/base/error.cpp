#include "sluice/base/error.h"

#include <QtCore/QStringList>

namespace sluice {

namespace {
constexpr qsizetype kMaxBody = 2000;
}

Error &Error::withRequest(QByteArray method, const QUrl &url)
{
    m_method = std::move(method);
    m_url = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return *this;
}

Error &Error::withHttp(int status, const QByteArray &body)
{
    m_httpStatus = status;
    m_body = body.left(kMaxBody);
    return *this;
}

QString Error::describe() const
{
    QStringList parts{m_message};
    if (m_url.isValid() && !m_url.isEmpty())
        parts << QStringLiteral("Request: %1 %2").arg(QString::fromLatin1(m_method), m_url.toString());
    if (m_httpStatus != 0) {
        const QString said = QString::fromUtf8(m_body).trimmed();
        // What the sentence has told already is not told again.
        parts << QStringLiteral("Answer: HTTP %1 %2").arg(m_httpStatus).arg(m_message.contains(said) ? QString() : said).trimmed();
    }
    for (const Rejection &rejection : m_rejections)
        parts << QStringLiteral("%1: %2").arg(rejection.url.toString(), rejection.reason);
    if (!m_field.isEmpty())
        parts << QStringLiteral("Field: %1").arg(m_field);
    if (m_paymentSent)
        parts << QStringLiteral("Tickets were sent with this attempt; the payment may be spent.");
    if (!m_advice.isEmpty())
        parts << m_advice;
    return parts.join(QLatin1Char('\n'));
}

QString Error::kindName(Kind kind)
{
    switch (kind) {
    case Kind::Config: return QStringLiteral("config");
    case Kind::InvalidInput: return QStringLiteral("invalid_input");
    case Kind::Http: return QStringLiteral("http");
    case Kind::NoOrchestrator: return QStringLiteral("no_orchestrator");
    case Kind::NoRunner: return QStringLiteral("no_runner");
    case Kind::SignerRefresh: return QStringLiteral("signer_refresh");
    case Kind::SkipPayment: return QStringLiteral("skip_payment");
    case Kind::Payment: return QStringLiteral("payment");
    case Kind::PriceExceeded: return QStringLiteral("price_exceeded");
    case Kind::InsufficientBalance: return QStringLiteral("insufficient_balance");
    case Kind::SpendLimit: return QStringLiteral("spend_limit");
    case Kind::Signer: return QStringLiteral("signer");
    case Kind::Discovery: return QStringLiteral("discovery");
    case Kind::Rpc: return QStringLiteral("rpc");
    case Kind::TrickleSegment: return QStringLiteral("trickle_segment");
    case Kind::TrickleTerminal: return QStringLiteral("trickle_terminal");
    case Kind::Timeout: return QStringLiteral("timeout");
    case Kind::Canceled: return QStringLiteral("canceled");
    case Kind::Network: return QStringLiteral("network");
    case Kind::Protocol: return QStringLiteral("protocol");
    case Kind::TooLarge: return QStringLiteral("too_large");
    case Kind::NotRouted: return QStringLiteral("not_routed");
    case Kind::TlsChanged: return QStringLiteral("tls_changed");
    case Kind::Storage: return QStringLiteral("storage");
    case Kind::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

Error::Kind Error::kindFromName(const QString &name)
{
    for (int kind = 0; kind < int(Kind::Internal); ++kind) {
        if (kindName(Kind(kind)) == name)
            return Kind(kind);
    }
    return Kind::Internal;
}

const char *Error::what() const noexcept
{
    m_what = m_message.toUtf8();
    return m_what.constData();
}

} // namespace sluice
