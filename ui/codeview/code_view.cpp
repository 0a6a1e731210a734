#include "sluice/codeview/code_view.h"

#include "sluice/base/follow.h"
#include "sluice/codeview/code_editor.h"
#include "sluice/gateway/backends.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QTimer>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
// Shorter than a keystroke and longer than a burst of changes from one of them.
constexpr auto kDelay = std::chrono::milliseconds(50);

bool writeFile(const QString &path, const QByteArray &content, QString *problem)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (!written)
        *problem = file.errorString();
    return written;
}

/// What stands on the tab; the whole title is its tooltip.
QString tabText(const SnippetGenerator &generator)
{
    const QString id = generator.id();
    if (id == QStringLiteral("python"))
        return QStringLiteral("Python");
    if (id == QStringLiteral("python-v1"))
        return CodeView::tr("Python v1 preview");
    if (id == QStringLiteral("javascript"))
        return QStringLiteral("JavaScript");
    if (id == QStringLiteral("fetch"))
        return QStringLiteral("fetch");
    if (id == QStringLiteral("cpp"))
        return QStringLiteral("C++");
    return generator.title();
}
} // namespace

CodeView::CodeView(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar)
    , m_states(new StateView)
    , m_editor(new CodeEditor)
    , m_message(new InlineMessage)
    , m_needs(new ElidedLabel)
    , m_environment(new ElidedLabel)
    , m_copyEnvironment(new CopyButton)
    , m_copy(new CopyButton)
    , m_save(new QToolButton)
    , m_enlarge(new QToolButton)
    , m_later(new QTimer(this))
    , m_pane(new RunPane)
    , m_run(new QToolButton)
{
    setAccessibleName(tr("Code of the call"));
    showLanguagesOf(m_backend);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Language"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this] { choose(language()); });
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) {
        if (tab == m_tabs->currentIndex())
            choose(language());
    });

    m_copy->setSubject(tr("code"));
    m_save->setIcon(Theme::icon(QStringLiteral("save")));
    m_save->setAutoRaise(true);
    m_save->setAccessibleName(tr("Save the code"));
    m_save->setToolTip(tr("Save the code as a file…"));
    connect(m_save, &QToolButton::clicked, this, &CodeView::save);
    m_enlarge->setIcon(Theme::icon(QStringLiteral("maximize")));
    m_enlarge->setAutoRaise(true);
    m_enlarge->setCheckable(true);
    m_enlarge->setAccessibleName(tr("Enlarge the code"));
    m_enlarge->setToolTip(tr("More room for the code (Ctrl+E)"));
    connect(m_enlarge, &QToolButton::toggled, this, &CodeView::enlargeRequested);
    for (ElidedLabel *line : {m_needs, m_environment}) {
        line->setFont(Theme::font(Theme::Type::Small11));
        line->setMuted(true);
        line->setCopyable(false);
        line->setElideMode(Qt::ElideRight);
    }
    m_copyEnvironment->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copyEnvironment->setText(tr("Copy environment"));
    m_copyEnvironment->setSubject(tr("environment"));
    m_copyEnvironment->setObjectName(QStringLiteral("copyEnvironment"));
    m_copyEnvironment->setSource([this] { return environment(); });
    m_message->setClosable(false);
    m_message->hide();
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        if (m_asks)
            start();
        else
            setLanguage(m_shown);
    });
    makeRunButton();
    m_later->setSingleShot(true);
    m_later->setInterval(kDelay);
    connect(m_later, &QTimer::timeout, this, &CodeView::generate);

    auto *header = new SectionHeader(tr("Code"));
    header->setMinimumHeight(space::Four + space::Half);
    header->addLeading(m_tabs);
    header->addTrailing(m_copy);
    header->addTrailing(m_save);
    header->addTrailing(m_enlarge);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_states->setContent(makeCode());
    layout->addWidget(header);
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);
    generate();
}

QWidget *CodeView::makeCode()
{
    auto *code = new QWidget;
    auto *column = new QVBoxLayout(code);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_environment);
    words->addWidget(m_needs);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::One, 0, space::One, 0);
    head->setSpacing(space::One);
    head->addLayout(words, 1);
    head->addWidget(m_run); // here, since the languages need the header's room
    head->addWidget(m_copyEnvironment);
    column->addLayout(head);
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setHandleWidth(1);
    sides->setChildrenCollapsible(false);
    sides->addWidget(m_editor);
    sides->addWidget(m_pane);
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    m_pane->hide();
    connect(m_pane, &RunPane::runningChanged, this, &CodeView::updateRun);
    connect(m_pane, &RunPane::closeRequested, this, [this] {
        m_pane->hide();
        updateRun();
    });
    column->addWidget(sides, 1);
    return code;
}

void CodeView::makeRunButton()
{
    m_run->setIcon(Theme::icon(QStringLiteral("play")));
    m_run->setText(tr("Run it here"));
    m_run->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_run->setAutoRaise(true);
    m_run->setObjectName(QStringLiteral("runHere"));
    m_run->setAccessibleName(tr("Run the code here"));
    connect(m_run, &QToolButton::clicked, this, &CodeView::runHere);
}

QString CodeView::language() const
{
    return m_tabs->tabData(m_tabs->currentIndex()).toString();
}

QString CodeView::chosenLanguage() const
{
    return m_chosen;
}

void CodeView::setLanguage(const QString &id)
{
    if (!snippetGenerator(id))
        return;
    bringToFront(id);
    choose(id);
}

void CodeView::showLanguagesOf(const QString &backend)
{
    m_backend = backend;
    const QString front = m_chosen.isEmpty() ? language() : m_chosen;
    const QSignalBlocker quiet(m_tabs);
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const SnippetGenerator *language : offeredLanguages(backend)) {
        const int tab = m_tabs->addTab(tabText(*language));
        m_tabs->setTabData(tab, language->id());
        m_tabs->setTabToolTip(tab, language->title());
    }
    bringToFront(front);
}

bool CodeView::copyNow()
{
    m_later->stop();
    generate();
    if (code().isEmpty())
        return false;
    QGuiApplication::clipboard()->setText(code());
    return true;
}

void CodeView::setEnvironmentValues(EnvironmentValues values)
{
    m_values = std::move(values);
    generate();
}

QString CodeView::environment() const
{
    return m_snippet.text.isEmpty() ? QString() : environmentLines(m_snippet, valuesHere());
}

EnvironmentValues CodeView::valuesHere() const
{
    const bool sandbox = m_context && m_context->profile.local;
    if (!sandbox)
        return {};
    return m_values ? m_values : [](const QString &) { return QString(); };
}

void CodeView::setOwnAnswer(const OwnAnswer &answer)
{
    m_pane->setOwnAnswer(answer);
}

void CodeView::choose(const QString &id)
{
    const bool changed = m_chosen != id;
    m_chosen = id;
    m_need.reset(); // what was missing may have been installed since
    generate();
    if (changed)
        Q_EMIT languageChanged(id);
}

void CodeView::bringToFront(const QString &id)
{
    const QSignalBlocker quiet(m_tabs);
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->tabData(i).toString() == id)
            m_tabs->setCurrentIndex(i);
    }
}

QString CodeView::code() const
{
    return m_snippet.text;
}

bool CodeView::isPending() const
{
    return m_later->isActive();
}

void CodeView::setContext(const SnippetContext &context)
{
    const bool other = m_backend != context.call.backend;
    if (other)
        showLanguagesOf(context.call.backend);
    // Nobody has chosen yet, or one that this backend has not: the view opens in a language that runs here.
    const bool chosen = !m_chosen.isEmpty() && language() == m_chosen;
    if ((!m_context || other) && !chosen) {
        if (const QString runs = languageThatRuns(context); !runs.isEmpty())
            bringToFront(runs);
    }
    // What runs goes on; what has ended belongs to the call that was in front.
    if (m_context && m_context->call.id() != context.call.id()) {
        m_pane->setComparable(false);
        m_pane->setVisible(m_pane->isRunning());
    }
    m_context = context;
    m_later->start();
}

void CodeView::setNoCall()
{
    if (!m_context)
        return;
    m_context.reset();
    m_pane->setComparable(false);
    m_pane->setVisible(m_pane->isRunning());
    m_later->start();
}

void CodeView::setEnlarged(bool on)
{
    m_enlarge->setChecked(on);
}

void CodeView::generate()
{
    m_later->stop();
    m_asks = false;
    if (!m_context) {
        showProblem(tr("No call yet"), tr("Pick a capability: the code of its call appears here, in each language."));
        return;
    }
    const SnippetGenerator *generator = snippetGenerator(language());
    const Expected<Snippet> snippet
        = generator ? makeSnippet(*generator, *m_context) : unexpected(Error(Error::Kind::NotRouted, QString()));
    if (snippet) {
        m_message->clear();
        showSnippet(*snippet, language());
    } else if (!generator) {
        showProblem(tr("No code for this backend"),
            tr("There is no language in which calls to “%1” are written here. sluicectl makes them: sluicectl run %2 --input …")
                .arg(backends::title(m_context->call.backend), m_context->call.capability));
    } else if (snippet.error().kind() == Error::Kind::NotRouted) {
        showInstead(snippet.error());
    } else {
        showProblem(tr("No code"), tr("What stands in the way is said above."));
        m_message->showError(snippet.error());
    }
}

void CodeView::showInstead(const Error &reason)
{
    const QString other = languageThatRuns(*m_context);
    const SnippetGenerator *generator = other.isEmpty() ? nullptr : snippetGenerator(other);
    const Expected<Snippet> snippet = generator ? makeSnippet(*generator, *m_context) : unexpected(reason);
    if (!snippet) {
        showProblem(tr("Not in this language"), reason.message());
        if (generator)
            m_message->showError(snippet.error());
        return;
    }
    const SnippetGenerator *front = snippetGenerator(language());
    const QString why = front ? whyNoSnippet(*front, *m_context) : QString();
    m_message->showMessage(InlineMessage::Severity::Info, tr("%1 Below is the same call in %2.").arg(why.isEmpty() ? reason.message() : why, tabText(*generator)));
    m_message->setAction(tr("Show it in %1").arg(tabText(*generator)));
    showSnippet(*snippet, other);
}

void CodeView::showSnippet(const Snippet &snippet, const QString &language)
{
    m_snippet = snippet;
    m_shown = language;
    m_editor->setCode(snippet.text, snippet.language);
    m_states->showContent();
    showNeeds(snippet);
    showEnvironment(snippet);
    m_copy->setContent(m_snippet.text);
    m_copyEnvironment->setEnabled(true);
    m_save->setEnabled(true);
    lookForProgram();
}

void CodeView::showNeeds(const Snippet &snippet)
{
    const SnippetNeeds needs = snippetNeeds(m_shown, *m_context);
    QStringList facts;
    if (!needs.whyNotHere.isEmpty())
        facts << needs.whyNotHere;
    if (!needs.tools.isEmpty())
        facts << tr("Needs %1.").arg(needs.tools);
    if (!snippet.run.isEmpty())
        facts << tr("Run: %1").arg(snippet.run);
    m_needs->setText(facts.join(QStringLiteral("  ")));
    Theme::setTextRole(m_needs, needs.whyNotHere.isEmpty() ? Theme::Role::Muted : Theme::Role::Warning);
    m_needs->setToolTip(snippet.install.isEmpty() ? facts.join(QLatin1Char('\n'))
                                                  : facts.join(QLatin1Char('\n')) + QLatin1Char('\n') + tr("Install: %1").arg(snippet.install));
}

void CodeView::showEnvironment(const Snippet &snippet)
{
    // A sandbox's addresses in full: they are what one would otherwise have to look for. Values of secrets are in nothing that is shown.
    const bool sandbox = m_context->profile.local;
    QStringList names;
    QStringList meanings;
    for (const SnippetVariable &variable : snippet.environment) {
        names << (sandbox && !variable.suggestion.isEmpty() ? QStringLiteral("%1=%2").arg(variable.name, variable.suggestion) : variable.name);
        meanings << QStringLiteral("%1: %2").arg(variable.name, variable.meaning);
    }
    const QString listed = names.join(QStringLiteral(", "));
    m_environment->setText(names.isEmpty() ? tr("Reads nothing from the environment.")
                               : sandbox   ? tr("Set first, copied with the sandbox's own values: %1").arg(listed)
                                           : tr("Set first, for “%1” with values of your own: %2").arg(m_context->profile.name, listed));
    m_environment->setToolTip(m_environment->text() + QLatin1Char('\n') + meanings.join(QLatin1Char('\n')));
}

void CodeView::showProblem(const QString &title, const QString &text)
{
    m_snippet = {};
    m_shown.clear();
    m_message->clear();
    m_editor->setCode({}, {});
    m_needs->setText({});
    m_environment->setText({});
    m_states->showEmpty(QStringLiteral("code"), title, text);
    m_copy->setContent({});
    m_copyEnvironment->setEnabled(false);
    m_save->setEnabled(false);
    m_need.reset();
    updateRun();
}

void CodeView::lookForProgram()
{
    const programs::Need need = runNeed(m_shown, *m_context);
    if (m_need == need) {
        updateRun();
        return;
    }
    m_need = need;
    m_found.reset();
    updateRun();
    follow(
        programs::find(need), this,
        [this, need](const programs::Found &found) {
            if (m_need != need)
                return; // another language since
            m_found = found;
            updateRun();
        },
        [this, need](const Error &error) {
            if (m_need == need)
                m_found = error;
            updateRun();
        });
}

void CodeView::updateRun()
{
    QString why;
    if (m_snippet.text.isEmpty()) {
        why = tr("There is no code to run.");
    } else if (const QString notHere = snippetNeeds(m_shown, *m_context).whyNotHere; !notHere.isEmpty()) {
        why = notHere;
    } else if (!m_found) {
        why = tr("Looking for what runs it…");
    } else if (const auto *error = std::get_if<Error>(&*m_found)) {
        why = error->advice().isEmpty() ? error->message() : error->message() + QLatin1Char('\n') + error->advice();
    } else if (const QStringList missing = snippetEnvironment(m_snippet, valuesHere()).missing; !missing.isEmpty()) {
        why = tr("Start Sluice with %1 in its environment: nothing is taken from the keychain for code.").arg(missing.join(QStringLiteral(", ")));
    } else if (m_pane->isRunning()) {
        why = tr("It runs already.");
    }
    m_run->setEnabled(why.isEmpty());
    m_run->setToolTip(why.isEmpty() ? tr("Run the code as a program of its own, with this environment, and see what it prints") : why);
    m_run->setAccessibleDescription(m_run->toolTip());
}

void CodeView::runHere()
{
    // The code of this moment, not of the last pause.
    if (isPending())
        generate();
    updateRun();
    if (!m_run->isEnabled())
        return;
    if (m_context->profile.local) {
        start();
        return;
    }
    m_asks = true;
    m_message->showMessage(InlineMessage::Severity::Warning,
        tr("“%1” is no sandbox: the code makes the call there, and whoever pays for it pays.").arg(m_context->profile.name));
    m_message->setAction(tr("Run it all the same"));
}

void CodeView::start()
{
    if (m_asks) {
        m_asks = false;
        m_message->clear();
    }
    const auto *interpreter = m_found ? std::get_if<programs::Interpreter>(&*m_found) : nullptr;
    if (!interpreter || m_snippet.text.isEmpty())
        return;
    programs::Code code;
    code.fileName = m_snippet.fileName;
    code.text = m_snippet.text.toUtf8();
    for (const SnippetFile &file : std::as_const(m_snippet.files))
        code.files.append({file.name, file.content});
    code.environment = snippetEnvironment(m_snippet, valuesHere()).variables;
    m_pane->show();
    m_pane->setComparable(true);
    m_pane->run(*interpreter, code);
}

void CodeView::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the code"), m_snippet.fileName);
    if (path.isEmpty())
        return;
    QString problem;
    bool written = writeFile(path, m_snippet.text.toUtf8(), &problem);
    for (const SnippetFile &file : std::as_const(m_snippet.files))
        written = written && writeFile(QFileInfo(path).dir().filePath(file.name), file.content, &problem);
    if (!written)
        m_message->showMessage(InlineMessage::Severity::Error, tr("Could not write %1: %2").arg(path, problem));
}

} // namespace sluice::ui
