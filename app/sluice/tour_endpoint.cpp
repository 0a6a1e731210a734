// The local endpoint in the tour: another program calls what the window shows.
#include "tour.h"

#include "sluice/endpointview/endpoint_call_model.h"
#include "sluice/endpointview/endpoint_calls.h"
#include "sluice/endpointview/endpoint_panel.h"
#include "sluice/session/endpoint_host.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/workbench_page.h"

#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

namespace sluice {

using namespace ui;

namespace {

/// A program of somebody else's, as far as the endpoint knows.
class OtherProgram {
public:
    /// `pace`: words per second; 0: as fast as it goes.
    void chat(const QUrl &base, const QByteArray &key, const QString &question, int pace = 0)
    {
        QNetworkRequest request(QUrl(base.toString() + QStringLiteral("/chat/completions")));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("SomeEditor/2.4"));
        request.setRawHeader("Authorization", "Bearer " + key);
        const Json message{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), question}};
        const Json body{{QStringLiteral("model"), QStringLiteral("docs-chat")}, {QStringLiteral("stream"), true}, {QStringLiteral("words_per_second"), pace},
            {QStringLiteral("messages"), Json::array({message})}};
        m_replies.emplace_back(m_client.post(request, body.dump()));
    }

private:
    QNetworkAccessManager m_client;
    std::vector<std::unique_ptr<QNetworkReply>> m_replies;
};

} // namespace

QCoro::Task<void> Tour::endpointSteps()
{
    EndpointHost &host = m_window.endpoint();
    EndpointPanel *panel = m_window.showEndpoint();
    co_await step(QStringLiteral("endpoint-stopped"), [panel, &host] { return panel->isVisible() && !host.key().isEmpty(); });
    panel->button().click();
    const bool running = co_await step(QStringLiteral("endpoint-started"), [&host] { return host.isRunning(); });
    if (!running)
        co_return;
    const EndpointCallModel &model = panel->calls().model();
    const auto isAt = [&model](int row, EndpointCall::State state) { return model.rowCount() > row && model.call(row).state == state; };
    OtherProgram program;
    const QUrl base = host.endpoint().baseUrl();
    const QByteArray key = host.key().expose().toByteArray();
    program.chat(base, "sk-of-somebody-else", QStringLiteral("Who am I?"));
    co_await step(QStringLiteral("endpoint-refused"), [isAt] { return isAt(0, EndpointCall::State::Refused); });
    program.chat(base, key, QStringLiteral("What is a face value?"));
    co_await step(QStringLiteral("endpoint-answered"), [isAt] { return isAt(0, EndpointCall::State::Answered); });
    program.chat(base, key, QStringLiteral("How does a ticket pay for a call, and when does it win?"), 25);
    co_await step(QStringLiteral("endpoint-streaming"), [isAt, &model] { return isAt(0, EndpointCall::State::Streaming) && model.call(0).pieces > 10; });
    // selectRow() asks which column begins at the window's edge, and right to left it finds none.
    QTableView &table = panel->calls().table();
    table.setCurrentIndex(table.model()->index(0, 0));
    panel->calls().cancelSelected();
    co_await step(QStringLiteral("endpoint-cancelled"), [isAt] { return isAt(0, EndpointCall::State::Canceled); });
    table.setCurrentIndex(table.model()->index(1, 0));
    const QString answered = model.call(1).runIds.value(0);
    panel->calls().openSelected();
    co_await step(QStringLiteral("endpoint-opened"), [this, answered] { return m_window.currentPage() && m_window.currentPage()->shownRunId() == answered; });
    host.stop();
}

} // namespace sluice
