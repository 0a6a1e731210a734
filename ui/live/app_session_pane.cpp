#include "sluice/live/app_session_pane.h"

#include "sluice/gateway/stored_events.h"

#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/status_dot.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QLocale>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr qsizetype MostShown = 200'000;
constexpr int MostChannels = 200;

QLabel *caption(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

AppSessionPane::AppSessionPane(QWidget *parent)
    : QWidget(parent)
    , m_message(new InlineMessage)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::One, space::Two, space::Two);
    layout->setSpacing(space::One);
    m_message->hide();
    layout->addWidget(makeState());
    layout->addWidget(m_message);
    layout->addWidget(makeCalls(), 1);
    tabInReadingOrder(this);
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        if (!std::exchange(m_asksToStop, false) || !m_session)
            return;
        m_message->clear();
        m_session->close();
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_asksToStop = false; });
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &AppSessionPane::showTime);
    showState();
}

QWidget *AppSessionPane::makeState()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::Two);
    grid->setVerticalSpacing(space::Half);
    m_dot = new StatusDot;
    m_state = new QLabel;
    m_state->setTextFormat(Qt::PlainText);
    m_id = new ElidedLabel;
    m_id->setMonospaced(true);
    m_id->setSubject(tr("Session"));
    m_address = new ElidedLabel;
    m_address->setMonospaced(true);
    m_address->setSubject(tr("Address of the app"));
    m_paid = new AmountLabel;
    m_paid->setSubject(tr("Paid"));
    m_perMinute = new AmountLabel;
    m_perMinute->setSubject(tr("Price of a minute"));
    m_left = new QLabel;
    m_left->setAccessibleName(tr("Time paid for"));
    m_open = new QPushButton(tr("&Reserve a session"));
    m_open->setDefault(true);
    m_open->setAccessibleDescription(tr("Reserves a place at a runner of this app. It is paid from then until it is stopped."));
    m_stop = new QPushButton(tr("&Stop"));
    m_stop->setAccessibleDescription(tr("Ends the session and its payments."));
    connect(m_open, &QPushButton::clicked, this, &AppSessionPane::openRequested);
    connect(m_stop, &QPushButton::clicked, this, &AppSessionPane::askToStop);

    auto *state = new QHBoxLayout;
    state->setSpacing(space::One);
    state->addWidget(m_dot);
    state->addWidget(m_state, 1);
    state->addWidget(m_open);
    state->addWidget(m_stop);
    grid->addLayout(state, 0, 0, 1, 6);
    const auto add = [&](const QString &title, QWidget *value, int row, int column, int span) {
        QLabel *label = caption(title);
        grid->addWidget(label, row, column);
        grid->addWidget(value, row, column + 1, 1, span);
        m_facts << label << value;
    };
    add(tr("Paid"), m_paid, 1, 0, 1);
    add(tr("A minute"), m_perMinute, 1, 2, 1);
    add(tr("Paid ahead"), m_left, 1, 4, 1);
    add(tr("Session"), m_id, 2, 0, 5);
    add(tr("App"), m_address, 3, 0, 5);
    for (const int column : {1, 3, 5})
        grid->setColumnStretch(column, 1);
    return box;
}

QWidget *AppSessionPane::makeCalls()
{
    auto *request = new QWidget;
    auto *left = new QVBoxLayout(request);
    left->setContentsMargins(0, 0, space::Half, 0);
    left->setSpacing(space::Half);
    m_method = new QComboBox;
    m_method->addItems({QStringLiteral("POST"), QStringLiteral("GET"), QStringLiteral("PUT"), QStringLiteral("PATCH"), QStringLiteral("DELETE")});
    m_method->setAccessibleName(tr("Method"));
    m_path = new QLineEdit;
    m_path->setPlaceholderText(tr("e.g. echo?lang=en"));
    m_path->setAccessibleName(tr("Path"));
    m_path->setMinimumWidth(20 * space::One);
    m_path->setToolTip(tr("Path below the address of the session"));
    m_send = new QPushButton(tr("&Call the app"));
    m_body = new QPlainTextEdit(QStringLiteral("{}"));
    m_body->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_body->setAccessibleName(tr("Body"));
    m_body->setTabChangesFocus(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::Half);
    row->addWidget(m_method);
    row->addWidget(m_path, 1);
    row->addWidget(m_send);
    auto *title = new QLabel(tr("Calls to the app cost nothing besides the session"));
    title->setFont(Theme::font(Theme::Type::BodyStrong13));
    title->setWordWrap(true);
    left->addWidget(title);
    left->addLayout(row);
    left->addWidget(m_body, 1);
    m_channelsHeader = new SectionHeader(tr("Channels"));
    m_channelsHeader->setRemark(tr("none named yet"));
    m_channels = new QListWidget;
    m_channels->setAccessibleName(tr("Channels that the app named"));
    m_channels->setMaximumHeight(120);
    m_channels->setToolTip(tr("The app names its channels in its answers."));
    m_channels->hide(); // until there is one
    left->addWidget(m_channelsHeader);
    left->addWidget(m_channels);

    auto *answer = new QWidget;
    auto *right = new QVBoxLayout(answer);
    right->setContentsMargins(space::Half, 0, 0, 0);
    right->setSpacing(space::Half);
    m_status = new QLabel(tr("No answer yet"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true); // it takes no room from the path
    m_copy = new CopyButton;
    m_copy->setSubject(tr("the answer"));
    m_reply = new QPlainTextEdit;
    m_reply->setReadOnly(true);
    m_reply->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_reply->setAccessibleName(tr("Answer of the app"));
    m_reply->setTabChangesFocus(true);
    auto *header = new QHBoxLayout;
    header->addWidget(m_status, 1);
    header->addWidget(m_copy);
    right->addLayout(header);
    right->addWidget(m_reply, 1);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(request);
    splitter->addWidget(answer);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    connect(m_send, &QPushButton::clicked, this, &AppSessionPane::send);
    connect(m_path, &QLineEdit::returnPressed, this, &AppSessionPane::send);
    return splitter;
}

void AppSessionPane::attach(LiveSession &session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = &session;
    m_message->clear();
    m_channels->clear();
    m_channels->hide();
    m_channelsHeader->setRemark(tr("none named yet"));
    connect(&session, &LiveSession::stateChanged, this, &AppSessionPane::showState);
    connect(&session, &LiveSession::paymentChanged, this, &AppSessionPane::showMoney);
    connect(&session, &LiveSession::warning, this, [this](const QString &sentence) { m_message->showMessage(InlineMessage::Severity::Warning, sentence); });
    connect(&session, &LiveSession::failed, this, [this](const Error &error) { refuse(error); });
    m_tick.start();
    showState();
}

void AppSessionPane::refuse(const Error &error)
{
    m_asksToStop = false;
    m_message->showError(error);
    m_message->setAction({});
    showState();
}

void AppSessionPane::askToStop()
{
    if (!m_session)
        return;
    if (!isOpen()) {
        m_session->close(); // what is being reserved holds nothing yet
        return;
    }
    m_asksToStop = true;
    m_message->showMessage(InlineMessage::Severity::Warning, tr("Stopping ends the session: what the app keeps for it is lost, and what was paid ahead is not given back."));
    m_message->setAction(tr("Stop the session"));
}

void AppSessionPane::showState()
{
    using State = LiveSession::State;
    const State state = m_session ? m_session->state() : State::Closed;
    switch (state) {
    case State::Starting:
        m_dot->setStatus(Theme::Role::Muted, StatusDot::Shape::Half, tr("Reserving"));
        m_state->setText(tr("A session is being reserved…"));
        break;
    case State::Ready:
        m_dot->setStatus(Theme::Role::Paid, StatusDot::Shape::Filled, tr("Open"));
        m_state->setText(tr("The session is open"));
        break;
    case State::Closing:
        m_dot->setStatus(Theme::Role::Muted, StatusDot::Shape::Half, tr("Closing"));
        m_state->setText(tr("The session is being stopped…"));
        break;
    case State::Closed:
        m_dot->setStatus(Theme::Role::Muted, StatusDot::Shape::Hollow, tr("No session"));
        m_state->setText(m_session ? tr("The session was stopped") : tr("No session is reserved"));
        break;
    case State::Failed:
        m_dot->setStatus(Theme::Role::Failed, StatusDot::Shape::Hollow, tr("Ended"));
        m_state->setText(tr("The session has ended"));
        break;
    }
    const bool over = state == State::Closed || state == State::Failed;
    for (QWidget *fact : std::as_const(m_facts))
        fact->setVisible(m_session != nullptr); // of no session there are none
    m_open->setVisible(over);
    m_stop->setVisible(!over);
    m_stop->setEnabled(state == State::Ready || state == State::Starting);
    m_send->setEnabled(state == State::Ready);
    m_id->setText(m_session ? m_session->streamId() : QString());
    m_address->setText(m_session ? m_session->appUrl().toString() : QString());
    if (state != State::Ready && std::exchange(m_asksToStop, false))
        m_message->clear();
    if (over)
        m_tick.stop();
    showMoney();
}

void AppSessionPane::showMoney()
{
    if (m_session)
        m_paid->setWei(m_session->payment().paidWei);
    else
        m_paid->clearAmount();
    showTime();
}

void AppSessionPane::showTime()
{
    const LiveStats stats = m_session ? m_session->stats() : LiveStats();
    if (stats.weiPerMinute)
        m_perMinute->setWei(*stats.weiPerMinute);
    else
        m_perMinute->clearAmount();
    if (isOpen() && stats.secondsPaidAhead)
        m_left->setText(durationText(std::chrono::seconds(*stats.secondsPaidAhead)));
    else if (isOpen() && stats.weiPerMinute && *stats.weiPerMinute != QLatin1String("0"))
        m_left->setText(tr("not known yet")); // before the first payment was answered
    else
        m_left->setText(isOpen() ? tr("not limited") : QStringLiteral("—"));
}

void AppSessionPane::send()
{
    if (!isOpen() || (m_call.isValid() && !m_call.isFinished()))
        return;
    AppCall call;
    call.method = m_method->currentText().toLatin1();
    call.path = m_path->text().trimmed();
    if (call.method != "GET")
        call.body = m_body->toPlainText().toUtf8();
    m_send->setEnabled(false);
    m_status->setText(tr("Waiting for the app…"));
    m_call = m_session->request(call);
    auto *watcher = new QFutureWatcher<AppReply>(this);
    connect(watcher, &QFutureWatcher<AppReply>::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_send->setEnabled(isOpen());
        if (watcher->isCanceled() && watcher->future().resultCount() == 0) {
            m_status->setText(tr("The call did not go through"));
            try {
                QFuture<AppReply> made = watcher->future();
                made.waitForFinished(); // throws what it failed with
            } catch (const Error &error) {
                m_message->showError(error);
            }
            return;
        }
        try {
            takeReply(watcher->result());
        } catch (const Error &error) {
            m_status->setText(tr("The call did not go through"));
            m_message->showError(error);
        }
    });
    watcher->setFuture(m_call);
}

void AppSessionPane::takeReply(const AppReply &reply)
{
    m_lastStatus = reply.status;
    QString facts = QStringLiteral("%1 · %2 · %3").arg(QString::number(reply.status), QString::fromLatin1(reply.contentType.left(80)),
        QLocale().formattedDataSize(reply.body.size()));
    const auto json = Json::parse(reply.body);
    // What people read of a stream is its words; copied is what came.
    const auto words = reply.contentType.toLower().startsWith("text/event-stream") ? wordsOfEvents(reply.body) : std::nullopt;
    if (words)
        facts = tr("%1 · the words of its events", "facts of an answer").arg(facts);
    m_status->setText(facts);
    const QByteArray whole = json ? json->dump(2) : reply.body;
    m_reply->setPlainText(QString::fromUtf8((words ? words->toUtf8() : whole).left(MostShown)));
    m_copy->setContent(QString::fromUtf8(whole));
    if (json)
        takeChannels(*json);
}

/// What channels there are, only the app says: in a reply of its own design.
void AppSessionPane::takeChannels(const Json &json)
{
    for (const Json &item : json.items())
        takeChannels(item);
    for (const auto &[name, value] : json.members())
        takeChannels(value);
    const QString text = json.toString();
    const QUrl url(text, QUrl::StrictMode);
    const bool channel = url.isValid() && (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http")) && url.path().contains(QLatin1String("/ai/trickle/"));
    if (!channel || m_channels->count() >= MostChannels || !m_channels->findItems(text, Qt::MatchExactly).isEmpty())
        return;
    m_channels->addItem(text);
    m_channels->show();
    m_channelsHeader->setRemark(QString::number(m_channels->count()));
}

} // namespace sluice::ui
