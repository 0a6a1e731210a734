#include "sluice/widgets/section_header.h"

#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/style_p.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_fold(new QToolButton(this))
    , m_title(new QLabel(title, this))
    , m_remark(new ElidedLabel(this))
{
    m_layout->setContentsMargins(space::One, 0, space::One, 0);
    m_layout->setSpacing(space::Half);
    setMinimumHeight(space::Three);

    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setVisible(false);
    m_fold->setFixedSize(space::Three, space::Three);
    m_fold->setProperty(Style::kPlainToggle, true);
    connect(m_fold, &QToolButton::toggled, this, &SectionHeader::setExpanded);

    m_title->setFont(Theme::font(Theme::Type::BodyStrong13));
    m_title->setTextFormat(Qt::PlainText);
    m_remark->setMuted(true);
    m_remark->setCopyable(false);
    m_remark->setElideMode(Qt::ElideRight);
    m_remark->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_remark->setVisible(false);

    m_layout->addWidget(m_fold);
    m_layout->addWidget(m_title);
    m_layout->addSpacing(space::Half);
    m_layout->addWidget(m_remark);
    m_layout->addStretch(1);
    connect(&Theme::instance(), &Theme::changed, this, &SectionHeader::restyle);
    setTitle(title);
}

void SectionHeader::restyle()
{
    m_title->setFont(Theme::font(Theme::Type::BodyStrong13));
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
    m_fold->setAccessibleName(m_fold->isChecked() ? tr("Fold %1").arg(title) : tr("Unfold %1").arg(title));
    m_fold->setToolTip(m_fold->accessibleName());
}

QString SectionHeader::title() const
{
    return m_title->text();
}

void SectionHeader::setRemark(const QString &remark)
{
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
}

void SectionHeader::addLeading(QWidget *widget)
{
    m_layout->insertWidget(m_layout->indexOf(m_remark) + 1, widget);
}

void SectionHeader::addTrailing(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void SectionHeader::setBody(QWidget *body, bool expanded)
{
    m_body = body;
    m_fold->setVisible(body);
    m_title->setBuddy(m_fold);
    setExpanded(expanded);
}

bool SectionHeader::isExpanded() const
{
    return !m_body || m_fold->isChecked();
}

void SectionHeader::setExpanded(bool expanded)
{
    if (!m_body)
        return;
    m_fold->setChecked(expanded);
    m_fold->setArrowType(expanded ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(expanded);
    setTitle(title());
}

} // namespace sluice::ui
