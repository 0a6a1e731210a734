#include "sluice/widgets/remote_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrlQuery>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>

namespace sluice::ui {

namespace {

constexpr qsizetype kMostTip = 2000;
constexpr qsizetype kTipLine = 90;
constexpr qsizetype kMostAddress = 4096;
constexpr qsizetype kShownAddress = 400;

/// Gives the words their context for translation.
class RemoteText {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::RemoteText)
};

} // namespace

LinkKind linkKind(const QUrl &url)
{
    if (!url.isValid() || url.toEncoded().size() > kMostAddress)
        return LinkKind::Refused;
    const QString scheme = url.scheme();
    if ((scheme == QLatin1String("https") || scheme == QLatin1String("http")) && !url.host().isEmpty())
        return LinkKind::Web;
    return scheme == QLatin1String("mailto") && !url.path().isEmpty() ? LinkKind::Mail : LinkKind::Refused;
}

QUrl linkTarget(const QUrl &url)
{
    if (linkKind(url) != LinkKind::Mail)
        return url;
    QUrl mail = url;
    const QUrlQuery all(url);
    QUrlQuery kept;
    for (const char *name : {"subject", "body"}) {
        if (all.hasQueryItem(QLatin1String(name)))
            kept.addQueryItem(QLatin1String(name), all.queryItemValue(QLatin1String(name), QUrl::FullyEncoded));
    }
    mail.setQuery(kept);
    mail.setFragment({});
    return mail;
}

void askToOpenLink(QWidget *parent, const QUrl &url)
{
    const LinkKind kind = linkKind(url);
    const QUrl target = linkTarget(url);
    // Encoded: no letters of another script that look like known ones, nothing that turns the reading direction.
    const QString address = QString::fromLatin1(target.toEncoded());
    const QString shown = address.size() > kShownAddress ? address.left(kShownAddress) + QChar(0x2026) : address;
    auto *question = new QMessageBox(parent ? parent->window() : nullptr);
    question->setObjectName(QStringLiteral("linkQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setWindowTitle(RemoteText::tr("Open a link"));
    QPushButton *copy = question->addButton(RemoteText::tr("Copy address"), QMessageBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, question, [address] { QGuiApplication::clipboard()->setText(address); });
    if (kind == LinkKind::Refused) {
        question->setIcon(QMessageBox::Warning);
        question->setText(RemoteText::tr("This link is no web or mail address, so it is not opened."));
        question->setInformativeText(shown);
        question->addButton(QMessageBox::Close)->setText(RemoteText::tr("Close"));
        question->open();
        return;
    }
    question->setIcon(QMessageBox::Question);
    question->setText(kind == LinkKind::Mail ? RemoteText::tr("Write a mail to this address? An answer from the network proposes it.")
                                             : RemoteText::tr("Open this page at %1? An answer from the network links to it.")
                                                   .arg(target.host(QUrl::FullyEncoded)));
    question->setInformativeText(shown);
    QPushButton *open = question->addButton(RemoteText::tr("Open"), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel)->setText(RemoteText::tr("Cancel"));
    question->setDefaultButton(open);
    QObject::connect(open, &QPushButton::clicked, question, [target] { QDesktopServices::openUrl(target); });
    question->open();
}

QString toolTipText(const QString &text)
{
    QString result;
    qsizetype column = 0;
    const QString bounded = text.size() > kMostTip ? text.left(kMostTip) + QChar(0x2026) : text;
    qsizetype lastBlank = -1; // in result
    for (const QChar c : bounded) {
        if (c == u'\n') {
            column = 0;
            lastBlank = -1;
            result += c;
            continue;
        }
        if (c == u' ')
            lastBlank = result.size();
        result += c;
        if (++column < kTipLine || c.isHighSurrogate())
            continue;
        if (lastBlank >= 0) {
            result[lastBlank] = u'\n';
            column = result.size() - lastBlank - 1;
        } else {
            result += u'\n';
            column = 0;
        }
        lastBlank = -1;
    }
    return result;
}

} // namespace sluice::ui
