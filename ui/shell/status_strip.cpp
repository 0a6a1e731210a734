#include "sluice/shell/status_strip.h"

#include "sluice/session/session.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/status_dot.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {
constexpr auto kRateWindow = std::chrono::minutes(1);
constexpr auto kNoticeTime = std::chrono::seconds(12);

QLabel *smallLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(Theme::font(Theme::Type::Small11));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

ElidedLabel *smallElided()
{
    auto *label = new ElidedLabel;
    label->setFont(Theme::font(Theme::Type::Small11));
    label->setMuted(true);
    label->setCopyable(false);
    label->setElideMode(Qt::ElideRight);
    return label;
}
} // namespace

StatusStrip::StatusStrip(Session &session, QWidget *parent)
    : QStatusBar(parent)
    , m_session(session)
    , m_profile(new QToolButton)
    , m_dot(new StatusDot)
    , m_connection(smallElided())
    , m_notice(smallElided())
    , m_balanceTitle(smallLabel(tr("Balance")))
    , m_balance(new AmountLabel)
    , m_spentTitle(smallLabel(tr("Paid in the last minute")))
    , m_spent(new AmountLabel)
    , m_rateTimer(new QTimer(this))
    , m_noticeTimer(new QTimer(this))
{
    setSizeGripEnabled(false);
    setAccessibleName(tr("Status"));
    m_profile->setAutoRaise(true);
    m_profile->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_profile->setIcon(Theme::icon(QStringLiteral("globe")));
    m_profile->setAccessibleName(tr("Network profile"));
    m_profile->setToolTip(tr("Choose or edit the network profile"));
    connect(m_profile, &QToolButton::clicked, this,
        [this] { Q_EMIT profileMenuRequested(m_profile->mapToGlobal(QPoint(0, 0))); });
    m_balance->setSubject(tr("Balance"));
    m_spent->setSubject(tr("Paid in the last minute"));
    m_noticeTimer->setSingleShot(true);
    m_noticeTimer->setInterval(kNoticeTime);
    connect(m_noticeTimer, &QTimer::timeout, this, [this] { showNotice({}, {}); });

    // One permanent widget: a status bar hides everything else while it says something.
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    m_line = layout;
    layout->setContentsMargins(space::One, 0, space::One + space::Half, 0);
    layout->setSpacing(space::One);
    layout->addWidget(m_profile);
    layout->addWidget(m_dot);
    layout->addWidget(m_connection);
    layout->addSpacing(space::One);
    layout->addWidget(m_notice, 1);
    layout->addStretch(1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_balanceTitle, m_balance}) {
        widget->setFont(Theme::font(Theme::Type::Small11));
        layout->addWidget(widget);
    }
    layout->addSpacing(space::One);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_spentTitle, m_spent}) {
        widget->setFont(Theme::font(Theme::Type::Small11));
        layout->addWidget(widget);
    }
    addPermanentWidget(line, 1);
    showNotice({}, {});
    showRate();

    connect(&m_session, &Session::stateChanged, this, &StatusStrip::showState);
    connect(&m_session, &Session::capabilitiesChanged, this, &StatusStrip::showState);
    connect(&m_session, &Session::profileChanged, this, [this] {
        showState();
        setCapability(m_capability);
    });
    connect(&m_session, &Session::connectionFailed, this, &StatusStrip::showError);
    connect(&m_session, &Session::capabilitiesFailed, this, &StatusStrip::showError);
    connect(&m_session, &Session::balanceChanged, this, [this](const CapabilityId &id) {
        if (id == m_capability)
            showBalance();
    });
    connect(&m_session, &Session::spendingChanged, this, &StatusStrip::notePayment);
    connect(m_rateTimer, &QTimer::timeout, this, &StatusStrip::showRate);
    showState();
    setCapability({});
}

void StatusStrip::setCapability(const std::optional<CapabilityId> &id)
{
    m_capability = id;
    const auto info = id ? m_session.capability(*id) : std::nullopt;
    QString name = id ? id->name : QString();
    if (info && info->title == info->name)
        name = m_session.displayName(*info);
    m_balanceTitle->setText(tr("Balance of %1").arg(name));
    showBalance();
}

void StatusStrip::showBalance()
{
    const auto word = m_capability ? m_session.balance(*m_capability) : std::nullopt;
    m_balanceTitle->setToolTip(word ? tr("As the network said, %1").arg(RelativeTimeLabel::exact(word->at)) : QString());
    // Of what nobody told there is nothing to say here; the inspector says so.
    m_balanceTitle->setVisible(word.has_value());
    m_balance->setVisible(word.has_value());
    if (!word) {
        m_balance->clearAmount();
        return;
    }
    // A stream's balance has three decimals; the line shows whole wei, the inspector all of it.
    const QString whole = word->wei.section(QLatin1Char('.'), 0, 0);
    if (whole == QLatin1String("0") || whole == QLatin1String("-0"))
        m_balance->setAmount(tr("empty"), tr("0 wei"));
    else
        m_balance->setWei(whole);
}

QString StatusStrip::readyWords() const
{
    const int known = int(m_session.capabilities().size());
    if (m_session.listsCapabilities())
        return tr("connected · %n capabilities", nullptr, known);
    // It answers, which is what connected means; what it does not tell is said.
    return known == 0 ? tr("connected · lists nothing: name capabilities by hand") : tr("connected · %n capabilities, no list of its own", nullptr, known);
}

void StatusStrip::showState()
{
    m_profile->setText(m_session.profile().name.isEmpty() ? tr("no profile") : m_session.profile().name);
    QString words;
    switch (m_session.state()) {
    case Session::State::Starting:
        words = tr("connecting…");
        m_dot->setStatus(Theme::Role::Warning, StatusDot::Shape::Half, words);
        break;
    case Session::State::Ready:
        words = readyWords();
        m_dot->setStatus(Theme::Role::Success, StatusDot::Shape::Filled, words);
        break;
    case Session::State::Degraded:
        words = tr("the network does not answer; what is listed may be old");
        m_dot->setStatus(Theme::Role::Warning, StatusDot::Shape::Half, words);
        break;
    case Session::State::Failed:
        words = tr("not connected");
        m_dot->setStatus(Theme::Role::Failed, StatusDot::Shape::Hollow, words);
        break;
    }
    m_connection->setText(words);
    m_connection->setToolTip(words);
}

void StatusStrip::showNotice(const QString &text, const QString &explanation)
{
    m_notice->setText(text);
    if (!explanation.isEmpty())
        m_notice->setToolTip(explanation);
    m_notice->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        m_noticeTimer->start();
}

QString StatusStrip::notice() const
{
    return m_notice->text();
}

void StatusStrip::addIndicator(QWidget *indicator)
{
    m_line->insertWidget(m_line->indexOf(m_balanceTitle), indicator);
}

void StatusStrip::showError(const Error &error)
{
    showState();
    m_connection->setText(error.message());
    m_connection->setToolTip(error.describe());
}

void StatusStrip::notePayment()
{
    // The purse is charged when a ticket leaves, so that this is each ticket's own time, however long its call takes.
    const auto spending = m_session.spending();
    if (!spending)
        return;
    const auto paid = weiFromDecimal(spending->sessionWei);
    if (!paid)
        return;
    Wei &noted = m_noted[m_session.senderAddress()];
    if (*paid > noted) {
        m_paid.append({QDateTime::currentDateTimeUtc(), Wei(*paid - noted)});
        m_rateTimer->start(std::chrono::seconds(1));
    }
    noted = *paid;
    showRate();
}

QString StatusStrip::paidLately() const
{
    Wei total;
    for (const Paid &paid : m_paid)
        total += paid.wei;
    return toDecimal(total);
}

void StatusStrip::showRate()
{
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(kRateWindow).count());
    m_paid.removeIf([&](const Paid &paid) { return paid.at < oldest; });
    if (m_paid.isEmpty())
        m_spent->setAmount(tr("nothing"), tr("0 wei"));
    else
        m_spent->setWei(paidLately());
    if (m_paid.isEmpty())
        m_rateTimer->stop();
}

} // namespace sluice::ui
