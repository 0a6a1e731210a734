#include "sluice/forms/number_editor_p.h"

#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSlider>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOptionSpinBox>

namespace sluice::ui {

namespace {

constexpr int kSliderTicks = 1000;
constexpr qint64 kMostIntegersOnASlider = 10000;

/// A hundredth of the range, rounded down to a power of ten: 0..1 moves by 0.01.
Decimal stepFor(const Decimal &low, const Decimal &high)
{
    for (int places = 0; places <= 9; ++places) {
        const auto steps = low.stepsTo(high, Decimal{1, places});
        if (steps && *steps >= 100)
            return {1, places};
    }
    return {1, 9};
}

} // namespace

NumberSpin::NumberSpin(QWidget *parent)
    : QAbstractSpinBox(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFont(Theme::font(Theme::Type::Mono)); // tabular figures
    setAccelerated(true);
    ignoreWheelWithoutFocus(this);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberSpin::userEdited);
}

void NumberSpin::setRange(std::optional<Decimal> minimum, std::optional<Decimal> maximum)
{
    m_minimum = minimum;
    m_maximum = maximum;
}

void NumberSpin::showText(const QString &text)
{
    if (lineEdit()->text() != text)
        lineEdit()->setText(text);
}

void NumberSpin::setPlaceholder(const QString &text)
{
    lineEdit()->setPlaceholderText(text);
}

QSize NumberSpin::sizeHint() const
{
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    const int digits = fontMetrics().horizontalAdvance(QStringLiteral("0000000"));
    const int placeholder = fontMetrics().horizontalAdvance(lineEdit()->placeholderText().left(16)) + space::Three;
    const QSize content(qMax(digits, placeholder), lineEdit()->sizeHint().height());
    return style()->sizeFromContents(QStyle::CT_SpinBox, &option, content, this) + QSize(space::One, 0);
}

void NumberSpin::stepBy(int steps)
{
    const QByteArray literal = text().trimmed().toLatin1();
    std::optional<Decimal> next;
    if (const auto current = Decimal::parse(literal)) {
        next = current->plus(m_step, steps);
    } else if (literal.isEmpty()) {
        // The first step from nothing lands on a bound, or on zero.
        next = steps > 0 && m_minimum ? m_minimum : steps < 0 && m_maximum ? m_maximum : Decimal{};
    }
    if (!next)
        return;
    if (m_minimum && next->compare(*m_minimum) < 0)
        next = m_minimum;
    if (m_maximum && next->compare(*m_maximum) > 0)
        next = m_maximum;
    const QString shown = QString::fromLatin1(next->text());
    showText(shown);
    selectAll();
    Q_EMIT userEdited(shown);
}

QAbstractSpinBox::StepEnabled NumberSpin::stepEnabled() const
{
    if (isReadOnly())
        return StepNone;
    const auto current = Decimal::parse(text().trimmed().toLatin1());
    if (!current)
        return text().trimmed().isEmpty() ? StepUpEnabled | StepDownEnabled : StepEnabled(StepNone);
    StepEnabled enabled = StepNone;
    if (!m_maximum || current->compare(*m_maximum) < 0)
        enabled |= StepUpEnabled;
    if (!m_minimum || current->compare(*m_minimum) > 0)
        enabled |= StepDownEnabled;
    return enabled;
}

QValidator::State NumberSpin::validate(QString &, int &) const
{
    return QValidator::Acceptable; // wrong text stays and is named at the field; nothing typed is swallowed
}

NumberEditor::NumberEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_spin(new NumberSpin(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::One + space::Half);
    m_low = Decimal::parse(spec.minimum);
    m_high = Decimal::parse(spec.maximum);
    if (const auto step = Decimal::parse(spec.step); step && step->digits > 0)
        m_step = *step;
    else if (spec.kind == FieldKind::Number)
        m_step = m_low && m_high ? stepFor(*m_low, *m_high) : Decimal{1, 1};
    if (spec.exclusiveMinimum && m_low)
        m_low = m_low->plus(m_step, 1);
    if (spec.exclusiveMaximum && m_high)
        m_high = m_high->plus(m_step, -1);
    m_spin->setRange(m_low, m_high);
    m_spin->setStep(m_step);
    m_spin->setPlaceholder(spec.required ? spec.placeholder : spec.placeholder.isEmpty() ? tr("Not set") : spec.placeholder);
    makeSlider();
    if (m_slider)
        row->addWidget(m_slider, 1);
    row->addWidget(m_spin);
    if (!m_slider) {
        // Room for a 64-bit integer; a number needs no more, however wide the form.
        m_spin->setMinimumWidth(21 * space::One);
        row->addStretch(1);
    }
    connect(m_spin, &NumberSpin::userEdited, this, &NumberEditor::take);
}

void NumberEditor::makeSlider()
{
    if (!m_low || !m_high)
        return;
    const auto steps = m_low->stepsTo(*m_high, m_step);
    if (!steps || *steps < 1 || (spec().kind == FieldKind::Integer && *steps > kMostIntegersOnASlider))
        return;
    m_steps = *steps;
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setRange(0, int(qMin<qint64>(m_steps, kSliderTicks)));
    m_slider->setPageStep(qMax(1, m_slider->maximum() / 10));
    m_slider->setAccessibleName(tr("%1, slider").arg(spec().title));
    m_slider->setToolTip(spec().hint());
    ignoreWheelWithoutFocus(m_slider);
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        if (isLoading())
            return;
        const qint64 count = m_slider->maximum() == m_steps ? position : position * m_steps / m_slider->maximum();
        if (const auto value = m_low->plus(m_step, count)) {
            const QString text = QString::fromLatin1(value->text());
            m_spin->showText(text);
            m_problem.clear();
            userChanged(Json::number(text.toLatin1()));
        }
    });
}

QWidget *NumberEditor::control()
{
    return m_spin;
}

void NumberEditor::moveSlider()
{
    if (!m_slider)
        return;
    const QSignalBlocker quiet(m_slider);
    int position = 0;
    if (value() && value()->isNumber()) {
        if (const auto number = Decimal::parse(value()->numberText())) {
            const qint64 count = qBound<qint64>(0, m_low->stepsTo(*number, m_step).value_or(0), m_steps);
            position = int(count * m_slider->maximum() / m_steps);
        }
    }
    m_slider->setValue(position);
}

void NumberEditor::take(const QString &text)
{
    const QByteArray literal = text.trimmed().toUtf8();
    m_problem.clear();
    if (literal.isEmpty()) {
        userChanged(absent()); // never "" and never 0
    } else if (!Json::parse(literal).valueOr(Json()).isNumber()) {
        // A comma may part decimals or thousands, by country: asked about, never guessed.
        QString pointed = text.trimmed();
        const bool comma = pointed.count(u',') == 1 && Json::parse(pointed.replace(u',', u'.').toUtf8()).valueOr(Json()).isNumber();
        m_problem = comma ? tr("“%1” has a comma. Write %2 for the decimal, or leave the comma out.").arg(text.trimmed(), pointed)
                          : tr("“%1” is not a number. Write it like 12, -0.5 or 1e3.").arg(text.trimmed());
        userChanged(value());
    } else {
        userChanged(Json::number(literal));
    }
    moveSlider();
}

void NumberEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    if (!m_problem.isEmpty())
        issues.append({pointer, m_problem});
}

bool NumberEditor::accepts(const std::optional<Json> &value) const
{
    return !value || value->isNumber();
}

void NumberEditor::display(const std::optional<Json> &value)
{
    m_problem.clear();
    m_spin->showText(value ? QString::fromLatin1(value->numberText()) : QString());
    moveSlider();
}

} // namespace sluice::ui
