#pragma once

#include "sluice/backend/run_result.h"

#include <QtWidgets/QWidget>

namespace sluice::ui {

class AmountLabel;
class Badge;
class CopyButton;
class ElidedLabel;

/// One ticket with every field decoded; each can be copied alone, and all of them as JSON.
class TicketDetails final : public QWidget {
    Q_OBJECT
public:
    explicit TicketDetails(QWidget *parent = nullptr);

    void showTicket(const TicketView &ticket);
    /// The ticket as JSON text, exact values only.
    [[nodiscard]] static QByteArray toJson(const TicketView &ticket);

private:
    ElidedLabel *addRow(const QString &title, bool mono);

    Badge *m_outcome;
    Badge *m_sent;
    Badge *m_checked;
    CopyButton *m_copy;
    AmountLabel *m_face;
    ElidedLabel *m_expected;
    ElidedLabel *m_odds;
    ElidedLabel *m_probability;
    ElidedLabel *m_nonce;
    ElidedLabel *m_recipient;
    ElidedLabel *m_sender;
    ElidedLabel *m_randHash;
    ElidedLabel *m_hash;
    ElidedLabel *m_signature;
};

} // namespace sluice::ui
