#pragma once

#include "sluice/base/json.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QTreeView;

namespace sluice::ui {

class JsonTreeModel;

/// A JSON tree with search, copy of path or value, and folding by keyboard.
class JsonTreeView final : public QWidget {
    Q_OBJECT
public:
    explicit JsonTreeView(QWidget *parent = nullptr);
    void setJson(const Json &json);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitKeys();
    void findNext();
    void showMenu(const QPoint &position);

    JsonTreeModel *m_model;
    QLineEdit *m_search;
    QTreeView *m_tree;
};

} // namespace sluice::ui
