<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>LiveSource</name>
    <message>
        <source>The camera “%1” is not plugged in.</source>
        <translation>摄像头“%1”未连接。</translation>
    </message>
    <message>
        <source>Plug it in and start again, or use the test pattern.</source>
        <translation>请连接后重新开始，或使用测试图案。</translation>
    </message>
    <message>
        <source>%1×%2, %3/s</source>
        <translation>%1×%2，%3/秒</translation>
    </message>
</context>
<context>
    <name>LiveState</name>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>LiveTabs</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>清空%1</translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>全选(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>增大(&amp;S)</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>减小(&amp;D)</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤消(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>是(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>否(&amp;N)</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>退格</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>End</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>PgUp</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>PgDown</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤消(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>复制链接地址(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>Snippets</name>
    <message>
        <source>Pick a capability first.</source>
        <translation>请先选择一项能力。</translation>
    </message>
    <message>
        <source>An AI gateway streams the chat only, and has no live jobs.</source>
        <translation>AI 网关只对聊天提供流式返回，没有实时任务。</translation>
    </message>
    <message>
        <source>A live job needs a library for its channels, and there is none for Node.</source>
        <translation>实时任务的通道需要专门的库，而 Node 没有这样的库。</translation>
    </message>
    <message>
        <source>Apps on live runners are reached at orchestrators, not through gateways.</source>
        <translation>实时运行器上的应用通过编排器访问，不经网关。</translation>
    </message>
    <message>
        <source>The published package sends JSON objects only.</source>
        <translation>已发布的软件包只发送 JSON 对象。</translation>
    </message>
    <message>
        <source>The app&apos;s name or its path holds control characters.</source>
        <translation>应用的名称或路径含有控制字符。</translation>
    </message>
    <message>
        <source>OpenAI-compatible servers have no live jobs.</source>
        <translation>与 OpenAI 兼容的服务器没有实时任务。</translation>
    </message>
    <message>
        <source>The input of such a call is a JSON object.</source>
        <translation>此类调用的输入是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>The capability&apos;s name or its path holds control characters.</source>
        <translation>能力的名称或路径含有控制字符。</translation>
    </message>
    <message>
        <source>The library openai is used here for streams of chat; curl and fetch stream from /%1.</source>
        <translation>此处 openai 库只用于聊天流;从 /%1 流式读取请用 curl 和 fetch。</translation>
    </message>
    <message>
        <source>An orchestrator names the terms of live-video-to-video over gRPC, which this language&apos;s code does not speak; Python and C++ do.</source>
        <translation>编排器通过 gRPC 给出 live-video-to-video 的条款，这种语言的代码不支持 gRPC;Python 和 C++ 支持。</translation>
    </message>
    <message>
        <source>There is no code for the backend “%1” yet.</source>
        <translation>后端“%1”还没有代码。</translation>
    </message>
    <message>
        <source>A BYOC gateway takes live video by WHIP and RTMP only.</source>
        <translation>BYOC 网关只通过 WHIP 和 RTMP 接收实时视频。</translation>
    </message>
    <message>
        <source>A live job&apos;s parameters are a JSON object.</source>
        <translation>实时任务的参数是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>The capability&apos;s name, its path or its model holds control characters.</source>
        <translation>能力的名称、路径或模型含有控制字符。</translation>
    </message>
    <message>
        <source>The version 1 specification reaches orchestrators, not gateways.</source>
        <translation>版本 1 的规范访问编排器，而不是网关。</translation>
    </message>
    <message>
        <source>The version 1 specification has no place for job parameters.</source>
        <translation>版本 1 的规范没有任务参数的位置。</translation>
    </message>
    <message>
        <source>The published package always calls a worker at the capability&apos;s name, and this one&apos;s path is /%1.</source>
        <translation>已发布的软件包总是按能力的名称调用工作进程，而此能力的路径是 /%1。</translation>
    </message>
    <message>
        <source>The published package looks for the terms of payment at port %1, and this sandbox is at port %2, because that one was in use.</source>
        <translation>已发布的软件包在端口 %1 查找付款条款，而此沙盒在端口 %2，因为前者已被占用。</translation>
    </message>
    <message>
        <source>The published package opens live-video-to-video jobs (start_lv2v), but no live BYOC jobs.</source>
        <translation>已发布的软件包可以打开 live-video-to-video 任务 (start_lv2v)，但不能打开 BYOC 的实时任务。</translation>
    </message>
    <message>
        <source>The published package reaches orchestrators, not gateways.</source>
        <translation>已发布的软件包访问编排器，而不是网关。</translation>
    </message>
    <message>
        <source>The published package cannot stream from a BYOC capability yet.</source>
        <translation>已发布的软件包还不能从 BYOC 能力流式读取。</translation>
    </message>
    <message>
        <source>LLM workers have no live jobs.</source>
        <translation>LLM 工作进程没有实时任务。</translation>
    </message>
    <message>
        <source>There is no question yet. Type one, and the code that asks it is here.</source>
        <translation>还没有问题。输入一个问题，这里就会出现提问的代码。</translation>
    </message>
    <message>
        <source>The method in the call&apos;s parameters is none of %1.</source>
        <translation>调用参数中的方法不是 %1 之一。</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A playground for the Livepeer AI network.</source>
        <translation>Livepeer AI 网络的试验场。</translation>
    </message>
    <message>
        <source>Drive the window through every panel, write a picture per step and report.json into DIR, and quit.</source>
        <translation>让窗口依次走过每个面板，将每步截图和 report.json 写入 DIR，然后退出。</translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation>system、light 或 dark。</translation>
    </message>
    <message>
        <source>Print the time to the first paint and the memory when idle, and quit.</source>
        <translation>输出首次绘制用时和空闲时的内存占用，然后退出。</translation>
    </message>
    <message>
        <source>Open the capability NAME and run it as soon as the network is connected.</source>
        <translation>网络连接后立即打开并运行名为 NAME 的能力。</translation>
    </message>
    <message>
        <source>The input for --run: JSON, or @FILE. Without it the capability&apos;s first example runs.</source>
        <translation>--run 的输入：JSON 或 @文件。省略时运行该能力的第一个示例。</translation>
    </message>
</context>
<context>
    <name>sluice::AiGateway</name>
    <message>
        <source>Base URL</source>
        <translation>基础地址</translation>
    </message>
    <message>
        <source>Where the AI gateway&apos;s pipelines are: its address, without /text-to-image and the like.</source>
        <translation>AI 网关的管线所在：其地址，不含 /text-to-image 之类的路径。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Of a hosted gateway; one of your own wants none.</source>
        <translation>托管网关的密钥；您自己的网关不需要。</translation>
    </message>
    <message>
        <source>A hosted gateway refuses calls without it.</source>
        <translation>没有它，托管网关会拒绝调用。</translation>
    </message>
</context>
<context>
    <name>sluice::FormWords</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first.</source>
        <translation>到目前为止的对话，最早的在前。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>各部分</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>A data: URI, or an address of the web.</source>
        <translation>data: URI，或网络地址。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>In tokens.</source>
        <translation>以 token 计。</translation>
    </message>
    <message>
        <source>Longest answer with reasoning</source>
        <translation>含思考的最长回答</translation>
    </message>
    <message>
        <source>The newer name of the limit, which counts what a model thinks, too.</source>
        <translation>此上限的新名称，模型的思考也计算在内。</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>存在惩罚</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>频率惩罚</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答数</translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation>停止文本</translation>
    </message>
    <message>
        <source>The answer ends before the first of them.</source>
        <translation>回答在其中第一个出现之前结束。</translation>
    </message>
    <message>
        <source>Reasoning effort</source>
        <translation>思考强度</translation>
    </message>
    <message>
        <source>none, minimal, low, medium, high: what the model knows.</source>
        <translation>none、minimal、low、medium、high：取决于模型。</translation>
    </message>
    <message>
        <source>Format of the answer</source>
        <translation>回答格式</translation>
    </message>
    <message>
        <source>{&quot;type&quot;: &quot;json_object&quot;} or a JSON Schema.</source>
        <translation>{&quot;type&quot;: &quot;json_object&quot;} 或 JSON Schema。</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Functions that the model may ask for.</source>
        <translation>模型可以请求的函数。</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>多个文本</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Format of the vectors</source>
        <translation>向量格式</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Width and height, such as 1024x1024, or auto.</source>
        <translation>宽和高，例如 1024x1024，或 auto。</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>auto, low, medium, high, standard, hd: what the model knows.</source>
        <translation>auto、low、medium、high、standard、hd：取决于模型。</translation>
    </message>
    <message>
        <source>Pictures as</source>
        <translation>图片形式</translation>
    </message>
    <message>
        <source>OpenAI&apos;s own newer models always answer b64_json and take no such parameter.</source>
        <translation>OpenAI 自己的较新模型总是返回 b64_json，不接受此参数。</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Two letters, such as en.</source>
        <translation>两个字母，例如 en。</translation>
    </message>
    <message>
        <source>Words that may occur, in their spelling.</source>
        <translation>可能出现的词及其写法。</translation>
    </message>
    <message>
        <source>Times of</source>
        <translation>时间标记</translation>
    </message>
    <message>
        <source>With verbose_json.</source>
        <translation>用于 verbose_json。</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>嗓音</translation>
    </message>
    <message>
        <source>How to speak</source>
        <translation>如何朗读</translation>
    </message>
    <message>
        <source>Format of the sound</source>
        <translation>声音格式</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first. Its words are what the call costs.</source>
        <translation>到目前为止的对话，最早的在前。调用费用按其字数计算。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>As the service behind the provider names it, where it has several.</source>
        <translation>提供方背后的服务所用的名称（若有多个模型）。</translation>
    </message>
    <message>
        <source>In the model&apos;s tokens.</source>
        <translation>以模型的 token 计。</translation>
    </message>
    <message>
        <source>Storage node</source>
        <translation>存储节点</translation>
    </message>
    <message>
        <source>A JSON-RPC request to the storage node. Its bytes are what the call costs.</source>
        <translation>发给存储节点的 JSON-RPC 请求。调用费用按其字节数计算。</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>分段</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Root</source>
        <translation>根</translation>
    </message>
    <message>
        <source>Of the whole file. A node of 0G&apos;s storage network asks for it, and for what follows.</source>
        <translation>整个文件的根。0G 存储网络的节点需要它以及下面的内容。</translation>
    </message>
    <message>
        <source>Which one of the file this is, from 0.</source>
        <translation>这是文件的第几个分段，从 0 开始。</translation>
    </message>
    <message>
        <source>Size of the file</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>In bytes.</source>
        <translation>以字节计。</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>That the segment belongs to the root: an object with lemma and path.</source>
        <translation>证明该分段属于此根：含 lemma 和 path 的对象。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Root, start and end</source>
        <translation>根、起点和终点</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Another method</source>
        <translation>其他方法</translation>
    </message>
    <message>
        <source>For example zgs_getStatus or zgs_getFileInfo.</source>
        <translation>例如 zgs_getStatus 或 zgs_getFileInfo。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first; the last one is the question.</source>
        <translation>到目前为止的对话，最早的在前；最后一条是问题。</translation>
    </message>
    <message>
        <source>Tell of each stream</source>
        <translation>报告每个流</translation>
    </message>
    <message>
        <source>What each stream of the template says and takes, beside the answer, where the worker tells it.</source>
        <translation>除回答外，还报告模板中每个流的内容和用时（若 worker 提供）。</translation>
    </message>
    <message>
        <source>Up to 50 MB.</source>
        <translation>最大 50 MB。</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>负面提示词</translation>
    </message>
    <message>
        <source>What should not be in the picture. Several are separated by |.</source>
        <translation>不应出现在图片中的内容。多项用 | 分隔。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More take longer and may look better.</source>
        <translation>步数越多越慢，效果可能更好。</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt.</source>
        <translation>图片遵循提示词的程度。</translation>
    </message>
    <message>
        <source>The same seed gives the same result. Left out: a random one.</source>
        <translation>相同的种子得到相同的结果。省略则随机。</translation>
    </message>
    <message>
        <source>Safety check</source>
        <translation>安全检查</translation>
    </message>
    <message>
        <source>Whether results are looked at for what may offend.</source>
        <translation>是否检查结果中可能冒犯他人的内容。</translation>
    </message>
    <message>
        <source>How many pictures to make.</source>
        <translation>生成多少张图片。</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>A JSON object of LoRA models and their weights: {&quot;latent-consistency/lcm-lora-sdxl&quot;: 1.0}</source>
        <translation>LoRA 模型及其权重的 JSON 对象：{&quot;latent-consistency/lcm-lora-sdxl&quot;: 1.0}</translation>
    </message>
    <message>
        <source>In pixels.</source>
        <translation>以像素计。</translation>
    </message>
    <message>
        <source>Text to image</source>
        <translation>文本生成图像</translation>
    </message>
    <message>
        <source>Makes pictures from a text.</source>
        <translation>根据文本生成图片。</translation>
    </message>
    <message>
        <source>What to show. Several are separated by |.</source>
        <translation>要展示的内容。多项用 | 分隔。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Image to image</source>
        <translation>图像生成图像</translation>
    </message>
    <message>
        <source>Changes a picture as a text says.</source>
        <translation>按文本修改图片。</translation>
    </message>
    <message>
        <source>What to make of it.</source>
        <translation>要把它变成什么。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much it changes: 0 not at all, 1 everything.</source>
        <translation>改变程度:0 完全不变，1 全部改变。</translation>
    </message>
    <message>
        <source>Picture&apos;s guidance scale</source>
        <translation>图片引导强度</translation>
    </message>
    <message>
        <source>How closely the result follows the picture.</source>
        <translation>结果遵循图片的程度。</translation>
    </message>
    <message>
        <source>Image to video</source>
        <translation>图像生成视频</translation>
    </message>
    <message>
        <source>Makes a short video that begins with a picture.</source>
        <translation>生成一段以某张图片开头的短视频。</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Of the video.</source>
        <translation>视频的帧数。</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>运动</translation>
    </message>
    <message>
        <source>More is more motion.</source>
        <translation>值越大，运动越多。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>More resembles the picture less and moves more.</source>
        <translation>值越大，与图片越不相似，运动越多。</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Makes a picture larger.</source>
        <translation>放大图片。</translation>
    </message>
    <message>
        <source>What the picture shows.</source>
        <translation>图片的内容。</translation>
    </message>
    <message>
        <source>Audio to text</source>
        <translation>音频转文本</translation>
    </message>
    <message>
        <source>Writes down what is said, with the times at which it is.</source>
        <translation>写下所说的话及其时间。</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Of sentences, of words, or none.</source>
        <translation>按句、按词，或无。</translation>
    </message>
    <message>
        <source>Segment anything 2</source>
        <translation>Segment Anything 2</translation>
    </message>
    <message>
        <source>Finds what is at a point or in a box of a picture, pixel by pixel.</source>
        <translation>逐像素找出图片中某点或某框内的对象。</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>JSON: [[x, y], …] in pixels.</source>
        <translation>JSON：[[x, y], …],以像素计。</translation>
    </message>
    <message>
        <source>Points&apos; labels</source>
        <translation>点的标签</translation>
    </message>
    <message>
        <source>JSON: for each point 1 when it is part of the thing, 0 when not: [1, 0]</source>
        <translation>JSON：每个点属于该对象为 1,否则为 0：[1, 0]</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>框</translation>
    </message>
    <message>
        <source>JSON: [left, top, right, bottom] in pixels.</source>
        <translation>JSON：[左, 上, 右, 下],以像素计。</translation>
    </message>
    <message>
        <source>Earlier mask</source>
        <translation>先前的掩码</translation>
    </message>
    <message>
        <source>JSON: the logits of an earlier answer, to be refined.</source>
        <translation>JSON：要细化的先前回答的 logits。</translation>
    </message>
    <message>
        <source>Several masks</source>
        <translation>多个掩码</translation>
    </message>
    <message>
        <source>Three suggestions instead of one.</source>
        <translation>给出三个建议而不是一个。</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Masks as numbers without threshold.</source>
        <translation>以未经阈值处理的数字表示掩码。</translation>
    </message>
    <message>
        <source>Points are pixels</source>
        <translation>点以像素表示</translation>
    </message>
    <message>
        <source>Off: points and box are shares of width and height, from 0 to 1.</source>
        <translation>关闭：点和框为宽高的比例，从 0 到 1。</translation>
    </message>
    <message>
        <source>Image to text</source>
        <translation>图像转文本</translation>
    </message>
    <message>
        <source>Says in words what a picture shows.</source>
        <translation>用文字描述图片的内容。</translation>
    </message>
    <message>
        <source>How the words shall begin.</source>
        <translation>描述的开头。</translation>
    </message>
    <message>
        <source>Text to speech</source>
        <translation>文本转语音</translation>
    </message>
    <message>
        <source>Speaks a text.</source>
        <translation>朗读文本。</translation>
    </message>
    <message>
        <source>What to say.</source>
        <translation>要说的内容。</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>How the speaker sounds.</source>
        <translation>说话人的声音特点。</translation>
    </message>
    <message>
        <source>Answers in a conversation.</source>
        <translation>在对话中回答。</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>最多 token</translation>
    </message>
    <message>
        <source>Of the answer. The price is that of this many, used or not.</source>
        <translation>回答的 token 数。无论是否用完，都按此数计价。</translation>
    </message>
    <message>
        <source>0 takes the likeliest words, more is more varied.</source>
        <translation>0 取最可能的词，值越大越多样。</translation>
    </message>
    <message>
        <source>Takes words from this share of likelihood.</source>
        <translation>从这一概率份额中取词。</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Takes words from this many likeliest; -1: all.</source>
        <translation>从这么多最可能的词中选取；-1：全部。</translation>
    </message>
    <message>
        <source>As the network knows it.</source>
        <translation>网络所用的名称。</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>一个问题</translation>
    </message>
    <message>
        <source>A sentence</source>
        <translation>一个句子</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>一张图片</translation>
    </message>
    <message>
        <source>The node&apos;s state</source>
        <translation>节点状态</translation>
    </message>
    <message>
        <source>Upload a file</source>
        <translation>上传文件</translation>
    </message>
    <message>
        <source>Download a file</source>
        <translation>下载文件</translation>
    </message>
    <message>
        <source>Livepeer AI gateway</source>
        <translation>Livepeer AI 网关</translation>
    </message>
    <message>
        <source>Livepeer live runner</source>
        <translation>Livepeer live runner</translation>
    </message>
    <message>
        <source>Livepeer live video</source>
        <translation>Livepeer 实时视频</translation>
    </message>
    <message>
        <source>LLM worker</source>
        <translation>LLM worker</translation>
    </message>
    <message>
        <source>OpenAI-compatible</source>
        <translation>OpenAI 兼容</translation>
    </message>
    <message>
        <source>0G serving</source>
        <translation>0G serving</translation>
    </message>
</context>
<context>
    <name>sluice::Odds</name>
    <message>
        <source>never</source>
        <comment>the odds of a ticket</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>certain</source>
        <comment>the odds of a ticket</comment>
        <translation>必中</translation>
    </message>
    <message>
        <source>1 in %1</source>
        <comment>the odds of a ticket</comment>
        <translation>1/%1</translation>
    </message>
</context>
<context>
    <name>sluice::OrchestratorSettings</name>
    <message>
        <source>Orchestrators</source>
        <translation>编排器</translation>
    </message>
    <message>
        <source>Asked in this order.</source>
        <translation>按此顺序询问。</translation>
    </message>
    <message>
        <source>Orchestrator</source>
        <translation>编排器</translation>
    </message>
    <message>
        <source>Discovery URL</source>
        <translation>发现服务地址</translation>
    </message>
    <message>
        <source>Where orchestrators are listed.</source>
        <translation>列出编排器的地方。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>A base64 token bundle; stored in the keychain.</source>
        <translation>base64 令牌包；存放在钥匙串中。</translation>
    </message>
    <message>
        <source>token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Without it the services that it names are not used.</source>
        <translation>没有它，就不会使用其中列出的服务。</translation>
    </message>
    <message>
        <source>Sender key</source>
        <translation>发送方密钥</translation>
    </message>
    <message>
        <source>64 hex digits of the key that signs and pays; stored in the keychain.</source>
        <translation>用于签名和付款的密钥，64 位十六进制数字；存放在钥匙串中。</translation>
    </message>
    <message>
        <source>sender key</source>
        <translation>发送方密钥</translation>
    </message>
    <message>
        <source>Without it nothing is signed or paid.</source>
        <translation>没有它，就不会签名或付款。</translation>
    </message>
    <message>
        <source>Gateway URL</source>
        <translation>网关地址</translation>
    </message>
    <message>
        <source>The BYOC gateway that calls go through.</source>
        <translation>调用所经过的 BYOC 网关。</translation>
    </message>
    <message>
        <source>Orchestrators, paid with my own key</source>
        <translation>编排器，用我自己的密钥付款</translation>
    </message>
    <message>
        <source>A gateway that signs and pays</source>
        <translation>负责签名和付款的网关</translation>
    </message>
    <message>
        <source>The sender key has 64 hex digits; this one does not.</source>
        <translation>发送方密钥应为 64 位十六进制数字，而这个不是。</translation>
    </message>
    <message>
        <source>Name an orchestrator, a discovery URL, or give a token that does.</source>
        <translation>请指定编排器或发现服务地址，或提供包含它们的令牌。</translation>
    </message>
    <message>
        <source>Signer URL</source>
        <translation>签名服务地址</translation>
    </message>
    <message>
        <source>Who signs and pays. Several, separated by commas: the next one is asked where one cannot be had.</source>
        <translation>由谁签名和付款。可用逗号分隔多个：一个不可用时询问下一个。</translation>
    </message>
    <message>
        <source>Signer key</source>
        <translation>签名服务密钥</translation>
    </message>
    <message>
        <source>What the signer knows you by: sent as a bearer, to the signers alone; stored in the keychain.</source>
        <translation>签名服务凭此识别您：作为 Bearer 只发送给签名服务；保存在钥匙串中。</translation>
    </message>
    <message>
        <source>signer key</source>
        <translation>签名服务密钥</translation>
    </message>
    <message>
        <source>Without it a signer that asks for one signs nothing.</source>
        <translation>没有它，要求密钥的签名服务不会签名。</translation>
    </message>
    <message>
        <source>Orchestrators, paid by a remote signer</source>
        <translation>编排器，由远程签名服务付款</translation>
    </message>
    <message>
        <source>Clearinghouse</source>
        <translation>清算所</translation>
    </message>
    <message>
        <source>Where you sign in with a browser instead of having a key.</source>
        <translation>用浏览器登录的地方，无需自己的密钥。</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>How the clearinghouse knows this program; its operator tells it.</source>
        <translation>清算所据此识别本程序；由其运营者告知。</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>受众（audience）</translation>
    </message>
    <message>
        <source>What the sign-in is for, where the clearinghouse asks for it.</source>
        <translation>登录的用途（若清算所要求）。</translation>
    </message>
    <message>
        <source>a clearinghouse</source>
        <translation>清算所</translation>
    </message>
    <message>
        <source>A clearinghouse&apos;s sign-in is good for its signer: name that, too.</source>
        <translation>清算所的登录用于其签名器：请一并填写签名器。</translation>
    </message>
</context>
<context>
    <name>sluice::OutgoingPicture</name>
    <message>
        <source>Taken out: %1</source>
        <translation>已移除：%1</translation>
    </message>
    <message>
        <source>Still in it, as it cannot be taken out of %1: %2</source>
        <translation>仍在其中（无法从 %1 中移除）：%2</translation>
    </message>
    <message>
        <source>Could not be looked through for a position or other private details; it is sent as it is</source>
        <translation>无法检查其中是否含有位置或其他隐私信息；将按原样发送</translation>
    </message>
    <message>
        <source>Sent with everything in it: %1</source>
        <translation>连同全部信息一起发送：%1</translation>
    </message>
    <message>
        <source>Few capabilities can read %1. If it is refused, export the picture as JPEG.</source>
        <translation>很少有能力可以读取 %1。如果被拒绝，请将图片导出为 JPEG。</translation>
    </message>
</context>
<context>
    <name>sluice::PrivateDetail</name>
    <message>
        <source>position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>camera serial number</source>
        <translation>相机序列号</translation>
    </message>
    <message>
        <source>names of people</source>
        <translation>人名</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>camera model</source>
        <translation>相机型号</translation>
    </message>
    <message>
        <source>program</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>preview picture</source>
        <translation>预览图</translation>
    </message>
    <message>
        <source>camera settings</source>
        <translation>拍摄参数</translation>
    </message>
    <message>
        <source>attached data</source>
        <translation>附加数据</translation>
    </message>
    <message>
        <source>further details</source>
        <translation>其他信息</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>sluice::RemoteNetwork</name>
    <message>
        <source>names no signing key, so nothing there can be settled</source>
        <translation>没有给出签名密钥，因此那里什么都不能结算</translation>
    </message>
    <message>
        <source>acknowledged by nobody: calls would not be settled</source>
        <translation>无人认可：调用不会被结算</translation>
    </message>
    <message>
        <source>acknowledged by you, not by the network&apos;s owner: calls would not be settled</source>
        <translation>您已认可，网络所有者未认可：调用不会被结算</translation>
    </message>
    <message>
        <source>acknowledged by the network&apos;s owner, not by you</source>
        <translation>网络所有者已认可，您未认可</translation>
    </message>
    <message>
        <source>acknowledged by you and by the network&apos;s owner</source>
        <translation>您和网络所有者均已认可</translation>
    </message>
    <message>
        <source>A provider&apos;s protected machine signs what its calls cost with a key of its own. To acknowledge the provider is to say that you accept this key for your account there; the network&apos;s owner says the same for the service. The contract takes money from an account only for what such a key signed and both acknowledged. The owner&apos;s word ends when a provider changes its type, model, verifiability, key or further description, not with a new price or address: it says nothing about what a call costs.</source>
        <translation>提供者的受保护机器用自己的密钥签署调用的费用。认可提供者，就是表示您在那里的账户接受这个密钥；网络所有者对该服务作同样的表示。合约只会为由这样的密钥签署、且双方都认可的费用从账户取款。提供者更改类型、模型、可验证性、密钥或其他说明时，所有者的认可即告失效；价格或地址变化则不会：它与调用的价格无关。</translation>
    </message>
</context>
<context>
    <name>sluice::SchemaViolation</name>
    <message>
        <source>%1 fits more than one of the forms that exclude each other.</source>
        <translation>%1 符合多个互斥的形式。</translation>
    </message>
    <message>
        <source>Leave out what belongs to the other form.</source>
        <translation>请去掉属于另一种形式的内容。</translation>
    </message>
    <message>
        <source> with </source>
        <translation> 与 </translation>
    </message>
    <message>
        <source>One of these is needed: %1.</source>
        <translation>需要其中之一：%1。</translation>
    </message>
    <message>
        <source>%1 must not be given together.</source>
        <translation>不能同时给出 %1。</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <source>%1 is a value that the schema excludes.</source>
        <translation>%1 是模式排除的值。</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>请去掉其中一个。</translation>
    </message>
    <message>
        <source>%1 must have at least 1 item, but has %2.</source>
        <translation>%1 至少需要 1 项，但有 %2 项。</translation>
    </message>
    <message numerus="yes">
        <source>%1 must have at least %n items, but has %2.</source>
        <translation>
            <numerusform>%1 至少需要 %n 项，但有 %2 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add 1 item.</source>
        <translation>请添加 1 项。</translation>
    </message>
    <message numerus="yes">
        <source>Add %n items.</source>
        <translation>
            <numerusform>请添加 %n 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 may have at most 1 item, but has %2.</source>
        <translation>%1 最多 1 项，但有 %2 项。</translation>
    </message>
    <message numerus="yes">
        <source>%1 may have at most %n items, but has %2.</source>
        <translation>
            <numerusform>%1 最多 %n 项，但有 %2 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove 1 item.</source>
        <translation>请删除 1 项。</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n items.</source>
        <translation>
            <numerusform>请删除 %n 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 holds %2 twice.</source>
        <translation>%1 中 %2 出现了两次。</translation>
    </message>
    <message>
        <source>Remove the second one.</source>
        <translation>请删除第二个。</translation>
    </message>
    <message>
        <source>%1 must hold at least 1 item of the kind that its schema asks for, but holds %2.</source>
        <translation>%1 至少需要 1 个模式要求的项，但有 %2 个。</translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at least %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 至少需要 %n 个模式要求的项，但有 %2 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 must hold at most 1 item of the kind that its schema asks for, but holds %2.</source>
        <translation>%1 最多可有 1 个模式要求的项，但有 %2 个。</translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at most %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 最多可有 %n 个模式要求的项，但有 %2 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add one that fits.</source>
        <translation>请添加一个符合的项。</translation>
    </message>
    <message>
        <source>Remove one.</source>
        <translation>请删除一个。</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>缺少 %1。</translation>
    </message>
    <message>
        <source>%1 is missing in %2.</source>
        <translation>%2 中缺少 %1。</translation>
    </message>
    <message>
        <source>%1 has 1 member, which is not allowed.</source>
        <translation>%1 有 1 个成员，这是不允许的。</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n members, which is not allowed.</source>
        <translation>
            <numerusform>%1 有 %n 个成员，这是不允许的。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not a known field.</source>
        <translation>%1 不是已知字段。</translation>
    </message>
    <message>
        <source>The name %1 is not allowed: %2</source>
        <translation>名称 %1 不被允许：%2</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>%1 is missing: it is needed with %2.</source>
        <translation>缺少 %1：有 %2 时需要它。</translation>
    </message>
    <message>
        <source>Add %1, or leave out %2.</source>
        <translation>请添加 %1，或去掉 %2。</translation>
    </message>
    <message>
        <source>The schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>%1 must be an object or a boolean, but is %2.</source>
        <translation>%1 必须是对象或布尔值，但现在是 %2。</translation>
    </message>
    <message>
        <source>%1 is nested deeper than %2 levels.</source>
        <translation>%1 的嵌套超过 %2 层。</translation>
    </message>
    <message>
        <source>%1 has the unknown type %2.</source>
        <translation>%1 的类型 %2 未知。</translation>
    </message>
    <message>
        <source>%1 must give %2 as a list that is not empty.</source>
        <translation>%1 必须以非空列表给出 %2。</translation>
    </message>
    <message>
        <source>%1 has a pattern that is no regular expression: %2.</source>
        <translation>%1 的模式不是正则表达式：%2。</translation>
    </message>
    <message>
        <source>%1 refers to %2, which is not in this schema.</source>
        <translation>%1 引用了 %2，但此模式中没有它。</translation>
    </message>
    <message>
        <source>%1 refers in a circle to %2.</source>
        <translation>%1 循环引用了 %2。</translation>
    </message>
    <message>
        <source>%1 must give %2 as a number, but it is %3.</source>
        <translation>%1 必须以数字给出 %2，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 allows nothing: %2 is above %3.</source>
        <translation>%1 不允许任何值：%2 大于 %3。</translation>
    </message>
    <message>
        <source>%1 must give %2 as a list of names.</source>
        <translation>%1 必须以名称列表给出 %2。</translation>
    </message>
    <message>
        <source>%1 must give %2 as an object.</source>
        <translation>%1 必须以对象给出 %2。</translation>
    </message>
    <message>
        <source>%1 requires %2, which is not among its properties.</source>
        <translation>%1 要求 %2，但它不在其属性之中。</translation>
    </message>
    <message>
        <source>%1 has a default or example that does not fit: %2</source>
        <translation>%1 的默认值或示例不符合：%2</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>字符串</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>an integer</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>string</source>
        <comment>after “a number or ”</comment>
        <translation>字符串</translation>
    </message>
    <message>
        <source>number</source>
        <comment>after “a string or ”</comment>
        <translation>数字</translation>
    </message>
    <message>
        <source>integer</source>
        <comment>after “a string or ”</comment>
        <translation>整数</translation>
    </message>
    <message>
        <source>boolean</source>
        <comment>after “a string or ”</comment>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>object</source>
        <comment>after “a string or ”</comment>
        <translation>对象</translation>
    </message>
    <message>
        <source>array</source>
        <comment>after “a string or ”</comment>
        <translation>数组</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
    <message>
        <source>&quot;%1&quot;</source>
        <comment>the name of a field</comment>
        <translation>“%1”</translation>
    </message>
    <message numerus="yes">
        <source>an array of %n items</source>
        <translation>
            <numerusform>含 %n 项的数组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an object of %n members</source>
        <translation>
            <numerusform>含 %n 个成员的对象</numerusform>
        </translation>
    </message>
    <message>
        <source>the boolean %1</source>
        <translation>布尔值 %1</translation>
    </message>
    <message>
        <source>the number %1</source>
        <translation>数字 %1</translation>
    </message>
    <message>
        <source>the string %1</source>
        <translation>字符串 %1</translation>
    </message>
    <message>
        <source>the array %1</source>
        <translation>数组 %1</translation>
    </message>
    <message>
        <source>the object %1</source>
        <translation>对象 %1</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation>%2 的第 %1 项</translation>
    </message>
    <message>
        <source>… (%1 in all)</source>
        <translation>…(共 %1 个)</translation>
    </message>
    <message>
        <source>Write %1 without quotes.</source>
        <translation>请写 %1，不加引号。</translation>
    </message>
    <message>
        <source>Write a whole number, such as %1.</source>
        <translation>请写整数，例如 %1。</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>请写 true 或 false。</translation>
    </message>
    <message>
        <source>Put it in quotes: &quot;%1&quot;.</source>
        <comment>the quotes of JSON</comment>
        <translation>请加引号:&quot;%1&quot;。</translation>
    </message>
    <message>
        <source>Put it in square brackets: [%1].</source>
        <translation>请加方括号：[%1]。</translation>
    </message>
    <message>
        <source>Leave it out, or give a value.</source>
        <translation>请去掉，或给出一个值。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>您是指 %1 吗？</translation>
    </message>
    <message>
        <source>Try %1.</source>
        <translation>请试试 %1。</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>请删除它。</translation>
    </message>
    <message>
        <source>For example %1.</source>
        <translation>例如 %1。</translation>
    </message>
    <message>
        <source>Add %1.</source>
        <translation>请添加 %1。</translation>
    </message>
    <message>
        <source>The value is too large to be checked against this schema.</source>
        <translation>该值太大，无法用此模式检查。</translation>
    </message>
    <message>
        <source>Send less.</source>
        <translation>请减少内容。</translation>
    </message>
    <message>
        <source>No value is allowed here, but there is %1.</source>
        <translation>此处不允许有值，但现在是 %1。</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>请去掉它。</translation>
    </message>
    <message>
        <source>One more field does not fit.</source>
        <translation>另有一个字段不符合。</translation>
    </message>
    <message numerus="yes">
        <source>%n more fields do not fit.</source>
        <translation>
            <numerusform>另有 %n 个字段不符合。</numerusform>
        </translation>
    </message>
    <message>
        <source>a hidden value</source>
        <translation>隐藏的值</translation>
    </message>
    <message>
        <source>a hidden %1</source>
        <comment>%1 is a type of JSON</comment>
        <translation>隐藏的值(%1)</translation>
    </message>
    <message>
        <source>%1 must be %2, but is %3.</source>
        <translation>%1 必须是%2，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 must be one of %2, but is %3.</source>
        <translation>%1 必须是 %2 之一，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 must be greater than %2, but is %3.</source>
        <translation>%1 必须大于 %2，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 must be less than %2, but is %3.</source>
        <translation>%1 必须小于 %2，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 must be at least %2, but is %3.</source>
        <translation>%1 至少为 %2，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 must be at most %2, but is %3.</source>
        <translation>%1 最大为 %2，但现在是 %3。</translation>
    </message>
    <message>
        <source>Try a value greater than %1.</source>
        <translation>请试试大于 %1 的值。</translation>
    </message>
    <message>
        <source>Try a value less than %1.</source>
        <translation>请试试小于 %1 的值。</translation>
    </message>
    <message>
        <source>%1 must be a multiple of %2, but is %3.</source>
        <translation>%1 必须是 %2 的倍数，但现在是 %3。</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 为空。</translation>
    </message>
    <message>
        <source>%1 must have at least %2 characters, but has %3.</source>
        <translation>%1 至少需要 %2 个字符，但有 %3 个。</translation>
    </message>
    <message>
        <source>Write 1 more character.</source>
        <translation>请再写 1 个字符。</translation>
    </message>
    <message numerus="yes">
        <source>Write %n more characters.</source>
        <translation>
            <numerusform>请再写 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 may have at most %2 characters, but has %3.</source>
        <translation>%1 最多 %2 个字符，但有 %3 个。</translation>
    </message>
    <message>
        <source>Shorten it by 1 character.</source>
        <translation>请缩短 1 个字符。</translation>
    </message>
    <message numerus="yes">
        <source>Shorten it by %n characters.</source>
        <translation>
            <numerusform>请缩短 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 must match the pattern %2, but is %3.</source>
        <translation>%1 必须符合模式 %2，但现在是 %3。</translation>
    </message>
</context>
<context>
    <name>sluice::assistants</name>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>What goes here</source>
        <translation>此处插入的内容</translation>
    </message>
    <message>
        <source>history: what was said before. history_summary: a summary of it by another model, and its last three messages.</source>
        <translation>history：之前的对话。history_summary：由另一个模型给出的摘要，以及最后三条消息。</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入项</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 where nothing is set. A worker of the original kind knows these two settings and no others.</source>
        <translation>未设置时为 0。原版 worker 只识别这两项设置。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>As the provider calls it; with local, a capability of the worker&apos;s profile.</source>
        <translation>提供方所用的名称；若为 local，则是 worker 配置中的一项能力。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供方</translation>
    </message>
    <message>
        <source>Where the worker asks: openai, vllm (any OpenAI-compatible server), or local (a worker of Sluice that serves a profile).</source>
        <translation>worker 向何处提问：openai、vllm（任何兼容 OpenAI 的服务器）或 local（提供某个配置的 Sluice worker）。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>In the order in which the model gets them. {query} is the question, {previous_stream_output} what the stream before answered; braces that mean themselves are doubled.</source>
        <translation>按模型接收的顺序排列。{query} 是问题，{previous_stream_output} 是上一个流的回答；表示自身的花括号要写两次。</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>For you; a worker does not read it.</source>
        <translation>供您自己使用；worker 不会读取。</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Sample questions</source>
        <translation>示例问题</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>What the list of capabilities says of it.</source>
        <translation>能力列表中显示的说明。</translation>
    </message>
    <message>
        <source>About it</source>
        <translation>简介</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>They run one after the other; only the last one&apos;s answer is sent.</source>
        <translation>它们依次运行；只发送最后一个的回答。</translation>
    </message>
    <message>
        <source>Collection of files</source>
        <translation>文件集合</translation>
    </message>
    <message>
        <source>Stands for {files_collection_id} in the messages, and for nothing else.</source>
        <translation>仅用于替换消息中的 {files_collection_id}。</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Give the assistant a name.</source>
        <translation>请为助手取一个名称。</translation>
    </message>
    <message>
        <source>An assistant&apos;s name has at most %1 characters that can be seen, and no blanks around it.</source>
        <translation>助手名称最多 %1 个可见字符，且首尾没有空格。</translation>
    </message>
    <message>
        <source>The profile “%1” has no LLM worker.</source>
        <translation>配置“%1”没有 LLM worker。</translation>
    </message>
    <message>
        <source>The profile “%1” has no assistant “%2”.</source>
        <translation>配置“%1”中没有助手“%2”。</translation>
    </message>
    <message>
        <source>The file holds no assistant: that is an object with “streams”, or an object of such ones by name.</source>
        <translation>文件中没有助手：助手是含有“streams”的对象，或按名称列出的此类对象。</translation>
    </message>
    <message>
        <source>“%1” is no assistant: %2</source>
        <translation>“%1”不是助手：%2</translation>
    </message>
    <message>
        <source>Sums a text up in three sentences and translates the summary into Swedish.</source>
        <translation>用三句话概括文本，再把摘要译成瑞典语。</translation>
    </message>
    <message>
        <source>The sluice lets a trickle of water through. When the gate is lifted, the basin behind it fills within an hour, and boats pass.</source>
        <translation>水闸让一股细流通过。闸门升起后，后面的水池在一小时内注满，船只便可通行。</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Sum up what you are given in three sentences.</source>
        <translation>请用三句话概括给你的内容。</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Translate what you are given into Swedish. Answer with the translation alone.</source>
        <translation>请把给你的内容译成瑞典语，只回答译文。</translation>
    </message>
    <message>
        <source>Writes a draft, then reads it as a critic and writes it better.</source>
        <translation>先写草稿，再以评论者的眼光审读并改写得更好。</translation>
    </message>
    <message>
        <source>Write a note to the neighbours: the sluice is closed on Friday.</source>
        <translation>给邻居们写一张便条：水闸周五关闭。</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Write a draft for what you are asked.</source>
        <translation>请为所提的要求写一份草稿。</translation>
    </message>
    <message>
        <source>Critique</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Be a critic: name what is wrong with a draft in a few words, then write it better.</source>
        <translation>做一名评论者：用几句话指出草稿的问题，然后把它写得更好。</translation>
    </message>
    <message>
        <source>The task: {query}

The draft:
{previous_stream_output}</source>
        <translation>任务：{query}

草稿：
{previous_stream_output}</translation>
    </message>
    <message>
        <source>One stream that knows what was said before.</source>
        <translation>一个了解之前对话的流。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer briefly.</source>
        <translation>请简短回答。</translation>
    </message>
    <message>
        <source>Summarise, then translate</source>
        <translation>先概括，再翻译</translation>
    </message>
    <message>
        <source>Draft, then critique</source>
        <translation>先起草，再评论</translation>
    </message>
    <message>
        <source>Chat with history</source>
        <translation>带历史的聊天</translation>
    </message>
    <message>
        <source>This is a pipeline, and no worker has one: every job of it fails.</source>
        <translation>这是流水线，而没有 worker 提供流水线：其每个任务都会失败。</translation>
    </message>
    <message>
        <source>Workers know the providers openai, vllm and local; with another one every job fails.</source>
        <translation>worker 识别提供方 openai、vllm 和 local；使用其他提供方时任务都会失败。</translation>
    </message>
    <message>
        <source>Without the name of a model every job of this stream fails.</source>
        <translation>没有模型名称，该流的任务都会失败。</translation>
    </message>
    <message>
        <source>The temperature is a number; with this every job of the stream fails.</source>
        <translation>温度须为数字；这样该流的任务都会失败。</translation>
    </message>
    <message>
        <source>Name the model.</source>
        <translation>请填写模型名称。</translation>
    </message>
    <message>
        <source>There are the inserts history and history_summary; with another one every job fails.</source>
        <translation>可用的插入项是 history 和 history_summary；使用其他插入项时任务都会失败。</translation>
    </message>
    <message>
        <source>The history does not expand: a worker would end the job with “%1”.</source>
        <translation>历史无法展开：worker 会以“%1”结束任务。</translation>
    </message>
    <message>
        <source>Line %1, column %2, at “%3”: a worker would end the job with “%4”. There are {query}, {previous_stream_output}, {history}, {files_collection_id} and {rag_output}; a brace that means itself is doubled.</source>
        <translation>第 %1 行第 %2 列，“%3”处：worker 会以“%4”结束任务。可用的有 {query}、{previous_stream_output}、{history}、{files_collection_id} 和 {rag_output}；表示自身的花括号要写两次。</translation>
    </message>
</context>
<context>
    <name>sluice::llmworker::WorkerSettings</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Templates by name: each is a capability.</source>
        <translation>按名称存放的模板：每个都是一项能力。</translation>
    </message>
    <message>
        <source>LLM worker</source>
        <translation>LLM worker</translation>
    </message>
    <message>
        <source>The address is none of a websocket.</source>
        <translation>该地址不是 WebSocket 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. ws://localhost:8001/ws/</source>
        <translation>请写完整，例如 ws://localhost:8001/ws/</translation>
    </message>
    <message>
        <source>The assistants are an object of templates by name.</source>
        <translation>助手应为一个按名称存放模板的对象。</translation>
    </message>
    <message>
        <source>Of the worker&apos;s websocket; it ends in /ws/. Assistants that only ask what the profile has itself need none.</source>
        <translation>工作器 WebSocket 的地址，以 /ws/ 结尾。只询问配置自身能力的助手不需要它。</translation>
    </message>
    <message>
        <source>The assistant “%1” asks more than this profile&apos;s own capabilities, and there is no worker.</source>
        <translation>助手“%1”询问的不只是此配置自身的能力，而这里没有工作器。</translation>
    </message>
    <message>
        <source>Give a worker&apos;s address, or let all its streams ask the provider “local”.</source>
        <translation>请填写工作器的地址，或让它的所有流都询问提供方“local”。</translation>
    </message>
    <message>
        <source>There is neither a worker nor an assistant.</source>
        <translation>既没有工作器，也没有助手。</translation>
    </message>
    <message>
        <source>Write the address whole, e.g. ws://localhost:8001/ws/</source>
        <translation>请写出完整地址，例如 ws://localhost:8001/ws/</translation>
    </message>
</context>
<context>
    <name>sluice::openai::ClientSettings</name>
    <message>
        <source>Base URL</source>
        <translation>基础地址</translation>
    </message>
    <message>
        <source>Up to and with /v1, where the server has it.</source>
        <translation>写到 /v1 为止（若服务器有）。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Stored in the keychain; none for most servers on this machine.</source>
        <translation>存放在钥匙串中；本机上的大多数服务器不需要。</translation>
    </message>
    <message>
        <source>Without it only servers that want none answer.</source>
        <translation>没有它，只有不需要密钥的服务器会应答。</translation>
    </message>
    <message>
        <source>Ask for token counts of streams</source>
        <translation>请求流式应答的令牌数</translation>
    </message>
    <message>
        <source>Off for servers that refuse stream_options.</source>
        <translation>对拒绝 stream_options 的服务器请关闭。</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>Of an account with several.</source>
        <translation>适用于拥有多个组织的账户。</translation>
    </message>
    <message>
        <source>OpenAI-compatible server</source>
        <translation>兼容 OpenAI 的服务器</translation>
    </message>
    <message>
        <source>The base URL is no address for HTTP.</source>
        <translation>基础地址不是 HTTP 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://localhost:11434/v1</source>
        <translation>请写完整，例如 http://localhost:11434/v1</translation>
    </message>
    <message>
        <source>The API key would go to %1 in clear text, for everybody on the way to read.</source>
        <translation>API 密钥将以明文发送到 %1，途中任何人都能读取。</translation>
    </message>
    <message>
        <source>Write https:// in front of the address.</source>
        <translation>请在地址前写 https://。</translation>
    </message>
</context>
<context>
    <name>sluice::programs</name>
    <message>
        <source>No Python here has %1.</source>
        <translation>这里没有任何 Python 装有 %1。</translation>
    </message>
    <message>
        <source>Install it: %1</source>
        <translation>安装：%1</translation>
    </message>
    <message>
        <source>Python %1 or later is not on this machine.</source>
        <translation>本机没有 Python %1 或更高版本。</translation>
    </message>
    <message>
        <source>Install it, e.g. with apt install python3.</source>
        <translation>请安装，例如 apt install python3。</translation>
    </message>
    <message>
        <source>Install it, e.g. with pyenv install %1, and then: %2</source>
        <translation>请安装，例如 pyenv install %1，然后：%2</translation>
    </message>
    <message>
        <source>This code needs %1 from npm in the folder that it stands in.</source>
        <translation>此代码需要所在文件夹中有来自 npm 的 %1。</translation>
    </message>
    <message>
        <source>Save the code, and beside it: npm install %1</source>
        <translation>保存代码，并在其旁边执行：npm install %1</translation>
    </message>
    <message>
        <source>Node is not on this machine.</source>
        <translation>本机没有 Node。</translation>
    </message>
    <message>
        <source>Install Node %1 or later, e.g. with apt install nodejs.</source>
        <translation>请安装 Node %1 或更高版本，例如 apt install nodejs。</translation>
    </message>
    <message>
        <source>Node %1 is too old for this code.</source>
        <translation>Node %1 对此代码来说太旧。</translation>
    </message>
    <message>
        <source>Install Node %1 or later.</source>
        <translation>请安装 Node %1 或更高版本。</translation>
    </message>
    <message>
        <source>This code calls %1, which is not on this machine.</source>
        <translation>此代码调用 %1，而本机没有它。</translation>
    </message>
    <message>
        <source>Install it: apt install %1</source>
        <translation>安装：apt install %1</translation>
    </message>
    <message>
        <source>bash is not on this machine.</source>
        <translation>本机没有 bash。</translation>
    </message>
    <message>
        <source>Install it: apt install bash</source>
        <translation>安装：apt install bash</translation>
    </message>
    <message>
        <source>This code has to be built first.</source>
        <translation>此代码必须先构建。</translation>
    </message>
    <message>
        <source>Save it, and build it with the CMakeLists.txt that comes with it.</source>
        <translation>保存它，并用随附的 CMakeLists.txt 构建。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>There is no folder to run in: %1</source>
        <translation>没有可供运行的文件夹：%1</translation>
    </message>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>无法启动 %1：%2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AccountsPanel</name>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Paying and selling</source>
        <translation>付款与出售</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>Ask the agents again; while this is to be seen, they are asked every two seconds</source>
        <translation>再次询问代理；显示本页时每两秒询问一次</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>出售</translation>
    </message>
    <message>
        <source>Network of today</source>
        <translation>当今网络</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Once the window is connected, the accounts of its network appear here.</source>
        <translation>窗口连接后，其网络的账户会显示在这里。</translation>
    </message>
    <message>
        <source>This network is not paid from accounts</source>
        <translation>此网络不从账户付款</translation>
    </message>
    <message>
        <source>Services of 0G are. Give this profile the address of a user agent: Edit, in the menu of the status bar&apos;s profile.</source>
        <translation>0G 的服务才是。请为此配置填写用户代理的地址：状态栏配置菜单中的“编辑”。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Asking the user agent…</source>
        <translation>正在询问用户代理…</translation>
    </message>
    <message>
        <source>It may have been done all the same: look at the balance before you try again.</source>
        <translation>操作可能已经完成：重试前请先查看余额。</translation>
    </message>
    <message>
        <source>How much shall be put into the account at %1?</source>
        <translation>要向 %1 处的账户存入多少？</translation>
    </message>
    <message>
        <source>How much shall be put into a new account at %1?</source>
        <translation>要向 %1 处的新账户存入多少？</translation>
    </message>
    <message>
        <source>Deposit %1 at the provider %2? It pays for calls of this provider&apos;s services; what is left of it can be asked back.</source>
        <translation>向提供方 %2 存入 %1？这笔钱用于支付对其服务的调用；剩余部分可以要求退回。</translation>
    </message>
    <message>
        <source>Deposit %1</source>
        <translation>存入 %1</translation>
    </message>
    <message>
        <source>%1 was deposited at %2.</source>
        <translation>已向 %2 存入 %1。</translation>
    </message>
    <message>
        <source>Ask %1 back from the provider %2? It comes when its time is over; until then it stays in the account, and a settlement may still take of it.</source>
        <translation>要求提供方 %2 退回 %1？期限届满后到账；在此之前仍留在账户中，结算仍可能从中扣款。</translation>
    </message>
    <message>
        <source>Ask back %1</source>
        <translation>要求退回 %1</translation>
    </message>
    <message>
        <source>%1 was asked back from %2.</source>
        <translation>已要求 %2 退回 %1。</translation>
    </message>
    <message>
        <source>How much shall be asked back from the account at %1?</source>
        <translation>要从 %1 处的账户要求退回多少？</translation>
    </message>
    <message>
        <source>What was due has been paid to your wallet.</source>
        <translation>到期的款项已付到您的钱包。</translation>
    </message>
    <message numerus="yes">
        <source>Settle now? What %n user(s) owe, %1, is taken from their accounts and paid to %2. Calls that are under way are left for the next time.</source>
        <translation>
            <numerusform>现在结算？%n 位用户的欠款 %1 将从其账户扣除并付给 %2。进行中的调用留待下次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>结算</translation>
    </message>
    <message>
        <source>Nothing was settled: %1</source>
        <translation>没有结算：%1</translation>
    </message>
    <message>
        <source>Settled: %1 came in. Some could not pay and are left for the next time.</source>
        <translation>已结算：收入 %1。有些用户无力支付，留待下次。</translation>
    </message>
    <message>
        <source>Settled: %1 came in.</source>
        <translation>已结算：收入 %1。</translation>
    </message>
    <message>
        <source>Nothing was to be settled.</source>
        <translation>没有需要结算的。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AmountBar</name>
    <message>
        <source>&amp;All of it</source>
        <translation>全部(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Unit of the amount</source>
        <translation>金额单位</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>That is more than there is: %1.</source>
        <translation>超过了现有金额：%1。</translation>
    </message>
    <message>
        <source>What it comes to is shown here, to the last %1, before anything happens.</source>
        <translation>在任何操作之前，这里会精确到每个 %1 显示金额。</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>最多 %1。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AmountField</name>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Unit of: %1</source>
        <translation>单位：%1</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AmountLabel</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1
Double-click to copy</source>
        <translation>%1
双击可复制</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>已复制 %1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制 %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AppSessionPage</name>
    <message>
        <source>This session lasted for %1. What the app answered was not kept.</source>
        <translation>此会话持续了 %1。应用的回答没有保存。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AppSessionPane</name>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Address of the app</source>
        <translation>应用的地址</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Price of a minute</source>
        <translation>每分钟价格</translation>
    </message>
    <message>
        <source>Time paid for</source>
        <translation>已付费的时间</translation>
    </message>
    <message>
        <source>&amp;Reserve a session</source>
        <translation>预订会话(&amp;R)</translation>
    </message>
    <message>
        <source>Reserves a place at a runner of this app. It is paid from then until it is stopped.</source>
        <translation>在此应用的一个运行器上预订一个位置。从此时起计费，直到停止。</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Ends the session and its payments.</source>
        <translation>结束会话及其付款。</translation>
    </message>
    <message>
        <source>A minute</source>
        <translation>每分钟</translation>
    </message>
    <message>
        <source>Paid ahead</source>
        <translation>已预付</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>&amp;Call the app</source>
        <translation>调用应用(&amp;C)</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Calls to the app cost nothing besides the session</source>
        <translation>除会话外，调用应用不另收费</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>none named yet</source>
        <translation>尚未给出</translation>
    </message>
    <message>
        <source>Channels that the app named</source>
        <translation>应用给出的通道</translation>
    </message>
    <message>
        <source>The app names its channels in its answers.</source>
        <translation>应用在其回答中给出通道。</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>尚无回答</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer of the app</source>
        <translation>应用的回答</translation>
    </message>
    <message>
        <source>Stopping ends the session: what the app keeps for it is lost, and what was paid ahead is not given back.</source>
        <translation>停止将结束会话：应用为其保存的内容会丢失，预付的金额不予退还。</translation>
    </message>
    <message>
        <source>Stop the session</source>
        <translation>停止会话</translation>
    </message>
    <message>
        <source>Reserving</source>
        <translation>正在预订</translation>
    </message>
    <message>
        <source>A session is being reserved…</source>
        <translation>正在预订会话…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>The session is open</source>
        <translation>会话已打开</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>The session is being stopped…</source>
        <translation>正在停止会话…</translation>
    </message>
    <message>
        <source>No session</source>
        <translation>没有会话</translation>
    </message>
    <message>
        <source>The session was stopped</source>
        <translation>会话已停止</translation>
    </message>
    <message>
        <source>No session is reserved</source>
        <translation>没有预订会话</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>The session has ended</source>
        <translation>会话已结束</translation>
    </message>
    <message>
        <source>not limited</source>
        <translation>不受限</translation>
    </message>
    <message>
        <source>Waiting for the app…</source>
        <translation>正在等待应用…</translation>
    </message>
    <message>
        <source>The call did not go through</source>
        <translation>调用未成功</translation>
    </message>
    <message>
        <source>e.g. echo?lang=en</source>
        <translation>例如 echo?lang=en</translation>
    </message>
    <message>
        <source>Path below the address of the session</source>
        <translation>会话地址之下的路径</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不知道</translation>
    </message>
    <message>
        <source>%1 · the words of its events</source>
        <comment>facts of an answer</comment>
        <translation>%1 · 其事件中的文字</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AssistantPanel</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>试用(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>The assistants of this profile</source>
        <translation>此配置的助手</translation>
    </message>
    <message>
        <source>Name of the assistant</source>
        <translation>助手名称</translation>
    </message>
    <message>
        <source>What it is called among the capabilities</source>
        <translation>它在能力列表中的名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save it and open its chat with the question</source>
        <translation>保存并以该问题打开其聊天</translation>
    </message>
    <message>
        <source>Keep it in the profile, where it is a capability (Ctrl+S)</source>
        <translation>保存到配置中，成为一项能力 (Ctrl+S)</translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation>新助手</translation>
    </message>
    <message>
        <source>More for assistants</source>
        <translation>更多助手操作</translation>
    </message>
    <message>
        <source>Duplicate, delete, share, import</source>
        <translation>复制、删除、分享、导入</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>空白(&amp;E)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Share as a file…</source>
        <translation>以文件分享(&amp;S)…</translation>
    </message>
    <message>
        <source>Share &amp;all…</source>
        <translation>全部分享(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The profile is not connected.</source>
        <translation>该配置未连接。</translation>
    </message>
    <message>
        <source>This profile has no LLM worker</source>
        <translation>此配置没有 LLM worker</translation>
    </message>
    <message>
        <source>Add the address of one to the profile; its assistants are written here.</source>
        <translation>请在配置中添加一个 worker 的地址；其助手在此编写。</translation>
    </message>
    <message>
        <source>Edit the profile…</source>
        <translation>编辑配置…</translation>
    </message>
    <message>
        <source>No assistants yet</source>
        <translation>还没有助手</translation>
    </message>
    <message>
        <source>An assistant is a template of prompts that a worker runs one after the other. Each one that you save is a capability.</source>
        <translation>助手是一组提示词模板，由 worker 依次执行。每个保存的助手都是一项能力。</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>saved in “%1”</source>
        <translation>已保存在“%1”</translation>
    </message>
    <message>
        <source>of the local network</source>
        <translation>来自本地网络</translation>
    </message>
    <message>
        <source>There is no assistant “%1”.</source>
        <translation>没有助手“%1”。</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>“%1”有未保存的更改。</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
    <message>
        <source>There is an assistant “%1” already.</source>
        <translation>已有助手“%1”。</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>“%1” is saved, and a capability of this profile.</source>
        <translation>“%1”已保存，并成为此配置的一项能力。</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>“%1”已删除。</translation>
    </message>
    <message>
        <source>Share assistants</source>
        <translation>分享助手</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) stand in %1.</source>
        <translation>
            <numerusform>%1 中有 %n 个助手。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Import assistants</source>
        <translation>导入助手</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) came in, and are capabilities of this profile.</source>
        <translation>
            <numerusform>导入了 %n 个助手，它们已是此配置的能力。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::AttachmentTray</name>
    <message>
        <source>Pictures of the message</source>
        <translation>消息中的图片</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message numerus="yes">
        <source>A message takes %n picture(s), and it has them all.</source>
        <translation>
            <numerusform>一条消息最多可带 %n 张图片，现已达到上限。</numerusform>
        </translation>
    </message>
    <message>
        <source>Send these first, or take one away.</source>
        <translation>请先发送这些图片，或移除其中一张。</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>A part of another kind</source>
        <translation>其他类型的部分</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>%1 could not be looked through for a position or other private details; it is sent as it is.</source>
        <translation>无法检查 %1 中是否含有位置或其他隐私信息；将按原样发送。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::BalancePanel</name>
    <message>
        <source>price not known</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>free of charge</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>lasts %1 at %2</source>
        <translation>按 %2 计可用 %1</translation>
    </message>
    <message>
        <source>enough for %1 × %2 at %3</source>
        <translation>按 %3 计够用 %1 × %2</translation>
    </message>
    <message>
        <source>This call</source>
        <translation>本次调用</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>本次会话</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Spent: %1</source>
        <translation>已花费：%1</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>limit reached: %1</source>
        <translation>已达上限：%1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>上限 %1</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>%1: %2 % of the limit of %3 used</source>
        <translation>%1：已用去上限 %3 的 %2 %</translation>
    </message>
    <message>
        <source>Balance for %1</source>
        <translation>%1 的余额</translation>
    </message>
    <message>
        <source>the next call fills it · %1</source>
        <translation>下次调用会充值 · %1</translation>
    </message>
    <message>
        <source>not paid yet</source>
        <translation>尚未付款</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>0 wei</source>
        <translation>0 wei</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>at %n orchestrators, as they said</source>
        <translation>
            <numerusform>据 %n 个 Orchestrator 所述</numerusform>
        </translation>
    </message>
    <message>
        <source>as the orchestrator said</source>
        <translation>据 Orchestrator 所述</translation>
    </message>
    <message>
        <source>Orchestrators forget a balance that nobody uses for ten minutes.</source>
        <translation>若十分钟内无人使用，Orchestrator 会丢弃该余额。</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>计费</translation>
    </message>
    <message>
        <source>Charged for this call</source>
        <translation>本次调用的计费</translation>
    </message>
    <message>
        <source>What the orchestrator took from the balance for this call, by its own words. Streams are charged every five seconds, answers by the second that has begun.</source>
        <translation>Orchestrator 自称为此调用从余额中扣除的金额。数据流每五秒计费一次，响应按已开始的秒数计费。</translation>
    </message>
    <message>
        <source>No balance yet. The first paid call opens one with the orchestrator; what is left of it pays the next, unless none comes for ten minutes: orchestrators then forget it.</source>
        <translation>还没有余额。首次付费调用会在 Orchestrator 处建立余额；剩余部分用于支付下一次调用，若十分钟内没有调用，Orchestrator 会将其丢弃。</translation>
    </message>
    <message>
        <source>second</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>call</source>
        <translation>次调用</translation>
    </message>
    <message>
        <source>what is left was not said · %1</source>
        <translation>剩余多少未告知 · %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::BranchSwitch</name>
    <message>
        <source>Version before (Alt+Left)</source>
        <translation>上一版本 (Alt+Left)</translation>
    </message>
    <message>
        <source>Next version (Alt+Right)</source>
        <translation>下一版本 (Alt+Right)</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>version, of how many</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>第 %1 版，共 %2 版</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CandidateModel</name>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>asked first</source>
        <translation>最先询问</translation>
    </message>
    <message>
        <source>number %1</source>
        <translation>第 %1 位</translation>
    </message>
    <message>
        <source>pinned, full</source>
        <translation>已固定，已满</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已满</translation>
    </message>
    <message>
        <source>pinned, away</source>
        <translation>已固定，无法连接</translation>
    </message>
    <message>
        <source>away</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>不询问</translation>
    </message>
    <message>
        <source>You excluded it: no call goes there.</source>
        <translation>您已将其排除：不会有调用发往那里。</translation>
    </message>
    <message>
        <source>Another one is pinned: no call goes here.</source>
        <translation>固定了另一台服务器：不会有调用发往这里。</translation>
    </message>
    <message>
        <source>It tells no free slot, so it is asked when no other takes the call.</source>
        <translation>它没有报告空闲槽位，因此仅当其他服务器都不接受调用时才询问它。</translation>
    </message>
    <message>
        <source>You pinned it: calls go here and to no other.</source>
        <translation>您已将其固定：调用只发往这里。</translation>
    </message>
    <message>
        <source>The best by price, latency and success.</source>
        <translation>按价格、延迟和成功率为最佳。</translation>
    </message>
    <message>
        <source>Others are better by price, latency and success.</source>
        <translation>按价格、延迟和成功率，其他服务器更好。</translation>
    </message>
    <message>
        <source>The first of the profile&apos;s list.</source>
        <translation>配置列表中的第一个。</translation>
    </message>
    <message>
        <source>It is asked when those before it in the list do not take the call.</source>
        <translation>当列表中排在前面的都不接受调用时才询问它。</translation>
    </message>
    <message>
        <source>free of charge</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>price per second</comment>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>free slots of all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>calls taken of those asked for</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>It told no price.</source>
        <translation>它没有给出价格。</translation>
    </message>
    <message>
        <source>How long it took to name its terms.</source>
        <translation>它给出条件所用的时间。</translation>
    </message>
    <message>
        <source>Free slots, as it tells them.</source>
        <translation>它报告的空闲槽位。</translation>
    </message>
    <message>
        <source>It does not tell how many slots are free.</source>
        <translation>它没有说明有多少空闲槽位。</translation>
    </message>
    <message>
        <source>No call from here was given to it yet.</source>
        <translation>这里还没有向它发出过调用。</translation>
    </message>
    <message>
        <source>It took the last call, %1.</source>
        <translation>它接受了最近一次调用，%1。</translation>
    </message>
    <message>
        <source>It did not take the last call, %1: %2</source>
        <translation>它没有接受最近一次调用，%1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位次</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Free slots</source>
        <translation>空闲槽位</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityDelegate</name>
    <message>
        <source>Remove from the favourites (Ctrl+D)</source>
        <translation>从收藏中移除 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Add to the favourites (Ctrl+D)</source>
        <translation>加入收藏 (Ctrl+D)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityDialog</name>
    <message>
        <source>Edit “%1”</source>
        <translation>编辑“%1”</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>添加能力</translation>
    </message>
    <message>
        <source>e.g. text-reversal</source>
        <translation>例如：text-reversal</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>As its worker registered it at the orchestrator.</source>
        <translation>其 worker 在 Orchestrator 处注册的名称。</translation>
    </message>
    <message>
        <source>&amp;Run: one answer</source>
        <translation>Run：一个响应(&amp;R)</translation>
    </message>
    <message>
        <source>S&amp;tream: an answer as it comes</source>
        <translation>Stream：实时到达的响应(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Live: video or lines</source>
        <translation>Live：视频或文本行(&amp;L)</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>How it is called.</source>
        <translation>它的调用方式。</translation>
    </message>
    <message>
        <source>the name</source>
        <translation>即名称</translation>
    </message>
    <message>
        <source>&amp;Path</source>
        <translation>路径(&amp;P)</translation>
    </message>
    <message>
        <source>Below the worker&apos;s address, e.g. predict or v1/chat/completions.</source>
        <translation>worker 地址之下的路径，例如 predict 或 v1/chat/completions。</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>它的用途</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>说明(&amp;D)</translation>
    </message>
    <message>
        <source>For you; nothing is sent of it.</source>
        <translation>仅供您自己查看；不会发送。</translation>
    </message>
    <message>
        <source>The JSON Schema of its input, which makes the form.</source>
        <translation>其输入的 JSON Schema，表单据此生成。</translation>
    </message>
    <message>
        <source>Input &amp;schema</source>
        <translation>输入模式(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Example</source>
        <translation>示例(&amp;E)</translation>
    </message>
    <message>
        <source>An input to try, as JSON.</source>
        <translation>供试用的输入，JSON 格式。</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Choose at least one.</source>
        <translation>请至少选择一项。</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>You named it before; this takes its place.</source>
        <translation>您之前已命名过它；此项将取而代之。</translation>
    </message>
    <message>
        <source>The network lists it; what you say here goes before what it says.</source>
        <translation>网络已列出它；此处的说明优先于网络的说明。</translation>
    </message>
    <message>
        <source>This name is live video.</source>
        <translation>此名称是实时视频。</translation>
    </message>
    <message>
        <source>It does not fit the schema: %1</source>
        <translation>不符合模式：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityFilter</name>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Called last</source>
        <translation>最近调用</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其他全部</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityKeeper</name>
    <message>
        <source>“%1” was removed.</source>
        <translation>已移除“%1”。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Share capabilities</source>
        <translation>分享能力</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n capabilities stand in %1.</source>
        <translation>
            <numerusform>%n 个能力已写入 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Import capabilities</source>
        <translation>导入能力</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n capabilities came from %1.</source>
        <translation>
            <numerusform>已从 %1 导入 %n 个能力。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit “%1”…</source>
        <translation>编辑“%1”(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Share “%1”…</source>
        <translation>分享“%1”(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Remove “%1”</source>
        <translation>移除“%1”(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Give “%1” a path or schema of your own…</source>
        <translation>为“%1”指定自己的路径或模式(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Add a capability…</source>
        <translation>添加能力(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Import capabilities…</source>
        <translation>导入能力(&amp;I)…</translation>
    </message>
    <message>
        <source>Share a&amp;ll that you named…</source>
        <translation>分享您命名的全部能力(&amp;L)…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <translation>%1，%2，%3，%4</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>availability unknown</source>
        <translation>可用性未知</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已满</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>%1/%2 空闲</translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n 个空闲</numerusform>
        </translation>
    </message>
    <message>
        <source>s</source>
        <comment>unit: second</comment>
        <translation>秒</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>price per unit</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>facts of a capability, who says so</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>named by you, listed by the network</source>
        <translation>由您命名，网络已列出</translation>
    </message>
    <message>
        <source>named by you</source>
        <translation>由您命名</translation>
    </message>
    <message>
        <source>%1 per session</source>
        <translation>每个会话 %1</translation>
    </message>
    <message>
        <source>%1 per call</source>
        <translation>每次调用 %1</translation>
    </message>
    <message>
        <source>session</source>
        <comment>unit: price of a whole session</comment>
        <translation>会话</translation>
    </message>
    <message>
        <source>call</source>
        <comment>unit: price of a call</comment>
        <translation>调用</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>single-shot</source>
        <translation>单次调用</translation>
    </message>
    <message>
        <source>%1, favourite</source>
        <comment>facts of a capability</comment>
        <translation>%1，已收藏</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>每秒 %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CellTable</name>
    <message>
        <source>Ctrl+C copies what stands in the cell, exactly</source>
        <translation>Ctrl+C 精确复制单元格内容</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CellTableModel</name>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChainView</name>
    <message>
        <source>The network of today</source>
        <translation>当今网络</translation>
    </message>
    <message>
        <source>Of the network of today</source>
        <translation>当今网络的内容</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>服务与价格</translation>
    </message>
    <message>
        <source>Money at providers</source>
        <translation>提供方处的资金</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>链</translation>
    </message>
    <message>
        <source>In the wallet</source>
        <translation>钱包中</translation>
    </message>
    <message>
        <source>In the ledger</source>
        <translation>账本中</translation>
    </message>
    <message>
        <source>Of it free</source>
        <translation>其中可用</translation>
    </message>
    <message>
        <source>Money of</source>
        <translation>资金归属</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>读取自</translation>
    </message>
    <message>
        <source>nobody&apos;s: the profile names no wallet</source>
        <translation>无：配置未指定钱包</translation>
    </message>
    <message>
        <source>chain %1</source>
        <translation>链 %1</translation>
    </message>
    <message>
        <source>%1, block %2 of %3</source>
        <translation>%1，区块 %2，%3</translation>
    </message>
    <message>
        <source>There is more than is shown: only the first %1 services are read.</source>
        <translation>未全部显示：只读取前 %1 个服务。</translation>
    </message>
    <message>
        <source>Services and prices (%1)</source>
        <translation>服务与价格 (%1)</translation>
    </message>
    <message>
        <source>Money at providers (%1)</source>
        <translation>提供方处的资金 (%1)</translation>
    </message>
    <message>
        <source>Nobody sells anything there</source>
        <translation>那里无人出售</translation>
    </message>
    <message>
        <source>The contract of this chain lists no service.</source>
        <translation>此链的合约没有列出服务。</translation>
    </message>
    <message>
        <source>No money at providers</source>
        <translation>提供方处没有资金</translation>
    </message>
    <message>
        <source>Write a wallet&apos;s address into the profile to see its money.</source>
        <translation>在配置中填写钱包地址即可查看其资金。</translation>
    </message>
    <message>
        <source>This wallet has an account at no provider of this network.</source>
        <translation>此钱包在该网络的任何提供方都没有账户。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading the contracts…</source>
        <translation>正在读取合约…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatChoices</name>
    <message>
        <source>%1 · %2</source>
        <comment>name of a capability, its backend</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatComposer</name>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends · Esc stops</source>
        <translation>Ctrl+Enter 发送 · Esc 停止</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer (Esc); what has come so far is kept</source>
        <translation>停止回答（Esc）；已收到的内容会保留</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send the message (Ctrl+Enter)</source>
        <translation>发送消息（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Esc stops the answer, Up in an empty message edits the last question</source>
        <translation>Ctrl+Enter 发送，Esc 停止回答，消息为空时按向上键可编辑上一个问题</translation>
    </message>
    <message>
        <source>Add pictures… They can be pasted and dropped, too.</source>
        <translation>添加图片…也可以粘贴或拖入。</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Another version of a question that was asked</source>
        <translation>已提问题的另一版本</translation>
    </message>
    <message>
        <source>Leave the question as it is (Esc)</source>
        <translation>保持问题不变 (Esc)</translation>
    </message>
    <message>
        <source>Leave the question as it is</source>
        <translation>保持问题不变</translation>
    </message>
    <message>
        <source>Pictures for the message</source>
        <translation>要随消息发送的图片</translation>
    </message>
    <message>
        <source>A picture is still being read</source>
        <translation>仍在读取图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp *.heic *.heif *.avif)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.gif *.webp *.heic *.heif *.avif)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatPage</name>
    <message>
        <source>Job %1, followed from here</source>
        <translation>任务 %1，从此处跟踪</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatPane</name>
    <message>
        <source>Clear the conversation</source>
        <translation>清空对话</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cleared.</source>
        <translation>
            <numerusform>已清除 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>A new conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Talk to %1</source>
        <translation>与 %1 对话</translation>
    </message>
    <message>
        <source>Write a message below and press Ctrl+Enter. Each answer is a call of its own, paid and kept in history.</source>
        <translation>在下方输入消息并按 Ctrl+Enter。每个回答都是一次独立的调用，单独付费并保存在历史记录中。</translation>
    </message>
    <message>
        <source>Try: %1</source>
        <translation>试试：%1</translation>
    </message>
    <message>
        <source>This link is no web or mail address, so it is not opened: %1</source>
        <translation>此链接不是网页或邮件地址，因此不会打开：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatSettings</name>
    <message>
        <source>Instructions and parameters</source>
        <translation>指令与参数</translation>
    </message>
    <message>
        <source>System prompt: how the answers should be. Sent before the conversation.</source>
        <translation>系统提示词：回答应有的风格，在对话之前发送。</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>不小于 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>至多 %1</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>一个整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>%1 is %2; “%3” is not sent.</source>
        <translation>%1 应为%2；“%3”不会发送。</translation>
    </message>
    <message>
        <source>%1 is %2, %3; “%4” is not sent.</source>
        <translation>%1 应为%2，%3；“%4”不会发送。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatTranscript</name>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>The capability reported an error in its stream: %1</source>
        <translation>能力在其数据流中报告了错误：%1</translation>
    </message>
    <message>
        <source>What it had written before is kept. Try again, or look at the capability&apos;s log.</source>
        <translation>此前写出的内容已保留。请重试，或查看该能力的日志。</translation>
    </message>
    <message numerus="yes">
        <source>The answer ended without any text: %n event(s) had a form that chat does not know.</source>
        <translation>
            <numerusform>回答结束但没有任何文本：%n 个事件的格式无法识别。</numerusform>
        </translation>
    </message>
    <message>
        <source>The answer ended without any text.</source>
        <translation>回答结束但没有任何文本。</translation>
    </message>
    <message>
        <source>See the raw events in the result view, or try again.</source>
        <translation>请在结果视图中查看原始事件，或重试。</translation>
    </message>
    <message>
        <source>A sound came with the answer, but it is no base64, so it cannot be played.</source>
        <translation>回答附带了声音，但它不是 base64，因此无法播放。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatView</name>
    <message>
        <source>Jump to the latest words</source>
        <translation>跳到最新内容</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>this code</source>
        <translation>此代码</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>还没有消息</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s). %1: %2</source>
        <translation>
            <numerusform>%n 条消息。%1：%2</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;message</source>
        <translation>复制消息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Open link</source>
        <translation>打开链接(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit and send again</source>
        <translation>编辑并重新发送(&amp;E)</translation>
    </message>
    <message>
        <source>Ask a&amp;gain</source>
        <translation>重新提问(&amp;G)</translation>
    </message>
    <message>
        <source>Version &amp;before</source>
        <translation>上一版本(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next version</source>
        <translation>下一版本(&amp;N)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChoiceEditor</name>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ClampedText</name>
    <message>
        <source>Press Enter to show all of it</source>
        <translation>按 Enter 显示全部</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CodeEditor</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CodeView</name>
    <message>
        <source>Code of the call</source>
        <translation>调用代码</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation>保存代码</translation>
    </message>
    <message>
        <source>Save the code as a file…</source>
        <translation>将代码另存为文件…</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Run: %1</source>
        <translation>运行：%1</translation>
    </message>
    <message>
        <source>Install: %1</source>
        <translation>安装：%1</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Python v1 preview</source>
        <translation>Python v1 预览</translation>
    </message>
    <message>
        <source>No call yet</source>
        <translation>尚无调用</translation>
    </message>
    <message>
        <source>Pick a capability: the code of its call appears here, in each language.</source>
        <translation>选择一个能力：其调用代码会以各种语言显示在这里。</translation>
    </message>
    <message>
        <source>Not in this language</source>
        <translation>此语言不支持</translation>
    </message>
    <message>
        <source>Show it in %1</source>
        <translation>用 %1 显示</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>没有代码</translation>
    </message>
    <message>
        <source>What stands in the way is said above.</source>
        <translation>原因见上方。</translation>
    </message>
    <message>
        <source>Enlarge the code</source>
        <translation>放大代码</translation>
    </message>
    <message>
        <source>More room for the code (Ctrl+E)</source>
        <translation>为代码留出更多空间 (Ctrl+E)</translation>
    </message>
    <message>
        <source>Copy environment</source>
        <translation>复制环境变量</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Needs %1.</source>
        <translation>需要 %1。</translation>
    </message>
    <message>
        <source>bash, curl, and sluicectl, which signs and pays</source>
        <translation>bash、curl，以及负责签名和付款的 sluicectl</translation>
    </message>
    <message>
        <source>bash and curl</source>
        <translation>bash 和 curl</translation>
    </message>
    <message>
        <source>Node 18 or later, and sluicectl, which signs and pays</source>
        <translation>Node 18 或更高版本，以及负责签名和付款的 sluicectl</translation>
    </message>
    <message>
        <source>Node 18 or later</source>
        <translation>Node 18 或更高版本</translation>
    </message>
    <message>
        <source>a C++20 compiler, CMake, and Sluice&apos;s library</source>
        <translation>C++20 编译器、CMake 和 Sluice 的库</translation>
    </message>
    <message>
        <source>Python 3.12 or later and livepeer-gateway from PyPI</source>
        <translation>Python 3.12 或更高版本，以及 PyPI 上的 livepeer-gateway</translation>
    </message>
    <message>
        <source>This package pays through a remote signer only, and this profile pays with a key.</source>
        <translation>此软件包只能通过远程签名服务付款，而此配置用密钥付款。</translation>
    </message>
    <message>
        <source>livepeer-client</source>
        <translation>livepeer-client</translation>
    </message>
    <message>
        <source>This package is not published yet.</source>
        <translation>此软件包尚未发布。</translation>
    </message>
    <message>
        <source>It is kept in the keychain and never copied: put it here yourself.</source>
        <translation>它保存在密钥环中，绝不复制：请自行填入此处。</translation>
    </message>
    <message>
        <source>Put it here.</source>
        <translation>请填入此处。</translation>
    </message>
    <message>
        <source>Node 18 or later and openai from npm</source>
        <translation>Node 18 或更高版本，以及 npm 上的 openai</translation>
    </message>
    <message>
        <source>Python 3.8 or later and openai from PyPI</source>
        <translation>Python 3.8 或更高版本，以及 PyPI 上的 openai</translation>
    </message>
    <message>
        <source>No code for this backend</source>
        <translation>此后端没有代码</translation>
    </message>
    <message>
        <source>There is no language in which calls to “%1” are written here. sluicectl makes them: sluicectl run %2 --input …</source>
        <translation>这里没有任何语言可以写出对“%1”的调用。可用 sluicectl 调用：sluicectl run %2 --input …</translation>
    </message>
    <message>
        <source>Python 3.8 or later</source>
        <translation>Python 3.8 或更高版本</translation>
    </message>
    <message>
        <source>Python 3.8 or later and websockets from PyPI</source>
        <translation>Python 3.8 或更高版本，以及 PyPI 的 websockets</translation>
    </message>
    <message>
        <source>Node 22 or later, or Node 18 with ws from npm, or a browser</source>
        <translation>Node 22 或更高版本，或带 npm 包 ws 的 Node 18，或浏览器</translation>
    </message>
    <message>
        <source>bash, websocat and jq</source>
        <translation>bash、websocat 和 jq</translation>
    </message>
    <message>
        <source>a C++17 compiler, CMake, and Qt 6 with WebSockets</source>
        <translation>C++17 编译器、CMake 以及带 WebSockets 的 Qt 6</translation>
    </message>
    <message>
        <source>Run it here</source>
        <translation>在此运行</translation>
    </message>
    <message>
        <source>Run the code here</source>
        <translation>在此运行代码</translation>
    </message>
    <message>
        <source>%1 Below is the same call in %2.</source>
        <translation>%1 下面是用 %2 写的同一调用。</translation>
    </message>
    <message>
        <source>Reads nothing from the environment.</source>
        <translation>不从环境中读取任何内容。</translation>
    </message>
    <message>
        <source>Set first, copied with the sandbox&apos;s own values: %1</source>
        <translation>先设置，复制时带沙盒自己的值：%1</translation>
    </message>
    <message>
        <source>Set first, for “%1” with values of your own: %2</source>
        <translation>先为“%1”设置您自己的值：%2</translation>
    </message>
    <message>
        <source>There is no code to run.</source>
        <translation>没有可运行的代码。</translation>
    </message>
    <message>
        <source>Looking for what runs it…</source>
        <translation>正在查找能运行它的程序…</translation>
    </message>
    <message>
        <source>Start Sluice with %1 in its environment: nothing is taken from the keychain for code.</source>
        <translation>请在环境中带 %1 启动 Sluice：不会为代码从钥匙串取任何内容。</translation>
    </message>
    <message>
        <source>It runs already.</source>
        <translation>它已在运行。</translation>
    </message>
    <message>
        <source>Run the code as a program of its own, with this environment, and see what it prints</source>
        <translation>将代码作为独立程序在此环境中运行，并查看其输出</translation>
    </message>
    <message>
        <source>“%1” is no sandbox: the code makes the call there, and whoever pays for it pays.</source>
        <translation>“%1”不是沙盒：代码会在那里真正发出调用，由付费方付费。</translation>
    </message>
    <message>
        <source>Run it all the same</source>
        <translation>仍然运行</translation>
    </message>
    <message>
        <source>bash, curl and jq</source>
        <translation>bash、curl 和 jq</translation>
    </message>
    <message>
        <source>For apps, curl pays through a remote signer only, and this profile pays with a key.</source>
        <translation>对于应用，curl 只能通过远程签名服务付款，而此配置用密钥付款。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type a command, a capability, a panel…</source>
        <translation>输入命令、能力或面板…</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <source>Nothing found for “%1”. Capabilities, panels and commands are found by letters of their names, in their order.</source>
        <translation>没有找到“%1”。能力、面板和命令按其名称中的字母顺序查找。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CompareView</name>
    <message>
        <source>Compare two runs</source>
        <translation>比较两次运行</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较的内容</translation>
    </message>
    <message>
        <source>Older run</source>
        <translation>较早的运行</translation>
    </message>
    <message>
        <source>Newer run</source>
        <translation>较新的运行</translation>
    </message>
    <message>
        <source>%1 bytes of %2</source>
        <translation>%1 字节，%2</translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation>未知类型</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Orchestrator</source>
        <translation>Orchestrator</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>没有差异</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n 行不同</numerusform>
        </translation>
    </message>
    <message>
        <source>Another program sent this call. Its answer went there.</source>
        <translation>此调用由另一个程序发送，其回答也发往该程序。</translation>
    </message>
    <message>
        <source>No answer was kept.</source>
        <translation>没有保留任何回答。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ComparisonModel</name>
    <message>
        <source>%1: %2</source>
        <comment>measure, its value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, the best</source>
        <comment>measure with its value</comment>
        <translation>%1，最优</translation>
    </message>
    <message>
        <source>What left your purse in tickets for this answer; it may be credit for later calls as well</source>
        <translation>为这一回答以票据形式付出的金额；其中也可能包含以后调用的余额</translation>
    </message>
    <message>
        <source>What was taken for this answer, by the other side&apos;s own words. Streams are charged every five seconds</source>
        <translation>对方声称为这一回答扣除的金额。流每五秒扣费一次</translation>
    </message>
    <message>
        <source>Answer of</source>
        <translation>回答者</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>首字</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>完整回答</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>token/秒</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>已扣</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>coming…</source>
        <translation>生成中…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>~%1</source>
        <comment>about that many</comment>
        <translation>~%1</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>From the first words to the last</source>
        <translation>从首字到末字</translation>
    </message>
    <message>
        <source>There were too few words to tell</source>
        <translation>字数太少，无法计算</translation>
    </message>
    <message>
        <source>As the server counted them</source>
        <translation>由服务器计数</translation>
    </message>
    <message>
        <source>The server did not count its tokens: each piece of the stream is taken for one</source>
        <translation>服务器没有计数 token：流中每一段按一个计</translation>
    </message>
    <message>
        <source>Nothing is known of what this answer cost: its network names no price</source>
        <translation>这一回答的费用未知：其网络没有标价</translation>
    </message>
    <message>
        <source>Nobody told what was taken for this answer</source>
        <translation>没有人告知为这一回答扣除了多少</translation>
    </message>
    <message>
        <source>Fastest: %1</source>
        <comment>names of capabilities</comment>
        <translation>最快：%1</translation>
    </message>
    <message>
        <source>Least charged: %1</source>
        <comment>names of capabilities</comment>
        <translation>扣费最少：%1</translation>
    </message>
    <message>
        <source>Least paid: %1</source>
        <comment>names of capabilities</comment>
        <translation>付费最少：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ComparisonTable</name>
    <message>
        <source>Comparison of the last answers</source>
        <translation>最近回答的比较</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ConversationColumn</name>
    <message>
        <source>Choose a capability</source>
        <translation>选择一项能力</translation>
    </message>
    <message>
        <source>Copy &amp;code</source>
        <translation>复制代码(&amp;C)</translation>
    </message>
    <message>
        <source>Open as a &amp;tab of its own</source>
        <translation>在单独的标签页中打开(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Remove this column</source>
        <translation>移除这一列(&amp;R)</translation>
    </message>
    <message>
        <source>Conversation %1</source>
        <translation>对话 %1</translation>
    </message>
    <message>
        <source>Capability of conversation %1</source>
        <translation>对话 %1 的能力</translation>
    </message>
    <message>
        <source>Stop answer %1</source>
        <translation>停止回答 %1</translation>
    </message>
    <message>
        <source>Stop this answer; the others go on</source>
        <translation>停止这一回答；其他回答继续</translation>
    </message>
    <message>
        <source>More about conversation %1</source>
        <translation>对话 %1 的更多操作</translation>
    </message>
    <message>
        <source>Copy its code, open it as a tab of its own, or remove it</source>
        <translation>复制其代码，在单独的标签页中打开，或将其移除</translation>
    </message>
    <message>
        <source>“%1” is not offered by this network now. Choose another one above.</source>
        <translation>此网络现在不提供“%1”。请在上方另选一项。</translation>
    </message>
    <message>
        <source>Choose above who is to answer here.</source>
        <translation>请在上方选择由谁在此回答。</translation>
    </message>
    <message>
        <source>There is no connection to the network of this profile.</source>
        <translation>未连接到此配置的网络。</translation>
    </message>
    <message>
        <source>See the status bar for the reason, or choose another profile there.</source>
        <translation>原因见状态栏，也可在那里选择其他配置。</translation>
    </message>
    <message>
        <source>Accept %1 per second and ask again</source>
        <translation>接受每秒 %1 并重新提问</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CopyButton</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制%1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CostAhead</name>
    <message>
        <source>What this costs is not said by the network: %1.</source>
        <comment>names of capabilities</comment>
        <translation>网络没有说明其费用：%1。</translation>
    </message>
    <message>
        <source>The next answers are free.</source>
        <translation>接下来的回答免费。</translation>
    </message>
    <message>
        <source>The next answers cost at most %1 together.</source>
        <translation>接下来的回答合计最多 %1。</translation>
    </message>
    <message>
        <source>%1 Not counted, because the network names no price: %2.</source>
        <comment>sentence, names of capabilities</comment>
        <translation>%1 未计入（网络没有标价）：%2。</translation>
    </message>
    <message>
        <source>The limit for one call, %1, is below that: a call stops where it is reached.</source>
        <translation>单次调用的上限 %1 低于此数：达到上限时调用即停止。</translation>
    </message>
    <message>
        <source>Today&apos;s limit leaves %1: what goes beyond it is not paid.</source>
        <translation>今日上限还剩 %1：超出部分不会支付。</translation>
    </message>
    <message>
        <source>The session&apos;s limit leaves %1: what goes beyond it is not paid.</source>
        <translation>本次会话上限还剩 %1：超出部分不会支付。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ElidedLabel</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1
Click to copy</source>
        <translation>%1
单击可复制</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointCallModel</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>streaming · %1</source>
        <comment>pieces of the answer so far</comment>
        <translation>流式传输中 · %1</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>流式传输中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled here</source>
        <translation>已在此取消</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>客户端已离开</translation>
    </message>
    <message>
        <source>%1 tokens in, %2 tokens out, as the answer counts them</source>
        <translation>输入 %1 个词元，输出 %2 个词元（按应答自己的计数）</translation>
    </message>
    <message>
        <source>The answer does not count its tokens.</source>
        <translation>应答没有给出词元计数。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>%1 wei of the balance; %2 wei paid with tickets</source>
        <translation>从余额扣除 %1 wei；用票据支付 %2 wei</translation>
    </message>
    <message>
        <source>%1 wei paid with tickets; what it took of the balance is not known</source>
        <translation>用票据支付 %1 wei；从余额扣除多少未知</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointCalls</name>
    <message>
        <source>Calls through the local endpoint</source>
        <translation>经过本地端点的调用</translation>
    </message>
    <message>
        <source>Enter opens a call, Delete cancels one that runs</source>
        <translation>回车打开一次调用，Delete 取消正在进行的调用</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Cancel the call</source>
        <translation>取消调用</translation>
    </message>
    <message>
        <source>Cancel the call; its client is told (Delete)</source>
        <translation>取消调用；其客户端会得知（Delete）</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Clear the list of calls that have ended; the history keeps their runs</source>
        <translation>清除已结束的调用；历史记录会保留它们的运行</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>还没有调用</translation>
    </message>
    <message>
        <source>Give a program the address and the key above: every call that it makes appears here.</source>
        <translation>把上面的地址和密钥交给某个程序：它的每次调用都会出现在这里。</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>While the endpoint runs, every call that comes through it appears here.</source>
        <translation>端点运行时，经过它的每次调用都会出现在这里。</translation>
    </message>
    <message>
        <source>This request called no capability, so there is no run to open.</source>
        <translation>该请求没有调用任何能力，因此没有可打开的运行。</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>打开运行(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Cancel the call</source>
        <translation>取消调用(&amp;C)</translation>
    </message>
    <message>
        <source>Co&amp;py the row</source>
        <translation>复制该行(&amp;P)</translation>
    </message>
    <message>
        <source>Cancelled here. Its client was told: %1</source>
        <translation>已在此取消。客户端被告知：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointHost</name>
    <message>
        <source>The local endpoint stopped: it served “%1”, and the network is another one now.</source>
        <translation>本地端点已停止：它服务的是“%1”，而现在的网络已是另一个。</translation>
    </message>
    <message>
        <source>The local endpoint needs a network to serve.</source>
        <translation>本地端点需要一个可服务的网络。</translation>
    </message>
    <message>
        <source>Wait until the window is connected, or choose another profile in the status bar.</source>
        <translation>请等窗口连接好，或在状态栏中选择其他配置。</translation>
    </message>
    <message>
        <source>The local endpoint cannot listen on port %1: %2</source>
        <translation>本地端点无法监听端口 %1：%2</translation>
    </message>
    <message>
        <source>Another program may use it: choose another port, or a free one.</source>
        <translation>可能有别的程序在使用它：请选择其他端口，或使用空闲端口。</translation>
    </message>
    <message>
        <source>Until then the endpoint has a key for this run only.</source>
        <translation>在此之前，端点的密钥仅在本次运行中有效。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointIndicator</name>
    <message>
        <source>endpoint :%1</source>
        <translation>端点 :%1</translation>
    </message>
    <message numerus="yes">
        <source>endpoint :%1 · %n running</source>
        <translation>
            <numerusform>端点 :%1 · %n 个进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Local endpoint at port %1, %n call(s) running</source>
        <translation>
            <numerusform>本地端点，端口 %1，%n 个调用进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Other programs reach this network at %1. Click to see their calls.</source>
        <translation>其他程序可通过 %1 访问此网络。点击查看它们的调用。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointLines</name>
    <message>
        <source>A&amp;ddress</source>
        <translation>地址(&amp;D)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>环境变量(&amp;E)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>the address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>a free one</source>
        <translation>空闲端口</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>The port at the next start. A free one stays the same from start to start as long as nobody else takes it.</source>
        <translation>下次启动时的端口。空闲端口只要没有被别人占用，每次启动都保持不变。</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
    <message>
        <source>the API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>生成新密钥</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Lines for the shell</source>
        <translation>供 shell 使用的命令行</translation>
    </message>
    <message>
        <source>both lines</source>
        <translation>这两行</translation>
    </message>
    <message>
        <source>PORT</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>A new key would end the calls that run: wait for them, or stop the endpoint.</source>
        <translation>新密钥会终止正在进行的调用：请等待它们结束，或停止端点。</translation>
    </message>
    <message>
        <source>Make a new key; the old one opens nothing from then on</source>
        <translation>生成新密钥；旧密钥从此失效</translation>
    </message>
    <message>
        <source>There is no keychain to keep it: the key is for this run only.</source>
        <translation>没有可保存它的密钥环：密钥仅在本次运行中有效。</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointPanel</name>
    <message>
        <source>Local endpoint</source>
        <translation>本地端点</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>Stop the endpoint</source>
        <translation>停止端点</translation>
    </message>
    <message>
        <source>Start the endpoint</source>
        <translation>启动端点</translation>
    </message>
    <message>
        <source>Once the window is connected, every program for OpenAI&apos;s API on this machine can reach its network here.</source>
        <translation>窗口连接后，本机上所有使用 OpenAI API 的程序都可以在这里访问它的网络。</translation>
    </message>
    <message>
        <source>Programs for OpenAI&apos;s API on this machine reach “%1” here. Their calls are paid within its limits and kept in the history.</source>
        <translation>本机上使用 OpenAI API 的程序可以在这里访问“%1”。它们的调用在其限额内付费，并保存在历史记录中。</translation>
    </message>
    <message>
        <source>Nothing is paid from here: this network&apos;s calls are free, or its gateway pays them.</source>
        <translation>这里不付任何费用：此网络的调用是免费的，或由其网关付费。</translation>
    </message>
    <message>
        <source>at most %1 per call</source>
        <translation>每次调用最多 %1</translation>
    </message>
    <message>
        <source>%1 of %2 spent in this session</source>
        <translation>本次会话已花费 %1，限额 %2</translation>
    </message>
    <message>
        <source>%1 of %2 spent today</source>
        <translation>今日已花费 %1，限额 %2</translation>
    </message>
    <message>
        <source>Limits: %1</source>
        <translation>限额：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FieldRow</name>
    <message>
        <source>Required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Off leaves the key out of the input</source>
        <translation>关闭时输入中不包含此键</translation>
    </message>
    <message>
        <source>Edited as JSON: %1.</source>
        <translation>以 JSON 编辑：%1。</translation>
    </message>
    <message>
        <source>%1, as JSON</source>
        <translation>%1，JSON 格式</translation>
    </message>
    <message>
        <source>Edited as JSON: the form has no place for this value.</source>
        <translation>以 JSON 编辑：表单中无法表示此值。</translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation>%1，必填</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>设置%1</translation>
    </message>
    <message>
        <source>Off sends null: the field is required and may be null</source>
        <translation>关闭时发送 null：此字段必填，且可为 null</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FieldSpec</name>
    <message>
        <source>its schema refers to itself</source>
        <translation>其模式引用了自身</translation>
    </message>
    <message>
        <source>its schema refers to %1, which is not here</source>
        <translation>其模式引用了此处不存在的 %1</translation>
    </message>
    <message>
        <source>its schema names no properties</source>
        <translation>其模式未列出任何属性</translation>
    </message>
    <message>
        <source>it is nested too deep for a form</source>
        <translation>嵌套过深，无法用表单表示</translation>
    </message>
    <message>
        <source>its schema has more than %1 fields</source>
        <translation>其模式的字段超过 %1 个</translation>
    </message>
    <message>
        <source>its schema does not say what the items are</source>
        <translation>其模式未说明列表项的类型</translation>
    </message>
    <message>
        <source>Option %1</source>
        <translation>选项 %1</translation>
    </message>
    <message>
        <source>its schema names no single type</source>
        <translation>其模式未给出唯一的类型</translation>
    </message>
    <message>
        <source>its type “%1” has no form</source>
        <translation>类型“%1”没有对应的表单</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>大于 %1</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>小于 %1</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>不小于 %1</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>不大于 %1</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>items: %1 to %2</source>
        <translation>项数：%1 到 %2</translation>
    </message>
    <message>
        <source>items: at most %1</source>
        <translation>项数：最多 %1</translation>
    </message>
    <message>
        <source>items: %1 or more</source>
        <translation>项数：至少 %1</translation>
    </message>
    <message>
        <source>choose %1 or more</source>
        <translation>选择 %1 项或更多</translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln character(s)</source>
        <translation>
            <numerusform>至多 %Ln 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>its schema is too large for a form</source>
        <translation>其模式过大，无法用表单表示</translation>
    </message>
    <message>
        <source>its schema has more than %1 choices</source>
        <translation>其模式的选项超过 %1 个</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FileEditor</name>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Paste a URL, or drop a file</source>
        <translation>粘贴 URL 或拖入文件</translation>
    </message>
    <message>
        <source>Drop or paste a file</source>
        <translation>拖入或粘贴文件</translation>
    </message>
    <message>
        <source>Choose a file for %1</source>
        <translation>为%1选择文件</translation>
    </message>
    <message>
        <source>Remove the file</source>
        <translation>移除文件</translation>
    </message>
    <message>
        <source>Remove the file from %1</source>
        <translation>从%1中移除文件</translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation>%1预览</translation>
    </message>
    <message>
        <source>Embedded file</source>
        <translation>内嵌文件</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>%1 has %2; at most %3 fit into a call. Give a URL or a smaller file.</source>
        <translation>%1 的大小为 %2；一次调用最多容纳 %3。请提供 URL 或更小的文件。</translation>
    </message>
    <message>
        <source>%1 is %2; this field takes %3.</source>
        <translation>%1 的类型为 %2；此字段接受 %3。</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 为空。</translation>
    </message>
    <message>
        <source>%1 is larger than %2.</source>
        <translation>%1 大于 %2。</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>pasted picture.png</source>
        <translation>粘贴的图片.png</translation>
    </message>
    <message>
        <source>This field takes a file from this computer, not a URL.</source>
        <translation>此字段接受本机文件，不接受 URL。</translation>
    </message>
    <message>
        <source>Export the picture as JPEG, and choose that file.</source>
        <translation>请将图片导出为 JPEG，然后选择该文件。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FormPage</name>
    <message>
        <source>Events as they arrive</source>
        <translation>实时到达的事件</translation>
    </message>
    <message>
        <source>Press Run or Ctrl+Enter.</source>
        <translation>请点击“运行”或按 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待响应…</translation>
    </message>
    <message>
        <source>The input does not fit; the form says where.</source>
        <translation>输入不符合要求；表单中已标出位置。</translation>
    </message>
    <message>
        <source>This is the file that the answer holds. It came as base64 in JSON.</source>
        <translation>这是答复中包含的文件，以 JSON 中的 base64 形式传来。</translation>
    </message>
    <message>
        <source>This call was signed and paid here and sent by another program. Its answer went there.</source>
        <translation>此调用在此处签名并付款，由另一个程序发送，其回答也发往该程序。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>paid %1</source>
        <translation>已付 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张 Ticket</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>%1
Started %2
Paid %3 wei</source>
        <translation>%1
开始于 %2
已付 %3 wei</translation>
    </message>
    <message>
        <source>signed for another program</source>
        <translation>已为其他程序签名</translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Export history</source>
        <translation>导出历史记录</translation>
    </message>
    <message>
        <source>Export history as JSON lines…</source>
        <translation>将历史记录导出为 JSON Lines…</translation>
    </message>
    <message>
        <source>Search runs…</source>
        <translation>搜索运行记录…</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>搜索运行记录</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>正在读取历史记录…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No run fits this search.</source>
        <translation>没有符合搜索条件的运行记录。</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行记录</translation>
    </message>
    <message>
        <source>Every call you make is kept here, with its input, answer and cost.</source>
        <translation>每次调用都会连同输入、响应和费用保存在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>已删除 %n 条运行记录。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>重放(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy call as JSON</source>
        <translation>将调用复制为 JSON(&amp;C)</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>取消固定(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>固定(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>已导出到 %1。</translation>
    </message>
    <message>
        <source>Enter opens, R runs again, D compares two, Delete deletes</source>
        <translation>Enter 打开，R 重新运行，D 比较两项，Delete 删除</translation>
    </message>
    <message>
        <source>Select two runs (Ctrl+click) to compare them.</source>
        <translation>选择两次运行（Ctrl+单击）以进行比较。</translation>
    </message>
    <message>
        <source>Co&amp;mpare two</source>
        <translation>比较两项(&amp;M)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ImageView</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>%1 × %2 · %3 · %4</source>
        <translation>%1 × %2 · %3 · %4</translation>
    </message>
</context>
<context>
    <name>sluice::ui::InlineMessage</name>
    <message>
        <source>this message</source>
        <translation>此消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Kind: %1</source>
        <translation>类型：%1</translation>
    </message>
    <message>
        <source>Field: %1</source>
        <translation>字段：%1</translation>
    </message>
    <message>
        <source>Request: %1 %2</source>
        <translation>请求：%1 %2</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>Payment: tickets were sent; the money may be spent</source>
        <translation>付款：Ticket 已发送，款项可能已花费</translation>
    </message>
    <message>
        <source>Passed over:</source>
        <translation>已跳过：</translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation>响应：</translation>
    </message>
    <message>
        <source>Something failed without saying why.</source>
        <translation>操作失败，未说明原因。</translation>
    </message>
    <message>
        <source>No message</source>
        <translation>无消息</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Hide &amp;details</source>
        <translation>隐藏详情(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详情(&amp;D)</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
</context>
<context>
    <name>sluice::ui::InputEditor</name>
    <message>
        <source>&amp;Form</source>
        <translation>表单(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>JSON(&amp;J)</translation>
    </message>
    <message>
        <source>Edit the input as form or as JSON</source>
        <translation>以表单或 JSON 编辑输入</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>示例(&amp;X)</translation>
    </message>
    <message>
        <source>Fill in a sample input</source>
        <translation>填入示例输入</translation>
    </message>
    <message>
        <source>More for the input</source>
        <translation>输入的更多操作</translation>
    </message>
    <message>
        <source>Reset, defaults, copy</source>
        <translation>重置、默认值、复制</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>重置为默认值(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Omit unchanged defaults</source>
        <translation>省略未更改的默认值(&amp;O)</translation>
    </message>
    <message>
        <source>Leave optional keys out while they hold the schema&apos;s default</source>
        <translation>可选键保持模式默认值时不写入</translation>
    </message>
    <message>
        <source>&amp;Copy as JSON</source>
        <translation>复制为 JSON(&amp;C)</translation>
    </message>
    <message>
        <source>No schema is known for this capability</source>
        <translation>此能力没有已知的模式</translation>
    </message>
    <message>
        <source>Schema from: %1</source>
        <translation>模式来源：%1</translation>
    </message>
    <message>
        <source>Example %1</source>
        <translation>示例 %1</translation>
    </message>
    <message>
        <source>The example “%1” is filled in.</source>
        <translation>已填入示例“%1”。</translation>
    </message>
    <message>
        <source>The JSON text has an error, so the form is locked. %1</source>
        <translation>JSON 文本有错误，表单已锁定。%1</translation>
    </message>
    <message>
        <source>&amp;Go to the error</source>
        <translation>转到错误处(&amp;G)</translation>
    </message>
    <message numerus="yes">
        <source>The key “%1” is there more than once; the last one counts.</source>
        <translation>
            <numerusform>键“%1”出现多次；以最后一个为准。</numerusform>
        </translation>
    </message>
    <message>
        <source>This capability publishes no schema, so there is no form. Write its input as JSON.</source>
        <translation>此能力没有公布模式，因此没有表单。请以 JSON 编写输入。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>The input is back at its defaults.</source>
        <translation>输入已恢复为默认值。</translation>
    </message>
    <message>
        <source>”, “</source>
        <comment>between two quoted keys</comment>
        <translation>”、“</translation>
    </message>
</context>
<context>
    <name>sluice::ui::Inspector</name>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Run a capability to see where its time goes.</source>
        <translation>运行一个能力，即可查看时间花在哪里。</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JobListModel</name>
    <message>
        <source>number %1 in the queue</source>
        <translation>队列中第 %1 位</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>given; not told more</source>
        <translation>已提交；未告知更多</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not given from here</source>
        <translation>并非由此提交</translation>
    </message>
    <message>
        <source>A worker does not tell what a job of others is.</source>
        <translation>工作器不会告知他人任务的内容。</translation>
    </message>
    <message>
        <source>Given %1</source>
        <translation>提交于 %1</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>Begun %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>Not begun, as far as is told</source>
        <translation>据所知尚未开始</translation>
    </message>
    <message>
        <source>Nothing was heard of it here.</source>
        <translation>此处尚未收到它的任何内容。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>Text so far</source>
        <translation>目前的文本</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Text of the selected job so far</source>
        <translation>所选任务目前的文本</translation>
    </message>
    <message>
        <source>Jobs at the workers</source>
        <translation>工作器上的任务</translation>
    </message>
    <message>
        <source>Enter opens a job, Delete ends one, Ctrl+C copies its id</source>
        <translation>回车打开任务，Delete 结束任务，Ctrl+C 复制其标识</translation>
    </message>
    <message>
        <source>Open the job</source>
        <translation>打开任务</translation>
    </message>
    <message>
        <source>Open the job&apos;s run, or follow one that was not given from here (Enter)</source>
        <translation>打开任务的运行，或跟踪并非由此提交的任务（回车）</translation>
    </message>
    <message>
        <source>End the job</source>
        <translation>结束任务</translation>
    </message>
    <message>
        <source>End the job at its worker (Delete)</source>
        <translation>在其工作器上结束任务（Delete）</translation>
    </message>
    <message>
        <source>Copy the job&apos;s id</source>
        <translation>复制任务标识</translation>
    </message>
    <message>
        <source>Copy the job&apos;s id (Ctrl+C)</source>
        <translation>复制任务标识（Ctrl+C）</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>Ask the workers again; while this is to be seen, they are asked every second</source>
        <translation>再次询问工作器；显示此页时每秒询问一次</translation>
    </message>
    <message>
        <source>%1 does not tell what waits and runs there: only jobs given from here are listed.</source>
        <translation>%1 不告知其等待和运行的任务：仅列出由此提交的任务。</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Once the window is connected, the jobs at its workers appear here.</source>
        <translation>窗口连接后，其工作器上的任务会出现在这里。</translation>
    </message>
    <message>
        <source>This network has no queue</source>
        <translation>此网络没有队列</translation>
    </message>
    <message>
        <source>Jobs wait and run at LLM workers. Give this profile the address of one: Edit, in the menu of the status bar&apos;s profile.</source>
        <translation>任务在 LLM 工作器上等待和运行。请为此配置填写一个工作器地址：状态栏配置菜单中的“编辑”。</translation>
    </message>
    <message>
        <source>Asking the workers…</source>
        <translation>正在询问工作器…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing waits or runs</source>
        <translation>没有等待或运行的任务</translation>
    </message>
    <message>
        <source>Ask one of the worker&apos;s assistants: its job is here while it waits and runs, and stays until the window closes.</source>
        <translation>向工作器的某个助手提问：其任务在等待和运行期间显示在这里，并保留到窗口关闭。</translation>
    </message>
    <message>
        <source>Choose a job to see what it has said so far.</source>
        <translation>选择一个任务以查看它目前说了什么。</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Said so far:</source>
        <translation>目前已说：</translation>
    </message>
    <message>
        <source>What it has said is not told here. Open follows it: whoever listens to it now hears no more.</source>
        <translation>此处不会告知它说了什么。打开即跟踪它：当前的收听者将不再收到内容。</translation>
    </message>
    <message>
        <source>It has said nothing yet.</source>
        <translation>它还没有说任何内容。</translation>
    </message>
    <message>
        <source>Follow this job from here? A worker tells one listener: whoever gave it hears no more of it.</source>
        <translation>从此处跟踪该任务？工作器只告知一个收听者：提交者将不再收到它的内容。</translation>
    </message>
    <message>
        <source>Follow this job from here? A worker tells one listener: whoever gave it hears no more of it. What it said before is not told again.</source>
        <translation>从此处跟踪该任务？工作器只告知一个收听者：提交者将不再收到它的内容。此前所说的不会重复。</translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>This job was not given from here. End it for whoever gave it?</source>
        <translation>该任务并非由此提交。要为提交者结束它吗？</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>This job runs already: what it would still say is lost, and what it cost stays paid. End it?</source>
        <translation>该任务已在运行：它尚未说出的内容将丢失，已产生的费用不退。结束吗？</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;End the job</source>
        <translation>结束任务(&amp;E)</translation>
    </message>
    <message>
        <source>Copy the &amp;id</source>
        <translation>复制标识(&amp;I)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonEditor</name>
    <message>
        <source>Input as JSON</source>
        <translation>JSON 格式的输入</translation>
    </message>
    <message>
        <source>Shift+Tab leaves the editor</source>
        <translation>按 Shift+Tab 离开编辑器</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonFieldEditor</name>
    <message>
        <source>JSON, for example {&quot;key&quot;: 1}</source>
        <translation>JSON，例如 {&quot;key&quot;: 1}</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonText</name>
    <message>
        <source>‹secret %1›</source>
        <translation>‹机密 %1›</translation>
    </message>
    <message>
        <source>‹long text %1: %2 characters, kept as it is›</source>
        <translation>‹长文本 %1：%2 个字符，保持原样›</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonTreeModel</name>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonTreeView</name>
    <message>
        <source>Find in keys and values…</source>
        <translation>在键和值中查找…</translation>
    </message>
    <message>
        <source>Find in the JSON tree</source>
        <translation>在 JSON 树中查找</translation>
    </message>
    <message>
        <source>JSON tree</source>
        <translation>JSON 树</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation>复制值(&amp;V)</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>复制路径(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Expand all below</source>
        <translation>展开以下全部(&amp;E)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LimitFields</name>
    <message>
        <source>%1 when left empty</source>
        <translation>留空则为 %1</translation>
    </message>
    <message>
        <source>Limits belong to the key: they hold for every profile and program that pays with it, sluicectl too.</source>
        <translation>限额属于密钥：对所有用它付款的配置和程序（包括 sluicectl）都有效。</translation>
    </message>
    <message>
        <source>Limit per &amp;call</source>
        <translation>每次调用限额(&amp;C)</translation>
    </message>
    <message>
        <source>Expected value of the tickets of one call.</source>
        <translation>一次调用的票据期望值。</translation>
    </message>
    <message>
        <source>Limit per da&amp;y</source>
        <translation>每日限额(&amp;Y)</translation>
    </message>
    <message>
        <source>Expected value per day (UTC), over all programs.</source>
        <translation>所有程序每天（UTC）的期望值总和。</translation>
    </message>
    <message>
        <source>Limit per &amp;ticket</source>
        <translation>每张票据限额(&amp;T)</translation>
    </message>
    <message>
        <source>What one winning ticket may take out of the deposit.</source>
        <translation>一张中奖票据最多可从押金中取走的金额。</translation>
    </message>
    <message>
        <source>&amp;Unlisted price, per second</source>
        <translation>未列出的每秒价格(&amp;U)</translation>
    </message>
    <message>
        <source>What a call may cost per second where the network lists no price.</source>
        <translation>网络未列出价格时，一次调用每秒最多可花费的金额。</translation>
    </message>
    <message>
        <source>Limit per &amp;session</source>
        <translation>每次会话限额(&amp;S)</translation>
    </message>
    <message>
        <source>Expected value with this profile until the program is closed, within the limits above.</source>
        <translation>在上述限额之内，程序关闭前使用此配置的期望值。</translation>
    </message>
    <message>
        <source>only the limits above when left empty</source>
        <translation>留空则仅受上述限额约束</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ListEditor</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation>%2的第 %1 项</translation>
    </message>
    <message>
        <source>Move item %1 of %2 up</source>
        <translation>上移%2的第 %1 项</translation>
    </message>
    <message>
        <source>Move item %1 of %2 down</source>
        <translation>下移%2的第 %1 项</translation>
    </message>
    <message>
        <source>Remove item %1 of %2</source>
        <translation>移除%2的第 %1 项</translation>
    </message>
    <message>
        <source>Add an item to %1</source>
        <translation>向%1添加一项</translation>
    </message>
    <message>
        <source>%1 takes at most %2 items</source>
        <translation>%1最多 %2 项</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveControls</name>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Space on the video</source>
        <translation>在画面上按空格</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What is sent: a camera, a file, or the test pattern</source>
        <translation>发送的内容：摄像头、文件或测试图案</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size and rate of the pictures that are sent</source>
        <translation>所发送画面的尺寸和帧率</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Open the job and send (Ctrl+Enter)</source>
        <translation>打开任务并发送（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End the job and the payments (Esc)</source>
        <translation>结束任务和付款（Esc）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Split with a divider</source>
        <translation>分割线对比</translation>
    </message>
    <message>
        <source>Output over input</source>
        <translation>输出叠加在输入上</translation>
    </message>
    <message>
        <source>Output only</source>
        <translation>仅输出</translation>
    </message>
    <message>
        <source>Output on the full screen</source>
        <translation>全屏显示输出</translation>
    </message>
    <message>
        <source>F on the video, Esc back</source>
        <translation>在画面上按 F，Esc 返回</translation>
    </message>
    <message>
        <source>Save a snapshot of the output</source>
        <translation>保存输出快照</translation>
    </message>
    <message>
        <source>Record to a file</source>
        <translation>录制到文件</translation>
    </message>
    <message>
        <source>Record the &amp;input…</source>
        <translation>录制输入(&amp;I)…</translation>
    </message>
    <message>
        <source>Record the &amp;output…</source>
        <translation>录制输出(&amp;O)…</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>测试图案</translation>
    </message>
    <message>
        <source>%1 (not there)</source>
        <translation>%1（不存在）</translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation>视频文件…</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>与文件相同</translation>
    </message>
    <message>
        <source>Choose a video file</source>
        <translation>选择视频文件</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>Recording; choose again to stop</source>
        <translation>正在录制；再次选择可停止</translation>
    </message>
    <message>
        <source>No picture for %1 s</source>
        <translation>%1 秒没有画面</translation>
    </message>
    <message>
        <source>Videos and pictures (*.mp4 *.mkv *.webm *.mov *.avi *.ts *.m4v *.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;All files (*)</source>
        <translation>视频和图片 (*.mp4 *.mkv *.webm *.mov *.avi *.ts *.m4v *.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>REC %1:%2</source>
        <translation>REC %1:%2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveEventsModel</name>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>failure</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>%1 (%L2 times)</source>
        <translation>%1（%L2 次）</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生的事</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveLinesView</name>
    <message>
        <source>Lines to send</source>
        <translation>要发送的行</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>返回的内容</translation>
    </message>
    <message>
        <source>S&amp;end</source>
        <translation>发送(&amp;E)</translation>
    </message>
    <message>
        <source>Write or paste lines, then press Ctrl+Enter.</source>
        <translation>输入或粘贴若干行，然后按 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>Send the lines</source>
        <translation>发送这些行</translation>
    </message>
    <message>
        <source>Send these lines as one segment (Ctrl+Enter)</source>
        <translation>将这些行作为一个分段发送（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Lines in</source>
        <translation>输入行</translation>
    </message>
    <message>
        <source>Lines out</source>
        <translation>输出行</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePage</name>
    <message>
        <source>This job ran for %1 with these parameters. Its pictures were not kept.</source>
        <translation>此任务以这些参数运行了 %1。其画面未保留。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePane</name>
    <message>
        <source>Measurements now</source>
        <translation>当前测量值</translation>
    </message>
    <message>
        <source>Details of the job</source>
        <translation>任务详情</translation>
    </message>
    <message>
        <source>Changes while it runs</source>
        <translation>运行中的更改</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Where the milliseconds go</source>
        <translation>毫秒花在哪里</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Event log</source>
        <translation>事件日志</translation>
    </message>
    <message>
        <source>the event log</source>
        <translation>事件日志</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Records of the data channel</source>
        <translation>数据通道的记录</translation>
    </message>
    <message>
        <source>the records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The lines were not sent: the queue to the network is full.</source>
        <translation>这些行未发送：通往网络的队列已满。</translation>
    </message>
    <message>
        <source>Data (%L1)</source>
        <translation>数据（%L1）</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>测试图案</translation>
    </message>
    <message>
        <source>In: %1</source>
        <translation>输入：%1</translation>
    </message>
    <message>
        <source>Out: %1</source>
        <translation>输出：%1</translation>
    </message>
    <message>
        <source>%1
will be sent once you press Start.</source>
        <translation>%1
将在按下“开始”后发送。</translation>
    </message>
    <message>
        <source>What comes back from %1 is shown here. Press Start or Ctrl+Enter.</source>
        <translation>%1 返回的内容显示在这里。请按“开始”或 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>Opening the job…</source>
        <translation>正在打开任务…</translation>
    </message>
    <message>
        <source>Waiting for the first picture…</source>
        <translation>正在等待第一幅画面…</translation>
    </message>
    <message>
        <source>Paused. Nothing is sent; the job stays open and is paid for.</source>
        <translation>已暂停。不发送任何内容；任务保持打开并继续付费。</translation>
    </message>
    <message>
        <source>Ending the job…</source>
        <translation>正在结束任务…</translation>
    </message>
    <message>
        <source>Stopped before a picture came.</source>
        <translation>在画面到来之前已停止。</translation>
    </message>
    <message>
        <source>The job ended; the message above says why.</source>
        <translation>任务已结束；原因见上方消息。</translation>
    </message>
    <message>
        <source>%1, live</source>
        <translation>%1，实时</translation>
    </message>
    <message>
        <source>The snapshot could not be written to %1.</source>
        <translation>无法将快照写入 %1。</translation>
    </message>
    <message>
        <source>The source is now “%1”</source>
        <translation>来源现在是“%1”</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Nothing is sent now, but the job is open and paid for: go on with the test pattern, choose another source, or stop it.</source>
        <translation>现在没有发送任何内容，但任务仍打开并付费：请改用测试图案、选择其他来源或停止任务。</translation>
    </message>
    <message>
        <source>Use the &amp;test pattern</source>
        <translation>使用测试图案(&amp;T)</translation>
    </message>
    <message>
        <source>Save the snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>There is no output picture to save yet.</source>
        <translation>还没有可保存的输出画面。</translation>
    </message>
    <message>
        <source>The snapshot was saved as %1.</source>
        <translation>快照已保存为 %1。</translation>
    </message>
    <message>
        <source>Record the input</source>
        <translation>录制输入</translation>
    </message>
    <message>
        <source>Record the output</source>
        <translation>录制输出</translation>
    </message>
    <message>
        <source>MPEG transport streams (*.ts)</source>
        <translation>MPEG 传输流 (*.ts)</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>%1 was recorded to %2</source>
        <translation>%1已录制到 %2</translation>
    </message>
    <message>
        <source>%1 is recorded to %2</source>
        <translation>%1正在录制到 %2</translation>
    </message>
    <message>
        <source>No picture has come for %1 s</source>
        <translation>已有 %1 秒没有收到画面</translation>
    </message>
    <message>
        <source>Pictures come again after %1 s</source>
        <translation>%1 秒后画面恢复</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePlot</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 over the last minute</source>
        <translation>最近一分钟的%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePlots</name>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>in</source>
        <translation>入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>出</translation>
    </message>
    <message>
        <source>kbit/s</source>
        <translation>kbit/s</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>p50 %1 ms</source>
        <translation>p50 %1 毫秒</translation>
    </message>
    <message>
        <source>p95 %1 ms</source>
        <translation>p95 %1 毫秒</translation>
    </message>
    <message>
        <source>%1 → %2 fps</source>
        <translation>%1 → %2 帧/秒</translation>
    </message>
    <message>
        <source>%1 → %2 kbit/s</source>
        <translation>%1 → %2 kbit/s</translation>
    </message>
    <message>
        <source>%L1 dropped</source>
        <translation>丢弃 %L1</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/分钟</translation>
    </message>
    <message>
        <source>Latency, ms</source>
        <translation>延迟，毫秒</translation>
    </message>
    <message>
        <source>Pictures/s</source>
        <translation>画面/秒</translation>
    </message>
    <message>
        <source>Spend/min</source>
        <translation>花费/分钟</translation>
    </message>
    <message>
        <source>p50 / p95, ms</source>
        <translation>p50 / p95，毫秒</translation>
    </message>
    <message>
        <source>In / out, fps</source>
        <translation>入 / 出，帧/秒</translation>
    </message>
    <message>
        <source>↑ / ↓ kbit/s</source>
        <translation>↑ / ↓ kbit/s</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveSessionLink</name>
    <message>
        <source>The job has ended.</source>
        <translation>任务已结束。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveStagesModel</name>
    <message>
        <source>captured</source>
        <translation>采集</translation>
    </message>
    <message>
        <source>encoded</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Queue and send</source>
        <translation>排队与发送</translation>
    </message>
    <message>
        <source>Network and capability</source>
        <translation>网络与能力</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>从%1到%2</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>端到端</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>p50 ms</source>
        <translation>p50 毫秒</translation>
    </message>
    <message>
        <source>p95 ms</source>
        <translation>p95 毫秒</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画面数</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveUpdatesModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Until the first picture was shown that was taken after the change had been acknowledged</source>
        <translation>直到显示出在更改被确认之后拍摄的第一幅画面</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>可见</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LocalServersBox</name>
    <message>
        <source>OpenAI-compatible server</source>
        <translation>兼容 OpenAI 的服务器</translation>
    </message>
    <message>
        <source>probably %1</source>
        <translation>可能是 %1</translation>
    </message>
    <message>
        <source>tells its models only with an API key</source>
        <translation>需要 API 密钥才会列出模型</translation>
    </message>
    <message>
        <source>no models yet</source>
        <translation>还没有模型</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s): %1</source>
        <translation>
            <numerusform>%n 个模型：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add a backend on this machine…</source>
        <translation>添加本机上的后端(&amp;A)…</translation>
    </message>
    <message>
        <source>Asks the usual ports of this machine, and no other, for Ollama, LM Studio, llama.cpp, vLLM, Jan and GPT4All</source>
        <translation>仅询问本机的常用端口，查找 Ollama、LM Studio、llama.cpp、vLLM、Jan 和 GPT4All</translation>
    </message>
    <message>
        <source>Add a backend on this machine</source>
        <translation>添加本机上的后端</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>Asking this machine&apos;s ports…</source>
        <translation>正在询问本机端口…</translation>
    </message>
    <message>
        <source>No server of language models answers on this machine. Start one, for example Ollama, and search again. Asked were the ports %1.</source>
        <translation>本机上没有语言模型服务器应答。请启动一个（例如 Ollama）后再次搜索。询问过的端口：%1。</translation>
    </message>
    <message>
        <source>&amp;Search again</source>
        <translation>再次搜索(&amp;S)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>%1 is added</source>
        <translation>%1 已添加</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>This is an endpoint of Sluice itself: through it, calls would go in a circle.</source>
        <translation>这是 Sluice 自己的端点：通过它调用会形成循环。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::MainWindow</name>
    <message>
        <source>Sluice</source>
        <translation>Sluice</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Pick a capability</source>
        <translation>选择能力</translation>
    </message>
    <message>
        <source>Choose one at the left, or press Ctrl+K and type its name.</source>
        <translation>在左侧选择，或按 Ctrl+K 后输入名称。</translation>
    </message>
    <message>
        <source>&amp;Call</source>
        <translation>调用(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>关闭标签页(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Command &amp;palette</source>
        <translation>命令面板(&amp;P)</translation>
    </message>
    <message>
        <source>Show &amp;capabilities</source>
        <translation>显示能力(&amp;C)</translation>
    </message>
    <message>
        <source>Show &amp;inspector</source>
        <translation>显示检查器(&amp;I)</translation>
    </message>
    <message>
        <source>Show co&amp;de</source>
        <translation>显示代码(&amp;D)</translation>
    </message>
    <message>
        <source>Show &amp;history</source>
        <translation>显示历史记录(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;System theme</source>
        <translation>跟随系统主题(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>浅色主题(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark theme</source>
        <translation>深色主题(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>Find a &amp;capability</source>
        <translation>查找能力(&amp;C)</translation>
    </message>
    <message>
        <source>Find a &amp;run</source>
        <translation>查找运行记录(&amp;R)</translation>
    </message>
    <message>
        <source>To the &amp;tickets</source>
        <translation>转到 Ticket(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;fresh the balance</source>
        <translation>刷新余额(&amp;F)</translation>
    </message>
    <message>
        <source>Choose the &amp;network…</source>
        <translation>选择网络(&amp;N)…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Trust the new key</source>
        <translation>信任新密钥</translation>
    </message>
    <message>
        <source>The network of this profile does not offer “%1” now.</source>
        <translation>此配置的网络目前不提供“%1”。</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Use network “%1”</source>
        <translation>使用网络“%1”</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation>新建配置(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Edit “%1”…</source>
        <translation>编辑“%1”(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Remove “%1”</source>
        <translation>移除“%1”(&amp;R)</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>Close (Ctrl+W)</source>
        <translation>关闭（Ctrl+W）</translation>
    </message>
    <message>
        <source>first contact with %1, its key is remembered</source>
        <translation>首次连接 %1，已记住其密钥</translation>
    </message>
    <message>
        <source>This orchestrator&apos;s certificate key was seen for the first time and is pinned from now on: %1</source>
        <translation>首次见到此 Orchestrator 的证书密钥，从现在起将其固定：%1</translation>
    </message>
    <message>
        <source>&amp;Enlarge the code</source>
        <translation>放大代码(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Add a capability…</source>
        <translation>添加能力(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Import capabilities…</source>
        <translation>导入能力(&amp;I)…</translation>
    </message>
    <message>
        <source>S&amp;hare the capabilities that you named…</source>
        <translation>分享您命名的能力(&amp;H)…</translation>
    </message>
    <message>
        <source>Edit the profile…</source>
        <translation>编辑配置…</translation>
    </message>
    <message>
        <source>Refresh the capabilities (F5), add it by hand in the list at the left, or choose another profile in the status bar.</source>
        <translation>请刷新能力列表（F5），在左侧列表中手动添加，或在状态栏中选择其他配置。</translation>
    </message>
    <message>
        <source>Run of %1</source>
        <translation>%1 的运行</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>重放</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>run of the history, capability</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;witch between run and stream</source>
        <translation>在 run 与 stream 之间切换(&amp;W)</translation>
    </message>
    <message>
        <source>C&amp;ompare side by side…</source>
        <translation>并排比较(&amp;O)…</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>code copied</source>
        <translation>代码已复制</translation>
    </message>
    <message>
        <source>The code of the column in front, in the language that the code panel shows</source>
        <translation>当前列的代码，使用代码面板所示的语言</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>标签页</translation>
    </message>
    <message>
        <source>Co&amp;mpare with…</source>
        <translation>与…比较(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Local endpoint</source>
        <translation>本地端点(&amp;L)</translation>
    </message>
    <message>
        <source>the local endpoint stopped</source>
        <translation>本地端点已停止</translation>
    </message>
    <message>
        <source>Local endpoint</source>
        <translation>本地端点</translation>
    </message>
    <message>
        <source>The history no longer has this run.</source>
        <translation>历史记录中已没有该运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) of other programs still run through the local endpoint and would end with the window.</source>
        <translation>
            <numerusform>仍有 %n 个其他程序的调用经过本地端点，关闭窗口会终止它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>End them and close</source>
        <translation>终止并关闭</translation>
    </message>
    <message>
        <source>From side by side</source>
        <translation>来自并排比较</translation>
    </message>
    <message>
        <source>&amp;Room for the workbench</source>
        <translation>为工作台腾出空间(&amp;R)</translation>
    </message>
    <message>
        <source>Room while &amp;video runs</source>
        <translation>视频运行时腾出空间(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard…</source>
        <translation>键盘(&amp;K)…</translation>
    </message>
    <message>
        <source>Open the &amp;data folder</source>
        <translation>打开数据文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About Sluice</source>
        <translation>关于 Sluice(&amp;A)</translation>
    </message>
    <message>
        <source>About Sluice</source>
        <translation>关于 Sluice</translation>
    </message>
    <message>
        <source>Sluice %1</source>
        <translation>Sluice %1</translation>
    </message>
    <message>
        <source>A playground for the Livepeer network and its neighbours: the call you try is the call you ship.

Apache License 2.0. Built with Qt %1, running with Qt %2.
Runs, settings and caches stand in %3.</source>
        <translation>Livepeer 网络及其邻近网络的试验场：您试用的调用就是您发布的调用。

Apache 许可证 2.0。使用 Qt %1 构建，运行于 Qt %2。
运行记录、设置和缓存位于 %3。</translation>
    </message>
    <message>
        <source>&amp;Jobs of the workers</source>
        <translation>工作器的任务(&amp;J)</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>&amp;Edit assistants…</source>
        <translation>编辑助手(&amp;E)…</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>&amp;Servers of the network</source>
        <translation>网络的服务器(&amp;S)</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>&amp;Accounts at providers</source>
        <translation>提供方账户(&amp;A)</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Add to the &amp;favourites</source>
        <translation>加入收藏(&amp;F)</translation>
    </message>
    <message>
        <source>Remove from the &amp;favourites</source>
        <translation>从收藏中移除(&amp;F)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::MediaStrip</name>
    <message>
        <source>A part of the kind “%1”, which is not shown here</source>
        <translation>类型为“%1”的部分，此处无法显示</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1，位于 %2</translation>
    </message>
    <message>
        <source>Open %1, on %2</source>
        <translation>打开 %1（位于 %2）</translation>
    </message>
</context>
<context>
    <name>sluice::ui::NetworkPanel</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Servers that may take the calls</source>
        <translation>可以接受调用的服务器</translation>
    </message>
    <message>
        <source>P pins a server, X excludes it, Ctrl+C copies its address</source>
        <translation>P 固定服务器，X 排除服务器，Ctrl+C 复制其地址</translation>
    </message>
    <message>
        <source>Pin the server</source>
        <translation>固定该服务器</translation>
    </message>
    <message>
        <source>Calls go to this server and to no other (P)</source>
        <translation>调用只发往这台服务器 (P)</translation>
    </message>
    <message>
        <source>Exclude the server</source>
        <translation>排除该服务器</translation>
    </message>
    <message>
        <source>No call goes to this server (X)</source>
        <translation>不会有调用发往这台服务器 (X)</translation>
    </message>
    <message>
        <source>Copy the server&apos;s address</source>
        <translation>复制服务器地址</translation>
    </message>
    <message>
        <source>Copy the server&apos;s address (Ctrl+C)</source>
        <translation>复制服务器地址 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>Ask all servers again; while this is to be seen, they are asked every 10 seconds. Nothing is paid for that.</source>
        <translation>再次询问所有服务器；此页可见时每 10 秒询问一次，不产生任何费用。</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>&amp;Capability</source>
        <translation>能力(&amp;C)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>As the profile lists them</source>
        <translation>按配置中的顺序</translation>
    </message>
    <message>
        <source>The best first</source>
        <translation>最佳优先</translation>
    </message>
    <message>
        <source>Order of asking</source>
        <translation>询问顺序</translation>
    </message>
    <message>
        <source>Automatic: a profile&apos;s own list in its order, servers that a discovery service names the best first. The best has a low price, answers quickly, and takes calls.</source>
        <translation>自动：配置自己的列表按其顺序；由发现服务给出的服务器则最佳优先。最佳者价格低、响应快并接受调用。</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>%1 is pinned and is none of these servers, so calls fail. Pin one of these, or none.</source>
        <translation>已固定的 %1 不在这些服务器之中，因此调用会失败。请固定其中之一，或取消固定。</translation>
    </message>
    <message>
        <source>A discovery service names these servers.</source>
        <translation>这些服务器由发现服务给出。</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Once the window is connected, the servers of its network appear here.</source>
        <translation>窗口连接后，其网络的服务器会出现在这里。</translation>
    </message>
    <message>
        <source>No choice among servers</source>
        <translation>没有可选的服务器</translation>
    </message>
    <message>
        <source>Nothing that this profile offers can be had from several servers: capabilities of Livepeer&apos;s orchestrators can.</source>
        <translation>此配置提供的内容都只来自单一服务器；Livepeer 编排器的能力才可来自多台服务器。</translation>
    </message>
    <message>
        <source>Somebody else chooses</source>
        <translation>由他方选择</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Asking the servers…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Nobody offers this</source>
        <translation>无人提供</translation>
    </message>
    <message>
        <source>No server is known that offers this capability. Check the profile&apos;s addresses or its discovery service.</source>
        <translation>没有已知的服务器提供此能力。请检查配置的地址或其发现服务。</translation>
    </message>
    <message>
        <source>Take the pin off the server</source>
        <translation>取消固定该服务器</translation>
    </message>
    <message>
        <source>Take the server in again</source>
        <translation>重新纳入该服务器</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Take the &amp;pin off</source>
        <translation>取消固定(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pin: calls go here and to no other</source>
        <translation>固定(&amp;P)：调用只发往这里</translation>
    </message>
    <message>
        <source>Take in &amp;again</source>
        <translation>重新纳入(&amp;A)</translation>
    </message>
    <message>
        <source>E&amp;xclude: no call goes here</source>
        <translation>排除(&amp;X)：不会有调用发往这里</translation>
    </message>
    <message>
        <source>&amp;Copy the address</source>
        <translation>复制地址(&amp;C)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::NumberEditor</name>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1，滑块</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it like 12, -0.5 or 1e3.</source>
        <translation>“%1”不是数字。请写成 12、-0.5 或 1e3 的形式。</translation>
    </message>
    <message>
        <source>“%1” has a comma. Write %2 for the decimal, or leave the comma out.</source>
        <translation>“%1”含有逗号。小数请写成 %2，或去掉逗号。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ObjectEditor</name>
    <message>
        <source>Additional settings</source>
        <translation>其他设置</translation>
    </message>
    <message>
        <source>Also sent, edited in the JSON tab: %1</source>
        <translation>同时发送，可在 JSON 标签页编辑：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ParameterUpdater</name>
    <message>
        <source>The change was given up.</source>
        <translation>更改已放弃。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PastRunBar</name>
    <message>
        <source>&amp;Replay</source>
        <translation>重放(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Use this input</source>
        <translation>使用此输入(&amp;U)</translation>
    </message>
    <message>
        <source>Go on from here: the tab becomes one for new calls. What is typed in other tabs stays.</source>
        <translation>从此处继续：此标签页转为用于新调用。其他标签页中已输入的内容会保留。</translation>
    </message>
    <message>
        <source>Run the same call again, in this tab</source>
        <translation>在此标签页中再次运行同一调用</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PayingView</name>
    <message>
        <source>&amp;Deposit…</source>
        <translation>存入…(&amp;D)</translation>
    </message>
    <message>
        <source>Ask &amp;back…</source>
        <translation>要求退回…(&amp;B)</translation>
    </message>
    <message>
        <source>Pay &amp;out what is due</source>
        <translation>支付到期款项(&amp;O)</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Of the accounts</source>
        <translation>账户内容</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>服务与价格</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>已要求退回</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Nobody sells anything here yet</source>
        <translation>这里还没有人出售</translation>
    </message>
    <message>
        <source>Services appear once a provider registers them on the ledger of this user agent. To sell something yourself, start “sluicectl zerog provider” on the same ledger.</source>
        <translation>提供方在此用户代理的账本上注册服务后会显示在这里。若要自己出售，请在同一账本上启动“sluicectl zerog provider”。</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Open one of the services at the left and call it: each call is here with its fee and its signature.</source>
        <translation>在左侧打开一个服务并调用：每次调用都会连同费用和签名列在这里。</translation>
    </message>
    <message>
        <source>Whose accounts these are</source>
        <translation>账户所有者</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>用户代理</translation>
    </message>
    <message>
        <source>the address of these accounts&apos; owner</source>
        <translation>账户所有者的地址</translation>
    </message>
    <message>
        <source>Account of</source>
        <translation>账户归属</translation>
    </message>
    <message>
        <source>Put money into the account at the selected provider; it is opened where there is none</source>
        <translation>向所选提供方的账户存钱；没有账户时会开立</translation>
    </message>
    <message>
        <source>Ask for money of the account at the selected provider; it comes when its time is over</source>
        <translation>要求所选提供方退回账户中的钱；期限届满后到账</translation>
    </message>
    <message>
        <source>Have the refunds paid whose time is over, instead of when the agent looks next</source>
        <translation>立即支付已到期的退款，而不必等代理下次检查</translation>
    </message>
    <message>
        <source>the selected provider&apos;s address</source>
        <translation>所选提供方的地址</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>Services and prices (%1)</source>
        <translation>服务与价格 (%1)</translation>
    </message>
    <message>
        <source>Requests (%1)</source>
        <translation>请求 (%1)</translation>
    </message>
    <message>
        <source>Nothing was asked back</source>
        <translation>没有要求退回</translation>
    </message>
    <message>
        <source>Choose a provider and press Ask back to have money returned from its account.</source>
        <translation>选择提供方并按“要求退回”即可从其账户取回钱。</translation>
    </message>
    <message>
        <source>Asked back (%1)</source>
        <translation>已要求退回 (%1)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PickerPanel</name>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Refresh capabilities</source>
        <translation>刷新能力列表</translation>
    </message>
    <message>
        <source>Refresh capabilities (F5)</source>
        <translation>刷新能力列表（F5）</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>Search capabilities</source>
        <translation>搜索能力</translation>
    </message>
    <message>
        <source>Filter by verb</source>
        <translation>按调用方式筛选</translation>
    </message>
    <message>
        <source>All verbs</source>
        <translation>所有调用方式</translation>
    </message>
    <message>
        <source>Capability list</source>
        <translation>能力列表</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No capability fits this search.</source>
        <translation>没有符合搜索条件的能力。</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>正在启动本地网络…</translation>
    </message>
    <message>
        <source>Asking the network…</source>
        <translation>正在查询网络…</translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation>没有可用的能力</translation>
    </message>
    <message>
        <source>No orchestrator of this profile offers a capability now.</source>
        <translation>此配置的 Orchestrator 目前都不提供任何能力。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次查询</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>添加能力</translation>
    </message>
    <message>
        <source>Add, import or share capabilities that the network does not list</source>
        <translation>添加、导入或分享网络未列出的能力</translation>
    </message>
    <message>
        <source>This network lists nothing</source>
        <translation>此网络没有列出任何能力</translation>
    </message>
    <message>
        <source>It answers, but most nodes have no list. Name a capability that runs there, and it is here from then on.</source>
        <translation>网络有响应，但大多数节点没有列表。请为在那里运行的能力命名，此后它就会显示在这里。</translation>
    </message>
    <message>
        <source>Add a capability…</source>
        <translation>添加能力…</translation>
    </message>
    <message>
        <source>No capability fits this search. One that the network does not list can be named by hand.</source>
        <translation>没有符合搜索条件的能力。网络未列出的能力可手动命名。</translation>
    </message>
    <message>
        <source>This network has no list of its own. What runs there can be named by hand.</source>
        <translation>此网络没有自己的列表。在那里运行的能力可手动命名。</translation>
    </message>
    <message>
        <source>Add “%1”…</source>
        <translation>添加“%1”…</translation>
    </message>
    <message>
        <source>No assistants yet</source>
        <translation>还没有助手</translation>
    </message>
    <message>
        <source>A worker runs what is written for it: each assistant is a capability here.</source>
        <translation>worker 执行为其编写的内容：每个助手在此都是一项能力。</translation>
    </message>
    <message>
        <source>Write an assistant…</source>
        <translation>编写助手…</translation>
    </message>
    <message>
        <source>Edit assistant…</source>
        <translation>编辑助手…</translation>
    </message>
    <message>
        <source>Enter opens a capability, Ctrl+D makes it a favourite or no longer.</source>
        <translation>回车打开一项能力，Ctrl+D 加入或移出收藏。</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>从收藏中移除</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>加入收藏</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureButton</name>
    <message>
        <source>%1: reading…</source>
        <translation>%1：正在读取…</translation>
    </message>
    <message>
        <source>%1 cannot be shown: %2</source>
        <translation>无法显示 %1：%2</translation>
    </message>
    <message>
        <source>%1 · %2 × %3</source>
        <translation>%1 · %2 × %3</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureChoice</name>
    <message>
        <source>Pictures of the answer</source>
        <translation>回答中的图片</translation>
    </message>
    <message>
        <source>Which picture is shown</source>
        <translation>显示哪张图片</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureIntake</name>
    <message>
        <source>%1 is too large to be sent: %2, where %3 is the most.</source>
        <translation>%1 太大，无法发送：大小为 %2，上限为 %3。</translation>
    </message>
    <message>
        <source>Make it smaller with another program first.</source>
        <translation>请先用其他程序将其缩小。</translation>
    </message>
    <message>
        <source>%1 is no picture that can be sent: %2.</source>
        <translation>%1 不是可发送的图片：%2。</translation>
    </message>
    <message>
        <source>PNG, JPEG, GIF and WebP can be sent.</source>
        <translation>可以发送 PNG、JPEG、GIF 和 WebP。</translation>
    </message>
    <message>
        <source>%1, made smaller from %2 × %3 to %4 × %5</source>
        <translation>%1，已从 %2 × %3 缩小到 %4 × %5</translation>
    </message>
    <message>
        <source>it cannot be read as one</source>
        <translation>无法作为图片读取</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message numerus="yes">
        <source>%n million pixel(s)</source>
        <translation>
            <numerusform>%n 百万像素</numerusform>
        </translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>%1 is a picture in the format %2, which cannot be read here, nor by most models.</source>
        <translation>%1 是 %2 格式的图片，此处无法读取，大多数模型也无法读取。</translation>
    </message>
    <message>
        <source>Export the picture as JPEG, and add that file.</source>
        <translation>请将图片导出为 JPEG，然后添加该文件。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ProfileDialog</name>
    <message>
        <source>Edit profile “%1”</source>
        <translation>编辑配置“%1”</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>新建配置</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>e.g. production</source>
        <translation>例如：production</translation>
    </message>
    <message>
        <source>How the profile is called here.</source>
        <translation>配置在此处的名称。</translation>
    </message>
    <message>
        <source>Local network on this machine</source>
        <translation>本机上的本地网络</translation>
    </message>
    <message>
        <source>Kind of network</source>
        <translation>网络类型</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>unchanged when empty</source>
        <translation>留空则不更改</translation>
    </message>
    <message>
        <source>Save and &amp;use</source>
        <translation>保存并使用(&amp;U)</translation>
    </message>
    <message>
        <source>There is no keychain here: token and key are kept until the program is closed, then forgotten.</source>
        <translation>此处没有密钥环：Token 和密钥只保留到程序关闭，之后即被丢弃。</translation>
    </message>
    <message>
        <source>Give the profile a name.</source>
        <translation>请为配置命名。</translation>
    </message>
    <message>
        <source>There is a profile named “%1” already.</source>
        <translation>已存在名为“%1”的配置。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Addresses of its own</source>
        <translation>自有地址</translation>
    </message>
    <message>
        <source>Choose what the profile reaches.</source>
        <translation>请选择此配置可到达的内容。</translation>
    </message>
    <message>
        <source>Something is missing or wrong: see the marked fields.</source>
        <translation>有缺失或错误：请查看已标记的字段。</translation>
    </message>
    <message>
        <source>local models</source>
        <translation>本地模型</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PromptPreview</name>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What would be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>expanded as a worker does it</source>
        <translation>按 worker 的方式展开</translation>
    </message>
    <message>
        <source>The history does not fit (%1): %2</source>
        <translation>历史不合要求（%1）：%2</translation>
    </message>
    <message>
        <source>stream %1</source>
        <translation>流 %1</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Without a stream, a worker answers with the question itself.</source>
        <translation>没有流时，worker 会原样返回问题。</translation>
    </message>
    <message>
        <source>Stream %1</source>
        <translation>流 %1</translation>
    </message>
    <message>
        <source>Stream %1: %2</source>
        <translation>流 %1：%2</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>温度 %1</translation>
    </message>
    <message>
        <source>No messages.</source>
        <translation>没有消息。</translation>
    </message>
    <message>
        <source>too long to be shown expanded; as it is written:</source>
        <translation>展开后太长，无法显示；原文如下：</translation>
    </message>
    <message>
        <source>depends on the answer before; as it is written:</source>
        <translation>取决于之前的回答；原文如下：</translation>
    </message>
    <message>
        <source>from the history</source>
        <translation>来自历史</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more character(s)</source>
        <translation>
            <numerusform>……还有 %Ln 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>the answer of %1</source>
        <translation>%1的回答</translation>
    </message>
    <message>
        <source>a summary of the history, which gpt-3.5-turbo is asked for first</source>
        <translation>历史摘要，会先向 gpt-3.5-turbo 索取</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Go to the first fault</source>
        <translation>转到第一处错误</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s)</source>
        <translation>
            <numerusform>%Ln 处错误</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::QuestionLine</name>
    <message>
        <source>Edit and send again: this question and what followed stay as another version</source>
        <translation>编辑并重新发送：此问题及其后的内容将保留为另一版本</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>编辑问题</translation>
    </message>
    <message>
        <source>Question: %1</source>
        <translation>问题：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RawView</name>
    <message>
        <source>Received text</source>
        <translation>收到的文本</translation>
    </message>
    <message>
        <source>Received bytes</source>
        <translation>收到的字节</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>no content type</source>
        <translation>无内容类型</translation>
    </message>
    <message>
        <source> · only the first %1 were kept</source>
        <translation> · 仅保留前 %1</translation>
    </message>
    <message>
        <source> · the first %1 are shown; save for all</source>
        <translation> · 仅显示前 %1；保存可得全部</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ReasoningFold</name>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far</source>
        <comment>amount of reasoning</comment>
        <translation>目前 %1</translation>
    </message>
    <message>
        <source>Reasoning, %1</source>
        <translation>推理，%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RelativeTimeLabel</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n 秒前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n s</source>
        <translation>
            <numerusform>%n 秒后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>明天 %1</translation>
    </message>
    <message>
        <source>Time not known</source>
        <translation>时间未知</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RemoteText</name>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>This link is no web or mail address, so it is not opened.</source>
        <translation>此链接不是网页或邮件地址，因此不会打开。</translation>
    </message>
    <message>
        <source>Write a mail to this address? An answer from the network proposes it.</source>
        <translation>要给此地址写邮件吗？这是来自网络的响应所建议的。</translation>
    </message>
    <message>
        <source>Open this page at %1? An answer from the network links to it.</source>
        <translation>要打开 %1 上的此页面吗？来自网络的响应链接到它。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ResultView</name>
    <message>
        <source>Save the answer…</source>
        <translation>保存响应…</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制响应</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Answer headers</source>
        <translation>响应标头</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>预览(&amp;P)</translation>
    </message>
    <message>
        <source>Ra&amp;w</source>
        <translation>原始数据(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Headers</source>
        <translation>标头(&amp;H)</translation>
    </message>
    <message>
        <source>Views of the answer</source>
        <translation>响应的视图</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>还没有响应</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>served by %1</source>
        <translation>由 %1 提供</translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation>响应没有正文。</translation>
    </message>
    <message>
        <source>The answer says it is a picture (%1), but it cannot be decoded. The bytes are under Raw.</source>
        <translation>响应声明为图片（%1），但无法解码。字节内容见“原始数据”。</translation>
    </message>
    <message>
        <source>Reading the JSON…</source>
        <translation>正在读取 JSON…</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>保存响应</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>bytes of no named type</source>
        <translation>未注明类型的字节</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the bytes…</source>
        <translation>保存字节…</translation>
    </message>
    <message>
        <source>%1 of %2: there is no preview. The bytes are under Raw; save them to open them elsewhere.</source>
        <translation>%1，%2：无法预览。字节内容见“原始数据”；保存后可在其他程序中打开。</translation>
    </message>
    <message>
        <source>The masks cannot be shown: %1</source>
        <translation>无法显示蒙版：%1</translation>
    </message>
    <message>
        <source>a row of pixels is missing.</source>
        <translation>缺少一行像素。</translation>
    </message>
    <message>
        <source>a pixel is no number.</source>
        <translation>某个像素不是数字。</translation>
    </message>
    <message>
        <source>they are larger than %1 pixels a side.</source>
        <translation>每边超过 %1 像素。</translation>
    </message>
    <message>
        <source>their rows are not equally long.</source>
        <translation>各行长度不一致。</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>they are no list.</source>
        <translation>不是列表。</translation>
    </message>
    <message>
        <source>a mask is missing.</source>
        <translation>缺少一个蒙版。</translation>
    </message>
    <message>
        <source>they end in the middle.</source>
        <translation>中途结束。</translation>
    </message>
    <message>
        <source>they end in the middle, or there are more than %1.</source>
        <translation>中途结束，或超过 %1 个。</translation>
    </message>
    <message>
        <source>Mask %1 · score %2 · %3 %</source>
        <translation>蒙版 %1 · 评分 %2 · %3 %</translation>
    </message>
    <message>
        <source>Mask %1 · %2 %</source>
        <translation>蒙版 %1 · %2 %</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RunController</name>
    <message>
        <source>Stopped before an answer came.</source>
        <translation>在收到响应之前已停止。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RunPane</name>
    <message numerus="yes">
        <source>%n byte(s) that are no text</source>
        <translation>
            <numerusform>%n 个字节，不是文本</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Output of the code</source>
        <translation>代码的输出</translation>
    </message>
    <message>
        <source>The playground&apos;s own answer</source>
        <translation>演练场自己的回答</translation>
    </message>
    <message>
        <source>The code, run here</source>
        <translation>在此运行的代码</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the code</source>
        <translation>停止代码</translation>
    </message>
    <message>
        <source>Close the output</source>
        <translation>关闭输出</translation>
    </message>
    <message>
        <source>Close the output; code that still runs is ended</source>
        <translation>关闭输出；仍在运行的代码会被结束</translation>
    </message>
    <message>
        <source>None yet: run the call above, and its answer stands here.</source>
        <translation>还没有：运行上面的调用，其回答就会显示在这里。</translation>
    </message>
    <message>
        <source>Standard error:</source>
        <translation>标准错误输出：</translation>
    </message>
    <message>
        <source>… and %1 more that are not kept</source>
        <translation>…以及另外 %1 未保留</translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation>%1 后已停止</translation>
    </message>
    <message>
        <source>Ended with %1 after %2</source>
        <translation>%2 后以 %1 结束</translation>
    </message>
    <message>
        <source>wrote %1</source>
        <translation>写入了 %1</translation>
    </message>
    <message>
        <source>the same answer as the playground&apos;s</source>
        <translation>与演练场的回答相同</translation>
    </message>
    <message>
        <source>another answer than the playground&apos;s</source>
        <translation>与演练场的回答不同</translation>
    </message>
    <message>
        <source>Stopping · %1</source>
        <translation>正在停止 · %1</translation>
    </message>
    <message>
        <source>Running · %1</source>
        <translation>正在运行 · %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SchemaField</name>
    <message>
        <source>Open a &amp;file…</source>
        <translation>打开文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>获取(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Input schema</source>
        <translation>输入模式</translation>
    </message>
    <message>
        <source>Paste a JSON Schema, e.g. {&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: {&quot;text&quot;: {&quot;type&quot;: &quot;string&quot;}}}</source>
        <translation>粘贴 JSON Schema，例如 {&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: {&quot;text&quot;: {&quot;type&quot;: &quot;string&quot;}}}</translation>
    </message>
    <message>
        <source>Open a schema file</source>
        <translation>打开模式文件</translation>
    </message>
    <message>
        <source>Address of a schema</source>
        <translation>模式的地址</translation>
    </message>
    <message>
        <source>or an address: http://worker:5000/openapi.json</source>
        <translation>或一个地址：http://worker:5000/openapi.json</translation>
    </message>
    <message>
        <source>Fetch the schema</source>
        <translation>获取模式</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>停止获取</translation>
    </message>
    <message>
        <source>Fetching the schema</source>
        <translation>正在获取模式</translation>
    </message>
    <message>
        <source>Without one the input is written as JSON, and nothing is checked before it is sent.</source>
        <translation>没有模式时，输入以 JSON 编写，发送前不作任何检查。</translation>
    </message>
    <message numerus="yes">
        <source>A form of %n fields</source>
        <translation>
            <numerusform>含 %n 个字段的表单</numerusform>
        </translation>
    </message>
    <message>
        <source>Usable, but: %1</source>
        <translation>可用，但：%1</translation>
    </message>
    <message>
        <source>Open a schema</source>
        <translation>打开模式</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation>%1 大于 %2 KiB。</translation>
    </message>
    <message>
        <source>“%1” is no http or https address.</source>
        <translation>“%1”不是 http 或 https 地址。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SchemaForm</name>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>%1 GB of video memory</source>
        <translation>%1 GB 显存</translation>
    </message>
    <message>
        <source>Input form</source>
        <translation>输入表单</translation>
    </message>
    <message>
        <source>This capability takes no input.</source>
        <translation>此能力无需输入。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SectionHeader</name>
    <message>
        <source>Fold %1</source>
        <translation>折叠%1</translation>
    </message>
    <message>
        <source>Unfold %1</source>
        <translation>展开%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SellingView</name>
    <message>
        <source>&amp;Settle…</source>
        <translation>结算…(&amp;S)</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>出售</translation>
    </message>
    <message>
        <source>Of what is sold</source>
        <translation>出售内容</translation>
    </message>
    <message>
        <source>Asking your provider agent…</source>
        <translation>正在询问您的提供方代理…</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供方</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>未结算</translation>
    </message>
    <message>
        <source>Have what users owe taken from their accounts and paid to you</source>
        <translation>从用户账户扣除欠款并付给您</translation>
    </message>
    <message>
        <source>your address as a provider</source>
        <translation>您作为提供方的地址</translation>
    </message>
    <message>
        <source>not told by %1</source>
        <translation>%1 未告知</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Nobody has an account here yet</source>
        <translation>这里还没有人开户</translation>
    </message>
    <message>
        <source>Users open an account with the address above; what they owe is here then.</source>
        <translation>用户用上面的地址开户；之后其欠款会列在这里。</translation>
    </message>
    <message>
        <source>Who called</source>
        <translation>调用者</translation>
    </message>
    <message>
        <source>Nobody called yet</source>
        <translation>还没有人调用</translation>
    </message>
    <message>
        <source>Each call of a service is here with its fee and its signature.</source>
        <translation>对服务的每次调用都连同费用和签名列在这里。</translation>
    </message>
    <message>
        <source>My services</source>
        <translation>我的服务</translation>
    </message>
    <message>
        <source>Nothing is sold yet</source>
        <translation>还没有出售任何服务</translation>
    </message>
    <message>
        <source>Register a service at this provider agent: POST /v1/service, as the README shows.</source>
        <translation>在此提供方代理上注册服务：POST /v1/service，见 README。</translation>
    </message>
    <message>
        <source>Settlements</source>
        <translation>结算记录</translation>
    </message>
    <message>
        <source>Nothing was settled yet</source>
        <translation>还没有结算</translation>
    </message>
    <message>
        <source>Settle pays you what users owe; the agent does it by itself, too.</source>
        <translation>“结算”会把用户的欠款付给您；代理也会自动结算。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>sluice::ui::Session</name>
    <message>
        <source>There is no profile named “%1”.</source>
        <translation>没有名为“%1”的配置。</translation>
    </message>
    <message>
        <source>Choose another profile in the status bar.</source>
        <translation>请在状态栏中选择其他配置。</translation>
    </message>
    <message>
        <source>Another program ran it, and has ended.</source>
        <translation>它由另一个程序运行，而该程序已结束。</translation>
    </message>
    <message>
        <source>the local network had ended and is started again</source>
        <translation>本地网络已结束，正在重新启动</translation>
    </message>
    <message>
        <source>The profile “%1” is saved, but its %2 is not: %3</source>
        <translation>配置“%1”已保存，但其%2未能保存：%3</translation>
    </message>
    <message>
        <source>%1 Edit the profile and enter it again, or choose it in the status bar to use it without.</source>
        <translation>%1请编辑配置并重新输入，或在状态栏中选择它，以便在缺少该项的情况下使用。</translation>
    </message>
    <message>
        <source>The profile “%1” is saved, but its sign-in is not: %2</source>
        <translation>配置“%1”已保存，但其登录未保存：%2</translation>
    </message>
    <message>
        <source>Edit the profile and sign in again, or choose it in the status bar to use it without.</source>
        <translation>请编辑配置并重新登录，或在状态栏中选择它以在未登录时使用。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ShortcutSheet</name>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Ask the network again what it offers</source>
        <translation>重新询问网络提供什么</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Edit the last question, when nothing is written</source>
        <translation>未输入内容时编辑上一个问题</translation>
    </message>
    <message>
        <source>Other versions of a question or an answer</source>
        <translation>问题或回答的其他版本</translation>
    </message>
    <message>
        <source>Copy what is selected, or the whole answer</source>
        <translation>复制所选内容或整个回答</translation>
    </message>
    <message>
        <source>Live video</source>
        <translation>实时视频</translation>
    </message>
    <message>
        <source>Pause and go on</source>
        <translation>暂停和继续</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Move the divider between the two pictures</source>
        <translation>移动两幅图像之间的分隔线</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation>打开运行记录</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Compare two</source>
        <translation>比较两个</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>搜索按键</translation>
    </message>
    <message>
        <source>Keys of the window</source>
        <translation>窗口按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>它的用途</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Copy the call as JSON</source>
        <translation>以 JSON 复制调用</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Copy what stands in the cell, exactly</source>
        <translation>精确复制单元格内容</translation>
    </message>
    <message>
        <source>Ask for no amount after all</source>
        <translation>放弃输入金额</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SideBySideView</name>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Instructions for all</source>
        <translation>所有对话的指令</translation>
    </message>
    <message>
        <source>T&amp;imeout</source>
        <translation>超时(&amp;I)</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Timeout of each answer in seconds</source>
        <translation>每个回答的超时秒数</translation>
    </message>
    <message>
        <source>An answer is given up after this time; it is also what is paid for ahead</source>
        <translation>超过此时间即放弃回答；也按此时间预付费用</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>添加一列</translation>
    </message>
    <message>
        <source>Add a third column</source>
        <translation>添加第三列</translation>
    </message>
    <message>
        <source>Clear all conversations</source>
        <translation>清空所有对话</translation>
    </message>
    <message>
        <source>Clear all conversations; each column offers to undo it</source>
        <translation>清空所有对话；每一列都可撤销</translation>
    </message>
    <message>
        <source>System prompt: how the answers should be. Sent to each before its conversation.</source>
        <translation>系统提示：回答应当如何。在每个对话之前发送。</translation>
    </message>
    <message>
        <source>System prompt for all</source>
        <translation>所有对话的系统提示</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>正在启动本地网络…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The network of this profile does not answer. See the status bar for the reason, or choose another profile there.</source>
        <translation>此配置的网络没有响应。原因见状态栏，也可在那里选择其他配置。</translation>
    </message>
    <message>
        <source>Nobody to talk to</source>
        <translation>没有可对话的对象</translation>
    </message>
    <message>
        <source>This network offers no capability that holds a conversation. Choose another profile in the status bar, or add such a capability (Ctrl+Shift+A).</source>
        <translation>此网络不提供可对话的能力。请在状态栏选择其他配置，或添加这样的能力（Ctrl+Shift+A）。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SignInBox</name>
    <message>
        <source>Si&amp;gn in…</source>
        <translation>登录(&amp;G)…</translation>
    </message>
    <message>
        <source>Signs you in at the clearinghouse with a browser; what comes of it is kept in the keychain</source>
        <translation>用浏览器登录清算所；结果保存在钥匙串中</translation>
    </message>
    <message>
        <source>Sign in at the clearinghouse</source>
        <translation>登录清算所</translation>
    </message>
    <message>
        <source>Nobody is signed in there yet.</source>
        <translation>尚未登录。</translation>
    </message>
    <message>
        <source>Signed in at %1. It is kept when the profile is saved.</source>
        <translation>已登录 %1。保存配置时会一并保存。</translation>
    </message>
    <message>
        <source>Signed in at %1; it is renewed by itself.</source>
        <translation>已登录 %1；会自动续期。</translation>
    </message>
    <message>
        <source>Signed in at %1; the clearinghouse does not renew it.</source>
        <translation>已登录 %1；清算所不会续期。</translation>
    </message>
    <message>
        <source>Si&amp;gn in again…</source>
        <translation>重新登录(&amp;G)…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SignInDialog</name>
    <message>
        <source>&amp;Open the page…</source>
        <translation>打开页面(&amp;O)…</translation>
    </message>
    <message>
        <source>Sign in at the clearinghouse</source>
        <translation>登录清算所</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open this page in a browser, on this machine or another one, and enter the code:</source>
        <translation>请在本机或其他设备的浏览器中打开此页面，并输入代码：</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>the code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Asking for a code…</source>
        <translation>正在请求代码…</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>代码 %1</translation>
    </message>
    <message>
        <source>Ask for a new code</source>
        <translation>请求新代码</translation>
    </message>
    <message>
        <source>Waiting until you have agreed there. The code holds for another %1.</source>
        <translation>正在等待您在那里确认。代码还有效 %1。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SoundPlayer</name>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Place in the sound</source>
        <translation>播放位置</translation>
    </message>
    <message>
        <source>Save the sound…</source>
        <translation>保存声音…</translation>
    </message>
    <message>
        <source>Reading the sound…</source>
        <translation>正在读取声音…</translation>
    </message>
    <message>
        <source>There is nothing here that sounds: connect loudspeakers, or save the sound.</source>
        <translation>此处没有可发声的设备：请连接扬声器，或保存声音。</translation>
    </message>
    <message>
        <source>The sound cannot be played: the sound device refused it.</source>
        <translation>无法播放声音：声音设备拒绝了它。</translation>
    </message>
    <message>
        <source>Pause the sound</source>
        <translation>暂停声音</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>播放声音</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>place in a sound, its length</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>超过 %1</translation>
    </message>
    <message>
        <source>Save the sound</source>
        <translation>保存声音</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StartProblem</name>
    <message>
        <source>Sluice cannot open its data</source>
        <translation>Sluice 无法打开其数据</translation>
    </message>
    <message>
        <source>History and settings cannot be opened</source>
        <translation>无法打开历史记录和设置</translation>
    </message>
    <message>
        <source>Nothing was changed. You can use another folder for this start, go on without history (what you do is then forgotten when you quit), or put the file in order and try again.</source>
        <translation>没有更改任何内容。您可以在本次启动中使用其他文件夹，不带历史记录继续（退出后您所做的一切都会被丢弃），或修复该文件后重试。</translation>
    </message>
    <message>
        <source>The file: %1</source>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Use another folder…</source>
        <translation>使用其他文件夹(&amp;U)…</translation>
    </message>
    <message>
        <source>Start &amp;without history</source>
        <translation>不带历史记录启动(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Show the file</source>
        <translation>显示文件(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>A folder for history and settings</source>
        <translation>存放历史记录和设置的文件夹</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StateView</name>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StatusDot</name>
    <message>
        <source>Status not known</source>
        <translation>状态未知</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StatusStrip</name>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Paid in the last minute</source>
        <translation>最近一分钟支付</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Network profile</source>
        <translation>网络配置</translation>
    </message>
    <message>
        <source>Choose or edit the network profile</source>
        <translation>选择或编辑网络配置</translation>
    </message>
    <message>
        <source>Balance of %1</source>
        <translation>%1 的余额</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>无配置</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities</source>
        <translation>
            <numerusform>已连接 · %n 个能力</numerusform>
        </translation>
    </message>
    <message>
        <source>the network does not answer; what is listed may be old</source>
        <translation>网络没有响应；列表可能已过时</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>0 wei</source>
        <translation>0 wei</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the network said, %1</source>
        <translation>据网络所述，%1</translation>
    </message>
    <message>
        <source>connected · lists nothing: name capabilities by hand</source>
        <translation>已连接 · 未列出任何能力：请手动命名</translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities, no list of its own</source>
        <translation>
            <numerusform>已连接 · %n 个能力，没有自己的列表</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::StepBubble</name>
    <message>
        <source>Told by the worker as the cost of this stream</source>
        <translation>工作器告知的此流费用</translation>
    </message>
    <message>
        <source>what this stream said</source>
        <translation>此流所说的内容</translation>
    </message>
    <message>
        <source>What the stream said</source>
        <translation>流所说的内容</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which stream of a template</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Stream %1 of %2: %3, %4</source>
        <comment>number, count, name, figures</comment>
        <translation>第 %1 个流（共 %2 个）：%3，%4</translation>
    </message>
    <message>
        <source>waiting for the first words</source>
        <translation>正在等待首批内容</translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation>首字用时 %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>~%1 tokens</source>
        <translation>~%1 token</translation>
    </message>
    <message>
        <source>cost %1</source>
        <translation>费用 %1</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>Asked: %1, by the provider %2</source>
        <translation>询问对象：%1，提供方 %2</translation>
    </message>
    <message>
        <source>First words after: %1</source>
        <translation>首批文字用时：%1</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>总计：%1</translation>
    </message>
    <message>
        <source>Tokens of the answer: %1, as the worker counted them</source>
        <translation>回答的 token 数：%1（工作器统计）</translation>
    </message>
    <message>
        <source>Tokens of the answer: not told; each piece of the stream is taken for one: %1</source>
        <translation>回答的 token 数：未告知；流中每一段按一个计：%1</translation>
    </message>
    <message>
        <source>Paid with tickets: %1</source>
        <translation>用票据支付：%1</translation>
    </message>
    <message>
        <source>Taken from the balance: %1</source>
        <translation>从余额扣除：%1</translation>
    </message>
    <message>
        <source>Run of the history: %1</source>
        <translation>历史中的运行：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TakenOutLine</name>
    <message>
        <source>Send with everything in it</source>
        <translation>连同全部信息一起发送</translation>
    </message>
    <message>
        <source>What the file tells beside the picture</source>
        <translation>文件在图像之外透露的信息</translation>
    </message>
    <message>
        <source>The file goes as it is, with position, names and whatever else stands in it</source>
        <translation>文件将按原样发送，包含其中的位置、姓名及其他所有信息</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TextEditor</name>
    <message>
        <source>Show or hide the secret</source>
        <translation>显示或隐藏机密内容</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketDetails</name>
    <message>
        <source>this ticket as JSON</source>
        <translation>此 Ticket 的 JSON</translation>
    </message>
    <message>
        <source>Face value</source>
        <translation>面值</translation>
    </message>
    <message>
        <source>Expected value</source>
        <translation>期望值</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>中奖几率</translation>
    </message>
    <message>
        <source>Win probability</source>
        <translation>中奖概率</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收方</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发送方</translation>
    </message>
    <message>
        <source>Rand hash</source>
        <translation>Rand 哈希</translation>
    </message>
    <message>
        <source>Ticket hash</source>
        <translation>Ticket 哈希</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>signature checked</source>
        <translation>签名已验证</translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation>签名未验证</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketModel</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>won</source>
        <translation>已中奖</translation>
    </message>
    <message>
        <source>not won</source>
        <translation>未中奖</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未验证</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Whether the ticket won, once the recipient has told</source>
        <translation>接收方告知后显示 Ticket 是否中奖</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Face value</source>
        <translation>面值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望值</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>中奖几率</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收方</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketsPanel</name>
    <message>
        <source>Tickets of this call</source>
        <translation>本次调用的 Ticket</translation>
    </message>
    <message>
        <source>No tickets</source>
        <translation>没有 Ticket</translation>
    </message>
    <message>
        <source>Run a paid capability: every ticket that pays for it appears here, decoded.</source>
        <translation>运行付费能力后，每张付款 Ticket 都会在此解码显示。</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>No new ticket</source>
        <translation>没有新 Ticket</translation>
    </message>
    <message>
        <source>%1 won</source>
        <translation>中奖 %1 张</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) not checked</source>
        <translation>
            <numerusform>%n 个签名未验证</numerusform>
        </translation>
    </message>
    <message>
        <source>all checked</source>
        <translation>均已验证</translation>
    </message>
    <message>
        <source>Credit left from before paid for this call.</source>
        <translation>此前剩余的额度支付了本次调用。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TimelineView</name>
    <message>
        <source>Timeline of the call</source>
        <translation>调用的时间线</translation>
    </message>
    <message>
        <source>Job token</source>
        <translation>作业 Token</translation>
    </message>
    <message>
        <source>Sign tickets</source>
        <translation>签署 Ticket</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>首个事件</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Discover</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>: since %1, still running</source>
        <translation>：自 %1 起，仍在进行</translation>
    </message>
    <message>
        <source>: at %1</source>
        <translation>：位于 %1</translation>
    </message>
    <message>
        <source>: %1 to %2, took %3</source>
        <translation>：%1 到 %2，耗时 %3</translation>
    </message>
    <message>
        <source>, failed</source>
        <translation>，失败</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source> · failed</source>
        <translation> · 失败</translation>
    </message>
    <message>
        <source>Start the job</source>
        <translation>启动任务</translation>
    </message>
    <message>
        <source>Open channels</source>
        <translation>打开通道</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>支付</translation>
    </message>
    <message>
        <source>Stop the job</source>
        <translation>停止任务</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>在 %1</translation>
    </message>
    <message>
        <source>Close channels</source>
        <translation>关闭通道</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>运行器</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ToolCallsView</name>
    <message>
        <source>Tool call</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>this call</source>
        <translation>此调用</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>（无名称）</translation>
    </message>
    <message>
        <source>Tool call %1</source>
        <translation>工具调用 %1</translation>
    </message>
    <message>
        <source>Arguments: %1</source>
        <translation>参数：%1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TurnFooter</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Paid for this answer</source>
        <translation>为此回答支付</translation>
    </message>
    <message>
        <source>this answer</source>
        <translation>此回答</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Waiting for the first words · %1</source>
        <translation>正在等待首批内容 · %1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>~%1 tokens</source>
        <translation>~%1 token</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 token/秒</translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation>首字用时 %1</translation>
    </message>
    <message>
        <source>Ask again: this answer stays as another version</source>
        <translation>重新提问：此回答将保留为另一版本</translation>
    </message>
    <message>
        <source>%1 in</source>
        <comment>tokens of the question</comment>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>(%1 thought)</source>
        <translation>（其中推理 %1）</translation>
    </message>
    <message>
        <source>cost %1</source>
        <translation>费用 %1</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>not kept in the history</source>
        <translation>历史中未保留</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Tokens of the question: %1</source>
        <translation>问题的 token 数：%1</translation>
    </message>
    <message>
        <source>Tokens of the answer: %1, as the server counted them</source>
        <translation>回答的 token 数：%1（服务器统计）</translation>
    </message>
    <message>
        <source>Tokens of the answer: not told; each piece of the stream is taken for one: %1</source>
        <translation>回答的 token 数：未告知；流中每一段按一个计：%1</translation>
    </message>
    <message>
        <source>Of these thought, not said: %1</source>
        <translation>其中用于推理、未说出的：%1</translation>
    </message>
    <message>
        <source>Tokens in all: %1</source>
        <translation>token 总数：%1</translation>
    </message>
    <message>
        <source>First words after: %1</source>
        <translation>首批文字用时：%1</translation>
    </message>
    <message>
        <source>Rate from the first words to the last: %1</source>
        <translation>从首批文字到末尾的速率：%1</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>总计：%1</translation>
    </message>
    <message>
        <source>Paid: %1</source>
        <translation>已支付：%1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Number %1 in the queue · %2</source>
        <comment>place, time waited</comment>
        <translation>队列中第 %1 位 · %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::UnionEditor</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>sluice::ui::VideoPlayer</name>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Picture of the video</source>
        <translation>视频画面</translation>
    </message>
    <message>
        <source>Opening the video…</source>
        <translation>正在打开视频…</translation>
    </message>
    <message>
        <source>%1 × %2 · %3 pictures/s</source>
        <translation>%1 × %2 · 每秒 %3 帧</translation>
    </message>
    <message>
        <source>%1 · its sound is not played here</source>
        <translation>%1 · 此处不播放其声音</translation>
    </message>
    <message>
        <source>The video cannot be played: %1</source>
        <translation>无法播放视频：%1</translation>
    </message>
    <message>
        <source>Play the video</source>
        <translation>播放视频</translation>
    </message>
    <message>
        <source>Pause the video</source>
        <translation>暂停视频</translation>
    </message>
    <message>
        <source>Play the video (Space)</source>
        <translation>播放视频（空格）</translation>
    </message>
    <message>
        <source>Pause the video (Space)</source>
        <translation>暂停视频（空格）</translation>
    </message>
</context>
<context>
    <name>sluice::ui::VideoView</name>
    <message>
        <source>Video, input and output</source>
        <translation>视频，输入与输出</translation>
    </message>
</context>
<context>
    <name>sluice::ui::WorkbenchPage</name>
    <message>
        <source>T&amp;imeout</source>
        <translation>超时(&amp;I)</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Timeout in seconds</source>
        <translation>超时时间（秒）</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run this call (Ctrl+Enter)</source>
        <translation>运行此调用（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the call (Esc)</source>
        <translation>停止调用（Esc）</translation>
    </message>
    <message>
        <source>This capability is free.</source>
        <translation>此能力免费。</translation>
    </message>
    <message>
        <source>The network does not say what this costs.</source>
        <translation>网络未说明费用。</translation>
    </message>
    <message>
        <source>There is no connection to the network of this profile.</source>
        <translation>未连接到此配置的网络。</translation>
    </message>
    <message>
        <source>See the status bar for the reason, or choose another profile there.</source>
        <translation>原因见状态栏，也可在那里选择其他配置。</translation>
    </message>
    <message>
        <source>The call is given up after this time</source>
        <translation>超过此时间将放弃调用</translation>
    </message>
    <message>
        <source>%1 per second. A call begins with %2 of credit (%3 s); what it leaves pays the next call within ten minutes.</source>
        <translation>每秒 %1。调用开始时预付 %2 额度（%3 秒）；剩余部分可支付十分钟内的下一次调用。</translation>
    </message>
    <message>
        <source>Accept %1 per second and run again</source>
        <translation>接受每秒 %1 并重新运行</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>正在启动本地网络…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>How the call is made</source>
        <translation>调用方式</translation>
    </message>
    <message>
        <source>run: the whole answer at once. stream: the answer as it comes. (Ctrl+Shift+M switches)</source>
        <translation>run：一次返回完整答案。stream：边生成边返回。（Ctrl+Shift+M 切换）</translation>
    </message>
    <message>
        <source>%1 per second.</source>
        <translation>每秒 %1。</translation>
    </message>
    <message>
        <source>%1 for a session, however long.</source>
        <translation>每个会话 %1，不论多久。</translation>
    </message>
    <message>
        <source>%1 for each call, whatever it gives.</source>
        <translation>每次调用 %1，不论结果如何。</translation>
    </message>
    <message>
        <source>%1 per second while it lasts; %2 are paid ahead and not given back.</source>
        <translation>持续期间每秒 %1；预付 %2，不予退还。</translation>
    </message>
    <message>
        <source>Accept %1 for a call and run again</source>
        <translation>接受每次调用 %1 并再次运行</translation>
    </message>
</context>
<context>
    <name>sluice::ui::account_amount</name>
    <message>
        <source>Write an amount.</source>
        <translation>请输入金额。</translation>
    </message>
    <message>
        <source>Write a point before the decimals, and nothing between thousands: 0.5</source>
        <translation>小数前用点，千位之间不加分隔：0.5</translation>
    </message>
    <message>
        <source>“%1” is no amount: digits are, with one point before the decimals.</source>
        <translation>“%1”不是金额：应为数字，小数前用一个点。</translation>
    </message>
    <message>
        <source>There is no part of one %1.</source>
        <translation>一个 %1 不可再分。</translation>
    </message>
    <message>
        <source>One %1 has %2 decimals at most.</source>
        <translation>一个 %1 最多 %2 位小数。</translation>
    </message>
    <message>
        <source>Write an amount above 0.</source>
        <translation>请输入大于 0 的金额。</translation>
    </message>
</context>
<context>
    <name>sluice::ui::account_rows</name>
    <message>
        <source>Not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Recovered here from what was signed: it is this user&apos;s.
%1</source>
        <translation>已在此由签名内容恢复：确属该用户。
%1</translation>
    </message>
    <message>
        <source>does not check</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>failed, free</source>
        <translation>失败，免费</translation>
    </message>
    <message>
        <source>end not seen</source>
        <translation>未见结束</translation>
    </message>
    <message>
        <source>as the provider counted</source>
        <translation>按提供方计数</translation>
    </message>
    <message>
        <source>served, not settled</source>
        <translation>已服务，未结算</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已结算</translation>
    </message>
    <message>
        <source>refused by the ledger</source>
        <translation>被账本拒绝</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未告知</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>%1 per byte</source>
        <translation>每字节 %1</translation>
    </message>
    <message>
        <source>%1 per word</source>
        <translation>每词 %1</translation>
    </message>
    <message>
        <source>Providers and accounts</source>
        <translation>提供方与账户</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供方</translation>
    </message>
    <message>
        <source>Sells</source>
        <translation>出售</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Exactly</source>
        <translation>精确值</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>已要求退回</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>未结算</translation>
    </message>
    <message>
        <source>no account</source>
        <translation>无账户</translation>
    </message>
    <message>
        <source>Calls of its services need an account: deposit something.</source>
        <translation>调用其服务需要账户：请先存入。</translation>
    </message>
    <message>
        <source>Stands before</source>
        <translation>后端地址</translation>
    </message>
    <message>
        <source>Provider&apos;s agent</source>
        <translation>提供方的代理</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>My services</source>
        <translation>我的服务</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>服务与价格</translation>
    </message>
    <message>
        <source>Money that was asked back</source>
        <translation>已要求退回的钱</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>请求时间</translation>
    </message>
    <message>
        <source>Can be paid</source>
        <translation>可支付</translation>
    </message>
    <message>
        <source>This agent does not tell how long its ledger keeps money that was asked back.</source>
        <translation>此代理未告知其账本保留退款的时长。</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>It is paid when the agent looks next, or at once: Pay out what is due.</source>
        <translation>代理下次检查时支付，或立即：“支付到期款项”。</translation>
    </message>
    <message>
        <source>A settlement has used it up.</source>
        <translation>已被结算用尽。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>结算</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Answer before</source>
        <translation>上一答复</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>The provider takes it from the account when it settles.</source>
        <translation>提供方结算时从账户扣除。</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>A call that fails costs nothing.</source>
        <translation>失败的调用不收费。</translation>
    </message>
    <message>
        <source>The ledger has settled the calls of this account up to nonce %1.</source>
        <translation>账本已结算此账户直至 nonce %1 的调用。</translation>
    </message>
    <message>
        <source>Who has an account here</source>
        <translation>在此开户的用户</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Can pay</source>
        <translation>可支付</translation>
    </message>
    <message>
        <source>Last nonce</source>
        <translation>最后的 nonce</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>查看时间</translation>
    </message>
    <message>
        <source>More than this user can pay.</source>
        <translation>超过该用户的支付能力。</translation>
    </message>
    <message>
        <source>Who called</source>
        <translation>调用者</translation>
    </message>
    <message>
        <source>Settlements</source>
        <translation>结算记录</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>应要求</translation>
    </message>
    <message>
        <source>somebody could have become unable to pay</source>
        <translation>有人可能无力支付</translation>
    </message>
    <message>
        <source>it was time</source>
        <translation>到期自动</translation>
    </message>
    <message>
        <source>the agent started</source>
        <translation>代理启动</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Services of the network of today</source>
        <translation>当今网络的服务</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Price in</source>
        <translation>输入价格</translation>
    </message>
    <message>
        <source>Price out</source>
        <translation>输出价格</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已认可</translation>
    </message>
    <message>
        <source>Answers checked by</source>
        <translation>答复验证方式</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The provider offers no way to check its answers.</source>
        <translation>提供方没有提供验证答复的方法。</translation>
    </message>
    <message>
        <source>Money at providers of the network of today</source>
        <translation>当今网络提供方处的资金</translation>
    </message>
    <message>
        <source>On its way back</source>
        <translation>退回途中</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>由您</translation>
    </message>
    <message>
        <source>not by you</source>
        <translation>非由您</translation>
    </message>
</context>
<context>
    <name>sluice::ui::exact</name>
    <message>
        <source>&lt; 1 wei</source>
        <translation>&lt; 1 wei</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>over 10 years</source>
        <translation>超过 10 年</translation>
    </message>
    <message numerus="yes">
        <source>%1 day(s)</source>
        <translation>
            <numerusform>%1 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Backend</name>
    <message>
        <source>User agent</source>
        <translation>用户代理</translation>
    </message>
    <message>
        <source>Of 0G serving, on this machine: it holds the key that signs and pays. “sluicectl zerog user” is one.</source>
        <translation>本机上的 0G Serving 用户代理：它持有签名和付款的密钥。“sluicectl zerog user” 就是一个。</translation>
    </message>
    <message>
        <source>0G serving</source>
        <translation>0G Serving</translation>
    </message>
    <message>
        <source>Whoever reaches a user agent spends its money: %1 is not on this network, and nothing would protect the way there.</source>
        <translation>能访问用户代理的人就能花它的钱：%1 不在本网络中，途中也没有任何保护。</translation>
    </message>
    <message>
        <source>Your provider agent</source>
        <translation>您的提供方代理</translation>
    </message>
    <message>
        <source>Only if you sell services yourself: what is sold, who called and what is unsettled is shown then, and can be settled. “sluicectl zerog provider” is one.</source>
        <translation>仅当您自己出售服务时：会显示所售服务、调用者和未结算金额，并可结算。“sluicectl zerog provider”即是。</translation>
    </message>
    <message>
        <source>The agent&apos;s address is no address for HTTP.</source>
        <translation>代理的地址不是 HTTP 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. %1</source>
        <translation>请完整填写，例如 %1</translation>
    </message>
    <message>
        <source>Run the agent on this machine.</source>
        <translation>请在本机运行代理。</translation>
    </message>
    <message>
        <source>Whoever reaches all of a provider agent has its services in hand: %1 is not on this network, and nothing would protect the way there.</source>
        <translation>能完全访问提供方代理者即可控制其服务：%1 不在本网络中，且通往那里的路径没有保护。</translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Network</name>
    <message>
        <source>The user agent does not tell whose money it spends.</source>
        <translation>用户代理没有说明它花的是谁的钱。</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>链</translation>
    </message>
    <message>
        <source>JSON-RPC address of a node of 0G&apos;s chain. With it the network of today is shown: services, prices and your money there. Nothing is spent on it.</source>
        <translation>0G 链某个节点的 JSON-RPC 地址。有了它就会显示当今的网络：服务、价格以及您在那里的钱。不会在上面花费任何东西。</translation>
    </message>
    <message>
        <source>Ledger contract</source>
        <translation>账本合约</translation>
    </message>
    <message>
        <source>Address of LedgerManager on that chain; not needed on 0G&apos;s mainnet (16661) and testnet (16602).</source>
        <translation>该链上 LedgerManager 的地址；在 0G 的主网（16661）和测试网（16602）上不需要。</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>Address whose money is shown; the user agent&apos;s when empty.</source>
        <translation>显示其资金的地址；留空则为用户代理的地址。</translation>
    </message>
    <message>
        <source>“%1” is no address of a chain.</source>
        <translation>“%1”不是链上的地址。</translation>
    </message>
    <message>
        <source>Write 0x and 40 hex digits.</source>
        <translation>请写 0x 和 40 个十六进制数字。</translation>
    </message>
    <message>
        <source>The chain&apos;s address is no address for HTTP.</source>
        <translation>链的地址不是 HTTP 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. https://evmrpc.0g.ai</source>
        <translation>请写完整，例如 https://evmrpc.0g.ai</translation>
    </message>
    <message>
        <source>Nothing protects the way to %1: what is shown could be changed on it.</source>
        <translation>通往 %1 的路径没有保护：显示的内容可能在途中被篡改。</translation>
    </message>
    <message>
        <source>Use the node&apos;s https address.</source>
        <translation>请使用该节点的 https 地址。</translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Service</name>
    <message>
        <source>%1 by %2: %3 neuron per byte sent, %4 neuron per byte received</source>
        <translation>%2 的 %1：每发送一字节 %3 neuron，每接收一字节 %4 neuron</translation>
    </message>
    <message>
        <source>%1 by %2: %3 neuron per word sent, %4 neuron per word received</source>
        <translation>%2 的 %1：每发送一词 %3 neuron，每接收一词 %4 neuron</translation>
    </message>
</context>
<context>
    <name>sluicectl</name>
    <message>
        <source>%1 is larger than %2 MiB.</source>
        <translation>%1 大于 %2 MiB。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>--%1 is not JSON: %2</source>
        <translation>--%1 不是 JSON：%2</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --%1 &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;, or use --%1 @file.json.</source>
        <translation>请为 shell 加上引号，例如 --%1 &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;，或使用 --%1 @file.json。</translation>
    </message>
    <message>
        <source>--file &quot;%1&quot; does not read FIELD=PATH.</source>
        <translation>--file “%1”不符合 FIELD=PATH 的形式。</translation>
    </message>
    <message>
        <source>--file needs an object as --input, to put the file into.</source>
        <translation>--file 需要 --input 为对象，以便放入文件。</translation>
    </message>
    <message>
        <source>--%1 -: standard input cannot be read.</source>
        <translation>--%1 -：无法读取标准输入。</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>The input: JSON, @FILE, or - for standard input.</source>
        <translation>输入：JSON、@FILE，或用 - 表示标准输入。</translation>
    </message>
    <message>
        <source>Path below the worker&apos;s address; default: the capability&apos;s own.</source>
        <translation>worker 地址之下的路径；默认为能力自身的路径。</translation>
    </message>
    <message>
        <source>Model, where the capability has several.</source>
        <translation>模型（能力有多个模型时）。</translation>
    </message>
    <message>
        <source>The job&apos;s `parameters`, a JSON object.</source>
        <translation>作业的 `parameters`，一个 JSON 对象。</translation>
    </message>
    <message>
        <source>Seconds the call may take; default 60. At least 60 are paid for in advance.</source>
        <translation>调用允许的秒数；默认 60。至少预付 60 秒。</translation>
    </message>
    <message>
        <source>There is no input for %1.</source>
        <translation>%1 没有输入。</translation>
    </message>
    <message>
        <source>Give one with --input; `sluicectl describe %1` shows what it wants.</source>
        <translation>请用 --input 提供；`sluicectl describe %1` 显示所需的输入。</translation>
    </message>
    <message>
        <source>--parameters is not a JSON object.</source>
        <translation>--parameters 不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Shows what is left of what you paid, per orchestrator and capability. Pays nothing.
Orchestrators forget a balance that nothing was added to or taken from for 10 to 20 minutes.</source>
        <translation>按 Orchestrator 和能力显示已付款项的剩余额。不产生付款。
若 10 到 20 分钟内没有增减，Orchestrator 会丢弃该余额。</translation>
    </message>
    <message>
        <source>For every capability of the current profile&apos;s network.</source>
        <translation>当前配置的网络中的每个能力。</translation>
    </message>
    <message>
        <source>For one, for scripts.</source>
        <translation>单个能力，供脚本使用。</translation>
    </message>
    <message>
        <source>CAPABILITY|BALANCE|ORCHESTRATOR</source>
        <translation>能力|余额|ORCHESTRATOR</translation>
    </message>
    <message>
        <source>Sender: %1
</source>
        <translation>发送方：%1
</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Of the current profile&apos;s network.</source>
        <translation>当前配置的网络。</translation>
    </message>
    <message>
        <source>Of one orchestrator, with schemas and examples.</source>
        <translation>某个 Orchestrator 的，附模式和示例。</translation>
    </message>
    <message>
        <source>NAME|VERB|PRICE|FREE|WHAT IT DOES</source>
        <translation>名称|调用方式|价格|空闲|说明</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>
Price: %1 per %2, at least %3 of them in advance.
</source>
        <translation>
价格：%1 / %2，至少预付 %3 个单位。
</translation>
    </message>
    <message>
        <source>
Price: %1 per %2.
</source>
        <translation>
价格：%1 / %2。
</translation>
    </message>
    <message>
        <source>
Input (the whole schema with --json):
</source>
        <translation>
输入（完整模式请用 --json）：
</translation>
    </message>
    <message>
        <source>
Examples:
</source>
        <translation>
示例：
</translation>
    </message>
    <message>
        <source>For people.</source>
        <translation>供人阅读。</translation>
    </message>
    <message>
        <source>With the JSON Schemas of input and output.</source>
        <translation>附输入和输出的 JSON Schema。</translation>
    </message>
    <message>
        <source>There is no run &quot;%1&quot;.</source>
        <translation>没有运行记录“%1”。</translation>
    </message>
    <message>
        <source>%1 runs begin with &quot;%2&quot;.</source>
        <translation>有 %1 条运行记录以“%2”开头。</translation>
    </message>
    <message>
        <source>`sluicectl history` lists them.</source>
        <translation>`sluicectl history` 可列出它们。</translation>
    </message>
    <message>
        <source>ID|WHEN|CAPABILITY|VERB|STATE|PAID|WHAT</source>
        <translation>ID|时间|能力|调用方式|状态|已付|内容</translation>
    </message>
    <message>
        <source>%1 of %2 runs.</source>
        <translation>共 %2 条运行记录，显示 %1 条。</translation>
    </message>
    <message>
        <source>Earlier calls, of this program and of the window. An ID may be shortened to its beginning.</source>
        <translation>本程序和窗口程序以前的调用。ID 可只写开头部分。</translation>
    </message>
    <message>
        <source>list: how many at most; default 20.</source>
        <translation>list：最多多少条；默认 20。</translation>
    </message>
    <message>
        <source>list, export: only runs that hold every one of these words.</source>
        <translation>list、export：仅包含所有这些词的运行记录。</translation>
    </message>
    <message>
        <source>The last twenty runs of docs-chat.</source>
        <translation>docs-chat 最近二十条运行记录。</translation>
    </message>
    <message>
        <source>Everything, one JSON object per line, oldest first.</source>
        <translation>全部记录，每行一个 JSON 对象，最旧的在前。</translation>
    </message>
    <message>
        <source>The same call once more; it is paid for once more.</source>
        <translation>再次执行同一调用；会再次付费。</translation>
    </message>
    <message>
        <source>%1 needs the ID of a run.</source>
        <translation>%1 需要运行记录的 ID。</translation>
    </message>
    <message>
        <source>%1 takes no ID.</source>
        <translation>%1 不接受 ID。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of list, show, export, replay.</source>
        <translation>“%1”不是 list、show、export、replay 之一。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Write JSON to standard output: one document, or one line per event.</source>
        <translation>向标准输出写 JSON：一个文档，或每个事件一行。</translation>
    </message>
    <message>
        <source>Usage: sluicectl %1 %2</source>
        <translation>用法：sluicectl %1 %2</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>选项：</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>示例：</translation>
    </message>
    <message>
        <source>there is no option --%1.</source>
        <translation>没有选项 --%1。</translation>
    </message>
    <message>
        <source> Did you mean %1%2?</source>
        <translation>您是不是指 %1%2？</translation>
    </message>
    <message>
        <source>something is missing; it wants: %1 %2</source>
        <translation>缺少内容；应为：%1 %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one argument too many.</source>
        <translation>“%1”是多余的参数。</translation>
    </message>
    <message>
        <source>--%1 is &quot;%2&quot;; a whole number from %3 to %4 is wanted.</source>
        <translation>--%1 为“%2”；应为 %3 到 %4 的整数。</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source> |NAME|KIND|WHERE</source>
        <translation> |名称|类型|位置</translation>
    </message>
    <message>
        <source>There is no keychain here, so the key was not kept: set SLUICE_SENDER_KEY, or give --key with each call.</source>
        <translation>此处没有密钥环，因此未保存密钥：请设置 SLUICE_SENDER_KEY，或每次调用时提供 --key。</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;.</source>
        <translation>没有配置“%1”。</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>现有：%1。</translation>
    </message>
    <message>
        <source>add: call this orchestrator; may be repeated.</source>
        <translation>add：调用此 Orchestrator；可重复。</translation>
    </message>
    <message>
        <source>add: find orchestrators here.</source>
        <translation>add：在此处查找 Orchestrator。</translation>
    </message>
    <message>
        <source>add: call through this BYOC gateway, which signs and pays.</source>
        <translation>add：通过此 BYOC Gateway 调用，由它签名并付款。</translation>
    </message>
    <message>
        <source>add: file with the key that signs and pays; goes to the keychain.</source>
        <translation>add：含签名和付款密钥的文件；存入密钥环。</translation>
    </message>
    <message>
        <source>add: spend limit of one call.</source>
        <translation>add：单次调用的花费上限。</translation>
    </message>
    <message>
        <source>add: spend limit of one session.</source>
        <translation>add：单次会话的花费上限。</translation>
    </message>
    <message>
        <source>add: spend limit of one day, UTC.</source>
        <translation>add：每日（UTC）的花费上限。</translation>
    </message>
    <message>
        <source>An orchestrator, a key and a limit.</source>
        <translation>一个 Orchestrator、一个密钥和一个上限。</translation>
    </message>
    <message>
        <source>What run and stream use from now on, and the window.</source>
        <translation>run、stream 和窗口程序从此使用的配置。</translation>
    </message>
    <message>
        <source>%1 needs the name of a profile.</source>
        <translation>%1 需要配置的名称。</translation>
    </message>
    <message>
        <source>list takes no name.</source>
        <translation>list 不接受名称。</translation>
    </message>
    <message>
        <source>Calls a capability once, pays for it, and prints its answer. What it cost goes to standard error.</source>
        <translation>调用一次能力、付款并输出其响应。费用写到标准错误。</translation>
    </message>
    <message>
        <source>On the current profile; a fresh machine starts its own sandbox for the call.</source>
        <translation>使用当前配置；全新的机器会为此调用启动自己的沙盒。</translation>
    </message>
    <message>
        <source>A file in, a file out.</source>
        <translation>输入一个文件，输出一个文件。</translation>
    </message>
    <message>
        <source>For scripts: one JSON document with the answer, the tickets and the timeline.</source>
        <translation>供脚本使用：一个包含响应、Ticket 和时间线的 JSON 文档。</translation>
    </message>
    <message>
        <source>Against an orchestrator of your choice, with a limit on what it may cost.</source>
        <translation>针对自选的 Orchestrator，并限制费用。</translation>
    </message>
    <message>
        <source>File with everything it remembers: balances, nonces, keys, certificate.
Default: %1</source>
        <translation>保存全部状态的文件：余额、Nonce、密钥、证书。
默认：%1</translation>
    </message>
    <message>
        <source>Give this sender a deposit and a reserve, so that its tickets are taken; may be repeated.</source>
        <translation>给此发送方存款和储备金，使其 Ticket 被接受；可重复。</translation>
    </message>
    <message>
        <source>Defects of other orchestrators to show, for testing clients:
%1</source>
        <translation>模拟其他 Orchestrator 的缺陷，用于测试客户端：
%1</translation>
    </message>
    <message>
        <source>Milliseconds between blocks of its chain; default 12000. Tickets expire after 40 blocks.</source>
        <translation>其链的出块间隔毫秒数；默认 12000。Ticket 在 40 个区块后过期。</translation>
    </message>
    <message>
        <source>While it runs, FILE.lock keeps a second one off the file and FILE.ready.json holds the ready line, so that other
programs find it. The keys in it are worth nothing anywhere else.</source>
        <translation>运行期间，FILE.lock 防止第二个实例使用该文件，FILE.ready.json 保存就绪行，供其他程序查找。
其中的密钥在别处毫无价值。</translation>
    </message>
    <message>
        <source>What the window and the sandbox profile start by themselves.</source>
        <translation>窗口程序和沙盒配置会自行启动的内容。</translation>
    </message>
    <message>
        <source>On a fixed port, for a client with a key of its own.</source>
        <translation>使用固定端口，供自带密钥的客户端使用。</translation>
    </message>
    <message>
        <source>A second one, free of charge, that never ends its streams.</source>
        <translation>第二个实例，免费，且永不结束数据流。</translation>
    </message>
    <message>
        <source>Prints the address and the headers of a call, signed and paid, for a tool that makes the HTTP request itself.
The body to send is the input. The tickets count as spent, whether the request is made or not.</source>
        <translation>输出一次调用的地址和标头，已签名并付款，供自行发出 HTTP 请求的工具使用。
要发送的正文即输入。无论是否发出请求，Ticket 都视为已花费。</translation>
    </message>
    <message>
        <source>The capability to call.</source>
        <translation>要调用的能力。</translation>
    </message>
    <message>
        <source>Sign for a stream: its default path instead of run&apos;s.</source>
        <translation>为数据流签名：使用其默认路径而非 run 的路径。</translation>
    </message>
    <message>
        <source>{&quot;url&quot;: …, &quot;headers&quot;: {&quot;Livepeer&quot;: …, &quot;Livepeer-Payment&quot;: …}}, with the key of SLUICE_SENDER_KEY.</source>
        <translation>{&quot;url&quot;: …, &quot;headers&quot;: {&quot;Livepeer&quot;: …, &quot;Livepeer-Payment&quot;: …}}，使用 SLUICE_SENDER_KEY 的密钥。</translation>
    </message>
    <message>
        <source>--capability is missing.</source>
        <translation>缺少 --capability。</translation>
    </message>
    <message>
        <source>Prints a call as code that runs as it stands. Secrets are never in it: it reads them from the environment.</source>
        <translation>将调用输出为可直接运行的代码。其中绝不含机密内容：代码从环境变量读取。</translation>
    </message>
    <message>
        <source>One of: %1.</source>
        <translation>可选：%1。</translation>
    </message>
    <message>
        <source>How to run it stands in its first lines.</source>
        <translation>运行方法写在开头几行。</translation>
    </message>
    <message>
        <source>There is no language &quot;%1&quot;.</source>
        <translation>没有语言“%1”。</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>您是不是指“%1”？</translation>
    </message>
    <message>
        <source>--language is missing; there are: %1.</source>
        <translation>缺少 --language；现有：%1。</translation>
    </message>
    <message>
        <source>Save it as %1 and run: %2</source>
        <translation>保存为 %1 并运行：%2</translation>
    </message>
    <message>
        <source>Calls a capability and prints its answer as it comes. What it cost goes to standard error.</source>
        <translation>调用能力并实时输出其响应。费用写到标准错误。</translation>
    </message>
    <message>
        <source>Print each event&apos;s data on a line of its own, also where text could be shown.</source>
        <translation>每个事件的数据各占一行，即使可显示为文本。</translation>
    </message>
    <message>
        <source>Chat answers in OpenAI&apos;s form are shown as text.</source>
        <translation>OpenAI 格式的聊天回答显示为文本。</translation>
    </message>
    <message>
        <source>One JSON object per line: opened, event, balance, end or error.</source>
        <translation>每行一个 JSON 对象：opened、event、balance、end 或 error。</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>won</source>
        <translation>中奖</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>未中</translation>
    </message>
    <message>
        <source>Lists the tickets that were signed here, newest first, and what became of them. A ticket is a lottery ticket:
its expected value pays, its face value is taken from your deposit only when it wins.</source>
        <translation>列出在此签署的 Ticket（最新的在前）及其结果。Ticket 是一张彩票：
其期望值用于付款，只有中奖时才从您的存款中扣除面值。</translation>
    </message>
    <message>
        <source>How many at most; default 20.</source>
        <translation>最多多少条；默认 20。</translation>
    </message>
    <message>
        <source>Ask the network first which of them won.</source>
        <translation>先向网络查询哪些已中奖。</translation>
    </message>
    <message>
        <source>The last twenty, and whether they won.</source>
        <translation>最近二十张及其是否中奖。</translation>
    </message>
    <message>
        <source>All that is known of each.</source>
        <translation>每张的全部已知信息。</translation>
    </message>
    <message>
        <source>WHEN|CAPABILITY|NONCE|WORTH|FACE VALUE|STATE|RESULT</source>
        <translation>时间|能力|NONCE|价值|面值|状态|结果</translation>
    </message>
    <message>
        <source>%1 sent in all, %2 known to have won.</source>
        <translation>共发送 %1 张，已知 %2 张中奖。</translation>
    </message>
    <message>
        <source>Usage: sluicectl COMMAND [options]

Runs capabilities of the Livepeer AI network, pays for them and shows what they cost. Without a profile
of your own it starts a sandbox network on this machine for the call.

Commands:
</source>
        <translation>用法：sluicectl COMMAND [选项]

运行 Livepeer AI 网络的能力、为其付款并显示费用。没有自己的配置时，
会为调用在本机启动一个沙盒网络。

命令：
</translation>
    </message>
    <message>
        <source>call a capability and print its answer</source>
        <translation>调用能力并输出其响应</translation>
    </message>
    <message>
        <source>call a capability and print its answer as it comes</source>
        <translation>调用能力并实时输出其响应</translation>
    </message>
    <message>
        <source>list what the network offers, with prices</source>
        <translation>列出网络提供的能力及价格</translation>
    </message>
    <message>
        <source>show one capability: input, output, examples</source>
        <translation>显示一个能力：输入、输出、示例</translation>
    </message>
    <message>
        <source>show your credit at the orchestrators</source>
        <translation>显示在各 Orchestrator 处的余额</translation>
    </message>
    <message>
        <source>list the tickets that were sent and what became of them</source>
        <translation>列出已发送的 Ticket 及其结果</translation>
    </message>
    <message>
        <source>list, show, export and replay earlier calls</source>
        <translation>列出、显示、导出和重放以前的调用</translation>
    </message>
    <message>
        <source>print a call as code</source>
        <translation>将调用输出为代码</translation>
    </message>
    <message>
        <source>print the signed and paid HTTP request of a call</source>
        <translation>输出一次调用的已签名、已付款的 HTTP 请求</translation>
    </message>
    <message>
        <source>list, choose, add and remove networks</source>
        <translation>列出、选择、添加和移除网络</translation>
    </message>
    <message>
        <source>run the local network until stopped</source>
        <translation>运行本地网络直到停止</translation>
    </message>
    <message>
        <source> Did you mean &quot;%1&quot;?</source>
        <translation>您是不是指“%1”？</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is not an http or https URL.</source>
        <translation>--%1 “%2”不是 http 或 https URL。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. https://127.0.0.1:8935.</source>
        <translation>请写完整，例如 https://127.0.0.1:8935。</translation>
    </message>
    <message>
        <source>The key file %1 cannot be read: %2.</source>
        <translation>无法读取密钥文件 %1：%2。</translation>
    </message>
    <message>
        <source>It must hold 64 hex digits, with or without 0x.</source>
        <translation>文件须包含 64 位十六进制数字，可带或不带 0x。</translation>
    </message>
    <message>
        <source>The key file %1 holds %2 digits.</source>
        <translation>密钥文件 %1 包含 %2 位数字。</translation>
    </message>
    <message>
        <source>The network offers no capability &quot;%1&quot;.</source>
        <translation>网络不提供能力“%1”。</translation>
    </message>
    <message>
        <source>Cancelled before an answer came.</source>
        <translation>在收到响应之前已取消。</translation>
    </message>
    <message>
        <source>Nothing was spent.</source>
        <translation>没有花费。</translation>
    </message>
    <message>
        <source>%1 in tickets had been sent; what was not used up stays as your balance there.</source>
        <translation>已发送价值 %1 的 Ticket；未用完的部分作为余额保留在那里。</translation>
    </message>
    <message>
        <source>Network to use instead of the current profile; &quot;sandbox&quot; is always there.</source>
        <translation>代替当前配置使用的网络；“sandbox”始终存在。</translation>
    </message>
    <message>
        <source>Use this orchestrator, with the key of --key or SLUICE_SENDER_KEY.
May be repeated: tried in this order.</source>
        <translation>使用此 Orchestrator，密钥取自 --key 或 SLUICE_SENDER_KEY。
可重复：按此顺序尝试。</translation>
    </message>
    <message>
        <source>Call through this BYOC gateway, which signs and pays.</source>
        <translation>通过此 BYOC Gateway 调用，由它签名并付款。</translation>
    </message>
    <message>
        <source>File with the key that signs and pays: 64 hex digits.</source>
        <translation>含签名和付款密钥的文件：64 位十六进制数字。</translation>
    </message>
    <message>
        <source>State file of the sandbox, for the sandbox profile.</source>
        <translation>沙盒的状态文件，用于沙盒配置。</translation>
    </message>
    <message>
        <source>`sluicectl profile list` shows them.</source>
        <translation>`sluicectl profile list` 可显示它们。</translation>
    </message>
    <message>
        <source>First contact with %1: its key %2 is trusted from now on.</source>
        <translation>首次连接 %1：从现在起信任其密钥 %2。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>The answer is %1 bytes of %2, not shown on a terminal; use --out FILE.</source>
        <translation>响应为 %1 字节的 %2，不在终端显示；请使用 --out FILE。</translation>
    </message>
    <message>
        <source>%1 %2 from %3: %4.</source>
        <translation>%1 %2，来自 %3：%4。</translation>
    </message>
    <message>
        <source>%1 events: %2.</source>
        <translation>%1 个事件：%2。</translation>
    </message>
    <message>
        <source>The stream failed without saying why.</source>
        <translation>数据流失败，未说明原因。</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Tickets had left before it failed: the payment may be spent.</source>
        <translation>失败之前 Ticket 已发出：款项可能已花费。</translation>
    </message>
    <message>
        <source>no ticket sent</source>
        <translation>未发送 Ticket</translation>
    </message>
    <message>
        <source>paid %1 with 1 ticket</source>
        <translation>用 1 张 Ticket 支付 %1</translation>
    </message>
    <message>
        <source>paid %1 with %2 tickets</source>
        <translation>用 %2 张 Ticket 支付 %1</translation>
    </message>
    <message>
        <source>charged %1</source>
        <translation>计费 %1</translation>
    </message>
    <message>
        <source>balance %1</source>
        <translation>余额 %1</translation>
    </message>
    <message>
        <source>Opens a live job: sends video (or lines) to a capability as it is made and takes what comes back, until Ctrl-C.
Pays ahead while it runs. Data records go to standard output, everything else to standard error.</source>
        <translation>打开一个实时任务:把视频(或文本行)在产生的同时发送给某项能力,并接收返回的内容,直到按 Ctrl-C。
运行期间预先付款。数据记录写到标准输出,其余写到标准错误。</translation>
    </message>
    <message>
        <source>End after this time; a file is repeated until then.</source>
        <translation>在此时间后结束;文件会重复播放到那时。</translation>
    </message>
    <message>
        <source>Write what comes back to this file: MPEG-TS, or bytes as they are.</source>
        <translation>把返回的内容写入此文件:MPEG-TS,或原样的字节。</translation>
    </message>
    <message>
        <source>One parameter of the job, e.g. filter=edges; a JSON value where it is one.
May be repeated.</source>
        <translation>任务的一个参数,例如 filter=edges;可以是 JSON 值。
可重复使用。</translation>
    </message>
    <message>
        <source>All parameters as a JSON object, @FILE, or -.</source>
        <translation>以 JSON 对象、@文件 或 - 给出全部参数。</translation>
    </message>
    <message>
        <source>Picture size of camera and pattern; default 640x480.</source>
        <translation>摄像头和测试图案的画面尺寸;默认 640x480。</translation>
    </message>
    <message>
        <source>Kilobits per second; default: constant quality.</source>
        <translation>每秒千比特数;默认:恒定质量。</translation>
    </message>
    <message>
        <source>Milliseconds of video in one segment; default 1000.</source>
        <translation>每个分段的视频毫秒数;默认 1000。</translation>
    </message>
    <message>
        <source>Treat it as no video, whatever the network&apos;s listing says.</source>
        <translation>无论网络如何标示,都按非视频处理。</translation>
    </message>
    <message>
        <source>The job&apos;s own `parameters`, a JSON object.</source>
        <translation>任务自身的 `parameters`,一个 JSON 对象。</translation>
    </message>
    <message>
        <source>Seconds that the worker may take to accept the job; default 60.</source>
        <translation>worker 接受任务可用的秒数;默认 60。</translation>
    </message>
    <message>
        <source>With --json the last line holds the measurements: latency_ms {p50, p95}, first_frame_ms, frames_in (captured), frames_out
(came back), dropped, paid_wei. Lines before it: ready, event, data, output, warning.</source>
        <translation>使用 --json 时,最后一行是测量结果:latency_ms {p50, p95}、first_frame_ms、frames_in(采集)、frames_out
(返回)、dropped、paid_wei。之前的行:ready、event、data、output、warning。</translation>
    </message>
    <message>
        <source>How fast is the network?</source>
        <translation>网络有多快?</translation>
    </message>
    <message>
        <source>Your camera, drawn; ends with Ctrl-C.</source>
        <translation>你的摄像头画面,描边处理;按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>Lines in, records out.</source>
        <translation>输入文本行,输出记录。</translation>
    </message>
    <message>
        <source>--input is not a JSON object.</source>
        <translation>--input 不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --input &apos;{&quot;filter&quot;:&quot;edges&quot;}&apos;.</source>
        <translation>请为 shell 加引号,例如 --input &apos;{&quot;filter&quot;:&quot;edges&quot;}&apos;。</translation>
    </message>
    <message>
        <source>--set &quot;%1&quot; does not read KEY=VALUE.</source>
        <translation>--set &quot;%1&quot; 不是 名称=值 的形式。</translation>
    </message>
    <message>
        <source>--size &quot;%1&quot; does not read WIDTHxHEIGHT, e.g. 1280x720.</source>
        <translation>--size &quot;%1&quot; 不是 宽x高 的形式,例如 1280x720。</translation>
    </message>
    <message>
        <source>%1 takes video; say where it comes from with --source camera, --source pattern or --source FILE.</source>
        <translation>%1 接收视频;请用 --source camera、--source pattern 或 --source 文件 指明来源。</translation>
    </message>
    <message>
        <source>%1 takes no video but what stands on standard input; leave --source out.</source>
        <translation>%1 不接收视频,只接收标准输入的内容;请去掉 --source。</translation>
    </message>
    <message>
        <source>Sign for a live job: the address is that of its start; the same headers, without the payment, serve
update, payment and stop beside it. The body of start is {&quot;params&quot;: INPUT}.</source>
        <translation>为实时任务签名:地址是启动地址;同样的请求头(不含付款)也用于旁边的
update、payment 和 stop。start 的正文是 {&quot;params&quot;: INPUT}。</translation>
    </message>
    <message>
        <source>The live job that is to be paid for; default: a new one.</source>
        <translation>要付款的实时任务;默认:新任务。</translation>
    </message>
    <message>
        <source>--stream-id goes with --live.</source>
        <translation>--stream-id 要与 --live 一起使用。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a channel&apos;s address.</source>
        <translation>&quot;%1&quot; 不是频道地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://127.0.0.1:2939/mychannel.</source>
        <translation>请写完整,例如 http://127.0.0.1:2939/mychannel。</translation>
    </message>
    <message>
        <source>Serves trickle channels on this machine until Ctrl-C. Without --autocreate only channels of the changefeed exist.</source>
        <translation>在本机提供 trickle 频道,直到按 Ctrl-C。不加 --autocreate 时只有 changefeed 的频道。</translation>
    </message>
    <message>
        <source>Port; default: a free one.</source>
        <translation>端口;默认:任意空闲端口。</translation>
    </message>
    <message>
        <source>Where channels lie, e.g. /ai/trickle/; default /.</source>
        <translation>频道所在路径,例如 /ai/trickle/;默认 /。</translation>
    </message>
    <message>
        <source>A channel is made by whoever writes to it first.</source>
        <translation>由最先写入者创建频道。</translation>
    </message>
    <message>
        <source>Channel _changes tells of channels that come and go.</source>
        <translation>频道 _changes 报告频道的出现和消失。</translation>
    </message>
    <message>
        <source>Remove a channel when its last segment began so long ago; default 300000.</source>
        <translation>最后一个分段开始超过此时间后移除频道;默认 300000。</translation>
    </message>
    <message>
        <source>How often to look for such channels; default 60000.</source>
        <translation>多久检查一次这样的频道;默认 60000。</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…}.</source>
        <translation>标准输出的第一行说明监听位置:一个地址,或在使用 --json 时为 {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…}。</translation>
    </message>
    <message>
        <source>A server for other people&apos;s publishers and readers.</source>
        <translation>供他人的发布者和读者使用的服务器。</translation>
    </message>
    <message>
        <source>--path begins and ends with a slash.</source>
        <translation>--path 以斜杠开头并以斜杠结尾。</translation>
    </message>
    <message>
        <source>Writes standard input to a channel, which is made where the server allows it. Bytes leave as they come; the channel
ends with the input.</source>
        <translation>把标准输入写入频道,服务器允许时会创建该频道。字节到达即发出;频道
随输入结束而结束。</translation>
    </message>
    <message>
        <source>MIME type of a channel that is made; default application/octet-stream.</source>
        <translation>新建频道的 MIME 类型;默认 application/octet-stream。</translation>
    </message>
    <message>
        <source>Lines in one segment; default 1.</source>
        <translation>每个分段的行数;默认 1。</translation>
    </message>
    <message>
        <source>Bytes in one segment, whatever stands in them.</source>
        <translation>每个分段的字节数,不论内容。</translation>
    </message>
    <message>
        <source>The whole input is one segment.</source>
        <translation>整个输入作为一个分段。</translation>
    </message>
    <message>
        <source>Leave the channel open at the end of the input.</source>
        <translation>输入结束时保留频道。</translation>
    </message>
    <message>
        <source>One line, one segment.</source>
        <translation>一行一个分段。</translation>
    </message>
    <message>
        <source>A file in pieces.</source>
        <translation>分块发送文件。</translation>
    </message>
    <message>
        <source>There is no channel %1, and the server makes none.</source>
        <translation>没有频道 %1,且服务器不会创建。</translation>
    </message>
    <message>
        <source>Start the server with --autocreate, or have the channel made there.</source>
        <translation>请用 --autocreate 启动服务器,或在那里创建频道。</translation>
    </message>
    <message>
        <source>The channel was not made: %1 %2</source>
        <translation>频道未能创建:%1 %2</translation>
    </message>
    <message>
        <source>%1 bytes in %2 segments.</source>
        <translation>%1 字节,%2 个分段。</translation>
    </message>
    <message>
        <source>Writes what comes on a channel to standard output, until the channel ends or Ctrl-C.</source>
        <translation>把频道中的内容写到标准输出,直到频道结束或按 Ctrl-C。</translation>
    </message>
    <message>
        <source>live: the segment being written now, from its start (default);
next: the one that begins next; or a sequence number.</source>
        <translation>live:正在写入的分段,从头开始(默认);
next:下一个开始的分段;或一个序号。</translation>
    </message>
    <message>
        <source>End after so many segments.</source>
        <translation>在这么多分段后结束。</translation>
    </message>
    <message>
        <source>With --json each line is one event: begin {seq, mime}, bytes {seq, text or base64}, segment {seq, complete}, gap {seq, next}, end.</source>
        <translation>使用 --json 时每行是一个事件:begin {seq, mime}、bytes {seq, text 或 base64}、segment {seq, complete}、gap {seq, next}、end。</translation>
    </message>
    <message>
        <source>Everything from now on.</source>
        <translation>从现在开始的全部内容。</translation>
    </message>
    <message>
        <source>Segments %1 to %2 were missed.</source>
        <translation>错过了分段 %1 到 %2。</translation>
    </message>
    <message>
        <source>send video (or lines) to a capability and take what comes back</source>
        <translation>把视频(或文本行)发送给某项能力并接收返回的内容</translation>
    </message>
    <message>
        <source>serve, write and read the channels of live jobs</source>
        <translation>提供、写入和读取实时任务的频道</translation>
    </message>
    <message>
        <source>No camera is plugged in.</source>
        <translation>没有连接摄像头。</translation>
    </message>
    <message>
        <source>There is no camera &quot;%1&quot;.</source>
        <translation>没有摄像头 &quot;%1&quot;。</translation>
    </message>
    <message>
        <source>Use --source pattern, or a video file.</source>
        <translation>请使用 --source pattern 或视频文件。</translation>
    </message>
    <message>
        <source>This sluicectl was built without camera support.</source>
        <translation>此 sluicectl 编译时未包含摄像头支持。</translation>
    </message>
    <message>
        <source>Running at %1. Ctrl-C ends it.</source>
        <translation>正在 %1 运行。按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>%1 pictures in, %2 out, latency %3 ms (95 %: %4 ms), first after %5 ms, %6 dropped.</source>
        <translation>输入 %1 幅,输出 %2 幅,延迟 %3 毫秒(95 %:%4 毫秒),首幅在 %5 毫秒后,丢弃 %6 幅。</translation>
    </message>
    <message>
        <source>Cancelled before the job ran.</source>
        <translation>在任务运行前已取消。</translation>
    </message>
    <message>
        <source>Address that clients are told for jobs and channels, when a proxy or a tunnel stands before the orchestrator.</source>
        <translation>当 Orchestrator 前面有代理或隧道时，告知客户端用于作业和通道的地址。</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is no URL.</source>
        <translation>--%1 “%2”不是 URL。</translation>
    </message>
    <message>
        <source>Lines of standard input in one segment; default: those that come within an eighth of a second.</source>
        <translation>每个分段包含的标准输入行数；默认：八分之一秒内到达的行。</translation>
    </message>
    <message>
        <source>Largest price per second that is paid, as &quot;8 gwei&quot; or a number of wei;
default: the price that the network lists.</source>
        <translation>愿意支付的最高每秒价格，写作“8 gwei”或以 wei 为单位的数；
默认为网络列出的价格。</translation>
    </message>
    <message>
        <source>This network has no list of its own, and nothing is named here. Say for what: sluicectl balance NAME.</source>
        <translation>此网络没有自己的列表，此处也未命名任何能力。请指明对象：sluicectl balance NAME。</translation>
    </message>
    <message>
        <source>Calls go through a gateway, which pays from its own purse; it does not show it.</source>
        <translation>调用通过 Gateway 进行，由它用自己的资金付款；它不显示余额。</translation>
    </message>
    <message>
        <source>Lists what the network offers now, as far as it tells, and what you named: verb, price, free slots. Pays nothing.</source>
        <translation>列出网络目前提供的能力（以其说明为限）和您命名的能力：调用方式、价格、空闲名额。不产生付款。</translation>
    </message>
    <message>
        <source>(named by you) </source>
        <translation>（由您命名）</translation>
    </message>
    <message>
        <source>This network answers but has no list of its own, as most nodes. Any name may be called: sluicectl run NAME …
To keep one here, with its path and schema: sluicectl capability add NAME</source>
        <translation>此网络有响应，但与大多数节点一样没有自己的列表。任何名称都可调用：sluicectl run NAME …
要在此保存名称及其路径和模式：sluicectl capability add NAME</translation>
    </message>
    <message>
        <source>Capabilities that you name by hand, kept in a profile: most nodes of the network list nothing. A named one is run, described,
priced and printed as code like one that is listed. Shared with the window.</source>
        <translation>您手动命名的能力，保存在配置中：网络的大多数节点不列出任何能力。已命名的能力可像列出的能力一样运行、查看说明、
查询价格和输出为代码。与窗口程序共用。</translation>
    </message>
    <message>
        <source>Profile that keeps them; default: the current one.</source>
        <translation>保存它们的配置；默认为当前配置。</translation>
    </message>
    <message>
        <source>add: run, stream or live; may be repeated, the preferred one first. Default: run and stream.</source>
        <translation>add：run、stream 或 live；可重复，首选的在前。默认为 run 和 stream。</translation>
    </message>
    <message>
        <source>add: path below the worker&apos;s address; default: the name.</source>
        <translation>add：worker 地址之下的路径；默认为名称。</translation>
    </message>
    <message>
        <source>add: JSON Schema of the input: a file, an http(s) address, or - for standard input.
An OpenAPI description or a worker&apos;s /schema will do.</source>
        <translation>add：输入的 JSON Schema：文件、http(s) 地址，或用 - 表示标准输入。
OpenAPI 描述或 worker 的 /schema 也可以。</translation>
    </message>
    <message>
        <source>add: an input to try; JSON, @FILE, or - for standard input.</source>
        <translation>add：供试用的输入；JSON、@FILE，或用 - 表示标准输入。</translation>
    </message>
    <message>
        <source>add: what it does, for you.</source>
        <translation>add：它的用途，供您自己查看。</translation>
    </message>
    <message>
        <source>export: write to this file instead of standard output.</source>
        <translation>export：写入此文件而非标准输出。</translation>
    </message>
    <message>
        <source>Then: sluicectl run text-reversal --input &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;</source>
        <translation>然后：sluicectl run text-reversal --input &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;</translation>
    </message>
    <message>
        <source>With the form that its worker describes.</source>
        <translation>使用其 worker 描述的表单。</translation>
    </message>
    <message>
        <source>Handed on.</source>
        <translation>转交给他人。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation>%1 大于 %2 KiB。</translation>
    </message>
    <message>
        <source>--schema &quot;%1&quot; is no valid address.</source>
        <translation>--schema “%1”不是有效的地址。</translation>
    </message>
    <message>
        <source>--schema %1: %2</source>
        <translation>--schema %1：%2</translation>
    </message>
    <message>
        <source>--example is not JSON: %1</source>
        <translation>--example 不是 JSON：%1</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --example &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;.</source>
        <translation>请为 shell 加上引号，例如 --example &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;。</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>The schema of %1: %2</source>
        <translation>%1 的模式：%2</translation>
    </message>
    <message>
        <source>The example of %1 does not fit its schema: %2</source>
        <translation>%1 的示例不符合其模式：%2</translation>
    </message>
    <message>
        <source>NAME|VERB|PATH|INPUT|WHAT IT DOES</source>
        <translation>名称|调用方式|路径|输入|说明</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Nothing is named in the profile &quot;%1&quot;: sluicectl capability add NAME.</source>
        <translation>配置“%1”中未命名任何能力：sluicectl capability add NAME。</translation>
    </message>
    <message>
        <source>Nobody named a capability &quot;%1&quot; in this profile.</source>
        <translation>此配置中没有人命名过能力“%1”。</translation>
    </message>
    <message>
        <source>Nothing is named there.</source>
        <translation>那里未命名任何能力。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2.</source>
        <translation>“%1”不是 %2 之一。</translation>
    </message>
    <message>
        <source>import needs one file, or -.</source>
        <translation>import 需要一个文件，或 -。</translation>
    </message>
    <message>
        <source>%1 needs the name of one capability.</source>
        <translation>%1 需要一个能力的名称。</translation>
    </message>
    <message>
        <source>
Named by you; the network does not list it.
</source>
        <translation>
由您命名；网络未列出它。
</translation>
    </message>
    <message>
        <source>
The network has no list that names it. To keep its path and schema here: sluicectl capability add %1
</source>
        <translation>
网络没有列出它的列表。要在此保存其路径和模式：sluicectl capability add %1
</translation>
    </message>
    <message>
        <source>A gateway says neither price nor free slots beforehand.
</source>
        <translation>Gateway 事先既不说明价格，也不说明空闲名额。
</translation>
    </message>
    <message>
        <source>No orchestrator says a price or a free slot for it: it may not be registered there now.
</source>
        <translation>没有 Orchestrator 为它说明价格或空闲名额：它目前可能未在那里注册。
</translation>
    </message>
    <message>
        <source>
Nobody says what input it wants.
</source>
        <translation>
没有说明它需要什么输入。
</translation>
    </message>
    <message>
        <source>Shows one capability: what it does, what input it wants, what it costs, examples that run. Of one that the network does not
list it shows what you said (sluicectl capability) and what an orchestrator asks for it. Pays nothing.</source>
        <translation>显示一个能力：用途、所需输入、费用、可运行的示例。对于网络未列出的能力，
显示您的说明（sluicectl capability）和 Orchestrator 为它要求的价格。不产生付款。</translation>
    </message>
    <message>
        <source>This call had secrets in %1, which the history does not keep.</source>
        <translation>此调用在 %1 中含有机密内容，历史记录不保存这些内容。</translation>
    </message>
    <message>
        <source>Make it anew with its whole input; `sluicectl history show %1` shows the rest of it.</source>
        <translation>请用完整输入重新调用；`sluicectl history show %1` 显示其余部分。</translation>
    </message>
    <message>
        <source>LIMIT</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>AT MOST</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>one call</source>
        <translation>单次调用</translation>
    </message>
    <message>
        <source>one day (UTC)</source>
        <translation>每日（UTC）</translation>
    </message>
    <message>
        <source>one winning ticket</source>
        <translation>单张中奖 Ticket</translation>
    </message>
    <message>
        <source>a second, where no price was shown</source>
        <translation>未显示价格时的每秒</translation>
    </message>
    <message>
        <source>There is no key here whose limits could be meant.</source>
        <translation>此处没有可设置上限的密钥。</translation>
    </message>
    <message>
        <source>Name its address with --sender, or use a profile that has a key.</source>
        <translation>请用 --sender 指定其地址，或使用带密钥的配置。</translation>
    </message>
    <message>
        <source>Shows or sets what may be spent with a key, whatever profile, address or program uses it.
Amounts: &quot;0.01 ETH&quot;, &quot;8 gwei&quot; or a number of wei.</source>
        <translation>显示或设置一个密钥可花费的金额，无论由哪个配置、地址或程序使用它。
金额：“0.01 ETH”、“8 gwei”或以 wei 为单位的数。</translation>
    </message>
    <message>
        <source>The key&apos;s address, instead of the current profile&apos;s key.</source>
        <translation>密钥的地址，代替当前配置的密钥。</translation>
    </message>
    <message>
        <source>Expected value of the tickets of one call.</source>
        <translation>单次调用的 Ticket 的期望值。</translation>
    </message>
    <message>
        <source>The same for one day (UTC), over all programs.</source>
        <translation>同上，按每日（UTC）计，所有程序合计。</translation>
    </message>
    <message>
        <source>What one winning ticket may take out of the deposit.</source>
        <translation>单张中奖 Ticket 可从存款中扣除的金额。</translation>
    </message>
    <message>
        <source>Price per second where the network lists none.</source>
        <translation>网络未列出价格时的每秒价格。</translation>
    </message>
    <message>
        <source>Of the current profile&apos;s key.</source>
        <translation>当前配置的密钥的上限。</translation>
    </message>
    <message>
        <source>What is not named stays as it is.</source>
        <translation>未指定的保持不变。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither show nor set.</source>
        <translation>“%1”既不是 show 也不是 set。</translation>
    </message>
    <message>
        <source>Nothing says which limit to set.</source>
        <translation>未指明要设置哪个上限。</translation>
    </message>
    <message>
        <source>show only shows.</source>
        <translation>show 只用于显示。</translation>
    </message>
    <message>
        <source>Use `sluicectl limits set` with --per-call, --per-day, --face-value or --unseen-price.</source>
        <translation>请使用 `sluicectl limits set` 加 --per-call、--per-day、--face-value 或 --unseen-price。</translation>
    </message>
    <message>
        <source>camera, camera:NAME, pattern (a test picture with a clock), a video file, or a picture to stand in for a camera.
Without it standard input is sent, to capabilities that take no video.</source>
        <translation>camera、camera:NAME、pattern（带时钟的测试图案）、视频文件，或代替摄像头的图片。
省略时发送标准输入，用于不接受视频的能力。</translation>
    </message>
    <message>
        <source>Pictures per second; default 30. A video file keeps its own rate up to this, by default up to 60.</source>
        <translation>每秒画面数；默认 30。视频文件保持自身帧率，但不超过此值，默认不超过 60。</translation>
    </message>
    <message>
        <source>Write the answer&apos;s bytes to a file, whole, or into a pipe or device.</source>
        <translation>把响应的字节完整写入文件，或写入管道或设备。</translation>
    </message>
    <message>
        <source>Be a node without a chain: check no signatures, ask for no tickets and charge nothing.</source>
        <translation>作为没有链的节点：不检查签名，不要求 Ticket，也不计费。</translation>
    </message>
    <message>
        <source>run, stream or live; default: what the capability prefers.</source>
        <translation>run、stream 或 live；默认为能力首选的方式。</translation>
    </message>
    <message>
        <source>Of a capability that no node lists.</source>
        <translation>没有节点列出的能力。</translation>
    </message>
    <message>
        <source>The network does not tell about %1 (%2) The code is made from what is said here.</source>
        <translation>网络没有说明 %1（%2）。代码根据此处给出的内容生成。</translation>
    </message>
    <message>
        <source>--verb &quot;%1&quot; is none of run, stream, live.</source>
        <translation>--verb “%1”不是 run、stream、live 之一。</translation>
    </message>
    <message>
        <source>A name by which clients reach this server besides the addresses of this machine; may be repeated.</source>
        <translation>除本机地址外，客户端访问此服务器所用的名称；可重复。</translation>
    </message>
    <message>
        <source>name capabilities by hand that no node lists, and share them</source>
        <translation>手动命名没有节点列出的能力并分享</translation>
    </message>
    <message>
        <source>show and set what may be spent with your key</source>
        <translation>显示和设置您的密钥可花费的金额</translation>
    </message>
    <message>
        <source>%1 is set but not used: %2 says where to go.</source>
        <translation>已设置 %1 但未使用：目标由 %2 指定。</translation>
    </message>
    <message>
        <source>It offers: %1. What it does not list can be named: sluicectl capability add.</source>
        <translation>它提供：%1。未列出的能力可以命名：sluicectl capability add。</translation>
    </message>
    <message>
        <source>%1 It is read from a copy.</source>
        <translation>%1 将从副本读取。</translation>
    </message>
    <message>
        <source>Calling the network that %1 names, not the current profile&apos;s.</source>
        <translation>将调用 %1 指定的网络，而非当前配置的网络。</translation>
    </message>
    <message>
        <source>the sandbox pays with a key of its own</source>
        <translation>沙盒用自己的密钥付款</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; has a key of its own</source>
        <translation>配置“%1”有自己的密钥</translation>
    </message>
    <message>
        <source>Nothing came back: no picture, no data, no event.</source>
        <translation>没有返回任何内容：没有画面、数据或事件。</translation>
    </message>
    <message>
        <source>The worker may have failed, or may not reach the orchestrator&apos;s channels; its log tells. Give it more --seconds if it is slow to begin.</source>
        <translation>worker 可能已失败，或无法访问 Orchestrator 的频道；请查看其日志。如果启动较慢，请用 --seconds 给它更多时间。</translation>
    </message>
    <message>
        <source>The answer is kept in the history: `sluicectl history show %1`.</source>
        <translation>响应保存在历史记录中：`sluicectl history show %1`。</translation>
    </message>
    <message>
        <source>Tool call: %1</source>
        <translation>工具调用：%1</translation>
    </message>
    <message>
        <source>Reasoning: </source>
        <translation>推理：</translation>
    </message>
    <message>
        <source>What came is kept in the history: `sluicectl history show %1`.</source>
        <translation>已收到的内容保存在历史记录中：`sluicectl history show %1`。</translation>
    </message>
    <message>
        <source>Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.</source>
        <translation>没有发送任何内容。`sluicectl describe %1` 显示所需的输入；--no-check 按原样发送输入。</translation>
    </message>
    <message>
        <source>--out %1 cannot be written: %2.</source>
        <translation>无法写入 --out %1：%2。</translation>
    </message>
    <message>
        <source>Nothing was sent. Choose a file in a folder that may be written to, a pipe or a device.</source>
        <translation>没有发送任何内容。请选择可写文件夹中的文件、管道或设备。</translation>
    </message>
    <message>
        <source>Waiting for a reader of %1.</source>
        <translation>正在等待 %1 的读取者。</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent.</source>
        <translation>在发送任何内容之前已取消。</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>there is no folder %1</source>
        <translation>没有文件夹 %1</translation>
    </message>
    <message>
        <source>nobody reads it any more</source>
        <translation>已没有读取者</translation>
    </message>
    <message>
        <source>Nobody reads the output any more.</source>
        <translation>已没有人读取输出。</translation>
    </message>
    <message>
        <source>The output cannot be written: %1.</source>
        <translation>无法写入输出：%1。</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that this call may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>此调用可发送票据的最大期望值，例如 &quot;0.01 ETH&quot; 或以 wei 为单位的数字。</translation>
    </message>
    <message>
        <source> | … (%1 in all)</source>
        <translation> | …（共 %1 个）</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that this job may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>此作业可发送票据的最大期望值，例如 &quot;0.01 ETH&quot; 或以 wei 为单位的数字。</translation>
    </message>
    <message>
        <source>Named networks, shared with the window. &quot;sandbox&quot; is always there and runs on this machine.
Keys stand in the system&apos;s keychain, never in a file of this program. Amounts: &quot;0.01 ETH&quot;, &quot;8 gwei&quot; or a number of wei.</source>
        <translation>命名的网络，与窗口共享。&quot;sandbox&quot; 始终存在并在本机运行。
密钥保存在系统的密钥串中，绝不在本程序的文件里。金额：&quot;0.01 ETH&quot;、&quot;8 gwei&quot; 或以 wei 为单位的数字。</translation>
    </message>
    <message>
        <source>Price per second, as &quot;8 gwei&quot; or a number of wei, of one capability or of all; may be repeated.</source>
        <translation>一个或所有能力的每秒价格，例如 &quot;8 gwei&quot; 或以 wei 为单位的数字；可重复。</translation>
    </message>
    <message>
        <source>--price &quot;%1&quot; does not read [NAME=]AMOUNT.</source>
        <translation>--price &quot;%1&quot; 不符合 [NAME=]AMOUNT 的形式。</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>数值过大。</translation>
    </message>
    <message>
        <source>Start these services only, separated by commas; may be repeated.</source>
        <translation>只启动这些服务，用逗号分隔；可重复使用。</translation>
    </message>
    <message>
        <source>Leave these services out; with --only, out of those that it names.</source>
        <translation>不启动这些服务；与 --only 同用时，从其列出的服务中去掉。</translation>
    </message>
    <message>
        <source>Services, in parentheses what each one needs: %1.</source>
        <translation>服务（括号内为其所需的服务）：%1。</translation>
    </message>
    <message>
        <source>An orchestrator for workers of your own, with nothing beside it.</source>
        <translation>供自己的 worker 使用的 Orchestrator，别无其他。</translation>
    </message>
    <message>
        <source>Run %1: %2.</source>
        <translation>运行 %1：%2。</translation>
    </message>
    <message>
        <source>--%1 names nothing.</source>
        <translation>--%1 没有列出任何内容。</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is not BACKEND.SETTING=VALUE.</source>
        <translation>--%1 “%2” 不是 BACKEND.SETTING=VALUE 的形式。</translation>
    </message>
    <message>
        <source>--%1: there is no backend &quot;%2&quot;.</source>
        <translation>--%1：没有名为“%2”的后端。</translation>
    </message>
    <message>
        <source>%1.%2 is a secret, which others could read on a command line.</source>
        <translation>%1.%2 是机密，他人可能会在命令行中看到它。</translation>
    </message>
    <message>
        <source>Give it in a file: --secret %1.%2=FILE.</source>
        <translation>请用文件提供：--secret %1.%2=文件。</translation>
    </message>
    <message>
        <source>%1 has no secret &quot;%2&quot;.</source>
        <translation>%1 没有名为“%2”的机密。</translation>
    </message>
    <message>
        <source>Or the settings of another backend: --set BACKEND.SETTING=VALUE.</source>
        <translation>或其他后端的设置：--set BACKEND.SETTING=VALUE。</translation>
    </message>
    <message>
        <source>add: a setting of a backend; may be repeated.</source>
        <translation>add：某个后端的一项设置；可重复。</translation>
    </message>
    <message>
        <source>add: file with a secret of a backend; goes to the keychain. May be repeated.</source>
        <translation>add：含某个后端机密的文件；存入钥匙串。可重复。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>无法读取文件 %1：%2。</translation>
    </message>
    <message>
        <source>It must hold the secret and nothing else.</source>
        <translation>文件中只能包含该机密。</translation>
    </message>
    <message>
        <source>The file %1 is empty.</source>
        <translation>文件 %1 是空的。</translation>
    </message>
    <message>
        <source>Runs a whole network on this machine: an orchestrator, a runner with demo capabilities and an AI gateway, each on
loopback. It checks every signature and every ticket as a real orchestrator does. One JSON line on standard
output says when it is ready; the log goes to standard error. Ctrl-C or SIGTERM stops it.</source>
        <translation>在本机运行整个网络：一个 Orchestrator、一个带演示能力的 runner 和一个 AI 网关，均只监听回环地址。
与真实的 Orchestrator 一样检查每个签名和每张 Ticket。就绪时在标准输出写一行 JSON；
日志写到标准错误。用 Ctrl-C 或 SIGTERM 停止。</translation>
    </message>
    <message>
        <source>What the AI gateway&apos;s /llm speaks: json (default), or form as gateways up to go-livepeer 0.8.2.</source>
        <translation>AI 网关的 /llm 使用的格式：json（默认），或 form，与 go-livepeer 0.8.2 及之前的网关相同。</translation>
    </message>
    <message>
        <source>Serves OpenAI&apos;s API on this machine until Ctrl-C: every program that knows OpenAI reaches what stands behind it.</source>
        <translation>在本机提供 OpenAI 的 API，直到按下 Ctrl-C：任何支持 OpenAI 的程序都能访问其后的服务。</translation>
    </message>
    <message>
        <source>A Livepeer AI gateway: its pipelines behind OpenAI&apos;s routes.</source>
        <translation>Livepeer AI 网关：以 OpenAI 的路由提供其管线。</translation>
    </message>
    <message>
        <source>Another OpenAI-compatible server.</source>
        <translation>另一个兼容 OpenAI 的服务器。</translation>
    </message>
    <message>
        <source>The capabilities of this profile, paid within its limits; a request&apos;s model names the capability.</source>
        <translation>此配置的能力，在其限额内付款；请求中的 model 指定能力。</translation>
    </message>
    <message>
        <source>Environment variable with the key that callers must bring.</source>
        <translation>存放调用方必须提供的密钥的环境变量。</translation>
    </message>
    <message>
        <source>Environment variable with the key for the gateway or upstream.</source>
        <translation>存放网关或上游密钥的环境变量。</translation>
    </message>
    <message>
        <source>Path of the gateway&apos;s older chat form, where it is not /llm.</source>
        <translation>网关旧版聊天接口的路径（若不是 /llm）。</translation>
    </message>
    <message>
        <source>Pictures come inside the answer where a request does not say.</source>
        <translation>若请求未说明，则图片直接包含在应答中。</translation>
    </message>
    <message>
        <source>Chats become the gateway&apos;s older form exactly as livepeer-openai-api-middleware makes it.</source>
        <translation>聊天按 livepeer-openai-api-middleware 的做法原样转换为网关的旧版形式。</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;base_url&quot;:…}.</source>
        <translation>标准输出的第一行说明监听位置：一个地址，或使用 --json 时为 {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;base_url&quot;:…}。</translation>
    </message>
    <message>
        <source>A gateway for the openai libraries: OPENAI_BASE_URL=http://127.0.0.1:8080/v1</source>
        <translation>供 openai 库使用的网关：OPENAI_BASE_URL=http://127.0.0.1:8080/v1</translation>
    </message>
    <message>
        <source>--%1: the environment variable %2 is not set.</source>
        <translation>--%1：未设置环境变量 %2。</translation>
    </message>
    <message>
        <source>Say what stands behind it: one of --gateway URL, --upstream URL and --profile NAME.</source>
        <translation>请说明其后的服务：--gateway URL、--upstream URL 或 --profile NAME 之一。</translation>
    </message>
    <message>
        <source>serve OpenAI&apos;s API in front of a gateway or another server</source>
        <translation>在网关、配置或其他服务器之前提供 OpenAI 的 API</translation>
    </message>
    <message>
        <source>--llm-dialect is json or form, not &quot;%1&quot;.</source>
        <translation>--llm-dialect 只能是 json 或 form，不是“%1”。</translation>
    </message>
    <message>
        <source>add: whose it is, such as openai; default: the one whose names are like it, else the profile&apos;s first.</source>
        <translation>add：所属后端，如 openai；默认：名称相符者，否则为配置中的第一个。</translation>
    </message>
    <message>
        <source>There is no backend &quot;%1&quot;.</source>
        <translation>没有名为“%1”的后端。</translation>
    </message>
    <message>
        <source>It is one of: %1.</source>
        <translation>可选：%1。</translation>
    </message>
    <message>
        <source>Look for servers of language models on this machine instead (Ollama, LM Studio, llama.cpp, vLLM, Jan, GPT4All), and say how to add them.</source>
        <translation>改为在本机上查找语言模型服务器（Ollama、LM Studio、llama.cpp、vLLM、Jan、GPT4All），并说明如何添加。</translation>
    </message>
    <message>
        <source>--find-local asks each of the usual ports of 127.0.0.1 once; SLUICE_LOCAL_PORTS names others, such as &quot;5000,Ollama=11500&quot;.</source>
        <translation>--find-local 对 127.0.0.1 的每个常用端口各询问一次；SLUICE_LOCAL_PORTS 可指定其他端口，例如 &quot;5000,Ollama=11500&quot;。</translation>
    </message>
    <message>
        <source>Offer llm-chat, and the AI gateway&apos;s /llm, through this OpenAI-compatible server; its key comes from SLUICE_LLM_KEY.
auto: the first one that answers on this machine, as `sluicectl capabilities --find-local` finds it.</source>
        <translation>通过此兼容 OpenAI 的服务器提供 llm-chat 和 AI 网关的 /llm；其密钥来自 SLUICE_LLM_KEY。
auto：本机上第一个应答的服务器，与 `sluicectl capabilities --find-local` 找到的相同。</translation>
    </message>
    <message>
        <source>Model that llm-chat asks it for; with auto: its first one for chats.</source>
        <translation>llm-chat 向其请求的模型；使用 auto 时为其第一个聊天模型。</translation>
    </message>
    <message>
        <source>llm-chat and /llm are the model %1 of %2 at %3.</source>
        <translation>llm-chat 和 /llm 使用 %3 上 %2 的模型 %1。</translation>
    </message>
    <message>
        <source>an OpenAI-compatible server</source>
        <translation>兼容 OpenAI 的服务器</translation>
    </message>
    <message>
        <source>No server of language models was found on this machine: the sandbox&apos;s own chat stays.</source>
        <translation>本机上没有找到语言模型服务器：仍使用沙盒自带的聊天。</translation>
    </message>
    <message>
        <source>No server on this machine has the model %1: the sandbox&apos;s own chat stays.</source>
        <translation>本机上没有服务器提供模型 %1：仍使用沙盒自带的聊天。</translation>
    </message>
    <message>
        <source>probably %1</source>
        <translation>可能是 %1</translation>
    </message>
    <message>
        <source>No server of language models answers on this machine. Asked were the ports %1.</source>
        <translation>本机上没有语言模型服务器应答。询问过的端口：%1。</translation>
    </message>
    <message>
        <source>Start one, for example Ollama, or name other ports: SLUICE_LOCAL_PORTS=5000,5001</source>
        <translation>请启动一个（例如 Ollama），或指定其他端口：SLUICE_LOCAL_PORTS=5000,5001</translation>
    </message>
    <message>
        <source>ADDRESS|WHAT IT IS|MODELS</source>
        <translation>地址|是什么|模型</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>(told only with its API key)</source>
        <translation>（需要其 API 密钥才会告知）</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>
To use one, add it as a profile:
</source>
        <translation>
要使用其中一个，请将其添加为配置：
</translation>
    </message>
    <message>
        <source>Another client: each line is a message.</source>
        <translation>另一种客户端：每一行是一条消息。</translation>
    </message>
    <message>
        <source>Queues a job and prints its answer as it comes. The exit status is 0 only when the worker said that it was done.</source>
        <translation>把一个任务排入队列，并随到随印其回答。只有 worker 表示已完成时，退出状态才为 0。</translation>
    </message>
    <message>
        <source>JSON file with the assistant: {&quot;streams&quot;:[…]}.</source>
        <translation>包含助手的 JSON 文件：{&quot;streams&quot;:[…]}。</translation>
    </message>
    <message>
        <source>JSON file with the messages before: [{&quot;role&quot;:…,&quot;content&quot;:…},…]. Sent as it is: a worker reads braces in it as placeholders.</source>
        <translation>包含先前消息的 JSON 文件：[{&quot;role&quot;:…,&quot;content&quot;:…},…]。原样发送：worker 会把其中的花括号当作占位符。</translation>
    </message>
    <message>
        <source>One job, its answer on standard output.</source>
        <translation>一个任务，其回答写到标准输出。</translation>
    </message>
    <message>
        <source>--%1: %2: %3</source>
        <translation>--%1：%2：%3</translation>
    </message>
    <message>
        <source>Say which assistant: --template FILE.</source>
        <translation>请指明哪个助手：--template 文件。</translation>
    </message>
    <message>
        <source>Lists what waits and runs at a worker that tells it (sluicectl worker serve --list-jobs), or ends one of them.</source>
        <translation>列出愿意告知的 worker（sluicectl worker serve --list-jobs）上等待和运行的任务，或结束其中一个。</translation>
    </message>
    <message>
        <source>End this job, begun or not, at a worker with --cancel.</source>
        <translation>在带 --cancel 的 worker 上结束此任务，无论是否已开始。</translation>
    </message>
    <message>
        <source>This LLM worker ends no jobs on demand.</source>
        <translation>此 LLM worker 不会应要求结束任务。</translation>
    </message>
    <message>
        <source>The job was told to end; this worker does not tell what became of it.</source>
        <translation>已要求任务结束；此 worker 不告知结果。</translation>
    </message>
    <message>
        <source>Nothing waits or runs.</source>
        <translation>没有等待或运行中的任务。</translation>
    </message>
    <message>
        <source>running since %1</source>
        <translation>自 %1 起运行</translation>
    </message>
    <message>
        <source>number %1 in the queue, since %2</source>
        <translation>队列中第 %1 位，自 %2 起</translation>
    </message>
    <message>
        <source>Takes over the updates of a job and prints its answer as it comes; whoever listened before gets no more. A worker with the extension replay tells what came before, too; any other one says nothing of a job that has ended, or that it does not know.</source>
        <translation>接管一个任务的更新，并随到随印其回答；先前的监听者不再收到。带 replay 扩展的 worker 也会告知先前的内容；其他 worker 对已结束或不认识的任务不作任何回应。</translation>
    </message>
    <message>
        <source>Is an LLM worker until Ctrl-C: takes jobs over websockets at /ws/ and runs them one after the other.</source>
        <translation>在按下 Ctrl-C 之前充当 LLM worker：通过 /ws/ 的 WebSocket 接收任务并逐个运行。</translation>
    </message>
    <message>
        <source>Port, 0 for a free one; default: LISTEN_PORT, else 8001.</source>
        <translation>端口，0 表示任一空闲端口；默认为 LISTEN_PORT，否则为 8001。</translation>
    </message>
    <message>
        <source>A name by which clients reach this server besides its addresses; may be repeated.</source>
        <translation>除地址外客户端访问此服务器所用的名称；可重复。</translation>
    </message>
    <message>
        <source>Jobs at a time; default 1.</source>
        <translation>同时运行的任务数；默认 1。</translation>
    </message>
    <message>
        <source>The capabilities of this profile as the provider &quot;local&quot;, paid within its limits; the model in a template&apos;s settings names the capability.</source>
        <translation>以此配置的能力作为提供方“local”，在其限额内付费；模板设置中的 model 指明能力。</translation>
    </message>
    <message>
        <source>Jobs that may wait; a further one fails at once. Default: as many as fit into 256 MiB.</source>
        <translation>允许等待的任务数；再多的立即失败。默认：256 MiB 能容纳的数量。</translation>
    </message>
    <message>
        <source>Keep the queue in this file, so that jobs that wait survive a restart.</source>
        <translation>把队列保存在此文件中，使等待的任务在重启后仍在。</translation>
    </message>
    <message>
        <source>Give the text so far to who listens with &quot;replay&quot;:true.</source>
        <translation>向以 &quot;replay&quot;:true 监听者提供至今的文本。</translation>
    </message>
    <message>
        <source>Take the message {&quot;type&quot;:&quot;cancel&quot;,&quot;job_id&quot;:…}.</source>
        <translation>接受消息 {&quot;type&quot;:&quot;cancel&quot;,&quot;job_id&quot;:…}。</translation>
    </message>
    <message>
        <source>Take the message {&quot;type&quot;:&quot;jobs&quot;}; it tells everybody every job&apos;s id.</source>
        <translation>接受消息 {&quot;type&quot;:&quot;jobs&quot;}；它会把每个任务的标识告诉任何人。</translation>
    </message>
    <message>
        <source>Environment, and a file .env: LISTEN_ADDRESS, LISTEN_PORT, OPENAI_API_KEY, OPENAI_BASE_URL, VLLM_URI, VLLM_API_KEY.</source>
        <translation>环境变量及 .env 文件：LISTEN_ADDRESS、LISTEN_PORT、OPENAI_API_KEY、OPENAI_BASE_URL、VLLM_URI、VLLM_API_KEY。</translation>
    </message>
    <message>
        <source>Models of a server on this machine, as the provider &quot;vllm&quot;.</source>
        <translation>本机某服务器的模型，作为提供方“vllm”。</translation>
    </message>
    <message>
        <source>serve an LLM worker, and queue assistant templates at one</source>
        <translation>充当 LLM worker，或在其中排入助手模板</translation>
    </message>
    <message>
        <source>The worker; default: LLM_WORKER_URI, else ws://localhost:8001/ws/.</source>
        <translation>worker；默认为 LLM_WORKER_URI，否则为 ws://localhost:8001/ws/。</translation>
    </message>
    <message>
        <source>Seconds for the whole job, its place in the queue included; default 600.</source>
        <translation>整个任务的秒数，包括排队时间；默认 600。</translation>
    </message>
    <message>
        <source>Seconds between two pieces of the answer; default: no limit.</source>
        <translation>回答两段之间的秒数；默认不限。</translation>
    </message>
    <message>
        <source>--%1: %2 cannot be read: %3.</source>
        <translation>--%1：无法读取 %2：%3。</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>The job is not followed any more.</source>
        <translation>不再跟踪该任务。</translation>
    </message>
    <message>
        <source>Some of the answer may be missing: what came before, or while there was no connection, is not told again.</source>
        <translation>回答可能不完整：先前或断线期间的内容不会再次告知。</translation>
    </message>
    <message>
        <source>--url &quot;%1&quot; is no address of a websocket.</source>
        <translation>--url “%1”不是 WebSocket 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. ws://localhost:8001/ws/</source>
        <translation>请写完整，例如 ws://localhost:8001/ws/</translation>
    </message>
    <message>
        <source>--key and --signer are two who would pay: name one of them.</source>
        <translation>--key 和 --signer 都会付款：请只指定其中一个。</translation>
    </message>
    <message>
        <source>A profile needs one of --orchestrator, --discovery, --signer and --gateway.</source>
        <translation>配置需要 --orchestrator、--discovery、--signer 和 --gateway 之一。</translation>
    </message>
    <message>
        <source>add: a remote signer signs and pays; may be repeated: the next one where one cannot be had.</source>
        <translation>add：由远程签名服务签名和付款；可重复：一个不可用时用下一个。</translation>
    </message>
    <message>
        <source>Signs payments and jobs for programs that have no key, until Ctrl-C: a remote signer as go-livepeer&apos;s.
One JSON line on standard output says when it is ready; the log goes to standard error.</source>
        <translation>为没有密钥的程序签署付款和任务，直到 Ctrl-C：与 go-livepeer 的远程签名服务相同。
就绪时在标准输出上给出一行 JSON；日志写入标准错误。</translation>
    </message>
    <message>
        <source>File with the key that signs: 64 hex digits. Default: SLUICE_SENDER_KEY.</source>
        <translation>含签名密钥的文件：64 位十六进制数字。默认：SLUICE_SENDER_KEY。</translation>
    </message>
    <message>
        <source>Encrypted key file (Web3 secret storage) instead.</source>
        <translation>改用加密的密钥文件（Web3 secret storage）。</translation>
    </message>
    <message>
        <source>Environment variable with its password.</source>
        <translation>含其密码的环境变量。</translation>
    </message>
    <message>
        <source>IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env or --webhook.</source>
        <translation>监听的 IP 地址；默认：127.0.0.1。其他地址需要 --api-key-env 或 --webhook。</translation>
    </message>
    <message>
        <source>Environment variable with the key that one caller must bring as a bearer; may be repeated.
The variable&apos;s name is the caller&apos;s.</source>
        <translation>含调用方须作为 Bearer 提供的密钥的环境变量；可重复。
变量名即调用方的名称。</translation>
    </message>
    <message>
        <source>Dearest price to sign for, in wei per unit (second, pixel or job), of one job type (lv2v, live, fixed, byoc)
or of every other one; may be repeated.</source>
        <translation>愿意签署的最高价格，以每单位（秒、像素或任务）的 wei 计，针对一种任务类型（lv2v、live、fixed、byoc）
或其余所有类型；可重复。</translation>
    </message>
    <message>
        <source>What each caller may spend in all, in expected value; needs --state.</source>
        <translation>每个调用方总共可以花费的数额（期望值）；需要 --state。</translation>
    </message>
    <message>
        <source>File that keeps what callers spent and how far their payments have come.</source>
        <translation>保存各调用方已花费数额及其付款进度的文件。</translation>
    </message>
    <message>
        <source>Is asked before each payment whether it may be signed.</source>
        <translation>每次付款前询问是否可以签署。</translation>
    </message>
    <message>
        <source>Environment variable with the bearer that proves this signer to the webhook.</source>
        <translation>含向 webhook 证明本签名服务身份的 Bearer 的环境变量。</translation>
    </message>
    <message>
        <source>Discovery URL whose list of orchestrators is passed on to callers.</source>
        <translation>其编排器列表会转交给调用方的发现 URL。</translation>
    </message>
    <message>
        <source>The first line is {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}. Without --state, budgets and chains of payments go with the process.</source>
        <translation>第一行是 {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}。没有 --state 时，预算和付款链随进程消失。</translation>
    </message>
    <message>
        <source>One caller, who may spend a hundredth of an ether.</source>
        <translation>一个可以花费百分之一 ether 的调用方。</translation>
    </message>
    <message>
        <source>--keystore needs --password-env NAME.</source>
        <translation>--keystore 需要 --password-env NAME。</translation>
    </message>
    <message>
        <source>There is no key to sign with.</source>
        <translation>没有可用于签名的密钥。</translation>
    </message>
    <message>
        <source>Give it with --key FILE, --keystore FILE or SLUICE_SENDER_KEY.</source>
        <translation>请用 --key FILE、--keystore FILE 或 SLUICE_SENDER_KEY 提供。</translation>
    </message>
    <message>
        <source>--max-price &quot;%1&quot; does not read [TYPE=]AMOUNT.</source>
        <translation>--max-price “%1” 不是 [TYPE=]AMOUNT 的形式。</translation>
    </message>
    <message>
        <source>TYPE is one of %1; an amount is &quot;8 gwei&quot;, a number of wei, or a fraction such as 1/2.</source>
        <translation>TYPE 是 %1 之一；金额可以写作 “8 gwei”、wei 的数目，或 1/2 这样的分数。</translation>
    </message>
    <message>
        <source>--cap-per-caller needs --state FILE: what was spent must not be forgotten with the process.</source>
        <translation>--cap-per-caller 需要 --state FILE：已花费的数额不能随进程一起被忘记。</translation>
    </message>
    <message>
        <source>sign payments for programs that have no key</source>
        <translation>为没有密钥的程序签署付款</translation>
    </message>
    <message>
        <source>Lists what waits and runs at the LLM workers of the profile, as far as they tell, follows one of these jobs, or ends one.</source>
        <translation>列出此配置的 LLM 工作器上等待和运行的任务（以其告知为限），跟踪其中一个任务，或结束一个任务。</translation>
    </message>
    <message>
        <source>Print this job&apos;s answer as it comes, from where it is; a run of its own in the history.
A worker tells one listener: whoever gave the job hears no more of it.</source>
        <translation>从任务当前所在处起，随到随印其回答；在历史中是一次独立的运行。
工作器只告知一个收听者：提交任务者将不再收到它的内容。</translation>
    </message>
    <message>
        <source>End this job, begun or not.</source>
        <translation>结束此任务，无论是否已开始。</translation>
    </message>
    <message>
        <source>A worker without a profile is asked by `sluicectl worker jobs`.</source>
        <translation>没有配置的工作器用 `sluicectl worker jobs` 询问。</translation>
    </message>
    <message>
        <source>%1 does not tell what waits and runs there.</source>
        <translation>%1 不告知其等待和运行的任务。</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; reaches no LLM worker.</source>
        <translation>配置“%1”无法到达任何 LLM 工作器。</translation>
    </message>
    <message>
        <source>Add one to its backends (sluicectl profile add), or ask one by its address: sluicectl worker jobs --url URL</source>
        <translation>将其加入后端（sluicectl profile add），或按地址询问：sluicectl worker jobs --url URL</translation>
    </message>
    <message>
        <source>Tell who asks with &quot;tell_streams&quot;:true what each stream of a template says, takes and costs.</source>
        <translation>向以 &quot;tell_streams&quot;:true 询问者告知模板每个流所说、所耗和所费。</translation>
    </message>
    <message>
        <source>list, follow and end the jobs at the profile&apos;s LLM workers</source>
        <translation>列出、跟踪和结束配置的 LLM 工作器上的任务</translation>
    </message>
    <message>
        <source>Number %1 in the queue.</source>
        <translation>队列中第 %1 位。</translation>
    </message>
    <message>
        <source>Stream %1 of %2: %3</source>
        <translation>第 %1 个流（共 %2 个）：%3</translation>
    </message>
    <message>
        <source>
Stream %1: %2 wei paid with tickets.</source>
        <translation>
第 %1 个流：用票据支付 %2 wei。</translation>
    </message>
    <message>
        <source>This program has no profiles: serve &quot;%1&quot; with sluicectl.</source>
        <translation>此程序没有配置：请用 sluicectl 提供“%1”。</translation>
    </message>
    <message>
        <source>This program is a part of sluicectl, and only serves: serve openai, worker serve.</source>
        <translation>此程序是 sluicectl 的一部分，只提供服务：serve openai、worker serve。</translation>
    </message>
    <message>
        <source>More than %1 bytes came on standard input.</source>
        <translation>标准输入超过 %1 字节。</translation>
    </message>
    <message>
        <source>--fund takes ADDRESS=NEURON, for example 0xf39F…2266=1000000, not &quot;%1&quot;.</source>
        <translation>--fund 的格式为 地址=NEURON，例如 0xf39F…2266=1000000，而不是“%1”。</translation>
    </message>
    <message>
        <source>Sets a new ledger up, as its owner.</source>
        <translation>以所有者身份建立新账本。</translation>
    </message>
    <message>
        <source>The key of the owner, who may change the lock time later.</source>
        <translation>所有者的密钥；所有者以后可以更改锁定时间。</translation>
    </message>
    <message>
        <source>Neuron in a wallet. May be repeated. With it wallets hold what there is and none goes
below zero; without it they are not counted.</source>
        <translation>钱包中的 neuron，可重复指定。指定后钱包只有现有的金额，且不会低于零；
不指定则不计数。</translation>
    </message>
    <message>
        <source>The ledger&apos;s file.</source>
        <translation>账本文件。</translation>
    </message>
    <message>
        <source>There is no ledger %1.</source>
        <translation>没有账本 %1。</translation>
    </message>
    <message>
        <source>Calls a function of the contract as the key&apos;s account. Standard input has {&quot;method&quot;,&quot;args&quot;,&quot;value&quot;}.</source>
        <translation>以密钥对应的账户调用合约函数。标准输入为 {&quot;method&quot;,&quot;args&quot;,&quot;value&quot;}。</translation>
    </message>
    <message>
        <source>The key of the caller.</source>
        <translation>调用者的密钥。</translation>
    </message>
    <message>
        <source>Functions: %1.</source>
        <translation>函数：%1。</translation>
    </message>
    <message>
        <source>Prints {&quot;ok&quot;:true,&quot;result&quot;:…}, or {&quot;ok&quot;:false,&quot;error&quot;:&quot;NonceUsed(0,2,1)&quot;} when the contract refuses; the exit status is then 1.</source>
        <translation>输出 {&quot;ok&quot;:true,&quot;result&quot;:…}；合约拒绝时输出 {&quot;ok&quot;:false,&quot;error&quot;:&quot;NonceUsed(0,2,1)&quot;}，此时退出状态为 1。</translation>
    </message>
    <message>
        <source>A deposit, with the key of SLUICE_ZEROG_KEY.</source>
        <translation>使用 SLUICE_ZEROG_KEY 的密钥存入一笔款项。</translation>
    </message>
    <message>
        <source>A new one, with refunds after an hour.</source>
        <translation>新账本，一小时后可退款。</translation>
    </message>
    <message>
        <source>%1 is neither 64 hex digits nor a file that can be read.</source>
        <translation>%1 既不是 64 位十六进制数字，也不是可读取的文件。</translation>
    </message>
    <message>
        <source>The file of %1 holds no key: 64 hex digits are expected in its first line.</source>
        <translation>%1 指定的文件中没有密钥：第一行应为 64 位十六进制数字。</translation>
    </message>
    <message>
        <source>The ledger&apos;s file, shared with other programs of this machine. Made when it is not there.</source>
        <translation>账本文件，与本机其他程序共用。不存在时会创建。</translation>
    </message>
    <message>
        <source>64 hex digits, or a file that holds them. Others may see an option: the environment&apos;s SLUICE_ZEROG_KEY is better.</source>
        <translation>64 位十六进制数字，或包含它们的文件。他人可能看到命令行选项：使用环境变量 SLUICE_ZEROG_KEY 更好。</translation>
    </message>
    <message>
        <source>Say which ledger: --ledger FILE.</source>
        <translation>请指定账本：--ledger 文件。</translation>
    </message>
    <message>
        <source>Say with which key: --key HEX, or SLUICE_ZEROG_KEY in the environment.</source>
        <translation>请指定密钥：--key HEX，或环境变量 SLUICE_ZEROG_KEY。</translation>
    </message>
    <message>
        <source>Sells services.</source>
        <translation>出售服务。</translation>
    </message>
    <message>
        <source>Calls them.</source>
        <translation>调用服务。</translation>
    </message>
    <message>
        <source>Everything that the ledger holds.</source>
        <translation>账本中的全部内容。</translation>
    </message>
    <message>
        <source>Port on 127.0.0.1, 0 for a free one; default %1.</source>
        <translation>127.0.0.1 上的端口，0 表示任一空闲端口；默认 %1。</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}.</source>
        <translation>标准输出的第一行说明监听位置：一个地址，或加 --json 时为 {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}。</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot;: seconds from 0.05 to %3 are expected.</source>
        <translation>--%1 “%2”：应为 0.05 到 %3 之间的秒数。</translation>
    </message>
    <message>
        <source>Is the provider agent of 0G serving until Ctrl-C: registers services, checks and records signed calls, passes them on and settles what they cost.</source>
        <translation>作为 0G Serving 的提供者代理运行，直到 Ctrl-C：注册服务，检查并记录已签名的调用，转发它们并结算费用。</translation>
    </message>
    <message>
        <source>The provider&apos;s key: whose services they are, and who is paid.</source>
        <translation>提供者的密钥：服务归谁所有，向谁付款。</translation>
    </message>
    <message>
        <source>Where users&apos; agents reach this one, as the ledger lists it; default: where it listens.</source>
        <translation>用户的代理在何处访问它，即账本中列出的地址；默认为监听地址。</translation>
    </message>
    <message>
        <source>Address to listen on; default 127.0.0.1. Only /v1/proxy is answered to other machines.</source>
        <translation>监听的地址；默认 127.0.0.1。对其他机器只应答 /v1/proxy。</translation>
    </message>
    <message>
        <source>Seconds from one look at users who may not be able to pay to the next; default 600.</source>
        <translation>每隔多少秒检查可能付不起的用户；默认 600。</translation>
    </message>
    <message>
        <source>Seconds from one settlement of everything to the next; default 86400.</source>
        <translation>每隔多少秒全部结算一次；默认 86400。</translation>
    </message>
    <message>
        <source>Then POST /v1/service registers a service.</source>
        <translation>然后用 POST /v1/service 注册服务。</translation>
    </message>
    <message>
        <source>Is the user agent of 0G serving until Ctrl-C: keeps accounts at providers, and signs and pays the calls of this machine&apos;s programs.</source>
        <translation>作为 0G Serving 的用户代理运行，直到 Ctrl-C：在提供者处持有账户，为本机程序的调用签名并付款。</translation>
    </message>
    <message>
        <source>The user&apos;s key: who signs and pays.</source>
        <translation>用户的密钥：由谁签名和付款。</translation>
    </message>
    <message>
        <source>Seconds from one look for refunds that are due to the next; default 600.</source>
        <translation>每隔多少秒查找到期的退款；默认 600。</translation>
    </message>
    <message>
        <source>Then GET /v1/service lists what is offered.</source>
        <translation>然后用 GET /v1/service 列出所提供的服务。</translation>
    </message>
    <message>
        <source>0G serving: sell services, call and pay them, and keep their ledger</source>
        <translation>0G Serving：出售服务、调用并付款，以及维护账本</translation>
    </message>
    <message>
        <source>Lists the servers that may take the calls of a capability, each asked for its terms: price, latency, free slots, how calls went,
and why it is asked first or not at all. One may be pinned, others excluded; that is kept in the profile and holds for later calls.
Nothing is paid.</source>
        <translation>列出可以接受某能力调用的服务器，并逐一询问其条件：价格、延迟、空闲槽位、以往调用情况，
以及它为何最先或根本不被询问。可以固定一台、排除其他；这保存在配置中，并对以后的调用生效。
不产生任何费用。</translation>
    </message>
    <message>
        <source>From now on calls go to this server and to no other.</source>
        <translation>从现在起调用只发往这台服务器。</translation>
    </message>
    <message>
        <source>Take the pin off.</source>
        <translation>取消固定。</translation>
    </message>
    <message>
        <source>No call goes to this server from now on; may be repeated.</source>
        <translation>从现在起没有调用发往这台服务器；可重复。</translation>
    </message>
    <message>
        <source>Take an excluded server in again; may be repeated.</source>
        <translation>重新纳入被排除的服务器；可重复。</translation>
    </message>
    <message>
        <source>Without a capability, the first that can be had from several servers is shown.</source>
        <translation>未给出能力时，显示第一个可来自多台服务器的能力。</translation>
    </message>
    <message>
        <source>One server, whatever others cost.</source>
        <translation>只用一台服务器，不论其他价格如何。</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>asked first</source>
        <translation>最先询问</translation>
    </message>
    <message>
        <source>asked as number %1</source>
        <translation>第 %1 位询问</translation>
    </message>
    <message>
        <source>tells no free slot</source>
        <translation>没有空闲槽位</translation>
    </message>
    <message>
        <source>away: %1</source>
        <translation>无法连接：%1</translation>
    </message>
    <message>
        <source>excluded by you</source>
        <translation>已被您排除</translation>
    </message>
    <message>
        <source>not asked: another one is pinned</source>
        <translation>不询问：已固定另一台</translation>
    </message>
    <message>
        <source>SERVER|PRICE|LATENCY|FREE|TAKEN|WHY</source>
        <translation>服务器|价格|延迟|空闲|已接受|原因</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 is pinned and is none of these servers: calls fail until it is unpinned.</source>
        <translation>已固定的 %1 不在这些服务器之中：取消固定之前调用都会失败。</translation>
    </message>
    <message>
        <source>No server is known that offers %1.</source>
        <translation>没有已知的服务器提供 %1。</translation>
    </message>
    <message>
        <source>--pin and --unpin exclude each other.</source>
        <translation>--pin 与 --unpin 不能同时使用。</translation>
    </message>
    <message>
        <source>Nothing that this profile offers can be had from several servers.</source>
        <translation>此配置提供的内容都只来自单一服务器。</translation>
    </message>
    <message>
        <source>Name a capability; those of Livepeer&apos;s orchestrators can.</source>
        <translation>请指定能力；Livepeer 编排器的能力可以。</translation>
    </message>
    <message>
        <source>Pins and exclusions are kept in a profile, and the command line named the network itself.</source>
        <translation>固定和排除保存在配置中，而命令行直接指定了网络。</translation>
    </message>
    <message>
        <source>Name one: --profile NAME.</source>
        <translation>请指定配置：--profile NAME。</translation>
    </message>
    <message>
        <source>show which servers take calls and why; pin or exclude one</source>
        <translation>显示哪些服务器接受调用及原因；固定或排除服务器</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no clearinghouse to sign in at.</source>
        <translation>配置“%1”没有指定用于登录的清算所。</translation>
    </message>
    <message>
        <source>Name one: sluicectl profile add NAME --signer URL --set byoc.issuer_url=URL --set byoc.client_id=ID</source>
        <translation>请指定：sluicectl profile add NAME --signer URL --set byoc.issuer_url=URL --set byoc.client_id=ID</translation>
    </message>
    <message>
        <source>Open %1
and enter the code  %2
It holds until %3; Ctrl-C gives up.</source>
        <translation>请打开 %1
并输入代码  %2
有效至 %3；按 Ctrl-C 放弃。</translation>
    </message>
    <message>
        <source>Signed in, but there is no keychain here, so the sign-in was not kept.</source>
        <translation>已登录，但此处没有钥匙串，因此未保存登录。</translation>
    </message>
    <message>
        <source>Signed in. It is kept in the keychain and renewed by itself.</source>
        <translation>已登录。已保存在钥匙串中，并会自动续期。</translation>
    </message>
    <message>
        <source>Sign in at its clearinghouse with a browser: byoc.issuer_url and byoc.client_id say where.</source>
        <translation>用浏览器登录其清算所：byoc.issuer_url 和 byoc.client_id 指明位置。</translation>
    </message>
    <message>
        <source>Port of the orchestrator; default: the last one, if it is free, else 8935, else any.</source>
        <translation>编排器的端口；默认：上次的端口（若空闲），否则 8935，否则任意端口。</translation>
    </message>
    <message>
        <source>Where the app is called, with its query; may be repeated: one call after the other.</source>
        <translation>调用应用的位置，可带查询；可重复：逐个调用。</translation>
    </message>
    <message>
        <source>Method of these calls; default POST.</source>
        <translation>这些调用的方法；默认 POST。</translation>
    </message>
    <message>
        <source>Their body: JSON, @FILE, or -; default {}.</source>
        <translation>其正文：JSON、@文件 或 -；默认 {}。</translation>
    </message>
    <message>
        <source>Of that body; default application/json.</source>
        <translation>该正文的类型；默认 application/json。</translation>
    </message>
    <message>
        <source>Keep the session for so long after the calls.</source>
        <translation>调用之后保持会话的时长。</translation>
    </message>
    <message>
        <source>Seconds for the reservation, and for each call; default 60.</source>
        <translation>预订以及每次调用的秒数；默认 60。</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that the session may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>会话可以发送的票据的最大期望值，写作 &quot;0.01 ETH&quot; 或 wei 数。</translation>
    </message>
    <message>
        <source>One call within a session.</source>
        <translation>会话中的一次调用。</translation>
    </message>
    <message>
        <source>Holds the session open; its address is for other programs.</source>
        <translation>保持会话打开；其地址供其他程序使用。</translation>
    </message>
    <message>
        <source>%1 answered %2.</source>
        <translation>%1 回答 %2。</translation>
    </message>
    <message>
        <source>session %1 at %2</source>
        <translation>会话 %1，位于 %2</translation>
    </message>
    <message>
        <source>paid %1 wei</source>
        <translation>已付 %1 wei</translation>
    </message>
    <message>
        <source>reserve a session with an app of a live runner, and call it</source>
        <translation>预订实时运行器上某个应用的会话并调用它</translation>
    </message>
    <message>
        <source>What is sold on 0G&apos;s mainnet, and for how much.</source>
        <translation>0G 主网上出售什么、价格多少。</translation>
    </message>
    <message>
        <source>File of the agent&apos;s own state; default: beside the ledger&apos;s file, one for each key.</source>
        <translation>代理自身状态的文件；默认：在账本文件旁边，每个密钥一个。</translation>
    </message>
    <message>
        <source>Say where the agent keeps its state: --state FILE.</source>
        <translation>请说明代理把状态保存在哪里：--state FILE。</translation>
    </message>
    <message>
        <source>With the contract on a chain.</source>
        <translation>使用链上的合约。</translation>
    </message>
    <message>
        <source>0G&apos;s compute network of today, read from its contracts by a node&apos;s JSON-RPC: services and prices, and what a wallet has in itself, in the ledger and at providers. Nothing is signed or spent.</source>
        <translation>当今的 0G 计算网络，通过节点的 JSON-RPC 从其合约读取：服务和价格，以及一个钱包在自身、账本和各提供者处的资金。不签名，也不花费。</translation>
    </message>
    <message>
        <source>JSON-RPC address of a node; default: the profile&apos;s.</source>
        <translation>节点的 JSON-RPC 地址；默认：配置中的地址。</translation>
    </message>
    <message>
        <source>Address of LedgerManager; not needed on 0G&apos;s mainnet and testnet.</source>
        <translation>LedgerManager 的地址；在 0G 的主网和测试网上不需要。</translation>
    </message>
    <message>
        <source>Whose money is shown; default: the profile&apos;s, else that of its user agent.</source>
        <translation>显示谁的资金；默认：配置中的，否则为其用户代理的。</translation>
    </message>
    <message>
        <source>Profile whose settings of 0G serving are used; default: the current one. Not looked at with --chain.</source>
        <translation>使用其 0G 服务设置的配置；默认：当前配置。给出 --chain 时不看它。</translation>
    </message>
    <message>
        <source>Mainnet, and one wallet&apos;s three pots.</source>
        <translation>主网，以及一个钱包的三处资金。</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no chain for 0G serving.</source>
        <translation>配置“%1”没有为 0G 服务指定链。</translation>
    </message>
    <message>
        <source>Say one: --chain https://evmrpc.0g.ai</source>
        <translation>请指定：--chain https://evmrpc.0g.ai</translation>
    </message>
    <message>
        <source>Whose money is there is not shown: say --wallet ADDRESS.</source>
        <translation>没有显示那里的资金：请给出 --wallet ADDRESS。</translation>
    </message>
    <message>
        <source>Whose money is there is not known: %1</source>
        <translation>不知道那里是谁的资金：%1</translation>
    </message>
    <message>
        <source>Money of %1:</source>
        <translation>%1 的资金：</translation>
    </message>
    <message>
        <source>  1. in the wallet: %1</source>
        <translation>  1. 在钱包里：%1</translation>
    </message>
    <message>
        <source>  2. in the ledger: %1, of it free to be sent to providers or taken back: %2</source>
        <translation>  2. 在账本里：%1，其中可转给提供者或取回：%2</translation>
    </message>
    <message>
        <source>  2. in the ledger: nothing, there is none yet</source>
        <translation>  2. 在账本里：没有，还没有开立</translation>
    </message>
    <message>
        <source>  3. at providers: no account yet</source>
        <translation>  3. 在提供者处：还没有账户</translation>
    </message>
    <message>
        <source>  3. at providers:</source>
        <translation>  3. 在提供者处：</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>已认可</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>未认可</translation>
    </message>
    <message>
        <source>       of it %1 on the way back to the ledger, due %2</source>
        <translation>       其中 %1 正在退回账本，到期 %2</translation>
    </message>
    <message>
        <source>chain %1</source>
        <translation>链 %1</translation>
    </message>
    <message>
        <source>%1 (chain %2)</source>
        <translation>%1（链 %2）</translation>
    </message>
    <message>
        <source>%1, block %2 of %3</source>
        <translation>%1，%3 的区块 %2</translation>
    </message>
    <message>
        <source>ledger %1, %2 %3</source>
        <translation>账本 %1，%2 %3</translation>
    </message>
    <message>
        <source>PROVIDER</source>
        <translation>提供者</translation>
    </message>
    <message>
        <source>TYPE</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>MODEL</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>PRICE IN</source>
        <translation>输入价格</translation>
    </message>
    <message>
        <source>PRICE OUT</source>
        <translation>输出价格</translation>
    </message>
    <message>
        <source>ACKNOWLEDGED</source>
        <translation>认可</translation>
    </message>
    <message>
        <source>No provider sells anything there.</source>
        <translation>那里没有提供者出售任何东西。</translation>
    </message>
    <message>
        <source>There is more than is shown: reading ended at %1 services.</source>
        <translation>还有未显示的内容：读取在 %1 项服务处结束。</translation>
    </message>
    <message>
        <source>In place of a file: JSON-RPC address of a node of the chain on which the ledger&apos;s contract is. Each change costs the key&apos;s account gas.</source>
        <translation>代替文件：账本合约所在链的某个节点的 JSON-RPC 地址。每次更改都会消耗该密钥账户的 gas。</translation>
    </message>
    <message>
        <source>The contract&apos;s address there.</source>
        <translation>合约在那里的地址。</translation>
    </message>
    <message>
        <source>A ledger on a chain needs both: --chain URL --contract ADDRESS.</source>
        <translation>链上的账本两者都要：--chain URL --contract ADDRESS。</translation>
    </message>
    <message>
        <source>The ledger is a file or on a chain: say --ledger or --chain, not both.</source>
        <translation>账本要么是文件，要么在链上：请给出 --ledger 或 --chain，不要两者都给。</translation>
    </message>
    <message>
        <source>--chain &quot;%1&quot; is no address for HTTP.</source>
        <translation>--chain“%1”不是 HTTP 地址。</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://127.0.0.1:8545</source>
        <translation>请写完整，例如 http://127.0.0.1:8545</translation>
    </message>
    <message>
        <source>--contract: %1</source>
        <translation>--contract：%1</translation>
    </message>
    <message>
        <source>Agree to what moves money. Without it a terminal is asked, and nothing else is taken for a yes.</source>
        <translation>同意动用资金的操作。否则会在终端询问，其他都不算同意。</translation>
    </message>
    <message>
        <source>Balances, what was asked back, services and prices.</source>
        <translation>余额、已要求退回的款项、服务与价格。</translation>
    </message>
    <message>
        <source>Without a question.</source>
        <translation>不再询问。</translation>
    </message>
    <message>
        <source>SERVICE</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>SENT</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>RECEIVED</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Account of %1, wallet %2
</source>
        <translation>%1 的账户，钱包 %2
</translation>
    </message>
    <message>
        <source>At %1: %2, asked back %3
</source>
        <translation>在 %1：%2，已要求退回 %3
</translation>
    </message>
    <message>
        <source>  refund %1: %2, due %3
</source>
        <translation>  退款 %1：%2，到期 %3
</translation>
    </message>
    <message>
        <source>There is no account at any provider yet: sluicectl accounts deposit opens one.</source>
        <translation>还没有任何提供方账户：sluicectl accounts deposit 会开立一个。</translation>
    </message>
    <message>
        <source>ASKED</source>
        <translation>请求时间</translation>
    </message>
    <message>
        <source>NONCE</source>
        <translation>NONCE</translation>
    </message>
    <message>
        <source>ANSWER BEFORE</source>
        <translation>上一答复</translation>
    </message>
    <message>
        <source>FEE</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>SIGNATURE</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Provider %1, wallet %2, not settled %3
</source>
        <translation>提供方 %1，钱包 %2，未结算 %3
</translation>
    </message>
    <message>
        <source>%1 can pay %2, owes %3
</source>
        <translation>%1 可支付 %2，欠 %3
</translation>
    </message>
    <message>
        <source>settled %1 (%2): %3
</source>
        <translation>结算 %1 (%2)：%3
</translation>
    </message>
    <message>
        <source>%1 Nobody is there to agree.</source>
        <translation>%1 没有人可以同意。</translation>
    </message>
    <message>
        <source>Say it with --yes.</source>
        <translation>请用 --yes 表示同意。</translation>
    </message>
    <message>
        <source>%1 [y/N] </source>
        <translation>%1 [y/N] </translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>未执行任何操作。</translation>
    </message>
    <message>
        <source>There is no provider.</source>
        <translation>没有提供方。</translation>
    </message>
    <message>
        <source>There are %1 providers.</source>
        <translation>有 %1 个提供方。</translation>
    </message>
    <message>
        <source>Say which: --provider ADDRESS. sluicectl accounts lists them.</source>
        <translation>请指定：--provider ADDRESS。sluicectl accounts 会列出它们。</translation>
    </message>
    <message>
        <source>Say how much: --amount &quot;0.5 A0GI&quot;.</source>
        <translation>请指定金额：--amount &quot;0.5 A0GI&quot;。</translation>
    </message>
    <message>
        <source>Deposit %1 at %2?</source>
        <translation>向 %2 存入 %1？</translation>
    </message>
    <message>
        <source>Ask %1 back from %2?</source>
        <translation>要求 %2 退回 %1？</translation>
    </message>
    <message>
        <source>Deposited %1 at %2; the account has %3.</source>
        <translation>已向 %2 存入 %1；账户现有 %3。</translation>
    </message>
    <message>
        <source>Asked %1 back from %2; it comes when its time is over.</source>
        <translation>已要求 %2 退回 %1；期限届满后到账。</translation>
    </message>
    <message>
        <source>Settle %1?</source>
        <translation>结算 %1？</translation>
    </message>
    <message>
        <source>Nothing was to be settled.</source>
        <translation>没有需要结算的。</translation>
    </message>
    <message>
        <source>Settled: %1 came in.</source>
        <translation>已结算：收入 %1。</translation>
    </message>
    <message>
        <source>Nothing was settled: %1</source>
        <translation>没有结算：%1</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>未包含：%1</translation>
    </message>
    <message>
        <source>Add it to the profile: sluicectl profile add NAME --set %1</source>
        <translation>加入配置：sluicectl profile add NAME --set %1</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no provider agent of yours.</source>
        <translation>配置“%1”未指定您的提供方代理。</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; pays from no accounts: it names no user agent of 0G.</source>
        <translation>配置“%1”不从账户付款：未指定 0G 用户代理。</translation>
    </message>
    <message>
        <source>What was due has been paid.</source>
        <translation>到期款项已支付。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is nothing that accounts does: %2 are.</source>
        <translation>accounts 没有“%1”：可用 %2。</translation>
    </message>
    <message>
        <source>show, fill and empty the accounts that pay 0G&apos;s services, and settle your sales</source>
        <translation>查看、充值和清空支付 0G 服务的账户，并结算您的销售</translation>
    </message>
    <message>
        <source>Further apps of the live runner, as a runners.json names them.</source>
        <translation>实时运行器的其他应用，格式同 runners.json。</translation>
    </message>
    <message>
        <source>The accounts at providers of 0G from which the profile&apos;s calls are paid, and what your own provider agent sells.
  list     the accounts, what was asked back, and what is sold; also without a word
  calls    the latest requests, with their fees and whether their signatures check
  deposit  put money in, which opens an account where there is none
  refund   ask money back; it comes when the ledger&apos;s lock time is over
  payout   have paid what is due of that
  sales    what your provider agent sells and sold, to whom, and what is not settled
  settle   have that paid</source>
        <translation>0G 提供者处用来支付此配置调用的账户，以及您自己的提供者代理所出售的内容。
  list     账户、已请求退回的金额和在售服务；不写词时也是如此
  calls    最近的请求，及其费用和签名是否有效
  deposit  存入资金；没有账户时会开立一个
  refund   请求退回资金；账本的锁定时间过后到账
  payout   支付其中已到期的部分
  sales    您的提供者代理在售和已售的内容、买方，以及尚未结算的部分
  settle   结算这些部分</translation>
    </message>
    <message>
        <source>For deposit and refund: &quot;0.5 A0GI&quot; or &quot;1000 neuron&quot;; a number alone is A0GI.</source>
        <translation>用于 deposit 和 refund：&quot;0.5 A0GI&quot; 或 &quot;1000 neuron&quot;；只写数字表示 A0GI。</translation>
    </message>
    <message>
        <source>Of calls and sales, that many at most; default 100.</source>
        <translation>调用和销售最多显示这么多条；默认 100。</translation>
    </message>
    <message>
        <source>There is no account at %1.</source>
        <translation>%1 处没有账户。</translation>
    </message>
    <message>
        <source>%1 sells nothing here.</source>
        <translation>%1 在此不出售任何服务。</translation>
    </message>
    <message>
        <source>sluicectl accounts lists accounts, services and their providers.</source>
        <translation>sluicectl accounts 会列出账户、服务及其提供者。</translation>
    </message>
    <message>
        <source>--amount must be more than 0.</source>
        <translation>--amount 必须大于 0。</translation>
    </message>
    <message>
        <source>Exit status: 0 done, 1 the call failed, 2 wrong usage or input, 3 no orchestrator or network,
4 payment, price, balance or spend limit, 5 cancelled, 6 timed out, 130 interrupted (Ctrl-C).
</source>
        <translation>退出状态：0 完成，1 调用失败，2 用法或输入错误，3 没有 Orchestrator 或网络，
4 付款、价格、余额或花费上限，5 已取消，6 超时，130 已中断（Ctrl-C）。
</translation>
    </message>
    <message>
        <source>In which order servers are asked: automatic (best where the servers were discovered, else as listed), listed or best.</source>
        <translation>按什么顺序询问服务器：automatic（由发现服务给出时最佳者优先，否则按列出的顺序）、listed 或 best。</translation>
    </message>
    <message>
        <source>Prices of --json are wei per second, whole or as a fraction (&quot;20/3&quot;); latencies are milliseconds.</source>
        <translation>--json 中的价格为每秒 wei，整数或分数（&quot;20/3&quot;）；延迟为毫秒。</translation>
    </message>
    <message>
        <source>Serves what a network offers under another API, until Ctrl-C.
  openai  OpenAI&apos;s API, in front of a gateway, another server or a profile
It has --help.</source>
        <translation>以另一种 API 提供网络中的能力，直到按 Ctrl-C。
  openai  OpenAI 的 API，位于网关、另一台服务器或一个配置之前
它有 --help。</translation>
    </message>
    <message>
        <source>A profile&apos;s capabilities as models.</source>
        <translation>把一个配置的能力作为模型。</translation>
    </message>
    <message>
        <source>Reserves a session with an app of a live runner, pays for it while it lasts, and stops it at the end.
With --path the app is called and its answer goes to standard output; without, the session stays until Ctrl-C.
Everything else goes to standard error; --json writes all of it to standard output.</source>
        <translation>与实时运行器的一个应用预留会话，会话期间为其付费，最后将其停止。
使用 --path 时调用该应用，其回答写入标准输出；不用时会话保持到按 Ctrl-C 为止。
其余内容写入标准错误；使用 --json 时全部写入标准输出。</translation>
    </message>
    <message>
        <source>say what: %1.</source>
        <translation>请说明要做什么：%1。</translation>
    </message>
    <message>
        <source>there is no &quot;%1&quot;; there is: %2.</source>
        <translation>没有“%1”；有：%2。</translation>
    </message>
    <message>
        <source>there is no &quot;%1&quot;. Did you mean &quot;%2&quot;?</source>
        <translation>没有“%1”。您是否想用“%2”？</translation>
    </message>
    <message>
        <source>Runs assistant templates as jobs in the queue of an LLM worker, or is one.
  serve   be a worker, until Ctrl-C
  add     put a template into the queue and print its answer
  listen  take over the updates of a job and print its answer
  jobs    list what waits and runs, or end one of them
Each has --help.</source>
        <translation>将助手模板作为任务放入 LLM worker 的队列中运行，或自己充当 worker。
  serve   充当 worker，直到按 Ctrl-C
  add     将模板放入队列并输出其回答
  listen  接管一个任务的更新并输出其回答
  jobs    列出等待和运行中的任务，或结束其中之一
每个都有 --help。</translation>
    </message>
    <message>
        <source>A worker in front of a profile&apos;s capabilities.</source>
        <translation>位于一个配置的能力之前的 worker。</translation>
    </message>
    <message>
        <source>What is before a new job there.</source>
        <translation>那里排在新任务之前的内容。</translation>
    </message>
    <message>
        <source>0G serving on this machine, and the network of today to be looked at.
  provider  be the agent that sells services, until Ctrl-C
  user      be the agent that calls and pays them, until Ctrl-C
  ledger    set up, show and call the contract&apos;s accounts, refunds and settlements in a file that both agents share
  network   show what today&apos;s contracts have: services, prices and a wallet&apos;s money
Each has --help.</source>
        <translation>在本机运行 0G serving，并可查看如今的网络。
  provider  充当出售服务的代理，直到按 Ctrl-C
  user      充当调用并支付服务的代理，直到按 Ctrl-C
  ledger    在两个代理共用的文件中设置、显示和调用合约的账户、退款与结算
  network   显示如今的合约内容：服务、价格和一个钱包的资金
每个都有 --help。</translation>
    </message>
    <message>
        <source>Seconds that a refund is locked; default %1.</source>
        <translation>退款被锁定的秒数；默认 %1。</translation>
    </message>
    <message>
        <source>Prints lock time, wallets, accounts and services of one moment as JSON.</source>
        <translation>以 JSON 输出某一时刻的锁定时间、钱包、账户和服务。</translation>
    </message>
    <message>
        <source>The contract&apos;s accounts, services, refunds and settlements in one file, with its rules.
  init  set a new one up, as its owner
  show  print all that it holds at one moment, as JSON
  call  call a function of the contract
Each has --help.</source>
        <translation>合约的账户、服务、退款与结算，连同其规则，都在一个文件中。
  init  以所有者身份新建一个
  show  以 JSON 输出它在某一时刻的全部内容
  call  调用合约的一个函数
每个都有 --help。</translation>
    </message>
    <message>
        <source>
Examples:
  sluicectl capabilities
      What the current profile&apos;s network offers.
  sluicectl run text-analysis --input &apos;{&quot;text&quot;:&quot;A fine day.&quot;}&apos;
      One call, one answer.
  sluicectl stream docs-chat --input &apos;{&quot;messages&quot;:[{&quot;role&quot;:&quot;user&quot;,&quot;content&quot;:&quot;What is a ticket?&quot;}]}&apos;
      An answer as it comes.

Every command has --help and --json.

</source>
        <translation>
示例：
  sluicectl capabilities
      当前配置的网络提供的能力。
  sluicectl run text-analysis --input &apos;{&quot;text&quot;:&quot;A fine day.&quot;}&apos;
      一次调用，一个响应。
  sluicectl stream docs-chat --input &apos;{&quot;messages&quot;:[{&quot;role&quot;:&quot;user&quot;,&quot;content&quot;:&quot;What is a ticket?&quot;}]}&apos;
      实时输出的回答。

每个命令都支持 --help 和 --json。

</translation>
    </message>
    <message>
        <source>Environment: SLUICE_DATA_DIR (where profiles, history and the sandbox live), SLUICE_SENDER_KEY (key that
signs and pays: 64 hex digits, or a file that holds them), SLUICE_ZEROG_KEY (the same for 0G),
LIVEPEER_ORCH_URL, LIVEPEER_GATEWAY_URL, LIVEPEER_TOKEN.
</source>
        <translation>环境变量：SLUICE_DATA_DIR（配置、历史记录和沙盒的位置）、SLUICE_SENDER_KEY（签名和付款的密钥：
64 位十六进制数字，或包含它的文件）、SLUICE_ZEROG_KEY（用于 0G，形式相同）、
LIVEPEER_ORCH_URL、LIVEPEER_GATEWAY_URL、LIVEPEER_TOKEN。
</translation>
    </message>
    <message>
        <source>Which chain it must be; without it, the one that the node names is believed.</source>
        <translation>必须是哪条链；不写时相信节点所报的链。</translation>
    </message>
    <message>
        <source>What the gas of one change may cost at most: &quot;0.5 A0GI&quot; or &quot;1000 neuron&quot;; default 1 A0GI.</source>
        <translation>一次更改的 gas 最多可花费多少：&quot;0.5 A0GI&quot; 或 &quot;1000 neuron&quot;；默认 1 A0GI。</translation>
    </message>
    <message>
        <source>--%1 is for a ledger on a chain: say --chain URL --contract ADDRESS, too.</source>
        <translation>--%1 用于链上的账本：请同时给出 --chain URL --contract 地址。</translation>
    </message>
    <message>
        <source>--max-fee: %1</source>
        <translation>--max-fee：%1</translation>
    </message>
    <message>
        <source>Amounts are neuron: 1 A0GI = 10^18 neuron. JSON has them as strings of digits, exactly.</source>
        <translation>金额以 neuron 计：1 A0GI = 10^18 neuron。JSON 中为精确的数字字符串。</translation>
    </message>
    <message>
        <source>Whose capability it is, such as byoc or liverunner, where several have one of that name;
default: who has it, BYOC before others.</source>
        <translation>当多个后端有同名能力时指明属于谁，例如 byoc 或 liverunner；
默认：拥有它的后端，BYOC 优先。</translation>
    </message>
    <message>
        <source>An answer of 4xx or 5xx is printed like any other; its status goes to standard error, the calls after it are made,
and the program ends with 1.</source>
        <translation>4xx 或 5xx 的应答与其他应答一样输出；其状态写到标准错误，后面的调用照常进行，
程序以 1 结束。</translation>
    </message>
    <message>
        <source>For deposit and refund: at which provider, by its address. Not needed where there is only one.</source>
        <translation>用于 deposit 和 refund：哪个提供方，写其地址。只有一个提供方时不需要。</translation>
    </message>
    <message>
        <source>Nothing is due yet; sluicectl accounts says when.</source>
        <translation>尚无到期款项；sluicectl accounts 会说明何时到期。</translation>
    </message>
    <message>
        <source>Nothing was asked back.</source>
        <translation>没有要求退回的款项。</translation>
    </message>
    <message>
        <source>--provider goes with deposit and refund; %1 is about all providers.</source>
        <translation>--provider 用于 deposit 和 refund；%1 针对所有提供方。</translation>
    </message>
    <message>
        <source>
Named by you.
</source>
        <translation>
由您命名。
</translation>
    </message>
    <message>
        <source>Nobody could be asked for its price or free slots.
</source>
        <translation>无法向任何一方询问价格或空闲名额。
</translation>
    </message>
    <message>
        <source>Try `%1 --help`.</source>
        <translation>请尝试 `%1 --help`。</translation>
    </message>
    <message>
        <source>Nothing was pinned.</source>
        <translation>没有固定任何服务器。</translation>
    </message>
    <message>
        <source>The change is kept in the profile all the same.</source>
        <translation>更改仍已保存在配置中。</translation>
    </message>
    <message>
        <source>%1 has no setting &quot;%2&quot;.</source>
        <translation>%1 没有设置“%2”。</translation>
    </message>
    <message>
        <source>There is no keychain here, so the signer key was not kept: set LIVEPEER_SIGNER_AUTH=&quot;Bearer KEY&quot; for each call.</source>
        <translation>这里没有密钥环，因此签名方密钥未保存：请在每次调用时设置 LIVEPEER_SIGNER_AUTH=&quot;Bearer KEY&quot;。</translation>
    </message>
    <message>
        <source>There is no keychain here, so the token was not kept: set LIVEPEER_TOKEN for each call and name no profile.</source>
        <translation>这里没有密钥环，因此令牌未保存：请在每次调用时设置 LIVEPEER_TOKEN，且不指定配置。</translation>
    </message>
    <message>
        <source>There is no keychain here, so %1 was not kept, and calls go without it.</source>
        <translation>这里没有密钥环，因此 %1 未保存，调用将不带它发出。</translation>
    </message>
    <message>
        <source>Replaced: &quot;%1&quot; was there already. Its addresses, settings and limits are now what you said; secrets that you gave none for, what you named
in it and its choice of servers stay.</source>
        <translation>已替换：“%1”原已存在。其地址、设置和限额现为您所给的；未另行提供的机密、您在其中命名的能力
和服务器选择保持不变。</translation>
    </message>
    <message>
        <source>The profile &quot;sandbox&quot; is always there and cannot be removed.</source>
        <translation>配置“sandbox”始终存在，不能删除。</translation>
    </message>
    <message>
        <source>The profile &quot;sandbox&quot; is as it was at first.</source>
        <translation>配置“sandbox”已恢复为最初的状态。</translation>
    </message>
    <message>
        <source>With --json one line is written for the session, one for each answer, and one for what was paid; &quot;type&quot; says which it is.</source>
        <translation>使用 --json 时，会话、每个回答和已付款项各输出一行；“type”说明是哪一种。</translation>
    </message>
    <message>
        <source>The channels of live jobs by themselves, with any server: byte segments over HTTP, read while they are written.
  serve      serve channels on this machine
  publish    write standard input to a channel
  subscribe  write a channel to standard output
Each has --help.</source>
        <translation>实时任务的通道本身，可用于任何服务器：通过 HTTP 传输的字节段，边写边读。
  serve      在本机提供通道
  publish    将标准输入写入通道
  subscribe  将通道写到标准输出
各自都有 --help。</translation>
    </message>
    <message>
        <source>In one terminal.</source>
        <translation>在一个终端中。</translation>
    </message>
    <message>
        <source>In another one.</source>
        <translation>在另一个终端中。</translation>
    </message>
    <message>
        <source>In a third one.</source>
        <translation>在第三个终端中。</translation>
    </message>
    <message>
        <source>Listening for job %1. A worker that does not know it says nothing: this ends after %2 s (--timeout), or with Ctrl-C.</source>
        <translation>正在监听任务 %1。不认识它的 worker 不会作答：%2 秒后（--timeout）或按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>%1 (account %2)</source>
        <translation>%1（账户 %2）</translation>
    </message>
    <message>
        <source>there is no command &quot;%1&quot;.</source>
        <translation>没有命令“%1”。</translation>
    </message>
    <message>
        <source>%1 is set but not used: %2.</source>
        <translation>%1 已设置但未使用：%2。</translation>
    </message>
    <message>
        <source>a signer pays for the profile &quot;%1&quot;</source>
        <translation>配置“%1”由签名方付款</translation>
    </message>
    <message>
        <source>nothing of the profile &quot;%1&quot; is paid with such a key</source>
        <translation>配置“%1”中没有任何内容用这样的密钥付款</translation>
    </message>
    <message>
        <source>It must hold 64 hex digits, with or without 0x. To make one: (umask 077; openssl rand -hex 32 &gt; key.txt)</source>
        <translation>它必须包含 64 个十六进制数字，可带或不带 0x。生成方法：(umask 077; openssl rand -hex 32 &gt; key.txt)</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; has a signer key of its own</source>
        <translation>配置“%1”有自己的签名方密钥</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; signs in at its clearinghouse</source>
        <translation>配置“%1”在其清算所登录</translation>
    </message>
    <message>
        <source>Only Sluice itself answers: calls through it would go in a circle, so there is nothing to add.</source>
        <translation>只有 Sluice 自身作答：通过它的调用会兜圈子，因此没有可添加的内容。</translation>
    </message>
    <message>
        <source>Make one: (umask 077; openssl rand -hex 32 &gt; provider.key)</source>
        <translation>生成一个：(umask 077; openssl rand -hex 32 &gt; provider.key)</translation>
    </message>
    <message>
        <source>another program ran it, and has ended</source>
        <translation>由另一个程序运行，而该程序已结束</translation>
    </message>
    <message>
        <source>The local network has ended (%1) and is begun again.</source>
        <translation>本地网络已结束（%1），正在重新启动。</translation>
    </message>
    <message>
        <source>%1 The local network has ended: %2</source>
        <translation>%1 本地网络已结束：%2</translation>
    </message>
    <message>
        <source>Run it again: it then has a local network of its own, with the same state.</source>
        <translation>请再次运行：届时它会有自己的本地网络，状态相同。</translation>
    </message>
    <message>
        <source>The local network has ended before the call was begun: another program ran it. It is begun again.</source>
        <translation>本地网络在调用开始之前已结束：它由另一个程序运行。正在重新启动。</translation>
    </message>
    <message>
        <source>The network did not answer in time: not within %1 s.</source>
        <translation>网络未及时应答：%1 秒内没有答复。</translation>
    </message>
    <message>
        <source>Nothing was sent. Give it more time with --timeout, or see whether it runs.</source>
        <translation>未发送任何内容。请用 --timeout 给它更多时间，或检查它是否在运行。</translation>
    </message>
    <message>
        <source>IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env.</source>
        <translation>监听的 IP 地址；默认 127.0.0.1。其他地址需要 --api-key-env。</translation>
    </message>
    <message>
        <source>Address to listen on; default: LISTEN_ADDRESS, else 127.0.0.1. At any other one, whoever reaches it spends what your keys and profile pay for.</source>
        <translation>监听的地址；默认为 LISTEN_ADDRESS，否则为 127.0.0.1。若用其他地址，任何能访问它的人都会花费您的密钥和配置所支付的费用。</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;listens_on&quot;:…}.</source>
        <translation>标准输出的第一行说明监听位置：一个地址，或在使用 --json 时为 {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;listens_on&quot;:…}。</translation>
    </message>
    <message>
        <source>It listens on %1, port %2, and asks nobody for a key: whoever reaches that address spends what your keys and profile pay for. With --address 127.0.0.1 only this machine reaches it.</source>
        <translation>正在 %1 的端口 %2 上监听，且不要求任何人提供密钥：任何能访问该地址的人都会花费您的密钥和配置所支付的费用。使用 --address 127.0.0.1 时，只有本机可以访问。</translation>
    </message>
    <message>
        <source>%1: %2. --keep-metadata sends the file as it is.</source>
        <translation>%1：%2。--keep-metadata 会按原样发送文件。</translation>
    </message>
    <message>
        <source>Put a file&apos;s bytes as base64 into a field of the input. Position, names and other private
details are taken out of pictures.</source>
        <translation>将文件的字节以 base64 放入输入的某个字段。图片中的位置、姓名及其他隐私信息
会被移除。</translation>
    </message>
    <message>
        <source>Send pictures of --file as they are, with position and all else that stands in them.</source>
        <translation>按原样发送 --file 的图片，包含其中的位置及其他所有信息。</translation>
    </message>
    <message>
        <source>%1 is a picture in the format %2; this field takes %3.</source>
        <translation>%1 是 %2 格式的图片；此字段接受 %3。</translation>
    </message>
    <message>
        <source>Export the picture as JPEG.</source>
        <translation>请将图片导出为 JPEG。</translation>
    </message>
    <message>
        <source>Nothing was sent; --no-check sends it as it is.</source>
        <translation>未发送任何内容；--no-check 会照原样发送。</translation>
    </message>
    <message>
        <source>%1 has no %2; it has: %3.</source>
        <translation>%1 没有 %2；它有：%3。</translation>
    </message>
    <message>
        <source>This would work: %1</source>
        <translation>可以这样：%1</translation>
    </message>
    <message>
        <source>It has: %1.</source>
        <translation>它有：%1。</translation>
    </message>
    <message>
        <source>%1 has no model &quot;%2&quot;.</source>
        <translation>%1 没有模型“%2”。</translation>
    </message>
    <message>
        <source>Send it also when the network says that it has no such capability, verb or model, or when the schema refuses the input.</source>
        <translation>即使网络表示没有该能力、动词或模型，或模式拒绝该输入，也照样发送。</translation>
    </message>
</context>
</TS>
