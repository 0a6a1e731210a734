#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"
#include "sluice/base/schema_secrets.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>

namespace sluice::ui {

class LiveUpdatesModel;

/// Brings changes of the parameters to a running job while a person drags a slider: at most one update is on its way, each carries
/// only the keys that differ from what the job last acknowledged, and between two of them at least 100 ms pass.
class ParameterUpdater final : public QObject {
    Q_OBJECT
public:
    using Send = std::function<QFuture<void>(const Json &)>;

    /// Tells `updates`, which must outlive this, how each one went.
    explicit ParameterUpdater(LiveUpdatesModel &updates, QObject *parent = nullptr);

    /// Of the parameters; tells which of them are secret, so that the list of changes shows a mark instead.
    void setSchema(const Json &schema) { m_secrets = SchemaSecrets(schema); }
    /// The job runs with `initial`; changes go through `send`.
    void start(const Json &initial, Send send);
    void stop();
    /// What the form holds now.
    void change(const Json &value);
    /// An output picture of that time was shown.
    void frameShown(qint64 pts);

    /// The members of `next` that are not in `known` with the same value; a member that is gone becomes null.
    [[nodiscard]] static Json difference(const Json &known, const Json &next);
    /// "strength 0.4, filter edges".
    [[nodiscard]] static QString describe(const Json &change);

Q_SIGNALS:
    void applied(const sluice::Json &change);
    void failed(const sluice::Error &error);

private:
    void sendNow();
    void acknowledged(int generation, const Json &sent, const Json &change);
    void refused(int generation, const Error &error);

    [[nodiscard]] QString shown(const Json &change) const;

    LiveUpdatesModel &m_updates;
    SchemaSecrets m_secrets;
    QTimer m_pace;
    Send m_send;
    Json m_known;  ///< what the job has
    Json m_wanted;
    bool m_waiting = false; ///< an update is on its way
    int m_generation = 0;   ///< of the job; answers for an earlier one do not count
    int m_row = 0;
    QElapsedTimer m_sentAt;
    /// A change that no picture has shown yet; those taken from this moment on will.
    struct Unseen {
        int row = 0;
        qint64 from = 0;
        QElapsedTimer sentAt;
    };
    QList<Unseen> m_unseen;
};

} // namespace sluice::ui
