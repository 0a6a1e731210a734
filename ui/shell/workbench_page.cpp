#include "sluice/shell/workbench_page.h"

#include "sluice/crypto/u256.h"
#include "sluice/payments/asked_price.h"
#include "sluice/picker/capability_model.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/past_run_bar.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/clamped_text.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
// Below these the header leaves out what is said elsewhere too.
constexpr int kWide = 600;
constexpr int kHigh = 440;
constexpr int kDescriptionLines = 2;
} // namespace

WorkbenchPage::WorkbenchPage(Session &session, CapabilityInfo capability, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_capability(std::move(capability))
{
    setAccessibleName(m_capability.name);
}

QWidget *WorkbenchPage::makeHeader(Buttons buttons)
{
    m_buttons = buttons;
    auto *header = new QWidget;
    m_title = new ElidedLabel;
    m_title->setCopyable(false);
    m_title->setFont(Theme::font(Theme::Type::Heading15));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_verb = new Badge;
    m_verbs = new QComboBox;
    m_verbs->setAccessibleName(tr("How the call is made"));
    m_verbs->setToolTip(tr("run: the whole answer at once. stream: the answer as it comes. (Ctrl+Shift+M switches)"));
    connect(m_verbs, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT verbChosen();
        Q_EMIT callChanged();
    });
    m_price = new Badge;
    m_slots = new Badge;
    m_description = new ClampedText(kDescriptionLines);
    m_estimate = new ElidedLabel;
    m_estimate->setCopyable(false);
    m_estimate->setMuted(true);
    m_estimate->setElideMode(Qt::ElideRight);
    m_estimate->setFont(Theme::font(Theme::Type::Small11));

    m_timeoutLabel = new QLabel(tr("T&imeout"));
    m_timeout = new QSpinBox;
    m_timeout->setRange(1, 3600);
    m_timeout->setValue(60);
    m_timeout->setSuffix(tr(" s"));
    m_timeout->setAccessibleName(tr("Timeout in seconds"));
    m_timeout->setToolTip(tr("The call is given up after this time"));
    m_timeoutLabel->setBuddy(m_timeout);
    connect(m_timeout, &QSpinBox::valueChanged, this, [this] {
        showFacts();
        Q_EMIT callChanged();
    });

    m_runButton = new QPushButton(Theme::icon(QStringLiteral("play"), Theme::Role::OnAccent), tr("&Run"));
    Theme::makePrimary(m_runButton);
    m_runButton->setAccessibleName(tr("Run"));
    m_runButton->setToolTip(tr("Run this call (Ctrl+Enter)"));
    connect(m_runButton, &QPushButton::clicked, this, &WorkbenchPage::run);
    m_stopButton = new QPushButton(Theme::icon(QStringLiteral("square")), tr("&Stop"));
    m_stopButton->setAccessibleName(tr("Stop"));
    m_stopButton->setToolTip(tr("Stop the call (Esc)"));
    m_stopButton->hide();
    connect(m_stopButton, &QPushButton::clicked, this, &WorkbenchPage::stop);

    m_acceptPrice = new QPushButton;
    m_acceptPrice->hide();

    auto *first = new QHBoxLayout;
    first->setSpacing(space::One);
    first->addWidget(m_title);
    first->addWidget(m_verb);
    first->addWidget(m_verbs);
    first->addWidget(m_price);
    first->addWidget(m_slots);
    first->addStretch(1);
    first->addWidget(m_timeoutLabel);
    first->addWidget(m_timeout);
    first->addWidget(m_runButton);
    first->addWidget(m_stopButton);
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(space::Two, space::One, space::Two, space::One);
    layout->setSpacing(2);
    layout->addLayout(first);
    layout->addWidget(m_description);
    layout->addWidget(m_estimate);
    layout->addWidget(m_acceptPrice, 0, Qt::AlignLeft);
    m_runButton->setVisible(buttons == Buttons::InHeader); // not before it has a parent: it would be a window of its own
    showFacts();
    return header;
}

void WorkbenchPage::showFacts()
{
    if (!m_title)
        return;
    m_title->setText(m_session.displayName(m_capability));
    m_verb->setText(CapabilityModel::verbText(m_capability));
    m_verb->setRole(Theme::Role::Accent);
    showVerbs();
    m_price->setText(CapabilityModel::shortPriceText(m_capability));
    m_price->setToolTip(CapabilityModel::priceText(m_capability));
    m_price->setRole(Theme::Role::Paid);
    m_slots->setText(CapabilityModel::availabilityText(m_capability));
    m_slots->setRole(CapabilityModel::health(m_capability) == CapabilityModel::Health::Full ? Theme::Role::Warning
                                                                                             : Theme::Role::Muted);
    m_description->setText(m_capability.description);
    m_description->setVisible(!m_capability.description.isEmpty());
    const bool isApp = !m_capability.mode.isEmpty();
    if (isApp && m_capability.price && m_capability.price->pixelsPerUnit == 1 && m_capability.price->pricePerUnit > 0) {
        const QString each = AmountLabel::humanWei(QString::number(m_capability.price->pricePerUnit));
        const bool fixed = m_capability.price->unit == QLatin1String("call");
        const QString ahead = toDecimal(U256(m_capability.price->pricePerUnit) * m_capability.creditSeconds);
        m_estimate->setText(fixed ? (m_capability.hasSessions() ? tr("%1 for a session, however long.").arg(each) : tr("%1 for each call, whatever it gives.").arg(each))
                                  : tr("%1 per second while it lasts; %2 are paid ahead and not given back.").arg(each, AmountLabel::humanWei(ahead)));
    } else if (m_capability.price && m_capability.price->pixelsPerUnit == 1) {
        const bool ahead = m_capability.creditSeconds > 0; // it is paid before it begins
        const qint64 seconds = std::max<qint64>(m_capability.creditSeconds, m_timeout->value());
        const QString rate = QString::number(m_capability.price->pricePerUnit);
        const QString credit = toDecimal(U256(m_capability.price->pricePerUnit) * seconds);
        m_estimate->setText(m_capability.price->pricePerUnit == 0
                ? tr("This capability is free.")
                : !ahead ? tr("%1 per second.").arg(AmountLabel::humanWei(rate))
                : tr("%1 per second. A call begins with %2 of credit (%3 s); what it leaves pays the next call within ten minutes.")
                      .arg(AmountLabel::humanWei(rate), AmountLabel::humanWei(credit))
                      .arg(seconds));
    } else {
        m_estimate->setText(tr("The network does not say what this costs."));
    }
}

void WorkbenchPage::showVerbs()
{
    QList<Verb> choices;
    for (const Verb verb : m_capability.verbs) {
        if (verb != Verb::Live && !choices.contains(verb))
            choices.append(verb);
    }
    const bool choice = choices.size() > 1 && m_capability.verbs.value(0) != Verb::Live;
    m_verb->setVisible(!choice);
    m_verbs->setVisible(choice);
    QList<Verb> shown;
    for (int i = 0; i < m_verbs->count(); ++i)
        shown.append(Verb(m_verbs->itemData(i).toInt()));
    if (shown == choices)
        return;
    const Verb before = verb();
    const QSignalBlocker quiet(m_verbs);
    m_verbs->clear();
    for (const Verb verb : choices)
        m_verbs->addItem(verbName(verb), int(verb));
    if (!shown.isEmpty())
        setVerb(before);
}

bool WorkbenchPage::offersVerbs() const
{
    return m_verbs && m_verbs->count() > 1 && !m_verbs->isHidden();
}

Verb WorkbenchPage::verb() const
{
    return m_verbs && m_verbs->count() > 0 ? Verb(m_verbs->currentData().toInt()) : m_capability.verbs.value(0, Verb::Run);
}

void WorkbenchPage::setVerb(Verb verb)
{
    if (const int index = m_verbs->findData(int(verb)); index >= 0)
        m_verbs->setCurrentIndex(index);
}

void WorkbenchPage::switchVerb()
{
    if (offersVerbs())
        m_verbs->setCurrentIndex((m_verbs->currentIndex() + 1) % m_verbs->count());
}

void WorkbenchPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeader();
}

void WorkbenchPage::fitHeader()
{
    if (!m_title)
        return;
    m_slots->setVisible(width() >= kWide);
    m_timeoutLabel->setVisible(m_hasTimeout && width() >= kWide);
    m_description->setLines(height() >= kHigh ? kDescriptionLines : 1);
}

void WorkbenchPage::hideTimeout()
{
    m_hasTimeout = false;
    m_timeout->hide();
    m_timeoutLabel->hide();
}

void WorkbenchPage::updateCapability(const CapabilityInfo &capability)
{
    const CapabilityInfo before = std::exchange(m_capability, capability);
    showFacts();
    if (before.inputSchema != capability.inputSchema || before.path != capability.path || before.examples != capability.examples)
        takeCapability(before);
}

void WorkbenchPage::follow(RunController *run)
{
    m_run = run;
    const auto show = [this, run] {
        if (run != m_run)
            return;
        const bool running = isRunning();
        if (m_buttons == Buttons::InHeader) {
            // The focus follows the button that takes the other's place instead of wandering to the next field.
            QPushButton *leaving = running ? m_runButton : m_stopButton;
            QPushButton *coming = running ? m_stopButton : m_runButton;
            coming->show();
            if (leaving->hasFocus())
                coming->setFocus(Qt::OtherFocusReason);
            leaving->hide();
        }
        Q_EMIT runningChanged(running);
    };
    connect(run, &RunController::stateChanged, this, show);
    connect(run, &RunController::failed, this, &WorkbenchPage::offerPrice);
    if (m_acceptPrice)
        m_acceptPrice->hide();
    connect(run, &QObject::destroyed, this, [this, run] {
        if (m_run == run)
            m_run = nullptr;
    });
    show();
}

void WorkbenchPage::offerPrice(const Error &error)
{
    const auto asked = askedPrice(error);
    if (!asked || !m_acceptPrice)
        return;
    const QString price = AmountLabel::humanWei(toDecimal(ceilOf(*asked)));
    const bool perCall = m_capability.price && m_capability.price->unit == QLatin1String("call");
    m_acceptPrice->setText(perCall ? tr("Accept %1 for a call and run again").arg(price) : tr("Accept %1 per second and run again").arg(price));
    m_acceptPrice->setAccessibleName(m_acceptPrice->text());
    m_acceptPrice->show();
    disconnect(m_accepting);
    m_accepting = connect(m_acceptPrice, &QPushButton::clicked, this, [this, price = toText(*asked)] {
        m_acceptPrice->hide();
        m_session.acceptPrice(m_capability.id(), price);
        runAgain();
    });
}

void WorkbenchPage::stop()
{
    if (m_run)
        m_run->cancel();
}

QString WorkbenchPage::runId() const
{
    return m_run ? m_run->runId() : QString();
}

bool WorkbenchPage::isRunning() const
{
    return m_run && m_run->state() == RunController::State::Running;
}

std::chrono::seconds WorkbenchPage::timeout() const
{
    return std::chrono::seconds(m_timeout->value());
}

void WorkbenchPage::setTimeout(std::chrono::seconds timeout)
{
    m_timeout->setValue(int(timeout.count()));
}

void WorkbenchPage::whenConnected(std::function<void()> then)
{
    showWaiting(m_session.profile().local ? tr("Starting the local network…") : tr("Connecting…"));
    m_waiting = std::make_unique<QObject>();
    connect(&m_session, &Session::stateChanged, m_waiting.get(), [this, then, profile = m_session.profile().name](Session::State state) {
        if (state == Session::State::Starting)
            return;
        m_waiting.release()->deleteLater();
        // Another network was chosen meanwhile: the user did not ask to pay there.
        const bool meant = m_session.profile().name == profile;
        if (state != Session::State::Failed && meant)
            then();
        else
            showFailure(Error(Error::Kind::Network, tr("There is no connection to the network of this profile."))
                            .withAdvice(tr("See the status bar for the reason, or choose another profile there.")));
    });
    if (m_session.state() != Session::State::Starting)
        m_session.start();
}

void WorkbenchPage::replay()
{
    if (isRunning())
        return;
    load(m_shownCall);
    run();
}

void WorkbenchPage::markAsRun(const QString &title, const Call &call, const QString &id)
{
    m_shownRunId = id;
    m_shownCall = call;
    delete m_bar;
    m_bar = new PastRunBar(title);
    static_cast<QBoxLayout *>(layout())->insertWidget(0, m_bar);
    connect(m_bar, &PastRunBar::useRequested, this, [this] {
        PastRunBar *bar = std::exchange(m_bar, nullptr);
        bar->hide();
        bar->deleteLater();
        m_shownRunId.clear();
        focusContent();
        Q_EMIT takenAsInput();
    });
    connect(m_bar, &PastRunBar::replayRequested, this, &WorkbenchPage::replay);
    connect(m_bar, &PastRunBar::closeRequested, this, &WorkbenchPage::closeRequested);
    connect(this, &WorkbenchPage::runningChanged, m_bar, &PastRunBar::setRunning);
}

} // namespace sluice::ui
