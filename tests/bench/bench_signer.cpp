// A remote signer's payments per second, over HTTP and with its book in a file, against libsecp256k1 alone making as many signatures: of each
// ticket, of the segment's credentials and of the new state. Chains of five payments, on four connections and on sixteen. Lines of JSON.

#include "bench_support.h"

#include "peers/signer_peer.h"

#include "sluice/livepeer/messages.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/signer/budget_book.h"
#include "sluice/signer/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>

#include <atomic>

using namespace sluice;
using namespace sluice::bench;
namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int ChainLength = 5;
constexpr int Rounds = 5;
constexpr std::chrono::milliseconds RoundTime{1'500};
/// A ticket's expected value in units at the terms' price (signer_peer.h).
constexpr qint64 UnitsPerTicket = 8;
/// Beside its tickets, of a payment: the segment's credentials and the state.
constexpr int OtherSignatures = 2;

struct Counts {
    std::atomic<int> payments{0};
    std::atomic<int> failed{0};
    std::atomic<int> chains{0};
};

livepeer::SignerPaymentRequest opening(int chain, int tickets)
{
    test::TestTerms terms;
    terms.rand = QByteArray::number(chain);
    livepeer::SignerPaymentRequest request;
    request.orchestrator = livepeer::encodeInfo(terms.info());
    request.inPixels = tickets * UnitsPerTicket;
    request.manifestId = QStringLiteral("manifest");
    return request;
}

/// One client, one connection, one chain after the other.
asio::awaitable<void> pay(QUrl url, int tickets, Steady::time_point until, Counts &counts)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    AsioExchange exchange(executor, url, nullptr);
    co_await exchange.connect(std::chrono::seconds(10));
    while (Steady::now() < until) {
        livepeer::SignerPaymentRequest request = opening(++counts.chains, tickets);
        for (int i = 0; i < ChainLength; ++i) {
            Headers head = headers::contentType("application/json");
            QByteArray body = request.toJson().dump();
            co_await exchange.sendOneOfMany("POST", url, std::move(head), std::move(body), std::chrono::seconds(60));
            co_await exchange.receiveHead(std::chrono::seconds(60));
            QByteArray answer;
            for (;;) {
                const QByteArray bytes = co_await exchange.read();
                if (bytes.isEmpty())
                    break;
                answer += bytes;
            }
            const auto payment = livepeer::SignerPayment::parse(answer);
            if (exchange.status() != 200 || !payment) {
                ++counts.failed;
                break;
            }
            request.state = payment->state;
            ++counts.payments;
        }
    }
}

double paymentsPerSecond(const QUrl &url, int connections, int tickets, Counts &counts)
{
    IoThread clients;
    const int before = counts.payments;
    const auto begun = Steady::now();
    std::vector<std::future<void>> all;
    for (int i = 0; i < connections; ++i)
        all.push_back(asio::co_spawn(clients.context(), pay(url, tickets, begun + RoundTime, counts), asio::use_future));
    for (std::future<void> &one : all)
        one.get();
    return (counts.payments - before) / (milliseconds(Steady::now() - begun) / 1e3);
}

/// As many signatures as a payment has, again and again, on one thread.
double barePerSecond(int tickets)
{
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    const QByteArray key = QByteArray::fromHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
    unsigned char digest[32] = {1};
    unsigned char out[65];
    const auto begun = Steady::now();
    int payments = 0;
    while (Steady::now() < begun + RoundTime) {
        for (int i = 0; i < tickets + OtherSignatures; ++i) {
            ++digest[i % 32];
            secp256k1_ecdsa_recoverable_signature signature;
            int id = 0;
            (void)secp256k1_ecdsa_sign_recoverable(context, &signature, digest, reinterpret_cast<const unsigned char *>(key.constData()), nullptr, nullptr);
            secp256k1_ecdsa_recoverable_signature_serialize_compact(context, out, &id, &signature);
        }
        ++payments;
    }
    const double rate = payments / (milliseconds(Steady::now() - begun) / 1e3);
    secp256k1_context_destroy(context);
    return rate;
}

void measure(const QUrl &url, int connections, int tickets)
{
    Counts counts;
    std::vector<double> ours;
    std::vector<double> bare;
    for (int i = 0; i < Rounds; ++i) { // in turns, so that both meet the same machine
        ours.push_back(paymentsPerSecond(url, connections, tickets, counts));
        bare.push_back(barePerSecond(tickets));
    }
    const double signer = percentile(ours, 0.5).value_or(0);
    const double alone = percentile(bare, 0.5).value_or(0);
    printLine(Json{{QStringLiteral("connections"), connections}, {QStringLiteral("tickets"), tickets}, {QStringLiteral("payments_per_second"), rounded(signer, 1)},
        {QStringLiteral("bare_per_second"), rounded(alone, 1)}, {QStringLiteral("ratio"), rounded(alone > 0 ? signer / alone : 0, 3)},
        {QStringLiteral("failed"), counts.failed.load()}});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QTemporaryDir folder;
    IoThread io;
    signer::ServerOptions options;
    options.chain = [] {
        SenderView view;
        view.latestL1Block = 20'000'000;
        return view;
    };
    signer::Server server(io, PrivateKey::generate(), options, std::make_shared<signer::StoredBudgetBook>(folder.filePath(QStringLiteral("book.sqlite"))));
    QUrl url = orThrow(server.listen());
    url.setPath(QString::fromLatin1(livepeer::signer_route::Payment));
    for (const int connections : {4, 16}) {
        for (const int tickets : {1, 10, 60})
            measure(url, connections, tickets);
    }
    return 0;
}
