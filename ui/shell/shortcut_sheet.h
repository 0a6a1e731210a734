#pragma once

#include <QtCore/QList>
#include <QtWidgets/QDialog>

class QLineEdit;
class QTreeWidget;

namespace sluice::ui {

/// Every key of the window on one sheet, by place, found by typing (F1).
class ShortcutSheet final : public QDialog {
    Q_OBJECT
public:
    struct Key {
        QString what;
        QString keys; ///< as people read them
    };
    struct Group {
        QString title;
        QList<Key> keys;
    };

    explicit ShortcutSheet(const QList<Group> &groups, QWidget *parent = nullptr);

    /// What a menu's actions are reached by; an action without a shortcut is left out.
    [[nodiscard]] static QList<Group> fromMenus(const QWidget &menuBar);
    /// Keys of single places, which no menu lists.
    [[nodiscard]] static QList<Group> ofPlaces();

private:
    void filter(const QString &text);

    QLineEdit *m_filter;
    QTreeWidget *m_list;
};

} // namespace sluice::ui
