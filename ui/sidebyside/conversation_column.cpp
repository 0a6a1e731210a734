#include "sluice/sidebyside/conversation_column.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_run_binding.h"
#include "sluice/payments/asked_price.h"
#include "sluice/picker/capability_model.h"
#include "sluice/session/session.h"
#include "sluice/sidebyside/chat_choices.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr int kLeastWidth = 26 * space::One; // so that three of them fit in the least window, and a line of words in each

QToolButton *quietButton(const QString &icon)
{
    auto *button = new QToolButton;
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(icon, Theme::Role::Muted));
    return button;
}

ComparedAnswer::State stateOf(const ChatTurn &turn)
{
    switch (turn.state) {
    case ChatTurn::State::Complete: return ComparedAnswer::State::Complete;
    case ChatTurn::State::Waiting:
    case ChatTurn::State::Streaming: return ComparedAnswer::State::Running;
    case ChatTurn::State::Stopped: return ComparedAnswer::State::Stopped;
    case ChatTurn::State::Failed: return ComparedAnswer::State::Failed;
    }
    return ComparedAnswer::State::None;
}

} // namespace

ConversationColumn::ConversationColumn(Session &session, ChatChoices &choices, int number, QWidget *parent)
    : QFrame(parent)
    , m_session(session)
    , m_choices(choices)
    , m_problem(new QLabel)
    , m_chat(new ChatPane)
    , m_acceptPrice(new QPushButton)
{
    setMinimumWidth(kLeastWidth);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(space::Two, space::One, space::Two, space::One);
    Theme::setTextRole(m_problem, Theme::Role::Warning);
    m_chat->shareComposer();
    m_acceptPrice->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_problem);
    layout->addWidget(m_chat, 1);
    layout->addWidget(m_acceptPrice);

    connect(m_chat, &ChatPane::sendRequested, this, &ConversationColumn::execute);
    connect(m_chat, &ChatPane::callChanged, this, &ConversationColumn::callChanged);
    connect(&m_chat->composer(), &ChatComposer::textChanged, this, [this] {
        const ChatComposer &composer = m_chat->composer();
        if (!m_taking && !(composer.text().isEmpty() && composer.attachments().isEmpty()))
            Q_EMIT draftOffered();
    });
    const ChatTranscript &transcript = m_chat->transcript();
    for (const auto signal : {&ChatTranscript::turnAdded, &ChatTranscript::turnChanged, &ChatTranscript::turnRemoved})
        connect(&transcript, signal, this, &ConversationColumn::showBusy);
    connect(&transcript, &ChatTranscript::pathChanged, this, &ConversationColumn::showBusy);
    connect(&transcript, &ChatTranscript::reset, this, &ConversationColumn::showBusy);
    connect(&m_choices, &QAbstractItemModel::rowsInserted, this, &ConversationColumn::showCapability);
    connect(&m_choices, &QAbstractItemModel::rowsRemoved, this, &ConversationColumn::showCapability);
    connect(m_acceptPrice, &QPushButton::clicked, this, [this] {
        m_acceptPrice->hide();
        if (!m_capability)
            return;
        m_session.acceptPrice(m_capability->id(), m_priceToAccept);
        m_chat->retry();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setNumber(number);
    showCapability();
    showBusy();
}

ConversationColumn::~ConversationColumn()
{
    blockSignals(true); // who listens may be half gone
    if (m_run)
        m_run->cancel();
}

QWidget *ConversationColumn::makeBar()
{
    m_chooser = new QComboBox;
    m_chooser->setModel(&m_choices);
    m_chooser->setPlaceholderText(tr("Choose a capability"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(6);
    m_chooser->setMaxVisibleItems(20);
    // Only what a person does chooses: rows that come and go do not.
    connect(m_chooser, &QComboBox::activated, this, [this](int row) { choose(m_choices.idAt(row)); });

    m_stop = quietButton(QStringLiteral("square"));
    connect(m_stop, &QToolButton::clicked, this, &ConversationColumn::stop);
    m_more = quietButton(QStringLiteral("ellipsis"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    m_code = menu->addAction(Theme::icon(QStringLiteral("copy")), tr("Copy &code"), this, &ConversationColumn::codeRequested);
    m_tab = menu->addAction(Theme::icon(QStringLiteral("external-link")), tr("Open as a &tab of its own"), this, &ConversationColumn::tabRequested);
    menu->addSeparator();
    m_remove = menu->addAction(Theme::icon(QStringLiteral("x")), tr("&Remove this column"), this, &ConversationColumn::removeRequested);
    m_more->setMenu(menu);

    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::One, space::Half, space::One, 0);
    row->setSpacing(space::Half);
    row->addWidget(m_chooser, 1);
    row->addWidget(m_stop);
    row->addWidget(m_more);
    return bar;
}

void ConversationColumn::setNumber(int number)
{
    setAccessibleName(tr("Conversation %1").arg(number));
    m_chooser->setAccessibleName(tr("Capability of conversation %1").arg(number));
    m_stop->setAccessibleName(tr("Stop answer %1").arg(number));
    m_stop->setToolTip(tr("Stop this answer; the others go on"));
    m_more->setAccessibleName(tr("More about conversation %1").arg(number));
    m_more->setToolTip(tr("Copy its code, open it as a tab of its own, or remove it"));
}

void ConversationColumn::choose(const CapabilityId &id)
{
    if (m_chosen == id || isBusy())
        return;
    m_chat->clear();
    if (m_run)
        m_run->disconnect(this);
    m_run = nullptr; // it was somebody else's
    m_chosen = id;
    m_lastName = id.name;
    m_capability.reset();
    m_acceptPrice->hide();
    takeCapabilities();
    Q_EMIT chosenChanged();
}

void ConversationColumn::takeCapabilities()
{
    const auto info = m_chosen ? m_session.capability(*m_chosen) : std::nullopt;
    const bool fits = info && info->isChat();
    const bool described = fits && m_described.id() == info->id() && m_described.inputSchema == info->inputSchema && m_described.path == info->path;
    m_capability = fits ? info : std::nullopt;
    if (m_capability)
        m_lastName = m_session.displayName(*m_capability);
    if (m_capability && !described) {
        m_described = *info;
        Call base;
        base.backend = info->backend;
        base.capability = info->name;
        base.model = info->model;
        base.verb = info->verbs.contains(Verb::Stream) ? Verb::Stream : info->verbs.value(0, Verb::Run);
        base.path = info->path;
        base.input = Json::object();
        base.timeout = m_timeout;
        m_chat->setCapability(*info);
        m_chat->setBaseCall(base);
    }
    showCapability();
    showBusy();
    Q_EMIT callChanged();
}

void ConversationColumn::showCapability()
{
    const int row = m_chosen ? m_choices.rowOf(*m_chosen) : -1;
    if (m_chooser->currentIndex() != row)
        m_chooser->setCurrentIndex(row);
    m_chooser->setToolTip(m_choices.index(row, 0).data(Qt::ToolTipRole).toString());
    const bool choice = m_choices.rowCount() > 0;
    if (m_chosen && !m_capability && choice)
        m_problem->setText(tr("“%1” is not offered by this network now. Choose another one above.").arg(name()));
    else if (!m_chosen && choice)
        m_problem->setText(tr("Choose above who is to answer here."));
    else
        m_problem->clear();
    m_problem->setVisible(!m_problem->text().isEmpty());
}

QString ConversationColumn::name() const
{
    return m_capability ? m_session.displayName(*m_capability) : m_lastName;
}

void ConversationColumn::setInstructions(const QString &prompt)
{
    m_chat->transcript().setSystemPrompt(prompt);
}

void ConversationColumn::setDraft(const QString &text, const QList<ChatAttachment> &attachments)
{
    ChatComposer &composer = m_chat->composer();
    m_taking = true;
    if (composer.text() != text)
        composer.setText(text);
    if (composer.takesPictures() && composer.attachments() != attachments)
        composer.setAttachments(attachments);
    m_taking = false;
}

bool ConversationColumn::ask()
{
    if (!isReady())
        return false;
    m_chat->send();
    return isBusy();
}

void ConversationColumn::stop()
{
    if (m_run)
        m_run->cancel();
}

bool ConversationColumn::isBusy() const
{
    return m_chat->transcript().isBusy();
}

void ConversationColumn::clear()
{
    m_chat->clear();
}

Call ConversationColumn::call() const
{
    const bool written = !m_chat->composer().text().trimmed().isEmpty();
    if (m_run && !written)
        return m_run->call();
    Call call = m_chat->call();
    call.timeout = m_timeout;
    return call;
}

Call ConversationColumn::conversation() const
{
    Call call = m_chat->transcript().callForNextTurn();
    call.timeout = m_timeout;
    return call;
}

void ConversationColumn::execute(const Call &wanted)
{
    Call call = wanted;
    call.timeout = m_timeout;
    m_acceptPrice->hide();
    RunController *run = m_session.execute(call);
    if (!run) {
        m_chat->fail(Error(Error::Kind::Network, tr("There is no connection to the network of this profile."))
                         .withAdvice(tr("See the status bar for the reason, or choose another profile there.")));
        return;
    }
    if (m_run)
        m_run->disconnect(this);
    m_run = run;
    bindChat(*m_chat, *run);
    connect(run, &RunController::failed, this, &ConversationColumn::offerPrice);
    connect(run, &RunController::paymentChanged, this, &ConversationColumn::answerChanged);
    connect(run, &RunController::stateChanged, this, &ConversationColumn::answerChanged);
    connect(run, &QObject::destroyed, this, [this, run] {
        if (m_run == run)
            m_run = nullptr;
    });
    showBusy();
}

void ConversationColumn::offerPrice(const Error &error)
{
    const auto asked = askedPrice(error);
    if (!asked)
        return;
    m_priceToAccept = toText(*asked);
    m_acceptPrice->setText(tr("Accept %1 per second and ask again").arg(AmountLabel::humanWei(toDecimal(ceilOf(*asked)))));
    m_acceptPrice->setAccessibleName(m_acceptPrice->text());
    m_acceptPrice->show();
}

ComparedAnswer ConversationColumn::answer() const
{
    ComparedAnswer answer;
    answer.name = name();
    const QList<ChatTurn> &turns = m_chat->transcript().turns();
    if (turns.isEmpty() || turns.last().role != ChatTurn::Role::Assistant || !m_run)
        return answer;
    const ChatTurn &turn = turns.last();
    const ChatFigures &figures = turn.figures;
    answer.state = stateOf(turn);
    answer.firstWords = figures.firstToken;
    if (answer.state == ComparedAnswer::State::Complete)
        answer.whole = figures.duration;
    answer.tokensPer10Seconds = figures.tokensPer10Seconds();
    if (figures.shownTokens() > 0)
        answer.tokens = figures.shownTokens();
    answer.tokensCounted = figures.tokens.has_value();
    // Where the network names no price, that nothing was paid from here does not mean that it costs nothing.
    const Payment payment = m_run->payment();
    const bool priced = m_capability && m_capability->price;
    if (priced || payment.paidWei != QLatin1String("0"))
        answer.paidWei = payment.paidWei;
    answer.chargedWei = payment.chargedWei;
    return answer;
}

void ConversationColumn::setCurrent(bool current)
{
    if (std::exchange(m_current, current) != current)
        update();
}

void ConversationColumn::setRemovable(bool removable)
{
    m_remove->setEnabled(removable);
}

void ConversationColumn::showBusy()
{
    const bool busy = isBusy();
    // The focus follows to what takes the button's place in the order instead of wandering off.
    if (!busy && m_stop->hasFocus())
        m_more->setFocus(Qt::OtherFocusReason);
    m_stop->setVisible(busy);
    m_chooser->setEnabled(!busy);
    m_code->setEnabled(m_capability.has_value());
    m_tab->setEnabled(m_capability.has_value() && !busy);
    Q_EMIT answerChanged();
}

void ConversationColumn::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Theme::Role::Surface));
    if (m_current)
        painter.fillRect(0, 0, width(), 2, Theme::color(Theme::Role::Accent));
}

} // namespace sluice::ui
