#pragma once

#include "sluice/base/error.h"
#include "sluice/base/secret.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

/// A person's sign-in at a clearinghouse, from this program's side (RFC 8628): a code to type on a page, and what comes of it.
///
/// Belongs to its creator's thread, which must run an event loop; destroying it gives the sign-in up.
class DeviceLogin : public QObject {
    Q_OBJECT
public:
    /// As the profile's settings have them.
    struct Request {
        Request() = default; // no aggregate: DESIGN.md 3
        QString issuer;
        QString clientId;
        QString audience; ///< empty: not said
        std::chrono::milliseconds second{1'000}; ///< how long one of the server's is; tests have shorter ones
    };
    enum class State {
        Asking,  ///< for a code
        Waiting, ///< for the person
        SignedIn,
        Failed,
        Canceled,
    };
    Q_ENUM(State)

    explicit DeviceLogin(Request request, QObject *parent = nullptr);
    ~DeviceLogin() override;

    /// Once.
    void start();
    void cancel();

    [[nodiscard]] State state() const;
    /// Of a code that was given: what to type, where, and until when. The server's own words, to be shown as they are and nothing else.
    [[nodiscard]] QString userCode() const;
    [[nodiscard]] QUrl page() const;
    /// The page with the code in it, where the server has one, else page().
    [[nodiscard]] QUrl pageWithCode() const;
    [[nodiscard]] QDateTime endsAt() const;
    [[nodiscard]] std::chrono::milliseconds lifetime() const;
    /// What to keep as the profile's secret pointer(); empty until somebody is signed in.
    [[nodiscard]] Secret login() const;
    [[nodiscard]] Error error() const;
    /// Among a profile's secrets.
    [[nodiscard]] static QString pointer();
    /// Where a kept sign-in is from and until when its access lasts without being renewed; an empty host where it is none.
    struct Kept {
        QString host;
        QDateTime accessEndsAt;
        bool renews = false;
    };
    [[nodiscard]] static Kept kept(const Secret &login);

Q_SIGNALS:
    void stateChanged(sluice::DeviceLogin::State state);

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace sluice
