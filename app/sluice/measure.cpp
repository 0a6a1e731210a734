#include "measure.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <ctime>
#include <unistd.h>

namespace sluice {

namespace {
// Long enough for the local network to be up and listed.
constexpr auto kIdleAfter = std::chrono::seconds(6);

// Milliseconds since this process was made, by the kernel's own clock (proc(5), field 22 of stat).
double processAge()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const double started = fields.value(19).toDouble() / double(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - started) * 1000;
}

qint64 proportionalSetKb()
{
    QFile rollup(QStringLiteral("/proc/self/smaps_rollup"));
    if (!rollup.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = rollup.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}
} // namespace

Measure::Measure(QWidget &window)
    : m_window(window)
{
    window.installEventFilter(this);
}

bool Measure::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && m_firstPaint < 0) {
        // The filter sees the event before the window paints; the zero timer runs right after it has.
        m_firstPaint = 0;
        QTimer::singleShot(0, this, [this] { m_firstPaint = processAge(); });
        QTimer::singleShot(kIdleAfter, this, &Measure::report);
    }
    return QObject::eventFilter(watched, event);
}

void Measure::report()
{
    std::printf("{\"first_paint_ms\":%.0f,\"idle_pss_kb\":%lld}\n", m_firstPaint, proportionalSetKb());
    std::fflush(stdout);
    m_window.close();
    QCoreApplication::quit();
}

} // namespace sluice
