#include "sluice/sandbox/capabilities/language_guess.h"

#include <QtCore/QHash>

namespace sluice::sandbox {
namespace {

struct Entry {
    const char *code;
    const char16_t *words;
};

// The most frequent function words of each language, as any frequency list of it begins.
constexpr Entry Entries[] = {
    {"en", u"the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she or an will my "
           u"one all would there their what so up out if about who get which go me when make can like time no just him know take into your "
           u"some could them see other than then now only its over also after how our because any these most us is are was were been has "
           u"had did does more very here each both such may should must being those through where before between under while against during "
           u"don't doesn't isn't it's i'm can't won't didn't wasn't aren't you're we're they're that's i've i'll let's"},
    {"de", u"der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird "
           u"bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei wenn "
           u"ich wir ihr uns mich dich mir dir kein keine hier dort sehr schon dann diese dieser dieses können kann muss gegen vom unter "
           u"ihre ihren seine seinen doch was wer wo warum weil ob alle andere damit etwas immer jetzt"},
    {"fr", u"le la les de des du un une et en à est que qui dans pour pas sur ce il au plus par je avec tout faire son mettre autre on mais "
           u"nous comme ou si leur y dire elle devoir avant deux même prendre aussi celui donner bien où fois vous encore nouveau aller cela "
           u"entre premier vouloir déjà grand mon me moins aucun lui temps très savoir cette ces sont été être ont avait était aux c'est "
           u"n'est d'un d'une qu'il j'ai l'on se ne sans sous chez leurs nos votre vos mes tes ses"},
    {"es", u"el la de que y a en un ser se no haber por con su para como estar tener le lo todo pero más hacer o poder decir este ir otro ese "
           u"si me ya ver porque dar cuando él muy sin vez mucho saber qué sobre mi alguno mismo yo también hasta año dos querer entre así "
           u"primero desde grande eso ni nos llegar pasar tiempo ella los las del al una es son fue era está están hay han sus esta esto "
           u"unos unas donde quien nuestro nuestra les te tu usted ustedes"},
    {"it", u"il la di che e è un a per una in sono mi ho lo ma si non ti hai con cosa se io come ha ci questo qui sei bene tutto da del no della "
           u"le al dei nel perché gli alla anche più quando i cui o loro delle degli dal dalla nella sul sulla questa questi essere fare era "
           u"stato stata suo sua suoi sue molto poi dove chi tra fra dopo prima senza ancora già ogni quello quella noi voi lui lei l'ha "
           u"c'è dell'uomo nell'anno all'inizio un'altra"},
    {"pt", u"o a de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito "
           u"há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você "
           u"tinha foram essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós tenho lhe deles essas esses pelas "
           u"este fosse dele são"},
    {"nl", u"de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog door over naar heeft hij ik ze je we "
           u"wat worden wordt werd kan zou was tot deze die dit hun haar geen meer of al zo moet hebben had toen wij zij u mijn uw onze veel "
           u"waar wie hoe waarom omdat tegen na onder tussen zonder weer nu alle andere iets altijd hier daar"},
    {"sv", u"och i att det som en på är av för med till den han var inte om ett men jag de har så vi hade från sig hon eller ut man när kan "
           u"skulle efter där vid mot upp över under sin ska nu vara också alla än kunde då mycket utan mig dig oss ni detta dessa denna "
           u"någon något många andra varför vad vem hur bara mellan"},
    {"da", u"og i at det som en på er af for med til den han var ikke om et men jeg de har så vi havde fra sig hun eller ud man når kan "
           u"skulle efter hvor ved mod op over under sin skal nu være også alle end kunne da meget uden mig dig os dette disse denne nogen "
           u"noget mange andre hvorfor hvad hvem hvordan kun mellem blev bliver"},
    {"pl", u"i w nie na się z do że to jest a o jak ale po co tak za od by był być było była są przez dla ich jego jej ma tylko czy już może "
           u"oraz ten ta te tym tego tej który która które też bardzo kiedy gdzie więc jeszcze przed pod nad bez między ja ty on ona my wy "
           u"oni mnie mi ciebie nas was nam wam"},
    {"cs", u"a v se na je že to s z do o i jako ale by jsem za pro tak byl jak co podle po jeho jsou bylo které který která k od když už jen "
           u"ve ze být byla nebo až před také není však při má či ještě aby tento tato toto pod nad bez mezi já ty on ona my vy oni mě mi "
           u"tebe nás vás proto kde kdy"},
    {"tr", u"ve bir bu da de için ile o çok daha ne olarak en gibi kadar ama var mi sonra olan her ki ya değil ben sen biz siz onlar şey "
           u"diye yok nasıl neden çünkü ancak hem ise veya şu kendi bütün tüm göre önce şimdi burada orada oldu olur olduğu üzere"},
    {"ru", u"и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой от ещё для же вы всё так его бы как или "
           u"если был была было были есть нет уже когда где кто чтобы только очень при до после без под над между их ей ему нас вас них "
           u"меня тебя себя мне тебе нам вам там здесь тут"},
    {"uk", u"і в не на я бути він з що а по це вона цей до але вони ми весь який із у то за свій від ще для ж ви все так його би як або "
           u"якщо був була було були є немає вже коли де хто щоб тільки дуже при після без під над між їх їй йому нас вас них мене тебе "
           u"себе мені тобі нам вам там тут та й"},
    {"zh", u"的 了 在 是 我 有 和 就 不 人 都 一 个 上 也 很 到 说 要 去 你 会 着 看 好 这 那 他 她 它 们"},
    {"ja", u"の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その です ます"},
};

} // namespace

const QStringList &stopWords(const QString &code)
{
    static const QHash<QString, QStringList> lists = [] {
        QHash<QString, QStringList> result;
        for (const Entry &entry : Entries)
            result.insert(QString::fromLatin1(entry.code), QString::fromUtf16(entry.words).split(u' ', Qt::SkipEmptyParts));
        return result;
    }();
    static const QStringList none;
    const auto it = lists.constFind(code);
    return it == lists.constEnd() ? none : *it;
}

} // namespace sluice::sandbox
