#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/backend/selection_rules.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace sluice {

/// One server that may take the calls of a capability: what it asks, how it did so far, and whether calls go to it. Words in it are
/// others' and plain.
struct Candidate {
    Candidate() = default; // no aggregate: see DESIGN.md 3
    /// Where it stands for the next call.
    enum class Standing {
        First,     ///< it is asked first
        Next,      ///< it is asked where those before it do not take the call
        Full,      ///< it told that no slot is free: asked last
        Away,      ///< it did not answer, or refused to name its terms; `trouble` says why
        Excluded,  ///< by the person
        NotPinned, ///< another one is pinned
    };
    QUrl server;
    Standing standing = Standing::Next;
    int rank = 0;           ///< in which place it is asked, from 1; 0: it is not
    std::optional<PriceQuote> price;
    std::optional<int> capacity;
    std::optional<int> available;
    std::optional<std::chrono::milliseconds> latency; ///< of its last answer about its terms
    QString trouble;        ///< why it is away
    qint64 taken = 0;       ///< calls from here that it took
    qint64 passedOver = 0;  ///< calls from here that it was asked for and did not take
    std::optional<bool> tookLast; ///< how the last call that it was asked for ended; nothing: it was never asked
    QString lastReason;     ///< why it did not take that one
    QDateTime lastAt;
    bool isPinned = false;
};

/// Who may take the calls of one capability, in the order in which they are asked; those that are not asked follow.
struct CandidateReport {
    CandidateReport() = default;
    enum class Basis {
        Pinned, ///< one was chosen by the person
        Listed, ///< in the order in which the profile lists them
        Best,   ///< by price, latency and success
    };
    CapabilityId capability;
    Basis basis = Basis::Listed;
    bool byDiscovery = false; ///< a discovery service named them, not the profile
    QList<Candidate> candidates;
    QUrl missingPin;          ///< the pinned one, where it is not among those that offer this: calls fail
    QDateTime at;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::CandidateReport)
