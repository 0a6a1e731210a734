#pragma once

#include "sluice/base/json.h"

#include <QtCore/QString>

namespace sluice::zerog::test {

/// Makes calls on a ledger's file from processes of their own that are killed (SIGKILL) at some moment of the call: before, within, after.
///
/// They are forked off a process that never had a thread or a database: make it the first thing in main().
class CrashingCaller {
public:
    CrashingCaller();
    ~CrashingCaller();
    CrashingCaller(const CrashingCaller &) = delete;
    CrashingCaller &operator=(const CrashingCaller &) = delete;

    enum class End { Killed, Done, Failed };
    /// The call of callByName() with key(caller), at that second, killed `afterMicroseconds` after it began unless it was done.
    End call(const QString &file, int caller, const Json &request, qint64 seconds, int afterMicroseconds);

private:
    int m_socket = -1;
    int m_process = -1;
};

} // namespace sluice::zerog::test
