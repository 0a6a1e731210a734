#include "sluice/base/secret_environment.h"

#include "sluice/base/secret_names.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>

namespace sluice {

namespace {

constexpr std::array OurSecrets = {"SLUICE_SENDER_KEY", "LIVEPEER_TOKEN", "LIVEPEER_SIGNER_AUTH", "SLUICE_LLM_KEY", "SLUICE_ZEROG_KEY"};

struct Taken {
    std::mutex mutex;
    std::map<std::string_view, Secret> secrets;
};

Taken &taken()
{
    static Taken all;
    return all;
}

Secret secretOf(const char *value)
{
    return Secret(QByteArrayView(value).trimmed());
}

} // namespace

void takeSecretEnvironment()
{
    Taken &all = taken();
    const std::scoped_lock lock(all.mutex);
    for (const char *name : OurSecrets) {
        char *value = std::getenv(name);
        if (!value)
            continue;
        all.secrets[name] = secretOf(value);
        // The variable's own memory: unsetting it alone leaves the text where everybody who may look finds it.
        cleanse(value, std::strlen(value));
        qunsetenv(name);
    }
}

Secret secretVariable(const char *name)
{
    if (const char *value = std::getenv(name); value && *value)
        return secretOf(value);
    Taken &all = taken();
    const std::scoped_lock lock(all.mutex);
    const auto found = all.secrets.find(name);
    return found == all.secrets.end() ? Secret() : found->second;
}

QProcessEnvironment environmentForChildren()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        const bool ours = std::any_of(OurSecrets.begin(), OurSecrets.end(), [&](const char *one) { return name == QLatin1String(one); });
        if (ours || looksSecret(name))
            environment.remove(name);
    }
    return environment;
}

} // namespace sluice
