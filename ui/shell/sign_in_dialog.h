#pragma once

#include "sluice/gateway/device_login.h"

#include <QtCore/QTimer>
#include <QtWidgets/QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sluice::ui {

class CopyButton;
class InlineMessage;
class StateView;

/// A person's sign-in at a clearinghouse: the code to type on its page, large, the way there, and how long there is time.
class SignInDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SignInDialog(DeviceLogin::Request request, QWidget *parent = nullptr);

    [[nodiscard]] const DeviceLogin &login() const { return *m_login; }
    [[nodiscard]] QString shownCode() const;
    [[nodiscard]] StateView &states() const { return *m_states; }

Q_SIGNALS:
    /// What is to be kept as the profile's secret DeviceLogin::pointer(); the dialog closes by itself.
    void signedIn(const sluice::Secret &login);

private:
    void start();
    void showState();
    void showTime();
    [[nodiscard]] QWidget *makeCode();

    DeviceLogin::Request m_request;
    DeviceLogin *m_login = nullptr;
    StateView *m_states;
    QLabel *m_words;
    QLabel *m_code;
    CopyButton *m_copy;
    QLabel *m_page;
    QPushButton *m_open;
    QProgressBar *m_left;
    QLabel *m_time;
    QTimer m_tick;
};

} // namespace sluice::ui
