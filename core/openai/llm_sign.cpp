#include "sluice/openai/llm_sign.h"

namespace sluice::openai {

LlmSign readSign(int status, const QByteArray &body)
{
    if (status == 401 || status == 403)
        return LlmSign::KeyNeeded;
    if (status == 404 || status == 405)
        return LlmSign::NotThere;
    if (status == 400 && body.contains("missing required fields"))
        return LlmSign::Gateway;
    if (status == 400 && body.contains("multipart/form-data"))
        return LlmSign::Legacy;
    return LlmSign::Unclear;
}

} // namespace sluice::openai
