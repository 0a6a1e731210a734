#pragma once

#include <QtWidgets/QWidget>

class QCheckBox;
class QLabel;

namespace sluice::ui {

class ElidedLabel;

/// The quiet line at a file that is sent: what was taken out of it, and a box that sends it as it is. Hidden while there is nothing to say.
class TakenOutLine final : public QWidget {
    Q_OBJECT
public:
    /// Side by side where there is room for it, else below each other.
    explicit TakenOutLine(Qt::Orientation orientation, QWidget *parent = nullptr);

    /// `advice` is a second sentence, such as that hardly anything reads the file. Both may be empty.
    void say(const QString &told, const QString &advice = {});
    /// Whether there is something that the box would send.
    void offerWhole(bool offered);
    [[nodiscard]] bool wantsWhole() const;
    void setWantsWhole(bool wants);
    /// The line's words, for people who cannot see them and for tests.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// A person ticked the box, or took the tick away.
    void wholeWanted(bool whole);

private:
    ElidedLabel *m_told;
    QLabel *m_advice;
    QCheckBox *m_whole;
};

} // namespace sluice::ui
