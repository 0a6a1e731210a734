#pragma once

#include "command_line.h"

#include "sluice/crypto/private_key.h"
#include "sluice/zerog/agent_options.h"

namespace sluice::ctl {

/// `--ledger FILE` and `--key HEX`, which the commands of 0G serving share. `whose` says what the key does.
void addZerogOptions(CommandLine &line, const QString &whose);
/// What amounts are in, below the options.
void addNeuronNote(CommandLine &line);
/// The file of --ledger; Config when it is not there.
[[nodiscard]] QString zerogLedgerFile(const CommandLine &line);
/// `--chain URL` and `--contract ADDRESS`, a ledger that an agent can have in place of the file, and what its node is believed.
void addZerogChainOptions(CommandLine &line);
/// The file, or the contract; Config when neither or both are said, or only half of the contract.
using ZerogLedgerMaker = zerog::LedgerMaker;
[[nodiscard]] ZerogLedgerMaker zerogLedgerMaker(const CommandLine &line);
/// The key of --key or SLUICE_ZEROG_KEY: 64 hex digits, or the path of a file that holds them. Config when there is none.
[[nodiscard]] PrivateKey zerogKey(const CommandLine &line);

} // namespace sluice::ctl
