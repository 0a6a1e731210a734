#include "wire_p.h"

#include "sluice/liverunner/wire.h"

namespace sluice::liverunner {

namespace {

constexpr int MaxDepth = 16;

QString typeName(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Null:
        return QStringLiteral("null");
    case Json::Type::Bool:
        return QStringLiteral("bool");
    case Json::Type::Number:
        return QStringLiteral("number ") + QString::fromLatin1(value.numberText().left(40));
    case Json::Type::String:
        return QStringLiteral("string");
    case Json::Type::Array:
        return QStringLiteral("array");
    case Json::Type::Object:
        return QStringLiteral("object");
    }
    return {};
}

} // namespace

Expected<Json> parseObject(QByteArrayView body, qsizetype maxBytes, Error::Kind kind)
{
    if (body.size() > maxBytes)
        return unexpected(
            Error(Error::Kind::TooLarge, QStringLiteral("JSON of %1 bytes came; at most %2 are read.").arg(body.size()).arg(maxBytes)));
    auto json = Json::parse(body, {maxBytes, MaxDepth});
    if (!json)
        return unexpected(Error(kind, json.error().message()));
    if (!json->isObject())
        return unexpected(Error(kind, QStringLiteral("json: cannot unmarshal %1 into an object").arg(typeName(*json))));
    return json;
}

void MemberReader::refuse(const char *name, const char *wanted, const Json &value)
{
    if (m_fault)
        return;
    m_fault = Error(m_kind, QStringLiteral("json: cannot unmarshal %1 into field %2 of type %3")
                                .arg(typeName(value), QLatin1String(name), QLatin1String(wanted)))
                  .withField(QLatin1Char('/') + QLatin1String(name));
}

QString MemberReader::text(const char *name)
{
    const Json value = any(name);
    if (!value.isString() && !value.isNull())
        refuse(name, "string", value);
    return value.toString();
}

bool MemberReader::flag(const char *name)
{
    const Json value = any(name);
    if (!value.isBool() && !value.isNull())
        refuse(name, "bool", value);
    return value.toBool();
}

qint64 MemberReader::integer(const char *name, qint64 fallback)
{
    const Json value = any(name);
    if (value.isNull())
        return fallback;
    const auto number = value.isInteger() ? value.toInt64() : std::nullopt;
    if (!number)
        refuse(name, "integer", value);
    return number.value_or(fallback);
}

QStringList MemberReader::texts(const char *name)
{
    const Json value = any(name);
    QStringList texts;
    if (!value.isArray() && !value.isNull())
        refuse(name, "array", value);
    for (const Json &item : value.items()) {
        if (!item.isString())
            refuse(name, "array of strings", item);
        texts.append(item.toString());
    }
    return texts;
}

Json MemberReader::object(const char *name)
{
    const Json value = any(name);
    if (!value.isObject() && !value.isNull())
        refuse(name, "object", value);
    return value.isObject() ? value : Json();
}

std::optional<Gpu> gpuIn(MemberReader &reader)
{
    const Json value = reader.any("gpu");
    if (value.isNull() || value.isInteger())
        return std::nullopt;
    if (!value.isObject()) {
        reader.refuse("gpu", "object", value);
        return std::nullopt;
    }
    MemberReader members(value, Error::Kind::InvalidInput);
    Gpu gpu;
    gpu.id = members.text("id");
    gpu.name = members.text("name");
    gpu.vramMb = members.integer("vram_mb");
    if (members.fault())
        reader.refuse("gpu", "{id, name, vram_mb}", value);
    return gpu;
}

void insertTexts(Json &json, const char *name, const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.append(text);
    json.insert(QLatin1String(name), list);
}

QString modeText(Mode mode)
{
    return mode == Mode::Persistent ? QStringLiteral("persistent") : QStringLiteral("single-shot");
}

std::optional<Mode> modeOf(const QString &text)
{
    if (text.isEmpty() || text == QLatin1String("persistent"))
        return Mode::Persistent;
    if (text == QLatin1String("single-shot") || text == QLatin1String("single_shot"))
        return Mode::SingleShot;
    return std::nullopt;
}

Json Gpu::toJson() const
{
    Json json = Json::object();
    if (!id.isEmpty())
        json.insert(QStringLiteral("id"), id);
    if (!name.isEmpty())
        json.insert(QStringLiteral("name"), name);
    if (vramMb > 0)
        json.insert(QStringLiteral("vram_mb"), vramMb);
    return json;
}

Expected<std::chrono::nanoseconds> parseDuration(const QString &text)
{
    struct Unit {
        const char16_t *name;
        qint64 nanoseconds;
    };
    // Longer names before those that they begin with.
    static constexpr Unit units[] = {{u"ns", 1}, {u"us", 1'000}, {u"µs", 1'000}, {u"μs", 1'000}, {u"ms", 1'000'000}, {u"s", 1'000'000'000},
        {u"m", 60'000'000'000}, {u"h", 3'600'000'000'000}};
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    const auto wrong = [&text] {
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("“%1” is no duration like 5s or 1m30s.").arg(text.left(40))));
    };
    Rational sum = 0;
    QStringView rest = QStringView(text).trimmed();
    if (rest.isEmpty() || rest.size() > 64)
        return wrong();
    while (!rest.isEmpty()) {
        Wei digits = 0;
        Wei scale = 1;
        qsizetype at = 0;
        bool any = false;
        bool fraction = false;
        for (; at < rest.size(); ++at) {
            const char16_t c = rest[at].unicode();
            if (c == u'.' && !fraction) {
                fraction = true;
                continue;
            }
            if (c < u'0' || c > u'9')
                break;
            any = true;
            digits = digits * 10 + (c - u'0');
            if (fraction)
                scale *= 10;
        }
        rest = rest.sliced(at);
        const auto unit = std::find_if(std::begin(units), std::end(units), [&](const Unit &one) { return rest.startsWith(QStringView(one.name)); });
        if (!any || unit == std::end(units))
            return wrong();
        rest = rest.sliced(QStringView(unit->name).size());
        sum += Rational(digits * unit->nanoseconds, scale);
    }
    const Wei whole = floorOf(sum);
    if (whole > most)
        return wrong();
    return std::chrono::nanoseconds(whole.convert_to<qint64>());
}

QString durationText(std::chrono::nanoseconds time)
{
    using namespace std::chrono;
    const qint64 all = time.count();
    const auto trimmed = [](qint64 value, qint64 unit, int places) {
        QString text = QString::number(value / unit);
        const QString rest = QString::number(value % unit).rightJustified(places, QLatin1Char('0'));
        qsizetype used = rest.size();
        while (used > 0 && rest[used - 1] == QLatin1Char('0'))
            --used;
        return used == 0 ? text : text + QLatin1Char('.') + rest.left(used);
    };
    if (all < 0)
        return QLatin1Char('-') + durationText(-time);
    if (all == 0)
        return QStringLiteral("0s");
    if (all < 1'000)
        return QString::number(all) + QStringLiteral("ns");
    if (all < 1'000'000)
        return trimmed(all, 1'000, 3) + QStringLiteral("µs");
    if (all < 1'000'000'000)
        return trimmed(all, 1'000'000, 6) + QStringLiteral("ms");
    const qint64 h = duration_cast<hours>(time).count();
    const qint64 m = duration_cast<minutes>(time).count() % 60;
    QString text = trimmed(all % 60'000'000'000, 1'000'000'000, 9) + QLatin1Char('s');
    if (h > 0 || m > 0)
        text.prepend(QString::number(m) + QLatin1Char('m'));
    return h > 0 ? QString::number(h) + QLatin1Char('h') + text : text;
}

Json RunnerEvent::toJson() const
{
    if (kind == Kind::KeepAlive)
        return Json{{QStringLiteral("keep"), QStringLiteral("alive")}};
    return Json{{QStringLiteral("event"), kind == Kind::Reserved ? QStringLiteral("reserved") : QStringLiteral("released")},
        {QStringLiteral("session"), sessionId}, {QStringLiteral("timestamp"), timestamp}};
}

RunnerEvent RunnerEvent::fromJson(const Json &json)
{
    RunnerEvent event;
    if (json.value(QStringLiteral("keep")).toString() == QLatin1String("alive")) {
        event.kind = Kind::KeepAlive;
        return event;
    }
    event.sessionId = json.value(QStringLiteral("session")).toString().trimmed();
    event.timestamp = json.value(QStringLiteral("timestamp")).toString();
    const QString what = json.value(QStringLiteral("event")).toString();
    if (event.sessionId.isEmpty() || event.sessionId.size() > MaxIdCharacters)
        return {};
    if (what == QLatin1String("reserved"))
        event.kind = Kind::Reserved;
    else if (what == QLatin1String("released"))
        event.kind = Kind::Released;
    else
        return {};
    return event;
}

} // namespace sluice::liverunner
