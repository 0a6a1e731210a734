#pragma once

#include <QtWidgets/QDialog>

#include <functional>

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QStandardItemModel;

namespace sluice::ui {

/// How well `query` fits `text`: characters in order, words and runs count more; nothing when they do not all occur.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &query, const QString &text);

/// Everything the window can do, found by typing a few letters (Ctrl+K). Lists actions and further commands.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    struct Command {
        QString title;
        QString hint; ///< e.g. a shortcut or what kind of thing it is
        std::function<void()> run;
        QString alsoNamed = {}; ///< found by this, too: what a network calls the capability whose title is in the window's language
    };

    explicit CommandPalette(QWidget *parent);

    /// Shows the palette over the window with these commands; runs the chosen one after closing.
    void popup(const QList<Command> &commands);
    /// The commands of every enabled action that has a text.
    [[nodiscard]] static QList<Command> fromActions(const QList<QAction *> &actions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &query);
    void choose();

    QLineEdit *m_query;
    QListView *m_list;
    QLabel *m_nothing; ///< in place of the list
    QStandardItemModel *m_model;
    QList<Command> m_commands;
};

} // namespace sluice::ui
