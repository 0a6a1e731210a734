#include "sluice/results/raw_view.h"

#include "sluice/results/body_kind.h"
#include "sluice/results/hex_model.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
// A text edit lays out every line it holds; beyond this the rest is one save away.
constexpr qsizetype kShownText = 512 * 1024;
} // namespace

RawView::RawView(QWidget *parent)
    : QWidget(parent)
    , m_facts(new QLabel)
    , m_stack(new QStackedWidget)
    , m_text(new QPlainTextEdit)
    , m_hex(new QListView)
    , m_bytes(new HexModel(this))
{
    m_facts->setFont(Theme::font(Theme::Type::Small11));
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(Theme::font(Theme::Type::Mono));
    m_text->setAccessibleName(tr("Received text"));
    m_text->setTabChangesFocus(true);
    m_hex->setModel(m_bytes);
    m_hex->setUniformItemSizes(true);
    m_hex->setFrameShape(QFrame::NoFrame);
    m_hex->setFont(Theme::font(Theme::Type::Mono));
    m_hex->setAccessibleName(tr("Received bytes"));
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_hex);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::One, 0, 0);
    layout->setSpacing(space::Half);
    m_facts->setContentsMargins(space::One, 0, space::One, 0);
    m_text->document()->setDocumentMargin(space::One);
    layout->addWidget(m_facts);
    layout->addWidget(m_stack, 1);
}

void RawView::showBytes(const ResultData &answer)
{
    const qint64 arrived = std::max<qint64>(answer.bodySize, answer.body.size());
    QString facts = tr("%1 · %2").arg(
        answer.contentType.isEmpty() ? tr("no content type") : QString::fromLatin1(answer.contentType),
        QLocale().formattedDataSize(arrived));
    if (arrived > answer.body.size())
        facts += tr(" · only the first %1 were kept").arg(QLocale().formattedDataSize(answer.body.size()));
    const std::optional<QString> text = bodyText(answer);
    const bool isText = text.has_value();
    if (isText && answer.body.size() > kShownText)
        facts += tr(" · the first %1 are shown; save for all").arg(QLocale().formattedDataSize(kShownText));
    m_facts->setText(facts);
    m_text->setPlainText(isText ? text->left(kShownText) : QString());
    m_bytes->setBytes(isText ? QByteArray() : answer.body);
    m_stack->setCurrentWidget(isText ? static_cast<QWidget *>(m_text) : m_hex);
}

} // namespace sluice::ui
