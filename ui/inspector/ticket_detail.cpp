#include "sluice/inspector/ticket_detail.h"

#include "sluice/inspector/ticket_model.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>

namespace sluice::ui {

TicketDetail::TicketDetail(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
{
    setAccessibleName(tr("Ticket"));
    m_form->setContentsMargins(space::One, space::Half, space::One, space::One);
    m_form->setHorizontalSpacing(space::Two);
    m_form->setVerticalSpacing(space::Half);
    m_outcome = addRow(tr("Outcome"));
    m_faceValue = addRow(tr("Face value"));
    m_expected = addRow(tr("Expected value"));
    m_probability = addRow(tr("Win probability"));
    m_sender = addRow(tr("Sender"));
    m_recipient = addRow(tr("Recipient"));
    m_randHash = addRow(tr("Rand hash"));
    m_hash = addRow(tr("Ticket hash"));
    m_signature = addRow(tr("Signature"));
}

ElidedLabel *TicketDetail::addRow(const QString &name)
{
    auto *title = new QLabel(name);
    title->setFont(Theme::font(Theme::Type::Small11));
    title->setForegroundRole(QPalette::PlaceholderText);
    auto *value = new ElidedLabel;
    value->setSubject(name);
    m_form->addRow(title, value);
    return value;
}

void TicketDetail::showTicket(const TicketView &ticket)
{
    m_outcome->setText(TicketModel::outcomeText(ticket)
        + (ticket.signatureVerified ? tr(", signature valid") : tr(", signature not valid")));
    m_faceValue->setText(tr("%1 wei").arg(ticket.faceValueWei));
    m_expected->setText(tr("%1 wei").arg(ticket.expectedValueWei));
    m_probability->setText(tr("%1 (%2 of 2²⁵⁶ − 1)").arg(ticket.winOdds, ticket.winProbability));
    m_sender->setText(ticket.sender);
    m_recipient->setText(ticket.recipient);
    m_randHash->setText(ticket.recipientRandHash);
    m_hash->setText(ticket.ticketHash);
    m_signature->setText(ticket.signature);
}

} // namespace sluice::ui
