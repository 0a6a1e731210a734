#pragma once

#include "sluice/base/json.h"

#include <QtCore/QHash>
#include <QtCore/QString>

namespace sluice {

/// The references of a JSON Schema (`$ref`), followed as the drafts say: JSON pointers (percent-encoded or not, `~0 ~1`),
/// `$anchor`, `$dynamicAnchor` and the `#name` identifiers of old drafts, relative to the `$id` in which they stand.
///
/// Everything stays within the document; nothing is fetched. Pure; const use is thread-safe; reading is linear and bounded.
class SchemaRefs final {
public:
    explicit SchemaRefs(const Json &document);

    /// The schema with each reference that leads to a place in it written as a pointer from the root ("#/$defs/x"), so
    /// that a part can be followed wherever it was copied to. The others stay as they were written.
    [[nodiscard]] const Json &document() const { return m_document; }

    /// Where a reference leads that stands in document() or at the root. Nothing when it leads out of the document or nowhere.
    [[nodiscard]] std::optional<Json> find(const QString &reference) const;
    /// The same place itself, which lives as long as this object; null when there is none.
    [[nodiscard]] const Json *at(const QString &reference) const;

private:
    struct Place {
        QString base;    ///< address of the resource
        QString pointer; ///< of the resource's root
    };

    void collect(const Json &part, const QString &pointer, Place place, bool names, int depth);
    [[nodiscard]] std::optional<Json> rewritten(const Json &part, const QString &pointer, Place place, bool names, int depth) const;
    [[nodiscard]] std::optional<QString> pointerOf(const QString &reference, const Place &place) const;
    [[nodiscard]] Place placeOf(const Json &part, const QString &pointer, const Place &around) const;

    Json m_document;
    Place m_root;
    QHash<QString, QString> m_resources; ///< address of an `$id` to its pointer
    QHash<QString, QString> m_anchors;   ///< "address#name" to a pointer
    int m_parts = 0;
};

} // namespace sluice
