#include "sluice/zerog/refusal.h"

namespace sluice::zerog {

namespace {

struct Name {
    Refusal::Kind kind;
    const char *text;
};
constexpr Name names[] = {
    {Refusal::Kind::AccountNotexists, "AccountNotexists"},
    {Refusal::Kind::InsufficientBalance, "InsufficientBalance"},
    {Refusal::Kind::RefundInvalid, "RefundInvalid"},
    {Refusal::Kind::RefundProcessed, "RefundProcessed"},
    {Refusal::Kind::RefundLocked, "RefundLocked"},
    {Refusal::Kind::ServiceNotexist, "ServiceNotexist"},
    {Refusal::Kind::EmptyRequestTrace, "EmptyRequestTrace"},
    {Refusal::Kind::NonceUsed, "NonceUsed"},
    {Refusal::Kind::InvalidRequest, "InvalidRequest"},
    {Refusal::Kind::ServiceUpdatedBeforeSettle, "ServiceUpdatedBeforeSettle"},
    {Refusal::Kind::InsufficientBalanceWhenSettle, "InsufficientBalanceWhenSettle"},
    {Refusal::Kind::InsufficientBalanceInPendingRefund, "InsufficientBalanceInPendingRefund"},
    {Refusal::Kind::Panic, "Panic"},
    {Refusal::Kind::NotOwner, "Ownable: caller is not the owner"},
    {Refusal::Kind::AlreadyInitialized, "Initializable: already initialized"},
    {Refusal::Kind::InsufficientFunds, "InsufficientFunds"},
    {Refusal::Kind::TooMuchGas, "TooMuchGas"},
    {Refusal::Kind::Reverted, "Reverted"},
};

QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

} // namespace

Refusal Refusal::ofAccount(Kind kind, const Address &user, const Address &provider)
{
    Refusal refusal(kind);
    refusal.m_user = user;
    refusal.m_provider = provider;
    return refusal;
}

Refusal Refusal::ofRefund(Kind kind, const Address &user, const Address &provider, const U256 &index)
{
    Refusal refusal = ofAccount(kind, user, provider);
    refusal.m_numbers = {index};
    return refusal;
}

Refusal Refusal::ofService(const Address &provider, const QString &name)
{
    Refusal refusal(Kind::ServiceNotexist);
    refusal.m_provider = provider;
    refusal.m_name = name;
    return refusal;
}

Refusal Refusal::ofNumbers(Kind kind, const QList<U256> &numbers)
{
    Refusal refusal(kind);
    refusal.m_numbers = numbers;
    return refusal;
}

Refusal Refusal::ofWallet(const Address &wallet, const U256 &amount, const Wei &has)
{
    Refusal refusal(Kind::InsufficientFunds);
    refusal.m_user = wallet;
    refusal.m_numbers = {amount};
    refusal.m_name = toDecimal(has);
    return refusal;
}

Refusal Refusal::reverted(const QString &words)
{
    Refusal refusal(Kind::Reverted);
    refusal.m_name = words;
    return refusal;
}

std::optional<qsizetype> Refusal::requestIndex() const
{
    switch (m_kind) {
    case Kind::NonceUsed:
    case Kind::InvalidRequest:
    case Kind::ServiceUpdatedBeforeSettle:
        if (!m_numbers.isEmpty() && m_numbers.first() <= U256(std::numeric_limits<qsizetype>::max()))
            return qsizetype(m_numbers.first());
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

QString Refusal::kindName() const
{
    for (const Name &name : names) {
        if (name.kind == m_kind)
            return QLatin1String(name.text);
    }
    Q_UNREACHABLE();
}

QString Refusal::toText() const
{
    QStringList arguments;
    switch (m_kind) {
    case Kind::NotOwner:
    case Kind::AlreadyInitialized:
        return kindName();
    case Kind::Reverted:
        return kindName() + QLatin1Char('(') + quoted(m_name) + QLatin1Char(')');
    case Kind::ServiceNotexist:
        arguments = {m_provider.toChecksum(), quoted(m_name)};
        break;
    case Kind::AccountNotexists:
    case Kind::InsufficientBalance:
    case Kind::RefundInvalid:
    case Kind::RefundProcessed:
    case Kind::RefundLocked:
        arguments = {m_user.toChecksum(), m_provider.toChecksum()};
        break;
    case Kind::InsufficientFunds:
        arguments = {m_user.toChecksum()};
        break;
    default:
        break;
    }
    for (const U256 &number : m_numbers)
        arguments.append(toDecimal(number));
    if (m_kind == Kind::InsufficientFunds)
        arguments.append(m_name);
    return kindName() + QLatin1Char('(') + arguments.join(QLatin1Char(',')) + QLatin1Char(')');
}

Error Refusal::toError() const
{
    const auto number = [this](qsizetype at) { return at < m_numbers.size() ? toDecimal(m_numbers.at(at)) : QStringLiteral("?"); };
    const auto say = [this](Error::Kind kind, const QString &what, const QString &advice = {}) {
        return Error(kind, QStringLiteral("The ledger refused: %1 (%2).").arg(what, toText())).withAdvice(advice);
    };
    const QString user = m_user.toChecksum();
    const QString provider = m_provider.toChecksum();
    switch (m_kind) {
    case Kind::AccountNotexists:
        return say(Error::Kind::InvalidInput, QStringLiteral("%1 has no account at the provider %2").arg(user, provider),
            QStringLiteral("Make a deposit first; it creates the account."));
    case Kind::InsufficientBalance:
        return say(Error::Kind::InsufficientBalance, QStringLiteral("more was asked back than what is free in the account of %1 at %2").arg(user, provider),
            QStringLiteral("At most the balance less the refunds that are pending can be asked back."));
    case Kind::RefundInvalid:
        return say(Error::Kind::InvalidInput, QStringLiteral("there is no refund %1").arg(number(0)));
    case Kind::RefundProcessed:
        return say(Error::Kind::InvalidInput, QStringLiteral("refund %1 was paid already").arg(number(0)));
    case Kind::RefundLocked:
        return say(Error::Kind::InvalidInput, QStringLiteral("refund %1 is still locked").arg(number(0)),
            QStringLiteral("Wait until the lock time has passed since it was asked for."));
    case Kind::ServiceNotexist:
        return say(Error::Kind::InvalidInput, QStringLiteral("the provider %1 has no service “%2”").arg(provider, m_name));
    case Kind::EmptyRequestTrace:
        return say(Error::Kind::InvalidInput, QStringLiteral("a trace holds no request"));
    case Kind::NonceUsed:
        return say(Error::Kind::InvalidInput, QStringLiteral("request %1 has the nonce %3, and at least %2 is expected").arg(number(0), number(1), number(2)),
            QStringLiteral("It was settled already, or a later one was."));
    case Kind::InvalidRequest:
        return say(Error::Kind::InvalidInput, QStringLiteral("the signature of request %1 is not its user's").arg(number(0)));
    case Kind::ServiceUpdatedBeforeSettle:
        return say(Error::Kind::InvalidInput, QStringLiteral("the service of request %1 was changed at %2, after the request was made (%3)").arg(number(0), number(1), number(2)));
    case Kind::InsufficientBalanceWhenSettle:
        return say(Error::Kind::InsufficientBalance, QStringLiteral("%1 neuron are to be paid from a balance of %2").arg(number(0), number(1)));
    case Kind::InsufficientBalanceInPendingRefund:
        return say(Error::Kind::InsufficientBalance, QStringLiteral("%1 neuron are to be paid from pending refunds of %2").arg(number(0), number(1)));
    case Kind::Panic:
        return say(Error::Kind::InvalidInput, QStringLiteral("a number passes what 256 bits hold"));
    case Kind::NotOwner:
        return say(Error::Kind::InvalidInput, QStringLiteral("only the ledger's owner may do that"));
    case Kind::AlreadyInitialized:
        return say(Error::Kind::InvalidInput, QStringLiteral("it was set up already"), QStringLiteral("Choose another file for a new ledger."));
    case Kind::InsufficientFunds:
        return say(Error::Kind::InsufficientBalance, QStringLiteral("the wallet %1 holds %2 neuron, and %3 are to be paid").arg(user, m_name, number(0)));
    case Kind::TooMuchGas:
        return say(Error::Kind::Rpc, QStringLiteral("the call needs more gas than the chain allows in one block"));
    case Kind::Reverted:
        return say(Error::Kind::Rpc, QStringLiteral("the call was reverted"));
    }
    Q_UNREACHABLE();
}

} // namespace sluice::zerog
