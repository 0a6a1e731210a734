#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace sluice {

/// The body of a `multipart/form-data` request (RFC 7578), part by part in the order of adding. A value; no I/O.
class MultipartForm {
public:
    /// With a boundary of its own; a test may name one.
    MultipartForm();
    explicit MultipartForm(QByteArray boundary);

    /// `name` and `value` in UTF-8.
    void addField(QByteArrayView name, QByteArrayView value);
    /// `type`: the media type of the bytes.
    void addFile(QByteArrayView name, QByteArrayView fileName, QByteArrayView type, QByteArrayView bytes);

    /// For the request's `Content-Type`.
    [[nodiscard]] QByteArray contentType() const;
    [[nodiscard]] QByteArray body() const;

private:
    void begin(QByteArrayView name);

    QByteArray m_boundary;
    QByteArray m_parts;
};

} // namespace sluice
