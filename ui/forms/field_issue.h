#pragma once

#include "sluice/base/error.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace sluice::ui {

/// One thing that is wrong with one field.
struct FieldIssue {
    QString pointer; ///< JSON pointer into the value; empty = the whole
    QString message; ///< a sentence for a person, with the value that was seen and what would fit
    bool operator==(const FieldIssue &) const = default;

    /// What an error says about fields: its own `field`, or the `detail[].loc` list of a 422 answer
    /// (client-sdk.md 3.6). Empty when it names none.
    [[nodiscard]] static QList<FieldIssue> fromError(const Error &error);
};

/// Appends one step to a JSON pointer, escaped as RFC 6901 says.
[[nodiscard]] QString pointerTo(const QString &parent, const QString &key);
[[nodiscard]] QString pointerTo(const QString &parent, qsizetype index);

} // namespace sluice::ui

Q_DECLARE_METATYPE(sluice::ui::FieldIssue)
