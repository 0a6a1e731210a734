#pragma once

#include "sluice/gateway/profile.h"

#include <QtWidgets/QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace sluice::ui {

class AmountField;
class InlineMessage;
class Session;

/// Adds or edits a network profile. Secrets go to the keychain, never into the profile; they are never shown again.
class ProfileDialog final : public QDialog {
    Q_OBJECT
public:
    ProfileDialog(Session &session, const std::optional<Profile> &edited, QWidget *parent = nullptr);

private:
    void showKind();
    void save();
    [[nodiscard]] Expected<Profile> profile() const;
    [[nodiscard]] QLineEdit *addLine(const QString &label, const QString &placeholder, const QString &hint);
    [[nodiscard]] AmountField *addAmount(const QString &label, const QString &hint);

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
    AmountField *m_perCall;
    AmountField *m_perSession;
    AmountField *m_perDay;
    InlineMessage *m_message;
};

} // namespace sluice::ui
