#include "sluice/openai/chat_event.h"

#include "sluice/openai/compat.h"

namespace sluice::openai {

QByteArray ChatEvent::data() const
{
    const bool original = mapping == Mapping::Compat;
    switch (kind) {
    case Kind::Chunk:
        return original ? compat::text(chunk) : chunk.toText();
    case Kind::Complete:
        return original ? QByteArray() : QByteArray("[DONE]");
    case Kind::Incomplete:
        return original ? QByteArray() : error.toJson().dump();
    case Kind::Failed:
        return original ? compat::text(error) : error.toJson().dump();
    }
    return {};
}

QByteArray ChatEvent::sse() const
{
    const QByteArray text = data();
    if (text.isEmpty() || (mapping == Mapping::Compat && isEnd()))
        return text;
    return "data: " + text + "\n\n";
}

} // namespace sluice::openai
