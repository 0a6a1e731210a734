#pragma once

#include "sluice/forms/field_issue.h"
#include "sluice/forms/field_spec_p.h"

#include <QtCore/QHash>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QWidget>

namespace sluice::ui {

/// Edits the value of one field. An absent key is std::nullopt.
///
/// Holds the very value it was given until a person edits it, so that a literal, an unknown key or an order that this
/// editor would write differently survives being looked at.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    FieldEditor(const FieldSpec &spec, QWidget *parent)
        : QWidget(parent)
        , m_spec(spec)
    {
    }

    [[nodiscard]] const FieldSpec &spec() const { return m_spec; }

    /// False, and nothing changes, when this editor cannot show such a value.
    bool setValue(const std::optional<Json> &value)
    {
        if (!accepts(value))
            return false;
        m_value = value;
        const QScopedValueRollback guard(m_loading, true);
        display(value);
        return true;
    }
    [[nodiscard]] const std::optional<Json> &value() const { return m_value; }

    /// The control that a label belongs to and that gets the focus.
    [[nodiscard]] virtual QWidget *control() = 0;
    /// What bears the field's name: the control, or for containers the editor itself.
    [[nodiscard]] virtual QWidget *named() { return control(); }
    /// True when the editor shows the field's title itself.
    [[nodiscard]] virtual bool showsTitle() const { return false; }
    /// Input that is no value of this type (yet): the text stays, value() is the last one that was right.
    virtual void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
    {
        Q_UNUSED(pointer)
        Q_UNUSED(issues)
    }
    /// Names of the files whose bytes the value holds, by JSON pointer.
    virtual void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
    {
        Q_UNUSED(pointer)
        Q_UNUSED(names)
    }
    /// Shows the message at the field that `path` leads to; false when there is none below this editor. With
    /// `touchedOnly` a field that nobody has edited yet stays quiet (and true is returned: it was found).
    virtual bool showIssue(const QStringList &path, const QString &message, bool touchedOnly)
    {
        Q_UNUSED(path)
        Q_UNUSED(message)
        Q_UNUSED(touchedOnly)
        return false;
    }
    virtual void clearIssues() {}
    /// The control at `path`, for the focus; null when there is none.
    virtual QWidget *controlAt(const QStringList &path) { return path.isEmpty() ? control() : nullptr; }

Q_SIGNALS:
    /// A person changed the value.
    void edited();

protected:
    [[nodiscard]] virtual bool accepts(const std::optional<Json> &value) const = 0;
    virtual void display(const std::optional<Json> &value) = 0;

    [[nodiscard]] bool isLoading() const { return m_loading; }
    void userChanged(std::optional<Json> value)
    {
        if (m_loading)
            return;
        m_value = std::move(value);
        Q_EMIT edited();
    }
    /// What an emptied field is: no key, or for a required one no value yet either.
    [[nodiscard]] static std::optional<Json> absent() { return std::nullopt; }

private:
    FieldSpec m_spec;
    std::optional<Json> m_value;
    bool m_loading = false;
};

/// The editor for that kind of field.
[[nodiscard]] FieldEditor *makeFieldEditor(const FieldSpec &spec, QWidget *parent);

/// Keeps the wheel from changing a control that merely lies under the pointer while the form is scrolled.
void ignoreWheelWithoutFocus(QWidget *control);

} // namespace sluice::ui
