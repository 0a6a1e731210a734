#pragma once

#include "sluice/backend/remote_accounts.h"
#include "sluice/zerog/entities.h"

#include <QtCore/QHash>

#include <memory>

namespace sluice::zerog {

/// A row of an agent's list, as far as it was signed.
struct SignedRow {
    SignedRow() = default; // no aggregate: see DESIGN.md 3
    std::optional<Address> provider;
    std::optional<Request> request; ///< nothing when the row does not say all that is signed
    SignatureCheck check = SignatureCheck::NotChecked;
    QString problem;
};

/// Looks at signatures on another thread, and at each only once.
class SignatureChecks final {
public:
    QCoro::Task<void> fill(std::shared_ptr<QList<SignedRow>> rows);

private:
    QHash<QByteArray, QString> m_known; ///< by what is signed and the signature: what is wrong with it
};

} // namespace sluice::zerog
