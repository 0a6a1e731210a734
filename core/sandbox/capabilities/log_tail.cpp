#include "sluice/sandbox/capabilities/live_capabilities.h"

#include <array>

namespace sluice::sandbox {
namespace {

/// A longer line is taken for several, so that one without an end needs no memory without end.
constexpr qsizetype MaxLineBytes = 64 * 1024;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

struct Level {
    const char *name;
    std::array<const char *, 3> words; ///< in capitals, as log lines have them
};
constexpr Level Levels[] = {{"error", {"ERROR", "FATAL", "CRITICAL"}}, {"warning", {"WARN", "WARNING", "WARN"}}, {"info", {"INFO", "NOTICE", "INFO"}},
    {"debug", {"DEBUG", "TRACE", "DEBUG"}}};
constexpr std::size_t LevelCount = std::size(Levels);

bool isWordCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether `word` stands in the line by itself.
bool holdsWord(const QByteArray &line, const QByteArray &word)
{
    for (qsizetype at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
        const bool begins = at == 0 || !isWordCharacter(line[at - 1]);
        const qsizetype end = at + word.size();
        if (begins && (end == line.size() || !isWordCharacter(line[end])))
            return true;
    }
    return false;
}

class LogTailJob final : public LiveJob {
public:
    explicit LogTailJob(LiveSink &sink)
        : m_sink(sink)
    {
    }

    void parameters(const Json &parameters) override
    {
        m_contains = parameters.value(key("contains")).toString().toUtf8();
        m_caseSensitive = parameters.value(key("case_sensitive")).toBool(false);
        if (!m_caseSensitive)
            m_contains = m_contains.toUpper();
        m_every = parameters.value(key("report_every")).toInt64().value_or(100);
    }

    void raw(const QByteArray &bytes, bool segmentEnd) override
    {
        m_bytes += bytes.size();
        m_pending += bytes;
        qsizetype from = 0;
        for (;;) {
            const qsizetype end = m_pending.indexOf('\n', from);
            if (end < 0 && m_pending.size() - from <= MaxLineBytes)
                break;
            const qsizetype length = end >= 0 && end - from <= MaxLineBytes ? end - from : MaxLineBytes;
            line(m_pending.mid(from, length));
            from += length + (length == end - from ? 1 : 0);
        }
        m_pending = m_pending.mid(from);
        if (!m_matches.isEmpty())
            m_sink.raw(std::exchange(m_matches, {}), false);
        if (!segmentEnd)
            return;
        m_sink.raw({}, true);
        if (m_lines != m_reported)
            report();
    }

    void ended() override
    {
        if (!m_pending.isEmpty())
            line(std::exchange(m_pending, {}));
        if (!m_matches.isEmpty())
            m_sink.raw(std::exchange(m_matches, {}), true);
        report();
    }

private:
    void line(QByteArray text)
    {
        if (text.endsWith('\r'))
            text.chop(1);
        ++m_lines;
        const QByteArray capitals = text.toUpper();
        for (std::size_t i = 0; i < LevelCount; ++i) {
            const auto &words = Levels[i].words;
            if (std::any_of(words.begin(), words.end(), [&](const char *word) { return holdsWord(capitals, word); })) {
                ++m_levels[i];
                break;
            }
        }
        if ((m_caseSensitive ? text : capitals).contains(m_contains)) {
            ++m_matched;
            m_matches += text + '\n';
        }
        if (m_every > 0 && m_lines % m_every == 0)
            report();
    }

    void report()
    {
        m_reported = m_lines;
        Json levels = Json::object();
        for (std::size_t i = 0; i < LevelCount; ++i)
            levels.insert(key(Levels[i].name), m_levels[i]);
        m_sink.data(Json{{key("lines"), m_lines}, {key("matched"), m_matched}, {key("bytes"), m_bytes}, {key("levels"), levels}});
    }

    LiveSink &m_sink;
    QByteArray m_contains;
    bool m_caseSensitive = false;
    qint64 m_every = 100;
    QByteArray m_pending;
    QByteArray m_matches; ///< of the current piece of input
    qint64 m_lines = 0;
    qint64 m_matched = 0;
    qint64 m_bytes = 0;
    qint64 m_reported = 0;
    std::array<qint64, LevelCount> m_levels{};
};

} // namespace

QString LogTail::description() const
{
    return QStringLiteral("Reads lines of text from a live stream that is no video. Those that contain a given text come back as they are; the data channel gets "
                          "counts of lines, matches, bytes and levels (error, warning, info, debug, by the words in capitals or not) after every so many lines "
                          "and at the end of each segment. A plain search; it understands nothing.");
}

Json LogTail::inputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "Log lines"},
        {key("properties"), Json{
            {key("contains"), Json{{key("type"), "string"}, {key("title"), "Contains"}, {key("default"), ""}, {key("maxLength"), 1000}, {key("x-order"), 0},
                {key("description"), "Lines with this text come back; empty: all of them."}}},
            {key("case_sensitive"), Json{{key("type"), "boolean"}, {key("title"), "Mind capitals"}, {key("default"), false}, {key("x-order"), 1}}},
            {key("report_every"), Json{{key("type"), "integer"}, {key("title"), "Lines per report"}, {key("minimum"), 1}, {key("maximum"), 1'000'000},
                {key("default"), 100}, {key("x-order"), 2}}}}},
        {key("additionalProperties"), false}};
}

Json LogTail::outputSchema() const
{
    const Json count{{key("type"), "integer"}};
    return Json{{key("type"), "object"}, {key("title"), "Counts so far"},
        {key("properties"), Json{{key("lines"), count}, {key("matched"), count}, {key("bytes"), count}, {key("levels"), Json{{key("type"), "object"}}}}},
        {key("x-output"), Json{{key("type"), "json"}}}};
}

QList<Example> LogTail::examples() const
{
    return {{QStringLiteral("Errors only"), Json{{key("contains"), "error"}}}, {QStringLiteral("Count everything"), Json{{key("report_every"), 10}}}};
}

std::unique_ptr<LiveJob> LogTail::start(LiveSink &sink)
{
    return std::make_unique<LogTailJob>(sink);
}

} // namespace sluice::sandbox
