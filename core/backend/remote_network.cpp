#include "sluice/backend/remote_network.h"

#include <QtCore/QCoreApplication>

namespace sluice {

namespace {

/// Translated like the window's words.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::RemoteNetwork)
};

} // namespace

QString toWords(Acknowledgement acknowledgement)
{
    switch (acknowledgement) {
    case Acknowledgement::NoSigner:
        return Words::tr("names no signing key, so nothing there can be settled");
    case Acknowledgement::ByNeither:
        return Words::tr("acknowledged by nobody: calls would not be settled");
    case Acknowledgement::ByUserOnly:
        return Words::tr("acknowledged by you, not by the network's owner: calls would not be settled");
    case Acknowledgement::ByOwnerOnly:
        return Words::tr("acknowledged by the network's owner, not by you");
    case Acknowledgement::ByBoth:
        break;
    }
    return Words::tr("acknowledged by you and by the network's owner");
}

QString acknowledgementMeaning()
{
    return Words::tr("A provider's protected machine signs what its calls cost with a key of its own. To acknowledge the provider is to say that you accept this key for your "
                     "account there; the network's owner says the same for the service. The contract takes money from an account only for what such a key signed and both "
                     "acknowledged. The owner's word ends when a provider changes its type, model, verifiability, key or further description, not with a new price or address: "
                     "it says nothing about what a call costs.");
}

Acknowledgement NetworkService::acknowledgement() const
{
    if (signer.isEmpty())
        return Acknowledgement::NoSigner;
    if (ownerAcknowledged)
        return userAcknowledged ? Acknowledgement::ByBoth : Acknowledgement::ByOwnerOnly;
    return userAcknowledged ? Acknowledgement::ByUserOnly : Acknowledgement::ByNeither;
}

} // namespace sluice
