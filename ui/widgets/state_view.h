#pragma once

#include "sluice/base/error.h"

#include <QtWidgets/QStackedWidget>

class QBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace sluice::ui {

class InlineMessage;

/// A view in its four designed states: empty (says what to do), loading, error (says what to do), content.
class StateView final : public QStackedWidget {
    Q_OBJECT
public:
    enum class State { Empty, Loading, Error, Content };
    Q_ENUM(State)

    explicit StateView(QWidget *parent = nullptr);

    /// Takes ownership; replaces and deletes an earlier content widget. Does not change the state.
    void setContent(QWidget *content);
    [[nodiscard]] QWidget *content() const { return m_content; }

    /// `icon` names a bundled icon; `advice` says what to do; with `action` a button is shown.
    void showEmpty(const QString &icon, const QString &title, const QString &advice, const QString &action = {});
    void showLoading(const QString &what);
    /// `action` for example "Try again"; empty shows none.
    void showError(const Error &error, const QString &action = {});
    void showContent();
    [[nodiscard]] State state() const { return m_state; }
    /// What the state in front needs; the others do not count.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The button of the empty or the error state was pressed.
    void actionTriggered();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    /// Where room is short, the words stay and the decoration goes.
    void fitEmptyPage();
    QWidget *makeEmptyPage();
    QWidget *makeLoadingPage();
    QWidget *makeErrorPage();

    State m_state = State::Empty;
    QString m_iconName;
    QWidget *m_content = nullptr;
    QBoxLayout *m_emptyLayout = nullptr;
    QLabel *m_emptyIcon = nullptr;
    QLabel *m_emptyTitle = nullptr;
    QLabel *m_emptyAdvice = nullptr;
    QPushButton *m_emptyAction = nullptr;
    QLabel *m_loadingText = nullptr;
    QProgressBar *m_loadingBar = nullptr;
    InlineMessage *m_error = nullptr;
};

} // namespace sluice::ui
