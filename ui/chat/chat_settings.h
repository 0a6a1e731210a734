#pragma once

#include "sluice/gateway/capability_info.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTimer;

namespace sluice {

class ChatTranscript;
class SectionHeader;

/// The folded row above a conversation: system prompt and the few parameters every chat has.
///
/// An emptied number leaves the call without that member (client-sdk.md statement 26); what a person types is kept as
/// its literal. A schema that is known decides which parameters are offered.
class ChatSettings final : public QWidget {
    Q_OBJECT
public:
    /// `transcript` must outlive this.
    explicit ChatSettings(ChatTranscript &transcript, QWidget *parent = nullptr);

    void setCapability(const CapabilityInfo &info);
    /// Shows what the transcript holds now, e.g. after a call was loaded.
    void readBack();
    void setExpanded(bool expanded);

private:
    struct Parameter {
        QString name;
        bool integer = false;
        QString lowest;
        QString highest;
        QLineEdit *field = nullptr;
        QLabel *label = nullptr;
    };
    void addParameter(const QString &name, const QString &title, const QString &hint, bool integer, const QString &lowest,
        const QString &highest);
    void take(const Parameter &parameter);
    void summarize();

    ChatTranscript &m_transcript;
    SectionHeader *m_header;
    QWidget *m_body;
    QPlainTextEdit *m_prompt;
    QLabel *m_problem;
    QList<Parameter> m_parameters;
    bool m_reading = false;
};

} // namespace sluice
