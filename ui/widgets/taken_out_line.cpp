#include "sluice/widgets/taken_out_line.h"

#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>

namespace sluice::ui {

TakenOutLine::TakenOutLine(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_told(new ElidedLabel(this))
    , m_advice(new QLabel(this))
    , m_whole(new QCheckBox(tr("Send with everything in it"), this))
{
    m_told->setFont(Theme::font(Theme::Type::Small11));
    m_told->setElideMode(Qt::ElideRight);
    m_told->setCopyable(false);
    m_told->setMuted(true);
    m_told->setSubject(tr("What the file tells beside the picture"));
    m_advice->setFont(Theme::font(Theme::Type::Small11));
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setWordWrap(true);
    Theme::setTextRole(m_advice, Theme::Role::Warning);
    m_whole->setObjectName(QStringLiteral("sendWhole"));
    m_whole->setFont(Theme::font(Theme::Type::Small11));
    m_whole->setToolTip(tr("The file goes as it is, with position, names and whatever else stands in it"));
    m_whole->setAccessibleName(m_whole->text());
    m_whole->setAccessibleDescription(m_whole->toolTip());

    auto *line = new QBoxLayout(orientation == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    line->setSpacing(orientation == Qt::Horizontal ? space::One : space::Half);
    line->addWidget(m_told, 1);
    line->addWidget(m_whole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::Half);
    column->addLayout(line);
    column->addWidget(m_advice);
    connect(m_whole, &QCheckBox::clicked, this, &TakenOutLine::wholeWanted);
    offerWhole(false);
    say({});
}

void TakenOutLine::say(const QString &told, const QString &advice)
{
    m_told->setText(told);
    m_told->setVisible(!told.isEmpty());
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    setVisible(!told.isEmpty() || !advice.isEmpty());
}

void TakenOutLine::offerWhole(bool offered)
{
    m_whole->setVisible(offered);
}

bool TakenOutLine::wantsWhole() const
{
    return m_whole->isChecked();
}

void TakenOutLine::setWantsWhole(bool wants)
{
    m_whole->setChecked(wants);
}

QString TakenOutLine::text() const
{
    return m_advice->text().isEmpty() ? m_told->text() : m_told->text().isEmpty() ? m_advice->text() : m_told->text() + QLatin1Char('\n') + m_advice->text();
}

} // namespace sluice::ui
