#include "sluice/sandbox/capabilities/live_capabilities.h"

#include "sluice/media/frame.h"

namespace sluice::sandbox {
namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

class NoopJob final : public LiveJob {
public:
    explicit NoopJob(LiveSink &sink)
        : m_sink(sink)
    {
    }
    void parameters(const Json &) override {}
    void frame(const media::Frame &frame) override { m_sink.frame(frame); }

private:
    LiveSink &m_sink;
};

} // namespace

QString LiveNoop::description() const
{
    return QStringLiteral("Gives every picture of a live stream back unchanged. It is decoded and encoded on the way like everywhere else, so this is the "
                          "least that a live capability takes: the reference for latency. Sound is passed through.");
}

Json LiveNoop::inputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "No parameters"}, {key("properties"), Json::object()}, {key("additionalProperties"), false}};
}

Json LiveNoop::outputSchema() const
{
    return Json{{key("x-output"), Json{{key("type"), "video"}, {key("media_type"), "video/mp2t"}}}};
}

QList<Example> LiveNoop::examples() const
{
    return {{QStringLiteral("There and back"), Json::object()}};
}

std::unique_ptr<LiveJob> LiveNoop::start(LiveSink &sink)
{
    return std::make_unique<NoopJob>(sink);
}

} // namespace sluice::sandbox
