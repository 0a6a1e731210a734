#include "sluice/history/compare_view.h"

#include "sluice/base/json.h"
#include "sluice/history/history_model.h"
#include "sluice/history/line_diff.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtCore/QStringDecoder>
#include <QtGui/QKeyEvent>
#include <QtGui/QTextBlock>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

/// Characters of an answer that are compared; more would not be read by anyone.
constexpr qsizetype mostText = 400 * 1024;

Theme::Role roleOf(DiffRow::Kind kind)
{
    switch (kind) {
    case DiffRow::Kind::Removed: return Theme::Role::Failed;
    case DiffRow::Kind::Added: return Theme::Role::Success;
    default: return Theme::Role::Warning;
    }
}

QString signOf(DiffRow::Kind kind, int side)
{
    switch (kind) {
    case DiffRow::Kind::Removed: return side == 0 ? QStringLiteral("− ") : QStringLiteral("  ");
    case DiffRow::Kind::Added: return side == 1 ? QStringLiteral("+ ") : QStringLiteral("  ");
    case DiffRow::Kind::Changed: return QStringLiteral("~ ");
    case DiffRow::Kind::Same: break;
    }
    return QStringLiteral("  ");
}

} // namespace

CompareView::CompareView(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_summary(new QLabel(this))
{
    setWindowTitle(tr("Compare two runs"));
    setAccessibleName(tr("Compare two runs"));
    // Each side's facts stand over its text.
    auto *heads = new QHBoxLayout;
    heads->setSpacing(1);
    for (QGridLayout *&facts : m_facts) {
        facts = new QGridLayout;
        facts->setContentsMargins(space::Two, space::Two, space::Two, space::One);
        facts->setHorizontalSpacing(space::Two);
        facts->setVerticalSpacing(0);
        facts->setColumnStretch(1, 1);
        heads->addLayout(facts, 1);
    }
    m_tabs->addTab(tr("Input"));
    m_tabs->addTab(tr("Answer"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("What is compared"));
    m_summary->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_summary, Theme::Role::Muted);

    auto *sides = new QHBoxLayout;
    sides->setSpacing(1);
    for (int side = 0; side < 2; ++side) {
        auto *text = new QPlainTextEdit(this);
        text->setReadOnly(true);
        text->setLineWrapMode(QPlainTextEdit::NoWrap);
        text->setFont(Theme::font(Theme::Type::Mono));
        text->setFrameShape(QFrame::NoFrame);
        text->setTabChangesFocus(true);
        text->setAccessibleName(side == 0 ? tr("Older run") : tr("Newer run"));
        sides->addWidget(text, 1);
        m_texts[size_t(side)] = text;
    }
    for (int side = 0; side < 2; ++side) {
        // Both sides show the same lines.
        QPlainTextEdit *other = m_texts[size_t(1 - side)];
        connect(m_texts[size_t(side)]->verticalScrollBar(), &QScrollBar::valueChanged, other->verticalScrollBar(), &QScrollBar::setValue);
        connect(m_texts[size_t(side)]->horizontalScrollBar(), &QScrollBar::valueChanged, other->horizontalScrollBar(), &QScrollBar::setValue);
    }
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::Two, 0, space::Two, 0);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    bar->addWidget(m_summary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(heads);
    column->addLayout(bar);
    column->addLayout(sides, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &CompareView::showSection);
    connect(&Theme::instance(), &Theme::changed, this, &CompareView::showSection);
}

QString CompareView::inputText(const RunRecord &record)
{
    const auto call = Json::parse(record.call.toUtf8());
    return call ? QString::fromUtf8(call->value(QStringLiteral("input")).dump(2)) : record.call;
}

QString CompareView::resultText(const RunRecord &record)
{
    QString text;
    if (record.state == RunRecord::State::Signed)
        return tr("Another program sent this call. Its answer went there.");
    if (record.resultBytes.isEmpty() && record.errorJson.isEmpty())
        return tr("No answer was kept.");
    if (record.state == RunRecord::State::Failed && !record.errorJson.isEmpty()) {
        const auto error = Json::parse(record.errorJson.toUtf8());
        text = error ? QString::fromUtf8(error->dump(2)) + u'\n' : record.errorJson + u'\n';
    }
    if (const auto json = Json::parse(record.resultBytes); json && !record.resultBytes.isEmpty())
        return text + QString::fromUtf8(json->dump(2)).left(mostText);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString plain = decoder(record.resultBytes);
    if (decoder.hasError() || plain.contains(QChar::Null)) {
        return text
            + tr("%1 bytes of %2").arg(QLocale().toString(record.resultSize),
                record.resultContentType.isEmpty() ? tr("unknown type") : record.resultContentType);
    }
    return text + plain.left(mostText);
}

void CompareView::showRuns(const RunRecord &left, const RunRecord &right)
{
    m_runs = {left, right};
    showFacts();
    showSection();
}

void CompareView::showFacts()
{
    for (QGridLayout *facts : m_facts) {
        while (QLayoutItem *item = facts->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    }
    const auto add = [this](const QString &name, const QString &left, const QString &right) {
        const QString texts[] = {left, right};
        for (size_t side = 0; side < m_facts.size(); ++side) {
            const int row = m_facts[side]->rowCount();
            auto *title = new QLabel(name);
            title->setFont(Theme::font(Theme::Type::Small11));
            Theme::setTextRole(title, Theme::Role::Muted);
            m_facts[side]->addWidget(title, row, 0);
            auto *value = new ElidedLabel(texts[side]);
            value->setSubject(name);
            value->setElideMode(Qt::ElideRight);
            value->setMuted(left == right);
            m_facts[side]->addWidget(value, row, 1);
        }
    };
    const auto both = [&](const QString &name, auto read) { add(name, read(m_runs[0]), read(m_runs[1])); };
    both(tr("Capability"), [](const RunRecord &run) { return HistoryModel::nameText(run); });
    both(tr("Started"), [](const RunRecord &run) { return RelativeTimeLabel::exact(run.startedAt); });
    both(tr("State"), [](const RunRecord &run) { return HistoryModel::stateText(run.state); });
    both(tr("Facts"), [](const RunRecord &run) { return HistoryModel::factsText(run); });
    both(tr("Orchestrator"), [](const RunRecord &run) { return run.orchestrator.isEmpty() ? tr("not known") : run.orchestrator; });
}

void CompareView::setSection(int index)
{
    m_tabs->setCurrentIndex(index);
}

void CompareView::showSection()
{
    const bool input = m_tabs->currentIndex() == 0;
    const auto lines = [input](const RunRecord &run) {
        return (input ? inputText(run) : resultText(run)).split(u'\n');
    };
    const QList<DiffRow> rows = diffLines(lines(m_runs[0]), lines(m_runs[1]));
    m_differences = int(std::count_if(rows.begin(), rows.end(), [](const DiffRow &row) { return row.kind != DiffRow::Kind::Same; }));
    m_summary->setText(m_differences == 0 ? tr("no difference") : tr("%n line(s) differ", nullptr, m_differences));
    for (int side = 0; side < 2; ++side) {
        QStringList text;
        for (const DiffRow &row : rows)
            text << signOf(row.kind, side) + (side == 0 ? row.left : row.right);
        QPlainTextEdit *edit = m_texts[size_t(side)];
        edit->setPlainText(text.join(u'\n'));
        QList<QTextEdit::ExtraSelection> marks;
        for (int i = 0; i < rows.size(); ++i) {
            if (rows[i].kind == DiffRow::Kind::Same)
                continue;
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(edit->document()->findBlockByNumber(i));
            mark.format.setBackground(Theme::tint(roleOf(rows[i].kind)));
            mark.format.setProperty(QTextFormat::FullWidthSelection, true);
            marks.append(mark);
        }
        edit->setExtraSelections(marks);
    }
}

QString CompareView::shownText(int side) const
{
    return m_texts[size_t(side)]->toPlainText();
}

void CompareView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isWindow())
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sluice::ui
