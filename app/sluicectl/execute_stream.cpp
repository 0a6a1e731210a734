#include "await.h"
#include "call_check.h"
#include "call_failure.h"
#include "execution.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/gateway/json_forms.h"

namespace sluice::ctl {

namespace {

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
            line(Json{{QStringLiteral("type"), QStringLiteral("balance")}, {QStringLiteral("wei"), wholeWei(wei)}});
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
        const ChatDelta delta = m_chat.read(event);
        if (m_raw || !delta.chat || delta.plain) {
            endLine();
            writeOut(event.data.toUtf8() + '\n');
        } else {
            say(delta);
        }
    }
    /// What still waits when the events are over.
    void flush()
    {
        if (!m_json && !m_raw)
            say(m_chat.finish());
        endLine();
        for (const QString &call : m_json ? QStringList() : m_tools.lines())
            writeErr(Text::tr("Tool call: %1").arg(call));
    }
    void end(const QString &how, const Payment &payment, const QString &runId, const QStringList &notes)
    {
        if (m_json) {
            line(Json{{QStringLiteral("type"), QStringLiteral("end")}, {QStringLiteral("end"), how},
                {QStringLiteral("events"), m_events}, {QStringLiteral("run_id"), runId},
                {QStringLiteral("notes"), toJson(notes)}, {QStringLiteral("payment"), paymentToJson(payment)}});
            return;
        }
        for (const QString &note : notes)
            writeErr(note);
        writeErr(Text::tr("%1 events: %2.").arg(QString::number(m_events), paymentLine(payment)));
    }

private:
    /// The answer's words on standard output; what is no part of the answer on standard error.
    void say(const ChatDelta &delta)
    {
        if (!delta.reasoning.isEmpty()) {
            if (!std::exchange(m_thinking, true))
                writeErrPiece(Text::tr("Reasoning: "));
            writeErrPiece(delta.reasoning);
        }
        m_tools.append(delta.toolCalls);
        if (delta.job)
            say(*delta.job);
        if (delta.text.isEmpty())
            return;
        endThought();
        writeOut(delta.text.toUtf8());
        m_midLine = !delta.text.endsWith(QLatin1Char('\n'));
    }
    /// Of a worker's job: its streams before the last, and what each cost, are no part of the answer.
    void say(const JobNews &news)
    {
        if (!news.jobId.isEmpty())
            writeErr(Text::tr("Job %1").arg(news.jobId));
        if (news.place.value_or(0) > 0)
            writeErr(Text::tr("Number %1 in the queue.").arg(*news.place));
        if (news.event == JobNews::Event::Begun)
            writeErr(Text::tr("Stream %1 of %2: %3").arg(QString::number(news.stream), QString::number(news.streams), news.model));
        else if (news.event == JobNews::Event::Text)
            writeErrPiece(news.text);
        else if (news.event == JobNews::Event::Ended && !news.paidWei.isEmpty())
            writeErr(Text::tr("\nStream %1: %2 wei paid with tickets.").arg(QString::number(news.stream), news.paidWei));
    }
    void endThought()
    {
        if (std::exchange(m_thinking, false))
            writeErrPiece(QStringLiteral("\n"));
    }
    void endLine()
    {
        endThought();
        if (m_midLine)
            writeOut("\n");
        m_midLine = false;
    }
    static void line(const Json &json) { writeOut(json.dump() + '\n'); }

    bool m_json;
    bool m_raw;
    bool m_midLine = false;
    bool m_thinking = false;
    ChatReader m_chat;
    ToolCalls m_tools;
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
    const Completion<StreamResponse::End> ended;
    QObject::connect(&stream, &StreamResponse::finished, &stream, [ended](StreamResponse::End end) { ended.finish(end); });
    const auto close = [&stream, ended] {
        stream.close();
        ended.finish(StreamResponse::End::Closed);
    };
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &stream, close);
    QObject::connect(&Output::instance(), &Output::readerGone, &stream, close);
    Output::instance().watchReader();
    if (Interrupt::instance().happened())
        close();
    return ended.future();
}

} // namespace

QCoro::Task<int> executeStream(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
    const CheckedCall checked{call, false};
    if (!presentation.noCheck)
        co_await checkCall(checked, connection);
    auto printer = std::make_shared<Printer>(presentation.json, presentation.raw);
    auto failure = std::make_shared<std::optional<Error>>();
    auto stream = connection->gateway().stream(call);
    QObject::connect(stream.get(), &StreamResponse::opened, stream.get(), [printer](int status) { printer->opened(status); });
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [printer](const StreamEvent &event) { printer->event(event); });
    QObject::connect(stream.get(), &StreamResponse::balance, stream.get(), [printer](const QString &wei) { printer->balance(wei); });
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [failure](const Error &error) { *failure = error; });
    const QFuture<StreamResponse::End> ended = endOf(*stream);
    const StreamResponse::End end = co_await outcomeOf(ended);
    const QFuture<void> recorded = endOrInterruption(stream->recorded());
    co_await recorded;
    const Payment payment = stream->payment();
    const QString runId = stream->runId();
    const QStringList notes = stream->notes();
    const CallHandle finished = *stream;
    stream.reset();
    co_await connection->close();

    printer->flush();
    if (end == StreamResponse::End::Failed)
        throw CallFailure(failure->value_or(Error(Error::Kind::Internal, Text::tr("The stream failed without saying why."))), finished);
    printer->end(endName(end), payment, runId, notes);
    requireOutput(Text::tr("What came is kept in the history: `sluicectl history show %1`.").arg(runId.left(8)));
    co_return end == StreamResponse::End::Closed ? ExitCanceled : ExitOk;
}

} // namespace sluice::ctl
