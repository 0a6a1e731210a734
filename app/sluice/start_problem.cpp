#include "start_problem.h"

#include "sluice/base/visible_text.h"
#include "sluice/backend/user_data.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <cstdio>

namespace sluice::ui {

namespace {
constexpr int kWidth = 560;
} // namespace

StartProblem::StartProblem(const Error &error, QString path, QWidget *parent)
    : QDialog(parent)
    , m_path(std::move(path))
    , m_message(new InlineMessage)
    , m_where(new QLabel)
{
    setWindowTitle(tr("Sluice cannot open its data"));
    setMinimumWidth(kWidth);
    auto *heading = new QLabel(tr("History and settings cannot be opened"));
    heading->setFont(Theme::font(Theme::Type::Heading15));
    auto *meaning = new QLabel(tr("Nothing was changed. You can use another folder for this start, go on without history (what you do is then "
                                  "forgotten when you quit), or put the file in order and try again."));
    meaning->setWordWrap(true);
    m_message->setClosable(false);
    m_message->showError(error);
    m_where->setTextFormat(Qt::PlainText);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_where->setWordWrap(true);
    m_where->setText(m_path);
    m_where->setAccessibleName(tr("The file: %1").arg(m_path));

    auto *again = new QPushButton(tr("&Try again"));
    auto *folder = new QPushButton(tr("&Use another folder…"));
    auto *without = new QPushButton(tr("Start &without history"));
    auto *show = new QPushButton(tr("&Show the file"));
    auto *quit = new QPushButton(tr("&Quit"));
    for (const auto &[button, name] : {std::pair(again, "again"), std::pair(folder, "folder"), std::pair(without, "without"), std::pair(show, "show"), std::pair(quit, "quit")}) {
        button->setObjectName(QLatin1String(name));
        button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    }
    again->setDefault(true);
    connect(again, &QPushButton::clicked, this, &StartProblem::tryAgain);
    connect(folder, &QPushButton::clicked, this, &StartProblem::chooseFolder);
    connect(without, &QPushButton::clicked, this, &StartProblem::startWithoutHistory);
    connect(show, &QPushButton::clicked, this, &StartProblem::showFile);
    connect(quit, &QPushButton::clicked, this, &QDialog::reject);

    auto *first = new QHBoxLayout;
    first->setSpacing(space::One);
    for (QPushButton *button : {folder, without, show})
        first->addWidget(button);
    first->addStretch(1);
    auto *second = new QHBoxLayout;
    second->setSpacing(space::One);
    second->addStretch(1);
    second->addWidget(quit);
    second->addWidget(again);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::Three, space::Three, space::Three, space::Three);
    layout->setSpacing(space::Two);
    layout->addWidget(heading);
    layout->addWidget(m_message);
    layout->addWidget(m_where);
    layout->addWidget(meaning);
    layout->addLayout(first);
    layout->addLayout(second);
}

StartProblem::~StartProblem() = default;

void StartProblem::open(const QString &path)
{
    const auto data = UserData::open(path);
    if (data) {
        m_data = *data;
        accept();
        return;
    }
    m_path = path;
    m_where->setText(path);
    m_message->showError(data.error());
}

void StartProblem::tryAgain()
{
    open(m_path);
}

void StartProblem::useFolder(const QString &folder)
{
    open(QDir(folder).filePath(QStringLiteral("sluice.sqlite")));
}

void StartProblem::startWithoutHistory()
{
    m_data = UserData::inMemory();
    accept();
}

void StartProblem::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder for history and settings"), QDir::homePath());
    if (!folder.isEmpty())
        useFolder(folder);
}

void StartProblem::showFile()
{
    // The nearest folder that is there: the file's own may be what is missing.
    QFileInfo folder(QFileInfo(m_path).absolutePath());
    while (!folder.isDir() && !folder.isRoot())
        folder = QFileInfo(folder.absolutePath());
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder.absoluteFilePath()));
}

std::shared_ptr<UserData> openUserDataOrAsk(const QString &path, const QString &picture)
{
    const auto data = UserData::open(path);
    if (data)
        return *data;
    // For a start from a terminal, too.
    std::fprintf(stderr, "%s\n", qUtf8Printable(visibleText(data.error().describe())));
    StartProblem problem(data.error(), path);
    if (!picture.isEmpty()) {
        QDir().mkpath(QFileInfo(picture).absolutePath());
        problem.adjustSize();
        problem.grab().save(picture);
        return nullptr;
    }
    // The main window comes after it, so that this one's end is not the program's.
    QApplication::setQuitOnLastWindowClosed(false);
    problem.exec();
    QApplication::setQuitOnLastWindowClosed(true);
    return problem.data();
}

} // namespace sluice::ui
