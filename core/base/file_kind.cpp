#include "sluice/base/file_kind.h"

#include <array>

namespace sluice {

namespace {

struct Magic {
    qsizetype at;
    QByteArrayView start;
    FileKind kind;
};

constexpr std::array Kinds = {
    Magic{0, "\x89PNG", {"png", "image/png"}},
    Magic{0, "\xff\xd8\xff", {"jpg", "image/jpeg"}},
    Magic{0, "GIF8", {"gif", "image/gif"}},
    Magic{8, "WEBP", {"webp", "image/webp"}},
    Magic{0, "%PDF", {"pdf", "application/pdf"}},
    Magic{0, "PK\x03\x04", {"zip", "application/zip"}},
    Magic{0, "OggS", {"ogg", "audio/ogg"}},
    Magic{0, "fLaC", {"flac", "audio/flac"}},
    Magic{0, "ID3", {"mp3", "audio/mpeg"}},
    Magic{0, "\xff\xfb", {"mp3", "audio/mpeg"}},
    Magic{8, "WAVE", {"wav", "audio/wav"}},
    Magic{0, "\x1a\x45\xdf\xa3", {"webm", "video/webm"}},
    Magic{4, "ftypM4A", {"m4a", "audio/mp4"}},
    Magic{4, "ftypheic", {"heic", "image/heic"}},
    Magic{4, "ftypheix", {"heic", "image/heic"}},
    Magic{4, "ftypmif1", {"heif", "image/heif"}},
    Magic{4, "ftypavif", {"avif", "image/avif"}},
    Magic{4, "ftyp", {"mp4", "video/mp4"}},
};

} // namespace

FileKind FileKind::of(QByteArrayView bytes)
{
    for (const Magic &magic : Kinds) {
        if (bytes.size() > magic.at && bytes.sliced(magic.at).startsWith(magic.start))
            return magic.kind;
    }
    return {"bin", "application/octet-stream"};
}

} // namespace sluice
