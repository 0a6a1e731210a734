#pragma once

#include "sluice/base/call_context.h"
#include "sluice/livepeer/ranking.h"
#include "sluice/payments/ticket_params.h"

#include <QCoro/QCoroTask>
#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtCore/QUrl>

#include <map>
#include <memory>

namespace sluice {
class UserData;
}

namespace sluice::livepeer {

/// What a server said of its terms for one capability, or why it did not.
struct Probed {
    Probed() = default; // no aggregate: see DESIGN.md 3
    std::optional<PriceInfo> price; ///< in one unit for all who offer the capability
    std::optional<qint64> capacity;
    std::optional<qint64> available;
    std::chrono::milliseconds latency{0};
    std::optional<Error> failure;
};

/// Asks one server for its terms; each protocol has its own way. Never pays.
class CandidateProbe {
public:
    virtual ~CandidateProbe() = default;
    /// A server that cannot be asked is an answer (Probed::failure). Throws what another server would meet again: Canceled, Signer, Config.
    virtual QCoro::Task<Probed> probe(QUrl server, CallContext context) = 0;
};

/// Asks several at a time, as many as `atOnce`, and gives their answers in the order of `servers`.
QCoro::Task<QList<Probed>> probeAll(std::shared_ptr<CandidateProbe> probe, QList<QUrl> servers, qsizetype atOnce, CallContext context);

/// How the calls went that a server was asked for.
struct Experience {
    Experience() = default;
    qint64 taken = 0;
    qint64 passedOver = 0;
    std::optional<bool> tookLast;
    QString reason; ///< why it did not take the last one
    QDateTime at;
};

/// What is known of servers: their terms, as they told them last, and how calls went, which outlives the program. On the thread of its Gateway.
class CandidateBook {
public:
    /// Terms that are younger are not asked for again.
    static constexpr std::chrono::milliseconds FreshFor{60'000};

    explicit CandidateBook(std::shared_ptr<UserData> data);

    /// Reads what is stored, once. Trouble with that is no reason for a call to fail: it is logged.
    QCoro::Task<void> load();
    void saw(const QString &name, const QUrl &server, const Probed &said);
    /// Nothing where it is older than FreshFor, or was never asked.
    [[nodiscard]] std::optional<Probed> fresh(const QString &name, const QUrl &server) const;
    [[nodiscard]] Experience experience(const QUrl &server) const;
    void took(const QUrl &server);
    void passedOver(const QUrl &server, const QString &reason);
    [[nodiscard]] RankedFacts facts(const QUrl &server, const std::optional<Probed> &said) const;

private:
    struct Seen {
        Probed said;
        QElapsedTimer age;
    };
    void note(const QUrl &server, bool took, const QString &reason);

    std::shared_ptr<UserData> m_data;
    std::map<std::pair<QString, QString>, Seen> m_seen;
    std::map<QString, Experience> m_experience;
    bool m_loaded = false;
};

} // namespace sluice::livepeer
