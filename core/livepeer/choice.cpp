#include "sluice/livepeer/choice.h"

namespace sluice::livepeer {

namespace {

QString pinAdvice()
{
    return QStringLiteral("Take the pin off (in the window's network view, or with sluicectl network --unpin) to let others take the call, or try again later.");
}

} // namespace

Choice::Choice(QList<QUrl> servers)
    : Choice(std::move(servers), Options())
{
}

Choice::Choice(QList<QUrl> servers, Options options)
    : m_servers(std::move(servers))
    , m_options(std::move(options))
{
}

QCoro::Task<void> Choice::askNextBatch(CallContext context)
{
    const QList<QUrl> batch = m_servers.mid(m_asked, Batch);
    m_asked += batch.size();
    QList<QUrl> unknown;
    for (const QUrl &server : batch) {
        if (!m_options.book->fresh(m_options.name, server))
            unknown.append(server);
    }
    const QList<Probed> said = co_await probeAll(m_options.probe, unknown, Batch, context);
    context.check();
    for (qsizetype i = 0; i < unknown.size(); ++i)
        m_options.book->saw(m_options.name, unknown[i], said[i]);
    QList<RankedFacts> facts;
    for (const QUrl &server : batch)
        facts.append(m_options.book->facts(server, m_options.book->fresh(m_options.name, server)));
    for (const qsizetype index : bestFirst(facts)) {
        const QUrl &server = batch[index];
        if (!facts[index].away)
            m_ready.append(server);
        else if (const auto known = m_options.book->fresh(m_options.name, server))
            passedOver(server, *known->failure);
    }
}

QCoro::Task<std::optional<QUrl>> Choice::next(CallContext context)
{
    context.check();
    if (m_options.book)
        co_await m_options.book->load();
    const bool asks = m_options.best && m_options.book && m_options.probe && m_servers.size() > 1;
    while (m_ready.isEmpty() && m_asked < m_servers.size()) {
        if (asks)
            co_await askNextBatch(context);
        else
            m_ready.append(m_servers[m_asked++]);
    }
    std::optional<QUrl> one;
    if (!m_ready.isEmpty())
        one = m_ready.takeFirst();
    co_return one;
}

QCoro::Task<QList<QUrl>> Choice::rest(CallContext context)
{
    QList<QUrl> all;
    for (;;) {
        const std::optional<QUrl> one = co_await next(context);
        if (!one)
            break;
        all.append(*one);
    }
    co_return all;
}

void Choice::took(const QUrl &server)
{
    if (m_options.book)
        m_options.book->took(server);
}

void Choice::passedOver(const QUrl &server, const Error &why)
{
    m_rejections.append({server, why.message()});
    if (m_options.book)
        m_options.book->passedOver(server, why.message());
}

Error Choice::soleFailure(const Error &why) const
{
    using Kind = Error::Kind;
    const bool another = why.kind() == Kind::Network || why.kind() == Kind::Timeout || why.kind() == Kind::Http || why.kind() == Kind::Rpc
        || why.kind() == Kind::Protocol || why.kind() == Kind::TooLarge;
    if (!m_options.pinned || !another || why.paymentSent() || m_servers.size() != 1)
        return why;
    return Error(Kind::NoOrchestrator, QStringLiteral("%1 is pinned in this profile and did not take the call: %2 No other was asked.")
                                           .arg(m_servers.first().toString(), why.message()))
        .withAdvice(pinAdvice()).withRequest(why.method(), why.url()).withHttp(why.httpStatus(), why.body()).withField(why.field())
        .withRejections({{m_servers.first(), why.message()}});
}

Error pinIsMissing(const QUrl &pinned, const QString &what)
{
    const QString reason = what.isEmpty() ? QStringLiteral("it is none of this network's servers.") : QStringLiteral("it is none of those that offer %1.").arg(what);
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("%1 is pinned in this profile, and %2 No other was asked.").arg(pinned.toString(), reason))
        .withAdvice(pinAdvice()).withRejections({{pinned, reason}});
}

Error allExcluded(const QString &what, qsizetype count)
{
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("All of %1 servers that may offer %2 are excluded in this profile.").arg(count).arg(what))
        .withAdvice(QStringLiteral("Take one in again: in the window's network view, or with sluicectl network --include URL."));
}

} // namespace sluice::livepeer
