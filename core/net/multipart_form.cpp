#include "sluice/net/multipart_form.h"

#include <QtCore/QUuid>

#include <utility>

namespace sluice {

namespace {

/// As browsers write a name between quotes, so that it cannot end its header.
QByteArray quoted(QByteArrayView name)
{
    QByteArray text = name.toByteArray();
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    return '"' + text + '"';
}

} // namespace

MultipartForm::MultipartForm()
    : MultipartForm(QUuid::createUuid().toByteArray(QUuid::Id128) + QUuid::createUuid().toByteArray(QUuid::Id128))
{
}

MultipartForm::MultipartForm(QByteArray boundary)
    : m_boundary(std::move(boundary))
{
}

void MultipartForm::begin(QByteArrayView name)
{
    m_parts += "--" + m_boundary + "\r\nContent-Disposition: form-data; name=" + quoted(name);
}

void MultipartForm::addField(QByteArrayView name, QByteArrayView value)
{
    begin(name);
    m_parts += "\r\n\r\n";
    m_parts.append(value).append("\r\n");
}

void MultipartForm::addFile(QByteArrayView name, QByteArrayView fileName, QByteArrayView type, QByteArrayView bytes)
{
    begin(name);
    m_parts += "; filename=" + quoted(fileName) + "\r\nContent-Type: " + type.toByteArray() + "\r\n\r\n";
    m_parts.append(bytes).append("\r\n");
}

QByteArray MultipartForm::contentType() const
{
    return "multipart/form-data; boundary=" + m_boundary;
}

QByteArray MultipartForm::body() const
{
    return m_parts + "--" + m_boundary + "--\r\n";
}

} // namespace sluice
