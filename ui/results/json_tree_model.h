#pragma once

#include "sluice/base/json.h"

#include <QtCore/QAbstractItemModel>

#include <memory>

namespace sluice::ui {

/// A JSON value as a tree of key and value. Nodes are made as they are unfolded, in batches, so that a list of a million
/// items opens at once.
class JsonTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role {
        PointerRole = Qt::UserRole + 1, ///< RFC 6901 pointer of the node
        TypeRole,                       ///< int(Json::Type)
        JsonRole,                       ///< the node's value, compact JSON text
    };
    static constexpr int Batch = 500;

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setJson(const Json &json);
    [[nodiscard]] Json json() const;
    /// The next node after `from` whose key or value contains `text`, in the order of the document; wraps around.
    [[nodiscard]] QModelIndex search(const QString &text, const QModelIndex &from);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(Node *node, int column = KeyColumn) const;

    std::unique_ptr<Node> m_root;
};

} // namespace sluice::ui
