#include "sluice/live/parameter_updater.h"

#include "sluice/base/follow.h"
#include "sluice/base/secret_mask.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/media/frame.h"

#include <chrono>

namespace sluice::ui {

namespace {
constexpr auto kPace = std::chrono::milliseconds(100);
// Pictures whose time is this far from now do not carry the time of their capture.
constexpr qint64 kPlausibleTicks = 30 * media::ticksPerSecond;
constexpr qsizetype kShownCharacters = 120;
constexpr qsizetype kUnseen = 20;
} // namespace

ParameterUpdater::ParameterUpdater(LiveUpdatesModel &updates, QObject *parent)
    : QObject(parent)
    , m_updates(updates)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPace);
    connect(&m_pace, &QTimer::timeout, this, &ParameterUpdater::sendNow);
}

void ParameterUpdater::start(const Json &initial, Send send)
{
    stop();
    m_known = initial;
    m_wanted = initial;
    m_send = std::move(send);
}

void ParameterUpdater::stop()
{
    m_pace.stop();
    m_send = {};
    m_waiting = false;
    m_unseen.clear();
    ++m_generation;
}

void ParameterUpdater::change(const Json &value)
{
    m_wanted = value;
    // Not restarted by every step of a slider: it would apply only once it is let go.
    if (m_send && !m_waiting && !m_pace.isActive())
        m_pace.start();
}

Json ParameterUpdater::difference(const Json &known, const Json &next)
{
    Json change = Json::object();
    for (const auto &[key, value] : next.members()) {
        if (!known.contains(key) || !(known.value(key) == value))
            change.insert(key, value);
    }
    for (const auto &[key, value] : known.members()) {
        if (!next.contains(key) && !value.isNull())
            change.insert(key, nullptr);
    }
    return change;
}

QString ParameterUpdater::describe(const Json &change)
{
    QStringList parts;
    for (const auto &[key, value] : change.members())
        parts << key + QLatin1Char(' ') + (value.isString() ? value.toString() : QString::fromUtf8(value.dump()));
    return parts.join(QStringLiteral(", ")).simplified().left(kShownCharacters);
}

QString ParameterUpdater::shown(const Json &change) const
{
    SecretMask mask;
    const QStringList secrets = m_secrets.in(change).pointers();
    mask.add(change, secrets);
    Json masked = mask.in(change);
    for (const auto &[key, value] : change.members()) {
        // Numbers and whole objects have no text that could be hidden within them.
        const QString pointer = QLatin1Char('/') + QString(key).replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
        if (secrets.contains(pointer))
            masked.insert(key, QString::fromUtf8(SecretMask::Mark));
    }
    return describe(masked);
}

void ParameterUpdater::sendNow()
{
    if (!m_send || m_waiting)
        return;
    const Json change = difference(m_known, m_wanted);
    if (change.size() == 0)
        return;
    m_waiting = true;
    m_row = m_updates.begin(shown(change));
    m_sentAt.start();
    follow(
        m_send(change), this, [this, mine = m_generation, sent = m_wanted, change] { acknowledged(mine, sent, change); },
        [this, mine = m_generation](const Error &error) { refused(mine, error); },
        [this, mine = m_generation] { refused(mine, Error(Error::Kind::Canceled, tr("The change was given up."))); });
}

void ParameterUpdater::acknowledged(int generation, const Json &sent, const Json &change)
{
    if (generation != m_generation)
        return;
    m_waiting = false;
    m_known = sent;
    m_updates.acknowledge(m_row, LiveUpdatesModel::Delay(double(m_sentAt.nsecsElapsed()) / 1e6));
    m_unseen.append({m_row, media::nowTicks(), m_sentAt});
    if (m_unseen.size() > kUnseen)
        m_unseen.removeFirst();
    if (!(m_wanted == m_known))
        m_pace.start();
    Q_EMIT applied(change);
}

void ParameterUpdater::refused(int generation, const Error &error)
{
    if (generation != m_generation)
        return;
    m_waiting = false;
    m_updates.fail(m_row, error.message());
    Q_EMIT failed(error);
}

void ParameterUpdater::frameShown(qint64 pts)
{
    while (!m_unseen.isEmpty() && pts >= m_unseen.first().from && pts <= m_unseen.first().from + kPlausibleTicks) {
        const Unseen seen = m_unseen.takeFirst();
        m_updates.seen(seen.row, LiveUpdatesModel::Delay(double(seen.sentAt.nsecsElapsed()) / 1e6));
    }
}

} // namespace sluice::ui
