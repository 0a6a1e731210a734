#pragma once

#include "sluice/store/database.h"

#include <QtCore/QDateTime>

namespace sluice {

/// One ticket that was signed. Amounts are decimal or rational texts, identifiers 0x hex, as payments.md writes them.
struct TicketRow {
    enum class State {
        Prepared, ///< signed, its money reserved
        Sent,     ///< left this machine: it may be redeemed
        Unsent,   ///< given up before it left
    };
    enum class Won { Unknown, Yes, No };

    qint64 id = 0; ///< set by add()
    QString runId; ///< of RunRecord, or empty
    QDateTime createdAt; ///< UTC; add() sets it when invalid
    QString orchestrator;
    QString capability;
    QString recipient;
    QString sender;
    QString faceValue;     ///< wei
    QString winProb;       ///< hex
    QString expectedValue; ///< wei, "a/b" or "a"
    quint32 nonce = 0;
    QString recipientRandHash;
    QString ticketHash;
    QString signature;
    State state = State::Prepared;
    Won won = Won::Unknown;
};

/// Evidence of every payment. Rows are never deleted with their run.
class TicketLog {
public:
    explicit TicketLog(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    static Schema schema();

    struct Totals {
        qint64 prepared = 0;
        qint64 sent = 0;
        qint64 unsent = 0;
        qint64 won = 0;
        QString wonFaceValue = QStringLiteral("0"); ///< wei
    };

    /// Stores tickets before they are sent; their ids in the same order. A ticket is known by its hash: adding it twice
    /// is a Storage error.
    QCoro::Task<QList<qint64>> add(QList<TicketRow> tickets);
    QCoro::Task<void> markSent(QList<qint64> ids);
    QCoro::Task<void> markUnsent(QList<qint64> ids);
    /// By ticket hash, since the orchestrator's word or the revealed rand arrives later.
    QCoro::Task<void> setOutcome(QString ticketHash, TicketRow::Won won);

    /// In the order in which they were signed.
    QCoro::Task<QList<TicketRow>> byRun(QString runId);
    /// Newest first.
    QCoro::Task<QList<TicketRow>> latest(qint64 offset, qint64 limit);
    QCoro::Task<Totals> totals();

    /// The same operations for threads that may wait.
    QList<qint64> addSync(const QList<TicketRow> &tickets);
    void markSentSync(const QList<qint64> &ids);
    void markUnsentSync(const QList<qint64> &ids);
    void setOutcomeSync(const QString &ticketHash, TicketRow::Won won);
    QList<TicketRow> byRunSync(const QString &runId);
    QList<TicketRow> latestSync(qint64 offset, qint64 limit);
    Totals totalsSync();

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice
