#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringDecoder>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <functional>
#include <memory>
#include <mutex>

class QPlainTextEdit;
class QPushButton;

namespace sluice::ui {

/// Input and output of a live job that is not video: text goes in line by line, what comes back is shown as text. Bounded.
class LiveLinesView final : public QWidget {
    Q_OBJECT
public:
    static constexpr int ShownLines = 2000;

    explicit LiveLinesView(QWidget *parent = nullptr);

    /// Takes bytes of the output on any thread, never waits; harmless once the view is gone.
    [[nodiscard]] std::function<void(const QByteArray &)> receiver() const;
    /// Whether a job is there to send to.
    void setOpen(bool open);
    /// Sends what stands in the input and empties it.
    void send();
    void setInput(const QString &text);
    void clearOutput();
    [[nodiscard]] QString output() const;

Q_SIGNALS:
    /// Text as UTF-8, ended by a newline.
    void sendRequested(const QByteArray &lines);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Between the I/O thread and this view.
    struct Mailbox {
        std::mutex mutex;
        QByteArray bytes;
    };

    void flush();

    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
    QPlainTextEdit *m_input;
    QPlainTextEdit *m_output;
    QPushButton *m_send;
    QStringDecoder m_decoder{QStringDecoder::Utf8};
    QTimer m_poll;
};

} // namespace sluice::ui
