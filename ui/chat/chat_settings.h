#pragma once

#include "sluice/backend/capability_info.h"

#include <QtWidgets/QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace sluice::ui {

class ChatTranscript;
class SectionHeader;

/// The folded row above a conversation: system prompt and number parameters: those that the capability's schema has, or the
/// few that every chat has when the schema is unknown.
///
/// An emptied number leaves the call without that member (client-sdk.md statement 26); what a person types is kept as
/// its literal.
class ChatSettings final : public QWidget {
    Q_OBJECT
public:
    /// `transcript` must outlive this.
    explicit ChatSettings(ChatTranscript &transcript, QWidget *parent = nullptr);

    void setCapability(const CapabilityInfo &info);
    /// Shows what the transcript holds now, e.g. after a call was loaded.
    void readBack();
    void setExpanded(bool expanded);
    /// Off where the system prompt is written elsewhere, for several conversations: only the parameters are here then.
    void setPromptShown(bool shown);

private:
    struct Parameter {
        QString name;
        QString title;
        QString hint;
        bool integer = false;
        std::optional<double> lowest;
        std::optional<double> highest;
        QLineEdit *field = nullptr;
        QLabel *label = nullptr;
    };
    [[nodiscard]] static QList<Parameter> commonParameters();
    [[nodiscard]] static QList<Parameter> parametersOf(const Json &schema);
    void setParameters(const QList<Parameter> &parameters);
    void take(const Parameter &parameter);
    void summarize();

    ChatTranscript &m_transcript;
    SectionHeader *m_header;
    QWidget *m_body;
    QPlainTextEdit *m_prompt;
    QLabel *m_problem;
    QGridLayout *m_fields;
    QList<Parameter> m_parameters;
    bool m_reading = false;
    bool m_promptShown = true;
};

} // namespace sluice::ui
