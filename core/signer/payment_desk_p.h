#pragma once

#include "sluice/crypto/private_key.h"
#include "sluice/signer/budget_book.h"
#include "sluice/signer/decision.h"
#include "sluice/signer/state_memory.h"

#include <boost/asio/awaitable.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace sluice::signer {

/// Books payments, and signs them once they are booked: what dies between the two has counted too much. The I/O thread waits for neither.
class PaymentDesk {
public:
    struct Outcome {
        BudgetBook::Answer booked;
        QByteArray answer; ///< JSON, when it was taken
    };
    PaymentDesk(PrivateKey key, std::shared_ptr<BudgetBook> book, StateMemory &memory);
    /// Waits for what is under way.
    ~PaymentDesk();
    PaymentDesk(const PaymentDesk &) = delete;
    PaymentDesk &operator=(const PaymentDesk &) = delete;

    /// Throws what the book throws. It ends by itself, soon, and not by a cancellation.
    boost::asio::awaitable<Outcome> pay(Plan plan, BudgetBook::Entry entry);

private:
    struct Work;
    void begin(const std::shared_ptr<Work> &work);
    void sign(Work &work);
    void finish(const std::shared_ptr<Work> &work);

    const PrivateKey m_key;
    const std::shared_ptr<BudgetBook> m_book;
    StateMemory &m_memory;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    int m_underWay = 0;
};

} // namespace sluice::signer
