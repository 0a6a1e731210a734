#include "tour_report.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QPixmap>
#include <QtWidgets/QWidget>

#include <cstdio>

namespace sluice {

namespace {
// A picture with this few colours shows nothing.
constexpr int kFewestColours = 16;

int colours(const QImage &image)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height() && seen.size() < kFewestColours; y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            seen.insert(image.pixel(x, y));
    }
    return int(seen.size());
}
} // namespace

TourReport::TourReport(QString folder)
    : m_folder(std::move(folder))
{
    m_timer.start();
}

bool TourReport::open()
{
    if (QDir().mkpath(m_folder))
        return true;
    std::fprintf(stderr, "The folder %s cannot be made.\n", qUtf8Printable(m_folder));
    return false;
}

void TourReport::record(const QString &name, QWidget &widget, const QString &problem)
{
    const QImage picture = widget.grab().toImage();
    const QString file = QStringLiteral("%1-%2.png").arg(++m_number, 2, 10, QLatin1Char('0')).arg(name);
    QString trouble = problem;
    if (trouble.isEmpty() && colours(picture) < kFewestColours)
        trouble = QStringLiteral("The picture shows nothing.");
    if (!picture.save(QDir(m_folder).filePath(file)))
        trouble = QStringLiteral("The picture could not be written.");
    const qint64 now = m_timer.elapsed();
    Json step{{QStringLiteral("step"), name}, {QStringLiteral("picture"), file}, {QStringLiteral("ok"), trouble.isEmpty()},
        {QStringLiteral("ms"), now - std::exchange(m_last, now)}};
    if (!trouble.isEmpty()) {
        step.insert(QStringLiteral("problem"), trouble);
        ++m_failed;
    }
    m_steps.append(step);
    std::printf("%s %s%s%s\n", trouble.isEmpty() ? "ok    " : "FAILED", qUtf8Printable(file),
        trouble.isEmpty() ? "" : ": ", qUtf8Printable(trouble));
    std::fflush(stdout);
}

bool TourReport::finish()
{
    const Json report{{QStringLiteral("ok"), m_failed == 0}, {QStringLiteral("failed"), m_failed},
        {QStringLiteral("total_ms"), m_timer.elapsed()}, {QStringLiteral("steps"), m_steps}};
    QFile file(QDir(m_folder).filePath(QStringLiteral("report.json")));
    const QByteArray text = report.dump(2) + '\n';
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && m_failed == 0;
}

} // namespace sluice
