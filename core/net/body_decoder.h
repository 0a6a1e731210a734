#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <memory>

namespace sluice {

/// Undoes the Content-Encoding of an answer piece by piece: gzip (also several members) and deflate (with zlib's header or
/// without). Pure; made for answers that are packed although the request did not ask for it. An answer that only says it is gzip passes as it is.
///
/// However much a few bytes unpack to, take() gives no more at once than it is asked for, and holds no more than zlib's window.
class BodyDecoder {
public:
    /// What is to be done about a value of Content-Encoding.
    enum class Kind { None, Known, Unknown };
    [[nodiscard]] static Kind kindOf(QByteArrayView contentEncoding);
    /// For a Known one.
    explicit BodyDecoder(QByteArrayView contentEncoding);
    ~BodyDecoder();
    BodyDecoder(const BodyDecoder &) = delete;
    BodyDecoder &operator=(const BodyDecoder &) = delete;

    /// Bytes as they came.
    void feed(const QByteArray &packed);
    /// At most `maxBytes` of what they are; empty when more must be fed. Protocol when they are not what was said.
    [[nodiscard]] Expected<QByteArray> take(qsizetype maxBytes);
    /// Whether the packed data had its end.
    [[nodiscard]] bool complete() const;

private:
    class Inflater;
    bool begin();

    QByteArray m_name;
    QByteArray m_in;
    std::unique_ptr<Inflater> m_inflater;
    bool m_asIs = false;
    bool m_ended = false;
    bool m_any = false;
};

} // namespace sluice
