#include "supervised_p.h"

#include <QtCore/QFile>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice::programs {

namespace {

constexpr int SignalledBase = 128;

/// The program's group. Of the supervisor, which is a process of its own with nothing else in it.
volatile sig_atomic_t theGroup = 0;

extern "C" void passOn(int number)
{
    if (theGroup > 0)
        ::kill(-theGroup, number == SIGUSR1 ? SIGKILL : number);
}

void handle(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

/// Texts as exec wants them; made before the fork.
class Words {
public:
    explicit Words(const QStringList &texts)
    {
        for (const QString &text : texts)
            m_bytes.push_back(QFile::encodeName(text));
        for (QByteArray &bytes : m_bytes)
            m_pointers.push_back(bytes.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char *const *data() const { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<char *> m_pointers;
};

/// What both processes after the forks have: prepared before, for only calls that are safe after a fork are made there.
struct Prepared {
    QByteArray program;
    QByteArray folder;
    Words arguments;
    Words environment;
    sigset_t signals; ///< that this thread had
    pid_t owner = 0;
    int nothing = -1;
    int output = -1;
    int errors = -1;
    int status = -1;
};

[[noreturn]] void tell(const Prepared &prepared, const Ending &ending)
{
    // Less than a pipe takes at once.
    while (::write(prepared.status, &ending, sizeof(ending)) < 0 && errno == EINTR) { }
    ::_exit(ending.problem ? SignalledBase - 1 : ending.code);
}

[[noreturn]] void become(const Prepared &prepared)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int number : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGPIPE, SIGCHLD})
        handle(number, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &prepared.signals, nullptr);
    const bool ready = ::dup2(prepared.nothing, 0) >= 0 && ::dup2(prepared.output, 1) >= 0 && ::dup2(prepared.errors, 2) >= 0 && ::chdir(prepared.folder.constData()) == 0;
    if (ready)
        ::execve(prepared.program.constData(), prepared.arguments.data(), prepared.environment.data());
    tell(prepared, {errno, 0});
}

[[noreturn]] void watch(const Prepared &prepared, pid_t program)
{
    ::setpgid(program, program);
    theGroup = program;
    // Only the program writes to them.
    ::close(prepared.output);
    ::close(prepared.errors);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    int status = 0;
    while (::waitpid(program, &status, 0) < 0 && errno == EINTR) { }
    ::kill(-program, SIGKILL); // what it left behind
    tell(prepared, {0, WIFSIGNALED(status) ? SignalledBase + WTERMSIG(status) : WEXITSTATUS(status)});
}

[[noreturn]] void supervise(const Prepared &prepared)
{
    for (int number : {SIGTERM, SIGINT, SIGHUP, SIGUSR1})
        handle(number, passOn);
    ::prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (::getppid() != prepared.owner)
        ::_exit(SignalledBase + SIGKILL); // it went before that was asked for
    const pid_t program = ::fork();
    if (program == 0)
        become(prepared);
    if (program < 0)
        tell(prepared, {errno, 0});
    watch(prepared, program);
}

struct Pipe {
    int ends[2] = {-1, -1};
    ~Pipe()
    {
        for (int end : ends) {
            if (end >= 0)
                ::close(end);
        }
    }
    [[nodiscard]] bool open() { return ::pipe2(ends, O_CLOEXEC) == 0 && ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0; }
    [[nodiscard]] int take() { return std::exchange(ends[0], -1); }
};

Unexpected<Error> noMore(const char *what)
{
    return unexpected(Error(Error::Kind::Internal, QStringLiteral("%1: %2").arg(QString::fromLatin1(what), QString::fromLocal8Bit(std::strerror(errno)))));
}

} // namespace

Expected<std::unique_ptr<Supervised>> Supervised::start(const Start &start)
{
    Pipe output;
    Pipe errors;
    Pipe status;
    if (!output.open() || !errors.open() || !status.open())
        return noMore("pipe");
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0)
        return noMore("/dev/null");
    Prepared prepared{QFile::encodeName(start.program), QFile::encodeName(start.folder), Words(QStringList{start.program} + start.arguments),
        Words(start.environment), {}, ::getpid(), nothing, output.ends[1], errors.ends[1], status.ends[1]};
    // Until the handlers stand, a signal waits.
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &prepared.signals);
    const pid_t pid = ::fork();
    if (pid == 0)
        supervise(prepared);
    ::pthread_sigmask(SIG_SETMASK, &prepared.signals, nullptr);
    ::close(nothing);
    if (pid < 0)
        return noMore("fork");
    std::unique_ptr<Supervised> made(new Supervised);
    made->m_pid = pid;
    made->m_output = output.take();
    made->m_errors = errors.take();
    made->m_status = status.take();
    return made;
}

Supervised::~Supervised()
{
    kill();
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    for (int pipe : {m_output, m_errors, m_status})
        ::close(pipe);
}

void Supervised::ask() const
{
    ::kill(m_pid, SIGTERM);
}

void Supervised::kill() const
{
    ::kill(m_pid, SIGUSR1);
}

} // namespace sluice::programs
