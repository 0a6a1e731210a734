#include "exit_code.h"

namespace sluice::ctl {

int exitCodeFor(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind()) {
    case Kind::Config:
    case Kind::InvalidInput:
        return ExitUsage;
    case Kind::NoOrchestrator:
    case Kind::NoRunner:
    case Kind::Discovery:
    case Kind::Rpc:
    case Kind::Network:
    case Kind::NotRouted:
    case Kind::TlsChanged:
        // After a payment left, a broken connection is a failed call and not a missing network.
        return error.paymentSent() ? ExitFailed : ExitNetwork;
    case Kind::SignerRefresh:
    case Kind::SkipPayment:
    case Kind::Payment:
    case Kind::PriceExceeded:
    case Kind::InsufficientBalance:
    case Kind::SpendLimit:
    case Kind::Signer:
        return ExitPayment;
    case Kind::Canceled:
        return ExitCanceled;
    case Kind::Timeout:
        return ExitTimeout;
    case Kind::Http:
    case Kind::TrickleSegment:
    case Kind::TrickleTerminal:
    case Kind::Protocol:
    case Kind::TooLarge:
    case Kind::Storage:
    case Kind::Internal:
        break;
    }
    return ExitFailed;
}

} // namespace sluice::ctl
