#include "sluice/picker/capability_marks.h"
#include "sluice/picker/capability_model.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::ui;

class TestPicker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refreshKeepsRowsThatStay();
    void unknownFactsAreCalledUnknown();
    void nothingIsSaidToBeFreeWhereNobodyAnswers();
    void factsAreSaidInWords_data();
    void factsAreSaidInWords();
    void searchWantsEveryWordAnywhere();
    void verbFilterKeepsWhatOffersIt();
    void marksAreBoundedAndKeptForEachProfile();
};

namespace {
CapabilityInfo capability(const QString &name, QList<Verb> verbs = {Verb::Run})
{
    CapabilityInfo info;
    info.name = name;
    info.verbs = std::move(verbs);
    return info;
}
} // namespace

void TestPicker::refreshKeepsRowsThatStay()
{
    CapabilityModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapabilities({capability(QStringLiteral("a")), capability(QStringLiteral("b"))});
    const QPersistentModelIndex kept = model.index(1);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    CapabilityInfo priced = capability(QStringLiteral("b"));
    priced.price = PriceQuote{100, 1, QStringLiteral("second")};
    model.setCapabilities({priced, capability(QStringLiteral("c"))});
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(CapabilityModel::NameRole).toString(), QStringLiteral("b"));
    QVERIFY(kept.data(CapabilityModel::PriceRole).toString().contains(QStringLiteral("100")));
    QCOMPARE(resets.count(), 0);
}

void TestPicker::unknownFactsAreCalledUnknown()
{
    const CapabilityInfo info = capability(QStringLiteral("x"));
    QCOMPARE(CapabilityModel::priceText(info), QStringLiteral("price unknown"));
    QCOMPARE(CapabilityModel::availabilityText(info), QStringLiteral("availability unknown"));
    QCOMPARE(CapabilityModel::health(info), CapabilityModel::Health::Unknown);
}

void TestPicker::nothingIsSaidToBeFreeWhereNobodyAnswers()
{
    CapabilityModel model;
    CapabilityInfo info = capability(QStringLiteral("a"));
    info.availableCapacity = 2;
    info.capacity = 2;
    model.setCapabilities({info});
    const auto health = [&] { return model.index(0).data(CapabilityModel::HealthRole).value<CapabilityModel::Health>(); };
    QCOMPARE(health(), CapabilityModel::Health::Good);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setReachable(false);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(health(), CapabilityModel::Health::Unknown);
    QCOMPARE(model.index(0).data(CapabilityModel::AvailabilityRole).toString(), QStringLiteral("availability unknown"));
    QCOMPARE(model.index(0).data(CapabilityModel::InfoRole).value<CapabilityInfo>().availableCapacity, std::optional(2));
    model.setReachable(true);
    QCOMPARE(health(), CapabilityModel::Health::Good);
}

void TestPicker::factsAreSaidInWords_data()
{
    QTest::addColumn<int>("available");
    QTest::addColumn<int>("capacity");
    QTest::addColumn<QString>("text");
    QTest::newRow("full") << 0 << 4 << QStringLiteral("full");
    QTest::newRow("some") << 3 << 4 << QStringLiteral("3 of 4 free");
}

void TestPicker::factsAreSaidInWords()
{
    QFETCH(int, available);
    QFETCH(int, capacity);
    CapabilityInfo info = capability(QStringLiteral("x"));
    info.availableCapacity = available;
    info.capacity = capacity;
    QTEST(CapabilityModel::availabilityText(info), "text");
    info.price = PriceQuote{0, 1, QStringLiteral("second")};
    QCOMPARE(CapabilityModel::priceText(info), QStringLiteral("free"));
}

void TestPicker::searchWantsEveryWordAnywhere()
{
    CapabilityModel model;
    CapabilityInfo image = capability(QStringLiteral("image-filter"));
    image.description = QStringLiteral("Blurs and sharpens pictures");
    model.setCapabilities({image, capability(QStringLiteral("text-analysis"))});
    CapabilityFilter filter;
    filter.setSourceModel(&model);
    filter.setText(QStringLiteral("PICTURES filter"));
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0).data(CapabilityModel::NameRole).toString(), QStringLiteral("image-filter"));
    filter.setText(QStringLiteral("pictures text"));
    QCOMPARE(filter.rowCount(), 0);
}

void TestPicker::verbFilterKeepsWhatOffersIt()
{
    CapabilityModel model;
    model.setCapabilities({capability(QStringLiteral("a")), capability(QStringLiteral("b"), {Verb::Stream})});
    CapabilityFilter filter;
    filter.setSourceModel(&model);
    filter.setVerb(Verb::Stream);
    QCOMPARE(filter.rowCount(), 1);
    filter.setVerb(std::nullopt);
    QCOMPARE(filter.rowCount(), 2);
}

void TestPicker::marksAreBoundedAndKeptForEachProfile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("marks.ini"));
    const auto id = [](int i) { return CapabilityId{QStringLiteral("byoc"), QString::number(i), {}}; };
    // Names that a settings file takes for a path, or for its own escapes.
    const QStringList profiles{QStringLiteral("a/b"), QStringLiteral("a"), QStringLiteral("100% Größe")};
    for (const QString &profile : profiles) {
        CapabilityMarks marks(file);
        marks.setProfile(profile);
        QSignalSpy changed(&marks, &CapabilityMarks::changed);
        marks.setFavourite(id(int(profiles.indexOf(profile))), true);
        for (int i = 0; i <= CapabilityMarks::MostRecent; ++i)
            marks.used(id(i));
        marks.used(id(CapabilityMarks::MostRecent)); // again: it is the last one already
        QCOMPARE(changed.count(), 2 + CapabilityMarks::MostRecent);
    }
    for (const QString &profile : profiles) {
        CapabilityMarks marks(file);
        marks.setProfile(profile);
        for (int i = 0; i < profiles.size(); ++i)
            QCOMPARE(marks.isFavourite(id(i)), i == profiles.indexOf(profile));
        QCOMPARE(marks.recency(id(CapabilityMarks::MostRecent)), std::optional(0));
        QCOMPARE(marks.recency(id(1)), std::optional(CapabilityMarks::MostRecent - 1));
        QCOMPARE(marks.recency(id(0)), std::optional<int>());
    }
    CapabilityMarks marks(file);
    marks.keepOnly({profiles.at(0)});
    marks.setProfile(profiles.at(1));
    QVERIFY(!marks.isFavourite(id(1)));
    marks.setProfile(profiles.at(0));
    QVERIFY(marks.isFavourite(id(0)));
    for (int i = 0; i < CapabilityMarks::MostFavourites + 5; ++i)
        marks.setFavourite(id(i), true);
    QVERIFY(!marks.isFavourite(id(CapabilityMarks::MostFavourites)));
}

QTEST_MAIN(TestPicker)
#include "tst_picker.moc"
