// Which places of the window are seen: room for the workbench, which live video takes by itself, and what the Help menu opens.
#include "sluice/shell/main_window.h"

#include "sluice/codeview/code_view.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/places_splitter.h"
#include "sluice/shell/shortcut_sheet.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>

namespace sluice::ui {

namespace {
const QString kHidden = QStringLiteral("window/hidden"); // places that a person has put away
const QString kRoomForLive = QStringLiteral("window/roomForLive");
} // namespace

QAction *MainWindow::addCommand(QMenu *menu, const QString &text, const QKeySequence &keys, std::function<void(bool)> slot)
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    if (slot)
        connect(action, &QAction::triggered, this, std::move(slot));
    menu->addAction(action);
    return action;
}

void MainWindow::makePlaceActions(QMenu *view)
{
    const auto toggle = [&](const char *name, const QString &text, int key, QWidget *panel) {
        QAction *action = addCommand(view, text, QKeySequence(Qt::CTRL | Qt::Key(key)), {});
        action->setCheckable(true);
        action->setChecked(true);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::toggled, this, [this, panel](bool on) {
            panel->parentWidget()->setVisible(on);
            m_lower->setHidden(m_code->parentWidget()->isHidden() && m_history->parentWidget()->isHidden());
        });
        m_places.append(action);
    };
    toggle("capabilities", tr("Show &capabilities"), Qt::Key_1, m_picker);
    toggle("inspector", tr("Show &inspector"), Qt::Key_2, m_inspector);
    toggle("code", tr("Show co&de"), Qt::Key_3, m_code);
    toggle("history", tr("Show &history"), Qt::Key_4, m_history);
    QAction *showCode = m_places[2];
    m_enlargeCode = addCommand(view, tr("&Enlarge the code"), QKeySequence(Qt::CTRL | Qt::Key_E), {});
    m_enlargeCode->setCheckable(true);
    connect(m_enlargeCode, &QAction::toggled, this, [this, showCode](bool on) {
        m_upper->setHidden(on);
        if (on)
            showCode->setChecked(true);
        m_code->setEnlarged(on);
    });
    connect(m_code, &CodeView::enlargeRequested, m_enlargeCode, &QAction::setChecked);
    m_room = addCommand(view, tr("&Room for the workbench"), QKeySequence(Qt::CTRL | Qt::Key_0), [this](bool on) {
        m_roomWithout = on ? nullptr : currentPage();
        m_roomByItself = false;
    });
    m_room->setCheckable(true);
    connect(m_room, &QAction::toggled, this, &MainWindow::setRoomy);
    m_roomForLive = addCommand(view, tr("Room while &video runs"), {}, [](bool on) { QSettings(settingsPath(), QSettings::IniFormat).setValue(kRoomForLive, on); });
    m_roomForLive->setCheckable(true);
    connect(m_roomForLive, &QAction::toggled, this, &MainWindow::updateRoom);
}

void MainWindow::restorePlaces()
{
    const QSettings settings(settingsPath(), QSettings::IniFormat);
    m_roomForLive->setChecked(settings.value(kRoomForLive, true).toBool());
    const QStringList hidden = settings.value(kHidden).toStringList();
    for (QAction *place : std::as_const(m_places))
        place->setChecked(!hidden.contains(place->objectName()));
}

void MainWindow::savePlaces() const
{
    // What is away only for the moment comes back.
    m_enlargeCode->setChecked(false);
    m_room->setChecked(false);
    QStringList hidden;
    for (const QAction *place : m_places) {
        if (!place->isChecked())
            hidden.append(place->objectName());
    }
    QSettings(settingsPath(), QSettings::IniFormat).setValue(kHidden, hidden);
}

void MainWindow::setRoomy(bool on)
{
    if (on) {
        m_enlargeCode->setChecked(false);
        m_putAway.clear();
        for (QAction *place : std::as_const(m_places)) {
            // The capabilities stay: they are how one goes on to the next.
            if (place == m_places.constFirst() || !place->isChecked())
                continue;
            m_putAway.append(place);
            place->setChecked(false);
        }
        return;
    }
    m_roomByItself = false;
    for (QAction *place : std::exchange(m_putAway, {}))
        place->setChecked(true);
}

void MainWindow::updateRoom()
{
    const auto *page = qobject_cast<LivePage *>(m_tabs->currentWidget());
    const bool live = page && page->isRunning() && !page->capability().live.raw;
    if (!live && m_roomWithout == page)
        m_roomWithout = nullptr; // the next job is another matter
    if (live && m_roomForLive->isChecked() && m_roomWithout != page) {
        if (!m_room->isChecked()) {
            m_room->setChecked(true);
            m_roomByItself = true;
        }
    } else if (m_roomByItself) {
        m_room->setChecked(false);
    }
}

void MainWindow::showFavourite()
{
    const std::optional<bool> favourite = m_picker->isFavourite();
    m_favourite->setText(favourite.value_or(false) ? tr("Remove from the &favourites") : tr("Add to the &favourites"));
    m_favourite->setEnabled(favourite.has_value());
}

void MainWindow::makeHelp()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *keys = addCommand(help, tr("&Keyboard…"), QKeySequence(Qt::Key_F1), [this](bool) {
        auto *sheet = new ShortcutSheet(ShortcutSheet::fromMenus(*menuBar()) + ShortcutSheet::ofPlaces(), this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    keys->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Slash)});
    addCommand(help, tr("Open the &data folder"), {},
        [](bool) { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(settingsPath()).absolutePath())); });
    help->addSeparator();
    addCommand(help, tr("&About Sluice"), {}, [this](bool) { showAbout(); })->setMenuRole(QAction::AboutRole);
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Sluice"));
    box->setIconPixmap(QApplication::windowIcon().pixmap(64, 64));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Sluice %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("A playground for the Livepeer network and its neighbours: the call you try is the call you ship.\n\n"
                               "Apache License 2.0. Built with Qt %1, running with Qt %2.\nRuns, settings and caches stand in %3.")
                                .arg(QStringLiteral(QT_VERSION_STR), QString::fromLatin1(qVersion()), QDir::toNativeSeparators(QFileInfo(settingsPath()).absolutePath())));
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->open();
}

} // namespace sluice::ui
