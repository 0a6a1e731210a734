#include "call_check.h"

#include "await.h"
#include "connection.h"
#include "interrupt.h"
#include "picture_check.h"
#include "render.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/base/schema_validator.h"
#include "sluice/snippets/shell_word.h"

namespace sluice::ctl {

namespace {

/// Of an input within a command that is to be read; longer ones are named as a file.
constexpr qsizetype LongestInput = 300;

QString inputFor(const CheckedCall &checked, const CapabilityInfo &info)
{
    // The parameters of a live job are no input of a call.
    const Json input = checked.call.verb != Verb::Live ? checked.call.input : info.examples.isEmpty() ? Json() : info.examples.first().input;
    const QString text = QString::fromUtf8(input.dump());
    return input.isNull() || text.size() > LongestInput ? QStringLiteral("@FILE") : shellWord(text);
}

/// What the person said besides the verb and that decides where the call goes.
QString ownOptions(const Call &call)
{
    const QString model = call.model.isEmpty() ? QString() : QStringLiteral(" --model ") + call.model;
    const bool usual = call.backend.isEmpty() || call.backend == Call().backend;
    return usual ? model : model + QStringLiteral(" --backend ") + call.backend;
}

Error notSent(Error error, const QString &advice = Text::tr("Nothing was sent; --no-check sends it as it is."))
{
    return error.withAdvice(error.advice().isEmpty() ? advice : error.advice() + QLatin1Char(' ') + advice);
}

std::optional<Error> wrongInput(const Call &call, const CapabilityInfo &info)
{
    if (info.inputSchema.isNull() || call.verb == Verb::Live)
        return std::nullopt;
    auto wrong = toError(SchemaValidator(info.inputSchema).validate(call.input));
    if (!wrong)
        wrong = unwantedFormat(info.inputSchema, call.input);
    if (!wrong)
        return std::nullopt;
    return notSent(*wrong, Text::tr("Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.").arg(call.capability));
}

} // namespace

QString commandFor(const CheckedCall &checked, const CapabilityInfo &info, Verb verb)
{
    const QString options = ownOptions(checked.call);
    if (checked.signs) {
        const QString flag = verb == Verb::Run ? QString() : QStringLiteral(" --") + verbName(verb);
        return QStringLiteral("sluicectl sign --capability %1%2%3 --input %4").arg(info.name, flag, options, inputFor(checked, info));
    }
    if (verb != Verb::Live)
        return QStringLiteral("sluicectl %1 %2%3 --input %4").arg(verbName(verb), info.name, options, inputFor(checked, info));
    if (info.hasSessions())
        return QStringLiteral("sluicectl session %1").arg(info.name);
    return QStringLiteral("sluicectl live %1%2%3").arg(info.name, options, info.live.raw ? QStringLiteral(" < FILE") : QStringLiteral(" --source pattern"));
}

std::optional<Error> objection(const CheckedCall &checked, const CapabilityInfo &info)
{
    const Call &call = checked.call;
    if (!info.mayHave(call.verb))
        return notSent(Error(Error::Kind::InvalidInput, Text::tr("%1 has no %2; it has: %3.").arg(info.name, verbName(call.verb), verbsText(info)))
                           .withAdvice(Text::tr("This would work: %1").arg(commandFor(checked, info, info.verbs.first()))));
    const QStringList models = info.models();
    if (call.model.isEmpty() || models.isEmpty() || models.contains(call.model))
        return std::nullopt;
    const QString near = closest(call.model, models);
    const QString all = Text::tr("It has: %1.").arg(models.join(QStringLiteral(", ")));
    return notSent(Error(Error::Kind::InvalidInput, Text::tr("%1 has no model \"%2\".").arg(info.name, call.model))
                       .withAdvice(near.isEmpty() ? all : all + QLatin1Char(' ') + Text::tr("Did you mean \"%1\"?").arg(near)));
}

QCoro::Task<void> checkDescribed(CheckedCall checked, CapabilityInfo info, std::shared_ptr<Connection> connection)
{
    if (connection->gateway().isAbsent(info.id())) {
        const QFuture<QList<CapabilityInfo>> listing = connection->gateway().capabilities();
        const QList<CapabilityInfo> all = co_await settled(listing);
        try {
            (void)capabilityNamed(checked.call.capability, all);
        } catch (const Error &unknown) {
            throw notSent(unknown);
        }
    }
    if (const auto why = objection(checked, info))
        throw *why;
}

QCoro::Task<void> checkCall(CheckedCall checked, std::shared_ptr<Connection> connection)
{
    const Call &call = checked.call;
    std::optional<CapabilityInfo> info;
    bool late = false;
    try {
        const bool byName = call.backend.isEmpty() || call.backend == Call().backend;
        QFuture<CapabilityInfo> described = byName ? connection->gateway().describe(call.capability) : connection->gateway().describe(call.id());
        // An answer that is due by then cannot come any more when the network has not even said what it wants.
        const QFuture<void> inTime = atMost(QFuture<void>(described), call.timeout);
        const QFuture<void> waited = endOrInterruption(inTime);
        co_await waited;
        late = !described.isFinished() && !Interrupt::instance().happened();
        if (late)
            described.cancel();
        else
            info = co_await settled(described);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The call itself will tell what is wrong with the network.
    }
    if (late)
        throw Error(Error::Kind::Timeout, Text::tr("The network did not answer in time: not within %1 s.").arg(call.timeout.count()))
            .withAdvice(Text::tr("Nothing was sent. Give it more time with --timeout, or see whether it runs."));
    if (!info)
        co_return;
    co_await checkDescribed(checked, *info, connection);
    if (const auto wrong = wrongInput(checked.call, *info))
        throw *wrong;
}

void addNoCheckOption(CommandLine &line)
{
    line.addOption({QStringLiteral("no-check")}, Text::tr("Send it also when the network says that it has no such capability, verb or model, or when the schema refuses the input."));
}

} // namespace sluice::ctl
