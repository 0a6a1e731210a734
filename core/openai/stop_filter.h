#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::openai {

/// Ends a text before the first of several stop texts, however the text is cut into pieces (openai.md 6.1): the one that is complete
/// first in the text wins, of those that are complete at the same character the longest. What may be the start of one is held back.
/// Takes as long as the text is, whatever the stop texts are.
class StopFilter {
public:
    StopFilter() = default;
    /// None of them empty.
    explicit StopFilter(const QStringList &stops);

    /// What may be given out now. Nothing more once matched().
    [[nodiscard]] QString feed(const QString &text);
    /// The text ended: what was held back.
    [[nodiscard]] QString finish();
    [[nodiscard]] bool matched() const { return m_matched; }

private:
    struct Stop {
        QString text;
        QList<qsizetype> fallback; ///< by length matched: how much of it still matches when the next character does not
        qsizetype length = 0;      ///< of it, matched by the end of the text so far
        void step(QChar next);
    };

    QList<Stop> m_stops;
    QString m_held; ///< as much of the text's end as some stop text begins with
    bool m_matched = false;
};

} // namespace sluice::openai
