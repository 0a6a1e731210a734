#include "sluice/results/picture_choice.h"

#include "sluice/widgets/image_view.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

PictureChoice::PictureChoice(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar)
    , m_image(new ImageView)
{
    setAccessibleName(tr("Pictures of the answer"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Which picture is shown"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_image, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &PictureChoice::showPicture);
}

void PictureChoice::setPictures(const QList<AnswerPicture> &pictures, const QString &file)
{
    m_pictures = pictures;
    m_file = file;
    {
        const QSignalBlocker quiet(m_tabs);
        while (m_tabs->count() > 0)
            m_tabs->removeTab(0);
        for (const AnswerPicture &picture : pictures)
            m_tabs->addTab(picture.label);
    }
    m_tabs->updateGeometry(); // Qt does not, of a bar that nobody sees yet
    showPicture(0);
}

void PictureChoice::showPicture(int index)
{
    if (index >= 0 && index < m_pictures.size())
        m_image->setBytes(m_pictures.at(index).bytes, QStringLiteral("%1-%2.png").arg(m_file).arg(index + 1));
}

} // namespace sluice::ui
