#include "sluice/shell/local_servers_box.h"

#include "sluice/base/follow.h"
#include "sluice/session/session.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr qsizetype kMostModels = 200; ///< in a tooltip

QString titleOf(const local_servers::Server &server)
{
    if (server.product.isEmpty())
        return LocalServersBox::tr("OpenAI-compatible server");
    const QString name = server.version.isEmpty() ? server.product : QStringLiteral("%1 %2").arg(server.product, server.version);
    return server.certain ? name : LocalServersBox::tr("probably %1").arg(name);
}

QString modelsOf(const local_servers::Server &server)
{
    if (server.wantsKey)
        return LocalServersBox::tr("tells its models only with an API key");
    if (server.models.isEmpty())
        return LocalServersBox::tr("no models yet");
    return LocalServersBox::tr("%n model(s): %1", nullptr, int(server.models.size())).arg(server.models.join(QStringLiteral(", ")));
}

QString portsOf(const local_servers::Found &found)
{
    QStringList ports;
    for (const quint16 port : found.asked)
        ports.append(QString::number(port));
    return ports.join(QStringLiteral(", "));
}

} // namespace

LocalServersBox::LocalServersBox(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_open(new QPushButton(Theme::icon(QStringLiteral("search")), tr("&Add a backend on this machine…")))
    , m_progress(new QProgressBar)
    , m_words(new QLabel)
    , m_rows(new QVBoxLayout)
    , m_message(new InlineMessage)
{
    m_open->setToolTip(tr("Asks the usual ports of this machine, and no other, for Ollama, LM Studio, llama.cpp, vLLM, Jan and GPT4All"));
    m_open->setAccessibleName(tr("Add a backend on this machine"));
    m_open->setAutoDefault(false);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(space::Half);
    m_progress->setAccessibleName(tr("Searching"));
    m_progress->hide();
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_words, Theme::Role::Muted);
    m_words->hide();
    m_message->hide();
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(space::One);
    auto *line = new QHBoxLayout;
    line->addWidget(m_open);
    line->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::One);
    layout->addLayout(line);
    layout->addWidget(m_progress);
    layout->addWidget(m_message);
    layout->addLayout(m_rows);
    layout->addWidget(m_words);
    connect(m_open, &QPushButton::clicked, this, &LocalServersBox::search); // once at a time; it keeps the keyboard meanwhile
    setFocusProxy(m_open);
}

LocalServersBox::~LocalServersBox()
{
    m_search.cancel();
}

void LocalServersBox::search()
{
    if (m_state == State::Searching)
        return;
    clearRows();
    m_message->clear();
    setState(State::Searching, tr("Asking this machine's ports…"));
    m_search = m_session.findLocalServers();
    follow(
        m_search, this, [this](const local_servers::Found &found) { show(found); },
        [this](const Error &error) {
            setState(State::Failed, {});
            m_message->showError(error);
            Q_EMIT resized();
        });
}

void LocalServersBox::show(const local_servers::Found &found)
{
    m_found = found;
    clearRows();
    for (const local_servers::Server &server : found.servers)
        m_rows->addWidget(makeRow(server));
    QStringList words;
    if (found.servers.isEmpty())
        words.append(tr("No server of language models answers on this machine. Start one, for example Ollama, and search again. Asked were the ports %1.").arg(portsOf(found)));
    for (const Error &other : found.others)
        words.append(other.message());
    setState(found.servers.isEmpty() ? State::Nothing : State::Found, words.join(QLatin1Char('\n')));
}

void LocalServersBox::setState(State state, const QString &words)
{
    m_state = state;
    const bool searching = state == State::Searching;
    if (state != State::Searching)
        m_open->setText(tr("&Search again"));
    m_open->setAccessibleName(QString(m_open->text()).remove(QLatin1Char('&')));
    m_progress->setVisible(searching);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    Q_EMIT resized();
}

void LocalServersBox::clearRows()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        // Later: the click that this follows may be one of its own.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

QWidget *LocalServersBox::makeRow(const local_servers::Server &server)
{
    auto *row = new QWidget;
    const QString title = titleOf(server);
    auto *name = new ElidedLabel(title);
    name->setCopyable(false);
    name->setElideMode(Qt::ElideRight);
    name->setFont(Theme::font(Theme::Type::BodyStrong13));
    auto *address = new ElidedLabel(server.baseUrl.toString());
    address->setMonospaced(true);
    address->setMuted(true);
    address->setSubject(tr("Address"));
    auto *models = new ElidedLabel(modelsOf(server));
    models->setCopyable(false);
    models->setMuted(true);
    models->setElideMode(Qt::ElideRight);
    models->setFont(Theme::font(Theme::Type::Small11));
    if (!server.models.isEmpty())
        models->setToolTip(toolTipText(server.models.mid(0, kMostModels).join(QLatin1Char('\n'))));
    const bool added = server.baseUrl.toString() == m_added;
    auto *add = new QPushButton(added ? tr("Added") : tr("Add"));
    add->setIcon(Theme::icon(added ? QStringLiteral("check") : QStringLiteral("plus")));
    add->setAutoDefault(false);
    add->setEnabled(!added && !server.isSluice);
    add->setAccessibleName(added ? tr("%1 is added").arg(title) : tr("Add %1").arg(title));
    if (server.isSluice)
        add->setToolTip(tr("This is an endpoint of Sluice itself: through it, calls would go in a circle."));
    connect(add, &QPushButton::clicked, this, [this, server] { Q_EMIT chosen(server); });
    auto *first = new QHBoxLayout;
    first->setSpacing(space::One);
    first->addWidget(name);
    first->addWidget(address, 1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::Half / 2);
    texts->addLayout(first);
    texts->addWidget(models);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Two);
    layout->addLayout(texts, 1);
    layout->addWidget(add);
    return row;
}

void LocalServersBox::setAdded(const QString &baseUrl)
{
    if (m_added == baseUrl)
        return;
    m_added = baseUrl;
    if (m_state == State::Found)
        show(local_servers::Found(m_found));
}

} // namespace sluice::ui
