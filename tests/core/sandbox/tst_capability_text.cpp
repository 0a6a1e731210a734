#include "sluice/base/schema_validator.h"
#include "sluice/sandbox/capabilities/language_guess.h"
#include "sluice/sandbox/capabilities/sentiment.h"
#include "sluice/sandbox/capabilities/text_analysis.h"
#include "sluice/sandbox/capabilities/text_measures.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::sandbox;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

/// text-analysis and the measures it is made of.
class TestTextAnalysis : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLanguageIsGuessed_data();
    void theLanguageIsGuessed();
    void textWithoutLettersHasNoLanguage();
    void partsAreCountedByUnicodesRules();
    void syllablesAreCounted_data();
    void syllablesAreCounted();
    void readabilityFollowsFleschsFormula();
    void sentimentMindsNegationAndDegree_data();
    void sentimentMindsNegationAndDegree();
    void keywordsAreThePhrasesBetweenStopWords();
    void chineseKeywordsAreRecurringPairs();
    void readabilityAndSentimentAreNullOutsideEnglish();
    void sectionsAndOptionsAreObeyed();
    void hostileTextsAreAnsweredInBoundedTime_data();
    void hostileTextsAreAnsweredInBoundedTime();
    void aCancelledCallStops();
    void theSchemaTheExamplesAndTheAnswersAreSound();

private:
    Json analysed(const Json &input)
    {
        return orThrow(Json::parse(m_capability.predict(input, RunContext()).body));
    }
    TextAnalysis m_capability;
};

void TestTextAnalysis::theLanguageIsGuessed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *code, const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(code); };
    row("en", "The quick brown fox jumps over the lazy dog, and then it sleeps.");
    row("en", "I don't know what you mean.");
    row("de", "Der schnelle braune Fuchs springt über den faulen Hund und schläft dann.");
    row("de", "Das Wetter ist heute nicht besonders gut.");
    row("fr", "Le renard brun saute par-dessus le chien paresseux, puis il s'endort.");
    row("fr", "bonjour tout le monde");
    row("es", "El zorro marrón salta sobre el perro perezoso y luego se duerme.");
    row("es", "¿Dónde está la biblioteca?");
    row("it", "La volpe marrone salta sopra il cane pigro e poi si addormenta.");
    row("it", "Ciao, come stai oggi?");
    row("pt", "A raposa marrom pula sobre o cachorro preguiçoso e depois não acorda.");
    row("nl", "De snelle bruine vos springt over de luie hond en gaat daarna slapen.");
    row("sv", "Det är en vacker dag och jag vill inte gå hem.");
    row("da", "Det er ikke nemt at være en ræv, men jeg prøver hver dag.");
    row("pl", "Dziękuję bardzo za pomoc, to jest dla mnie ważne.");
    row("cs", "Dnes je krásný den a já nechci jít domů, protože svítí slunce.");
    row("tr", "Bugün hava çok güzel ve ben dışarı çıkmak istiyorum.");
    row("ru", "Быстрая коричневая лиса прыгает через ленивую собаку.");
    row("uk", "Швидка руда лисиця перестрибує через ледачого пса і засинає.");
    row("zh", "这是一个美丽的世界");
    row("ja", "これは美しい世界です。今日は天気がいいですね。");
    row("ko", "오늘은 날씨가 아주 좋습니다.");
    row("el", "Η γρήγορη αλεπού πηδάει πάνω από τον σκύλο.");
    row("ar", "الطقس جميل اليوم");
    row("he", "מזג האוויר יפה היום");
    row("hi", "आज मौसम बहुत अच्छा है");
    row("th", "วันนี้อากาศดีมาก");
}

void TestTextAnalysis::theLanguageIsGuessed()
{
    QFETCH(QString, text);
    const auto candidates = guessLanguage(text);
    QVERIFY(!candidates.isEmpty());
    QTEST(candidates.first().code, "code");
    QVERIFY2(candidates.first().confidence > 0.4, qPrintable(QString::number(candidates.first().confidence)));
    QVERIFY(candidates.first().confidence <= 1);
    QVERIFY(languageName(candidates.first().code) != candidates.first().code);
}

void TestTextAnalysis::textWithoutLettersHasNoLanguage()
{
    QVERIFY(guessLanguage(QString()).isEmpty());
    QVERIFY(guessLanguage(QStringLiteral("1234 5678 !?")).isEmpty());
    QVERIFY(guessLanguage(QStringLiteral("zzkrx")).isEmpty());
}

void TestTextAnalysis::partsAreCountedByUnicodesRules()
{
    const TextParts parts = TextParts::of(QString::fromUtf8("Dr. Who can't stop. Really?\nYes \xf0\x9f\x98\x80\n\n  \nA second paragraph, it’s 3.14 long!"));
    QCOMPARE(parts.paragraphs, 2);
    QVERIFY(parts.words.contains(QStringLiteral("can't")));
    QVERIFY(parts.words.contains(QStringLiteral("it's")));
    QVERIFY(parts.words.contains(QStringLiteral("3.14")));
    QVERIFY(!parts.words.contains(QStringLiteral("?")));
    QCOMPARE(TextParts::of(QString::fromUtf8("a\xf0\x9f\x98\x80 b")).characters, 4);
    QCOMPARE(TextParts::of(QString::fromUtf8("a\xf0\x9f\x98\x80 b")).charactersNoSpaces, 3);
    QCOMPARE(TextParts::of(QStringLiteral("One. Two! Three?")).sentences.size(), 3);
    QCOMPARE(TextParts::of(QString()).words.size(), 0);
}

void TestTextAnalysis::syllablesAreCounted_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("count");
    const std::pair<const char *, int> words[] = {{"cat", 1}, {"table", 2}, {"made", 1}, {"computer", 3}, {"jumped", 1}, {"wanted", 2},
        {"boxes", 2}, {"likes", 1}, {"rhythm", 1}, {"beautiful", 3}, {"the", 1}, {"simple", 2}, {"university", 5}, {"brr", 1}};
    for (const auto &[word, count] : words)
        QTest::newRow(word) << QString::fromLatin1(word) << count;
}

void TestTextAnalysis::syllablesAreCounted()
{
    QFETCH(QString, word);
    QTEST(syllables(word), "count");
}

void TestTextAnalysis::readabilityFollowsFleschsFormula()
{
    // 6 words, 1 sentence, 6 syllables: 206.835 − 1.015·6 − 84.6 = 116.1
    const auto easy = readabilityOf(TextParts::of(QStringLiteral("The cat sat on the mat.")));
    QVERIFY(easy);
    QCOMPARE(easy->fleschReadingEase, 116.1);
    QCOMPARE(easy->fleschKincaidGrade, -1.4);
    QCOMPARE(easy->level, QStringLiteral("very easy"));
    const auto hard = readabilityOf(TextParts::of(QStringLiteral("Institutional heterogeneity necessitates multidimensional organisational considerations.")));
    QVERIFY(hard);
    QVERIFY(hard->fleschReadingEase < 0);
    QVERIFY(!readabilityOf(TextParts::of(QStringLiteral("Two words"))));
    QVERIFY(!readabilityOf(TextParts::of(QStringLiteral("1 2 3 4 5"))));
}

void TestTextAnalysis::sentimentMindsNegationAndDegree_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("label");
    QTest::newRow("good") << "a good and reliable tool" << "positive";
    QTest::newRow("bad") << "a terrible and useless tool" << "negative";
    QTest::newRow("neutral") << "the box stands on a table" << "neutral";
    QTest::newRow("negated good") << "this is not good" << "negative";
    QTest::newRow("negated contraction") << "i don't love it" << "negative";
    QTest::newRow("negated bad") << "it was never terrible" << "positive";
    QTest::newRow("mixed") << "i love the wonderful screen and hate the horrible keyboard" << "mixed";
    QTest::newRow("inflected") << "she happily enjoyed every one of the successes" << "positive";
    QTest::newRow("empty") << "" << "neutral";
}

void TestTextAnalysis::sentimentMindsNegationAndDegree()
{
    QFETCH(QString, text);
    const auto scoreOf = [](const QString &words) { return sentimentOf(words.split(u' ', Qt::SkipEmptyParts)); };
    QTEST(scoreOf(text).label, "label");
    QVERIFY(scoreOf(QStringLiteral("very good")).score > scoreOf(QStringLiteral("good")).score);
    QVERIFY(scoreOf(QStringLiteral("slightly good")).score < scoreOf(QStringLiteral("good")).score);
    QVERIFY(std::abs(scoreOf(QStringLiteral("not terrible")).score) < std::abs(scoreOf(QStringLiteral("terrible")).score));
    QVERIFY(std::abs(scoreOf(QStringLiteral("love ").repeated(1000)).score) <= 1);
}

void TestTextAnalysis::keywordsAreThePhrasesBetweenStopWords()
{
    const auto keywords = keywordsOf(QStringLiteral("Probabilistic micropayments are fast. With probabilistic micropayments you pay by tickets."), key("en"), 3);
    QCOMPARE(keywords.size(), 3);
    QCOMPARE(keywords.first().phrase, QStringLiteral("probabilistic micropayments"));
    QCOMPARE(keywords.first().count, 2);
    QVERIFY(keywordsOf(QStringLiteral("some words here"), key("en"), 0).isEmpty());
    QVERIFY(keywordsOf(QStringLiteral("the and of"), key("en"), 10).isEmpty());
}

void TestTextAnalysis::chineseKeywordsAreRecurringPairs()
{
    const auto keywords = keywordsOf(QString::fromUtf8("人工智能改变世界。人工智能也改变生活。"), key("zh"), 5);
    QVERIFY(!keywords.isEmpty());
    QCOMPARE(keywords.first().count, 2);
}

void TestTextAnalysis::readabilityAndSentimentAreNullOutsideEnglish()
{
    const Json german = analysed(Json{{key("text"), QString::fromUtf8("Das ist ein sehr schöner Tag und ich freue mich über die Sonne.")}});
    QVERIFY(german.contains(key("sentiment")) && german.value(key("sentiment")).isNull());
    QVERIFY(german.contains(key("readability")) && german.value(key("readability")).isNull());
    QCOMPARE(german.value(key("notes")).size(), 1);
    const Json unknown = analysed(Json{{key("text"), "12 34"}});
    QVERIFY(unknown.value(key("language")).value(key("code")).isNull());
    QVERIFY(unknown.value(key("sentiment")).isNull());
    const Json forced = analysed(Json{{key("text"), "wunderbar good"}, {key("language"), "en"}});
    QCOMPARE(forced.value(key("language")).value(key("given")).toBool(), true);
    QCOMPARE(forced.value(key("sentiment")).value(key("label")).toString(), QStringLiteral("positive"));
}

void TestTextAnalysis::sectionsAndOptionsAreObeyed()
{
    const QString text = QStringLiteral("The sluice gate opens. The sluice gate closes. The keeper of the canal sleeps.");
    const Json only = analysed(Json{{key("text"), text}, {key("sections"), Json::array({Json("keywords")})}, {key("max_keywords"), 1}});
    QVERIFY(!only.contains(key("counts")) && !only.contains(key("sentiment")));
    QCOMPARE(only.value(key("keywords")).size(), 1);
    const Json listed = analysed(Json{{key("text"), text}, {key("include_words"), true}});
    QCOMPARE(listed.value(key("words")).value(key("sluice")).toInt64(), 2);
    const Json doubtful = analysed(Json{{key("text"), text}, {key("min_confidence"), 1.0}});
    QVERIFY(doubtful.value(key("language")).value(key("code")).isNull());
}

void TestTextAnalysis::hostileTextsAreAnsweredInBoundedTime_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("one long word") << QString(200'000, u'a');
    QTest::newRow("no words") << QString(200'000, u'!');
    QTest::newRow("many words") << QStringLiteral("ab cd ").repeated(33'000);
    QTest::newRow("many phrases") << [] {
        QString text;
        for (int i = 0; text.size() < 190'000; ++i)
            text += QStringLiteral("word%1 other%2. ").arg(i).arg(i * 7);
        return text;
    }();
    QTest::newRow("combining marks") << QStringLiteral("a\u0301").repeated(100'000);
    QTest::newRow("lone surrogates") << QString(50'000, QChar(0xdc00));
    QTest::newRow("nul") << QString(1000, QChar(0));
    QTest::newRow("right to left override") << QStringLiteral("\u202e abc \u202c").repeated(1000);
    QTest::newRow("Chinese") << QString::fromUtf8("中文字").repeated(60'000);
}

void TestTextAnalysis::hostileTextsAreAnsweredInBoundedTime()
{
    QFETCH(QString, text);
    QElapsedTimer timer;
    timer.start();
    const Json result = analysed(Json{{key("text"), text}, {key("include_words"), true}});
    QVERIFY(result.isObject());
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestTextAnalysis::aCancelledCallStops()
{
    CancelSource source;
    source.cancel();
    const RunContext context(source.token(), QDeadlineTimer(QDeadlineTimer::Forever));
    QVERIFY_THROWS_EXCEPTION(Error, m_capability.predict(Json{{key("text"), "some text"}}, context));
}

void TestTextAnalysis::theSchemaTheExamplesAndTheAnswersAreSound()
{
    QCOMPARE(SchemaValidator::problems(m_capability.inputSchema()), QStringList());
    QCOMPARE(SchemaValidator::problems(m_capability.outputSchema()), QStringList());
    QVERIFY(m_capability.description().contains(QStringLiteral("no language model")));
    QVERIFY(m_capability.price().pricePerUnit > 0);
    const SchemaValidator input(m_capability.inputSchema());
    const SchemaValidator output(m_capability.outputSchema());
    for (const Example &example : m_capability.examples()) {
        QVERIFY(input.validate(example.input).isEmpty());
        QVERIFY(output.validate(analysed(example.input)).isEmpty());
    }
    const Json happy = analysed(m_capability.examples().first().input);
    QCOMPARE(happy.value(key("language")).value(key("code")).toString(), QStringLiteral("en"));
    QCOMPARE(happy.value(key("sentiment")).value(key("label")).toString(), QStringLiteral("positive"));
}

QTEST_GUILESS_MAIN(TestTextAnalysis)
#include "tst_capability_text.moc"
