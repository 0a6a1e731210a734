// What a worker's own expansion makes of a template, with marks where only an answer can stand.
#include "sluice/gateway/assistants.h"

#include "sluice/backend/call.h"
#include "sluice/llmworker/backend_call.h"
#include "sluice/llmworker/prompt.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace sluice::assistants {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::assistants)
};

const QStringList Providers{QStringLiteral("openai"), QStringLiteral("vllm"), QStringLiteral("local")};
const QStringList Inserts{QStringLiteral("history"), QStringLiteral("history_summary")};

/// A width is written in a few characters, and a preview is made while somebody types.
constexpr qsizetype MostShown = 4 * 1024 * 1024;

/// Characters that occur nowhere in what is expanded, to stand for texts that nobody has yet.
QList<QChar> unused(const QString &text)
{
    QList<QChar> found;
    for (char16_t c = 0xE000; c < 0xF8FF && found.size() < 3; ++c) {
        if (!text.contains(QChar(c)))
            found.append(QChar(c));
    }
    return found;
}

class Preview {
public:
    Preview(const Json &assistant, const llmworker::AddRequest &add)
        : m_assistant(assistant)
    {
        m_values.query = add.query;
        m_values.history = add.history;
        const Json files = assistant.value(QStringLiteral("files_collection_id"));
        if (files.isString())
            m_values.filesCollectionId = files.toString();
        QString all = add.query + QString::fromUtf8(assistant.dump());
        for (const llmworker::Message &message : add.history)
            all += message.content;
        m_marks = unused(all);
    }

    QList<PromptStream> streams()
    {
        QList<PromptStream> all;
        const QList<Json> steps = m_assistant.value(QStringLiteral("streams")).items();
        for (qsizetype i = 0; i < steps.size(); ++i)
            all.append(stream(steps.at(i), int(i)));
        return all;
    }

private:
    PromptStream stream(const Json &step, int number)
    {
        PromptStream result;
        const QString place = QStringLiteral("/streams/%1").arg(number);
        result.title = step.value(QStringLiteral("name")).toString();
        result.provider = step.value(QStringLiteral("provider")).toString();
        if (!step.value(QStringLiteral("provider")).isString() && step.value(QStringLiteral("pipeline")).isString()) {
            result.issues.append({place, Words::tr("This is a pipeline, and no worker has one: every job of it fails.")});
            return result;
        }
        if (!Providers.contains(result.provider))
            result.issues.append({place + QStringLiteral("/provider"), Words::tr("Workers know the providers openai, vllm and local; with another one every job fails.")});
        takeSettings(step.value(QStringLiteral("settings")), place + QStringLiteral("/settings"), result);
        const QList<Json> entries = step.value(QStringLiteral("messages")).items();
        for (qsizetype i = 0; i < entries.size(); ++i)
            takeEntry(entries.at(i), number, place + QStringLiteral("/messages/%1").arg(i), result);
        return result;
    }

    static void takeSettings(const Json &settings, const QString &place, PromptStream &result)
    {
        const auto read = llmworker::ModelSettings::from(settings);
        result.model = settings.value(QStringLiteral("model")).toString();
        if (read)
            result.temperature = QString::fromLatin1(read->temperature.numberText());
        else if (!settings.value(QStringLiteral("model")).isString())
            result.issues.append({place + QStringLiteral("/model"), Words::tr("Without the name of a model every job of this stream fails.")});
        else
            result.issues.append({place + QStringLiteral("/temperature"), Words::tr("The temperature is a number; with this every job of the stream fails.")});
        if (read && read->model.isEmpty())
            result.issues.append({place + QStringLiteral("/model"), Words::tr("Name the model.")});
    }

    void takeEntry(const Json &json, int number, const QString &place, PromptStream &result)
    {
        const Json stream{{QStringLiteral("provider"), "vllm"}, {QStringLiteral("settings"), Json::object()}, {QStringLiteral("messages"), Json::array({json})}};
        const auto read = llmworker::Assistant::fromJson(Json{{QStringLiteral("streams"), Json::array({stream})}});
        if (!read) {
            const QString inner = read.error().field().mid(QStringLiteral("/streams/0/messages/0").size());
            result.issues.append({place + inner, read.error().message()});
            return;
        }
        const auto &one = std::get<llmworker::Stream>(read->streams.first());
        const auto &entry = one.messages.first();
        if (const auto *insert = std::get_if<llmworker::Insert>(&entry); insert && !Inserts.contains(insert->name)) {
            result.issues.append({place + QStringLiteral("/insert"), Words::tr("There are the inserts history and history_summary; with another one every job fails.")});
            return;
        }
        if (m_left < 0) {
            PromptMessage written = asWritten(entry).first();
            written.open = false;
            written.cut = true;
            result.messages.append(written);
            return;
        }
        // Twice, with two different texts in the place of each that is not there yet: where they say the same around it, so does any other.
        const QString shortAnswer(m_marks.at(0));
        const QString longAnswer(40, m_marks.at(1));
        const auto first = expandedWith(one, number, shortAnswer);
        const auto second = expandedWith(one, number, longAnswer);
        if (!first && !second && first.error().message() == second.error().message()) {
            takeFault(entry, number, place, first.error().message(), result);
            return;
        }
        const bool same = first && second && cut(*first, shortAnswer, number) == cut(*second, longAnswer, number);
        QList<PromptMessage> messages = same ? cut(*first, shortAnswer, number) : asWritten(entry);
        const bool inserted = std::holds_alternative<llmworker::Insert>(entry);
        for (PromptMessage &message : messages)
            message.inserted = inserted;
        result.messages += messages;
    }

    Expected<QList<llmworker::Message>> expandedWith(const llmworker::Stream &stream, int number, const QString &answer)
    {
        m_values.previousStreamOutput = number == 0 ? m_values.query : answer;
        auto messages = llmworker::promptOf(stream, m_values, QString(m_marks.at(2)));
        for (const llmworker::Message &message : messages.valueOr(QList<llmworker::Message>()))
            m_left -= message.content.size();
        return messages;
    }

    QList<PromptMessage> cut(const QList<llmworker::Message> &messages, const QString &answer, int number) const
    {
        QList<PromptMessage> result;
        for (const llmworker::Message &message : messages) {
            PromptMessage cutUp;
            cutUp.role = message.role;
            QString text = message.content;
            text.replace(answer, QString(m_marks.at(0)));
            QString words;
            const auto flush = [&] {
                if (!words.isEmpty())
                    cutUp.pieces.append({Piece::Kind::Text, std::exchange(words, QString()), 0});
            };
            for (const QChar c : std::as_const(text)) {
                if (c == m_marks.at(0) || c == m_marks.at(2)) {
                    flush();
                    cutUp.pieces.append(c == m_marks.at(2) ? Piece{Piece::Kind::Summary, {}, 0} : Piece{Piece::Kind::Answer, {}, number - 1});
                } else {
                    words += c;
                }
            }
            flush();
            result.append(cutUp);
        }
        return result;
    }

    static QList<PromptMessage> asWritten(const llmworker::PromptEntry &entry)
    {
        const auto *message = std::get_if<llmworker::Message>(&entry);
        PromptMessage open;
        open.open = true;
        open.role = message ? message->role : QString();
        open.pieces = {{Piece::Kind::Text, message ? message->content : std::get<llmworker::Insert>(entry).name, 0}};
        return {open};
    }

    void takeFault(const llmworker::PromptEntry &entry, int number, const QString &place, const QString &said, PromptStream &result)
    {
        const auto *message = std::get_if<llmworker::Message>(&entry);
        if (!message) {
            result.issues.append({place, Words::tr("The history does not expand: a worker would end the job with “%1”.").arg(said)});
            return;
        }
        qsizetype fault = 0;
        m_values.previousStreamOutput = number == 0 ? m_values.query : QString(m_marks.at(0));
        (void)llmworker::expanded(message->content, m_values, &fault);
        const QString before = message->content.left(fault);
        const qsizetype line = before.count(QLatin1Char('\n')) + 1;
        const qsizetype column = fault - before.lastIndexOf(QLatin1Char('\n'));
        result.issues.append({place + QStringLiteral("/content"),
            Words::tr("Line %1, column %2, at “%3”: a worker would end the job with “%4”. There are {query}, {previous_stream_output}, {history}, {files_collection_id} and {rag_output}; "
                      "a brace that means itself is doubled.")
                .arg(QString::number(line), QString::number(column), message->content.mid(fault, 20).section(QLatin1Char('\n'), 0, 0), said)});
    }

    Json m_assistant;
    llmworker::PromptValues m_values;
    qsizetype m_left = MostShown; ///< of what is expanded, in code units
    QList<QChar> m_marks; ///< an answer, a longer one, a summary
};

} // namespace

Expected<QList<PromptStream>> preview(const Json &assistant, const QString &query, const Json &history)
{
    Call call;
    call.input = chatInput(query, history);
    const auto add = llmworker::requestFor(call, llmworker::Assistant());
    if (!add)
        return unexpected(add.error());
    return Preview(assistant, *add).streams();
}

} // namespace sluice::assistants
