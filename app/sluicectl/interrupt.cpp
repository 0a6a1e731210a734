#include "interrupt.h"

#include "exit_code.h"

#include "sluice/backend/sandbox_files.h"

#include <QtCore/QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace sluice::ctl {

namespace {

// A signal handler may do little more than write a byte; the event loop reads it at the other end.
std::array<int, 2> s_pipe{-1, -1};
volatile std::sig_atomic_t s_asked = 0;
volatile std::sig_atomic_t s_atOnce = 0;
volatile std::sig_atomic_t s_letGo = 0;
Interrupt *s_instance = nullptr;

void onSignal(int signal)
{
    // A second Ctrl-C is a person who will not wait. A second SIGTERM is not: the kernel sends one for each thread of
    // the program that this one ends with.
    if ((s_asked || s_atOnce) && signal == SIGINT)
        ::_exit(ExitInterrupted);
    if (signal == SandboxLetGoSignal)
        s_letGo = 1;
    else
        s_asked = 1;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(s_pipe[1], &byte, 1);
}

void take(int signal, void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    s_instance = this;
    if (::pipe2(s_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interrupt::drain);
    take(SIGINT, onSignal);
    take(SIGTERM, onSignal);
    // A terminal that is closed ends a job in good order, too; nohup's wish that nothing ends stays.
    struct sigaction before {};
    if (::sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
        take(SIGHUP, onSignal);
    // A reader that went away shows as a failed write, not as a death without clean-up.
    take(SIGPIPE, SIG_IGN);
}

void Interrupt::takeLettingGo()
{
    take(SandboxLetGoSignal, onSignal);
}

Interrupt::~Interrupt()
{
    s_instance = nullptr;
}

Interrupt::AtOnce::AtOnce()
{
    s_atOnce = 1;
}

Interrupt::AtOnce::~AtOnce()
{
    s_atOnce = 0;
}

Interrupt &Interrupt::instance()
{
    return *s_instance;
}

void Interrupt::drain()
{
    std::array<char, 16> bytes{};
    while (::read(s_pipe[0], bytes.data(), bytes.size()) > 0) { }
    if (s_letGo && !std::exchange(m_letGo, true))
        Q_EMIT letGo();
    if (!s_asked)
        return;
    m_happened = true;
    Q_EMIT interrupted();
}

} // namespace sluice::ctl
