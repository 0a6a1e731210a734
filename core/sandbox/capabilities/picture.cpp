#include "sluice/sandbox/capabilities/picture.h"

#include "sluice/sandbox/capabilities/av_p.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/opt.h>
}

#include <QtCore/QtEndian>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sluice::sandbox {
namespace {

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message).withAdvice(QStringLiteral("Send a PNG, JPEG, WebP, GIF or BMP picture."));
}

Error outOfMemory()
{
    return Error(Error::Kind::Internal, QStringLiteral("There is not enough memory for this picture."));
}

AVCodecID codecOf(const QByteArray &type)
{
    if (type == "image/png")
        return AV_CODEC_ID_PNG;
    if (type == "image/jpeg")
        return AV_CODEC_ID_MJPEG;
    if (type == "image/webp")
        return AV_CODEC_ID_WEBP;
    return type == "image/gif" ? AV_CODEC_ID_GIF : AV_CODEC_ID_BMP;
}

/// Keeps the chunks that make the picture. Compressed text and colour profiles go: the decoder would inflate them
/// without a bound.
Expected<QByteArray> essentialPng(const QByteArray &file)
{
    QByteArray kept = file.left(8);
    qsizetype at = 8;
    while (at + 12 <= file.size()) {
        const auto length = qFromBigEndian<quint32>(file.constData() + at);
        const QByteArray name = file.mid(at + 4, 4);
        if (length > file.size() - at - 12)
            break;
        if (name == "IHDR" || name == "PLTE" || name == "tRNS" || name == "IDAT" || name == "IEND")
            kept += file.mid(at, 12 + qsizetype(length));
        at += 12 + qsizetype(length);
        if (name == "IEND")
            return kept;
    }
    return unexpected(invalid(QStringLiteral("The PNG is cut short: its end is missing after %1 bytes.").arg(file.size())));
}

/// Quarter turns, clockwise, that the file asks for.
int quarterTurns(const AVFrame &frame)
{
    const AVFrameSideData *matrix = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (!matrix || matrix->size < 9 * sizeof(int32_t))
        return 0;
    const double angle = av_display_rotation_get(reinterpret_cast<const int32_t *>(matrix->data));
    return std::isnan(angle) ? 0 : (int(std::lround(-angle / 90)) % 4 + 4) % 4;
}

Picture turned(const Picture &picture, int turns)
{
    if (turns == 0)
        return picture;
    const bool sideways = turns % 2 != 0;
    Picture result{sideways ? picture.height : picture.width, sideways ? picture.width : picture.height,
        QByteArray(picture.rgba.size(), Qt::Uninitialized)};
    const auto *from = reinterpret_cast<const quint32 *>(picture.rgba.constData());
    auto *to = reinterpret_cast<quint32 *>(result.rgba.data());
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const int nx = turns == 1 ? picture.height - 1 - y : turns == 2 ? picture.width - 1 - x : y;
            const int ny = turns == 1 ? x : turns == 2 ? picture.height - 1 - y : picture.width - 1 - x;
            to[qsizetype(ny) * result.width + nx] = from[qsizetype(y) * picture.width + x];
        }
    }
    return result;
}

Expected<AvFramePtr> decodeFrame(AVCodecID id, const QByteArray &data)
{
    const AVCodec *codec = avcodec_find_decoder(id);
    if (!codec)
        return unexpected(invalid(QStringLiteral("This machine's FFmpeg cannot decode that kind of picture.")));
    const AvCodecPtr decoder(avcodec_alloc_context3(codec));
    const AvPacketPtr packet(av_packet_alloc());
    AvFramePtr frame(av_frame_alloc());
    if (!decoder || !packet || !frame || av_new_packet(packet.get(), int(data.size())) < 0)
        return unexpected(outOfMemory());
    std::memcpy(packet->data, data.constData(), std::size_t(data.size()));
    decoder->max_pixels = MaxPicturePixels;
    decoder->thread_count = 1;
    decoder->log_level_offset = 100; // its complaints come back as our error
    if (id == AV_CODEC_ID_PNG)
        decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    int code = avcodec_open2(decoder.get(), codec, nullptr);
    if (code >= 0)
        code = avcodec_send_packet(decoder.get(), packet.get());
    if (code >= 0)
        code = avcodec_receive_frame(decoder.get(), frame.get());
    if (code == AVERROR(EAGAIN) && avcodec_send_packet(decoder.get(), nullptr) >= 0)
        code = avcodec_receive_frame(decoder.get(), frame.get());
    if (code < 0 || frame->width <= 0 || frame->height <= 0) {
        if (qint64(decoder->width) * decoder->height > MaxPicturePixels)
            return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The picture has %1×%2 pixels; at most %3 megapixels are taken.")
                                        .arg(decoder->width).arg(decoder->height).arg(MaxPicturePixels / 1'000'000)));
        return unexpected(invalid(QStringLiteral("The picture cannot be decoded: %1.").arg(avText(code))));
    }
    return frame;
}

/// Size that the file's header claims, without decoding; nothing where that takes a decoder.
std::optional<std::pair<qint64, qint64>> claimedSize(const QByteArray &type, const QByteArray &file)
{
    const auto *data = reinterpret_cast<const uchar *>(file.constData());
    if (type == "image/png" && file.size() >= 24)
        return std::pair<qint64, qint64>(qFromBigEndian<quint32>(data + 16), qFromBigEndian<quint32>(data + 20));
    if (type == "image/gif" && file.size() >= 10)
        return std::pair<qint64, qint64>(qFromLittleEndian<quint16>(data + 6), qFromLittleEndian<quint16>(data + 8));
    if (type == "image/bmp" && file.size() >= 26)
        return std::pair<qint64, qint64>(qAbs(qint64(qFromLittleEndian<qint32>(data + 18))), qAbs(qint64(qFromLittleEndian<qint32>(data + 22))));
    return std::nullopt;
}

} // namespace

/// The scaler's names for JPEG's formats, whose full range it wants to be told apart.
static AVPixelFormat scalerFormat(int format)
{
    switch (format) {
    case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P: return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P: return AV_PIX_FMT_YUV411P;
    default: return AVPixelFormat(format);
    }
}

QString avText(int code)
{
    char buffer[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, buffer, sizeof buffer);
    return QString::fromLocal8Bit(buffer);
}

bool Picture::hasAlpha() const
{
    for (qsizetype i = 3; i < rgba.size(); i += 4) {
        if (uchar(rgba[i]) != 255)
            return true;
    }
    return false;
}

QByteArray pictureType(const QByteArray &file)
{
    if (file.startsWith("\x89PNG\r\n\x1a\n"))
        return "image/png";
    if (file.startsWith("\xff\xd8\xff"))
        return "image/jpeg";
    if (file.startsWith("RIFF") && file.mid(8, 4) == "WEBP")
        return "image/webp";
    if (file.startsWith("GIF87a") || file.startsWith("GIF89a"))
        return "image/gif";
    return file.startsWith("BM") && file.size() > 26 ? QByteArray("image/bmp") : QByteArray();
}

AvFramePtr toFrame(const Picture &picture)
{
    AvFramePtr frame(av_frame_alloc());
    if (!frame)
        return nullptr;
    frame->format = AV_PIX_FMT_RGBA;
    frame->width = picture.width;
    frame->height = picture.height;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return nullptr;
    av_image_copy_plane(frame->data[0], frame->linesize[0], reinterpret_cast<const uint8_t *>(picture.rgba.constData()),
        picture.width * 4, picture.width * 4, picture.height);
    return frame;
}

Expected<Picture> toPicture(const AVFrame &frame, int width, int height)
{
    if (qint64(width) * height > MaxPicturePixels)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The picture has %1×%2 pixels; at most %3 megapixels are taken.")
                                    .arg(width).arg(height).arg(MaxPicturePixels / 1'000'000)));
    const bool isSame = width == frame.width && height == frame.height;
    const bool grows = width > frame.width;
    const int flags = isSame ? SWS_POINT | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT : grows ? SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT : SWS_AREA;
    const std::unique_ptr<SwsContext, decltype(&sws_freeContext)> scaler(sws_getContext(frame.width, frame.height,
        scalerFormat(frame.format), width, height, AV_PIX_FMT_RGBA, flags, nullptr, nullptr, nullptr), &sws_freeContext);
    if (!scaler)
        return unexpected(invalid(QStringLiteral("The picture's colours are of a kind that cannot be converted.")));
    if (scalerFormat(frame.format) != frame.format) {
        const int *table = sws_getCoefficients(SWS_CS_DEFAULT);
        sws_setColorspaceDetails(scaler.get(), table, 1, table, 1, 0, 1 << 16, 1 << 16);
    }
    // The scaler's vector code may write a little past a row's end.
    Picture picture{width, height, QByteArray(qsizetype(width) * height * 4 + 64, Qt::Uninitialized)};
    uint8_t *planes[4] = {reinterpret_cast<uint8_t *>(picture.rgba.data()), nullptr, nullptr, nullptr};
    const int strides[4] = {width * 4, 0, 0, 0};
    if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) != height)
        return unexpected(invalid(QStringLiteral("The picture's colours could not be converted.")));
    picture.rgba.truncate(qsizetype(width) * height * 4);
    return picture;
}

Expected<Picture> decodePicture(const QByteArray &file)
{
    const QByteArray type = pictureType(file);
    if (type.isEmpty())
        return unexpected(invalid(file.isEmpty() ? QStringLiteral("The picture is empty.")
                                                 : QStringLiteral("These %1 bytes are no picture of a known kind.").arg(file.size())));
    if (const auto size = claimedSize(type, file); size && (size->first <= 0 || size->second <= 0 || size->first > MaxPicturePixels
            || size->second > MaxPicturePixels || size->first * size->second > MaxPicturePixels))
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The picture claims %1×%2 pixels; 1 to %3 megapixels are taken.")
                                    .arg(size->first).arg(size->second).arg(MaxPicturePixels / 1'000'000)));
    QByteArray data = file;
    if (type == "image/png") {
        Expected<QByteArray> essential = essentialPng(file);
        if (!essential)
            return unexpected(essential.error());
        data = *essential;
    }
    const Expected<AvFramePtr> frame = decodeFrame(codecOf(type), data);
    if (!frame)
        return unexpected(frame.error());
    const AVFrame &decoded = **frame;
    Expected<Picture> picture = toPicture(decoded, decoded.width, decoded.height);
    if (!picture)
        return picture;
    return turned(*picture, quarterTurns(decoded));
}

Expected<QByteArray> encodePng(const Picture &picture)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
    if (!codec)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("This machine's FFmpeg has no PNG encoder.")));
    const AvCodecPtr encoder(avcodec_alloc_context3(codec));
    const AvPacketPtr packet(av_packet_alloc());
    AvFramePtr frame = toFrame(picture);
    if (!encoder || !packet || !frame)
        return unexpected(outOfMemory());
    encoder->width = picture.width;
    encoder->height = picture.height;
    encoder->time_base = {1, 1};
    encoder->thread_count = 1;
    encoder->compression_level = 4;
    encoder->log_level_offset = 100;
    encoder->pix_fmt = picture.hasAlpha() ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
    av_opt_set(encoder->priv_data, "pred", "paeth", 0);
    if (encoder->pix_fmt == AV_PIX_FMT_RGB24) {
        AvFramePtr opaque(av_frame_alloc());
        opaque->format = AV_PIX_FMT_RGB24;
        opaque->width = picture.width;
        opaque->height = picture.height;
        if (av_frame_get_buffer(opaque.get(), 0) < 0)
            return unexpected(outOfMemory());
        for (int y = 0; y < picture.height; ++y) {
            const uint8_t *from = frame->data[0] + qsizetype(y) * frame->linesize[0];
            uint8_t *to = opaque->data[0] + qsizetype(y) * opaque->linesize[0];
            for (int x = 0; x < picture.width; ++x, from += 4, to += 3)
                std::memcpy(to, from, 3);
        }
        frame = std::move(opaque);
    }
    int code = avcodec_open2(encoder.get(), codec, nullptr);
    if (code >= 0)
        code = avcodec_send_frame(encoder.get(), frame.get());
    if (code >= 0)
        code = avcodec_receive_packet(encoder.get(), packet.get());
    if (code < 0)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("The PNG could not be encoded: %1.").arg(avText(code))));
    return QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
}

Expected<Picture> shrunk(const Picture &picture, int side)
{
    const int longer = std::max(picture.width, picture.height);
    if (longer <= side)
        return picture;
    const AvFramePtr frame = toFrame(picture);
    if (!frame)
        return unexpected(outOfMemory());
    const auto scaled = [&](int length) { return std::max(1, int(qint64(length) * side / longer)); };
    return toPicture(*frame, scaled(picture.width), scaled(picture.height));
}

Picture landscape(int width, int height)
{
    Picture picture{width, height, QByteArray(qsizetype(width) * height * 4, Qt::Uninitialized)};
    auto *out = reinterpret_cast<uchar *>(picture.rgba.data());
    const double sunX = 0.72 * width;
    const double sunY = 0.30 * height;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double u = double(x) / width;
            const double v = double(y) / height;
            double rgb[3] = {90 + 150 * v, 140 + 80 * v, 225 - 30 * v}; // sky
            if (std::hypot(x - sunX, y - sunY) < 0.09 * height)
                rgb[0] = 255, rgb[1] = 226, rgb[2] = 120;
            if (v > 0.52 - 0.10 * std::sin(5 * u + 0.6) - 0.05 * std::sin(13 * u))
                rgb[0] = 86, rgb[1] = 104, rgb[2] = 132; // far hills
            if (v > 0.68 - 0.07 * std::sin(4 * u + 2.4))
                rgb[0] = 58 + 30 * v, rgb[1] = 122 - 30 * v, rgb[2] = 70; // meadow
            if (v > 0.84 - 0.03 * std::sin(9 * u))
                rgb[0] = 40, rgb[1] = 110 + 40 * std::sin(60 * v) * std::sin(22 * u + 40 * v), rgb[2] = 170; // water
            for (const double channel : rgb)
                *out++ = uchar(std::clamp(channel, 0.0, 255.0));
            *out++ = 255;
        }
    }
    return picture;
}

} // namespace sluice::sandbox
