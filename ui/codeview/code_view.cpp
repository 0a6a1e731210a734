#include "sluice/codeview/code_view.h"

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
{
    setAccessibleName(tr("Code of the call"));
    showLanguagesOf(m_backend);
    connect(m_states, &StateView::actionTriggered, this, [this] { setLanguage(m_offered); });
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
    auto *code = new QWidget;
    auto *column = new QVBoxLayout(code);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor, 1);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_needs);
    words->addWidget(m_environment);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::One, 0, space::One, 0);
    foot->setSpacing(space::One);
    foot->addLayout(words, 1);
    foot->addWidget(m_copyEnvironment);
    column->addLayout(foot);
    m_states->setContent(code);
    layout->addWidget(header);
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);
    generate();
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
    return m_snippet.text.isEmpty() ? QString() : environmentLines(m_snippet, m_values);
}

void CodeView::choose(const QString &id)
{
    const bool changed = m_chosen != id;
    m_chosen = id;
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
    m_context = context;
    m_later->start();
}

void CodeView::setEnlarged(bool on)
{
    m_enlarge->setChecked(on);
}

void CodeView::generate()
{
    m_later->stop();
    if (!m_context) {
        showProblem(tr("No call yet"), tr("Pick a capability: the code of its call appears here, in each language."));
        return;
    }
    const SnippetGenerator *generator = snippetGenerator(language());
    const Expected<Snippet> snippet
        = generator ? makeSnippet(*generator, *m_context) : unexpected(Error(Error::Kind::NotRouted, QString()));
    if (snippet) {
        showSnippet(*snippet);
    } else if (!generator) {
        showProblem(tr("No code for this backend"),
            tr("There is no language in which calls to “%1” are written here. sluicectl makes them: sluicectl run %2 --input …")
                .arg(backends::title(m_context->call.backend), m_context->call.capability));
    } else if (snippet.error().kind() == Error::Kind::NotRouted) {
        m_offered = languageThatRuns(*m_context);
        showProblem(tr("Not in this language"), snippet.error().message(),
            m_offered.isEmpty() ? QString() : tr("Show it in %1").arg(tabText(*snippetGenerator(m_offered))));
    } else {
        showProblem(tr("No code"), tr("What stands in the way is said above."));
        m_message->showError(snippet.error());
    }
    m_copy->setContent(m_snippet.text);
    m_copyEnvironment->setEnabled(!m_snippet.text.isEmpty());
    m_save->setEnabled(!m_snippet.text.isEmpty());
}

void CodeView::showSnippet(const Snippet &snippet)
{
    m_snippet = snippet;
    m_message->clear();
    m_editor->setCode(snippet.text, snippet.language);
    m_states->showContent();
    showNeeds(snippet);
}

void CodeView::showNeeds(const Snippet &snippet)
{
    const SnippetNeeds needs = snippetNeeds(language(), *m_context);
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
    // Addresses in full: they are what one would otherwise have to look for. Values of secrets are in nothing that is shown.
    QStringList names;
    QStringList meanings;
    for (const SnippetVariable &variable : snippet.environment) {
        names << (variable.suggestion.isEmpty() ? variable.name : QStringLiteral("%1=%2").arg(variable.name, variable.suggestion));
        meanings << QStringLiteral("%1: %2").arg(variable.name, variable.meaning);
    }
    m_environment->setText(names.isEmpty() ? QString() : tr("Reads from the environment: %1").arg(names.join(QStringLiteral(", "))));
    m_environment->setToolTip(m_environment->text() + QLatin1Char('\n') + meanings.join(QLatin1Char('\n')));
}

void CodeView::showProblem(const QString &title, const QString &text, const QString &action)
{
    m_snippet = {};
    m_message->clear();
    m_editor->setCode({}, {});
    m_needs->setText({});
    m_environment->setText({});
    m_states->showEmpty(QStringLiteral("code"), title, text, action);
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
