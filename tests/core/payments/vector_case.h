#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/hash32.h"
#include "sluice/crypto/private_key.h"
#include "sluice/payments/price.h"

#include <QtCore/QMap>

#include <functional>

/// One case of a vector file. Readers throw Error for a field that is missing or malformed, so that a damaged file
/// fails its case instead of comparing nothing with nothing.
class VectorCase {
public:
    explicit VectorCase(const sluice::Json &json) : m_json(json) {}

    [[nodiscard]] const sluice::Json &json() const { return m_json; }
    [[nodiscard]] bool has(const char *key) const { return !m_json.value(QString::fromLatin1(key)).isNull(); }
    [[nodiscard]] QString text(const char *key) const;
    [[nodiscard]] QByteArray bytes(const char *key) const;
    [[nodiscard]] qint64 integer(const char *key) const;
    [[nodiscard]] bool flag(const char *key) const;
    [[nodiscard]] sluice::U256 hexNumber(const char *key) const;
    [[nodiscard]] sluice::Wei wei(const char *key) const;
    [[nodiscard]] sluice::Rational rational(const char *key) const;
    [[nodiscard]] sluice::Address address(const char *key) const;
    [[nodiscard]] sluice::Hash32 hash(const char *key) const;
    [[nodiscard]] sluice::PrivateKey key() const;
    [[nodiscard]] sluice::PriceInfo price() const;
    [[nodiscard]] VectorCase object(const char *key) const;

private:
    sluice::Json m_json;
};

/// Throws an Error that says both values unless they are equal; values are compared as texts of one form.
void same(const char *what, const QString &actual, const QString &expected);
void same(const char *what, const QByteArray &actual, const QByteArray &expected);
void same(const char *what, bool actual, bool expected);

using VectorCheck = std::function<void(const VectorCase &)>;
/// Every group that these tests know, by name.
QMap<QString, VectorCheck> cryptoChecks();
QMap<QString, VectorCheck> ticketChecks();
QMap<QString, VectorCheck> wireChecks();
