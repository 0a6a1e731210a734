#pragma once

#include "sluice/results/result_data.h"

#include <QtWidgets/QWidget>

class QLabel;
class QListView;
class QPlainTextEdit;
class QStackedWidget;

namespace sluice::ui {

class HexModel;

/// The bytes exactly as they were received: as text where they are text, else as a hex dump.
class RawView final : public QWidget {
    Q_OBJECT
public:
    explicit RawView(QWidget *parent = nullptr);
    void showBytes(const ResultData &answer);

private:
    QLabel *m_facts;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    QListView *m_hex;
    HexModel *m_bytes;
};

} // namespace sluice::ui
