#include "libav_p.h"

#include <cstdarg>
#include <mutex>

namespace sluice::media {

Q_LOGGING_CATEGORY(logMedia, "sluice.media", QtInfoMsg)

namespace {

QByteArray &complaint()
{
    thread_local QByteArray text;
    return text;
}

void onLibavLog(void *context, int level, const char *format, va_list arguments)
{
    if (level > AV_LOG_WARNING)
        return;
    char line[512];
    int atStart = 1;
    av_log_format_line2(context, level, format, arguments, line, int(sizeof line), &atStart);
    complaint() = QByteArray(line).trimmed();
    // Damaged input makes a codec complain in every frame: that is counted where it is decoded, and logged only at debug level.
    qCDebug(logMedia, "%s", complaint().constData());
}

} // namespace

QString libavReason(int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return QString::fromUtf8(text);
}

Error libavError(Error::Kind kind, const QString &what, int code)
{
    return {kind, QStringLiteral("%1: %2.").arg(what, libavReason(code))};
}

void useOwnLibavLog()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(onLibavLog); });
}

QString takeLibavComplaint()
{
    return QString::fromUtf8(std::exchange(complaint(), {}));
}

} // namespace sluice::media
