#include "sluice/gateway/backends.h"
#include "sluice/picker/capability_dialog.h"

#include "sluice/base/schema_validator.h"
#include "sluice/picker/schema_field.h"
#include "sluice/session/session.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kWidth = 680; // the three kinds beside each other
constexpr int kExampleHeight = 72;

bool isLiveVideo(const QString &name)
{
    return backends::unlisted(name).verbsFixed;
}
} // namespace

CapabilityDialog::CapabilityDialog(Session &session, const std::optional<NamedCapability> &edited, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_replaced(edited ? edited->name : QString())
    , m_form(new QFormLayout)
    , m_name(new QLineEdit)
    , m_kinds(new QWidget)
    , m_path(new QLineEdit)
    , m_description(new QLineEdit)
    , m_schema(new SchemaField([&session](const QUrl &address, const QString &path) { return session.fetchSchema(address, path); }))
    , m_example(new QPlainTextEdit)
{
    setWindowTitle(edited ? tr("Edit “%1”").arg(edited->name) : tr("Add a capability"));
    makeFields();
    if (edited)
        fill(*edited);
    else
        m_name->setText(name);
    m_touched = false;
    judge();
    tabInReadingOrder(this);
    m_name->setFocus();
}

void CapabilityDialog::makeFields()
{
    m_form->setHorizontalSpacing(space::Two);
    m_form->setVerticalSpacing(space::One);
    m_name->setPlaceholderText(tr("e.g. text-reversal"));
    for (QLineEdit *line : {m_name, m_path})
        line->setLayoutDirection(Qt::LeftToRight); // a name on the wire, and an address
    m_nameRemark = addField(tr("&Name"), m_name, tr("As its worker registered it at the orchestrator."));

    auto *row = new QHBoxLayout(m_kinds);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::Two);
    const std::pair<Verb, QString> kinds[] = {{Verb::Run, tr("&Run: one answer")}, {Verb::Stream, tr("S&tream: an answer as it comes")},
        {Verb::Live, tr("&Live: video or lines")}};
    for (const auto &[verb, text] : kinds) {
        auto *box = new QCheckBox(text);
        box->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        connect(box, &QCheckBox::toggled, this, &CapabilityDialog::judge);
        row->addWidget(box);
        m_verbs.insert(int(verb), box);
    }
    row->addStretch(1);
    m_verbs.value(int(Verb::Run))->setChecked(true);
    m_kindsRemark = addField(tr("Kinds"), m_kinds, tr("How it is called."));
    m_path->setPlaceholderText(tr("the name"));
    m_pathRemark = addField(tr("&Path"), m_path, tr("Below the worker's address, e.g. predict or v1/chat/completions."));
    m_description->setPlaceholderText(tr("What it does"));
    (void)addField(tr("&Description"), m_description, tr("For you; nothing is sent of it."));
    m_schema->setToolTip(tr("The JSON Schema of its input, which makes the form."));
    auto *schemaLabel = new QLabel(tr("Input &schema"));
    schemaLabel->setBuddy(m_schema);
    m_form->addRow(schemaLabel, m_schema);
    m_example->setPlaceholderText(QStringLiteral("{\"text\": \"hello\"}"));
    m_example->setFont(Theme::font(Theme::Type::MonoSmall));
    m_example->setFixedHeight(kExampleHeight);
    m_example->setTabChangesFocus(true);
    m_exampleRemark = addField(tr("&Example"), m_example, tr("An input to try, as JSON."));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(m_replaced.isEmpty() ? tr("&Add") : tr("&Save"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel")); // Qt's own translations may not be installed
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    Theme::makePrimary(buttons->button(QDialogButtonBox::Save));
    connect(buttons, &QDialogButtonBox::accepted, this, &CapabilityDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    layout->setSpacing(space::Two);
    layout->addLayout(m_form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    layout->addStrut(kWidth - 2 * space::Two); // at least; longer words of another language make it wider

    const auto touched = [this] {
        m_touched = true;
        judge();
    };
    connect(m_name, &QLineEdit::textChanged, this, touched);
    connect(m_path, &QLineEdit::textChanged, this, [this, touched] {
        const auto path = NamedCapability::checkedPath(m_path->text());
        m_schema->setPath(path ? *path : QString());
        touched();
    });
    connect(m_schema, &SchemaField::changed, this, &CapabilityDialog::judge);
    connect(m_example, &QPlainTextEdit::textChanged, this, touched);
}

QLabel *CapabilityDialog::addField(const QString &label, QWidget *field, const QString &hint)
{
    field->setToolTip(hint);
    field->setAccessibleDescription(hint);
    field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    auto *remark = new QLabel;
    remark->setFont(Theme::font(Theme::Type::Small11));
    remark->setWordWrap(true);
    remark->setTextFormat(Qt::PlainText);
    remark->hide();
    auto *box = new QVBoxLayout;
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(2);
    box->addWidget(field);
    box->addWidget(remark);
    auto *name = new QLabel(label);
    name->setBuddy(field);
    m_form->addRow(name, box);
    return remark;
}

void CapabilityDialog::fill(const NamedCapability &capability)
{
    m_kept = capability;
    m_verbOrder = backends::named(capability).verbs;
    m_name->setText(capability.name);
    for (auto it = m_verbs.cbegin(); it != m_verbs.cend(); ++it)
        (*it)->setChecked(m_verbOrder.contains(Verb(it.key())));
    m_path->setText(capability.path);
    m_description->setText(capability.description);
    m_schema->setSchema(capability.inputSchema);
    if (!capability.examples.isEmpty())
        m_example->setPlainText(QString::fromUtf8(capability.examples.first().input.dump(2)));
}

Expected<Json> CapabilityDialog::example() const
{
    const QString text = m_example->toPlainText().trimmed();
    if (text.isEmpty())
        return Json();
    return Json::parse(text.toUtf8(), {NamedCapability::MaxBytes, 44});
}

Expected<NamedCapability> CapabilityDialog::capability() const
{
    const auto at = [](Error error, const QString &field) { return unexpected(error.withField(field)); };
    NamedCapability capability = m_kept;
    capability.name = m_name->text();
    capability.path = m_path->text();
    capability.description = m_description->text();
    capability.verbs.clear();
    QList<Verb> order = m_verbOrder;
    for (const Verb verb : {Verb::Run, Verb::Stream, Verb::Live}) {
        if (!order.contains(verb))
            order.append(verb);
    }
    for (const Verb verb : std::as_const(order)) {
        if (m_verbs.value(int(verb))->isChecked())
            capability.verbs.append(verb);
    }
    if (capability.verbs.isEmpty() && !isLiveVideo(capability.name.trimmed()))
        return at(Error(Error::Kind::InvalidInput, tr("Choose at least one.")), QStringLiteral("/verbs"));
    const auto schema = m_schema->schema();
    if (!schema)
        return at(schema.error(), QStringLiteral("/input_schema"));
    capability.inputSchema = *schema;
    const auto input = example();
    if (!input)
        return at(input.error(), QStringLiteral("/examples"));
    const QList<CapabilityExample> others = capability.examples.mid(1);
    capability.examples.clear();
    if (!input->isNull()) {
        capability.examples.append({m_kept.examples.isEmpty() ? tr("Example") : m_kept.examples.first().title, *input});
        capability.examples += others;
    }
    // Parsed as files and the store are, with the same bounds.
    return NamedCapability::fromJson(capability.toJson());
}

void CapabilityDialog::say(QLabel *remark, QWidget *field, const QString &text, bool wrong)
{
    remark->setText(text);
    remark->setVisible(!text.isEmpty());
    Theme::setTextRole(remark, wrong ? Theme::Role::Failed : Theme::Role::Muted);
    Theme::setInvalid(field, wrong);
}

void CapabilityDialog::judge()
{
    if (!m_exampleRemark)
        return; // the fields are still being made
    const QString name = m_name->text().trimmed();
    const bool liveVideo = isLiveVideo(name);
    for (QCheckBox *box : std::as_const(m_verbs))
        box->setEnabled(!liveVideo);
    const Expected<NamedCapability> wanted = capability();
    const QString field = wanted ? QString() : wanted.error().field();
    const auto wrongAt = [&](const char *member) { return field.startsWith(QLatin1String(member)) ? wanted.error().message() : QString(); };

    const QString atName = name.isEmpty() && !m_touched ? QString() : wrongAt("/name");
    const auto known = m_session.capability(name);
    const bool taken = known && known->named && name != m_replaced;
    say(m_nameRemark, m_name, !atName.isEmpty() ? atName
            : taken                            ? tr("You named it before; this takes its place.")
            : known && known->listed           ? tr("The network lists it; what you say here goes before what it says.")
                                               : QString(),
        !atName.isEmpty());
    const QString atKinds = wrongAt("/verbs");
    say(m_kindsRemark, m_kinds, liveVideo ? tr("This name is live video.") : atKinds, !liveVideo && !atKinds.isEmpty());
    say(m_pathRemark, m_path, wrongAt("/path"), !wrongAt("/path").isEmpty());
    QString atExample = wrongAt("/examples");
    bool wrongExample = !atExample.isEmpty();
    if (wanted && !wanted->inputSchema.isNull() && !wanted->examples.isEmpty()) {
        const auto violations = SchemaValidator(wanted->inputSchema).validate(wanted->examples.first().input);
        if (const auto error = toError(violations))
            atExample = tr("It does not fit the schema: %1").arg(error->message());
    }
    say(m_exampleRemark, m_example, atExample, wrongExample);
}

void CapabilityDialog::save()
{
    m_touched = true;
    m_schema->cancelFetch();
    const Expected<NamedCapability> wanted = capability();
    judge();
    if (!wanted) {
        const QString field = wanted.error().field();
        QWidget *place = field.startsWith(QLatin1String("/path")) ? static_cast<QWidget *>(m_path)
            : field.startsWith(QLatin1String("/input_schema"))    ? static_cast<QWidget *>(m_schema)
            : field.startsWith(QLatin1String("/examples"))        ? static_cast<QWidget *>(m_example)
            : field.startsWith(QLatin1String("/verbs"))           ? static_cast<QWidget *>(m_verbs.value(int(Verb::Run)))
                                                                  : static_cast<QWidget *>(m_name);
        // What belongs to no field of its own (too large in all) is said at the example, which is what can be left out.
        if (field.isEmpty())
            say(m_exampleRemark, m_example, wanted.error().message(), true);
        place->setFocus();
        return;
    }
    Q_EMIT saved(wanted->name);
    m_session.nameCapabilities({*wanted}, m_replaced);
    accept();
}

} // namespace sluice::ui
