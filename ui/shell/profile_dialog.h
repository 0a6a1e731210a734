#pragma once

#include "sluice/gateway/profile.h"

#include <QtWidgets/QDialog>

#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace sluice {
struct PurseLimits;
}

namespace sluice::ui {

class InlineMessage;
class LimitFields;
class Session;

/// Adds or edits a network profile. Secrets go to the keychain, never into the profile; they are never shown again.
class ProfileDialog final : public QDialog {
    Q_OBJECT
public:
    ProfileDialog(Session &session, const std::optional<Profile> &edited, QWidget *parent = nullptr);

private:
    void showKind();
    void save();
    /// Every field; what the limits are to be for which purse is told beside.
    [[nodiscard]] Expected<Profile> profile(std::optional<PurseLimits> &limits) const;
    /// The address of the key that would pay: the one typed, or that of the profile in use; empty while none is known.
    [[nodiscard]] QString purse() const;
    void showPurse();
    [[nodiscard]] QLineEdit *addLine(const QString &label, const QString &placeholder, const QString &hint);

    Session &m_session;
    bool m_isNew;
    Profile m_edited; ///< what has no field here stays as it is
    QFormLayout *m_form;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QLineEdit *m_orchestrators;
    QLineEdit *m_discovery;
    QLineEdit *m_gateway;
    QLineEdit *m_token;
    QLineEdit *m_key;
    LimitFields *m_limits;
    InlineMessage *m_message;
};

} // namespace sluice::ui
