#include "sluice/gateway/assistants.h"

#include "sluice/gateway/profile.h"
#include "sluice/llmworker/assistant.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace sluice::assistants {

namespace {

const QString Templates = QStringLiteral("templates");
const QString Meta = QStringLiteral("meta");
const QString MetaName = QStringLiteral("name");
const QString Streams = QStringLiteral("streams");

/// Words that people read; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::assistants)
};

Unexpected<Error> refused(const QString &message, const QString &pointer = {})
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(pointer));
}

QList<Named> in(const Json &settings)
{
    QList<Named> all;
    for (const Json::Member &member : settings.value(Templates).members())
        all.append(Named(member.first, member.second));
    return all;
}

Json worded(const char *type, const QString &title, const QString &description = {})
{
    Json json{{QStringLiteral("type"), type}, {QStringLiteral("title"), title}};
    if (!description.isEmpty())
        json.insert(QStringLiteral("description"), description);
    return json;
}

Json textField(const QString &title, const QString &description)
{
    Json json = worded("string", title, description);
    json.insert(QStringLiteral("format"), "textarea");
    return json;
}

Json names(std::initializer_list<const char *> values)
{
    Json json = Json::array();
    for (const char *value : values)
        json.append(value);
    return json;
}

Json objectOf(Json json, const Json &properties, const Json &required)
{
    json.insert(QStringLiteral("properties"), properties);
    json.insert(QStringLiteral("required"), required);
    return json;
}

Json messageSchema()
{
    Json role = worded("string", Words::tr("Role"));
    role.insert(QStringLiteral("enum"), names({"system", "user", "assistant", "function"}));
    role.insert(QStringLiteral("default"), "user");
    const Json content = textField(Words::tr("Text"), QString());
    Json json = objectOf(worded("object", Words::tr("Message")), Json{{QStringLiteral("role"), role}, {QStringLiteral("content"), content}}, names({"role", "content"}));
    json.insert(QStringLiteral("default"), Json{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), "{query}"}});
    return json;
}

Json insertSchema()
{
    Json name = worded("string", Words::tr("What goes here"),
        Words::tr("history: what was said before. history_summary: a summary of it by another model, and its last three messages."));
    name.insert(QStringLiteral("enum"), names({"history", "history_summary"}));
    name.insert(QStringLiteral("default"), "history");
    Json json = objectOf(worded("object", Words::tr("Insert")), Json{{QStringLiteral("insert"), name}}, names({"insert"}));
    json.insert(QStringLiteral("default"), Json{{QStringLiteral("insert"), "history"}});
    return json;
}

Json settingsSchema()
{
    Json temperature = worded("number", Words::tr("Temperature"), Words::tr("0 where nothing is set. A worker of the original kind knows these two settings and no others."));
    temperature.insert(QStringLiteral("minimum"), 0);
    temperature.insert(QStringLiteral("maximum"), 2);
    const Json properties{{QStringLiteral("model"), worded("string", Words::tr("Model"), Words::tr("As the provider calls it; with local, a capability of the worker's profile."))},
        {QStringLiteral("temperature"), temperature}};
    return objectOf(worded("object", Words::tr("Settings")), properties, names({"model"}));
}

Json streamSchema()
{
    Json provider = worded("string", Words::tr("Provider"));
    provider.insert(QStringLiteral("enum"), names({"openai", "vllm", "local"}));
    provider.insert(QStringLiteral("description"), Words::tr("Where the worker asks: openai, vllm (any OpenAI-compatible server), or local (a worker of Sluice that serves a profile)."));
    Json messages = worded("array", Words::tr("Messages"),
        Words::tr("In the order in which the model gets them. {query} is the question, {previous_stream_output} what the stream before answered; braces that mean themselves are doubled."));
    const Json entry{{QStringLiteral("title"), Words::tr("Entry")}, {QStringLiteral("oneOf"), Json::array({messageSchema(), insertSchema()})},
        {QStringLiteral("default"), messageSchema().value(QStringLiteral("default"))}};
    messages.insert(QStringLiteral("items"), entry);
    const Json properties{{QStringLiteral("name"), worded("string", Words::tr("Name"), Words::tr("For you; a worker does not read it."))}, {QStringLiteral("provider"), provider},
        {QStringLiteral("settings"), settingsSchema()}, {QStringLiteral("messages"), messages}};
    Json json = objectOf(worded("object", Words::tr("Stream")), properties, names({"provider", "settings", "messages"}));
    json.insert(QStringLiteral("default"), Json{{QStringLiteral("provider"), "vllm"}, {QStringLiteral("settings"), Json::object()},
                                               {QStringLiteral("messages"), Json::array({messageSchema().value(QStringLiteral("default"))})}});
    return json;
}

} // namespace

Json schema()
{
    Json questions = worded("array", Words::tr("Sample questions"));
    questions.insert(QStringLiteral("items"), worded("string", Words::tr("Question")));
    const Json metaFields{{QStringLiteral("description"), worded("string", Words::tr("Description"), Words::tr("What the list of capabilities says of it."))},
        {QStringLiteral("sample_questions"), questions}};
    const Json meta = objectOf(worded("object", Words::tr("About it")), metaFields, Json::array());
    Json streams = worded("array", Words::tr("Streams"), Words::tr("They run one after the other; only the last one's answer is sent."));
    streams.insert(QStringLiteral("items"), streamSchema());
    Json files = worded("string", Words::tr("Collection of files"), Words::tr("Stands for {files_collection_id} in the messages, and for nothing else."));
    files.insert(QStringLiteral("x-advanced"), true);
    const Json properties{{Meta, meta}, {Streams, streams}, {QStringLiteral("files_collection_id"), files}};
    Json json = objectOf(worded("object", Words::tr("Assistant")), properties, names({"streams"}));
    json.insert(QStringLiteral("x-form-depth"), 6); // messages of streams, each of two kinds
    return json;
}

Expected<void> check(const Json &assistant)
{
    const auto read = llmworker::Assistant::fromJson(assistant);
    return read ? Expected<void>() : Expected<void>(unexpected(read.error()));
}

Expected<void> checkName(const QString &name)
{
    const bool printable = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (name.trimmed().isEmpty())
        return refused(Words::tr("Give the assistant a name."));
    if (name.size() > MaxName || !printable || name != name.trimmed())
        return refused(Words::tr("An assistant's name has at most %1 characters that can be seen, and no blanks around it.").arg(MaxName));
    return {};
}

QString description(const Json &assistant)
{
    return assistant.value(Meta).value(QStringLiteral("description")).toString();
}

QStringList sampleQuestions(const Json &assistant)
{
    QStringList questions;
    for (const Json &question : assistant.value(Meta).value(QStringLiteral("sample_questions")).items())
        questions << question.toString();
    questions.removeAll(QString());
    return questions;
}

Json chatInput(const QString &query, const Json &history)
{
    QList<Json> messages = history.items();
    messages.append(Json{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), query}});
    return Json{{QStringLiteral("messages"), Json::array(messages)}};
}

QList<Named> of(const Profile &profile)
{
    return in(profile.backends.value(Backend));
}

QList<Named> of(const GatewayConfig &config)
{
    return in(config.backends.value(Backend).values);
}

bool hasWorker(const GatewayConfig &config)
{
    return config.backends.contains(Backend);
}

Expected<Profile> changed(Profile profile, const QList<Change> &changes)
{
    Json settings = profile.backends.value(Backend, Json::object());
    if (!profile.local && !profile.backends.contains(Backend))
        return refused(Words::tr("The profile “%1” has no LLM worker.").arg(profile.name));
    QList<Json::Member> all = settings.value(Templates).members();
    const auto place = [&all](const QString &name) { return std::find_if(all.begin(), all.end(), [&](const Json::Member &one) { return one.first == name; }); };
    for (const Change &change : changes) {
        const auto former = place(change.replaced);
        if (!change.kept) {
            if (former == all.end())
                return refused(Words::tr("The profile “%1” has no assistant “%2”.").arg(profile.name, change.replaced));
            all.erase(former);
            continue;
        }
        if (const auto named = checkName(change.kept->name); !named)
            return unexpected(named.error());
        if (const auto fits = check(change.kept->assistant); !fits)
            return unexpected(fits.error());
        const Json::Member member(change.kept->name, change.kept->assistant);
        const auto same = place(change.kept->name);
        if (former != all.end() && change.replaced != change.kept->name) {
            *former = member;
            if (same != all.end())
                all.erase(same);
        } else if (same != all.end()) {
            *same = member;
        } else {
            all.append(member);
        }
    }
    settings.insert(Templates, Json::object(all));
    profile.backends.insert(Backend, settings);
    return profile;
}

QByteArray write(const QList<Named> &assistants)
{
    if (assistants.size() == 1) {
        // One goes as it is, for whatever takes templates; its name where other programs look for it.
        Json one = assistants.first().assistant;
        Json meta = one.value(Meta).isObject() ? one.value(Meta) : Json::object();
        meta.insert(MetaName, assistants.first().name);
        one.insert(Meta, meta);
        return one.dump(2) + '\n';
    }
    Json all = Json::object();
    for (const Named &one : assistants)
        all.insert(one.name, one.assistant);
    return all.dump(2) + '\n';
}

Expected<QList<Named>> read(QByteArrayView text, const QString &fileName)
{
    Json::Limits limits;
    limits.maxBytes = MaxFileBytes;
    const auto json = Json::parse(text, limits);
    if (!json)
        return unexpected(json.error());
    const Json sent = json->value(QStringLiteral("assistant"));
    const Json whole = sent.isObject() ? sent : *json;
    QList<Named> found;
    if (whole.value(Streams).isArray()) {
        const QString own = whole.value(Meta).value(MetaName).toString().trimmed();
        found.append(Named(checkName(own) ? own : QFileInfo(fileName).completeBaseName().trimmed(), whole));
    } else {
        for (const Json::Member &member : whole.members())
            found.append(Named(member.first, member.second));
    }
    if (!whole.isObject() || found.isEmpty())
        return refused(Words::tr("The file holds no assistant: that is an object with “streams”, or an object of such ones by name."));
    for (const Named &one : std::as_const(found)) {
        if (const auto named = checkName(one.name); !named)
            return unexpected(named.error());
        if (const auto fits = check(one.assistant); !fits)
            return refused(Words::tr("“%1” is no assistant: %2").arg(one.name, fits.error().message()), fits.error().field());
    }
    return found;
}

namespace {

Json message(const char *role, const QString &content)
{
    return Json{{QStringLiteral("role"), role}, {QStringLiteral("content"), content}};
}

Json streamOf(const QString &name, const QList<Json> &messages)
{
    return Json{{QStringLiteral("name"), name}, {QStringLiteral("provider"), "vllm"},
        {QStringLiteral("settings"), Json{{QStringLiteral("model"), QString()}, {QStringLiteral("temperature"), Json::number("0.2")}}},
        {QStringLiteral("messages"), Json::array(messages)}};
}

Json assistantOf(const QString &description, const QStringList &questions, const QList<Json> &streams)
{
    Json asked = Json::array();
    for (const QString &question : questions)
        asked.append(question);
    return Json{{Meta, Json{{QStringLiteral("description"), description}, {QStringLiteral("sample_questions"), asked}}}, {Streams, Json::array(streams)}};
}

} // namespace

QList<Named> examples()
{
    const Json history{{QStringLiteral("insert"), "history"}};
    const Json query = message("user", QStringLiteral("{query}"));
    const Json translate = assistantOf(Words::tr("Sums a text up in three sentences and translates the summary into Swedish."),
        {Words::tr("The sluice lets a trickle of water through. When the gate is lifted, the basin behind it fills within an hour, and boats pass.")},
        {streamOf(Words::tr("Summary"), {message("system", Words::tr("Sum up what you are given in three sentences.")), query}),
            streamOf(Words::tr("Translation"), {message("system", Words::tr("Translate what you are given into Swedish. Answer with the translation alone.")),
                                                  message("user", QStringLiteral("{previous_stream_output}"))})});
    const Json critique = assistantOf(Words::tr("Writes a draft, then reads it as a critic and writes it better."), {Words::tr("Write a note to the neighbours: the sluice is closed on Friday.")},
        {streamOf(Words::tr("Draft"), {message("system", Words::tr("Write a draft for what you are asked.")), history, query}),
            streamOf(Words::tr("Critique"), {message("system", Words::tr("Be a critic: name what is wrong with a draft in a few words, then write it better.")),
                                               message("user", Words::tr("The task: {query}\n\nThe draft:\n{previous_stream_output}"))})});
    const Json chat = assistantOf(Words::tr("One stream that knows what was said before."), {}, {streamOf(Words::tr("Answer"), {message("system", Words::tr("Answer briefly.")), history, query})});
    return {Named(Words::tr("Summarise, then translate"), translate), Named(Words::tr("Draft, then critique"), critique), Named(Words::tr("Chat with history"), chat)};
}

} // namespace sluice::assistants
