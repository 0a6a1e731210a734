#pragma once

#include "sluice/gateway/profile_store.h"

#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// Signs a person in at the profile's clearinghouse: prints a code and where to type it, waits until that was done, and keeps what comes of it in the
/// keychain. Throws Config where the profile names no clearinghouse, Canceled, Timeout, Signer.
QCoro::Task<void> connectProfile(ProfileStore *profiles, QString name, bool json);
/// Forgets the sign-in.
QCoro::Task<void> disconnectProfile(ProfileStore *profiles, QString name);

} // namespace sluice::ctl
