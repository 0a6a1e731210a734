#include "smaller_program.h"

#include <QtCore/QByteArray>

#include <array>
#include <climits>
#include <unistd.h>

namespace sluice::ctl {

namespace {

/// Of the words behind the program's name.
bool onlyServes(char **words)
{
    if (!words[0] || !words[1])
        return false;
    const QByteArrayView first(words[0]);
    const QByteArrayView second(words[1]);
    if (!(first == "serve" && second == "openai") && !(first == "worker" && second == "serve"))
        return false;
    for (char **word = words + 2; *word; ++word) {
        const QByteArrayView option(*word);
        if (option.startsWith("-p") || option.startsWith("--profile"))
            return false;
    }
    return true;
}

} // namespace

void becomeSmaller(char **argv)
{
    if (!argv[0] || !onlyServes(argv + 1))
        return;
    std::array<char, PATH_MAX> self{};
    const ssize_t size = ::readlink("/proc/self/exe", self.data(), self.size());
    if (size <= 0 || std::size_t(size) == self.size())
        return;
    const QByteArray program(self.data(), qsizetype(size));
    const QByteArray folder = program.left(program.lastIndexOf('/') + 1);
    // Beside this program where it was built, else where it is installed.
    for (const char *place : {"sluice-serve", SLUICE_SERVE_PLACE})
        ::execv((folder + place).constData(), argv); // returns only when it is not there
}

} // namespace sluice::ctl
