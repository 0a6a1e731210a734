#pragma once

#include "sluice/runner/live_capability.h"

#include <QtCore/QStringList>

namespace sluice::sandbox {

/// Applies a named filter to the pictures of a live stream; filter and strength change while it runs.
class VideoFilter final : public LiveCapability {
public:
    [[nodiscard]] static QStringList filters();

    [[nodiscard]] QString name() const override { return QStringLiteral("video-filter"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {100'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 2; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override;
};

/// Finds what moves in a live stream, boxes it on the pictures and tells of changes on the data channel.
class MotionDetect final : public LiveCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("motion-detect"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {80'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 2; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] Channels channels() const override { return {true, true, true, false}; }
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override;
};

/// Gives every picture back as it was decoded: the reference for latency.
class LiveNoop final : public LiveCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("noop"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {20'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 4; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override;
};

/// Reads lines of text from a raw stream: gives back those that hold a word, and counts on the data channel.
class LogTail final : public LiveCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("log-tail"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {10'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 8; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] Channels channels() const override { return {true, true, true, true}; }
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override;
};

} // namespace sluice::sandbox
