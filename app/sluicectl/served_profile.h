#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QFuture>
#include <QtCore/QString>

#include <memory>

namespace sluice::llmworker {
class Provider;
}
namespace sluice::openai {
class Upstream;
}

namespace sluice::ctl {

/// A profile whose capabilities a server offers.
class ServedProfile {
public:
    virtual ~ServedProfile() = default;
    [[nodiscard]] virtual std::shared_ptr<llmworker::Provider> provider() = 0;
    [[nodiscard]] virtual std::shared_ptr<openai::Upstream> upstream() = 0;
    /// Finishes at Ctrl-C. Until then a local network that ends is begun anew; fails when that cannot be done.
    [[nodiscard]] virtual QFuture<void> stopped() = 0;
    /// Stops what was started for it.
    virtual QCoro::Task<void> close() = 0;
};

/// Opens the profile of that name. Throws Config, Storage, and what starting the sandbox may throw.
using OpenProfile = QCoro::Task<std::shared_ptr<ServedProfile>> (*)(QString name);
/// The one that there is: with everything that any backend and the sandbox need.
QCoro::Task<std::shared_ptr<ServedProfile>> openServedProfile(QString name);

/// `sluicectl serve openai` and `sluicectl worker serve`, until Ctrl-C.
QCoro::Task<int> serveOpenAi(QStringList arguments, OpenProfile open);
QCoro::Task<int> workerServe(QStringList arguments, OpenProfile open);

} // namespace sluice::ctl
