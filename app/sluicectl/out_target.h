#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice::ctl {

/// What --out names. A file is replaced as a whole, when all of it is there; a pipe, a device or an open file (/dev/stdout) is
/// written into and stays what it is.
class OutTarget {
public:
    explicit OutTarget(QString path);
    ~OutTarget();
    OutTarget(const OutTarget &) = delete;
    OutTarget &operator=(const OutTarget &) = delete;

    /// Before anything is sent or paid: InvalidInput when it cannot be written. Waits for the reader of a named pipe.
    QCoro::Task<void> prepare();
    /// Storage when not all of it could be written.
    void write(const QByteArray &bytes);

private:
    enum class Kind { File, Stream };
    [[nodiscard]] int openStream() const;

    QString m_path;
    Kind m_kind = Kind::File;
    int m_file = -1;
};

} // namespace sluice::ctl
