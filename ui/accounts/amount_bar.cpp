#include "sluice/accounts/amount_bar.h"

#include "sluice/base/error.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sluice::ui {

namespace {
constexpr int kFieldWidth = 200;
} // namespace

AmountBar::AmountBar(QWidget *parent)
    : QFrame(parent)
    , m_question(new QLabel)
    , m_text(new QLineEdit)
    , m_unit(new QComboBox)
    , m_all(new QPushButton(tr("&All of it")))
    , m_next(new QPushButton(tr("&Continue")))
    , m_echo(new QLabel)
{
    setAccessibleName(tr("Amount"));
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    m_question->setBuddy(m_text);
    m_text->setFixedWidth(kFieldWidth);
    m_text->setMaxLength(120);
    m_text->setFont(Theme::font(Theme::Type::Mono));
    m_unit->setAccessibleName(tr("Unit of the amount"));
    m_all->setAutoDefault(false);
    m_next->setAutoDefault(false);
    Theme::makePrimary(m_next);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    m_echo->setTextFormat(Qt::PlainText);
    m_echo->setWordWrap(true);
    m_echo->setFont(Theme::font(Theme::Type::Small11));
    auto *line = new QHBoxLayout;
    line->setSpacing(space::One);
    for (QWidget *one : std::initializer_list<QWidget *>{m_text, m_unit, m_all, m_next, cancel})
        line->addWidget(one);
    line->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::One, space::Two, space::One);
    layout->setSpacing(space::Half);
    layout->addWidget(m_question);
    layout->addLayout(line);
    layout->addWidget(m_echo);
    connect(m_text, &QLineEdit::textChanged, this, &AmountBar::tell);
    connect(m_text, &QLineEdit::returnPressed, this, &AmountBar::choose);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &AmountBar::tell);
    connect(m_next, &QPushButton::clicked, this, &AmountBar::choose);
    connect(cancel, &QPushButton::clicked, this, &AmountBar::dismiss);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_unit->setCurrentIndex(1);
        m_text->setText(m_most);
        m_text->setFocus(Qt::OtherFocusReason);
    });
    hide();
}

void AmountBar::ask(const QString &question, const AccountMoney &money, const QString &most)
{
    m_money = money;
    m_most = most;
    m_question->setText(question);
    m_text->setAccessibleName(question);
    m_unit->clear();
    m_unit->addItems({money.large, money.small});
    m_all->setVisible(!most.isEmpty());
    m_text->clear();
    tell();
    show();
    m_text->setFocus(Qt::OtherFocusReason);
}

void AmountBar::dismiss()
{
    hide();
    m_text->clear();
    Q_EMIT dismissed();
}

QString AmountBar::echo() const
{
    return m_echo->text();
}

Expected<QString> AmountBar::amount() const
{
    const auto given = account_amount::parse(m_text->text(), m_unit->currentIndex() == 0, m_money);
    if (given && !m_most.isEmpty() && account_amount::compare(*given, m_most) > 0)
        return unexpected(Error(Error::Kind::InvalidInput, tr("That is more than there is: %1.").arg(account_amount::both(m_most, m_money))));
    return given;
}

void AmountBar::tell()
{
    const auto given = amount();
    const bool empty = m_text->text().trimmed().isEmpty();
    m_next->setEnabled(given.hasValue());
    Theme::setInvalid(m_text, !given && !empty);
    Theme::setTextRole(m_echo, !given && !empty ? Theme::Role::Failed : Theme::Role::Muted);
    if (given)
        m_echo->setText(QStringLiteral("= ") + account_amount::both(*given, m_money));
    else if (!empty)
        m_echo->setText(given.error().message());
    else
        m_echo->setText(m_most.isEmpty() ? tr("What it comes to is shown here, to the last %1, before anything happens.").arg(m_money.small)
                                         : tr("At most %1.").arg(account_amount::both(m_most, m_money)));
}

void AmountBar::choose()
{
    const auto given = amount();
    if (!given)
        return;
    hide();
    Q_EMIT chosen(*given);
}

void AmountBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace sluice::ui
