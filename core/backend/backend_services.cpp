#include "sluice/backend/backend_services.h"

#include "sluice/backend/user_data.h"
#include "sluice/net/http_client.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/tls_trust.h"

namespace sluice {

BackendServices::BackendServices(std::shared_ptr<UserData> data, CallTiming timing, SpendPolicy spend)
    : m_data(std::move(data))
    , m_timing(timing)
    , m_spend(std::move(spend))
    , m_trust(std::make_unique<TlsTrust>(m_data->pins()))
    , m_http(std::make_unique<HttpClient>(*m_trust))
{
}

BackendServices::~BackendServices() = default;

IoThread &BackendServices::io()
{
    if (!m_io)
        m_io = std::make_unique<IoThread>();
    return *m_io;
}

} // namespace sluice
