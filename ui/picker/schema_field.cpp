#include "sluice/picker/schema_field.h"

#include "sluice/base/follow.h"
#include "sluice/base/schema_validator.h"
#include "sluice/gateway/schema_source.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr int kTextHeight = 120;
} // namespace

SchemaField::SchemaField(Fetch source, QWidget *parent)
    : QWidget(parent)
    , m_fetch(std::move(source))
    , m_text(new QPlainTextEdit)
    , m_open(new QPushButton(tr("Open a &file…")))
    , m_address(new QLineEdit)
    , m_get(new QPushButton(tr("&Fetch")))
    , m_cancel(new QPushButton(tr("S&top")))
    , m_busy(new QProgressBar)
    , m_remark(new QLabel)
{
    m_text->setAccessibleName(tr("Input schema"));
    m_text->setPlaceholderText(tr("Paste a JSON Schema, e.g. {\"type\": \"object\", \"properties\": {\"text\": {\"type\": \"string\"}}}"));
    m_text->setFont(Theme::font(Theme::Type::MonoSmall));
    m_text->setFixedHeight(kTextHeight);
    m_text->setTabChangesFocus(true);
    m_open->setAccessibleName(tr("Open a schema file"));
    m_address->setLayoutDirection(Qt::LeftToRight);
    m_address->setAccessibleName(tr("Address of a schema"));
    m_address->setPlaceholderText(tr("or an address: http://worker:5000/openapi.json"));
    m_get->setAccessibleName(tr("Fetch the schema"));
    m_cancel->setAccessibleName(tr("Stop fetching"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Fetching the schema"));
    m_remark->setWordWrap(true);
    m_remark->setFont(Theme::font(Theme::Type::Small11));
    m_remark->setTextFormat(Qt::PlainText);

    auto *sources = new QHBoxLayout;
    sources->setContentsMargins(0, 0, 0, 0);
    sources->setSpacing(space::One);
    sources->addWidget(m_open);
    sources->addWidget(m_address, 1);
    sources->addWidget(m_busy, 1);
    sources->addWidget(m_get);
    sources->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    layout->addWidget(m_text);
    layout->addLayout(sources);
    layout->addWidget(m_remark);
    setFocusProxy(m_text);

    connect(m_text, &QPlainTextEdit::textChanged, this, &SchemaField::judge);
    connect(m_open, &QPushButton::clicked, this, &SchemaField::chooseFile);
    connect(m_get, &QPushButton::clicked, this, [this] { fetch(m_address->text()); });
    connect(m_address, &QLineEdit::returnPressed, this, [this] { fetch(m_address->text()); });
    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) { m_get->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_cancel, &QPushButton::clicked, this, &SchemaField::cancelFetch);
    m_get->setEnabled(false);
    for (QPushButton *button : {m_open, m_get, m_cancel})
        button->setAutoDefault(false); // Return belongs to the field that it is pressed in
    showFetching(false);
    judge();
}

SchemaField::~SchemaField()
{
    m_running.cancel();
}

void SchemaField::setSchema(const Json &schema)
{
    m_text->setPlainText(schema.isNull() ? QString() : QString::fromUtf8(schema.dump(2)));
}

void SchemaField::setPath(const QString &path)
{
    m_path = path;
    judge();
}

Expected<Json> SchemaField::schema() const
{
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty())
        return Json();
    return schema_source::schemaIn(text.toUtf8(), m_path);
}

void SchemaField::judge()
{
    const Expected<Json> found = schema();
    if (!found) {
        const QString advice = found.error().advice();
        say(advice.isEmpty() ? found.error().message() : found.error().message() + QLatin1Char(' ') + advice, true);
    } else if (found->isNull()) {
        say(tr("Without one the input is written as JSON, and nothing is checked before it is sent."), false);
    } else {
        const QStringList problems = SchemaValidator::problems(*found);
        const int fields = int(found->value(QStringLiteral("properties")).size());
        say(problems.isEmpty() ? tr("A form of %n fields", nullptr, fields) : tr("Usable, but: %1").arg(problems.first()), false);
    }
    Q_EMIT changed();
}

void SchemaField::say(const QString &text, bool wrong)
{
    m_remark->setText(text);
    Theme::setTextRole(m_remark, wrong ? Theme::Role::Failed : Theme::Role::Muted);
    Theme::setInvalid(m_text, wrong);
}

QString SchemaField::remark() const
{
    return m_remark->text();
}

void SchemaField::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a schema"), QString(), tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SchemaField::takeFile);
    dialog->open();
}

void SchemaField::takeFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        say(tr("%1 cannot be read: %2").arg(QFileInfo(name).fileName(), file.errorString()), true);
        return;
    }
    const QByteArray bytes = file.read(schema_source::MaxBytes + 1);
    if (bytes.size() > schema_source::MaxBytes) {
        say(tr("%1 is larger than %2 KiB.").arg(QFileInfo(name).fileName()).arg(schema_source::MaxBytes / 1024), true);
        return;
    }
    m_text->setPlainText(QString::fromUtf8(bytes));
}

void SchemaField::fetch(const QString &address)
{
    cancelFetch();
    const QString text = address.trimmed();
    const QUrl url(text.contains(QLatin1String("://")) ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty()) {
        say(tr("“%1” is no http or https address.").arg(text.left(200)), true);
        return;
    }
    m_running = m_fetch(url, m_path);
    showFetching(true);
    follow(
        m_running, this,
        [this, mine = m_asked](const Json &schema) {
            if (mine != m_asked)
                return;
            showFetching(false);
            setSchema(schema);
        },
        [this, mine = m_asked](const Error &error) {
            if (mine != m_asked)
                return;
            showFetching(false);
            say(error.advice().isEmpty() ? error.message() : error.message() + QLatin1Char(' ') + error.advice(), true);
        });
}

void SchemaField::cancelFetch()
{
    ++m_asked;
    m_running.cancel();
    showFetching(false);
}

bool SchemaField::isFetching() const
{
    return m_busy->isVisibleTo(this);
}

void SchemaField::showFetching(bool on)
{
    m_address->setVisible(!on);
    m_get->setVisible(!on);
    m_busy->setVisible(on);
    m_cancel->setVisible(on);
}

} // namespace sluice::ui
