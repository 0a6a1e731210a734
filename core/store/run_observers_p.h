#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

namespace sluice::detail {

/// Carries changes from the database's thread to subscribers; the signal crosses threads.
class RunObservers : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    void changed(const QString &id);
};

} // namespace sluice::detail
