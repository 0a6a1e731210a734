#pragma once

#include "window_run_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

namespace sluice {

/// A whole window on the sandbox of SLUICE_DATA_DIR, with its own session and data.
struct WindowFixture {
    std::shared_ptr<UserData> data;
    std::unique_ptr<ui::Session> session;
    std::unique_ptr<ui::MainWindow> window;

    explicit WindowFixture(std::shared_ptr<UserData> userData = UserData::inMemory())
        : data(std::move(userData))
        , session(std::make_unique<ui::Session>(data))
        , window(std::make_unique<ui::MainWindow>(*session))
    {
        window->show();
        session->start();
    }
    ~WindowFixture()
    {
        window.reset();
        session.reset();
    }
    [[nodiscard]] ui::WorkbenchPage *open(const QString &name) const
    {
        const auto info = session->capability(name);
        return info ? window->openCapability(*info) : nullptr;
    }
    [[nodiscard]] bool isReady() const { return session->state() == ui::Session::State::Ready; }
};

/// What tests of the window begin with: a folder of their own, a sandbox that outlives each of them, and one window for each.
class WindowTest : public QObject {
public:
    /// Found by QTEST_MAIN; runs before the application is made.
    static void initMain()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
        qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    }

protected:
    void openNetwork()
    {
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        ui::Theme::apply(*qApp, ui::Theme::Mode::Light);
        m_network = std::make_unique<WindowFixture>();
        QTRY_VERIFY_WITH_TIMEOUT(m_network->isReady(), 60'000);
        m_network->window->hide();
    }
    void openWindow()
    {
        QFile::remove(ui::MainWindow::settingsPath());
        m_fixture = std::make_unique<WindowFixture>();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady() && m_fixture->window->currentPage(), 60'000);
        m_fixture->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
    }
    [[nodiscard]] ui::FormPage *form(const QString &name) const { return qobject_cast<ui::FormPage *>(m_fixture->open(name)); }

    QTemporaryDir m_folder;
    std::unique_ptr<WindowFixture> m_network; ///< keeps the sandbox that the windows join
    std::unique_ptr<WindowFixture> m_fixture;
};

} // namespace sluice
