#pragma once

#include "sluice/base/json.h"

#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace sluice::ui {

/// A JSON value as text for a person: secrets and very long strings (files as base64) are stood for by short marks,
/// which become the very same strings again when the text is read. So the text can be shown, edited and copied.
class JsonText {
public:
    [[nodiscard]] QString write(const Json &value, const QStringList &secretPointers);
    [[nodiscard]] Expected<Json> read(const QString &text, QStringList *duplicates) const;

private:
    [[nodiscard]] Json marked(const Json &value, const QString &pointer, const QStringList &secrets);
    [[nodiscard]] Json restored(const Json &value) const;

    QHash<QString, Json> m_kept; ///< by mark
    int m_secrets = 0;
    int m_longs = 0;
};

} // namespace sluice::ui
