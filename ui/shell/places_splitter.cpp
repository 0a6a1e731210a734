#include "sluice/shell/places_splitter.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLayout>

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {

constexpr int kFewest = 3; // the two sides and the middle

/// As wide as it was left, or its share of a large window where nobody said how wide.
int grown(int wanted, int usual, int width, int share, int most)
{
    return wanted == usual ? std::clamp(width / share, usual, most) : wanted;
}

// Past these a side has nothing more to show.
constexpr int kFirstShare = 8;
constexpr int kMostFirst = 360;
constexpr int kLastShare = 7;
constexpr int kMostLast = 440;

/// What the content of a place asks for, whatever the place itself would put up with.
int needOf(const QWidget &place)
{
    return place.layout() ? place.layout()->minimumSize().width() : place.minimumSizeHint().width();
}

} // namespace

PlacesSplitter::PlacesSplitter(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
{
    connect(this, &QSplitter::splitterMoved, this, [this](int, int handle) {
        // Only the side whose edge was dragged: the other may be narrow for want of room. One that was dragged shut stays so.
        const QList<int> now = sizes();
        (handle == 1 ? m_first : m_last) = handle == 1 ? now.first() : now.last();
    });
}

void PlacesSplitter::setSides(int first, int last)
{
    m_first = first;
    m_last = last;
    fit();
}

bool PlacesSplitter::event(QEvent *event)
{
    const bool handled = QSplitter::event(event);
    // Another page or an answer in the middle may need more than before.
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return handled;
}

void PlacesSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    fit();
}

void PlacesSplitter::fit()
{
    if (count() < kFewest || std::exchange(m_fitting, true))
        return;
    const auto handle = [this](int index) { return widget(index)->isHidden() ? 0 : handleWidth(); };
    const auto least = [this](int index) { return std::max(needOf(*widget(index)), widget(index)->minimumWidth()); };
    // No side is cut off where there is room for its words, which are longer in some languages. One that was dragged shut stays so.
    const auto wish = [&](int index, int wanted) { return wanted == 0 || widget(index)->isHidden() ? 0 : std::max(wanted, least(index)); };
    const int room = width() - handle(0) - handle(count() - 1) - needOf(*widget(1));
    int first = wish(0, grown(m_first, kFirst, width(), kFirstShare, kMostFirst));
    int last = wish(2, grown(m_last, kLast, width(), kLastShare, kMostLast));
    const int leastFirst = std::min(first, least(0));
    const int leastLast = std::min(last, least(2));
    if (first + last > room) {
        if (leastFirst + leastLast > room)
            last = 0;
        if (leastFirst > room)
            first = 0;
        // Each gives of what it has beyond its least.
        const int over = first + last - std::max(0, room);
        const int spareFirst = first > 0 ? first - leastFirst : 0;
        const int spareLast = last > 0 ? last - leastLast : 0;
        if (over > 0 && spareFirst + spareLast > 0) {
            const int fromFirst = std::min(spareFirst, over * spareFirst / (spareFirst + spareLast));
            first -= fromFirst;
            last -= std::min(spareLast, over - fromFirst);
        }
    }
    const QList<int> wanted{first, std::max(1, width() - first - last - handle(0) - handle(2)), last};
    if (wanted != sizes())
        setSizes(wanted);
    m_fitting = false;
}

} // namespace sluice::ui
