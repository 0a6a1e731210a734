#include "sluice/livepeer/signer_pool.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/log.h"

namespace sluice::livepeer {

namespace {

constexpr std::chrono::seconds RestAfterFailure{30};

RemoteSigner::Options optionsFor(const SignerAccess &access, const std::shared_ptr<SignerLogin> &login)
{
    RemoteSigner::Options options;
    options.origin = access.origin;
    options.headers = access.headers;
    if (access.bySignIn)
        options.login = login;
    return options;
}

} // namespace

struct SignerPool::Member {
    using Steady = std::chrono::steady_clock;

    Member(HttpClient &http, UserData &data, SpendLimits &limits, const SignerAccess &access, const std::shared_ptr<SignerLogin> &login)
        : signer(http, optionsFor(access, login))
        // What was paid ahead is paid by this signer's account alone.
        , sender(signer, data.nonces(), limits, SenderPolicy(), PaidAhead::make(&data.paidAhead(access.origin.toString()), data.clock()))
    {
    }
    [[nodiscard]] bool rests() const { return restsUntil && Steady::now() < *restsUntil; }
    void rest(const Error &why)
    {
        restsUntil = Steady::now() + RestAfterFailure;
        qCInfo(logPayments, "The signer at %s is passed over for now: %s", qUtf8Printable(signer.origin().toString()), qUtf8Printable(why.message()));
    }

    RemoteSigner signer;
    TicketSender sender;
    std::optional<Steady::time_point> restsUntil;
};

SignerPool::SignerPool(HttpClient &http, UserData &data, SpendLimits &limits, QList<SignerAccess> signers, std::shared_ptr<SignerLogin> login)
{
    for (const SignerAccess &access : std::as_const(signers))
        m_members.push_back(std::make_unique<Member>(http, data, limits, access, login));
}

SignerPool::~SignerPool() = default;

QCoro::Task<TicketSender *> SignerPool::pick(CallContext context)
{
    QList<Rejection> rejections;
    std::optional<Error> last;
    // Those that rest come last: where all do, they are what there is.
    for (const bool resting : {false, true}) {
        for (const auto &member : m_members) {
            if (member->rests() != resting)
                continue;
            std::optional<Error> failure;
            try {
                co_await member->signer.ready(context);
            } catch (const Error &error) {
                failure = error;
            }
            if (!failure) {
                TicketSender *sender = &member->sender;
                co_return sender;
            }
            if (failure->kind() != Error::Kind::Signer)
                throw *failure;
            if (!resting)
                member->rest(*failure);
            const bool again = std::any_of(rejections.begin(), rejections.end(), [&](const Rejection &one) { return one.url == member->signer.origin(); });
            if (!again)
                rejections.append({member->signer.origin(), failure->message()});
            last = failure;
            if (!resting)
                continue;
        }
        if (last && !resting && rejections.size() == qsizetype(m_members.size()))
            break; // all were asked just now
    }
    if (m_members.size() == 1 && last)
        throw *last;
    throw Error(Error::Kind::Signer, QStringLiteral("None of %1 signers can be had.").arg(m_members.size()))
        .withAdvice(QStringLiteral("Check their addresses in the profile and that they run.")).withRejections(rejections);
}

bool SignerPool::passOver(TicketSender *sender, const Error &why)
{
    bool other = false;
    for (const auto &member : m_members) {
        if (&member->sender == sender)
            member->rest(why);
        else
            other = other || !member->rests();
    }
    return other && m_members.size() > 1;
}

QStringList SignerPool::accounts() const
{
    QStringList all;
    for (const auto &member : m_members) {
        if (!member->signer.address().isZero())
            all.append(member->signer.address().toChecksum());
    }
    return all;
}

QString signerPurse(const QList<SignerAccess> &signers)
{
    return signers.isEmpty() ? QString() : signers.first().origin.toString();
}

} // namespace sluice::livepeer
