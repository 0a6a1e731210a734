#pragma once

#include <QtCore/QByteArray>

#include <grpcpp/support/byte_buffer.h>

#include <vector>

namespace sluice::livepeer {

inline QByteArray bytesOf(const grpc::ByteBuffer &buffer)
{
    std::vector<grpc::Slice> slices;
    QByteArray bytes;
    if (!buffer.Dump(&slices).ok())
        return bytes;
    for (const grpc::Slice &slice : slices)
        bytes.append(reinterpret_cast<const char *>(slice.begin()), qsizetype(slice.size()));
    return bytes;
}

inline grpc::ByteBuffer bufferOf(const QByteArray &bytes)
{
    const grpc::Slice slice(bytes.constData(), size_t(bytes.size()));
    return grpc::ByteBuffer(&slice, 1);
}

} // namespace sluice::livepeer
