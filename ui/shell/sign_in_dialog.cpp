#include "sluice/shell/sign_in_dialog.h"

#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kSteps = 1000;
constexpr int kWidth = 440;
} // namespace

SignInDialog::SignInDialog(DeviceLogin::Request request, QWidget *parent)
    : QDialog(parent)
    , m_request(std::move(request))
    , m_states(new StateView)
    , m_words(new QLabel)
    , m_code(new QLabel)
    , m_copy(new CopyButton)
    , m_page(new QLabel)
    , m_open(new QPushButton(Theme::icon(QStringLiteral("external-link"), Theme::Role::OnAccent), tr("&Open the page…")))
    , m_left(new QProgressBar)
    , m_time(new QLabel)
{
    setWindowTitle(tr("Sign in at the clearinghouse"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_states->setContent(makeCode());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    layout->setSpacing(space::Two);
    layout->addWidget(m_states, 1);
    layout->addWidget(buttons);
    layout->addStrut(kWidth);
    connect(m_states, &StateView::actionTriggered, this, &SignInDialog::start);
    connect(m_open, &QPushButton::clicked, this, [this] { askToOpenLink(this, m_login->pageWithCode()); });
    connect(this, &QDialog::rejected, this, [this] { m_login->cancel(); });
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &SignInDialog::showTime);
    start();
}

QWidget *SignInDialog::makeCode()
{
    m_words->setText(tr("Open this page in a browser, on this machine or another one, and enter the code:"));
    m_words->setWordWrap(true);
    m_page->setTextFormat(Qt::PlainText);
    m_page->setWordWrap(true);
    m_page->setFont(Theme::font(Theme::Type::Mono));
    m_page->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_page->setAccessibleName(tr("Page"));
    QFont large = Theme::font(Theme::Type::Mono);
    large.setPixelSize(2 * Theme::font(Theme::Type::Title20).pixelSize());
    large.setBold(true);
    m_code->setTextFormat(Qt::PlainText);
    m_code->setFont(large);
    m_code->setAlignment(Qt::AlignCenter);
    m_code->setWordWrap(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy->setSubject(tr("the code"));
    m_left->setTextVisible(false);
    m_left->setFixedHeight(space::Half);
    m_left->setRange(0, kSteps);
    m_left->setAccessibleName(tr("Time left"));
    m_time->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_time, Theme::Role::Muted);
    m_open->setAutoDefault(true);
    Theme::makePrimary(m_open);
    auto *code = new QHBoxLayout;
    code->setSpacing(space::One);
    code->addStretch(1);
    code->addWidget(m_code, 4);
    code->addWidget(m_copy);
    code->addStretch(1);
    auto *open = new QHBoxLayout;
    open->addStretch(1);
    open->addWidget(m_open);
    open->addStretch(1);
    auto *all = new QWidget;
    auto *layout = new QVBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Two);
    layout->addWidget(m_words);
    layout->addWidget(m_page);
    layout->addLayout(code);
    layout->addLayout(open);
    layout->addStretch(1);
    layout->addWidget(m_left);
    layout->addWidget(m_time);
    return all;
}

QString SignInDialog::shownCode() const
{
    return m_code->text();
}

void SignInDialog::start()
{
    delete m_login;
    m_login = new DeviceLogin(m_request, this);
    connect(m_login, &DeviceLogin::stateChanged, this, &SignInDialog::showState);
    m_states->showLoading(tr("Asking for a code…"));
    m_login->start();
}

void SignInDialog::showState()
{
    using State = DeviceLogin::State;
    const State state = m_login->state();
    m_tick.stop();
    switch (state) {
    case State::Asking:
        break;
    case State::Waiting:
        m_code->setText(m_login->userCode());
        m_code->setAccessibleName(tr("Code %1").arg(m_login->userCode()));
        m_copy->setContent(m_login->userCode());
        m_page->setText(m_login->page().toDisplayString(QUrl::RemoveUserInfo));
        m_states->showContent();
        m_open->setFocus(Qt::OtherFocusReason);
        m_tick.start();
        showTime();
        break;
    case State::SignedIn:
        Q_EMIT signedIn(m_login->login());
        accept();
        break;
    case State::Failed:
        m_states->showError(m_login->error(), tr("Ask for a new code"));
        break;
    case State::Canceled:
        break; // closed
    }
}

void SignInDialog::showTime()
{
    const std::chrono::milliseconds left(std::max<qint64>(0, QDateTime::currentDateTimeUtc().msecsTo(m_login->endsAt())));
    const std::chrono::milliseconds all = std::max(std::chrono::milliseconds(1), m_login->lifetime());
    m_left->setValue(int(std::clamp<qint64>(left.count() * kSteps / all.count(), 0, kSteps)));
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const QString shown = whole < std::chrono::minutes(1) ? tr("%1 s", "seconds").arg(QLocale().toString(qint64(whole.count()))) : durationText(whole);
    m_time->setText(tr("Waiting until you have agreed there. The code holds for another %1.").arg(shown));
}

} // namespace sluice::ui
