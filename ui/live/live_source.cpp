#include "sluice/live/live_source.h"

#include "sluice/media/camera_source.h"
#include "sluice/media/file_source.h"
#include "sluice/media/test_pattern.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QSettings>
#include <QtCore/QThreadPool>

#include <algorithm>

namespace sluice::ui {

namespace {

/// Passes everything on but the failure, which the panel tells: the job stays open for another source, one click away.
class WatchedSource final : public media::VideoSource {
public:
    WatchedSource(std::unique_ptr<media::VideoSource> source, std::function<void(const Error &)> trouble)
        : m_source(std::move(source))
        , m_trouble(std::move(trouble))
    {
    }

    void start(media::SourceOutput output) override
    {
        output.failed = m_trouble;
        m_source->start(std::move(output));
    }
    void stop() override { m_source->stop(); }
    void setPaused(bool paused) override { m_source->setPaused(paused); }
    [[nodiscard]] media::VideoFormat format() const override { return m_source->format(); }
    [[nodiscard]] std::optional<media::AudioFormat> audioFormat() const override { return m_source->audioFormat(); }
    [[nodiscard]] QString description() const override { return m_source->description(); }

private:
    std::unique_ptr<media::VideoSource> m_source;
    std::function<void(const Error &)> m_trouble;
};


Expected<std::unique_ptr<media::VideoSource>> openCamera(const LiveSource &wanted)
{
    const QList<media::CameraInfo> plugged = media::cameras();
    const bool there = std::any_of(plugged.begin(), plugged.end(), [&](const media::CameraInfo &info) { return info.id == wanted.cameraId; });
    if (!there) {
        const QString what = QCoreApplication::translate("LiveSource", "The camera “%1” is not plugged in.").arg(wanted.name);
        return unexpected(Error(Error::Kind::Config, what)
                              .withAdvice(QCoreApplication::translate("LiveSource", "Plug it in and start again, or use the test pattern.")));
    }
    return std::unique_ptr<media::VideoSource>(std::make_unique<media::CameraSource>(wanted.cameraId, wanted.format));
}

Expected<std::unique_ptr<media::VideoSource>> openFile(const QString &path, double stillRate)
{
    media::FileSource::Options options;
    options.loop = true;
    options.stillFramesPerSecond = stillRate;
    auto file = media::FileSource::open(path, options);
    if (!file)
        return unexpected(file.error());
    return std::unique_ptr<media::VideoSource>(std::move(file).value());
}

} // namespace

LiveSource LiveSource::testPattern(const media::VideoFormat &format)
{
    LiveSource source;
    source.format = format;
    return source;
}

void LiveSource::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("live/source"), int(kind));
    settings.setValue(QStringLiteral("live/camera"), cameraId);
    settings.setValue(QStringLiteral("live/camera_name"), name);
    settings.setValue(QStringLiteral("live/file"), path);
    settings.setValue(QStringLiteral("live/width"), format.width);
    settings.setValue(QStringLiteral("live/height"), format.height);
    settings.setValue(QStringLiteral("live/rate"), format.framesPerSecond);
}

LiveSource LiveSource::load(const QSettings &settings)
{
    LiveSource source;
    source.kind = Kind(std::clamp(settings.value(QStringLiteral("live/source")).toInt(), 0, int(Kind::File)));
    source.cameraId = settings.value(QStringLiteral("live/camera")).toByteArray();
    source.name = settings.value(QStringLiteral("live/camera_name")).toString();
    source.path = settings.value(QStringLiteral("live/file")).toString();
    media::VideoFormat format;
    format.width = settings.value(QStringLiteral("live/width"), format.width).toInt();
    format.height = settings.value(QStringLiteral("live/height"), format.height).toInt();
    format.framesPerSecond = settings.value(QStringLiteral("live/rate"), format.framesPerSecond).toDouble();
    if (format.width >= 16 && format.width <= 4096 && format.height >= 16 && format.height <= 4096 && format.framesPerSecond >= 1
        && format.framesPerSecond <= 120)
        source.format = format;
    return source;
}

QString formatText(const media::VideoFormat &format)
{
    const double rate = format.framesPerSecond;
    if (rate <= 0)
        return QStringLiteral("%1×%2").arg(format.width).arg(format.height);
    const QString number = QLocale().toString(rate, 'f', rate == int(rate) ? 0 : 2);
    return QCoreApplication::translate("LiveSource", "%1×%2, %3/s").arg(format.width).arg(format.height).arg(number);
}

QList<media::VideoFormat> usualFormats()
{
    return {{320, 240, 30}, {640, 480, 30}, {640, 480, 15}, {1280, 720, 30}, {1280, 720, 60}, {1920, 1080, 30}};
}

void openSource(const LiveSource &wanted, QObject *context, std::function<void(std::shared_ptr<media::VideoSource>)> done,
    std::function<void(const Error &)> trouble)
{
    const QPointer<QObject> guard(context);
    // Sources fail on threads of their own.
    const auto told = [guard, trouble](const Error &error) {
        QMetaObject::invokeMethod(qApp, [guard, trouble, error] {
            if (guard)
                trouble(error);
        }, Qt::QueuedConnection);
    };
    const auto deliver = [told, done](Expected<std::unique_ptr<media::VideoSource>> source) {
        if (source)
            done(std::make_shared<WatchedSource>(std::move(source).value(), told));
        else
            told(source.error());
    };
    switch (wanted.kind) {
    case LiveSource::Kind::TestPattern:
        deliver(std::unique_ptr<media::VideoSource>(std::make_unique<media::TestPatternSource>(wanted.format)));
        return;
    case LiveSource::Kind::Camera:
        deliver(openCamera(wanted));
        return;
    case LiveSource::Kind::File:
        QThreadPool::globalInstance()->start([path = wanted.path, rate = wanted.format.framesPerSecond, guard, deliver] {
            auto opened = std::make_shared<Expected<std::unique_ptr<media::VideoSource>>>(openFile(path, rate));
            QMetaObject::invokeMethod(qApp, [guard, opened, deliver] {
                if (guard)
                    deliver(std::move(*opened));
            }, Qt::QueuedConnection);
        });
        return;
    }
}

} // namespace sluice::ui
