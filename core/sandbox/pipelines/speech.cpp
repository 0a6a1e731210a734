#include "sluice/sandbox/pipelines/child_process.h"
#include "sluice/sandbox/pipelines/pipelines.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QtEndian>

#include <cstring>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

constexpr qsizetype MaxCharacters = 5'000;
constexpr qsizetype WavHeader = 44;

/// What words in the speaker's description stand for; the first that fits.
struct Choice {
    const char *words; ///< alternatives, as a regular expression has them
    const char *value;
};

QString chosen(const QString &description, std::initializer_list<Choice> choices, const char *otherwise)
{
    for (const Choice &choice : choices) {
        const QRegularExpression words(QStringLiteral("\\b(%1)\\b").arg(QLatin1String(choice.words)), QRegularExpression::CaseInsensitiveOption);
        if (words.match(description).hasMatch())
            return QLatin1String(choice.value);
    }
    return QLatin1String(otherwise);
}

/// The program's voice: a language and who speaks it. Its plain voice of formants is hard to understand; that of the Klatt synthesizer is not.
QString voiceOf(const QString &description)
{
    const QString language = chosen(description,
        {{"german|deutsch", "de"}, {"french", "fr"}, {"spanish", "es"}, {"italian", "it"}, {"portuguese", "pt"}, {"dutch", "nl"}, {"polish", "pl"},
            {"russian", "ru"}, {"turkish", "tr"}, {"chinese|mandarin", "cmn"}, {"british", "en-gb"}},
        "en-us");
    const QString speaker = chosen(description, {{"female|woman|girl|she|her", "f2"}, {"whisper\\w*", "whisper"}}, "klatt");
    return language + QLatin1Char('+') + speaker;
}

/// The program writes to a pipe, where it cannot go back to say how long it was.
QByteArray withLengths(QByteArray wav)
{
    if (wav.size() <= WavHeader || !wav.startsWith("RIFF") || wav.mid(36, 4) != "data")
        throw Error(Error::Kind::Internal, QStringLiteral("espeak-ng gave no sound."));
    const auto put = [&](qsizetype at, qsizetype length) {
        const quint32 little = qToLittleEndian(quint32(length));
        std::memcpy(wav.data() + at, &little, sizeof little);
    };
    put(4, wav.size() - 8);
    put(40, wav.size() - WavHeader);
    return wav;
}

class Speech final : public aigateway::PipelineWork {
public:
    explicit Speech(QString program)
        : m_program(std::move(program))
    {
    }
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("text-to-speech"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/espeak-ng"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Speaks a text of up to 5000 characters with the speech synthesizer eSpeak NG and gives a WAV file. No neural model: it sounds like a machine. "
                              "Of the speaker's description it knows male, female, whisper, slow, fast, low, high, and some languages (German, French, Spanish, …). Any "
                              "model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("A sentence"), Json{{QStringLiteral("text"), "We are going to the city tomorrow."}}},
            {QStringLiteral("In German, slowly"),
                Json{{QStringLiteral("text"), "Morgen fahren wir in die Stadt."}, {QStringLiteral("description"), "A German woman speaks slowly."}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const QString text = input.text("text");
        if (text.size() > MaxCharacters)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("text: it has %1 characters; up to %2 are spoken").arg(text.size()).arg(MaxCharacters));
        const QString description = input.text("description");
        ChildProgram child;
        child.program = m_program;
        child.arguments = {QStringLiteral("-v"), voiceOf(description), QStringLiteral("-s"), chosen(description, {{"slow\\w*", "105"}, {"fast|quick\\w*", "200"}}, "140"),
            QStringLiteral("-p"), chosen(description, {{"low|deep", "25"}, {"high", "75"}}, "50"), QStringLiteral("-b"), QStringLiteral("1"),
            QStringLiteral("--stdin"), QStringLiteral("--stdout")};
        child.input = text.toUtf8() + '\n';
        child.maxOutputBytes = 64 * 1024 * 1024;
        PipelineOutput output;
        output.files.append({"wav", "audio/wav", withLengths(outputOf(child, context)), 0});
        return output;
    }

private:
    QString m_program;
};

} // namespace

FoundWork textToSpeech()
{
    FoundWork found;
    found.pipeline = QStringLiteral("text-to-speech");
    const QString program = programPath(QStringLiteral("espeak-ng"));
    if (program.isEmpty())
        found.missing = QStringLiteral("the program espeak-ng; the package espeak-ng has it");
    else
        found.work = std::make_unique<Speech>(program);
    return found;
}

} // namespace sluice::sandbox
