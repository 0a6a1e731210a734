#pragma once

#include "sluice/live/live_link.h"

#include <QtCore/QPointer>

namespace sluice::ui {

/// A LiveSession for the panel. The session is not owned and may be destroyed before this.
class LiveSessionLink final : public LiveLink {
    Q_OBJECT
public:
    explicit LiveSessionLink(LiveSession &session);
    /// Takes the panel's handlers away from the session; does not end it.
    ~LiveSessionLink() override;

    [[nodiscard]] State state() const override;
    void close() override;
    [[nodiscard]] LiveStats stats() const override;
    [[nodiscard]] bool hasChannel(Channel channel) const override;
    void publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options) override;
    void setPaused(bool paused) override;
    void setFrameHandler(std::function<void(const media::Frame &)> handler) override;
    void setPreviewHandler(std::function<void(const media::Frame &)> handler) override;
    void markShown(qint64 pts) override;
    bool writeRaw(const QByteArray &bytes) override;
    void setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler) override;
    QFuture<void> update(const Json &parameters) override;
    QFuture<void> record(Channel channel, const QString &fileName) override;

private:
    QPointer<LiveSession> m_session;
};

} // namespace sluice::ui
