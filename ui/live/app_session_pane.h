#pragma once

#include "sluice/gateway/live_session.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace sluice::ui {

class AmountLabel;
class CopyButton;
class ElidedLabel;
class InlineMessage;
class SectionHeader;
class StatusDot;

/// A session with an app of a live runner: its state, its money and the time that is paid for, the app's channels, calls to the app, and Stop.
///
/// Shows a LiveSession and does not own it. Until one is attached it can be asked for one.
class AppSessionPane final : public QWidget {
    Q_OBJECT
public:
    explicit AppSessionPane(QWidget *parent = nullptr);

    /// Follows this session from now on.
    void attach(LiveSession &session);
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] bool isOpen() const { return m_session && m_session->state() == LiveSession::State::Ready; }
    /// What is called, below the session, and with which body.
    [[nodiscard]] QLineEdit &path() const { return *m_path; }
    [[nodiscard]] QPlainTextEdit &body() const { return *m_body; }
    /// Makes that call, while the session is open and no other call is under way.
    void send();
    /// HTTP status of the answer that is shown; 0 while there is none.
    [[nodiscard]] int lastStatus() const { return m_lastStatus; }
    /// Stops what is only being reserved; an open session after a person agreed.
    void askToStop();
    /// A failure before there was a session.
    void refuse(const Error &error);

Q_SIGNALS:
    void openRequested();

private:
    [[nodiscard]] QWidget *makeState();
    [[nodiscard]] QWidget *makeCalls();
    void showState();
    void showMoney();
    void showTime();
    void takeReply(const AppReply &reply);
    void takeChannels(const Json &json);

    QPointer<LiveSession> m_session;
    QTimer m_tick;
    QList<QWidget *> m_facts; ///< of a session, with their captions
    StatusDot *m_dot = nullptr;
    QLabel *m_state = nullptr;
    ElidedLabel *m_id = nullptr;
    ElidedLabel *m_address = nullptr;
    AmountLabel *m_paid = nullptr;
    AmountLabel *m_perMinute = nullptr;
    QLabel *m_left = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_stop = nullptr;
    InlineMessage *m_message = nullptr;
    bool m_asksToStop = false;
    QComboBox *m_method = nullptr;
    QLineEdit *m_path = nullptr;
    QPlainTextEdit *m_body = nullptr;
    QPushButton *m_send = nullptr;
    QLabel *m_status = nullptr;
    QPlainTextEdit *m_reply = nullptr;
    CopyButton *m_copy = nullptr;
    SectionHeader *m_channelsHeader = nullptr;
    QListWidget *m_channels = nullptr;
    QFuture<AppReply> m_call;
    int m_lastStatus = 0;
};

} // namespace sluice::ui
