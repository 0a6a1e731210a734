#pragma once

#include "programs.h"

#include "sluice/snippets/snippet.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

/// What the tests of every backend's code do with a snippet.

/// The text is that of the example's folder in tests/data/snippets.
inline void compareWithGolden(const QString &example, const sluice::Snippet &snippet)
{
    const QString folder = QStringLiteral(SLUICE_TEST_DATA "/snippets/") + example;
    QFile golden(folder + QLatin1Char('/') + snippet.fileName);
    // SLUICE_UPDATE_GOLDEN=1 writes them anew; the difference is then read in the commit.
    if (qEnvironmentVariableIsSet("SLUICE_UPDATE_GOLDEN")) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(snippet.text.toUtf8());
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), qPrintable(golden.fileName()));
    QCOMPARE(snippet.text, QString::fromUtf8(golden.readAll()));
}

/// It can be read in its language; the C++ ones are compiled with these tests.
inline void requireThatItParses(const sluice::Snippet &snippet)
{
    const QMap<QString, QStringList> checkers{
        {QStringLiteral("python"), {program("python3"), QStringLiteral("-c"), QStringLiteral("import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read(), feature_version=(3, 8))")}},
        {QStringLiteral("bash"), {program("bash"), QStringLiteral("-n")}}, {QStringLiteral("javascript"), {program("node"), QStringLiteral("--check")}}};
    const QStringList command = checkers.value(snippet.language);
    if (command.isEmpty())
        return;
    if (command.first().isEmpty())
        QSKIP("nothing here reads it");
    const QTemporaryDir dir;
    QFile file(dir.filePath(snippet.fileName));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(snippet.text.toUtf8());
    file.close();
    const Said said = runProgram(command.first(), command.mid(1) + QStringList{file.fileName()});
    QVERIFY2(said.ended && said.code == 0 && said.err.isEmpty(), said.err.constData());
}
