// The events channel as a live session reads it: segments one after the other, of a style that each one's MIME type says, cut anywhere by
// the network. Cuts change nothing, one segment says nothing of the next, and every record can be written down and read again.
#include "sluice/trickle/json_lines.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::trickle;

namespace {

constexpr char SegmentMark = '\x1e';
constexpr const char *MimeTypes[] = {"application/json", "application/jsonl", "application/x-ndjson; charset=utf-8", "video/mp2t", ""};

struct Heard {
    QList<Json> records;
    QStringList problems;
    bool operator==(const Heard &) const = default;
};

void add(Heard &heard, const JsonSegmentParser::Result &result)
{
    heard.records += result.records;
    for (const Error &problem : result.problems) {
        if (problem.message().isEmpty())
            std::abort(); // it is shown to a person
        heard.problems.append(problem.message());
    }
}

void readSegment(JsonSegmentParser &parser, QByteArrayView bytes, qsizetype step, Heard &heard)
{
    for (qsizetype at = 0; at < bytes.size(); at += step)
        add(heard, parser.feed(bytes.sliced(at, std::min(step, bytes.size() - at))));
    add(heard, parser.finish());
}

/// With a parser for each segment, as the reader has it, or one for all.
Heard read(JsonStyle style, const QList<QByteArray> &segments, qsizetype step, bool anew)
{
    Heard heard;
    JsonSegmentParser kept(style);
    for (const QByteArray &segment : segments) {
        JsonSegmentParser fresh(style);
        readSegment(anew ? fresh : kept, segment, step > 0 ? step : std::max<qsizetype>(segment.size(), 1), heard);
    }
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    // The first two bytes choose the MIME type and the pieces.
    const JsonStyle style = styleOf(MimeTypes[data[0] % std::size(MimeTypes)]);
    const QList<QByteArray> segments = QByteArray(reinterpret_cast<const char *>(data + 2), qsizetype(size) - 2).split(SegmentMark);
    const Heard whole = read(style, segments, 0, true);
    if (!(whole == read(style, segments, 1 + data[1] % 64, true)) || !(whole == read(style, segments, 1, false)))
        std::abort();
    for (const Json &record : whole.records) {
        const auto again = Json::parse(record.dump());
        if (!record.isObject() || isKeepalive(record) || !again || !(*again == record))
            std::abort();
    }
    return 0;
}
