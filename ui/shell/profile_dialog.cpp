#include "sluice/shell/profile_dialog.h"

#include "sluice/crypto/private_key.h"
#include "sluice/backend/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/limit_fields.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
Secret secretOf(QLineEdit *line)
{
    QByteArray text = line->text().trimmed().toUtf8();
    line->clear();
    return Secret::take(text);
}
} // namespace

ProfileDialog::ProfileDialog(Session &session, const std::optional<Profile> &edited, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_isNew(!edited)
    , m_edited(edited.value_or(Profile()))
    , m_form(new QFormLayout)
    , m_kind(new QComboBox)
    , m_message(new InlineMessage)
{
    setWindowTitle(edited ? tr("Edit profile “%1”").arg(edited->name) : tr("New profile"));
    // At once, so that every field has its parent before it is shown: without one it would be a window of its own.
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    m_form->setHorizontalSpacing(space::Two);
    m_form->setVerticalSpacing(space::One);
    m_name = addLine(tr("&Name"), tr("e.g. production"), tr("How the profile is called here."));
    m_kind->addItem(tr("Orchestrators, paid with my own key"), int(Profile::Kind::Direct));
    m_kind->addItem(tr("A gateway that signs and pays"), int(Profile::Kind::Gateway));
    m_kind->addItem(tr("Local network on this machine"), int(Profile::Kind::Sandbox));
    m_kind->setAccessibleName(tr("Kind of network"));
    m_form->addRow(tr("&Kind"), m_kind);
    m_orchestrators = addLine(tr("&Orchestrators"), QStringLiteral("https://orch.example:8935"),
        tr("One or several addresses, separated by commas."));
    m_discovery = addLine(tr("&Discovery URL"), QStringLiteral("https://…"), tr("Where orchestrators are listed."));
    m_gateway = addLine(tr("&Gateway URL"), QStringLiteral("http://gateway.example:9935"),
        tr("The BYOC gateway that calls go through."));
    m_token = addLine(tr("&Token"), m_isNew ? tr("none") : tr("unchanged when empty"), tr("A base64 token bundle; stored in the keychain."));
    m_key = addLine(tr("Se&nder key"), m_isNew ? tr("none") : tr("unchanged when empty"),
        tr("64 hex digits of the key that signs and pays; stored in the keychain."));
    for (QLineEdit *secret : {m_token, m_key})
        secret->setEchoMode(QLineEdit::Password);
    m_limits = new LimitFields(*m_form, this);
    // The words below a field need room that the dialog has not taken yet.
    connect(m_limits, &LimitFields::changed, this, [this] { QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection); });
    connect(m_key, &QLineEdit::textChanged, this, &ProfileDialog::showPurse);
    // Addresses and keys read from the left in every language.
    for (QLineEdit *line : {m_orchestrators, m_discovery, m_gateway, m_token, m_key})
        line->setLayoutDirection(Qt::LeftToRight);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save and &use"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel")); // Qt's own translations may not be installed
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    Theme::makePrimary(buttons->button(QDialogButtonBox::Save));
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_message->hide();
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    layout->setSpacing(space::Two);
    layout->addWidget(m_message);
    layout->addWidget(buttons);

    if (edited) {
        m_name->setText(edited->name);
        m_name->setReadOnly(true);
        m_kind->setCurrentIndex(m_kind->findData(int(edited->kind)));
        m_orchestrators->setText(edited->orchUrls.join(QStringLiteral(", ")));
        m_discovery->setText(edited->discoveryUrl);
        m_gateway->setText(edited->gatewayUrl);
        showPurse();
        m_limits->showProfile(*edited);
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProfileDialog::showKind);
    showPurse();
    layout->addStrut(560 - 2 * space::Two); // at least; longer words of another language make it wider
    if (m_session.secretsPersist() == std::optional(false))
        m_message->showMessage(InlineMessage::Severity::Warning,
            tr("There is no keychain here: token and key are kept until the program is closed, then forgotten."));
}

QLineEdit *ProfileDialog::addLine(const QString &label, const QString &placeholder, const QString &hint)
{
    auto *line = new QLineEdit;
    line->setPlaceholderText(placeholder);
    line->setToolTip(hint);
    line->setAccessibleDescription(hint);
    m_form->addRow(label, line);
    line->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    return line;
}

QString ProfileDialog::purse() const
{
    const QByteArray typed = m_key->text().trimmed().toUtf8();
    if (!typed.isEmpty()) {
        const auto key = PrivateKey::fromHex(typed);
        return key ? key->address().toChecksum() : QString();
    }
    // A token may bring another key.
    const bool inUse = !m_isNew && m_edited.name == m_session.profile().name && m_token->text().isEmpty();
    return inUse ? m_session.senderAddress() : QString();
}

void ProfileDialog::showPurse()
{
    const QString address = purse();
    m_limits->showPurse(address.isEmpty() ? std::nullopt : std::optional(m_session.userData().purseLimits(address)));
    showKind();
}

void ProfileDialog::showKind()
{
    const auto kind = Profile::Kind(m_kind->currentData().toInt());
    const auto show = [this](QWidget *field, bool visible) {
        field->setVisible(visible);
        m_form->labelForField(field)->setVisible(visible);
    };
    const bool direct = kind == Profile::Kind::Direct;
    show(m_orchestrators, direct);
    show(m_discovery, direct);
    show(m_token, direct);
    show(m_key, direct);
    show(m_gateway, kind == Profile::Kind::Gateway);
    m_limits->setVisible(kind != Profile::Kind::Gateway); // it pays itself
    adjustSize();
}

Expected<Profile> ProfileDialog::profile(std::optional<PurseLimits> &limits) const
{
    Profile profile = m_edited;
    profile.name = m_name->text().trimmed();
    profile.kind = Profile::Kind(m_kind->currentData().toInt());
    profile.orchUrls = m_orchestrators->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (QString &url : profile.orchUrls)
        url = url.trimmed();
    profile.discoveryUrl = m_discovery->text().trimmed();
    profile.gatewayUrl = m_gateway->text().trimmed();
    const auto wanted = m_limits->read(profile);
    if (!wanted)
        return unexpected(wanted.error());
    limits = *wanted;
    const auto refuse = [](const QString &what) { return unexpected(Error(Error::Kind::InvalidInput, what)); };
    if (profile.name.isEmpty())
        return refuse(tr("Give the profile a name."));
    if (m_isNew) {
        for (const Profile &known : m_session.profiles()) {
            if (known.name == profile.name)
                return refuse(tr("There is a profile named “%1” already.").arg(profile.name));
        }
    }
    if (profile.kind == Profile::Kind::Direct && profile.orchUrls.isEmpty() && profile.discoveryUrl.isEmpty()
        && m_token->text().isEmpty() && m_isNew)
        return refuse(tr("Name an orchestrator, a discovery URL, or give a token that does."));
    if (profile.kind == Profile::Kind::Gateway && profile.gatewayUrl.isEmpty())
        return refuse(tr("Name the gateway's URL."));
    if (const auto checked = profile.checkAddresses(); !checked)
        return unexpected(checked.error());
    const QByteArray key = m_key->text().trimmed().toUtf8();
    if (!key.isEmpty() && !PrivateKey::fromHex(key))
        return refuse(tr("The sender key has 64 hex digits; this one does not."));
    return profile;
}

void ProfileDialog::save()
{
    std::optional<PurseLimits> limits;
    const Expected<Profile> wanted = profile(limits);
    if (!wanted) {
        m_message->showError(wanted.error());
        return;
    }
    if (limits)
        m_session.userData().setPurseLimits(purse(), *limits);
    m_session.saveProfile(*wanted, secretOf(m_token), secretOf(m_key));
    accept();
}

} // namespace sluice::ui
