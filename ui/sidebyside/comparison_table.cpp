#include "sluice/sidebyside/comparison_table.h"

#include "sluice/sidebyside/comparison_model.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int kStar = 12;
constexpr int kLeastName = 12 * space::One;

struct Mark {
    QString icon;
    Theme::Role role;
};

Mark markOf(ComparedAnswer::State state)
{
    switch (state) {
    case ComparedAnswer::State::None: return {QStringLiteral("circle"), Theme::Role::Muted};
    case ComparedAnswer::State::Running: return {QStringLiteral("loader-circle"), Theme::Role::Accent};
    case ComparedAnswer::State::Complete: return {QStringLiteral("circle-check"), Theme::Role::Success};
    case ComparedAnswer::State::Stopped: return {QStringLiteral("square"), Theme::Role::Muted};
    case ComparedAnswer::State::Failed: return {QStringLiteral("circle-x"), Theme::Role::Failed};
    }
    return {QStringLiteral("circle"), Theme::Role::Muted};
}

class BarDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setLayoutDirection(option.direction);
        const auto placed = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, Theme::color(Theme::Role::Selection));
        const QRect inner = option.rect.adjusted(space::Half, 2, -space::Half, -2);
        const bool best = index.data(ComparisonModel::BestRole).toBool();
        if (const QVariant share = index.data(ComparisonModel::ShareRole); share.toInt() > 0) {
            QRect bar = inner;
            bar.setWidth(std::max(3, int(qint64(inner.width()) * share.toInt() / 1000)));
            painter->setPen(Qt::NoPen);
            painter->setBrush(Theme::tint(best ? Theme::Role::Success : Theme::Role::Accent));
            painter->drawRoundedRect(placed(bar), 2, 2);
        }
        QRect words = inner.adjusted(space::Half, 0, -space::Half, 0);
        if (index.column() == ComparisonModel::Name) {
            const Mark mark = markOf(ComparedAnswer::State(index.data(ComparisonModel::StateRole).toInt()));
            const QRect icon(words.left(), words.center().y() - kStar / 2, kStar, kStar);
            Theme::icon(mark.icon, mark.role).paint(painter, placed(icon));
            words.setLeft(icon.right() + space::One);
        } else if (best) {
            const QRect icon(words.left(), words.center().y() - kStar / 2, kStar, kStar);
            Theme::icon(QStringLiteral("star"), Theme::Role::Success).paint(painter, placed(icon));
        }
        painter->setFont(Theme::font(best ? Theme::Type::SmallStrong11 : Theme::Type::Small11));
        const bool known = index.column() == ComparisonModel::Name || index.data(ComparisonModel::ShareRole).isValid();
        painter->setPen(Theme::color(known ? Theme::Role::Text : Theme::Role::Muted));
        const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width());
        const int side = index.column() == ComparisonModel::Name ? Qt::AlignLeft : Qt::AlignRight;
        drawReading(*painter, placed(words), Qt::AlignVCenter | side, text);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const QFontMetrics metrics(Theme::font(Theme::Type::SmallStrong11));
        return {metrics.horizontalAdvance(index.data().toString()) + 2 * space::Two + kStar, space::Three};
    }
};

} // namespace

ComparisonTable::ComparisonTable(ComparisonModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("comparison"));
    setAccessibleName(tr("Comparison of the last answers"));
    setModel(&model);
    setItemDelegate(new BarDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(Theme::font(Theme::Type::Small11));
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(space::Two);
    verticalHeader()->setDefaultSectionSize(space::Three);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setMinimumSectionSize(space::Two);
    header->setFont(Theme::font(Theme::Type::Small11));
    header->setFixedHeight(space::Three);
    const auto changed = [this] {
        fit();
        updateGeometry();
    };
    connect(&model, &QAbstractItemModel::modelReset, this, changed);
    connect(&model, &QAbstractItemModel::dataChanged, this, changed);
    fit();
}

QSize ComparisonTable::sizeHint() const
{
    return {0, space::Three + m_model.rowCount() * space::Three + 2};
}

void ComparisonTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

void ComparisonTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void ComparisonTable::fit()
{
    const QFontMetrics metrics(Theme::font(Theme::Type::Small11));
    const int room = viewport()->width();
    QList<int> widths(ComparisonModel::ColumnCount, 0);
    int used = 0;
    for (int column = ComparisonModel::FirstWords; column < ComparisonModel::ColumnCount; ++column) {
        int widest = metrics.horizontalAdvance(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) + space::Two;
        for (int row = 0; row < m_model.rowCount(); ++row)
            widest = std::max(widest, itemDelegate()->sizeHint({}, m_model.index(row, column)).width());
        widths[column] = widest;
        used += widest;
    }
    // What matters least goes first where the room is short: how long the answers are.
    if (room - used < kLeastName) {
        used -= widths[ComparisonModel::Tokens];
        widths[ComparisonModel::Tokens] = 0;
    }
    widths[ComparisonModel::Name] = std::max(kLeastName, room - used);
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column) {
        setColumnHidden(column, widths[column] == 0);
        if (widths[column] > 0)
            horizontalHeader()->resizeSection(column, widths[column]);
    }
}

} // namespace sluice::ui
