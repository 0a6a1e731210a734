#include "sluice/shell/side_by_side_page.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/gateway/past_run.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/sidebyside/conversation_column.h"
#include "sluice/sidebyside/side_by_side_view.h"

#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

const QString kChosen = QStringLiteral("sidebyside/chosen"); // a list of backend, name and model for each column

QList<CapabilityId> remembered()
{
    QList<CapabilityId> ids;
    for (const QVariant &one : QSettings(MainWindow::settingsPath(), QSettings::IniFormat).value(kChosen).toList()) {
        const QStringList parts = one.toStringList();
        if (parts.size() == 3 && !parts[1].isEmpty() && ids.size() < SideBySideView::Most)
            ids.append({parts[0], parts[1], parts[2]});
    }
    return ids;
}

QString textOf(const Json &message)
{
    const Json content = message.value(QStringLiteral("content"));
    return content.isString() ? content.toString() : QString();
}

} // namespace

SideBySidePage::SideBySidePage(Session &session, QWidget *parent)
    : WorkbenchPage(session, {}, parent)
    , m_view(new SideBySideView(session))
{
    setAccessibleName(m_view->accessibleName());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    if (const QList<CapabilityId> ids = remembered(); !ids.isEmpty())
        m_view->setChosen(ids);
    const auto takeFront = [this] {
        updateCapability(m_view->current().capability().value_or(CapabilityInfo()));
        Q_EMIT frontChanged();
    };
    connect(m_view, &SideBySideView::currentChanged, this, takeFront);
    connect(m_view, &SideBySideView::callChanged, this, &WorkbenchPage::callChanged);
    connect(m_view, &SideBySideView::busyChanged, this, &WorkbenchPage::runningChanged);
    connect(m_view, &SideBySideView::chosenChanged, this, &SideBySidePage::remember);
    connect(m_view, &SideBySideView::codeRequested, this, [this] { Q_EMIT codeRequested(); });
    connect(m_view, &SideBySideView::tabRequested, this, [this](const ConversationColumn *column) {
        if (column->capability())
            Q_EMIT tabRequested(column->run() ? column->run()->call() : column->call(), column->conversation());
    });
    takeFront();
}

Call SideBySidePage::call() const
{
    return m_view->current().call();
}

void SideBySidePage::load(const Call &call)
{
    QString question;
    for (const Json &message : call.input.value(QStringLiteral("messages")).items()) {
        const QString role = message.value(QStringLiteral("role")).toString();
        if (role == QLatin1String("system"))
            m_view->instructions().setPlainText(textOf(message));
        else if (role == QLatin1String("user"))
            question = textOf(message);
    }
    if (!question.isEmpty())
        m_view->composer().setText(question);
}

void SideBySidePage::showPast(const PastRun &past)
{
    load(past.call);
}

void SideBySidePage::run()
{
    m_view->send();
}

void SideBySidePage::stop()
{
    m_view->stopAll();
}

bool SideBySidePage::isRunning() const
{
    return m_view->isBusy();
}

RunController *SideBySidePage::currentRun() const
{
    return m_view->current().run();
}

void SideBySidePage::compareWith(const CapabilityId &first)
{
    QList<CapabilityId> ids = m_view->chosen();
    ids.removeOne(first);
    ids.prepend(first);
    m_view->setChosen(ids.mid(0, std::max<qsizetype>(m_view->columns().size(), SideBySideView::Fewest)));
    m_view->columns().at(1)->chooser().setFocus(Qt::OtherFocusReason);
}

void SideBySidePage::showFailure(const Error &)
{
    // Each column says what went wrong in it; there is no call of the page itself.
}

void SideBySidePage::remember() const
{
    QVariantList chosen;
    for (const CapabilityId &id : m_view->chosen())
        chosen.append(QStringList{id.backend, id.name, id.model});
    QSettings(MainWindow::settingsPath(), QSettings::IniFormat).setValue(kChosen, chosen);
}

} // namespace sluice::ui
