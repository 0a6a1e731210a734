#include "sluice/widgets/remote_text_browser.h"

#include "sluice/widgets/remote_text.h"

#include <QtGui/QImage>

namespace sluice::ui {

RemoteTextBrowser::RemoteTextBrowser(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenExternalLinks(false);
    setOpenLinks(false);
    setAcceptRichText(false);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) { askToOpenLink(this, url); });
}

QVariant RemoteTextBrowser::loadResource(int type, const QUrl &)
{
    if (type != QTextDocument::ImageResource)
        return QString(u'\n');
    QImage point(1, 1, QImage::Format_ARGB32);
    point.fill(Qt::transparent);
    return point;
}

} // namespace sluice::ui
