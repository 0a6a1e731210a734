#include "sluice/shell/profile_dialog.h"

#include "sluice/base/bytes.h"
#include "sluice/session/session.h"
#include "sluice/widgets/amount_field.h"
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
    m_token = addLine(tr("&Token"), tr("unchanged when empty"), tr("A base64 token bundle; stored in the keychain."));
    m_key = addLine(tr("Se&nder key"), tr("unchanged when empty"),
        tr("64 hex digits of the key that signs and pays; stored in the keychain."));
    for (QLineEdit *secret : {m_token, m_key})
        secret->setEchoMode(QLineEdit::Password);
    m_perCall = addAmount(tr("Limit per &call"), tr("Expected value that one call may spend."));
    m_perSession = addAmount(tr("Limit per &session"), tr("Expected value until the program is closed."));
    m_perDay = addAmount(tr("Limit per da&y"), tr("Expected value per day (UTC), over all programs."));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save and &use"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    layout->setSpacing(space::Two);
    layout->addLayout(m_form);
    layout->addWidget(m_message);
    layout->addWidget(buttons);

    if (edited) {
        m_name->setText(edited->name);
        m_name->setReadOnly(true);
        m_kind->setCurrentIndex(m_kind->findData(int(edited->kind)));
        m_orchestrators->setText(edited->orchUrls.join(QStringLiteral(", ")));
        m_discovery->setText(edited->discoveryUrl);
        m_gateway->setText(edited->gatewayUrl);
        m_perCall->setWei(edited->maxSpendPerCallWei);
        m_perSession->setWei(edited->maxSpendPerSessionWei);
        m_perDay->setWei(edited->maxSpendPerDayWei);
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProfileDialog::showKind);
    showKind();
    setMinimumWidth(560);
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

AmountField *ProfileDialog::addAmount(const QString &label, const QString &hint)
{
    auto *field = new AmountField;
    field->setPlaceholder(tr("no limit"));
    field->setToolTip(hint);
    m_form->addRow(label, field);
    field->setSubject(QString(label).remove(QLatin1Char('&')));
    // The words below a field need room that the dialog has not taken yet.
    connect(field, &AmountField::changed, this, [this] { QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection); });
    return field;
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
    adjustSize();
}

Expected<Profile> ProfileDialog::profile() const
{
    Profile profile = m_edited;
    profile.name = m_name->text().trimmed();
    profile.kind = Profile::Kind(m_kind->currentData().toInt());
    profile.orchUrls = m_orchestrators->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (QString &url : profile.orchUrls)
        url = url.trimmed();
    profile.discoveryUrl = m_discovery->text().trimmed();
    profile.gatewayUrl = m_gateway->text().trimmed();
    for (const auto &[field, limit] : {std::pair(m_perCall, &Profile::maxSpendPerCallWei), std::pair(m_perSession, &Profile::maxSpendPerSessionWei),
             std::pair(m_perDay, &Profile::maxSpendPerDayWei)}) {
        const auto wei = field->wei();
        if (!wei)
            return unexpected(wei.error());
        profile.*limit = *wei;
    }
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
    if (!key.isEmpty()) {
        const auto bytes = bytes::fromHex(key);
        if (!bytes || bytes->size() != 32)
            return refuse(tr("The sender key has 64 hex digits; this one does not."));
    }
    return profile;
}

void ProfileDialog::save()
{
    const Expected<Profile> wanted = profile();
    if (!wanted) {
        m_message->showError(wanted.error());
        return;
    }
    m_session.saveProfile(*wanted, secretOf(m_token), secretOf(m_key));
    accept();
}

} // namespace sluice::ui
