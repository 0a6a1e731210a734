#include "sluice/net/page_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace sluice {

namespace {

// Of the process, as the descriptors and the memory are.
std::atomic<int> files = 0;
std::atomic<qsizetype> bytesInFiles = 0;

} // namespace

std::shared_ptr<PageFile> PageFile::create()
{
    const bool mayBe = ++files <= MaxFiles;
    const int handle = mayBe ? ::memfd_create("sluice-pages", MFD_CLOEXEC) : -1;
    if (handle >= 0)
        return std::shared_ptr<PageFile>(new PageFile(handle));
    --files;
    return nullptr;
}

PageFile::~PageFile()
{
    ::close(m_handle); // pages that the kernel is still sending stay until they are sent
    --files;
    bytesInFiles -= m_size;
}

bool PageFile::append(QByteArrayView bytes)
{
    if ((bytesInFiles += bytes.size()) > MaxBytes) {
        bytesInFiles -= bytes.size();
        return false;
    }
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t some = ::pwrite(m_handle, bytes.data() + written, std::size_t(bytes.size() - written), off_t(m_size + written));
        if (some < 0 && errno == EINTR)
            continue;
        if (some <= 0)
            break;
        written += some;
    }
    if (written < bytes.size()) {
        bytesInFiles -= bytes.size();
        return false;
    }
    m_size += written;
    return true;
}

} // namespace sluice
