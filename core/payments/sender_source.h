#pragma once

#include "sluice/base/call_context.h"

#include <QCoro/QCoroTask>

#include <utility>

namespace sluice {

class TicketSender;

/// Who pays for a call: one key, or the first of several signers that can be had. Used from the thread that runs the calls.
class SenderSource {
public:
    virtual ~SenderSource() = default;
    /// The one for a call that begins now; null where there is no key. It lives as long as this object. Throws Signer, Canceled, Timeout.
    virtual QCoro::Task<TicketSender *> pick(CallContext context) = 0;
    /// `sender` failed before it paid anything for this call: true when pick() has another one to give now.
    virtual bool passOver(TicketSender *sender, const Error &why) = 0;
};

/// One key, or none.
class OneSender final : public SenderSource {
public:
    explicit OneSender(TicketSender *sender)
        : m_sender(sender)
    {
    }
    QCoro::Task<TicketSender *> pick(CallContext) override { co_return std::as_const(m_sender); }
    bool passOver(TicketSender *, const Error &) override { return false; }

private:
    TicketSender *m_sender;
};

} // namespace sluice
