#pragma once

#include <QtWidgets/QTextBrowser>

namespace sluice::ui {

/// Shows untrusted text: loads nothing, neither from the network nor from a file, and asks before it opens a link (askToOpenLink).
class RemoteTextBrowser final : public QTextBrowser {
    Q_OBJECT
public:
    explicit RemoteTextBrowser(QWidget *parent = nullptr);

    /// Always a picture of one transparent point: Qt opens the name as a file when it is given nothing.
    QVariant loadResource(int type, const QUrl &name) override;
};

} // namespace sluice::ui
