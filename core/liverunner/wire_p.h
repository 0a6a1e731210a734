#pragma once

#include "sluice/base/json.h"
#include "sluice/livepeer/go_json.h"

#include <QtCore/QStringList>

#include <optional>

/// How this room reads members of what comes from outside: as Go does, in any letter case, null as absent.
namespace sluice::liverunner {

/// One JSON object within its bound; `kind` is what another one is: the asker's fault, or the peer's.
[[nodiscard]] Expected<Json> parseObject(QByteArrayView body, qsizetype maxBytes, Error::Kind kind);

/// Reads members one after the other, and remembers the first that is of another type.
class MemberReader {
public:
    MemberReader(const Json &object, Error::Kind kind)
        : m_object(object)
        , m_kind(kind)
    {
    }
    [[nodiscard]] QString text(const char *name);
    [[nodiscard]] bool flag(const char *name);
    [[nodiscard]] qint64 integer(const char *name, qint64 fallback = 0);
    [[nodiscard]] QStringList texts(const char *name);
    /// Null when absent; anything but an object or null is remembered as a fault.
    [[nodiscard]] Json object(const char *name);
    [[nodiscard]] Json any(const char *name) const { return livepeer::member(m_object, QLatin1String(name)); }
    [[nodiscard]] const std::optional<Error> &fault() const { return m_fault; }
    void refuse(const char *name, const char *wanted, const Json &value);

private:
    const Json m_object;
    Error::Kind m_kind;
    std::optional<Error> m_fault;
};

[[nodiscard]] std::optional<struct Gpu> gpuIn(MemberReader &reader);
void insertTexts(Json &json, const char *name, const QStringList &texts);

} // namespace sluice::liverunner
