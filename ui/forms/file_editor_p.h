#pragma once

#include "sluice/forms/field_editor_p.h"
#include "sluice/pictures/outgoing_picture.h"

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace sluice::ui {

class ElidedLabel;
class TakenOutLine;

/// A file as base64 or data URL, or a URL: picked, dropped or pasted, with a thumbnail of pictures. What a picture tells beside the
/// picture is taken out of what is sent, and a line says so; the file itself is never changed.
class FileEditor final : public FieldEditor {
    Q_OBJECT
public:
    FileEditor(const FieldSpec &spec, QWidget *parent);

    QWidget *control() override;
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;
    void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const override;

    /// The value is a file of which something private stayed here.
    [[nodiscard]] bool holdsLess() const { return !m_file.isEmpty() && !m_sendsWhole; }
    [[nodiscard]] QString fileName() const { return m_fileName; }
    /// Takes the file's bytes, as far as type and size fit; otherwise says why at the field.
    void takeFile(const QString &path);
    void takeBytes(const QByteArray &bytes, const QString &name, const QString &mediaType);

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void choose();
    void clearFile();
    bool paste();
    void refuse(const QString &why);
    void setDropping(bool dropping);
    /// Makes the value of the file taken last: without its private details, or as it is.
    void useFile(bool whole);
    void forgetFile();
    void showChip(const QByteArray &bytes, const QString &mediaType);
    [[nodiscard]] bool mediaTypeFits(const QString &mediaType) const;
    [[nodiscard]] QString nameFilter() const;

    QLineEdit *m_url;
    QPushButton *m_choose;
    QWidget *m_emptyLine;
    QWidget *m_chip;
    QLabel *m_thumbnail;
    ElidedLabel *m_name;
    ElidedLabel *m_facts;
    QToolButton *m_remove;
    TakenOutLine *m_line;
    QByteArray m_file;  ///< as it was taken; empty where it is sent like that anyway
    OutgoingPicture m_picture;
    QString m_mediaType;
    QString m_fileName; ///< of the file taken last; forgotten when the value comes from elsewhere
    QString m_taken;    ///< the value that file became
    QString m_problem;
    bool m_sendsWhole = false;
    bool m_dropping = false;
};

} // namespace sluice::ui
