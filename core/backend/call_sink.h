#pragma once

#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QUrl>

namespace sluice {

class TicketObserver;

/// What a call reports while it happens, whatever its backend. Lives on the call's thread; what it is told is written down before
/// anything else happens to it.
class CallSink {
public:
    virtual ~CallSink() = default;
    /// Of the run in history; whose spending limit counts.
    [[nodiscard]] virtual QString runId() const = 0;
    /// Who took the call.
    virtual void servedBy(const QUrl &server) = 0;
    /// The credit there, in wei, before this call paid for anything: the first that is told counts.
    virtual void balanceFound(const QUrl &server, const QString &wei) = 0;
    /// What the server says is left, as it wrote it: wei text with up to three decimals.
    virtual void balanceReported(const QByteArray &text) = 0;
    /// Something that a person should know of the answer; a sentence.
    virtual void note(const QString &sentence) = 0;
    /// What came of an answer before it failed; kept with the failure, because it was paid for.
    virtual void keepReceived(const QByteArray &contentType, const QByteArray &bytes) = 0;
    /// For backends that pay with tickets.
    [[nodiscard]] virtual TicketObserver &tickets() = 0;
};

} // namespace sluice
