#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"

#include <memory>

namespace sluice {

class Secret;

/// Hides known secrets in what others say: an answer, an event or an error that repeats a password must not be kept with it.
///
/// A secret is found as SecretForms spells it; one of fewer than six characters only where it stands by itself, one of fewer
/// than four only as a whole JSON string, because they occur by chance. What was found is replaced by Mark. A value; copies
/// share their secrets, which are wiped with the last copy.
class SecretMask {
public:
    /// What stands in a secret's place, in UTF-8.
    static constexpr char Mark[] = "‹secret›";

    /// Hides every text and every number within `value` from now on.
    void add(const Json &value);
    /// The same of a text that is a secret already.
    void add(const Secret &secret);
    /// The same of what stands at `pointers` within `value`.
    void add(const Json &value, const QStringList &pointers);
    [[nodiscard]] bool isEmpty() const { return !m_needles; }

    [[nodiscard]] QByteArray in(const QByteArray &bytes) const;
    [[nodiscard]] QString in(const QString &text) const;
    /// Texts and numbers within; keys stay.
    [[nodiscard]] Json in(const Json &json) const;
    /// What it says and what it quotes.
    [[nodiscard]] Error in(const Error &error) const;

private:
    struct Needles;
    std::shared_ptr<const Needles> m_needles;
};

} // namespace sluice
