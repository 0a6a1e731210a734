#include "call_recorder_p.h"

#include "sluice/base/log.h"
#include "sluice/base/schema_secrets.h"
#include "sluice/gateway/json_forms.h"
#include "sluice/backend/user_data.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/balance_text.h"
#include "sluice/payments/ticket_sender.h"
#include "sluice/store/run_history.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QUuid>

#include <algorithm>

namespace sluice {

namespace {

constexpr std::chrono::milliseconds FlushInterval{250};
constexpr qsizetype TitleLength = 120;

/// Awaits a note about the past. Failing to write it must not undo what happened, so it is only logged.
QCoro::Task<void> logFailure(QCoro::Task<void> task, QString what)
{
    try {
        co_await task;
    } catch (const Error &error) {
        qCWarning(logStore, "%s was not recorded: %s", qUtf8Printable(what), qUtf8Printable(error.describe()));
    }
}

/// The part of an input that a person would recognise it by: the last message, or the first text.
QString titleOf(const Json &input)
{
    if (input.isString())
        return input.toString().simplified().left(TitleLength);
    const Json messages = input.value(QStringLiteral("messages"));
    if (messages.size() > 0) {
        const Json content = messages.at(messages.size() - 1).value(QStringLiteral("content"));
        if (content.isString())
            return content.toString().simplified().left(TitleLength);
        // Of parts the words; a picture is no title.
        QString words;
        for (const Json &part : content.items())
            words += part.value(QStringLiteral("text")).toString().left(TitleLength) + QLatin1Char(' ');
        if (!words.trimmed().isEmpty())
            return words.simplified().left(TitleLength);
    }
    for (const auto &[key, value] : input.members()) {
        const QString text = value.toString();
        if (key == QLatin1String("jsonrpc"))
            continue; // the protocol's version; its method says more
        const bool media = text.startsWith(QStringLiteral("data:")) || (text.size() > 1000 && !text.contains(QLatin1Char(' ')));
        if (!text.isEmpty() && !media)
            return text.simplified().left(TitleLength);
    }
    return {};
}

/// What of a result is stored, without secrets. The rest is only counted, so it is not looked through.
QByteArray keptOf(const QByteArray &result, const SecretMask &mask)
{
    if (mask.isEmpty())
        return result;
    return mask.in(result.left(RunHistory::maxResultBytes)) + result.mid(RunHistory::maxResultBytes);
}

TicketView viewOf(const SentTicket &sent)
{
    TicketView view;
    view.nonce = sent.ticket.senderNonce;
    view.faceValueWei = toDecimal(sent.ticket.faceValue);
    view.winProbability = toHexText(sent.ticket.winProb);
    view.winOdds = amount::probability(sent.ticket.winProb);
    view.expectedValueWei = toText(sent.expectedValue);
    view.recipient = sent.ticket.recipient.toChecksum();
    view.sender = sent.ticket.sender.toChecksum();
    view.recipientRandHash = sent.ticket.recipientRandHash.toHex();
    view.ticketHash = sent.hash.toHex();
    view.signature = sent.signature.toHex();
    view.signatureVerified = verify(sent.ticket.sender, sent.hash.bytes(), sent.signature.bytes()).hasValue();
    return view;
}

} // namespace

CallRecorder::CallRecorder(std::shared_ptr<UserData> data, Call call, std::shared_ptr<Trace> trace)
    : m_data(std::move(data))
    , m_call(std::move(call))
    , m_runId(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_trace(std::move(trace))
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(FlushInterval);
    QObject::connect(&m_flushTimer, &QTimer::timeout, &m_flushTimer, [this] { flush(); });
}

CallRecorder::~CallRecorder() = default;

QCoro::Task<void> CallRecorder::begin(Json inputSchema)
{
    m_schema = std::move(inputSchema);
    m_call.findSecrets(m_schema);
    m_mask = m_call.secretMask();
    if (const QStringList guessed = m_call.secretsByName + m_call.secretParameters; !guessed.isEmpty())
        qCInfo(logStore, "Masked in history by their names: %s (no schema describes them).", qUtf8Printable(guessed.join(QStringLiteral(", "))));
    RunRecord record;
    record.id = m_runId;
    record.profile = m_call.profile;
    record.capability = m_call.capability;
    record.backend = m_call.backend;
    record.verb = verbName(m_call.verb);
    record.title = titleOf(m_call.shareableInput());
    record.call = QString::fromUtf8(m_call.toJson().dump());
    co_await m_data->history().begin(record);
}

void CallRecorder::alsoHide(const Json &parameters)
{
    flush(); // what came before is hidden by what was known before
    m_mask.add(parameters, SchemaSecrets(m_schema).in(parameters).pointers());
}

void CallRecorder::balanceReported(const QByteArray &text)
{
    if (!balance_text::parse(text))
        return;
    // A node writes a third of a wei below zero as "-0"; people read 0.
    m_payment.balanceAfter = text == "-0" ? QStringLiteral("0") : QString::fromLatin1(text);
    updateCharge();
    changed();
}

void CallRecorder::servedBy(const QUrl &server)
{
    m_orchestrator = server;
}

void CallRecorder::appendPartial(const QByteArray &bytes)
{
    m_partial += bytes;
    ++m_partialEvents;
    ++m_events;
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

void CallRecorder::flush()
{
    m_flushTimer.stop();
    if (m_partial.isEmpty())
        return;
    // The database keeps the order of requests, so there is no need to wait here.
    logFailure(m_data->history().appendPartial(m_runId, m_mask.in(std::exchange(m_partial, {})), std::exchange(m_partialEvents, 0)),
        QStringLiteral("A part of the result"));
}

QCoro::Task<void> CallRecorder::signedForAnother()
{
    RunOutcome outcome;
    outcome.state = RunRecord::State::Signed;
    co_await finish(std::move(outcome));
}

QCoro::Task<void> CallRecorder::succeeded(int status, QByteArray contentType, std::optional<QByteArray> result)
{
    RunOutcome outcome;
    outcome.state = RunRecord::State::Succeeded;
    outcome.httpStatus = status;
    outcome.resultContentType = QString::fromLatin1(contentType);
    if (result)
        outcome.resultBytes = keptOf(*result, m_mask);
    co_await finish(std::move(outcome));
}

QCoro::Task<void> CallRecorder::failed(Error error)
{
    RunOutcome outcome;
    outcome.state = error.kind() == Error::Kind::Canceled ? RunRecord::State::Canceled : RunRecord::State::Failed;
    outcome.httpStatus = error.httpStatus();
    outcome.errorJson = QString::fromUtf8(errorToJson(m_mask.in(error)).dump());
    if (m_call.verb == Verb::Stream)
        outcome.resultContentType = QStringLiteral("text/event-stream");
    if (m_call.verb == Verb::Live && m_events > 0)
        outcome.resultContentType = QStringLiteral("application/jsonl");
    co_await finish(std::move(outcome));
}

void CallRecorder::keepReceived(const QByteArray &contentType, const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_receivedType = QString::fromLatin1(contentType);
    m_received = bytes;
}

QCoro::Task<void> CallRecorder::finish(RunOutcome outcome)
{
    flush();
    outcome.note = m_notes.join(QLatin1Char(' '));
    if (m_received && !outcome.resultBytes) {
        outcome.resultBytes = m_received;
        outcome.resultContentType = m_receivedType;
    }
    if (!m_orchestrator.isEmpty())
        outcome.orchestrator = m_orchestrator.toString();
    outcome.traceJson = QString::fromUtf8(m_mask.in(traceToJson(m_trace->spans())).dump());
    if (m_call.verb != Verb::Run)
        outcome.events = m_events;
    outcome.ticketCount = std::count_if(m_payment.tickets.begin(), m_payment.tickets.end(), [](const TicketView &t) { return t.sent; });
    outcome.paidWei = m_payment.paidWei;
    outcome.balanceBefore = m_payment.balanceBefore;
    outcome.balanceAfter = m_payment.balanceAfter;
    co_await logFailure(m_data->history().finish(m_runId, outcome), QStringLiteral("The end of a run"));
}

void CallRecorder::balanceFound(const QUrl &server, const QString &wei)
{
    // A second look in the same call already counts this call's own tickets.
    if (m_orchestrator == server && m_payment.balanceBefore)
        return;
    m_orchestrator = server;
    m_payment.balanceBefore = wei;
    changed();
}

QCoro::Task<void> CallRecorder::ticketsPrepared(QUrl orchestrator, QList<SentTicket> tickets)
{
    QList<TicketRow> rows;
    for (const SentTicket &ticket : tickets) {
        const TicketView view = viewOf(ticket);
        m_payment.tickets.append(view);
        TicketRow row;
        row.runId = m_runId;
        row.orchestrator = orchestrator.toString();
        row.capability = m_call.capability;
        row.recipient = view.recipient;
        row.sender = view.sender;
        row.faceValue = view.faceValueWei;
        row.winProb = view.winProbability;
        row.expectedValue = view.expectedValueWei;
        row.nonce = view.nonce;
        row.recipientRandHash = view.recipientRandHash;
        row.ticketHash = view.ticketHash;
        row.signature = view.signature;
        rows.append(row);
    }
    const QList<qint64> ids = co_await m_data->tickets().add(rows);
    for (qsizetype i = 0; i < rows.size(); ++i)
        m_ticketIds.insert(rows[i].ticketHash, ids[i]);
    changed();
}

QCoro::Task<void> CallRecorder::ticketsSettled(QList<SentTicket> tickets, bool sent)
{
    QList<qint64> ids;
    Rational total;
    for (const SentTicket &ticket : tickets) {
        const QString hash = ticket.hash.toHex();
        ids.append(m_ticketIds.value(hash));
        total += ticket.expectedValue;
        for (TicketView &view : m_payment.tickets) {
            if (view.ticketHash == hash)
                view.sent = sent;
        }
    }
    if (sent)
        m_payment.paidWei = toDecimal(Wei(orThrow(weiFromDecimal(m_payment.paidWei)) + spendAmount(total)));
    updateCharge();
    changed();
    // Two statements: DESIGN.md 3.
    const QString what = QStringLiteral("The sending of tickets");
    if (sent)
        co_await logFailure(m_data->tickets().markSent(ids), what);
    else
        co_await logFailure(m_data->tickets().markUnsent(ids), what);
}

void CallRecorder::updateCharge()
{
    if (!m_payment.balanceBefore || !m_payment.balanceAfter)
        return;
    const auto before = balance_text::parse(m_payment.balanceBefore->toLatin1());
    const auto after = balance_text::parse(m_payment.balanceAfter->toLatin1());
    const auto paid = rationalFromText(m_payment.paidWei);
    if (before && after && paid)
        m_payment.chargedWei = toDecimal(roundHalfAway(*before + *paid - *after));
}

void CallRecorder::changed()
{
    m_changed.call();
}

} // namespace sluice
