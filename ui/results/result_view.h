#pragma once

#include "sluice/base/error.h"
#include "sluice/results/body_kind.h"
#include "sluice/results/masks.h"
#include "sluice/results/result_data.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QTabWidget;
class QToolButton;

namespace sluice::ui {

class ChatTranscript;
class ChatView;
class ElidedLabel;
class ImageView;
class InlineMessage;
class JsonTreeView;
class RawView;
class RemoteTextBrowser;
class PictureChoice;
class SoundPlayer;
class StateView;
class VideoPlayer;

/// An answer in all its views: preview, JSON tree, raw bytes, headers; or what went wrong and what to do.
///
/// Shows only what was received. Large JSON is parsed off the GUI thread.
class ResultView final : public QWidget {
    Q_OBJECT
public:
    explicit ResultView(QWidget *parent = nullptr);

    void showEmpty(const QString &advice);
    void showLoading(const QString &what);
    void showResult(const ResultData &data);
    /// `data` may hold what arrived before the failure; it stays visible under the message.
    void showError(const Error &error, const ResultData &data = {});
    [[nodiscard]] const ResultData &data() const { return m_data; }

Q_SIGNALS:
    /// The error's button was pressed.
    void retryRequested();

private:
    void fill();
    void showPreview(BodyKind kind);
    void parseJson();
    void showJson(int request, const Json &json);
    void showPictures(int request, const QList<AnswerPicture> &pictures);
    void fillHeaders();
    void save();
    void copy();

    ResultData m_data;
    int m_request = 0;
    StateView *m_states;
    InlineMessage *m_error;
    ElidedLabel *m_facts;
    QToolButton *m_save;
    QToolButton *m_copy;
    QTabWidget *m_tabs;
    QStackedWidget *m_preview;
    ImageView *m_image;
    QWidget *m_soundPage;
    SoundPlayer *m_sound;
    VideoPlayer *m_video;
    PictureChoice *m_pictures;
    RemoteTextBrowser *m_text;
    ChatTranscript *m_answer; ///< one of Markdown
    ChatView *m_markdown;
    QWidget *m_nothingPage;
    QLabel *m_nothing;
    QPushButton *m_saveShown;
    JsonTreeView *m_tree;
    RawView *m_raw;
    QTableWidget *m_headers;
};

} // namespace sluice::ui
