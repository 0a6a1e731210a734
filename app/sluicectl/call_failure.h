#pragma once

#include "sluice/backend/call_payment.h"
#include "sluice/base/error.h"

namespace sluice {
class CallHandle;
}

namespace sluice::ctl {

/// What ended a call, and what the call had paid until then.
class CallFailure : public Error {
public:
    /// A cancelled call says what had been spent.
    CallFailure(const Error &error, const CallHandle &call);

    void raise() const override { throw *this; }
    CallFailure *clone() const override { return new CallFailure(*this); }

    [[nodiscard]] const QString &runId() const { return m_runId; }
    [[nodiscard]] const Payment &payment() const { return m_payment; }

private:
    QString m_runId;
    Payment m_payment;
};

} // namespace sluice::ctl
