#pragma once

#include "sluice/backend/capability_info.h"

namespace sluice {

/// A capability that a person names because the network does not, or not all of it: most nodes list nothing.
///
/// A value. Its JSON form has the keys of an orchestrator's list (sluice-extensions.md 1.1), so that what one node lists can be
/// named at another: `name`, `description`, `verbs`, `path`, `input_schema`, `examples`, `live`; and `backend`, of its own.
struct NamedCapability {
    QString name;        ///< as the worker registered it
    QString backend;     ///< whose it is; empty: that of the backend whose names are like it (backends::named())
    QString description;
    QList<Verb> verbs;   ///< in order of preference; empty: what its backend takes
    QString path;        ///< below the worker's address, without leading slash; empty: the name
    Json inputSchema;    ///< null = unknown
    QList<CapabilityExample> examples;
    CapabilityInfo::LiveChannels live = unknownChannels(); ///< of a live job
    bool operator==(const NamedCapability &) const = default;

    /// Bounds of what is stored and read.
    static constexpr qsizetype MaxBytes = 1024 * 1024;
    static constexpr qsizetype MaxCount = 256;

    /// Fills in what the network does not say, and puts what the person chose (verbs, path, schema, examples) in its place.
    void addTo(CapabilityInfo &info) const;
    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that does not fit: "/name", "/path", …. Keys that it does not know are left out.
    [[nodiscard]] static Expected<NamedCapability> fromJson(const Json &json);

    /// All channels that a job may have: an unused one costs nothing.
    [[nodiscard]] static CapabilityInfo::LiveChannels unknownChannels();
    /// The path as calls have it: no leading slash, no blank around. InvalidInput at "/path" for one that no node could take.
    [[nodiscard]] static Expected<QString> checkedPath(const QString &path);
};

/// A file of named capabilities, to be handed on: `{"capabilities": [...]}`. Read are also a bare list, as nodes give it, and a single one.
namespace capability_file {
inline constexpr qsizetype MaxBytes = 8 * 1024 * 1024;
[[nodiscard]] QByteArray write(const QList<NamedCapability> &capabilities);
/// InvalidInput names the member that does not fit, TooLarge the bound.
[[nodiscard]] Expected<QList<NamedCapability>> read(QByteArrayView text);
} // namespace capability_file

} // namespace sluice
