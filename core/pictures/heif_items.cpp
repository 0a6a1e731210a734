#include "sluice/pictures/heif_items_p.h"

#include "sluice/pictures/containers_p.h"

#include <QtCore/QHash>

#include <algorithm>
#include <array>

namespace sluice::pictures {

namespace {

constexpr int mostBoxes = 4096;
constexpr int mostItems = 65536;
constexpr int mostExtents = 65536; // of all items together

Unexpected<Error> wrong(const char *what)
{
    return unexpected(broken(PictureFormat::Heic, QString::fromLatin1(what)));
}

/// What `iloc` and `iinf` need: numbers of sizes that the file names, one after the other.
class Cursor {
public:
    Cursor(QByteArrayView file, Extent within)
        : m_bytes{file.first(within.at + within.size)}
        , m_at(within.at)
    {
    }

    quint64 number(int size)
    {
        const auto value = m_bytes.number(m_at, size);
        m_failed = m_failed || !value;
        m_at += size;
        return value.value_or(0);
    }
    /// Up to a zero, which is stepped over.
    QByteArrayView text()
    {
        const QByteArrayView rest = m_bytes.data.sliced(std::min(m_at, m_bytes.data.size()));
        const qsizetype zero = rest.indexOf('\0');
        const QByteArrayView text = zero < 0 ? rest : rest.first(zero);
        m_at += text.size() + 1;
        return text;
    }
    QByteArrayView letters()
    {
        const bool there = m_bytes.number(m_at, 4).has_value();
        m_failed = m_failed || !there;
        m_at += 4;
        return there ? m_bytes.data.sliced(m_at - 4, 4) : QByteArrayView("????");
    }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    Bytes m_bytes;
    qsizetype m_at;
    bool m_failed = false;
};

/// Types whose items are pictures or how they are put together.
constexpr std::array pictureTypes = {"hvc1", "hev1", "lhv1", "av01", "avc1", "jpeg", "j2k1", "unci", "grid", "iovl", "iden", "tmap", "hvt1", "vvc1"};

std::optional<HeifItem> itemOf(Cursor &entry, QByteArrayView type)
{
    if (std::any_of(pictureTypes.begin(), pictureTypes.end(), [&](const char *one) { return type == one; }))
        return std::nullopt;
    HeifItem item;
    entry.text(); // its name
    if (type == "Exif") {
        item.kind = HeifItem::Kind::Exif;
    } else if (type == "mime") {
        item.kind = entry.text() == "application/rdf+xml" ? HeifItem::Kind::Xmp : HeifItem::Kind::Other;
        item.packed = !entry.text().isEmpty();
    }
    return item;
}

/// By id; of items that are no pictures.
Expected<QHash<quint32, HeifItem>> readNames(QByteArrayView file, Extent info)
{
    Cursor head(file, info);
    const int version = int(head.number(1));
    head.number(3);
    head.number(version == 0 ? 2 : 4);
    if (head.failed())
        return wrong("its list of items is cut off");
    const qsizetype start = version == 0 ? 6 : 8;
    const auto boxes = boxesIn(file, {info.at + start, info.size - start});
    if (!boxes)
        return unexpected(boxes.error());
    QHash<quint32, HeifItem> items;
    for (const Box &box : *boxes) {
        if (box.type != "infe")
            continue;
        Cursor entry(file, box.content);
        const int entryVersion = int(entry.number(1));
        entry.number(3);
        if (entryVersion < 2)
            return wrong("items of an old kind");
        const auto id = quint32(entry.number(entryVersion == 2 ? 2 : 4));
        entry.number(2);
        const QByteArrayView type = entry.letters();
        if (entry.failed())
            return wrong("an item is cut off");
        if (const auto item = itemOf(entry, type))
            items.insert(id, *item);
    }
    return items;
}

/// Where items stand. What the file says is checked against the file before it is taken.
class Places {
public:
    Places(QByteArrayView file, Extent locations, Extent data)
        : m_file(file)
        , m_cursor(file, locations)
        , m_data(data)
    {
    }

    Expected<void> into(QHash<quint32, HeifItem> &items)
    {
        m_version = int(m_cursor.number(1));
        m_cursor.number(3);
        const auto sizes = quint16(m_cursor.number(2));
        m_offsetSize = sizes >> 12;
        m_lengthSize = sizes >> 8 & 15;
        m_baseSize = sizes >> 4 & 15;
        m_indexSize = m_version > 0 ? sizes & 15 : 0;
        if (m_version > 2 || std::max({m_offsetSize, m_lengthSize, m_baseSize, m_indexSize}) > 8)
            return wrong("places of items are of an unknown kind");
        const quint64 count = m_cursor.number(m_version < 2 ? 2 : 4);
        if (m_cursor.failed() || count > mostItems)
            return wrong("too many items");
        for (quint64 i = 0; i < count; ++i) {
            if (auto done = one(items); !done)
                return done;
        }
        return {};
    }

private:
    Expected<void> one(QHash<quint32, HeifItem> &items)
    {
        enum Construction { InFile = 0, InItemData = 1 };
        const auto found = items.find(quint32(m_cursor.number(m_version < 2 ? 2 : 4)));
        const int construction = m_version > 0 ? int(m_cursor.number(2) & 15) : InFile;
        const quint64 otherFile = m_cursor.number(2);
        const quint64 base = m_cursor.number(m_baseSize);
        const quint64 count = m_cursor.number(2);
        m_extents += int(count);
        if (m_cursor.failed() || m_extents > mostExtents)
            return wrong("places of items are cut off");
        const Extent within = construction == InItemData ? m_data : Extent{0, m_file.size()};
        for (quint64 i = 0; i < count; ++i) {
            m_cursor.number(m_indexSize);
            const quint64 offset = m_cursor.number(m_offsetSize);
            const quint64 length = m_cursor.number(m_lengthSize);
            if (m_cursor.failed())
                return wrong("places of items are cut off");
            if (found == items.end())
                continue;
            const auto room = quint64(within.size);
            if (otherFile != 0 || construction > InItemData || base > room || offset > room - base || length > room - base - offset)
                return wrong("an item does not stand in the file");
            const quint64 at = base + offset;
            found->extents.append({within.at + qsizetype(at), qsizetype(length == 0 ? room - at : length)});
        }
        return {};
    }

    QByteArrayView m_file;
    Cursor m_cursor;
    Extent m_data;
    int m_version = 0;
    int m_offsetSize = 0;
    int m_lengthSize = 0;
    int m_baseSize = 0;
    int m_indexSize = 0;
    int m_extents = 0;
};

} // namespace

Expected<QList<Box>> boxesIn(QByteArrayView file, Extent within)
{
    QList<Box> boxes;
    const Bytes bytes{file};
    qsizetype at = within.at;
    const qsizetype end = within.at + within.size;
    while (end - at >= 8) {
        constexpr quint32 longSize = 1;
        const quint32 shortSize = *bytes.u32(at);
        const qsizetype head = shortSize == longSize ? 16 : 8;
        if (end - at < head)
            return wrong("a box is cut off");
        const quint64 size = shortSize == 0 ? quint64(end - at) : shortSize == longSize ? *bytes.number(at + 8, 8) : shortSize;
        if (size < quint64(head) || size > quint64(end - at) || boxes.size() >= mostBoxes)
            return wrong("a box leads out of what it is in");
        boxes.append({file.sliced(at + 4, 4), at, {at + head, qsizetype(size) - head}});
        at += qsizetype(size);
    }
    return boxes;
}

Expected<QList<HeifItem>> otherItems(QByteArrayView file, const Box &meta)
{
    constexpr qsizetype versionAndFlags = 4;
    if (meta.content.size < versionAndFlags)
        return wrong("its box \"meta\" is cut off");
    const auto boxes = boxesIn(file, {meta.content.at + versionAndFlags, meta.content.size - versionAndFlags});
    if (!boxes)
        return unexpected(boxes.error());
    const auto content = [&](const char *type) {
        const auto found = std::find_if(boxes->begin(), boxes->end(), [type](const Box &box) { return box.type == type; });
        return found == boxes->end() ? Extent{} : found->content;
    };
    const Extent names = content("iinf");
    const Extent places = content("iloc");
    if (names.size == 0 || places.size == 0)
        return wrong("it names no items");
    auto items = readNames(file, names);
    if (!items)
        return unexpected(items.error());
    if (auto placed = Places(file, places, content("idat")).into(*items); !placed)
        return unexpected(placed.error());
    return items->values();
}

} // namespace sluice::pictures
