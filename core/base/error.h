#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QException>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QUrl>

namespace sluice {

/// Why one candidate was passed over before a call gave up.
struct Rejection {
    QUrl url;
    QString reason;
    bool operator==(const Rejection &) const = default;
};

/// The one error type: what was tried, what came back, and what to do next.
///
/// Kinds follow client-sdk.md section 2.5. It travels by value through QFuture, signals and coroutines;
/// it never holds a secret. Setters return *this so that an error reads as one sentence where it is made.
class Error : public QException {
public:
    enum class Kind {
        Config,              ///< a setting or token is missing or malformed
        InvalidInput,        ///< the caller's input does not fit; `field` names the place
        Http,                ///< the peer answered with an error status
        NoOrchestrator,      ///< every orchestrator failed; see `rejections`
        NoRunner,            ///< every live runner failed; see `rejections`
        SignerRefresh,       ///< signer answered 480
        SkipPayment,         ///< signer answered 482; internal
        Payment,             ///< a payment was refused or could not be made
        PriceExceeded,       ///< 481, or the price is above the caller's ceiling
        InsufficientBalance, ///< 483, or the orchestrator's ledger is used up
        SpendLimit,          ///< a limit the user set stands in the way
        Signer,              ///< the signer is unreachable or invalid
        Discovery,           ///< discovery is unreachable or answered nonsense
        Rpc,
        TrickleSegment,
        TrickleTerminal,
        Timeout,
        Canceled,
        Network, ///< the connection could not be made or broke
        Protocol, ///< the peer answered something that the protocol does not allow
        TooLarge, ///< an answer, a line or a body passed its bound
        NotRouted, ///< no backend of this profile offers the verb
        TlsChanged, ///< a pinned certificate key changed
        Storage, ///< the database or the keychain failed
        Internal,
    };

    Error() = default;
    Error(Kind kind, QString message)
        : m_kind(kind)
        , m_message(std::move(message))
    {
    }

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// One sentence for a person: what went wrong, with the value that was seen.
    [[nodiscard]] QString message() const { return m_message; }
    /// What to do next; empty when there is nothing to advise.
    [[nodiscard]] QString advice() const { return m_advice; }
    /// The request that failed, e.g. "POST"; with url().
    [[nodiscard]] QByteArray method() const { return m_method; }
    [[nodiscard]] QUrl url() const { return m_url; }
    /// HTTP status of the answer, 0 when there was none.
    [[nodiscard]] int httpStatus() const { return m_httpStatus; }
    /// The start of the answer's body, at most 2000 bytes.
    [[nodiscard]] QByteArray body() const { return m_body; }
    /// JSON pointer of the input field at fault ("/messages/0/role"), or empty.
    [[nodiscard]] QString field() const { return m_field; }
    [[nodiscard]] QList<Rejection> rejections() const { return m_rejections; }
    /// True when tickets left this machine in the attempt that failed: the money may be spent.
    [[nodiscard]] bool paymentSent() const { return m_paymentSent; }

    Error &withMessage(QString message) { m_message = std::move(message); return *this; }
    Error &withAdvice(QString advice) { m_advice = std::move(advice); return *this; }
    /// Stores the url without user info, query and fragment, which may carry secrets.
    Error &withRequest(QByteArray method, const QUrl &url);
    Error &withHttp(int status, const QByteArray &body);
    Error &withField(QString field) { m_field = std::move(field); return *this; }
    Error &withRejections(QList<Rejection> rejections) { m_rejections = std::move(rejections); return *this; }
    Error &withPaymentSent(bool sent = true) { m_paymentSent = sent; return *this; }

    /// message(), the request, the status, the rejections and the advice in one paragraph, for logs and the CLI.
    [[nodiscard]] QString describe() const;
    /// Stable word for scripts and JSON, e.g. "insufficient_balance".
    [[nodiscard]] QString kindName() const { return kindName(m_kind); }
    [[nodiscard]] static QString kindName(Kind kind);
    /// The kind of that word; Internal for an unknown one.
    [[nodiscard]] static Kind kindFromName(const QString &name);

    void raise() const override { throw *this; }
    [[nodiscard]] Error *clone() const override { return new Error(*this); }
    [[nodiscard]] const char *what() const noexcept override;

private:
    Kind m_kind = Kind::Internal;
    QString m_message;
    QString m_advice;
    QByteArray m_method;
    QUrl m_url;
    int m_httpStatus = 0;
    QByteArray m_body;
    QString m_field;
    QList<Rejection> m_rejections;
    bool m_paymentSent = false;
    mutable QByteArray m_what;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Error)
