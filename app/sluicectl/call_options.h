#pragma once

#include "command_line.h"

#include "sluice/backend/call.h"

namespace sluice::ctl {

/// The options that make a Call: `--input`, `--file`, `--timeout`, `--max-spend`, …
void addCallOptions(CommandLine &line);
/// `--max-price`, which live has as well.
void addMaxPriceOption(CommandLine &line);

/// An amount option, such as "0.01 ETH", "8 gwei" or a number of wei, in decimal wei; nothing when it is not given. InvalidInput names it.
[[nodiscard]] std::optional<QString> weiOption(const CommandLine &line, const QString &option);

/// The Call that `line` describes. InvalidInput names the option that does not fit; reads files and standard input.
[[nodiscard]] Call callFrom(const CommandLine &line, Verb verb);

/// The same without the input and what only run and stream have; an option that `line` does not know is left alone.
[[nodiscard]] Call callWithout(const CommandLine &line, Verb verb);

/// The text behind `JSON|@file|-`: itself, the file's content, or all of standard input. InvalidInput when it
/// cannot be read or is larger than 64 MiB.
[[nodiscard]] QByteArray readArgument(const QString &argument, const QString &option);

} // namespace sluice::ctl
