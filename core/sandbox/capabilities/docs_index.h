#pragma once

#include "sluice/sandbox/capabilities/docs_passages.h"

#include "sluice/base/error.h"

#include <QtCore/QString>

namespace sluice::sandbox {

/// Finds passages by SQLite's full-text search (FTS5, Porter stemming, BM25), in memory. Thread-safe after construction.
class DocsIndex final {
public:
    struct Hit {
        Passage passage;
        double score = 0;    ///< higher is better; comparable within one search only
        double coverage = 0; ///< 0 to 1: how much of the question it covers, rare words weighing more
    };

    /// Throws Error (Storage) when Qt's SQLite driver or its FTS5 is missing.
    explicit DocsIndex(QList<Passage> passages);
    ~DocsIndex();
    DocsIndex(const DocsIndex &) = delete;
    DocsIndex &operator=(const DocsIndex &) = delete;

    /// The best passages for a question in plain words, best first, at most `most`, from different places. Empty when nothing covers it.
    [[nodiscard]] QList<Hit> search(const QString &question, int most) const;
    /// The words of a question that are searched for.
    [[nodiscard]] static QStringList terms(const QString &question);
    /// A text as the rows of a table see it: whether it holds one of the words.
    [[nodiscard]] static bool mentions(const QString &text, const QStringList &terms);
    [[nodiscard]] qsizetype size() const { return m_passages.size(); }
    /// "title (path)" of each document.
    [[nodiscard]] QStringList documents() const;

private:
    QList<Passage> m_passages;
    QString m_uri;
    QString m_keeper; // the connection that keeps the database in memory
};

/// The project's documentation as it is built into the program: README, docs/*.md and docs/protocols/*.md.
[[nodiscard]] QList<Passage> bundledDocumentation();

} // namespace sluice::sandbox
