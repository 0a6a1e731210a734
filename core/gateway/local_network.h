#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"
#include "sluice/gateway/gateway_config.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>
#include <optional>

namespace sluice {

/// The sandbox network as a child process (`sluicectl sandbox`), or an attachment to one that already runs on the
/// same state file. The child ends with this object, and with this process however that ends; one that others have joined ends when
/// they have left it as well.
class LocalNetwork : public QObject {
    Q_OBJECT
public:
    /// `program` = path of sluicectl; empty = beside this executable, then in PATH.
    explicit LocalNetwork(QString stateFile, QString program = {}, QStringList extraArguments = {},
        QObject *parent = nullptr);
    ~LocalNetwork() override;

    /// Starts or attaches; the ready line as JSON (`orchestrator`, `secret`, `sender_key`, …).
    QFuture<Json> start();
    /// Finishes when the child has ended, or was left to others that use it.
    QFuture<void> stop();
    /// What a Gateway needs to use it. Valid after start().
    [[nodiscard]] GatewayConfig config() const;
    /// Of its remote signer, which asks for no credentials; empty while it is not ready, and where it has none.
    [[nodiscard]] QString signerUrl() const;
    [[nodiscard]] bool isRunning() const;
    /// Why what start() gave is there no more, or is about to go; nothing while it stands, and after stop(). Known before died() and ownerLeft() tell it.
    [[nodiscard]] std::optional<QString> whyGone() const;
    /// $SLUICE_DATA_DIR/sandbox.sqlite, or the same in the user's data directory.
    static QString defaultStateFile();

Q_SIGNALS:
    /// The child ended without being asked to; start() may be called again.
    void died(const sluice::Error &error);
    /// The sandbox that was joined went with the program that ran it, as is its right; start() begins one that goes on
    /// with the same state.
    void ownerLeft();
    void logLine(const QString &line);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
