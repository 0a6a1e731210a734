// What a form does with the file of a picture: the private details stay here, and a person sees that and may want otherwise.

#include "form_test_support.h"

#include "sluice/forms/file_editor_p.h"
#include "sluice/forms/schema_form.h"
#include "sluice/widgets/taken_out_line.h"

#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QDropEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

QString pathOf(const QByteArray &name)
{
    return QStringLiteral(SLUICE_TEST_DATA "/pictures/") + QString::fromLatin1(name);
}

QByteArray contentOf(const QByteArray &name)
{
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name.constData());
    return file.readAll();
}

bool tellsNothing(const QByteArray &picture)
{
    const auto details = lookThrough(picture);
    return details && !details->found;
}

} // namespace

class TestFormPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init() { make("image/*"); }

    void privateDetailsStayHereUnlessWanted_data();
    void privateDetailsStayHereUnlessWanted();
    void droppedPictureIsTakenLikeAChosenOne();
    void dataUrlHoldsWhatIsSent();
    void everyFileBeginsWithoutPrivateDetails();
    void valueFromElsewhereIsNoFile();
    void whatTellsNothingHasNoLine();
    void whatCannotBeLookedThroughIsSentAndSaid();
    void phonesFormatIsTakenWithAdvice();
    void phonesFormatIsRefusedWithAdviceWhereOthersAreWanted();
    void looksCalm();

private:
    void make(const QByteArray &types, const QByteArray &more = "\"contentEncoding\":\"base64\"")
    {
        m_form = std::make_unique<SchemaForm>();
        m_form->setSchema(json(QByteArray("{\"type\":\"object\",\"properties\":{\"image\":{\"type\":\"string\",\"title\":\"Image\",\"contentMediaType\":\"" + types + "\"," + more + "}}}").constData()));
        m_form->resize(420, 300);
        m_form->show();
        m_editor = m_form->findChild<FileEditor *>();
    }
    [[nodiscard]] QByteArray sent() const { return QByteArray::fromBase64(m_form->value().value(QStringLiteral("image")).toString().toLatin1()); }
    [[nodiscard]] TakenOutLine &line() const { return *m_form->findChild<TakenOutLine *>(); }
    [[nodiscard]] QCheckBox &box() const { return *m_form->findChild<QCheckBox *>(QStringLiteral("sendWhole")); }

    std::unique_ptr<SchemaForm> m_form;
    FileEditor *m_editor = nullptr;
};

void TestFormPictures::privateDetailsStayHereUnlessWanted_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"phone.jpg", "phone.png", "phone.webp", "phone.heic", "motion.jpg"})
        QTest::newRow(name) << QByteArray(name);
}

void TestFormPictures::privateDetailsStayHereUnlessWanted()
{
    QFETCH(QByteArray, name);
    const QByteArray whole = contentOf(name);
    m_editor->takeFile(pathOf(name));
    const QByteArray without = sent();
    QVERIFY(whole.contains("Ada Example") && !without.isEmpty() && !without.contains("Ada Example"));
    QVERIFY(tellsNothing(without));
    QVERIFY2(line().text().startsWith(QStringLiteral("Taken out: position, camera serial number")), qPrintable(line().text()));
    QVERIFY(line().isVisible() && box().isVisible() && !box().isChecked());
    QCOMPARE(box().accessibleName(), QStringLiteral("Send with everything in it"));
    QCOMPARE(m_form->fileNames().value(QStringLiteral("/image")), QString::fromLatin1(name));
    QCOMPARE(m_form->cleanedFiles(), QStringList(QStringLiteral("/image"))); // the code says that it sends more

    box().click();
    QVERIFY(m_form->cleanedFiles().isEmpty());
    QCOMPARE(sent(), whole);
    QVERIFY2(line().text().startsWith(QStringLiteral("Sent with everything in it: position")), qPrintable(line().text()));
    QCOMPARE(m_form->fileNames().value(QStringLiteral("/image")), QString::fromLatin1(name));
    box().click();
    QCOMPARE(sent(), without);
    QCOMPARE(contentOf(name), whole); // the file itself is as it was
}

void TestFormPictures::droppedPictureIsTakenLikeAChosenOne()
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(pathOf("phone.jpg"))});
    QDragEnterEvent enter(QPoint(2, 2), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_editor, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(2, 2), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_editor, &drop);
    QVERIFY(tellsNothing(sent()));
    QVERIFY(line().isVisible());
}

void TestFormPictures::dataUrlHoldsWhatIsSent()
{
    make("image/*", "\"format\":\"uri\"");
    m_editor->takeFile(pathOf("phone.jpg"));
    const QString url = m_form->value().value(QStringLiteral("image")).toString();
    QVERIFY(url.startsWith(QStringLiteral("data:image/jpeg;base64,")));
    QVERIFY(tellsNothing(QByteArray::fromBase64(url.section(QLatin1Char(','), 1).toLatin1())));
    box().click();
    QCOMPARE(m_form->value().value(QStringLiteral("image")).toString(), QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(contentOf("phone.jpg").toBase64()));
}

void TestFormPictures::everyFileBeginsWithoutPrivateDetails()
{
    m_editor->takeFile(pathOf("phone.jpg"));
    box().click();
    m_editor->takeFile(pathOf("phone.png"));
    QVERIFY(!box().isChecked());
    QVERIFY(tellsNothing(sent()));
}

void TestFormPictures::valueFromElsewhereIsNoFile()
{
    m_editor->takeFile(pathOf("phone.jpg"));
    m_form->setValue(m_form->value());
    QVERIFY(line().isVisible()); // the same bytes are still that file's
    m_form->setValue(Json{{QStringLiteral("image"), QString::fromLatin1(contentOf("plain.jpg").toBase64())}});
    QVERIFY(!line().isVisible());
    QVERIFY(!box().isVisible());
}

void TestFormPictures::whatTellsNothingHasNoLine()
{
    m_editor->takeFile(pathOf("plain.jpg"));
    QCOMPARE(sent(), contentOf("plain.jpg"));
    QVERIFY(!line().isVisible());
}

void TestFormPictures::whatCannotBeLookedThroughIsSentAndSaid()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("half.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray half = contentOf("phone.png").chopped(400);
    QCOMPARE(file.write(half), half.size());
    file.close();
    m_editor->takeFile(path);
    QCOMPARE(sent(), half);
    QVERIFY2(line().text().startsWith(QStringLiteral("Could not be looked through")), qPrintable(line().text()));
    QVERIFY(!box().isVisible());
}

void TestFormPictures::phonesFormatIsTakenWithAdvice()
{
    m_editor->takeFile(pathOf("phone.heic"));
    QVERIFY(!sent().isEmpty());
    QVERIFY2(line().text().contains(QStringLiteral("Few capabilities can read HEIC")), qPrintable(line().text()));
}

void TestFormPictures::phonesFormatIsRefusedWithAdviceWhereOthersAreWanted()
{
    make("image/png, image/jpeg");
    m_editor->takeFile(pathOf("phone.heic"));
    QVERIFY(sent().isEmpty());
    QCOMPARE(m_form->issues().size(), 1);
    const QString why = m_form->issues().first().message;
    QVERIFY2(why.contains(QStringLiteral("image/heif")) && why.contains(QStringLiteral("Export the picture as JPEG")), qPrintable(why));
}

void TestFormPictures::looksCalm()
{
    m_editor->takeFile(pathOf("phone.jpg"));
    // Nothing is cut off, and the line is shortened rather than that the form grows beyond its place.
    QTRY_COMPARE(box().height(), box().sizeHint().height());
    QTRY_VERIFY(line().height() >= line().sizeHint().height());
    const QString folder = qEnvironmentVariable("SLUICE_PICTURES");
    if (!folder.isEmpty())
        QVERIFY(m_form->grab().save(folder + QStringLiteral("/form_picture.png")));
    QVERIFY(m_editor->minimumSizeHint().width() <= 420);
    QVERIFY(line().width() <= m_editor->width());
}

QTEST_MAIN(TestFormPictures)
#include "tst_ui_form_pictures.moc"
