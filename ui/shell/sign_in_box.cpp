#include "sluice/shell/sign_in_box.h"

#include "sluice/base/follow.h"
#include "sluice/session/session.h"
#include "sluice/shell/sign_in_dialog.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sluice::ui {

SignInBox::SignInBox(Session &session, const QString &profile, QWidget *parent)
    : QWidget(parent)
    , m_button(new QPushButton(Theme::icon(QStringLiteral("key")), tr("Si&gn in…")))
    , m_words(new QLabel)
{
    m_button->setAutoDefault(false);
    m_button->setToolTip(tr("Signs you in at the clearinghouse with a browser; what comes of it is kept in the keychain"));
    m_button->setAccessibleName(tr("Sign in at the clearinghouse"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_words, Theme::Role::Muted);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Two);
    layout->addWidget(m_button);
    layout->addWidget(m_words, 1);
    connect(m_button, &QPushButton::clicked, this, &SignInBox::open);
    hide();
    if (!profile.isEmpty()) {
        sluice::follow(
            session.readSecret(profile, DeviceLogin::pointer()), this,
            [this](const Secret &kept) {
                m_kept = kept;
                showState();
            },
            [this](const Error &error) { m_words->setText(error.message()); });
    }
    showState();
}

void SignInBox::setRequest(const DeviceLogin::Request &request)
{
    m_request = request;
    setVisible(!request.issuer.trimmed().isEmpty());
    showState();
}

Secret SignInBox::login() const
{
    return m_loginIssuer == m_request.issuer ? m_login : Secret();
}

SignInDialog *SignInBox::dialog() const
{
    return m_dialog;
}

QString SignInBox::words() const
{
    return m_words->text();
}

void SignInBox::open()
{
    if (m_dialog)
        return;
    m_dialog = new SignInDialog(m_request, window());
    connect(m_dialog, &SignInDialog::signedIn, this, [this, issuer = m_request.issuer](const Secret &login) {
        m_login = login;
        m_loginIssuer = issuer;
        showState();
        m_button->setFocus(Qt::OtherFocusReason);
        Q_EMIT signedIn();
    });
    m_dialog->open();
}

void SignInBox::showState()
{
    const Secret fresh = login();
    const DeviceLogin::Kept kept = DeviceLogin::kept(fresh.isEmpty() ? m_kept : fresh);
    const bool here = !kept.host.isEmpty() && QUrl(m_request.issuer.trimmed()).host().compare(kept.host, Qt::CaseInsensitive) == 0;
    if (!here)
        m_words->setText(tr("Nobody is signed in there yet."));
    else if (!fresh.isEmpty())
        m_words->setText(tr("Signed in at %1. It is kept when the profile is saved.").arg(kept.host));
    else if (kept.renews)
        m_words->setText(tr("Signed in at %1; it is renewed by itself.").arg(kept.host));
    else
        m_words->setText(tr("Signed in at %1; the clearinghouse does not renew it.").arg(kept.host));
    m_button->setText(here ? tr("Si&gn in again…") : tr("Si&gn in…"));
}

} // namespace sluice::ui
