#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <optional>

/// What the contract keeps, as values (zerog-serving.md 1.2). No I/O.
///
/// A caller may rely on this: amounts, prices, counts and nonces are exact 256-bit words (make sums and products in Wei); times are whole
/// Unix seconds; addresses compare as 20 bytes, whatever their spelling was; fromJson() takes keys in any letter case (the last duplicate
/// wins), amounts as numbers or as strings of digits, and refuses everything else with a typed InvalidInput that names the field.
namespace sluice::zerog {

/// RFC 3339 in whole seconds, UTC, with "Z": the T of section 10.
[[nodiscard]] QString timeText(qint64 seconds);
/// Reads RFC 3339 with `Z` or an offset (a fraction is floored), or a bare integer of Unix seconds.
[[nodiscard]] Expected<qint64> timeFromJson(const Json &value, const QString &what);
/// A member by its name in any letter case, the last one of several; null when there is none. As Go decodes.
[[nodiscard]] Json memberOf(const Json &object, const QString &name);
[[nodiscard]] bool hasMember(const Json &object, const QString &name);

enum class ServiceType { Chatbot, Storage };
/// "chatbot", "zgStorage".
[[nodiscard]] QString toText(ServiceType type);
/// By its exact text; nothing for others, which are no error in a list but cannot be registered or called.
[[nodiscard]] std::optional<ServiceType> serviceType(const QString &text);

/// A provider's service as the contract lists it. `url` is the provider agent's public base URL there, the target in the agent's own list.
struct Service {
    Service() = default;

    Address provider;
    QString name;
    QString type; ///< as registered; see serviceType()
    QString url;
    U256 inputPrice = 0;  ///< neuron per word (chatbot) or per byte (zgStorage)
    U256 outputPrice = 0;
    qint64 updatedAt = 0;

    enum class Keys {
        Pascal,   ///< the user agent's list: `UpdatedAt, Provider, …`, prices as strings (rule 9)
        Camel,    ///< one service at the user agent: `updatedAt, provider, …`, prices as numbers
        Provider, ///< the provider agent's own: as Camel, without `provider`
        Ledger,   ///< `zerog ledger show`: ABI's names and order, amounts as strings, `updatedAt` a number
    };
    [[nodiscard]] Json toJson(Keys keys) const;
    /// Any of these forms. `type` may be called `serviceType`; `provider` and `updatedAt` may be missing.
    [[nodiscard]] static Expected<Service> fromJson(const Json &json);
    /// The body of POST and PUT /v1/service: URL, inputPrice, outputPrice, Type and Name are all required, the type is a known one, no
    /// price is 0. The error's message ends as the page's ("invalid service type"); `provider` and `updatedAt` are left empty.
    [[nodiscard]] static Expected<Service> fromRegistration(const Json &body);

    bool operator==(const Service &) const = default;
};

/// What one call costs: counts times the service's prices, without bound and so without wrapping.
[[nodiscard]] Wei feeOf(const Service &service, const U256 &inputCount, const U256 &previousOutputCount);

/// Money that was asked back from a provider's account, to be had `lockTime` later.
struct Refund {
    Refund() = default;

    quint64 index = 0; ///< its place among all of the account's refunds
    U256 amount = 0;   ///< what is still to be paid; a settlement may have taken from it, down to 0
    qint64 createdAt = 0;
    bool processed = false;
    U256 cancelled = 0; ///< what settlements took; known by the local ledger only, else 0

    /// `{"index","provider","createdAt","amount","processed"}`, time as text, amount as a number.
    [[nodiscard]] Json toJson(const Address &provider) const;
    /// `{"index","amount","createdAt","processed"}`, amount as a string, time as a number.
    [[nodiscard]] Json toLedgerJson() const;
    [[nodiscard]] static Expected<Refund> fromJson(const Json &json);
    bool operator==(const Refund &) const = default;
};

/// What a user holds at a provider. At all times pendingRefund <= balance and pendingRefund is the sum of the open refunds.
struct Account {
    Account() = default;

    Address user;
    Address provider;
    U256 nonce = 0; ///< the highest that was settled
    U256 balance = 0;
    U256 pendingRefund = 0;
    QList<Refund> refunds; ///< all of them, by index

    /// balance - pendingRefund: what a provider can count on ("lockBalance").
    [[nodiscard]] U256 available() const { return balance >= pendingRefund ? U256(balance - pendingRefund) : U256(0); }
    /// Those that are not processed, as the user agent's JSON shows them.
    [[nodiscard]] QList<Refund> openRefunds() const;

    /// The user agent's form: `{"provider","balance","pendingRefund","refunds","lastResponseTokenCount","nonce"}` with open refunds only.
    [[nodiscard]] Json toJson(const std::optional<U256> &lastResponseTokenCount) const;
    /// `{"user","provider","nonce","balance","pendingRefund","refunds"}` with all refunds, amounts as strings.
    [[nodiscard]] Json toLedgerJson() const;
    /// Either form; `user` may be missing.
    [[nodiscard]] static Expected<Account> fromJson(const Json &json);
    bool operator==(const Account &) const = default;
};

/// One call as its user signed it: the only voucher that a provider has. What is signed says request_hash.h.
struct Request {
    Request() = default;

    Address user;
    U256 nonce = 0;
    QString serviceName;
    U256 inputCount = 0;
    U256 previousOutputCount = 0;
    QByteArray signature; ///< as it came: 65 bytes when it is one
    qint64 createdAt = 0;

    /// `{"userAddress","nonce","serviceName","inputCount","previousOutputCount","signature","createdAt"}`, numbers bare, time a number.
    [[nodiscard]] Json toJson() const;
    /// The provider agent's row (section 10, line 6): `createdAt` first and as text, `processed` and `fee` behind the signature.
    [[nodiscard]] Json toRowJson(bool processed, const Wei &fee) const;
    /// Either; `createdAt` may be a number or RFC 3339. A signature that is no hex is InvalidInput, one of a wrong length is kept.
    [[nodiscard]] static Expected<Request> fromJson(const Json &json);
    bool operator==(const Request &) const = default;
};

/// What one user pays with one settlement. All requests are of that user; nonces rise.
struct RequestTrace {
    RequestTrace() = default;
    explicit RequestTrace(QList<Request> all)
        : requests(std::move(all))
    {
    }
    QList<Request> requests;

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<RequestTrace> fromJson(const Json &json);
    bool operator==(const RequestTrace &) const = default;
};

/// A user at the provider agent (section 10, line 12).
struct UserAccount {
    UserAccount() = default;

    Address user;
    std::optional<U256> lastRequestNonce;
    U256 lockBalance = 0;
    qint64 lastBalanceCheckTime = 0;
    std::optional<U256> lastResponseTokenCount;
    std::optional<Wei> unsettledFee;

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<UserAccount> fromJson(const Json &json);
    bool operator==(const UserAccount &) const = default;
};

/// `{"metadata":{"total":N},"items":[…]}`, with `"fee"` behind them for lists of requests and refunds.
[[nodiscard]] Json listJson(const QList<Json> &items, const std::optional<Wei> &fee = {});
/// The user agent's list of services: `{"Metadata":{"total":N},"Items":[…]}` (rule 9).
[[nodiscard]] Json serviceListJson(const QList<Service> &services);
/// The items of either envelope; Protocol when it is none.
[[nodiscard]] Expected<QList<Json>> itemsOf(const Json &list);

/// `{"error":"<text>"}`.
[[nodiscard]] Json errorJson(const QString &text);

} // namespace sluice::zerog

Q_DECLARE_METATYPE(sluice::zerog::Service)
Q_DECLARE_METATYPE(sluice::zerog::Account)
