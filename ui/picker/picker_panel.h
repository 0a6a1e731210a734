#pragma once

#include "sluice/gateway/capability_info.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QListView;

namespace sluice::ui {

class CapabilityFilter;
class CapabilityModel;
class Session;
class StateView;

/// The left place of the window: what the profile's network offers now, to search and to pick.
class PickerPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive the panel.
    explicit PickerPanel(Session &session, QWidget *parent = nullptr);

    /// Selects the capability in the list without opening it.
    void setCurrent(const QString &name);
    void focusSearch();

Q_SIGNALS:
    /// Chosen by click, Enter or double click.
    void picked(const sluice::CapabilityInfo &capability);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showCapabilities();
    void pick(const QModelIndex &index);

    Session &m_session;
    CapabilityModel *m_model;
    CapabilityFilter *m_filter;
    QLineEdit *m_search;
    QComboBox *m_verb;
    QListView *m_list;
    StateView *m_states;
};

} // namespace sluice::ui
