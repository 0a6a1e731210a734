#include "sluice/endpointview/endpoint_lines.h"

#include "sluice/session/endpoint_host.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

const QString kMask = QString(12, QChar(0x2022));

QWidget *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    return row;
}

} // namespace

QString EndpointLines::environment(Shell shell, const QString &baseUrl, const QString &key)
{
    if (shell == Shell::PowerShell)
        return QStringLiteral("$env:OPENAI_BASE_URL = \"%1\"\n$env:OPENAI_API_KEY = \"%2\"").arg(baseUrl, key);
    return QStringLiteral("export OPENAI_BASE_URL=\"%1\"\nexport OPENAI_API_KEY=\"%2\"").arg(baseUrl, key);
}

EndpointLines::EndpointLines(EndpointHost &host, QWidget *parent)
    : QWidget(parent)
    , m_host(host)
    , m_address(new ElidedLabel)
    , m_copyAddress(new CopyButton)
    , m_port(new QSpinBox)
    , m_key(new QLineEdit)
    , m_show(new QToolButton)
    , m_copyKey(new CopyButton)
    , m_renew(new QToolButton)
    , m_keyNote(new QLabel)
    , m_shell(new QComboBox)
    , m_lines(new QPlainTextEdit)
    , m_copyLines(new CopyButton)
{
    makeRows();
    connect(&m_host, &EndpointHost::stateChanged, this, &EndpointLines::showState);
    connect(&m_host, &EndpointHost::keyChanged, this, &EndpointLines::showState);
    connect(&m_host.endpoint(), &LocalEndpoint::callBegan, this, &EndpointLines::showState);
    connect(&m_host.endpoint(), &LocalEndpoint::callChanged, this, [this] {
        if (!m_renew->isEnabled() && m_host.endpoint().running() == 0)
            showState();
    });
    showState();
}

void EndpointLines::makeRows()
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::Two);
    grid->setVerticalSpacing(space::One);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString &title, QWidget *buddy, QWidget *row) {
        auto *label = new QLabel(title);
        label->setBuddy(buddy);
        const int at = grid->rowCount();
        grid->addWidget(label, at, 0, Qt::AlignLeft | Qt::AlignTop);
        label->setMinimumHeight(space::Control);
        grid->addWidget(row, at, 1);
    };
    add(tr("A&ddress"), m_address, addressRow());
    add(tr("API &key"), m_key, keyRow());
    add(tr("&Environment"), m_shell, linesRow());
}

QWidget *EndpointLines::addressRow()
{
    m_address->setMonospaced(true);
    m_address->setSubject(tr("Address"));
    m_address->setFocusPolicy(Qt::TabFocus);
    m_copyAddress->setSubject(tr("the address"));
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("a free one"));
    m_port->setValue(m_host.port());
    m_port->setAccessibleName(tr("Port"));
    m_port->setToolTip(tr("The port at the next start. A free one stays the same from start to start as long as nobody else takes it."));
    m_port->setMinimumWidth(m_port->fontMetrics().horizontalAdvance(tr("a free one")) + 6 * space::One);
    connect(m_port, &QSpinBox::valueChanged, this, [this](int port) { m_host.setPort(quint16(port)); });
    auto *label = new QLabel(tr("&Port"));
    label->setBuddy(m_port);
    QWidget *row = rowOf({m_address, m_copyAddress, label, m_port});
    static_cast<QHBoxLayout *>(row->layout())->setStretch(0, 1);
    return row;
}

QWidget *EndpointLines::keyRow()
{
    m_key->setReadOnly(true);
    m_key->setAccessibleName(tr("API key"));
    m_key->setFont(Theme::font(Theme::Type::MonoSmall));
    m_show->setCheckable(true);
    m_show->setAutoRaise(true);
    m_show->setAccessibleName(tr("Show the key"));
    m_show->setToolTip(tr("Show the key"));
    connect(m_show, &QToolButton::toggled, this, &EndpointLines::showKey);
    m_copyKey->setSubject(tr("the API key"));
    m_copyKey->setSource([this] { return keyText(); });
    m_renew->setIcon(Theme::icon(QStringLiteral("refresh-cw")));
    m_renew->setAutoRaise(true);
    m_renew->setAccessibleName(tr("Make a new key"));
    connect(m_renew, &QToolButton::clicked, &m_host, &EndpointHost::renewKey);
    m_keyNote->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_keyNote, Theme::Role::Warning);
    m_keyNote->setWordWrap(true);
    auto *both = new QWidget;
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    QWidget *row = rowOf({m_key, m_show, m_copyKey, m_renew});
    static_cast<QHBoxLayout *>(row->layout())->setStretch(0, 1);
    layout->addWidget(row);
    layout->addWidget(m_keyNote);
    return both;
}

QWidget *EndpointLines::linesRow()
{
    m_shell->addItem(QStringLiteral("bash"), int(Shell::Posix));
    m_shell->addItem(QStringLiteral("PowerShell"), int(Shell::PowerShell));
    m_shell->setAccessibleName(tr("Shell"));
    connect(m_shell, &QComboBox::currentIndexChanged, this, &EndpointLines::showKey);
    m_lines->setReadOnly(true);
    m_lines->setFont(Theme::font(Theme::Type::MonoSmall));
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_lines->setTabChangesFocus(true);
    m_lines->setAccessibleName(tr("Lines for the shell"));
    m_lines->setFixedHeight(2 * QFontMetrics(m_lines->font()).lineSpacing() + 2 * space::One + 2);
    m_copyLines->setSubject(tr("both lines"));
    m_copyLines->setSource([this] { return lines(keyText()) + QLatin1Char('\n'); });
    QWidget *row = rowOf({m_shell, m_lines, m_copyLines});
    auto *layout = static_cast<QHBoxLayout *>(row->layout());
    layout->setStretch(1, 1);
    layout->setAlignment(m_shell, Qt::AlignTop);
    layout->setAlignment(m_copyLines, Qt::AlignTop);
    return row;
}

void EndpointLines::focusPort()
{
    m_port->setFocus(Qt::OtherFocusReason);
    m_port->selectAll();
}

QString EndpointLines::keyText() const
{
    return QString::fromUtf8(m_host.key().expose().toByteArray());
}

QString EndpointLines::lines(const QString &key) const
{
    const QString address = m_host.isRunning() ? m_host.endpoint().baseUrl().toString() : QStringLiteral("http://127.0.0.1:%1/v1").arg(m_host.port() == 0 ? tr("PORT") : QString::number(m_host.port()));
    return environment(Shell(m_shell->currentData().toInt()), address, key);
}

void EndpointLines::showState()
{
    const bool running = m_host.isRunning();
    m_address->setText(running ? m_host.endpoint().baseUrl().toString() : tr("not started"));
    m_address->setCopyable(running);
    m_address->setMuted(!running);
    m_copyAddress->setContent(running ? m_host.endpoint().baseUrl().toString() : QString());
    m_copyLines->setEnabled(running && !m_host.key().isEmpty());
    m_copyKey->setEnabled(!m_host.key().isEmpty());
    m_show->setEnabled(!m_host.key().isEmpty());
    const bool busy = m_host.endpoint().running() > 0;
    m_renew->setEnabled(!busy);
    m_renew->setToolTip(busy ? tr("A new key would end the calls that run: wait for them, or stop the endpoint.") : tr("Make a new key; the old one opens nothing from then on"));
    m_keyNote->setText(tr("There is no keychain to keep it: the key is for this run only."));
    m_keyNote->setVisible(!m_host.key().isEmpty() && !m_host.keyPersists());
    showKey();
}

void EndpointLines::showKey()
{
    const bool shown = m_show->isChecked();
    m_show->setIcon(Theme::icon(shown ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    m_show->setToolTip(shown ? tr("Hide the key") : tr("Show the key"));
    const QString key = m_host.key().isEmpty() ? QString() : shown ? keyText() : kMask;
    m_key->setText(key);
    m_key->setCursorPosition(0);
    m_lines->setPlainText(lines(key));
}

} // namespace sluice::ui
