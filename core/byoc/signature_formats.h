#pragma once

#include <QtCore/QString>

namespace sluice::byoc {

/// Remembers which of the two forms of job signature an orchestrator takes (byoc.md 1.3), beyond the program that found out. Called from
/// the client's thread. Throws Storage.
class SignatureFormats {
public:
    virtual ~SignatureFormats() = default;
    /// Whether it takes V1; false for one that is not known.
    virtual bool takesV1(const QString &orchestrator) = 0;
    virtual void remember(const QString &orchestrator, bool v1) = 0;
};

} // namespace sluice::byoc
