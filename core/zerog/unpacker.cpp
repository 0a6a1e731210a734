#include "answer_text_p.h"

#include "sluice/net/body_decoder.h"

#include <brotli/decode.h>

#include <array>

namespace sluice::zerog::detail {

namespace {

Error tooLarge(qsizetype maxBytes)
{
    return Error(Error::Kind::TooLarge, QStringLiteral("The service's answer is larger than %1 bytes when unpacked.").arg(maxBytes));
}

class Inflating final : public Unpacker {
public:
    explicit Inflating(QByteArrayView encoding) : m_decoder(encoding) {}

    Expected<QByteArray> unpack(QByteArrayView packed, qsizetype maxBytes) override
    {
        m_decoder.feed(packed.toByteArray());
        QByteArray all;
        for (;;) {
            const auto part = m_decoder.take(maxBytes - all.size() + 1);
            if (!part)
                return unexpected(part.error());
            if (part->isEmpty())
                return all;
            all += *part;
            if (all.size() > maxBytes)
                return unexpected(tooLarge(maxBytes));
        }
    }
    [[nodiscard]] bool complete() const override { return m_decoder.complete(); }

private:
    BodyDecoder m_decoder;
};

class Brotli final : public Unpacker {
public:
    Brotli() : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance) {}

    Expected<QByteArray> unpack(QByteArrayView packed, qsizetype maxBytes) override
    {
        QByteArray all;
        std::size_t left = std::size_t(packed.size());
        auto in = reinterpret_cast<const std::uint8_t *>(packed.data());
        std::array<std::uint8_t, 16384> buffer;
        for (;;) {
            std::size_t room = buffer.size();
            std::uint8_t *out = buffer.data();
            const BrotliDecoderResult result = BrotliDecoderDecompressStream(m_state.get(), &left, &in, &room, &out, nullptr);
            all.append(reinterpret_cast<const char *>(buffer.data()), qsizetype(buffer.size() - room));
            if (all.size() > maxBytes)
                return unexpected(tooLarge(maxBytes));
            if (result == BROTLI_DECODER_RESULT_ERROR)
                return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The service's answer says that it is packed with br, and is not.")));
            if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
                return all;
        }
    }
    [[nodiscard]] bool complete() const override { return BrotliDecoderIsFinished(m_state.get()) == BROTLI_TRUE; }

private:
    std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> m_state;
};

} // namespace

Expected<std::unique_ptr<Unpacker>> Unpacker::forEncoding(QByteArrayView contentEncoding)
{
    switch (BodyDecoder::kindOf(contentEncoding)) {
    case BodyDecoder::Kind::None:
        return std::unique_ptr<Unpacker>();
    case BodyDecoder::Kind::Known:
        return std::unique_ptr<Unpacker>(std::make_unique<Inflating>(contentEncoding));
    case BodyDecoder::Kind::Unknown:
        break;
    }
    if (contentEncoding.trimmed().compare("br", Qt::CaseInsensitive) == 0)
        return std::unique_ptr<Unpacker>(std::make_unique<Brotli>());
    return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The service packs its answer with %1, which is not counted here.").arg(QString::fromLatin1(contentEncoding.first(std::min<qsizetype>(contentEncoding.size(), 40))))));
}

} // namespace sluice::zerog::detail
