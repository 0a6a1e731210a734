#include "sluice/shell/form_page.h"

#include "sluice/base/file_text.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/stored_events.h"
#include "sluice/results/result_view.h"
#include "sluice/gateway/past_run.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/widgets/reading_order.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr auto kFrame = std::chrono::milliseconds(16);
constexpr int kShownEvents = 20'000;
constexpr qsizetype kMostFileAnswer = 8 * 1024 * 1024; ///< larger ones are shown as they are

/// The file of the input that the answer is about, where the answer's schema says which one.
QByteArray askedPicture(const Json &input, const Json &outputSchema)
{
    const QString pointer = outputSchema.value(QStringLiteral("x-output")).value(QStringLiteral("picture")).toString();
    const auto text = pointer.isEmpty() ? std::nullopt : input.find(pointer);
    if (!text)
        return {};
    const auto bytes = fileInText(text->toString());
    return bytes ? *bytes : QByteArray();
}

/// The file that an answer holds, where its schema says where; nothing when it holds none.
std::optional<QByteArray> fileOfAnswer(const RunResult &result, const Json &outputSchema)
{
    const QString pointer = outputSchema.value(QStringLiteral("x-output")).value(QStringLiteral("file")).toString();
    if (pointer.isEmpty() || result.content.size() > kMostFileAnswer)
        return std::nullopt;
    const auto answer = Json::parse(result.content);
    const auto text = answer ? answer->find(pointer) : std::nullopt;
    // Hex digits can be read as base64, too, and are no file.
    const auto file = text && text->isString() && !text->toString().startsWith(QLatin1String("0x")) ? std::optional(fileInText(text->toString())) : std::nullopt;
    return file && *file && !(*file)->isEmpty() ? std::optional(**file) : std::nullopt;
}

ResultData resultData(const RunResult &result, const Json &input, const Json &outputSchema, std::chrono::milliseconds took)
{
    ResultData data;
    data.status = result.status;
    data.contentType = result.contentType;
    const bool events = result.contentType.toLower().startsWith("text/event-stream");
    const auto words = events ? wordsOfEvents(result.content) : std::nullopt;
    data.body = words ? words->toUtf8() : result.content;
    data.bodySize = data.body.size();
    data.notes = result.notes;
    if (const auto file = fileOfAnswer(result, outputSchema)) {
        data.body = *file;
        data.bodySize = data.body.size();
        data.contentType.clear(); // of the JSON around it
        data.notes.append(FormPage::tr("This is the file that the answer holds. It came as base64 in JSON."));
    }
    data.headers = result.headers;
    data.servedBy = result.servedBy;
    data.duration = took;
    data.outputSchema = outputSchema;
    data.askedPicture = askedPicture(input, outputSchema);
    return data;
}
} // namespace

FormPage::FormPage(Session &session, const CapabilityInfo &capability, QWidget *parent)
    : WorkbenchPage(session, capability, parent)
    , m_input(new InputEditor)
    , m_answer(new QStackedWidget)
    , m_result(new ResultView)
    , m_events(new QPlainTextEdit)
    , m_frame(new QTimer(this))
{
    describeInput();
    if (!capability.examples.isEmpty())
        m_input->setValue(capability.examples.first().input);
    connect(m_input, &InputEditor::valueChanged, this, &WorkbenchPage::callChanged);

    m_events->setReadOnly(true);
    m_events->setFrameShape(QFrame::NoFrame);
    m_events->setFont(Theme::font(Theme::Type::Mono));
    m_events->setMaximumBlockCount(kShownEvents);
    m_events->setAccessibleName(tr("Events as they arrive"));
    m_frame->setSingleShot(true);
    m_frame->setInterval(kFrame);
    connect(m_frame, &QTimer::timeout, this, &FormPage::flushEvents);
    connect(m_result, &ResultView::retryRequested, this, &FormPage::run);

    m_answer->addWidget(m_result);
    m_answer->addWidget(m_events);
    m_result->showEmpty(tr("Press Run or Ctrl+Enter."));
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->addWidget(m_input);
    sides->addWidget(m_answer);
    sides->setStretchFactor(0, 2);
    sides->setStretchFactor(1, 3);
    setFocusProxy(m_input);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader(Buttons::InHeader));
    layout->addWidget(sides, 1);
    tabInReadingOrder(this);
}

void FormPage::describeInput()
{
    m_input->setSchema(capability().inputSchema, capability().schemaOrigin);
    QList<InputExample> examples;
    for (const CapabilityExample &example : capability().examples)
        examples.append({example.title, example.input});
    m_input->setExamples(examples);
}

void FormPage::takeCapability(const CapabilityInfo &before)
{
    // What was typed stays; a field that was left as it came takes the new example.
    const Json typed = m_input->value();
    const bool untouched = typed.isNull() || typed.size() == 0 || (!before.examples.isEmpty() && typed == before.examples.first().input);
    describeInput();
    tabInReadingOrder(this); // other fields may have come
    const bool takesExample = untouched && !capability().examples.isEmpty();
    m_input->setValue(takesExample ? capability().examples.first().input : typed);
    Q_EMIT callChanged();
}

Call FormPage::call() const
{
    Call call;
    call.backend = capability().backend;
    call.capability = capability().name;
    call.model = capability().model;
    call.verb = verb();
    call.path = capability().path;
    call.input = m_input->value();
    call.secretPointers = m_input->secretPointers();
    call.timeout = timeout();
    return call;
}

QHash<QString, QString> FormPage::fileNames() const
{
    return m_input->fileNames();
}

QStringList FormPage::cleanedFiles() const
{
    return m_input->cleanedFiles();
}

void FormPage::load(const Call &call)
{
    m_input->setValue(call.input);
    setVerb(call.verb);
    setTimeout(call.timeout);
    Q_EMIT callChanged();
}

void FormPage::showPast(const PastRun &past)
{
    load(past.call);
    m_answer->setCurrentWidget(m_result);
    const ResultData kept = resultData(past.result, past.call.input, capability().outputSchema, past.duration);
    if (past.isSigned)
        m_result->showEmpty(tr("This call was signed and paid here and sent by another program. Its answer went there."));
    else if (past.error)
        m_result->showError(*past.error, kept);
    else
        m_result->showResult(kept);
}

void FormPage::run()
{
    if (isRunning() || !m_input->validate().isEmpty())
        return;
    RunController *started = session().execute(call());
    if (!started) {
        whenConnected([this] { run(); });
        return;
    }
    m_input->clearIssues();
    if (started->call().verb == Verb::Stream)
        watchStream(started);
    else
        watchRun(started);
    follow(started);
}

void FormPage::focusContent()
{
    // The first field of the form, or the JSON: not the tabs and buttons above it.
    QWidget *scope = m_input->form()->isVisible() ? static_cast<QWidget *>(m_input->form()) : m_input;
    for (QWidget *widget = scope->nextInFocusChain(); widget != scope; widget = widget->nextInFocusChain()) {
        const bool takesText = widget->focusPolicy() & Qt::ClickFocus && widget->focusPolicy() & Qt::TabFocus;
        if (takesText && widget->isVisible() && widget->isEnabled() && scope->isAncestorOf(widget)) {
            widget->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    m_input->setFocus(Qt::OtherFocusReason);
}

void FormPage::showWaiting(const QString &words)
{
    m_answer->setCurrentWidget(m_result);
    m_result->showLoading(words);
}

void FormPage::watchRun(RunController *run)
{
    m_answer->setCurrentWidget(m_result);
    m_result->showLoading(tr("Waiting for the answer…"));
    connect(run, &RunController::succeeded, this, [this, run](const RunResult &answer) {
        m_result->showResult(resultData(answer, run->call().input, capability().outputSchema, run->elapsed()));
    });
    connect(run, &RunController::failed, this, &FormPage::showFailure);
    connect(run, &RunController::stateChanged, this, [this, run](RunController::State state) {
        if (state == RunController::State::Canceled)
            m_result->showError(run->error());
    });
}

void FormPage::watchStream(RunController *run)
{
    m_events->clear();
    m_pending.clear();
    m_received.clear();
    m_answer->setCurrentWidget(m_events);
    connect(run, &RunController::event, this, [this](const StreamEvent &event) {
        m_received += event.data.toUtf8() + '\n';
        m_pending += event.data + QLatin1Char('\n');
        if (!m_frame->isActive())
            m_frame->start();
    });
    connect(run, &RunController::stateChanged, this, [this, run](RunController::State state) {
        flushEvents();
        ResultData answer = streamed();
        answer.notes = run->notes();
        if (state == RunController::State::Succeeded)
            m_result->showResult(answer);
        else if (state != RunController::State::Running)
            m_result->showError(run->error(), streamed());
        m_answer->setCurrentWidget(m_result);
    });
}

void FormPage::flushEvents()
{
    if (m_pending.endsWith(QLatin1Char('\n')))
        m_pending.chop(1);
    if (!m_pending.isEmpty())
        m_events->appendPlainText(std::exchange(m_pending, {}));
}

ResultData FormPage::streamed() const
{
    ResultData answer;
    answer.contentType = "text/plain; charset=utf-8";
    answer.body = m_received;
    answer.bodySize = m_received.size();
    answer.outputSchema = capability().outputSchema;
    return answer;
}

void FormPage::showFailure(const Error &error)
{
    const bool atField = m_input->showError(error);
    if (atField)
        m_result->showEmpty(tr("The input does not fit; the form says where."));
    else
        m_result->showError(error);
    m_answer->setCurrentWidget(m_result);
}

} // namespace sluice::ui
