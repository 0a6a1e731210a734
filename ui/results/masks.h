#pragma once

#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QStringList>

namespace sluice::ui {

/// A picture that an answer holds, ready to be shown.
struct AnswerPicture {
    QString label; ///< for people
    QByteArray bytes;
};

/// One mask: for each pixel whether it belongs to the thing.
struct Mask {
    int width = 0;
    int height = 0;
    QByteArray bits; ///< a byte for each pixel, row by row: 0 or 1
    [[nodiscard]] qsizetype covered() const { return bits.count(char(1)); }
};

/// Reads masks as segment-anything-2 writes them: a list of masks, each a list of rows of numbers, of which those above zero belong to
/// the thing. Pure; bounded in masks, sides and pixels. Protocol names what does not fit.
[[nodiscard]] Expected<QList<Mask>> readMasks(QByteArrayView text);

/// Each mask laid over `picture` (a file; may be empty), the best first as the answer has them. InvalidInput or Protocol where the
/// answer holds no masks. Takes time: not for the GUI thread.
[[nodiscard]] Expected<QList<AnswerPicture>> maskPictures(const Json &answer, const QByteArray &picture);

/// Pictures that stand in the answer itself as data addresses, in their order; at most some.
[[nodiscard]] QList<AnswerPicture> embeddedPictures(const Json &answer);

} // namespace sluice::ui
