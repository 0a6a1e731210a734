#pragma once

#include "sluice/gateway/live_session.h"

#include <memory>

namespace sluice::ui {

/// A live job as the panel sees it: LiveSession's interface without its connection, so that the panel also runs on a job that never
/// leaves this machine.
///
/// Belongs to the GUI thread. What the members do and on which thread handlers are called is LiveSession's contract.
class LiveLink : public QObject {
    Q_OBJECT
public:
    using State = LiveSession::State;
    using Channel = LiveSession::Channel;

    [[nodiscard]] virtual State state() const = 0;
    /// Ends the job; does not wait. The state says how far it is.
    virtual void close() = 0;
    [[nodiscard]] virtual LiveStats stats() const = 0;
    [[nodiscard]] virtual bool hasChannel(Channel channel) const = 0;

    virtual void publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options) = 0;
    virtual void setPaused(bool paused) = 0;
    virtual void setFrameHandler(std::function<void(const media::Frame &)> handler) = 0;
    virtual void setPreviewHandler(std::function<void(const media::Frame &)> handler) = 0;
    virtual void markShown(qint64 pts) = 0;
    virtual bool writeRaw(const QByteArray &bytes) = 0;
    virtual void setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler) = 0;
    virtual QFuture<void> update(const Json &parameters) = 0;
    virtual QFuture<void> record(Channel channel, const QString &fileName) = 0;

Q_SIGNALS:
    void stateChanged(sluice::LiveSession::State state);
    void event(const sluice::Json &event);
    void data(const sluice::Json &record);
    void warning(const QString &sentence);
    void outputProblem(const sluice::Error &error);
    void failed(const sluice::Error &error);
};

} // namespace sluice::ui
