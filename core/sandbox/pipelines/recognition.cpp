#include "sluice/sandbox/pipelines/child_process.h"
#include "sluice/sandbox/pipelines/pipelines.h"
#include "sluice/sandbox/pipelines/sound.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

const QString ModelFolder = QStringLiteral("/usr/share/pocketsphinx/model/en-us");

struct Spoken {
    QString text;
    double begin = 0;
    double end = 0;
};

/// What was said between two silences.
struct Sentence : Spoken {
    QList<Spoken> words;
};

/// "going(2) 0.280 0.580 0.999300"; silence and noise are words in angle brackets.
std::optional<Spoken> timedWord(const QString &line)
{
    static const QRegularExpression form(QStringLiteral("^(\\S+) (\\d+\\.\\d+) (\\d+\\.\\d+) \\d+\\.\\d+$"));
    const QRegularExpressionMatch match = form.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    return Spoken{match.captured(1), match.captured(2).toDouble(), match.captured(3).toDouble()};
}

/// Reads what the program writes: of each sentence its text, then its words with their times.
QList<Sentence> sentencesIn(const QByteArray &output)
{
    QList<Sentence> sentences;
    const QStringList lines = QString::fromUtf8(output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const auto timed = timedWord(line);
        if (!timed) {
            Sentence sentence;
            sentence.text = line.trimmed();
            sentences.append(sentence);
            continue;
        }
        if (sentences.isEmpty() || timed->text.startsWith(QLatin1Char('<')) || timed->text.startsWith(QLatin1Char('[')))
            continue;
        Spoken word = *timed;
        word.text = word.text.section(QLatin1Char('('), 0, 0); // the number of its pronunciation
        Sentence &sentence = sentences.last();
        if (sentence.words.isEmpty())
            sentence.begin = word.begin;
        sentence.end = word.end;
        sentence.words.append(word);
    }
    sentences.removeIf([](const Sentence &sentence) { return sentence.words.isEmpty(); });
    return sentences;
}

Json seconds(double time)
{
    return Json::number(QByteArray::number(time, 'f', 2));
}

Json chunkOf(const Spoken &spoken)
{
    return Json{{QStringLiteral("timestamp"), Json::array({seconds(spoken.begin), seconds(spoken.end)})}, {QStringLiteral("text"), spoken.text}};
}

class Recognition final : public aigateway::PipelineWork {
public:
    explicit Recognition(QString program)
        : m_program(std::move(program))
    {
    }
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("audio-to-text"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/pocketsphinx-en-us"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Writes down English speech with the recognizer PocketSphinx and its own American English model of hidden Markov chains, as one had before "
                              "neural networks: it takes clear speech of common words and mishears much else. Takes WAV, MP3, Ogg, FLAC, M4A and WebM of up to 5 minutes. "
                              "Any model name is taken.");
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const QByteArray wav = speechWav(input.file, context);
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("speech.wav")));
        if (!folder.isValid() || !file.open(QIODevice::WriteOnly) || file.write(wav) != wav.size() || !file.flush())
            throw Error(Error::Kind::Storage, QStringLiteral("The sound cannot be written to %1: %2").arg(file.fileName(), file.errorString()));
        ChildProgram child;
        child.program = m_program;
        child.arguments = {QStringLiteral("-infile"), file.fileName(), QStringLiteral("-time"), QStringLiteral("yes"), QStringLiteral("-logfn"), QStringLiteral("/dev/null"),
            QStringLiteral("-hmm"), ModelFolder + QStringLiteral("/en-us"), QStringLiteral("-lm"), ModelFolder + QStringLiteral("/en-us.lm.bin"), QStringLiteral("-dict"),
            ModelFolder + QStringLiteral("/cmudict-en-us.dict")};
        return outputFor(sentencesIn(outputOf(child, context)), input.text("return_timestamps"));
    }

private:
    static PipelineOutput outputFor(const QList<Sentence> &sentences, const QString &times)
    {
        QStringList texts;
        Json chunks = Json::array();
        for (const Sentence &sentence : sentences) {
            texts.append(sentence.text);
            if (times == QLatin1String("word")) {
                for (const Spoken &word : sentence.words)
                    chunks.append(chunkOf(word));
            } else if (times != QLatin1String("false")) {
                chunks.append(chunkOf(sentence));
            }
        }
        PipelineOutput output;
        output.json = Json{{QStringLiteral("chunks"), chunks}, {QStringLiteral("text"), texts.join(QLatin1Char(' '))}};
        return output;
    }

    QString m_program;
};

} // namespace

FoundWork audioToText()
{
    FoundWork found;
    found.pipeline = QStringLiteral("audio-to-text");
    const QString program = programPath(QStringLiteral("pocketsphinx_continuous"));
    if (program.isEmpty())
        found.missing = QStringLiteral("the program pocketsphinx_continuous; the package pocketsphinx has it");
    else if (!QFile::exists(ModelFolder + QStringLiteral("/en-us.lm.bin")))
        found.missing = QStringLiteral("the English model of PocketSphinx; the package pocketsphinx-en-us has it");
    else
        found.work = std::make_unique<Recognition>(program);
    return found;
}

} // namespace sluice::sandbox
