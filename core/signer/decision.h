#pragma once

#include "sluice/crypto/private_key.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/payments/ticket_counts.h"
#include "sluice/signer/state_blob.h"
#include "sluice/signer/terms.h"

#include <QtCore/QMap>

/// What a signer decides about a request (payments.md 4), as functions: bytes in, a decision out. No I/O, no clock, no chance.
namespace sluice::signer {

/// An answer that is no success.
struct Refusal {
    int status = 400;
    QString message;
    QString orchestratorUrl; ///< with 480: who has to be asked anew
};

/// The dearest prices that the signer's operator signs for, in wei per unit, by job type; "" stands for every other one.
using PriceCeilings = QMap<QString, Rational>;

struct Rules {
    PriceCeilings maxPrice;
    SenderPolicy tickets;
};

/// When and by whom it is decided.
struct Moment {
    qint64 nanoseconds = 0; ///< since 1970, UTC
    SenderView chain;       ///< what is not known is not checked
    Address self;
    QString freshId; ///< unused so far: the id of a chain that begins now. Not used where the request has a state
};

/// A payment that may be signed.
struct Plan {
    livepeer::SignerPaymentRequest request;
    std::shared_ptr<const Terms> terms;
    PriceInfo price;      ///< what the orchestrator asks now
    bool isFirst = false; ///< the chain begins with it
    ChainState state;     ///< as it will be once this is signed
    quint32 firstNonce = 1;
    int count = 0;
    Rational total; ///< wei of expected value
    Wei cost;       ///< the same as it counts against a budget: whole wei, rounded up
    QString manifestId;
};

/// What is known already of what a request holds.
struct Known {
    std::optional<ChainState> state;    ///< what its state holds, where its signature was found good before
    std::shared_ptr<const Terms> terms; ///< the orchestrator's, from the same bytes; may be null
};

/// The checks of payments.md 4.3 in the page's order.
[[nodiscard]] Expected<Plan, Refusal> planPayment(livepeer::SignerPaymentRequest request, const Rules &rules, const Moment &moment, const Known &known = {});
/// The same from the request's bytes.
[[nodiscard]] Expected<Plan, Refusal> planPayment(QByteArrayView body, const Rules &rules, const Moment &moment);
/// What an auth webhook adds after that.
[[nodiscard]] Expected<void, Refusal> checkCeiling(const PriceInfo &price, const QString &source, const Rational &ceiling);
/// Signs the tickets, the segment's credentials and the new state.
[[nodiscard]] livepeer::SignerPayment signPayment(const Plan &plan, const PrivateKey &key);

/// The answer of `/sign-orchestrator-info`.
[[nodiscard]] QByteArray signAddress(const PrivateKey &key);
/// The answer of `/sign-byoc-job`: the V1 form, or the legacy one for a body of `request` and `parameters` alone.
[[nodiscard]] Expected<QByteArray, Refusal> signJob(QByteArrayView body, const PrivateKey &key);

} // namespace sluice::signer
