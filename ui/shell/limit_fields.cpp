#include "sluice/shell/limit_fields.h"

#include "sluice/widgets/amount_field.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>

#include <array>

namespace sluice::ui {

namespace {

QString usually(const std::optional<Wei> &wei)
{
    return LimitFields::tr("%1 when left empty").arg(AmountLabel::humanWei(toDecimal(wei.value_or(Wei(0)))));
}

} // namespace

LimitFields::LimitFields(QFormLayout &form, QObject *parent)
    : QObject(parent)
    , m_form(form)
    , m_note(new QLabel(tr("Limits belong to the key: they hold for every profile and program that pays with it, sluicectl too.")))
{
    const PurseLimits usual = PurseLimits::defaults();
    m_note->setWordWrap(true);
    m_note->setFont(Theme::font(Theme::Type::Small11));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_form.addRow(m_note);
    m_perCall = add(tr("Limit per &call"), tr("Expected value of the tickets of one call."), usually(usual.perCall));
    m_perDay = add(tr("Limit per da&y"), tr("Expected value per day (UTC), over all programs."), usually(usual.perDay));
    m_faceValue = add(tr("Limit per &ticket"), tr("What one winning ticket may take out of the deposit."), usually(usual.faceValue));
    m_unseenPrice = add(tr("&Unlisted price, per second"), tr("What a call may cost per second where the network lists no price."), usually(usual.unseenPrice));
    m_perSession = add(tr("Limit per &session"), tr("Expected value with this profile until the program is closed, within the limits above."),
        tr("only the limits above when left empty"));
    showPurse({});
}

AmountField *LimitFields::add(const QString &label, const QString &hint, const QString &whenEmpty)
{
    auto *field = new AmountField;
    field->setPlaceholder(whenEmpty);
    field->setToolTip(hint);
    m_form.addRow(label, field);
    field->setSubject(QString(label).remove(QLatin1Char('&')));
    connect(field, &AmountField::changed, this, &LimitFields::changed);
    return field;
}

void LimitFields::showRow(AmountField *field, bool visible)
{
    field->setVisible(visible);
    m_form.labelForField(field)->setVisible(visible);
}

void LimitFields::showPurse(const std::optional<PurseLimits> &limits)
{
    m_purseKnown = limits.has_value();
    if (limits) {
        const PurseLimits usual = PurseLimits::defaults();
        for (const auto &[field, member] : {std::pair(m_perCall, &PurseLimits::perCall), std::pair(m_perDay, &PurseLimits::perDay),
                 std::pair(m_faceValue, &PurseLimits::faceValue), std::pair(m_unseenPrice, &PurseLimits::unseenPrice)}) {
            const auto typed = field->wei();
            if (typed && !*typed && (*limits).*member && (*limits).*member != usual.*member)
                field->setWei(toDecimal(*((*limits).*member)));
        }
    }
    setVisible(m_visible);
}

void LimitFields::showProfile(const Profile &profile)
{
    // Once its key is known they have moved to the purse.
    if (profile.maxSpendPerCallWei && !m_purseKnown)
        m_perCall->setWei(profile.maxSpendPerCallWei);
    if (profile.maxSpendPerDayWei && !m_purseKnown)
        m_perDay->setWei(profile.maxSpendPerDayWei);
    m_perSession->setWei(profile.maxSpendPerSessionWei);
}

void LimitFields::setVisible(bool visible)
{
    m_visible = visible;
    m_note->setVisible(visible);
    for (AmountField *field : {m_perCall, m_perDay, m_perSession})
        showRow(field, visible);
    for (AmountField *field : {m_faceValue, m_unseenPrice})
        showRow(field, visible && m_purseKnown);
}

Expected<std::optional<PurseLimits>> LimitFields::read(Profile &profile) const
{
    PurseLimits limits;
    std::optional<QString> call;
    std::optional<QString> day;
    if (!m_visible)
        return std::optional<PurseLimits>();
    const auto session = m_perSession->wei();
    if (!session)
        return unexpected(session.error());
    for (const auto &[field, member, text] : {std::tuple(m_perCall, &PurseLimits::perCall, &call), std::tuple(m_perDay, &PurseLimits::perDay, &day),
             std::tuple(m_faceValue, &PurseLimits::faceValue, static_cast<std::optional<QString> *>(nullptr)),
             std::tuple(m_unseenPrice, &PurseLimits::unseenPrice, static_cast<std::optional<QString> *>(nullptr))}) {
        const auto typed = field->wei();
        if (!typed)
            return unexpected(typed.error());
        if (text)
            *text = *typed;
        if (!*typed)
            continue;
        const auto wei = weiFromDecimal(**typed);
        if (!wei)
            return unexpected(wei.error());
        limits.*member = *wei;
    }
    profile.maxSpendPerSessionWei = *session;
    profile.maxSpendPerCallWei = m_purseKnown ? std::nullopt : call;
    profile.maxSpendPerDayWei = m_purseKnown ? std::nullopt : day;
    if (!m_purseKnown)
        return std::optional<PurseLimits>();
    return std::optional(limits.orElse(PurseLimits::defaults()));
}

} // namespace sluice::ui
