// A 50,000-token Markdown answer through the chat pane, off-screen: how many tokens a second are shown, how long frames
// take, and whether a token costs more at the end than at the start. Prints one JSON line; asserts nothing.

#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QImage>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr int totalTokens = 50000;
/// 2,000 tokens a second at 60 frames a second.
constexpr int tokensPerFrame = 34;

/// Markdown as models write it: headings, prose, lists, tables, code; cut into tokens of about four characters.
QStringList makeTokens()
{
    const QString section = QStringLiteral(
        "## Section %1\n\nThe **orchestrator** checks every ticket of the batch: its `nonce`, its price and its expiry, and refuses "
        "what does not fit ([details](https://example.org/%1)). A *winning* ticket is redeemed on chain; all others cost nothing.\n\n"
        "1. The gateway asks for parameters.\n2. It signs tickets with `faceValue` and `winProb`.\n   - one nonce each\n   - never twice\n"
        "3. The recipient answers with its balance.\n\n| Field | Size | Meaning |\n|:--|--:|---|\n| `recipient` | 20 | who is paid |\n"
        "| `faceValue` | 32 | paid out when it wins |\n| `winProb` | 32 | chance to win |\n\n```python\ndef expected_value(face: int, "
        "prob: int) -> Fraction:\n    # exact arithmetic\n    return Fraction(face * prob, 2**256 - 1)\n\nprint(expected_value(10, 3))\n"
        "```\n\n> Nothing is paid on chain until a ticket wins.\n\nLonger prose follows so that paragraphs wrap over several lines "
        "of the pane and the open one has to be laid out again while it grows, which is what costs most in a naive view.\n\n");
    QStringList tokens;
    for (int part = 1; tokens.size() < totalTokens; ++part) {
        const QString text = section.arg(part);
        for (qsizetype i = 0; i < text.size(); i += 4)
            tokens.append(text.mid(i, 4));
    }
    return tokens.mid(0, totalTokens);
}

QString chunkOf(const QString &token)
{
    const Json delta{{"content", token}};
    return QString::fromUtf8(Json{{"id", "chatcmpl-1"}, {"object", "chat.completion.chunk"}, {"created", 1700000000}, {"model", "m"},
        {"choices", Json::array({Json{{"index", 0}, {"delta", delta}, {"finish_reason", nullptr}}})}}
                                 .dump());
}

/// Counts what is really painted, so that no frame is claimed that nobody would have seen.
class PaintCounter final : public QObject {
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Theme::apply(app, Theme::Mode::Light);
    std::vector<StreamEvent> events;
    const QStringList tokens = makeTokens();
    for (const QString &token : tokens)
        events.push_back({chunkOf(token), {}, {}, {}});

    ChatPane pane;
    pane.resize(900, 900);
    pane.show();
    pane.transcript().addUserTurn(QStringLiteral("Explain everything."));
    pane.transcript().beginAnswer();
    QApplication::processEvents();

    PaintCounter paints;
    pane.view().viewport()->installEventFilter(&paints);

    // Each frame: parse the chunks, lay out, paint, all on the GUI thread as in the window.
    std::vector<double> frames;
    for (size_t i = 0; i < events.size(); i += tokensPerFrame) {
        QElapsedTimer timer;
        timer.start();
        const size_t end = std::min(events.size(), i + tokensPerFrame);
        for (size_t k = i; k < end; ++k)
            pane.takeEvent(events[k]);
        pane.view().flush();
        QApplication::processEvents();
        QApplication::sendPostedEvents();
        frames.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    pane.finish();
    QApplication::processEvents();

    const double total = std::accumulate(frames.begin(), frames.end(), 0.0);
    const size_t tenth = frames.size() / 10;
    const double atStart = std::accumulate(frames.begin(), frames.begin() + long(tenth), 0.0);
    const double atEnd = std::accumulate(frames.end() - long(tenth), frames.end(), 0.0);
    const bool complete = pane.transcript().turns().last().text == tokens.join(QString()) && !pane.view().hasPending();
    std::printf("{\"tokens\":%d,\"complete\":%s,\"tokens_per_second\":%.0f,\"frame_p50_ms\":%.2f,\"frame_p95_ms\":%.2f,"
                "\"frame_max_ms\":%.2f,\"cost_end_over_start\":%.2f,\"frames\":%zu,\"painted\":%d,\"pieces\":%d,\"laid_out\":%d}\n",
        totalTokens, complete ? "true" : "false", totalTokens / (total / 1000), percentile(frames, 0.5), percentile(frames, 0.95),
        percentile(frames, 1.0), atEnd / atStart, frames.size(), paints.count, pane.view().pieceCount(), pane.view().laidOutPieces());
    return complete ? 0 : 1;
}
