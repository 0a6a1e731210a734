#include "media_forms_p.h"

#include "sluice/net/multipart_form.h"

#include <QtCore/QUrl>
#include <QtCore/QtEndian>

#include <algorithm>

namespace sluice::openai::media {

namespace {

const QString Model = QStringLiteral("model");
const QString ResponseFormat = QStringLiteral("response_format");

Unexpected<ApiError> refuse(const QString &member, const QString &why)
{
    return unexpected(ApiError::invalidRequest(why, member));
}

void addFile(MultipartForm &form, const char *name, const MultipartPart &part, const char *otherwise)
{
    const QByteArray fileName = part.fileName.value_or(QByteArray());
    const QByteArray type = part.contentType.isEmpty() ? QByteArray("application/octet-stream") : part.contentType;
    form.addFile(name, fileName.isEmpty() ? QByteArray(otherwise) : fileName, type, part.bytes);
}

/// "1024x576": both between 8 and 4096. `auto`, or nothing: the upstream's own.
Expected<std::optional<std::pair<int, int>>, ApiError> sizeFrom(const QString &text)
{
    const QString size = QStringLiteral("size");
    std::optional<std::pair<int, int>> none;
    if (text.isEmpty() || text == QLatin1String("auto"))
        return none;
    const QStringList sides = text.split(QLatin1Char('x'));
    bool wideOk = false;
    bool highOk = false;
    const int wide = sides.value(0).toInt(&wideOk);
    const int high = sides.value(1).toInt(&highOk);
    const auto fits = [](int side) { return side >= 8 && side <= 4096; };
    if (sides.size() != 2 || !wideOk || !highOk || !fits(wide) || !fits(high))
        return refuse(size, QStringLiteral("size is “WIDTHxHEIGHT” with 8 to 4096 each, or “auto”, not “%1”.").arg(text.left(60)));
    return std::optional(std::pair(wide, high));
}

Expected<int, ApiError> countFrom(const Json &n)
{
    if (n.isNull())
        return 1;
    const auto count = n.isString() ? std::optional(qint64(n.toString().toInt())) : n.toInt64();
    if (!count || *count < 1 || *count > 10)
        return refuse(QStringLiteral("n"), QStringLiteral("n is a whole number from 1 to 10."));
    return int(*count);
}

Expected<bool, ApiError> base64From(const QString &format, bool byDefault)
{
    if (format.isEmpty())
        return byDefault;
    if (format != QLatin1String("url") && format != QLatin1String("b64_json"))
        return refuse(ResponseFormat, QStringLiteral("response_format is “url” or “b64_json”, not “%1”.").arg(format.left(60)));
    return format == QLatin1String("b64_json");
}

QString clockText(double seconds, QLatin1Char mark)
{
    const qint64 milliseconds = std::max<qint64>(0, qint64(seconds * 1000 + 0.5));
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    return two(milliseconds / 3'600'000) + QLatin1Char(':') + two(milliseconds / 60'000 % 60) + QLatin1Char(':') + two(milliseconds / 1000 % 60) + mark
        + QStringLiteral("%1").arg(milliseconds % 1000, 3, 10, QLatin1Char('0'));
}

struct Piece {
    double start = 0;
    double end = 0;
    QString text;
};

QList<Piece> piecesIn(const Json &answer)
{
    QList<Piece> pieces;
    const QList<Json> chunks = answer.value(QStringLiteral("chunks")).items();
    for (const Json &chunk : chunks) {
        const Json times = chunk.value(QStringLiteral("timestamp"));
        Piece piece;
        piece.start = times.at(0).toDouble();
        piece.end = times.at(1).isNull() ? piece.start : times.at(1).toDouble(); // the last one's may be unknown
        piece.text = chunk.value(QStringLiteral("text")).toString();
        pieces.append(piece);
    }
    return pieces;
}

QByteArray subtitles(const QList<Piece> &pieces, bool web)
{
    QString text = web ? QStringLiteral("WEBVTT\n\n") : QString();
    const QLatin1Char mark(web ? '.' : ',');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        if (!web)
            text += QString::number(i + 1) + QLatin1Char('\n');
        text += clockText(pieces[i].start, mark) + QStringLiteral(" --> ") + clockText(pieces[i].end, mark) + QLatin1Char('\n') + pieces[i].text.trimmed() + QStringLiteral("\n\n");
    }
    return text.toUtf8();
}

Json verbose(const Json &answer, bool words)
{
    const QList<Piece> pieces = piecesIn(answer);
    Json list = Json::array();
    double duration = 0;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        duration = std::max(duration, pieces[i].end);
        const Json times{{QStringLiteral("start"), pieces[i].start}, {QStringLiteral("end"), pieces[i].end}};
        Json one = words ? Json{{QStringLiteral("word"), pieces[i].text.trimmed()}} : Json{{QStringLiteral("id"), qint64(i)}, {QStringLiteral("text"), pieces[i].text}};
        for (const auto &[name, value] : times.members())
            one.insert(name, value);
        list.append(one);
    }
    return Json{{QStringLiteral("task"), QStringLiteral("transcribe")}, {QStringLiteral("duration"), duration}, {QStringLiteral("text"), answer.value(QStringLiteral("text"))},
        {words ? QStringLiteral("words") : QStringLiteral("segments"), list}};
}

} // namespace

Expected<Form, ApiError> Form::from(const QByteArray &body, const QByteArray &boundary)
{
    Form form;
    form.m_body = body;
    const auto parts = multipart::read(form.m_body, boundary);
    if (!parts)
        return unexpected(ApiError::invalidRequest(parts.error().message()));
    form.m_parts = *parts;
    return form;
}

const MultipartPart *Form::find(const char *name) const
{
    const auto it = std::find_if(m_parts.begin(), m_parts.end(), [&](const MultipartPart &part) { return part.name == name; });
    return it == m_parts.end() ? nullptr : &*it;
}

QString Form::text(const char *name) const
{
    const MultipartPart *part = find(name);
    return part ? QString::fromUtf8(part->bytes) : QString();
}

QList<const MultipartPart *> Form::all(const char *name) const
{
    QList<const MultipartPart *> found;
    for (const MultipartPart &part : m_parts) {
        if (part.name == name || part.name == QByteArray(name) + "[]")
            found.append(&part);
    }
    return found;
}

Incoming::Incoming(const Headers &headers, const QByteArray &body)
{
    const auto boundary = multipart::boundaryOf(headers::value(headers, "Content-Type"));
    m_isForm = boundary.has_value();
    if (m_isForm) {
        auto form = Form::from(body, *boundary);
        m_model = form ? form->text("model") : QString();
        if (form)
            m_body = std::move(*form);
        else
            m_body = form.error();
        return;
    }
    auto json = Json::parse(body);
    if (json && json->isObject()) {
        m_model = json->value(Model).toString();
        m_body = std::move(*json);
    } else {
        m_body = ApiError::invalidRequest(QStringLiteral("The body is no JSON object."));
    }
}

Expected<Json, ApiError> Incoming::json() const
{
    if (const Json *json = std::get_if<Json>(&m_body))
        return *json;
    return unexpected(m_isForm ? ApiError::invalidRequest(QStringLiteral("This path takes a JSON object, not a form.")) : std::get<ApiError>(m_body));
}

Expected<Form, ApiError> Incoming::form() const
{
    if (const Form *form = std::get_if<Form>(&m_body))
        return *form;
    return unexpected(m_isForm ? std::get<ApiError>(m_body) : ApiError::invalidRequest(QStringLiteral("This path takes a form: multipart/form-data with a boundary.")));
}

Expected<ImageRequest, ApiError> imageGeneration(const Incoming &request, bool base64ByDefault)
{
    const auto json = request.json();
    if (!json)
        return unexpected(json.error());
    const Json prompt = json->value(QStringLiteral("prompt"));
    if (!prompt.isString() || prompt.toString().isEmpty())
        return refuse(QStringLiteral("prompt"), QStringLiteral("prompt is missing."));
    const auto count = countFrom(json->value(QStringLiteral("n")));
    if (!count)
        return unexpected(count.error());
    const auto size = sizeFrom(json->value(QStringLiteral("size")).toString());
    if (!size)
        return unexpected(size.error());
    const auto base64 = base64From(json->value(ResponseFormat).toString(), base64ByDefault);
    if (!base64)
        return unexpected(base64.error());
    Json body{{QStringLiteral("model_id"), json->value(Model).toString()}, {QStringLiteral("prompt"), prompt}, {QStringLiteral("num_images_per_prompt"), *count}};
    if (*size) {
        body.insert(QStringLiteral("width"), (*size)->first);
        body.insert(QStringLiteral("height"), (*size)->second);
    }
    ImageRequest made;
    made.request = {"/text-to-image", "application/json", body.dump()};
    made.base64 = *base64;
    return made;
}

Expected<ImageRequest, ApiError> imageEdit(const Incoming &request, bool base64ByDefault)
{
    const auto form = request.form();
    if (!form)
        return unexpected(form.error());
    const QList<const MultipartPart *> images = form->all("image");
    if (images.size() != 1)
        return refuse(QStringLiteral("image"), images.isEmpty() ? QStringLiteral("image is missing.") : QStringLiteral("One picture can be edited at a time."));
    if (form->find("mask"))
        return refuse(QStringLiteral("mask"), QStringLiteral("mask is not served here."));
    if (form->text("prompt").isEmpty())
        return refuse(QStringLiteral("prompt"), QStringLiteral("prompt is missing."));
    const auto count = countFrom(form->find("n") ? Json(form->text("n")) : Json());
    if (!count)
        return unexpected(count.error());
    const auto base64 = base64From(form->text("response_format"), base64ByDefault);
    if (!base64)
        return unexpected(base64.error());
    MultipartForm body;
    body.addField("model_id", form->text("model").toUtf8());
    body.addField("prompt", form->text("prompt").toUtf8());
    body.addField("num_images_per_prompt", QByteArray::number(*count));
    addFile(body, "image", *images.first(), "image.png");
    ImageRequest made;
    made.request = {"/image-to-image", body.contentType(), body.body()};
    made.base64 = *base64;
    return made;
}

Expected<TranscriptionRequest, ApiError> transcription(const Incoming &request)
{
    const auto form = request.form();
    if (!form)
        return unexpected(form.error());
    const MultipartPart *file = form->find("file");
    if (!file)
        return refuse(QStringLiteral("file"), QStringLiteral("file is missing."));
    TranscriptionRequest made;
    made.format = form->text("response_format");
    if (made.format.isEmpty())
        made.format = QStringLiteral("json");
    static const QStringList formats{QStringLiteral("json"), QStringLiteral("text"), QStringLiteral("verbose_json"), QStringLiteral("srt"), QStringLiteral("vtt")};
    if (!formats.contains(made.format))
        return refuse(ResponseFormat, QStringLiteral("response_format is one of %1, not “%2”.").arg(formats.join(QStringLiteral(", ")), made.format.left(60)));
    if (form->text("stream") == QLatin1String("true"))
        return refuse(QStringLiteral("stream"), QStringLiteral("A transcript is not streamed here."));
    for (const MultipartPart *part : form->all("timestamp_granularities"))
        made.words = made.words || part->bytes == "word";
    MultipartForm body;
    body.addField("model_id", form->text("model").toUtf8());
    body.addField("return_timestamps", made.words ? "word" : "true");
    addFile(body, "audio", *file, "audio.wav");
    made.request = {"/audio-to-text", body.contentType(), body.body()};
    return made;
}

Expected<SpeechRequest, ApiError> speech(const Incoming &request)
{
    const auto json = request.json();
    if (!json)
        return unexpected(json.error());
    const Json input = json->value(QStringLiteral("input"));
    if (!input.isString() || input.toString().isEmpty())
        return refuse(QStringLiteral("input"), QStringLiteral("input is missing."));
    const QString format = json->value(ResponseFormat).toString(QStringLiteral("wav"));
    if (format != QLatin1String("wav") && format != QLatin1String("pcm"))
        return refuse(ResponseFormat, QStringLiteral("response_format is “wav” or “pcm” here, not “%1”.").arg(format.left(60)));
    QString style = json->value(QStringLiteral("instructions")).toString();
    const Json voice = json->value(QStringLiteral("voice"));
    if (style.isEmpty())
        style = voice.isObject() ? voice.value(QStringLiteral("id")).toString() : voice.toString();
    Json body{{QStringLiteral("model_id"), json->value(Model).toString()}, {QStringLiteral("text"), input}};
    if (!style.isEmpty())
        body.insert(QStringLiteral("description"), style);
    SpeechRequest made;
    made.request = {"/text-to-speech", "application/json", body.dump()};
    made.raw = format == QLatin1String("pcm");
    return made;
}

QStringList imagesIn(const Json &answer)
{
    QStringList urls;
    const QList<Json> images = answer.value(QStringLiteral("images")).items();
    for (const Json &image : images) {
        if (const QString url = image.value(QStringLiteral("url")).toString(); !url.isEmpty())
            urls.append(url);
    }
    return urls;
}

QString absolute(const QString &url, const QByteArray &ownOrigin)
{
    return url.startsWith(QLatin1Char('/')) ? QString::fromLatin1(ownOrigin) + url : url;
}

QByteArray transcript(const Json &answer, const TranscriptionRequest &asked)
{
    const Json text = answer.value(QStringLiteral("text"));
    if (asked.format == QLatin1String("text"))
        return text.toString().toUtf8() + '\n';
    if (asked.format == QLatin1String("verbose_json"))
        return verbose(answer, asked.words).dump();
    if (asked.format == QLatin1String("srt") || asked.format == QLatin1String("vtt"))
        return subtitles(piecesIn(answer), asked.format == QLatin1String("vtt"));
    return Json{{QStringLiteral("text"), text}}.dump();
}

QByteArray transcriptType(const QString &format)
{
    if (format == QLatin1String("vtt"))
        return "text/vtt; charset=utf-8";
    return format.endsWith(QLatin1String("json")) ? "application/json" : "text/plain; charset=utf-8";
}

QByteArray samplesOf(const QByteArray &wav)
{
    if (!wav.startsWith("RIFF") || wav.mid(8, 4) != "WAVE")
        return wav;
    for (qsizetype at = 12; at + 8 <= wav.size();) {
        const auto size = qsizetype(qFromLittleEndian<quint32>(wav.constData() + at + 4));
        if (wav.mid(at, 4) == "data")
            return wav.mid(at + 8, size);
        at += 8 + size + (size & 1);
    }
    return wav;
}

} // namespace sluice::openai::media
