#include "sluice/net/error_body.h"

#include "sluice/base/json.h"

#include <QtCore/QRegularExpression>

namespace sluice {

namespace {

constexpr qsizetype MaxText = 500;

bool isPage(const QString &text)
{
    const QString start = text.left(MaxText).toLower();
    return start.startsWith(QLatin1Char('<')) && (start.contains(QLatin1String("<html")) || start.contains(QLatin1String("<!doctype html")));
}

/// The words between tags, on one line; the five entities of XML are characters.
QString wordsIn(QString html)
{
    static const QRegularExpression unseen(QStringLiteral("<(script|style|title|head)\\b.*?</\\1\\s*>|<!--.*?-->"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(QStringLiteral("<[^>]*>"));
    html.remove(unseen).replace(tag, QStringLiteral(" "));
    for (const auto &[entity, character] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&quot;", "\""), std::pair("&#39;", "'"),
             std::pair("&nbsp;", " "), std::pair("&amp;", "&")})
        html.replace(QLatin1String(entity), QLatin1String(character));
    return html.simplified();
}

/// What a page for browsers says in short: its title, else its first words.
QString reasonOf(const QString &page)
{
    static const QRegularExpression title(QStringLiteral("<title[^>]*>(.*?)</title"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    constexpr qsizetype longest = 160;
    QString reason = wordsIn(title.match(page).captured(1));
    if (reason.isEmpty())
        reason = wordsIn(page);
    if (reason.isEmpty())
        return QStringLiteral("a page without words");
    return reason.size() > longest ? reason.left(longest).trimmed() + QChar(0x2026) : reason;
}

QString pointerFrom(const Json &loc)
{
    QString pointer;
    bool first = true;
    for (const Json &step : loc.items()) {
        // FastAPI begins with where the value came from.
        const bool origin = std::exchange(first, false) && step.toString() == QStringLiteral("body");
        if (origin)
            continue;
        QString name = step.isNumber() ? QString::fromLatin1(step.numberText()) : step.toString();
        name.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
        pointer += QLatin1Char('/') + name;
    }
    return pointer;
}

} // namespace

ErrorBody readErrorBody(const QByteArray &body)
{
    if (const QString text = QString::fromUtf8(body.left(64 * 1024)).trimmed(); isPage(text))
        return {reasonOf(text), {}, true};
    const ErrorBody plain{QString::fromUtf8(body.left(4 * MaxText)).trimmed().left(MaxText), {}};
    const auto json = Json::parse(body, {256 * 1024, 16});
    if (!json)
        return plain;
    const Json said = json->isArray() ? json->at(0) : *json;
    const Json error = said.value(QStringLiteral("error"));
    const Json detail = said.value(QStringLiteral("detail"));
    for (const Json &words : {error, error.value(QStringLiteral("message")), detail, detail.value(QStringLiteral("msg")),
             said.value(QStringLiteral("message"))}) {
        if (words.isString())
            return {words.toString().left(MaxText), {}};
    }
    const Json first = detail.at(0);
    if (!first.value(QStringLiteral("msg")).isString())
        return plain;
    const QString field = pointerFrom(first.value(QStringLiteral("loc")));
    const QString message = first.value(QStringLiteral("msg")).toString();
    return {(field.isEmpty() ? message : field + QStringLiteral(": ") + message).left(MaxText), field};
}

} // namespace sluice
