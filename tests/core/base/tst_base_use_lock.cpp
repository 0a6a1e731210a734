#include "sluice/base/use_lock.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;

class TestBaseUseLock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void any_number_uses_it_and_nobody_is_alone_meanwhile();
    void nobody_begins_to_use_it_while_somebody_is_alone();
    void a_process_that_is_killed_uses_nothing();
    void a_file_that_cannot_be_made_has_no_users();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(QLatin1String(QTest::currentTestFunction())); }
    QTemporaryDir m_folder;
};

void TestBaseUseLock::any_number_uses_it_and_nobody_is_alone_meanwhile()
{
    auto first = UseLock::share(path());
    auto second = UseLock::share(path());
    QVERIFY(first && *first && second && *second);
    bool called = false;
    const auto note = [&called] { called = true; };
    QVERIFY(!UseLock::whenUnused(path(), note));
    first->reset();
    QVERIFY(!UseLock::whenUnused(path(), note));
    second->reset();
    QVERIFY(!called);
    QVERIFY(UseLock::whenUnused(path(), note));
    QVERIFY(called);
    QCOMPARE(QFile::permissions(path()) & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther), QFileDevice::Permissions());
}

void TestBaseUseLock::nobody_begins_to_use_it_while_somebody_is_alone()
{
    bool kept = false;
    QVERIFY(UseLock::whenUnused(path(), [&] {
        const auto late = UseLock::share(path());
        kept = late && !*late;
    }));
    QVERIFY(kept);
    const auto after = UseLock::share(path());
    QVERIFY(after && *after);
}

void TestBaseUseLock::a_process_that_is_killed_uses_nothing()
{
    const pid_t user = ::fork();
    if (user == 0) {
        const auto use = UseLock::share(path());
        if (!use || !*use)
            ::_exit(1);
        for (;;)
            ::pause();
    }
    QVERIFY(user > 0);
    QTRY_VERIFY(!UseLock::whenUnused(path()));
    ::kill(user, SIGKILL);
    QCOMPARE(::waitpid(user, nullptr, 0), user);
    QVERIFY(UseLock::whenUnused(path()));
}

void TestBaseUseLock::a_file_that_cannot_be_made_has_no_users()
{
    const QString nowhere = m_folder.filePath(QStringLiteral("no/such/folder"));
    const auto use = UseLock::share(nowhere);
    QVERIFY(!use);
    QCOMPARE(use.error().kind(), Error::Kind::Storage);
    QVERIFY(UseLock::whenUnused(nowhere));
}

QTEST_GUILESS_MAIN(TestBaseUseLock)
#include "tst_base_use_lock.moc"
