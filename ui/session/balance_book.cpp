#include "sluice/session/balance_book.h"

#include "sluice/payments/balance_text.h"

namespace sluice::ui {

namespace {

QString originOf(const QUrl &url)
{
    const int usual = url.scheme() == QStringLiteral("http") ? 80 : 443;
    return QStringLiteral("%1:%2").arg(url.host()).arg(url.port(usual));
}

} // namespace

void BalanceBook::put(const CapabilityId &capability, const QUrl &orchestrator, const QString &wei, const QDateTime &at)
{
    if (balance_text::parse(wei.toLatin1()))
        m_words[capability].insert(originOf(orchestrator), {wei, at});
}

std::optional<BalanceBook::Word> BalanceBook::of(const CapabilityId &capability) const
{
    const auto purses = m_words.constFind(capability);
    if (purses == m_words.cend() || purses->isEmpty())
        return std::nullopt;
    Word word{purses->cbegin()->wei, purses->cbegin()->at, int(purses->size())};
    if (word.purses == 1)
        return word;
    Rational sum;
    for (const Said &said : *purses) {
        sum += *balance_text::parse(said.wei.toLatin1());
        word.at = std::min(word.at, said.at);
    }
    word.wei = QString::fromLatin1(balance_text::inStream(sum));
    return word;
}

QList<CapabilityId> BalanceBook::filled() const
{
    QList<CapabilityId> names;
    for (auto it = m_words.cbegin(); it != m_words.cend(); ++it) {
        const auto word = of(it.key());
        if (word && *balance_text::parse(word->wei.toLatin1()) >= 1)
            names << it.key();
    }
    return names;
}

} // namespace sluice::ui
