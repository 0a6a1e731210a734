#include "sluice/trickle/channel_p.h"

#include <algorithm>
#include <utility>

namespace sluice::trickle {

namespace {
/// Bytes that go to one reader before the next reader's turn.
constexpr qsizetype TakeSize = 256 * 1024;
/// What the kernel takes in one call, the frame around it not counted.
constexpr qsizetype TakePieces = 60;
/// So many readers without TLS make a copy in pages worth while, of a segment that is larger than this.
constexpr int ManyReaders = 16;
constexpr qsizetype LargeSegment = 64 * 1024;
/// Less than this is copied sooner than its pages are handed out; more is not handed out at once.
constexpr qsizetype FewPages = 128 * 1024;
constexpr qsizetype ManyPages = 1024 * 1024;
} // namespace

Segment::Segment(const boost::asio::any_io_executor &executor, qint64 seq)
    : m_seq(seq)
    , m_onClose(std::make_shared<std::map<int, std::function<void()>>>())
    , m_changed(executor)
{
}

void Segment::append(const QByteArray &bytes)
{
    addPages(bytes);
    m_pieces.push_back(bytes);
    m_size += bytes.size();
    m_changed.notify();
}

void Segment::addPages(const QByteArray &bytes)
{
    if (m_pagesOver)
        return;
    if (!m_pages && m_pageReaders >= ManyReaders && m_size + bytes.size() > LargeSegment) {
        m_pages = PageFile::create();
        m_pagesBegin = m_size;
        m_pagesOver = !m_pages;
    }
    if (m_pages)
        m_pagesOver = !m_pages->append(bytes);
}

void Segment::leave(bool wantedPages)
{
    --m_readers;
    m_pageReaders -= wantedPages ? 1 : 0;
    dropPages();
}

void Segment::dropPages()
{
    if (!m_closed || m_pageReaders > 0)
        return;
    m_pages.reset(); // readers that come now are late and few
    m_pagesOver = true;
}

void Segment::close()
{
    if (std::exchange(m_closed, true))
        return;
    m_piecesAtClose = m_pieces.size();
    dropPages();
    m_changed.notify();
    const auto callbacks = std::exchange(*m_onClose, {});
    for (const auto &[id, callback] : callbacks)
        callback();
}

Subscription Segment::onClose(std::function<void()> callback)
{
    const int id = m_nextCallback++;
    m_onClose->emplace(id, std::move(callback));
    return Subscription([weak = std::weak_ptr(m_onClose), id] {
        if (const auto callbacks = weak.lock())
            callbacks->erase(id);
    });
}

SegmentReader::SegmentReader(std::shared_ptr<Segment> segment, bool wantsPages)
    : m_segment(std::move(segment))
    , m_wantsPages(wantsPages)
    , m_attachedOpen(!m_segment->m_closed)
{
    ++m_segment->m_readers;
    m_segment->m_pageReaders += wantsPages ? 1 : 0;
}

std::size_t SegmentReader::end() const
{
    return m_attachedOpen && m_segment->m_closed ? m_segment->m_piecesAtClose : m_segment->m_pieces.size();
}

QByteArrayList SegmentReader::take()
{
    const std::size_t last = end();
    QByteArrayList pieces;
    qsizetype size = 0;
    while (m_position < last && pieces.size() < TakePieces) {
        const QByteArray &next = m_segment->m_pieces[m_position];
        if (size > 0 && size + next.size() > TakeSize)
            break;
        size += next.size();
        pieces.append(next);
        ++m_position;
    }
    m_taken += size;
    return pieces;
}

PageRange SegmentReader::takePages()
{
    const std::shared_ptr<PageFile> &pages = m_segment->m_pages;
    const qsizetype offset = m_taken - m_segment->m_pagesBegin;
    if (!m_wantsPages || !pages || offset < 0)
        return {};
    const std::size_t last = end();
    std::size_t position = m_position;
    qsizetype size = 0;
    while (position < last) {
        const qsizetype next = m_segment->m_pieces[position].size();
        if ((size > 0 && size + next > ManyPages) || offset + size + next > pages->size())
            break;
        size += next;
        ++position;
    }
    if (size < FewPages)
        return {};
    m_position = position;
    m_taken += size;
    return {pages, offset, size};
}

Channel::Channel(boost::asio::any_io_executor executor, QByteArray name, QByteArray mimeType)
    : m_executor(std::move(executor))
    , m_name(std::move(name))
    , m_mimeType(std::move(mimeType))
    , m_changed(m_executor)
{
}

std::shared_ptr<Segment> Channel::replace(qint64 seq)
{
    std::shared_ptr<Segment> &held = slot(seq);
    if (held)
        held->close(); // else its readers would never end
    held = std::make_shared<Segment>(m_executor, seq);
    return held;
}

std::shared_ptr<Segment> Channel::openForWrite(qint64 seq, bool reset)
{
    const qint64 wanted = seq == NextSegment ? m_next : seq;
    if (reset) {
        for (const auto &held : m_slots) {
            if (held && held->seq() < wanted)
                held->close();
        }
    }
    const auto &held = slot(wanted);
    return held && held->seq() == wanted ? held : replace(wanted);
}

void Channel::begun(qint64 seq)
{
    m_next = seq + 1;
    m_touched = Clock::now();
    m_changed.notify();
}

void Channel::append(const std::shared_ptr<Segment> &segment, const QByteArray &bytes, bool first)
{
    if (first)
        begun(segment->seq());
    m_bytesIn += bytes.size();
    segment->append(bytes);
    if (first && onSegmentBegin)
        onSegmentBegin(segment->seq());
}

void Channel::endEmpty(const std::shared_ptr<Segment> &segment)
{
    begun(segment->seq());
    segment->close();
}

void Channel::released(const std::shared_ptr<Segment> &segment)
{
    begun(std::max(segment->seq(), m_next - 1));
}

FoundSegment Channel::openForRead(qint64 seq)
{
    const qint64 wanted = seq == NextSegment ? m_next : seq == CurrentSegment ? std::max<qint64>(m_next - 1, 0) : seq;
    const bool atEdge = wanted == m_next;
    const auto &held = slot(wanted);
    if (held && held->seq() == wanted)
        return {held, wanted, atEdge};
    if (atEdge || (m_next == 0 && wanted == 1))
        return {replace(wanted), wanted, atEdge};
    return {nullptr, wanted, atEdge};
}

bool Channel::closeSegment(qint64 seq)
{
    if (seq < 0)
        return false;
    const auto held = slot(seq);
    if (!held || held->seq() != seq)
        return false;
    held->close();
    return true;
}

void Channel::end()
{
    m_ended = true;
    for (const auto &held : m_slots) {
        if (held)
            held->close();
    }
    m_changed.notify();
}

qsizetype Channel::bytesHeld() const
{
    qsizetype bytes = 0;
    for (const auto &held : m_slots)
        bytes += held ? held->size() : 0;
    return bytes;
}

int Channel::readers() const
{
    int readers = 0;
    for (const auto &held : m_slots)
        readers += held ? held->readers() : 0;
    return readers;
}

} // namespace sluice::trickle
