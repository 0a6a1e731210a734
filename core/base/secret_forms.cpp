#include "sluice/base/secret_forms.h"

#include "sluice/base/bytes.h"
#include "sluice/base/secret.h"

#include <QtCore/QString>

#include <algorithm>

namespace sluice {

namespace {

void wipe(QByteArray &bytes)
{
    cleanse(bytes.data(), std::size_t(bytes.size()));
}

/// The letter behind the backslash for what JSON does not take as it is; 0 for the others.
char shortEscape(char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\b': return 'b';
    case '\f': return 'f';
    default: return 0;
    }
}

QByteArray codeEscape(ushort unit)
{
    return "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
}

/// Inside a JSON string, as most write it.
QByteArray jsonEscaped(QByteArrayView secret)
{
    QByteArray out;
    for (const char c : secret) {
        if (const char letter = shortEscape(c))
            out.append('\\').append(letter);
        else if (uchar(c) < 0x20)
            out.append(codeEscape(uchar(c)));
        else
            out.append(c);
    }
    return out;
}

/// The same where only ASCII is written, as Python does.
QByteArray asciiEscaped(QByteArrayView secret)
{
    QByteArray out;
    QString text = QString::fromUtf8(secret);
    for (const QChar c : std::as_const(text)) {
        if (c.unicode() > 0x7e)
            out.append(codeEscape(c.unicode()));
        else
            out.append(jsonEscaped(QByteArray(1, char(c.unicode()))));
    }
    text.fill(QChar());
    return out;
}

} // namespace

SecretForms::SecretForms(QByteArrayView secret)
{
    QByteArray plain(secret.data(), secret.size());
    QByteArray hex = bytes::toHex(secret);
    add(hex.toUpper());
    add(std::move(hex));
    add(plain.toPercentEncoding());
    QByteArray form = plain.toPercentEncoding(" ");
    add(form.replace(' ', '+'));
    add(jsonEscaped(secret));
    add(asciiEscaped(secret));
    addBase64(secret);
    add(QByteArray(secret.data(), secret.size()));
    wipe(plain);
}

SecretForms::~SecretForms()
{
    for (QByteArray &form : m_forms)
        wipe(form);
}

bool SecretForms::anyIn(QByteArrayView text) const
{
    return std::any_of(m_forms.begin(), m_forms.end(), [&](const QByteArray &form) { return text.contains(form); });
}

void SecretForms::add(QByteArray form)
{
    if (form.size() >= MinBytes && !m_forms.contains(form))
        m_forms << std::move(form);
}

/// Inside a longer base64 text the secret's bytes may begin at any of three places in a group; what is the same
/// whatever stands around it is looked for, in both alphabets.
void SecretForms::addBase64(QByteArrayView secret)
{
    for (qsizetype before = 0; before < 3; ++before) {
        QByteArray padded(before, '\0');
        padded.append(secret.data(), secret.size());
        QByteArray text = padded.toBase64(QByteArray::OmitTrailingEquals);
        const qsizetype shared = before == 0 ? 0 : before + 1; // characters that also hold bits of what stands before
        const qsizetype whole = (before + secret.size()) * 8 / 6;
        QByteArray core = text.mid(shared, whole - shared);
        QByteArray url = core;
        url.replace('+', '-').replace('/', '_');
        wipe(padded);
        wipe(text);
        add(std::move(core));
        add(std::move(url));
    }
}

} // namespace sluice
