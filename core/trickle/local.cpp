#include "sluice/trickle/channel_p.h"
#include "sluice/trickle/server.h"

namespace sluice::trickle {

namespace asio = boost::asio;

LocalPublisher::LocalPublisher(std::shared_ptr<Channel> channel)
    : m_channel(std::move(channel))
{
}

LocalPublisher::~LocalPublisher()
{
    nextSegment();
}

bool LocalPublisher::write(const QByteArray &bytes)
{
    if (m_channel->isEnded())
        return false;
    if (bytes.isEmpty())
        return true;
    const bool first = !m_segment || m_segment->isClosed();
    if (first)
        m_segment = m_channel->openForWrite(NextSegment, false);
    if (m_segment->isClosed())
        m_segment = m_channel->openForWrite(m_segment->seq() + 1, false); // the expected one was deleted
    m_channel->append(m_segment, bytes, first);
    return true;
}

void LocalPublisher::nextSegment()
{
    if (m_segment)
        m_segment->close();
    m_segment.reset();
}

LocalSubscriber::LocalSubscriber(std::shared_ptr<Channel> channel, qint64 start)
    : m_channel(std::move(channel))
    , m_wanted(start)
{
}

LocalSubscriber::~LocalSubscriber() = default;

asio::awaitable<std::optional<qint64>> LocalSubscriber::nextSegment()
{
    m_reader.reset();
    while (!m_channel->isEnded()) {
        const FoundSegment found = m_channel->openForRead(m_wanted);
        if (!found.segment) {
            if (m_channel->next() > m_wanted)
                m_wanted = m_channel->next();
            else
                co_await m_channel->changed();
            continue;
        }
        m_wanted = found.seq + 1;
        auto reader = std::make_unique<SegmentReader>(found.segment);
        while (!reader->hasBytes() && !reader->atEnd())
            co_await reader->segment()->changed();
        if (reader->hasBytes()) {
            m_reader = std::move(reader);
            co_return found.seq;
        }
    }
    co_return std::nullopt;
}

asio::awaitable<QByteArray> LocalSubscriber::read()
{
    while (m_reader && !m_reader->hasBytes() && !m_reader->atEnd())
        co_await m_reader->segment()->changed();
    QByteArray bytes;
    if (m_reader)
        bytes = m_reader->take().join();
    co_return bytes;
}

} // namespace sluice::trickle
