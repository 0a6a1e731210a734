#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

namespace sluice {

/// The spellings of one secret in which it may stand somewhere: as it is, in hex, in base64 at any alignment and in both
/// alphabets, percent-encoded, JSON-escaped. Wiped when they go.
class SecretForms {
public:
    /// Forms of fewer bytes are left out: they would be found everywhere.
    static constexpr qsizetype MinBytes = 4;

    explicit SecretForms(QByteArrayView secret);
    SecretForms(const SecretForms &) = delete;
    SecretForms &operator=(const SecretForms &) = delete;
    ~SecretForms();

    [[nodiscard]] bool anyIn(QByteArrayView text) const;
    [[nodiscard]] const QList<QByteArray> &all() const { return m_forms; }

private:
    void add(QByteArray form);
    void addBase64(QByteArrayView secret);

    QList<QByteArray> m_forms;
};

} // namespace sluice
