#include "sluice/livepeer/rpc_log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>

#include <mutex>

namespace sluice {

Q_LOGGING_CATEGORY(logLv2v, "sluice.lv2v", QtInfoMsg)

} // namespace sluice

namespace sluice::livepeer {

void adoptLibraryLogs()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // A failed handshake is the caller's error, which says more than this does.
        gpr_set_log_function([](gpr_log_func_args *line) { qCDebug(logLv2v, "gRPC: %s", line->message); });
        google::protobuf::SetLogHandler([](google::protobuf::LogLevel, const char *, int, const std::string &message) {
            qCDebug(logLv2v, "protobuf: %s", message.c_str());
        });
    });
}

} // namespace sluice::livepeer
