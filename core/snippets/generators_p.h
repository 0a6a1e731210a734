#pragma once

#include "sluice/snippets/snippet_generator.h"

/// Every language, by the backend whose calls it writes; the registry (snippet_generator.cpp) has one of each.
namespace sluice::detail {

/// A language by its name; what it writes is its own.
class NamedGenerator : public SnippetGenerator {
public:
    NamedGenerator(const char *id, const char *title)
        : m_id(QLatin1String(id))
        , m_title(QLatin1String(title))
    {
    }
    [[nodiscard]] QString id() const final { return m_id; }
    [[nodiscard]] QString title() const final { return m_title; }

private:
    QString m_id;
    QString m_title;
};

// Calls on Livepeer's orchestrators: BYOC and live video.

/// The package that can be installed today (client-sdk.md 1.3).
class PythonPublished final : public NamedGenerator {
public:
    PythonPublished()
        : NamedGenerator("python", "Python (published package)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The specified version 1, of which no release exists (client-sdk.md 1.2).
class PythonPreview final : public NamedGenerator {
public:
    PythonPreview()
        : NamedGenerator("python-v1", "Python (v1 preview)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

class Curl final : public NamedGenerator {
public:
    Curl()
        : NamedGenerator("curl", "curl")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// Node 18 or later, without packages.
class JavascriptNode final : public NamedGenerator {
public:
    JavascriptNode()
        : NamedGenerator("javascript", "JavaScript (Node)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library, as it is installed.
class CppLibrary final : public NamedGenerator {
public:
    CppLibrary()
        : NamedGenerator("cpp", "C++ (Sluice)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

// Calls of apps on live runners.

/// The published package: single-shot calls, their streams, and sessions (client-sdk.md 1.3).
class LiveRunnerPython final : public NamedGenerator {
public:
    LiveRunnerPython()
        : NamedGenerator("python", "Python (published package)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// curl and jq: calls, streams and sessions, paid through a remote signer.
class LiveRunnerCurl final : public NamedGenerator {
public:
    LiveRunnerCurl()
        : NamedGenerator("curl", "curl")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

// Calls of the backend openai.

/// The package `openai` of PyPI.
class OpenAiPython final : public NamedGenerator {
public:
    OpenAiPython()
        : NamedGenerator("python", "Python (openai)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The package `openai` of npm.
class OpenAiNode final : public NamedGenerator {
public:
    OpenAiNode()
        : NamedGenerator("javascript", "JavaScript (openai)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// JavaScript without packages.
class OpenAiFetch final : public NamedGenerator {
public:
    OpenAiFetch()
        : NamedGenerator("fetch", "JavaScript (fetch)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

class OpenAiCurl final : public NamedGenerator {
public:
    OpenAiCurl()
        : NamedGenerator("curl", "curl")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library.
class OpenAiCpp final : public NamedGenerator {
public:
    OpenAiCpp()
        : NamedGenerator("cpp", "C++ (Sluice)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

// Calls of the backend aigateway.

class AiGatewayCurl final : public NamedGenerator {
public:
    AiGatewayCurl()
        : NamedGenerator("curl", "curl")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// Python without packages.
class AiGatewayPython final : public NamedGenerator {
public:
    AiGatewayPython()
        : NamedGenerator("python", "Python")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// JavaScript without packages.
class AiGatewayFetch final : public NamedGenerator {
public:
    AiGatewayFetch()
        : NamedGenerator("fetch", "JavaScript (fetch)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library.
class AiGatewayCpp final : public NamedGenerator {
public:
    AiGatewayCpp()
        : NamedGenerator("cpp", "C++ (Sluice)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

// Calls of the backend llmworker.

/// The package `websockets` of PyPI.
class WorkerPython final : public NamedGenerator {
public:
    WorkerPython()
        : NamedGenerator("python", "Python (websockets)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The WebSocket of browsers and of Node 22; in older Nodes that of the package `ws` of npm.
class WorkerJavascript final : public NamedGenerator {
public:
    WorkerJavascript()
        : NamedGenerator("javascript", "JavaScript (WebSocket)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// Qt's QWebSocket, without this library.
class WorkerCpp final : public NamedGenerator {
public:
    WorkerCpp()
        : NamedGenerator("cpp", "C++ (Qt WebSockets)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// websocat and jq, in bash.
class WorkerWebsocat final : public NamedGenerator {
public:
    WorkerWebsocat()
        : NamedGenerator("websocat", "websocat")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

// Calls of the backend zerog, through a user agent.

class ZerogCurl final : public NamedGenerator {
public:
    ZerogCurl()
        : NamedGenerator("curl", "curl")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The package `requests` of PyPI.
class ZerogPython final : public NamedGenerator {
public:
    ZerogPython()
        : NamedGenerator("python", "Python (requests)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// JavaScript without packages.
class ZerogFetch final : public NamedGenerator {
public:
    ZerogFetch()
        : NamedGenerator("fetch", "JavaScript (fetch)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library.
class ZerogCpp final : public NamedGenerator {
public:
    ZerogCpp()
        : NamedGenerator("cpp", "C++ (Sluice)")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// 0G's storage client, which is told the service as its node.
class ZerogStorage final : public NamedGenerator {
public:
    ZerogStorage()
        : NamedGenerator("storage-client", "0g-storage-client")
    {
    }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

} // namespace sluice::detail
