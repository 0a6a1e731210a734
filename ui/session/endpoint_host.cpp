#include "sluice/session/endpoint_host.h"

#include "sluice/base/follow.h"
#include "sluice/session/session.h"

#include <QtCore/QSettings>

namespace sluice::ui {

namespace {
const QString kKeyEntry = QStringLiteral("local endpoint/api_key");
const QString kPort = QStringLiteral("endpoint/port");
const QString kLastPort = QStringLiteral("endpoint/last_port");

quint16 portIn(const QSettings &settings, const QString &name)
{
    const uint port = settings.value(name).toUInt();
    return port <= 65535 ? quint16(port) : quint16(0);
}
} // namespace

EndpointHost::EndpointHost(Session &session, QString settingsFile, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settingsFile(std::move(settingsFile))
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    m_port = portIn(settings, kPort);
    m_lastPort = portIn(settings, kLastPort);
    connect(&m_endpoint, &LocalEndpoint::runningChanged, this, &EndpointHost::stateChanged);
    connect(&m_session, &Session::profileChanged, this, &EndpointHost::followSession);
    connect(&m_session, &Session::stateChanged, this, &EndpointHost::followSession);
    connect(&m_session, &Session::capabilitiesChanged, this, &EndpointHost::followSession);
}

EndpointHost::~EndpointHost() = default;

void EndpointHost::followSession()
{
    if (!m_endpoint.isRunning())
        return;
    if (m_session.profile().name == m_endpoint.profile()) {
        m_endpoint.setGateway(m_session.gateway());
        return;
    }
    const QString served = m_endpoint.profile();
    stop();
    Q_EMIT stopped(tr("The local endpoint stopped: it served “%1”, and the network is another one now.").arg(served));
}

void EndpointHost::start()
{
    if (isRunning() || m_wanted)
        return;
    if (!m_session.gateway()) {
        Q_EMIT failed(Error(Error::Kind::Config, tr("The local endpoint needs a network to serve.")).withAdvice(tr("Wait until the window is connected, or choose another profile in the status bar.")));
        return;
    }
    m_wanted = true;
    Q_EMIT stateChanged();
    if (!m_key.isEmpty())
        listen();
    else
        loadKey();
}

bool EndpointHost::listen()
{
    m_wanted = false;
    Gateway *gateway = m_session.gateway();
    Expected<QUrl> url = unexpected(Error(Error::Kind::Config, tr("The local endpoint needs a network to serve.")));
    if (gateway) {
        const QString profile = m_session.profile().name;
        url = m_endpoint.start(*gateway, profile, m_port != 0 ? m_port : m_lastPort, m_key);
        if (!url && m_port == 0 && m_lastPort != 0)
            url = m_endpoint.start(*gateway, profile, 0, m_key);
    }
    if (!url) {
        Error error = url.error();
        if (error.kind() == Error::Kind::Network && m_port != 0)
            error = Error(Error::Kind::Network, tr("The local endpoint cannot listen on port %1: %2").arg(m_port).arg(error.message()))
                        .withAdvice(tr("Another program may use it: choose another port, or a free one."));
        Q_EMIT stateChanged();
        Q_EMIT failed(error);
        return false;
    }
    if (m_port == 0) {
        m_lastPort = quint16(url->port());
        QSettings(m_settingsFile, QSettings::IniFormat).setValue(kLastPort, m_lastPort);
    }
    return true;
}

void EndpointHost::stop()
{
    m_wanted = false;
    m_endpoint.stop();
    Q_EMIT stateChanged();
}

void EndpointHost::setPort(quint16 port)
{
    if (m_port == port)
        return;
    m_port = port;
    QSettings(m_settingsFile, QSettings::IniFormat).setValue(kPort, port);
}

void EndpointHost::loadKey()
{
    if (std::exchange(m_keyAsked, true))
        return;
    follow(
        m_secrets.read(kKeyEntry), this, [this](const Secret &kept) { takeKey(kept); },
        [this](const Error &error) {
            // It may hold one that is to stay: this run has a key of its own, which is kept nowhere.
            m_keyKept = false;
            m_key = LocalEndpoint::freshKey();
            Q_EMIT keyChanged();
            Q_EMIT failed(Error(error).withAdvice(tr("Until then the endpoint has a key for this run only.")));
            if (m_wanted)
                listen();
        });
}

void EndpointHost::takeKey(const Secret &kept)
{
    m_key = kept;
    if (m_key.isEmpty()) {
        m_key = LocalEndpoint::freshKey();
        keepKey();
    }
    Q_EMIT keyChanged();
    if (m_wanted)
        listen();
}

void EndpointHost::keepKey()
{
    follow(
        m_secrets.write(kKeyEntry, m_key), this,
        [this] {
            m_keyKept = true;
            Q_EMIT keyChanged();
        },
        [this](const Error &error) {
            m_keyKept = false;
            Q_EMIT keyChanged();
            Q_EMIT failed(error);
        });
}

void EndpointHost::renewKey()
{
    m_keyAsked = true;
    m_key = LocalEndpoint::freshKey();
    keepKey();
    Q_EMIT keyChanged();
    if (!isRunning())
        return;
    const quint16 same = quint16(m_endpoint.baseUrl().port());
    const QString profile = m_endpoint.profile();
    m_endpoint.stop();
    Gateway *gateway = m_session.gateway();
    if (!gateway)
        return;
    if (const auto url = m_endpoint.start(*gateway, profile, same, m_key); !url)
        Q_EMIT failed(url.error());
}

} // namespace sluice::ui
