#pragma once

#include "sluice/base/json.h"
#include "sluice/net/headers.h"
#include "sluice/zerog/entities.h"

#include <memory>

/// What is charged: words of a chat, bytes of storage (zerog-serving.md 2.4 to 2.6). Pure, bounded, no I/O.
///
/// A caller may rely on this: both agents use the same functions on the same bytes, so their counts agree; nothing here changes a byte
/// that is relayed; a body or an answer that cannot be counted is a typed error and never a count of 0.
namespace sluice::zerog {

/// The number of maximal runs of characters that are no space. Spaces are the page's set and no others (U+200B, U+FEFF are none).
[[nodiscard]] qint64 countWords(QStringView text);

/// A client's body as the user agent sends it on: the first JSON object of `body`, written as Go does (keys sorted by bytes at every
/// level, no white space, `<` `>` `&` U+2028 U+2029 escaped, numbers through binary64, bad UTF-8 and lone surrogates as U+FFFD).
/// InvalidInput for anything that is no JSON object, for numbers beyond binary64 (1e999) and for nesting beyond 200.
[[nodiscard]] Expected<QByteArray> forwardedBody(QByteArrayView body);

/// What a forwarded body costs on the way in. chatbot: words of all `messages[i].content` (null and missing count 0, an array of parts is
/// InvalidInput); zgStorage: its bytes.
[[nodiscard]] Expected<U256> inputCount(ServiceType type, QByteArrayView forwarded);

/// The rule of section 3, line 7: what is declared for the answer before is the stored count or more. The error's message is
/// `invalid previousOutputCount, expected X, but received Y`.
[[nodiscard]] Expected<void> checkPreviousOutput(const U256 &stored, const U256 &declared);
/// Line 6, exact in profile A: `invalid inputCount, expected X, but received Y`.
[[nodiscard]] Expected<void> checkInputCount(const U256 &own, const U256 &declared);
/// Line 8: `invalid nonce, received nonce Y not greater than the previous nonce: X`.
[[nodiscard]] Expected<void> checkNonce(const U256 &last, const U256 &given);

/// Counts one answer of a service while it is relayed. Give it every byte as it came (also packed ones) and send on what it gives back.
///
/// A piece that `completes` must not leave before its count is stored: store, then forward (2.6). An answer counts once, or not at all.
class AnswerCounter {
public:
    struct Piece {
        Piece() = default;
        QByteArray bytes;       ///< to be forwarded, as the service sent them
        bool completes = false; ///< after this piece outputCount() is known; store it before the piece is forwarded
    };
    struct Limits {
        qsizetype maxAnswerBytes = 64 * 1024 * 1024; ///< of a whole answer of a chatbot, unpacked; of a packed stream, too
        qsizetype maxEventBytes = 4 * 1024 * 1024;   ///< of one event
    };

    /// `status` and `headers` of the service's answer decide how it is counted: by `Content-Type` as a stream or a whole one, unpacked by
    /// `Content-Encoding` (gzip, deflate, br) for a chatbot. A status other than 200 counts nothing. Give raw bytes: with a client that
    /// unpacks by itself, leave `Content-Encoding` out of `headers`.
    AnswerCounter(ServiceType type, int status, const Headers &headers);
    AnswerCounter(ServiceType type, int status, const Headers &headers, Limits limits);
    ~AnswerCounter();
    AnswerCounter(const AnswerCounter &) = delete;
    AnswerCounter &operator=(const AnswerCounter &) = delete;

    /// Whether pieces come out before the end: of event streams, of storage and of answers that count nothing. A chat's whole answer comes
    /// out of finish() in one piece, so that a status can still be chosen when it cannot be counted.
    [[nodiscard]] bool streams() const;

    /// The pieces that these bytes made ready: whole events of a stream, each once, and nothing behind `[DONE]`; of storage what came
    /// before (the last bytes are held back for finish(), which completes). An event that is no answer is passed on, and the stream then
    /// counts nothing. Protocol or TooLarge when a chatbot's answer cannot be unpacked or passes a bound: the relay ends.
    [[nodiscard]] Expected<QList<Piece>> feed(QByteArrayView bytes);
    /// At the end of the answer: what is left to be forwarded. For a whole answer Protocol when it has no countable content, with the
    /// service's `error.message` where it gave one; then it is answered with 400 and charged nothing (statement 46).
    [[nodiscard]] Expected<QList<Piece>> finish();

    /// Units of the answer; nothing while it is incomplete, cut short or not countable.
    [[nodiscard]] std::optional<U256> outputCount() const;
    /// After `[DONE]`: what the service still sends is dropped.
    [[nodiscard]] bool ended() const;

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

} // namespace sluice::zerog
