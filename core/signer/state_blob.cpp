#include "sluice/signer/state_blob.h"

#include "sluice/base/json_text.h"
#include "sluice/livepeer/go_json.h"
#include "sluice/livepeer/signer_wire.h"

#include <QtCore/QDateTime>

#include <chrono>
#include <limits>

namespace sluice::signer {

namespace {

constexpr qint64 NanosecondsPerSecond = 1'000'000'000;
constexpr qsizetype MaxText = 4000;

Unexpected<Error> bad(const QString &what)
{
    return unexpected(Error(Error::Kind::Protocol, QStringLiteral("invalid state: ") + what));
}

/// Reads the members of a state one after the other and remembers the first that does not fit.
class Reader {
public:
    explicit Reader(const Json &json)
        : m_json(json)
    {
    }
    [[nodiscard]] const QString &problem() const { return m_problem; }

    QString text(const char *name)
    {
        const Json value = livepeer::member(m_json, QLatin1String(name));
        const QString read = value.toString();
        if ((!value.isNull() && !value.isString()) || read.size() > MaxText)
            fail(name);
        return read;
    }
    qint64 integer(const char *name, qint64 least, qint64 most)
    {
        const Json value = livepeer::member(m_json, QLatin1String(name));
        const auto read = value.isNull() ? std::optional<qint64>(0) : value.toInt64();
        if (!read || *read < least || *read > most) {
            fail(name);
            return least;
        }
        return *read;
    }
    void fail(const char *name)
    {
        if (m_problem.isEmpty())
            m_problem = QLatin1String(name);
    }

private:
    const Json &m_json;
    QString m_problem;
};

} // namespace

QString toRfc3339(qint64 nanoseconds)
{
    using namespace std::chrono;
    // Not with QDateTime's format, which takes longer than the hash of the whole state.
    const sys_time<duration<qint64, std::nano>> time{duration<qint64, std::nano>(nanoseconds)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[] = "0000-00-00T00:00:00.000000000";
    const auto write = [&text](int end, qint64 number) {
        for (; number > 0; number /= 10)
            text[--end] = char('0' + number % 10);
    };
    write(4, int(date.year()));
    write(7, unsigned(date.month()));
    write(10, unsigned(date.day()));
    write(13, clock.hours().count());
    write(16, clock.minutes().count());
    write(19, clock.seconds().count());
    write(29, clock.subseconds().count());
    QLatin1String said(text);
    while (said.endsWith(QLatin1Char('0')))
        said.chop(1);
    if (said.endsWith(QLatin1Char('.')))
        said.chop(1);
    return said + QLatin1Char('Z');
}

Expected<qint64> fromRfc3339(const QString &text)
{
    constexpr qsizetype wholeSeconds = 19;
    const auto refused = [] { return bad(QStringLiteral("LastUpdate is no time")); };
    if (text.size() < wholeSeconds + 1 || text.size() > 40)
        return refused();
    QDateTime whole = QDateTime::fromString(text.left(wholeSeconds), QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    whole.setTimeSpec(Qt::UTC);
    qsizetype at = wholeSeconds;
    qint64 rest = 0;
    if (text[at] == QLatin1Char('.')) {
        ++at;
        qint64 unit = NanosecondsPerSecond / 10;
        const qsizetype first = at;
        for (; at < text.size() && text[at] >= QLatin1Char('0') && text[at] <= QLatin1Char('9'); ++at) {
            rest += unit * (text[at].unicode() - '0');
            unit /= 10;
        }
        if (at == first || at - first > 9)
            return refused();
    }
    const QString zone = text.mid(at);
    qint64 offset = 0;
    if (zone != QLatin1String("Z")) {
        const QTime clock = QTime::fromString(zone.mid(1), QStringLiteral("HH:mm"));
        if (zone.size() != 6 || !clock.isValid() || (zone[0] != QLatin1Char('+') && zone[0] != QLatin1Char('-')))
            return refused();
        offset = qint64(clock.msecsSinceStartOfDay() / 1000) * (zone[0] == QLatin1Char('+') ? 1 : -1);
    }
    // Years that nanoseconds in 64 bits reach.
    if (!whole.isValid() || whole.date().year() < 1970 || whole.date().year() > 2200)
        return refused();
    return (whole.toSecsSinceEpoch() - offset) * NanosecondsPerSecond + rest;
}

QByteArray ChainState::encode() const
{
    QByteArray out;
    out.reserve(512);
    const auto begin = [&out](const char *name) { out.append(out.isEmpty() ? "{\"" : ",\"").append(name).append("\":"); };
    const auto text = [&](const char *name, const QString &value) {
        begin(name);
        appendJson(out, value);
    };
    const auto number = [&](const char *name, auto value) {
        begin(name);
        out.append(QByteArray::number(value));
    };
    text("StateID", stateId);
    text("PMSessionID", pmSessionId);
    text("LastUpdate", toRfc3339(lastUpdate));
    text("OrchestratorAddress", orchestratorAddress);
    text("App", app);
    number("AuthExpiry", authExpiry);
    number("SenderNonce", senderNonce);
    text("Balance", toText(balance));
    number("InitialPricePerUnit", initialPricePerUnit);
    number("InitialPixelsPerUnit", initialPixelsPerUnit);
    text("Type", type);
    number("SequenceNumber", sequenceNumber);
    text("AuthID", authId);
    return out + '}';
}

Expected<ChainState> ChainState::decode(QByteArrayView bytes)
{
    if (bytes.size() > livepeer::MaxStateBytes)
        return bad(QStringLiteral("it has %1 bytes").arg(bytes.size()));
    const auto json = Json::parse(bytes, {livepeer::MaxStateBytes, 8});
    if (!json || !json->isObject())
        return bad(QStringLiteral("it is no JSON object"));
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    Reader read(*json);
    ChainState state;
    state.stateId = read.text("StateID");
    state.pmSessionId = read.text("PMSessionID");
    const auto updated = fromRfc3339(read.text("LastUpdate"));
    state.lastUpdate = updated ? *updated : 0;
    if (!updated)
        read.fail("LastUpdate");
    state.orchestratorAddress = read.text("OrchestratorAddress");
    state.app = read.text("App");
    state.authExpiry = read.integer("AuthExpiry", 0, most);
    state.senderNonce = quint32(read.integer("SenderNonce", 0, std::numeric_limits<quint32>::max()));
    const auto balance = rationalFromText(read.text("Balance"));
    if (balance)
        state.balance = *balance;
    else
        read.fail("Balance");
    state.initialPricePerUnit = read.integer("InitialPricePerUnit", std::numeric_limits<qint64>::min(), most);
    state.initialPixelsPerUnit = read.integer("InitialPixelsPerUnit", std::numeric_limits<qint64>::min(), most);
    state.type = read.text("Type");
    state.sequenceNumber = quint64(read.integer("SequenceNumber", 0, most - 1));
    state.authId = read.text("AuthID");
    if (state.stateId.isEmpty())
        read.fail("StateID");
    if (!read.problem().isEmpty())
        return bad(QStringLiteral("%1 does not fit").arg(read.problem()));
    return state;
}

} // namespace sluice::signer
