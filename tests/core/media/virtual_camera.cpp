#include "virtual_camera.h"

#include <QtCore/QBuffer>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtGui/QImage>
#include <QtNetwork/QUdpSocket>

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <mutex>

using namespace sluice::media;

/// Sends the pattern in real time as JPEG pictures, one a datagram: what GStreamer takes as a live source without further plugins.
class VirtualCamera::Feed {
public:
    Feed(quint16 port, VideoFormat format)
        : m_socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0))
        , m_source(format)
    {
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_address.sin_port = htons(port);
        m_source.start({.frame = [this](const Frame &frame) { send(frame); }, .audio = {}, .failed = {}, .ended = {}});
    }
    ~Feed()
    {
        m_source.stop();
        ::close(m_socket);
    }
    void setPaused(bool paused) { m_source.setPaused(paused); }
    [[nodiscard]] std::optional<SteadyTime> shownAt(std::uint32_t number) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_times.find(number);
        return found == m_times.end() ? std::nullopt : std::optional(found->second);
    }

private:
    void send(const Frame &frame)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_times[m_number++] = steadyNow();
        }
        QImage image(frame.width(), frame.height(), QImage::Format_RGB32);
        frame.toRgb32(image.bits(), image.bytesPerLine());
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "JPG", 80);
        ::sendto(m_socket, bytes.constData(), std::size_t(bytes.size()), 0, reinterpret_cast<const sockaddr *>(&m_address), sizeof m_address);
    }

    int m_socket = -1;
    sockaddr_in m_address{};
    mutable std::mutex m_mutex;
    std::map<std::uint32_t, SteadyTime> m_times;
    std::uint32_t m_number = 0;
    TestPatternSource m_source;
};

VirtualCamera::VirtualCamera() = default;

VirtualCamera::~VirtualCamera()
{
    unplug();
    for (QProcess *process : {&m_wireplumber, &m_pipewire, &m_bus}) {
        if (process->state() == QProcess::NotRunning)
            continue;
        process->terminate();
        if (!process->waitForFinished(3000))
            process->kill();
        process->waitForFinished(3000);
    }
}

bool VirtualCamera::run(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a test that is killed leaves nothing behind
    process.setStandardErrorFile(m_folder.filePath(program + ".log"));
    process.start(program, arguments);
    return process.waitForStarted(5000);
}

QString VirtualCamera::startSession()
{
    for (const char *program : {"dbus-daemon", "pipewire", "wireplumber", "gst-launch-1.0"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
            return QStringLiteral("%1 is not installed").arg(QLatin1String(program));
    }
    const QByteArray folder = QFile::encodeName(m_folder.path());
    ::chmod(folder.constData(), 0700);
    for (const char *name : {"XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "PIPEWIRE_RUNTIME_DIR"})
        qputenv(name, folder);
    qputenv("QT_MEDIA_BACKEND", "gstreamer");
    if (!run(m_bus, "dbus-daemon", {"--session", "--nofork", "--print-address=1"}) || !m_bus.waitForReadyRead(5000))
        return "the D-Bus session did not start";
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    if (!run(m_pipewire, "pipewire", {}))
        return "PipeWire did not start";
    const QDeadlineTimer deadline(10'000);
    while (!QFileInfo::exists(m_folder.filePath("pipewire-0"))) {
        if (deadline.hasExpired() || m_pipewire.waitForFinished(20))
            return "PipeWire opened no socket";
    }
    return run(m_wireplumber, "wireplumber", {}) ? QString() : QStringLiteral("WirePlumber did not start");
}

QString VirtualCamera::start(const QString &description, VideoFormat format)
{
    if (QString reason = startSession(); !reason.isEmpty())
        return reason;
    QUdpSocket free; // chosen by the system, and let go of for GStreamer to take
    if (!free.bind(QHostAddress::LocalHost))
        return "there is no free port";
    const quint16 port = free.localPort();
    free.close();
    const QString rate = QString::number(int(format.framesPerSecond)) + "/1";
    const QStringList pipeline{"-q", "udpsrc", "address=127.0.0.1", QStringLiteral("port=%1").arg(port),
        "buffer-size=150000", // no more: a burst of pictures after a pause can leave pipewiresink without buffers for ever
        "caps=image/jpeg,framerate=" + rate, "!", "jpegdec", "!", "videoconvert", "!",
        QStringLiteral("video/x-raw,format=YUY2,width=%1,height=%2,framerate=%3").arg(format.width).arg(format.height).arg(rate), "!",
        "identity", "drop-allocation=true", "!", // videoconvert does not get along with the buffers that pipewiresink offers
        "pipewiresink",
        "mode=provide", "sync=false", "async=false", // which would now and then wait for ever to be told that it plays
        QStringLiteral("stream-properties=\"props,media.class=Video/Source,node.name=sluice-camera,node.description=\\\"%1\\\",media.role=Camera\"").arg(description)};
    if (!run(m_gstreamer, "gst-launch-1.0", pipeline))
        return "GStreamer did not start";
    m_feed = std::make_unique<Feed>(port, format);
    return {};
}

void VirtualCamera::unplug()
{
    if (m_gstreamer.state() != QProcess::NotRunning) {
        m_gstreamer.kill();
        m_gstreamer.waitForFinished(3000);
    }
    m_feed.reset();
}

void VirtualCamera::setFrozen(bool frozen)
{
    m_feed->setPaused(frozen); // nothing is to pile up meanwhile
    ::kill(pid_t(m_gstreamer.processId()), frozen ? SIGSTOP : SIGCONT);
}

void VirtualCamera::setSessionFrozen(bool frozen)
{
    ::kill(pid_t(m_pipewire.processId()), frozen ? SIGSTOP : SIGCONT);
}

std::optional<SteadyTime> VirtualCamera::shownAt(std::uint32_t number) const
{
    return m_feed ? m_feed->shownAt(number) : std::nullopt;
}
