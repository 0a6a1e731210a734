#include "sluice/shell/command_palette.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kHintRole = Qt::UserRole + 1;
constexpr int kIndexRole = Qt::UserRole + 2;
constexpr int kWidth = 560;
constexpr int kHeight = 360;

// The title at the left, its hint muted at the right.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QRect row = option.rect.adjusted(space::Half, 0, -space::Half, 0);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(Theme::color(Theme::Role::Selection));
            painter->drawRoundedRect(row, space::Radius, space::Radius);
        }
        const QRect text = row.adjusted(space::One, 0, -space::One, 0);
        painter->setFont(Theme::font(Theme::Type::Small11));
        painter->setPen(Theme::color(Theme::Role::Muted));
        const QString hint = index.data(kHintRole).toString();
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, hint);
        const int hintWidth = painter->fontMetrics().horizontalAdvance(hint);
        painter->setFont(Theme::font(Theme::Type::Body13));
        painter->setPen(Theme::color(Theme::Role::Text));
        const QRect title = text.adjusted(0, 0, -hintWidth - space::Two, 0);
        painter->drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, title.width()));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, space::Four}; }
};
} // namespace

std::optional<int> fuzzyScore(const QString &query, const QString &text)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype previous = -2;
    for (const QChar wanted : query) {
        if (wanted.isSpace())
            continue;
        while (at < text.size() && text.at(at).toCaseFolded() != wanted.toCaseFolded())
            ++at;
        if (at == text.size())
            return std::nullopt;
        const bool wordStart = at == 0 || !text.at(at - 1).isLetterOrNumber();
        score += 1 + (wordStart ? 8 : 0) + (at == previous + 1 ? 5 : 0);
        previous = at++;
    }
    return score * 100 - int(text.size());
}

CommandPalette::CommandPalette(QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_query(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new QLabel)
    , m_model(new QStandardItemModel(this))
{
    setAccessibleName(tr("Command palette"));
    setFixedSize(kWidth, kHeight);
    m_query->setPlaceholderText(tr("Type a command, a capability, a panel…"));
    m_query->setAccessibleName(tr("Command"));
    m_query->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Commands found"));
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    Theme::setTextRole(m_nothing, Theme::Role::Muted);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::One, space::One, space::One, space::One);
    layout->setSpacing(space::One);
    layout->addWidget(m_query);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_query, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
}

QList<CommandPalette::Command> CommandPalette::fromActions(const QList<QAction *> &actions)
{
    QList<Command> commands;
    for (QAction *action : actions) {
        if (!action->isEnabled() || action->isSeparator() || action->text().isEmpty() || action->menu())
            continue;
        commands.append({action->text().remove(QLatin1Char('&')),
            action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }});
    }
    return commands;
}

void CommandPalette::popup(const QList<Command> &commands)
{
    m_commands = commands;
    m_query->clear();
    filter({});
    const QRect frame = parentWidget()->window()->geometry();
    move(frame.center().x() - width() / 2, frame.top() + frame.height() / 6);
    open();
    m_query->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::filter(const QString &query)
{
    struct Hit {
        int score;
        int index;
    };
    QList<Hit> hits;
    for (int i = 0; i < m_commands.size(); ++i) {
        const Command &command = m_commands.at(i);
        // An empty optional is less than any other.
        if (const auto score = std::max(fuzzyScore(query, command.title), command.alsoNamed.isEmpty() ? std::nullopt : fuzzyScore(query, command.alsoNamed)))
            hits.append({*score, i});
    }
    if (!query.trimmed().isEmpty())
        std::stable_sort(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) { return a.score > b.score; });
    m_model->clear();
    for (const Hit &hit : std::as_const(hits)) {
        auto *item = new QStandardItem(m_commands.at(hit.index).title);
        item->setData(m_commands.at(hit.index).hint, kHintRole);
        item->setData(hit.index, kIndexRole);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    m_list->setVisible(!hits.isEmpty());
    m_nothing->setVisible(hits.isEmpty());
    m_nothing->setText(tr("Nothing found for “%1”. Capabilities, panels and commands are found by letters of their names, in their order.").arg(query.trimmed().left(60)));
}

void CommandPalette::choose()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const auto run = m_commands.at(current.data(kIndexRole).toInt()).run;
    accept();
    // After the popup is gone, so that the command finds the focus where it was.
    QTimer::singleShot(0, parentWidget(), [window = parentWidget()->window(), run] {
        window->activateWindow(); // not every platform gives the keyboard back by itself
        run();
    });
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int rows = m_model->rowCount();
            if (rows > 0) {
                const int next = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
                m_list->setCurrentIndex(m_model->index((next + rows) % rows, 0));
            }
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace sluice::ui
