#pragma once

#include "sluice/gateway/run_result.h"

#include <QtWidgets/QWidget>

class QFormLayout;

namespace sluice {
class ElidedLabel;
}

namespace sluice::ui {

/// One ticket with every field decoded; each value can be copied whole.
class TicketDetail final : public QWidget {
    Q_OBJECT
public:
    explicit TicketDetail(QWidget *parent = nullptr);
    void showTicket(const TicketView &ticket);

private:
    ElidedLabel *addRow(const QString &name);

    QFormLayout *m_form;
    ElidedLabel *m_outcome;
    ElidedLabel *m_faceValue;
    ElidedLabel *m_expected;
    ElidedLabel *m_probability;
    ElidedLabel *m_sender;
    ElidedLabel *m_recipient;
    ElidedLabel *m_randHash;
    ElidedLabel *m_hash;
    ElidedLabel *m_signature;
};

} // namespace sluice::ui
