#include "vector_case.h"

#include "sluice/base/clock.h"
#include "sluice/payments/balance_text.h"
#include "sluice/payments/ledger.h"
#include "sluice/payments/memory_recipient_store.h"
#include "sluice/payments/recipient.h"
#include "sluice/payments/ticket.h"
#include "sluice/payments/ticket_counts.h"

using namespace sluice;

namespace {

void sameMoney(const char *what, const Rational &actual, const VectorCase &c, const char *key)
{
    same(what, toText(actual), toText(c.rational(key)));
}

ExpirationParams expirationOf(const VectorCase &c)
{
    return {c.integer("creation_round"), c.hash("creation_round_block_hash")};
}

void checkTicket(const VectorCase &c)
{
    const auto face = orThrow(u256FromDecimal(c.text("face_value")));
    const Ticket ticket{c.address("recipient"), c.address("sender"), face, c.hexNumber("win_prob_hex"),
                        static_cast<quint32>(c.integer("sender_nonce")), c.hash("recipient_rand_hash"), expirationOf(c)};
    same("aux data", ticket.auxData(), c.bytes("aux_data_hex"));
    same("packed", ticket.packed(), c.bytes("packed_hex"));
    same("hash", ticket.hash().toHex(), c.text("ticket_hash"));
    if (!c.has("private_key"))
        return;
    const Signature signature = signMessage(c.key(), ticket.hash().bytes());
    same("signature", signature.toByteArray(), c.bytes("signature_hex"));
    same("verified", verify(ticket.sender, ticket.hash().bytes(), signature.bytes()).hasValue(), true);
    if (!c.has("recipient_rand_hex"))
        return;
    const U256 rand = c.hexNumber("recipient_rand_hex");
    same("rand hash", recipientRandHash(rand).toHex(), c.text("recipient_rand_hash"));
    same("win value", toBytes32(winValue(signature.bytes(), rand)), c.bytes("win_value_hex"));
    same("wins", isWinning(signature.bytes(), rand, ticket.winProb), c.flag("wins"));
}

void checkRecipientRand(const VectorCase &c)
{
    const U256 rand = c.hexNumber("recipient_rand_hex");
    same("decimal", toDecimal(rand), c.text("recipient_rand_decimal"));
    same("hash", recipientRandHash(rand).toHex(), c.text("recipient_rand_hash"));
}

void checkRandDerivation(const VectorCase &c)
{
    Ticket ticket;
    ticket.expiration = expirationOf(c);
    const U256 rand = deriveRecipientRand(c.bytes("secret_hex"), c.hexNumber("seed_hex"), c.address("sender"),
                                          orThrow(u256FromDecimal(c.text("face_value"))), c.hexNumber("win_prob_hex"),
                                          orThrow(u256FromDecimal(c.text("expiration_block"))),
                                          Rational(c.wei("price_numerator"), c.wei("price_denominator")), ticket.auxData());
    same("rand", toDecimal(rand), toDecimal(c.hexNumber("recipient_rand_hex")));
    same("hash", recipientRandHash(rand).toHex(), c.text("recipient_rand_hash"));
}

void checkWinDecision(const VectorCase &c)
{
    const U256 rand = c.hexNumber("recipient_rand_hex");
    same("win value", toBytes32(winValue(c.bytes("signature_hex"), rand)), c.bytes("win_value_hex"));
    same("wins", isWinning(c.bytes("signature_hex"), rand, c.hexNumber("win_prob_hex")), c.flag("wins"));
}

void checkExpectedValue(const VectorCase &c)
{
    const Rational ev = expectedValue(orThrow(u256FromDecimal(c.text("face_value"))), c.hexNumber("win_prob_hex"));
    same("ev", toText(ev), c.text("ev_fraction"));
    same("rounded", toFixed(ev, 5), c.text("ev_rounded_5"));
}

void checkWinProb(const VectorCase &c)
{
    const U256 winProb = winProbFor(orThrow(u256FromDecimal(c.text("face_value"))), c.wei("ticket_ev"));
    same("win prob", toDecimal(winProb), c.text("win_prob_decimal"));
    same("wire", toMinimalBytes(winProb), c.bytes("win_prob_wire_hex"));
}

void checkFaceValue(const VectorCase &c)
{
    FaceValueTerms terms;
    terms.gasPrice = c.wei("gas_price");
    terms.redeemGas = static_cast<quint64>(c.integer("redeem_gas"));
    terms.txCostMultiplier = static_cast<quint64>(c.integer("tx_cost_multiplier"));
    terms.ticketEv = c.wei("ticket_ev");
    terms.maxFaceValue = c.wei("max_face_value");
    const auto face = faceValueFor(terms, c.wei("max_float"));
    same("face value", face ? toDecimal(*face) : QStringLiteral("none"), c.has("face_value") ? c.text("face_value") : QStringLiteral("none"));
    same("error", face ? QString() : face.error().message(), c.has("error") ? c.text("error") : QString());
}

void checkFee(const VectorCase &c)
{
    same("fee", toText(c.price().fee(c.wei("units"))), c.text("fee"));
}

void checkTicketsNeeded(const VectorCase &c)
{
    const TicketNeed need = ticketsNeeded(c.rational("existing_credit"), c.rational("fee"), c.rational("ticket_ev"));
    sameMoney("min credit", need.minCredit, c, "min_credit");
    same("tickets", toDecimal(need.count), toDecimal(c.wei("num_tickets")));
    sameMoney("new credit", need.newCredit, c, "new_credit");
    sameMoney("balance", need.newBalance, c, "balance_after_debit");
}

void checkByocTicketCount(const VectorCase &c)
{
    same("tickets", QString::number(goGatewayTickets(c.rational("cost"), c.rational("ticket_ev"))), QString::number(c.integer("num_tickets")));
}

void checkSignerPayment(const VectorCase &c)
{
    const Rational ev = expectedValue(orThrow(u256FromDecimal(c.text("face_value"))), c.hexNumber("win_prob_hex"));
    const auto elapsed = c.has("elapsed_seconds") ? std::optional(c.rational("elapsed_seconds")) : std::nullopt;
    const SignerCharge charge = orThrow(signerCharge(c.text("type"), c.price(), ev, c.rational("prior_balance"), elapsed, c.integer("in_pixels")));
    same("units", toDecimal(charge.units), toDecimal(c.wei("billable_units")));
    sameMoney("fee", charge.fee, c, "fee");
    same("tickets", toDecimal(charge.count), toDecimal(c.wei("num_tickets")));
    same("status", QString::number(charge.httpStatus), QString::number(c.integer("http_status")));
    same("balance", charge.newBalance ? toText(*charge.newBalance) : QStringLiteral("none"),
         c.has("new_balance") ? c.text("new_balance") : QStringLiteral("none"));
}

void checkSenderValidation(const VectorCase &c)
{
    TicketParams params;
    params.faceValue = orThrow(u256FromDecimal(c.text("face_value")));
    params.winProb = c.hexNumber("win_prob_hex");
    params.expirationBlock = U256(c.integer("expiration_block"));
    const SenderPolicy policy{c.wei("max_ticket_ev"), c.wei("max_total_ev"), static_cast<quint64>(c.integer("deposit_multiplier"))};
    SenderFunds funds;
    funds.deposit = c.wei("deposit");
    funds.reserve = c.wei("reserve_funds_remaining");
    funds.withdrawRound = static_cast<quint64>(c.integer("withdraw_round"));
    const SenderView view{static_cast<quint64>(c.integer("latest_l1_block")), static_cast<quint64>(c.integer("last_initialized_round")), funds};
    const auto verdict = validateTicketParams(&params, static_cast<int>(c.integer("num_tickets")), policy, view);
    same("error", verdict ? QString() : verdict.error().message(), c.has("error") ? c.text("error") : QString());
}

/// One step of an accounting trace; whether it was allowed, for those that may be refused.
std::optional<bool> runOp(Ledger &ledger, const Address &sender, const QString &id, const VectorCase &op, const Rational &ev)
{
    const QString name = op.text("op");
    if (name == QStringLiteral("credit_tickets")) {
        ledger.credit(sender, id, ev * op.integer("count"));
        return std::nullopt;
    }
    if (name == QStringLiteral("sufficient_for_segment"))
        return ledger.sufficientFor(sender, id, op.rational("ticket_ev"));
    if (name == QStringLiteral("byoc_start_allowed"))
        return ledger.sufficientFor(sender, id, op.price().fee(60));
    const Rational fee = op.price().fee(op.wei("units"));
    if (op.has("fee"))
        sameMoney("fee", fee, op, "fee");
    if (name == QStringLiteral("account_units"))
        return ledger.accountUnits(sender, id, fee).hasValue();
    if (name != QStringLiteral("debit_units"))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("unknown op ") + name);
    ledger.debit(sender, id, fee);
    return std::nullopt;
}

void checkAccountingTrace(const VectorCase &c)
{
    MemoryRecipientStore store;
    Ledger ledger(store, Clock::system(), std::make_shared<std::recursive_mutex>());
    const Address sender;
    const QString id = QStringLiteral("id");
    for (const Json &item : c.json().value(QStringLiteral("ops")).items()) {
        const VectorCase op(item);
        const auto allowed = runOp(ledger, sender, id, op, c.rational("ticket_ev"));
        if (allowed && op.has("ok"))
            same("ok", *allowed, op.flag("ok"));
        const auto balance = ledger.balance(sender, id);
        same("balance", balance ? toText(*balance) : QStringLiteral("none"), op.has("balance") ? op.text("balance") : QStringLiteral("none"));
    }
}

void checkBalanceRendering(const VectorCase &c)
{
    const Rational balance = c.rational("balance");
    same("header", QString::fromLatin1(balance_text::header(balance)), c.text("balance_header"));
    same("token", QString::number(balance_text::token(balance)), c.text("job_token_balance"));
}

} // namespace

QMap<QString, VectorCheck> ticketChecks()
{
    return {{"ticket", checkTicket},
            {"recipient_rand", checkRecipientRand},
            {"recipient_rand_derivation", checkRandDerivation},
            {"win_decision", checkWinDecision},
            {"expected_value", checkExpectedValue},
            {"win_prob", checkWinProb},
            {"face_value", checkFaceValue},
            {"fee", checkFee},
            {"tickets_needed", checkTicketsNeeded},
            {"byoc_ticket_count", checkByocTicketCount},
            {"signer_payment", checkSignerPayment},
            {"sender_validation", checkSenderValidation},
            {"accounting_trace", checkAccountingTrace},
            {"balance_rendering", checkBalanceRendering}};
}
