#include "find_local.h"

#include "await.h"
#include "exit_code.h"
#include "output.h"
#include "render.h"
#include "text.h"

#include "sluice/base/error.h"
#include "sluice/gateway/local_servers.h"

#include <QtCore/QRegularExpression>

namespace sluice::ctl {

namespace {

constexpr qsizetype MostModels = 8; ///< of one server, named for people

QString nameOf(const local_servers::Server &server)
{
    if (server.product.isEmpty())
        return Text::tr("an OpenAI-compatible server");
    const QString name = server.version.isEmpty() ? server.product : server.product + QLatin1Char(' ') + server.version;
    return server.certain ? name : Text::tr("probably %1").arg(name);
}

/// A name for a profile: "lm-studio", or "local-8000" where nothing tells whose server it is.
QString profileName(const local_servers::Server &server)
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    const QString name = server.product.toLower().replace(others, QStringLiteral("-"));
    return name.isEmpty() ? QStringLiteral("local-%1").arg(server.baseUrl.port()) : name;
}

QString addCommand(const local_servers::Server &server)
{
    QString command = QStringLiteral("sluicectl profile add %1 --set %2.base_url=%3").arg(profileName(server), local_servers::Backend, server.baseUrl.toString());
    if (server.wantsKey)
        command += QStringLiteral(" --secret %1.api_key=FILE").arg(local_servers::Backend);
    return command;
}

Json toJson(const local_servers::Found &found)
{
    Json servers = Json::array();
    for (const local_servers::Server &server : found.servers) {
        Json one{{QStringLiteral("base_url"), server.baseUrl.toString()}, {QStringLiteral("certain"), server.certain},
            {QStringLiteral("wants_key"), server.wantsKey}, {QStringLiteral("models"), ctl::toJson(server.models)}};
        if (!server.isSluice)
            one.insert(QStringLiteral("add"), addCommand(server));
        if (!server.product.isEmpty())
            one.insert(QStringLiteral("product"), server.product);
        if (!server.version.isEmpty())
            one.insert(QStringLiteral("version"), server.version);
        servers.append(one);
    }
    Json others = Json::array();
    for (const Error &error : found.others)
        others.append(Json{{QStringLiteral("url"), error.url().toString()}, {QStringLiteral("why"), error.message()}});
    Json asked = Json::array();
    for (const quint16 port : found.asked)
        asked.append(int(port));
    return Json{{QStringLiteral("servers"), servers}, {QStringLiteral("others"), others}, {QStringLiteral("asked"), asked}};
}

void print(const local_servers::Found &found)
{
    QStringList ports;
    for (const quint16 port : found.asked)
        ports.append(QString::number(port));
    for (const Error &error : found.others)
        writeErr(error.message());
    if (found.servers.isEmpty()) {
        writeErr(Text::tr("No server of language models answers on this machine. Asked were the ports %1.").arg(ports.join(QStringLiteral(", "))));
        writeErr(Text::tr("Start one, for example Ollama, or name other ports: SLUICE_LOCAL_PORTS=5000,5001"));
        return;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("ADDRESS|WHAT IT IS|MODELS").split(QLatin1Char('|')));
    for (const local_servers::Server &server : found.servers) {
        QStringList models = server.models.mid(0, MostModels);
        if (server.models.size() > MostModels)
            models.append(Text::tr("and %n more", nullptr, int(server.models.size() - MostModels)));
        rows.append(QStringList{server.baseUrl.toString(), nameOf(server),
            server.wantsKey ? Text::tr("(told only with its API key)") : models.isEmpty() ? Text::tr("(none)") : models.join(QStringLiteral(", "))});
    }
    writeText(table(rows));
    QString commands;
    for (const local_servers::Server &server : found.servers) {
        if (!server.isSluice)
            commands += addCommand(server) + QLatin1Char('\n');
    }
    if (commands.isEmpty())
        writeErr(Text::tr("Only Sluice itself answers: calls through it would go in a circle, so there is nothing to add."));
    else
        writeText(Text::tr("\nTo use one, add it as a profile:\n") + commands);
}

} // namespace

QCoro::Task<int> findLocal(bool json)
{
    const QFuture<local_servers::Found> search = local_servers::find();
    const local_servers::Found found = co_await settled(search);
    if (json)
        writeOut(toJson(found).dump() + '\n');
    else
        print(found);
    co_return ExitOk;
}

} // namespace sluice::ctl
