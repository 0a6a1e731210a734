#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

class QGraphicsPixmapItem;
class QGraphicsView;
class QLabel;

namespace sluice::ui {

/// A picture: fitted or at any zoom, to save, to copy and to drag out of the window.
class ImageView final : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget *parent = nullptr);

    /// Decodes `bytes`; false when they are no picture that Qt can read. `fileName` is used when dragged out.
    bool setBytes(const QByteArray &bytes, const QString &fileName);
    [[nodiscard]] QSize imageSize() const { return m_image.size(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void zoomBy(double factor);
    void setZoom(double zoom);
    void startDrag();

    QImage m_image;
    QByteArray m_bytes;
    QString m_fileName;
    bool m_fitted = true;
    QPoint m_pressedAt;
    QGraphicsView *m_view;
    QGraphicsPixmapItem *m_item;
    QLabel *m_facts;
};

} // namespace sluice::ui
