#include "sluice/chat/branch_switch_p.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

BranchSwitch::BranchSwitch(QWidget *parent)
    : QWidget(parent)
    , m_before(new QToolButton(this))
    , m_place(new QLabel(this))
    , m_behind(new QToolButton(this))
{
    const auto prepare = [this](QToolButton *button, const QString &icon, const QString &name, const QString &words, int by) {
        button->setObjectName(name);
        button->setAutoRaise(true);
        button->setIcon(Theme::icon(icon, Theme::Role::Muted));
        button->setToolTip(words);
        button->setAccessibleName(words);
        connect(button, &QToolButton::clicked, this, [this, by] { step(by); });
    };
    prepare(m_before, QStringLiteral("chevron-left"), QStringLiteral("versionBefore"), tr("Version before (Alt+Left)"), -1);
    prepare(m_behind, QStringLiteral("chevron-right"), QStringLiteral("versionBehind"), tr("Next version (Alt+Right)"), 1);
    m_place->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_place, Theme::Role::Muted);
    m_place->setObjectName(QStringLiteral("versionPlace"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_before);
    row->addWidget(m_place);
    row->addWidget(m_behind);
    hide();
    listenTo({m_before, m_behind});
}

void BranchSwitch::listenTo(const QList<QWidget *> &widgets)
{
    // Buttons take arrows for themselves, to move the focus.
    for (QWidget *widget : widgets)
        widget->installEventFilter(this);
}

bool BranchSwitch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            step(key->key() == Qt::Key_Left ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void BranchSwitch::show(const ConversationTree::Versions &versions, bool enabled)
{
    m_versions = versions;
    m_enabled = enabled;
    m_place->setText(tr("%1/%2", "version, of how many").arg(versions.shown + 1).arg(versions.count));
    m_place->setAccessibleName(tr("Version %1 of %2").arg(versions.shown + 1).arg(versions.count));
    setAccessibleName(m_place->accessibleName());
    m_before->setEnabled(enabled && versions.shown > 0);
    m_behind->setEnabled(enabled && versions.shown + 1 < versions.count);
    setVisible(versions.count > 1);
}

void BranchSwitch::step(int by)
{
    const int wanted = m_versions.shown + by;
    if (m_enabled && wanted >= 0 && wanted < m_versions.count)
        Q_EMIT versionChosen(wanted);
}

} // namespace sluice::ui
