#pragma once

#include <QtCore/QString>

#include <functional>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace sluice::ui {

/// A quiet table: rows only, the column `stretched` takes the room that is left. Follows its end while the end is in view.
[[nodiscard]] QTableView *makeTable(QAbstractItemModel &model, const QString &name, int stretched, bool followsEnd = false);

/// Lines of text with copying: Ctrl+C takes the selected ones, the button all.
[[nodiscard]] QWidget *makeLog(QWidget *view, const QString &subject, std::function<QString()> all, std::function<void()> clear);

/// The records of the data channel.
[[nodiscard]] QWidget *makeRecords(QAbstractItemModel &model, const QString &name);

} // namespace sluice::ui
