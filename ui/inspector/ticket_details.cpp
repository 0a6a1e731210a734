#include "sluice/inspector/ticket_details.h"

#include "sluice/base/json.h"
#include "sluice/inspector/exact_amount.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

TicketDetails::TicketDetails(QWidget *parent)
    : QWidget(parent)
    , m_outcome(new Badge(this))
    , m_sent(new Badge(this))
    , m_checked(new Badge(this))
    , m_copy(new CopyButton(this))
    , m_face(new AmountLabel(this))
{
    m_copy->setSubject(tr("this ticket as JSON"));
    m_face->setSubject(tr("Face value"));
    auto *badges = new QHBoxLayout;
    badges->setSpacing(space::Half);
    badges->addWidget(m_outcome);
    badges->addWidget(m_sent);
    badges->addWidget(m_checked);
    badges->addStretch(1);
    badges->addWidget(m_copy);
    auto *form = new QFormLayout;
    form->setObjectName(QStringLiteral("form"));
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::One);
    form->setVerticalSpacing(space::Half);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::One + space::Half, space::One, space::One, space::One);
    column->setSpacing(space::Half);
    column->addLayout(badges);
    column->addLayout(form);

    auto *faceTitle = new QLabel(tr("Face value"), this);
    faceTitle->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(faceTitle, Theme::Role::Muted);
    form->addRow(faceTitle, m_face);
    m_expected = addRow(tr("Expected value"), true);
    m_odds = addRow(tr("Odds"), false);
    m_probability = addRow(tr("Win probability"), true);
    m_nonce = addRow(tr("Nonce"), true);
    m_recipient = addRow(tr("Recipient"), true);
    m_sender = addRow(tr("Sender"), true);
    m_randHash = addRow(tr("Rand hash"), true);
    m_hash = addRow(tr("Ticket hash"), true);
    m_signature = addRow(tr("Signature"), true);
}

ElidedLabel *TicketDetails::addRow(const QString &title, bool mono)
{
    auto *name = new QLabel(title, this);
    name->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(name, Theme::Role::Muted);
    auto *value = new ElidedLabel(this);
    value->setSubject(title);
    value->setMonospaced(mono);
    value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    findChild<QFormLayout *>(QStringLiteral("form"))->addRow(name, value);
    return value;
}

void TicketDetails::showTicket(const TicketView &ticket)
{
    m_outcome->setText(TicketModel::outcomeOf(ticket));
    m_outcome->setRole(ticket.won.value_or(false) ? Theme::Role::Won : Theme::Role::Muted);
    m_sent->setText(ticket.sent ? tr("sent") : tr("not sent"));
    m_sent->setRole(ticket.sent ? Theme::Role::Paid : Theme::Role::Muted);
    m_checked->setText(ticket.signatureVerified ? tr("signature checked") : tr("signature not checked"));
    m_checked->setRole(ticket.signatureVerified ? Theme::Role::Success : Theme::Role::Warning);
    m_face->setWei(ticket.faceValueWei);
    m_expected->setText(tr("%1 wei").arg(ticket.expectedValueWei));
    m_odds->setText(ticket.winOdds);
    m_probability->setText(ticket.winProbability);
    m_nonce->setText(QString::number(ticket.nonce));
    m_recipient->setText(ticket.recipient);
    m_sender->setText(ticket.sender);
    m_randHash->setText(ticket.recipientRandHash);
    m_hash->setText(ticket.ticketHash);
    m_signature->setText(ticket.signature);
    m_copy->setContent(QString::fromUtf8(toJson(ticket)));
}

QByteArray TicketDetails::toJson(const TicketView &ticket)
{
    Json json{{QStringLiteral("nonce"), qint64(ticket.nonce)}, {QStringLiteral("face_value_wei"), ticket.faceValueWei},
        {QStringLiteral("win_probability"), ticket.winProbability}, {QStringLiteral("expected_value_wei"), ticket.expectedValueWei},
        {QStringLiteral("recipient"), ticket.recipient}, {QStringLiteral("sender"), ticket.sender},
        {QStringLiteral("recipient_rand_hash"), ticket.recipientRandHash}, {QStringLiteral("ticket_hash"), ticket.ticketHash},
        {QStringLiteral("signature"), ticket.signature}, {QStringLiteral("signature_verified"), ticket.signatureVerified},
        {QStringLiteral("sent"), ticket.sent}};
    json.insert(QStringLiteral("won"), ticket.won ? Json(*ticket.won) : Json());
    return json.dump(2);
}

} // namespace sluice::ui
