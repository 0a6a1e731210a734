#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

namespace sluice::media {

/// The Opus packets of one PES payload: each has a control header before it, as the mapping of Opus to MPEG-TS asks for.
/// Stops at the first header of a wrong shape; at most 64 packets.
[[nodiscard]] QList<QByteArray> opusPackets(QByteArrayView payload);

} // namespace sluice::media
