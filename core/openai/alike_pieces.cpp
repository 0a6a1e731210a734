#include "alike_pieces_p.h"

#include "keys_p.h"

#include <QtCore/QUtf8StringView>

#include <algorithm>
#include <cstring>

namespace sluice::openai {

namespace {

constexpr int LookCosts = 8;
constexpr int MostCredit = 64;
constexpr int MostPlaces = 4;
const QByteArray Probe = QByteArrayLiteral("Sluice's probe");

/// The same in JSON and outside of it.
bool isPlain(QByteArrayView text)
{
    if (text.isEmpty() || text.startsWith("\xEF\xBB\xBF"))
        return false;
    bool ascii = true;
    for (const char c : text) {
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20)
            return false;
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    }
    return ascii || QUtf8StringView(text.data(), text.size()).isValidUtf8();
}

bool endsWithEvent(QByteArrayView bytes)
{
    return bytes.endsWith("\n\n") || bytes.endsWith("\r\n\r\n");
}

/// The last of some whole events; empty when it is more than one line.
QByteArrayView lastEvent(QByteArrayView bytes)
{
    const QByteArrayView blank = bytes.endsWith("\r\n\r\n") ? QByteArrayView("\r\n\r\n") : QByteArrayView("\n\n");
    const QByteArrayView open = bytes.chopped(blank.size());
    const qsizetype before = open.lastIndexOf(blank);
    const QByteArrayView line = before < 0 ? open : open.sliced(before + blank.size());
    if (line.contains('\n') || line.contains('\r') || !line.startsWith("data:"))
        return {};
    return bytes.last(line.size() + blank.size());
}

/// Whether the event is one piece of one choice's text, and nothing else that is to be kept.
bool isOnlyText(const ChatEvent &event)
{
    if (event.kind != ChatEvent::Kind::Chunk || event.mapping != Mapping::Semantic || event.chunk.usage || event.chunk.choices.size() != 1)
        return false;
    const ChatChunk::Choice &choice = event.chunk.choices.first();
    return !choice.finishReason && choice.delta.size() == 1 && choice.delta.value(keys::Content).isString();
}

bool isLast(const ChatEvent &event)
{
    const auto finishes = [](const ChatChunk::Choice &choice) { return choice.finishReason.has_value(); };
    return event.isEnd() || std::any_of(event.chunk.choices.begin(), event.chunk.choices.end(), finishes);
}

} // namespace

AlikePieces::AlikePieces(const ChatRequest &request, Dialect dialect, StreamTransform &transform, ChatFace &face)
    : m_transform(transform)
    , m_face(face)
    // Stop texts are looked for from one piece to the next; several calls share an answer.
    , m_off(!face.repeats() || transform.calls() != 1 || (dialect != Dialect::OpenAi && !request.stop.isEmpty()))
{
}

QByteArray AlikePieces::take(QByteArrayView &bytes)
{
    QByteArray on;
    while (m_form && m_between && bytes.startsWith(m_form->before)) {
        const QByteArrayView from = bytes.sliced(m_form->before.size());
        const qsizetype size = from.indexOf('"');
        if (size < 0 || !from.sliced(size).startsWith(m_form->after) || !isPlain(from.first(size)))
            break;
        on.reserve(on.size() + m_form->outBefore.size() + size + m_form->outAfter.size());
        on.append(m_form->outBefore).append(from.first(size)).append(m_form->outAfter);
        bytes = from.sliced(size + m_form->after.size());
        m_credit = std::min(MostCredit, m_credit + 1);
    }
    return on;
}

void AlikePieces::learn(QByteArrayView bytes, const QList<ChatEvent> &events)
{
    if (m_off)
        return;
    m_off = m_transform.ended() || std::any_of(events.begin(), events.end(), isLast);
    m_between = !m_off && endsWithEvent(bytes);
    if (m_off)
        m_form.reset();
    if (!m_between || m_credit < LookCosts || events.isEmpty() || !isOnlyText(events.last()))
        return;
    m_credit -= LookCosts;
    const QByteArrayView event = lastEvent(bytes);
    if (event.isEmpty())
        return;
    if (auto form = formOf(event, events.last()))
        m_form = std::move(form); // else the one before is as good as it was
}

std::optional<AlikePieces::Form> AlikePieces::formOf(QByteArrayView event, const ChatEvent &made)
{
    const QByteArray text = made.chunk.choices.first().text().toUtf8();
    const auto json = Json::parse(event.sliced(qstrlen("data:")).trimmed());
    // Usage counts even where it is not told.
    if (!isPlain(text) || text == Probe || !json || Usage::in(*json))
        return std::nullopt;
    const QByteArray written = m_face.event(made);
    const QByteArray quoted = '"' + text + '"';
    qsizetype at = event.indexOf(quoted);
    for (int i = 0; at >= 0 && i < MostPlaces; ++i) {
        if (auto form = proven(event, written, text, at + 1))
            return form;
        at = event.indexOf(quoted, at + 1);
    }
    return std::nullopt;
}

/// The text stands at `at` when another one there comes out as the same event with that other one. Such a piece changes nothing in the transform.
std::optional<AlikePieces::Form> AlikePieces::proven(QByteArrayView event, const QByteArray &written, const QByteArray &text, qsizetype at)
{
    Form form;
    form.before = event.first(at).toByteArray();
    form.after = event.sliced(at + text.size()).toByteArray();
    const QList<ChatEvent> events = m_transform.feed(form.before + Probe + form.after);
    if (events.size() != 1 || !isOnlyText(events.first()) || events.first().chunk.choices.first().text().toUtf8() != Probe)
        return std::nullopt;
    const QByteArray probe = m_face.event(events.first());
    const qsizetype there = probe.indexOf(Probe);
    if (there < 0)
        return std::nullopt;
    form.outBefore = probe.left(there);
    form.outAfter = probe.mid(there + Probe.size());
    if (form.outBefore + text + form.outAfter != written)
        return std::nullopt;
    return form;
}

} // namespace sluice::openai
