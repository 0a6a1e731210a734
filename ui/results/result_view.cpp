#include "sluice/results/result_view.h"

#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/image_view.h"
#include "sluice/results/json_tree_view.h"
#include "sluice/results/picture_choice.h"
#include "sluice/results/raw_view.h"
#include "sluice/results/video_player.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/remote_text_browser.h"
#include "sluice/widgets/sound_player.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtCore/QSaveFile>
#include <QtCore/QThreadPool>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr qsizetype kShownText = 512 * 1024;
constexpr qsizetype kMaxJsonMemory = 512 * 1024 * 1024;

struct PicturesOfJson {
    QList<AnswerPicture> pictures;
    QString problem;
};

/// What of the JSON is better seen than read. Not for the GUI thread.
PicturesOfJson picturesOf(const Json &json, const ResultData &data)
{
    const Json told = data.outputSchema.value(QStringLiteral("x-output"));
    if (told.value(QStringLiteral("view")).toString() != QLatin1String("masks"))
        return {embeddedPictures(json), {}};
    const auto masks = maskPictures(json, data.askedPicture);
    return masks ? PicturesOfJson{*masks, {}} : PicturesOfJson{{}, masks.error().message()};
}

QToolButton *button(const QString &icon, const QString &name)
{
    auto *tool = new QToolButton;
    tool->setIcon(Theme::icon(icon));
    tool->setAutoRaise(true);
    tool->setAccessibleName(name);
    tool->setToolTip(name);
    return tool;
}
} // namespace

ResultView::ResultView(QWidget *parent)
    : QWidget(parent)
    , m_states(new StateView)
    , m_error(new InlineMessage)
    , m_facts(new ElidedLabel)
    , m_save(button(QStringLiteral("save"), tr("Save the answer…")))
    , m_copy(button(QStringLiteral("copy"), tr("Copy the answer")))
    , m_tabs(new QTabWidget)
    , m_preview(new QStackedWidget)
    , m_image(new ImageView)
    , m_soundPage(new QWidget)
    , m_sound(new SoundPlayer)
    , m_video(new VideoPlayer)
    , m_pictures(new PictureChoice)
    , m_text(new RemoteTextBrowser)
    , m_answer(new ChatTranscript(this))
    , m_markdown(new ChatView(*m_answer, nullptr, ChatView::Kind::Document))
    , m_nothingPage(new QWidget)
    , m_nothing(new QLabel)
    , m_saveShown(new QPushButton)
    , m_tree(new JsonTreeView)
    , m_raw(new RawView)
    , m_headers(new QTableWidget(0, 2))
{
    setAccessibleName(tr("Result"));
    m_facts->setFont(Theme::font(Theme::Type::Small11));
    m_facts->setMuted(true);
    m_facts->setElideMode(Qt::ElideRight);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(space::Two);
    m_text->setAccessibleName(tr("Answer"));
    m_markdown->setAccessibleName(tr("Answer"));
    connect(m_markdown, &ChatView::linkActivated, this, [this](const QUrl &url) { askToOpenLink(this, url); });
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_nothing->setTextFormat(Qt::PlainText);
    m_saveShown->setText(tr("Save…"));
    m_saveShown->setAccessibleName(tr("Save the bytes…"));
    auto *message = new QVBoxLayout(m_nothingPage);
    message->addStretch(1);
    message->addWidget(m_nothing);
    message->addWidget(m_saveShown, 0, Qt::AlignHCenter);
    message->addStretch(1);
    connect(m_saveShown, &QPushButton::clicked, this, &ResultView::save);
    auto *sound = new QVBoxLayout(m_soundPage);
    sound->addStretch(1);
    sound->addWidget(m_sound);
    sound->addStretch(1);
    for (QWidget *page : std::initializer_list<QWidget *>{m_nothingPage, m_text, m_markdown, m_image, m_soundPage, m_video, m_pictures, m_tree})
        m_preview->addWidget(page);

    m_headers->setHorizontalHeaderLabels({tr("Header"), tr("Value")});
    m_headers->horizontalHeader()->setStretchLastSection(true);
    m_headers->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_headers->verticalHeader()->hide();
    m_headers->verticalHeader()->setDefaultSectionSize(space::Three);
    m_headers->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_headers->setFrameShape(QFrame::NoFrame);
    m_headers->setShowGrid(false);
    m_headers->setAccessibleName(tr("Answer headers"));

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_preview, tr("&Preview"));
    m_tabs->addTab(m_raw, tr("Ra&w"));
    m_tabs->addTab(m_headers, tr("&Headers"));
    m_tabs->setAccessibleName(tr("Views of the answer"));

    connect(m_save, &QToolButton::clicked, this, &ResultView::save);
    connect(m_copy, &QToolButton::clicked, this, &ResultView::copy);
    connect(m_error, &InlineMessage::actionTriggered, this, &ResultView::retryRequested);
    m_error->setClosable(false);
    m_error->hide();

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::One, 0, space::One, 0);
    bar->addWidget(m_facts, 1);
    bar->addWidget(m_copy);
    bar->addWidget(m_save);
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::Half);
    auto *errorLine = new QHBoxLayout; // takes no room while the message is hidden
    errorLine->setContentsMargins(space::One, space::One, space::One, 0);
    errorLine->addWidget(m_error);
    inner->addLayout(errorLine);
    inner->addLayout(bar);
    inner->addWidget(m_tabs, 1);
    m_states->setContent(content);
    connect(m_states, &StateView::actionTriggered, this, &ResultView::retryRequested);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
}

void ResultView::showEmpty(const QString &advice)
{
    m_states->showEmpty(QStringLiteral("play"), tr("No answer yet"), advice);
}

void ResultView::showLoading(const QString &what)
{
    m_states->showLoading(what);
}

void ResultView::showResult(const ResultData &data)
{
    m_error->clear();
    m_data = data;
    if (!data.notes.isEmpty()) {
        m_error->showMessage(InlineMessage::Severity::Info, data.notes.join(QLatin1Char('\n')));
        m_error->setAction({});
    }
    fill();
}

void ResultView::showError(const Error &error, const ResultData &data)
{
    m_data = data;
    if (data.body.isEmpty() && data.headers.isEmpty()) {
        m_states->showError(error, tr("Try again"));
        return;
    }
    m_error->showError(error);
    m_error->setAction(tr("Try again"));
    fill();
}

void ResultView::fill()
{
    ++m_request;
    QStringList facts;
    if (m_data.status > 0)
        facts << tr("HTTP %1").arg(m_data.status);
    if (m_data.duration)
        facts << tr("%1 ms").arg(m_data.duration->count());
    facts << QLocale().formattedDataSize(std::max<qint64>(m_data.bodySize, m_data.body.size()));
    if (!m_data.servedBy.isEmpty())
        facts << tr("served by %1").arg(m_data.servedBy.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
    m_facts->setText(facts.join(QStringLiteral("  ·  ")));

    const BodyKind kind = bodyKind(m_data);
    showPreview(kind);
    m_raw->showBytes(m_data);
    fillHeaders();
    if (kind == BodyKind::Json)
        parseJson();
    m_states->showContent();
}

void ResultView::showPreview(BodyKind kind)
{
    m_saveShown->hide();
    m_sound->setBytes(kind == BodyKind::Sound ? m_data.body : QByteArray());
    m_video->setBytes(kind == BodyKind::Video ? m_data.body : QByteArray());
    switch (kind) {
    case BodyKind::Video:
        m_preview->setCurrentWidget(m_video);
        return;
    case BodyKind::Sound:
        m_preview->setCurrentWidget(m_soundPage);
        return;
    case BodyKind::Empty:
        m_nothing->setText(tr("The answer has no body."));
        m_preview->setCurrentWidget(m_nothingPage);
        return;
    case BodyKind::Image:
        if (m_image->setBytes(m_data.body, suggestedFileName(m_data))) {
            m_preview->setCurrentWidget(m_image);
            return;
        }
        m_nothing->setText(tr("The answer says it is a picture (%1), but it cannot be decoded. The bytes are under Raw.")
                               .arg(QString::fromLatin1(m_data.contentType)));
        m_preview->setCurrentWidget(m_nothingPage);
        return;
    case BodyKind::Json:
        m_nothing->setText(tr("Reading the JSON…"));
        m_preview->setCurrentWidget(m_nothingPage);
        return;
    case BodyKind::Markdown: {
        ChatTurn answer;
        answer.role = ChatTurn::Role::Assistant;
        answer.text = bodyText(m_data).value_or(QString()).left(kShownText);
        m_answer->restore({answer});
        m_preview->setCurrentWidget(m_markdown);
        return;
    }
    case BodyKind::Text:
        m_text->setPlainText(bodyText(m_data).value_or(QString()).left(kShownText));
        break;
    case BodyKind::Binary:
        m_nothing->setText(tr("%1 of %2: there is no preview. The bytes are under Raw; save them to open them elsewhere.")
                               .arg(QLocale().formattedDataSize(m_data.body.size()), bodyDescription(m_data)));
        m_saveShown->show();
        m_preview->setCurrentWidget(m_nothingPage);
        return;
    }
    m_preview->setCurrentWidget(m_text);
}

void ResultView::parseJson()
{
    // Not QFuture::then(this, ...): with Qt 6.4 it asserts when the view is gone before the text is read.
    QThreadPool::globalInstance()->start([view = QPointer(this), request = m_request, data = m_data] {
        const QByteArray body = bodyText(data).value_or(QString()).toUtf8();
        const auto parsed = Json::parse(body, Json::Limits{std::max<qsizetype>(body.size(), 1), 256, kMaxJsonMemory});
        // Text that only begins like JSON is handed on as the string it is.
        const Json json = parsed ? *parsed : Json(QString::fromUtf8(body));
        const PicturesOfJson pictures = picturesOf(json, data);
        QMetaObject::invokeMethod(qApp, [view, request, json, pictures] {
            if (!view)
                return;
            view->showJson(request, json);
            view->showPictures(request, pictures.pictures);
            if (!pictures.problem.isEmpty())
                view->m_error->showMessage(InlineMessage::Severity::Warning, pictures.problem);
        }, Qt::QueuedConnection);
    });
}

void ResultView::showPictures(int request, const QList<AnswerPicture> &pictures)
{
    if (request != m_request || pictures.isEmpty())
        return;
    m_pictures->setPictures(pictures, QFileInfo(suggestedFileName(m_data)).completeBaseName());
    m_preview->setCurrentWidget(m_pictures);
}

void ResultView::showJson(int request, const Json &json)
{
    if (request != m_request)
        return;
    if (json.isString()) {
        m_text->setPlainText(json.toString().left(kShownText));
        m_preview->setCurrentWidget(m_text);
        return;
    }
    m_tree->setJson(json);
    m_preview->setCurrentWidget(m_tree);
}

void ResultView::fillHeaders()
{
    m_headers->setRowCount(int(m_data.headers.size()));
    for (int row = 0; row < m_data.headers.size(); ++row) {
        const auto &[name, value] = m_data.headers.at(row);
        for (const auto &[column, text] : {std::pair(0, name), std::pair(1, value)}) {
            auto *item = new QTableWidgetItem(QString::fromLatin1(text));
            item->setToolTip(item->text());
            item->setFont(Theme::font(Theme::Type::Mono));
            m_headers->setItem(row, column, item);
        }
    }
    m_headers->resizeColumnToContents(0);
}

void ResultView::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the answer"), suggestedFileName(m_data));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_data.body) != m_data.body.size() || !file.commit()) {
        m_error->showMessage(InlineMessage::Severity::Error,
            tr("Could not write %1: %2").arg(path, file.errorString()));
        m_error->setAction({});
    }
}

void ResultView::copy()
{
    if (bodyKind(m_data) == BodyKind::Image)
        QApplication::clipboard()->setImage(QImage::fromData(m_data.body));
    else
        QApplication::clipboard()->setText(bodyText(m_data).value_or(QString::fromUtf8(m_data.body)));
}

} // namespace sluice::ui
