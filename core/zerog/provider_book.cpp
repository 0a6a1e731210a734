#include "sluice/zerog/provider_book.h"

#include "sluice/zerog/counting.h"

#include <algorithm>

namespace sluice::zerog {

QString ProviderRow::name(State state)
{
    switch (state) {
    case State::Reserved:
        return QStringLiteral("reserved");
    case State::Served:
        return QStringLiteral("served");
    case State::Failed:
        return QStringLiteral("failed");
    case State::Settled:
        return QStringLiteral("settled");
    case State::Rejected:
        return QStringLiteral("rejected");
    }
    return {};
}

Json ProviderRow::toJson() const
{
    Json json = request.toRowJson(state == State::Settled, state == State::Failed ? Wei(0) : fee);
    json.insert(QStringLiteral("state"), name(state));
    if (!error.isEmpty())
        json.insert(QStringLiteral("error"), error);
    return json;
}

U256 ProviderUser::requiredOutput() const
{
    if (unpaid.isEmpty() || unpaid.size() <= m_reserved)
        return 0;
    return *std::min_element(unpaid.begin(), unpaid.end());
}

QList<Request> ProviderUser::settleable() const
{
    QList<Request> found;
    for (const auto &[nonce, row] : open) {
        if (row.state == ProviderRow::State::Reserved)
            break;
        found.append(row.request);
    }
    return found;
}

ProviderUser ProviderUser::counters() const
{
    ProviderUser copy;
    copy.user = user;
    copy.lockBalance = lockBalance;
    copy.checkedAt = checkedAt;
    copy.highestNonce = highestNonce;
    copy.lastServed = lastServed;
    copy.lastOutput = lastOutput;
    copy.unpaid = unpaid;
    return copy;
}

ProviderRow &ProviderUser::reserve(const Request &request, const Wei &fee)
{
    ProviderRow row;
    row.request = request;
    row.fee = fee;
    // The longest answer that this pays for.
    auto paid = unpaid.end();
    for (auto it = unpaid.begin(); it != unpaid.end(); ++it) {
        if (*it <= request.previousOutputCount && (paid == unpaid.end() || *it > *paid))
            paid = it;
    }
    if (paid != unpaid.end()) {
        row.claimed = *paid;
        unpaid.erase(paid);
    }
    highestNonce = std::max(highestNonce, request.nonce);
    m_unsettled += fee;
    ++m_reserved;
    return open[request.nonce] = row;
}

void ProviderUser::restore(const ProviderRow &row)
{
    m_unsettled += row.fee;
    if (row.state == ProviderRow::State::Reserved)
        ++m_reserved;
    open[row.request.nonce] = row;
}

void ProviderUser::served(const U256 &nonce, const std::optional<U256> &count)
{
    const auto it = open.find(nonce);
    if (it == open.end() || it->second.state != ProviderRow::State::Reserved)
        return;
    it->second.state = ProviderRow::State::Served;
    --m_reserved;
    lastServed = lastServed ? std::max(*lastServed, nonce) : nonce;
    lastOutput = count.value_or(0);
    if (count && *count > 0)
        unpaid.append(*count);
}

ProviderRow ProviderUser::failed(const U256 &nonce, const QString &why)
{
    const auto it = open.find(nonce);
    if (it == open.end())
        return {};
    ProviderRow row = it->second;
    open.erase(it);
    if (row.state == ProviderRow::State::Reserved)
        --m_reserved;
    m_unsettled -= row.fee;
    if (row.claimed)
        unpaid.append(*row.claimed);
    row.state = ProviderRow::State::Failed;
    row.error = why;
    return row;
}

qsizetype ProviderUser::settledUpTo(const U256 &nonce)
{
    qsizetype gone = 0;
    for (auto it = open.begin(); it != open.end() && it->first <= nonce;) {
        if (it->second.state != ProviderRow::State::Served) {
            ++it;
            continue;
        }
        m_unsettled -= it->second.fee;
        it = open.erase(it);
        ++gone;
    }
    highestNonce = std::max(highestNonce, nonce);
    return gone;
}

ProviderRow ProviderUser::rejected(const U256 &nonce, const QString &why)
{
    const auto it = open.find(nonce);
    if (it == open.end() || it->second.state != ProviderRow::State::Served)
        return {};
    ProviderRow row = it->second;
    open.erase(it);
    m_unsettled -= row.fee;
    row.state = ProviderRow::State::Rejected;
    row.error = why;
    return row;
}

std::optional<CallRefusal> refusedForTime(const Request &request, const Service &service, qint64 now)
{
    if (request.createdAt > now + MaxClockDifference || request.createdAt < now - MaxClockDifference)
        return CallRefusal{QStringLiteral("invalid createdAt, received %1, more than %2 seconds from the provider's time %3")
                               .arg(request.createdAt)
                               .arg(MaxClockDifference)
                               .arg(now)};
    if (request.createdAt <= service.updatedAt)
        return CallRefusal{QStringLiteral("service updated, the request was created at %1, the service was updated at %2").arg(request.createdAt).arg(service.updatedAt)};
    return std::nullopt;
}

std::optional<CallRefusal> refusedByBook(const Request &request, const U256 &ownCount, const Wei &fee, const ProviderUser &user)
{
    if (const auto same = checkInputCount(ownCount, request.inputCount); !same)
        return CallRefusal{same.error().message()};
    if (const auto enough = checkPreviousOutput(user.requiredOutput(), request.previousOutputCount); !enough)
        return CallRefusal{enough.error().message()};
    if (const auto rising = checkNonce(user.highestNonce, request.nonce); !rising)
        return CallRefusal{rising.error().message()};
    const Wei total = fee + user.unsettledFee();
    if (total > Wei(user.lockBalance))
        return CallRefusal{QStringLiteral("insufficient balance, total fee of %1 exceeds the available balance of %2").arg(toDecimal(total), toDecimal(user.lockBalance)), true};
    return std::nullopt;
}

} // namespace sluice::zerog
