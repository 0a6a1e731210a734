#include "sluice/gateway/past_run.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/bytes.h"
#include "sluice/base/task.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/signature.h"
#include "sluice/crypto/u256.h"
#include "sluice/gateway/json_forms.h"
#include "sluice/payments/amount.h"
#include "sluice/store/run_record.h"
#include "sluice/store/ticket_log.h"

#include <algorithm>

namespace sluice {

namespace {
constexpr qsizetype mostMemory = 512 * 1024 * 1024;

bool ticketSignedBy(const TicketRow &row)
{
    const auto sender = Address::fromHex(row.sender);
    const auto hash = bytes::fromHex(row.ticketHash.toLatin1());
    const auto signature = bytes::fromHex(row.signature.toLatin1());
    return sender && hash && signature && verify(*sender, *hash, *signature).hasValue();
}

TicketView viewOf(const TicketRow &row)
{
    TicketView view;
    view.nonce = row.nonce;
    view.faceValueWei = row.faceValue;
    view.winProbability = row.winProb;
    if (const auto probability = u256FromHex(row.winProb))
        view.winOdds = amount::probability(*probability);
    view.expectedValueWei = row.expectedValue;
    view.recipient = row.recipient;
    view.sender = row.sender;
    view.recipientRandHash = row.recipientRandHash;
    view.ticketHash = row.ticketHash;
    view.signature = row.signature;
    view.signatureVerified = ticketSignedBy(row);
    if (row.won != TicketRow::Won::Unknown)
        view.won = row.won == TicketRow::Won::Yes;
    view.sent = row.state == TicketRow::State::Sent;
    return view;
}
} // namespace

QList<TicketView> ticketViews(const QList<TicketRow> &rows)
{
    QList<TicketView> views;
    for (const TicketRow &row : rows)
        views.append(viewOf(row));
    return views;
}

Expected<PastRun> PastRun::from(const RunRecord &record, const QList<TicketRow> &tickets)
{
    // Our own file: a call may hold as many pictures as its capability took.
    const QByteArray text = record.call.toUtf8();
    const auto stored = Json::parse(text, Json::Limits{std::max<qsizetype>(text.size(), Json::Limits().maxBytes), 64, mostMemory});
    const auto call = stored ? Call::fromJson(*stored) : Expected<Call>(unexpected(stored.error()));
    if (!call)
        return unexpected(Error(Error::Kind::Storage,
            QStringLiteral("The call of this run cannot be read: %1").arg(call.error().message())));
    PastRun past;
    past.id = record.id;
    past.call = *call;
    past.startedAt = record.startedAt;
    past.result.runId = record.id;
    past.result.status = record.httpStatus;
    past.result.contentType = record.resultContentType.toLatin1();
    past.result.content = record.resultBytes;
    past.result.servedBy = QUrl(record.orchestrator);
    past.result.payment.tickets = ticketViews(tickets);
    past.result.payment.paidWei = record.paidWei;
    past.result.payment.balanceBefore = record.balanceBefore;
    past.result.payment.balanceAfter = record.balanceAfter;
    if (const auto trace = Json::parse(record.traceJson.toUtf8()))
        past.result.trace = traceFromJson(*trace);
    if (record.finishedAt.isValid())
        past.duration = std::chrono::milliseconds(record.startedAt.msecsTo(record.finishedAt));
    past.isSigned = record.state == RunRecord::State::Signed;
    if (record.state == RunRecord::State::Interrupted) {
        past.error = Error(Error::Kind::Internal, QStringLiteral("The program ended before this call did."))
                         .withAdvice(QStringLiteral("What had arrived is kept below; replay the call to finish it."));
    } else if (const auto error = Json::parse(record.errorJson.toUtf8()); error && error->isObject()) {
        past.error = errorFromJson(*error);
    }
    return past;
}

namespace past_run {

namespace {

QCoro::Task<PastRun> readWithTickets(std::shared_ptr<UserData> data, RunRecord record)
{
    const QList<TicketRow> rows = co_await data->tickets().byRun(record.id);
    PastRun past = orThrow(PastRun::from(record, rows));
    co_return past;
}

QCoro::Task<QList<TicketView>> readTickets(std::shared_ptr<UserData> data, QString runId)
{
    const QList<TicketRow> rows = co_await data->tickets().byRun(runId);
    QList<TicketView> views = ticketViews(rows);
    co_return views;
}

} // namespace

QFuture<PastRun> read(std::shared_ptr<UserData> data, const RunRecord &record)
{
    return toFuture(readWithTickets(std::move(data), record));
}

QFuture<QList<TicketView>> tickets(std::shared_ptr<UserData> data, const QString &runId)
{
    return toFuture(readTickets(std::move(data), runId));
}

} // namespace past_run
} // namespace sluice
