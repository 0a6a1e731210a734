#include "call_failure.h"

#include "render.h"
#include "text.h"

#include "sluice/gateway/call_handle.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

Error told(const Error &error, const Payment &payment)
{
    if (error.kind() != Error::Kind::Canceled)
        return error;
    Error cancelled(Error::Kind::Canceled, Text::tr("Cancelled before an answer came."));
    if (std::none_of(payment.tickets.begin(), payment.tickets.end(), [](const TicketView &ticket) { return ticket.sent; }))
        return cancelled.withAdvice(Text::tr("Nothing was spent."));
    return cancelled.withPaymentSent().withAdvice(
        Text::tr("%1 in tickets had been sent; what was not used up stays as your balance there.").arg(humanWei(payment.paidWei)));
}

} // namespace

CallFailure::CallFailure(const Error &error, const CallHandle &call)
    : Error(told(error, call.payment()))
    , m_runId(call.runId())
    , m_payment(call.payment())
{
}

} // namespace sluice::ctl
