#include "sluice/signer/state_blob.h"

#include "sluice/base/json.h"
#include "sluice/livepeer/go_json.h"
#include "sluice/livepeer/signer_wire.h"

#include <QtCore/QDateTime>

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
    qint64 seconds = nanoseconds / NanosecondsPerSecond;
    qint64 rest = nanoseconds % NanosecondsPerSecond;
    if (rest < 0) {
        rest += NanosecondsPerSecond;
        --seconds;
    }
    QString text = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (rest != 0) {
        QString digits = QStringLiteral("%1").arg(rest, 9, 10, QLatin1Char('0'));
        while (digits.endsWith(QLatin1Char('0')))
            digits.chop(1);
        text += QLatin1Char('.') + digits;
    }
    return text + QLatin1Char('Z');
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
    return Json{
        {QStringLiteral("StateID"), stateId},
        {QStringLiteral("PMSessionID"), pmSessionId},
        {QStringLiteral("LastUpdate"), toRfc3339(lastUpdate)},
        {QStringLiteral("OrchestratorAddress"), orchestratorAddress},
        {QStringLiteral("App"), app},
        {QStringLiteral("AuthExpiry"), authExpiry},
        {QStringLiteral("SenderNonce"), qint64(senderNonce)},
        {QStringLiteral("Balance"), toText(balance)},
        {QStringLiteral("InitialPricePerUnit"), initialPricePerUnit},
        {QStringLiteral("InitialPixelsPerUnit"), initialPixelsPerUnit},
        {QStringLiteral("Type"), type},
        {QStringLiteral("SequenceNumber"), sequenceNumber},
        {QStringLiteral("AuthID"), authId},
    }.dump();
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
