#include "alike_pieces_p.h"

#include "keys_p.h"

#include <QtCore/QUtf8StringView>

#include <algorithm>
#include <utility>

namespace sluice::openai {

namespace {

constexpr int LookCosts = 8;
constexpr int MostCredit = 64;
constexpr int MostPlaces = 4;
constexpr int MostNumbers = 12;
constexpr qsizetype MostDigits = 15;
const QByteArray Probe = QByteArrayLiteral("Sluice's probe");

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Of a whole number that begins there, not below zero and not too long to be counted with; else 0.
qsizetype digitsAt(QByteArrayView text)
{
    const qsizetype size = std::find_if_not(text.begin(), text.end(), isDigit) - text.begin();
    return size <= MostDigits && (size == 1 || !text.startsWith('0')) ? size : 0;
}

struct Span {
    qsizetype at = 0;
    qsizetype size = 0;
};

/// The whole numbers of an event outside of its texts.
QList<Span> numbersIn(const QByteArray &event)
{
    QList<Span> numbers;
    bool quoted = false;
    for (qsizetype at = 0; at < event.size(); ++at) {
        const char c = event.at(at);
        if (quoted && c == '\\') {
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && isDigit(c) && (event.at(at - 1) == ':' || event.at(at - 1) == ' ')) {
            const qsizetype size = digitsAt(QByteArrayView(event).sliced(at));
            const char behind = event.at(at + size);
            if (size > 0 && (behind == ',' || behind == '}'))
                numbers.append({at, size});
            at += size > 0 ? size - 1 : 0;
        }
    }
    return numbers;
}

/// Another number of as many digits.
QByteArray otherThan(QByteArray digits)
{
    digits[0] = digits.at(0) == '7' ? '8' : '7';
    return digits;
}

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

AlikePieces::Match AlikePieces::match(const Form &form, QByteArrayView bytes)
{
    Match found;
    QByteArrayView rest = bytes;
    for (qsizetype place = 0; place < form.parts.size(); ++place) {
        const QByteArray &part = form.parts.at(place);
        if (!rest.startsWith(part))
            return {};
        rest = rest.sliced(part.size());
        if (place == form.parts.size() - 1)
            break;
        qsizetype size = 0;
        if (place == form.text) {
            size = std::max<qsizetype>(rest.indexOf('"'), 0);
            found.text = rest.first(size);
        } else {
            size = digitsAt(rest);
        }
        if (size == 0)
            return {};
        rest = rest.sliced(size);
    }
    if (!isPlain(found.text))
        return {};
    found.size = bytes.size() - rest.size();
    return found;
}

QByteArray AlikePieces::take(QByteArrayView &bytes)
{
    QByteArray on;
    QByteArrayView last;
    const bool over = bytes.isEmpty();
    while (m_form && m_between) {
        const Match found = match(*m_form, bytes);
        if (found.size == 0)
            break;
        on.reserve(on.size() + m_form->before.size() + found.text.size() + m_form->after.size());
        on.append(m_form->before).append(found.text).append(m_form->after);
        last = bytes.first(found.size);
        bytes = bytes.sliced(found.size);
        m_credit = std::min(MostCredit, m_credit + 1);
    }
    if (!last.isEmpty())
        m_owed = last.toByteArray();
    // The transform goes on from where it would be; what it gives for this has gone on.
    if ((over || !bytes.isEmpty()) && !m_owed.isEmpty())
        (void)m_transform.feed(std::exchange(m_owed, {}));
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
    const QByteArray event = lastEvent(bytes).toByteArray();
    if (event.isEmpty())
        return;
    if (auto form = formOf(event, events.last()))
        m_form = std::move(form); // else the one before is as good as it was
}

std::optional<QByteArray> AlikePieces::written(const QByteArray &event, const QByteArray &text)
{
    const QList<ChatEvent> events = m_transform.copy().feed(event);
    if (events.size() != 1 || !isOnlyText(events.first()) || events.first().chunk.choices.first().text().toUtf8() != text)
        return std::nullopt;
    return m_face.event(events.first());
}

/// The text stands where another one comes out as the same event with that other one; a number does not matter for a piece when with another one
/// the same comes out. For the rest of the answer the last event's count, so the transform is told of that (take()).
std::optional<AlikePieces::Form> AlikePieces::formOf(const QByteArray &event, const ChatEvent &made)
{
    const QByteArray text = made.chunk.choices.first().text().toUtf8();
    if (!isPlain(text) || text == Probe)
        return std::nullopt;
    const QByteArray right = m_face.event(made);
    const QByteArray quoted = '"' + text + '"';
    const QList<Span> numbers = numbersIn(event);
    qsizetype at = event.indexOf(quoted);
    for (int i = 0; at >= 0 && i < MostPlaces; ++i, at = event.indexOf(quoted, at + 1)) {
        QByteArray other = event;
        other.replace(at + 1, text.size(), Probe);
        const auto probe = written(other, Probe);
        const qsizetype there = probe ? probe->indexOf(Probe) : -1;
        if (there < 0)
            continue;
        Form form;
        form.before = probe->left(there);
        form.after = probe->mid(there + Probe.size());
        if (form.before + text + form.after != right)
            continue;
        QList<Span> places{{at + 1, text.size()}};
        for (qsizetype n = 0; n < std::min<qsizetype>(numbers.size(), MostNumbers); ++n) {
            other = event;
            other.replace(numbers.at(n).at, numbers.at(n).size, otherThan(event.mid(numbers.at(n).at, numbers.at(n).size)));
            if (written(other, text) == right)
                places.append(numbers.at(n));
        }
        std::sort(places.begin(), places.end(), [](const Span &a, const Span &b) { return a.at < b.at; });
        qsizetype from = 0;
        for (const Span &place : std::as_const(places)) {
            if (place.at == at + 1)
                form.text = form.parts.size();
            form.parts.append(event.mid(from, place.at - from));
            from = place.at + place.size;
        }
        form.parts.append(event.mid(from));
        return form;
    }
    return std::nullopt;
}

} // namespace sluice::openai
