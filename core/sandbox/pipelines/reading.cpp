#include "sluice/sandbox/capabilities/picture.h"
#include "sluice/sandbox/pipelines/child_process.h"
#include "sluice/sandbox/pipelines/picture_input.h"
#include "sluice/sandbox/pipelines/pipelines.h"

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

constexpr int LongestSide = 2400;

class Reading final : public aigateway::PipelineWork {
public:
    explicit Reading(QString program)
        : m_program(std::move(program))
    {
    }
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("image-to-text"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/tesseract-eng"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Reads the printed English text in a picture with the reader Tesseract. It does not say what a picture shows: one without text gives an empty "
                              "answer. The prompt is not looked at. Any model name is taken.");
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        // Decoded here, within bounds; the program gets a file that is known to be good.
        const Picture picture = orThrow(shrunk(pictureIn(input), LongestSide));
        context.check();
        ChildProgram child;
        child.program = m_program;
        child.arguments = {QStringLiteral("stdin"), QStringLiteral("stdout"), QStringLiteral("-l"), QStringLiteral("eng"), QStringLiteral("--dpi"), QStringLiteral("96")};
        child.input = orThrow(encodePng(picture));
        const QString text = QString::fromUtf8(outputOf(child, context)).remove(QLatin1Char('\f')).trimmed();
        PipelineOutput output;
        output.json = Json{{QStringLiteral("text"), text}};
        return output;
    }

private:
    QString m_program;
};

} // namespace

FoundWork imageToText()
{
    FoundWork found;
    found.pipeline = QStringLiteral("image-to-text");
    const QString program = programPath(QStringLiteral("tesseract"));
    if (program.isEmpty())
        found.missing = QStringLiteral("the program tesseract; the package tesseract-ocr has it");
    else
        found.work = std::make_unique<Reading>(program);
    return found;
}

} // namespace sluice::sandbox
