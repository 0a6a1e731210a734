#include "sluice/crypto/keystore.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace sluice;

/// Cheap parameters for tests that are not about the standard cost.
static const keystore::Cost light{1024, 8, 1};

class TestCryptoKeystore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_22_opensTheVectorFiles_data();
    void payments_22_opensTheVectorFiles();
    void payments_22_wrongPasswordIsNotDamage();
    void payments_22_damagedFilesSayWhatIsWrong_data();
    void payments_22_damagedFilesSayWhatIsWrong();
    void roundTripsWithFreshSaltEachTime();
    void encryptingRefusesImpossibleCosts();
    void namesItsAccountWithoutOpening();
};

static Json vectorFile(const QString &id)
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/payment_vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no vectors");
    const Json all = orThrow(Json::parse(file.readAll()));
    const auto group = all.find(QStringLiteral("/groups/keystore_v3"));
    for (const Json &item : group->items()) {
        if (item.value(QStringLiteral("id")).toString() == id)
            return item;
    }
    qFatal("no such vector");
}

void TestCryptoKeystore::payments_22_opensTheVectorFiles_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"scrypt_standard_strength", "scrypt_light", "public_standard_pbkdf2"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestCryptoKeystore::payments_22_opensTheVectorFiles()
{
    QFETCH(QString, id);
    const Json vector = vectorFile(id);
    const auto key = keystore::decrypt(vector.value(QStringLiteral("keystore")).dump(2),
                                       Secret(vector.value(QStringLiteral("password")).toString().toUtf8()));
    QVERIFY(key);
    QCOMPARE(key->address().toLower(), vector.value(QStringLiteral("address")).toString());
}

void TestCryptoKeystore::payments_22_wrongPasswordIsNotDamage()
{
    const QByteArray file = vectorFile(QStringLiteral("scrypt_light")).value(QStringLiteral("keystore")).dump();
    for (const char *password : {"", "Correct horse", "correct horse "}) {
        const auto key = keystore::decrypt(file, Secret(QByteArray(password)));
        QVERIFY(!key);
        QCOMPARE(key.error().fault, keystore::Fault::WrongPassword);
        QCOMPARE(key.error().error.kind(), Error::Kind::Config);
    }
}

void TestCryptoKeystore::payments_22_damagedFilesSayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("says");
    const Json good = vectorFile(QStringLiteral("scrypt_light")).value(QStringLiteral("keystore"));
    const auto with = [&good](const QString &section, const QString &key, const Json &value) {
        Json file = good;
        Json crypto = file.value(QStringLiteral("crypto"));
        if (section == QStringLiteral("crypto")) {
            crypto.insert(key, value);
        } else {
            Json inner = crypto.value(section);
            inner.insert(key, value);
            crypto.insert(section, inner);
        }
        file.insert(QStringLiteral("crypto"), crypto);
        return file.dump();
    };
    const auto add = [](const char *name, const QByteArray &file, const char *says) { QTest::newRow(name) << file << QString::fromUtf8(says); };
    const QString kdf = QStringLiteral("kdfparams");
    const QString crypto = QStringLiteral("crypto");
    add("empty", {}, "no JSON");
    add("half", good.dump().left(100), "no JSON");
    add("array", "[]", "version");
    add("huge", QByteArray(100'000, ' '), "no JSON");
    Json versioned = good;
    versioned.insert(QStringLiteral("version"), 4);
    add("version", versioned.dump(), "version");
    Json unnamed = good;
    unnamed.remove(crypto);
    add("no crypto", unnamed.dump(), "cipher");
    add("cipher", with(crypto, QStringLiteral("cipher"), "aes-256-gcm"), "aes-128-ctr");
    add("mac", with(crypto, QStringLiteral("mac"), "abcd"), "mac");
    add("ciphertext", with(crypto, QStringLiteral("ciphertext"), "zz"), "ciphertext");
    add("iv", with(QStringLiteral("cipherparams"), QStringLiteral("iv"), 5), "iv");
    add("kdf", with(crypto, QStringLiteral("kdf"), "argon2"), "argon2");
    add("dklen", with(kdf, QStringLiteral("dklen"), 64), "dklen");
    add("salt", with(kdf, QStringLiteral("salt"), ""), "salt");
    add("n no power of two", with(kdf, QStringLiteral("n"), 1000), "power of two");
    add("n zero", with(kdf, QStringLiteral("n"), 0), "“n”");
    add("n fraction", with(kdf, QStringLiteral("n"), 1024.5), "“n”");
    add("memory bomb", with(kdf, QStringLiteral("r"), 1024 * 1), "“r”");
    Json wrongOwner = good;
    wrongOwner.insert(QStringLiteral("address"), "f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    add("foreign address", wrongOwner.dump(), "holds the key of");
    Json noOwner = good;
    noOwner.insert(QStringLiteral("address"), 7);
    add("address no text", noOwner.dump(), "address");
}

void TestCryptoKeystore::payments_22_damagedFilesSayWhatIsWrong()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, says);
    if (QByteArray(QTest::currentDataTag()) == "memory bomb") {
        Json bomb = *Json::parse(file);
        Json crypto = bomb.value(QStringLiteral("crypto"));
        Json params = crypto.value(QStringLiteral("kdfparams"));
        params.insert(QStringLiteral("n"), 1 << 24);
        crypto.insert(QStringLiteral("kdfparams"), params);
        bomb.insert(QStringLiteral("crypto"), crypto);
        file = bomb.dump();
        says = QStringLiteral("1 GiB");
    }
    const auto key = keystore::decrypt(file, Secret(QByteArray("correct horse")));
    QVERIFY(!key);
    QCOMPARE(key.error().fault, keystore::Fault::Damaged);
    QCOMPARE(key.error().error.kind(), Error::Kind::InvalidInput);
    QVERIFY2(key.error().error.message().contains(says), qPrintable(key.error().error.message()));
}

void TestCryptoKeystore::roundTripsWithFreshSaltEachTime()
{
    const PrivateKey key = PrivateKey::generate();
    const Secret password(QByteArray("pässwort"));
    const auto first = keystore::encrypt(key, password, light);
    const auto second = keystore::encrypt(key, password, light);
    QVERIFY(first && second);
    QVERIFY(*first != *second);
    for (const QByteArray &file : {*first, *second}) {
        const auto opened = keystore::decrypt(file, password);
        QVERIFY(opened);
        QVERIFY(opened->secret().equals(key.secret().expose()));
    }
    QVERIFY(!first->contains(key.secret().expose().toByteArray().toHex()));
}

void TestCryptoKeystore::encryptingRefusesImpossibleCosts()
{
    const PrivateKey key = PrivateKey::generate();
    for (const keystore::Cost &cost : {keystore::Cost{0, 8, 1}, keystore::Cost{1000, 8, 1}, keystore::Cost{1 << 24, 1024, 1}, keystore::Cost{1024, 0, 1}})
        QVERIFY(!keystore::encrypt(key, Secret(QByteArray("x")), cost));
}

void TestCryptoKeystore::namesItsAccountWithoutOpening()
{
    const PrivateKey key = PrivateKey::generate();
    QCOMPARE(keystore::addressOf(*keystore::encrypt(key, Secret(QByteArray("x")), light)), std::optional(key.address()));
    QVERIFY(!keystore::addressOf("{}"));
    QVERIFY(!keystore::addressOf(R"({"version":3})"));
}

QTEST_GUILESS_MAIN(TestCryptoKeystore)
#include "tst_crypto_keystore.moc"
