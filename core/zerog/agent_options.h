#pragma once

#include "sluice/zerog/chain_ledger.h"

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace sluice::zerog {

/// Opens the ledger that an agent works with. Called once, on the thread on which the agent then uses it. Throws Error.
using LedgerMaker = std::function<std::unique_ptr<Ledger>()>;

/// A ledger file for the agents of this process; several of them, and other processes, may share the file.
[[nodiscard]] LedgerMaker ledgerFile(const QString &path);

/// A contract on a chain, with connections of its own to the node.
[[nodiscard]] LedgerMaker ledgerOnChain(const ChainLedger::Options &options);

/// Where an agent keeps its own state when nobody says where: beside the ledger's file, one for each role and key.
[[nodiscard]] QString stateFileBeside(const QString &ledgerFile, const QString &role, const Address &address);

} // namespace sluice::zerog
