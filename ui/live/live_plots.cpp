#include "sluice/live/live_plots.h"

#include "sluice/live/live_plot.h"
#include "sluice/media/latency_meter.h"
#include "sluice/widgets/amount_label.h"

#include <QtCore/QLocale>
#include <QtWidgets/QGridLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kColumn = 80;

QString weiText(double wei)
{
    return AmountLabel::humanWei(QString::number(wei, 'f', 0), 3);
}

/// Pictures that did not make it, wherever they were lost: those given up here are among those that never came back.
qint64 droppedOf(const LiveStats &stats)
{
    const qint64 here = stats.out.dropped + stats.in.dropped;
    return stats.latency ? std::max(here, qint64(stats.latency->lost)) : here;
}
} // namespace

LivePlots::LivePlots(QWidget *parent)
    : QWidget(parent)
    , m_latency(new LivePlot(tr("Latency, ms"), {}, {{tr("p50"), Theme::Role::Accent}, {tr("p95"), Theme::Role::Warning}}))
    , m_rate(new LivePlot(tr("Pictures/s"), {}, {{tr("in"), Theme::Role::Info}, {tr("out"), Theme::Role::Success}}))
    , m_bitrate(new LivePlot(tr("kbit/s"), {}, {{QStringLiteral("↑"), Theme::Role::Info}, {QStringLiteral("↓"), Theme::Role::Success}}))
    , m_drops(new LivePlot(tr("Dropped"), {}, {{QString(), Theme::Role::Failed}}))
    , m_spend(new LivePlot(tr("Spend/min"), {}, {{QString(), Theme::Role::Paid}}))
{
    setAccessibleName(tr("Measurements"));
    m_latency->setNarrowTitle(tr("p50 / p95, ms"));
    m_rate->setNarrowTitle(tr("In / out, fps"));
    m_bitrate->setNarrowTitle(tr("↑ / ↓ kbit/s"));
    m_spend->setFormatter(weiText);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(space::Two, space::One, space::Half, space::One);
    grid->setSpacing(space::One);
    arrange();
}

void LivePlots::append(const LiveStats &stats)
{
    using Value = std::optional<double>;
    Value p50;
    Value p95;
    Value in;
    Value out;
    if (stats.latency) {
        in = stats.latency->framesPerSecondIn;
        out = stats.latency->framesPerSecondOut;
        if (stats.latency->endToEnd) {
            p50 = stats.latency->endToEnd->p50Ms;
            p95 = stats.latency->endToEnd->p95Ms;
        }
    }
    m_latency->append({p50, p95});
    m_rate->append({in, out});
    m_bitrate->append({stats.out.kilobitsPerSecond, stats.in.kilobitsPerSecond});
    m_drops->append({double(droppedOf(stats))});
    // For the height of a line only: the amount itself is never a floating-point number.
    m_spend->append({stats.weiPerMinute ? Value(stats.weiPerMinute->toDouble()) : Value()});
    m_summary = summaryOf(stats);
    ++m_samples;
}

QString LivePlots::summaryOf(const LiveStats &stats)
{
    const QLocale locale;
    QStringList parts;
    if (stats.latency && stats.latency->endToEnd)
        parts << tr("p50 %1 ms").arg(locale.toString(stats.latency->endToEnd->p50Ms, 'f', 0))
              << tr("p95 %1 ms").arg(locale.toString(stats.latency->endToEnd->p95Ms, 'f', 0));
    if (stats.latency)
        parts << tr("%1 → %2 fps").arg(locale.toString(stats.latency->framesPerSecondIn, 'f', 1),
            locale.toString(stats.latency->framesPerSecondOut, 'f', 1));
    parts << tr("%1 → %2 kbit/s").arg(locale.toString(stats.out.kilobitsPerSecond, 'f', 0), locale.toString(stats.in.kilobitsPerSecond, 'f', 0));
    parts << tr("%L1 dropped").arg(droppedOf(stats));
    if (stats.weiPerMinute)
        parts << tr("%1/min").arg(AmountLabel::humanWei(*stats.weiPerMinute, 3));
    return parts.join(QStringLiteral(" · "));
}

void LivePlots::clear()
{
    for (LivePlot *plot : {m_latency, m_rate, m_bitrate, m_drops, m_spend})
        plot->clear();
    m_summary.clear();
    m_samples = 0;
}

void LivePlots::setRaw(bool raw)
{
    m_raw = raw;
    m_columns = 0;
    arrange();
}

void LivePlots::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void LivePlots::arrange()
{
    QList<LivePlot *> shown{m_latency, m_rate, m_bitrate, m_drops, m_spend};
    if (m_raw)
        shown = {m_bitrate, m_drops, m_spend};
    const int columns = std::clamp(width() / kColumn, 1, int(shown.size()));
    if (columns == m_columns)
        return;
    m_columns = columns;
    auto *grid = static_cast<QGridLayout *>(layout());
    for (LivePlot *plot : {m_latency, m_rate, m_bitrate, m_drops, m_spend}) {
        grid->removeWidget(plot);
        plot->setParent(this);
        plot->setVisible(shown.contains(plot));
    }
    for (int i = 0; i < int(shown.size()); ++i)
        grid->addWidget(shown.at(i), i / columns, i % columns);
    for (int column = 0; column < 5; ++column)
        grid->setColumnStretch(column, column >= columns ? 0 : column == 0 ? 4 : 3); // the first has the longest numbers
}

} // namespace sluice::ui
