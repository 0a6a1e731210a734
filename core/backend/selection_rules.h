#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QUrl>

namespace sluice {

/// Which of several servers calls go to, as a person wants it; kept with the profile. A value.
struct SelectionRules {
    SelectionRules() = default; // no aggregate: see DESIGN.md 3
    enum class Order {
        Automatic, ///< as the profile lists them; those that a discovery service names, the best first
        Listed,
        Best,      ///< by price, latency and success
    };
    static constexpr qsizetype MaxExcluded = 200;

    QUrl pinned;           ///< the one server that calls go to, whatever others cost; empty: none
    QList<QUrl> excluded;  ///< that no call goes to
    Order order = Order::Automatic;

    [[nodiscard]] bool isEmpty() const { return *this == SelectionRules(); }
    [[nodiscard]] bool isPinned(const QUrl &server) const;
    [[nodiscard]] bool isExcluded(const QUrl &server) const;
    /// Pins one, and no longer excludes it; an empty address pins none.
    void pin(const QUrl &server);
    /// Excludes one, and no longer pins it; or takes it in again. InvalidInput beyond MaxExcluded.
    [[nodiscard]] Expected<void> exclude(const QUrl &server, bool excluded);

    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that does not fit.
    [[nodiscard]] static Expected<SelectionRules> fromJson(const Json &json);
    bool operator==(const SelectionRules &) const = default;
};

/// What counts as one server: scheme, host and port. Empty where it is no http address.
[[nodiscard]] QUrl serverOf(const QUrl &url);

} // namespace sluice

Q_DECLARE_METATYPE(sluice::SelectionRules)
