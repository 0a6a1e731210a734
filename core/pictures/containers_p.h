#pragma once

#include "sluice/pictures/picture_details.h"

#include <optional>

namespace sluice::pictures {

/// What one pass over a file gives: what it tells, and the file without that.
struct Walked {
    PrivateDetails details;
    int orientation = 1;
    QByteArray clean;

    /// Notes that something follows the picture's end, if it does.
    void lookBehind(QByteArrayView rest);
};

[[nodiscard]] Expected<Walked> walkJpeg(QByteArrayView file);
[[nodiscard]] Expected<Walked> walkPng(QByteArrayView file);
[[nodiscard]] Expected<Walked> walkWebP(QByteArrayView file);
[[nodiscard]] Expected<Walked> walkGif(QByteArrayView file);
/// HEIC and AVIF keep their size: other parts are found by their place in the file, so that details are overwritten instead of left out.
[[nodiscard]] Expected<Walked> walkHeif(QByteArrayView file);

[[nodiscard]] Error broken(PictureFormat format, const QString &what);
/// Nothing but zeros and spaces: many cameras reserve fields that nobody filled.
[[nodiscard]] bool isBlank(QByteArrayView bytes);

/// Numbers at places that may not be there.
struct Bytes {
    QByteArrayView data;
    bool bigEndian = true;

    [[nodiscard]] std::optional<quint64> number(qsizetype at, int size) const
    {
        if (at < 0 || size > data.size() || at > data.size() - size)
            return std::nullopt;
        quint64 value = 0;
        for (int i = 0; i < size; ++i)
            value = value << 8 | quint8(data[at + (bigEndian ? i : size - 1 - i)]);
        return value;
    }
    [[nodiscard]] std::optional<quint16> u16(qsizetype at) const { return narrowed<quint16>(number(at, 2)); }
    [[nodiscard]] std::optional<quint32> u32(qsizetype at) const { return narrowed<quint32>(number(at, 4)); }
    [[nodiscard]] std::optional<quint32> big32(qsizetype at) const { return Bytes{data, true}.u32(at); }

private:
    template <typename T> [[nodiscard]] static std::optional<T> narrowed(std::optional<quint64> value)
    {
        return value ? std::optional(T(*value)) : std::nullopt;
    }
};

} // namespace sluice::pictures
