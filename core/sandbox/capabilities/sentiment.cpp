#include "sluice/sandbox/capabilities/sentiment.h"

#include <QtCore/QSet>

#include <cmath>

namespace sluice::sandbox {
namespace {

const QSet<QString> &negations()
{
    static const QSet<QString> words = [] {
        const QStringList list = QStringLiteral("not no never none nobody nothing neither nor without hardly barely scarcely cannot cant dont "
                                                "doesnt didnt isnt wasnt arent wont wouldnt shouldnt couldnt aint").split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return words;
}

double degreeOf(const QString &word)
{
    static const QSet<QString> strong{QStringLiteral("very"), QStringLiteral("really"), QStringLiteral("extremely"), QStringLiteral("absolutely"),
        QStringLiteral("so"), QStringLiteral("too"), QStringLiteral("totally"), QStringLiteral("completely"), QStringLiteral("incredibly"),
        QStringLiteral("deeply"), QStringLiteral("truly"), QStringLiteral("most"), QStringLiteral("highly")};
    static const QSet<QString> weak{QStringLiteral("slightly"), QStringLiteral("somewhat"), QStringLiteral("rather"), QStringLiteral("fairly"),
        QStringLiteral("little"), QStringLiteral("bit"), QStringLiteral("quite"), QStringLiteral("almost"), QStringLiteral("partly")};
    return strong.contains(word) ? 1.4 : weak.contains(word) ? 0.7 : 1;
}

bool isNegation(const QString &word)
{
    return negations().contains(word) || word.endsWith(QStringLiteral("n't"));
}

} // namespace

Sentiment sentimentOf(const QStringList &words)
{
    constexpr int Reach = 3; // words before that can negate
    Sentiment result;
    double positive = 0;
    double negative = 0;
    for (qsizetype i = 0; i < words.size(); ++i) {
        double weight = sentimentWeight(words[i]);
        if (weight == 0)
            continue;
        QString phrase = words[i];
        if (i > 0) {
            weight *= degreeOf(words[i - 1]);
            for (qsizetype j = std::max<qsizetype>(0, i - Reach); j < i; ++j) {
                if (!isNegation(words[j]))
                    continue;
                // "Not terrible" is no praise: what is negated counts half and the other way.
                weight *= -0.5;
                phrase = words.mid(j, i - j + 1).join(u' ');
                break;
            }
        }
        (weight > 0 ? positive : negative) += weight;
        QStringList &list = weight > 0 ? result.positive : result.negative;
        if (!list.contains(phrase) && list.size() < 50)
            list.append(phrase);
    }
    const double sum = positive + negative;
    result.score = std::round(1000 * sum / std::sqrt(sum * sum + 15)) / 1000;
    const bool both = positive > 2 && negative < -2 && std::abs(sum) < 0.35 * (positive - negative);
    result.label = both ? QStringLiteral("mixed")
        : result.score > 0.1 ? QStringLiteral("positive")
        : result.score < -0.1 ? QStringLiteral("negative")
                              : QStringLiteral("neutral");
    return result;
}

} // namespace sluice::sandbox
