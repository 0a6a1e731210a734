<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>sluice::SchemaViolation</name>
    <message numerus="yes">
        <source>%1 must have at least %n items, but has %2.</source>
        <translation>
            <numerusform>%1 must have at least %n item, but has %2.</numerusform>
            <numerusform>%1 must have at least %n items, but has %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n items.</source>
        <translation>
            <numerusform>Add %n item.</numerusform>
            <numerusform>Add %n items.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 may have at most %n items, but has %2.</source>
        <translation>
            <numerusform>%1 may have at most %n item, but has %2.</numerusform>
            <numerusform>%1 may have at most %n items, but has %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n items.</source>
        <translation>
            <numerusform>Remove %n item.</numerusform>
            <numerusform>Remove %n items.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at least %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 must hold at least %n item of the kind that its schema asks for, but holds %2.</numerusform>
            <numerusform>%1 must hold at least %n items of the kind that its schema asks for, but holds %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at most %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 must hold at most %n item of the kind that its schema asks for, but holds %2.</numerusform>
            <numerusform>%1 must hold at most %n items of the kind that its schema asks for, but holds %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n members, which is not allowed.</source>
        <translation>
            <numerusform>%1 has %n member, which is not allowed.</numerusform>
            <numerusform>%1 has %n members, which is not allowed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an array of %n items</source>
        <translation>
            <numerusform>an array of %n item</numerusform>
            <numerusform>an array of %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an object of %n members</source>
        <translation>
            <numerusform>an object of %n member</numerusform>
            <numerusform>an object of %n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more fields do not fit.</source>
        <translation>
            <numerusform>%n more field does not fit.</numerusform>
            <numerusform>%n more fields do not fit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %n more characters.</source>
        <translation>
            <numerusform>Write %n more character.</numerusform>
            <numerusform>Write %n more characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shorten it by %n characters.</source>
        <translation>
            <numerusform>Shorten it by %n character.</numerusform>
            <numerusform>Shorten it by %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::AccountsPanel</name>
    <message numerus="yes">
        <source>Settle now? What %n user(s) owe, %1, is taken from their accounts and paid to %2. Calls that are under way are left for the next time.</source>
        <translation>
            <numerusform>Settle now? What %n user owes, %1, is taken from the account and paid to %2. Calls that are under way are left for the next time.</numerusform>
            <numerusform>Settle now? What %n users owe, %1, is taken from their accounts and paid to %2. Calls that are under way are left for the next time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::AssistantPanel</name>
    <message numerus="yes">
        <source>%n assistant(s) stand in %1.</source>
        <translation>
            <numerusform>%n assistant stands in %1.</numerusform>
            <numerusform>%n assistants stand in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) came in, and are capabilities of this profile.</source>
        <translation>
            <numerusform>%n assistant came in, and is a capability of this profile.</numerusform>
            <numerusform>%n assistants came in, and are capabilities of this profile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::AttachmentTray</name>
    <message numerus="yes">
        <source>A message takes %n picture(s), and it has them all.</source>
        <translation>
            <numerusform>A message takes %n picture, and it has it.</numerusform>
            <numerusform>A message takes %n pictures, and it has them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::BalancePanel</name>
    <message numerus="yes">
        <source>at %n orchestrators, as they said</source>
        <translation>
            <numerusform>at %n orchestrator, as it said</numerusform>
            <numerusform>at %n orchestrators, as they said</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityKeeper</name>
    <message numerus="yes">
        <source>%n capabilities stand in %1.</source>
        <translation>
            <numerusform>%n capability stands in %1.</numerusform>
            <numerusform>%n capabilities stand in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n capabilities came from %1.</source>
        <translation>
            <numerusform>%n capability came from %1.</numerusform>
            <numerusform>%n capabilities came from %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityModel</name>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n free</numerusform>
            <numerusform>%n free</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatPane</name>
    <message numerus="yes">
        <source>%n message(s) cleared.</source>
        <translation>
            <numerusform>%n message cleared.</numerusform>
            <numerusform>%n messages cleared.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatTranscript</name>
    <message numerus="yes">
        <source>The answer ended without any text: %n event(s) had a form that chat does not know.</source>
        <translation>
            <numerusform>The answer ended without any text: %n event had a form that chat does not know.</numerusform>
            <numerusform>The answer ended without any text: %n events had a form that chat does not know.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatView</name>
    <message numerus="yes">
        <source>%n message(s). %1: %2</source>
        <translation>
            <numerusform>%n message. %1: %2</numerusform>
            <numerusform>%n messages. %1: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::CompareView</name>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n line differs</numerusform>
            <numerusform>%n lines differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointIndicator</name>
    <message numerus="yes">
        <source>endpoint :%1 · %n running</source>
        <translation>
            <numerusform>endpoint :%1 · %n running</numerusform>
            <numerusform>endpoint :%1 · %n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Local endpoint at port %1, %n call(s) running</source>
        <translation>
            <numerusform>Local endpoint at port %1, %n call running</numerusform>
            <numerusform>Local endpoint at port %1, %n calls running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::FieldSpec</name>
    <message numerus="yes">
        <source>at most %Ln character(s)</source>
        <translation>
            <numerusform>at most %Ln character</numerusform>
            <numerusform>at most %Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryModel</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryPanel</name>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>%n run deleted.</numerusform>
            <numerusform>%n runs deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::InputEditor</name>
    <message numerus="yes">
        <source>The key “%1” is there more than once; the last one counts.</source>
        <translation>
            <numerusform>The key “%1” is there more than once; the last one counts.</numerusform>
            <numerusform>The keys “%1” are there more than once; the last one of each counts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::LocalServersBox</name>
    <message numerus="yes">
        <source>%n model(s): %1</source>
        <translation>
            <numerusform>%n model: %1</numerusform>
            <numerusform>%n models: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n call(s) of other programs still run through the local endpoint and would end with the window.</source>
        <translation>
            <numerusform>%n call of another program still runs through the local endpoint and would end with the window.</numerusform>
            <numerusform>%n calls of other programs still run through the local endpoint and would end with the window.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureIntake</name>
    <message numerus="yes">
        <source>%n million pixel(s)</source>
        <translation>
            <numerusform>%n million pixels</numerusform>
            <numerusform>%n million pixels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::PromptPreview</name>
    <message numerus="yes">
        <source>… and %Ln more character(s)</source>
        <translation>
            <numerusform>… and %Ln more character</numerusform>
            <numerusform>… and %Ln more characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s)</source>
        <translation>
            <numerusform>%Ln fault</numerusform>
            <numerusform>%Ln faults</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::ReasoningFold</name>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::RelativeTimeLabel</name>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n s ago</numerusform>
            <numerusform>%n s ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n s</source>
        <translation>
            <numerusform>in %n s</numerusform>
            <numerusform>in %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>in %n min</numerusform>
            <numerusform>in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>in %n h</numerusform>
            <numerusform>in %n h</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::RunPane</name>
    <message numerus="yes">
        <source>%n byte(s) that are no text</source>
        <translation>
            <numerusform>%n byte that is no text</numerusform>
            <numerusform>%n bytes that are no text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::SchemaField</name>
    <message numerus="yes">
        <source>A form of %n fields</source>
        <translation>
            <numerusform>A form of %n field</numerusform>
            <numerusform>A form of %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::StatusStrip</name>
    <message numerus="yes">
        <source>connected · %n capabilities</source>
        <translation>
            <numerusform>connected · %n capability</numerusform>
            <numerusform>connected · %n capabilities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities, no list of its own</source>
        <translation>
            <numerusform>connected · %n capability, no list of its own</numerusform>
            <numerusform>connected · %n capabilities, no list of its own</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketsPanel</name>
    <message numerus="yes">
        <source>%n signature(s) not checked</source>
        <translation>
            <numerusform>%n signature not checked</numerusform>
            <numerusform>%n signatures not checked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::TimelineView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::exact</name>
    <message numerus="yes">
        <source>%1 day(s)</source>
        <translation>
            <numerusform>%1 day</numerusform>
            <numerusform>%1 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicectl</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
