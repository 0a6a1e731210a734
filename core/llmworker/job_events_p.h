#pragma once

#include "sluice/backend/event_source.h"
#include "sluice/base/async.h"
#include "sluice/base/call_context.h"
#include "sluice/llmworker/client.h"

#include <QtCore/QTimer>

#include <deque>
#include <memory>

namespace sluice::llmworker {

/// A job as a call's events: its fragments as chunks of a chat and, where they were asked for, news of it as `{"worker":{…}}`
/// (sluice-extensions.md 7.2), which say its id, its place in the queue, and what its streams do.
///
/// Dropping it ends the following, and the job, too, where it is the caller's own, unless that has ended before.
class JobEvents final : public EventSource {
public:
    struct Options {
        Options() = default; // no aggregate: see DESIGN.md 3
        QUrl server;
        bool ours = true;      ///< the job ends with the call
        bool tellsNews = false;
    };
    JobEvents(std::shared_ptr<Client> client, std::shared_ptr<ClientJob> job, Options options, const CallContext &context);
    ~JobEvents() override;

    [[nodiscard]] QUrl servedBy() const override { return m_options.server; }
    QCoro::Task<Item> next() override;
    QCoro::Task<void> close() override;

private:
    void push(const QString &data);
    void tell(const Json &news);
    void wake();
    void askForPlace();
    void leaveJob();

    std::shared_ptr<Client> m_client;
    std::shared_ptr<ClientJob> m_job;
    const Options m_options;
    QObject m_there;
    QTimer m_asking; ///< for its place, while it waits
    qint64 m_place = 0;
    std::deque<QString> m_ready;
    std::optional<Completion<void>> m_more;
    Subscription m_cancel;
};

} // namespace sluice::llmworker
