#pragma once

#include <QtCore/QObject>

namespace sluice::ctl {

/// Ctrl-C and SIGTERM as a signal on the main thread. A second Ctrl-C ends the program at once.
class Interrupt final : public QObject {
    Q_OBJECT
public:
    /// Installs the handlers; one per program.
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;
    /// The program's, made by main().
    static Interrupt &instance();
    [[nodiscard]] bool happened() const { return m_happened; }

    /// While it lives the first Ctrl-C already ends the program at once: for reading and writing that holds the event loop up.
    class AtOnce {
    public:
        AtOnce();
        ~AtOnce();
        AtOnce(const AtOnce &) = delete;
        AtOnce &operator=(const AtOnce &) = delete;
    };

Q_SIGNALS:
    void interrupted();

private:
    void drain();
    bool m_happened = false;
};

} // namespace sluice::ctl
