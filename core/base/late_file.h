#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <memory>
#include <optional>

namespace sluice {

/// A file that is written as its content comes, and whose old content goes when the first of it has come: who fails before leaves it as it was. A
/// file that was not there and that nothing came for is not left behind. Pipes and devices are written into.
class LateFile final {
public:
    /// Storage when it could not be written.
    [[nodiscard]] static Expected<std::unique_ptr<LateFile>> open(const QString &path);
    ~LateFile();
    LateFile(const LateFile &) = delete;
    LateFile &operator=(const LateFile &) = delete;

    /// Nothing when all of it is with the system, else the system's reason.
    [[nodiscard]] std::optional<QString> write(const QByteArray &bytes);

private:
    LateFile(QString path, int file, bool made);

    QString m_path;
    int m_file;
    bool m_made; ///< there was none
    bool m_begun = false;
};

} // namespace sluice
