#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/backend/selection_rules.h"

#include <memory>
#include <typeindex>
#include <utility>
#include <vector>

namespace sluice {

class HttpClient;
class IoThread;
class SecretKeeper;
class TlsTrust;
class UserData;

/// What a Gateway gives its backends. Lives on its thread and outlives them.
class BackendServices {
public:
    /// `data` must not be null.
    BackendServices(std::shared_ptr<UserData> data, CallTiming timing, SpendPolicy spend);
    ~BackendServices();
    BackendServices(const BackendServices &) = delete;
    BackendServices &operator=(const BackendServices &) = delete;

    [[nodiscard]] UserData &data() const { return *m_data; }
    [[nodiscard]] const std::shared_ptr<UserData> &sharedData() const { return m_data; }
    [[nodiscard]] TlsTrust &trust() const { return *m_trust; }
    [[nodiscard]] HttpClient &http() const { return *m_http; }
    /// Where live channels are read and written; started when first asked for.
    [[nodiscard]] IoThread &io();
    [[nodiscard]] const CallTiming &timing() const { return m_timing; }
    [[nodiscard]] const SpendPolicy &spend() const { return m_spend; }

    /// Which of several servers calls go to from now on.
    [[nodiscard]] const SelectionRules &selection() const { return m_selection; }
    void setSelection(SelectionRules rules) { m_selection = std::move(rules); }
    /// Null where the settings' secrets are kept nowhere.
    [[nodiscard]] const std::shared_ptr<SecretKeeper> &secretKeeper() const { return m_secretKeeper; }
    void setSecretKeeper(std::shared_ptr<SecretKeeper> keeper) { m_secretKeeper = std::move(keeper); }

    /// What several backends of one Gateway have in common, such as the purse of one key: the T for which `fits(T)` is true, else
    /// the one that `make()` gives. It goes with the last backend that holds it.
    template <typename T, typename Fits, typename Make> [[nodiscard]] std::shared_ptr<T> shared(Fits fits, Make make)
    {
        for (const auto &[type, weak] : m_shared) {
            const std::shared_ptr<void> kept = weak.lock();
            if (type == std::type_index(typeid(T)) && kept && fits(*std::static_pointer_cast<T>(kept)))
                return std::static_pointer_cast<T>(kept);
        }
        std::shared_ptr<T> made = make();
        m_shared.emplace_back(std::type_index(typeid(T)), made);
        return made;
    }

private:
    std::shared_ptr<UserData> m_data;
    CallTiming m_timing;
    SpendPolicy m_spend;
    SelectionRules m_selection;
    std::shared_ptr<SecretKeeper> m_secretKeeper;
    std::unique_ptr<TlsTrust> m_trust;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<IoThread> m_io;
    std::vector<std::pair<std::type_index, std::weak_ptr<void>>> m_shared;
};

} // namespace sluice
