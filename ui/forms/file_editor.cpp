#include "sluice/forms/file_editor_p.h"

#include "sluice/base/bytes.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/taken_out_line.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtCore/QMimeData>
#include <QtCore/QMimeDatabase>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QImageReader>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {

constexpr qint64 kMostBytes = 10 * 1024 * 1024; // 13.4 MiB as base64: within the 16 MiB that a JSON document may have
constexpr int kThumbnail = 48;

struct Decoded {
    QByteArray bytes;
    QString mediaType;
};

/// The bytes behind a data URL or plain base64; nothing for other text.
std::optional<Decoded> decode(const QString &text, FileEncoding encoding)
{
    QString payload = text;
    QString mediaType;
    if (text.startsWith(QLatin1String("data:"))) {
        const qsizetype comma = text.indexOf(QLatin1Char(','));
        const QString head = comma > 0 ? text.mid(5, comma - 5) : QString();
        if (!head.endsWith(QLatin1String(";base64")))
            return {};
        mediaType = head.section(QLatin1Char(';'), 0, 0);
        payload = text.mid(comma + 1);
    } else if (encoding != FileEncoding::Base64) {
        return {};
    }
    const Expected<QByteArray> bytes = bytes::fromBase64(payload.toLatin1());
    if (!bytes || bytes->isEmpty())
        return {};
    if (mediaType.isEmpty())
        mediaType = QMimeDatabase().mimeTypeForData(*bytes).name();
    return Decoded{*bytes, mediaType};
}

QPixmap thumbnailOf(const QByteArray &bytes, qreal scale)
{
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize full = reader.size();
    const QSize box = QSize(kThumbnail, kThumbnail) * scale;
    if (full.isValid())
        reader.setScaledSize(full.scaled(box, Qt::KeepAspectRatio).expandedTo({1, 1}));
    QPixmap pixmap = QPixmap::fromImage(reader.read());
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

} // namespace

FileEditor::FileEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_url(new QLineEdit(this))
    , m_choose(new QPushButton(Theme::icon(QStringLiteral("folder-open")), tr("Choose file…"), this))
    , m_emptyLine(new QWidget(this))
    , m_chip(new QWidget(this))
    , m_thumbnail(new QLabel(m_chip))
    , m_name(new ElidedLabel(m_chip))
    , m_facts(new ElidedLabel(m_chip))
    , m_remove(new QToolButton(m_chip))
    , m_line(new TakenOutLine(Qt::Vertical, m_chip))
{
    setAcceptDrops(true);
    m_url->setLayoutDirection(Qt::LeftToRight);
    m_url->setPlaceholderText(spec.urlAllowed ? tr("Paste a URL, or drop a file") : tr("Drop or paste a file"));
    m_url->setReadOnly(!spec.urlAllowed);
    m_url->installEventFilter(this);
    m_choose->setAccessibleName(tr("Choose a file for %1").arg(spec.title));
    m_name->setCopyable(false);
    m_facts->setFont(Theme::font(Theme::Type::Small11));
    m_facts->setMuted(true);
    m_facts->setCopyable(false);
    m_facts->setElideMode(Qt::ElideRight); // a long media type makes no form wider than its place
    m_thumbnail->setFixedSize(kThumbnail, kThumbnail);
    m_thumbnail->setAlignment(Qt::AlignCenter);
    m_remove->setAutoRaise(true);
    m_remove->setIcon(Theme::icon(QStringLiteral("x"), Theme::Role::Muted));
    m_remove->setToolTip(tr("Remove the file"));
    m_remove->setAccessibleName(tr("Remove the file from %1").arg(spec.title));

    auto *line = new QHBoxLayout(m_emptyLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::One);
    line->addWidget(m_url, 1);
    line->addWidget(m_choose);
    auto *facts = new QVBoxLayout;
    facts->setSpacing(0);
    facts->addStretch(1);
    facts->addWidget(m_name);
    facts->addWidget(m_facts);
    facts->addStretch(1);
    auto *file = new QHBoxLayout;
    file->setSpacing(space::One + space::Half);
    file->addWidget(m_thumbnail);
    file->addLayout(facts, 1);
    file->addWidget(m_remove);
    auto *chip = new QVBoxLayout(m_chip);
    chip->setContentsMargins(space::Half, space::Half, space::One, space::Half);
    chip->setSpacing(space::Half);
    chip->addLayout(file);
    chip->addWidget(m_line);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_emptyLine);
    column->addWidget(m_chip);
    m_chip->setVisible(false);

    connect(m_choose, &QPushButton::clicked, this, &FileEditor::choose);
    connect(m_remove, &QToolButton::clicked, this, &FileEditor::clearFile);
    connect(m_line, &TakenOutLine::wholeWanted, this, &FileEditor::useFile);
    connect(m_url, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_problem.clear();
        userChanged(text.isEmpty() ? absent() : std::optional(Json(text)));
    });
}

QWidget *FileEditor::control()
{
    return m_url;
}

bool FileEditor::accepts(const std::optional<Json> &value) const
{
    if (!value)
        return true;
    if (!value->isString())
        return false;
    // A field without URLs holds a file or nothing; other text is better seen than hidden.
    const QString text = value->toString();
    return text.isEmpty() || spec().urlAllowed || decode(text, spec().encoding).has_value();
}

void FileEditor::display(const std::optional<Json> &value)
{
    m_problem.clear();
    const QString text = value ? value->toString() : QString();
    const auto decoded = text.isEmpty() ? std::nullopt : decode(text, spec().encoding);
    if (text != m_taken)
        forgetFile();
    m_emptyLine->setVisible(!decoded);
    m_chip->setVisible(decoded.has_value());
    if (decoded)
        showChip(decoded->bytes, decoded->mediaType);
    const QString shown = decoded ? QString() : text;
    if (m_url->text() != shown)
        m_url->setText(shown);
}

void FileEditor::forgetFile()
{
    m_fileName.clear();
    m_taken.clear();
    m_file.clear();
    m_picture = {};
    m_line->say({});
    m_line->offerWhole(false);
}

void FileEditor::showChip(const QByteArray &bytes, const QString &mediaType)
{
    QPixmap picture;
    if (mediaType.startsWith(QLatin1String("image/")))
        picture = thumbnailOf(bytes, devicePixelRatioF());
    const QString icon = mediaType.startsWith(QLatin1String("image/")) ? QStringLiteral("image")
        : mediaType.startsWith(QLatin1String("audio/"))                ? QStringLiteral("audio-lines")
        : mediaType.startsWith(QLatin1String("video/"))                ? QStringLiteral("video")
                                                                       : QStringLiteral("file");
    m_thumbnail->setPixmap(picture.isNull() ? Theme::icon(icon, Theme::Role::Muted).pixmap(QSize(space::Three, space::Three), devicePixelRatioF())
                                            : picture);
    m_thumbnail->setAccessibleName(tr("Preview of %1").arg(spec().title));
    m_name->setText(m_fileName.isEmpty() ? tr("Embedded file") : m_fileName);
    m_facts->setText(QStringLiteral("%1 · %2").arg(QLocale().formattedDataSize(bytes.size()), mediaType));
}

bool FileEditor::mediaTypeFits(const QString &mediaType) const
{
    for (const QString &one : spec().mediaType.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString wanted = one.trimmed();
        if (wanted == QLatin1String("*/*") || wanted == mediaType || QMimeDatabase().mimeTypeForName(mediaType).inherits(wanted)
            || (wanted.endsWith(QLatin1String("/*")) && mediaType.startsWith(wanted.chopped(1))))
            return true;
    }
    return spec().mediaType.trimmed().isEmpty();
}

void FileEditor::refuse(const QString &why)
{
    m_problem = why;
    userChanged(value());
}

void FileEditor::takeFile(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly)) {
        refuse(tr("%1 cannot be read: %2.").arg(name, file.errorString()));
        return;
    }
    if (file.size() > kMostBytes) {
        refuse(tr("%1 has %2; at most %3 fit into a call. Give a URL or a smaller file.")
                   .arg(name, QLocale().formattedDataSize(file.size()), QLocale().formattedDataSize(kMostBytes)));
        return;
    }
    const QByteArray bytes = file.read(kMostBytes + 1);
    takeBytes(bytes, name, QMimeDatabase().mimeTypeForFileNameAndData(name, bytes).name());
}

void FileEditor::takeBytes(const QByteArray &bytes, const QString &name, const QString &mediaType)
{
    if (!mediaTypeFits(mediaType)) {
        const QString why = tr("%1 is %2; this field takes %3.").arg(name, mediaType, spec().mediaType);
        refuse(isHeif(pictureFormat(bytes)) ? why + QLatin1Char(' ') + tr("Export the picture as JPEG, and choose that file.") : why);
        return;
    }
    if (bytes.isEmpty() || bytes.size() > kMostBytes) {
        refuse(bytes.isEmpty() ? tr("%1 is empty.").arg(name)
                               : tr("%1 is larger than %2.").arg(name, QLocale().formattedDataSize(kMostBytes)));
        return;
    }
    m_picture = OutgoingPicture::from(bytes, mediaType);
    m_file = m_picture.look == OutgoingPicture::Look::TakenOut ? bytes : QByteArray();
    m_fileName = name;
    m_mediaType = mediaType;
    m_line->setWantsWhole(false);
    useFile(false);
}

void FileEditor::useFile(bool whole)
{
    whole = whole && !m_file.isEmpty();
    m_sendsWhole = whole;
    const QString base64 = QString::fromLatin1(bytes::toBase64(whole ? m_file : m_picture.bytes));
    const Json value(spec().encoding == FileEncoding::Base64 ? base64
                                                             : QStringLiteral("data:%1;base64,%2").arg(m_mediaType, base64));
    m_taken = value.toString();
    m_line->say(whole ? m_picture.toldOfWhole() : m_picture.told(), m_picture.formatAdvice());
    m_line->offerWhole(!m_file.isEmpty());
    setValue(value);
    userChanged(value);
}

void FileEditor::clearFile()
{
    setValue(absent());
    userChanged(absent());
    m_url->setFocus(Qt::OtherFocusReason);
}

QString FileEditor::nameFilter() const
{
    QStringList patterns;
    for (const QMimeType &type : QMimeDatabase().allMimeTypes())
        if (!spec().mediaType.isEmpty() && mediaTypeFits(type.name()))
            patterns += type.globPatterns();
    patterns.removeDuplicates();
    const QString all = tr("All files (*)");
    return patterns.isEmpty() ? all : QStringLiteral("%1 (%2);;%3").arg(spec().mediaType, patterns.join(QLatin1Char(' ')), all);
}

void FileEditor::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose a file for %1").arg(spec().title), QString(), nameFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileEditor::takeFile);
    dialog->open();
}

bool FileEditor::paste()
{
    const QMimeData *mime = QApplication::clipboard()->mimeData();
    if (!mime)
        return false;
    if (mime->hasUrls() && mime->urls().first().isLocalFile()) {
        takeFile(mime->urls().first().toLocalFile());
        return true;
    }
    if (mime->hasImage()) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        qvariant_cast<QImage>(mime->imageData()).save(&buffer, "PNG");
        takeBytes(png, tr("pasted picture.png"), QStringLiteral("image/png"));
        return true;
    }
    return false;
}

bool FileEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_url && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste) && paste())
        return true;
    return FieldEditor::eventFilter(watched, event);
}

void FileEditor::setDropping(bool dropping)
{
    m_dropping = dropping;
    update();
}

void FileEditor::dragEnterEvent(QDragEnterEvent *event)
{
    const QMimeData *mime = event->mimeData();
    if (!mime->hasUrls() && !mime->hasImage())
        return;
    event->acceptProposedAction();
    setDropping(true);
}

void FileEditor::dragLeaveEvent(QDragLeaveEvent *)
{
    setDropping(false);
}

void FileEditor::dropEvent(QDropEvent *event)
{
    setDropping(false);
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty())
        return;
    event->acceptProposedAction();
    if (urls.first().isLocalFile()) {
        takeFile(urls.first().toLocalFile());
    } else if (spec().urlAllowed) {
        const Json value(urls.first().toString());
        setValue(value);
        userChanged(value);
    } else {
        refuse(tr("This field takes a file from this computer, not a URL."));
    }
}

void FileEditor::paintEvent(QPaintEvent *)
{
    if (m_chip->isHidden() && !m_dropping)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::color(m_dropping ? Theme::Role::Accent : Theme::Role::ControlBorder), m_dropping ? 1.5 : 1));
    painter.setBrush(Theme::color(m_dropping ? Theme::Role::Selection : Theme::Role::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::Radius, space::Radius);
}

void FileEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    if (!m_problem.isEmpty())
        issues.append({pointer, m_problem});
}

void FileEditor::collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
{
    if (!m_fileName.isEmpty())
        names.insert(pointer, m_fileName);
}

} // namespace sluice::ui
