#pragma once

#include "sluice/net/headers.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>
#include <vector>

namespace sluice {

/// Beast's incremental parser filling our own types; pure. One object parses one message.
///
/// Beast bounds what it parses in one call; this one also bounds the sum over all pieces, and drops trailers.
template <bool IsRequest> class HttpParser final : public boost::beast::http::basic_parser<IsRequest> {
    using Base = boost::beast::http::basic_parser<IsRequest>;
    using ErrorCode = boost::beast::error_code;
    using View = boost::beast::string_view;

public:
    HttpParser(qsizetype maxHeaderBytes, qsizetype maxBodyBytes)
        : m_maxHeaderBytes(maxHeaderBytes)
        , m_maxBodyBytes(maxBodyBytes)
    {
        this->eager(true);
        this->body_limit(boost::none);
        this->header_limit(static_cast<std::uint32_t>(maxHeaderBytes));
    }

    QByteArray method;
    QByteArray target;
    int status = 0;
    int httpVersion = 11; ///< 10 or 11
    Headers headers;
    QByteArray body; ///< decoded so far; the owner may take it away
    bool bodyTooLarge = false;
    /// Called once, when the headers are complete and before any of the body is taken.
    std::function<void()> onHeaders;

    void setMaxBodyBytes(qsizetype bytes) { m_maxBodyBytes = bytes; }

    /// Takes from `in` what it can. No error means: feed more when there is more, unless is_done().
    ErrorCode parse(QByteArray &in)
    {
        ErrorCode error;
        if (in.isEmpty() || this->is_done())
            return error;
        m_pieces.clear();
        const std::size_t used = this->put(boost::asio::const_buffer(in.constData(), std::size_t(in.size())), error);
        collect(in, qsizetype(used));
        if (error == boost::beast::http::error::need_more) {
            error = {};
            // A chunk's extensions and trailers have no bound in Beast.
            if (in.size() > m_maxHeaderBytes)
                error = boost::beast::http::error::header_limit;
        }
        return error;
    }

private:
    void on_request_impl(boost::beast::http::verb, View verb, View path, int version, ErrorCode &error) override
    {
        method = QByteArray(verb.data(), qsizetype(verb.size()));
        target = QByteArray(path.data(), qsizetype(path.size()));
        httpVersion = version;
        count(method.size() + target.size(), error);
    }
    void on_response_impl(int code, View reason, int, ErrorCode &error) override
    {
        status = code;
        count(qsizetype(reason.size()), error);
    }
    void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode &error) override
    {
        count(qsizetype(name.size() + value.size()) + 4, error);
        if (!error && !this->is_header_done())
            headers.append({QByteArray(name.data(), qsizetype(name.size())), QByteArray(value.data(), qsizetype(value.size()))});
        if (headers.size() > headers::MaxFields)
            error = boost::beast::http::error::header_limit;
    }
    void on_header_impl(ErrorCode &error) override
    {
        if (onHeaders)
            onHeaders();
        const auto length = this->content_length();
        if (!this->is_done() && length && *length > std::uint64_t(m_maxBodyBytes))
            tooLarge(error);
    }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, ErrorCode &) override { }
    std::size_t on_body_impl(View bytes, ErrorCode &error) override { return take(bytes, error); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode &) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode &error) override { return take(bytes, error); }
    void on_finish_impl(ErrorCode &) override { }

    void count(qsizetype bytes, ErrorCode &error)
    {
        m_headerBytes += bytes;
        if (m_headerBytes > m_maxHeaderBytes)
            error = boost::beast::http::error::header_limit;
    }
    std::size_t take(View bytes, ErrorCode &error)
    {
        m_bodyBytes += qsizetype(bytes.size());
        if (m_bodyBytes > m_maxBodyBytes)
            tooLarge(error);
        else if (!bytes.empty())
            m_pieces.push_back(bytes);
        return bytes.size();
    }
    /// Moves what was found of the body out of `in`, and takes what was used off it. When `in` holds little else, its own memory becomes the
    /// body: what lies around the largest piece is moved up to it, and nothing else is copied.
    void collect(QByteArray &in, qsizetype used)
    {
        qsizetype found = 0;
        for (const View piece : m_pieces)
            found += qsizetype(piece.size());
        if (found == 0 || !body.isEmpty() || !in.isDetached() || 4 * found < in.capacity()) {
            for (const View piece : m_pieces)
                body.append(piece.data(), qsizetype(piece.size()));
            in.remove(0, used);
            return;
        }
        const auto largest = std::max_element(m_pieces.begin(), m_pieces.end(), [](View a, View b) { return a.size() < b.size(); });
        const qsizetype offset = largest->data() - in.constData();
        char *const bytes = in.data();
        qsizetype begin = offset;
        qsizetype end = offset + qsizetype(largest->size());
        for (auto piece = largest; piece != m_pieces.begin();) {
            --piece;
            begin -= qsizetype(piece->size());
            std::memmove(bytes + begin, piece->data(), piece->size());
        }
        for (auto piece = largest + 1; piece != m_pieces.end(); ++piece) {
            std::memmove(bytes + end, piece->data(), piece->size());
            end += qsizetype(piece->size());
        }
        QByteArray rest = in.mid(used);
        in.truncate(end);
        in.remove(0, begin);
        body = std::exchange(in, std::move(rest));
    }
    void tooLarge(ErrorCode &error)
    {
        bodyTooLarge = true;
        error = boost::beast::http::error::body_limit;
    }

    qsizetype m_maxHeaderBytes;
    qsizetype m_maxBodyBytes;
    qsizetype m_headerBytes = 0;
    qsizetype m_bodyBytes = 0;
    std::vector<View> m_pieces; ///< of the body, in what is being parsed
};

} // namespace sluice
