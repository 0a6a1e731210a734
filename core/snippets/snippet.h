#pragma once

#include "sluice/base/secret.h"
#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"
#include "sluice/gateway/profile.h"

#include <QtCore/QHash>

#include <optional>

namespace sluice {

/// What a snippet is made from. Values only; the same values give the same text.
struct SnippetContext {
    Call call;
    Profile profile;
    bool hasToken = false;     ///< the profile keeps a token in the keychain
    bool hasSenderKey = false; ///< the profile keeps a key in the keychain; the sandbox always has one
    /// As the network lists it: its default path, its schema (password fields), its orchestrators.
    std::optional<CapabilityInfo> capability;
    /// Names of the files behind base64 inputs, by JSON pointer ("/image"); only the last part of a path is used.
    QHash<QString, QString> fileNames;
    /// JSON pointers of files out of which private details were taken: the code reads the person's own file, which still has them, and says so.
    QStringList cleanedFiles;
    /// Every stored secret, to prove that none is in the text (client-sdk.md 6.4).
    QList<Secret> secrets;
    /// Of this library, for the header comment; empty = the version that runs.
    QString version;
};

/// An environment variable that a snippet reads.
struct SnippetVariable {
    QString name;
    QString meaning;    ///< one sentence
    QString suggestion; ///< an address that fits the profile, without credentials; never a secret
    bool required = true;
    bool secret = false;
    bool operator==(const SnippetVariable &) const = default;
};

/// A file that belongs beside the snippet.
struct SnippetFile {
    QString name;
    QByteArray content;
    bool operator==(const SnippetFile &) const = default;
};

/// A call as code: complete, and without any secret.
struct Snippet {
    QString text;
    QString fileName;     ///< to save it under
    QString language;     ///< for highlighting: "python", "bash", "javascript", "cpp"
    QString install;      ///< shell command that installs what it needs; may be empty
    QString run;          ///< shell command that runs it, once saved
    QList<SnippetVariable> environment;
    QList<SnippetFile> files;
};

} // namespace sluice
