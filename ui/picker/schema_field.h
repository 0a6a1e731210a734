#pragma once

#include "sluice/base/json.h"

#include <QtCore/QFuture>
#include <QtCore/QUrl>
#include <QtWidgets/QWidget>

#include <functional>

class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QLabel;

namespace sluice::ui {

/// Takes the JSON Schema of an input: pasted or typed, from a file, or from an address, and says at once what is wrong with it.
class SchemaField final : public QWidget {
    Q_OBJECT
public:
    /// Reads an address; the path is the capability's. Cancelling the future ends it.
    using Fetch = std::function<QFuture<Json>(const QUrl &address, const QString &path)>;

    explicit SchemaField(Fetch source, QWidget *parent = nullptr);
    ~SchemaField() override;

    /// Null for none.
    void setSchema(const Json &schema);
    /// The schema in what was given, which may be an OpenAPI description; null when there is none. InvalidInput otherwise.
    [[nodiscard]] Expected<Json> schema() const;
    /// Picks the operation of an OpenAPI description.
    void setPath(const QString &path);
    /// Reads the schema out of a file.
    void takeFile(const QString &file);
    /// Asks an address; while it is asked, the field says so and offers to stop.
    void fetch(const QString &address);
    void cancelFetch();
    [[nodiscard]] bool isFetching() const;
    /// What is wrong, or what was understood.
    [[nodiscard]] QString remark() const;

Q_SIGNALS:
    void changed();

private:
    void judge();
    void say(const QString &text, bool wrong);
    void showFetching(bool on);
    void chooseFile();

    Fetch m_fetch;
    QString m_path;
    QPlainTextEdit *m_text;
    QPushButton *m_open;
    QLineEdit *m_address;
    QPushButton *m_get;
    QPushButton *m_cancel;
    QProgressBar *m_busy;
    QLabel *m_remark;
    QFuture<Json> m_running;
    int m_asked = 0; ///< answers to earlier questions are dropped by comparing this number
};

} // namespace sluice::ui
