#pragma once

#include "sluice/gateway/local_servers.h"

#include <QtWidgets/QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace sluice::ui {

class InlineMessage;
class Session;

/// "Add a backend": asks, once a person opens it, which servers of language models run on this machine, and offers each with its models.
class LocalServersBox final : public QWidget {
    Q_OBJECT
public:
    enum class State { Closed, Searching, Found, Nothing, Failed };

    /// `session` must outlive it.
    explicit LocalServersBox(Session &session, QWidget *parent = nullptr);
    ~LocalServersBox() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QList<local_servers::Server> &servers() const { return m_found.servers; }
    /// Looks again.
    void search();
    /// The address that the profile has: its server is shown as added.
    void setAdded(const QString &baseUrl);

Q_SIGNALS:
    /// A person wants this one in the profile.
    void chosen(const sluice::local_servers::Server &server);
    /// It needs another height.
    void resized();

private:
    void show(const local_servers::Found &found);
    void clearRows();
    [[nodiscard]] QWidget *makeRow(const local_servers::Server &server);
    void setState(State state, const QString &words);

    Session &m_session;
    State m_state = State::Closed;
    local_servers::Found m_found;
    QFuture<local_servers::Found> m_search;
    QString m_added;
    QPushButton *m_open;
    QProgressBar *m_progress;
    QLabel *m_words;
    QVBoxLayout *m_rows;
    InlineMessage *m_message;
};

} // namespace sluice::ui
