#pragma once

class QWidget;

namespace sluice::ui {

/// Makes Tab go through what `root` holds as its layouts are read: line by line, fields of a form in their order, parts of a splitter and
/// pages of tabs one after the other. Qt's own order is that in which widgets were made, which is another one where a message is made early
/// or a form gets its fields late. Call it again when there are new widgets.
void tabInReadingOrder(QWidget *root);

} // namespace sluice::ui
