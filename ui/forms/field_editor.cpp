#include "sluice/forms/field_editor_p.h"

#include "sluice/forms/container_editors_p.h"
#include "sluice/forms/file_editor_p.h"
#include "sluice/forms/number_editor_p.h"
#include "sluice/forms/scalar_editors_p.h"

#include <QtCore/QEvent>

namespace sluice::ui {

namespace {

class WheelGuard final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget *>(watched)->hasFocus())
            return false;
        event->ignore(); // so that the form scrolls
        return true;
    }
};

} // namespace

void ignoreWheelWithoutFocus(QWidget *control)
{
    control->setFocusPolicy(Qt::StrongFocus); // not Qt::WheelFocus
    control->installEventFilter(new WheelGuard(control));
}

FieldEditor *makeFieldEditor(const FieldSpec &spec, QWidget *parent)
{
    switch (spec.kind) {
    case FieldKind::Text:
    case FieldKind::Password: return new TextEditor(spec, parent);
    case FieldKind::TextArea: return new TextAreaEditor(spec, parent);
    case FieldKind::Integer:
    case FieldKind::Number: return new NumberEditor(spec, parent);
    case FieldKind::Choice: return new ChoiceEditor(spec, parent);
    case FieldKind::Boolean: return new BooleanEditor(spec, parent);
    case FieldKind::File: return new FileEditor(spec, parent);
    case FieldKind::Set: return new SetEditor(spec, parent);
    case FieldKind::List: return new ListEditor(spec, parent);
    case FieldKind::Object: return new ObjectEditor(spec, parent);
    case FieldKind::Union: return new UnionEditor(spec, parent);
    case FieldKind::Json: break;
    }
    return new JsonFieldEditor(spec, parent);
}

} // namespace sluice::ui

#include "field_editor.moc"
