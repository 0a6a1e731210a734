#pragma once

#include <QtCore/QString>
#include <QtCore/QUrl>

class QWidget;

namespace sluice::ui {

/// What may be done with an untrusted address.
enum class LinkKind {
    Web,    ///< https or http, with a host
    Mail,   ///< mailto
    Refused ///< anything else: a file, a script, data, another program's scheme
};

/// The one filter for links in remote words: answers, descriptions, errors.
[[nodiscard]] LinkKind linkKind(const QUrl &url);

/// The address as it would be opened, encoded so that nothing in it is invisible or turned around. Of mailto only
/// subject and body are kept: mail programs take attachments from the others.
[[nodiscard]] QUrl linkTarget(const QUrl &url);

/// Shows where the link leads and opens it when the person agrees; says so when it is refused. Does not block.
/// GUI thread; the question belongs to `parent`'s window.
void askToOpenLink(QWidget *parent, const QUrl &url);

/// `text` as a tooltip: plain, its long lines broken, its length bounded. The style shows tooltips as plain text,
/// so markup in it is text.
[[nodiscard]] QString toolTipText(const QString &text);

} // namespace sluice::ui
