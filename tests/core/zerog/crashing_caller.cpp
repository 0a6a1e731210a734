#include "crashing_caller.h"

#include "ledger_fixture.h"
#include "sluice/zerog/ledger_call.h"

#include <QtCore/QCoreApplication>

#include <csignal>
#include <ctime>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sluice::zerog::test {

namespace {

/// As the ledger of the parent sees time.
class FixedClock final : public Clock {
public:
    explicit FixedClock(qint64 seconds) : m_seconds(seconds) {}
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(m_seconds, Qt::UTC); }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return std::chrono::seconds(m_seconds); }

private:
    qint64 m_seconds;
};

void killAfter(int microseconds)
{
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    timer_t timer{};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
        _exit(3);
    itimerspec when{};
    when.it_value.tv_nsec = long(microseconds) * 1000 + 1;
    timer_settime(timer, 0, &when, nullptr);
}

/// In a process of its own.
[[noreturn]] void callAndBeKilled(const Json &job)
{
    try {
        int argc = 1;
        char name[] = "crashing-caller";
        char *argv[] = {name, nullptr};
        QCoreApplication application(argc, argv);
        const FixedClock clock(job.value(QStringLiteral("seconds")).toInt64().value_or(0));
        LocalLedger::Options options;
        options.clock = &clock;
        const std::shared_ptr<Ledger> ledger = orThrow(LocalLedger::open(job.value(QStringLiteral("file")).toString(), options));
        const PrivateKey caller = key(int(job.value(QStringLiteral("caller")).toInt64().value_or(0)));
        killAfter(int(job.value(QStringLiteral("after")).toInt64().value_or(0)));
        await(callByName(ledger, caller, job.value(QStringLiteral("request"))));
        _exit(0);
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        _exit(2);
    }
}

bool writeAll(int socket, const void *data, std::size_t size)
{
    return ::send(socket, data, size, MSG_NOSIGNAL) == ssize_t(size);
}

/// One job is one packet; its answer is one byte.
[[noreturn]] void serve(int socket)
{
    QByteArray packet(1024 * 1024, '\0');
    for (;;) {
        const ssize_t size = ::recv(socket, packet.data(), std::size_t(packet.size()), 0);
        if (size <= 0)
            _exit(0);
        const auto job = Json::parse(QByteArrayView(packet.constData(), size));
        char end = 'f';
        if (job) {
            const pid_t child = fork();
            if (child == 0)
                callAndBeKilled(*job);
            int status = 0;
            if (child > 0 && waitpid(child, &status, 0) == child) {
                if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
                    end = 'k';
                else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                    end = 'd';
            }
        }
        if (!writeAll(socket, &end, 1))
            _exit(0);
    }
}

} // namespace

CrashingCaller::CrashingCaller()
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0)
        return;
    const int room = 1024 * 1024;
    setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    m_process = fork();
    if (m_process == 0) {
        ::close(pair[0]);
        serve(pair[1]);
    }
    ::close(pair[1]);
    m_socket = pair[0];
}

CrashingCaller::~CrashingCaller()
{
    if (m_socket >= 0)
        ::close(m_socket);
    if (m_process > 0)
        waitpid(m_process, nullptr, 0);
}

CrashingCaller::End CrashingCaller::call(const QString &file, int caller, const Json &request, qint64 seconds, int afterMicroseconds)
{
    const QByteArray job = Json{{"file", file}, {"caller", caller}, {"request", request}, {"seconds", seconds}, {"after", afterMicroseconds}}.dump();
    char end = 'f';
    if (!writeAll(m_socket, job.constData(), std::size_t(job.size())) || ::recv(m_socket, &end, 1, 0) != 1)
        return End::Failed;
    return end == 'k' ? End::Killed : end == 'd' ? End::Done : End::Failed;
}

} // namespace sluice::zerog::test
