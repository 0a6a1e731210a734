#pragma once

#include "sluice/backend/selection_rules.h"
#include "sluice/livepeer/candidate_book.h"

namespace sluice::livepeer {

/// One call's way through the servers that may take it: gives them out one after the other and hears how each did.
///
/// Knows no protocol. Without a book and a probe it gives out what it was given, in that order. With `best` it asks five at a time for their
/// terms, waits for all five, and gives out the best first; the next five are asked when those are used up (client-sdk.md 3.4). Used from one
/// coroutine at a time.
class Choice {
public:
    /// As many are asked at a time.
    static constexpr qsizetype Batch = 5;

    struct Options {
        Options() = default; // no aggregate: see DESIGN.md 3
        QString name;                            ///< of the capability, as the book knows it
        std::shared_ptr<CandidateBook> book;     ///< may be null
        std::shared_ptr<CandidateProbe> probe;   ///< may be null: then none is asked before it is its turn
        bool best = false;
        bool pinned = false; ///< the only one is a person's choice
    };
    explicit Choice(QList<QUrl> servers);
    Choice(QList<QUrl> servers, Options options);

    /// Every one that may be given out.
    [[nodiscard]] const QList<QUrl> &servers() const { return m_servers; }
    [[nodiscard]] qsizetype size() const { return m_servers.size(); }
    /// The next one to ask; nothing when all were. Throws Canceled, Timeout, and what CandidateProbe throws.
    QCoro::Task<std::optional<QUrl>> next(CallContext context);
    /// All that are left, in their order.
    QCoro::Task<QList<QUrl>> rest(CallContext context);

    void took(const QUrl &server);
    /// Another one is asked: why this one did not take the call.
    void passedOver(const QUrl &server, const Error &why);
    /// Those that were not even given out because they did not answer, and those of passedOver(), each with its reason.
    [[nodiscard]] const QList<Rejection> &rejections() const { return m_rejections; }
    /// The error for a call whose only server failed with `why`: itself, unless a person pinned that server and so has to hear that no other was
    /// asked. What another try would not change (a key that is not trusted, a payment that was sent) stays as it is.
    [[nodiscard]] Error soleFailure(const Error &why) const;

private:
    QCoro::Task<void> askNextBatch(CallContext context);

    QList<QUrl> m_servers;
    Options m_options;
    qsizetype m_asked = 0;  ///< of m_servers that were taken into a batch
    QList<QUrl> m_ready;    ///< to be given out next
    QList<Rejection> m_rejections;
};

using ChoicePtr = std::shared_ptr<Choice>;

/// The servers of a call: a list, in whose order they are asked, or a choice among them.
class Candidates {
public:
    Candidates(const QList<QUrl> &servers) // NOLINT: a list is what most callers have
        : m_choice(std::make_shared<Choice>(servers))
    {
    }
    Candidates(std::initializer_list<QUrl> servers)
        : Candidates(QList<QUrl>(servers))
    {
    }
    Candidates(ChoicePtr choice) // NOLINT
        : m_choice(std::move(choice))
    {
    }
    [[nodiscard]] Choice *operator->() const { return m_choice.get(); }
    [[nodiscard]] const ChoicePtr &choice() const { return m_choice; }

private:
    ChoicePtr m_choice;
};

/// The error for a pinned server that is not among those that offer `what`.
[[nodiscard]] Error pinIsMissing(const QUrl &pinned, const QString &what);
/// The error where a person excluded every server that offers `what`.
[[nodiscard]] Error allExcluded(const QString &what, qsizetype count);

} // namespace sluice::livepeer
