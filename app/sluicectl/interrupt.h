#pragma once

#include <QtCore/QObject>

namespace sluice::ctl {

/// Signals of the system as Qt's on the main thread: Ctrl-C, SIGTERM and a terminal's end, and of a sandbox that it was let go of. A second Ctrl-C ends the
/// program at once.
class Interrupt final : public QObject {
    Q_OBJECT
public:
    /// Installs the handlers; one per program.
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;
    /// The program's, made by main().
    static Interrupt &instance();
    [[nodiscard]] bool happened() const { return m_happened; }
    /// Takes SandboxLetGoSignal, which otherwise ends a program.
    void takeLettingGo();
    [[nodiscard]] bool isLetGo() const { return m_letGo; }

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
    void letGo();

private:
    void drain();
    bool m_happened = false;
    bool m_letGo = false;
};

} // namespace sluice::ctl
