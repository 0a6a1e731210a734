// Parts of a form lie one behind the other within its body, and what is read can be written and read again.
#include "sluice/net/multipart_form.h"
#include "sluice/net/multipart_reader.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype line = body.indexOf('\n');
    (void)multipart::boundaryOf(body.first(line < 0 ? body.size() : line));
    const auto parts = multipart::read(body, "b", {8, 256});
    if (!parts)
        return 0;
    MultipartForm again("another-boundary");
    const char *end = body.constData();
    for (const MultipartPart &part : *parts) {
        if (!part.bytes.isEmpty() && (part.bytes.data() < end || part.bytes.data() + part.bytes.size() > body.constData() + body.size()))
            std::abort();
        if (!part.bytes.isEmpty())
            end = part.bytes.data() + part.bytes.size();
        again.addField("name", part.bytes);
    }
    const QByteArray written = again.body();
    if (parts->isEmpty() || body.contains("another-boundary"))
        return 0;
    const auto read = multipart::read(written, "another-boundary");
    if (!read || read->size() != parts->size())
        std::abort();
    for (qsizetype i = 0; i < read->size(); ++i) {
        if (read->at(i).bytes != parts->at(i).bytes)
            std::abort();
    }
    return 0;
}
