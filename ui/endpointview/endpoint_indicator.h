#pragma once

#include <QtWidgets/QToolButton>

namespace sluice::ui {

class EndpointHost;

/// In the status strip while the local endpoint runs: where, and how many calls are on their way. A click opens its panel.
class EndpointIndicator final : public QToolButton {
    Q_OBJECT
public:
    /// `host` must outlive it.
    explicit EndpointIndicator(EndpointHost &host, QWidget *parent = nullptr);

private:
    void showState();
    EndpointHost &m_host;
};

} // namespace sluice::ui
