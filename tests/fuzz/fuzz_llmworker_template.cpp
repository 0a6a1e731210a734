// Whatever a template says is expanded within bounds, or refused with words; doubled braces come back as they were.
#include "sluice/llmworker/prompt.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::llmworker;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString content = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    PromptValues values;
    values.query = content.left(64);
    values.previousStreamOutput = QStringLiteral("{x}");
    values.history = {Message(QStringLiteral("user"), QStringLiteral("a")), Message(QStringLiteral("assistant"), content.right(32))};
    qsizetype fault = -1;
    const auto result = expanded(content, values, &fault);
    require(result || (fault >= 0 && fault < content.size() && (content.at(fault) == u'{' || content.at(fault) == u'}')));
    require(result ? result->size() <= MaxExpanded : !result.error().message().isEmpty());
    QString doubled = content;
    doubled.replace(QLatin1Char('{'), QStringLiteral("{{")).replace(QLatin1Char('}'), QStringLiteral("}}"));
    const auto literal = expanded(doubled, values);
    require(literal && *literal == content);
    Stream stream;
    stream.messages = {Message(QStringLiteral("system"), content), Insert{QStringLiteral("history")}};
    const auto messages = promptOf(stream, values, {});
    require(messages ? messages->size() == 3 : !messages.error().message().isEmpty());
    return 0;
}
