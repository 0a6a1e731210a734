#pragma once

#include "sluice/backend/capability_id.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <optional>

namespace sluice::ui {

/// What orchestrators said is left in one sender's purses, and when they said it. Every orchestrator keeps purses of its own,
/// one for each capability. A value; nothing here asks or guesses.
class BalanceBook {
public:
    /// All purses for a capability together.
    struct Word {
        QString wei;  ///< as written, when there is one purse; may have a fraction and a sign
        QDateTime at; ///< UTC; of the oldest word when there are several
        int purses = 1;
    };

    /// `wei` that is no amount is not taken.
    void put(const CapabilityId &capability, const QUrl &orchestrator, const QString &wei, const QDateTime &at);
    [[nodiscard]] std::optional<Word> of(const CapabilityId &capability) const;
    /// The capabilities with something left.
    [[nodiscard]] QList<CapabilityId> filled() const;
    void clear() { m_words.clear(); }

private:
    struct Said {
        QString wei;
        QDateTime at;
    };
    QHash<CapabilityId, QHash<QString, Said>> m_words; ///< by capability and origin
};

} // namespace sluice::ui
