<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AmountLabel</name>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
Double-click to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BalancePanel</name>
    <message>
        <source>price not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free of charge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lasts %1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enough for %1 × %2 at %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit reached: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 % of the limit of %3 used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No balance yet. The first paid call opens one with the orchestrator; what is left of it stays for the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance for %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CapabilityModel</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>availability unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatComposer</name>
    <message>
        <source>Write a message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Esc stops the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter sends · Esc stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the answer (Esc); what has come so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the message (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Clear the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cleared.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link is no web address, so it is not opened: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a message below and press Ctrl+Enter. Each answer is a call of its own, paid and kept in history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatSettings</name>
    <message>
        <source>Instructions and parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt: how the answers should be. Sent before the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a whole number, %2; “%3” is not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a number %2; “%3” is not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatTranscript</name>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capability reported an error in its stream: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it had written before is kept. Try again, or look at the capability&apos;s log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The answer ended without any text: %n event(s) had a form that chat does not know.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The answer ended without any text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the raw events in the result view, or try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Jump to the latest words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s). %1: %2</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Not set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeEditor</name>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Code of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the code as a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a capability: the code of its call appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads %1 from the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command, a capability, a panel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ElidedLabel</name>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;qt&gt;%1&lt;br&gt;Click to copy&lt;/qt&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off leaves the key out of the input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited as JSON: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited as JSON: the form has no place for this value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldSpec</name>
    <message>
        <source>its schema refers to itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its schema refers to %1, which is not here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its schema names no properties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested too deep for a form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its schema has more than %1 fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its schema does not say what the items are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its schema names no single type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its type “%1” has no form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items: %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items: at most %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items: %1 or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileEditor</name>
    <message>
        <source>Choose file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a URL, or drop a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop or paste a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the file from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedded file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has %2; at most %3 fit into a call. Give a URL or a smaller file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is %2; this field takes %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is larger than %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted picture.png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This field takes a file from this computer, not a URL.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>Events as they arrive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Run or Ctrl+Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input does not fit; the form says where.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, started %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export history as JSON lines…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search runs…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run fits this search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call you make is kept here, with its input, answer and cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy call as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2 · %3 · %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InlineMessage</name>
    <message>
        <source>this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request: %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment: tickets were sent; the money may be spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed over:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something failed without saying why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide &amp;details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InputEditor</name>
    <message>
        <source>&amp;Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the input as form or as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in a sample input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More for the input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset, defaults, copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Omit unchanged defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave optional keys out while they hold the schema&apos;s default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No schema is known for this capability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schema from: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Example %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The example “%1” is filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON text has an error, so the form is locked. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to the error</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The key “%1” is there more than once; the last one counts.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>This capability publishes no schema, so there is no form. Write its input as JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input is back at its defaults.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a capability to see where its time goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonEditor</name>
    <message>
        <source>Input as JSON</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonFieldEditor</name>
    <message>
        <source>JSON, for example {&quot;key&quot;: 1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonTreeModel</name>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonTreeView</name>
    <message>
        <source>Find in keys and values…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the JSON tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Expand all below</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move item %1 of %2 up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move item %1 of %2 down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove item %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an item to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 takes at most %2 items</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Sluice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a capability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one at the left, or press Ctrl+K and type its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command &amp;palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;capabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show co&amp;de</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;System theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;ark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a &amp;capability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a &amp;run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;fresh the balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the &amp;network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First contact with %1: its key %2… is remembered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trust the new key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network of this profile does not offer “%1” now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the capabilities (F5) or choose the profile it ran on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>capability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use network “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit “%1”…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberEditor</name>
    <message>
        <source>Not set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it like 12, -0.5 or 1e3.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ObjectEditor</name>
    <message>
        <source>Additional settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also sent, edited in the JSON tab: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PickerPanel</name>
    <message>
        <source>Capabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh capabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh capabilities (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search capabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by verb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All verbs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capability list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No capability fits this search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orchestrator of this profile offers a capability now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>Edit profile “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>e.g. production</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the profile is called here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orchestrators, paid with my own key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A gateway that signs and pays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local network on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Orchestrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One or several addresses, separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Discovery URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orchestrators are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Gateway URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The BYOC gateway that calls go through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged when empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A base64 token bundle; stored in the keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;nder key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>64 hex digits of the key that signs and pays; stored in the keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit per &amp;call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wei of expected value that one call may spend.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit per &amp;session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wei until the program is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit per da&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wei per day (UTC), over all programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save and &amp;use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keychain here: token and key are kept until the program is closed, then forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the profile a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a profile named “%1” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name an orchestrator, a discovery URL, or give a token that does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the gateway&apos;s URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sender key has 64 hex digits; this one does not.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RawView</name>
    <message>
        <source>Received text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no content type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · only the first %1 were kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · the first %1 are shown; save for all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RelativeTimeLabel</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n s</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Save the answer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ra&amp;w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>served by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer says it is a picture (%1), but it cannot be decoded. The bytes are under Raw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the JSON…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These bytes have no preview. They are under Raw; save them to open them elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>The call ended with an unknown failure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped before an answer came.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SchemaForm</name>
    <message>
        <source>GPU %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 GB of video memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This capability takes no input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SectionHeader</name>
    <message>
        <source>Fold %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>There is no profile named “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another profile in the status bar.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>Course of values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no values yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: now %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StateView</name>
    <message>
        <source>Nothing here yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusDot</name>
    <message>
        <source>Status not known</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid in the last minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose or edit the network profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the network does not answer; what is listed may be old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Show or hide the secret</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketDetails</name>
    <message>
        <source>this ticket as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Win probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rand hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signature checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketModel</name>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the ticket won, once the recipient has told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketsPanel</name>
    <message>
        <source>Tickets of this call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a paid capability: every ticket that pays for it appears here, decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sent, %2 won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: since %1, still running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: %1 to %2, took %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TurnFooter</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid for this answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again: replaces this answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first words · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>~%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens as the server counted them. The rate runs from the first words to the last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not count its tokens: each piece of the stream is taken for one. The rate runs from the first words to the last.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnionEditor</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not set</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkbenchPage</name>
    <message>
        <source>T&amp;imeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeout in seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run this call (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the call (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This capability is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Billed by the second at %1. The orchestrator wants credit for %2 s before it begins; what is not used stays as your balance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network does not say what this costs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to the network of this profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the status bar for the reason, or choose another profile there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A playground for the Livepeer AI network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drive the window through every panel, write a picture per step and report.json into DIR, and quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print the time to the first paint and the memory when idle, and quit.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sluice::JsonText</name>
    <message>
        <source>‹secret %1›</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>‹long text %1: %2 characters, kept as it is›</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sluice::exact</name>
    <message>
        <source>&lt; 1 wei</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over 10 years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sluicectl</name>
    <message>
        <source>%1 is larger than %2 MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 is not JSON: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --%1 &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;, or use --%1 @file.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--file &quot;%1&quot; does not read FIELD=PATH.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--file needs an object as --input, to put the file into.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 -: standard input cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input: JSON, @FILE, or - for standard input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a file&apos;s bytes as base64 into a field of the input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path below the worker&apos;s address; default: the capability&apos;s own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model, where the capability has several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job&apos;s `parameters`, a JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds the call may take; default 60. At least 60 are paid for in advance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest expected value of tickets that this call may send, in wei.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no input for %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one with --input; `sluicectl describe %1` shows what it wants.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--parameters is not a JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--max-spend is &quot;%1&quot;; a whole number of wei is wanted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what is left of what you paid, per orchestrator and capability. Pays nothing.
Orchestrators forget a balance that nothing was added to or taken from for 10 to 20 minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For every capability of the current profile&apos;s network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one, for scripts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CAPABILITY|BALANCE|ORCHESTRATOR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sender: %1
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists what the network offers now: verb, price, free slots. Pays nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the current profile&apos;s network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of one orchestrator, with schemas and examples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NAME|VERB|PRICE|FREE|WHAT IT DOES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>
Price: %1 per %2, at least 60 of them in advance.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>
It does not say what input it wants.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>
Input (the whole schema with --json):
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>
Examples:
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows one capability: what it does, what input it wants, what it costs, examples that run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the JSON Schemas of input and output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs begin with &quot;%2&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`sluicectl history` lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID|WHEN|CAPABILITY|VERB|STATE|PAID|WHAT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier calls, of this program and of the window. An ID may be shortened to its beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list: how many at most; default 20.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list, export: only runs that hold every one of these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last twenty runs of docs-chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything, one JSON object per line, oldest first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same call once more; it is paid for once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs the ID of a run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 takes no ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of list, show, export, replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write JSON to standard output: one document, or one line per event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage: sluicectl %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try `sluicectl %1 --help`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no option --%1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Did you mean %1%2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something is missing; it wants: %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one argument too many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 is &quot;%2&quot;; a whole number from %3 to %4 is wanted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> |NAME|KIND|WHERE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A profile needs one of --orchestrator, --discovery and --gateway.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keychain here, so the key was not kept: set SLUICE_SENDER_KEY, or give --key with each call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named networks, shared with the window. &quot;sandbox&quot; is always there and runs on this machine.
Keys stand in the system&apos;s keychain, never in a file of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: call this orchestrator; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: find orchestrators here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: call through this BYOC gateway, which signs and pays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: file with the key that signs and pays; goes to the keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: spend limit of one call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: spend limit of one session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add: spend limit of one day, UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An orchestrator, a key and a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What run and stream use from now on, and the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs the name of a profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list takes no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of list, use, add, remove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls a capability once, pays for it, and prints its answer. What it cost goes to standard error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the answer&apos;s bytes to a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the current profile; a fresh machine starts its own sandbox for the call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file in, a file out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For scripts: one JSON document with the answer, the tickets and the timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against an orchestrator of your choice, with a limit on what it may cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs a whole network on this machine: an orchestrator and a runner with demo capabilities, each listening on
loopback. It checks every signature and every ticket as a real orchestrator does. One JSON line on standard
output says when it is ready; the log goes to standard error. Ctrl-C or SIGTERM stops it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File with everything it remembers: balances, nonces, keys, certificate.
Default: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port of the orchestrator; default: the last one, if it is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this sender a deposit and a reserve, so that its tickets are taken; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price in wei per second, of one capability or of all; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offer llm-chat through this OpenAI-compatible server; its key comes from OPENAI_API_KEY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model that llm-chat asks it for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defects of other orchestrators to show, for testing clients:
%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Milliseconds between blocks of its chain; default 12000. Tickets expire after 40 blocks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While it runs, FILE.lock keeps a second one off the file and FILE.ready.json holds the ready line, so that other
programs find it. The keys in it are worth nothing anywhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the window and the sandbox profile start by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a fixed port, for a client with a key of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second one, free of charge, that never ends its streams.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--price &quot;%1&quot; does not read [NAME=]WEI.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints the address and the headers of a call, signed and paid, for a tool that makes the HTTP request itself.
The body to send is the input. The tickets count as spent, whether the request is made or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capability to call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign for a stream: its default path instead of run&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{&quot;url&quot;: …, &quot;headers&quot;: {&quot;Livepeer&quot;: …, &quot;Livepeer-Payment&quot;: …}}, with the key of SLUICE_SENDER_KEY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--capability is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints a call as code that runs as it stands. Secrets are never in it: it reads them from the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run or stream; default: what the capability prefers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to run it stands in its first lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no language &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--language is missing; there are: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--verb &quot;%1&quot; is neither run nor stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as %1 and run: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls a capability and prints its answer as it comes. What it cost goes to standard error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print each event&apos;s data on a line of its own, also where text could be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat answers in OpenAI&apos;s form are shown as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One JSON object per line: opened, event, balance, end or error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists the tickets that were signed here, newest first, and what became of them. A ticket is a lottery ticket:
its expected value pays, its face value is taken from your deposit only when it wins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many at most; default 20.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the network first which of them won.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last twenty, and whether they won.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that is known of each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WHEN|CAPABILITY|NONCE|WORTH|FACE VALUE|STATE|RESULT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sent in all, %2 known to have won.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage: sluicectl COMMAND [options]

Runs capabilities of the Livepeer AI network, pays for them and shows what they cost. Without a profile
of your own it starts a sandbox network on this machine for the call.

Commands:
</source>
        <translation type="unfinished"></translation>
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

Exit status: 0 done, 1 the call failed, 2 wrong usage or input, 3 no orchestrator or network,
4 payment, price, balance or spend limit, 5 cancelled, 6 timed out.

Environment: SLUICE_DATA_DIR (where profiles, history and the sandbox live), SLUICE_SENDER_KEY (key that
signs and pays: 64 hex digits, or a file that holds them), LIVEPEER_ORCH_URL, LIVEPEER_GATEWAY_URL, LIVEPEER_TOKEN.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call a capability and print its answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call a capability and print its answer as it comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list what the network offers, with prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show one capability: input, output, examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show your credit at the orchestrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list the tickets that were sent and what became of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list, show, export and replay earlier calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>print a call as code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>print the signed and paid HTTP request of a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list, choose, add and remove networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run the local network until stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sluicectl: there is no command &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Did you mean &quot;%1&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try `sluicectl --help`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is not an http or https URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it whole, e.g. https://127.0.0.1:8935.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key file %1 cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must hold 64 hex digits, with or without 0x.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key file %1 holds %2 digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network offers no capability &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It offers: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled before an answer came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was spent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in tickets had been sent; what was not used up stays as your balance there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network to use instead of the current profile; &quot;sandbox&quot; is always there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this orchestrator, with the key of --key or SLUICE_SENDER_KEY.
May be repeated: tried in this order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call through this BYOC gateway, which signs and pays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File with the key that signs and pays: 64 hex digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State file of the sandbox, for the sandbox profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`sluicectl profile list` shows them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First contact with %1: its key %2 is trusted from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is %1 bytes of %2, not shown on a terminal; use --out FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 from %3: %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream failed without saying why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets had left before it failed: the payment may be spent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no ticket sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid %1 with 1 ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid %1 with %2 tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charged %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>balance %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
