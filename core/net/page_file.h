#pragma once

#include <QtCore/QByteArrayView>

#include <memory>
#include <utility>

namespace sluice {

/// Bytes that the kernel can give to any number of connections without copying them for each: a file that lies in memory, has no name and only
/// grows. What is in it never changes, since the kernel may still be sending it long after the call returned.
///
/// There are only so many of them, and they hold only so much together, in one process: without one, bytes are sent from ordinary memory.
class PageFile final {
public:
    static constexpr int MaxFiles = 32;                     ///< of the process's descriptors, which connections need more
    static constexpr qsizetype MaxBytes = 64 * 1024 * 1024; ///< of all of them together

    /// Null when there is none to be had.
    [[nodiscard]] static std::shared_ptr<PageFile> create();
    ~PageFile();
    PageFile(const PageFile &) = delete;
    PageFile &operator=(const PageFile &) = delete;

    /// False when there is no room; nothing has changed then.
    [[nodiscard]] bool append(QByteArrayView bytes);
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] int handle() const { return m_handle; }

private:
    explicit PageFile(int handle)
        : m_handle(handle)
    {
    }

    int m_handle;
    qsizetype m_size = 0;
};

/// Some of a file's bytes; keeps the file.
struct PageRange {
    PageRange() = default;
    PageRange(std::shared_ptr<const PageFile> pages, qsizetype from, qsizetype count)
        : file(std::move(pages))
        , offset(from)
        , size(count)
    {
    }
    std::shared_ptr<const PageFile> file;
    qsizetype offset = 0;
    qsizetype size = 0;
};

} // namespace sluice
