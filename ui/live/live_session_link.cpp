#include "sluice/live/live_session_link.h"

#include <QtCore/QFuture>

namespace sluice::ui {

namespace {

QFuture<void> gone()
{
    return QtFuture::makeExceptionalFuture<void>(Error(Error::Kind::Canceled, LiveSessionLink::tr("The job has ended.")));
}

} // namespace

LiveSessionLink::LiveSessionLink(LiveSession &session)
    : m_session(&session)
{
    connect(&session, &LiveSession::stateChanged, this, &LiveLink::stateChanged);
    connect(&session, &LiveSession::event, this, &LiveLink::event);
    connect(&session, &LiveSession::data, this, &LiveLink::data);
    connect(&session, &LiveSession::warning, this, &LiveLink::warning);
    connect(&session, &LiveSession::outputProblem, this, &LiveLink::outputProblem);
    connect(&session, &LiveSession::failed, this, &LiveLink::failed);
}

LiveSessionLink::~LiveSessionLink()
{
    if (!m_session)
        return;
    m_session->setFrameHandler({});
    m_session->setPreviewHandler({});
    m_session->setRawHandler({});
}

LiveLink::State LiveSessionLink::state() const
{
    return m_session ? m_session->state() : State::Closed;
}

void LiveSessionLink::close()
{
    if (m_session)
        m_session->close();
}

LiveStats LiveSessionLink::stats() const
{
    return m_session ? m_session->stats() : LiveStats();
}

bool LiveSessionLink::hasChannel(Channel channel) const
{
    return m_session && !m_session->channelUrl(channel).isEmpty();
}

void LiveSessionLink::publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options)
{
    if (m_session)
        m_session->publish(std::move(source), options);
}

void LiveSessionLink::setPaused(bool paused)
{
    if (m_session)
        m_session->setPaused(paused);
}

void LiveSessionLink::setFrameHandler(std::function<void(const media::Frame &)> handler)
{
    if (m_session)
        m_session->setFrameHandler(std::move(handler));
}

void LiveSessionLink::setPreviewHandler(std::function<void(const media::Frame &)> handler)
{
    if (m_session)
        m_session->setPreviewHandler(std::move(handler));
}

void LiveSessionLink::markShown(qint64 pts)
{
    if (m_session)
        m_session->markShown(pts);
}

bool LiveSessionLink::writeRaw(const QByteArray &bytes)
{
    return m_session && m_session->writeRaw(bytes);
}

void LiveSessionLink::setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler)
{
    if (m_session)
        m_session->setRawHandler(std::move(handler));
}

QFuture<void> LiveSessionLink::update(const Json &parameters)
{
    return m_session ? m_session->update(parameters) : gone();
}

QFuture<void> LiveSessionLink::record(Channel channel, const QString &fileName)
{
    return m_session ? m_session->record(channel, fileName) : gone();
}

} // namespace sluice::ui
