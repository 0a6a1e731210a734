#include "sluice/sandbox/capabilities/text_analysis.h"

#include "sluice/sandbox/capabilities/language_guess.h"
#include "sluice/sandbox/capabilities/sentiment.h"
#include "sluice/sandbox/capabilities/text_measures.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QSet>

#include <cmath>

namespace sluice::sandbox {
namespace {

constexpr int MaxCharacters = 200'000;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

Json words(const QStringList &list)
{
    Json array = Json::array();
    for (const QString &word : list)
        array.append(word);
    return array;
}

Json languageJson(const QList<LanguageCandidate> &candidates, const QString &given)
{
    if (!given.isEmpty())
        return Json{{key("code"), given}, {key("name"), languageName(given)}, {key("confidence"), nullptr}, {key("given"), true}};
    if (candidates.isEmpty())
        return Json{{key("code"), nullptr}, {key("name"), "unknown"}, {key("confidence"), 0}, {key("given"), false}};
    Json others = Json::array();
    for (const LanguageCandidate &candidate : candidates)
        others.append(Json{{key("code"), candidate.code}, {key("name"), languageName(candidate.code)}, {key("confidence"), candidate.confidence}});
    const LanguageCandidate &best = candidates.first();
    return Json{{key("code"), best.code}, {key("name"), languageName(best.code)}, {key("confidence"), best.confidence},
        {key("given"), false}, {key("candidates"), others}};
}

Json countsJson(const TextParts &parts)
{
    constexpr double WordsPerMinute = 230;
    const qint64 count = parts.words.size();
    qint64 letters = 0;
    for (const QString &word : parts.words)
        letters += word.size();
    const auto ratio = [](double a, double b) { return b == 0 ? Json() : Json(std::round(100 * a / b) / 100); };
    return Json{{key("characters"), parts.characters}, {key("characters_without_spaces"), parts.charactersNoSpaces},
        {key("words"), count}, {key("unique_words"), qint64(QSet<QString>(parts.words.begin(), parts.words.end()).size())},
        {key("sentences"), qint64(parts.sentences.size())}, {key("paragraphs"), parts.paragraphs},
        {key("average_word_length"), ratio(double(letters), double(count))},
        {key("average_sentence_length"), ratio(double(count), double(parts.sentences.size()))},
        {key("reading_time_seconds"), qint64(std::ceil(60 * count / WordsPerMinute))}};
}

Json readabilityJson(const TextParts &parts)
{
    const auto measured = readabilityOf(parts);
    if (!measured)
        return nullptr;
    return Json{{key("flesch_reading_ease"), measured->fleschReadingEase},
        {key("flesch_kincaid_grade"), measured->fleschKincaidGrade}, {key("level"), measured->level}};
}

Json sentimentJson(const TextParts &parts)
{
    const Sentiment sentiment = sentimentOf(parts.words);
    return Json{{key("label"), sentiment.label}, {key("score"), sentiment.score}, {key("positive"), words(sentiment.positive)},
        {key("negative"), words(sentiment.negative)}};
}

Json keywordsJson(const QString &text, const QString &language, int most)
{
    Json list = Json::array();
    for (const Keyword &keyword : keywordsOf(text, language, most))
        list.append(Json{{key("phrase"), keyword.phrase}, {key("score"), keyword.score}, {key("count"), keyword.count}});
    return list;
}

} // namespace

QString TextAnalysis::description() const
{
    return QStringLiteral("Reads a text and reports its language, counts, readability, sentiment and keywords. It works with word lists and "
                          "published formulas (Flesch, RAKE); it is no language model. Readability and sentiment are defined for "
                          "English only and are null for other languages.");
}

Json TextAnalysis::inputSchema() const
{
    Json languages = Json::array({Json("auto")});
    for (const QString &code : knownLanguages())
        languages.append(code);
    const Json sections = Json::array({Json("counts"), Json("readability"), Json("sentiment"), Json("keywords")});
    return Json{{key("type"), "object"}, {key("title"), "Text analysis"}, {key("required"), Json::array({Json("text")})},
        {key("properties"), Json{
            {key("text"), Json{{key("type"), "string"}, {key("title"), "Text"}, {key("description"), "What to analyse, in any language."},
                {key("minLength"), 1}, {key("maxLength"), MaxCharacters}, {key("x-order"), 0},
                {key("examples"), Json::array({Json("The new release is fast and a joy to use.")})}}},
            {key("language"), Json{{key("type"), "string"}, {key("title"), "Language"}, {key("enum"), languages}, {key("default"), "auto"},
                {key("description"), "Code of the text's language; auto guesses it."}, {key("x-order"), 1}}},
            {key("max_keywords"), Json{{key("type"), "integer"}, {key("title"), "Keywords at most"}, {key("minimum"), 0}, {key("maximum"), 50},
                {key("default"), 10}, {key("x-order"), 2}}},
            {key("sections"), Json{{key("type"), "array"}, {key("title"), "Sections"}, {key("description"), "What to report."},
                {key("items"), Json{{key("type"), "string"}, {key("enum"), sections}}}, {key("uniqueItems"), true}, {key("minItems"), 1},
                {key("default"), sections}, {key("x-order"), 3}}},
            {key("min_confidence"), Json{{key("type"), "number"}, {key("title"), "Least confidence"},
                {key("description"), "A language guess below this counts as unknown."}, {key("minimum"), 0}, {key("maximum"), 1},
                {key("default"), 0}, {key("x-order"), 4}}},
            {key("include_words"), Json{{key("type"), "boolean"}, {key("title"), "List the words"},
                {key("description"), "Adds every distinct word with its count."}, {key("default"), false}, {key("x-order"), 5}}}}},
        {key("additionalProperties"), false}};
}

Json TextAnalysis::outputSchema() const
{
    const auto nullable = [](const char *type) { return Json{{key("type"), Json::array({Json(type), Json("null")})}}; };
    return Json{{key("type"), "object"}, {key("x-output"), Json{{key("type"), "json"}, {key("media_type"), "application/json"}}},
        {key("required"), Json::array({Json("language"), Json("notes")})},
        {key("properties"), Json{
            {key("language"), Json{{key("type"), "object"}, {key("properties"), Json{{key("code"), nullable("string")},
                {key("name"), Json{{key("type"), "string"}}}, {key("confidence"), nullable("number")}}}}},
            {key("counts"), Json{{key("type"), "object"}}},
            {key("readability"), nullable("object")},
            {key("sentiment"), nullable("object")},
            {key("keywords"), Json{{key("type"), "array"}}},
            {key("words"), Json{{key("type"), "object"}}},
            {key("notes"), Json{{key("type"), "array"}, {key("items"), Json{{key("type"), "string"}}}}}}}};
}

QList<Example> TextAnalysis::examples() const
{
    const auto text = [](const char *content) { return Json{{key("text"), content}}; };
    return {
        {QStringLiteral("A happy review"), text("I love this little lamp. It is bright, the light is warm, and setting it up was not difficult at "
            "all. My only regret is that I did not buy two. Delivery was quick and the packaging excellent.")},
        {QStringLiteral("A complaint"), text("The support was terrible. I waited three weeks for an answer, and the answer was useless. The replacement "
            "arrived broken, the manual is confusing, and nobody seems to care.")},
        {QStringLiteral("German prose"), text("Die Schleuse ist das Tor, durch das ein wenig Wasser fließt. Wer sie öffnet, lässt den Strom hindurch, "
            "und wer sie schließt, hält ihn auf. So einfach ist das, und doch hängt ein ganzer Kanal davon ab.")},
        {QStringLiteral("Keywords only"), Json{{key("text"), "Probabilistic micropayments let a sender pay an orchestrator with signed tickets. Most "
            "tickets lose; a winning ticket is redeemed on chain. On average the winning tickets pay the price of the work, while the cost of "
            "redemption is shared by thousands of losing tickets."}, {key("max_keywords"), 5}, {key("sections"), Json::array({Json("keywords")})}}},
    };
}

PredictResult TextAnalysis::predict(const Json &input, const RunContext &context)
{
    QElapsedTimer timer;
    timer.start();
    const QString text = input.value(key("text")).toString();
    QString given = input.value(key("language")).toString();
    if (given == u"auto")
        given.clear();
    QStringList sections;
    for (const Json &section : input.value(key("sections")).items())
        sections.append(section.toString());
    const auto wants = [&](const char *name) { return sections.isEmpty() || sections.contains(key(name)); };

    QList<LanguageCandidate> candidates = guessLanguage(text);
    if (!candidates.isEmpty() && candidates.first().confidence < input.value(key("min_confidence")).toDouble())
        candidates.clear();
    const QString language = !given.isEmpty() ? given : candidates.isEmpty() ? QString() : candidates.first().code;
    context.check();
    const TextParts parts = TextParts::of(text);
    context.check();

    Json result{{key("language"), languageJson(candidates, given)}};
    Json notes = Json::array();
    const bool english = language == u"en";
    if (!english && (wants("readability") || wants("sentiment")))
        notes.append(QStringLiteral("Readability and sentiment are defined for English only; this text is %1.")
                         .arg(language.isEmpty() ? QStringLiteral("of unknown language") : languageName(language)));
    if (wants("counts"))
        result.insert(key("counts"), countsJson(parts));
    if (wants("readability"))
        result.insert(key("readability"), english ? readabilityJson(parts) : Json());
    if (wants("sentiment"))
        result.insert(key("sentiment"), english ? sentimentJson(parts) : Json());
    context.check();
    if (wants("keywords"))
        result.insert(key("keywords"), keywordsJson(text, language, int(input.value(key("max_keywords")).toInt64().value_or(10))));
    if (input.value(key("include_words")).toBool()) {
        QMap<QString, int> counts;
        for (const QString &word : parts.words)
            ++counts[word];
        QList<Json::Member> members;
        for (auto it = counts.constBegin(); it != counts.constEnd(); ++it)
            members.append({it.key(), Json(it.value())});
        result.insert(key("words"), Json::object(members));
    }
    result.insert(key("notes"), notes);
    PredictResult answer = PredictResult::json(result);
    answer.metadata = Json{{key("capability"), name()}, {key("elapsed_us"), timer.nsecsElapsed() / 1000}};
    return answer;
}

} // namespace sluice::sandbox
