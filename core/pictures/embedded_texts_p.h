#pragma once

#include "sluice/pictures/private_detail.h"

#include <QtCore/QByteArrayView>

namespace sluice::pictures {

/// XMP that says nothing.
inline constexpr QByteArrayView emptyXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>");

/// What a packet of XMP names. It is looked for as text, in its first MiB: names are enough to say what is taken out with the whole packet.
[[nodiscard]] PrivateDetails lookAtXmp(QByteArrayView packet);
/// Of a block of IPTC's datasets.
[[nodiscard]] PrivateDetails lookAtIptc(QByteArrayView datasets);
/// Of Photoshop's resources ("8BIM"), in which IPTC, XMP, EXIF and a preview may stand.
[[nodiscard]] PrivateDetails lookAtPhotoshop(QByteArrayView resources);

} // namespace sluice::pictures
