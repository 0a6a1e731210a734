#include "sluice/shell/shortcut_sheet.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

QString keysOf(const QAction &action)
{
    QStringList all;
    for (const QKeySequence &keys : action.shortcuts()) {
        if (!keys.isEmpty())
            all.append(keys.toString(QKeySequence::NativeText));
    }
    return all.join(QStringLiteral(", "));
}

// As menus write it, without the mark of its mnemonic.
QString plainText(QString text)
{
    text.replace(QStringLiteral("&&"), QStringLiteral("\x1f"));
    text.remove(QLatin1Char('&'));
    return text.replace(QLatin1Char('\x1f'), QLatin1Char('&'));
}

QString native(const char *keys)
{
    return QKeySequence(QLatin1String(keys)).toString(QKeySequence::NativeText);
}

} // namespace

QList<ShortcutSheet::Group> ShortcutSheet::fromMenus(const QWidget &menuBar)
{
    QList<Group> groups;
    for (const QAction *menu : menuBar.actions()) {
        if (!menu->menu())
            continue;
        Group group{plainText(menu->text()), {}};
        for (const QAction *action : menu->menu()->actions()) {
            if (const QString keys = keysOf(*action); !keys.isEmpty())
                group.keys.append({plainText(action->text()), keys});
        }
        if (!group.keys.isEmpty())
            groups.append(group);
    }
    return groups;
}

QList<ShortcutSheet::Group> ShortcutSheet::ofPlaces()
{
    return {
        {tr("Capabilities"), {{tr("Ask the network again what it offers"), native("F5")}}},
        {tr("Chat"),
            {{tr("Send"), native("Ctrl+Return")}, {tr("Stop the answer"), native("Esc")}, {tr("Edit the last question, when nothing is written"), native("Up")},
                {tr("Other versions of a question or an answer"), native("Alt+Left") + QStringLiteral(", ") + native("Alt+Right")},
                {tr("Copy what is selected, or the whole answer"), native("Ctrl+C")}}},
        {tr("Live video"),
            {{tr("Pause and go on"), native("Space")}, {tr("Full screen"), native("F")},
                {tr("Move the divider between the two pictures"), native("Left") + QStringLiteral(", ") + native("Right")}}},
        {tr("History"),
            {{tr("Open the run"), native("Return")}, {tr("Run it again"), native("R")}, {tr("Compare two"), native("D")}, {tr("Delete"), native("Del")},
                {tr("Copy the call as JSON"), native("Ctrl+C")}}},
        {tr("Accounts"), {{tr("Copy what stands in the cell, exactly"), native("Ctrl+C")}, {tr("Ask for no amount after all"), native("Esc")}}},
    };
}

ShortcutSheet::ShortcutSheet(const QList<Group> &groups, QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Keyboard"));
    m_filter->setPlaceholderText(tr("Search…"));
    m_filter->setAccessibleName(tr("Search the keys"));
    m_filter->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Keys of the window"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("What it does"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(space::Two);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    for (const Group &group : groups) {
        auto *heading = new QTreeWidgetItem(m_list, {group.title});
        QFont bold = m_list->font();
        bold.setWeight(QFont::DemiBold);
        heading->setFont(0, bold);
        heading->setFirstColumnSpanned(true);
        heading->setFlags(Qt::ItemIsEnabled);
        for (const Key &key : group.keys)
            new QTreeWidgetItem(heading, {key.what, key.keys});
    }
    m_list->expandAll();
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("&Close"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutSheet::filter);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(520, 620);
}

void ShortcutSheet::filter(const QString &text)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_list->topLevelItem(i);
        const bool whole = group->text(0).contains(text, Qt::CaseInsensitive);
        int seen = 0;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem *key = group->child(k);
            const bool fits = whole || key->text(0).contains(text, Qt::CaseInsensitive) || key->text(1).contains(text, Qt::CaseInsensitive);
            key->setHidden(!fits);
            seen += fits ? 1 : 0;
        }
        group->setHidden(seen == 0);
    }
}

} // namespace sluice::ui
