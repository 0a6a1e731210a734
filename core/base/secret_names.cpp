#include "sluice/base/secret_names.h"

#include <QtCore/QSet>
#include <QtCore/QStringList>

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype MaxName = 256;

using Words = QSet<QString>;

/// "hfToken", "HF_TOKEN", "hf-token2" as "hf", "token".
QStringList wordsOf(const QString &name)
{
    QStringList words;
    QString word;
    const auto end = [&] {
        if (!word.isEmpty())
            words.append(word.toLower());
        word.clear();
    };
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name.at(i);
        if (!c.isLetter() && !c.isMark()) {
            end();
            continue;
        }
        const bool afterLower = i > 0 && name.at(i - 1).isLower();
        const bool lastOfCapitals = i > 0 && name.at(i - 1).isUpper() && i + 1 < name.size() && name.at(i + 1).isLower();
        if (c.isUpper() && (afterLower || lastOfCapitals))
            end();
        word.append(c);
    }
    end();
    return words;
}

/// Secret wherever they stand in a name, unless what follows says that the name is about something else.
const Words &plainWords()
{
    static const Words words{QStringLiteral("password"), QStringLiteral("passwords"), QStringLiteral("passwd"), QStringLiteral("passphrase"),
        QStringLiteral("passcode"), QStringLiteral("passkey"), QStringLiteral("pwd"), QStringLiteral("secret"), QStringLiteral("secrets"),
        QStringLiteral("credential"), QStringLiteral("credentials"), QStringLiteral("creds"), QStringLiteral("bearer"),
        QStringLiteral("authorization"), QStringLiteral("authorisation"), QStringLiteral("apikey"), QStringLiteral("apikeys"), QStringLiteral("jwt"),
        QStringLiteral("mnemonic"), QStringLiteral("otp"), QStringLiteral("totp"), QStringLiteral("cvv"), QStringLiteral("cvc"),
        QStringLiteral("passwort"), QStringLiteral("kennwort"), QStringLiteral("geheimnis"), QStringLiteral("motdepasse"),
        QString::fromUtf8("contraseña"), QStringLiteral("contrasena"), QStringLiteral("senha"), QStringLiteral("parola"), QString::fromUtf8("şifre"),
        QStringLiteral("sifre"), QString::fromUtf8("пароль"), QString::fromUtf8("密码"), QString::fromUtf8("密碼"), QString::fromUtf8("パスワード")};
    return words;
}

/// A "key" behind one of these opens something.
const Words &keyKinds()
{
    static const Words words{QStringLiteral("api"), QStringLiteral("private"), QStringLiteral("access"), QStringLiteral("secret"),
        QStringLiteral("signing"), QStringLiteral("signer"), QStringLiteral("sender"), QStringLiteral("encryption"), QStringLiteral("decryption"),
        QStringLiteral("auth"), QStringLiteral("ssh"), QStringLiteral("gpg"), QStringLiteral("license"), QStringLiteral("licence"),
        QStringLiteral("master"), QStringLiteral("storage"), QStringLiteral("account"), QStringLiteral("subscription"), QStringLiteral("admin"),
        QStringLiteral("service"), QStringLiteral("deploy"), QStringLiteral("session"), QStringLiteral("hmac"), QStringLiteral("app"),
        QStringLiteral("application"), QStringLiteral("consumer"), QStringLiteral("client"), QStringLiteral("stream"), QStringLiteral("openai"),
        QStringLiteral("anthropic"), QStringLiteral("model"), QStringLiteral("llm"), QStringLiteral("wallet"), QStringLiteral("eth"), QStringLiteral("zerog"),
        QStringLiteral("seed"), QStringLiteral("recovery"), QStringLiteral("shared"), QStringLiteral("bot"), QStringLiteral("webhook")};
    return words;
}

/// A "token" with one of these before it is a unit of text or a place in a list.
const Words &textTokens()
{
    static const Words words{QStringLiteral("max"), QStringLiteral("min"), QStringLiteral("eos"), QStringLiteral("bos"), QStringLiteral("pad"),
        QStringLiteral("unk"), QStringLiteral("sep"), QStringLiteral("cls"), QStringLiteral("mask"), QStringLiteral("stop"), QStringLiteral("start"),
        QStringLiteral("end"), QStringLiteral("special"), QStringLiteral("next"), QStringLiteral("prev"), QStringLiteral("previous"), QStringLiteral("page"),
        QStringLiteral("continuation"), QStringLiteral("per"), QStringLiteral("num"), QStringLiteral("image"), QStringLiteral("audio"),
        QStringLiteral("video"), QStringLiteral("text"), QStringLiteral("first"), QStringLiteral("last"), QStringLiteral("prompt"),
        QStringLiteral("completion"), QStringLiteral("placeholder"), QStringLiteral("trigger"), QStringLiteral("decoder"), QStringLiteral("forced"),
        QStringLiteral("separator"), QStringLiteral("additional"), QStringLiteral("by"), QStringLiteral("concept"), QStringLiteral("style")};
    return words;
}

/// Several tokens are credentials only with one of these before them.
const Words &credentialTokens()
{
    static const Words words{QStringLiteral("access"), QStringLiteral("auth"), QStringLiteral("api"), QStringLiteral("bearer"), QStringLiteral("refresh"),
        QStringLiteral("secret"), QStringLiteral("session"), QStringLiteral("personal"), QStringLiteral("id"), QStringLiteral("bot")};
    return words;
}

/// At the end of a name they tell that it is about a secret, not one.
const Words &aboutWords()
{
    static const Words words{QStringLiteral("length"), QStringLiteral("count"), QStringLiteral("policy"), QStringLiteral("type"), QStringLiteral("url"),
        QStringLiteral("uri"), QStringLiteral("enabled"), QStringLiteral("required"), QStringLiteral("min"), QStringLiteral("max"),
        QStringLiteral("strength"), QStringLiteral("rules"), QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("size"),
        QStringLiteral("limit"), QStringLiteral("usage"), QStringLiteral("ttl"), QStringLiteral("expiry"), QStringLiteral("expires"),
        QStringLiteral("method"), QStringLiteral("mode"), QStringLiteral("scheme"), QStringLiteral("field"), QStringLiteral("label"),
        QStringLiteral("name"), QStringLiteral("path"), QStringLiteral("file"), QStringLiteral("hint"), QStringLiteral("reset"), QStringLiteral("endpoint")};
    return words;
}

/// At the end of a name they say nothing.
const Words &formWords()
{
    static const Words words{QStringLiteral("value"), QStringLiteral("text"), QStringLiteral("string"), QStringLiteral("str"), QStringLiteral("header"),
        QStringLiteral("hex"), QStringLiteral("raw"), QStringLiteral("plain"), QStringLiteral("plaintext"), QStringLiteral("pem"), QStringLiteral("b"),
        QStringLiteral("base"), QStringLiteral("encoded")};
    return words;
}

/// Written as one word: "dbpassword", "clientsecret", "myapikey".
bool endsSecret(const QString &word)
{
    static const QStringList ends{QStringLiteral("password"), QStringLiteral("passwd"), QStringLiteral("passphrase"), QStringLiteral("passwort"),
        QStringLiteral("secret"), QStringLiteral("apikey"), QStringLiteral("privatekey"), QStringLiteral("accesskey"), QStringLiteral("secretkey"),
        QStringLiteral("authkey"), QStringLiteral("signingkey"), QStringLiteral("streamkey"), QStringLiteral("accesstoken"), QStringLiteral("authtoken"),
        QStringLiteral("apitoken"), QStringLiteral("bearertoken"), QStringLiteral("refreshtoken"), QStringLiteral("sessiontoken"),
        QStringLiteral("credential"), QStringLiteral("credentials"), QStringLiteral("seedphrase"), QStringLiteral("connectionstring")};
    return std::any_of(ends.begin(), ends.end(), [&](const QString &end) { return word.endsWith(end); });
}

} // namespace

bool looksSecret(const QString &name)
{
    QStringList words = wordsOf(name.left(MaxName));
    while (words.size() > 1 && formWords().contains(words.last()))
        words.removeLast();
    if (words.isEmpty() || (words.size() > 1 && aboutWords().contains(words.last())))
        return false;
    if (std::any_of(words.begin(), words.end(), [](const QString &word) { return plainWords().contains(word) || endsSecret(word); }))
        return true;
    const QString last = words.last();
    const QString before = words.size() > 1 ? words.at(words.size() - 2) : QString();
    if (last == QLatin1String("key") || last == QLatin1String("keys"))
        return keyKinds().contains(before);
    if (last == QLatin1String("token"))
        return !textTokens().contains(before);
    if (last == QLatin1String("tokens"))
        return credentialTokens().contains(before);
    if (last == QLatin1String("pass")) {
        static const Words whose{QString(), QStringLiteral("user"), QStringLiteral("db"), QStringLiteral("database"), QStringLiteral("smtp"),
            QStringLiteral("ftp"), QStringLiteral("ssh"), QStringLiteral("admin"), QStringLiteral("root"), QStringLiteral("login"), QStringLiteral("proxy")};
        return whose.contains(before);
    }
    if (last == QLatin1String("phrase"))
        return before == QLatin1String("seed") || before == QLatin1String("recovery") || before == QLatin1String("pass");
    if (last == QLatin1String("string"))
        return before == QLatin1String("connection");
    static const Words alone{QStringLiteral("auth"), QStringLiteral("cookie"), QStringLiteral("cookies")};
    return alone.contains(last);
}

} // namespace sluice
