#include "sluice/widgets/copy_button.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>

namespace sluice::ui {

CopyButton::CopyButton(QWidget *parent)
    : QToolButton(parent)
{
    setAutoRaise(true);
    setIcon(Theme::icon(QStringLiteral("copy"), Theme::Role::Muted));
    setFocusPolicy(Qt::TabFocus);
    setSubject({});
    setEnabled(false);
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
}

void CopyButton::setSubject(const QString &subject)
{
    m_subject = subject;
    const QString words = subject.isEmpty() ? tr("Copy") : tr("Copy %1").arg(subject);
    setToolTip(words);
    setAccessibleName(words);
}

void CopyButton::setContent(const QString &text)
{
    m_content = text;
    m_source = nullptr;
    setEnabled(!text.isEmpty());
}

void CopyButton::setSource(std::function<QString()> source)
{
    m_source = std::move(source);
    setEnabled(static_cast<bool>(m_source));
}

void CopyButton::copy()
{
    const QString text = m_source ? m_source() : m_content;
    if (text.isEmpty())
        return;
    QApplication::clipboard()->setText(text);
    setIcon(Theme::icon(QStringLiteral("check"), Theme::Role::Success));
    setToolTip(tr("Copied"));
    QTimer::singleShot(1500, this, [this] {
        setIcon(Theme::icon(QStringLiteral("copy"), Theme::Role::Muted));
        setSubject(m_subject);
    });
    Q_EMIT copied(text);
}

} // namespace sluice::ui
