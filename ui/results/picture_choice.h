#pragma once

#include "sluice/results/masks.h"

#include <QtWidgets/QWidget>

class QTabBar;

namespace sluice::ui {

class ImageView;

/// Several pictures of one answer, one of which is shown.
class PictureChoice final : public QWidget {
    Q_OBJECT
public:
    explicit PictureChoice(QWidget *parent = nullptr);

    /// Shows the first one; without any, nothing. `file`: what they are called when they are dragged out, without a suffix.
    void setPictures(const QList<AnswerPicture> &pictures, const QString &file);
    [[nodiscard]] const QList<AnswerPicture> &pictures() const { return m_pictures; }
    [[nodiscard]] ImageView &image() const { return *m_image; }
    [[nodiscard]] QTabBar &tabs() const { return *m_tabs; }

private:
    void showPicture(int index);

    QList<AnswerPicture> m_pictures;
    QString m_file;
    QTabBar *m_tabs;
    ImageView *m_image;
};

} // namespace sluice::ui
