#include "sluice/widgets/state_view.h"

#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QResizeEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

QVBoxLayout *pageLayout(QWidget *page)
{
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::Three, space::Three, space::Three, space::Three);
    layout->setSpacing(space::One);
    return layout;
}

} // namespace

StateView::StateView(QWidget *parent)
    : QStackedWidget(parent)
{
    addWidget(makeEmptyPage());
    addWidget(makeLoadingPage());
    addWidget(makeErrorPage());
    connect(&Theme::instance(), &Theme::changed, this, &StateView::restyle);
    showEmpty(QStringLiteral("inbox"), tr("Nothing here yet"), {});
}

QWidget *StateView::makeEmptyPage()
{
    auto *page = new QWidget(this);
    auto *layout = pageLayout(page);
    m_emptyLayout = layout;
    m_emptyIcon = new QLabel(page);
    m_emptyTitle = new QLabel(page);
    m_emptyAdvice = new QLabel(page);
    m_emptyAction = new QPushButton(page);
    m_emptyTitle->setFont(Theme::font(Theme::Type::Heading15));
    m_emptyTitle->setWordWrap(true);
    m_emptyAdvice->setWordWrap(true);
    m_emptyAdvice->setForegroundRole(QPalette::PlaceholderText);
    m_emptyAdvice->setMaximumWidth(45 * space::One);
    for (QLabel *label : {m_emptyIcon, m_emptyTitle, m_emptyAdvice}) {
        label->setAlignment(Qt::AlignCenter);
        label->setTextFormat(Qt::PlainText);
    }
    connect(m_emptyAction, &QPushButton::clicked, this, &StateView::actionTriggered);
    auto *adviceRow = new QHBoxLayout;
    adviceRow->addStretch(1);
    adviceRow->addWidget(m_emptyAdvice, 20);
    adviceRow->addStretch(1);
    layout->addStretch(2);
    layout->addWidget(m_emptyIcon, 0, Qt::AlignHCenter);
    layout->addWidget(m_emptyTitle);
    layout->addLayout(adviceRow);
    layout->addWidget(m_emptyAction, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QWidget *StateView::makeLoadingPage()
{
    auto *page = new QWidget(this);
    auto *layout = pageLayout(page);
    m_loadingText = new QLabel(page);
    m_loadingText->setAlignment(Qt::AlignCenter);
    m_loadingText->setForegroundRole(QPalette::PlaceholderText);
    m_loadingText->setTextFormat(Qt::PlainText);
    m_loadingText->setWordWrap(true);
    m_loadingBar = new QProgressBar(page);
    m_loadingBar->setRange(0, 0);
    m_loadingBar->setTextVisible(false);
    m_loadingBar->setFixedSize(20 * space::One, space::One);
    layout->addStretch(2);
    layout->addWidget(m_loadingText);
    layout->addWidget(m_loadingBar, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QWidget *StateView::makeErrorPage()
{
    auto *page = new QWidget(this);
    auto *layout = pageLayout(page);
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    m_error = new InlineMessage(page);
    m_error->setClosable(false);
    connect(m_error, &InlineMessage::actionTriggered, this, &StateView::actionTriggered);
    layout->addWidget(m_error);
    layout->addStretch(1);
    return page;
}

void StateView::setContent(QWidget *content)
{
    if (m_content) {
        removeWidget(m_content);
        m_content->deleteLater();
    }
    m_content = content;
    if (m_content)
        addWidget(m_content);
    if (m_state == State::Content)
        showContent();
}

void StateView::showEmpty(const QString &icon, const QString &title, const QString &advice, const QString &action)
{
    m_state = State::Empty;
    m_iconName = icon;
    m_emptyTitle->setText(title);
    m_emptyAdvice->setText(advice);
    m_emptyAdvice->setVisible(!advice.isEmpty());
    m_emptyAction->setText(action);
    m_emptyAction->setVisible(!action.isEmpty());
    restyle();
    setAccessibleName(advice.isEmpty() ? title : QStringLiteral("%1. %2").arg(title, advice));
    setCurrentIndex(0);
    fitEmptyPage();
    updateGeometry();
}

QSize StateView::minimumSizeHint() const
{
    constexpr QSize words(18 * space::One, 8 * space::One); // a title and a line of advice
    if (m_state == State::Content && m_content)
        return m_content->minimumSizeHint().expandedTo(m_content->minimumSize());
    if (m_state == State::Error)
        return {words.width(), widget(2)->minimumSizeHint().height()};
    return words;
}

void StateView::resizeEvent(QResizeEvent *event)
{
    QStackedWidget::resizeEvent(event);
    fitEmptyPage();
}

void StateView::fitEmptyPage()
{
    m_emptyIcon->setVisible(!m_iconName.isEmpty());
    m_emptyAdvice->setVisible(!m_emptyAdvice->text().isEmpty());
    m_emptyLayout->setContentsMargins(space::Three, space::Three, space::Three, space::Three);
    m_emptyLayout->setSpacing(space::One);
    const auto needed = [this] { return m_emptyLayout->hasHeightForWidth() ? m_emptyLayout->totalHeightForWidth(width()) : m_emptyLayout->totalMinimumSize().height(); };
    if (needed() > height())
        m_emptyLayout->setContentsMargins(space::Two, space::One, space::Two, space::One);
    if (needed() > height())
        m_emptyIcon->hide();
    if (needed() > height()) {
        m_emptyLayout->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
        m_emptyLayout->setSpacing(2);
    }
    // Words over each other are no words: the button says what to do, too.
    if (needed() > height() && !m_emptyAction->text().isEmpty())
        m_emptyAdvice->hide();
}

void StateView::showLoading(const QString &what)
{
    m_state = State::Loading;
    m_loadingText->setText(what);
    m_loadingBar->setAccessibleName(what);
    setAccessibleName(what);
    setCurrentIndex(1);
    updateGeometry();
}

void StateView::showError(const Error &error, const QString &action)
{
    m_state = State::Error;
    m_error->setAction(action);
    m_error->showError(error);
    setAccessibleName(m_error->accessibleName());
    setCurrentIndex(2);
    updateGeometry();
}

void StateView::showContent()
{
    m_state = State::Content;
    if (!m_content)
        return;
    setAccessibleName(m_content->accessibleName());
    setCurrentWidget(m_content);
    updateGeometry();
}

void StateView::restyle()
{
    m_emptyTitle->setFont(Theme::font(Theme::Type::Heading15));
    m_emptyIcon->setPixmap(m_iconName.isEmpty() ? QPixmap()
                                                : Theme::icon(m_iconName, Theme::Role::Muted)
                                                      .pixmap(QSize(space::Four, space::Four), devicePixelRatioF()));
}

} // namespace sluice::ui
