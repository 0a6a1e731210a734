#include "sluice/endpointview/endpoint_call_model.h"

#include "sluice/endpoint/local_endpoint.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr std::chrono::milliseconds kSoon{100};
constexpr std::chrono::milliseconds kPassing{500};
const QString kNothing = QStringLiteral("–");

struct Look {
    QString icon;
    Theme::Role role;
};

Look lookOf(EndpointCall::State state)
{
    using State = EndpointCall::State;
    switch (state) {
    case State::Waiting:
        return {QStringLiteral("loader-circle"), Theme::Role::Accent};
    case State::Streaming:
        return {QStringLiteral("activity"), Theme::Role::Accent};
    case State::Answered:
        return {QStringLiteral("circle-check"), Theme::Role::Success};
    case State::Refused:
        return {QStringLiteral("lock"), Theme::Role::Warning};
    case State::Failed:
        return {QStringLiteral("circle-x"), Theme::Role::Failed};
    case State::Canceled:
        return {QStringLiteral("square"), Theme::Role::Muted};
    case State::Left:
        break;
    }
    return {QStringLiteral("triangle-alert"), Theme::Role::Warning};
}

std::chrono::milliseconds elapsed(const EndpointCall &call)
{
    if (!call.isRunning())
        return call.duration;
    return std::chrono::milliseconds(std::max<qint64>(0, call.at.msecsTo(QDateTime::currentDateTimeUtc())));
}

QString tokensOf(const EndpointCall &call)
{
    if (!call.promptTokens && !call.completionTokens)
        return kNothing;
    const QLocale locale;
    return QStringLiteral("%1 → %2").arg(locale.toString(call.promptTokens.value_or(0)), locale.toString(call.completionTokens.value_or(0)));
}

/// What the model is, where it is more than its name.
QString modelOf(const EndpointCall &call)
{
    const QString model = call.model.isEmpty() ? kNothing : call.model;
    return call.capability.isEmpty() || call.capability == call.model ? model : QStringLiteral("%1 → %2").arg(model, call.capability);
}

bool isNumber(int column)
{
    return column == EndpointCallModel::Duration || column == EndpointCallModel::Tokens || column == EndpointCallModel::Cost || column == EndpointCallModel::Status;
}

} // namespace

EndpointCallModel::EndpointCallModel(LocalEndpoint &endpoint, QObject *parent)
    : QAbstractTableModel(parent)
    , m_endpoint(endpoint)
{
    const QStringList known = endpoint.calls();
    for (const QString &id : known)
        m_calls.append(endpoint.call(id).value_or(EndpointCall()));
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    m_passing.setInterval(kPassing);
    connect(&m_soon, &QTimer::timeout, this, &EndpointCallModel::update);
    connect(&m_passing, &QTimer::timeout, this, &EndpointCallModel::update);
    connect(&endpoint, &LocalEndpoint::callBegan, this, &EndpointCallModel::begin);
    connect(&endpoint, &LocalEndpoint::callForgotten, this, &EndpointCallModel::forget);
    connect(&endpoint, &LocalEndpoint::callChanged, this, [this](const QString &id) {
        m_changed.insert(id);
        if (!m_soon.isActive())
            m_soon.start();
    });
}

int EndpointCallModel::rowOf(const QString &id) const
{
    const auto it = std::find_if(m_calls.begin(), m_calls.end(), [&](const EndpointCall &call) { return call.id == id; });
    return it == m_calls.end() ? -1 : int(it - m_calls.begin());
}

void EndpointCallModel::begin(const QString &id)
{
    const auto call = m_endpoint.call(id);
    if (!call)
        return;
    beginInsertRows({}, 0, 0);
    m_calls.prepend(*call);
    endInsertRows();
    m_passing.start();
}

void EndpointCallModel::forget(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_calls.removeAt(row);
    endRemoveRows();
}

void EndpointCallModel::update()
{
    m_soon.stop();
    const QSet<QString> changed = std::exchange(m_changed, {});
    bool running = false;
    for (int row = 0; row < int(m_calls.size()); ++row) {
        EndpointCall &shownCall = m_calls[row];
        const bool was = shownCall.isRunning();
        const auto now = m_endpoint.call(shownCall.id);
        if (now && changed.contains(shownCall.id))
            shownCall = *now;
        running = running || shownCall.isRunning();
        if (was || changed.contains(shownCall.id))
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    if (!running)
        m_passing.stop();
}

QString EndpointCallModel::stateWords(const EndpointCall &call)
{
    using State = EndpointCall::State;
    switch (call.state) {
    case State::Waiting:
        return tr("waiting");
    case State::Streaming:
        return call.pieces > 0 ? tr("streaming · %1", "pieces of the answer so far").arg(QLocale().toString(call.pieces)) : tr("streaming");
    case State::Answered:
        return tr("answered");
    case State::Refused:
        return tr("refused");
    case State::Failed:
        return tr("failed");
    case State::Canceled:
        return tr("cancelled here");
    case State::Left:
        break;
    }
    return tr("client left");
}

QString EndpointCallModel::shown(const EndpointCall &call, int column) const
{
    switch (column) {
    case Time:
        return QLocale().toString(call.at.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
    case Request:
        return call.path;
    case Model:
        return modelOf(call);
    case State:
        return stateWords(call);
    case Duration:
        return durationText(elapsed(call));
    case Tokens:
        return tokensOf(call);
    case Cost: {
        const QString wei = call.chargedWei.value_or(call.paidWei);
        return wei == QLatin1String("0") ? kNothing : AmountLabel::humanWei(wei, 4);
    }
    case Client:
        return call.client.isEmpty() ? kNothing : call.client;
    case Status:
        return call.status == 0 ? kNothing : QString::number(call.status);
    default:
        return {};
    }
}

QString EndpointCallModel::hint(const EndpointCall &call, int column) const
{
    switch (column) {
    case Time:
        return RelativeTimeLabel::exact(call.at);
    case Request:
        return QStringLiteral("%1 %2\n%3").arg(call.method, call.path, call.id);
    case State:
    case Status:
        return call.problem.isEmpty() ? shown(call, column) : call.problem;
    case Tokens:
        if (call.promptTokens)
            return tr("%1 tokens in, %2 tokens out, as the answer counts them").arg(call.promptTokens.value_or(0)).arg(call.completionTokens.value_or(0));
        return tr("The answer does not count its tokens.");
    case Cost:
        if (call.chargedWei)
            return tr("%1 wei of the balance; %2 wei paid with tickets").arg(*call.chargedWei, call.paidWei);
        return tr("%1 wei paid with tickets; what it took of the balance is not known").arg(call.paidWei);
    default:
        return shown(call, column);
    }
}

int EndpointCallModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_calls.size());
}

int EndpointCallModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EndpointCallModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const EndpointCall &call = m_calls[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return shown(call, column);
    case Qt::ToolTipRole:
        return toolTipText(hint(call, column));
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "column of a table, value").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), shown(call, column));
    case Qt::DecorationRole:
        if (column != State)
            return {};
        return Theme::icon(lookOf(call.state).icon, lookOf(call.state).role);
    case Qt::TextAlignmentRole:
        return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant EndpointCallModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Request:
        return tr("Request");
    case Model:
        return tr("Model");
    case State:
        return tr("State");
    case Duration:
        return tr("Took");
    case Tokens:
        return tr("Tokens");
    case Cost:
        return tr("Cost");
    case Client:
        return tr("Client");
    case Status:
        return tr("Status");
    default:
        return {};
    }
}

} // namespace sluice::ui
