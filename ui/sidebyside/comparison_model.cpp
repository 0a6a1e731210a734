#include "sluice/sidebyside/comparison_model.h"

#include "sluice/crypto/u256.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/duration_text.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {

using State = ComparedAnswer::State;
using Column = ComparisonModel::Column;

constexpr QChar kDash(0x2014);

/// The measure as an integer, in a unit of its own; nothing where it is unknown.
std::optional<Wei> valueOf(const ComparedAnswer &answer, Column column)
{
    const auto amount = [](const std::optional<QString> &wei) -> std::optional<Wei> {
        const auto value = wei ? weiFromDecimal(*wei) : Expected<Wei>(Wei(-1));
        return value && *value >= 0 ? std::optional(*value) : std::nullopt;
    };
    switch (column) {
    case Column::FirstWords: return answer.firstWords ? std::optional(Wei(answer.firstWords->count())) : std::nullopt;
    case Column::Whole: return answer.whole ? std::optional(Wei(answer.whole->count())) : std::nullopt;
    case Column::Speed: return answer.tokensPer10Seconds ? std::optional(Wei(*answer.tokensPer10Seconds)) : std::nullopt;
    case Column::Tokens: return answer.tokens ? std::optional(Wei(*answer.tokens)) : std::nullopt;
    case Column::Paid: return amount(answer.paidWei);
    case Column::Charged: return amount(answer.chargedWei);
    default: return std::nullopt;
    }
}

/// The best value of the complete answers; nothing where there is nothing to choose, or no better and worse.
std::optional<Wei> bestOf(const QList<ComparedAnswer> &answers, Column column)
{
    if (column == Column::Name || column == Column::Tokens)
        return std::nullopt;
    QList<Wei> values;
    for (const ComparedAnswer &answer : answers) {
        if (const auto value = valueOf(answer, column); value && answer.state == State::Complete)
            values.append(*value);
    }
    if (values.size() < 2)
        return std::nullopt;
    const auto [least, most] = std::minmax_element(values.cbegin(), values.cend());
    if (*least == *most)
        return std::nullopt;
    return column == Column::Speed ? *most : *least;
}

std::optional<int> shareOf(const QList<ComparedAnswer> &answers, int row, Column column)
{
    const auto value = valueOf(answers.at(row), column);
    if (!value)
        return std::nullopt;
    Wei most = 0;
    for (const ComparedAnswer &answer : answers)
        most = std::max(most, valueOf(answer, column).value_or(Wei(0)));
    return most == 0 ? 0 : static_cast<int>(Wei(*value * 1000 / most));
}

} // namespace

void ComparisonModel::setAnswers(const QList<ComparedAnswer> &answers)
{
    if (answers == m_answers)
        return;
    if (answers.size() != m_answers.size()) {
        beginResetModel();
        m_answers = answers;
        endResetModel();
        return;
    }
    m_answers = answers;
    if (!m_answers.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_answers.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = Column(index.column());
    const int row = index.row();
    const auto best = [&] {
        const auto value = valueOf(m_answers.at(row), column);
        return value && m_answers.at(row).state == State::Complete && bestOf(m_answers, column) == value;
    };
    switch (role) {
    case Qt::DisplayRole: return shown(row, column);
    case Qt::ToolTipRole: return explanation(row, column);
    case Qt::AccessibleTextRole: {
        const QString title = headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const QString words = tr("%1: %2", "measure, its value").arg(title, valueOf(m_answers.at(row), column) || column == Name ? shown(row, column) : tr("unknown"));
        return best() ? tr("%1, the best", "measure with its value").arg(words) : words;
    }
    case Qt::TextAlignmentRole: return int((column == Name ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
    case ShareRole: {
        const auto share = shareOf(m_answers, row, column);
        return share ? QVariant(*share) : QVariant();
    }
    case BestRole: return best();
    case StateRole: return int(m_answers.at(row).state);
    default: return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Name ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Paid)
        return tr("What left your purse in tickets for this answer; it may be credit for later calls as well");
    if (role == Qt::ToolTipRole && section == Charged)
        return tr("What was taken for this answer, by the other side's own words. Streams are charged every five seconds");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Answer of");
    case FirstWords: return tr("First words");
    case Whole: return tr("Whole answer");
    case Speed: return tr("Tokens/s");
    case Tokens: return tr("Tokens");
    case Paid: return tr("Paid");
    case Charged: return tr("Charged");
    default: return {};
    }
}

QString ComparisonModel::shown(int row, Column column) const
{
    const ComparedAnswer &answer = m_answers.at(row);
    const auto amount = [&](const std::optional<QString> &wei) {
        return !wei ? QString(kDash) : *wei == QLatin1String("0") ? tr("nothing") : AmountLabel::humanWei(*wei, 4);
    };
    switch (column) {
    case Name: return answer.name;
    case FirstWords: return answer.firstWords ? durationText(*answer.firstWords) : QString(kDash);
    case Whole:
        switch (answer.state) {
        case State::Running: return tr("coming…");
        case State::Stopped: return tr("stopped");
        case State::Failed: return tr("failed");
        default: return answer.whole ? durationText(*answer.whole) : QString(kDash);
        }
    case Speed: return answer.tokensPer10Seconds ? QLocale().toString(double(*answer.tokensPer10Seconds) / 10, 'f', 1) : QString(kDash);
    case Tokens:
        if (!answer.tokens)
            return QString(kDash);
        return answer.tokensCounted ? QLocale().toString(*answer.tokens) : tr("~%1", "about that many").arg(QLocale().toString(*answer.tokens));
    case Paid: return amount(answer.paidWei);
    case Charged: return amount(answer.chargedWei);
    default: return {};
    }
}

QString ComparisonModel::explanation(int row, Column column) const
{
    const ComparedAnswer &answer = m_answers.at(row);
    const auto exactly = [](const std::optional<QString> &wei, const QString &unknown) { return wei ? tr("%1 wei").arg(*wei) : unknown; };
    switch (column) {
    case Name: return answer.name;
    case Speed: return answer.tokensPer10Seconds ? tr("From the first words to the last") : tr("There were too few words to tell");
    case Tokens:
        return answer.tokensCounted ? tr("As the server counted them") : tr("The server did not count its tokens: each piece of the stream is taken for one");
    case Paid: return exactly(answer.paidWei, tr("Nothing is known of what this answer cost: its network names no price"));
    case Charged: return exactly(answer.chargedWei, tr("Nobody told what was taken for this answer"));
    default: return shown(row, column);
    }
}

QString ComparisonModel::summary() const
{
    const auto names = [this](Column column) {
        QStringList found;
        for (int row = 0; row < rowCount(); ++row) {
            if (data(index(row, column), BestRole).toBool())
                found << m_answers.at(row).name;
        }
        return QLocale().createSeparatedList(found);
    };
    QStringList said;
    if (const QString fastest = names(Whole); !fastest.isEmpty())
        said << tr("Fastest: %1", "names of capabilities").arg(fastest);
    if (const QString cheapest = names(Charged); !cheapest.isEmpty())
        said << tr("Least charged: %1", "names of capabilities").arg(cheapest);
    else if (const QString least = names(Paid); !least.isEmpty())
        said << tr("Least paid: %1", "names of capabilities").arg(least);
    return said.join(QStringLiteral(" · "));
}

} // namespace sluice::ui
