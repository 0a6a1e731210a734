#include "sluice/results/hex_model.h"

#include <algorithm>

namespace sluice::ui {

void HexModel::setBytes(const QByteArray &bytes)
{
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

int HexModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int((m_bytes.size() + BytesPerRow - 1) / BytesPerRow);
}

QVariant HexModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qsizetype offset = qsizetype(index.row()) * BytesPerRow;
    const QByteArray row = m_bytes.mid(offset, BytesPerRow);
    QByteArray printable = row;
    std::replace_if(printable.begin(), printable.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '.');
    return QString::fromLatin1(QByteArray::number(offset, 16).rightJustified(8, '0') + "  "
        + row.toHex(' ').leftJustified(BytesPerRow * 3 - 1, ' ') + "  " + printable);
}

} // namespace sluice::ui
