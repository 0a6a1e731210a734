#include "sluice/base/c_numeric.h"

#include <clocale>
#include <locale.h>

namespace sluice {

namespace {

/// The thread's locale at its first use, but for its numbers; never freed, as other threads may use it to the last.
locale_t withCNumbers()
{
    static const locale_t made = newlocale(LC_NUMERIC_MASK, "C", duplocale(LC_GLOBAL_LOCALE));
    return made;
}

} // namespace

void useCNumbers()
{
    std::setlocale(LC_NUMERIC, "C");
}

CNumericScope::CNumericScope()
    : m_previous(uselocale(withCNumbers()))
{
}

CNumericScope::~CNumericScope()
{
    uselocale(static_cast<locale_t>(m_previous));
}

} // namespace sluice
