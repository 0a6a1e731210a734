#include "served_profile.h"

#include "connection.h"

#include "sluice/endpoint/profile_provider.h"
#include "sluice/endpoint/profile_upstream.h"

namespace sluice::ctl {

namespace {

class Served final : public ServedProfile {
public:
    Served(std::shared_ptr<Connection> connection, QString name)
        : m_connection(std::move(connection))
        , m_name(std::move(name))
    {
    }
    [[nodiscard]] std::shared_ptr<llmworker::Provider> provider() override { return makeProfileProvider(m_connection->seat(), m_name); }
    [[nodiscard]] std::shared_ptr<openai::Upstream> upstream() override { return makeProfileUpstream(m_connection->seat(), m_name); }
    [[nodiscard]] QFuture<void> stopped() override { return m_connection->keptUp(); }
    QCoro::Task<void> close() override { co_await m_connection->close(); }

private:
    std::shared_ptr<Connection> m_connection;
    QString m_name;
};

} // namespace

QCoro::Task<std::shared_ptr<ServedProfile>> openServedProfile(QString name)
{
    const std::shared_ptr<Connection> connection = co_await Connection::open(name, openUserData());
    std::shared_ptr<ServedProfile> served = std::make_shared<Served>(connection, name);
    co_return std::as_const(served);
}

} // namespace sluice::ctl
