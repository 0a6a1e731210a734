#include "sluice/sandbox/capabilities/docs_index.h"

#include "sluice/sandbox/capabilities/language_guess.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace sluice::sandbox {
namespace {

constexpr qsizetype MaxTerms = 16;
constexpr double LeastCoverage = 0.4;

QString uniqueName()
{
    static std::atomic<int> next{0};
    return QStringLiteral("sluice-docs-%1").arg(++next);
}

/// A connection of the calling thread, closed at the end of the scope: Qt's connections belong to their thread.
class Connection {
public:
    explicit Connection(const QString &uri, const QString &name = uniqueName())
        : m_name(name)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(uri);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
        if (!database.open())
            throw storageError(database.lastError());
    }
    ~Connection() { QSqlDatabase::removeDatabase(m_name); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }
    static Error storageError(const QSqlError &error)
    {
        return Error(Error::Kind::Storage, QStringLiteral("The documentation cannot be searched: %1.").arg(error.text().trimmed()))
            .withAdvice(QStringLiteral("Install Qt's SQLite driver (Debian: libqt6sql6-sqlite)."));
    }

private:
    QString m_name;
};

void run(QSqlQuery &query)
{
    if (!query.exec())
        throw Connection::storageError(query.lastError());
}

void run(const QSqlDatabase &database, const char *sql)
{
    QSqlQuery query(database);
    if (!query.exec(QString::fromLatin1(sql)))
        throw Connection::storageError(query.lastError());
}

/// What people call things, beside what the pages call them.
QStringList spellings(const QString &term)
{
    static const QList<QStringList> groups{
        {QStringLiteral("pay"), QStringLiteral("payment"), QStringLiteral("paid")},
        {QStringLiteral("cost"), QStringLiteral("price"), QStringLiteral("charge")},
        {QStringLiteral("sse"), QStringLiteral("event-stream")},
        {QStringLiteral("build"), QStringLiteral("compile")},
        {QStringLiteral("gui"), QStringLiteral("window")},
        {QStringLiteral("auth"), QStringLiteral("authorization"), QStringLiteral("bearer")},
    };
    for (const QStringList &group : groups) {
        if (group.contains(term))
            return group;
    }
    return {term};
}

QString matchText(const QString &term)
{
    QStringList quoted;
    for (const QString &spelling : spellings(term))
        quoted.append(u'"' + spelling + u'"');
    return u'(' + quoted.join(QStringLiteral(" OR ")) + u')';
}

QSet<qint64> rowsWith(const QSqlDatabase &database, const QString &term)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT rowid FROM passages WHERE passages MATCH ?"));
    query.addBindValue(matchText(term));
    run(query);
    QSet<qint64> rows;
    while (query.next())
        rows.insert(query.value(0).toLongLong());
    return rows;
}

} // namespace

DocsIndex::DocsIndex(QList<Passage> passages)
    : m_passages(std::move(passages))
    , m_keeper(uniqueName())
{
    m_uri = QStringLiteral("file:%1?mode=memory&cache=shared").arg(m_keeper);
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_keeper);
    database.setDatabaseName(m_uri);
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
    if (!database.open())
        throw Connection::storageError(database.lastError());
    run(database, "CREATE VIRTUAL TABLE passages USING fts5(title, heading, body, tokenize = \"porter unicode61 remove_diacritics 2\")");
    run(database, "BEGIN");
    QSqlQuery insert(database);
    insert.prepare(QStringLiteral("INSERT INTO passages(rowid, title, heading, body) VALUES(?, ?, ?, ?)"));
    for (qsizetype i = 0; i < m_passages.size(); ++i) {
        insert.addBindValue(qint64(i));
        insert.addBindValue(m_passages[i].title);
        insert.addBindValue(m_passages[i].heading());
        insert.addBindValue(m_passages[i].text);
        run(insert);
    }
    run(database, "COMMIT");
}

DocsIndex::~DocsIndex()
{
    QSqlDatabase::removeDatabase(m_keeper);
}

QStringList DocsIndex::terms(const QString &question)
{
    static const QSet<QString> stop = [] {
        const QStringList common = stopWords(QStringLiteral("en"));
        QSet<QString> words(common.begin(), common.end());
        for (const char *word : {"what's", "explain", "tell", "show", "describe", "please", "does", "do", "mean", "means", "why", "work", "works",
                 "happen", "happens", "need", "want", "hello", "hi", "hey", "thanks", "thing", "things", "something", "many", "much", "give"})
            words.insert(QString::fromLatin1(word));
        return words;
    }();
    static const QRegularExpression word(QStringLiteral("[\\p{L}\\p{N}][\\p{L}\\p{N}'_-]*"), QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    auto matches = word.globalMatch(question.left(4000).toLower().replace(u'’', u'\''));
    while (matches.hasNext() && found.size() < MaxTerms) {
        const QString text = matches.next().captured();
        if (text.size() < 60 && !stop.contains(text) && !found.contains(text))
            found.append(text);
    }
    return found;
}

bool DocsIndex::mentions(const QString &text, const QStringList &terms)
{
    for (const QString &term : terms) {
        for (const QString &spelling : spellings(term)) {
            // The stem is close enough: "tickets" finds "ticket".
            const QString stem = spelling.size() > 4 && spelling.endsWith(u's') ? spelling.chopped(1) : spelling;
            if (text.contains(stem, Qt::CaseInsensitive))
                return true;
        }
    }
    return false;
}

QList<DocsIndex::Hit> DocsIndex::search(const QString &question, int most) const
{
    const QStringList wanted = terms(question);
    if (wanted.isEmpty() || m_passages.isEmpty())
        return {};
    const Connection connection(m_uri);
    QList<QSet<qint64>> rows;
    QList<double> weights; // inverse document frequency
    double total = 0;
    QStringList any;
    for (const QString &term : wanted) {
        rows.append(rowsWith(connection.database(), term));
        weights.append(std::log((1.0 + double(m_passages.size())) / (0.5 + double(rows.last().size()))));
        total += weights.last();
        any.append(matchText(term));
    }
    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT rowid, bm25(passages, 2.0, 8.0, 1.0) AS rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 80"));
    query.addBindValue(any.join(QStringLiteral(" OR ")));
    run(query);
    QList<Hit> hits;
    while (query.next()) {
        const qint64 row = query.value(0).toLongLong();
        double covered = 0;
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            if (rows[i].contains(row))
                covered += weights[i];
        }
        const double coverage = total > 0 ? covered / total : 0;
        // All of the question in one place beats one word of it often; and a general question is answered better by the guide than by the reference.
        const double kind = m_passages[row].document.startsWith(QStringLiteral("docs/protocols/")) ? 1 : 1.25;
        hits.append({m_passages[row], -query.value(1).toDouble() * kind * (0.2 + coverage * coverage), coverage});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) { return a.score > b.score; });
    QList<Hit> best;
    QHash<QString, int> perSection;
    for (const Hit &hit : std::as_const(hits)) {
        const bool farBehind = !best.isEmpty() && hit.score < 0.55 * best.first().score;
        if (best.size() >= most || hit.coverage < LeastCoverage || farBehind || perSection[hit.passage.document + hit.passage.heading()]++ >= 2)
            continue;
        best.append(hit);
    }
    return best;
}

QStringList DocsIndex::documents() const
{
    QStringList list;
    for (const Passage &passage : m_passages) {
        const QString entry = QStringLiteral("%1 (`%2`)").arg(passage.title, passage.document);
        if (!list.contains(entry))
            list.append(entry);
    }
    return list;
}

QList<Passage> bundledDocumentation()
{
    QStringList paths;
    QDirIterator files(QStringLiteral(":/sluice/documentation"), {QStringLiteral("*.md")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        paths.append(files.next());
    paths.sort();
    QList<Passage> passages;
    for (const QString &path : std::as_const(paths)) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            passages += splitMarkdown(path.mid(int(qstrlen(":/sluice/documentation/"))), QString::fromUtf8(file.readAll()));
    }
    return passages;
}

} // namespace sluice::sandbox
