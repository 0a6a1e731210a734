#pragma once

namespace sluice::openai {

/// What an upstream speaks (openai.md 1).
enum class Dialect {
    OpenAi,  ///< OpenAI's API, and servers that are compatible with it
    Legacy,  ///< a gateway's `/llm` up to go-livepeer 0.8.2: a form in, `{response, tokens_used}` out
    Gateway, ///< a gateway's `/llm` from 0.8.3 on: `messages` in, `choices` out
};

/// How a chat becomes the legacy form, and what comes of its answer (openai.md 2.2).
enum class Mapping {
    Semantic, ///< what the chat means
    Compat,   ///< byte for byte what the middleware `livepeer-openai-api-middleware` does
};

} // namespace sluice::openai
