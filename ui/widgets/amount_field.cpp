#include "sluice/widgets/amount_field.h"

#include "sluice/payments/amount.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

using amount::FieldUnit;

AmountField::AmountField(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_unit(new QComboBox)
    , m_echo(new QLabel)
{
    for (const FieldUnit unit : {FieldUnit::Eth, FieldUnit::Gwei, FieldUnit::Wei})
        m_unit->addItem(amount::unitName(unit), int(unit));
    m_unit->setCurrentIndex(1);
    // Amounts read from left to right everywhere.
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_echo->setFont(Theme::font(Theme::Type::Small11));
    m_echo->setTextFormat(Qt::PlainText);
    m_echo->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::One);
    row->addWidget(m_text, 1);
    row->addWidget(m_unit);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_echo);
    setFocusProxy(m_text);
    setSubject({});
    connect(m_text, &QLineEdit::textChanged, this, &AmountField::tell);
    connect(m_text, &QLineEdit::editingFinished, this, &AmountField::takeUnit);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &AmountField::tell);
    tell();
}

void AmountField::setSubject(const QString &subject)
{
    m_text->setAccessibleName(subject.isEmpty() ? tr("Amount") : subject);
    m_unit->setAccessibleName(subject.isEmpty() ? tr("Unit") : tr("Unit of: %1").arg(subject));
}

void AmountField::setPlaceholder(const QString &text)
{
    m_text->setPlaceholderText(text);
}

void AmountField::setWei(const std::optional<QString> &wei)
{
    if (!wei) {
        m_text->clear();
        return;
    }
    const auto value = weiFromDecimal(*wei);
    if (!value) {
        m_text->setText(*wei); // not stored by this field: shown as it is, and named as no amount
        return;
    }
    // The unit with the shortest text, and of two equal ones the larger.
    int best = 0;
    for (int i = 1; i < m_unit->count(); ++i) {
        const auto length = [&](int at) { return amount::inUnit(*value, FieldUnit(m_unit->itemData(at).toInt())).size(); };
        if (length(i) < length(best))
            best = i;
    }
    m_unit->setCurrentIndex(best);
    m_text->setText(amount::inUnit(*value, FieldUnit(m_unit->currentData().toInt())));
}

Expected<std::optional<QString>> AmountField::wei() const
{
    if (m_text->text().trimmed().isEmpty())
        return std::optional<QString>();
    const auto value = amount::parseTyped(m_text->text(), FieldUnit(m_unit->currentData().toInt()));
    if (!value)
        return unexpected(value.error());
    return std::optional(toDecimal(*value));
}

QString AmountField::echo() const
{
    return m_echo->text();
}

void AmountField::tell()
{
    const auto value = wei();
    Theme::setInvalid(m_text, !value);
    Theme::setTextRole(m_echo, value ? Theme::Role::Muted : Theme::Role::Failed);
    if (!value) {
        m_echo->setText(value.error().message() + QLatin1Char(' ') + value.error().advice());
    } else if (!*value) {
        m_echo->clear();
    } else {
        const QString human = AmountLabel::humanWei(**value);
        const QString exact = tr("%1 wei").arg(**value);
        const bool same = human.endsWith(QStringLiteral("\u00a0wei"));
        m_echo->setText(same ? QStringLiteral("= %1").arg(exact)
                             : QStringLiteral("%1%2 = %3").arg(human.startsWith(QStringLiteral("≈")) ? QString() : QStringLiteral("= "), human, exact));
    }
    m_text->setAccessibleDescription(m_echo->text());
    m_echo->setVisible(!m_echo->text().isEmpty());
    Q_EMIT changed();
}

void AmountField::takeUnit()
{
    const auto typed = amount::typedUnit(m_text->text());
    if (!typed || !wei())
        return;
    m_unit->setCurrentIndex(m_unit->findData(int(*typed)));
    m_text->setText(m_text->text().trimmed().chopped(amount::unitName(*typed).size()).trimmed());
}

} // namespace sluice::ui
