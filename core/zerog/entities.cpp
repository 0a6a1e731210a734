#include "sluice/zerog/entities.h"

#include "sluice/base/bytes.h"
#include "sluice/zerog/neuron.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>

namespace sluice::zerog {

namespace {

constexpr qsizetype maxNameBytes = 200;
constexpr qsizetype maxUrlBytes = 2048;
constexpr qsizetype maxSignatureBytes = 1024;

Unexpected<Error> refuse(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(field.isEmpty() ? QString() : QLatin1Char('/') + field));
}

Expected<void> mustBeObject(const Json &json, const char *what)
{
    if (!json.isObject())
        return refuse({}, QStringLiteral("%1 must be a JSON object").arg(QLatin1String(what)));
    return {};
}

Expected<QString> textMember(const Json &object, const QString &name)
{
    const Json value = memberOf(object, name);
    if (!value.isString())
        return refuse(name, QStringLiteral("%1 must be a text").arg(name));
    return value.toString();
}

Expected<Address> addressMember(const Json &object, const QString &name)
{
    const auto text = textMember(object, name);
    if (!text)
        return unexpected(text.error());
    const auto address = Address::fromHex(*text);
    if (!address)
        return refuse(name, QStringLiteral("%1 is no address: “%2”").arg(name, text->left(60)));
    return *address;
}

Expected<U256> amountMember(const Json &object, const QString &name)
{
    return neuron::fromJson(memberOf(object, name), name);
}

/// The members of one object in turn; the first thing that does not fit is kept.
class Reader {
public:
    explicit Reader(const Json &object) : m_object(object) {}

    void text(const char *name, QString &into) { take(textMember(m_object, QLatin1String(name)), into); }
    void address(const char *name, Address &into) { take(addressMember(m_object, QLatin1String(name)), into); }
    void amount(const char *name, U256 &into) { take(amountMember(m_object, QLatin1String(name)), into); }
    void time(const char *name, qint64 &into) { take(timeFromJson(memberOf(m_object, QLatin1String(name)), QLatin1String(name)), into); }
    void flag(const char *name, bool &into)
    {
        const Json value = memberOf(m_object, QLatin1String(name));
        if (value.isBool())
            into = value.toBool();
        else
            fail(QLatin1String(name), QStringLiteral("%1 must be true or false").arg(QLatin1String(name)));
    }
    void maybeAmount(const char *name, std::optional<U256> &into)
    {
        if (memberOf(m_object, QLatin1String(name)).isNull())
            return;
        U256 value = 0;
        amount(name, value);
        into = value;
    }
    [[nodiscard]] bool has(const char *name) const { return hasMember(m_object, QLatin1String(name)); }
    void fail(const QString &field, const QString &message)
    {
        if (!m_error)
            m_error = refuse(field, message).error;
    }
    void fail(const Error &error)
    {
        if (!m_error)
            m_error = error;
    }
    template <typename T> Expected<T> result(T value) const
    {
        if (m_error)
            return unexpected(*m_error);
        return value;
    }

private:
    template <typename T> void take(const Expected<T> &value, T &into)
    {
        if (value)
            into = *value;
        else
            fail(value.error());
    }

    const Json &m_object;
    std::optional<Error> m_error;
};

Json refundsJson(const QList<Refund> &refunds, const std::function<Json(const Refund &)> &one)
{
    QList<Json> items;
    for (const Refund &refund : refunds)
        items.append(one(refund));
    return Json::array(items);
}

Json maybeNumber(const std::optional<U256> &value)
{
    return value ? neuron::number(*value) : Json();
}

bool isControl(QChar c)
{
    return c < QLatin1Char(' ') || c == QChar(0x7f) || (c >= QChar(0x80) && c <= QChar(0x9f));
}

} // namespace

QString timeText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + QLatin1Char('Z');
}

Expected<qint64> timeFromJson(const Json &value, const QString &what)
{
    if (const auto seconds = value.toInt64(); seconds && *seconds >= 0)
        return *seconds;
    const QString text = value.toString();
    const auto bad = [&] { return refuse(what, QStringLiteral("%1 must be a time such as 2024-08-22T06:38:52Z, or Unix seconds").arg(what)); };
    if (text.size() < 20 || text.size() > 40 || text.at(10) != QLatin1Char('T'))
        return bad();
    // Date and time without a zone, then a fraction, which is dropped, then the zone.
    const QDateTime local = QDateTime::fromString(text.left(19), QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    QStringView zone = QStringView(text).mid(19);
    if (zone.startsWith(QLatin1Char('.'))) {
        qsizetype end = 1;
        while (end < zone.size() && zone.at(end) >= QLatin1Char('0') && zone.at(end) <= QLatin1Char('9'))
            ++end;
        if (end == 1)
            return bad();
        zone = zone.mid(end);
    }
    qint64 offset = 0;
    if (zone != QLatin1String("Z")) {
        bool hoursOk = false;
        bool minutesOk = false;
        if (zone.size() != 6 || zone.at(3) != QLatin1Char(':') || (zone.at(0) != QLatin1Char('+') && zone.at(0) != QLatin1Char('-')))
            return bad();
        offset = zone.mid(1, 2).toUInt(&hoursOk) * 3600 + zone.mid(4, 2).toUInt(&minutesOk) * 60;
        if (!hoursOk || !minutesOk || offset > 24 * 3600)
            return bad();
        if (zone.at(0) == QLatin1Char('-'))
            offset = -offset;
    }
    if (!local.isValid())
        return bad();
    const QDateTime utc(local.date(), local.time(), Qt::UTC);
    return utc.toSecsSinceEpoch() - offset;
}

Json memberOf(const Json &object, const QString &name)
{
    Json found;
    for (const Json::Member &member : object.members()) {
        if (member.first.compare(name, Qt::CaseInsensitive) == 0)
            found = member.second;
    }
    return found;
}

bool hasMember(const Json &object, const QString &name)
{
    const auto &members = object.members();
    return std::any_of(members.begin(), members.end(), [&](const Json::Member &member) { return member.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QString toText(ServiceType type)
{
    return type == ServiceType::Chatbot ? QStringLiteral("chatbot") : QStringLiteral("zgStorage");
}

std::optional<ServiceType> serviceType(const QString &text)
{
    for (const ServiceType type : {ServiceType::Chatbot, ServiceType::Storage}) {
        if (text == toText(type))
            return type;
    }
    return std::nullopt;
}

Json Service::toJson(Keys keys) const
{
    switch (keys) {
    case Keys::Pascal:
        return Json{{"UpdatedAt", timeText(updatedAt)}, {"Provider", provider.toChecksum()}, {"Name", name}, {"Type", type}, {"URL", url},
            {"InputPrice", neuron::quoted(inputPrice)}, {"OutputPrice", neuron::quoted(outputPrice)}};
    case Keys::Camel:
        return Json{{"updatedAt", timeText(updatedAt)}, {"provider", provider.toChecksum()}, {"name", name}, {"type", type}, {"url", url},
            {"inputPrice", neuron::number(inputPrice)}, {"outputPrice", neuron::number(outputPrice)}};
    case Keys::Provider:
        return Json{{"updatedAt", timeText(updatedAt)}, {"name", name}, {"type", type}, {"url", url},
            {"inputPrice", neuron::number(inputPrice)}, {"outputPrice", neuron::number(outputPrice)}};
    case Keys::Ledger:
        return Json{{"provider", provider.toChecksum()}, {"name", name}, {"serviceType", type}, {"url", url},
            {"inputPrice", neuron::quoted(inputPrice)}, {"outputPrice", neuron::quoted(outputPrice)}, {"updatedAt", updatedAt}};
    }
    Q_UNREACHABLE();
}

Expected<Service> Service::fromJson(const Json &json)
{
    if (const auto object = mustBeObject(json, "A service"); !object)
        return unexpected(object.error());
    Service service;
    Reader read(json);
    if (read.has("provider"))
        read.address("provider", service.provider);
    read.text("name", service.name);
    read.text(read.has("serviceType") ? "serviceType" : "type", service.type);
    read.text("url", service.url);
    read.amount("inputPrice", service.inputPrice);
    read.amount("outputPrice", service.outputPrice);
    if (read.has("updatedAt"))
        read.time("updatedAt", service.updatedAt);
    return read.result(service);
}

Expected<Service> Service::fromRegistration(const Json &body)
{
    if (const auto object = mustBeObject(body, "The body"); !object)
        return unexpected(object.error());
    Service service;
    Reader read(body);
    for (const char *name : {"URL", "inputPrice", "outputPrice", "Type", "Name"}) {
        const Json value = memberOf(body, QLatin1String(name));
        if (value.isNull() || (value.isString() && value.toString().isEmpty()))
            read.fail(QLatin1String(name), QStringLiteral("%1 is required").arg(QLatin1String(name)));
    }
    read.text("Name", service.name);
    read.text("Type", service.type);
    read.text("URL", service.url);
    read.amount("inputPrice", service.inputPrice);
    read.amount("outputPrice", service.outputPrice);
    if (service.inputPrice == 0)
        read.fail(QStringLiteral("inputPrice"), QStringLiteral("inputPrice is required and must be above 0"));
    if (service.outputPrice == 0)
        read.fail(QStringLiteral("outputPrice"), QStringLiteral("outputPrice is required and must be above 0"));
    // A name stands in a path and in a header.
    if (service.name.toUtf8().size() > maxNameBytes || service.name.contains(QLatin1Char('/')) || std::any_of(service.name.begin(), service.name.end(), isControl))
        read.fail(QStringLiteral("Name"), QStringLiteral("Name must be at most %1 bytes, without / and control characters").arg(maxNameBytes));
    if (service.name != service.name.trimmed())
        read.fail(QStringLiteral("Name"), QStringLiteral("Name must not begin or end with a space"));
    if (service.url.toUtf8().size() > maxUrlBytes)
        read.fail(QStringLiteral("URL"), QStringLiteral("URL must be at most %1 bytes").arg(maxUrlBytes));
    if (!serviceType(service.type))
        read.fail(QStringLiteral("Type"), QStringLiteral("invalid service type"));
    return read.result(service);
}

Wei feeOf(const Service &service, const U256 &inputCount, const U256 &previousOutputCount)
{
    return Wei(inputCount) * Wei(service.inputPrice) + Wei(previousOutputCount) * Wei(service.outputPrice);
}

Json Refund::toJson(const Address &provider) const
{
    return Json{{"index", quint64(index)}, {"provider", provider.toChecksum()}, {"createdAt", timeText(createdAt)}, {"amount", neuron::number(amount)}, {"processed", processed}};
}

Json Refund::toLedgerJson() const
{
    return Json{{"index", quint64(index)}, {"amount", neuron::quoted(amount)}, {"createdAt", createdAt}, {"processed", processed}};
}

Expected<Refund> Refund::fromJson(const Json &json)
{
    if (const auto object = mustBeObject(json, "A refund"); !object)
        return unexpected(object.error());
    Refund refund;
    Reader read(json);
    U256 index = 0;
    read.amount("index", index);
    if (index > U256(std::numeric_limits<quint32>::max()))
        read.fail(QStringLiteral("index"), QStringLiteral("index is too large"));
    read.amount("amount", refund.amount);
    read.time("createdAt", refund.createdAt);
    read.flag("processed", refund.processed);
    refund.index = quint64(index & U256(std::numeric_limits<quint64>::max()));
    return read.result(refund);
}

QList<Refund> Account::openRefunds() const
{
    QList<Refund> open;
    std::copy_if(refunds.begin(), refunds.end(), std::back_inserter(open), [](const Refund &refund) { return !refund.processed; });
    return open;
}

Json Account::toJson(const std::optional<U256> &lastResponseTokenCount) const
{
    return Json{{"provider", provider.toChecksum()}, {"balance", neuron::number(balance)}, {"pendingRefund", neuron::number(pendingRefund)},
        {"refunds", refundsJson(openRefunds(), [this](const Refund &refund) { return refund.toJson(provider); })},
        {"lastResponseTokenCount", maybeNumber(lastResponseTokenCount)}, {"nonce", neuron::number(nonce)}};
}

Json Account::toLedgerJson() const
{
    return Json{{"user", user.toChecksum()}, {"provider", provider.toChecksum()}, {"nonce", neuron::quoted(nonce)}, {"balance", neuron::quoted(balance)},
        {"pendingRefund", neuron::quoted(pendingRefund)}, {"refunds", refundsJson(refunds, [](const Refund &refund) { return refund.toLedgerJson(); })}};
}

Expected<Account> Account::fromJson(const Json &json)
{
    if (const auto object = mustBeObject(json, "An account"); !object)
        return unexpected(object.error());
    Account account;
    Reader read(json);
    if (read.has("user"))
        read.address("user", account.user);
    read.address("provider", account.provider);
    read.amount("nonce", account.nonce);
    read.amount("balance", account.balance);
    read.amount("pendingRefund", account.pendingRefund);
    const Json refunds = memberOf(json, QStringLiteral("refunds"));
    if (!refunds.isArray() && !refunds.isNull())
        read.fail(QStringLiteral("refunds"), QStringLiteral("refunds must be a list"));
    for (const Json &one : refunds.items()) {
        const auto refund = Refund::fromJson(one);
        if (!refund)
            return unexpected(refund.error());
        account.refunds.append(*refund);
    }
    return read.result(account);
}

Json Request::toJson() const
{
    return Json{{"userAddress", user.toChecksum()}, {"nonce", neuron::number(nonce)}, {"serviceName", serviceName}, {"inputCount", neuron::number(inputCount)},
        {"previousOutputCount", neuron::number(previousOutputCount)}, {"signature", bytes::toHex0x(signature)}, {"createdAt", createdAt}};
}

Json Request::toRowJson(bool processed, const Wei &fee) const
{
    return Json{{"createdAt", timeText(createdAt)}, {"userAddress", user.toChecksum()}, {"nonce", neuron::number(nonce)}, {"serviceName", serviceName},
        {"inputCount", neuron::number(inputCount)}, {"previousOutputCount", neuron::number(previousOutputCount)}, {"signature", bytes::toHex0x(signature)},
        {"processed", processed}, {"fee", neuron::number(fee)}};
}

Expected<Request> Request::fromJson(const Json &json)
{
    if (const auto object = mustBeObject(json, "A request"); !object)
        return unexpected(object.error());
    Request request;
    Reader read(json);
    read.address("userAddress", request.user);
    read.amount("nonce", request.nonce);
    read.text("serviceName", request.serviceName);
    read.amount("inputCount", request.inputCount);
    read.amount("previousOutputCount", request.previousOutputCount);
    read.time("createdAt", request.createdAt);
    QString signature;
    read.text("signature", signature);
    const auto raw = bytes::fromHex(signature.toLatin1());
    if (!raw || raw->size() > maxSignatureBytes)
        read.fail(QStringLiteral("signature"), QStringLiteral("signature must be 0x and hex digits"));
    else
        request.signature = *raw;
    return read.result(request);
}

Json RequestTrace::toJson() const
{
    QList<Json> items;
    for (const Request &request : requests)
        items.append(request.toJson());
    return Json{{"requests", Json::array(items)}};
}

Expected<RequestTrace> RequestTrace::fromJson(const Json &json)
{
    const Json requests = memberOf(json, QStringLiteral("requests"));
    if (!requests.isArray())
        return refuse(QStringLiteral("requests"), QStringLiteral("A trace must be an object with a list of requests"));
    RequestTrace trace;
    for (const Json &one : requests.items()) {
        const auto request = Request::fromJson(one);
        if (!request)
            return unexpected(request.error());
        trace.requests.append(*request);
    }
    return trace;
}

Json UserAccount::toJson() const
{
    return Json{{"user", user.toChecksum()}, {"lastRequestNonce", maybeNumber(lastRequestNonce)}, {"lockBalance", neuron::number(lockBalance)},
        {"lastBalanceCheckTime", timeText(lastBalanceCheckTime)}, {"lastResponseTokenCount", maybeNumber(lastResponseTokenCount)},
        {"unsettledFee", unsettledFee ? neuron::number(*unsettledFee) : Json()}};
}

Expected<UserAccount> UserAccount::fromJson(const Json &json)
{
    if (const auto object = mustBeObject(json, "A user"); !object)
        return unexpected(object.error());
    UserAccount account;
    Reader read(json);
    read.address("user", account.user);
    read.maybeAmount("lastRequestNonce", account.lastRequestNonce);
    read.amount("lockBalance", account.lockBalance);
    read.time("lastBalanceCheckTime", account.lastBalanceCheckTime);
    read.maybeAmount("lastResponseTokenCount", account.lastResponseTokenCount);
    std::optional<U256> fee;
    read.maybeAmount("unsettledFee", fee);
    if (fee)
        account.unsettledFee = Wei(*fee);
    return read.result(account);
}

Json listJson(const QList<Json> &items, const std::optional<Wei> &fee)
{
    Json list{{"metadata", Json{{"total", qint64(items.size())}}}, {"items", Json::array(items)}};
    if (fee)
        list.insert(QStringLiteral("fee"), neuron::number(*fee));
    return list;
}

Json serviceListJson(const QList<Service> &services)
{
    QList<Json> items;
    for (const Service &service : services)
        items.append(service.toJson(Service::Keys::Pascal));
    return Json{{"Metadata", Json{{"total", qint64(items.size())}}}, {"Items", Json::array(items)}};
}

Expected<QList<Json>> itemsOf(const Json &list)
{
    const Json items = memberOf(list, QStringLiteral("items"));
    if (!items.isArray())
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The answer is no list: it has no items.")));
    return items.items();
}

Json errorJson(const QString &text)
{
    return Json{{"error", text}};
}

} // namespace sluice::zerog
