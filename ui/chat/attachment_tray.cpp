#include "sluice/chat/attachment_tray.h"

#include "sluice/chat/picture_button_p.h"
#include "sluice/widgets/taken_out_line.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QMimeData>
#include <QtCore/QMimeDatabase>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtGui/QImage>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {
constexpr QSize thumbnail{72, 54};

QStringList picturesIn(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile() && QMimeDatabase().mimeTypeForFile(url.toLocalFile(), QMimeDatabase::MatchExtension).name().startsWith(QLatin1String("image/")))
            paths.append(url.toLocalFile());
    }
    return paths;
}
} // namespace

AttachmentTray::AttachmentTray(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout)
    , m_line(new TakenOutLine(Qt::Horizontal, this))
{
    setAccessibleName(tr("Pictures of the message"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::One);
    m_row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::Half);
    column->addLayout(m_row);
    column->addWidget(m_line);
    connect(m_line, &TakenOutLine::wholeWanted, this, [this] {
        choose();
        Q_EMIT changed();
    });
    hide();
}

void AttachmentTray::setAttachments(const QList<ChatAttachment> &attachments)
{
    ++m_generation;
    m_reading = 0;
    if (m_attachments.isEmpty() && attachments.isEmpty())
        return;
    m_pictures.clear();
    for (const ChatAttachment &attachment : attachments)
        m_pictures.append({attachment, {}, {}, false});
    m_line->setWantsWhole(false); // of another message
    choose();
    Q_EMIT changed();
}

bool AttachmentTray::holdsPictures(const QMimeData &offered)
{
    return !picturesIn(offered).isEmpty() || (offered.hasImage() && !offered.hasUrls());
}

bool AttachmentTray::take(const QMimeData &offered)
{
    const QStringList files = picturesIn(offered);
    if (!files.isEmpty()) {
        addFiles(files);
        return true;
    }
    if (!offered.hasImage() || offered.hasUrls())
        return false;
    addImage(qvariant_cast<QImage>(offered.imageData()));
    return true;
}

void AttachmentTray::addFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (!hasRoom())
            return;
        read([path] { return picture_intake::fromFile(path); });
    }
}

void AttachmentTray::addImage(const QImage &image)
{
    if (hasRoom())
        read([image, name = tr("Pasted picture")] { return picture_intake::fromImage(image, name); });
}

bool AttachmentTray::hasRoom()
{
    if (m_attachments.size() + m_reading < picture_intake::mostPictures)
        return true;
    Q_EMIT problem(Error(Error::Kind::TooLarge, tr("A message takes %n picture(s), and it has them all.", nullptr, picture_intake::mostPictures))
                       .withAdvice(tr("Send these first, or take one away.")));
    return false;
}

void AttachmentTray::read(std::function<Expected<picture_intake::Taken>()> make)
{
    ++m_reading;
    Q_EMIT changed();
    // Not QFuture::then(this, ...): with Qt 6.4 it asserts when the tray is gone before the picture is read.
    QThreadPool::globalInstance()->start([tray = QPointer(this), generation = m_generation, make = std::move(make)] {
        const Expected<picture_intake::Taken> made = make();
        QMetaObject::invokeMethod(qApp, [tray, generation, made] {
            if (!tray || tray->m_generation != generation)
                return;
            --tray->m_reading;
            if (made) {
                tray->m_pictures.append(*made);
                tray->choose();
            } else {
                Q_EMIT tray->problem(made.error());
            }
            Q_EMIT tray->changed();
        }, Qt::QueuedConnection);
    });
}

void AttachmentTray::choose()
{
    m_attachments.clear();
    for (const picture_intake::Taken &picture : std::as_const(m_pictures))
        m_attachments.append(m_line->wantsWhole() ? picture.whole.value_or(picture.attachment) : picture.attachment);
    showAll();
    showLine();
}

void AttachmentTray::showLine()
{
    OutgoingPicture sum; // of all: one line, however many pictures
    QStringList unread;
    bool offered = false;
    for (const picture_intake::Taken &picture : std::as_const(m_pictures)) {
        sum.details |= picture.takenOut;
        offered = offered || picture.whole;
        if (picture.unread)
            unread.append(picture.attachment.name);
    }
    if (!offered)
        m_line->setWantsWhole(false);
    if (sum.details)
        sum.look = OutgoingPicture::Look::TakenOut;
    m_line->say(m_line->wantsWhole() ? sum.toldOfWhole() : sum.told(),
        unread.isEmpty() ? QString() : tr("%1 could not be looked through for a position or other private details; it is sent as it is.").arg(unread.join(QStringLiteral(", "))));
    m_line->offerWhole(offered);
}

void AttachmentTray::showAll()
{
    for (QWidget *item : std::as_const(m_items)) {
        item->hide();
        item->deleteLater(); // its own button may have been pressed
    }
    m_items.clear();
    for (qsizetype i = 0; i < m_attachments.size(); ++i) {
        const ChatAttachment &attachment = m_attachments[i];
        const QString name = attachment.name.isEmpty() ? tr("Picture %1").arg(i + 1) : attachment.name;
        auto *item = new QWidget(this);
        auto *line = new QHBoxLayout(item);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(0);
        if (attachment.kind == ChatAttachment::Kind::Picture && attachment.pictureUri().startsWith(QLatin1String("data:"))) {
            line->addWidget(new PictureButton(attachment, thumbnail, name, item));
        } else {
            auto *label = new QLabel(attachment.kind == ChatAttachment::Kind::Picture ? attachment.pictureUri().left(60) : tr("A part of another kind"), item);
            label->setTextFormat(Qt::PlainText);
            line->addWidget(label);
        }
        auto *remove = new QToolButton(item);
        remove->setObjectName(QStringLiteral("removePicture"));
        remove->setAutoRaise(true);
        remove->setIcon(Theme::icon(QStringLiteral("x"), Theme::Role::Muted));
        remove->setToolTip(tr("Take it away"));
        remove->setAccessibleName(tr("Take away %1").arg(name));
        connect(remove, &QToolButton::clicked, this, [this, i] {
            m_pictures.removeAt(i);
            choose();
            Q_EMIT changed();
        });
        line->addWidget(remove, 0, Qt::AlignTop);
        m_row->insertWidget(int(i), item);
        m_items.append(item);
    }
    setVisible(!m_attachments.isEmpty());
}

} // namespace sluice::ui
