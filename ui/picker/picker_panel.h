#pragma once

#include "sluice/backend/capability_info.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QListView;
class QPoint;

namespace sluice::ui {

class CapabilityFilter;
class CapabilityKeeper;
class CapabilityMarks;
class CapabilityModel;
class InlineMessage;
class Session;
class StateView;

/// The left place of the window: what the profile's network offers now, to search and to pick.
class PickerPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive the panel.
    /// Favourites and what was called last are kept in the settings file `marks`.
    PickerPanel(Session &session, const QString &marks, QWidget *parent = nullptr);

    /// Marks the capability in the list without opening it, now and whenever the list changes; an empty name marks none.
    void setCurrent(const std::optional<CapabilityId> &id);
    void focusSearch();
    /// Makes the capability a favourite, or no longer: that of the list's current row while the list has the keyboard, else the one that the workbench shows.
    void toggleFavourite();
    /// Whether that capability is one; nothing where there is no capability to be one.
    [[nodiscard]] std::optional<bool> isFavourite() const;
    /// As the list has them while nothing is searched for: favourites first, then what was called last.
    [[nodiscard]] QList<CapabilityInfo> inOrder() const;
    /// What the person names by hand: to add, edit, remove, share.
    [[nodiscard]] CapabilityKeeper &keeper() const { return *m_keeper; }

Q_SIGNALS:
    /// Chosen by click, Enter or double click.
    void picked(const sluice::CapabilityInfo &capability);
    /// The template of this capability is to be edited; an empty name: one is to be written.
    void assistantRequested(const QString &name);
    /// isFavourite() may be another.
    void favouriteChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What the button of the empty state does.
    enum class Offer { AskAgain, ClearSearch, Add, WriteAssistant };

    void showCapabilities();
    void showNothingFound();
    void takeOffer();
    void markCurrent();
    void openNamed();
    void pick(const QModelIndex &index);
    void showMenu(const QPoint &position);
    void connectMarks();
    [[nodiscard]] std::optional<CapabilityId> meant() const;
    void toggle(const CapabilityId &id);
    bool pressedInList(const QMouseEvent &event);

    Session &m_session;
    CapabilityMarks *m_marks;
    CapabilityModel *m_model;
    CapabilityFilter *m_filter;
    QLineEdit *m_search;
    QComboBox *m_verb;
    QListView *m_list;
    StateView *m_states;
    InlineMessage *m_message;
    CapabilityKeeper *m_keeper;
    Offer m_offer = Offer::AskAgain;
    std::optional<CapabilityId> m_current; ///< what the workbench shows
    QString m_opening; ///< named just now, to be opened as soon as it is listed
};

} // namespace sluice::ui
