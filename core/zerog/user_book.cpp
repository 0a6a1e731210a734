#include "sluice/zerog/user_book.h"

#include "sluice/base/bytes.h"
#include "sluice/zerog/neuron.h"

#include <algorithm>

namespace sluice::zerog {

namespace {

constexpr std::size_t MostRemembered = 256;
constexpr int MostShortWaits = 3;

/// A provider cannot lead this account's nonces to their end.
const U256 HighestNonceBelieved = U256(1) << 62;

/// The digits at the front.
std::optional<U256> leadingNumber(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && end < 20 && text.at(end) >= QLatin1Char('0') && text.at(end) <= QLatin1Char('9'))
        ++end;
    const auto value = u256FromDecimal(text.first(end));
    return end > 0 && value ? std::optional(*value) : std::nullopt;
}

/// The number behind these words.
std::optional<U256> numberBehind(const QString &text, const QString &words)
{
    const qsizetype at = text.indexOf(words);
    return at < 0 ? std::nullopt : leadingNumber(QStringView(text).sliced(at + words.size()));
}

} // namespace

QString UserCall::name(State state)
{
    switch (state) {
    case State::Sent:
        return QStringLiteral("sent");
    case State::Done:
        return QStringLiteral("done");
    case State::Failed:
        return QStringLiteral("failed");
    case State::Unknown:
        return QStringLiteral("unknown");
    case State::Resolved:
        return QStringLiteral("resolved");
    }
    return {};
}

Json UserCall::toJson() const
{
    Json json{{QStringLiteral("createdAt"), timeText(request.createdAt)}, {QStringLiteral("providerAddress"), provider.toChecksum()},
        {QStringLiteral("nonce"), neuron::number(request.nonce)}, {QStringLiteral("serviceName"), request.serviceName},
        {QStringLiteral("inputCount"), neuron::number(request.inputCount)}, {QStringLiteral("previousOutputCount"), neuron::number(request.previousOutputCount)},
        {QStringLiteral("signature"), bytes::toHex0x(request.signature)}, {QStringLiteral("fee"), neuron::number(state == State::Failed ? Wei(0) : fee)},
        {QStringLiteral("state"), name(state)}};
    if (units)
        json.insert(QStringLiteral("outputCount"), neuron::number(*units));
    if (!error.isEmpty())
        json.insert(QStringLiteral("error"), error);
    return json;
}

ProviderAccount ProviderAccount::counters() const
{
    ProviderAccount copy;
    copy.provider = provider;
    copy.nonce = nonce;
    copy.lastOutput = lastOutput;
    copy.unpaid = unpaid;
    return copy;
}

U256 ProviderAccount::nextOutput() const
{
    return unpaid.isEmpty() ? U256(0) : *std::max_element(unpaid.begin(), unpaid.end());
}

UserCall ProviderAccount::begin(const Service &service, const U256 &inputCount, qint64 lookedAt, const std::optional<U256> &declared)
{
    UserCall call;
    call.provider = provider;
    call.request.nonce = ++nonce;
    call.request.serviceName = service.name;
    call.request.inputCount = inputCount;
    call.request.previousOutputCount = declared.value_or(nextOutput());
    // Of the same second, a request would be older than the service's prices.
    call.request.createdAt = std::max(lookedAt, service.updatedAt + 1);
    call.fee = feeOf(service, call.request.inputCount, call.request.previousOutputCount);
    if (const qsizetype paid = unpaid.indexOf(call.request.previousOutputCount); paid >= 0)
        call.claimed = unpaid.takeAt(paid);
    flying[call.request.nonce] = call;
    return call;
}

std::optional<U256> ProviderAccount::land(const U256 &of)
{
    const auto it = flying.find(of);
    if (it == flying.end())
        return std::nullopt;
    const std::optional<U256> claimed = it->second.claimed;
    flying.erase(it);
    return claimed;
}

void ProviderAccount::done(const U256 &of, const U256 &count)
{
    (void)land(of);
    lastOutput = count;
    if (count > 0)
        unpaid.append(count);
    remember(count);
}

void ProviderAccount::failed(const U256 &of)
{
    if (const auto claimed = land(of))
        unpaid.append(*claimed);
}

void ProviderAccount::unknown(const U256 &of)
{
    // What it declared counts as paid. If the provider never took the call, it will ask for just that, and it was counted here.
    (void)land(of);
    doubts.append(of);
}

OutputDecision ProviderAccount::decide(const U256 &expected, int waited, const U256 &mostInDoubt) const
{
    using Step = OutputDecision::Step;
    if (expected == 0 || unpaid.contains(expected))
        return {Step::Sign};
    const bool counted = std::find(m_measured.begin(), m_measured.end(), expected) != m_measured.end();
    // An answer of that length may be on its way: to sign for an earlier one now would be to pay for this one twice.
    if (!flying.empty() && counted && waited < MostShortWaits)
        return {Step::WaitShortly};
    if (counted)
        return {Step::Sign};
    if (!flying.empty())
        return {Step::Wait};
    return {doubts.isEmpty() || expected > mostInDoubt ? Step::Refuse : Step::SignInDoubt};
}

U256 ProviderAccount::resolveOne()
{
    return doubts.takeFirst();
}

void ProviderAccount::remember(const U256 &count)
{
    m_measured.push_back(count);
    if (m_measured.size() > MostRemembered)
        m_measured.pop_front();
}

ProviderRefusal providerRefusal(const QByteArray &body)
{
    ProviderRefusal refusal;
    const auto json = Json::parse(body);
    const QString text = json ? json->value(QStringLiteral("error")).toString() : QString();
    if (!text.startsWith(QLatin1String("Provider proxy: handle proxied service, ")))
        return refusal;
    using Kind = ProviderRefusal::Kind;
    if (text.contains(QLatin1String("invalid nonce, "))) {
        refusal.kind = Kind::Nonce;
        const auto highest = numberBehind(text, QStringLiteral("not greater than the previous nonce: "));
        if (highest && *highest < HighestNonceBelieved)
            refusal.value = *highest;
    } else if (const auto expected = numberBehind(text, QStringLiteral("invalid previousOutputCount, expected "))) {
        refusal.kind = Kind::PreviousOutput;
        refusal.value = *expected;
    } else if (text.contains(QLatin1String("service updated, "))) {
        refusal.kind = Kind::ServiceChanged;
    }
    return refusal;
}

} // namespace sluice::zerog
