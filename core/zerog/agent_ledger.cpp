#include "agent_ledger_p.h"

#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/neuron.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>

#include <cerrno>
#include <fcntl.h>
#include <future>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice::zerog {

namespace {

constexpr std::chrono::milliseconds LockPatience{2'000};

} // namespace

LedgerMaker ledgerFile(const QString &path)
{
    return [path]() -> std::unique_ptr<Ledger> { return orThrow(LocalLedger::open(path)); };
}

LedgerMaker ledgerOnChain(const ChainLedger::Options &options)
{
    return [options]() -> std::unique_ptr<Ledger> { return std::make_unique<ChainLedger>(options); };
}

QString stateFileBeside(const QString &ledgerFile, const QString &role, const Address &address)
{
    return QStringLiteral("%1.%2-%3").arg(ledgerFile, role, address.toLower().mid(2));
}

Expected<std::unique_ptr<StateLock>> StateLock::take(const QString &stateFile)
{
    const QByteArray path = QFile::encodeName(stateFile + QStringLiteral(".lock"));
    const int file = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return unexpected(Error(Error::Kind::Storage, QStringLiteral("The agent's state %1 cannot be written: %2").arg(stateFile, qt_error_string(errno))));
    for (QDeadlineTimer limit(LockPatience); ::flock(file, LOCK_EX | LOCK_NB) != 0; QThread::msleep(20)) {
        if (!limit.hasExpired())
            continue;
        ::close(file);
        return unexpected(Error(Error::Kind::Storage, QStringLiteral("Another agent works with the state %1 already.").arg(stateFile))
                              .withAdvice(QStringLiteral("Use that one, stop it, or choose another file.")));
    }
    return std::unique_ptr<StateLock>(new StateLock(file));
}

StateLock::~StateLock()
{
    ::close(m_file);
}

Expected<void> LedgerDesk::start(const LedgerMaker &maker)
{
    m_there = std::make_unique<QObject>();
    m_there->moveToThread(&m_thread);
    m_thread.start();
    std::promise<std::optional<Error>> opened;
    post([&] {
        std::optional<Error> failure;
        try {
            m_ledger = maker();
        } catch (const Error &error) {
            failure = error;
        }
        opened.set_value(failure);
    });
    const std::optional<Error> failure = opened.get_future().get();
    if (!failure)
        return {};
    stop();
    return unexpected(*failure);
}

void LedgerDesk::stop()
{
    if (!m_thread.isRunning())
        return;
    post([this] {
        m_ending = true;
        endWhenIdle();
    });
    m_thread.wait();
    m_there.reset();
}

void LedgerDesk::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(m_there.get(), std::move(work), Qt::QueuedConnection);
}

void LedgerDesk::endWhenIdle()
{
    if (!m_ending || m_pending > 0)
        return;
    // Not while one of its coroutines is on the stack.
    post([this] {
        m_ledger.reset();
        m_thread.quit();
    });
}

boost::asio::awaitable<Json> ledgerJson(LedgerDesk &desk, QString member, Address owner)
{
    std::function<QCoro::Task<qint64>(Ledger &)> lock = [](Ledger &ledger) { return ledger.lockTime(); };
    const qint64 lockTime = co_await desk.ask(std::move(lock));
    std::function<QCoro::Task<qint64>(Ledger &)> clock = [](Ledger &ledger) { return ledger.now(); };
    const qint64 time = co_await desk.ask(std::move(clock));
    std::function<QCoro::Task<Wei>(Ledger &)> wallet = [owner](Ledger &ledger) { return ledger.walletBalance(owner); };
    const Wei has = co_await desk.ask(std::move(wallet));
    const Json told{{member, owner.toChecksum()}, {QStringLiteral("wallet"), neuron::number(has)}, {QStringLiteral("lockTime"), lockTime},
        {QStringLiteral("now"), time}};
    co_return told;
}

} // namespace sluice::zerog
