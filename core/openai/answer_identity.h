#pragma once

#include <QtCore/QString>

namespace sluice::openai {

/// What an answer is called and of when it is: the same in all its chunks. A value.
struct AnswerIdentity {
    AnswerIdentity() = default; // no aggregate: see DESIGN.md 3
    QString id;
    qint64 created = 0; ///< seconds since 1970
    QString model;

    /// `chatcmpl-` and a random UUID, now.
    [[nodiscard]] static AnswerIdentity fresh(const QString &model);
};

} // namespace sluice::openai
