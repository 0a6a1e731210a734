#include "call_book_p.h"

#include "sluice/crypto/u256.h"

#include <algorithm>

namespace sluice::endpoint {

namespace {

/// How a request ended, from what its caller got.
EndpointCall::State endOf(const openai::ServedRequest &request, bool called, bool canceled)
{
    using State = EndpointCall::State;
    if (canceled)
        return State::Canceled;
    if (!request.whole)
        return State::Left;
    if (request.problem.isEmpty() && request.status < 400)
        return State::Answered;
    return called || request.status >= 500 ? State::Failed : State::Refused;
}

/// Whether it is worth a look: most pieces of a stream count nothing.
bool countsTokens(const QString &data)
{
    return data.contains(QLatin1String("\"usage\"")) || data.contains(QLatin1String("\"tokens_used\""));
}

} // namespace

CallBook::Entry *CallBook::entry(const QString &id)
{
    const auto it = m_entries.find(id);
    return it == m_entries.end() ? nullptr : &*it;
}

void CallBook::take(const openai::ServedRequest &request)
{
    const bool isNew = !m_entries.contains(request.id);
    if (isNew && request.ended)
        return; // forgotten since
    Entry &known = m_entries[request.id];
    EndpointCall &call = known.call;
    if (isNew) {
        call.id = request.id;
        call.at = QDateTime::currentDateTimeUtc();
        call.client = request.client;
        call.method = QString::fromUtf8(request.method);
        call.path = QString::fromUtf8(request.path);
        m_order.prepend(request.id);
    }
    call.model = request.model;
    call.status = request.status;
    call.problem = request.problem;
    if (request.streams)
        call.state = EndpointCall::State::Streaming;
    if (request.ended) {
        call.state = endOf(request, !known.runs.isEmpty(), known.canceled);
        call.duration = request.duration;
    }
    if (!isNew) {
        Q_EMIT callChanged(request.id);
        return;
    }
    Q_EMIT callBegan(request.id);
    for (qsizetype i = m_order.size() - 1; i >= 0 && m_order.size() > MostCalls; --i) {
        const QString oldest = m_order.at(i);
        if (!m_entries.value(oldest).call.isRunning())
            forget(oldest);
    }
}

void CallBook::began(const QString &id, const Call &call, const CallHandle &handle)
{
    Entry *known = entry(id);
    if (!known)
        return;
    const auto run = std::make_shared<Run>();
    run->handle = handle;
    run->payment = handle.onPaymentChanged([this, id] {
        if (Entry *paid = entry(id)) {
            sum(*paid);
            Q_EMIT callChanged(id);
        }
    });
    known->runs.insert(handle.runId(), run);
    known->call.runIds.append(handle.runId());
    known->call.backend = call.backend;
    known->call.capability = call.capability;
    Q_EMIT callChanged(id);
}

void CallBook::heard(const QString &id, const QString &runId, const QString &data)
{
    Entry *known = entry(id);
    if (!known)
        return;
    ++known->call.pieces;
    if (countsTokens(data)) {
        if (const auto json = Json::parse(data.toUtf8()))
            take(*known, runId, openai::Usage::in(*json));
    }
    Q_EMIT callChanged(id);
}

void CallBook::answered(const QString &id, const QString &runId, const Json &answer)
{
    if (Entry *known = entry(id)) {
        take(*known, runId, openai::Usage::in(answer));
        Q_EMIT callChanged(id);
    }
}

void CallBook::take(Entry &entry, const QString &runId, const std::optional<openai::Usage> &usage)
{
    const std::shared_ptr<Run> run = entry.runs.value(runId);
    if (!run || !usage)
        return;
    run->usage = usage; // some servers count on with each piece
    sum(entry);
}

void CallBook::sum(Entry &entry)
{
    std::optional<openai::Usage> tokens;
    Wei paid;
    std::optional<Wei> charged = Wei(0); // nothing where one of several does not tell
    for (const std::shared_ptr<Run> &run : std::as_const(entry.runs)) {
        const Payment payment = run->handle.payment();
        if (const auto wei = weiFromDecimal(payment.paidWei))
            paid += *wei;
        const auto taken = weiFromDecimal(payment.chargedWei.value_or(QString()));
        if (!taken)
            charged.reset();
        else if (charged)
            *charged += *taken;
        if (!run->usage)
            continue;
        if (!tokens)
            tokens.emplace();
        *tokens += *run->usage;
    }
    entry.call.paidWei = toDecimal(paid);
    entry.call.chargedWei = charged ? std::optional(toDecimal(*charged)) : std::nullopt;
    if (!tokens)
        return;
    entry.call.promptTokens = tokens->promptTokens;
    entry.call.completionTokens = tokens->completionTokens;
}

std::optional<EndpointCall> CallBook::call(const QString &id) const
{
    const auto it = m_entries.constFind(id);
    return it == m_entries.cend() ? std::nullopt : std::optional(it->call);
}

int CallBook::running() const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(), [](const Entry &one) { return one.call.isRunning(); }));
}

void CallBook::cancel(const QString &id)
{
    Entry *known = entry(id);
    if (!known || !known->call.isRunning() || known->runs.isEmpty())
        return;
    known->canceled = true;
    const QList<std::shared_ptr<Run>> runs = known->runs.values();
    for (const std::shared_ptr<Run> &run : runs)
        run->handle.cancel();
}

void CallBook::clear()
{
    const QStringList all = m_order;
    for (const QString &id : all) {
        if (!m_entries.value(id).call.isRunning())
            forget(id);
    }
}

void CallBook::forget(const QString &id)
{
    m_entries.remove(id);
    m_order.removeAll(id);
    Q_EMIT callForgotten(id);
}

} // namespace sluice::endpoint
