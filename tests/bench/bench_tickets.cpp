// Signing a ticket, from its fields to the 65 signature bytes, against libsecp256k1 alone on a ready digest.

#include "sluice/crypto/private_key.h"
#include "sluice/crypto/signature.h"
#include "sluice/payments/ticket.h"

#include <benchmark/benchmark.h>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

using namespace sluice;

namespace {
const char kKey[] = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

Ticket sampleTicket()
{
    Ticket ticket;
    ticket.recipient = *Address::fromHex(u"0x73AEd7b5dEb30222fa896f399d46cC99c7BEe57F");
    ticket.sender = *Address::fromHex(u"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
    ticket.faceValue = *u256FromDecimal(u"12000000000000000");
    ticket.winProb = *u256FromHex(u"0xb2f4fc0794908cf232ff78625902416a7530755a66c5788c4a773d4b000");
    ticket.expiration.creationRound = 3456;
    return ticket;
}

void signTicket(benchmark::State &state)
{
    const PrivateKey key = *PrivateKey::fromHex(kKey);
    Ticket ticket = sampleTicket();
    for (auto _ : state) {
        ++ticket.senderNonce;
        benchmark::DoNotOptimize(signMessage(key, ticket.hash().bytes()));
    }
}
BENCHMARK(signTicket);

void signBare(benchmark::State &state)
{
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    const QByteArray key = QByteArray::fromHex(QByteArray(kKey).mid(2));
    unsigned char digest[32] = {1};
    unsigned char out[65];
    for (auto _ : state) {
        ++digest[0];
        secp256k1_ecdsa_recoverable_signature signature;
        int id = 0;
        (void)secp256k1_ecdsa_sign_recoverable(context, &signature, digest,
            reinterpret_cast<const unsigned char *>(key.constData()), nullptr, nullptr);
        secp256k1_ecdsa_recoverable_signature_serialize_compact(context, out, &id, &signature);
        benchmark::DoNotOptimize(out);
    }
    secp256k1_context_destroy(context);
}
BENCHMARK(signBare);
} // namespace

BENCHMARK_MAIN();
