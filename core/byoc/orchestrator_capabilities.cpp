#include "sluice/byoc/orchestrator_capabilities.h"

#include <QtCore/QUrl>

#include <boost/multiprecision/cpp_int.hpp>

#include <limits>

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxCapabilities = 1000;
constexpr qsizetype MaxNameBytes = 256;

Unexpected<Error> invalid(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QStringLiteral("/") + field));
}

Expected<void> check(const CapabilityRegistration &registration)
{
    const QByteArray name = registration.name.toUtf8();
    if (name.isEmpty() || name.size() > MaxNameBytes)
        return invalid(QStringLiteral("name"),
            QStringLiteral("name has %1 bytes, it needs 1 to %2").arg(name.size()).arg(MaxNameBytes));
    for (const QChar c : registration.name) {
        // The name travels as a header value, where a control character would end the header.
        if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            return invalid(QStringLiteral("name"), QStringLiteral("name holds a control character"));
    }
    const QUrl url(registration.url, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty())
        return invalid(QStringLiteral("url"),
            QStringLiteral("url \"%1\" is not an http or https URL").arg(registration.url.left(200)));
    if (registration.capacity < 0)
        return invalid(QStringLiteral("capacity"), QStringLiteral("capacity %1 is negative").arg(registration.capacity));
    return {};
}

} // namespace

Expected<qint64> pricePerSecond(const CapabilityRegistration &registration)
{
    using boost::multiprecision::int128_t;
    // An absent scaling is 1; Go reads an explicit 0 the same way.
    const qint64 scaling = registration.priceScaling == 0 ? 1 : registration.priceScaling;
    if (registration.pricePerUnit < 0)
        return invalid(QStringLiteral("price_per_unit"),
            QStringLiteral("price_per_unit %1 is negative").arg(registration.pricePerUnit));
    if (scaling < 1)
        return invalid(QStringLiteral("price_scaling"), QStringLiteral("price_scaling %1 is below 1").arg(scaling));
    int128_t wei = registration.pricePerUnit;
    const QString currency = registration.currency.toLower();
    if (currency == QLatin1String("eth"))
        wei *= 1'000'000'000'000'000'000;
    else if (!currency.isEmpty() && currency != QLatin1String("wei"))
        return invalid(QStringLiteral("currency"),
            QStringLiteral("currency \"%1\" is not known, use wei or eth").arg(registration.currency.left(40)));
    wei /= scaling;
    if (wei > std::numeric_limits<qint64>::max())
        return invalid(QStringLiteral("price_per_unit"), QStringLiteral("the price per second does not fit in 64 bits of wei"));
    return qint64(wei);
}

CapabilityTable::Slot &CapabilityTable::Slot::operator=(Slot &&other) noexcept
{
    if (this != &other) {
        release();
        m_entry = std::move(other.m_entry);
        other.m_entry.reset();
    }
    return *this;
}

void CapabilityTable::Slot::release()
{
    if (const auto entry = m_entry.lock())
        --entry->load;
    m_entry.reset();
}

Expected<quint64> CapabilityTable::add(CapabilityRegistration registration)
{
    if (auto usable = check(registration); !usable)
        return unexpected(usable.error());
    const auto price = pricePerSecond(registration);
    if (!price)
        return unexpected(price.error());
    while (registration.url.endsWith(QLatin1Char('/')))
        registration.url.chop(1);

    auto fresh = std::make_shared<RegisteredCapability>();
    fresh->pricePerSecond = *price;
    fresh->generation = ++m_generation;
    fresh->registration = std::move(registration);
    const auto known = std::find_if(m_entries.begin(), m_entries.end(),
        [&fresh](const auto &entry) { return entry->registration.name == fresh->registration.name; });
    if (known != m_entries.end()) {
        *known = fresh;
    } else {
        if (m_entries.size() >= MaxCapabilities)
            return invalid(QStringLiteral("name"),
                QStringLiteral("there are %1 capabilities already, the most that are kept").arg(MaxCapabilities));
        m_entries.append(fresh);
    }
    return fresh->generation;
}

bool CapabilityTable::remove(const QString &name)
{
    return m_entries.removeIf([&name](const auto &entry) { return entry->registration.name == name; }) > 0;
}

bool CapabilityTable::remove(const QString &name, quint64 generation)
{
    return m_entries.removeIf([&](const auto &entry) {
        return entry->registration.name == name && entry->generation == generation;
    }) > 0;
}

std::optional<CapabilityTable::Slot> CapabilityTable::reserve(const QString &name)
{
    const auto known = entry(name);
    if (!known)
        return std::nullopt;
    ++known->load;
    return Slot(known);
}

std::optional<RegisteredCapability> CapabilityTable::find(const QString &name) const
{
    const auto known = entry(name);
    return known ? std::optional(*known) : std::nullopt;
}

QList<RegisteredCapability> CapabilityTable::all() const
{
    QList<RegisteredCapability> list;
    for (const auto &entry : m_entries)
        list.append(*entry);
    return list;
}

void CapabilityTable::describe(
    const QString &name, quint64 generation, const CapabilityDescription &about, const QString &description)
{
    const auto known = entry(name);
    if (!known || known->generation != generation)
        return;
    known->described = true;
    CapabilityRegistration &kept = known->registration;
    if (kept.description.isEmpty())
        kept.description = description;
    CapabilityDescription &mine = kept.about;
    const auto fill = [](auto &target, const auto &value) {
        if (target.isEmpty())
            target = value;
    };
    fill(mine.modelId, about.modelId);
    fill(mine.version, about.version);
    fill(mine.path, about.path);
    fill(mine.verbs, about.verbs);
    fill(mine.examples, about.examples);
    if (!mine.live)
        mine.live = about.live;
    if (mine.inputSchema.isNull())
        mine.inputSchema = about.inputSchema;
    if (mine.outputSchema.isNull())
        mine.outputSchema = about.outputSchema;
}

std::shared_ptr<RegisteredCapability> CapabilityTable::entry(const QString &name) const
{
    for (const auto &entry : m_entries) {
        if (entry->registration.name == name)
            return entry;
    }
    return nullptr;
}

} // namespace sluice::byoc
