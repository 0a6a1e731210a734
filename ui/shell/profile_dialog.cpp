#include "sluice/shell/profile_dialog.h"

#include "sluice/backend/backend.h"
#include "sluice/backend/user_data.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/backends.h"
#include "sluice/session/session.h"
#include "sluice/shell/limit_fields.h"
#include "sluice/shell/local_servers_box.h"
#include "sluice/shell/sign_in_box.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

/// The kinds that have settings of their own. The local network says itself how its orchestrators are reached.
QList<BackendKind> kindsWithSettings(bool local)
{
    QList<BackendKind> kinds = backends::kinds();
    kinds.removeIf([local](const BackendKind &kind) { return !kind.sharesSettingsOf.isEmpty() || (local && kind.id == Call().backend); });
    return kinds;
}

/// With a word in the fields of secrets, which never show what is kept.
Json withSecretHints(Json schema, const QString &hint)
{
    if (schema.value(QStringLiteral("format")).toString() == QLatin1String("password"))
        schema.insert(QStringLiteral("x-placeholder"), hint);
    Json properties = schema.value(QStringLiteral("properties"));
    for (const auto &[name, property] : QList<Json::Member>(properties.members()))
        properties.insert(name, withSecretHints(property, hint));
    if (properties.isObject())
        schema.insert(QStringLiteral("properties"), properties);
    if (const Json variants = schema.value(QStringLiteral("anyOf")); variants.isArray()) {
        QList<Json> hinted;
        for (const Json &variant : variants.items())
            hinted.append(withSecretHints(variant, hint));
        schema.insert(QStringLiteral("anyOf"), Json::array(hinted));
    }
    return schema;
}

/// One form for all: a field for each backend, which can be left out where there is another.
Json formSchema(const QList<BackendKind> &kinds, bool alone, const QString &secretHint)
{
    Json properties = Json::object();
    for (const BackendKind &kind : kinds) {
        Json schema = withSecretHints(kind.settingsSchema, secretHint);
        if (!schema.contains(QStringLiteral("title")))
            schema.insert(QStringLiteral("title"), backends::title(kind.id));
        if (!alone)
            schema.insert(QStringLiteral("nullable"), true);
        properties.insert(kind.id, schema);
    }
    Json form{{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("properties"), properties}};
    if (alone && !kinds.isEmpty())
        form.insert(QStringLiteral("required"), Json::array({Json(kinds.first().id)}));
    return form;
}

/// What a backend's settings begin with.
Json defaultsOf(const QList<BackendKind> &kinds, const QString &id)
{
    Json settings = Json::object();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const BackendKind &one) { return one.id == id; });
    if (kind == kinds.end())
        return settings;
    const Json properties = kind->settingsSchema.value(QStringLiteral("properties"));
    for (const auto &[name, property] : properties.members()) {
        if (property.contains(QStringLiteral("default")))
            settings.insert(name, property.value(QStringLiteral("default")));
    }
    return settings;
}

/// What a column takes besides the line that has `widget`. Asked of the lines: a column's own sum may be one of before.
int heightWithout(const QLayout &column, const QWidget *widget)
{
    const QMargins margins = column.contentsMargins();
    const int width = column.geometry().width();
    int height = margins.top() + margins.bottom();
    for (int i = 0; i < column.count(); ++i) {
        QLayoutItem *item = column.itemAt(i);
        const bool has = item->widget() == widget || (item->layout() && item->layout()->indexOf(widget) >= 0);
        if (!has && !item->isEmpty())
            height += column.spacing() + (item->hasHeightForWidth() && width > 0 ? item->heightForWidth(width) : item->sizeHint().height());
    }
    return height;
}

} // namespace

ProfileDialog::ProfileDialog(Session &session, const std::optional<Profile> &edited, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_isNew(!edited)
    , m_edited(edited.value_or(Profile()))
    , m_name(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_form(new SchemaForm(this))
    , m_message(new InlineMessage(this))
{
    setWindowTitle(edited ? tr("Edit profile “%1”").arg(edited->name) : tr("New profile"));
    makeRows();
    if (edited) {
        m_name->setText(edited->name);
        m_name->setReadOnly(true);
    }
    m_kind->setCurrentIndex(m_kind->findData(edited && edited->local));
    showKind();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProfileDialog::showKind);
    connect(m_form, &SchemaForm::valueChanged, this, &ProfileDialog::showPurse);
    connect(m_form, &SchemaForm::valueChanged, this, &ProfileDialog::showAdded);
    connect(m_form, &SchemaForm::valueChanged, this, &ProfileDialog::showSignIn);
    showAdded();
    showPurse();
    if (edited)
        m_limits->showProfile(*edited);
    if (m_session.secretsPersist() == std::optional(false))
        m_message->showMessage(InlineMessage::Severity::Warning,
            tr("There is no keychain here: token and key are kept until the program is closed, then forgotten."));
}

void ProfileDialog::makeRows()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    layout->setSpacing(space::Two);
    auto *above = new QFormLayout;
    above->setHorizontalSpacing(space::Two);
    above->setVerticalSpacing(space::One);
    layout->addLayout(above);
    m_name->setPlaceholderText(tr("e.g. production"));
    m_name->setToolTip(tr("How the profile is called here."));
    m_name->setAccessibleName(tr("Name"));
    above->addRow(tr("&Name"), m_name);
    m_kind->addItem(tr("Addresses of its own"), false);
    m_kind->addItem(tr("Local network on this machine"), true);
    m_kind->setAccessibleName(tr("Kind of network"));
    above->addRow(tr("&Kind"), m_kind);
    // Side by side: below each other the limits would leave the form a few lines.
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::Three);
    columns->addWidget(makeBackends(), 1);
    columns->addWidget(makeLimits());
    layout->addLayout(columns, 1);
    m_message->hide();
    layout->addWidget(m_message);
    makeButtons(*layout);
}

QWidget *ProfileDialog::makeBackends()
{
    m_backendsBox = new QWidget(this);
    auto *column = new QVBoxLayout(m_backendsBox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::Two);
    column->addWidget(m_form, 1);
    m_form->installEventFilter(this);
    m_signIn = new SignInBox(m_session, m_isNew ? QString() : m_edited.name, this);
    column->addWidget(m_signIn);
    m_servers = new LocalServersBox(m_session, this);
    column->addWidget(m_servers);
    connect(m_servers, &LocalServersBox::chosen, this, &ProfileDialog::addServer);
    connect(m_servers, &LocalServersBox::resized, this, &ProfileDialog::fitForm);
    column->addStrut(560 - 2 * space::Two); // at least; longer words of another language make it wider
    return m_backendsBox;
}

QWidget *ProfileDialog::makeLimits()
{
    m_limitsBox = new QWidget(this);
    m_limitsBox->setFixedWidth(36 * space::One);
    auto *fields = new QFormLayout(m_limitsBox);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setVerticalSpacing(space::Half);
    fields->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_limits = new LimitFields(*fields, this);
    // The words below a field need room that the dialog has not taken yet.
    connect(m_limits, &LimitFields::changed, this, [this] { QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection); });
    return m_limitsBox;
}

void ProfileDialog::makeButtons(QLayout &layout)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save and &use"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel")); // Qt's own translations may not be installed
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    Theme::makePrimary(buttons->button(QDialogButtonBox::Save));
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout.addWidget(buttons);
}

void ProfileDialog::showKind()
{
    const bool local = m_kind->currentData().toBool();
    const QList<BackendKind> kinds = kindsWithSettings(local);
    const bool alone = kinds.size() == 1 && !local;
    m_form->setSchema(formSchema(kinds, alone, m_isNew ? tr("none") : tr("unchanged when empty")));
    Json value = Json::object();
    for (const BackendKind &kind : kinds) {
        if (m_edited.backends.contains(kind.id) && !(local && m_edited.addsToNetwork(kind.id)))
            value.insert(kind.id, m_edited.backends.value(kind.id));
    }
    // Most people begin with Livepeer.
    if (!local && value.size() == 0)
        value.insert(kinds.first().id, kinds.first().settingsSchema.value(QStringLiteral("default")));
    m_form->setValue(value);
    m_untouched = m_form->value();
    m_form->setVisible(!kinds.isEmpty());
    tabInReadingOrder(this);
    showSignIn();
    showPurse();
}

void ProfileDialog::showSignIn()
{
    const Json settings = m_form->value().value(Call().backend);
    DeviceLogin::Request request;
    request.issuer = settings.value(QStringLiteral("issuer_url")).toString();
    request.clientId = settings.value(QStringLiteral("client_id")).toString();
    request.audience = settings.value(QStringLiteral("audience")).toString();
    m_signIn->setRequest(request);
}

void ProfileDialog::addServer(const local_servers::Server &server)
{
    const QList<BackendKind> kinds = kindsWithSettings(m_kind->currentData().toBool());
    Json value = m_form->value();
    // What stood in a new profile's form and nobody touched was only a place to begin.
    for (const BackendKind &kind : kinds) {
        if (m_isNew && kind.id != local_servers::Backend && value.value(kind.id) == m_untouched.value(kind.id))
            value.remove(kind.id);
    }
    Json settings = value.value(local_servers::Backend);
    if (!settings.isObject())
        settings = defaultsOf(kinds, local_servers::Backend);
    const Json found = local_servers::settingsOf(server);
    for (const auto &[name, setting] : found.members())
        settings.insert(name, setting);
    value.insert(local_servers::Backend, settings);
    m_form->setValue(value);
    if (m_isNew && m_name->text().trimmed().isEmpty())
        m_name->setText(server.product.isEmpty() ? tr("local models") : server.product);
    showAdded();
    showPurse();
    // The button that was pressed is gone.
    QWidget *next = m_isNew ? static_cast<QWidget *>(m_name) : m_servers;
    next->setFocus(Qt::OtherFocusReason);
}

void ProfileDialog::showAdded()
{
    m_servers->setAdded(m_form->value().value(local_servers::Backend).value(QStringLiteral("base_url")).toString());
}

bool ProfileDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_form && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize))
        QMetaObject::invokeMethod(this, &ProfileDialog::fitForm, Qt::QueuedConnection);
    if (watched == m_form && event->type() == QEvent::LayoutRequest)
        tabInReadingOrder(this); // fields came or went
    return QDialog::eventFilter(watched, event);
}

void ProfileDialog::fitForm()
{
    // It scrolls only where the screen has no room for all of it.
    const int around = heightWithout(*layout(), m_backendsBox) + heightWithout(*m_backendsBox->layout(), m_form);
    const int most = screen()->availableGeometry().height() - around - 2 * space::Four;
    const int wanted = qBound(0, m_form->contentHeight(), qMax(most, 12 * fontMetrics().height()));
    if (m_form->minimumHeight() == wanted)
        return;
    m_form->setMinimumHeight(wanted);
    QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection);
}

Profile::Secrets ProfileDialog::readBackends(Profile &profile) const
{
    Profile::Secrets secrets;
    const Json value = m_form->value();
    for (const BackendKind &kind : kindsWithSettings(profile.local)) {
        const Json given = value.value(kind.id);
        if (!given.isObject()) {
            if (!profile.addsToNetwork(kind.id)) // what the form does not show stays
                profile.backends.remove(kind.id);
            continue;
        }
        const BackendSettings settings = separated(kind.settingsSchema, given);
        profile.backends.insert(kind.id, settings.values);
        for (auto it = settings.secrets.cbegin(); it != settings.secrets.cend(); ++it)
            secrets.insert(QLatin1Char('/') + kind.id + it.key(), it.value());
    }
    if (const Secret login = m_signIn->login(); !login.isEmpty() && profile.backends.contains(Call().backend))
        secrets.insert(DeviceLogin::pointer(), login);
    return secrets;
}

std::optional<QString> ProfileDialog::purse() const
{
    const bool local = m_kind->currentData().toBool();
    const bool inUse = !m_isNew && m_edited.name == m_session.profile().name;
    bool typed = false;
    bool pays = local;
    for (const BackendKind &kind : kindsWithSettings(local)) {
        const Json given = m_form->value().value(kind.id);
        if (!kind.payer || !given.isObject())
            continue;
        const BackendSettings settings = separated(kind.settingsSchema, given);
        const auto address = kind.payer(settings);
        if (address && !address->isEmpty())
            return address;
        pays = pays || address;
        typed = typed || !settings.secrets.isEmpty(); // a token may bring another key
    }
    if (!pays)
        return std::nullopt;
    return inUse && !typed ? m_session.senderAddress() : QString();
}

void ProfileDialog::showPurse()
{
    const std::optional<QString> address = purse();
    const bool known = address && !address->isEmpty();
    m_limits->showPurse(known ? std::optional(m_session.userData().purseLimits(*address)) : std::nullopt);
    m_limits->setVisible(address.has_value()); // a gateway pays itself
    m_limitsBox->setVisible(address.has_value());
    fitForm();
}

Expected<Profile> ProfileDialog::profile(Profile::Secrets &secrets, std::optional<PurseLimits> &limits) const
{
    Profile profile = m_edited;
    profile.name = m_name->text().trimmed();
    profile.local = m_kind->currentData().toBool();
    secrets = readBackends(profile);
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
    if (!profile.local && profile.backends.isEmpty())
        return refuse(tr("Choose what the profile reaches."));
    if (const auto checked = profile.check(secrets, !m_isNew); !checked)
        return unexpected(checked.error());
    return profile;
}

void ProfileDialog::save()
{
    if (const QList<FieldIssue> issues = m_form->validate(); !issues.isEmpty()) {
        m_message->showMessage(InlineMessage::Severity::Error, tr("Something is missing or wrong: see the marked fields."));
        return;
    }
    Profile::Secrets secrets;
    std::optional<PurseLimits> limits;
    const Expected<Profile> wanted = profile(secrets, limits);
    if (!wanted) {
        m_message->showError(wanted.error());
        if (!wanted.error().field().isEmpty())
            m_form->showIssue(wanted.error().field(), wanted.error().message());
        return;
    }
    if (limits)
        m_session.userData().setPurseLimits(purse().value_or(QString()), *limits);
    m_session.saveProfile(*wanted, secrets);
    accept();
}

} // namespace sluice::ui
