#include "sluice/chat/media_strip_p.h"

#include "sluice/chat/picture_button_p.h"

#include "sluice/widgets/sound_player.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QUrl>
#include <QtWidgets/QLabel>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr QSize smallPicture{160, 120};
constexpr QSize largePicture{368, 276};
} // namespace

MediaStrip::MediaStrip(bool ofQuestion, QWidget *parent)
    : QWidget(parent)
    , m_ofQuestion(ofQuestion)
{
}

void MediaStrip::show(const QList<ChatAttachment> &attachments)
{
    const auto isSame = [](const ChatAttachment &one, const ChatAttachment &other) { return one.isSame(other); };
    const bool grown = attachments.size() >= m_shown.size() && std::equal(m_shown.begin(), m_shown.end(), attachments.begin(), isSame);
    if (grown && attachments.size() == m_shown.size())
        return;
    if (!grown) {
        for (QWidget *item : m_items)
            delete item;
        m_items.clear();
        m_shown.clear();
    }
    for (const ChatAttachment &attachment : attachments.mid(m_shown.size()))
        add(attachment);
    arrange(width(), true);
}

void MediaStrip::add(const ChatAttachment &attachment)
{
    m_shown.append(attachment);
    QWidget *item = nullptr;
    if (attachment.kind == ChatAttachment::Kind::Picture) {
        const auto number = int(std::count_if(m_shown.begin(), m_shown.end(), [](const ChatAttachment &one) { return one.kind == ChatAttachment::Kind::Picture; }));
        item = pictureFor(attachment, number);
    } else if (const auto bytes = attachment.bytes(); attachment.kind == ChatAttachment::Kind::Sound && bytes) {
        auto *player = new SoundPlayer(this);
        player->setBytes(*bytes);
        item = player;
    } else {
        const QString type = attachment.part.value(QStringLiteral("type")).toString().left(40);
        auto *label = new QLabel(attachment.name.isEmpty() ? tr("A part of the kind “%1”, which is not shown here").arg(type) : attachment.name.left(200), this);
        label->setTextFormat(Qt::PlainText);
        Theme::setTextRole(label, Theme::Role::Muted);
        item = label;
    }
    item->show();
    m_items.push_back(item);
}

QWidget *MediaStrip::pictureFor(const ChatAttachment &attachment, int number)
{
    const QString uri = attachment.pictureUri();
    const QString name = attachment.name.isEmpty() ? tr("Picture %1").arg(number) : attachment.name.left(200);
    if (uri.startsWith(QLatin1String("data:"), Qt::CaseInsensitive)) {
        auto *picture = new PictureButton(attachment, m_ofQuestion ? smallPicture : largePicture, name, this);
        connect(picture, &PictureButton::sizeChanged, this, [this] {
            arrange(width(), true);
            Q_EMIT heightChanged();
        });
        return picture;
    }
    // Fetching it would tell a stranger that it is looked at.
    const QUrl url(uri, QUrl::StrictMode);
    auto *link = new QToolButton(this);
    link->setObjectName(QStringLiteral("pictureLink"));
    link->setIcon(Theme::icon(QStringLiteral("external-link"), Theme::Role::Muted));
    link->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    link->setText(tr("%1, on %2").arg(name, url.host().left(100)));
    link->setToolTip(uri.left(500).toHtmlEscaped());
    link->setAccessibleName(tr("Open %1, on %2").arg(name, url.host().left(100)));
    connect(link, &QToolButton::clicked, this, [this, url] { Q_EMIT linkActivated(url); });
    return link;
}

/// Row by row; the height that it takes.
int MediaStrip::arrange(int width, bool move) const
{
    int y = 0;
    for (size_t first = 0; first < m_items.size();) {
        int used = 0;
        int height = 0;
        size_t behind = first;
        for (; behind < m_items.size(); ++behind) {
            const QSize size = m_items[behind]->sizeHint().expandedTo(m_items[behind]->minimumSize()).boundedTo(m_items[behind]->maximumSize());
            if (behind > first && used + space::One + size.width() > width)
                break;
            used += size.width() + (behind > first ? space::One : 0);
            height = std::max(height, size.height());
        }
        int x = m_ofQuestion ? std::max(0, width - used) : 0;
        for (; move && first < behind; ++first) {
            const QSize size = m_items[first]->sizeHint().expandedTo(m_items[first]->minimumSize()).boundedTo(m_items[first]->maximumSize());
            m_items[first]->setGeometry(x, y, std::min(size.width(), width), size.height());
            x += size.width() + space::One;
        }
        first = behind;
        y += height + (behind < m_items.size() ? space::One : 0);
    }
    return y;
}

void MediaStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

} // namespace sluice::ui
