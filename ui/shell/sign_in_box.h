#pragma once

#include "sluice/gateway/device_login.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sluice::ui {

class Session;
class SignInDialog;

/// Whether somebody is signed in at the clearinghouse that a profile names, and the button that does it.
class SignInBox final : public QWidget {
    Q_OBJECT
public:
    /// `profile`: one that is stored, whose sign-in is looked up; empty for a new one. `session` must outlive it.
    SignInBox(Session &session, const QString &profile, QWidget *parent = nullptr);

    /// The clearinghouse, as the form has it now; hidden where there is none.
    void setRequest(const DeviceLogin::Request &request);
    /// What a person just signed in to, to be kept with the profile; empty: nothing new.
    [[nodiscard]] Secret login() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }
    [[nodiscard]] QString words() const;
    [[nodiscard]] SignInDialog *dialog() const;

Q_SIGNALS:
    void signedIn();

private:
    void open();
    void showState();

    DeviceLogin::Request m_request;
    Secret m_kept;  ///< of the stored profile
    Secret m_login; ///< got here
    QString m_loginIssuer;
    QPushButton *m_button;
    QLabel *m_words;
    QPointer<SignInDialog> m_dialog;
};

} // namespace sluice::ui
