// Which orchestrators a call goes to, and what a person is told of that.
#include "sluice/livepeer/orchestrator_network.h"

#include <algorithm>
#include <climits>

namespace sluice::livepeer {

namespace {

/// Asked for one report, however many are known.
constexpr qsizetype MostAsked = 100;

int slots(qint64 count)
{
    return int(std::clamp<qint64>(count, 0, INT_MAX));
}

Candidate candidateFrom(const QUrl &server, const std::optional<Probed> &said, const Experience &past)
{
    Candidate one;
    one.server = server;
    one.taken = past.taken;
    one.passedOver = past.passedOver;
    one.tookLast = past.tookLast;
    one.lastReason = past.reason;
    one.lastAt = past.at;
    if (!said)
        return one;
    if (said->failure) {
        one.trouble = said->failure->message();
        one.standing = Candidate::Standing::Away;
        return one;
    }
    if (said->price && said->price->isValid())
        one.price = PriceQuote{said->price->pricePerUnit, said->price->pixelsPerUnit, QStringLiteral("second")};
    if (said->capacity)
        one.capacity = slots(*said->capacity);
    if (said->available)
        one.available = slots(*said->available);
    one.latency = said->latency;
    return one;
}

} // namespace

bool OrchestratorNetwork::bestIsFirst() const
{
    const SelectionRules::Order order = m_services.selection().order;
    return order == SelectionRules::Order::Best || (order == SelectionRules::Order::Automatic && m_access.orchestrators.isEmpty());
}

ChoicePtr OrchestratorNetwork::choose(const QList<QUrl> &servers, const QString &name, std::shared_ptr<CandidateProbe> probe) const
{
    const SelectionRules &rules = m_services.selection();
    Choice::Options options;
    options.name = name;
    options.book = m_book;
    options.probe = std::move(probe);
    options.best = bestIsFirst();
    options.pinned = !rules.pinned.isEmpty();
    QList<QUrl> wanted;
    for (const QUrl &server : servers) {
        if (options.pinned ? rules.isPinned(server) : !rules.isExcluded(server))
            wanted.append(server);
    }
    if (wanted.isEmpty() && !servers.isEmpty())
        throw options.pinned ? pinIsMissing(rules.pinned, name) : allExcluded(name, servers.size());
    return std::make_shared<Choice>(wanted, options);
}

QCoro::Task<ChoicePtr> OrchestratorNetwork::chooseFor(QString name, std::shared_ptr<CandidateProbe> probe, CallContext context)
{
    const QList<QUrl> servers = co_await orchestratorsFor(name, context);
    co_return choose(servers, name, std::move(probe));
}

QList<QUrl> OrchestratorNetwork::arranged(const QList<QUrl> &servers, const QString &name) const
{
    const SelectionRules &rules = m_services.selection();
    QList<QUrl> asked;
    QList<QUrl> others;
    for (const QUrl &server : servers) {
        const bool wanted = rules.pinned.isEmpty() ? !rules.isExcluded(server) : rules.isPinned(server);
        (wanted ? asked : others).append(server);
    }
    if (!bestIsFirst())
        return asked + others;
    QList<QUrl> result;
    // A call asks them in groups, and the best of each group comes first.
    for (qsizetype from = 0; from < asked.size(); from += Choice::Batch) {
        const QList<QUrl> batch = asked.mid(from, Choice::Batch);
        QList<RankedFacts> facts;
        for (const QUrl &server : batch)
            facts.append(m_book->facts(server, m_book->fresh(name, server)));
        for (const qsizetype index : bestFirst(facts))
            result.append(batch[index]);
    }
    return result + others;
}

QCoro::Task<CandidateReport> OrchestratorNetwork::report(QList<QUrl> servers, QString name, std::shared_ptr<CandidateProbe> probe, CallContext context)
{
    using Standing = Candidate::Standing;
    co_await m_book->load();
    const QList<QUrl> asked = servers.mid(0, MostAsked);
    const QList<Probed> said = co_await probeAll(probe, asked, Choice::Batch, context);
    context.check();
    for (qsizetype i = 0; i < asked.size(); ++i)
        m_book->saw(name, asked[i], said[i]);
    const SelectionRules rules = m_services.selection();
    CandidateReport report;
    report.at = QDateTime::currentDateTimeUtc();
    report.byDiscovery = m_access.orchestrators.isEmpty();
    report.basis = bestIsFirst() ? CandidateReport::Basis::Best : CandidateReport::Basis::Listed;
    if (!rules.pinned.isEmpty()) {
        report.basis = CandidateReport::Basis::Pinned;
        const auto isIt = [&rules](const QUrl &server) { return rules.isPinned(server); };
        if (std::none_of(servers.begin(), servers.end(), isIt))
            report.missingPin = rules.pinned;
    }
    int rank = 0;
    bool someoneIsFirst = false;
    for (const QUrl &server : arranged(servers, name)) {
        Candidate one = candidateFrom(server, m_book->fresh(name, server), m_book->experience(server));
        one.isPinned = rules.isPinned(server);
        if (rules.isExcluded(server))
            one.standing = Standing::Excluded;
        else if (!rules.pinned.isEmpty() && !one.isPinned)
            one.standing = Standing::NotPinned;
        else if (one.standing != Standing::Away || report.basis != CandidateReport::Basis::Best)
            one.rank = ++rank; // one that is away and is asked in its place all the same
        if (one.standing == Standing::Next && one.available && *one.available < 1 && servers.size() > 1)
            one.standing = Standing::Full;
        else if (one.standing == Standing::Next && !std::exchange(someoneIsFirst, true))
            one.standing = Standing::First; // those before it are full or away
        report.candidates.append(one);
    }
    co_return report;
}

} // namespace sluice::livepeer
