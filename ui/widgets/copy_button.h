#pragma once

#include <QtWidgets/QToolButton>

#include <functional>

namespace sluice::ui {

/// Copies text to the clipboard and says so with a tick for a moment. Disabled while there is nothing to copy.
class CopyButton final : public QToolButton {
    Q_OBJECT
public:
    explicit CopyButton(QWidget *parent = nullptr);

    /// What the copied thing is, for the tooltip and the accessible name: "Copy %1".
    void setSubject(const QString &subject);
    void setContent(const QString &text);
    /// Asked at the click, for content that is costly to make.
    void setSource(std::function<QString()> source);

Q_SIGNALS:
    void copied(const QString &text);

private:
    void copy();

    QString m_subject;
    QString m_content;
    std::function<QString()> m_source;
};

} // namespace sluice::ui
