// Files that claim to be pictures: looking through them never crashes and stays within the file; what was taken out is out, and the rest is
// looked through like any other file.

#include "sluice/pictures/outgoing_picture.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray file(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto found = lookThrough(file);
    if (found && found->without) {
        const auto again = lookThrough(*found->without);
        if (!found->found || !again || again->found || again->without || again->orientation != found->orientation || again->format != found->format)
            std::abort();
    }
    const OutgoingPicture picture = OutgoingPicture::from(file, QStringLiteral("image/any"));
    if (picture.look != OutgoingPicture::Look::TakenOut && picture.bytes != file)
        std::abort();
    return 0;
}
