#include "sluice/widgets/relative_time_label.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtCore/QTimerEvent>

namespace sluice::ui {

RelativeTimeLabel::RelativeTimeLabel(QWidget *parent)
    : QLabel(parent)
{
    refresh();
}

QString RelativeTimeLabel::words(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return QStringLiteral("—");
    const qint64 seconds = time.secsTo(now);
    const qint64 distance = qAbs(seconds);
    const bool past = seconds >= 0;
    if (distance < 10)
        return tr("just now");
    if (distance < 60)
        return past ? tr("%n s ago", nullptr, int(distance)) : tr("in %n s", nullptr, int(distance));
    if (distance < 3600)
        return past ? tr("%n min ago", nullptr, int(distance / 60)) : tr("in %n min", nullptr, int(distance / 60));
    const QDateTime local = time.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (days == 0)
        return past ? tr("%n h ago", nullptr, int(distance / 3600)) : tr("in %n h", nullptr, int(distance / 3600));
    if (days == 1)
        return tr("yesterday %1").arg(clock);
    if (days == -1)
        return tr("tomorrow %1").arg(clock);
    if (days > 0 && days < 7)
        return QStringLiteral("%1 %2").arg(QLocale().dayName(local.date().dayOfWeek(), QLocale::ShortFormat), clock);
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

QString RelativeTimeLabel::exact(const QDateTime &time)
{
    if (!time.isValid())
        return tr("Time not known");
    const QDateTime local = time.toLocalTime();
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate).replace(QLatin1Char('T'), QLatin1Char(' '));
}

void RelativeTimeLabel::setTime(const QDateTime &time)
{
    m_time = time;
    refresh();
}

void RelativeTimeLabel::refresh()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString text = words(m_time, now);
    setText(text);
    setToolTip(exact(m_time));
    setAccessibleName(m_time.isValid() ? tr("%1, %2").arg(text, exact(m_time)) : exact(m_time));
    if (m_timer)
        killTimer(m_timer);
    m_timer = 0;
    // Every second for the first minute, then as seldom as the words change.
    if (isVisible() && m_time.isValid()) {
        const qint64 distance = qAbs(m_time.secsTo(now));
        m_timer = startTimer(distance < 60 ? 1000 : distance < 3600 ? 15000 : 60000, Qt::VeryCoarseTimer);
    }
}

void RelativeTimeLabel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer)
        refresh();
    else
        QLabel::timerEvent(event);
}

void RelativeTimeLabel::showEvent(QShowEvent *event)
{
    QLabel::showEvent(event);
    refresh();
}

void RelativeTimeLabel::hideEvent(QHideEvent *event)
{
    QLabel::hideEvent(event);
    if (m_timer)
        killTimer(m_timer);
    m_timer = 0;
}

} // namespace sluice::ui
