#pragma once

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace sluice::ui {

class CopyButton;
class ElidedLabel;
class EndpointHost;

/// Where the local endpoint is and what opens it: address, port and key, and the lines that tell a shell. The key is masked until a
/// person shows it; what is copied has it whole.
class EndpointLines final : public QWidget {
    Q_OBJECT
public:
    enum class Shell { Posix, PowerShell };

    /// `host` must outlive it.
    explicit EndpointLines(EndpointHost &host, QWidget *parent = nullptr);

    /// The two lines as that shell takes them.
    [[nodiscard]] static QString environment(Shell shell, const QString &baseUrl, const QString &key);

    void focusPort();

private:
    void makeRows();
    [[nodiscard]] QWidget *addressRow();
    [[nodiscard]] QWidget *keyRow();
    [[nodiscard]] QWidget *linesRow();
    void showState();
    void showKey();
    [[nodiscard]] QString lines(const QString &key) const;
    [[nodiscard]] QString keyText() const;

    EndpointHost &m_host;
    ElidedLabel *m_address;
    CopyButton *m_copyAddress;
    QSpinBox *m_port;
    QLineEdit *m_key;
    QToolButton *m_show;
    CopyButton *m_copyKey;
    QToolButton *m_renew;
    QLabel *m_keyNote;
    QComboBox *m_shell;
    QPlainTextEdit *m_lines;
    CopyButton *m_copyLines;
};

} // namespace sluice::ui
