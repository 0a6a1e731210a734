#include "sluice/widgets/duration_text.h"

#include "sluice/widgets/relative_time_label.h"

#include <QtCore/QLocale>

namespace sluice::ui {

QString durationText(std::chrono::milliseconds time)
{
    const qint64 ms = time.count();
    if (ms < 1000)
        return RelativeTimeLabel::tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return RelativeTimeLabel::tr("%1 s").arg(QLocale().toString(double(ms / 100) / 10, 'f', 1));
    const qint64 seconds = ms / 1000;
    if (seconds < 3600)
        return RelativeTimeLabel::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86'400)
        return RelativeTimeLabel::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    return RelativeTimeLabel::tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3600);
}

} // namespace sluice::ui
