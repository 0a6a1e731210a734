#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sluice {
class Error;
}

namespace sluice::ui {

class EndpointCalls;
class EndpointHost;
class EndpointLines;
class InlineMessage;
class StatusDot;

/// The local endpoint: starts and stops it, shows its address, key and the limits that hold for it, and lists the calls passing through.
class EndpointPanel final : public QWidget {
    Q_OBJECT
public:
    /// `host` must outlive it.
    explicit EndpointPanel(EndpointHost &host, QWidget *parent = nullptr);

    [[nodiscard]] EndpointCalls &calls() const { return *m_calls; }
    [[nodiscard]] EndpointLines &lines() const { return *m_lines; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    /// Start or Stop.
    [[nodiscard]] QPushButton &button() const { return *m_button; }
    void focusContent();

Q_SIGNALS:
    /// A run of the history, to be shown.
    void runRequested(const QString &runId);

private:
    [[nodiscard]] QWidget *makeHeader();
    void toggle();
    void showState();
    void showLimits();
    void showFailure(const Error &error);

    EndpointHost &m_host;
    StatusDot *m_dot;
    QLabel *m_state;
    QPushButton *m_button;
    QLabel *m_lead;
    QLabel *m_limits;
    InlineMessage *m_message;
    EndpointLines *m_lines;
    EndpointCalls *m_calls;
};

} // namespace sluice::ui
