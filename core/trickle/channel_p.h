#pragma once

#include "sluice/base/subscription.h"
#include "sluice/net/asio_wait.h"
#include "sluice/net/page_file.h"
#include "sluice/trickle/wire.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace sluice::trickle {

/// One segment: bytes that only grow, until it is closed. On the I/O thread.
///
/// The pieces stay as they arrived, shared by all readers; nothing is copied for a reader at the live edge.
class Segment final {
public:
    Segment(const boost::asio::any_io_executor &executor, qint64 seq);

    [[nodiscard]] qint64 seq() const { return m_seq; }
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool isEmpty() const { return m_pieces.empty(); }
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] int readers() const { return m_readers; }

    void append(const QByteArray &bytes);
    /// Harmless twice.
    void close();
    /// Calls back once when the segment is closed.
    [[nodiscard]] Subscription onClose(std::function<void()> callback);

    /// Until the next append, close or wake().
    boost::asio::awaitable<void> changed() { return m_changed.wait(); }
    void wake() { m_changed.notify(); }

private:
    friend class SegmentReader;

    void addPages(const QByteArray &bytes);
    void leave(bool wantedPages);
    /// Once they are no longer needed.
    void dropPages();

    qint64 m_seq;
    std::deque<QByteArray> m_pieces;
    qsizetype m_size = 0;
    /// A second copy of what comes while many readers wait for it, from m_pagesBegin on: less work than a copy for each of them.
    std::shared_ptr<PageFile> m_pages;
    qsizetype m_pagesBegin = 0;
    bool m_pagesOver = false; ///< nothing is added to them any more
    int m_pageReaders = 0;
    std::size_t m_piecesAtClose = 0;
    bool m_closed = false;
    int m_readers = 0;
    int m_nextCallback = 0;
    std::shared_ptr<std::map<int, std::function<void()>>> m_onClose;
    AsyncEvent m_changed;
};

/// One reader's place in a segment. It ends where the segment was closed; what a writer adds after that is seen only by
/// readers that start later (trickle.md 1.2, S10).
class SegmentReader final {
public:
    /// `wantsPages`: takePages() will be asked.
    explicit SegmentReader(std::shared_ptr<Segment> segment, bool wantsPages = false);
    ~SegmentReader() { m_segment->leave(m_wantsPages); }
    SegmentReader(const SegmentReader &) = delete;
    SegmentReader &operator=(const SegmentReader &) = delete;

    [[nodiscard]] bool hasBytes() const { return m_position < end(); }
    [[nodiscard]] bool atEnd() const { return m_segment->m_closed && !hasBytes(); }
    /// What is there now, up to about 256 KiB (or one larger piece): the pieces that all readers share.
    [[nodiscard]] QByteArrayList take();
    /// The same in pages, if there are many (128 KiB to about 1 MiB); none otherwise, and then take() has what there is.
    [[nodiscard]] PageRange takePages();
    [[nodiscard]] const std::shared_ptr<Segment> &segment() const { return m_segment; }

private:
    [[nodiscard]] std::size_t end() const;

    std::shared_ptr<Segment> m_segment;
    std::size_t m_position = 0;
    qsizetype m_taken = 0; ///< the same in bytes
    bool m_wantsPages;
    bool m_attachedOpen;
};

/// What a GET of a sequence number finds.
struct FoundSegment {
    std::shared_ptr<Segment> segment; ///< null: not held
    qint64 seq = 0;                   ///< with -1 and -2 resolved
    bool atEdge = false;              ///< it was the one expected next
};

/// The state model of trickle.md 1.2, without any network. On the I/O thread.
class Channel final {
public:
    using Clock = std::chrono::steady_clock;

    Channel(boost::asio::any_io_executor executor, QByteArray name, QByteArray mimeType);

    /// A POST's headers (S2, S3). `seq` is -1 or more.
    std::shared_ptr<Segment> openForWrite(qint64 seq, bool reset);
    /// The first bytes of a segment, or more of it (S4, S5).
    void append(const std::shared_ptr<Segment> &segment, const QByteArray &bytes, bool first);
    /// Its writer ended it without a byte (S7).
    void endEmpty(const std::shared_ptr<Segment> &segment);
    /// Its POST was ended because another client closed it (S8, S9): the expected number does not fall here.
    void released(const std::shared_ptr<Segment> &segment);
    /// A GET (S13). `seq` is -2 or more.
    [[nodiscard]] FoundSegment openForRead(qint64 seq);
    /// False when it is not held (S16).
    bool closeSegment(qint64 seq);
    /// Closes everything (S17).
    void end();

    [[nodiscard]] const QByteArray &name() const { return m_name; }
    [[nodiscard]] const QByteArray &mimeType() const { return m_mimeType; }
    [[nodiscard]] qint64 next() const { return m_next; }
    [[nodiscard]] bool isEnded() const { return m_ended; }
    [[nodiscard]] Clock::time_point touched() const { return m_touched; }
    [[nodiscard]] qint64 bytesIn() const { return m_bytesIn; }
    [[nodiscard]] qsizetype bytesHeld() const;
    [[nodiscard]] int readers() const;

    /// Until a segment begins or the channel ends.
    boost::asio::awaitable<void> changed() { return m_changed.wait(); }
    /// Set by the server: called at each first byte.
    std::function<void(qint64 seq)> onSegmentBegin;

private:
    [[nodiscard]] std::shared_ptr<Segment> &slot(qint64 seq) { return m_slots[std::size_t(seq % SlotCount)]; }
    std::shared_ptr<Segment> replace(qint64 seq);
    void begun(qint64 seq);

    boost::asio::any_io_executor m_executor;
    QByteArray m_name;
    QByteArray m_mimeType;
    qint64 m_next = 0;
    qint64 m_bytesIn = 0;
    bool m_ended = false;
    Clock::time_point m_touched = Clock::now();
    std::array<std::shared_ptr<Segment>, SlotCount> m_slots;
    AsyncEvent m_changed;
};

} // namespace sluice::trickle
