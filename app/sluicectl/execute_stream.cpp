#include "await.h"
#include "execution.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include "sluice/gateway/json_forms.h"

namespace sluice::ctl {

namespace {

/// The words of an OpenAI chat chunk, or nothing when `json` is no such chunk.
std::optional<QString> chatText(const Json &json)
{
    const auto choice = json.find(QStringLiteral("/choices/0"));
    if (!choice)
        return std::nullopt;
    const auto delta = choice->find(QStringLiteral("/delta/content"));
    return delta ? delta->toString() : QString();
}

class Printer {
public:
    Printer(bool json, bool raw)
        : m_json(json)
        , m_raw(raw)
    {
    }

    void opened(int status)
    {
        if (m_json)
            line(Json{{QStringLiteral("type"), QStringLiteral("opened")}, {QStringLiteral("status"), status}});
    }
    void balance(const QString &wei)
    {
        if (m_json)
            line(Json{{QStringLiteral("type"), QStringLiteral("balance")}, {QStringLiteral("wei"), wei}});
    }
    void event(const StreamEvent &event)
    {
        ++m_events;
        const auto json = event.json();
        if (m_json) {
            Json object{{QStringLiteral("type"), QStringLiteral("event")},
                {QStringLiteral("event"), event.event ? Json(*event.event) : Json()},
                {QStringLiteral("id"), event.id ? Json(*event.id) : Json()}};
            if (json)
                object.insert(QStringLiteral("json"), *json);
            else
                object.insert(QStringLiteral("data"), event.data);
            line(object);
            return;
        }
        const auto text = json && !m_raw ? chatText(*json) : std::nullopt;
        if (text) {
            writeOut(text->toUtf8());
            m_midLine = m_midLine ? !text->endsWith(QLatin1Char('\n')) : !text->isEmpty() && !text->endsWith(QLatin1Char('\n'));
        } else {
            endLine();
            writeOut(event.data.toUtf8() + '\n');
        }
    }
    void end(const QString &how, const Payment &payment, const QString &runId)
    {
        if (m_json) {
            line(Json{{QStringLiteral("type"), QStringLiteral("end")}, {QStringLiteral("end"), how},
                {QStringLiteral("events"), m_events}, {QStringLiteral("run_id"), runId},
                {QStringLiteral("payment"), paymentToJson(payment)}});
            return;
        }
        endLine();
        writeErr(Text::tr("%1 events: %2.").arg(QString::number(m_events), paymentLine(payment)));
    }
    void endLine()
    {
        if (m_midLine)
            writeOut("\n");
        m_midLine = false;
    }

private:
    static void line(const Json &json) { writeOut(json.dump() + '\n'); }

    bool m_json;
    bool m_raw;
    bool m_midLine = false;
    qint64 m_events = 0;
};

QString endName(StreamResponse::End end)
{
    switch (end) {
    case StreamResponse::End::Done:
        return QStringLiteral("done");
    case StreamResponse::End::Eof:
        return QStringLiteral("eof");
    case StreamResponse::End::Closed:
        return QStringLiteral("closed");
    case StreamResponse::End::Failed:
        break;
    }
    return QStringLiteral("failed");
}

/// Completes with how the stream ended; an interruption closes it.
QFuture<StreamResponse::End> endOf(StreamResponse &stream)
{
    auto promise = std::make_shared<QPromise<StreamResponse::End>>();
    promise->start();
    const auto finish = [promise](StreamResponse::End end) {
        if (promise->future().isFinished())
            return;
        promise->addResult(end);
        promise->finish();
    };
    QObject::connect(&stream, &StreamResponse::finished, &stream, finish);
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &stream, [&stream, finish] {
        stream.close();
        finish(StreamResponse::End::Closed);
    });
    return promise->future();
}

} // namespace

QCoro::Task<int> executeStream(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
    auto printer = std::make_shared<Printer>(presentation.json, presentation.raw);
    auto failure = std::make_shared<std::optional<Error>>();
    auto stream = connection->gateway().stream(call);
    QObject::connect(stream.get(), &StreamResponse::opened, stream.get(), [printer](int status) { printer->opened(status); });
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [printer](const StreamEvent &event) { printer->event(event); });
    QObject::connect(stream.get(), &StreamResponse::balance, stream.get(), [printer](const QString &wei) { printer->balance(wei); });
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [failure](const Error &error) { *failure = error; });
    const StreamResponse::End end = co_await settled(endOf(*stream));
    const Payment payment = stream->payment();
    const QString runId = stream->runId();
    stream.reset();
    co_await connection->close();

    if (end == StreamResponse::End::Failed) {
        printer->endLine();
        throw failure->value_or(Error(Error::Kind::Internal, Text::tr("The stream failed without saying why.")));
    }
    printer->end(endName(end), payment, runId);
    co_return end == StreamResponse::End::Closed ? ExitCanceled : ExitOk;
}

} // namespace sluice::ctl
