// The sign-in at a clearinghouse (RFC 8628) in the tour: a new profile names one, gives its code, and is agreed to.
#include "tour.h"

#include "sluice/forms/schema_form.h"
#include "sluice/net/http_server.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/shell/sign_in_box.h"
#include "sluice/shell/sign_in_dialog.h"
#include "sluice/widgets/state_view.h"

#include <QtCore/QPointer>
#include <QtWidgets/QPushButton>

#include <atomic>

namespace sluice {

using namespace ui;

namespace {

/// A clearinghouse of somebody else, as far as the window knows: the authorization server's side of RFC 8628, on this machine.
class Clearinghouse {
public:
    Clearinghouse()
        : m_server(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); })
    {
        orThrow(m_server.listen());
    }
    ~Clearinghouse() { m_server.stop(); }
    Clearinghouse(const Clearinghouse &) = delete;
    Clearinghouse &operator=(const Clearinghouse &) = delete;

    [[nodiscard]] QString issuer() const { return m_server.origin(); }
    /// As a person does on its page.
    void agree() { m_agreed = true; }

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response)
    {
        std::pair<int, QByteArray> answer = answered(request.path);
        const Headers fields = headers::contentType("application/json");
        co_await response.send(answer.first, fields, std::move(answer.second));
    }

    [[nodiscard]] std::pair<int, QByteArray> answered(const QByteArray &path) const
    {
        const QString at = issuer();
        if (path == "/.well-known/oauth-authorization-server")
            return {200, Json{{QStringLiteral("issuer"), at}, {QStringLiteral("device_authorization_endpoint"), at + QStringLiteral("/device")},
                             {QStringLiteral("token_endpoint"), at + QStringLiteral("/token")}}.dump()};
        if (path == "/device")
            return {200, Json{{QStringLiteral("device_code"), "of-this-tour"}, {QStringLiteral("user_code"), "WDJB-MJHT"},
                             {QStringLiteral("verification_uri"), at + QStringLiteral("/activate")}, {QStringLiteral("expires_in"), 900}, {QStringLiteral("interval"), 1}}.dump()};
        if (path != "/token")
            return {404, "{}"};
        if (!m_agreed)
            return {400, Json{{QStringLiteral("error"), "authorization_pending"}}.dump()};
        return {200, Json{{QStringLiteral("access_token"), "access-of-this-tour"}, {QStringLiteral("token_type"), "Bearer"}, {QStringLiteral("refresh_token"), "refresh-of-this-tour"},
                         {QStringLiteral("expires_in"), 3600}}.dump()};
    }

    IoThread m_io;
    std::atomic<bool> m_agreed = false;
    HttpServer m_server;
};

} // namespace

QCoro::Task<void> Tour::signInSteps()
{
    Clearinghouse house;
    ProfileDialog profile(m_session, std::nullopt, &m_window);
    profile.open();
    auto *form = profile.findChild<SchemaForm *>();
    const Json settings{{QStringLiteral("signer_url"), QStringLiteral("https://signer.example")}, {QStringLiteral("issuer_url"), house.issuer()},
        {QStringLiteral("client_id"), QStringLiteral("sluice")}};
    form->setValue(Json{{QStringLiteral("byoc"), settings}});
    Q_EMIT form->valueChanged(form->value());
    auto *box = profile.findChild<SignInBox *>();
    co_await step(QStringLiteral("sign-in-offered"), [box] { return box->isVisible(); }, &profile);
    box->button().click();
    const QPointer<SignInDialog> dialog = box->dialog();
    // Named, because of g++ 12: see DESIGN.md 3.
    const std::function<bool()> coded = [dialog] { return dialog && dialog->states().state() == StateView::State::Content && !dialog->shownCode().isEmpty(); };
    const bool given = co_await step(QStringLiteral("sign-in-code"), coded, dialog);
    house.agree();
    const std::function<bool()> done = [box, dialog] { return !dialog && !box->login().isEmpty(); };
    if (given)
        co_await step(QStringLiteral("sign-in-done"), done, &profile);
    profile.reject();
}

} // namespace sluice
