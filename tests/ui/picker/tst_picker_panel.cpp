#include "peers/echo_backend.h"
#include "ui/ui_test_support.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/backends.h"
#include "sluice/picker/capability_delegate.h"
#include "sluice/picker/capability_marks.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QListView>

using namespace sluice;
using namespace sluice::ui;
using test::EchoServer;

namespace {

const QStringList Names{QStringLiteral("alpha"), QStringLiteral("beta"), QStringLiteral("gamma"), QStringLiteral("delta"), QStringLiteral("epsilon"), QStringLiteral("zeta")};

/// The picker of a connected session, with six capabilities in this order.
struct Fixture {
    explicit Fixture(const QString &marks, const QString &profileName = QStringLiteral("echoes"), const std::shared_ptr<UserData> &data = UserData::inMemory())
        : session(data)
        , panel(session, marks)
    {
        profile.name = profileName;
        profile.local = false;
        profile.backends.insert(QStringLiteral("echo"), server.settings().values);
        session.saveProfile(profile);
        panel.resize(280, 560);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitFor([&] { return list().model()->rowCount() == Names.size(); }, 30'000))
            qWarning("not listed");
    }
    [[nodiscard]] QListView &list() const { return *panel.findChild<QListView *>(); }
    [[nodiscard]] QStringList of(int role) const
    {
        QStringList all;
        for (int row = 0; row < list().model()->rowCount(); ++row)
            all.append(list().model()->index(row, 0).data(role).toString());
        return all;
    }
    [[nodiscard]] QStringList names() const { return of(CapabilityModel::NameRole); }
    /// Captions with the row at which they stand: "0 Favourites".
    [[nodiscard]] QStringList captions() const
    {
        QStringList all;
        const QStringList every = of(CapabilityModel::CaptionRole);
        for (int row = 0; row < every.size(); ++row) {
            if (!every.at(row).isEmpty())
                all.append(QStringLiteral("%1 %2").arg(row).arg(every.at(row)));
        }
        return all;
    }
    [[nodiscard]] QModelIndex row(const QString &name) const { return list().model()->index(int(names().indexOf(name)), 0); }
    void pressStar(const QString &name)
    {
        list().scrollTo(row(name));
        const QRect star = CapabilityDelegate::star(list().visualRect(row(name)), row(name), list().layoutDirection());
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, star.center());
    }
    void call(const QString &name)
    {
        Call one;
        one.backend = QStringLiteral("echo");
        one.capability = name;
        one.input = Json{{QStringLiteral("text"), QStringLiteral("x")}};
        const RunController *run = session.execute(one);
        QVERIFY(run);
        QTRY_VERIFY(run->state() != RunController::State::Running);
    }

    EchoServer server{Names};
    Session session;
    PickerPanel panel;
    Profile profile;
};

} // namespace

/// Favourites and what was called last, in the panel that people see.
class TestPickerPanel : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); }

private Q_SLOTS:
    void initTestCase()
    {
        backends::add(test::echoBackendKind());
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void init() { QFile::remove(m_marks); }
    void withoutMarksThereAreNoGroups();
    void aPressOnTheStarMakesAFavouriteAndOpensNothing();
    void whatWasCalledLastStandsBelowTheFavourites();
    void aSearchHasTheOrderOfTheNetwork();
    void aCaptionIsNoCapability();
    void theKeyboardStaysWithItsCapability();
    void marksOutliveThePanelAndBelongToTheirProfile();
    void everyControlHasAName();

private:
    QTemporaryDir m_folder;
    const QString m_marks = m_folder.filePath(QStringLiteral("window.ini"));
};

void TestPickerPanel::withoutMarksThereAreNoGroups()
{
    const Fixture fixture(m_marks);
    QCOMPARE(fixture.names(), Names);
    QCOMPARE(fixture.captions(), QStringList());
    QCOMPARE(fixture.panel.isFavourite(), std::optional<bool>()); // nothing is in front
}

void TestPickerPanel::aPressOnTheStarMakesAFavouriteAndOpensNothing()
{
    Fixture fixture(m_marks);
    QSignalSpy picked(&fixture.panel, &PickerPanel::picked);
    fixture.pressStar(QStringLiteral("delta"));
    QCOMPARE(fixture.names().first(), QStringLiteral("delta"));
    QCOMPARE(fixture.captions(), (QStringList{QStringLiteral("0 Favourites"), QStringLiteral("1 All others")}));
    QVERIFY(fixture.row(QStringLiteral("delta")).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("favourite")));
    QVERIFY(!fixture.row(QStringLiteral("beta")).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("favourite")));
    uitest::picture(fixture.panel, QStringLiteral("picker-favourite"));
    // The first of all is a favourite already where it stands.
    fixture.pressStar(QStringLiteral("alpha"));
    QCOMPARE(fixture.names().mid(0, 2), (QStringList{QStringLiteral("alpha"), QStringLiteral("delta")}));
    fixture.pressStar(QStringLiteral("delta"));
    fixture.pressStar(QStringLiteral("alpha"));
    QCOMPARE(fixture.names(), Names);
    QCOMPARE(fixture.captions(), QStringList());
    QCOMPARE(picked.count(), 0);
    // Beside the star it is the capability that is meant.
    const QRect row = fixture.list().visualRect(fixture.row(QStringLiteral("beta")));
    QTest::mouseClick(fixture.list().viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(picked.count(), 1);
}

void TestPickerPanel::whatWasCalledLastStandsBelowTheFavourites()
{
    Fixture fixture(m_marks);
    fixture.pressStar(QStringLiteral("zeta"));
    for (const char *name : {"epsilon", "beta", "zeta"})
        fixture.call(QString::fromLatin1(name));
    QCOMPARE(fixture.names(), (QStringList{"zeta", "beta", "epsilon", "alpha", "gamma", "delta"}));
    QCOMPARE(fixture.captions(), (QStringList{QStringLiteral("0 Favourites"), QStringLiteral("1 Called last"), QStringLiteral("3 All others")}));
    uitest::picture(fixture.panel, QStringLiteral("picker-groups"));
    // The palette has the same order.
    QStringList ordered;
    for (const CapabilityInfo &info : fixture.panel.inOrder())
        ordered.append(info.name);
    QCOMPARE(ordered, fixture.names());
    fixture.pressStar(QStringLiteral("zeta")); // still one that was called last
    QCOMPARE(fixture.names().first(), QStringLiteral("zeta"));
    QCOMPARE(fixture.captions().first(), QStringLiteral("0 Called last"));
}

void TestPickerPanel::aSearchHasTheOrderOfTheNetwork()
{
    Fixture fixture(m_marks);
    fixture.pressStar(QStringLiteral("zeta"));
    auto *search = fixture.panel.findChild<QLineEdit *>();
    search->setText(QStringLiteral("ta")); // beta, delta, zeta
    QCOMPARE(fixture.names(), (QStringList{"beta", "delta", "zeta"}));
    QCOMPARE(fixture.captions(), QStringList());
    search->clear();
    QCOMPARE(fixture.names().first(), QStringLiteral("zeta"));
}

void TestPickerPanel::aCaptionIsNoCapability()
{
    Fixture fixture(m_marks);
    fixture.pressStar(QStringLiteral("gamma"));
    QSignalSpy picked(&fixture.panel, &PickerPanel::picked);
    QListView &list = fixture.list();
    const QRect row = list.visualRect(fixture.row(QStringLiteral("gamma")));
    const QRect body = CapabilityDelegate::body(row, fixture.row(QStringLiteral("gamma")));
    QVERIFY(body.top() > row.top());
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(row.center().x(), (row.top() + body.top()) / 2));
    QCOMPARE(picked.count(), 0);
}

void TestPickerPanel::theKeyboardStaysWithItsCapability()
{
    Fixture fixture(m_marks);
    fixture.panel.setCurrent(CapabilityId{QStringLiteral("echo"), QStringLiteral("alpha"), {}});
    QCOMPARE(fixture.panel.isFavourite(), std::optional(false));
    fixture.list().setFocus();
    QVERIFY(QTest::qWaitFor([&] { return fixture.list().hasFocus(); }));
    fixture.list().setCurrentIndex(fixture.row(QStringLiteral("epsilon")));
    fixture.panel.toggleFavourite();
    QCOMPARE(fixture.names().first(), QStringLiteral("epsilon"));
    QCOMPARE(fixture.list().currentIndex(), fixture.row(QStringLiteral("epsilon")));
    QCOMPARE(fixture.panel.isFavourite(), std::optional(true));
    // Elsewhere it is about what the workbench shows.
    fixture.panel.focusSearch();
    QCOMPARE(fixture.panel.isFavourite(), std::optional(false));
    fixture.panel.toggleFavourite();
    QCOMPARE(fixture.names().mid(0, 2), (QStringList{QStringLiteral("alpha"), QStringLiteral("epsilon")}));
}

void TestPickerPanel::marksOutliveThePanelAndBelongToTheirProfile()
{
    // As for one person: profiles and marks stand beside each other.
    const std::shared_ptr<UserData> data = UserData::inMemory();
    const QString name = QStringLiteral("echoes");
    {
        Fixture fixture(m_marks, name, data);
        fixture.pressStar(QStringLiteral("beta"));
        fixture.call(QStringLiteral("gamma"));
    }
    {
        const Fixture other(m_marks, QStringLiteral("others"), data);
        QCOMPARE(other.names(), Names);
    }
    Fixture again(m_marks, name, data);
    QCOMPARE(again.names().mid(0, 2), (QStringList{QStringLiteral("beta"), QStringLiteral("gamma")}));
    QCOMPARE(again.captions().size(), 3);
    again.session.removeProfile(again.profile.name);
    QTRY_VERIFY(again.session.profile().name != again.profile.name);
    CapabilityMarks kept(m_marks);
    kept.setProfile(again.profile.name);
    QVERIFY(!kept.isFavourite(CapabilityId{QStringLiteral("echo"), QStringLiteral("beta"), {}}));
}

void TestPickerPanel::everyControlHasAName()
{
    Fixture fixture(m_marks);
    QCOMPARE(uitest::controlsWithoutName(fixture.panel), QStringList());
    QVERIFY(fixture.list().accessibleDescription().contains(QStringLiteral("Ctrl+D")));
}

QTEST_MAIN(TestPickerPanel)
#include "tst_picker_panel.moc"
