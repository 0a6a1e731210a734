#include "sluice/aigateway/pipelines.h"

#include <algorithm>

namespace sluice::aigateway {

namespace {

using Kind = Field::Kind;

Field field(const char *name, Kind kind, const char *title, const char *description, Json fallback = {})
{
    Field one;
    one.name = QString::fromLatin1(name);
    one.kind = kind;
    one.title = QString::fromUtf8(title);
    one.description = QString::fromUtf8(description);
    one.fallback = std::move(fallback);
    return one;
}

Field required(Field one)
{
    one.required = true;
    return one;
}

Field advanced(Field one)
{
    one.advanced = true;
    return one;
}

Field between(Field one, Json minimum, Json maximum, int multipleOf = 0)
{
    one.minimum = std::move(minimum);
    one.maximum = std::move(maximum);
    one.multipleOf = multipleOf;
    return one;
}

Field file(const char *name, const char *title, const char *mediaType)
{
    Field one = required(field(name, Kind::File, title, "Up to 50 MB."));
    one.mediaType = QString::fromLatin1(mediaType);
    return one;
}

Field prompt(const char *description)
{
    return required(field("prompt", Kind::Text, "Prompt", description));
}

Field negativePrompt()
{
    return field("negative_prompt", Kind::Text, "Negative prompt", "What should not be in the picture. Several are separated by |.", Json(""));
}

Field steps(int count)
{
    return advanced(between(field("num_inference_steps", Kind::Integer, "Steps", "More take longer and may look better.", count), 1, 500));
}

Field guidance()
{
    return advanced(between(field("guidance_scale", Kind::Number, "Guidance scale", "How closely the picture follows the prompt.", Json::number("7.5")), 0, 100));
}

Field seed()
{
    return between(field("seed", Kind::Integer, "Seed", "The same seed gives the same result. Left out: a random one."), 0, Json(qint64(0xFFFFFFFF)));
}

Field safetyCheck()
{
    return advanced(field("safety_check", Kind::Boolean, "Safety check", "Whether results are looked at for what may offend.", true));
}

Field count()
{
    return between(field("num_images_per_prompt", Kind::Integer, "Pictures", "How many pictures to make.", 1), 1, 10);
}

Field loras()
{
    return advanced(field("loras", Kind::JsonText, "LoRAs", "A JSON object of LoRA models and their weights: {\"latent-consistency/lcm-lora-sdxl\": 1.0}", Json("")));
}

Field side(const char *name, const char *title, int pixels, int multipleOf)
{
    return between(field(name, Kind::Integer, title, "In pixels.", pixels), 64, 4096, multipleOf);
}

Pipeline named(const char *name, const char *title, const char *description, int capability, const char *model)
{
    Pipeline one;
    one.name = QString::fromLatin1(name);
    one.title = QString::fromUtf8(title);
    one.description = QString::fromUtf8(description);
    one.capability = capability;
    one.defaultModel = QString::fromLatin1(model);
    return one;
}

Pipeline textToImage()
{
    Pipeline one = named("text-to-image", "Text to image", "Makes pictures from a text.", 27, "stabilityai/sdxl-turbo");
    // What a gateway fills in, which is not what the runner's own schema says.
    one.fields = {prompt("What to show. Several are separated by |."), negativePrompt(), side("width", "Width", 512, 8), side("height", "Height", 512, 8),
        count(), seed(), guidance(), steps(50), safetyCheck(), loras()};
    return one;
}

Pipeline imageToImage()
{
    Pipeline one = named("image-to-image", "Image to image", "Changes a picture as a text says.", 28, "timbrooks/instruct-pix2pix");
    one.body = Pipeline::Body::Form;
    one.fields = {file("image", "Picture", "image/*"), prompt("What to make of it."), negativePrompt(),
        between(field("strength", Kind::Number, "Strength", "How much it changes: 0 not at all, 1 everything.", Json::number("0.8")), 0, 1), count(), seed(), guidance(),
        advanced(between(field("image_guidance_scale", Kind::Number, "Picture's guidance scale", "How closely the result follows the picture.", Json::number("1.5")), 0, 100)),
        steps(100), safetyCheck(), loras()};
    return one;
}

Pipeline imageToVideo()
{
    Pipeline one = named("image-to-video", "Image to video", "Makes a short video that begins with a picture.", 29, "stabilityai/stable-video-diffusion-img2vid-xt-1-1");
    one.body = Pipeline::Body::Form;
    one.answer = Pipeline::Answer::Video;
    one.async = true;
    one.fields = {file("image", "Picture", "image/*"), side("width", "Width", 1024, 8), side("height", "Height", 576, 8),
        between(field("fps", Kind::Integer, "Pictures a second", "Of the video.", 6), 1, 60), seed(),
        advanced(between(field("motion_bucket_id", Kind::Integer, "Motion", "More is more motion.", 127), 0, 255)),
        advanced(between(field("noise_aug_strength", Kind::Number, "Noise", "More resembles the picture less and moves more.", Json::number("0.02")), 0, 1)),
        steps(25), safetyCheck()};
    return one;
}

Pipeline upscale()
{
    Pipeline one = named("upscale", "Upscale", "Makes a picture larger.", 30, "stabilityai/stable-diffusion-x4-upscaler");
    one.body = Pipeline::Body::Form;
    one.fields = {file("image", "Picture", "image/*"), prompt("What the picture shows."), seed(), steps(75), safetyCheck()};
    return one;
}

Pipeline audioToText()
{
    Pipeline one = named("audio-to-text", "Audio to text", "Writes down what is said, with the times at which it is.", 31, "openai/whisper-large-v3");
    one.body = Pipeline::Body::Form;
    one.answer = Pipeline::Answer::Text;
    Field times = field("return_timestamps", Kind::Choice, "Times", "Of sentences, of words, or none.", Json("sentence"));
    times.choices = {QStringLiteral("sentence"), QStringLiteral("word"), QStringLiteral("false")};
    one.fields = {file("audio", "Sound", "audio/*"), times};
    return one;
}

Pipeline segmentAnything()
{
    Pipeline one = named("segment-anything-2", "Segment anything 2", "Finds what is at a point or in a box of a picture, pixel by pixel.", 32, "facebook/sam2-hiera-large");
    one.body = Pipeline::Body::Form;
    one.answer = Pipeline::Answer::Masks;
    one.fields = {file("image", "Picture", "image/*"),
        field("point_coords", Kind::JsonText, "Points", "JSON: [[x, y], …] in pixels."),
        field("point_labels", Kind::JsonText, "Points' labels", "JSON: for each point 1 when it is part of the thing, 0 when not: [1, 0]"),
        field("box", Kind::JsonText, "Box", "JSON: [left, top, right, bottom] in pixels."),
        advanced(field("mask_input", Kind::JsonText, "Earlier mask", "JSON: the logits of an earlier answer, to be refined.")),
        advanced(field("multimask_output", Kind::Boolean, "Several masks", "Three suggestions instead of one.", true)),
        advanced(field("return_logits", Kind::Boolean, "Logits", "Masks as numbers without threshold.", true)),
        advanced(field("normalize_coords", Kind::Boolean, "Points are pixels", "Off: points and box are shares of width and height, from 0 to 1.", true))};
    return one;
}

Pipeline imageToText()
{
    Pipeline one = named("image-to-text", "Image to text", "Says in words what a picture shows.", 34, "Salesforce/blip-image-captioning-large");
    one.body = Pipeline::Body::Form;
    one.answer = Pipeline::Answer::Text;
    one.fields = {file("image", "Picture", "image/*"), field("prompt", Kind::Text, "Prompt", "How the words shall begin.", Json(""))};
    return one;
}

Pipeline textToSpeech()
{
    Pipeline one = named("text-to-speech", "Text to speech", "Speaks a text.", 36, "parler-tts/parler-tts-large-v1");
    one.answer = Pipeline::Answer::Speech;
    one.fields = {required(field("text", Kind::Text, "Text", "What to say.")), field("description", Kind::Text, "Speaker", "How the speaker sounds.",
        Json("A male speaker delivers a slightly expressive and animated speech with a moderate speed and pitch."))};
    return one;
}

Pipeline llm()
{
    Pipeline one = named("llm", "Chat", "Answers in a conversation.", 33, "meta-llama/Meta-Llama-3.1-8B-Instruct");
    one.answer = Pipeline::Answer::Chat;
    one.fields = {
        between(field("max_tokens", Kind::Integer, "Tokens at most", "Of the answer. The price is that of this many, used or not.", 256), 1, 128'000),
        between(field("temperature", Kind::Number, "Temperature", "0 takes the likeliest words, more is more varied.", Json::number("0.7")), 0, 2),
        advanced(between(field("top_p", Kind::Number, "Top p", "Takes words from this share of likelihood.", Json::number("1.0")), 0, 1)),
        advanced(between(field("top_k", Kind::Integer, "Top k", "Takes words from this many likeliest; -1: all.", -1), -1, 100'000))};
    return one;
}

} // namespace

QString Pipeline::modelField() const
{
    return answer == Answer::Chat ? QStringLiteral("model") : QStringLiteral("model_id");
}

const Field *Pipeline::field(const QString &fieldName) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field &one) { return one.name == fieldName; });
    return found == fields.end() ? nullptr : &*found;
}

const QList<Pipeline> &pipelines()
{
    static const QList<Pipeline> all{
        llm(), textToImage(), imageToImage(), imageToVideo(), upscale(), segmentAnything(), imageToText(), audioToText(), textToSpeech()};
    return all;
}

const Pipeline *pipelineOf(const QString &name)
{
    const auto found = std::find_if(pipelines().begin(), pipelines().end(), [&](const Pipeline &one) { return one.name == name; });
    return found == pipelines().end() ? nullptr : &*found;
}

const Pipeline *pipelineOf(int capability)
{
    const auto found = std::find_if(pipelines().begin(), pipelines().end(), [&](const Pipeline &one) { return one.capability == capability; });
    return found == pipelines().end() ? nullptr : &*found;
}

} // namespace sluice::aigateway
