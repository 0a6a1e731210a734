#pragma once

#include "media_test_support.h"

#include "sluice/media/file_source.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace media_test {

/// Files as people have them, made by FFmpeg's program, which is also who says how they have to look.
class OddFiles {
public:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// `ffmpeg ARGUMENTS name`.
    void make(const QString &name, const QStringList &arguments) const { run(arguments + QStringList{path(name)}); }
    /// A moving test picture through the encoder that the arguments name.
    void makePattern(const QString &name, const QString &size, int rate, double seconds, const QStringList &arguments) const
    {
        make(name, QStringList{"-f", "lavfi", "-i", QStringLiteral("testsrc2=s=%1:r=%2:d=%3").arg(size).arg(rate).arg(seconds)} + arguments);
    }
    void join(const QString &name, const QStringList &parts) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QString &part : parts) {
            QFile one(path(part));
            QVERIFY(one.open(QIODevice::ReadOnly));
            file.write(one.readAll());
        }
    }
    /// What FFmpeg makes of the file's first picture: three bytes a pixel.
    [[nodiscard]] QByteArray firstPicture(const QString &name, const QString &filters) const
    {
        return run({"-i", path(name), "-frames:v", "1", "-sws_flags", "bicubic+accurate_rnd+full_chroma_int", "-vf", filters + ",format=rgb24", "-f", "rawvideo", "-"});
    }

private:
    static QByteArray run(const QStringList &arguments)
    {
        QProcess ffmpeg;
        ffmpeg.start("ffmpeg", QStringList{"-hide_banner", "-loglevel", "error", "-nostdin", "-y"} + arguments);
        if (!ffmpeg.waitForFinished(120'000) || ffmpeg.exitCode() != 0)
            qFatal("ffmpeg %s: %s %s", qPrintable(arguments.join(' ')), qPrintable(ffmpeg.errorString()), ffmpeg.readAllStandardError().constData());
        return ffmpeg.readAllStandardOutput();
    }

    QTemporaryDir m_folder;
};

/// Plays a file, as fast as it can be decoded unless told otherwise, through encoder and decoder.
class Playing {
public:
    explicit Playing(const QString &path, FileSource::Options options = {.loop = false, .realTime = false})
        : m_source(orThrow(FileSource::open(path, options)))
    {
        EncoderSettings settings;
        settings.audio = m_source->audioFormat();
        m_decoder = std::make_unique<Decoder>(DecoderSettings(), m_decoded.output());
        m_encoder = orThrow(Encoder::create(settings, [this](const TsChunk &chunk) { check(m_decoder->feed(inputOf(chunk))); }));
    }
    ~Playing() { m_source->stop(); }

    /// Until so many pictures were given out, or the file's end.
    void run(int pictures)
    {
        m_wanted = pictures;
        m_source->start({.frame = [this](Frame frame) { take(std::move(frame)); },
            .audio = [this](const AudioChunk &chunk) {
                if (m_over)
                    return;
                m_sounds.append(chunk);
                check(m_encoder->encode(chunk));
            },
            .failed = [this](const Error &error) {
                m_error = error;
                m_over = true;
            },
            .ended = [this] { m_over = true; }});
        QTRY_VERIFY_WITH_TIMEOUT(m_over, 60'000);
        m_source->stop();
        check(m_encoder->finish());
        check(m_decoder->finish());
        QVERIFY2(!m_error, m_error ? qPrintable(m_error->message()) : "");
    }
    [[nodiscard]] const std::vector<Frame> &given() const { return m_given; } ///< by the source
    [[nodiscard]] const std::vector<Frame> &back() const { return m_decoded.frames; } ///< out of the decoder
    [[nodiscard]] const QList<AudioChunk> &sounds() const { return m_sounds; }
    [[nodiscard]] FileSource &source() { return *m_source; }

private:
    void take(Frame frame)
    {
        if (m_over)
            return;
        check(m_encoder->encode(frame));
        m_given.push_back(std::move(frame));
        m_over = int(m_given.size()) >= m_wanted;
    }
    void check(const Expected<void> &done)
    {
        if (!done && !m_error)
            m_error = done.error();
    }

    std::vector<Frame> m_given;
    QList<AudioChunk> m_sounds;
    Decoded m_decoded;
    int m_wanted = 0;
    std::atomic<bool> m_over = false;
    std::optional<Error> m_error;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<Encoder> m_encoder;
    std::unique_ptr<FileSource> m_source; ///< last: goes before what it feeds
};

} // namespace media_test
