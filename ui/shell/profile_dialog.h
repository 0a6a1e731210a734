#pragma once

#include "sluice/gateway/profile.h"

#include <QtWidgets/QDialog>

#include <optional>

class QComboBox;
class QLineEdit;

namespace sluice {
struct PurseLimits;
namespace local_servers {
struct Server;
}
}

namespace sluice::ui {

class InlineMessage;
class LimitFields;
class LocalServersBox;
class SchemaForm;
class Session;
class SignInBox;

/// Adds or edits a network profile: its backends as the forms that they describe themselves (BackendKind::settingsSchema), and what may
/// be spent. Secrets go to the keychain, never into the profile; they are never shown again.
class ProfileDialog final : public QDialog {
    Q_OBJECT
public:
    ProfileDialog(Session &session, const std::optional<Profile> &edited, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeRows();
    /// What the profile reaches, and beside it what may be spent.
    QWidget *makeBackends();
    QWidget *makeLimits();
    void makeButtons(QLayout &layout);
    void showKind();
    void fitForm();
    void save();
    /// Makes it the profile's OpenAI-compatible server.
    void addServer(const local_servers::Server &server);
    void showAdded();
    void showSignIn();
    /// What the form holds: settings into `profile`, and the secrets apart.
    Profile::Secrets readBackends(Profile &profile) const;
    /// Every field; what the limits are to be for which purse is told beside.
    [[nodiscard]] Expected<Profile> profile(Profile::Secrets &secrets, std::optional<PurseLimits> &limits) const;
    /// The address of the key that would pay: the one typed, or that of the profile in use; empty while none is known; nothing where
    /// nothing is paid from here.
    [[nodiscard]] std::optional<QString> purse() const;
    void showPurse();

    Session &m_session;
    bool m_isNew;
    Json m_untouched; ///< what the form held when it was shown
    Profile m_edited; ///< what has no field here stays as it is
    QLineEdit *m_name;
    QComboBox *m_kind;
    SchemaForm *m_form;
    LocalServersBox *m_servers = nullptr;
    SignInBox *m_signIn = nullptr;
    QWidget *m_backendsBox = nullptr;
    QWidget *m_limitsBox = nullptr;
    LimitFields *m_limits = nullptr;
    InlineMessage *m_message;
};

} // namespace sluice::ui
