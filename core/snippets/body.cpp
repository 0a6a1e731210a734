#include "sluice/snippets/body_p.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_kind.h"

#include <algorithm>

namespace sluice::detail {

namespace {

constexpr qsizetype kMaxInlineBase64 = 4096;
constexpr int kMaxDepth = 64;

QString child(const QString &pointer, QString key)
{
    return pointer + QLatin1Char('/') + key.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
}

QString lastKey(const QString &pointer)
{
    return pointer.mid(pointer.lastIndexOf(QLatin1Char('/')) + 1);
}

/// Letters, digits and underscores of a key, beginning with a letter.
QString identifier(const QString &key)
{
    constexpr qsizetype kMax = 30;
    QString out;
    for (const QChar c : key.toLower().left(kMax)) {
        const bool fine = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        out += fine ? c : QLatin1Char('_');
    }
    return out.isEmpty() || !out.front().isLetter() ? QStringLiteral("input_") + out : out;
}

/// The last part of a path, without what would trouble a shell or a terminal.
QString tidyFileName(const QString &path)
{
    QString name = path.mid(std::max(path.lastIndexOf(QLatin1Char('/')), path.lastIndexOf(QLatin1Char('\\'))) + 1);
    for (QChar &c : name) {
        if (!c.isPrint())
            c = QLatin1Char('_');
    }
    // No option, no hidden file.
    while (name.startsWith(QLatin1Char('-')) || name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    return name;
}

/// Walks an input and replaces what must not stand in code.
class Extraction {
public:
    Extraction(const SnippetContext &context, const QStringList &files)
        : m_context(context)
        , m_files(files)
        , m_text(QString::fromUtf8(context.call.input.dump()))
    {
        Call call = context.call;
        call.findSecrets(context.capability ? context.capability->inputSchema : Json());
        m_secrets = call.secretPointers;
        m_byName = call.secretsByName;
    }

    Body run() { return {replaced(m_context.call.input, QString(), 0), m_holes}; }

private:
    Json replaced(const Json &json, const QString &pointer, int depth)
    {
        if (m_secrets.contains(pointer) && !json.isNull() && json != Json(QString()))
            return secret(json, pointer);
        if (json.isString())
            return string(json.toString(), pointer);
        if (depth >= kMaxDepth)
            return json;
        if (json.isArray()) {
            QList<Json> items;
            for (qsizetype i = 0; i < json.items().size(); ++i)
                items << replaced(json.items().at(i), pointer + QLatin1Char('/') + QString::number(i), depth + 1);
            return Json::array(items);
        }
        if (json.isObject()) {
            QList<Json::Member> members;
            for (const auto &[key, value] : json.members())
                members.append({key, replaced(value, child(pointer, key), depth + 1)});
            return Json::object(members);
        }
        return json;
    }

    Json secret(const Json &json, const QString &pointer)
    {
        const QString name = unique(identifier(lastKey(pointer)));
        Hole hole;
        hole.kind = Hole::Kind::Variable;
        hole.name = name;
        hole.source = QStringLiteral("INPUT_") + name.toUpper();
        hole.isJson = !json.isString();
        hole.byName = m_byName.contains(pointer);
        return add(std::move(hole));
    }

    Json string(const QString &text, const QString &pointer)
    {
        if (text.size() <= kMaxInlineBase64 && !m_files.contains(pointer))
            return Json(text);
        const qsizetype comma = text.startsWith(QLatin1String("data:")) ? text.left(200).indexOf(QLatin1String(";base64,")) : -1;
        const QString prefix = comma < 0 ? QString() : text.left(comma + 8);
        const auto bytes = bytes::fromBase64(text.mid(prefix.size()).toUtf8());
        if (!bytes)
            return Json(text);
        const QString stem = identifier(lastKey(pointer));
        const QString name = unique(stem == QLatin1String("file") ? stem : stem + QStringLiteral("_file"));
        QString file = tidyFileName(m_context.fileNames.value(pointer));
        if (file.isEmpty())
            file = (name.endsWith(QLatin1String("_file")) ? name.chopped(5) : name) + QLatin1Char('.') + QLatin1String(FileKind::of(*bytes).extension);
        for (int i = 2; std::any_of(m_holes.begin(), m_holes.end(), [&](const Hole &hole) { return hole.source == file && hole.bytes != *bytes; }); ++i)
            file = QString::number(i) + QLatin1Char('-') + file;
        Hole hole{Hole::Kind::File, {}, name, file, prefix, *bytes};
        hole.cleaned = m_context.cleanedFiles.contains(pointer);
        return add(std::move(hole));
    }

    Json add(Hole hole)
    {
        // Plain letters, so that no writer escapes them.
        for (int i = 0; hole.marker.isEmpty() || m_text.contains(hole.marker); ++i)
            hole.marker = QStringLiteral("hole%1x%2").arg(m_holes.size()).arg(i);
        m_holes << hole;
        return Json(hole.marker);
    }

    QString unique(const QString &name) const
    {
        QString result = name;
        for (int i = 2; std::any_of(m_holes.begin(), m_holes.end(), [&](const Hole &hole) { return hole.name == result; }); ++i)
            result = name + QString::number(i);
        return result;
    }

    const SnippetContext &m_context;
    const QStringList &m_files;
    QString m_text;
    QStringList m_secrets;
    QStringList m_byName;
    QList<Hole> m_holes;
};

} // namespace

Body Body::from(const SnippetContext &context, const QStringList &files)
{
    return Extraction(context, files).run();
}

const Hole *Body::hole(const QString &marker) const
{
    const auto found = std::find_if(holes.begin(), holes.end(), [&](const Hole &hole) { return hole.marker == marker; });
    return found == holes.end() ? nullptr : &*found;
}

Substitute Body::substitute(std::function<QString(const Hole &)> code) const
{
    return [this, code = std::move(code)](const QString &text) -> std::optional<QString> {
        const Hole *found = hole(text);
        return found ? std::optional(code(*found)) : std::nullopt;
    };
}

bool Body::has(Hole::Kind kind) const
{
    return std::any_of(holes.begin(), holes.end(), [kind](const Hole &hole) { return hole.kind == kind; });
}

bool Body::readsJson() const
{
    return std::any_of(holes.begin(), holes.end(), [](const Hole &hole) { return hole.isJson; });
}

QList<Body::Piece> Body::cut(const QString &jsonText) const
{
    QList<Piece> pieces;
    qsizetype from = 0;
    for (const Hole &hole : holes) {
        const QString quoted = QLatin1Char('"') + hole.marker + QLatin1Char('"');
        const qsizetype at = jsonText.indexOf(quoted, from);
        if (hole.kind == Hole::Kind::File) {
            pieces.append({jsonText.mid(from, at - from) + QLatin1Char('"') + hole.prefix, &hole});
            from = at + quoted.size() - 1;
        } else {
            pieces.append({jsonText.mid(from, at - from), &hole});
            from = at + quoted.size();
        }
    }
    pieces.append({jsonText.mid(from), nullptr});
    return pieces;
}

QList<SnippetFile> Body::files() const
{
    QList<SnippetFile> files;
    for (const Hole &hole : holes) {
        const SnippetFile file{hole.source, hole.bytes};
        if (hole.kind == Hole::Kind::File && !files.contains(file))
            files << file;
    }
    return files;
}

QList<SnippetVariable> Body::variables() const
{
    QList<SnippetVariable> variables;
    for (const Hole &hole : holes) {
        if (hole.kind != Hole::Kind::Variable)
            continue;
        QString meaning = hole.byName ? QStringLiteral("The input's “%1”, masked by its name because no schema describes it; it is never written into code.")
                                      : QStringLiteral("The input's “%1”, which is never written into code.");
        if (hole.isJson)
            meaning += QStringLiteral(" Its value is JSON.");
        variables.append({hole.source, meaning.arg(hole.name), {}, true, true});
    }
    return variables;
}

} // namespace sluice::detail
