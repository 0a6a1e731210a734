#pragma once

#include "payment_observer_p.h"

#include "peers/outcome.h"
#include "peers/scripted_orchestrator.h"

#include "sluice/byoc/answer_reader.h"
#include "sluice/payments/ticket_sender.h"

namespace sluice::byoc {

inline constexpr qint64 Price = 100'000'000; // wei per second, as in byoc.md 11.3
inline const QString Capability = QStringLiteral("text-reversal");

/// A client with a key of its own and everything it pays with, in memory.
struct Fixture {
    explicit Fixture(Client::Options options = {})
        : client(http, &sender, options)
    {
    }

    Expected<JobAnswer> submit(const Job &job, const QList<QUrl> &orchestrators, CallContext context = {})
    {
        return test::outcomeOf(client.submit(job, orchestrators, observer, context));
    }

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    LocalSigner signer{orThrow(PrivateKey::fromHex("ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36"))};
    MemoryNonceStore nonces;
    MemorySpendBook book;
    SpendLimits limits{{}, book};
    TicketSender sender{signer, nonces, limits};
    std::shared_ptr<PaymentObserver> observer = std::make_shared<PaymentObserver>();
    Client client;
};

inline Job textJob(std::chrono::seconds timeout = std::chrono::seconds(60))
{
    Job job;
    job.capability = Capability;
    job.path = QStringLiteral("reverse");
    job.body = R"({"text":"abc"})";
    job.timeout = timeout;
    return job;
}

inline Job streamJob()
{
    Job job = textJob();
    job.streaming = true;
    job.accept = "text/event-stream";
    return job;
}

inline Expected<QByteArray> read(const JobAnswer &answer, qsizetype bound = 1024 * 1024)
{
    return test::outcomeOf(readAnswer(answer, bound));
}

/// Every item up to the end, or the error that ended it.
struct Stream {
    QList<StreamItem> items;
    std::optional<Error> error;
    [[nodiscard]] QStringList data() const
    {
        QStringList list;
        for (const StreamItem &item : items) {
            if (item.kind == StreamItem::Kind::Event)
                list.append(item.event.data);
        }
        return list;
    }
    [[nodiscard]] StreamItem::Kind end() const { return items.isEmpty() ? StreamItem::Kind::Event : items.last().kind; }
};

inline Stream readStream(const JobAnswer &answer, std::chrono::milliseconds idle = std::chrono::milliseconds(0), SseParser::Limits limits = {})
{
    Stream stream;
    try {
        EventReader reader(answer, idle, limits);
        do {
            stream.items.append(orThrow(test::outcomeOf(reader.next())));
        } while (!stream.items.last().isEnd());
    } catch (const Error &error) {
        stream.error = error;
    }
    return stream;
}

} // namespace sluice::byoc
