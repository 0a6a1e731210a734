#pragma once

#include "sluice/gateway/profile.h"
#include "sluice/payments/purse_limits.h"

#include <QtCore/QObject>

#include <optional>

class QFormLayout;
class QLabel;

namespace sluice::ui {

class AmountField;

/// What may be spent, as rows of a form: the limits of a key's purse, which hold for every profile and program that uses the key, and
/// that of a session with the profile. An empty field of the purse means the usual limit, never none.
class LimitFields final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows; the layout's widget owns them.
    explicit LimitFields(QFormLayout &form, QObject *parent = nullptr);

    /// The limits of the purse in question; nothing while its key is not known, and then only what a profile can carry to it is asked
    /// for. Fills the fields that were not edited.
    void showPurse(const std::optional<PurseLimits> &limits);
    /// What the profile itself holds. After showPurse().
    void showProfile(const Profile &profile);
    void setVisible(bool visible);

    /// Takes what stands in the fields: the session's limit into `profile`; the purse's returned, or, while no key is known, into
    /// `profile`, which hands them to the purse with the first use of its key. InvalidInput names the field.
    [[nodiscard]] Expected<std::optional<PurseLimits>> read(Profile &profile) const;

Q_SIGNALS:
    /// The rows need another height.
    void changed();

private:
    AmountField *add(const QString &label, const QString &hint, const QString &whenEmpty);
    void showRow(AmountField *field, bool visible);

    QFormLayout &m_form;
    QLabel *m_note;
    AmountField *m_perCall;
    AmountField *m_perDay;
    AmountField *m_faceValue;
    AmountField *m_unseenPrice;
    AmountField *m_perSession;
    bool m_purseKnown = false;
    bool m_visible = true;
};

} // namespace sluice::ui
