#include "sluice/live/live_data_model.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_plot.h"
#include "sluice/live/live_plots.h"
#include "sluice/live/live_source.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/live/parameter_updater.h"
#include "sluice/media/frame.h"
#include "sluice/widgets/amount_label.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QPromise>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::ui;
using Tester = QAbstractItemModelTester;

class TestLiveModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEventLogIsBounded();
    void heartbeatsCountUpInsteadOfPushingOut();
    void theDataChannelKeepsTheNewestRecords();
    void longRecordsAreCut();
    void recordsComeInBatches();
    void stagesAreNamedAndEndWithTheWholeWay();
    void updatesTellTheirDelays();
    void updatesAreBounded();
    void onlyWhatDiffersIsSent_data();
    void onlyWhatDiffersIsSent();
    void aDraggedSliderSendsOneUpdateAtATime();
    void theDelayUntilVisibleWaitsForAPictureTakenAfterwards();
    void aRefusedUpdateIsToldAndSentAgainWithTheNext();
    void sourcesAreRemembered();
    void nonsenseInTheSettingsIsTheTestPattern();
    void measurementsReadInOneLine();
};

namespace {

/// Promises in the order in which updates asked for them.
struct Answers {
    QList<std::shared_ptr<QPromise<void>>> open;
    QList<Json> asked;

    ParameterUpdater::Send sender()
    {
        return [this](const Json &change) {
            asked.append(change);
            auto promise = std::make_shared<QPromise<void>>();
            promise->start();
            open.append(promise);
            return promise->future();
        };
    }
    void answer() { open.takeFirst()->finish(); }
    void refuse(const Error &error)
    {
        const auto promise = open.takeFirst();
        promise->setException(error);
        promise->finish();
    }
};

QString cell(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

void TestLiveModels::theEventLogIsBounded()
{
    LiveEventsModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    for (int i = 0; i < LiveEventsModel::Capacity + 50; ++i)
        model.add(LiveEventsModel::Kind::Warning, QStringLiteral("gap %1").arg(i));
    QCOMPARE(model.rowCount(), LiveEventsModel::Capacity);
    QCOMPARE(cell(model, 0, LiveEventsModel::TextColumn), QStringLiteral("gap 50"));
    QCOMPARE(model.asText().count(QLatin1Char('\n')), LiveEventsModel::Capacity);
    model.add(LiveEventsModel::Kind::Event, QString(100'000, QLatin1Char('x')), QString(100'000, QLatin1Char('y')));
    QVERIFY(cell(model, model.rowCount() - 1, LiveEventsModel::TextColumn).size() < 1000);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestLiveModels::heartbeatsCountUpInsteadOfPushingOut()
{
    LiveEventsModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    for (int i = 0; i < 40; ++i)
        model.addEvent(Json{{"type", "heartbeat"}, {"timestamp", qint64(1000 + i)}, {"fps", i}});
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(cell(model, 0, LiveEventsModel::TextColumn).contains(QStringLiteral("40")));
    model.addEvent(Json{{"type", "parameters"}, {"timestamp", 5}, {"strength", 2}});
    QCOMPARE(cell(model, 1, LiveEventsModel::TextColumn), QStringLiteral("parameters {\"strength\":2}"));
    model.addEvent(Json{{"free", "form"}});
    QCOMPARE(cell(model, 2, LiveEventsModel::TextColumn), QStringLiteral("{\"free\":\"form\"}"));
}

void TestLiveModels::theDataChannelKeepsTheNewestRecords()
{
    LiveDataModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    QSignalSpy totals(&model, &LiveDataModel::totalChanged);
    for (int i = 0; i < 10; ++i)
        model.add(Json{{"n", i}});
    QTRY_COMPARE(model.rowCount(), 10);
    QCOMPARE(model.asText().left(8), QStringLiteral("{\"n\":0}\n"));
    for (int i = 10; i < LiveDataModel::Capacity + 500; ++i)
        model.add(Json{{"n", i}});
    QTRY_COMPARE(totals.last().first().toLongLong(), qint64(LiveDataModel::Capacity + 500));
    QCOMPARE(model.rowCount(), LiveDataModel::Capacity);
    QCOMPARE(cell(model, 0, 0), QStringLiteral("{\"n\":500}"));
    model.clear();
    QCOMPARE(model.total(), qint64(0));
}

void TestLiveModels::longRecordsAreCut()
{
    LiveDataModel model;
    model.add(Json(QString(1'000'000, QLatin1Char('x'))));
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, 0).size(), LiveDataModel::MaxCharacters + 1);
}

void TestLiveModels::recordsComeInBatches()
{
    LiveDataModel model;
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 500; ++i)
        model.add(Json{{"n", i}});
    QTRY_COMPARE(model.rowCount(), 500);
    QCOMPARE(inserted.count(), 1);
}

void TestLiveModels::stagesAreNamedAndEndWithTheWholeWay()
{
    using media::Stage;
    LiveStagesModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    media::LatencySnapshot snapshot;
    snapshot.spans = {{Stage::Captured, Stage::Encoded, 2.04, 3, 30}, {Stage::Sent, Stage::Received, 6, 9, 30}};
    snapshot.endToEnd = media::LatencySpan{Stage::Captured, Stage::Shown, 21, 38, 29};
    model.setSnapshot(snapshot);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, LiveStagesModel::StageColumn), QStringLiteral("Encode"));
    QCOMPARE(cell(model, 0, LiveStagesModel::P50Column), QLocale().toString(2.0, 'f', 1));
    QCOMPARE(cell(model, 1, LiveStagesModel::StageColumn), QStringLiteral("Network and capability"));
    QCOMPARE(cell(model, 2, LiveStagesModel::StageColumn), QStringLiteral("End to end"));
    QCOMPARE(LiveStagesModel::spanText(Stage::Captured, Stage::Sent), QStringLiteral("From captured to sent"));
    // New numbers for the same stages leave rows, and with them a selection, alone.
    const QPersistentModelIndex kept = model.index(1, 0);
    model.setSnapshot(snapshot);
    QVERIFY(kept.isValid());
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestLiveModels::updatesTellTheirDelays()
{
    LiveUpdatesModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    const int first = model.begin(QStringLiteral("strength 1"));
    const int second = model.begin(QStringLiteral("strength 2"));
    QCOMPARE(cell(model, 0, LiveUpdatesModel::ChangeColumn), QStringLiteral("strength 2"));
    QCOMPARE(cell(model, 0, LiveUpdatesModel::AcknowledgedColumn), QStringLiteral("sent"));
    model.acknowledge(first, LiveUpdatesModel::Delay(12.4));
    model.seen(first, LiveUpdatesModel::Delay(41));
    QCOMPARE(cell(model, 1, LiveUpdatesModel::AcknowledgedColumn), QStringLiteral("12 ms"));
    QCOMPARE(cell(model, 1, LiveUpdatesModel::SeenColumn), QStringLiteral("41 ms"));
    model.fail(second, QStringLiteral("strength has to be from 0 to 1"));
    QCOMPARE(cell(model, 0, LiveUpdatesModel::AcknowledgedColumn), QStringLiteral("refused"));
    QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("strength has to be from 0 to 1"));
    QVERIFY(!model.lastAcknowledged());
}

void TestLiveModels::updatesAreBounded()
{
    LiveUpdatesModel model;
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    const int gone = model.begin(QStringLiteral("first"));
    for (int i = 0; i < LiveUpdatesModel::Capacity; ++i)
        model.begin(QString::number(i));
    QCOMPARE(model.rowCount(), LiveUpdatesModel::Capacity);
    model.acknowledge(gone, LiveUpdatesModel::Delay(1)); // harmless
    QVERIFY(!model.lastAcknowledged());
}

void TestLiveModels::onlyWhatDiffersIsSent_data()
{
    QTest::addColumn<QByteArray>("known");
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("nothing") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})") << QByteArray("{}");
    QTest::newRow("one of two") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"a":1,"b":3})") << QByteArray(R"({"b":3})");
    QTest::newRow("a new one") << QByteArray(R"({})") << QByteArray(R"({"a":[1]})") << QByteArray(R"({"a":[1]})");
    QTest::newRow("one that is gone") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"b":2})") << QByteArray(R"({"a":null})");
    QTest::newRow("gone twice") << QByteArray(R"({"a":null})") << QByteArray(R"({})") << QByteArray("{}");
}

void TestLiveModels::onlyWhatDiffersIsSent()
{
    QFETCH(QByteArray, known);
    QFETCH(QByteArray, next);
    const Json change = ParameterUpdater::difference(orThrow(Json::parse(known)), orThrow(Json::parse(next)));
    QTEST(change.dump(), "change");
}

void TestLiveModels::aDraggedSliderSendsOneUpdateAtATime()
{
    LiveUpdatesModel model;
    ParameterUpdater updater(model);
    Answers answers;
    updater.start(Json{{"strength", 0}, {"filter", "edges"}}, answers.sender());
    for (int i = 1; i <= 20; ++i)
        updater.change(Json{{"strength", i}, {"filter", "edges"}});
    QTRY_COMPARE(answers.asked.size(), 1);
    QCOMPARE(answers.asked.first().dump(), QByteArray(R"({"strength":20})"));
    for (int i = 21; i <= 40; ++i)
        updater.change(Json{{"strength", i}, {"filter", "edges"}});
    QElapsedTimer waited;
    waited.start();
    QTRY_VERIFY(waited.hasExpired(250)); // none overtakes the one that is on its way
    QCOMPARE(answers.asked.size(), 1);
    answers.answer();
    QTRY_COMPARE(answers.asked.size(), 2);
    QCOMPARE(answers.asked.last().dump(), QByteArray(R"({"strength":40})"));
    answers.answer();
    QTRY_VERIFY(model.lastAcknowledged().has_value());
    updater.change(Json{{"strength", 40}, {"filter", "edges"}});
    waited.restart();
    QTRY_VERIFY(waited.hasExpired(250));
    QCOMPARE(answers.asked.size(), 2);
    updater.stop();
}

void TestLiveModels::theDelayUntilVisibleWaitsForAPictureTakenAfterwards()
{
    LiveUpdatesModel model;
    ParameterUpdater updater(model);
    Answers answers;
    updater.start(Json{{"strength", 0}}, answers.sender());
    updater.change(Json{{"strength", 1}});
    QTRY_COMPARE(answers.asked.size(), 1);
    const qint64 before = media::nowTicks();
    answers.answer();
    QTRY_VERIFY(model.lastAcknowledged().has_value());
    updater.frameShown(before);
    QVERIFY(!model.lastSeen());
    updater.frameShown(media::nowTicks() + 3000);
    QVERIFY(model.lastSeen().has_value());
    QVERIFY(*model.lastSeen() >= *model.lastAcknowledged());
    // Times of another origin say nothing.
    updater.change(Json{{"strength", 2}});
    QTRY_COMPARE(answers.asked.size(), 2);
    answers.answer();
    QTRY_VERIFY(model.lastAcknowledged().has_value());
    updater.frameShown(media::nowTicks() + 3600 * media::ticksPerSecond);
    QVERIFY(!model.lastSeen());
}

void TestLiveModels::aRefusedUpdateIsToldAndSentAgainWithTheNext()
{
    LiveUpdatesModel model;
    ParameterUpdater updater(model);
    Answers answers;
    QSignalSpy failures(&updater, &ParameterUpdater::failed);
    updater.start(Json{{"a", 0}, {"b", 0}}, answers.sender());
    updater.change(Json{{"a", 1}, {"b", 0}});
    QTRY_COMPARE(answers.asked.size(), 1);
    answers.refuse(Error(Error::Kind::InvalidInput, QStringLiteral("a has to be 0")).withField(QStringLiteral("/a")));
    QTRY_COMPARE(failures.count(), 1);
    updater.change(Json{{"a", 1}, {"b", 1}});
    QTRY_COMPARE(answers.asked.size(), 2);
    QCOMPARE(answers.asked.last().dump(), QByteArray(R"({"a":1,"b":1})"));
    // An answer for a job that is over changes nothing.
    updater.stop();
    answers.answer();
    QCoreApplication::processEvents();
    QVERIFY(!model.lastAcknowledged());
}

void TestLiveModels::sourcesAreRemembered()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    LiveSource camera;
    camera.kind = LiveSource::Kind::Camera;
    camera.cameraId = "/dev/video7";
    camera.name = QStringLiteral("Desk camera");
    camera.format = {1280, 720, 29.97};
    camera.save(settings);
    const LiveSource again = LiveSource::load(settings);
    QVERIFY(again == camera);
    QCOMPARE(again.name, camera.name);
}

void TestLiveModels::nonsenseInTheSettingsIsTheTestPattern()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    QVERIFY(LiveSource::load(settings) == LiveSource::testPattern());
    settings.setValue(QStringLiteral("live/source"), -7);
    settings.setValue(QStringLiteral("live/width"), 1'000'000);
    settings.setValue(QStringLiteral("live/rate"), QStringLiteral("many"));
    QVERIFY(LiveSource::load(settings) == LiveSource::testPattern());
}

void TestLiveModels::measurementsReadInOneLine()
{
    LivePlots plots;
    LiveStats stats;
    auto latency = std::make_shared<media::LatencySnapshot>();
    latency->endToEnd = media::LatencySpan{media::Stage::Captured, media::Stage::Shown, 21.4, 38, 30};
    latency->framesPerSecondIn = 30;
    latency->framesPerSecondOut = 29;
    stats.latency = latency;
    stats.out.kilobitsPerSecond = 1800;
    stats.in.kilobitsPerSecond = 1750;
    stats.out.dropped = 2;
    stats.weiPerMinute = QStringLiteral("60000000000");
    plots.append(stats);
    const QLocale locale;
    QCOMPARE(plots.summary(), QStringLiteral("p50 21 ms · p95 38 ms · %1 → %2 fps · %3 → %4 kbit/s · 2 dropped · %5/min")
                                  .arg(locale.toString(30.0, 'f', 1), locale.toString(29.0, 'f', 1), locale.toString(1800.0, 'f', 0), locale.toString(1750.0, 'f', 0), AmountLabel::humanWei(QStringLiteral("60000000000"), 3)));
    // Those that were given up here are among those that never came back: there is one count, in the line and in the plot.
    latency->lost = 1072;
    plots.append(stats);
    const QString dropped = QStringLiteral("%L1 dropped").arg(1072);
    QVERIFY2(plots.summary().contains(dropped), qPrintable(plots.summary()));
    QStringList drawn;
    for (const LivePlot *plot : plots.findChildren<LivePlot *>())
        drawn << plot->accessibleName();
    QVERIFY2(drawn.join(u'|').remove(QLocale().groupSeparator()).contains(QStringLiteral("1072")), qPrintable(drawn.join(u'|')));
    plots.clear();
    QVERIFY(plots.summary().isEmpty());
}

QTEST_MAIN(TestLiveModels)
#include "tst_live_models.moc"
