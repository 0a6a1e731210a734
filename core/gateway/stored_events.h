#pragma once

#include "sluice/backend/run_result.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace sluice {

/// The event as the history keeps it: as it stood on the wire.
[[nodiscard]] QByteArray storedForm(const StreamEvent &event);

/// The events of a stream that the history kept (RunRecord::resultBytes, RunResult::content of a past run). What was cut
/// off in the middle of an event ends before it.
[[nodiscard]] QList<StreamEvent> storedEvents(const QByteArray &content);

/// The words of an event stream that came in place of an answer; nothing when it speaks no dialect of chat.
[[nodiscard]] std::optional<QString> wordsOfEvents(const QByteArray &content);

} // namespace sluice
