#pragma once

#include "sluice/base/error.h"

#include <QtCore/QString>
#include <QtWidgets/QDialog>

#include <memory>

class QLabel;

namespace sluice {
class UserData;
}

namespace sluice::ui {

class InlineMessage;

/// The window that appears when history and settings cannot be opened, in place of a program that ends without a word: what is
/// wrong, and what can be done about it. Accepted once data() is there.
class StartProblem final : public QDialog {
    Q_OBJECT
public:
    /// `path`: the file that could not be opened.
    StartProblem(const Error &error, QString path, QWidget *parent = nullptr);
    ~StartProblem() override;

    /// What was opened in the end: another folder's, or one that goes with the program. Null until accepted.
    [[nodiscard]] std::shared_ptr<UserData> data() const { return m_data; }
    /// Opens the data of that folder; shows why when it cannot.
    void useFolder(const QString &folder);
    /// Goes on with what is forgotten at the end.
    void startWithoutHistory();
    void tryAgain();

private:
    void chooseFolder();
    void showFile();
    void open(const QString &path);

    QString m_path;
    InlineMessage *m_message;
    QLabel *m_where;
    std::shared_ptr<UserData> m_data;
};

/// The user's data, if need be after asking what to do; null when the person gave up. With `picture` nobody is asked: the window
/// is only painted into that file, for runs without a person.
[[nodiscard]] std::shared_ptr<UserData> openUserDataOrAsk(const QString &path, const QString &picture = {});

} // namespace sluice::ui
