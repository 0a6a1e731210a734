#pragma once

#include <QtCore/QByteArray>

#include <cstring>

namespace sluice {

/// A header's line behind `text`, in one step: each append() of a QByteArray costs as much as the bytes of several.
inline void appendField(QByteArray &text, QByteArrayView name, QByteArrayView value)
{
    const qsizetype before = text.size();
    text.resize(before + name.size() + value.size() + 4);
    char *to = text.data() + before;
    std::memcpy(to, name.data(), std::size_t(name.size()));
    std::memcpy(to + name.size(), ": ", 2);
    std::memcpy(to + name.size() + 2, value.data(), std::size_t(value.size()));
    std::memcpy(to + name.size() + 2 + value.size(), "\r\n", 2);
}

} // namespace sluice
