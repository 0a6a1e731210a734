#pragma once

#include "window_run_p.h"

#include "sluice/gateway/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"

namespace sluice {

/// A whole window on the sandbox of SLUICE_DATA_DIR, with its own session and data.
struct House {
    std::shared_ptr<UserData> data;
    std::unique_ptr<ui::Session> session;
    std::unique_ptr<ui::MainWindow> window;

    explicit House(std::shared_ptr<UserData> userData = UserData::inMemory())
        : data(std::move(userData))
        , session(std::make_unique<ui::Session>(data))
        , window(std::make_unique<ui::MainWindow>(*session))
    {
        window->show();
        session->start();
    }
    ~House()
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

} // namespace sluice
