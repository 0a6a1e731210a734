#pragma once

#include "sluice/zerog/ledger.h"

/// The contract's functions, answers, errors and events as bytes (zerog-serving.md 4). Pure; errors are Rpc.
namespace sluice::zerog::contract {

// What is sent: selector and arguments.
[[nodiscard]] QByteArray depositFund(const Address &provider);
[[nodiscard]] QByteArray requestRefund(const Address &provider, const U256 &amount);
[[nodiscard]] QByteArray processRefund(const Address &provider, const QList<quint64> &indices);
[[nodiscard]] QByteArray addOrUpdateService(const Service &service);
[[nodiscard]] QByteArray removeService(const QString &name);
[[nodiscard]] QByteArray settleFees(const QList<RequestTrace> &traces);
[[nodiscard]] QByteArray getAccount(const Address &user, const Address &provider);
[[nodiscard]] QByteArray getAllAccounts();
[[nodiscard]] QByteArray getService(const Address &provider, const QString &name);
[[nodiscard]] QByteArray getAllServices();
[[nodiscard]] QByteArray lockTime();
[[nodiscard]] QByteArray verify(const Request &request);
[[nodiscard]] QByteArray updateLockTime(qint64 seconds);
[[nodiscard]] QByteArray initialize(qint64 lockTime, const Address &owner);

// What comes back.
[[nodiscard]] Expected<Account> accountFrom(QByteArrayView returned);
[[nodiscard]] Expected<QList<Account>> accountsFrom(QByteArrayView returned);
[[nodiscard]] Expected<Service> serviceFrom(QByteArrayView returned);
[[nodiscard]] Expected<QList<Service>> servicesFrom(QByteArrayView returned);
[[nodiscard]] Expected<qint64> secondsFrom(QByteArrayView returned);

/// What a call was undone with: an error of the contract, Panic, or Error(string). Never fails: what it does not know is Reverted.
[[nodiscard]] Refusal refusalFrom(QByteArrayView revertData);

/// The first topics of the four events.
[[nodiscard]] QList<Hash32> eventTopics();
/// One log; nothing for other events.
[[nodiscard]] Expected<std::optional<LedgerEvent>> eventFrom(const QList<Hash32> &topics, QByteArrayView data, quint64 block);

} // namespace sluice::zerog::contract
