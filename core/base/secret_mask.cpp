#include "sluice/base/secret_mask.h"

#include "sluice/base/secret.h"
#include "sluice/base/secret_forms.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype AnywhereFrom = 6;
constexpr qsizetype AloneFrom = 4;
constexpr qsizetype MostNeedles = 20'000;
/// Longer ones are looked for as they are only: a file repeated in hex is not to be expected.
constexpr qsizetype LongestWithForms = 64 * 1024;

bool isWordCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || uchar(c) >= 0x80;
}

/// The nearest character that is no blank, at `at` or further in the direction of `step`; 0 at the end.
char nearest(const QByteArray &bytes, qsizetype at, int step)
{
    while (at >= 0 && at < bytes.size() && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r'))
        at += step;
    return at >= 0 && at < bytes.size() ? bytes[at] : '\0';
}

/// True where a number of JSON stands, so that what takes its place must be a value too.
bool isJsonNumber(const QByteArray &bytes, qsizetype from, qsizetype to)
{
    const char before = nearest(bytes, from - 1, -1);
    const char after = nearest(bytes, to, 1);
    return (before == ':' || before == '[' || before == ',') && (after == ',' || after == ']' || after == '}');
}

} // namespace

struct SecretMask::Needles {
    Needles() = default;
    Needles(const Needles &other) = default;
    Needles &operator=(const Needles &) = delete;
    ~Needles()
    {
        for (QList<QByteArray> *list : {&anywhere, &alone, &whole, &numbers}) {
            for (QByteArray &needle : *list)
                cleanse(needle.data(), std::size_t(needle.size()));
        }
    }

    void add(const QByteArray &text, bool number);
    [[nodiscard]] QByteArray hiddenIn(QByteArray bytes) const;

    QList<QByteArray> anywhere; ///< longest first
    QList<QByteArray> alone;    ///< only where no letter or digit touches them
    QList<QByteArray> whole;    ///< only as a whole JSON string
    QList<QByteArray> numbers;  ///< literals, as numbers of JSON
};

void SecretMask::Needles::add(const QByteArray &text, bool number)
{
    if (text.isEmpty() || anywhere.size() > MostNeedles)
        return;
    if (number)
        numbers.append(text);
    if (text.size() < AloneFrom) {
        whole.append(text);
    } else if (text.size() < AnywhereFrom) {
        alone.append(text);
    } else if (text.size() > LongestWithForms) {
        anywhere.append(text);
    } else {
        const SecretForms forms(text);
        for (const QByteArray &form : forms.all()) {
            if (form.size() >= AnywhereFrom)
                anywhere.append(QByteArray(form.constData(), form.size())); // deep: the forms wipe theirs
        }
    }
    std::sort(anywhere.begin(), anywhere.end(), [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

QByteArray SecretMask::Needles::hiddenIn(QByteArray bytes) const
{
    const QByteArray mark(Mark);
    const auto replace = [&](const QByteArray &needle, bool mayTouch) {
        for (qsizetype at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at)) {
            const qsizetype end = at + needle.size();
            const bool touched = (at > 0 && isWordCharacter(bytes[at - 1])) || (end < bytes.size() && isWordCharacter(bytes[end]));
            if (touched && !mayTouch) {
                at = end;
                continue;
            }
            const QByteArray put = !touched && isJsonNumber(bytes, at, end) ? '"' + mark + '"' : mark;
            bytes.replace(at, needle.size(), put);
            at += put.size();
        }
    };
    for (const QByteArray &needle : anywhere)
        replace(needle, true);
    for (const QByteArray &needle : alone)
        replace(needle, false);
    for (const QByteArray &needle : whole)
        bytes.replace('"' + needle + '"', '"' + mark + '"');
    return bytes;
}

void SecretMask::add(const Json &value)
{
    if (value.isString() || value.isNumber()) {
        auto needles = m_needles ? std::make_shared<Needles>(*m_needles) : std::make_shared<Needles>();
        QByteArray text = value.isNumber() ? value.numberText() : value.toString().toUtf8();
        needles->add(text, value.isNumber());
        if (value.isString())
            cleanse(text.data(), std::size_t(text.size()));
        m_needles = std::move(needles);
    }
    for (const Json &item : value.items())
        add(item);
    for (const auto &[key, inner] : value.members())
        add(inner);
}

void SecretMask::add(const Secret &secret)
{
    auto needles = m_needles ? std::make_shared<Needles>(*m_needles) : std::make_shared<Needles>();
    QByteArray text = secret.expose().toByteArray();
    needles->add(text, false);
    cleanse(text.data(), std::size_t(text.size()));
    m_needles = std::move(needles);
}

void SecretMask::add(const Json &value, const QStringList &pointers)
{
    for (const QString &pointer : pointers) {
        if (const auto found = value.find(pointer))
            add(*found);
    }
}

QByteArray SecretMask::in(const QByteArray &bytes) const
{
    return m_needles ? m_needles->hiddenIn(bytes) : bytes;
}

QString SecretMask::in(const QString &text) const
{
    if (!m_needles)
        return text;
    const QByteArray bytes = text.toUtf8();
    if (m_needles->whole.contains(bytes))
        return QString::fromUtf8(Mark);
    const QByteArray hidden = m_needles->hiddenIn(bytes);
    return hidden == bytes ? text : QString::fromUtf8(hidden);
}

Json SecretMask::in(const Json &json) const
{
    if (!m_needles)
        return json;
    if (json.isString())
        return in(json.toString());
    if (json.isNumber())
        return m_needles->numbers.contains(json.numberText()) ? Json(QString::fromUtf8(Mark)) : json;
    if (json.isArray()) {
        QList<Json> items;
        items.reserve(json.size());
        for (const Json &item : json.items())
            items.append(in(item));
        return Json::array(items);
    }
    if (json.isObject()) {
        QList<Json::Member> members;
        members.reserve(json.size());
        for (const auto &[key, value] : json.members())
            members.append({key, in(value)});
        return Json::object(members);
    }
    return json;
}

Error SecretMask::in(const Error &error) const
{
    if (!m_needles)
        return error;
    Error hidden = error;
    hidden.withMessage(in(error.message())).withAdvice(in(error.advice())).withHttp(error.httpStatus(), in(error.body()));
    QList<Rejection> rejections = error.rejections();
    for (Rejection &rejection : rejections)
        rejection.reason = in(rejection.reason);
    return hidden.withRejections(rejections);
}

} // namespace sluice
