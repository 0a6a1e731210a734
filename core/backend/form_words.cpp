#include "sluice/backend/form_words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>

namespace sluice {

namespace {

constexpr const char *Context = "sluice::FormWords";

// Many stand in schemas that are JSON as text, where no tool would find them. tst_gateway_form_words misses none.
constexpr const char *Words[] = {
    // core/openai/endpoint_schemas.cpp
    QT_TRANSLATE_NOOP("sluice::FormWords", "Chat"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Messages"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The conversation so far, oldest first."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Role"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Content"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Text"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Parts"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Picture"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "A data: URI, or an address of the web."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Nothing"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Temperature"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Top p"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Longest answer"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "In tokens."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Longest answer with reasoning"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The newer name of the limit, which counts what a model thinks, too."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Presence penalty"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Frequency penalty"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Seed"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Answers"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Stop texts"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The answer ends before the first of them."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Reasoning effort"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "none, minimal, low, medium, high: what the model knows."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Format of the answer"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "{\"type\": \"json_object\"} or a JSON Schema."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Tools"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Functions that the model may ask for."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Embeddings"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Input"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Texts"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Dimensions"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Format of the vectors"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Images"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Prompt"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Pictures"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Size"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Width and height, such as 1024x1024, or auto."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Quality"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "auto, low, medium, high, standard, hd: what the model knows."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Pictures as"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "OpenAI's own newer models always answer b64_json and take no such parameter."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Transcription"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Sound"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Language"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Two letters, such as en."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Words that may occur, in their spelling."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Times of"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "With verbose_json."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Speech"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Voice"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How to speak"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Format of the sound"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Speed"),
    // core/zerog/backend_call.cpp
    QT_TRANSLATE_NOOP("sluice::FormWords", "The conversation so far, oldest first. Its words are what the call costs."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Model"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "As the service behind the provider names it, where it has several."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "In the model's tokens."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Storage node"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "A JSON-RPC request to the storage node. Its bytes are what the call costs."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Upload"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Method"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Segment"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "File"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Root"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Of the whole file. A node of 0G's storage network asks for it, and for what follows."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Which one of the file this is, from 0."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Size of the file"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "In bytes."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Proof"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "That the segment belongs to the root: an object with lemma and path."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Download"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Root, start and end"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Index"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Another method"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "For example zgs_getStatus or zgs_getFileInfo."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Parameters"),
    // core/llmworker/backend_call.cpp
    QT_TRANSLATE_NOOP("sluice::FormWords", "Conversation"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The conversation so far, oldest first; the last one is the question."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Tell of each stream"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What each stream of the template says and takes, beside the answer, where the worker tells it."),
    // core/aigateway/pipelines.cpp
    QT_TRANSLATE_NOOP("sluice::FormWords", "Up to 50 MB."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Negative prompt"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What should not be in the picture. Several are separated by |."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Steps"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "More take longer and may look better."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Guidance scale"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How closely the picture follows the prompt."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The same seed gives the same result. Left out: a random one."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Safety check"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Whether results are looked at for what may offend."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How many pictures to make."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "LoRAs"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "A JSON object of LoRA models and their weights: {\"latent-consistency/lcm-lora-sdxl\": 1.0}"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "In pixels."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Text to image"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Makes pictures from a text."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What to show. Several are separated by |."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Width"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Height"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Image to image"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Changes a picture as a text says."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What to make of it."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Strength"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How much it changes: 0 not at all, 1 everything."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Picture's guidance scale"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How closely the result follows the picture."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Image to video"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Makes a short video that begins with a picture."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Pictures a second"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Of the video."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Motion"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "More is more motion."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Noise"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "More resembles the picture less and moves more."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Upscale"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Makes a picture larger."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What the picture shows."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Audio to text"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Writes down what is said, with the times at which it is."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Times"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Of sentences, of words, or none."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Segment anything 2"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Finds what is at a point or in a box of a picture, pixel by pixel."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Points"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "JSON: [[x, y], …] in pixels."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Points' labels"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "JSON: for each point 1 when it is part of the thing, 0 when not: [1, 0]"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Box"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "JSON: [left, top, right, bottom] in pixels."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Earlier mask"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "JSON: the logits of an earlier answer, to be refined."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Several masks"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Three suggestions instead of one."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Logits"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Masks as numbers without threshold."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Points are pixels"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Off: points and box are shares of width and height, from 0 to 1."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Image to text"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Says in words what a picture shows."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How the words shall begin."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Text to speech"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Speaks a text."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "What to say."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Speaker"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "How the speaker sounds."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Answers in a conversation."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Tokens at most"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Of the answer. The price is that of this many, used or not."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "0 takes the likeliest words, more is more varied."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Takes words from this share of likelihood."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Top k"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Takes words from this many likeliest; -1: all."),
    QT_TRANSLATE_NOOP("sluice::FormWords", "As the network knows it."),
    // Examples of these.
    QT_TRANSLATE_NOOP("sluice::FormWords", "A question"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "A sentence"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "A picture"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "The node's state"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Upload a file"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Download a file"),
    // Names of backends.
    QT_TRANSLATE_NOOP("sluice::FormWords", "Livepeer AI gateway"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Livepeer live runner"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "Livepeer live video"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "LLM worker"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "OpenAI-compatible"),
    QT_TRANSLATE_NOOP("sluice::FormWords", "0G serving"),
};

Json inWords(const Json &json, int depth)
{
    constexpr int MaxDepth = 64;
    if (depth > MaxDepth)
        return json;
    if (json.isArray()) {
        QList<Json> items;
        for (const Json &item : json.items())
            items.append(inWords(item, depth + 1));
        return Json::array(items);
    }
    if (!json.isObject())
        return json;
    Json result = Json::object();
    for (const auto &[name, value] : json.members()) {
        // What follows these is data, not words.
        static const QSet<QString> data{QStringLiteral("default"), QStringLiteral("examples"), QStringLiteral("example"), QStringLiteral("const"), QStringLiteral("enum")};
        if (data.contains(name)) {
            result.insert(name, value);
            continue;
        }
        const bool said = value.isString() && (name == QLatin1String("title") || name == QLatin1String("description"));
        result.insert(name, said ? Json(formWord(value.toString())) : inWords(value, depth + 1));
    }
    return result;
}

} // namespace

QStringList formWords()
{
    QStringList words;
    for (const char *word : Words)
        words.append(QString::fromUtf8(word));
    return words;
}

QString formWord(const QString &word)
{
    static const QStringList all = formWords();
    static const QSet<QString> known(all.begin(), all.end());
    return known.contains(word) ? QCoreApplication::translate(Context, word.toUtf8().constData()) : word;
}

Json inFormWords(const Json &schema)
{
    return inWords(schema, 0);
}

} // namespace sluice
