#pragma once

#include "sluice/chat/chat_turn.h"

namespace sluice::ui {

/// Takes pictures that stand in Markdown as `![words](data:image/…)` out of an answer that comes piece by piece: megabytes of base64 are
/// nothing to lay out, to copy or to send back. What is still open is held back until its end is known.
class DataPictures {
public:
    struct Taken {
        QString words;
        QList<ChatAttachment> pictures;
    };
    [[nodiscard]] Taken take(const QString &text);
    /// The answer ended: what was held back are words.
    [[nodiscard]] QString finish();

private:
    [[nodiscard]] bool takePicture(Taken &taken);
    [[nodiscard]] bool findPicture(Taken &taken);

    QString m_held;
    qsizetype m_uriAt = -1; ///< in m_held; -1 outside of one
    qsizetype m_scanned = 0;
    QString m_name;
};

} // namespace sluice::ui
