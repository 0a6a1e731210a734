#include "sluice/sandbox/capabilities/sentiment.h"

#include <QtCore/QHash>

namespace sluice::sandbox {
namespace {

struct Group {
    int weight;
    const char *words;
};

// Chosen by hand for this program; inflected forms are found by sentimentWeight().
constexpr Group Groups[] = {
    {3, "adore amaze amazing astonishing awesome blissful breathtaking brilliant delight delighted delightful ecstatic exceptional "
        "excellent exquisite extraordinary fabulous fantastic flawless glorious incredible love loved loving magnificent marvelous "
        "marvellous masterpiece outstanding overjoyed perfect perfection phenomenal remarkable sensational spectacular splendid stunning "
        "sublime superb terrific thrilled triumph unforgettable wonderful"},
    {2, "admire appreciate attractive beautiful beauty beloved best bliss bright captivate celebrate charming cheerful comfort "
        "comfortable compelling confident cozy delicious eager elegant eloquent enchanting encourage engaging enjoy enjoyable enthusiastic "
        "excited exciting favorite favourite friendly fun generous genius gentle glad gorgeous grateful gratitude great happiness happy "
        "helpful heroic honest hope hopeful impress impressive inspire inspiring joy joyful kind kindness lively lovely lucky luxury "
        "merry nice passionate peaceful pleasant please pleased pleasure polished praise proud refreshing relax relaxed reliable reward "
        "rewarding robust satisfied satisfy satisfying smart smile smooth succeed success successful superior sweet talented thank "
        "thankful thanks thoughtful thrive trust trustworthy useful valuable vibrant victory warm welcome win winner wise witty worthy"},
    {1, "able accept accurate achieve active affordable agree benefit better calm care careful clean clear clever convenient cool correct "
        "creative cute decent durable easy effective efficient fair fast fine fit flexible free fresh functional gain good healthy "
        "honor ideal improve improvement interesting intuitive neat okay patient polite popular positive practical precise productive "
        "progress promising prompt quick quiet ready recommend rich safe secure sharp simple sincere solid solve special stable "
        "strong suitable sure tidy useable well worth"},
    {-1, "abrupt afraid alarm argue awkward bland blame blur bored boring break bug busy careless cheap cold complain complaint "
         "complicated concern confuse confusing crack cramped crash critical crowded damage dark delay deny dirty disagree doubt "
         "dull empty error expensive fail fault flaw forget fragile fuss grey hard hassle hesitate ignore imperfect incomplete inconvenient "
         "issue lack late lazy leak limited lonely loose loud mess messy mistake negative nervous noise noisy odd old outdated pale "
         "plain pressure problem questionable refuse regret reject risk risky rough scarce shaky short slow stale stiff strange "
         "stress struggle stuck sudden tedious tense tired tough trouble ugly uncertain unclear uneven unusual upset vague warn weak "
         "weird worn worry wrong"},
    {-2, "abandon abuse accident ache aggressive anger angry annoy annoying anxious arrogant ashamed bad badly bitter broken "
         "brutal chaos cheat clumsy coward crime cruel cry danger dangerous dead deceive defeat defective depress depressed depressing "
         "despair desperate destroy dirt disappoint disappointed disappointing disappointment disaster dishonest dislike disrespect "
         "distress embarrass embarrassing enemy evil failure fake false fear filthy fool foolish fraud frighten frustrate frustrated "
         "frustrating frustration grief gross guilt guilty harm harmful harsh hopeless hostile hurt ignorant ill incompetent inferior "
         "injure insult jealous junk kill liar lie lose loser loss lost mad mediocre misery mislead misleading miss neglect nasty offend "
         "offensive overpriced pain painful panic pathetic poison poor poorly punish rage rude ruin sad sadness scam scare scary "
         "selfish shame shock sick sorrow spoil stink stupid suffer terrify threat toxic tragedy trash unacceptable unfair unfriendly "
         "unhappy unpleasant unreliable unsafe useless victim violent waste wasted wreck wrongly"},
    {-3, "abysmal agony appalling atrocious awful catastrophe catastrophic despicable detest devastate devastated devastating disgrace "
         "disgust disgusting dreadful garbage ghastly hate hated hatred heartbreaking hideous horrendous horrible horrid horrific horror "
         "intolerable loathe miserable nightmare outrage outrageous repulsive revolting sickening terrible terribly torture unbearable "
         "vile wicked worst worthless"},
};

const QHash<QString, int> &lexicon()
{
    static const QHash<QString, int> words = [] {
        QHash<QString, int> result;
        for (const Group &group : Groups) {
            for (const QString &word : QString::fromLatin1(group.words).split(u' '))
                result.insert(word, group.weight);
        }
        return result;
    }();
    return words;
}

} // namespace

int sentimentWeight(const QString &word)
{
    const QHash<QString, int> &words = lexicon();
    if (const auto it = words.constFind(word); it != words.constEnd())
        return *it;
    // enjoyed → enjoy, loves → love, hoping → hope, happily → happy, nicely → nice
    static const struct {
        QLatin1StringView ending;
        QLatin1StringView replacement;
    } rules[] = {
        {QLatin1StringView("ily"), QLatin1StringView("y")}, {QLatin1StringView("ies"), QLatin1StringView("y")},
        {QLatin1StringView("ied"), QLatin1StringView("y")}, {QLatin1StringView("ly"), QLatin1StringView("")},
        {QLatin1StringView("ing"), QLatin1StringView("")}, {QLatin1StringView("ing"), QLatin1StringView("e")},
        {QLatin1StringView("ed"), QLatin1StringView("")}, {QLatin1StringView("ed"), QLatin1StringView("e")},
        {QLatin1StringView("es"), QLatin1StringView("")}, {QLatin1StringView("s"), QLatin1StringView("")},
    };
    for (const auto &rule : rules) {
        if (!word.endsWith(rule.ending) || word.size() < rule.ending.size() + 3)
            continue;
        const auto it = words.constFind(word.chopped(rule.ending.size()) + rule.replacement);
        if (it != words.constEnd())
            return *it;
    }
    return 0;
}

} // namespace sluice::sandbox
