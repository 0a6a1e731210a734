#pragma once

#include "sluice/backend/capability_id.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtWidgets/QStatusBar>

#include <optional>

class QHBoxLayout;
class QLabel;
class QTimer;
class QToolButton;

namespace sluice {
class Error;
}

namespace sluice::ui {

class AmountLabel;
class ElidedLabel;
class Session;
class StatusDot;

/// The bottom line: profile, connection, balance of the capability in view, what was spent in the last minute.
class StatusStrip final : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusStrip(Session &session, QWidget *parent = nullptr);

    /// The capability whose purse is shown.
    void setCapability(const std::optional<CapabilityId> &id);
    /// Something to know and nothing to do, for some seconds, in a place of its own: it covers nothing.
    void showNotice(const QString &text, const QString &explanation);
    [[nodiscard]] QString notice() const;
    /// Something that goes on beside the calls of this window; shows and hides itself. Takes ownership.
    void addIndicator(QWidget *indicator);
    /// What was paid in the last minute, in wei.
    [[nodiscard]] QString paidLately() const;

Q_SIGNALS:
    void profileMenuRequested(const QPoint &globalPosition);

private:
    void showState();
    [[nodiscard]] QString readyWords() const;
    void showError(const Error &error);
    void notePayment();
    void showRate();
    void showBalance();

    struct Paid {
        QDateTime at;
        Wei wei;
    };

    Session &m_session;
    QHBoxLayout *m_line = nullptr;
    std::optional<CapabilityId> m_capability;
    QHash<QString, Wei> m_noted; ///< by sender: what the session had paid when it was looked at last
    QToolButton *m_profile;
    StatusDot *m_dot;
    ElidedLabel *m_connection;
    ElidedLabel *m_notice;
    QLabel *m_balanceTitle;
    AmountLabel *m_balance;
    QLabel *m_spentTitle;
    AmountLabel *m_spent;
    QTimer *m_rateTimer;
    QTimer *m_noticeTimer;
    QList<Paid> m_paid;
};

} // namespace sluice::ui
