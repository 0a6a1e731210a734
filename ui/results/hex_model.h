#pragma once

#include <QtCore/QAbstractListModel>
#include <QtCore/QByteArray>

namespace sluice::ui {

/// Bytes as the rows of a hex dump; a row's text is made when it is painted, so size does not matter.
class HexModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int BytesPerRow = 16;

    using QAbstractListModel::QAbstractListModel;
    void setBytes(const QByteArray &bytes);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QByteArray m_bytes;
};

} // namespace sluice::ui
