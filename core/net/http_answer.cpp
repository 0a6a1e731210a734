#include "sluice/net/http_answer_p.h"

namespace sluice {

namespace http = boost::beast::http;

HttpAnswer::HttpAnswer(const Bounds &bounds, const QByteArray &method)
    : m_bounds(bounds)
    , m_isHead(method == "HEAD")
{
    begin();
}

void HttpAnswer::begin()
{
    m_parser.emplace(m_bounds.headBytes, m_bounds.bodyBytes);
    m_parser->skip(m_isHead);
}

HttpAnswer::ErrorCode HttpAnswer::parse(QByteArray &in)
{
    for (;;) {
        if (const auto wrong = m_parser->parse(in))
            return wrong;
        if (!isHeadDone() || status() >= 200 || (status() == 101 && m_takesUpgrade))
            return {};
        if (status() == 101 || ++m_interims > m_bounds.interims)
            return http::error::bad_status;
        begin();
    }
}

HttpAnswer::ErrorCode HttpAnswer::endOfInput()
{
    ErrorCode code = http::error::partial_message;
    if (m_parser->got_some())
        m_parser->put_eof(code);
    return code;
}

Error HttpAnswer::error(const ErrorCode &code, const QString &server) const
{
    if (m_parser->bodyTooLarge)
        return Error(Error::Kind::TooLarge,
            QStringLiteral("The answer of %1 is larger than the %2 bytes that are allowed here.").arg(server).arg(m_bounds.bodyBytes));
    if (code == http::error::header_limit)
        return Error(Error::Kind::TooLarge, QStringLiteral("The headers of %1 are larger than %2 bytes.").arg(server).arg(m_bounds.headBytes));
    if (isHeadDone() && status() < 200)
        return Error(Error::Kind::Protocol, QStringLiteral("%1 answered %2, which was not asked for.").arg(server).arg(status()));
    return Error(Error::Kind::Protocol,
        QStringLiteral("%1 answered something that is not HTTP (%2).").arg(server, QString::fromStdString(code.message())))
        .withAdvice(QStringLiteral("Check the port, and whether the address should begin with https."));
}

} // namespace sluice
