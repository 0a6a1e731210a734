<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>LiveSource</name>
    <message>
        <source>The camera “%1” is not plugged in.</source>
        <translation>Die Kamera „%1“ ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Plug it in and start again, or use the test pattern.</source>
        <translation>Schließen Sie sie an und starten Sie noch einmal, oder nehmen Sie das Testbild.</translation>
    </message>
    <message>
        <source>%1×%2, %3/s</source>
        <translation>%1×%2, %3/s</translation>
    </message>
</context>
<context>
    <name>LiveState</name>
    <message>
        <source>Not started</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>LiveTabs</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 leeren</translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Kleiner</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
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
        <translation>Leertaste</translation>
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
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Runter</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>&amp;Linkadresse kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>Snippets</name>
    <message>
        <source>Pick a capability first.</source>
        <translation>Wählen Sie zuerst eine Capability.</translation>
    </message>
    <message>
        <source>An AI gateway streams the chat only, and has no live jobs.</source>
        <translation>Ein AI-Gateway streamt nur den Chat und hat keine Live-Jobs.</translation>
    </message>
    <message>
        <source>A live job needs a library for its channels, and there is none for Node.</source>
        <translation>Ein Live-Job braucht für seine Kanäle eine Bibliothek, und für Node gibt es keine.</translation>
    </message>
    <message>
        <source>Apps on live runners are reached at orchestrators, not through gateways.</source>
        <translation>Apps auf Live-Runnern erreicht man bei Orchestratoren, nicht über Gateways.</translation>
    </message>
    <message>
        <source>The published package sends JSON objects only.</source>
        <translation>Das veröffentlichte Paket sendet nur JSON-Objekte.</translation>
    </message>
    <message>
        <source>The app&apos;s name or its path holds control characters.</source>
        <translation>Der Name der App oder ihr Pfad enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>OpenAI-compatible servers have no live jobs.</source>
        <translation>OpenAI-kompatible Server haben keine Live-Jobs.</translation>
    </message>
    <message>
        <source>The input of such a call is a JSON object.</source>
        <translation>Die Eingabe eines solchen Aufrufs ist ein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The capability&apos;s name or its path holds control characters.</source>
        <translation>Der Name der Capability oder ihr Pfad enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>The library openai is used here for streams of chat; curl and fetch stream from /%1.</source>
        <translation>Die Bibliothek openai wird hier für Streams des Chats benutzt; von /%1 streamen curl und fetch.</translation>
    </message>
    <message>
        <source>An orchestrator names the terms of live-video-to-video over gRPC, which this language&apos;s code does not speak; Python and C++ do.</source>
        <translation>Ein Orchestrator nennt die Bedingungen von live-video-to-video über gRPC, das der Code dieser Sprache nicht spricht; Python und C++ tun es.</translation>
    </message>
    <message>
        <source>There is no code for the backend “%1” yet.</source>
        <translation>Für das Backend „%1“ gibt es noch keinen Code.</translation>
    </message>
    <message>
        <source>A BYOC gateway takes live video by WHIP and RTMP only.</source>
        <translation>Ein BYOC-Gateway nimmt Live-Video nur über WHIP und RTMP an.</translation>
    </message>
    <message>
        <source>A live job&apos;s parameters are a JSON object.</source>
        <translation>Die Parameter eines Live-Jobs sind ein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The capability&apos;s name, its path or its model holds control characters.</source>
        <translation>Der Name der Capability, ihr Pfad oder ihr Modell enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>The version 1 specification reaches orchestrators, not gateways.</source>
        <translation>Die Spezifikation der Version 1 erreicht Orchestratoren, keine Gateways.</translation>
    </message>
    <message>
        <source>The version 1 specification has no place for job parameters.</source>
        <translation>Die Spezifikation der Version 1 hat keinen Platz für Job-Parameter.</translation>
    </message>
    <message>
        <source>The published package always calls a worker at the capability&apos;s name, and this one&apos;s path is /%1.</source>
        <translation>Das veröffentlichte Paket ruft einen Worker immer unter dem Namen der Capability auf, und der Pfad dieser ist /%1.</translation>
    </message>
    <message>
        <source>The published package looks for the terms of payment at port %1, and this sandbox is at port %2, because that one was in use.</source>
        <translation>Das veröffentlichte Paket sucht die Zahlungsbedingungen an Port %1, und diese Sandbox ist an Port %2, weil jener belegt war.</translation>
    </message>
    <message>
        <source>The published package opens live-video-to-video jobs (start_lv2v), but no live BYOC jobs.</source>
        <translation>Das veröffentlichte Paket öffnet Jobs von live-video-to-video (start_lv2v), aber keine Live-Jobs von BYOC.</translation>
    </message>
    <message>
        <source>The published package reaches orchestrators, not gateways.</source>
        <translation>Das veröffentlichte Paket erreicht Orchestratoren, keine Gateways.</translation>
    </message>
    <message>
        <source>The published package cannot stream from a BYOC capability yet.</source>
        <translation>Das veröffentlichte Paket kann von einer BYOC-Capability noch nicht streamen.</translation>
    </message>
    <message>
        <source>LLM workers have no live jobs.</source>
        <translation>LLM-Worker haben keine Live-Jobs.</translation>
    </message>
    <message>
        <source>There is no question yet. Type one, and the code that asks it is here.</source>
        <translation>Es gibt noch keine Frage. Schreiben Sie eine, und hier steht der Code, der sie stellt.</translation>
    </message>
    <message>
        <source>The method in the call&apos;s parameters is none of %1.</source>
        <translation>Die Methode in den Parametern des Aufrufs ist keine von %1.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A playground for the Livepeer AI network.</source>
        <translation>Ein Experimentierfeld für das Livepeer-KI-Netzwerk.</translation>
    </message>
    <message>
        <source>Drive the window through every panel, write a picture per step and report.json into DIR, and quit.</source>
        <translation>Das Fenster durch alle Bereiche führen, pro Schritt ein Bild und report.json nach DIR schreiben, dann beenden.</translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation>system, light oder dark.</translation>
    </message>
    <message>
        <source>Print the time to the first paint and the memory when idle, and quit.</source>
        <translation>Zeit bis zum ersten Zeichnen und Speicher im Leerlauf ausgeben, dann beenden.</translation>
    </message>
    <message>
        <source>Open the capability NAME and run it as soon as the network is connected.</source>
        <translation>Die Capability NAME öffnen und ausführen, sobald das Netzwerk verbunden ist.</translation>
    </message>
    <message>
        <source>The input for --run: JSON, or @FILE. Without it the capability&apos;s first example runs.</source>
        <translation>Die Eingabe für --run: JSON oder @DATEI. Ohne sie läuft das erste Beispiel der Capability.</translation>
    </message>
</context>
<context>
    <name>sluice::AiGateway</name>
    <message>
        <source>Base URL</source>
        <translation>Basisadresse</translation>
    </message>
    <message>
        <source>Where the AI gateway&apos;s pipelines are: its address, without /text-to-image and the like.</source>
        <translation>Wo die Pipelines des KI-Gateways sind: seine Adresse, ohne /text-to-image und dergleichen.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Of a hosted gateway; one of your own wants none.</source>
        <translation>Eines gehosteten Gateways; ein eigenes will keinen.</translation>
    </message>
    <message>
        <source>A hosted gateway refuses calls without it.</source>
        <translation>Ein gehostetes Gateway lehnt Aufrufe ohne ihn ab.</translation>
    </message>
</context>
<context>
    <name>sluice::FormWords</name>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first.</source>
        <translation>Das Gespräch bisher, das Älteste zuerst.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>A data: URI, or an address of the web.</source>
        <translation>Eine data:-URI oder eine Adresse im Web.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>In tokens.</source>
        <translation>In Token.</translation>
    </message>
    <message>
        <source>Longest answer with reasoning</source>
        <translation>Längste Antwort mit Nachdenken</translation>
    </message>
    <message>
        <source>The newer name of the limit, which counts what a model thinks, too.</source>
        <translation>Der neuere Name der Grenze; sie zählt auch, was ein Modell denkt.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Presence Penalty</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Frequency Penalty</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation>Stopptexte</translation>
    </message>
    <message>
        <source>The answer ends before the first of them.</source>
        <translation>Die Antwort endet vor dem ersten davon.</translation>
    </message>
    <message>
        <source>Reasoning effort</source>
        <translation>Aufwand beim Nachdenken</translation>
    </message>
    <message>
        <source>none, minimal, low, medium, high: what the model knows.</source>
        <translation>none, minimal, low, medium, high: was das Modell kennt.</translation>
    </message>
    <message>
        <source>Format of the answer</source>
        <translation>Format der Antwort</translation>
    </message>
    <message>
        <source>{&quot;type&quot;: &quot;json_object&quot;} or a JSON Schema.</source>
        <translation>{&quot;type&quot;: &quot;json_object&quot;} oder ein JSON-Schema.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Functions that the model may ask for.</source>
        <translation>Funktionen, nach denen das Modell fragen darf.</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>Embeddings</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensionen</translation>
    </message>
    <message>
        <source>Format of the vectors</source>
        <translation>Format der Vektoren</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width and height, such as 1024x1024, or auto.</source>
        <translation>Breite und Höhe, etwa 1024x1024, oder auto.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>auto, low, medium, high, standard, hd: what the model knows.</source>
        <translation>auto, low, medium, high, standard, hd: was das Modell kennt.</translation>
    </message>
    <message>
        <source>Pictures as</source>
        <translation>Bilder als</translation>
    </message>
    <message>
        <source>OpenAI&apos;s own newer models always answer b64_json and take no such parameter.</source>
        <translation>OpenAIs eigene neuere Modelle antworten immer mit b64_json und nehmen diesen Parameter nicht an.</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>Transkription</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Two letters, such as en.</source>
        <translation>Zwei Buchstaben, etwa en.</translation>
    </message>
    <message>
        <source>Words that may occur, in their spelling.</source>
        <translation>Wörter, die vorkommen können, in ihrer Schreibweise.</translation>
    </message>
    <message>
        <source>Times of</source>
        <translation>Zeiten für</translation>
    </message>
    <message>
        <source>With verbose_json.</source>
        <translation>Mit verbose_json.</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprachausgabe</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>How to speak</source>
        <translation>Sprechweise</translation>
    </message>
    <message>
        <source>Format of the sound</source>
        <translation>Format des Tons</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first. Its words are what the call costs.</source>
        <translation>Das Gespräch bisher, das Älteste zuerst. Nach seinen Wörtern richtet sich, was der Aufruf kostet.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>As the service behind the provider names it, where it has several.</source>
        <translation>Wie der Dienst hinter dem Anbieter es nennt, falls er mehrere hat.</translation>
    </message>
    <message>
        <source>In the model&apos;s tokens.</source>
        <translation>In Token des Modells.</translation>
    </message>
    <message>
        <source>Storage node</source>
        <translation>Speicherknoten</translation>
    </message>
    <message>
        <source>A JSON-RPC request to the storage node. Its bytes are what the call costs.</source>
        <translation>Eine JSON-RPC-Anfrage an den Speicherknoten. Nach ihren Bytes richtet sich, was der Aufruf kostet.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Root</source>
        <translation>Wurzel</translation>
    </message>
    <message>
        <source>Of the whole file. A node of 0G&apos;s storage network asks for it, and for what follows.</source>
        <translation>Der ganzen Datei. Ein Knoten in 0Gs Speichernetz verlangt sie und das Folgende.</translation>
    </message>
    <message>
        <source>Which one of the file this is, from 0.</source>
        <translation>Das wievielte der Datei es ist, ab 0.</translation>
    </message>
    <message>
        <source>Size of the file</source>
        <translation>Größe der Datei</translation>
    </message>
    <message>
        <source>In bytes.</source>
        <translation>In Bytes.</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>That the segment belongs to the root: an object with lemma and path.</source>
        <translation>Dass das Segment zur Wurzel gehört: ein Objekt mit lemma und path.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Root, start and end</source>
        <translation>Wurzel, Anfang und Ende</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Another method</source>
        <translation>Eine andere Methode</translation>
    </message>
    <message>
        <source>For example zgs_getStatus or zgs_getFileInfo.</source>
        <translation>Zum Beispiel zgs_getStatus oder zgs_getFileInfo.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>The conversation so far, oldest first; the last one is the question.</source>
        <translation>Das Gespräch bisher, das Älteste zuerst; das Letzte ist die Frage.</translation>
    </message>
    <message>
        <source>Tell of each stream</source>
        <translation>Jeden Stream melden</translation>
    </message>
    <message>
        <source>What each stream of the template says and takes, beside the answer, where the worker tells it.</source>
        <translation>Was jeder Stream der Vorlage sagt und braucht, neben der Antwort, sofern der Worker es meldet.</translation>
    </message>
    <message>
        <source>Up to 50 MB.</source>
        <translation>Bis zu 50 MB.</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>What should not be in the picture. Several are separated by |.</source>
        <translation>Was nicht im Bild sein soll. Mehreres wird durch | getrennt.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More take longer and may look better.</source>
        <translation>Mehr dauern länger und können besser aussehen.</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>Prompt-Stärke</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt.</source>
        <translation>Wie genau das Bild dem Prompt folgt.</translation>
    </message>
    <message>
        <source>The same seed gives the same result. Left out: a random one.</source>
        <translation>Derselbe Seed ergibt dasselbe Ergebnis. Ohne Angabe: ein zufälliger.</translation>
    </message>
    <message>
        <source>Safety check</source>
        <translation>Sicherheitsprüfung</translation>
    </message>
    <message>
        <source>Whether results are looked at for what may offend.</source>
        <translation>Ob Ergebnisse auf Anstößiges geprüft werden.</translation>
    </message>
    <message>
        <source>How many pictures to make.</source>
        <translation>Wie viele Bilder gemacht werden.</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRAs</translation>
    </message>
    <message>
        <source>A JSON object of LoRA models and their weights: {&quot;latent-consistency/lcm-lora-sdxl&quot;: 1.0}</source>
        <translation>Ein JSON-Objekt aus LoRA-Modellen und ihren Gewichten: {&quot;latent-consistency/lcm-lora-sdxl&quot;: 1.0}</translation>
    </message>
    <message>
        <source>In pixels.</source>
        <translation>In Pixeln.</translation>
    </message>
    <message>
        <source>Text to image</source>
        <translation>Text zu Bild</translation>
    </message>
    <message>
        <source>Makes pictures from a text.</source>
        <translation>Macht aus einem Text Bilder.</translation>
    </message>
    <message>
        <source>What to show. Several are separated by |.</source>
        <translation>Was zu sehen sein soll. Mehreres wird durch | getrennt.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Image to image</source>
        <translation>Bild zu Bild</translation>
    </message>
    <message>
        <source>Changes a picture as a text says.</source>
        <translation>Verändert ein Bild, wie ein Text es sagt.</translation>
    </message>
    <message>
        <source>What to make of it.</source>
        <translation>Was daraus werden soll.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How much it changes: 0 not at all, 1 everything.</source>
        <translation>Wie stark es sich ändert: 0 gar nicht, 1 ganz.</translation>
    </message>
    <message>
        <source>Picture&apos;s guidance scale</source>
        <translation>Bild-Stärke</translation>
    </message>
    <message>
        <source>How closely the result follows the picture.</source>
        <translation>Wie genau das Ergebnis dem Bild folgt.</translation>
    </message>
    <message>
        <source>Image to video</source>
        <translation>Bild zu Video</translation>
    </message>
    <message>
        <source>Makes a short video that begins with a picture.</source>
        <translation>Macht ein kurzes Video, das mit einem Bild beginnt.</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Of the video.</source>
        <translation>Des Videos.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>More is more motion.</source>
        <translation>Mehr bedeutet mehr Bewegung.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>More resembles the picture less and moves more.</source>
        <translation>Mehr gleicht dem Bild weniger und bewegt sich mehr.</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>Hochskalieren</translation>
    </message>
    <message>
        <source>Makes a picture larger.</source>
        <translation>Vergrößert ein Bild.</translation>
    </message>
    <message>
        <source>What the picture shows.</source>
        <translation>Was das Bild zeigt.</translation>
    </message>
    <message>
        <source>Audio to text</source>
        <translation>Ton zu Text</translation>
    </message>
    <message>
        <source>Writes down what is said, with the times at which it is.</source>
        <translation>Schreibt auf, was gesagt wird, und wann.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Of sentences, of words, or none.</source>
        <translation>Von Sätzen, von Wörtern oder keine.</translation>
    </message>
    <message>
        <source>Segment anything 2</source>
        <translation>Segment Anything 2</translation>
    </message>
    <message>
        <source>Finds what is at a point or in a box of a picture, pixel by pixel.</source>
        <translation>Findet pixelgenau, was an einem Punkt oder in einem Rahmen eines Bildes ist.</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>JSON: [[x, y], …] in pixels.</source>
        <translation>JSON: [[x, y], …] in Pixeln.</translation>
    </message>
    <message>
        <source>Points&apos; labels</source>
        <translation>Zuordnung der Punkte</translation>
    </message>
    <message>
        <source>JSON: for each point 1 when it is part of the thing, 0 when not: [1, 0]</source>
        <translation>JSON: je Punkt 1, wenn er dazugehört, sonst 0: [1, 0]</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>JSON: [left, top, right, bottom] in pixels.</source>
        <translation>JSON: [links, oben, rechts, unten] in Pixeln.</translation>
    </message>
    <message>
        <source>Earlier mask</source>
        <translation>Frühere Maske</translation>
    </message>
    <message>
        <source>JSON: the logits of an earlier answer, to be refined.</source>
        <translation>JSON: die Logits einer früheren Antwort, die verfeinert werden soll.</translation>
    </message>
    <message>
        <source>Several masks</source>
        <translation>Mehrere Masken</translation>
    </message>
    <message>
        <source>Three suggestions instead of one.</source>
        <translation>Drei Vorschläge statt eines.</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Masks as numbers without threshold.</source>
        <translation>Masken als Zahlen ohne Schwellwert.</translation>
    </message>
    <message>
        <source>Points are pixels</source>
        <translation>Punkte sind Pixel</translation>
    </message>
    <message>
        <source>Off: points and box are shares of width and height, from 0 to 1.</source>
        <translation>Aus: Punkte und Rahmen sind Anteile von Breite und Höhe, von 0 bis 1.</translation>
    </message>
    <message>
        <source>Image to text</source>
        <translation>Bild zu Text</translation>
    </message>
    <message>
        <source>Says in words what a picture shows.</source>
        <translation>Sagt in Worten, was ein Bild zeigt.</translation>
    </message>
    <message>
        <source>How the words shall begin.</source>
        <translation>Womit die Worte beginnen sollen.</translation>
    </message>
    <message>
        <source>Text to speech</source>
        <translation>Text zu Sprache</translation>
    </message>
    <message>
        <source>Speaks a text.</source>
        <translation>Spricht einen Text.</translation>
    </message>
    <message>
        <source>What to say.</source>
        <translation>Was gesagt werden soll.</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>How the speaker sounds.</source>
        <translation>Wie der Sprecher klingt.</translation>
    </message>
    <message>
        <source>Answers in a conversation.</source>
        <translation>Antwortet in einem Gespräch.</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>Höchstens Token</translation>
    </message>
    <message>
        <source>Of the answer. The price is that of this many, used or not.</source>
        <translation>Der Antwort. Der Preis gilt für so viele, ob gebraucht oder nicht.</translation>
    </message>
    <message>
        <source>0 takes the likeliest words, more is more varied.</source>
        <translation>0 nimmt die wahrscheinlichsten Wörter, mehr ist abwechslungsreicher.</translation>
    </message>
    <message>
        <source>Takes words from this share of likelihood.</source>
        <translation>Nimmt Wörter aus diesem Anteil der Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Takes words from this many likeliest; -1: all.</source>
        <translation>Nimmt Wörter aus so vielen wahrscheinlichsten; -1: aus allen.</translation>
    </message>
    <message>
        <source>As the network knows it.</source>
        <translation>Wie das Netzwerk es kennt.</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>Eine Frage</translation>
    </message>
    <message>
        <source>A sentence</source>
        <translation>Ein Satz</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>The node&apos;s state</source>
        <translation>Zustand des Knotens</translation>
    </message>
    <message>
        <source>Upload a file</source>
        <translation>Eine Datei hochladen</translation>
    </message>
    <message>
        <source>Download a file</source>
        <translation>Eine Datei herunterladen</translation>
    </message>
    <message>
        <source>Livepeer AI gateway</source>
        <translation>Livepeer-AI-Gateway</translation>
    </message>
    <message>
        <source>Livepeer live runner</source>
        <translation>Livepeer-Live-Runner</translation>
    </message>
    <message>
        <source>Livepeer live video</source>
        <translation>Livepeer-Live-Video</translation>
    </message>
    <message>
        <source>LLM worker</source>
        <translation>LLM-Worker</translation>
    </message>
    <message>
        <source>OpenAI-compatible</source>
        <translation>OpenAI-kompatibel</translation>
    </message>
    <message>
        <source>0G serving</source>
        <translation>0G Serving</translation>
    </message>
</context>
<context>
    <name>sluice::Odds</name>
    <message>
        <source>never</source>
        <comment>the odds of a ticket</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source>certain</source>
        <comment>the odds of a ticket</comment>
        <translation>sicher</translation>
    </message>
    <message>
        <source>1 in %1</source>
        <comment>the odds of a ticket</comment>
        <translation>1 zu %1</translation>
    </message>
</context>
<context>
    <name>sluice::OrchestratorSettings</name>
    <message>
        <source>Orchestrators</source>
        <translation>Orchestratoren</translation>
    </message>
    <message>
        <source>Asked in this order.</source>
        <translation>Werden in dieser Reihenfolge gefragt.</translation>
    </message>
    <message>
        <source>Orchestrator</source>
        <translation>Orchestrator</translation>
    </message>
    <message>
        <source>Discovery URL</source>
        <translation>Adresse der Auskunft</translation>
    </message>
    <message>
        <source>Where orchestrators are listed.</source>
        <translation>Wo Orchestratoren aufgelistet sind.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>A base64 token bundle; stored in the keychain.</source>
        <translation>Ein Token-Bündel in base64; es wird im Schlüsselbund abgelegt.</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Without it the services that it names are not used.</source>
        <translation>Ohne es werden die Dienste, die es nennt, nicht benutzt.</translation>
    </message>
    <message>
        <source>Sender key</source>
        <translation>Senderschlüssel</translation>
    </message>
    <message>
        <source>64 hex digits of the key that signs and pays; stored in the keychain.</source>
        <translation>64 Hexadezimalziffern des Schlüssels, der signiert und zahlt; er wird im Schlüsselbund abgelegt.</translation>
    </message>
    <message>
        <source>sender key</source>
        <translation>Senderschlüssel</translation>
    </message>
    <message>
        <source>Without it nothing is signed or paid.</source>
        <translation>Ohne ihn wird nichts signiert oder bezahlt.</translation>
    </message>
    <message>
        <source>Gateway URL</source>
        <translation>Adresse des Gateways</translation>
    </message>
    <message>
        <source>The BYOC gateway that calls go through.</source>
        <translation>Das BYOC-Gateway, durch das die Aufrufe gehen.</translation>
    </message>
    <message>
        <source>Orchestrators, paid with my own key</source>
        <translation>Orchestratoren, bezahlt mit meinem eigenen Schlüssel</translation>
    </message>
    <message>
        <source>A gateway that signs and pays</source>
        <translation>Ein Gateway, das signiert und zahlt</translation>
    </message>
    <message>
        <source>The sender key has 64 hex digits; this one does not.</source>
        <translation>Der Senderschlüssel hat 64 Hexadezimalziffern, dieser nicht.</translation>
    </message>
    <message>
        <source>Name an orchestrator, a discovery URL, or give a token that does.</source>
        <translation>Nennen Sie einen Orchestrator oder eine Auskunft, oder geben Sie ein Token an, das es tut.</translation>
    </message>
    <message>
        <source>Signer URL</source>
        <translation>Adresse des Signierers</translation>
    </message>
    <message>
        <source>Who signs and pays. Several, separated by commas: the next one is asked where one cannot be had.</source>
        <translation>Wer signiert und bezahlt. Mehrere durch Kommas getrennt: Ist einer nicht zu erreichen, wird der nächste gefragt.</translation>
    </message>
    <message>
        <source>Signer key</source>
        <translation>Schlüssel für den Signierer</translation>
    </message>
    <message>
        <source>What the signer knows you by: sent as a bearer, to the signers alone; stored in the keychain.</source>
        <translation>Woran der Signierer Sie erkennt: wird als Bearer gesendet, nur an die Signierer; liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>signer key</source>
        <translation>Schlüssel für den Signierer</translation>
    </message>
    <message>
        <source>Without it a signer that asks for one signs nothing.</source>
        <translation>Ohne ihn signiert ein Signierer, der einen verlangt, nichts.</translation>
    </message>
    <message>
        <source>Orchestrators, paid by a remote signer</source>
        <translation>Orchestratoren, bezahlt von einem entfernten Signierer</translation>
    </message>
    <message>
        <source>Clearinghouse</source>
        <translation>Clearinghouse</translation>
    </message>
    <message>
        <source>Where you sign in with a browser instead of having a key.</source>
        <translation>Wo Sie sich mit einem Browser anmelden, statt einen Schlüssel zu haben.</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>How the clearinghouse knows this program; its operator tells it.</source>
        <translation>Woran das Clearinghouse dieses Programm erkennt; sein Betreiber nennt sie.</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Audience</translation>
    </message>
    <message>
        <source>What the sign-in is for, where the clearinghouse asks for it.</source>
        <translation>Wofür die Anmeldung gilt, falls das Clearinghouse danach fragt.</translation>
    </message>
    <message>
        <source>a clearinghouse</source>
        <translation>ein Clearinghouse</translation>
    </message>
    <message>
        <source>A clearinghouse&apos;s sign-in is good for its signer: name that, too.</source>
        <translation>Die Anmeldung bei einem Clearinghouse gilt für dessen Signer: Nennen Sie auch diesen.</translation>
    </message>
</context>
<context>
    <name>sluice::OutgoingPicture</name>
    <message>
        <source>Taken out: %1</source>
        <translation>Entfernt: %1</translation>
    </message>
    <message>
        <source>Still in it, as it cannot be taken out of %1: %2</source>
        <translation>Noch enthalten, weil es aus %1 nicht entfernt werden kann: %2</translation>
    </message>
    <message>
        <source>Could not be looked through for a position or other private details; it is sent as it is</source>
        <translation>Konnte nicht auf eine Position oder andere private Angaben durchgesehen werden und wird gesendet, wie es ist</translation>
    </message>
    <message>
        <source>Sent with everything in it: %1</source>
        <translation>Gesendet mit allem, was darin steht: %1</translation>
    </message>
    <message>
        <source>Few capabilities can read %1. If it is refused, export the picture as JPEG.</source>
        <translation>Nur wenige Capabilities können %1 lesen. Wird das Bild abgelehnt, exportieren Sie es als JPEG.</translation>
    </message>
</context>
<context>
    <name>sluice::PrivateDetail</name>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>camera serial number</source>
        <translation>Seriennummer der Kamera</translation>
    </message>
    <message>
        <source>names of people</source>
        <translation>Personennamen</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>camera model</source>
        <translation>Kameramodell</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>preview picture</source>
        <translation>Vorschaubild</translation>
    </message>
    <message>
        <source>camera settings</source>
        <translation>Kameraeinstellungen</translation>
    </message>
    <message>
        <source>attached data</source>
        <translation>angehängte Daten</translation>
    </message>
    <message>
        <source>further details</source>
        <translation>weitere Angaben</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>sluice::RemoteNetwork</name>
    <message>
        <source>names no signing key, so nothing there can be settled</source>
        <translation>nennt keinen Schlüssel zum Unterschreiben, darum lässt sich dort nichts abrechnen</translation>
    </message>
    <message>
        <source>acknowledged by nobody: calls would not be settled</source>
        <translation>von niemandem anerkannt: Aufrufe würden nicht abgerechnet</translation>
    </message>
    <message>
        <source>acknowledged by you, not by the network&apos;s owner: calls would not be settled</source>
        <translation>von Ihnen anerkannt, nicht vom Eigentümer des Netzes: Aufrufe würden nicht abgerechnet</translation>
    </message>
    <message>
        <source>acknowledged by the network&apos;s owner, not by you</source>
        <translation>vom Eigentümer des Netzes anerkannt, nicht von Ihnen</translation>
    </message>
    <message>
        <source>acknowledged by you and by the network&apos;s owner</source>
        <translation>von Ihnen und vom Eigentümer des Netzes anerkannt</translation>
    </message>
    <message>
        <source>A provider&apos;s protected machine signs what its calls cost with a key of its own. To acknowledge the provider is to say that you accept this key for your account there; the network&apos;s owner says the same for the service. The contract takes money from an account only for what such a key signed and both acknowledged. The owner&apos;s word ends when a provider changes its type, model, verifiability, key or further description, not with a new price or address: it says nothing about what a call costs.</source>
        <translation>Die geschützte Maschine eines Anbieters unterschreibt mit einem eigenen Schlüssel, was Aufrufe kosten. Den Anbieter anzuerkennen heißt, diesen Schlüssel für das eigene Konto dort gelten zu lassen; der Eigentümer des Netzes sagt dasselbe für den Dienst. Der Vertrag nimmt Geld von einem Konto nur für das, was ein solcher Schlüssel unterschrieben hat und beide anerkannt haben. Das Wort des Eigentümers endet, wenn ein Anbieter Art, Modell, Prüfbarkeit, Schlüssel oder weitere Beschreibung ändert, nicht mit einem neuen Preis oder einer neuen Adresse: Es sagt nichts darüber, was ein Aufruf kostet.</translation>
    </message>
</context>
<context>
    <name>sluice::SchemaViolation</name>
    <message>
        <source>%1 fits more than one of the forms that exclude each other.</source>
        <translation>%1 passt zu mehreren der Formen, die einander ausschließen.</translation>
    </message>
    <message>
        <source>Leave out what belongs to the other form.</source>
        <translation>Lassen Sie weg, was zur anderen Form gehört.</translation>
    </message>
    <message>
        <source> with </source>
        <translation> mit </translation>
    </message>
    <message>
        <source>One of these is needed: %1.</source>
        <translation>Eins davon wird gebraucht: %1.</translation>
    </message>
    <message>
        <source>%1 must not be given together.</source>
        <translation>%1 dürfen nicht zusammen angegeben werden.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>%1 is a value that the schema excludes.</source>
        <translation>%1 ist ein Wert, den das Schema ausschließt.</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>Lassen Sie eins davon weg.</translation>
    </message>
    <message>
        <source>%1 must have at least 1 item, but has %2.</source>
        <translation>%1 braucht mindestens 1 Eintrag, hat aber %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 must have at least %n items, but has %2.</source>
        <translation>
            <numerusform>%1 braucht mindestens %n Eintrag, hat aber %2.</numerusform>
            <numerusform>%1 braucht mindestens %n Einträge, hat aber %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add 1 item.</source>
        <translation>Fügen Sie 1 Eintrag hinzu.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n items.</source>
        <translation>
            <numerusform>Fügen Sie %n Eintrag hinzu.</numerusform>
            <numerusform>Fügen Sie %n Einträge hinzu.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 may have at most 1 item, but has %2.</source>
        <translation>%1 darf höchstens 1 Eintrag haben, hat aber %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 may have at most %n items, but has %2.</source>
        <translation>
            <numerusform>%1 darf höchstens %n Eintrag haben, hat aber %2.</numerusform>
            <numerusform>%1 darf höchstens %n Einträge haben, hat aber %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove 1 item.</source>
        <translation>Entfernen Sie 1 Eintrag.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n items.</source>
        <translation>
            <numerusform>Entfernen Sie %n Eintrag.</numerusform>
            <numerusform>Entfernen Sie %n Einträge.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 holds %2 twice.</source>
        <translation>%1 enthält %2 zweimal.</translation>
    </message>
    <message>
        <source>Remove the second one.</source>
        <translation>Entfernen Sie das zweite.</translation>
    </message>
    <message>
        <source>%1 must hold at least 1 item of the kind that its schema asks for, but holds %2.</source>
        <translation>%1 braucht mindestens 1 Eintrag der Art, die das Schema verlangt, hat aber %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at least %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 braucht mindestens %n Eintrag der Art, die das Schema verlangt, hat aber %2.</numerusform>
            <numerusform>%1 braucht mindestens %n Einträge der Art, die das Schema verlangt, hat aber %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 must hold at most 1 item of the kind that its schema asks for, but holds %2.</source>
        <translation>%1 darf höchstens 1 Eintrag der Art haben, die das Schema verlangt, hat aber %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 must hold at most %n items of the kind that its schema asks for, but holds %2.</source>
        <translation>
            <numerusform>%1 darf höchstens %n Eintrag der Art haben, die das Schema verlangt, hat aber %2.</numerusform>
            <numerusform>%1 darf höchstens %n Einträge der Art haben, die das Schema verlangt, hat aber %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add one that fits.</source>
        <translation>Fügen Sie einen passenden hinzu.</translation>
    </message>
    <message>
        <source>Remove one.</source>
        <translation>Entfernen Sie einen.</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>%1 fehlt.</translation>
    </message>
    <message>
        <source>%1 is missing in %2.</source>
        <translation>%1 fehlt in %2.</translation>
    </message>
    <message>
        <source>%1 has 1 member, which is not allowed.</source>
        <translation>%1 hat 1 Feld, was nicht erlaubt ist.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n members, which is not allowed.</source>
        <translation>
            <numerusform>%1 hat %n Feld, was nicht erlaubt ist.</numerusform>
            <numerusform>%1 hat %n Felder, was nicht erlaubt ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not a known field.</source>
        <translation>%1 ist kein bekanntes Feld.</translation>
    </message>
    <message>
        <source>The name %1 is not allowed: %2</source>
        <translation>Der Name %1 ist nicht erlaubt: %2</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 is missing: it is needed with %2.</source>
        <translation>%1 fehlt: Zusammen mit %2 wird es gebraucht.</translation>
    </message>
    <message>
        <source>Add %1, or leave out %2.</source>
        <translation>Geben Sie %1 an, oder lassen Sie %2 weg.</translation>
    </message>
    <message>
        <source>The schema</source>
        <translation>Das Schema</translation>
    </message>
    <message>
        <source>%1 must be an object or a boolean, but is %2.</source>
        <translation>%1 muss ein Objekt oder ein Wahrheitswert sein, ist aber %2.</translation>
    </message>
    <message>
        <source>%1 is nested deeper than %2 levels.</source>
        <translation>%1 ist tiefer als %2 Ebenen verschachtelt.</translation>
    </message>
    <message>
        <source>%1 has the unknown type %2.</source>
        <translation>%1 hat den unbekannten Typ %2.</translation>
    </message>
    <message>
        <source>%1 must give %2 as a list that is not empty.</source>
        <translation>%1 muss %2 als nicht leere Liste angeben.</translation>
    </message>
    <message>
        <source>%1 has a pattern that is no regular expression: %2.</source>
        <translation>%1 hat ein Muster, das kein regulärer Ausdruck ist: %2.</translation>
    </message>
    <message>
        <source>%1 refers to %2, which is not in this schema.</source>
        <translation>%1 verweist auf %2, das es in diesem Schema nicht gibt.</translation>
    </message>
    <message>
        <source>%1 refers in a circle to %2.</source>
        <translation>%1 verweist im Kreis auf %2.</translation>
    </message>
    <message>
        <source>%1 must give %2 as a number, but it is %3.</source>
        <translation>%1 muss %2 als Zahl angeben, es ist aber %3.</translation>
    </message>
    <message>
        <source>%1 allows nothing: %2 is above %3.</source>
        <translation>%1 lässt nichts zu: %2 liegt über %3.</translation>
    </message>
    <message>
        <source>%1 must give %2 as a list of names.</source>
        <translation>%1 muss %2 als Liste von Namen angeben.</translation>
    </message>
    <message>
        <source>%1 must give %2 as an object.</source>
        <translation>%1 muss %2 als Objekt angeben.</translation>
    </message>
    <message>
        <source>%1 requires %2, which is not among its properties.</source>
        <translation>%1 verlangt %2, das nicht unter seinen Eigenschaften ist.</translation>
    </message>
    <message>
        <source>%1 has a default or example that does not fit: %2</source>
        <translation>%1 hat einen Vorgabewert oder ein Beispiel, das nicht passt: %2</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>an integer</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>ein Wahrheitswert</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>string</source>
        <comment>after “a number or ”</comment>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>number</source>
        <comment>after “a string or ”</comment>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>integer</source>
        <comment>after “a string or ”</comment>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>boolean</source>
        <comment>after “a string or ”</comment>
        <translation>ein Wahrheitswert</translation>
    </message>
    <message>
        <source>object</source>
        <comment>after “a string or ”</comment>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>array</source>
        <comment>after “a string or ”</comment>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>&quot;%1&quot;</source>
        <comment>the name of a field</comment>
        <translation>„%1“</translation>
    </message>
    <message numerus="yes">
        <source>an array of %n items</source>
        <translation>
            <numerusform>eine Liste mit %n Eintrag</numerusform>
            <numerusform>eine Liste mit %n Einträgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an object of %n members</source>
        <translation>
            <numerusform>ein Objekt mit %n Feld</numerusform>
            <numerusform>ein Objekt mit %n Feldern</numerusform>
        </translation>
    </message>
    <message>
        <source>the boolean %1</source>
        <translation>der Wahrheitswert %1</translation>
    </message>
    <message>
        <source>the number %1</source>
        <translation>die Zahl %1</translation>
    </message>
    <message>
        <source>the string %1</source>
        <translation>der Text %1</translation>
    </message>
    <message>
        <source>the array %1</source>
        <translation>die Liste %1</translation>
    </message>
    <message>
        <source>the object %1</source>
        <translation>das Objekt %1</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>Die Eingabe</translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation>Eintrag %1 von %2</translation>
    </message>
    <message>
        <source>… (%1 in all)</source>
        <translation>… (%1 insgesamt)</translation>
    </message>
    <message>
        <source>Write %1 without quotes.</source>
        <translation>Schreiben Sie %1 ohne Anführungszeichen.</translation>
    </message>
    <message>
        <source>Write a whole number, such as %1.</source>
        <translation>Schreiben Sie eine ganze Zahl, etwa %1.</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>Schreiben Sie true oder false.</translation>
    </message>
    <message>
        <source>Put it in quotes: &quot;%1&quot;.</source>
        <comment>the quotes of JSON</comment>
        <translation>Setzen Sie es in Anführungszeichen: &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>Put it in square brackets: [%1].</source>
        <translation>Setzen Sie es in eckige Klammern: [%1].</translation>
    </message>
    <message>
        <source>Leave it out, or give a value.</source>
        <translation>Lassen Sie es weg, oder geben Sie einen Wert an.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>Meinten Sie %1?</translation>
    </message>
    <message>
        <source>Try %1.</source>
        <translation>Versuchen Sie %1.</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Entfernen Sie es.</translation>
    </message>
    <message>
        <source>For example %1.</source>
        <translation>Zum Beispiel %1.</translation>
    </message>
    <message>
        <source>Add %1.</source>
        <translation>Geben Sie %1 an.</translation>
    </message>
    <message>
        <source>The value is too large to be checked against this schema.</source>
        <translation>Der Wert ist zu groß, um ihn mit diesem Schema zu prüfen.</translation>
    </message>
    <message>
        <source>Send less.</source>
        <translation>Senden Sie weniger.</translation>
    </message>
    <message>
        <source>No value is allowed here, but there is %1.</source>
        <translation>Hier ist kein Wert erlaubt, aber da steht %1.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>Lassen Sie es weg.</translation>
    </message>
    <message>
        <source>One more field does not fit.</source>
        <translation>Noch ein Feld passt nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%n more fields do not fit.</source>
        <translation>
            <numerusform>Noch %n Feld passt nicht.</numerusform>
            <numerusform>Noch %n Felder passen nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>a hidden value</source>
        <translation>ein verdeckter Wert</translation>
    </message>
    <message>
        <source>a hidden %1</source>
        <comment>%1 is a type of JSON</comment>
        <translation>ein verdeckter Wert (%1)</translation>
    </message>
    <message>
        <source>%1 must be %2, but is %3.</source>
        <translation>%1 muss %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>%1 must be one of %2, but is %3.</source>
        <translation>%1 muss eins von diesen sein: %2; es ist aber %3.</translation>
    </message>
    <message>
        <source>%1 must be greater than %2, but is %3.</source>
        <translation>%1 muss größer als %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>%1 must be less than %2, but is %3.</source>
        <translation>%1 muss kleiner als %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>%1 must be at least %2, but is %3.</source>
        <translation>%1 muss mindestens %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>%1 must be at most %2, but is %3.</source>
        <translation>%1 darf höchstens %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>Try a value greater than %1.</source>
        <translation>Versuchen Sie einen Wert größer als %1.</translation>
    </message>
    <message>
        <source>Try a value less than %1.</source>
        <translation>Versuchen Sie einen Wert kleiner als %1.</translation>
    </message>
    <message>
        <source>%1 must be a multiple of %2, but is %3.</source>
        <translation>%1 muss ein Vielfaches von %2 sein, ist aber %3.</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 ist leer.</translation>
    </message>
    <message>
        <source>%1 must have at least %2 characters, but has %3.</source>
        <translation>%1 muss mindestens %2 Zeichen haben, hat aber %3.</translation>
    </message>
    <message>
        <source>Write 1 more character.</source>
        <translation>Schreiben Sie noch 1 Zeichen.</translation>
    </message>
    <message numerus="yes">
        <source>Write %n more characters.</source>
        <translation>
            <numerusform>Schreiben Sie noch %n Zeichen.</numerusform>
            <numerusform>Schreiben Sie noch %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 may have at most %2 characters, but has %3.</source>
        <translation>%1 darf höchstens %2 Zeichen haben, hat aber %3.</translation>
    </message>
    <message>
        <source>Shorten it by 1 character.</source>
        <translation>Kürzen Sie um 1 Zeichen.</translation>
    </message>
    <message numerus="yes">
        <source>Shorten it by %n characters.</source>
        <translation>
            <numerusform>Kürzen Sie um %n Zeichen.</numerusform>
            <numerusform>Kürzen Sie um %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 must match the pattern %2, but is %3.</source>
        <translation>%1 muss dem Muster %2 entsprechen, ist aber %3.</translation>
    </message>
</context>
<context>
    <name>sluice::assistants</name>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>What goes here</source>
        <translation>Was hier steht</translation>
    </message>
    <message>
        <source>history: what was said before. history_summary: a summary of it by another model, and its last three messages.</source>
        <translation>history: was zuvor gesagt wurde. history_summary: eine Zusammenfassung davon durch ein anderes Modell, und die letzten drei Nachrichten.</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügung</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>0 where nothing is set. A worker of the original kind knows these two settings and no others.</source>
        <translation>0, wo nichts gesetzt ist. Ein Worker der ursprünglichen Art kennt diese beiden Einstellungen und keine anderen.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>As the provider calls it; with local, a capability of the worker&apos;s profile.</source>
        <translation>Wie der Anbieter es nennt; bei local eine Capability aus dem Profil des Workers.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Where the worker asks: openai, vllm (any OpenAI-compatible server), or local (a worker of Sluice that serves a profile).</source>
        <translation>Wo der Worker fragt: openai, vllm (jeder OpenAI-kompatible Server) oder local (ein Worker von Sluice, der ein Profil anbietet).</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>In the order in which the model gets them. {query} is the question, {previous_stream_output} what the stream before answered; braces that mean themselves are doubled.</source>
        <translation>In der Reihenfolge, in der das Modell sie bekommt. {query} ist die Frage, {previous_stream_output} die Antwort des Schritts davor; Klammern, die sich selbst meinen, werden verdoppelt.</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>For you; a worker does not read it.</source>
        <translation>Für Sie; ein Worker liest es nicht.</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Sample questions</source>
        <translation>Beispielfragen</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>What the list of capabilities says of it.</source>
        <translation>Was die Liste der Capabilities dazu sagt.</translation>
    </message>
    <message>
        <source>About it</source>
        <translation>Darüber</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>They run one after the other; only the last one&apos;s answer is sent.</source>
        <translation>Sie laufen nacheinander; nur die Antwort des letzten wird gesendet.</translation>
    </message>
    <message>
        <source>Collection of files</source>
        <translation>Dateisammlung</translation>
    </message>
    <message>
        <source>Stands for {files_collection_id} in the messages, and for nothing else.</source>
        <translation>Steht in den Nachrichten für {files_collection_id} und für sonst nichts.</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Give the assistant a name.</source>
        <translation>Geben Sie dem Assistenten einen Namen.</translation>
    </message>
    <message>
        <source>An assistant&apos;s name has at most %1 characters that can be seen, and no blanks around it.</source>
        <translation>Der Name eines Assistenten hat höchstens %1 sichtbare Zeichen und keine Leerzeichen am Rand.</translation>
    </message>
    <message>
        <source>The profile “%1” has no LLM worker.</source>
        <translation>Das Profil „%1“ hat keinen LLM-Worker.</translation>
    </message>
    <message>
        <source>The profile “%1” has no assistant “%2”.</source>
        <translation>Das Profil „%1“ hat keinen Assistenten „%2“.</translation>
    </message>
    <message>
        <source>The file holds no assistant: that is an object with “streams”, or an object of such ones by name.</source>
        <translation>Die Datei enthält keinen Assistenten: Das ist ein Objekt mit „streams“ oder ein Objekt aus solchen, nach Namen.</translation>
    </message>
    <message>
        <source>“%1” is no assistant: %2</source>
        <translation>„%1“ ist kein Assistent: %2</translation>
    </message>
    <message>
        <source>Sums a text up in three sentences and translates the summary into Swedish.</source>
        <translation>Fasst einen Text in drei Sätzen zusammen und übersetzt die Zusammenfassung ins Schwedische.</translation>
    </message>
    <message>
        <source>The sluice lets a trickle of water through. When the gate is lifted, the basin behind it fills within an hour, and boats pass.</source>
        <translation>Die Schleuse lässt ein Rinnsal durch. Wird das Tor gehoben, füllt sich das Becken dahinter binnen einer Stunde, und Boote fahren hindurch.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Sum up what you are given in three sentences.</source>
        <translation>Fasse in drei Sätzen zusammen, was du bekommst.</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Übersetzung</translation>
    </message>
    <message>
        <source>Translate what you are given into Swedish. Answer with the translation alone.</source>
        <translation>Übersetze, was du bekommst, ins Schwedische. Antworte nur mit der Übersetzung.</translation>
    </message>
    <message>
        <source>Writes a draft, then reads it as a critic and writes it better.</source>
        <translation>Schreibt einen Entwurf, liest ihn dann kritisch und schreibt ihn besser.</translation>
    </message>
    <message>
        <source>Write a note to the neighbours: the sluice is closed on Friday.</source>
        <translation>Schreib eine Notiz an die Nachbarn: Die Schleuse ist am Freitag geschlossen.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Write a draft for what you are asked.</source>
        <translation>Schreibe einen Entwurf für das, worum du gebeten wirst.</translation>
    </message>
    <message>
        <source>Critique</source>
        <translation>Kritik</translation>
    </message>
    <message>
        <source>Be a critic: name what is wrong with a draft in a few words, then write it better.</source>
        <translation>Sei kritisch: Nenne in wenigen Worten, was an einem Entwurf nicht stimmt, und schreibe ihn dann besser.</translation>
    </message>
    <message>
        <source>The task: {query}

The draft:
{previous_stream_output}</source>
        <translation>Die Aufgabe: {query}

Der Entwurf:
{previous_stream_output}</translation>
    </message>
    <message>
        <source>One stream that knows what was said before.</source>
        <translation>Ein Schritt, der weiß, was zuvor gesagt wurde.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer briefly.</source>
        <translation>Antworte kurz.</translation>
    </message>
    <message>
        <source>Summarise, then translate</source>
        <translation>Zusammenfassen, dann übersetzen</translation>
    </message>
    <message>
        <source>Draft, then critique</source>
        <translation>Entwurf, dann Kritik</translation>
    </message>
    <message>
        <source>Chat with history</source>
        <translation>Chat mit Verlauf</translation>
    </message>
    <message>
        <source>This is a pipeline, and no worker has one: every job of it fails.</source>
        <translation>Das ist eine Pipeline, und kein Worker hat eine: Jeder Auftrag damit scheitert.</translation>
    </message>
    <message>
        <source>Workers know the providers openai, vllm and local; with another one every job fails.</source>
        <translation>Worker kennen die Anbieter openai, vllm und local; mit einem anderen scheitert jeder Auftrag.</translation>
    </message>
    <message>
        <source>Without the name of a model every job of this stream fails.</source>
        <translation>Ohne den Namen eines Modells scheitert jeder Auftrag dieses Schritts.</translation>
    </message>
    <message>
        <source>The temperature is a number; with this every job of the stream fails.</source>
        <translation>Die Temperatur ist eine Zahl; so scheitert jeder Auftrag des Schritts.</translation>
    </message>
    <message>
        <source>Name the model.</source>
        <translation>Nennen Sie das Modell.</translation>
    </message>
    <message>
        <source>There are the inserts history and history_summary; with another one every job fails.</source>
        <translation>Es gibt die Einfügungen history und history_summary; mit einer anderen scheitert jeder Auftrag.</translation>
    </message>
    <message>
        <source>The history does not expand: a worker would end the job with “%1”.</source>
        <translation>Der Verlauf lässt sich nicht einsetzen: Ein Worker würde den Auftrag mit „%1“ beenden.</translation>
    </message>
    <message>
        <source>Line %1, column %2, at “%3”: a worker would end the job with “%4”. There are {query}, {previous_stream_output}, {history}, {files_collection_id} and {rag_output}; a brace that means itself is doubled.</source>
        <translation>Zeile %1, Spalte %2, bei „%3“: Ein Worker würde den Auftrag mit „%4“ beenden. Es gibt {query}, {previous_stream_output}, {history}, {files_collection_id} und {rag_output}; eine Klammer, die sich selbst meint, wird verdoppelt.</translation>
    </message>
</context>
<context>
    <name>sluice::llmworker::WorkerSettings</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Assistenten</translation>
    </message>
    <message>
        <source>Templates by name: each is a capability.</source>
        <translation>Vorlagen nach Namen: Jede ist eine Capability.</translation>
    </message>
    <message>
        <source>LLM worker</source>
        <translation>LLM-Worker</translation>
    </message>
    <message>
        <source>The address is none of a websocket.</source>
        <translation>Die Adresse ist keine eines Websockets.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. ws://localhost:8001/ws/</source>
        <translation>Schreiben Sie sie ganz, z. B. ws://localhost:8001/ws/</translation>
    </message>
    <message>
        <source>The assistants are an object of templates by name.</source>
        <translation>Die Assistenten sind ein Objekt aus Vorlagen nach Namen.</translation>
    </message>
    <message>
        <source>Of the worker&apos;s websocket; it ends in /ws/. Assistants that only ask what the profile has itself need none.</source>
        <translation>Die des Websockets des Workers; sie endet auf /ws/. Assistenten, die nur fragen, was das Profil selbst hat, brauchen keine.</translation>
    </message>
    <message>
        <source>The assistant “%1” asks more than this profile&apos;s own capabilities, and there is no worker.</source>
        <translation>Der Assistent „%1“ fragt mehr als die Capabilities dieses Profils, und es gibt keinen Worker.</translation>
    </message>
    <message>
        <source>Give a worker&apos;s address, or let all its streams ask the provider “local”.</source>
        <translation>Geben Sie die Adresse eines Workers an, oder lassen Sie alle seine Streams den Anbieter „local“ fragen.</translation>
    </message>
    <message>
        <source>There is neither a worker nor an assistant.</source>
        <translation>Es gibt weder einen Worker noch einen Assistenten.</translation>
    </message>
    <message>
        <source>Write the address whole, e.g. ws://localhost:8001/ws/</source>
        <translation>Schreiben Sie die Adresse ganz, z. B. ws://localhost:8001/ws/</translation>
    </message>
</context>
<context>
    <name>sluice::openai::ClientSettings</name>
    <message>
        <source>Base URL</source>
        <translation>Basisadresse</translation>
    </message>
    <message>
        <source>Up to and with /v1, where the server has it.</source>
        <translation>Bis einschließlich /v1, wo der Server es hat.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Stored in the keychain; none for most servers on this machine.</source>
        <translation>Er wird im Schlüsselbund abgelegt; die meisten Server auf diesem Rechner brauchen keinen.</translation>
    </message>
    <message>
        <source>Without it only servers that want none answer.</source>
        <translation>Ohne ihn antworten nur Server, die keinen wollen.</translation>
    </message>
    <message>
        <source>Ask for token counts of streams</source>
        <translation>Token-Zahlen von Streams erfragen</translation>
    </message>
    <message>
        <source>Off for servers that refuse stream_options.</source>
        <translation>Aus für Server, die stream_options ablehnen.</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Of an account with several.</source>
        <translation>Bei einem Konto mit mehreren.</translation>
    </message>
    <message>
        <source>OpenAI-compatible server</source>
        <translation>OpenAI-kompatibler Server</translation>
    </message>
    <message>
        <source>The base URL is no address for HTTP.</source>
        <translation>Die Basisadresse ist keine HTTP-Adresse.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://localhost:11434/v1</source>
        <translation>Schreiben Sie sie ganz, z. B. http://localhost:11434/v1</translation>
    </message>
    <message>
        <source>The API key would go to %1 in clear text, for everybody on the way to read.</source>
        <translation>Der API-Schlüssel ginge im Klartext an %1, sodass ihn unterwegs jeder lesen kann.</translation>
    </message>
    <message>
        <source>Write https:// in front of the address.</source>
        <translation>Schreiben Sie https:// vor die Adresse.</translation>
    </message>
</context>
<context>
    <name>sluice::programs</name>
    <message>
        <source>No Python here has %1.</source>
        <translation>Kein Python hier hat %1.</translation>
    </message>
    <message>
        <source>Install it: %1</source>
        <translation>Einrichten: %1</translation>
    </message>
    <message>
        <source>Python %1 or later is not on this machine.</source>
        <translation>Python %1 oder neuer ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Install it, e.g. with apt install python3.</source>
        <translation>Einrichten, z. B. mit apt install python3.</translation>
    </message>
    <message>
        <source>Install it, e.g. with pyenv install %1, and then: %2</source>
        <translation>Einrichten, z. B. mit pyenv install %1, und dann: %2</translation>
    </message>
    <message>
        <source>This code needs %1 from npm in the folder that it stands in.</source>
        <translation>Dieser Code braucht %1 von npm in dem Ordner, in dem er steht.</translation>
    </message>
    <message>
        <source>Save the code, and beside it: npm install %1</source>
        <translation>Code speichern, und daneben: npm install %1</translation>
    </message>
    <message>
        <source>Node is not on this machine.</source>
        <translation>Node ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Install Node %1 or later, e.g. with apt install nodejs.</source>
        <translation>Node %1 oder neuer einrichten, z. B. mit apt install nodejs.</translation>
    </message>
    <message>
        <source>Node %1 is too old for this code.</source>
        <translation>Node %1 ist zu alt für diesen Code.</translation>
    </message>
    <message>
        <source>Install Node %1 or later.</source>
        <translation>Node %1 oder neuer einrichten.</translation>
    </message>
    <message>
        <source>This code calls %1, which is not on this machine.</source>
        <translation>Dieser Code ruft %1 auf, was nicht auf diesem Rechner ist.</translation>
    </message>
    <message>
        <source>Install it: apt install %1</source>
        <translation>Einrichten: apt install %1</translation>
    </message>
    <message>
        <source>bash is not on this machine.</source>
        <translation>bash ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Install it: apt install bash</source>
        <translation>Einrichten: apt install bash</translation>
    </message>
    <message>
        <source>This code has to be built first.</source>
        <translation>Dieser Code muss erst gebaut werden.</translation>
    </message>
    <message>
        <source>Save it, and build it with the CMakeLists.txt that comes with it.</source>
        <translation>Speichern und mit der beiliegenden CMakeLists.txt bauen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>There is no folder to run in: %1</source>
        <translation>Es gibt keinen Ordner, in dem er laufen kann: %1</translation>
    </message>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>%1 kann nicht gestartet werden: %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AccountsPanel</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Paying and selling</source>
        <translation>Zahlen und verkaufen</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask the agents again; while this is to be seen, they are asked every two seconds</source>
        <translation>Die Agenten erneut fragen; solange dies zu sehen ist, werden sie alle zwei Sekunden gefragt</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>Verkaufen</translation>
    </message>
    <message>
        <source>Network of today</source>
        <translation>Netz von heute</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Once the window is connected, the accounts of its network appear here.</source>
        <translation>Sobald das Fenster verbunden ist, erscheinen hier die Konten seines Netzes.</translation>
    </message>
    <message>
        <source>This network is not paid from accounts</source>
        <translation>Dieses Netz wird nicht aus Konten bezahlt</translation>
    </message>
    <message>
        <source>Services of 0G are. Give this profile the address of a user agent: Edit, in the menu of the status bar&apos;s profile.</source>
        <translation>Dienste von 0G werden es. Geben Sie diesem Profil die Adresse eines Nutzer-Agenten: „Bearbeiten“ im Menü des Profils in der Statusleiste.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Asking the user agent…</source>
        <translation>Der Nutzer-Agent wird gefragt…</translation>
    </message>
    <message>
        <source>It may have been done all the same: look at the balance before you try again.</source>
        <translation>Es kann trotzdem geschehen sein: Sehen Sie den Kontostand an, bevor Sie es erneut versuchen.</translation>
    </message>
    <message>
        <source>How much shall be put into the account at %1?</source>
        <translation>Wie viel soll auf das Konto bei %1 eingezahlt werden?</translation>
    </message>
    <message>
        <source>How much shall be put into a new account at %1?</source>
        <translation>Wie viel soll auf ein neues Konto bei %1 eingezahlt werden?</translation>
    </message>
    <message>
        <source>Deposit %1 at the provider %2? It pays for calls of this provider&apos;s services; what is left of it can be asked back.</source>
        <translation>%1 beim Anbieter %2 einzahlen? Damit werden Aufrufe der Dienste dieses Anbieters bezahlt; was übrig bleibt, kann zurückgefordert werden.</translation>
    </message>
    <message>
        <source>Deposit %1</source>
        <translation>%1 einzahlen</translation>
    </message>
    <message>
        <source>%1 was deposited at %2.</source>
        <translation>%1 wurde bei %2 eingezahlt.</translation>
    </message>
    <message>
        <source>Ask %1 back from the provider %2? It comes when its time is over; until then it stays in the account, and a settlement may still take of it.</source>
        <translation>%1 vom Anbieter %2 zurückfordern? Es kommt, wenn die Frist abgelaufen ist; bis dahin bleibt es auf dem Konto, und eine Abrechnung kann noch davon nehmen.</translation>
    </message>
    <message>
        <source>Ask back %1</source>
        <translation>%1 zurückfordern</translation>
    </message>
    <message>
        <source>%1 was asked back from %2.</source>
        <translation>%1 wurde von %2 zurückgefordert.</translation>
    </message>
    <message>
        <source>How much shall be asked back from the account at %1?</source>
        <translation>Wie viel soll vom Konto bei %1 zurückgefordert werden?</translation>
    </message>
    <message>
        <source>What was due has been paid to your wallet.</source>
        <translation>Was fällig war, ist an Ihre Wallet ausgezahlt.</translation>
    </message>
    <message numerus="yes">
        <source>Settle now? What %n user(s) owe, %1, is taken from their accounts and paid to %2. Calls that are under way are left for the next time.</source>
        <translation>
            <numerusform>Jetzt abrechnen? Was %n Nutzer schuldet, %1, wird von seinem Konto genommen und an %2 ausgezahlt. Laufende Aufrufe bleiben für das nächste Mal.</numerusform>
            <numerusform>Jetzt abrechnen? Was %n Nutzer schulden, %1, wird von ihren Konten genommen und an %2 ausgezahlt. Laufende Aufrufe bleiben für das nächste Mal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>Abrechnen</translation>
    </message>
    <message>
        <source>Nothing was settled: %1</source>
        <translation>Nichts wurde abgerechnet: %1</translation>
    </message>
    <message>
        <source>Settled: %1 came in. Some could not pay and are left for the next time.</source>
        <translation>Abgerechnet: %1 kam herein. Einige konnten nicht zahlen und bleiben für das nächste Mal.</translation>
    </message>
    <message>
        <source>Settled: %1 came in.</source>
        <translation>Abgerechnet: %1 kam herein.</translation>
    </message>
    <message>
        <source>Nothing was to be settled.</source>
        <translation>Es war nichts abzurechnen.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AmountBar</name>
    <message>
        <source>&amp;All of it</source>
        <translation>&amp;Alles</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Unit of the amount</source>
        <translation>Einheit des Betrags</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>That is more than there is: %1.</source>
        <translation>Das ist mehr, als da ist: %1.</translation>
    </message>
    <message>
        <source>What it comes to is shown here, to the last %1, before anything happens.</source>
        <translation>Was das ergibt, steht hier bis zum letzten %1, bevor etwas geschieht.</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>Höchstens %1.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AmountField</name>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Unit of: %1</source>
        <translation>Einheit von: %1</translation>
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
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1
Double-click to copy</source>
        <translation>%1
Doppelklick zum Kopieren</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AppSessionPage</name>
    <message>
        <source>This session lasted for %1. What the app answered was not kept.</source>
        <translation>Diese Sitzung dauerte %1. Was die App geantwortet hat, wurde nicht aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AppSessionPane</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Address of the app</source>
        <translation>Adresse der App</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Bezahlt</translation>
    </message>
    <message>
        <source>Price of a minute</source>
        <translation>Preis einer Minute</translation>
    </message>
    <message>
        <source>Time paid for</source>
        <translation>Bezahlte Zeit</translation>
    </message>
    <message>
        <source>&amp;Reserve a session</source>
        <translation>Sitzung &amp;reservieren</translation>
    </message>
    <message>
        <source>Reserves a place at a runner of this app. It is paid from then until it is stopped.</source>
        <translation>Reserviert einen Platz bei einem Runner dieser App. Er kostet von da an, bis er beendet wird.</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ends the session and its payments.</source>
        <translation>Beendet die Sitzung und ihre Zahlungen.</translation>
    </message>
    <message>
        <source>A minute</source>
        <translation>Eine Minute</translation>
    </message>
    <message>
        <source>Paid ahead</source>
        <translation>Im Voraus</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>&amp;Call the app</source>
        <translation>App &amp;aufrufen</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Calls to the app cost nothing besides the session</source>
        <translation>Aufrufe der App kosten außer der Sitzung nichts</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>none named yet</source>
        <translation>noch keine genannt</translation>
    </message>
    <message>
        <source>Channels that the app named</source>
        <translation>Kanäle, die die App genannt hat</translation>
    </message>
    <message>
        <source>The app names its channels in its answers.</source>
        <translation>Die App nennt ihre Kanäle in ihren Antworten.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Noch keine Antwort</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>die Antwort</translation>
    </message>
    <message>
        <source>Answer of the app</source>
        <translation>Antwort der App</translation>
    </message>
    <message>
        <source>Stopping ends the session: what the app keeps for it is lost, and what was paid ahead is not given back.</source>
        <translation>Damit endet die Sitzung: Was die App für sie aufbewahrt, geht verloren, und was im Voraus bezahlt ist, wird nicht erstattet.</translation>
    </message>
    <message>
        <source>Stop the session</source>
        <translation>Sitzung beenden</translation>
    </message>
    <message>
        <source>Reserving</source>
        <translation>Wird reserviert</translation>
    </message>
    <message>
        <source>A session is being reserved…</source>
        <translation>Eine Sitzung wird reserviert…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>The session is open</source>
        <translation>Die Sitzung ist offen</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>The session is being stopped…</source>
        <translation>Die Sitzung wird beendet…</translation>
    </message>
    <message>
        <source>No session</source>
        <translation>Keine Sitzung</translation>
    </message>
    <message>
        <source>The session was stopped</source>
        <translation>Die Sitzung wurde beendet</translation>
    </message>
    <message>
        <source>No session is reserved</source>
        <translation>Es ist keine Sitzung reserviert</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Zu Ende</translation>
    </message>
    <message>
        <source>The session has ended</source>
        <translation>Die Sitzung ist zu Ende</translation>
    </message>
    <message>
        <source>not limited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>Waiting for the app…</source>
        <translation>Wartet auf die App…</translation>
    </message>
    <message>
        <source>The call did not go through</source>
        <translation>Der Aufruf kam nicht durch</translation>
    </message>
    <message>
        <source>e.g. echo?lang=en</source>
        <translation>z. B. echo?lang=en</translation>
    </message>
    <message>
        <source>Path below the address of the session</source>
        <translation>Pfad unter der Adresse der Sitzung</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>%1 · the words of its events</source>
        <comment>facts of an answer</comment>
        <translation>%1 · Text der Ereignisse</translation>
    </message>
</context>
<context>
    <name>sluice::ui::AssistantPanel</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Rückgängig (Strg+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Wiederholen (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>&amp;Probieren</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Assistenten</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>The assistants of this profile</source>
        <translation>Die Assistenten dieses Profils</translation>
    </message>
    <message>
        <source>Name of the assistant</source>
        <translation>Name des Assistenten</translation>
    </message>
    <message>
        <source>What it is called among the capabilities</source>
        <translation>Wie er unter den Capabilities heißt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Save it and open its chat with the question</source>
        <translation>Speichern und den Chat mit der Frage öffnen</translation>
    </message>
    <message>
        <source>Keep it in the profile, where it is a capability (Ctrl+S)</source>
        <translation>Im Profil behalten, wo er eine Capability ist (Strg+S)</translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation>Neuer Assistent</translation>
    </message>
    <message>
        <source>More for assistants</source>
        <translation>Mehr zu Assistenten</translation>
    </message>
    <message>
        <source>Duplicate, delete, share, import</source>
        <translation>Duplizieren, löschen, teilen, importieren</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>&amp;Leer</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>D&amp;uplizieren</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Share as a file…</source>
        <translation>Als Datei &amp;teilen…</translation>
    </message>
    <message>
        <source>Share &amp;all…</source>
        <translation>&amp;Alle teilen…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message>
        <source>The profile is not connected.</source>
        <translation>Das Profil ist nicht verbunden.</translation>
    </message>
    <message>
        <source>This profile has no LLM worker</source>
        <translation>Dieses Profil hat keinen LLM-Worker</translation>
    </message>
    <message>
        <source>Add the address of one to the profile; its assistants are written here.</source>
        <translation>Fügen Sie dem Profil die Adresse eines Workers hinzu; seine Assistenten werden hier geschrieben.</translation>
    </message>
    <message>
        <source>Edit the profile…</source>
        <translation>Profil bearbeiten…</translation>
    </message>
    <message>
        <source>No assistants yet</source>
        <translation>Noch keine Assistenten</translation>
    </message>
    <message>
        <source>An assistant is a template of prompts that a worker runs one after the other. Each one that you save is a capability.</source>
        <translation>Ein Assistent ist eine Vorlage aus Prompts, die ein Worker nacheinander ausführt. Jeder gespeicherte ist eine Capability.</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>saved in “%1”</source>
        <translation>gespeichert in „%1“</translation>
    </message>
    <message>
        <source>of the local network</source>
        <translation>aus dem lokalen Netz</translation>
    </message>
    <message>
        <source>There is no assistant “%1”.</source>
        <translation>Es gibt keinen Assistenten „%1“.</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>„%1“ hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>There is an assistant “%1” already.</source>
        <translation>Es gibt schon einen Assistenten „%1“.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>“%1” is saved, and a capability of this profile.</source>
        <translation>„%1“ ist gespeichert und eine Capability dieses Profils.</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>„%1“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Share assistants</source>
        <translation>Assistenten teilen</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) stand in %1.</source>
        <translation>
            <numerusform>%n Assistent steht in %1.</numerusform>
            <numerusform>%n Assistenten stehen in %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Import assistants</source>
        <translation>Assistenten importieren</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) came in, and are capabilities of this profile.</source>
        <translation>
            <numerusform>%n Assistent kam hinzu und ist eine Capability dieses Profils.</numerusform>
            <numerusform>%n Assistenten kamen hinzu und sind Capabilities dieses Profils.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::AttachmentTray</name>
    <message>
        <source>Pictures of the message</source>
        <translation>Bilder der Nachricht</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message numerus="yes">
        <source>A message takes %n picture(s), and it has them all.</source>
        <translation>
            <numerusform>Eine Nachricht nimmt %n Bild auf, und das hat sie schon.</numerusform>
            <numerusform>Eine Nachricht nimmt %n Bilder auf, und so viele hat sie schon.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send these first, or take one away.</source>
        <translation>Senden Sie zuerst diese, oder nehmen Sie eines weg.</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>A part of another kind</source>
        <translation>Ein Teil anderer Art</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Wegnehmen</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>%1 wegnehmen</translation>
    </message>
    <message>
        <source>%1 could not be looked through for a position or other private details; it is sent as it is.</source>
        <translation>%1 konnte nicht auf eine Position oder andere private Angaben durchgesehen werden; es wird gesendet, wie es ist.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::BalancePanel</name>
    <message>
        <source>price not known</source>
        <translation>Preis nicht bekannt</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 je %2</translation>
    </message>
    <message>
        <source>free of charge</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>lasts %1 at %2</source>
        <translation>reicht %1 bei %2</translation>
    </message>
    <message>
        <source>enough for %1 × %2 at %3</source>
        <translation>reicht für %1 × %2 bei %3</translation>
    </message>
    <message>
        <source>This call</source>
        <translation>Dieser Aufruf</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Spent: %1</source>
        <translation>Ausgegeben: %1</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>kein Limit</translation>
    </message>
    <message>
        <source>limit reached: %1</source>
        <translation>Limit erreicht: %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>%1: %2 % of the limit of %3 used</source>
        <translation>%1: %2 % des Limits von %3 verbraucht</translation>
    </message>
    <message>
        <source>Balance for %1</source>
        <translation>Guthaben für %1</translation>
    </message>
    <message>
        <source>the next call fills it · %1</source>
        <translation>der nächste Aufruf füllt es auf · %1</translation>
    </message>
    <message>
        <source>not paid yet</source>
        <translation>noch nicht bezahlt</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>0 wei</source>
        <translation>0 wei</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>at %n orchestrators, as they said</source>
        <translation>
            <numerusform>laut %n Orchestrator,</numerusform>
            <numerusform>laut %n Orchestratoren,</numerusform>
        </translation>
    </message>
    <message>
        <source>as the orchestrator said</source>
        <translation>laut Orchestrator,</translation>
    </message>
    <message>
        <source>Orchestrators forget a balance that nobody uses for ten minutes.</source>
        <translation>Orchestratoren vergessen ein Guthaben, das zehn Minuten lang niemand nutzt.</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>Berechnet</translation>
    </message>
    <message>
        <source>Charged for this call</source>
        <translation>Für diesen Aufruf berechnet</translation>
    </message>
    <message>
        <source>What the orchestrator took from the balance for this call, by its own words. Streams are charged every five seconds, answers by the second that has begun.</source>
        <translation>Was der Orchestrator nach eigener Angabe für diesen Aufruf vom Guthaben genommen hat. Streams werden alle fünf Sekunden berechnet, Antworten je angefangene Sekunde.</translation>
    </message>
    <message>
        <source>No balance yet. The first paid call opens one with the orchestrator; what is left of it pays the next, unless none comes for ten minutes: orchestrators then forget it.</source>
        <translation>Noch kein Guthaben. Der erste bezahlte Aufruf eröffnet eines beim Orchestrator; was davon übrig ist, bezahlt den nächsten, es sei denn, zehn Minuten lang kommt keiner: Dann vergessen Orchestratoren es.</translation>
    </message>
    <message>
        <source>second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>what is left was not said · %1</source>
        <translation>Rest nicht mitgeteilt · %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::BranchSwitch</name>
    <message>
        <source>Version before (Alt+Left)</source>
        <translation>Vorige Fassung (Alt+Links)</translation>
    </message>
    <message>
        <source>Next version (Alt+Right)</source>
        <translation>Nächste Fassung (Alt+Rechts)</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>version, of how many</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CandidateModel</name>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>asked first</source>
        <translation>zuerst gefragt</translation>
    </message>
    <message>
        <source>number %1</source>
        <translation>Nummer %1</translation>
    </message>
    <message>
        <source>pinned, full</source>
        <translation>angeheftet, ausgelastet</translation>
    </message>
    <message>
        <source>full</source>
        <translation>ausgelastet</translation>
    </message>
    <message>
        <source>pinned, away</source>
        <translation>angeheftet, nicht erreichbar</translation>
    </message>
    <message>
        <source>away</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>You excluded it: no call goes there.</source>
        <translation>Sie haben ihn ausgeschlossen: Kein Aufruf geht dorthin.</translation>
    </message>
    <message>
        <source>Another one is pinned: no call goes here.</source>
        <translation>Ein anderer ist angeheftet: Kein Aufruf geht hierher.</translation>
    </message>
    <message>
        <source>It tells no free slot, so it is asked when no other takes the call.</source>
        <translation>Er meldet keinen freien Platz und wird daher gefragt, wenn kein anderer den Aufruf annimmt.</translation>
    </message>
    <message>
        <source>You pinned it: calls go here and to no other.</source>
        <translation>Sie haben ihn angeheftet: Aufrufe gehen hierher und zu keinem anderen.</translation>
    </message>
    <message>
        <source>The best by price, latency and success.</source>
        <translation>Der beste nach Preis, Latenz und Erfolg.</translation>
    </message>
    <message>
        <source>Others are better by price, latency and success.</source>
        <translation>Andere sind nach Preis, Latenz und Erfolg besser.</translation>
    </message>
    <message>
        <source>The first of the profile&apos;s list.</source>
        <translation>Der erste in der Liste des Profils.</translation>
    </message>
    <message>
        <source>It is asked when those before it in the list do not take the call.</source>
        <translation>Er wird gefragt, wenn die vor ihm in der Liste den Aufruf nicht annehmen.</translation>
    </message>
    <message>
        <source>free of charge</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>price per second</comment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>free slots of all</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>calls taken of those asked for</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>%1 je Sekunde</translation>
    </message>
    <message>
        <source>It told no price.</source>
        <translation>Er hat keinen Preis genannt.</translation>
    </message>
    <message>
        <source>How long it took to name its terms.</source>
        <translation>Wie lange er brauchte, um seine Bedingungen zu nennen.</translation>
    </message>
    <message>
        <source>Free slots, as it tells them.</source>
        <translation>Freie Plätze, wie er sie nennt.</translation>
    </message>
    <message>
        <source>It does not tell how many slots are free.</source>
        <translation>Er sagt nicht, wie viele Plätze frei sind.</translation>
    </message>
    <message>
        <source>No call from here was given to it yet.</source>
        <translation>Von hier ging noch kein Aufruf an ihn.</translation>
    </message>
    <message>
        <source>It took the last call, %1.</source>
        <translation>Er hat den letzten Aufruf angenommen, %1.</translation>
    </message>
    <message>
        <source>It did not take the last call, %1: %2</source>
        <translation>Er hat den letzten Aufruf nicht angenommen, %1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Free slots</source>
        <translation>Freie Plätze</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityDelegate</name>
    <message>
        <source>Remove from the favourites (Ctrl+D)</source>
        <translation>Aus den Favoriten nehmen (Strg+D)</translation>
    </message>
    <message>
        <source>Add to the favourites (Ctrl+D)</source>
        <translation>Zu den Favoriten nehmen (Strg+D)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityDialog</name>
    <message>
        <source>Edit “%1”</source>
        <translation>„%1“ bearbeiten</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>Capability hinzufügen</translation>
    </message>
    <message>
        <source>e.g. text-reversal</source>
        <translation>z. B. text-reversal</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>As its worker registered it at the orchestrator.</source>
        <translation>Wie ihr Worker sie beim Orchestrator registriert hat.</translation>
    </message>
    <message>
        <source>&amp;Run: one answer</source>
        <translation>&amp;Run: eine Antwort</translation>
    </message>
    <message>
        <source>S&amp;tream: an answer as it comes</source>
        <translation>S&amp;tream: eine Antwort, wie sie kommt</translation>
    </message>
    <message>
        <source>&amp;Live: video or lines</source>
        <translation>&amp;Live: Video oder Zeilen</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>How it is called.</source>
        <translation>Wie sie aufgerufen wird.</translation>
    </message>
    <message>
        <source>the name</source>
        <translation>der Name</translation>
    </message>
    <message>
        <source>&amp;Path</source>
        <translation>&amp;Pfad</translation>
    </message>
    <message>
        <source>Below the worker&apos;s address, e.g. predict or v1/chat/completions.</source>
        <translation>Unter der Adresse des Workers, z. B. predict oder v1/chat/completions.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>For you; nothing is sent of it.</source>
        <translation>Nur für Sie; nichts davon wird gesendet.</translation>
    </message>
    <message>
        <source>The JSON Schema of its input, which makes the form.</source>
        <translation>Das JSON-Schema ihrer Eingabe, aus dem das Formular entsteht.</translation>
    </message>
    <message>
        <source>Input &amp;schema</source>
        <translation>Eingabe&amp;schema</translation>
    </message>
    <message>
        <source>&amp;Example</source>
        <translation>B&amp;eispiel</translation>
    </message>
    <message>
        <source>An input to try, as JSON.</source>
        <translation>Eine Eingabe zum Ausprobieren, als JSON.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Spei&amp;chern</translation>
    </message>
    <message>
        <source>Choose at least one.</source>
        <translation>Mindestens eine auswählen.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>You named it before; this takes its place.</source>
        <translation>Sie ist schon benannt; diese hier tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>The network lists it; what you say here goes before what it says.</source>
        <translation>Das Netzwerk listet sie; was hier angegeben wird, geht dessen Angaben vor.</translation>
    </message>
    <message>
        <source>This name is live video.</source>
        <translation>Dieser Name ist Live-Video.</translation>
    </message>
    <message>
        <source>It does not fit the schema: %1</source>
        <translation>Es passt nicht zum Schema: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityFilter</name>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Called last</source>
        <translation>Zuletzt aufgerufen</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>Alle anderen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityKeeper</name>
    <message>
        <source>“%1” was removed.</source>
        <translation>„%1“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Share capabilities</source>
        <translation>Capabilities weitergeben</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n capabilities stand in %1.</source>
        <translation>
            <numerusform>%n Capability steht in %1.</numerusform>
            <numerusform>%n Capabilities stehen in %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 ist nicht schreibbar: %2</translation>
    </message>
    <message>
        <source>Import capabilities</source>
        <translation>Capabilities importieren</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n capabilities came from %1.</source>
        <translation>
            <numerusform>%n Capability kam aus %1.</numerusform>
            <numerusform>%n Capabilities kamen aus %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit “%1”…</source>
        <translation>„%1“ &amp;bearbeiten…</translation>
    </message>
    <message>
        <source>&amp;Share “%1”…</source>
        <translation>„%1“ &amp;weitergeben…</translation>
    </message>
    <message>
        <source>&amp;Remove “%1”</source>
        <translation>„%1“ &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Give “%1” a path or schema of your own…</source>
        <translation>„%1“ einen ei&amp;genen Pfad oder ein eigenes Schema geben…</translation>
    </message>
    <message>
        <source>&amp;Add a capability…</source>
        <translation>Capability &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Import capabilities…</source>
        <translation>Capabilities &amp;importieren…</translation>
    </message>
    <message>
        <source>Share a&amp;ll that you named…</source>
        <translation>A&amp;lle selbst benannten weitergeben…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CapabilityModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <translation>%1, %2, %3, %4</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>Preis unbekannt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 je %2</translation>
    </message>
    <message>
        <source>availability unknown</source>
        <translation>Verfügbarkeit unbekannt</translation>
    </message>
    <message>
        <source>full</source>
        <translation>ausgelastet</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>%1 von %2 frei</translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n frei</numerusform>
            <numerusform>%n frei</numerusform>
        </translation>
    </message>
    <message>
        <source>s</source>
        <comment>unit: second</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>price per unit</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>facts of a capability, who says so</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>named by you, listed by the network</source>
        <translation>von Ihnen benannt, vom Netzwerk gelistet</translation>
    </message>
    <message>
        <source>named by you</source>
        <translation>von Ihnen benannt</translation>
    </message>
    <message>
        <source>%1 per session</source>
        <translation>%1 je Sitzung</translation>
    </message>
    <message>
        <source>%1 per call</source>
        <translation>%1 je Aufruf</translation>
    </message>
    <message>
        <source>session</source>
        <comment>unit: price of a whole session</comment>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>call</source>
        <comment>unit: price of a call</comment>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>single-shot</source>
        <translation>Einzelaufruf</translation>
    </message>
    <message>
        <source>%1, favourite</source>
        <comment>facts of a capability</comment>
        <translation>%1, Favorit</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>%1 je Sekunde</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CellTable</name>
    <message>
        <source>Ctrl+C copies what stands in the cell, exactly</source>
        <translation>Strg+C kopiert genau, was in der Zelle steht</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CellTableModel</name>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChainView</name>
    <message>
        <source>The network of today</source>
        <translation>Das Netz von heute</translation>
    </message>
    <message>
        <source>Of the network of today</source>
        <translation>Vom Netz von heute</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>Dienste und Preise</translation>
    </message>
    <message>
        <source>Money at providers</source>
        <translation>Geld bei Anbietern</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Wallet</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>In the wallet</source>
        <translation>In der Wallet</translation>
    </message>
    <message>
        <source>In the ledger</source>
        <translation>Im Hauptbuch</translation>
    </message>
    <message>
        <source>Of it free</source>
        <translation>Davon frei</translation>
    </message>
    <message>
        <source>Money of</source>
        <translation>Geld von</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>Gelesen von</translation>
    </message>
    <message>
        <source>nobody&apos;s: the profile names no wallet</source>
        <translation>von niemandem: Das Profil nennt keine Wallet</translation>
    </message>
    <message>
        <source>chain %1</source>
        <translation>Kette %1</translation>
    </message>
    <message>
        <source>%1, block %2 of %3</source>
        <translation>%1, Block %2 vom %3</translation>
    </message>
    <message>
        <source>There is more than is shown: only the first %1 services are read.</source>
        <translation>Es gibt mehr, als gezeigt wird: Nur die ersten %1 Dienste werden gelesen.</translation>
    </message>
    <message>
        <source>Services and prices (%1)</source>
        <translation>Dienste und Preise (%1)</translation>
    </message>
    <message>
        <source>Money at providers (%1)</source>
        <translation>Geld bei Anbietern (%1)</translation>
    </message>
    <message>
        <source>Nobody sells anything there</source>
        <translation>Dort verkauft niemand etwas</translation>
    </message>
    <message>
        <source>The contract of this chain lists no service.</source>
        <translation>Der Vertrag dieser Kette führt keinen Dienst auf.</translation>
    </message>
    <message>
        <source>No money at providers</source>
        <translation>Kein Geld bei Anbietern</translation>
    </message>
    <message>
        <source>Write a wallet&apos;s address into the profile to see its money.</source>
        <translation>Schreiben Sie die Adresse einer Wallet ins Profil, um ihr Geld zu sehen.</translation>
    </message>
    <message>
        <source>This wallet has an account at no provider of this network.</source>
        <translation>Diese Wallet hat bei keinem Anbieter dieses Netzes ein Konto.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Reading the contracts…</source>
        <translation>Die Verträge werden gelesen…</translation>
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
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends · Esc stops</source>
        <translation>Strg+Eingabe sendet · Esc stoppt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the answer (Esc); what has come so far is kept</source>
        <translation>Antwort stoppen (Esc); was bisher kam, bleibt erhalten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send the message (Ctrl+Enter)</source>
        <translation>Nachricht senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Esc stops the answer, Up in an empty message edits the last question</source>
        <translation>Strg+Eingabe sendet, Esc hält die Antwort an, Pfeil nach oben in einer leeren Nachricht bearbeitet die letzte Frage</translation>
    </message>
    <message>
        <source>Add pictures… They can be pasted and dropped, too.</source>
        <translation>Bilder hinzufügen … Sie lassen sich auch einfügen und hereinziehen.</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>Bilder hinzufügen…</translation>
    </message>
    <message>
        <source>Another version of a question that was asked</source>
        <translation>Andere Fassung einer gestellten Frage</translation>
    </message>
    <message>
        <source>Leave the question as it is (Esc)</source>
        <translation>Die Frage lassen, wie sie ist (Esc)</translation>
    </message>
    <message>
        <source>Leave the question as it is</source>
        <translation>Die Frage lassen, wie sie ist</translation>
    </message>
    <message>
        <source>Pictures for the message</source>
        <translation>Bilder für die Nachricht</translation>
    </message>
    <message>
        <source>A picture is still being read</source>
        <translation>Ein Bild wird noch gelesen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp *.heic *.heif *.avif)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.gif *.webp *.heic *.heif *.avif)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatPage</name>
    <message>
        <source>Job %1, followed from here</source>
        <translation>Job %1, von hier aus verfolgt</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatPane</name>
    <message>
        <source>Clear the conversation</source>
        <translation>Gespräch leeren</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cleared.</source>
        <translation>
            <numerusform>%n Nachricht entfernt.</numerusform>
            <numerusform>%n Nachrichten entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>A new conversation</source>
        <translation>Ein neues Gespräch</translation>
    </message>
    <message>
        <source>Talk to %1</source>
        <translation>Gespräch mit %1</translation>
    </message>
    <message>
        <source>Write a message below and press Ctrl+Enter. Each answer is a call of its own, paid and kept in history.</source>
        <translation>Unten eine Nachricht schreiben und Strg+Eingabe drücken. Jede Antwort ist ein eigener Aufruf, wird bezahlt und bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>Try: %1</source>
        <translation>Zum Beispiel: %1</translation>
    </message>
    <message>
        <source>This link is no web or mail address, so it is not opened: %1</source>
        <translation>Dieser Link ist keine Web- oder Mailadresse und wird deshalb nicht geöffnet: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatSettings</name>
    <message>
        <source>Instructions and parameters</source>
        <translation>Anweisungen und Parameter</translation>
    </message>
    <message>
        <source>System prompt: how the answers should be. Sent before the conversation.</source>
        <translation>System-Prompt: wie die Antworten sein sollen. Wird vor dem Gespräch gesendet.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>%1 is %2; “%3” is not sent.</source>
        <translation>%1 ist %2; „%3“ wird nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 is %2, %3; “%4” is not sent.</source>
        <translation>%1 ist %2, %3; „%4“ wird nicht gesendet.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatTranscript</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>The capability reported an error in its stream: %1</source>
        <translation>Die Capability hat in ihrem Stream einen Fehler gemeldet: %1</translation>
    </message>
    <message>
        <source>What it had written before is kept. Try again, or look at the capability&apos;s log.</source>
        <translation>Was sie vorher geschrieben hat, bleibt erhalten. Erneut versuchen oder im Log der Capability nachsehen.</translation>
    </message>
    <message numerus="yes">
        <source>The answer ended without any text: %n event(s) had a form that chat does not know.</source>
        <translation>
            <numerusform>Die Antwort endete ohne Text: %n Ereignis hatte eine Form, die der Chat nicht kennt.</numerusform>
            <numerusform>Die Antwort endete ohne Text: %n Ereignisse hatten eine Form, die der Chat nicht kennt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The answer ended without any text.</source>
        <translation>Die Antwort endete ohne Text.</translation>
    </message>
    <message>
        <source>See the raw events in the result view, or try again.</source>
        <translation>In der Ergebnisansicht die rohen Ereignisse ansehen oder erneut versuchen.</translation>
    </message>
    <message>
        <source>A sound came with the answer, but it is no base64, so it cannot be played.</source>
        <translation>Mit der Antwort kam ein Ton, aber er ist kein Base64 und lässt sich nicht abspielen.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChatView</name>
    <message>
        <source>Jump to the latest words</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>this code</source>
        <translation>diesen Code</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Noch keine Nachrichten</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Eigene Nachricht</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s). %1: %2</source>
        <translation>
            <numerusform>%n Nachricht. %1: %2</numerusform>
            <numerusform>%n Nachrichten. %1: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;message</source>
        <translation>&amp;Nachricht kopieren</translation>
    </message>
    <message>
        <source>&amp;Open link</source>
        <translation>&amp;Link öffnen</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Link ko&amp;pieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Edit and send again</source>
        <translation>&amp;Bearbeiten und erneut senden</translation>
    </message>
    <message>
        <source>Ask a&amp;gain</source>
        <translation>&amp;Noch einmal fragen</translation>
    </message>
    <message>
        <source>Version &amp;before</source>
        <translation>&amp;Vorige Fassung</translation>
    </message>
    <message>
        <source>&amp;Next version</source>
        <translation>N&amp;ächste Fassung</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ChoiceEditor</name>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ClampedText</name>
    <message>
        <source>Press Enter to show all of it</source>
        <translation>Eingabetaste drücken, um alles zu zeigen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CodeEditor</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CodeView</name>
    <message>
        <source>Code of the call</source>
        <translation>Code des Aufrufs</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation>Code speichern</translation>
    </message>
    <message>
        <source>Save the code as a file…</source>
        <translation>Code als Datei speichern…</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Run: %1</source>
        <translation>Ausführen: %1</translation>
    </message>
    <message>
        <source>Install: %1</source>
        <translation>Installieren: %1</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Python v1 preview</source>
        <translation>Python v1-Vorschau</translation>
    </message>
    <message>
        <source>No call yet</source>
        <translation>Noch kein Aufruf</translation>
    </message>
    <message>
        <source>Pick a capability: the code of its call appears here, in each language.</source>
        <translation>Eine Capability auswählen: Der Code ihres Aufrufs erscheint hier, in jeder Sprache.</translation>
    </message>
    <message>
        <source>Not in this language</source>
        <translation>Nicht in dieser Sprache</translation>
    </message>
    <message>
        <source>Show it in %1</source>
        <translation>In %1 zeigen</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>Kein Code</translation>
    </message>
    <message>
        <source>What stands in the way is said above.</source>
        <translation>Was im Weg steht, steht darüber.</translation>
    </message>
    <message>
        <source>Enlarge the code</source>
        <translation>Code vergrößern</translation>
    </message>
    <message>
        <source>More room for the code (Ctrl+E)</source>
        <translation>Mehr Platz für den Code (Strg+E)</translation>
    </message>
    <message>
        <source>Copy environment</source>
        <translation>Umgebung kopieren</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Needs %1.</source>
        <translation>Braucht %1.</translation>
    </message>
    <message>
        <source>bash, curl, and sluicectl, which signs and pays</source>
        <translation>bash, curl und sluicectl, das signiert und bezahlt</translation>
    </message>
    <message>
        <source>bash and curl</source>
        <translation>bash und curl</translation>
    </message>
    <message>
        <source>Node 18 or later, and sluicectl, which signs and pays</source>
        <translation>Node 18 oder neuer und sluicectl, das signiert und bezahlt</translation>
    </message>
    <message>
        <source>Node 18 or later</source>
        <translation>Node 18 oder neuer</translation>
    </message>
    <message>
        <source>a C++20 compiler, CMake, and Sluice&apos;s library</source>
        <translation>einen C++20-Compiler, CMake und die Bibliothek von Sluice</translation>
    </message>
    <message>
        <source>Python 3.12 or later and livepeer-gateway from PyPI</source>
        <translation>Python 3.12 oder neuer und livepeer-gateway von PyPI</translation>
    </message>
    <message>
        <source>This package pays through a remote signer only, and this profile pays with a key.</source>
        <translation>Dieses Paket bezahlt nur über einen entfernten Signierer, und dieses Profil bezahlt mit einem Schlüssel.</translation>
    </message>
    <message>
        <source>livepeer-client</source>
        <translation>livepeer-client</translation>
    </message>
    <message>
        <source>This package is not published yet.</source>
        <translation>Dieses Paket ist noch nicht veröffentlicht.</translation>
    </message>
    <message>
        <source>It is kept in the keychain and never copied: put it here yourself.</source>
        <translation>Liegt im Schlüsselbund und wird nie kopiert: hier selbst einsetzen.</translation>
    </message>
    <message>
        <source>Put it here.</source>
        <translation>Hier einsetzen.</translation>
    </message>
    <message>
        <source>Node 18 or later and openai from npm</source>
        <translation>Node 18 oder neuer und openai von npm</translation>
    </message>
    <message>
        <source>Python 3.8 or later and openai from PyPI</source>
        <translation>Python 3.8 oder neuer und openai von PyPI</translation>
    </message>
    <message>
        <source>No code for this backend</source>
        <translation>Kein Code für dieses Backend</translation>
    </message>
    <message>
        <source>There is no language in which calls to “%1” are written here. sluicectl makes them: sluicectl run %2 --input …</source>
        <translation>Aufrufe an „%1“ werden hier in keiner Sprache geschrieben. sluicectl macht sie: sluicectl run %2 --input …</translation>
    </message>
    <message>
        <source>Python 3.8 or later</source>
        <translation>Python 3.8 oder neuer</translation>
    </message>
    <message>
        <source>Python 3.8 or later and websockets from PyPI</source>
        <translation>Python 3.8 oder neuer und websockets von PyPI</translation>
    </message>
    <message>
        <source>Node 22 or later, or Node 18 with ws from npm, or a browser</source>
        <translation>Node 22 oder neuer, oder Node 18 mit ws von npm, oder ein Browser</translation>
    </message>
    <message>
        <source>bash, websocat and jq</source>
        <translation>bash, websocat und jq</translation>
    </message>
    <message>
        <source>a C++17 compiler, CMake, and Qt 6 with WebSockets</source>
        <translation>ein C++17-Compiler, CMake und Qt 6 mit WebSockets</translation>
    </message>
    <message>
        <source>Run it here</source>
        <translation>Hier ausführen</translation>
    </message>
    <message>
        <source>Run the code here</source>
        <translation>Den Code hier ausführen</translation>
    </message>
    <message>
        <source>%1 Below is the same call in %2.</source>
        <translation>%1 Darunter steht derselbe Aufruf in %2.</translation>
    </message>
    <message>
        <source>Reads nothing from the environment.</source>
        <translation>Liest nichts aus der Umgebung.</translation>
    </message>
    <message>
        <source>Set first, copied with the sandbox&apos;s own values: %1</source>
        <translation>Vorher setzen, kopiert mit den Werten der Sandbox: %1</translation>
    </message>
    <message>
        <source>Set first, for “%1” with values of your own: %2</source>
        <translation>Vorher setzen, für „%1“ mit eigenen Werten: %2</translation>
    </message>
    <message>
        <source>There is no code to run.</source>
        <translation>Es gibt keinen Code zum Ausführen.</translation>
    </message>
    <message>
        <source>Looking for what runs it…</source>
        <translation>Sucht, was ihn ausführt…</translation>
    </message>
    <message>
        <source>Start Sluice with %1 in its environment: nothing is taken from the keychain for code.</source>
        <translation>Sluice mit %1 in der Umgebung starten: für Code wird nichts aus dem Schlüsselbund genommen.</translation>
    </message>
    <message>
        <source>It runs already.</source>
        <translation>Er läuft schon.</translation>
    </message>
    <message>
        <source>Run the code as a program of its own, with this environment, and see what it prints</source>
        <translation>Den Code als eigenes Programm mit dieser Umgebung ausführen und sehen, was es ausgibt</translation>
    </message>
    <message>
        <source>“%1” is no sandbox: the code makes the call there, and whoever pays for it pays.</source>
        <translation>„%1“ ist keine Sandbox: der Code macht den Aufruf dort, und wer dafür zahlt, zahlt.</translation>
    </message>
    <message>
        <source>Run it all the same</source>
        <translation>Trotzdem ausführen</translation>
    </message>
    <message>
        <source>bash, curl and jq</source>
        <translation>bash, curl und jq</translation>
    </message>
    <message>
        <source>For apps, curl pays through a remote signer only, and this profile pays with a key.</source>
        <translation>Für Apps bezahlt curl nur über einen entfernten Signierer, und dieses Profil bezahlt mit einem Schlüssel.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Type a command, a capability, a panel…</source>
        <translation>Befehl, Capability oder Bereich eingeben…</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>Nothing found for “%1”. Capabilities, panels and commands are found by letters of their names, in their order.</source>
        <translation>Nichts gefunden für „%1“. Capabilities, Bereiche und Befehle findet man über Buchstaben ihrer Namen, in deren Reihenfolge.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CompareView</name>
    <message>
        <source>Compare two runs</source>
        <translation>Zwei Läufe vergleichen</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Older run</source>
        <translation>Älterer Lauf</translation>
    </message>
    <message>
        <source>Newer run</source>
        <translation>Neuerer Lauf</translation>
    </message>
    <message>
        <source>%1 bytes of %2</source>
        <translation>%1 Bytes %2</translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation>unbekannter Typ</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>Capability</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Orchestrator</source>
        <translation>Orchestrator</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>kein Unterschied</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n Zeile unterscheidet sich</numerusform>
            <numerusform>%n Zeilen unterscheiden sich</numerusform>
        </translation>
    </message>
    <message>
        <source>Another program sent this call. Its answer went there.</source>
        <translation>Ein anderes Programm hat diesen Aufruf gesendet. Seine Antwort ging dorthin.</translation>
    </message>
    <message>
        <source>No answer was kept.</source>
        <translation>Es wurde keine Antwort aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ComparisonModel</name>
    <message>
        <source>%1: %2</source>
        <comment>measure, its value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1, the best</source>
        <comment>measure with its value</comment>
        <translation>%1, am besten</translation>
    </message>
    <message>
        <source>What left your purse in tickets for this answer; it may be credit for later calls as well</source>
        <translation>Was für diese Antwort an Tickets aus der Börse ging; es kann auch Guthaben für spätere Aufrufe sein</translation>
    </message>
    <message>
        <source>What was taken for this answer, by the other side&apos;s own words. Streams are charged every five seconds</source>
        <translation>Was die Gegenseite nach eigener Angabe für diese Antwort berechnet hat. Streams werden alle fünf Sekunden berechnet</translation>
    </message>
    <message>
        <source>Answer of</source>
        <translation>Antwort von</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>Erste Worte</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Ganze Antwort</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Bezahlt</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>Berechnet</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>coming…</source>
        <translation>kommt…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
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
        <translation>Von den ersten Worten bis zu den letzten</translation>
    </message>
    <message>
        <source>There were too few words to tell</source>
        <translation>Es waren zu wenige Worte, um das zu sagen</translation>
    </message>
    <message>
        <source>As the server counted them</source>
        <translation>Wie der Server sie gezählt hat</translation>
    </message>
    <message>
        <source>The server did not count its tokens: each piece of the stream is taken for one</source>
        <translation>Der Server hat seine Token nicht gezählt: Jedes Stück des Streams gilt als eines</translation>
    </message>
    <message>
        <source>Nothing is known of what this answer cost: its network names no price</source>
        <translation>Was diese Antwort gekostet hat, ist nicht bekannt: Ihr Netz nennt keinen Preis</translation>
    </message>
    <message>
        <source>Nobody told what was taken for this answer</source>
        <translation>Niemand hat gesagt, was für diese Antwort berechnet wurde</translation>
    </message>
    <message>
        <source>Fastest: %1</source>
        <comment>names of capabilities</comment>
        <translation>Am schnellsten: %1</translation>
    </message>
    <message>
        <source>Least charged: %1</source>
        <comment>names of capabilities</comment>
        <translation>Am wenigsten berechnet: %1</translation>
    </message>
    <message>
        <source>Least paid: %1</source>
        <comment>names of capabilities</comment>
        <translation>Am wenigsten bezahlt: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ComparisonTable</name>
    <message>
        <source>Comparison of the last answers</source>
        <translation>Vergleich der letzten Antworten</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ConversationColumn</name>
    <message>
        <source>Choose a capability</source>
        <translation>Eine Capability auswählen</translation>
    </message>
    <message>
        <source>Copy &amp;code</source>
        <translation>&amp;Code kopieren</translation>
    </message>
    <message>
        <source>Open as a &amp;tab of its own</source>
        <translation>Als eigenen &amp;Tab öffnen</translation>
    </message>
    <message>
        <source>&amp;Remove this column</source>
        <translation>Diese Spalte entfe&amp;rnen</translation>
    </message>
    <message>
        <source>Conversation %1</source>
        <translation>Gespräch %1</translation>
    </message>
    <message>
        <source>Capability of conversation %1</source>
        <translation>Capability von Gespräch %1</translation>
    </message>
    <message>
        <source>Stop answer %1</source>
        <translation>Antwort %1 stoppen</translation>
    </message>
    <message>
        <source>Stop this answer; the others go on</source>
        <translation>Diese Antwort stoppen; die anderen gehen weiter</translation>
    </message>
    <message>
        <source>More about conversation %1</source>
        <translation>Mehr zu Gespräch %1</translation>
    </message>
    <message>
        <source>Copy its code, open it as a tab of its own, or remove it</source>
        <translation>Seinen Code kopieren, es als eigenen Tab öffnen oder es entfernen</translation>
    </message>
    <message>
        <source>“%1” is not offered by this network now. Choose another one above.</source>
        <translation>Dieses Netz bietet „%1“ gerade nicht an. Oben eine andere auswählen.</translation>
    </message>
    <message>
        <source>Choose above who is to answer here.</source>
        <translation>Oben auswählen, wer hier antworten soll.</translation>
    </message>
    <message>
        <source>There is no connection to the network of this profile.</source>
        <translation>Es besteht keine Verbindung zum Netzwerk dieses Profils.</translation>
    </message>
    <message>
        <source>See the status bar for the reason, or choose another profile there.</source>
        <translation>Der Grund steht in der Statusleiste; dort lässt sich auch ein anderes Profil wählen.</translation>
    </message>
    <message>
        <source>Accept %1 per second and ask again</source>
        <translation>%1 pro Sekunde akzeptieren und noch einmal fragen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CopyButton</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>sluice::ui::CostAhead</name>
    <message>
        <source>What this costs is not said by the network: %1.</source>
        <comment>names of capabilities</comment>
        <translation>Was das kostet, sagt das Netz nicht: %1.</translation>
    </message>
    <message>
        <source>The next answers are free.</source>
        <translation>Die nächsten Antworten sind kostenlos.</translation>
    </message>
    <message>
        <source>The next answers cost at most %1 together.</source>
        <translation>Die nächsten Antworten kosten zusammen höchstens %1.</translation>
    </message>
    <message>
        <source>%1 Not counted, because the network names no price: %2.</source>
        <comment>sentence, names of capabilities</comment>
        <translation>%1 Nicht mitgezählt, weil das Netz keinen Preis nennt: %2.</translation>
    </message>
    <message>
        <source>The limit for one call, %1, is below that: a call stops where it is reached.</source>
        <translation>Die Grenze für einen Aufruf, %1, liegt darunter: Ein Aufruf endet, wo sie erreicht ist.</translation>
    </message>
    <message>
        <source>Today&apos;s limit leaves %1: what goes beyond it is not paid.</source>
        <translation>Die Grenze für heute lässt noch %1 zu: Was darüber hinausgeht, wird nicht bezahlt.</translation>
    </message>
    <message>
        <source>The session&apos;s limit leaves %1: what goes beyond it is not paid.</source>
        <translation>Die Grenze der Sitzung lässt noch %1 zu: Was darüber hinausgeht, wird nicht bezahlt.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ElidedLabel</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1
Click to copy</source>
        <translation>%1
Klick zum Kopieren</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointCallModel</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>streaming · %1</source>
        <comment>pieces of the answer so far</comment>
        <translation>streamt · %1</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>streamt</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled here</source>
        <translation>hier abgebrochen</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>Programm ging weg</translation>
    </message>
    <message>
        <source>%1 tokens in, %2 tokens out, as the answer counts them</source>
        <translation>%1 Token hinein, %2 Token heraus, wie die Antwort sie zählt</translation>
    </message>
    <message>
        <source>The answer does not count its tokens.</source>
        <translation>Die Antwort zählt ihre Token nicht.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>%1 wei of the balance; %2 wei paid with tickets</source>
        <translation>%1 Wei vom Guthaben; %2 Wei mit Tickets bezahlt</translation>
    </message>
    <message>
        <source>%1 wei paid with tickets; what it took of the balance is not known</source>
        <translation>%1 Wei mit Tickets bezahlt; was vom Guthaben genommen wurde, ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointCalls</name>
    <message>
        <source>Calls through the local endpoint</source>
        <translation>Aufrufe über den lokalen Endpunkt</translation>
    </message>
    <message>
        <source>Enter opens a call, Delete cancels one that runs</source>
        <translation>Eingabe öffnet einen Aufruf, Entf bricht einen laufenden ab</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Cancel the call</source>
        <translation>Aufruf abbrechen</translation>
    </message>
    <message>
        <source>Cancel the call; its client is told (Delete)</source>
        <translation>Aufruf abbrechen; das Programm erfährt es (Entf)</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Clear the list of calls that have ended; the history keeps their runs</source>
        <translation>Beendete Aufrufe aus der Liste nehmen; der Verlauf behält ihre Läufe</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Noch keine Aufrufe</translation>
    </message>
    <message>
        <source>Give a program the address and the key above: every call that it makes appears here.</source>
        <translation>Einem Programm Adresse und Schlüssel von oben geben: Jeder seiner Aufrufe erscheint hier.</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message>
        <source>While the endpoint runs, every call that comes through it appears here.</source>
        <translation>Solange der Endpunkt läuft, erscheint hier jeder Aufruf, der durch ihn geht.</translation>
    </message>
    <message>
        <source>This request called no capability, so there is no run to open.</source>
        <translation>Diese Anfrage hat keine Capability aufgerufen; es gibt keinen Lauf zu öffnen.</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>Lauf ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Cancel the call</source>
        <translation>Aufruf &amp;abbrechen</translation>
    </message>
    <message>
        <source>Co&amp;py the row</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>Cancelled here. Its client was told: %1</source>
        <translation>Hier abgebrochen. Dem Programm wurde gesagt: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointHost</name>
    <message>
        <source>The local endpoint stopped: it served “%1”, and the network is another one now.</source>
        <translation>Der lokale Endpunkt ist angehalten: Er bediente „%1“, und das Netzwerk ist jetzt ein anderes.</translation>
    </message>
    <message>
        <source>The local endpoint needs a network to serve.</source>
        <translation>Der lokale Endpunkt braucht ein Netzwerk, das er bedient.</translation>
    </message>
    <message>
        <source>Wait until the window is connected, or choose another profile in the status bar.</source>
        <translation>Warten, bis das Fenster verbunden ist, oder in der Statusleiste ein anderes Profil wählen.</translation>
    </message>
    <message>
        <source>The local endpoint cannot listen on port %1: %2</source>
        <translation>Der lokale Endpunkt kann nicht auf Port %1 lauschen: %2</translation>
    </message>
    <message>
        <source>Another program may use it: choose another port, or a free one.</source>
        <translation>Vielleicht benutzt ihn ein anderes Programm: einen anderen Port wählen oder einen freien nehmen.</translation>
    </message>
    <message>
        <source>Until then the endpoint has a key for this run only.</source>
        <translation>Bis dahin hat der Endpunkt einen Schlüssel nur für diese Sitzung.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointIndicator</name>
    <message>
        <source>endpoint :%1</source>
        <translation>Endpunkt :%1</translation>
    </message>
    <message numerus="yes">
        <source>endpoint :%1 · %n running</source>
        <translation>
            <numerusform>Endpunkt :%1 · %n läuft</numerusform>
            <numerusform>Endpunkt :%1 · %n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Local endpoint at port %1, %n call(s) running</source>
        <translation>
            <numerusform>Lokaler Endpunkt auf Port %1, %n Aufruf läuft</numerusform>
            <numerusform>Lokaler Endpunkt auf Port %1, %n Aufrufe laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Other programs reach this network at %1. Click to see their calls.</source>
        <translation>Andere Programme erreichen dieses Netzwerk unter %1. Ein Klick zeigt ihre Aufrufe.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointLines</name>
    <message>
        <source>A&amp;ddress</source>
        <translation>A&amp;dresse</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Umgebung</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>the address</source>
        <translation>die Adresse</translation>
    </message>
    <message>
        <source>a free one</source>
        <translation>ein freier</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>The port at the next start. A free one stays the same from start to start as long as nobody else takes it.</source>
        <translation>Der Port beim nächsten Start. Ein freier bleibt von Start zu Start derselbe, solange ihn niemand anderes nimmt.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>Schlüssel zeigen</translation>
    </message>
    <message>
        <source>the API key</source>
        <translation>den API-Schlüssel</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>Neuen Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Lines for the shell</source>
        <translation>Zeilen für die Shell</translation>
    </message>
    <message>
        <source>both lines</source>
        <translation>beide Zeilen</translation>
    </message>
    <message>
        <source>PORT</source>
        <translation>PORT</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>A new key would end the calls that run: wait for them, or stop the endpoint.</source>
        <translation>Ein neuer Schlüssel würde die laufenden Aufrufe beenden: auf sie warten oder den Endpunkt anhalten.</translation>
    </message>
    <message>
        <source>Make a new key; the old one opens nothing from then on</source>
        <translation>Neuen Schlüssel erzeugen; der alte öffnet von da an nichts mehr</translation>
    </message>
    <message>
        <source>There is no keychain to keep it: the key is for this run only.</source>
        <translation>Kein Schlüsselbund, der ihn behält: Der Schlüssel gilt nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>Schlüssel verbergen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::EndpointPanel</name>
    <message>
        <source>Local endpoint</source>
        <translation>Lokaler Endpunkt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>startet…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Stop the endpoint</source>
        <translation>Endpunkt anhalten</translation>
    </message>
    <message>
        <source>Start the endpoint</source>
        <translation>Endpunkt starten</translation>
    </message>
    <message>
        <source>Once the window is connected, every program for OpenAI&apos;s API on this machine can reach its network here.</source>
        <translation>Sobald das Fenster verbunden ist, kann jedes Programm für OpenAIs API auf diesem Rechner sein Netzwerk hier erreichen.</translation>
    </message>
    <message>
        <source>Programs for OpenAI&apos;s API on this machine reach “%1” here. Their calls are paid within its limits and kept in the history.</source>
        <translation>Programme für OpenAIs API auf diesem Rechner erreichen hier „%1“. Ihre Aufrufe werden innerhalb seiner Limits bezahlt und im Verlauf aufbewahrt.</translation>
    </message>
    <message>
        <source>Nothing is paid from here: this network&apos;s calls are free, or its gateway pays them.</source>
        <translation>Von hier wird nichts bezahlt: Die Aufrufe dieses Netzwerks sind kostenlos, oder sein Gateway bezahlt sie.</translation>
    </message>
    <message>
        <source>at most %1 per call</source>
        <translation>höchstens %1 je Aufruf</translation>
    </message>
    <message>
        <source>%1 of %2 spent in this session</source>
        <translation>%1 von %2 in dieser Sitzung ausgegeben</translation>
    </message>
    <message>
        <source>%1 of %2 spent today</source>
        <translation>%1 von %2 heute ausgegeben</translation>
    </message>
    <message>
        <source>Limits: %1</source>
        <translation>Limits: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FieldRow</name>
    <message>
        <source>Required</source>
        <translation>Erforderlich</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Off leaves the key out of the input</source>
        <translation>Aus: Der Schlüssel fehlt in der Eingabe</translation>
    </message>
    <message>
        <source>Edited as JSON: %1.</source>
        <translation>Als JSON bearbeitet: %1.</translation>
    </message>
    <message>
        <source>%1, as JSON</source>
        <translation>%1, als JSON</translation>
    </message>
    <message>
        <source>Edited as JSON: the form has no place for this value.</source>
        <translation>Als JSON bearbeitet: Das Formular hat keinen Platz für diesen Wert.</translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation>%1, erforderlich</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>%1 setzen</translation>
    </message>
    <message>
        <source>Off sends null: the field is required and may be null</source>
        <translation>Aus: Es wird null gesendet; das Feld ist erforderlich und darf null sein</translation>
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
        <translation>sein Schema verweist auf sich selbst</translation>
    </message>
    <message>
        <source>its schema refers to %1, which is not here</source>
        <translation>sein Schema verweist auf %1, das hier fehlt</translation>
    </message>
    <message>
        <source>its schema names no properties</source>
        <translation>sein Schema nennt keine Eigenschaften</translation>
    </message>
    <message>
        <source>it is nested too deep for a form</source>
        <translation>es ist für ein Formular zu tief verschachtelt</translation>
    </message>
    <message>
        <source>its schema has more than %1 fields</source>
        <translation>sein Schema hat mehr als %1 Felder</translation>
    </message>
    <message>
        <source>its schema does not say what the items are</source>
        <translation>sein Schema sagt nicht, was die Einträge sind</translation>
    </message>
    <message>
        <source>Option %1</source>
        <translation>Option %1</translation>
    </message>
    <message>
        <source>its schema names no single type</source>
        <translation>sein Schema nennt keinen eindeutigen Typ</translation>
    </message>
    <message>
        <source>its type “%1” has no form</source>
        <translation>für seinen Typ „%1“ gibt es kein Formular</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>unter %1</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>%1 oder weniger</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>ganze Zahl</translation>
    </message>
    <message>
        <source>items: %1 to %2</source>
        <translation>Einträge: %1 bis %2</translation>
    </message>
    <message>
        <source>items: at most %1</source>
        <translation>Einträge: höchstens %1</translation>
    </message>
    <message>
        <source>items: %1 or more</source>
        <translation>Einträge: %1 oder mehr</translation>
    </message>
    <message>
        <source>choose %1 or more</source>
        <translation>%1 oder mehr wählen</translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln character(s)</source>
        <translation>
            <numerusform>höchstens %Ln Zeichen</numerusform>
            <numerusform>höchstens %Ln Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>its schema is too large for a form</source>
        <translation>sein Schema ist für ein Formular zu groß</translation>
    </message>
    <message>
        <source>its schema has more than %1 choices</source>
        <translation>sein Schema hat mehr als %1 Auswahlmöglichkeiten</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FileEditor</name>
    <message>
        <source>Choose file…</source>
        <translation>Datei auswählen…</translation>
    </message>
    <message>
        <source>Paste a URL, or drop a file</source>
        <translation>URL einfügen oder Datei ablegen</translation>
    </message>
    <message>
        <source>Drop or paste a file</source>
        <translation>Datei ablegen oder einfügen</translation>
    </message>
    <message>
        <source>Choose a file for %1</source>
        <translation>Datei für %1 auswählen</translation>
    </message>
    <message>
        <source>Remove the file</source>
        <translation>Datei entfernen</translation>
    </message>
    <message>
        <source>Remove the file from %1</source>
        <translation>Datei aus %1 entfernen</translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation>Vorschau von %1</translation>
    </message>
    <message>
        <source>Embedded file</source>
        <translation>Eingebettete Datei</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>%1 has %2; at most %3 fit into a call. Give a URL or a smaller file.</source>
        <translation>%1 hat %2; in einen Aufruf passen höchstens %3. Eine URL oder eine kleinere Datei angeben.</translation>
    </message>
    <message>
        <source>%1 is %2; this field takes %3.</source>
        <translation>%1 ist %2; dieses Feld nimmt %3.</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 ist leer.</translation>
    </message>
    <message>
        <source>%1 is larger than %2.</source>
        <translation>%1 ist größer als %2.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>pasted picture.png</source>
        <translation>eingefügtes Bild.png</translation>
    </message>
    <message>
        <source>This field takes a file from this computer, not a URL.</source>
        <translation>Dieses Feld nimmt eine Datei von diesem Rechner, keine URL.</translation>
    </message>
    <message>
        <source>Export the picture as JPEG, and choose that file.</source>
        <translation>Exportieren Sie das Bild als JPEG und wählen Sie diese Datei.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::FormPage</name>
    <message>
        <source>Events as they arrive</source>
        <translation>Ereignisse, wie sie eintreffen</translation>
    </message>
    <message>
        <source>Press Run or Ctrl+Enter.</source>
        <translation>„Ausführen“ oder Strg+Eingabe drücken.</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>Warten auf die Antwort…</translation>
    </message>
    <message>
        <source>The input does not fit; the form says where.</source>
        <translation>Die Eingabe passt nicht; das Formular zeigt, wo.</translation>
    </message>
    <message>
        <source>This is the file that the answer holds. It came as base64 in JSON.</source>
        <translation>Dies ist die Datei, die die Antwort enthält. Sie kam als Base64 in JSON.</translation>
    </message>
    <message>
        <source>This call was signed and paid here and sent by another program. Its answer went there.</source>
        <translation>Dieser Aufruf wurde hier signiert und bezahlt und von einem anderen Programm gesendet. Seine Antwort ging dorthin.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryModel</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>paid %1</source>
        <translation>%1 bezahlt</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n Ticket</numerusform>
            <numerusform>%n Tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>%1
Started %2
Paid %3 wei</source>
        <translation>%1
Begonnen %2
Bezahlt %3 wei</translation>
    </message>
    <message>
        <source>signed for another program</source>
        <translation>für ein anderes Programm signiert</translation>
    </message>
</context>
<context>
    <name>sluice::ui::HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Export history</source>
        <translation>Verlauf exportieren</translation>
    </message>
    <message>
        <source>Export history as JSON lines…</source>
        <translation>Verlauf als JSON-Zeilen exportieren…</translation>
    </message>
    <message>
        <source>Search runs…</source>
        <translation>Läufe durchsuchen…</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Verlauf wird gelesen…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No run fits this search.</source>
        <translation>Kein Lauf passt zu dieser Suche.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>Every call you make is kept here, with its input, answer and cost.</source>
        <translation>Hier bleibt jeder Aufruf mit Eingabe, Antwort und Kosten erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>%n Lauf gelöscht.</numerusform>
            <numerusform>%n Läufe gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Copy call as JSON</source>
        <translation>Aufruf als JSON &amp;kopieren</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>Nicht mehr an&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>An&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Nach %1 exportiert.</translation>
    </message>
    <message>
        <source>Enter opens, R runs again, D compares two, Delete deletes</source>
        <translation>Eingabe öffnet, R führt erneut aus, D vergleicht zwei, Entf löscht</translation>
    </message>
    <message>
        <source>Select two runs (Ctrl+click) to compare them.</source>
        <translation>Zwei Läufe auswählen (Strg+Klick), um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Co&amp;mpare two</source>
        <translation>Zwei &amp;vergleichen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ImageView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Bild kopieren</translation>
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
        <translation>diese Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Kind: %1</source>
        <translation>Art: %1</translation>
    </message>
    <message>
        <source>Field: %1</source>
        <translation>Feld: %1</translation>
    </message>
    <message>
        <source>Request: %1 %2</source>
        <translation>Anfrage: %1 %2</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>Status: %1</translation>
    </message>
    <message>
        <source>Payment: tickets were sent; the money may be spent</source>
        <translation>Zahlung: Tickets wurden gesendet; das Geld ist womöglich ausgegeben</translation>
    </message>
    <message>
        <source>Passed over:</source>
        <translation>Übergangen:</translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation>Antwort:</translation>
    </message>
    <message>
        <source>Something failed without saying why.</source>
        <translation>Etwas ist ohne Angabe von Gründen fehlgeschlagen.</translation>
    </message>
    <message>
        <source>No message</source>
        <translation>Keine Meldung</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Hide &amp;details</source>
        <translation>&amp;Details ausblenden</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Details ausblenden</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Details anzeigen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::InputEditor</name>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Formular</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>Edit the input as form or as JSON</source>
        <translation>Eingabe als Formular oder als JSON bearbeiten</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>&amp;Beispiele</translation>
    </message>
    <message>
        <source>Fill in a sample input</source>
        <translation>Beispieleingabe einsetzen</translation>
    </message>
    <message>
        <source>More for the input</source>
        <translation>Mehr zur Eingabe</translation>
    </message>
    <message>
        <source>Reset, defaults, copy</source>
        <translation>Zurücksetzen, Standardwerte, Kopieren</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>Auf Standardwerte &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Omit unchanged defaults</source>
        <translation>&amp;Unveränderte Standardwerte weglassen</translation>
    </message>
    <message>
        <source>Leave optional keys out while they hold the schema&apos;s default</source>
        <translation>Optionale Schlüssel weglassen, solange sie den Standardwert des Schemas haben</translation>
    </message>
    <message>
        <source>&amp;Copy as JSON</source>
        <translation>Als JSON &amp;kopieren</translation>
    </message>
    <message>
        <source>No schema is known for this capability</source>
        <translation>Für diese Capability ist kein Schema bekannt</translation>
    </message>
    <message>
        <source>Schema from: %1</source>
        <translation>Schema von: %1</translation>
    </message>
    <message>
        <source>Example %1</source>
        <translation>Beispiel %1</translation>
    </message>
    <message>
        <source>The example “%1” is filled in.</source>
        <translation>Das Beispiel „%1“ ist eingesetzt.</translation>
    </message>
    <message>
        <source>The JSON text has an error, so the form is locked. %1</source>
        <translation>Der JSON-Text hat einen Fehler, deshalb ist das Formular gesperrt. %1</translation>
    </message>
    <message>
        <source>&amp;Go to the error</source>
        <translation>&amp;Zum Fehler</translation>
    </message>
    <message numerus="yes">
        <source>The key “%1” is there more than once; the last one counts.</source>
        <translation>
            <numerusform>Der Schlüssel „%1“ kommt mehrfach vor; der letzte gilt.</numerusform>
            <numerusform>Die Schlüssel „%1“ kommen mehrfach vor; jeweils der letzte gilt.</numerusform>
        </translation>
    </message>
    <message>
        <source>This capability publishes no schema, so there is no form. Write its input as JSON.</source>
        <translation>Diese Capability veröffentlicht kein Schema, deshalb gibt es kein Formular. Ihre Eingabe als JSON schreiben.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Rü&amp;ckgängig</translation>
    </message>
    <message>
        <source>The input is back at its defaults.</source>
        <translation>Die Eingabe steht wieder auf den Standardwerten.</translation>
    </message>
    <message>
        <source>”, “</source>
        <comment>between two quoted keys</comment>
        <translation>“, „</translation>
    </message>
</context>
<context>
    <name>sluice::ui::Inspector</name>
    <message>
        <source>Balance</source>
        <translation>Guthaben</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Run a capability to see where its time goes.</source>
        <translation>Eine Capability ausführen, um zu sehen, wohin ihre Zeit geht.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JobListModel</name>
    <message>
        <source>number %1 in the queue</source>
        <translation>Nummer %1 in der Warteschlange</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>given; not told more</source>
        <translation>abgegeben; mehr ist nicht bekannt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>not given from here</source>
        <translation>nicht von hier</translation>
    </message>
    <message>
        <source>A worker does not tell what a job of others is.</source>
        <translation>Ein Worker sagt nicht, was ein Job von anderen ist.</translation>
    </message>
    <message>
        <source>Given %1</source>
        <translation>Abgegeben %1</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Nicht genannt</translation>
    </message>
    <message>
        <source>Begun %1</source>
        <translation>Begonnen %1</translation>
    </message>
    <message>
        <source>Not begun, as far as is told</source>
        <translation>Nicht begonnen, soweit bekannt</translation>
    </message>
    <message>
        <source>Nothing was heard of it here.</source>
        <translation>Hier war nichts von ihm zu hören.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column of a table, value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>Gelaufen</translation>
    </message>
    <message>
        <source>Text so far</source>
        <translation>Text bisher</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>Text of the selected job so far</source>
        <translation>Bisheriger Text des gewählten Jobs</translation>
    </message>
    <message>
        <source>Jobs at the workers</source>
        <translation>Jobs bei den Workern</translation>
    </message>
    <message>
        <source>Enter opens a job, Delete ends one, Ctrl+C copies its id</source>
        <translation>Eingabe öffnet einen Job, Entf beendet einen, Strg+C kopiert seine Kennung</translation>
    </message>
    <message>
        <source>Open the job</source>
        <translation>Job öffnen</translation>
    </message>
    <message>
        <source>Open the job&apos;s run, or follow one that was not given from here (Enter)</source>
        <translation>Den Lauf des Jobs öffnen, oder einen verfolgen, der nicht von hier ist (Eingabe)</translation>
    </message>
    <message>
        <source>End the job</source>
        <translation>Job beenden</translation>
    </message>
    <message>
        <source>End the job at its worker (Delete)</source>
        <translation>Den Job bei seinem Worker beenden (Entf)</translation>
    </message>
    <message>
        <source>Copy the job&apos;s id</source>
        <translation>Kennung des Jobs kopieren</translation>
    </message>
    <message>
        <source>Copy the job&apos;s id (Ctrl+C)</source>
        <translation>Kennung des Jobs kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask the workers again; while this is to be seen, they are asked every second</source>
        <translation>Die Worker erneut fragen; solange dies zu sehen ist, geschieht das jede Sekunde</translation>
    </message>
    <message>
        <source>%1 does not tell what waits and runs there: only jobs given from here are listed.</source>
        <translation>%1 sagt nicht, was dort wartet und läuft: Nur von hier abgegebene Jobs stehen in der Liste.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Once the window is connected, the jobs at its workers appear here.</source>
        <translation>Sobald das Fenster verbunden ist, erscheinen hier die Jobs bei seinen Workern.</translation>
    </message>
    <message>
        <source>This network has no queue</source>
        <translation>Dieses Netz hat keine Warteschlange</translation>
    </message>
    <message>
        <source>Jobs wait and run at LLM workers. Give this profile the address of one: Edit, in the menu of the status bar&apos;s profile.</source>
        <translation>Jobs warten und laufen bei LLM-Workern. Diesem Profil die Adresse von einem geben: Bearbeiten, im Menü des Profils in der Statusleiste.</translation>
    </message>
    <message>
        <source>Asking the workers…</source>
        <translation>Die Worker werden gefragt…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing waits or runs</source>
        <translation>Nichts wartet oder läuft</translation>
    </message>
    <message>
        <source>Ask one of the worker&apos;s assistants: its job is here while it waits and runs, and stays until the window closes.</source>
        <translation>Einen Assistenten des Workers fragen: Sein Job steht hier, solange er wartet und läuft, und bleibt, bis das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Choose a job to see what it has said so far.</source>
        <translation>Einen Job wählen, um zu sehen, was er bisher gesagt hat.</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Gescheitert: %1</translation>
    </message>
    <message>
        <source>Said so far:</source>
        <translation>Bisher gesagt:</translation>
    </message>
    <message>
        <source>What it has said is not told here. Open follows it: whoever listens to it now hears no more.</source>
        <translation>Was er gesagt hat, wird hier nicht gesagt. Öffnen verfolgt ihn: Wer ihm jetzt zuhört, hört nichts mehr.</translation>
    </message>
    <message>
        <source>It has said nothing yet.</source>
        <translation>Er hat noch nichts gesagt.</translation>
    </message>
    <message>
        <source>Follow this job from here? A worker tells one listener: whoever gave it hears no more of it.</source>
        <translation>Diesen Job von hier aus verfolgen? Ein Worker sagt es einem Zuhörer: Wer ihn abgegeben hat, hört nichts mehr davon.</translation>
    </message>
    <message>
        <source>Follow this job from here? A worker tells one listener: whoever gave it hears no more of it. What it said before is not told again.</source>
        <translation>Diesen Job von hier aus verfolgen? Ein Worker sagt es einem Zuhörer: Wer ihn abgegeben hat, hört nichts mehr davon. Was er vorher gesagt hat, wird nicht wiederholt.</translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>Job %1</translation>
    </message>
    <message>
        <source>This job was not given from here. End it for whoever gave it?</source>
        <translation>Dieser Job ist nicht von hier. Ihn für den beenden, der ihn abgegeben hat?</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>This job runs already: what it would still say is lost, and what it cost stays paid. End it?</source>
        <translation>Dieser Job läuft schon: Was er noch sagen würde, geht verloren, und was er gekostet hat, bleibt bezahlt. Beenden?</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;End the job</source>
        <translation>Job &amp;beenden</translation>
    </message>
    <message>
        <source>Copy the &amp;id</source>
        <translation>&amp;Kennung kopieren</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonEditor</name>
    <message>
        <source>Input as JSON</source>
        <translation>Eingabe als JSON</translation>
    </message>
    <message>
        <source>Shift+Tab leaves the editor</source>
        <translation>Umschalt+Tab verlässt den Editor</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonFieldEditor</name>
    <message>
        <source>JSON, for example {&quot;key&quot;: 1}</source>
        <translation>JSON, zum Beispiel {&quot;key&quot;: 1}</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonText</name>
    <message>
        <source>‹secret %1›</source>
        <translation>‹Geheimnis %1›</translation>
    </message>
    <message>
        <source>‹long text %1: %2 characters, kept as it is›</source>
        <translation>‹langer Text %1: %2 Zeichen, bleibt unverändert›</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonTreeModel</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>sluice::ui::JsonTreeView</name>
    <message>
        <source>Find in keys and values…</source>
        <translation>In Schlüsseln und Werten suchen…</translation>
    </message>
    <message>
        <source>Find in the JSON tree</source>
        <translation>Im JSON-Baum suchen</translation>
    </message>
    <message>
        <source>JSON tree</source>
        <translation>JSON-Baum</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation>&amp;Wert kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>&amp;Expand all below</source>
        <translation>Alles darunter &amp;aufklappen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LimitFields</name>
    <message>
        <source>%1 when left empty</source>
        <translation>%1, wenn leer</translation>
    </message>
    <message>
        <source>Limits belong to the key: they hold for every profile and program that pays with it, sluicectl too.</source>
        <translation>Limits gehören zum Schlüssel: Sie gelten für jedes Profil und Programm, das mit ihm bezahlt, auch für sluicectl.</translation>
    </message>
    <message>
        <source>Limit per &amp;call</source>
        <translation>Limit je &amp;Aufruf</translation>
    </message>
    <message>
        <source>Expected value of the tickets of one call.</source>
        <translation>Erwartungswert der Tickets eines Aufrufs.</translation>
    </message>
    <message>
        <source>Limit per da&amp;y</source>
        <translation>Limit je &amp;Tag</translation>
    </message>
    <message>
        <source>Expected value per day (UTC), over all programs.</source>
        <translation>Erwartungswert je Tag (UTC), über alle Programme.</translation>
    </message>
    <message>
        <source>Limit per &amp;ticket</source>
        <translation>Limit je T&amp;icket</translation>
    </message>
    <message>
        <source>What one winning ticket may take out of the deposit.</source>
        <translation>Was ein gewinnendes Ticket vom Deposit nehmen darf.</translation>
    </message>
    <message>
        <source>&amp;Unlisted price, per second</source>
        <translation>&amp;Ungelisteter Preis, je Sekunde</translation>
    </message>
    <message>
        <source>What a call may cost per second where the network lists no price.</source>
        <translation>Was ein Aufruf je Sekunde kosten darf, wo das Netzwerk keinen Preis nennt.</translation>
    </message>
    <message>
        <source>Limit per &amp;session</source>
        <translation>Limit je &amp;Sitzung</translation>
    </message>
    <message>
        <source>Expected value with this profile until the program is closed, within the limits above.</source>
        <translation>Erwartungswert mit diesem Profil, bis das Programm geschlossen wird, innerhalb der Limits darüber.</translation>
    </message>
    <message>
        <source>only the limits above when left empty</source>
        <translation>nur die Limits darüber, wenn leer</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ListEditor</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation>Eintrag %1 von %2</translation>
    </message>
    <message>
        <source>Move item %1 of %2 up</source>
        <translation>Eintrag %1 von %2 nach oben</translation>
    </message>
    <message>
        <source>Move item %1 of %2 down</source>
        <translation>Eintrag %1 von %2 nach unten</translation>
    </message>
    <message>
        <source>Remove item %1 of %2</source>
        <translation>Eintrag %1 von %2 entfernen</translation>
    </message>
    <message>
        <source>Add an item to %1</source>
        <translation>Eintrag zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>%1 takes at most %2 items</source>
        <translation>%1 nimmt höchstens %2 Einträge</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveControls</name>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Space on the video</source>
        <translation>Leertaste auf dem Bild</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>What is sent: a camera, a file, or the test pattern</source>
        <translation>Was gesendet wird: eine Kamera, eine Datei oder das Testbild</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size and rate of the pictures that are sent</source>
        <translation>Größe und Rate der gesendeten Bilder</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Open the job and send (Ctrl+Enter)</source>
        <translation>Auftrag öffnen und senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End the job and the payments (Esc)</source>
        <translation>Auftrag und Zahlungen beenden (Esc)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Split with a divider</source>
        <translation>Geteilt mit Trennlinie</translation>
    </message>
    <message>
        <source>Output over input</source>
        <translation>Ausgang über Eingang</translation>
    </message>
    <message>
        <source>Output only</source>
        <translation>Nur Ausgang</translation>
    </message>
    <message>
        <source>Output on the full screen</source>
        <translation>Ausgang auf dem ganzen Bildschirm</translation>
    </message>
    <message>
        <source>F on the video, Esc back</source>
        <translation>F auf dem Bild, Esc zurück</translation>
    </message>
    <message>
        <source>Save a snapshot of the output</source>
        <translation>Momentaufnahme des Ausgangs speichern</translation>
    </message>
    <message>
        <source>Record to a file</source>
        <translation>In eine Datei aufnehmen</translation>
    </message>
    <message>
        <source>Record the &amp;input…</source>
        <translation>&amp;Eingang aufnehmen…</translation>
    </message>
    <message>
        <source>Record the &amp;output…</source>
        <translation>&amp;Ausgang aufnehmen…</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>Testbild</translation>
    </message>
    <message>
        <source>%1 (not there)</source>
        <translation>%1 (nicht da)</translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation>Videodatei…</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>Wie in der Datei</translation>
    </message>
    <message>
        <source>Choose a video file</source>
        <translation>Videodatei wählen</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>Zustand: %1</translation>
    </message>
    <message>
        <source>Recording; choose again to stop</source>
        <translation>Aufnahme läuft; zum Beenden noch einmal wählen</translation>
    </message>
    <message>
        <source>No picture for %1 s</source>
        <translation>Seit %1 s kein Bild</translation>
    </message>
    <message>
        <source>Videos and pictures (*.mp4 *.mkv *.webm *.mov *.avi *.ts *.m4v *.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;All files (*)</source>
        <translation>Videos und Bilder (*.mp4 *.mkv *.webm *.mov *.avi *.ts *.m4v *.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Schnappschuss</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
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
        <translation>Zustand</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failure</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 (%L2 times)</source>
        <translation>%1 (%L2-mal)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveLinesView</name>
    <message>
        <source>Lines to send</source>
        <translation>Zu sendende Zeilen</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Was zurückkam</translation>
    </message>
    <message>
        <source>S&amp;end</source>
        <translation>S&amp;enden</translation>
    </message>
    <message>
        <source>Write or paste lines, then press Ctrl+Enter.</source>
        <translation>Schreiben oder fügen Sie Zeilen ein, dann Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Send the lines</source>
        <translation>Zeilen senden</translation>
    </message>
    <message>
        <source>Send these lines as one segment (Ctrl+Enter)</source>
        <translation>Diese Zeilen als ein Segment senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Lines in</source>
        <translation>Zeilen hinein</translation>
    </message>
    <message>
        <source>Lines out</source>
        <translation>Zeilen heraus</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePage</name>
    <message>
        <source>This job ran for %1 with these parameters. Its pictures were not kept.</source>
        <translation>Dieser Auftrag lief %1 mit diesen Parametern. Seine Bilder wurden nicht behalten.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePane</name>
    <message>
        <source>Measurements now</source>
        <translation>Messwerte jetzt</translation>
    </message>
    <message>
        <source>Details of the job</source>
        <translation>Einzelheiten des Auftrags</translation>
    </message>
    <message>
        <source>Changes while it runs</source>
        <translation>Änderungen im Lauf</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Where the milliseconds go</source>
        <translation>Wo die Millisekunden bleiben</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Event log</source>
        <translation>Ereignisprotokoll</translation>
    </message>
    <message>
        <source>the event log</source>
        <translation>das Ereignisprotokoll</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Records of the data channel</source>
        <translation>Datensätze des Datenkanals</translation>
    </message>
    <message>
        <source>the records</source>
        <translation>die Datensätze</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>The lines were not sent: the queue to the network is full.</source>
        <translation>Die Zeilen wurden nicht gesendet: Die Warteschlange zum Netz ist voll.</translation>
    </message>
    <message>
        <source>Data (%L1)</source>
        <translation>Daten (%L1)</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>Testbild</translation>
    </message>
    <message>
        <source>In: %1</source>
        <translation>Eingang: %1</translation>
    </message>
    <message>
        <source>Out: %1</source>
        <translation>Ausgang: %1</translation>
    </message>
    <message>
        <source>%1
will be sent once you press Start.</source>
        <translation>%1
wird gesendet, sobald Sie Starten drücken.</translation>
    </message>
    <message>
        <source>What comes back from %1 is shown here. Press Start or Ctrl+Enter.</source>
        <translation>Was von %1 zurückkommt, erscheint hier. Drücken Sie Starten oder Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Opening the job…</source>
        <translation>Auftrag wird geöffnet…</translation>
    </message>
    <message>
        <source>Waiting for the first picture…</source>
        <translation>Warten auf das erste Bild…</translation>
    </message>
    <message>
        <source>Paused. Nothing is sent; the job stays open and is paid for.</source>
        <translation>Angehalten. Nichts wird gesendet; der Auftrag bleibt offen und wird bezahlt.</translation>
    </message>
    <message>
        <source>Ending the job…</source>
        <translation>Auftrag wird beendet…</translation>
    </message>
    <message>
        <source>Stopped before a picture came.</source>
        <translation>Beendet, bevor ein Bild kam.</translation>
    </message>
    <message>
        <source>The job ended; the message above says why.</source>
        <translation>Der Auftrag ist zu Ende; die Meldung oben sagt, warum.</translation>
    </message>
    <message>
        <source>%1, live</source>
        <translation>%1, live</translation>
    </message>
    <message>
        <source>The snapshot could not be written to %1.</source>
        <translation>Die Momentaufnahme konnte nicht nach %1 geschrieben werden.</translation>
    </message>
    <message>
        <source>The source is now “%1”</source>
        <translation>Die Quelle ist jetzt „%1“</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Noch einmal starten</translation>
    </message>
    <message>
        <source>Nothing is sent now, but the job is open and paid for: go on with the test pattern, choose another source, or stop it.</source>
        <translation>Jetzt wird nichts gesendet, aber der Auftrag ist offen und wird bezahlt: Machen Sie mit dem Testbild weiter, wählen Sie eine andere Quelle, oder beenden Sie ihn.</translation>
    </message>
    <message>
        <source>Use the &amp;test pattern</source>
        <translation>&amp;Testbild nehmen</translation>
    </message>
    <message>
        <source>Save the snapshot</source>
        <translation>Momentaufnahme speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>There is no output picture to save yet.</source>
        <translation>Es gibt noch kein Ausgangsbild zum Speichern.</translation>
    </message>
    <message>
        <source>The snapshot was saved as %1.</source>
        <translation>Die Momentaufnahme wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>Record the input</source>
        <translation>Eingang aufnehmen</translation>
    </message>
    <message>
        <source>Record the output</source>
        <translation>Ausgang aufnehmen</translation>
    </message>
    <message>
        <source>MPEG transport streams (*.ts)</source>
        <translation>MPEG-Transportströme (*.ts)</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>Der Eingang</translation>
    </message>
    <message>
        <source>The output</source>
        <translation>Der Ausgang</translation>
    </message>
    <message>
        <source>%1 was recorded to %2</source>
        <translation>%1 wurde in %2 aufgenommen</translation>
    </message>
    <message>
        <source>%1 is recorded to %2</source>
        <translation>%1 wird in %2 aufgenommen</translation>
    </message>
    <message>
        <source>No picture has come for %1 s</source>
        <translation>Seit %1 s kam kein Bild</translation>
    </message>
    <message>
        <source>Pictures come again after %1 s</source>
        <translation>Nach %1 s kommen wieder Bilder</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LivePlot</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 over the last minute</source>
        <translation>%1 in der letzten Minute</translation>
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
        <translation>hinein</translation>
    </message>
    <message>
        <source>out</source>
        <translation>heraus</translation>
    </message>
    <message>
        <source>kbit/s</source>
        <translation>kbit/s</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>p50 %1 ms</source>
        <translation>p50 %1 ms</translation>
    </message>
    <message>
        <source>p95 %1 ms</source>
        <translation>p95 %1 ms</translation>
    </message>
    <message>
        <source>%1 → %2 fps</source>
        <translation>%1 → %2 B/s</translation>
    </message>
    <message>
        <source>%1 → %2 kbit/s</source>
        <translation>%1 → %2 kbit/s</translation>
    </message>
    <message>
        <source>%L1 dropped</source>
        <translation>%L1 verworfen</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/min</translation>
    </message>
    <message>
        <source>Latency, ms</source>
        <translation>Verzögerung, ms</translation>
    </message>
    <message>
        <source>Pictures/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>Spend/min</source>
        <translation>Ausgaben/min</translation>
    </message>
    <message>
        <source>p50 / p95, ms</source>
        <translation>p50 / p95, ms</translation>
    </message>
    <message>
        <source>In / out, fps</source>
        <translation>Ein / aus, B/s</translation>
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
        <translation>Der Auftrag ist zu Ende.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveStagesModel</name>
    <message>
        <source>captured</source>
        <translation>aufgenommen</translation>
    </message>
    <message>
        <source>encoded</source>
        <translation>kodiert</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>received</source>
        <translation>empfangen</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>dekodiert</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>gezeigt</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>Kodieren</translation>
    </message>
    <message>
        <source>Queue and send</source>
        <translation>Warten und Senden</translation>
    </message>
    <message>
        <source>Network and capability</source>
        <translation>Netz und Capability</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>Dekodieren</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>Von Ende zu Ende</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>p50 ms</source>
        <translation>p50 ms</translation>
    </message>
    <message>
        <source>p95 ms</source>
        <translation>p95 ms</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LiveUpdatesModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>Until the first picture was shown that was taken after the change had been acknowledged</source>
        <translation>Bis das erste Bild gezeigt wurde, das nach der Bestätigung der Änderung aufgenommen war</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
</context>
<context>
    <name>sluice::ui::LocalServersBox</name>
    <message>
        <source>OpenAI-compatible server</source>
        <translation>OpenAI-kompatibler Server</translation>
    </message>
    <message>
        <source>probably %1</source>
        <translation>wahrscheinlich %1</translation>
    </message>
    <message>
        <source>tells its models only with an API key</source>
        <translation>nennt seine Modelle nur mit einem API-Schlüssel</translation>
    </message>
    <message>
        <source>no models yet</source>
        <translation>noch keine Modelle</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s): %1</source>
        <translation>
            <numerusform>%n Modell: %1</numerusform>
            <numerusform>%n Modelle: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add a backend on this machine…</source>
        <translation>Backend auf diesem Rechner &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Asks the usual ports of this machine, and no other, for Ollama, LM Studio, llama.cpp, vLLM, Jan and GPT4All</source>
        <translation>Fragt die üblichen Ports dieses Rechners, und keines anderen, nach Ollama, LM Studio, llama.cpp, vLLM, Jan und GPT4All</translation>
    </message>
    <message>
        <source>Add a backend on this machine</source>
        <translation>Backend auf diesem Rechner hinzufügen</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Asking this machine&apos;s ports…</source>
        <translation>Die Ports dieses Rechners werden gefragt…</translation>
    </message>
    <message>
        <source>No server of language models answers on this machine. Start one, for example Ollama, and search again. Asked were the ports %1.</source>
        <translation>Auf diesem Rechner antwortet kein Server mit Sprachmodellen. Einen starten, zum Beispiel Ollama, und noch einmal suchen. Gefragt wurden die Ports %1.</translation>
    </message>
    <message>
        <source>&amp;Search again</source>
        <translation>Noch einmal &amp;suchen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>%1 is added</source>
        <translation>%1 ist hinzugefügt</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>This is an endpoint of Sluice itself: through it, calls would go in a circle.</source>
        <translation>Das ist ein Endpunkt von Sluice selbst: Aufrufe gingen durch ihn im Kreis.</translation>
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
        <translation>Werkbank</translation>
    </message>
    <message>
        <source>Pick a capability</source>
        <translation>Capability auswählen</translation>
    </message>
    <message>
        <source>Choose one at the left, or press Ctrl+K and type its name.</source>
        <translation>Links eine auswählen oder Strg+K drücken und ihren Namen eingeben.</translation>
    </message>
    <message>
        <source>&amp;Call</source>
        <translation>&amp;Aufruf</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Ausführen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>&amp;Tab schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <source>Command &amp;palette</source>
        <translation>Befehls&amp;palette</translation>
    </message>
    <message>
        <source>Show &amp;capabilities</source>
        <translation>&amp;Capabilities anzeigen</translation>
    </message>
    <message>
        <source>Show &amp;inspector</source>
        <translation>&amp;Inspektor anzeigen</translation>
    </message>
    <message>
        <source>Show co&amp;de</source>
        <translation>Co&amp;de anzeigen</translation>
    </message>
    <message>
        <source>Show &amp;history</source>
        <translation>&amp;Verlauf anzeigen</translation>
    </message>
    <message>
        <source>&amp;System theme</source>
        <translation>&amp;Systemdesign</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Helles Design</translation>
    </message>
    <message>
        <source>D&amp;ark theme</source>
        <translation>D&amp;unkles Design</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>Find a &amp;capability</source>
        <translation>&amp;Capability suchen</translation>
    </message>
    <message>
        <source>Find a &amp;run</source>
        <translation>&amp;Lauf suchen</translation>
    </message>
    <message>
        <source>To the &amp;tickets</source>
        <translation>Zu den &amp;Tickets</translation>
    </message>
    <message>
        <source>Re&amp;fresh the balance</source>
        <translation>&amp;Guthaben aktualisieren</translation>
    </message>
    <message>
        <source>Choose the &amp;network…</source>
        <translation>&amp;Netzwerk wählen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Trust the new key</source>
        <translation>Dem neuen Schlüssel vertrauen</translation>
    </message>
    <message>
        <source>The network of this profile does not offer “%1” now.</source>
        <translation>Das Netzwerk dieses Profils bietet „%1“ gerade nicht an.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>capability</source>
        <translation>Capability</translation>
    </message>
    <message>
        <source>Use network “%1”</source>
        <translation>Netzwerk „%1“ verwenden</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation>&amp;Neues Profil…</translation>
    </message>
    <message>
        <source>&amp;Edit “%1”…</source>
        <translation>„%1“ &amp;bearbeiten…</translation>
    </message>
    <message>
        <source>&amp;Remove “%1”</source>
        <translation>„%1“ &amp;entfernen</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close (Ctrl+W)</source>
        <translation>Schließen (Strg+W)</translation>
    </message>
    <message>
        <source>first contact with %1, its key is remembered</source>
        <translation>erster Kontakt mit %1, der Schlüssel ist gemerkt</translation>
    </message>
    <message>
        <source>This orchestrator&apos;s certificate key was seen for the first time and is pinned from now on: %1</source>
        <translation>Der Zertifikatsschlüssel dieses Orchestrators wurde zum ersten Mal gesehen und gilt von nun an: %1</translation>
    </message>
    <message>
        <source>&amp;Enlarge the code</source>
        <translation>Code v&amp;ergrößern</translation>
    </message>
    <message>
        <source>&amp;Add a capability…</source>
        <translation>Capability &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Import capabilities…</source>
        <translation>Capabilities &amp;importieren…</translation>
    </message>
    <message>
        <source>S&amp;hare the capabilities that you named…</source>
        <translation>&amp;Selbst benannte Capabilities weitergeben…</translation>
    </message>
    <message>
        <source>Edit the profile…</source>
        <translation>Profil bearbeiten…</translation>
    </message>
    <message>
        <source>Refresh the capabilities (F5), add it by hand in the list at the left, or choose another profile in the status bar.</source>
        <translation>Die Capabilities aktualisieren (F5), sie links in der Liste von Hand hinzufügen oder in der Statusleiste ein anderes Profil wählen.</translation>
    </message>
    <message>
        <source>Run of %1</source>
        <translation>Lauf von %1</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>run of the history, capability</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>S&amp;witch between run and stream</source>
        <translation>Z&amp;wischen run und stream wechseln</translation>
    </message>
    <message>
        <source>C&amp;ompare side by side…</source>
        <translation>Nebeneinander &amp;vergleichen…</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>code copied</source>
        <translation>Code kopiert</translation>
    </message>
    <message>
        <source>The code of the column in front, in the language that the code panel shows</source>
        <translation>Der Code der vorderen Spalte, in der Sprache des Code-Bereichs</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Co&amp;mpare with…</source>
        <translation>&amp;Vergleichen mit…</translation>
    </message>
    <message>
        <source>&amp;Local endpoint</source>
        <translation>&amp;Lokaler Endpunkt</translation>
    </message>
    <message>
        <source>the local endpoint stopped</source>
        <translation>der lokale Endpunkt ist angehalten</translation>
    </message>
    <message>
        <source>Local endpoint</source>
        <translation>Lokaler Endpunkt</translation>
    </message>
    <message>
        <source>The history no longer has this run.</source>
        <translation>Der Verlauf hat diesen Lauf nicht mehr.</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) of other programs still run through the local endpoint and would end with the window.</source>
        <translation>
            <numerusform>%n Aufruf eines anderen Programms läuft noch durch den lokalen Endpunkt und würde mit dem Fenster enden.</numerusform>
            <numerusform>%n Aufrufe anderer Programme laufen noch durch den lokalen Endpunkt und würden mit dem Fenster enden.</numerusform>
        </translation>
    </message>
    <message>
        <source>End them and close</source>
        <translation>Beenden und schließen</translation>
    </message>
    <message>
        <source>From side by side</source>
        <translation>Aus dem Vergleich</translation>
    </message>
    <message>
        <source>&amp;Room for the workbench</source>
        <translation>&amp;Platz für die Werkbank</translation>
    </message>
    <message>
        <source>Room while &amp;video runs</source>
        <translation>Platz, solange &amp;Video läuft</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard…</source>
        <translation>&amp;Tastatur…</translation>
    </message>
    <message>
        <source>Open the &amp;data folder</source>
        <translation>&amp;Datenordner öffnen</translation>
    </message>
    <message>
        <source>&amp;About Sluice</source>
        <translation>Ü&amp;ber Sluice</translation>
    </message>
    <message>
        <source>About Sluice</source>
        <translation>Über Sluice</translation>
    </message>
    <message>
        <source>Sluice %1</source>
        <translation>Sluice %1</translation>
    </message>
    <message>
        <source>A playground for the Livepeer network and its neighbours: the call you try is the call you ship.

Apache License 2.0. Built with Qt %1, running with Qt %2.
Runs, settings and caches stand in %3.</source>
        <translation>Eine Spielwiese für das Livepeer-Netz und seine Nachbarn: Der Aufruf, den Sie ausprobieren, ist der, den Sie ausliefern.

Apache-Lizenz 2.0. Gebaut mit Qt %1, läuft mit Qt %2.
Läufe, Einstellungen und Zwischenspeicher liegen in %3.</translation>
    </message>
    <message>
        <source>&amp;Jobs of the workers</source>
        <translation>&amp;Jobs der Worker</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>&amp;Edit assistants…</source>
        <translation>Assistenten &amp;bearbeiten…</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Assistenten</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Probiert</translation>
    </message>
    <message>
        <source>&amp;Servers of the network</source>
        <translation>&amp;Server des Netzes</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>&amp;Accounts at providers</source>
        <translation>&amp;Konten bei Anbietern</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Add to the &amp;favourites</source>
        <translation>Zu den &amp;Favoriten nehmen</translation>
    </message>
    <message>
        <source>Remove from the &amp;favourites</source>
        <translation>Aus den &amp;Favoriten nehmen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::MediaStrip</name>
    <message>
        <source>A part of the kind “%1”, which is not shown here</source>
        <translation>Ein Teil der Art „%1“, der hier nicht gezeigt wird</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, auf %2</translation>
    </message>
    <message>
        <source>Open %1, on %2</source>
        <translation>%1 auf %2 öffnen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::NetworkPanel</name>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Servers that may take the calls</source>
        <translation>Server, die die Aufrufe annehmen können</translation>
    </message>
    <message>
        <source>P pins a server, X excludes it, Ctrl+C copies its address</source>
        <translation>P heftet einen Server an, X schließt ihn aus, Strg+C kopiert seine Adresse</translation>
    </message>
    <message>
        <source>Pin the server</source>
        <translation>Den Server anheften</translation>
    </message>
    <message>
        <source>Calls go to this server and to no other (P)</source>
        <translation>Aufrufe gehen zu diesem Server und zu keinem anderen (P)</translation>
    </message>
    <message>
        <source>Exclude the server</source>
        <translation>Den Server ausschließen</translation>
    </message>
    <message>
        <source>No call goes to this server (X)</source>
        <translation>Kein Aufruf geht zu diesem Server (X)</translation>
    </message>
    <message>
        <source>Copy the server&apos;s address</source>
        <translation>Die Adresse des Servers kopieren</translation>
    </message>
    <message>
        <source>Copy the server&apos;s address (Ctrl+C)</source>
        <translation>Die Adresse des Servers kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask all servers again; while this is to be seen, they are asked every 10 seconds. Nothing is paid for that.</source>
        <translation>Alle Server erneut fragen; solange dies zu sehen ist, werden sie alle 10 Sekunden gefragt. Dafür wird nichts bezahlt.</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>Capability</translation>
    </message>
    <message>
        <source>&amp;Capability</source>
        <translation>&amp;Capability</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>As the profile lists them</source>
        <translation>Wie im Profil aufgeführt</translation>
    </message>
    <message>
        <source>The best first</source>
        <translation>Die besten zuerst</translation>
    </message>
    <message>
        <source>Order of asking</source>
        <translation>Reihenfolge der Fragen</translation>
    </message>
    <message>
        <source>Automatic: a profile&apos;s own list in its order, servers that a discovery service names the best first. The best has a low price, answers quickly, and takes calls.</source>
        <translation>Automatisch: die Liste des Profils in ihrer Reihenfolge; von Servern, die ein Verzeichnisdienst nennt, die besten zuerst. Der beste ist günstig, antwortet schnell und nimmt Aufrufe an.</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>&amp;Reihenfolge</translation>
    </message>
    <message>
        <source>%1 is pinned and is none of these servers, so calls fail. Pin one of these, or none.</source>
        <translation>%1 ist angeheftet und ist keiner dieser Server, darum schlagen Aufrufe fehl. Heften Sie einen von diesen an, oder keinen.</translation>
    </message>
    <message>
        <source>A discovery service names these servers.</source>
        <translation>Ein Verzeichnisdienst nennt diese Server.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Once the window is connected, the servers of its network appear here.</source>
        <translation>Sobald das Fenster verbunden ist, erscheinen hier die Server seines Netzes.</translation>
    </message>
    <message>
        <source>No choice among servers</source>
        <translation>Keine Auswahl unter Servern</translation>
    </message>
    <message>
        <source>Nothing that this profile offers can be had from several servers: capabilities of Livepeer&apos;s orchestrators can.</source>
        <translation>Nichts, was dieses Profil bietet, gibt es bei mehreren Servern; bei Capabilitys von Livepeers Orchestratoren ist das so.</translation>
    </message>
    <message>
        <source>Somebody else chooses</source>
        <translation>Jemand anderes wählt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Asking the servers…</source>
        <translation>Die Server werden gefragt…</translation>
    </message>
    <message>
        <source>Nobody offers this</source>
        <translation>Niemand bietet das an</translation>
    </message>
    <message>
        <source>No server is known that offers this capability. Check the profile&apos;s addresses or its discovery service.</source>
        <translation>Es ist kein Server bekannt, der diese Capability anbietet. Prüfen Sie die Adressen des Profils oder seinen Verzeichnisdienst.</translation>
    </message>
    <message>
        <source>Take the pin off the server</source>
        <translation>Den Server lösen</translation>
    </message>
    <message>
        <source>Take the server in again</source>
        <translation>Den Server wieder aufnehmen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Take the &amp;pin off</source>
        <translation>&amp;Lösen</translation>
    </message>
    <message>
        <source>&amp;Pin: calls go here and to no other</source>
        <translation>&amp;Anheften: Aufrufe gehen hierher und zu keinem anderen</translation>
    </message>
    <message>
        <source>Take in &amp;again</source>
        <translation>&amp;Wieder aufnehmen</translation>
    </message>
    <message>
        <source>E&amp;xclude: no call goes here</source>
        <translation>A&amp;usschließen: Kein Aufruf geht hierher</translation>
    </message>
    <message>
        <source>&amp;Copy the address</source>
        <translation>Die Adresse &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>sluice::ui::NumberEditor</name>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1, Schieberegler</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it like 12, -0.5 or 1e3.</source>
        <translation>„%1“ ist keine Zahl. Schreibweise wie 12, -0.5 oder 1e3.</translation>
    </message>
    <message>
        <source>“%1” has a comma. Write %2 for the decimal, or leave the comma out.</source>
        <translation>„%1“ enthält ein Komma. Als Dezimalzahl %2 schreiben oder das Komma weglassen.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ObjectEditor</name>
    <message>
        <source>Additional settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Also sent, edited in the JSON tab: %1</source>
        <translation>Wird auch gesendet, im JSON-Tab bearbeitet: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ParameterUpdater</name>
    <message>
        <source>The change was given up.</source>
        <translation>Die Änderung wurde aufgegeben.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PastRunBar</name>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Use this input</source>
        <translation>Diese &amp;Eingabe verwenden</translation>
    </message>
    <message>
        <source>Go on from here: the tab becomes one for new calls. What is typed in other tabs stays.</source>
        <translation>Von hier aus weitermachen: Der Tab wird einer für neue Aufrufe. Was in anderen Tabs eingegeben ist, bleibt.</translation>
    </message>
    <message>
        <source>Run the same call again, in this tab</source>
        <translation>Denselben Aufruf in diesem Tab noch einmal ausführen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>S&amp;chließen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PayingView</name>
    <message>
        <source>&amp;Deposit…</source>
        <translation>&amp;Einzahlen…</translation>
    </message>
    <message>
        <source>Ask &amp;back…</source>
        <translation>&amp;Zurückfordern…</translation>
    </message>
    <message>
        <source>Pay &amp;out what is due</source>
        <translation>&amp;Fälliges auszahlen</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Of the accounts</source>
        <translation>Zu den Konten</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>Dienste und Preise</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>Zurückgefordert</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Nobody sells anything here yet</source>
        <translation>Hier verkauft noch niemand etwas</translation>
    </message>
    <message>
        <source>Services appear once a provider registers them on the ledger of this user agent. To sell something yourself, start “sluicectl zerog provider” on the same ledger.</source>
        <translation>Dienste erscheinen, sobald ein Anbieter sie im Hauptbuch dieses Nutzer-Agenten anmeldet. Um selbst etwas zu verkaufen, starten Sie „sluicectl zerog provider“ auf demselben Hauptbuch.</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>Noch keine Anfragen</translation>
    </message>
    <message>
        <source>Open one of the services at the left and call it: each call is here with its fee and its signature.</source>
        <translation>Öffnen Sie links einen der Dienste und rufen Sie ihn auf: Jeder Aufruf steht hier mit Gebühr und Signatur.</translation>
    </message>
    <message>
        <source>Whose accounts these are</source>
        <translation>Wessen Konten das sind</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Wallet</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>Nutzer-Agent</translation>
    </message>
    <message>
        <source>the address of these accounts&apos; owner</source>
        <translation>die Adresse des Inhabers dieser Konten</translation>
    </message>
    <message>
        <source>Account of</source>
        <translation>Konto von</translation>
    </message>
    <message>
        <source>Put money into the account at the selected provider; it is opened where there is none</source>
        <translation>Geld auf das Konto beim gewählten Anbieter einzahlen; gibt es keines, wird es eröffnet</translation>
    </message>
    <message>
        <source>Ask for money of the account at the selected provider; it comes when its time is over</source>
        <translation>Geld vom Konto beim gewählten Anbieter zurückfordern; es kommt, wenn die Frist abgelaufen ist</translation>
    </message>
    <message>
        <source>Have the refunds paid whose time is over, instead of when the agent looks next</source>
        <translation>Rückzahlungen, deren Frist abgelaufen ist, sofort auszahlen lassen statt beim nächsten Nachsehen des Agenten</translation>
    </message>
    <message>
        <source>the selected provider&apos;s address</source>
        <translation>die Adresse des gewählten Anbieters</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht mitgeteilt</translation>
    </message>
    <message>
        <source>Services and prices (%1)</source>
        <translation>Dienste und Preise (%1)</translation>
    </message>
    <message>
        <source>Requests (%1)</source>
        <translation>Anfragen (%1)</translation>
    </message>
    <message>
        <source>Nothing was asked back</source>
        <translation>Nichts wurde zurückgefordert</translation>
    </message>
    <message>
        <source>Choose a provider and press Ask back to have money returned from its account.</source>
        <translation>Wählen Sie einen Anbieter und drücken Sie „Zurückfordern“, um Geld von seinem Konto zurückzubekommen.</translation>
    </message>
    <message>
        <source>Asked back (%1)</source>
        <translation>Zurückgefordert (%1)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PickerPanel</name>
    <message>
        <source>Capabilities</source>
        <translation>Capabilities</translation>
    </message>
    <message>
        <source>Refresh capabilities</source>
        <translation>Capabilities aktualisieren</translation>
    </message>
    <message>
        <source>Refresh capabilities (F5)</source>
        <translation>Capabilities aktualisieren (F5)</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Search capabilities</source>
        <translation>Capabilities durchsuchen</translation>
    </message>
    <message>
        <source>Filter by verb</source>
        <translation>Nach Verb filtern</translation>
    </message>
    <message>
        <source>All verbs</source>
        <translation>Alle Verben</translation>
    </message>
    <message>
        <source>Capability list</source>
        <translation>Liste der Capabilities</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No capability fits this search.</source>
        <translation>Keine Capability passt zu dieser Suche.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>Das lokale Netzwerk startet…</translation>
    </message>
    <message>
        <source>Asking the network…</source>
        <translation>Das Netzwerk wird gefragt…</translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation>Kein Angebot</translation>
    </message>
    <message>
        <source>No orchestrator of this profile offers a capability now.</source>
        <translation>Kein Orchestrator dieses Profils bietet gerade eine Capability an.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>Capability hinzufügen</translation>
    </message>
    <message>
        <source>Add, import or share capabilities that the network does not list</source>
        <translation>Capabilities hinzufügen, importieren oder weitergeben, die das Netzwerk nicht listet</translation>
    </message>
    <message>
        <source>This network lists nothing</source>
        <translation>Dieses Netzwerk listet nichts</translation>
    </message>
    <message>
        <source>It answers, but most nodes have no list. Name a capability that runs there, and it is here from then on.</source>
        <translation>Es antwortet, aber die meisten Knoten haben keine Liste. Eine Capability nennen, die dort läuft; von da an steht sie hier.</translation>
    </message>
    <message>
        <source>Add a capability…</source>
        <translation>Capability hinzufügen…</translation>
    </message>
    <message>
        <source>No capability fits this search. One that the network does not list can be named by hand.</source>
        <translation>Keine Capability passt zu dieser Suche. Eine, die das Netzwerk nicht listet, lässt sich von Hand benennen.</translation>
    </message>
    <message>
        <source>This network has no list of its own. What runs there can be named by hand.</source>
        <translation>Dieses Netzwerk hat keine eigene Liste. Was dort läuft, lässt sich von Hand benennen.</translation>
    </message>
    <message>
        <source>Add “%1”…</source>
        <translation>„%1“ hinzufügen…</translation>
    </message>
    <message>
        <source>No assistants yet</source>
        <translation>Noch keine Assistenten</translation>
    </message>
    <message>
        <source>A worker runs what is written for it: each assistant is a capability here.</source>
        <translation>Ein Worker führt aus, was für ihn geschrieben ist: Jeder Assistent ist hier eine Capability.</translation>
    </message>
    <message>
        <source>Write an assistant…</source>
        <translation>Assistenten schreiben…</translation>
    </message>
    <message>
        <source>Edit assistant…</source>
        <translation>Assistenten bearbeiten…</translation>
    </message>
    <message>
        <source>Enter opens a capability, Ctrl+D makes it a favourite or no longer.</source>
        <translation>Die Eingabetaste öffnet eine Capability, Strg+D macht sie zum Favoriten oder nicht mehr.</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>Aus den Favoriten nehmen</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>Zu den Favoriten nehmen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureButton</name>
    <message>
        <source>%1: reading…</source>
        <translation>%1: wird gelesen…</translation>
    </message>
    <message>
        <source>%1 cannot be shown: %2</source>
        <translation>%1 lässt sich nicht zeigen: %2</translation>
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
        <translation>Bilder der Antwort</translation>
    </message>
    <message>
        <source>Which picture is shown</source>
        <translation>Welches Bild gezeigt wird</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PictureIntake</name>
    <message>
        <source>%1 is too large to be sent: %2, where %3 is the most.</source>
        <translation>%1 ist zu groß zum Senden: %2, erlaubt sind höchstens %3.</translation>
    </message>
    <message>
        <source>Make it smaller with another program first.</source>
        <translation>Verkleinern Sie es zuerst mit einem anderen Programm.</translation>
    </message>
    <message>
        <source>%1 is no picture that can be sent: %2.</source>
        <translation>%1 ist kein Bild, das sich senden lässt: %2.</translation>
    </message>
    <message>
        <source>PNG, JPEG, GIF and WebP can be sent.</source>
        <translation>PNG, JPEG, GIF und WebP lassen sich senden.</translation>
    </message>
    <message>
        <source>%1, made smaller from %2 × %3 to %4 × %5</source>
        <translation>%1, verkleinert von %2 × %3 auf %4 × %5</translation>
    </message>
    <message>
        <source>it cannot be read as one</source>
        <translation>es lässt sich nicht als eines lesen</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message numerus="yes">
        <source>%n million pixel(s)</source>
        <translation>
            <numerusform>%n Million Pixel</numerusform>
            <numerusform>%n Millionen Pixel</numerusform>
        </translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>%1 is a picture in the format %2, which cannot be read here, nor by most models.</source>
        <translation>%1 ist ein Bild im Format %2, das weder hier noch von den meisten Modellen gelesen werden kann.</translation>
    </message>
    <message>
        <source>Export the picture as JPEG, and add that file.</source>
        <translation>Exportieren Sie das Bild als JPEG und fügen Sie diese Datei hinzu.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ProfileDialog</name>
    <message>
        <source>Edit profile “%1”</source>
        <translation>Profil „%1“ bearbeiten</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>e.g. production</source>
        <translation>z. B. Produktion</translation>
    </message>
    <message>
        <source>How the profile is called here.</source>
        <translation>Wie das Profil hier heißt.</translation>
    </message>
    <message>
        <source>Local network on this machine</source>
        <translation>Lokales Netzwerk auf diesem Rechner</translation>
    </message>
    <message>
        <source>Kind of network</source>
        <translation>Art des Netzwerks</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>unchanged when empty</source>
        <translation>unverändert, wenn leer</translation>
    </message>
    <message>
        <source>Save and &amp;use</source>
        <translation>Speichern und &amp;verwenden</translation>
    </message>
    <message>
        <source>There is no keychain here: token and key are kept until the program is closed, then forgotten.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Token und Schlüssel bleiben bis zum Schließen des Programms und sind dann vergessen.</translation>
    </message>
    <message>
        <source>Give the profile a name.</source>
        <translation>Dem Profil einen Namen geben.</translation>
    </message>
    <message>
        <source>There is a profile named “%1” already.</source>
        <translation>Es gibt schon ein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine Angabe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Addresses of its own</source>
        <translation>Eigene Adressen</translation>
    </message>
    <message>
        <source>Choose what the profile reaches.</source>
        <translation>Wählen Sie, was das Profil erreicht.</translation>
    </message>
    <message>
        <source>Something is missing or wrong: see the marked fields.</source>
        <translation>Etwas fehlt oder ist falsch: siehe die markierten Felder.</translation>
    </message>
    <message>
        <source>local models</source>
        <translation>lokale Modelle</translation>
    </message>
</context>
<context>
    <name>sluice::ui::PromptPreview</name>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>What would be sent</source>
        <translation>Was gesendet würde</translation>
    </message>
    <message>
        <source>expanded as a worker does it</source>
        <translation>eingesetzt, wie ein Worker es tut</translation>
    </message>
    <message>
        <source>The history does not fit (%1): %2</source>
        <translation>Der Verlauf passt nicht (%1): %2</translation>
    </message>
    <message>
        <source>stream %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Without a stream, a worker answers with the question itself.</source>
        <translation>Ohne einen Schritt antwortet ein Worker mit der Frage selbst.</translation>
    </message>
    <message>
        <source>Stream %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Stream %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>Temperatur %1</translation>
    </message>
    <message>
        <source>No messages.</source>
        <translation>Keine Nachrichten.</translation>
    </message>
    <message>
        <source>too long to be shown expanded; as it is written:</source>
        <translation>zu lang, um eingesetzt gezeigt zu werden; wie es geschrieben steht:</translation>
    </message>
    <message>
        <source>depends on the answer before; as it is written:</source>
        <translation>hängt von der Antwort davor ab; wie es geschrieben steht:</translation>
    </message>
    <message>
        <source>from the history</source>
        <translation>aus dem Verlauf</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more character(s)</source>
        <translation>
            <numerusform>… und %Ln weiteres Zeichen</numerusform>
            <numerusform>… und %Ln weitere Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>the answer of %1</source>
        <translation>die Antwort von %1</translation>
    </message>
    <message>
        <source>a summary of the history, which gpt-3.5-turbo is asked for first</source>
        <translation>eine Zusammenfassung des Verlaufs, um die zuerst gpt-3.5-turbo gebeten wird</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Go to the first fault</source>
        <translation>Zum ersten Fehler gehen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s)</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::QuestionLine</name>
    <message>
        <source>Edit and send again: this question and what followed stay as another version</source>
        <translation>Bearbeiten und erneut senden: diese Frage und was folgte bleiben als andere Fassung</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Die Frage bearbeiten</translation>
    </message>
    <message>
        <source>Question: %1</source>
        <translation>Frage: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RawView</name>
    <message>
        <source>Received text</source>
        <translation>Empfangener Text</translation>
    </message>
    <message>
        <source>Received bytes</source>
        <translation>Empfangene Bytes</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>no content type</source>
        <translation>kein Inhaltstyp</translation>
    </message>
    <message>
        <source> · only the first %1 were kept</source>
        <translation> · nur die ersten %1 wurden behalten</translation>
    </message>
    <message>
        <source> · the first %1 are shown; save for all</source>
        <translation> · die ersten %1 werden gezeigt; alles durch Speichern</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ReasoningFold</name>
    <message>
        <source>Reasoning</source>
        <translation>Gedankengang</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n Zeichen</numerusform>
            <numerusform>%n Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far</source>
        <comment>amount of reasoning</comment>
        <translation>%1 bisher</translation>
    </message>
    <message>
        <source>Reasoning, %1</source>
        <translation>Gedankengang, %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RelativeTimeLabel</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>vor %n s</numerusform>
            <numerusform>vor %n s</numerusform>
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
            <numerusform>vor %n min</numerusform>
            <numerusform>vor %n min</numerusform>
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
            <numerusform>vor %n h</numerusform>
            <numerusform>vor %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>in %n h</numerusform>
            <numerusform>in %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>Time not known</source>
        <translation>Zeit nicht bekannt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RemoteText</name>
    <message>
        <source>Open a link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>This link is no web or mail address, so it is not opened.</source>
        <translation>Dieser Link ist keine Web- oder Mailadresse und wird deshalb nicht geöffnet.</translation>
    </message>
    <message>
        <source>Write a mail to this address? An answer from the network proposes it.</source>
        <translation>Eine Mail an diese Adresse schreiben? Eine Antwort aus dem Netzwerk schlägt es vor.</translation>
    </message>
    <message>
        <source>Open this page at %1? An answer from the network links to it.</source>
        <translation>Diese Seite bei %1 öffnen? Eine Antwort aus dem Netzwerk verweist darauf.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ResultView</name>
    <message>
        <source>Save the answer…</source>
        <translation>Antwort speichern…</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Answer headers</source>
        <translation>Kopfzeilen der Antwort</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Ra&amp;w</source>
        <translation>&amp;Roh</translation>
    </message>
    <message>
        <source>&amp;Headers</source>
        <translation>&amp;Kopfzeilen</translation>
    </message>
    <message>
        <source>Views of the answer</source>
        <translation>Ansichten der Antwort</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Noch keine Antwort</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>served by %1</source>
        <translation>geliefert von %1</translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation>Die Antwort hat keinen Inhalt.</translation>
    </message>
    <message>
        <source>The answer says it is a picture (%1), but it cannot be decoded. The bytes are under Raw.</source>
        <translation>Die Antwort gibt sich als Bild aus (%1), lässt sich aber nicht dekodieren. Die Bytes stehen unter „Roh“.</translation>
    </message>
    <message>
        <source>Reading the JSON…</source>
        <translation>JSON wird gelesen…</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Antwort speichern</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>bytes of no named type</source>
        <translation>Bytes ohne genannten Typ</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Save the bytes…</source>
        <translation>Die Bytes speichern…</translation>
    </message>
    <message>
        <source>%1 of %2: there is no preview. The bytes are under Raw; save them to open them elsewhere.</source>
        <translation>%1 vom Typ %2: Es gibt keine Vorschau. Die Bytes stehen unter „Roh“; zum Öffnen in einem anderen Programm speichern.</translation>
    </message>
    <message>
        <source>The masks cannot be shown: %1</source>
        <translation>Die Masken lassen sich nicht zeigen: %1</translation>
    </message>
    <message>
        <source>a row of pixels is missing.</source>
        <translation>Eine Zeile von Pixeln fehlt.</translation>
    </message>
    <message>
        <source>a pixel is no number.</source>
        <translation>Ein Pixel ist keine Zahl.</translation>
    </message>
    <message>
        <source>they are larger than %1 pixels a side.</source>
        <translation>Sie haben mehr als %1 Pixel je Seite.</translation>
    </message>
    <message>
        <source>their rows are not equally long.</source>
        <translation>Ihre Zeilen sind nicht gleich lang.</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>they are no list.</source>
        <translation>Sie sind keine Liste.</translation>
    </message>
    <message>
        <source>a mask is missing.</source>
        <translation>Eine Maske fehlt.</translation>
    </message>
    <message>
        <source>they end in the middle.</source>
        <translation>Sie enden mittendrin.</translation>
    </message>
    <message>
        <source>they end in the middle, or there are more than %1.</source>
        <translation>Sie enden mittendrin, oder es sind mehr als %1.</translation>
    </message>
    <message>
        <source>Mask %1 · score %2 · %3 %</source>
        <translation>Maske %1 · Wertung %2 · %3 %</translation>
    </message>
    <message>
        <source>Mask %1 · %2 %</source>
        <translation>Maske %1 · %2 %</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RunController</name>
    <message>
        <source>Stopped before an answer came.</source>
        <translation>Gestoppt, bevor eine Antwort kam.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::RunPane</name>
    <message numerus="yes">
        <source>%n byte(s) that are no text</source>
        <translation>
            <numerusform>%n Byte, das kein Text ist</numerusform>
            <numerusform>%n Byte, die kein Text sind</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Output of the code</source>
        <translation>Ausgabe des Codes</translation>
    </message>
    <message>
        <source>The playground&apos;s own answer</source>
        <translation>Antwort des Playgrounds selbst</translation>
    </message>
    <message>
        <source>The code, run here</source>
        <translation>Der Code, hier ausgeführt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the code</source>
        <translation>Den Code anhalten</translation>
    </message>
    <message>
        <source>Close the output</source>
        <translation>Die Ausgabe schließen</translation>
    </message>
    <message>
        <source>Close the output; code that still runs is ended</source>
        <translation>Die Ausgabe schließen; Code, der noch läuft, wird beendet</translation>
    </message>
    <message>
        <source>None yet: run the call above, and its answer stands here.</source>
        <translation>Noch keine: den Aufruf oben ausführen, dann steht seine Antwort hier.</translation>
    </message>
    <message>
        <source>Standard error:</source>
        <translation>Standardfehlerausgabe:</translation>
    </message>
    <message>
        <source>… and %1 more that are not kept</source>
        <translation>… und %1 mehr, die nicht behalten werden</translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation>Angehalten nach %1</translation>
    </message>
    <message>
        <source>Ended with %1 after %2</source>
        <translation>Beendet mit %1 nach %2</translation>
    </message>
    <message>
        <source>wrote %1</source>
        <translation>schrieb %1</translation>
    </message>
    <message>
        <source>the same answer as the playground&apos;s</source>
        <translation>dieselbe Antwort wie die des Playgrounds</translation>
    </message>
    <message>
        <source>another answer than the playground&apos;s</source>
        <translation>eine andere Antwort als die des Playgrounds</translation>
    </message>
    <message>
        <source>Stopping · %1</source>
        <translation>Hält an · %1</translation>
    </message>
    <message>
        <source>Running · %1</source>
        <translation>Läuft · %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SchemaField</name>
    <message>
        <source>Open a &amp;file…</source>
        <translation>&amp;Datei öffnen…</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>Abru&amp;fen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;topp</translation>
    </message>
    <message>
        <source>Input schema</source>
        <translation>Eingabeschema</translation>
    </message>
    <message>
        <source>Paste a JSON Schema, e.g. {&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: {&quot;text&quot;: {&quot;type&quot;: &quot;string&quot;}}}</source>
        <translation>Ein JSON-Schema einfügen, z. B. {&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: {&quot;text&quot;: {&quot;type&quot;: &quot;string&quot;}}}</translation>
    </message>
    <message>
        <source>Open a schema file</source>
        <translation>Schemadatei öffnen</translation>
    </message>
    <message>
        <source>Address of a schema</source>
        <translation>Adresse eines Schemas</translation>
    </message>
    <message>
        <source>or an address: http://worker:5000/openapi.json</source>
        <translation>oder eine Adresse: http://worker:5000/openapi.json</translation>
    </message>
    <message>
        <source>Fetch the schema</source>
        <translation>Schema abrufen</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>Abruf stoppen</translation>
    </message>
    <message>
        <source>Fetching the schema</source>
        <translation>Schema wird abgerufen</translation>
    </message>
    <message>
        <source>Without one the input is written as JSON, and nothing is checked before it is sent.</source>
        <translation>Ohne Schema wird die Eingabe als JSON geschrieben, und vor dem Senden wird nichts geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>A form of %n fields</source>
        <translation>
            <numerusform>Ein Formular mit %n Feld</numerusform>
            <numerusform>Ein Formular mit %n Feldern</numerusform>
        </translation>
    </message>
    <message>
        <source>Usable, but: %1</source>
        <translation>Verwendbar, aber: %1</translation>
    </message>
    <message>
        <source>Open a schema</source>
        <translation>Schema öffnen</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation>%1 ist größer als %2 KiB.</translation>
    </message>
    <message>
        <source>“%1” is no http or https address.</source>
        <translation>„%1“ ist keine http- oder https-Adresse.</translation>
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
        <translation>%1 GB Grafikspeicher</translation>
    </message>
    <message>
        <source>Input form</source>
        <translation>Eingabeformular</translation>
    </message>
    <message>
        <source>This capability takes no input.</source>
        <translation>Diese Capability nimmt keine Eingabe.</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SectionHeader</name>
    <message>
        <source>Fold %1</source>
        <translation>%1 einklappen</translation>
    </message>
    <message>
        <source>Unfold %1</source>
        <translation>%1 ausklappen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SellingView</name>
    <message>
        <source>&amp;Settle…</source>
        <translation>&amp;Abrechnen…</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>Verkaufen</translation>
    </message>
    <message>
        <source>Of what is sold</source>
        <translation>Zum Verkauften</translation>
    </message>
    <message>
        <source>Asking your provider agent…</source>
        <translation>Ihr Anbieter-Agent wird gefragt…</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Wallet</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>Nicht abgerechnet</translation>
    </message>
    <message>
        <source>Have what users owe taken from their accounts and paid to you</source>
        <translation>Was Nutzer schulden, von ihren Konten nehmen und an Sie auszahlen lassen</translation>
    </message>
    <message>
        <source>your address as a provider</source>
        <translation>Ihre Adresse als Anbieter</translation>
    </message>
    <message>
        <source>not told by %1</source>
        <translation>von %1 nicht mitgeteilt</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Nobody has an account here yet</source>
        <translation>Hier hat noch niemand ein Konto</translation>
    </message>
    <message>
        <source>Users open an account with the address above; what they owe is here then.</source>
        <translation>Nutzer eröffnen ein Konto bei der Adresse oben; was sie schulden, steht dann hier.</translation>
    </message>
    <message>
        <source>Who called</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Nobody called yet</source>
        <translation>Noch niemand hat aufgerufen</translation>
    </message>
    <message>
        <source>Each call of a service is here with its fee and its signature.</source>
        <translation>Jeder Aufruf eines Dienstes steht hier mit Gebühr und Signatur.</translation>
    </message>
    <message>
        <source>My services</source>
        <translation>Meine Dienste</translation>
    </message>
    <message>
        <source>Nothing is sold yet</source>
        <translation>Noch wird nichts verkauft</translation>
    </message>
    <message>
        <source>Register a service at this provider agent: POST /v1/service, as the README shows.</source>
        <translation>Melden Sie bei diesem Anbieter-Agenten einen Dienst an: POST /v1/service, wie die README zeigt.</translation>
    </message>
    <message>
        <source>Settlements</source>
        <translation>Abrechnungen</translation>
    </message>
    <message>
        <source>Nothing was settled yet</source>
        <translation>Noch nichts wurde abgerechnet</translation>
    </message>
    <message>
        <source>Settle pays you what users owe; the agent does it by itself, too.</source>
        <translation>„Abrechnen“ zahlt Ihnen, was Nutzer schulden; der Agent tut es auch von selbst.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::Session</name>
    <message>
        <source>There is no profile named “%1”.</source>
        <translation>Es gibt kein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>Choose another profile in the status bar.</source>
        <translation>In der Statusleiste ein anderes Profil wählen.</translation>
    </message>
    <message>
        <source>Another program ran it, and has ended.</source>
        <translation>Ein anderes Programm hat es betrieben und ist beendet.</translation>
    </message>
    <message>
        <source>the local network had ended and is started again</source>
        <translation>das lokale Netzwerk war beendet und wird neu gestartet</translation>
    </message>
    <message>
        <source>The profile “%1” is saved, but its %2 is not: %3</source>
        <translation>Das Profil „%1“ ist gespeichert, aber sein %2 nicht: %3</translation>
    </message>
    <message>
        <source>%1 Edit the profile and enter it again, or choose it in the status bar to use it without.</source>
        <translation>%1 Das Profil bearbeiten und die Angabe wiederholen, oder es in der Statusleiste wählen, um es so zu verwenden.</translation>
    </message>
    <message>
        <source>The profile “%1” is saved, but its sign-in is not: %2</source>
        <translation>Das Profil „%1“ ist gespeichert, seine Anmeldung aber nicht: %2</translation>
    </message>
    <message>
        <source>Edit the profile and sign in again, or choose it in the status bar to use it without.</source>
        <translation>Bearbeiten Sie das Profil und melden Sie sich erneut an, oder wählen Sie es in der Statusleiste, um es ohne zu verwenden.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ShortcutSheet</name>
    <message>
        <source>Capabilities</source>
        <translation>Capabilities</translation>
    </message>
    <message>
        <source>Ask the network again what it offers</source>
        <translation>Das Netz noch einmal fragen, was es anbietet</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Die Antwort anhalten</translation>
    </message>
    <message>
        <source>Edit the last question, when nothing is written</source>
        <translation>Die letzte Frage bearbeiten, wenn nichts geschrieben ist</translation>
    </message>
    <message>
        <source>Other versions of a question or an answer</source>
        <translation>Andere Fassungen einer Frage oder Antwort</translation>
    </message>
    <message>
        <source>Copy what is selected, or the whole answer</source>
        <translation>Das Ausgewählte kopieren, oder die ganze Antwort</translation>
    </message>
    <message>
        <source>Live video</source>
        <translation>Live-Video</translation>
    </message>
    <message>
        <source>Pause and go on</source>
        <translation>Anhalten und weitermachen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Move the divider between the two pictures</source>
        <translation>Den Teiler zwischen den zwei Bildern verschieben</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation>Den Lauf öffnen</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>Noch einmal ausführen</translation>
    </message>
    <message>
        <source>Compare two</source>
        <translation>Zwei vergleichen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>Die Tasten durchsuchen</translation>
    </message>
    <message>
        <source>Keys of the window</source>
        <translation>Tasten des Fensters</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Copy the call as JSON</source>
        <translation>Den Aufruf als JSON kopieren</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Copy what stands in the cell, exactly</source>
        <translation>Genau kopieren, was in der Zelle steht</translation>
    </message>
    <message>
        <source>Ask for no amount after all</source>
        <translation>Doch nach keinem Betrag fragen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SideBySideView</name>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Instructions for all</source>
        <translation>Anweisungen für alle</translation>
    </message>
    <message>
        <source>T&amp;imeout</source>
        <translation>Zeit&amp;limit</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Timeout of each answer in seconds</source>
        <translation>Zeitgrenze jeder Antwort in Sekunden</translation>
    </message>
    <message>
        <source>An answer is given up after this time; it is also what is paid for ahead</source>
        <translation>Nach dieser Zeit wird eine Antwort aufgegeben; für so lange wird auch im Voraus bezahlt</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Eine Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Add a third column</source>
        <translation>Eine dritte Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Clear all conversations</source>
        <translation>Alle Gespräche leeren</translation>
    </message>
    <message>
        <source>Clear all conversations; each column offers to undo it</source>
        <translation>Alle Gespräche leeren; jede Spalte bietet an, es rückgängig zu machen</translation>
    </message>
    <message>
        <source>System prompt: how the answers should be. Sent to each before its conversation.</source>
        <translation>System-Prompt: wie die Antworten sein sollen. Geht jedem Gespräch voraus.</translation>
    </message>
    <message>
        <source>System prompt for all</source>
        <translation>System-Prompt für alle</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>Das lokale Netzwerk startet…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>The network of this profile does not answer. See the status bar for the reason, or choose another profile there.</source>
        <translation>Das Netz dieses Profils antwortet nicht. Den Grund nennt die Statusleiste; dort lässt sich auch ein anderes Profil auswählen.</translation>
    </message>
    <message>
        <source>Nobody to talk to</source>
        <translation>Niemand da zum Reden</translation>
    </message>
    <message>
        <source>This network offers no capability that holds a conversation. Choose another profile in the status bar, or add such a capability (Ctrl+Shift+A).</source>
        <translation>Dieses Netz bietet keine Capability, die ein Gespräch führt. In der Statusleiste ein anderes Profil auswählen oder eine solche Capability hinzufügen (Strg+Umschalt+A).</translation>
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
        <translation>An&amp;melden…</translation>
    </message>
    <message>
        <source>Signs you in at the clearinghouse with a browser; what comes of it is kept in the keychain</source>
        <translation>Meldet Sie mit einem Browser beim Clearinghouse an; was dabei herauskommt, steht im Schlüsselbund</translation>
    </message>
    <message>
        <source>Sign in at the clearinghouse</source>
        <translation>Beim Clearinghouse anmelden</translation>
    </message>
    <message>
        <source>Nobody is signed in there yet.</source>
        <translation>Dort ist noch niemand angemeldet.</translation>
    </message>
    <message>
        <source>Signed in at %1. It is kept when the profile is saved.</source>
        <translation>Bei %1 angemeldet. Mit dem Speichern des Profils wird das behalten.</translation>
    </message>
    <message>
        <source>Signed in at %1; it is renewed by itself.</source>
        <translation>Bei %1 angemeldet; das wird von selbst erneuert.</translation>
    </message>
    <message>
        <source>Signed in at %1; the clearinghouse does not renew it.</source>
        <translation>Bei %1 angemeldet; das Clearinghouse erneuert das nicht.</translation>
    </message>
    <message>
        <source>Si&amp;gn in again…</source>
        <translation>Erneut an&amp;melden…</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SignInDialog</name>
    <message>
        <source>&amp;Open the page…</source>
        <translation>Die Seite ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Sign in at the clearinghouse</source>
        <translation>Beim Clearinghouse anmelden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open this page in a browser, on this machine or another one, and enter the code:</source>
        <translation>Öffnen Sie diese Seite in einem Browser, auf diesem oder einem anderen Gerät, und geben Sie den Code ein:</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>the code</source>
        <translation>den Code</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Verbleibende Zeit</translation>
    </message>
    <message>
        <source>Asking for a code…</source>
        <translation>Ein Code wird erbeten…</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Ask for a new code</source>
        <translation>Einen neuen Code erbitten</translation>
    </message>
    <message>
        <source>Waiting until you have agreed there. The code holds for another %1.</source>
        <translation>Es wird gewartet, bis Sie dort zugestimmt haben. Der Code gilt noch %1.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>sluice::ui::SoundPlayer</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Place in the sound</source>
        <translation>Stelle im Ton</translation>
    </message>
    <message>
        <source>Save the sound…</source>
        <translation>Ton speichern…</translation>
    </message>
    <message>
        <source>Reading the sound…</source>
        <translation>Ton wird gelesen…</translation>
    </message>
    <message>
        <source>There is nothing here that sounds: connect loudspeakers, or save the sound.</source>
        <translation>Hier gibt es nichts, was klingt: Schließen Sie Lautsprecher an, oder speichern Sie den Ton.</translation>
    </message>
    <message>
        <source>The sound cannot be played: the sound device refused it.</source>
        <translation>Der Ton lässt sich nicht abspielen: Das Tongerät hat ihn abgelehnt.</translation>
    </message>
    <message>
        <source>Pause the sound</source>
        <translation>Ton anhalten</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>Ton abspielen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>place in a sound, its length</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>mehr als %1</translation>
    </message>
    <message>
        <source>Save the sound</source>
        <translation>Ton speichern</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StartProblem</name>
    <message>
        <source>Sluice cannot open its data</source>
        <translation>Sluice kann seine Daten nicht öffnen</translation>
    </message>
    <message>
        <source>History and settings cannot be opened</source>
        <translation>Verlauf und Einstellungen lassen sich nicht öffnen</translation>
    </message>
    <message>
        <source>Nothing was changed. You can use another folder for this start, go on without history (what you do is then forgotten when you quit), or put the file in order and try again.</source>
        <translation>Nichts wurde geändert. Für diesen Start lässt sich ein anderer Ordner verwenden, es geht auch ohne Verlauf weiter (was Sie tun, ist dann nach dem Beenden vergessen), oder Sie bringen die Datei in Ordnung und versuchen es erneut.</translation>
    </message>
    <message>
        <source>The file: %1</source>
        <translation>Die Datei: %1</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>&amp;Use another folder…</source>
        <translation>Anderen &amp;Ordner verwenden…</translation>
    </message>
    <message>
        <source>Start &amp;without history</source>
        <translation>Ohne Verlauf &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Show the file</source>
        <translation>&amp;Datei zeigen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>A folder for history and settings</source>
        <translation>Ein Ordner für Verlauf und Einstellungen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StateView</name>
    <message>
        <source>Nothing here yet</source>
        <translation>Noch nichts hier</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StatusDot</name>
    <message>
        <source>Status not known</source>
        <translation>Status nicht bekannt</translation>
    </message>
</context>
<context>
    <name>sluice::ui::StatusStrip</name>
    <message>
        <source>Balance</source>
        <translation>Guthaben</translation>
    </message>
    <message>
        <source>Paid in the last minute</source>
        <translation>In der letzten Minute bezahlt</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Network profile</source>
        <translation>Netzwerkprofil</translation>
    </message>
    <message>
        <source>Choose or edit the network profile</source>
        <translation>Netzwerkprofil wählen oder bearbeiten</translation>
    </message>
    <message>
        <source>Balance of %1</source>
        <translation>Guthaben von %1</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>kein Profil</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities</source>
        <translation>
            <numerusform>verbunden · %n Capability</numerusform>
            <numerusform>verbunden · %n Capabilities</numerusform>
        </translation>
    </message>
    <message>
        <source>the network does not answer; what is listed may be old</source>
        <translation>das Netzwerk antwortet nicht; die Liste ist womöglich veraltet</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>0 wei</source>
        <translation>0 wei</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>As the network said, %1</source>
        <translation>Wie das Netzwerk sagte, %1</translation>
    </message>
    <message>
        <source>connected · lists nothing: name capabilities by hand</source>
        <translation>verbunden · listet nichts: Capabilities von Hand benennen</translation>
    </message>
    <message numerus="yes">
        <source>connected · %n capabilities, no list of its own</source>
        <translation>
            <numerusform>verbunden · %n Capability, keine eigene Liste</numerusform>
            <numerusform>verbunden · %n Capabilities, keine eigene Liste</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::ui::StepBubble</name>
    <message>
        <source>Told by the worker as the cost of this stream</source>
        <translation>Vom Worker als Kosten dieses Stroms genannt</translation>
    </message>
    <message>
        <source>what this stream said</source>
        <translation>was dieser Strom gesagt hat</translation>
    </message>
    <message>
        <source>What the stream said</source>
        <translation>Was der Strom gesagt hat</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which stream of a template</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Stream %1 of %2: %3, %4</source>
        <comment>number, count, name, figures</comment>
        <translation>Strom %1 von %2: %3, %4</translation>
    </message>
    <message>
        <source>waiting for the first words</source>
        <translation>wartet auf die ersten Worte</translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation>erste nach %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>~%1 tokens</source>
        <translation>~%1 Token</translation>
    </message>
    <message>
        <source>cost %1</source>
        <translation>Kosten %1</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 Wei</translation>
    </message>
    <message>
        <source>Asked: %1, by the provider %2</source>
        <translation>Gefragt: %1, über den Anbieter %2</translation>
    </message>
    <message>
        <source>First words after: %1</source>
        <translation>Erste Wörter nach: %1</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>Insgesamt: %1</translation>
    </message>
    <message>
        <source>Tokens of the answer: %1, as the worker counted them</source>
        <translation>Tokens der Antwort: %1, wie der Worker sie zählte</translation>
    </message>
    <message>
        <source>Tokens of the answer: not told; each piece of the stream is taken for one: %1</source>
        <translation>Tokens der Antwort: nicht genannt; jedes Stück des Stroms gilt als eines: %1</translation>
    </message>
    <message>
        <source>Paid with tickets: %1</source>
        <translation>Mit Tickets bezahlt: %1</translation>
    </message>
    <message>
        <source>Taken from the balance: %1</source>
        <translation>Vom Guthaben abgezogen: %1</translation>
    </message>
    <message>
        <source>Run of the history: %1</source>
        <translation>Lauf im Verlauf: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TakenOutLine</name>
    <message>
        <source>Send with everything in it</source>
        <translation>Mit allem senden, was darin steht</translation>
    </message>
    <message>
        <source>What the file tells beside the picture</source>
        <translation>Was die Datei neben dem Bild verrät</translation>
    </message>
    <message>
        <source>The file goes as it is, with position, names and whatever else stands in it</source>
        <translation>Die Datei geht hinaus, wie sie ist, mit Position, Namen und allem anderen, was darin steht</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TextEditor</name>
    <message>
        <source>Show or hide the secret</source>
        <translation>Geheimnis zeigen oder verbergen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketDetails</name>
    <message>
        <source>this ticket as JSON</source>
        <translation>dieses Ticket als JSON</translation>
    </message>
    <message>
        <source>Face value</source>
        <translation>Nennwert</translation>
    </message>
    <message>
        <source>Expected value</source>
        <translation>Erwartungswert</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>Gewinnchance</translation>
    </message>
    <message>
        <source>Win probability</source>
        <translation>Gewinnwahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>Rand hash</source>
        <translation>Rand-Hash</translation>
    </message>
    <message>
        <source>Ticket hash</source>
        <translation>Ticket-Hash</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>signature checked</source>
        <translation>Signatur geprüft</translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation>Signatur nicht geprüft</translation>
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
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>won</source>
        <translation>gewonnen</translation>
    </message>
    <message>
        <source>not won</source>
        <translation>nicht gewonnen</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>%1 wei</source>
        <translation>%1 wei</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Whether the ticket won, once the recipient has told</source>
        <translation>Ob das Ticket gewonnen hat, sobald der Empfänger es mitgeteilt hat</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Face value</source>
        <translation>Nennwert</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>Gewinnchance</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Empfänger</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TicketsPanel</name>
    <message>
        <source>Tickets of this call</source>
        <translation>Tickets dieses Aufrufs</translation>
    </message>
    <message>
        <source>No tickets</source>
        <translation>Keine Tickets</translation>
    </message>
    <message>
        <source>Run a paid capability: every ticket that pays for it appears here, decoded.</source>
        <translation>Eine kostenpflichtige Capability ausführen: Jedes Ticket, das sie bezahlt, erscheint hier dekodiert.</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>No new ticket</source>
        <translation>Kein neues Ticket</translation>
    </message>
    <message>
        <source>%1 won</source>
        <translation>%1 gewonnen</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) not checked</source>
        <translation>
            <numerusform>%n Signatur nicht geprüft</numerusform>
            <numerusform>%n Signaturen nicht geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>all checked</source>
        <translation>alle geprüft</translation>
    </message>
    <message>
        <source>Credit left from before paid for this call.</source>
        <translation>Guthaben von früher hat diesen Aufruf bezahlt.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TimelineView</name>
    <message>
        <source>Timeline of the call</source>
        <translation>Zeitachse des Aufrufs</translation>
    </message>
    <message>
        <source>Job token</source>
        <translation>Job-Token</translation>
    </message>
    <message>
        <source>Sign tickets</source>
        <translation>Tickets signieren</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>Erstes Ereignis</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Discover</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Bezahlen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Neuer Versuch</translation>
    </message>
    <message>
        <source>: since %1, still running</source>
        <translation>: seit %1, läuft noch</translation>
    </message>
    <message>
        <source>: at %1</source>
        <translation>: bei %1</translation>
    </message>
    <message>
        <source>: %1 to %2, took %3</source>
        <translation>: %1 bis %2, Dauer %3</translation>
    </message>
    <message>
        <source>, failed</source>
        <translation>, fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source> · failed</source>
        <translation> · fehlgeschlagen</translation>
    </message>
    <message>
        <source>Start the job</source>
        <translation>Auftrag starten</translation>
    </message>
    <message>
        <source>Open channels</source>
        <translation>Kanäle öffnen</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Zahlung</translation>
    </message>
    <message>
        <source>Stop the job</source>
        <translation>Auftrag beenden</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>Close channels</source>
        <translation>Kanäle schließen</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>Runner</translation>
    </message>
</context>
<context>
    <name>sluice::ui::ToolCallsView</name>
    <message>
        <source>Tool call</source>
        <translation>Werkzeugaufruf</translation>
    </message>
    <message>
        <source>this call</source>
        <translation>diesen Aufruf</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(ohne Namen)</translation>
    </message>
    <message>
        <source>Tool call %1</source>
        <translation>Werkzeugaufruf %1</translation>
    </message>
    <message>
        <source>Arguments: %1</source>
        <translation>Argumente: %1</translation>
    </message>
</context>
<context>
    <name>sluice::ui::TurnFooter</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Paid for this answer</source>
        <translation>Für diese Antwort bezahlt</translation>
    </message>
    <message>
        <source>this answer</source>
        <translation>diese Antwort</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Waiting for the first words · %1</source>
        <translation>Warten auf die ersten Worte · %1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>~%1 tokens</source>
        <translation>~%1 Token</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation>erste nach %1</translation>
    </message>
    <message>
        <source>Ask again: this answer stays as another version</source>
        <translation>Noch einmal fragen: diese Antwort bleibt als andere Fassung</translation>
    </message>
    <message>
        <source>%1 in</source>
        <comment>tokens of the question</comment>
        <translation>%1 ein</translation>
    </message>
    <message>
        <source>(%1 thought)</source>
        <translation>(%1 gedacht)</translation>
    </message>
    <message>
        <source>cost %1</source>
        <translation>Kosten %1</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>not kept in the history</source>
        <translation>im Verlauf nicht aufbewahrt</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Tokens of the question: %1</source>
        <translation>Tokens der Frage: %1</translation>
    </message>
    <message>
        <source>Tokens of the answer: %1, as the server counted them</source>
        <translation>Tokens der Antwort: %1, wie der Server sie zählte</translation>
    </message>
    <message>
        <source>Tokens of the answer: not told; each piece of the stream is taken for one: %1</source>
        <translation>Tokens der Antwort: nicht genannt; jedes Stück des Stroms gilt als eines: %1</translation>
    </message>
    <message>
        <source>Of these thought, not said: %1</source>
        <translation>Davon gedacht, nicht gesagt: %1</translation>
    </message>
    <message>
        <source>Tokens in all: %1</source>
        <translation>Tokens insgesamt: %1</translation>
    </message>
    <message>
        <source>First words after: %1</source>
        <translation>Erste Wörter nach: %1</translation>
    </message>
    <message>
        <source>Rate from the first words to the last: %1</source>
        <translation>Tempo von den ersten Wörtern bis zu den letzten: %1</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>Insgesamt: %1</translation>
    </message>
    <message>
        <source>Paid: %1</source>
        <translation>Bezahlt: %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Number %1 in the queue · %2</source>
        <comment>place, time waited</comment>
        <translation>Nummer %1 in der Warteschlange · %2</translation>
    </message>
</context>
<context>
    <name>sluice::ui::UnionEditor</name>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>sluice::ui::VideoPlayer</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Picture of the video</source>
        <translation>Bild des Videos</translation>
    </message>
    <message>
        <source>Opening the video…</source>
        <translation>Das Video wird geöffnet…</translation>
    </message>
    <message>
        <source>%1 × %2 · %3 pictures/s</source>
        <translation>%1 × %2 · %3 Bilder/s</translation>
    </message>
    <message>
        <source>%1 · its sound is not played here</source>
        <translation>%1 · sein Ton wird hier nicht abgespielt</translation>
    </message>
    <message>
        <source>The video cannot be played: %1</source>
        <translation>Das Video lässt sich nicht abspielen: %1</translation>
    </message>
    <message>
        <source>Play the video</source>
        <translation>Das Video abspielen</translation>
    </message>
    <message>
        <source>Pause the video</source>
        <translation>Das Video anhalten</translation>
    </message>
    <message>
        <source>Play the video (Space)</source>
        <translation>Das Video abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Pause the video (Space)</source>
        <translation>Das Video anhalten (Leertaste)</translation>
    </message>
</context>
<context>
    <name>sluice::ui::VideoView</name>
    <message>
        <source>Video, input and output</source>
        <translation>Bild, Eingang und Ausgang</translation>
    </message>
</context>
<context>
    <name>sluice::ui::WorkbenchPage</name>
    <message>
        <source>T&amp;imeout</source>
        <translation>Zeit&amp;limit</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Timeout in seconds</source>
        <translation>Zeitlimit in Sekunden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run this call (Ctrl+Enter)</source>
        <translation>Diesen Aufruf ausführen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the call (Esc)</source>
        <translation>Aufruf stoppen (Esc)</translation>
    </message>
    <message>
        <source>This capability is free.</source>
        <translation>Diese Capability ist kostenlos.</translation>
    </message>
    <message>
        <source>The network does not say what this costs.</source>
        <translation>Das Netzwerk sagt nicht, was das kostet.</translation>
    </message>
    <message>
        <source>There is no connection to the network of this profile.</source>
        <translation>Es besteht keine Verbindung zum Netzwerk dieses Profils.</translation>
    </message>
    <message>
        <source>See the status bar for the reason, or choose another profile there.</source>
        <translation>Der Grund steht in der Statusleiste; dort lässt sich auch ein anderes Profil wählen.</translation>
    </message>
    <message>
        <source>The call is given up after this time</source>
        <translation>Nach dieser Zeit wird der Aufruf aufgegeben</translation>
    </message>
    <message>
        <source>%1 per second. A call begins with %2 of credit (%3 s); what it leaves pays the next call within ten minutes.</source>
        <translation>%1 je Sekunde. Ein Aufruf beginnt mit %2 Guthaben (%3 s); was davon übrig bleibt, bezahlt innerhalb von zehn Minuten den nächsten.</translation>
    </message>
    <message>
        <source>Accept %1 per second and run again</source>
        <translation>%1 je Sekunde annehmen und erneut ausführen</translation>
    </message>
    <message>
        <source>Starting the local network…</source>
        <translation>Das lokale Netzwerk startet…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message>
        <source>How the call is made</source>
        <translation>Wie der Aufruf erfolgt</translation>
    </message>
    <message>
        <source>run: the whole answer at once. stream: the answer as it comes. (Ctrl+Shift+M switches)</source>
        <translation>run: die ganze Antwort auf einmal. stream: die Antwort, wie sie kommt. (Strg+Umschalt+M wechselt)</translation>
    </message>
    <message>
        <source>%1 per second.</source>
        <translation>%1 je Sekunde.</translation>
    </message>
    <message>
        <source>%1 for a session, however long.</source>
        <translation>%1 für eine Sitzung, gleich wie lang.</translation>
    </message>
    <message>
        <source>%1 for each call, whatever it gives.</source>
        <translation>%1 für jeden Aufruf, gleich was er ergibt.</translation>
    </message>
    <message>
        <source>%1 per second while it lasts; %2 are paid ahead and not given back.</source>
        <translation>%1 je Sekunde, solange es dauert; %2 werden im Voraus bezahlt und nicht erstattet.</translation>
    </message>
    <message>
        <source>Accept %1 for a call and run again</source>
        <translation>%1 für einen Aufruf annehmen und noch einmal ausführen</translation>
    </message>
</context>
<context>
    <name>sluice::ui::account_amount</name>
    <message>
        <source>Write an amount.</source>
        <translation>Schreiben Sie einen Betrag.</translation>
    </message>
    <message>
        <source>Write a point before the decimals, and nothing between thousands: 0.5</source>
        <translation>Schreiben Sie einen Punkt vor den Nachkommastellen und nichts zwischen Tausendern: 0.5</translation>
    </message>
    <message>
        <source>“%1” is no amount: digits are, with one point before the decimals.</source>
        <translation>„%1“ ist kein Betrag: Ziffern sind einer, mit einem Punkt vor den Nachkommastellen.</translation>
    </message>
    <message>
        <source>There is no part of one %1.</source>
        <translation>Es gibt keinen Teil von einem %1.</translation>
    </message>
    <message>
        <source>One %1 has %2 decimals at most.</source>
        <translation>Ein %1 hat höchstens %2 Nachkommastellen.</translation>
    </message>
    <message>
        <source>Write an amount above 0.</source>
        <translation>Schreiben Sie einen Betrag über 0.</translation>
    </message>
</context>
<context>
    <name>sluice::ui::account_rows</name>
    <message>
        <source>Not told</source>
        <translation>Nicht mitgeteilt</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>stimmt</translation>
    </message>
    <message>
        <source>Recovered here from what was signed: it is this user&apos;s.
%1</source>
        <translation>Hier aus dem Signierten gewonnen: Sie ist von diesem Nutzer.
%1</translation>
    </message>
    <message>
        <source>does not check</source>
        <translation>stimmt nicht</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>failed, free</source>
        <translation>fehlgeschlagen, kostenlos</translation>
    </message>
    <message>
        <source>end not seen</source>
        <translation>Ende nicht gesehen</translation>
    </message>
    <message>
        <source>as the provider counted</source>
        <translation>wie der Anbieter zählte</translation>
    </message>
    <message>
        <source>served, not settled</source>
        <translation>bedient, nicht abgerechnet</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>abgerechnet</translation>
    </message>
    <message>
        <source>refused by the ledger</source>
        <translation>vom Hauptbuch abgelehnt</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht mitgeteilt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1 per byte</source>
        <translation>%1 je Byte</translation>
    </message>
    <message>
        <source>%1 per word</source>
        <translation>%1 je Wort</translation>
    </message>
    <message>
        <source>Providers and accounts</source>
        <translation>Anbieter und Konten</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Sells</source>
        <translation>Verkauft</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Kontostand</translation>
    </message>
    <message>
        <source>Exactly</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>Zurückgefordert</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>Nicht abgerechnet</translation>
    </message>
    <message>
        <source>no account</source>
        <translation>kein Konto</translation>
    </message>
    <message>
        <source>Calls of its services need an account: deposit something.</source>
        <translation>Aufrufe seiner Dienste brauchen ein Konto: Zahlen Sie etwas ein.</translation>
    </message>
    <message>
        <source>Stands before</source>
        <translation>Steht vor</translation>
    </message>
    <message>
        <source>Provider&apos;s agent</source>
        <translation>Agent des Anbieters</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>My services</source>
        <translation>Meine Dienste</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>Dienste und Preise</translation>
    </message>
    <message>
        <source>Money that was asked back</source>
        <translation>Zurückgefordertes Geld</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Can be paid</source>
        <translation>Auszahlbar</translation>
    </message>
    <message>
        <source>This agent does not tell how long its ledger keeps money that was asked back.</source>
        <translation>Dieser Agent teilt nicht mit, wie lange sein Hauptbuch zurückgefordertes Geld behält.</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>jetzt fällig</translation>
    </message>
    <message>
        <source>It is paid when the agent looks next, or at once: Pay out what is due.</source>
        <translation>Es wird gezahlt, wenn der Agent das nächste Mal nachsieht, oder sofort: „Fälliges auszahlen“.</translation>
    </message>
    <message>
        <source>A settlement has used it up.</source>
        <translation>Eine Abrechnung hat es aufgebraucht.</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Gebühr</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Abgerechnet</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Answer before</source>
        <translation>Antwort davor</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>The provider takes it from the account when it settles.</source>
        <translation>Der Anbieter nimmt es vom Konto, wenn er abrechnet.</translation>
    </message>
    <message>
        <source>free</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>A call that fails costs nothing.</source>
        <translation>Ein fehlgeschlagener Aufruf kostet nichts.</translation>
    </message>
    <message>
        <source>The ledger has settled the calls of this account up to nonce %1.</source>
        <translation>Das Hauptbuch hat die Aufrufe dieses Kontos bis Nonce %1 abgerechnet.</translation>
    </message>
    <message>
        <source>Who has an account here</source>
        <translation>Wer hier ein Konto hat</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Can pay</source>
        <translation>Kann zahlen</translation>
    </message>
    <message>
        <source>Last nonce</source>
        <translation>Letzte Nonce</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Angesehen</translation>
    </message>
    <message>
        <source>More than this user can pay.</source>
        <translation>Mehr, als dieser Nutzer zahlen kann.</translation>
    </message>
    <message>
        <source>Who called</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Settlements</source>
        <translation>Abrechnungen</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>Eingenommen</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Anlass</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>somebody could have become unable to pay</source>
        <translation>jemand hätte zahlungsunfähig werden können</translation>
    </message>
    <message>
        <source>it was time</source>
        <translation>es war an der Zeit</translation>
    </message>
    <message>
        <source>the agent started</source>
        <translation>der Agent wurde gestartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Services of the network of today</source>
        <translation>Dienste des Netzes von heute</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Price in</source>
        <translation>Preis ein</translation>
    </message>
    <message>
        <source>Price out</source>
        <translation>Preis aus</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Anerkannt</translation>
    </message>
    <message>
        <source>Answers checked by</source>
        <translation>Antworten geprüft durch</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>The provider offers no way to check its answers.</source>
        <translation>Der Anbieter bietet keinen Weg, seine Antworten zu prüfen.</translation>
    </message>
    <message>
        <source>Money at providers of the network of today</source>
        <translation>Geld bei Anbietern des Netzes von heute</translation>
    </message>
    <message>
        <source>On its way back</source>
        <translation>Auf dem Rückweg</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>von Ihnen</translation>
    </message>
    <message>
        <source>not by you</source>
        <translation>nicht von Ihnen</translation>
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
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>over 10 years</source>
        <translation>über 10 Jahre</translation>
    </message>
    <message numerus="yes">
        <source>%1 day(s)</source>
        <translation>
            <numerusform>%1 Tag</numerusform>
            <numerusform>%1 Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Backend</name>
    <message>
        <source>User agent</source>
        <translation>User-Agent</translation>
    </message>
    <message>
        <source>Of 0G serving, on this machine: it holds the key that signs and pays. “sluicectl zerog user” is one.</source>
        <translation>Von 0G Serving, auf diesem Rechner: Er hat den Schlüssel, der unterschreibt und zahlt. „sluicectl zerog user“ ist einer.</translation>
    </message>
    <message>
        <source>0G serving</source>
        <translation>0G Serving</translation>
    </message>
    <message>
        <source>Whoever reaches a user agent spends its money: %1 is not on this network, and nothing would protect the way there.</source>
        <translation>Wer einen User-Agent erreicht, gibt sein Geld aus: %1 ist nicht in diesem Netz, und nichts würde den Weg dorthin schützen.</translation>
    </message>
    <message>
        <source>Your provider agent</source>
        <translation>Ihr Anbieter-Agent</translation>
    </message>
    <message>
        <source>Only if you sell services yourself: what is sold, who called and what is unsettled is shown then, and can be settled. “sluicectl zerog provider” is one.</source>
        <translation>Nur wenn Sie selbst Dienste verkaufen: Was verkauft wird, wer aufrief und was nicht abgerechnet ist, wird dann gezeigt und kann abgerechnet werden. „sluicectl zerog provider“ ist einer.</translation>
    </message>
    <message>
        <source>The agent&apos;s address is no address for HTTP.</source>
        <translation>Die Adresse des Agenten ist keine Adresse für HTTP.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. %1</source>
        <translation>Schreiben Sie sie vollständig, z. B. %1</translation>
    </message>
    <message>
        <source>Run the agent on this machine.</source>
        <translation>Lassen Sie den Agenten auf diesem Rechner laufen.</translation>
    </message>
    <message>
        <source>Whoever reaches all of a provider agent has its services in hand: %1 is not on this network, and nothing would protect the way there.</source>
        <translation>Wer einen Anbieter-Agenten ganz erreicht, hat seine Dienste in der Hand: %1 ist nicht in diesem Netz, und nichts würde den Weg dorthin schützen.</translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Network</name>
    <message>
        <source>The user agent does not tell whose money it spends.</source>
        <translation>Der Benutzeragent sagt nicht, wessen Geld er ausgibt.</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>JSON-RPC address of a node of 0G&apos;s chain. With it the network of today is shown: services, prices and your money there. Nothing is spent on it.</source>
        <translation>JSON-RPC-Adresse eines Knotens der Kette von 0G. Mit ihr wird das heutige Netz gezeigt: Dienste, Preise und Ihr Geld dort. Ausgegeben wird darauf nichts.</translation>
    </message>
    <message>
        <source>Ledger contract</source>
        <translation>Vertrag des Kontenbuchs</translation>
    </message>
    <message>
        <source>Address of LedgerManager on that chain; not needed on 0G&apos;s mainnet (16661) and testnet (16602).</source>
        <translation>Adresse von LedgerManager auf dieser Kette; auf dem Hauptnetz (16661) und dem Testnetz (16602) von 0G nicht nötig.</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Geldbörse</translation>
    </message>
    <message>
        <source>Address whose money is shown; the user agent&apos;s when empty.</source>
        <translation>Adresse, deren Geld gezeigt wird; leer: die des Benutzeragenten.</translation>
    </message>
    <message>
        <source>“%1” is no address of a chain.</source>
        <translation>„%1“ ist keine Adresse einer Kette.</translation>
    </message>
    <message>
        <source>Write 0x and 40 hex digits.</source>
        <translation>0x und 40 Hexziffern schreiben.</translation>
    </message>
    <message>
        <source>The chain&apos;s address is no address for HTTP.</source>
        <translation>Die Adresse der Kette ist keine Adresse für HTTP.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. https://evmrpc.0g.ai</source>
        <translation>Vollständig angeben, z. B. https://evmrpc.0g.ai</translation>
    </message>
    <message>
        <source>Nothing protects the way to %1: what is shown could be changed on it.</source>
        <translation>Nichts schützt den Weg zu %1: Was gezeigt wird, könnte unterwegs geändert werden.</translation>
    </message>
    <message>
        <source>Use the node&apos;s https address.</source>
        <translation>Die https-Adresse des Knotens verwenden.</translation>
    </message>
</context>
<context>
    <name>sluice::zerog::Service</name>
    <message>
        <source>%1 by %2: %3 neuron per byte sent, %4 neuron per byte received</source>
        <translation>%1 von %2: %3 neuron je gesendetem Byte, %4 neuron je empfangenem</translation>
    </message>
    <message>
        <source>%1 by %2: %3 neuron per word sent, %4 neuron per word received</source>
        <translation>%1 von %2: %3 neuron je gesendetem Wort, %4 neuron je empfangenem</translation>
    </message>
</context>
<context>
    <name>sluicectl</name>
    <message>
        <source>%1 is larger than %2 MiB.</source>
        <translation>%1 ist größer als %2 MiB.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>--%1 is not JSON: %2</source>
        <translation>--%1 ist kein JSON: %2</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --%1 &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;, or use --%1 @file.json.</source>
        <translation>Für die Shell in Anführungszeichen setzen, z. B. --%1 &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;, oder --%1 @file.json verwenden.</translation>
    </message>
    <message>
        <source>--file &quot;%1&quot; does not read FIELD=PATH.</source>
        <translation>--file „%1“ hat nicht die Form FIELD=PATH.</translation>
    </message>
    <message>
        <source>--file needs an object as --input, to put the file into.</source>
        <translation>--file braucht ein Objekt als --input, in das die Datei kommt.</translation>
    </message>
    <message>
        <source>--%1 -: standard input cannot be read.</source>
        <translation>--%1 -: Die Standardeingabe ist nicht lesbar.</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>Standardeingabe</translation>
    </message>
    <message>
        <source>The input: JSON, @FILE, or - for standard input.</source>
        <translation>Die Eingabe: JSON, @FILE oder - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>Path below the worker&apos;s address; default: the capability&apos;s own.</source>
        <translation>Pfad unter der Adresse des Workers; Standard: der eigene der Capability.</translation>
    </message>
    <message>
        <source>Model, where the capability has several.</source>
        <translation>Modell, falls die Capability mehrere hat.</translation>
    </message>
    <message>
        <source>The job&apos;s `parameters`, a JSON object.</source>
        <translation>Die `parameters` des Jobs, ein JSON-Objekt.</translation>
    </message>
    <message>
        <source>Seconds the call may take; default 60. At least 60 are paid for in advance.</source>
        <translation>Sekunden, die der Aufruf dauern darf; Standard 60. Mindestens 60 werden im Voraus bezahlt.</translation>
    </message>
    <message>
        <source>There is no input for %1.</source>
        <translation>Für %1 fehlt die Eingabe.</translation>
    </message>
    <message>
        <source>Give one with --input; `sluicectl describe %1` shows what it wants.</source>
        <translation>Mit --input angeben; `sluicectl describe %1` zeigt, was erwartet wird.</translation>
    </message>
    <message>
        <source>--parameters is not a JSON object.</source>
        <translation>--parameters ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>Shows what is left of what you paid, per orchestrator and capability. Pays nothing.
Orchestrators forget a balance that nothing was added to or taken from for 10 to 20 minutes.</source>
        <translation>Zeigt, was vom Bezahlten übrig ist, je Orchestrator und Capability. Bezahlt nichts.
Orchestratoren vergessen ein Guthaben, das 10 bis 20 Minuten lang unverändert bleibt.</translation>
    </message>
    <message>
        <source>For every capability of the current profile&apos;s network.</source>
        <translation>Für jede Capability im Netzwerk des aktuellen Profils.</translation>
    </message>
    <message>
        <source>For one, for scripts.</source>
        <translation>Für eine, für Skripte.</translation>
    </message>
    <message>
        <source>CAPABILITY|BALANCE|ORCHESTRATOR</source>
        <translation>CAPABILITY|GUTHABEN|ORCHESTRATOR</translation>
    </message>
    <message>
        <source>Sender: %1
</source>
        <translation>Sender: %1
</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Of the current profile&apos;s network.</source>
        <translation>Im Netzwerk des aktuellen Profils.</translation>
    </message>
    <message>
        <source>Of one orchestrator, with schemas and examples.</source>
        <translation>Von einem Orchestrator, mit Schemas und Beispielen.</translation>
    </message>
    <message>
        <source>NAME|VERB|PRICE|FREE|WHAT IT DOES</source>
        <translation>NAME|VERB|PREIS|FREI|BESCHREIBUNG</translation>
    </message>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>
Price: %1 per %2, at least %3 of them in advance.
</source>
        <translation>
Preis: %1 je %2, mindestens %3 davon im Voraus.
</translation>
    </message>
    <message>
        <source>
Price: %1 per %2.
</source>
        <translation>
Preis: %1 je %2.
</translation>
    </message>
    <message>
        <source>
Input (the whole schema with --json):
</source>
        <translation>
Eingabe (das ganze Schema mit --json):
</translation>
    </message>
    <message>
        <source>
Examples:
</source>
        <translation>
Beispiele:
</translation>
    </message>
    <message>
        <source>For people.</source>
        <translation>Für Menschen.</translation>
    </message>
    <message>
        <source>With the JSON Schemas of input and output.</source>
        <translation>Mit den JSON-Schemas von Ein- und Ausgabe.</translation>
    </message>
    <message>
        <source>There is no run &quot;%1&quot;.</source>
        <translation>Es gibt keinen Lauf „%1“.</translation>
    </message>
    <message>
        <source>%1 runs begin with &quot;%2&quot;.</source>
        <translation>%1 Läufe beginnen mit „%2“.</translation>
    </message>
    <message>
        <source>`sluicectl history` lists them.</source>
        <translation>`sluicectl history` listet sie auf.</translation>
    </message>
    <message>
        <source>ID|WHEN|CAPABILITY|VERB|STATE|PAID|WHAT</source>
        <translation>ID|WANN|CAPABILITY|VERB|STATUS|BEZAHLT|WAS</translation>
    </message>
    <message>
        <source>%1 of %2 runs.</source>
        <translation>%1 von %2 Läufen.</translation>
    </message>
    <message>
        <source>Earlier calls, of this program and of the window. An ID may be shortened to its beginning.</source>
        <translation>Frühere Aufrufe dieses Programms und des Fensters. Eine ID darf auf ihren Anfang gekürzt werden.</translation>
    </message>
    <message>
        <source>list: how many at most; default 20.</source>
        <translation>list: wie viele höchstens; Standard 20.</translation>
    </message>
    <message>
        <source>list, export: only runs that hold every one of these words.</source>
        <translation>list, export: nur Läufe, die jedes dieser Wörter enthalten.</translation>
    </message>
    <message>
        <source>The last twenty runs of docs-chat.</source>
        <translation>Die letzten zwanzig Läufe von docs-chat.</translation>
    </message>
    <message>
        <source>Everything, one JSON object per line, oldest first.</source>
        <translation>Alles, ein JSON-Objekt pro Zeile, Ältestes zuerst.</translation>
    </message>
    <message>
        <source>The same call once more; it is paid for once more.</source>
        <translation>Derselbe Aufruf noch einmal; er wird erneut bezahlt.</translation>
    </message>
    <message>
        <source>%1 needs the ID of a run.</source>
        <translation>%1 braucht die ID eines Laufs.</translation>
    </message>
    <message>
        <source>%1 takes no ID.</source>
        <translation>%1 nimmt keine ID.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of list, show, export, replay.</source>
        <translation>„%1“ ist keines von list, show, export, replay.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe anzeigen.</translation>
    </message>
    <message>
        <source>Write JSON to standard output: one document, or one line per event.</source>
        <translation>JSON auf die Standardausgabe schreiben: ein Dokument oder eine Zeile pro Ereignis.</translation>
    </message>
    <message>
        <source>Usage: sluicectl %1 %2</source>
        <translation>Aufruf: sluicectl %1 %2</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>Beispiele:</translation>
    </message>
    <message>
        <source>there is no option --%1.</source>
        <translation>es gibt keine Option --%1.</translation>
    </message>
    <message>
        <source> Did you mean %1%2?</source>
        <translation> Gemeint war vielleicht %1%2.</translation>
    </message>
    <message>
        <source>something is missing; it wants: %1 %2</source>
        <translation>etwas fehlt; erwartet wird: %1 %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one argument too many.</source>
        <translation>„%1“ ist ein Argument zu viel.</translation>
    </message>
    <message>
        <source>--%1 is &quot;%2&quot;; a whole number from %3 to %4 is wanted.</source>
        <translation>--%1 ist „%2“; erwartet wird eine ganze Zahl von %3 bis %4.</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source> |NAME|KIND|WHERE</source>
        <translation> |NAME|ART|WO</translation>
    </message>
    <message>
        <source>There is no keychain here, so the key was not kept: set SLUICE_SENDER_KEY, or give --key with each call.</source>
        <translation>Hier gibt es keinen Schlüsselbund, deshalb wurde der Schlüssel nicht behalten: SLUICE_SENDER_KEY setzen oder --key bei jedem Aufruf angeben.</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;.</source>
        <translation>Es gibt kein Profil „%1“.</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>Es gibt: %1.</translation>
    </message>
    <message>
        <source>add: call this orchestrator; may be repeated.</source>
        <translation>add: diesen Orchestrator aufrufen; mehrfach möglich.</translation>
    </message>
    <message>
        <source>add: find orchestrators here.</source>
        <translation>add: hier Orchestratoren finden.</translation>
    </message>
    <message>
        <source>add: call through this BYOC gateway, which signs and pays.</source>
        <translation>add: über dieses BYOC-Gateway aufrufen, das signiert und bezahlt.</translation>
    </message>
    <message>
        <source>add: file with the key that signs and pays; goes to the keychain.</source>
        <translation>add: Datei mit dem Schlüssel, der signiert und bezahlt; kommt in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>add: spend limit of one call.</source>
        <translation>add: Ausgabenlimit eines Aufrufs.</translation>
    </message>
    <message>
        <source>add: spend limit of one session.</source>
        <translation>add: Ausgabenlimit einer Sitzung.</translation>
    </message>
    <message>
        <source>add: spend limit of one day, UTC.</source>
        <translation>add: Ausgabenlimit eines Tages, UTC.</translation>
    </message>
    <message>
        <source>An orchestrator, a key and a limit.</source>
        <translation>Ein Orchestrator, ein Schlüssel und ein Limit.</translation>
    </message>
    <message>
        <source>What run and stream use from now on, and the window.</source>
        <translation>Was run und stream ab jetzt verwenden, und das Fenster.</translation>
    </message>
    <message>
        <source>%1 needs the name of a profile.</source>
        <translation>%1 braucht den Namen eines Profils.</translation>
    </message>
    <message>
        <source>list takes no name.</source>
        <translation>list nimmt keinen Namen.</translation>
    </message>
    <message>
        <source>Calls a capability once, pays for it, and prints its answer. What it cost goes to standard error.</source>
        <translation>Ruft eine Capability einmal auf, bezahlt dafür und gibt ihre Antwort aus. Die Kosten gehen auf die Standardfehlerausgabe.</translation>
    </message>
    <message>
        <source>On the current profile; a fresh machine starts its own sandbox for the call.</source>
        <translation>Mit dem aktuellen Profil; ein neuer Rechner startet für den Aufruf seine eigene Sandbox.</translation>
    </message>
    <message>
        <source>A file in, a file out.</source>
        <translation>Eine Datei hinein, eine Datei heraus.</translation>
    </message>
    <message>
        <source>For scripts: one JSON document with the answer, the tickets and the timeline.</source>
        <translation>Für Skripte: ein JSON-Dokument mit Antwort, Tickets und Zeitachse.</translation>
    </message>
    <message>
        <source>Against an orchestrator of your choice, with a limit on what it may cost.</source>
        <translation>Gegen einen Orchestrator nach Wahl, mit einem Limit für die Kosten.</translation>
    </message>
    <message>
        <source>File with everything it remembers: balances, nonces, keys, certificate.
Default: %1</source>
        <translation>Datei mit allem, was es sich merkt: Guthaben, Nonces, Schlüssel, Zertifikat.
Standard: %1</translation>
    </message>
    <message>
        <source>Give this sender a deposit and a reserve, so that its tickets are taken; may be repeated.</source>
        <translation>Diesem Sender Deposit und Reserve geben, damit seine Tickets angenommen werden; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Defects of other orchestrators to show, for testing clients:
%1</source>
        <translation>Fehler anderer Orchestratoren nachahmen, zum Testen von Clients:
%1</translation>
    </message>
    <message>
        <source>Milliseconds between blocks of its chain; default 12000. Tickets expire after 40 blocks.</source>
        <translation>Millisekunden zwischen den Blöcken seiner Chain; Standard 12000. Tickets verfallen nach 40 Blöcken.</translation>
    </message>
    <message>
        <source>While it runs, FILE.lock keeps a second one off the file and FILE.ready.json holds the ready line, so that other
programs find it. The keys in it are worth nothing anywhere else.</source>
        <translation>Solange es läuft, hält FILE.lock ein zweites von der Datei fern, und FILE.ready.json enthält die Bereitschaftszeile,
damit andere Programme es finden. Die Schlüssel darin sind anderswo nichts wert.</translation>
    </message>
    <message>
        <source>What the window and the sandbox profile start by themselves.</source>
        <translation>Was das Fenster und das Sandbox-Profil selbst starten.</translation>
    </message>
    <message>
        <source>On a fixed port, for a client with a key of its own.</source>
        <translation>Auf festem Port, für einen Client mit eigenem Schlüssel.</translation>
    </message>
    <message>
        <source>A second one, free of charge, that never ends its streams.</source>
        <translation>Ein zweites, kostenlos, das seine Streams nie beendet.</translation>
    </message>
    <message>
        <source>Prints the address and the headers of a call, signed and paid, for a tool that makes the HTTP request itself.
The body to send is the input. The tickets count as spent, whether the request is made or not.</source>
        <translation>Gibt Adresse und Kopfzeilen eines Aufrufs aus, signiert und bezahlt, für ein Werkzeug, das die HTTP-Anfrage selbst stellt.
Der zu sendende Inhalt ist die Eingabe. Die Tickets gelten als ausgegeben, ob die Anfrage gestellt wird oder nicht.</translation>
    </message>
    <message>
        <source>The capability to call.</source>
        <translation>Die Capability für den Aufruf.</translation>
    </message>
    <message>
        <source>Sign for a stream: its default path instead of run&apos;s.</source>
        <translation>Für einen Stream signieren: dessen Standardpfad statt dem von run.</translation>
    </message>
    <message>
        <source>{&quot;url&quot;: …, &quot;headers&quot;: {&quot;Livepeer&quot;: …, &quot;Livepeer-Payment&quot;: …}}, with the key of SLUICE_SENDER_KEY.</source>
        <translation>{&quot;url&quot;: …, &quot;headers&quot;: {&quot;Livepeer&quot;: …, &quot;Livepeer-Payment&quot;: …}}, mit dem Schlüssel aus SLUICE_SENDER_KEY.</translation>
    </message>
    <message>
        <source>--capability is missing.</source>
        <translation>--capability fehlt.</translation>
    </message>
    <message>
        <source>Prints a call as code that runs as it stands. Secrets are never in it: it reads them from the environment.</source>
        <translation>Gibt einen Aufruf als Code aus, der so läuft, wie er ist. Geheimnisse stehen nie darin: Er liest sie aus der Umgebung.</translation>
    </message>
    <message>
        <source>One of: %1.</source>
        <translation>Eines von: %1.</translation>
    </message>
    <message>
        <source>How to run it stands in its first lines.</source>
        <translation>Wie er ausgeführt wird, steht in den ersten Zeilen.</translation>
    </message>
    <message>
        <source>There is no language &quot;%1&quot;.</source>
        <translation>Es gibt keine Sprache „%1“.</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>Gemeint war vielleicht „%1“.</translation>
    </message>
    <message>
        <source>--language is missing; there are: %1.</source>
        <translation>--language fehlt; es gibt: %1.</translation>
    </message>
    <message>
        <source>Save it as %1 and run: %2</source>
        <translation>Als %1 speichern und ausführen: %2</translation>
    </message>
    <message>
        <source>Calls a capability and prints its answer as it comes. What it cost goes to standard error.</source>
        <translation>Ruft eine Capability auf und gibt ihre Antwort aus, wie sie kommt. Die Kosten gehen auf die Standardfehlerausgabe.</translation>
    </message>
    <message>
        <source>Print each event&apos;s data on a line of its own, also where text could be shown.</source>
        <translation>Die Daten jedes Ereignisses auf einer eigenen Zeile ausgeben, auch wo Text möglich wäre.</translation>
    </message>
    <message>
        <source>Chat answers in OpenAI&apos;s form are shown as text.</source>
        <translation>Chat-Antworten in der Form von OpenAI erscheinen als Text.</translation>
    </message>
    <message>
        <source>One JSON object per line: opened, event, balance, end or error.</source>
        <translation>Ein JSON-Objekt pro Zeile: opened, event, balance, end oder error.</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>won</source>
        <translation>gewonnen</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>Lists the tickets that were signed here, newest first, and what became of them. A ticket is a lottery ticket:
its expected value pays, its face value is taken from your deposit only when it wins.</source>
        <translation>Listet die hier signierten Tickets, neueste zuerst, und was aus ihnen wurde. Ein Ticket ist ein Los:
Sein Erwartungswert bezahlt, sein Nennwert geht nur dann vom Deposit ab, wenn es gewinnt.</translation>
    </message>
    <message>
        <source>How many at most; default 20.</source>
        <translation>Wie viele höchstens; Standard 20.</translation>
    </message>
    <message>
        <source>Ask the network first which of them won.</source>
        <translation>Zuerst das Netzwerk fragen, welche gewonnen haben.</translation>
    </message>
    <message>
        <source>The last twenty, and whether they won.</source>
        <translation>Die letzten zwanzig, und ob sie gewonnen haben.</translation>
    </message>
    <message>
        <source>All that is known of each.</source>
        <translation>Alles, was über jedes bekannt ist.</translation>
    </message>
    <message>
        <source>WHEN|CAPABILITY|NONCE|WORTH|FACE VALUE|STATE|RESULT</source>
        <translation>WANN|CAPABILITY|NONCE|WERT|NENNWERT|STATUS|ERGEBNIS</translation>
    </message>
    <message>
        <source>%1 sent in all, %2 known to have won.</source>
        <translation>%1 insgesamt gesendet, davon %2 sicher gewonnen.</translation>
    </message>
    <message>
        <source>Usage: sluicectl COMMAND [options]

Runs capabilities of the Livepeer AI network, pays for them and shows what they cost. Without a profile
of your own it starts a sandbox network on this machine for the call.

Commands:
</source>
        <translation>Aufruf: sluicectl COMMAND [Optionen]

Führt Capabilities des Livepeer-KI-Netzwerks aus, bezahlt dafür und zeigt, was sie kosten. Ohne eigenes Profil
startet es für den Aufruf ein Sandbox-Netzwerk auf diesem Rechner.

Befehle:
</translation>
    </message>
    <message>
        <source>call a capability and print its answer</source>
        <translation>eine Capability aufrufen und ihre Antwort ausgeben</translation>
    </message>
    <message>
        <source>call a capability and print its answer as it comes</source>
        <translation>eine Capability aufrufen und ihre Antwort ausgeben, wie sie kommt</translation>
    </message>
    <message>
        <source>list what the network offers, with prices</source>
        <translation>auflisten, was das Netzwerk anbietet, mit Preisen</translation>
    </message>
    <message>
        <source>show one capability: input, output, examples</source>
        <translation>eine Capability zeigen: Eingabe, Ausgabe, Beispiele</translation>
    </message>
    <message>
        <source>show your credit at the orchestrators</source>
        <translation>das Guthaben bei den Orchestratoren zeigen</translation>
    </message>
    <message>
        <source>list the tickets that were sent and what became of them</source>
        <translation>gesendete Tickets auflisten und was aus ihnen wurde</translation>
    </message>
    <message>
        <source>list, show, export and replay earlier calls</source>
        <translation>frühere Aufrufe auflisten, zeigen, exportieren und wiederholen</translation>
    </message>
    <message>
        <source>print a call as code</source>
        <translation>einen Aufruf als Code ausgeben</translation>
    </message>
    <message>
        <source>print the signed and paid HTTP request of a call</source>
        <translation>die signierte und bezahlte HTTP-Anfrage eines Aufrufs ausgeben</translation>
    </message>
    <message>
        <source>list, choose, add and remove networks</source>
        <translation>Netzwerke auflisten, wählen, hinzufügen und entfernen</translation>
    </message>
    <message>
        <source>run the local network until stopped</source>
        <translation>das lokale Netzwerk betreiben, bis es gestoppt wird</translation>
    </message>
    <message>
        <source> Did you mean &quot;%1&quot;?</source>
        <translation> Gemeint war vielleicht „%1“.</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is not an http or https URL.</source>
        <translation>--%1 „%2“ ist keine http- oder https-URL.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. https://127.0.0.1:8935.</source>
        <translation>Vollständig schreiben, z. B. https://127.0.0.1:8935.</translation>
    </message>
    <message>
        <source>The key file %1 cannot be read: %2.</source>
        <translation>Die Schlüsseldatei %1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>It must hold 64 hex digits, with or without 0x.</source>
        <translation>Sie muss 64 Hex-Ziffern enthalten, mit oder ohne 0x.</translation>
    </message>
    <message>
        <source>The key file %1 holds %2 digits.</source>
        <translation>Die Schlüsseldatei %1 enthält %2 Ziffern.</translation>
    </message>
    <message>
        <source>The network offers no capability &quot;%1&quot;.</source>
        <translation>Das Netzwerk bietet keine Capability „%1“ an.</translation>
    </message>
    <message>
        <source>Cancelled before an answer came.</source>
        <translation>Abgebrochen, bevor eine Antwort kam.</translation>
    </message>
    <message>
        <source>Nothing was spent.</source>
        <translation>Nichts wurde ausgegeben.</translation>
    </message>
    <message>
        <source>%1 in tickets had been sent; what was not used up stays as your balance there.</source>
        <translation>%1 in Tickets waren schon gesendet; was nicht verbraucht ist, bleibt dort als Guthaben.</translation>
    </message>
    <message>
        <source>Network to use instead of the current profile; &quot;sandbox&quot; is always there.</source>
        <translation>Netzwerk anstelle des aktuellen Profils; „sandbox“ ist immer da.</translation>
    </message>
    <message>
        <source>Use this orchestrator, with the key of --key or SLUICE_SENDER_KEY.
May be repeated: tried in this order.</source>
        <translation>Diesen Orchestrator verwenden, mit dem Schlüssel aus --key oder SLUICE_SENDER_KEY.
Mehrfach möglich: in dieser Reihenfolge versucht.</translation>
    </message>
    <message>
        <source>Call through this BYOC gateway, which signs and pays.</source>
        <translation>Über dieses BYOC-Gateway aufrufen, das signiert und bezahlt.</translation>
    </message>
    <message>
        <source>File with the key that signs and pays: 64 hex digits.</source>
        <translation>Datei mit dem Schlüssel, der signiert und bezahlt: 64 Hex-Ziffern.</translation>
    </message>
    <message>
        <source>State file of the sandbox, for the sandbox profile.</source>
        <translation>Zustandsdatei der Sandbox, für das Sandbox-Profil.</translation>
    </message>
    <message>
        <source>`sluicectl profile list` shows them.</source>
        <translation>`sluicectl profile list` zeigt sie.</translation>
    </message>
    <message>
        <source>First contact with %1: its key %2 is trusted from now on.</source>
        <translation>Erster Kontakt mit %1: Seinem Schlüssel %2 wird ab jetzt vertraut.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 ist nicht schreibbar: %2.</translation>
    </message>
    <message>
        <source>The answer is %1 bytes of %2, not shown on a terminal; use --out FILE.</source>
        <translation>Die Antwort hat %1 Bytes vom Typ %2 und wird nicht im Terminal gezeigt; --out FILE verwenden.</translation>
    </message>
    <message>
        <source>%1 %2 from %3: %4.</source>
        <translation>%1 %2 von %3: %4.</translation>
    </message>
    <message>
        <source>%1 events: %2.</source>
        <translation>%1 Ereignisse: %2.</translation>
    </message>
    <message>
        <source>The stream failed without saying why.</source>
        <translation>Der Stream ist ohne Angabe von Gründen fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Tickets had left before it failed: the payment may be spent.</source>
        <translation>Vor dem Fehler waren schon Tickets gesendet: Die Zahlung ist womöglich ausgegeben.</translation>
    </message>
    <message>
        <source>no ticket sent</source>
        <translation>kein Ticket gesendet</translation>
    </message>
    <message>
        <source>paid %1 with 1 ticket</source>
        <translation>%1 mit 1 Ticket bezahlt</translation>
    </message>
    <message>
        <source>paid %1 with %2 tickets</source>
        <translation>%1 mit %2 Tickets bezahlt</translation>
    </message>
    <message>
        <source>charged %1</source>
        <translation>berechnet %1</translation>
    </message>
    <message>
        <source>balance %1</source>
        <translation>Guthaben %1</translation>
    </message>
    <message>
        <source>Opens a live job: sends video (or lines) to a capability as it is made and takes what comes back, until Ctrl-C.
Pays ahead while it runs. Data records go to standard output, everything else to standard error.</source>
        <translation>Öffnet einen Live-Auftrag: sendet Video (oder Zeilen) an eine Capability, während es entsteht, und nimmt, was zurückkommt, bis Strg-C.
Zahlt im Voraus, solange er läuft. Datensätze gehen an die Standardausgabe, alles andere an die Fehlerausgabe.</translation>
    </message>
    <message>
        <source>End after this time; a file is repeated until then.</source>
        <translation>Nach dieser Zeit enden; eine Datei wird bis dahin wiederholt.</translation>
    </message>
    <message>
        <source>Write what comes back to this file: MPEG-TS, or bytes as they are.</source>
        <translation>Was zurückkommt, in diese Datei schreiben: MPEG-TS, oder Bytes, wie sie sind.</translation>
    </message>
    <message>
        <source>One parameter of the job, e.g. filter=edges; a JSON value where it is one.
May be repeated.</source>
        <translation>Ein Parameter des Auftrags, z. B. filter=edges; ein JSON-Wert, wo es einer ist.
Darf wiederholt werden.</translation>
    </message>
    <message>
        <source>All parameters as a JSON object, @FILE, or -.</source>
        <translation>Alle Parameter als JSON-Objekt, @DATEI oder -.</translation>
    </message>
    <message>
        <source>Picture size of camera and pattern; default 640x480.</source>
        <translation>Bildgröße von Kamera und Testbild; Vorgabe 640x480.</translation>
    </message>
    <message>
        <source>Kilobits per second; default: constant quality.</source>
        <translation>Kilobit pro Sekunde; Vorgabe: gleichbleibende Qualität.</translation>
    </message>
    <message>
        <source>Milliseconds of video in one segment; default 1000.</source>
        <translation>Millisekunden Video in einem Segment; Vorgabe 1000.</translation>
    </message>
    <message>
        <source>Treat it as no video, whatever the network&apos;s listing says.</source>
        <translation>Als „kein Video“ behandeln, was auch immer das Netzwerk angibt.</translation>
    </message>
    <message>
        <source>The job&apos;s own `parameters`, a JSON object.</source>
        <translation>Die `parameters` des Auftrags selbst, ein JSON-Objekt.</translation>
    </message>
    <message>
        <source>Seconds that the worker may take to accept the job; default 60.</source>
        <translation>Sekunden, die der Worker zum Annehmen des Auftrags brauchen darf; Vorgabe 60.</translation>
    </message>
    <message>
        <source>With --json the last line holds the measurements: latency_ms {p50, p95}, first_frame_ms, frames_in (captured), frames_out
(came back), dropped, paid_wei. Lines before it: ready, event, data, output, warning.</source>
        <translation>Mit --json enthält die letzte Zeile die Messwerte: latency_ms {p50, p95}, first_frame_ms, frames_in (aufgenommen), frames_out
(zurückgekommen), dropped, paid_wei. Zeilen davor: ready, event, data, output, warning.</translation>
    </message>
    <message>
        <source>How fast is the network?</source>
        <translation>Wie schnell ist das Netzwerk?</translation>
    </message>
    <message>
        <source>Your camera, drawn; ends with Ctrl-C.</source>
        <translation>Ihre Kamera, gezeichnet; endet mit Strg-C.</translation>
    </message>
    <message>
        <source>Lines in, records out.</source>
        <translation>Zeilen hinein, Datensätze heraus.</translation>
    </message>
    <message>
        <source>--input is not a JSON object.</source>
        <translation>--input ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --input &apos;{&quot;filter&quot;:&quot;edges&quot;}&apos;.</source>
        <translation>Setzen Sie es für die Shell in Anführungszeichen, z. B. --input &apos;{&quot;filter&quot;:&quot;edges&quot;}&apos;.</translation>
    </message>
    <message>
        <source>--set &quot;%1&quot; does not read KEY=VALUE.</source>
        <translation>--set &quot;%1&quot; hat nicht die Form NAME=WERT.</translation>
    </message>
    <message>
        <source>--size &quot;%1&quot; does not read WIDTHxHEIGHT, e.g. 1280x720.</source>
        <translation>--size &quot;%1&quot; hat nicht die Form BREITExHÖHE, z. B. 1280x720.</translation>
    </message>
    <message>
        <source>%1 takes video; say where it comes from with --source camera, --source pattern or --source FILE.</source>
        <translation>%1 nimmt Video; geben Sie mit --source camera, --source pattern oder --source DATEI an, woher es kommt.</translation>
    </message>
    <message>
        <source>%1 takes no video but what stands on standard input; leave --source out.</source>
        <translation>%1 nimmt kein Video, sondern was auf der Standardeingabe steht; lassen Sie --source weg.</translation>
    </message>
    <message>
        <source>Sign for a live job: the address is that of its start; the same headers, without the payment, serve
update, payment and stop beside it. The body of start is {&quot;params&quot;: INPUT}.</source>
        <translation>Für einen Live-Auftrag unterschreiben: die Adresse ist die seines Starts; dieselben Kopfzeilen, ohne die Zahlung, dienen
update, payment und stop daneben. Der Rumpf von start ist {&quot;params&quot;: INPUT}.</translation>
    </message>
    <message>
        <source>The live job that is to be paid for; default: a new one.</source>
        <translation>Der Live-Auftrag, für den gezahlt werden soll; Vorgabe: ein neuer.</translation>
    </message>
    <message>
        <source>--stream-id goes with --live.</source>
        <translation>--stream-id gehört zu --live.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a channel&apos;s address.</source>
        <translation>&quot;%1&quot; ist keine Adresse eines Kanals.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://127.0.0.1:2939/mychannel.</source>
        <translation>Schreiben Sie sie ganz, z. B. http://127.0.0.1:2939/meinkanal.</translation>
    </message>
    <message>
        <source>Serves trickle channels on this machine until Ctrl-C. Without --autocreate only channels of the changefeed exist.</source>
        <translation>Bietet auf diesem Rechner Trickle-Kanäle an, bis Strg-C. Ohne --autocreate gibt es nur die Kanäle des Changefeeds.</translation>
    </message>
    <message>
        <source>Port; default: a free one.</source>
        <translation>Port; Vorgabe: ein freier.</translation>
    </message>
    <message>
        <source>Where channels lie, e.g. /ai/trickle/; default /.</source>
        <translation>Wo Kanäle liegen, z. B. /ai/trickle/; Vorgabe /.</translation>
    </message>
    <message>
        <source>A channel is made by whoever writes to it first.</source>
        <translation>Wer zuerst in einen Kanal schreibt, legt ihn an.</translation>
    </message>
    <message>
        <source>Channel _changes tells of channels that come and go.</source>
        <translation>Der Kanal _changes sagt, welche Kanäle kommen und gehen.</translation>
    </message>
    <message>
        <source>Remove a channel when its last segment began so long ago; default 300000.</source>
        <translation>Einen Kanal entfernen, wenn sein letztes Segment so lange zurückliegt; Vorgabe 300000.</translation>
    </message>
    <message>
        <source>How often to look for such channels; default 60000.</source>
        <translation>Wie oft nach solchen Kanälen gesehen wird; Vorgabe 60000.</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…}.</source>
        <translation>Die erste Zeile der Standardausgabe sagt, wo er zu erreichen ist: eine Adresse, oder mit --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…}.</translation>
    </message>
    <message>
        <source>A server for other people&apos;s publishers and readers.</source>
        <translation>Ein Server für Sender und Leser anderer Leute.</translation>
    </message>
    <message>
        <source>--path begins and ends with a slash.</source>
        <translation>--path beginnt und endet mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Writes standard input to a channel, which is made where the server allows it. Bytes leave as they come; the channel
ends with the input.</source>
        <translation>Schreibt die Standardeingabe in einen Kanal, der angelegt wird, wo der Server das erlaubt. Bytes gehen ab, wie sie kommen; der Kanal
endet mit der Eingabe.</translation>
    </message>
    <message>
        <source>MIME type of a channel that is made; default application/octet-stream.</source>
        <translation>MIME-Typ eines Kanals, der angelegt wird; Vorgabe application/octet-stream.</translation>
    </message>
    <message>
        <source>Lines in one segment; default 1.</source>
        <translation>Zeilen in einem Segment; Vorgabe 1.</translation>
    </message>
    <message>
        <source>Bytes in one segment, whatever stands in them.</source>
        <translation>Bytes in einem Segment, was auch immer darin steht.</translation>
    </message>
    <message>
        <source>The whole input is one segment.</source>
        <translation>Die ganze Eingabe ist ein Segment.</translation>
    </message>
    <message>
        <source>Leave the channel open at the end of the input.</source>
        <translation>Den Kanal am Ende der Eingabe offen lassen.</translation>
    </message>
    <message>
        <source>One line, one segment.</source>
        <translation>Eine Zeile, ein Segment.</translation>
    </message>
    <message>
        <source>A file in pieces.</source>
        <translation>Eine Datei in Stücken.</translation>
    </message>
    <message>
        <source>There is no channel %1, and the server makes none.</source>
        <translation>Es gibt keinen Kanal %1, und der Server legt keinen an.</translation>
    </message>
    <message>
        <source>Start the server with --autocreate, or have the channel made there.</source>
        <translation>Starten Sie den Server mit --autocreate, oder lassen Sie den Kanal dort anlegen.</translation>
    </message>
    <message>
        <source>The channel was not made: %1 %2</source>
        <translation>Der Kanal wurde nicht angelegt: %1 %2</translation>
    </message>
    <message>
        <source>%1 bytes in %2 segments.</source>
        <translation>%1 Bytes in %2 Segmenten.</translation>
    </message>
    <message>
        <source>Writes what comes on a channel to standard output, until the channel ends or Ctrl-C.</source>
        <translation>Schreibt, was auf einem Kanal kommt, auf die Standardausgabe, bis der Kanal endet oder Strg-C.</translation>
    </message>
    <message>
        <source>live: the segment being written now, from its start (default);
next: the one that begins next; or a sequence number.</source>
        <translation>live: das Segment, das gerade geschrieben wird, von seinem Anfang an (Vorgabe);
next: das nächste, das beginnt; oder eine Folgenummer.</translation>
    </message>
    <message>
        <source>End after so many segments.</source>
        <translation>Nach so vielen Segmenten enden.</translation>
    </message>
    <message>
        <source>With --json each line is one event: begin {seq, mime}, bytes {seq, text or base64}, segment {seq, complete}, gap {seq, next}, end.</source>
        <translation>Mit --json ist jede Zeile ein Ereignis: begin {seq, mime}, bytes {seq, text oder base64}, segment {seq, complete}, gap {seq, next}, end.</translation>
    </message>
    <message>
        <source>Everything from now on.</source>
        <translation>Alles von jetzt an.</translation>
    </message>
    <message>
        <source>Segments %1 to %2 were missed.</source>
        <translation>Die Segmente %1 bis %2 wurden verpasst.</translation>
    </message>
    <message>
        <source>send video (or lines) to a capability and take what comes back</source>
        <translation>Video (oder Zeilen) an eine Capability senden und nehmen, was zurückkommt</translation>
    </message>
    <message>
        <source>serve, write and read the channels of live jobs</source>
        <translation>die Kanäle von Live-Aufträgen anbieten, schreiben und lesen</translation>
    </message>
    <message>
        <source>No camera is plugged in.</source>
        <translation>Es ist keine Kamera angeschlossen.</translation>
    </message>
    <message>
        <source>There is no camera &quot;%1&quot;.</source>
        <translation>Es gibt keine Kamera &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>Use --source pattern, or a video file.</source>
        <translation>Nehmen Sie --source pattern oder eine Videodatei.</translation>
    </message>
    <message>
        <source>This sluicectl was built without camera support.</source>
        <translation>Dieses sluicectl wurde ohne Unterstützung für Kameras gebaut.</translation>
    </message>
    <message>
        <source>Running at %1. Ctrl-C ends it.</source>
        <translation>Läuft bei %1. Strg-C beendet es.</translation>
    </message>
    <message>
        <source>%1 pictures in, %2 out, latency %3 ms (95 %: %4 ms), first after %5 ms, %6 dropped.</source>
        <translation>%1 Bilder hinein, %2 heraus, Verzögerung %3 ms (95 %: %4 ms), das erste nach %5 ms, %6 verworfen.</translation>
    </message>
    <message>
        <source>Cancelled before the job ran.</source>
        <translation>Abgebrochen, bevor der Auftrag lief.</translation>
    </message>
    <message>
        <source>Address that clients are told for jobs and channels, when a proxy or a tunnel stands before the orchestrator.</source>
        <translation>Adresse, die Clients für Jobs und Kanäle genannt wird, wenn ein Proxy oder ein Tunnel vor dem Orchestrator steht.</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is no URL.</source>
        <translation>--%1 „%2“ ist keine URL.</translation>
    </message>
    <message>
        <source>Lines of standard input in one segment; default: those that come within an eighth of a second.</source>
        <translation>Zeilen der Standardeingabe in einem Segment; Vorgabe: die, die innerhalb einer Achtelsekunde kommen.</translation>
    </message>
    <message>
        <source>Largest price per second that is paid, as &quot;8 gwei&quot; or a number of wei;
default: the price that the network lists.</source>
        <translation>Größter Preis je Sekunde, der bezahlt wird, als „8 gwei“ oder als Zahl in Wei;
Standard: der Preis, den das Netzwerk nennt.</translation>
    </message>
    <message>
        <source>This network has no list of its own, and nothing is named here. Say for what: sluicectl balance NAME.</source>
        <translation>Dieses Netzwerk hat keine eigene Liste, und hier ist nichts benannt. Angeben, wofür: sluicectl balance NAME.</translation>
    </message>
    <message>
        <source>Calls go through a gateway, which pays from its own purse; it does not show it.</source>
        <translation>Aufrufe laufen über ein Gateway, das aus eigener Börse bezahlt; es zeigt sie nicht.</translation>
    </message>
    <message>
        <source>Lists what the network offers now, as far as it tells, and what you named: verb, price, free slots. Pays nothing.</source>
        <translation>Listet, was das Netzwerk jetzt anbietet, soweit es das sagt, und was Sie benannt haben: Verb, Preis, freie Plätze. Bezahlt nichts.</translation>
    </message>
    <message>
        <source>(named by you) </source>
        <translation>(von Ihnen benannt) </translation>
    </message>
    <message>
        <source>This network answers but has no list of its own, as most nodes. Any name may be called: sluicectl run NAME …
To keep one here, with its path and schema: sluicectl capability add NAME</source>
        <translation>Dieses Netzwerk antwortet, hat aber wie die meisten Knoten keine eigene Liste. Jeder Name lässt sich aufrufen: sluicectl run NAME …
Um einen mit Pfad und Schema hier zu behalten: sluicectl capability add NAME</translation>
    </message>
    <message>
        <source>Capabilities that you name by hand, kept in a profile: most nodes of the network list nothing. A named one is run, described,
priced and printed as code like one that is listed. Shared with the window.</source>
        <translation>Capabilities, die Sie von Hand benennen, in einem Profil aufbewahrt: Die meisten Knoten des Netzwerks listen nichts. Eine benannte
wird ausgeführt, beschrieben, mit Preis versehen und als Code ausgegeben wie eine gelistete. Gemeinsam mit dem Fenster.</translation>
    </message>
    <message>
        <source>Profile that keeps them; default: the current one.</source>
        <translation>Profil, das sie aufbewahrt; Standard: das aktuelle.</translation>
    </message>
    <message>
        <source>add: run, stream or live; may be repeated, the preferred one first. Default: run and stream.</source>
        <translation>add: run, stream oder live; mehrfach möglich, das bevorzugte zuerst. Standard: run und stream.</translation>
    </message>
    <message>
        <source>add: path below the worker&apos;s address; default: the name.</source>
        <translation>add: Pfad unter der Adresse des Workers; Standard: der Name.</translation>
    </message>
    <message>
        <source>add: JSON Schema of the input: a file, an http(s) address, or - for standard input.
An OpenAPI description or a worker&apos;s /schema will do.</source>
        <translation>add: JSON-Schema der Eingabe: eine Datei, eine http(s)-Adresse oder - für die Standardeingabe.
Eine OpenAPI-Beschreibung oder das /schema eines Workers genügt.</translation>
    </message>
    <message>
        <source>add: an input to try; JSON, @FILE, or - for standard input.</source>
        <translation>add: eine Eingabe zum Ausprobieren; JSON, @FILE oder - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>add: what it does, for you.</source>
        <translation>add: was sie tut, für Sie selbst.</translation>
    </message>
    <message>
        <source>export: write to this file instead of standard output.</source>
        <translation>export: in diese Datei statt auf die Standardausgabe schreiben.</translation>
    </message>
    <message>
        <source>Then: sluicectl run text-reversal --input &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;</source>
        <translation>Danach: sluicectl run text-reversal --input &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;</translation>
    </message>
    <message>
        <source>With the form that its worker describes.</source>
        <translation>Mit dem Formular, das ihr Worker beschreibt.</translation>
    </message>
    <message>
        <source>Handed on.</source>
        <translation>Weitergegeben.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation>%1 ist größer als %2 KiB.</translation>
    </message>
    <message>
        <source>--schema &quot;%1&quot; is no valid address.</source>
        <translation>--schema „%1“ ist keine gültige Adresse.</translation>
    </message>
    <message>
        <source>--schema %1: %2</source>
        <translation>--schema %1: %2</translation>
    </message>
    <message>
        <source>--example is not JSON: %1</source>
        <translation>--example ist kein JSON: %1</translation>
    </message>
    <message>
        <source>Quote it for the shell, e.g. --example &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;.</source>
        <translation>Für die Shell in Anführungszeichen setzen, z. B. --example &apos;{&quot;text&quot;:&quot;hello&quot;}&apos;.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>The schema of %1: %2</source>
        <translation>Das Schema von %1: %2</translation>
    </message>
    <message>
        <source>The example of %1 does not fit its schema: %2</source>
        <translation>Das Beispiel von %1 passt nicht zu ihrem Schema: %2</translation>
    </message>
    <message>
        <source>NAME|VERB|PATH|INPUT|WHAT IT DOES</source>
        <translation>NAME|VERB|PFAD|EINGABE|BESCHREIBUNG</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Nothing is named in the profile &quot;%1&quot;: sluicectl capability add NAME.</source>
        <translation>Im Profil „%1“ ist nichts benannt: sluicectl capability add NAME.</translation>
    </message>
    <message>
        <source>Nobody named a capability &quot;%1&quot; in this profile.</source>
        <translation>In diesem Profil hat niemand eine Capability „%1“ benannt.</translation>
    </message>
    <message>
        <source>Nothing is named there.</source>
        <translation>Dort ist nichts benannt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2.</source>
        <translation>„%1“ ist keines von %2.</translation>
    </message>
    <message>
        <source>import needs one file, or -.</source>
        <translation>import braucht eine Datei oder -.</translation>
    </message>
    <message>
        <source>%1 needs the name of one capability.</source>
        <translation>%1 braucht den Namen einer Capability.</translation>
    </message>
    <message>
        <source>
Named by you; the network does not list it.
</source>
        <translation>
Von Ihnen benannt; das Netzwerk listet sie nicht.
</translation>
    </message>
    <message>
        <source>
The network has no list that names it. To keep its path and schema here: sluicectl capability add %1
</source>
        <translation>
Das Netzwerk hat keine Liste, die sie nennt. Um ihren Pfad und ihr Schema hier zu behalten: sluicectl capability add %1
</translation>
    </message>
    <message>
        <source>A gateway says neither price nor free slots beforehand.
</source>
        <translation>Ein Gateway nennt vorher weder Preis noch freie Plätze.
</translation>
    </message>
    <message>
        <source>No orchestrator says a price or a free slot for it: it may not be registered there now.
</source>
        <translation>Kein Orchestrator nennt dafür einen Preis oder einen freien Platz: Sie ist dort gerade womöglich nicht registriert.
</translation>
    </message>
    <message>
        <source>
Nobody says what input it wants.
</source>
        <translation>
Niemand sagt, welche Eingabe sie erwartet.
</translation>
    </message>
    <message>
        <source>Shows one capability: what it does, what input it wants, what it costs, examples that run. Of one that the network does not
list it shows what you said (sluicectl capability) and what an orchestrator asks for it. Pays nothing.</source>
        <translation>Zeigt eine Capability: was sie tut, welche Eingabe sie erwartet, was sie kostet, lauffähige Beispiele. Bei einer, die das Netzwerk
nicht listet, zeigt es Ihre Angaben (sluicectl capability) und was ein Orchestrator dafür verlangt. Bezahlt nichts.</translation>
    </message>
    <message>
        <source>This call had secrets in %1, which the history does not keep.</source>
        <translation>Dieser Aufruf hatte Geheimnisse in %1, die der Verlauf nicht behält.</translation>
    </message>
    <message>
        <source>Make it anew with its whole input; `sluicectl history show %1` shows the rest of it.</source>
        <translation>Mit der ganzen Eingabe neu aufrufen; `sluicectl history show %1` zeigt den Rest davon.</translation>
    </message>
    <message>
        <source>LIMIT</source>
        <translation>LIMIT</translation>
    </message>
    <message>
        <source>AT MOST</source>
        <translation>HÖCHSTENS</translation>
    </message>
    <message>
        <source>one call</source>
        <translation>ein Aufruf</translation>
    </message>
    <message>
        <source>one day (UTC)</source>
        <translation>ein Tag (UTC)</translation>
    </message>
    <message>
        <source>one winning ticket</source>
        <translation>ein gewinnendes Ticket</translation>
    </message>
    <message>
        <source>a second, where no price was shown</source>
        <translation>eine Sekunde, wo kein Preis gezeigt wurde</translation>
    </message>
    <message>
        <source>There is no key here whose limits could be meant.</source>
        <translation>Hier gibt es keinen Schlüssel, dessen Limits gemeint sein könnten.</translation>
    </message>
    <message>
        <source>Name its address with --sender, or use a profile that has a key.</source>
        <translation>Seine Adresse mit --sender nennen oder ein Profil verwenden, das einen Schlüssel hat.</translation>
    </message>
    <message>
        <source>Shows or sets what may be spent with a key, whatever profile, address or program uses it.
Amounts: &quot;0.01 ETH&quot;, &quot;8 gwei&quot; or a number of wei.</source>
        <translation>Zeigt oder setzt, was mit einem Schlüssel ausgegeben werden darf, egal welches Profil, welche Adresse oder welches Programm ihn verwendet.
Beträge: „0.01 ETH“, „8 gwei“ oder eine Zahl in Wei.</translation>
    </message>
    <message>
        <source>The key&apos;s address, instead of the current profile&apos;s key.</source>
        <translation>Die Adresse des Schlüssels, statt des Schlüssels im aktuellen Profil.</translation>
    </message>
    <message>
        <source>Expected value of the tickets of one call.</source>
        <translation>Erwartungswert der Tickets eines Aufrufs.</translation>
    </message>
    <message>
        <source>The same for one day (UTC), over all programs.</source>
        <translation>Dasselbe für einen Tag (UTC), über alle Programme.</translation>
    </message>
    <message>
        <source>What one winning ticket may take out of the deposit.</source>
        <translation>Was ein gewinnendes Ticket vom Deposit nehmen darf.</translation>
    </message>
    <message>
        <source>Price per second where the network lists none.</source>
        <translation>Preis je Sekunde, wo das Netzwerk keinen nennt.</translation>
    </message>
    <message>
        <source>Of the current profile&apos;s key.</source>
        <translation>Für den Schlüssel des aktuellen Profils.</translation>
    </message>
    <message>
        <source>What is not named stays as it is.</source>
        <translation>Was nicht genannt ist, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither show nor set.</source>
        <translation>„%1“ ist weder show noch set.</translation>
    </message>
    <message>
        <source>Nothing says which limit to set.</source>
        <translation>Es fehlt, welches Limit gesetzt werden soll.</translation>
    </message>
    <message>
        <source>show only shows.</source>
        <translation>show zeigt nur.</translation>
    </message>
    <message>
        <source>Use `sluicectl limits set` with --per-call, --per-day, --face-value or --unseen-price.</source>
        <translation>`sluicectl limits set` mit --per-call, --per-day, --face-value oder --unseen-price verwenden.</translation>
    </message>
    <message>
        <source>camera, camera:NAME, pattern (a test picture with a clock), a video file, or a picture to stand in for a camera.
Without it standard input is sent, to capabilities that take no video.</source>
        <translation>camera, camera:NAME, pattern (ein Testbild mit Uhr), eine Videodatei oder ein Bild anstelle einer Kamera.
Ohne sie wird die Standardeingabe gesendet, an Capabilities, die kein Video nehmen.</translation>
    </message>
    <message>
        <source>Pictures per second; default 30. A video file keeps its own rate up to this, by default up to 60.</source>
        <translation>Bilder pro Sekunde; Standard 30. Eine Videodatei behält ihre eigene Rate bis zu diesem Wert, ohne Angabe bis 60.</translation>
    </message>
    <message>
        <source>Write the answer&apos;s bytes to a file, whole, or into a pipe or device.</source>
        <translation>Die Bytes der Antwort in eine Datei schreiben, ganz, oder in eine Pipe oder ein Gerät.</translation>
    </message>
    <message>
        <source>Be a node without a chain: check no signatures, ask for no tickets and charge nothing.</source>
        <translation>Ein Knoten ohne Chain sein: keine Signaturen prüfen, keine Tickets verlangen und nichts berechnen.</translation>
    </message>
    <message>
        <source>run, stream or live; default: what the capability prefers.</source>
        <translation>run, stream oder live; Standard: was die Capability bevorzugt.</translation>
    </message>
    <message>
        <source>Of a capability that no node lists.</source>
        <translation>Für eine Capability, die kein Knoten listet.</translation>
    </message>
    <message>
        <source>The network does not tell about %1 (%2) The code is made from what is said here.</source>
        <translation>Das Netzwerk sagt nichts über %1 (%2) Der Code entsteht aus dem, was hier angegeben ist.</translation>
    </message>
    <message>
        <source>--verb &quot;%1&quot; is none of run, stream, live.</source>
        <translation>--verb „%1“ ist keines von run, stream, live.</translation>
    </message>
    <message>
        <source>A name by which clients reach this server besides the addresses of this machine; may be repeated.</source>
        <translation>Ein Name, unter dem Clients diesen Server neben den Adressen dieses Rechners erreichen; mehrfach möglich.</translation>
    </message>
    <message>
        <source>name capabilities by hand that no node lists, and share them</source>
        <translation>Capabilities, die kein Knoten listet, von Hand benennen und weitergeben</translation>
    </message>
    <message>
        <source>show and set what may be spent with your key</source>
        <translation>zeigen und setzen, was mit Ihrem Schlüssel ausgegeben werden darf</translation>
    </message>
    <message>
        <source>%1 is set but not used: %2 says where to go.</source>
        <translation>%1 ist gesetzt, wird aber nicht verwendet: %2 sagt, wohin es geht.</translation>
    </message>
    <message>
        <source>It offers: %1. What it does not list can be named: sluicectl capability add.</source>
        <translation>Es bietet an: %1. Was es nicht listet, lässt sich benennen: sluicectl capability add.</translation>
    </message>
    <message>
        <source>%1 It is read from a copy.</source>
        <translation>%1 Es wird aus einer Kopie gelesen.</translation>
    </message>
    <message>
        <source>Calling the network that %1 names, not the current profile&apos;s.</source>
        <translation>Aufgerufen wird das Netzwerk, das %1 nennt, nicht das des aktuellen Profils.</translation>
    </message>
    <message>
        <source>the sandbox pays with a key of its own</source>
        <translation>die Sandbox bezahlt mit einem eigenen Schlüssel</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; has a key of its own</source>
        <translation>das Profil „%1“ hat einen eigenen Schlüssel</translation>
    </message>
    <message>
        <source>Nothing came back: no picture, no data, no event.</source>
        <translation>Nichts kam zurück: kein Bild, keine Daten, kein Ereignis.</translation>
    </message>
    <message>
        <source>The worker may have failed, or may not reach the orchestrator&apos;s channels; its log tells. Give it more --seconds if it is slow to begin.</source>
        <translation>Der Worker ist womöglich gescheitert oder erreicht die Kanäle des Orchestrators nicht; sein Log zeigt es. Mit --seconds mehr Zeit geben, falls er langsam beginnt.</translation>
    </message>
    <message>
        <source>The answer is kept in the history: `sluicectl history show %1`.</source>
        <translation>Die Antwort bleibt im Verlauf: `sluicectl history show %1`.</translation>
    </message>
    <message>
        <source>Tool call: %1</source>
        <translation>Werkzeugaufruf: %1</translation>
    </message>
    <message>
        <source>Reasoning: </source>
        <translation>Überlegung: </translation>
    </message>
    <message>
        <source>What came is kept in the history: `sluicectl history show %1`.</source>
        <translation>Was kam, bleibt im Verlauf: `sluicectl history show %1`.</translation>
    </message>
    <message>
        <source>Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.</source>
        <translation>Nichts wurde gesendet. `sluicectl describe %1` zeigt, was erwartet wird; --no-check sendet die Eingabe, wie sie ist.</translation>
    </message>
    <message>
        <source>--out %1 cannot be written: %2.</source>
        <translation>--out %1 ist nicht schreibbar: %2.</translation>
    </message>
    <message>
        <source>Nothing was sent. Choose a file in a folder that may be written to, a pipe or a device.</source>
        <translation>Nichts wurde gesendet. Eine Datei in einem beschreibbaren Ordner, eine Pipe oder ein Gerät wählen.</translation>
    </message>
    <message>
        <source>Waiting for a reader of %1.</source>
        <translation>Warten auf einen Leser von %1.</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent.</source>
        <translation>Abgebrochen, bevor etwas gesendet wurde.</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>there is no folder %1</source>
        <translation>es gibt keinen Ordner %1</translation>
    </message>
    <message>
        <source>nobody reads it any more</source>
        <translation>niemand liest es mehr</translation>
    </message>
    <message>
        <source>Nobody reads the output any more.</source>
        <translation>Niemand liest die Ausgabe mehr.</translation>
    </message>
    <message>
        <source>The output cannot be written: %1.</source>
        <translation>Die Ausgabe ist nicht schreibbar: %1.</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that this call may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>Größter Erwartungswert der Tickets, die dieser Aufruf senden darf, als „0.01 ETH“ oder eine Zahl in Wei.</translation>
    </message>
    <message>
        <source> | … (%1 in all)</source>
        <translation> | … (insgesamt %1)</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that this job may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>Größter Erwartungswert der Tickets, die dieser Auftrag senden darf, als „0.01 ETH“ oder eine Zahl in Wei.</translation>
    </message>
    <message>
        <source>Named networks, shared with the window. &quot;sandbox&quot; is always there and runs on this machine.
Keys stand in the system&apos;s keychain, never in a file of this program. Amounts: &quot;0.01 ETH&quot;, &quot;8 gwei&quot; or a number of wei.</source>
        <translation>Benannte Netzwerke, gemeinsam mit dem Fenster. „sandbox“ ist immer da und läuft auf diesem Rechner.
Schlüssel stehen im Schlüsselbund des Systems, nie in einer Datei dieses Programms. Beträge: „0.01 ETH“, „8 gwei“ oder eine Zahl in Wei.</translation>
    </message>
    <message>
        <source>Price per second, as &quot;8 gwei&quot; or a number of wei, of one capability or of all; may be repeated.</source>
        <translation>Preis je Sekunde, als „8 gwei“ oder eine Zahl in Wei, einer Capability oder aller; mehrfach möglich.</translation>
    </message>
    <message>
        <source>--price &quot;%1&quot; does not read [NAME=]AMOUNT.</source>
        <translation>--price „%1“ hat nicht die Form [NAME=]BETRAG.</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>Er ist zu groß.</translation>
    </message>
    <message>
        <source>Start these services only, separated by commas; may be repeated.</source>
        <translation>Nur diese Dienste starten, durch Kommas getrennt; darf wiederholt werden.</translation>
    </message>
    <message>
        <source>Leave these services out; with --only, out of those that it names.</source>
        <translation>Diese Dienste weglassen; zusammen mit --only: von denen, die es nennt.</translation>
    </message>
    <message>
        <source>Services, in parentheses what each one needs: %1.</source>
        <translation>Dienste, in Klammern, was jeder braucht: %1.</translation>
    </message>
    <message>
        <source>An orchestrator for workers of your own, with nothing beside it.</source>
        <translation>Ein Orchestrator für eigene Worker, mit nichts daneben.</translation>
    </message>
    <message>
        <source>Run %1: %2.</source>
        <translation>Lauf %1: %2.</translation>
    </message>
    <message>
        <source>--%1 names nothing.</source>
        <translation>--%1 nennt nichts.</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot; is not BACKEND.SETTING=VALUE.</source>
        <translation>--%1 „%2“ ist nicht BACKEND.EINSTELLUNG=WERT.</translation>
    </message>
    <message>
        <source>--%1: there is no backend &quot;%2&quot;.</source>
        <translation>--%1: Es gibt kein Backend „%2“.</translation>
    </message>
    <message>
        <source>Or the settings of another backend: --set BACKEND.SETTING=VALUE.</source>
        <translation>Oder die Einstellungen eines anderen Backends: --set BACKEND.EINSTELLUNG=WERT.</translation>
    </message>
    <message>
        <source>add: a setting of a backend; may be repeated.</source>
        <translation>add: eine Einstellung eines Backends; darf mehrmals stehen.</translation>
    </message>
    <message>
        <source>add: file with a secret of a backend; goes to the keychain. May be repeated.</source>
        <translation>add: Datei mit einem Geheimnis eines Backends; es kommt in den Schlüsselbund. Darf mehrmals stehen.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>It must hold the secret and nothing else.</source>
        <translation>Sie muss das Geheimnis enthalten und nichts sonst.</translation>
    </message>
    <message>
        <source>The file %1 is empty.</source>
        <translation>Die Datei %1 ist leer.</translation>
    </message>
    <message>
        <source>%1.%2 is a secret, which others could read on a command line.</source>
        <translation>%1.%2 ist ein Geheimnis, das andere auf einer Befehlszeile lesen könnten.</translation>
    </message>
    <message>
        <source>Give it in a file: --secret %1.%2=FILE.</source>
        <translation>Geben Sie es in einer Datei an: --secret %1.%2=DATEI.</translation>
    </message>
    <message>
        <source>%1 has no secret &quot;%2&quot;.</source>
        <translation>%1 hat kein Geheimnis „%2“.</translation>
    </message>
    <message>
        <source>Runs a whole network on this machine: an orchestrator, a runner with demo capabilities and an AI gateway, each on
loopback. It checks every signature and every ticket as a real orchestrator does. One JSON line on standard
output says when it is ready; the log goes to standard error. Ctrl-C or SIGTERM stops it.</source>
        <translation>Betreibt ein ganzes Netzwerk auf diesem Rechner: einen Orchestrator, einen Runner mit Demo-Capabilities und ein
KI-Gateway, alle auf Loopback. Jede Signatur und jedes Ticket wird geprüft wie bei einem echten Orchestrator. Eine
JSON-Zeile auf der Standardausgabe meldet, wann es bereit ist; das Log geht auf die Standardfehlerausgabe. Strg-C oder
SIGTERM stoppt es.</translation>
    </message>
    <message>
        <source>What the AI gateway&apos;s /llm speaks: json (default), or form as gateways up to go-livepeer 0.8.2.</source>
        <translation>Was /llm des KI-Gateways spricht: json (Vorgabe) oder form wie Gateways bis go-livepeer 0.8.2.</translation>
    </message>
    <message>
        <source>Serves OpenAI&apos;s API on this machine until Ctrl-C: every program that knows OpenAI reaches what stands behind it.</source>
        <translation>Bietet OpenAIs API auf diesem Rechner an, bis Strg-C gedrückt wird: Jedes Programm, das OpenAI kennt, erreicht, was dahinter steht.</translation>
    </message>
    <message>
        <source>A Livepeer AI gateway: its pipelines behind OpenAI&apos;s routes.</source>
        <translation>Ein Livepeer-AI-Gateway: seine Pipelines hinter OpenAIs Pfaden.</translation>
    </message>
    <message>
        <source>Another OpenAI-compatible server.</source>
        <translation>Ein anderer OpenAI-kompatibler Server.</translation>
    </message>
    <message>
        <source>The capabilities of this profile, paid within its limits; a request&apos;s model names the capability.</source>
        <translation>Die Capabilities dieses Profils, innerhalb seiner Limits bezahlt; das Modell einer Anfrage nennt die Capability.</translation>
    </message>
    <message>
        <source>Environment variable with the key that callers must bring.</source>
        <translation>Umgebungsvariable mit dem Schlüssel, den Aufrufer mitbringen müssen.</translation>
    </message>
    <message>
        <source>Environment variable with the key for the gateway or upstream.</source>
        <translation>Umgebungsvariable mit dem Schlüssel für das Gateway oder den Server dahinter.</translation>
    </message>
    <message>
        <source>Path of the gateway&apos;s older chat form, where it is not /llm.</source>
        <translation>Pfad der älteren Chat-Form des Gateways, wo er nicht /llm ist.</translation>
    </message>
    <message>
        <source>Pictures come inside the answer where a request does not say.</source>
        <translation>Bilder stehen in der Antwort, wo eine Anfrage nichts dazu sagt.</translation>
    </message>
    <message>
        <source>Chats become the gateway&apos;s older form exactly as livepeer-openai-api-middleware makes it.</source>
        <translation>Chats werden zur älteren Form des Gateways, genau wie livepeer-openai-api-middleware es macht.</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;base_url&quot;:…}.</source>
        <translation>Die erste Zeile der Standardausgabe sagt, wo er lauscht: eine Adresse, oder mit --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;base_url&quot;:…}.</translation>
    </message>
    <message>
        <source>A gateway for the openai libraries: OPENAI_BASE_URL=http://127.0.0.1:8080/v1</source>
        <translation>Ein Gateway für die openai-Bibliotheken: OPENAI_BASE_URL=http://127.0.0.1:8080/v1</translation>
    </message>
    <message>
        <source>--%1: the environment variable %2 is not set.</source>
        <translation>--%1: Die Umgebungsvariable %2 ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>Say what stands behind it: one of --gateway URL, --upstream URL and --profile NAME.</source>
        <translation>Sagen Sie, was dahinter steht: eines von --gateway URL, --upstream URL und --profile NAME.</translation>
    </message>
    <message>
        <source>serve OpenAI&apos;s API in front of a gateway or another server</source>
        <translation>OpenAIs API vor einem Gateway, einem Profil oder einem anderen Server anbieten</translation>
    </message>
    <message>
        <source>--llm-dialect is json or form, not &quot;%1&quot;.</source>
        <translation>--llm-dialect ist json oder form, nicht „%1“.</translation>
    </message>
    <message>
        <source>add: whose it is, such as openai; default: the one whose names are like it, else the profile&apos;s first.</source>
        <translation>add: wessen sie ist, etwa openai; Vorgabe: dessen Namen ihr gleichen, sonst das erste des Profils.</translation>
    </message>
    <message>
        <source>There is no backend &quot;%1&quot;.</source>
        <translation>Es gibt kein Backend „%1“.</translation>
    </message>
    <message>
        <source>It is one of: %1.</source>
        <translation>Es ist eines von: %1.</translation>
    </message>
    <message>
        <source>Look for servers of language models on this machine instead (Ollama, LM Studio, llama.cpp, vLLM, Jan, GPT4All), and say how to add them.</source>
        <translation>Stattdessen auf diesem Rechner nach Servern mit Sprachmodellen suchen (Ollama, LM Studio, llama.cpp, vLLM, Jan, GPT4All) und sagen, wie man sie hinzufügt.</translation>
    </message>
    <message>
        <source>--find-local asks each of the usual ports of 127.0.0.1 once; SLUICE_LOCAL_PORTS names others, such as &quot;5000,Ollama=11500&quot;.</source>
        <translation>--find-local fragt jeden der üblichen Ports von 127.0.0.1 einmal; SLUICE_LOCAL_PORTS nennt andere, etwa &quot;5000,Ollama=11500&quot;.</translation>
    </message>
    <message>
        <source>Offer llm-chat, and the AI gateway&apos;s /llm, through this OpenAI-compatible server; its key comes from SLUICE_LLM_KEY.
auto: the first one that answers on this machine, as `sluicectl capabilities --find-local` finds it.</source>
        <translation>llm-chat und /llm des AI-Gateways über diesen OpenAI-kompatiblen Server anbieten; sein Schlüssel kommt aus SLUICE_LLM_KEY.
auto: der erste, der auf diesem Rechner antwortet, wie ihn `sluicectl capabilities --find-local` findet.</translation>
    </message>
    <message>
        <source>Model that llm-chat asks it for; with auto: its first one for chats.</source>
        <translation>Modell, das llm-chat von ihm verlangt; bei auto: sein erstes für Chats.</translation>
    </message>
    <message>
        <source>llm-chat and /llm are the model %1 of %2 at %3.</source>
        <translation>llm-chat und /llm sind das Modell %1 von %2 unter %3.</translation>
    </message>
    <message>
        <source>an OpenAI-compatible server</source>
        <translation>ein OpenAI-kompatibler Server</translation>
    </message>
    <message>
        <source>No server of language models was found on this machine: the sandbox&apos;s own chat stays.</source>
        <translation>Auf diesem Rechner wurde kein Server mit Sprachmodellen gefunden: Es bleibt beim eigenen Chat der Sandbox.</translation>
    </message>
    <message>
        <source>No server on this machine has the model %1: the sandbox&apos;s own chat stays.</source>
        <translation>Kein Server auf diesem Rechner hat das Modell %1: Es bleibt beim eigenen Chat der Sandbox.</translation>
    </message>
    <message>
        <source>probably %1</source>
        <translation>wahrscheinlich %1</translation>
    </message>
    <message>
        <source>No server of language models answers on this machine. Asked were the ports %1.</source>
        <translation>Auf diesem Rechner antwortet kein Server mit Sprachmodellen. Gefragt wurden die Ports %1.</translation>
    </message>
    <message>
        <source>Start one, for example Ollama, or name other ports: SLUICE_LOCAL_PORTS=5000,5001</source>
        <translation>Einen starten, zum Beispiel Ollama, oder andere Ports nennen: SLUICE_LOCAL_PORTS=5000,5001</translation>
    </message>
    <message>
        <source>ADDRESS|WHAT IT IS|MODELS</source>
        <translation>ADRESSE|WAS ES IST|MODELLE</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>(told only with its API key)</source>
        <translation>(nennt es nur mit seinem API-Schlüssel)</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>
To use one, add it as a profile:
</source>
        <translation>
Um einen zu benutzen, als Profil hinzufügen:
</translation>
    </message>
    <message>
        <source>Another client: each line is a message.</source>
        <translation>Ein anderer Client: Jede Zeile ist eine Nachricht.</translation>
    </message>
    <message>
        <source>Queues a job and prints its answer as it comes. The exit status is 0 only when the worker said that it was done.</source>
        <translation>Stellt einen Auftrag in die Warteschlange und gibt seine Antwort aus, wie sie kommt. Der Rückgabewert ist nur dann 0, wenn der Worker sagte, dass er fertig ist.</translation>
    </message>
    <message>
        <source>JSON file with the assistant: {&quot;streams&quot;:[…]}.</source>
        <translation>JSON-Datei mit dem Assistenten: {&quot;streams&quot;:[…]}.</translation>
    </message>
    <message>
        <source>JSON file with the messages before: [{&quot;role&quot;:…,&quot;content&quot;:…},…]. Sent as it is: a worker reads braces in it as placeholders.</source>
        <translation>JSON-Datei mit den Nachrichten davor: [{&quot;role&quot;:…,&quot;content&quot;:…},…]. Sie wird gesendet, wie sie ist: Ein Worker liest geschweifte Klammern darin als Platzhalter.</translation>
    </message>
    <message>
        <source>One job, its answer on standard output.</source>
        <translation>Ein Auftrag, seine Antwort auf der Standardausgabe.</translation>
    </message>
    <message>
        <source>--%1: %2: %3</source>
        <translation>--%1: %2: %3</translation>
    </message>
    <message>
        <source>Say which assistant: --template FILE.</source>
        <translation>Sagen Sie, welcher Assistent: --template DATEI.</translation>
    </message>
    <message>
        <source>Lists what waits and runs at a worker that tells it (sluicectl worker serve --list-jobs), or ends one of them.</source>
        <translation>Listet auf, was bei einem Worker wartet und läuft, der es sagt (sluicectl worker serve --list-jobs), oder beendet eines davon.</translation>
    </message>
    <message>
        <source>End this job, begun or not, at a worker with --cancel.</source>
        <translation>Diesen Auftrag beenden, begonnen oder nicht, bei einem Worker mit --cancel.</translation>
    </message>
    <message>
        <source>This LLM worker ends no jobs on demand.</source>
        <translation>Dieser LLM-Worker beendet keine Aufträge auf Verlangen.</translation>
    </message>
    <message>
        <source>The job was told to end; this worker does not tell what became of it.</source>
        <translation>Dem Auftrag wurde gesagt, dass er enden soll; dieser Worker sagt nicht, was daraus wurde.</translation>
    </message>
    <message>
        <source>Nothing waits or runs.</source>
        <translation>Nichts wartet oder läuft.</translation>
    </message>
    <message>
        <source>running since %1</source>
        <translation>läuft seit %1</translation>
    </message>
    <message>
        <source>number %1 in the queue, since %2</source>
        <translation>Nummer %1 in der Warteschlange, seit %2</translation>
    </message>
    <message>
        <source>Takes over the updates of a job and prints its answer as it comes; whoever listened before gets no more. A worker with the extension replay tells what came before, too; any other one says nothing of a job that has ended, or that it does not know.</source>
        <translation>Übernimmt die Meldungen eines Auftrags und gibt seine Antwort aus, wie sie kommt; wer vorher zuhörte, bekommt nichts mehr. Ein Worker mit der Erweiterung replay sagt auch, was vorher kam; jeder andere sagt nichts von einem Auftrag, der beendet ist oder den er nicht kennt.</translation>
    </message>
    <message>
        <source>Is an LLM worker until Ctrl-C: takes jobs over websockets at /ws/ and runs them one after the other.</source>
        <translation>Ist bis Strg-C ein LLM-Worker: nimmt Aufträge über Websockets unter /ws/ an und führt sie nacheinander aus.</translation>
    </message>
    <message>
        <source>Port, 0 for a free one; default: LISTEN_PORT, else 8001.</source>
        <translation>Port, 0 für einen freien; Vorgabe: LISTEN_PORT, sonst 8001.</translation>
    </message>
    <message>
        <source>A name by which clients reach this server besides its addresses; may be repeated.</source>
        <translation>Ein Name, unter dem Clients diesen Server außer unter seinen Adressen erreichen; darf mehrmals stehen.</translation>
    </message>
    <message>
        <source>Jobs at a time; default 1.</source>
        <translation>Aufträge zur gleichen Zeit; Vorgabe 1.</translation>
    </message>
    <message>
        <source>The capabilities of this profile as the provider &quot;local&quot;, paid within its limits; the model in a template&apos;s settings names the capability.</source>
        <translation>Die Capabilities dieses Profils als Provider „local“, innerhalb seiner Limits bezahlt; das Modell in den Einstellungen einer Vorlage nennt die Capability.</translation>
    </message>
    <message>
        <source>Jobs that may wait; a further one fails at once. Default: as many as fit into 256 MiB.</source>
        <translation>Aufträge, die warten dürfen; ein weiterer scheitert sofort. Vorgabe: so viele, wie in 256 MiB passen.</translation>
    </message>
    <message>
        <source>Keep the queue in this file, so that jobs that wait survive a restart.</source>
        <translation>Die Warteschlange in dieser Datei halten, sodass wartende Aufträge einen Neustart überstehen.</translation>
    </message>
    <message>
        <source>Give the text so far to who listens with &quot;replay&quot;:true.</source>
        <translation>Wer mit &quot;replay&quot;:true zuhört, bekommt den bisherigen Text.</translation>
    </message>
    <message>
        <source>Take the message {&quot;type&quot;:&quot;cancel&quot;,&quot;job_id&quot;:…}.</source>
        <translation>Die Nachricht {&quot;type&quot;:&quot;cancel&quot;,&quot;job_id&quot;:…} annehmen.</translation>
    </message>
    <message>
        <source>Take the message {&quot;type&quot;:&quot;jobs&quot;}; it tells everybody every job&apos;s id.</source>
        <translation>Die Nachricht {&quot;type&quot;:&quot;jobs&quot;} annehmen; sie sagt jedem die Kennung jedes Auftrags.</translation>
    </message>
    <message>
        <source>Environment, and a file .env: LISTEN_ADDRESS, LISTEN_PORT, OPENAI_API_KEY, OPENAI_BASE_URL, VLLM_URI, VLLM_API_KEY.</source>
        <translation>Umgebung und eine Datei .env: LISTEN_ADDRESS, LISTEN_PORT, OPENAI_API_KEY, OPENAI_BASE_URL, VLLM_URI, VLLM_API_KEY.</translation>
    </message>
    <message>
        <source>Models of a server on this machine, as the provider &quot;vllm&quot;.</source>
        <translation>Modelle eines Servers auf diesem Rechner, als Provider „vllm“.</translation>
    </message>
    <message>
        <source>serve an LLM worker, and queue assistant templates at one</source>
        <translation>ein LLM-Worker sein, und Assistentenvorlagen bei einem einreihen</translation>
    </message>
    <message>
        <source>The worker; default: LLM_WORKER_URI, else ws://localhost:8001/ws/.</source>
        <translation>Der Worker; Vorgabe: LLM_WORKER_URI, sonst ws://localhost:8001/ws/.</translation>
    </message>
    <message>
        <source>Seconds for the whole job, its place in the queue included; default 600.</source>
        <translation>Sekunden für den ganzen Auftrag, die Wartezeit eingeschlossen; Vorgabe 600.</translation>
    </message>
    <message>
        <source>Seconds between two pieces of the answer; default: no limit.</source>
        <translation>Sekunden zwischen zwei Stücken der Antwort; Vorgabe: keine Grenze.</translation>
    </message>
    <message>
        <source>--%1: %2 cannot be read: %3.</source>
        <translation>--%1: %2 kann nicht gelesen werden: %3.</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>Auftrag %1</translation>
    </message>
    <message>
        <source>The job is not followed any more.</source>
        <translation>Der Auftrag wird nicht weiter verfolgt.</translation>
    </message>
    <message>
        <source>Some of the answer may be missing: what came before, or while there was no connection, is not told again.</source>
        <translation>Von der Antwort kann etwas fehlen: Was vorher oder ohne Verbindung kam, wird nicht noch einmal gesagt.</translation>
    </message>
    <message>
        <source>--url &quot;%1&quot; is no address of a websocket.</source>
        <translation>--url „%1“ ist keine Adresse eines Websockets.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. ws://localhost:8001/ws/</source>
        <translation>Schreiben Sie sie ganz, z. B. ws://localhost:8001/ws/</translation>
    </message>
    <message>
        <source>--key and --signer are two who would pay: name one of them.</source>
        <translation>--key und --signer würden beide bezahlen: Nennen Sie eines davon.</translation>
    </message>
    <message>
        <source>A profile needs one of --orchestrator, --discovery, --signer and --gateway.</source>
        <translation>Ein Profil braucht eines von --orchestrator, --discovery, --signer und --gateway.</translation>
    </message>
    <message>
        <source>add: a remote signer signs and pays; may be repeated: the next one where one cannot be had.</source>
        <translation>add: Ein entfernter Signierer signiert und bezahlt; mehrfach möglich: der nächste, wo einer nicht zu erreichen ist.</translation>
    </message>
    <message>
        <source>Signs payments and jobs for programs that have no key, until Ctrl-C: a remote signer as go-livepeer&apos;s.
One JSON line on standard output says when it is ready; the log goes to standard error.</source>
        <translation>Signiert bis Strg-C Zahlungen und Aufträge für Programme ohne Schlüssel: ein entfernter Signierer wie der von go-livepeer.
Eine JSON-Zeile auf der Standardausgabe sagt, wann er bereit ist; das Protokoll geht an die Standardfehlerausgabe.</translation>
    </message>
    <message>
        <source>File with the key that signs: 64 hex digits. Default: SLUICE_SENDER_KEY.</source>
        <translation>Datei mit dem Schlüssel, der signiert: 64 Hexziffern. Vorgabe: SLUICE_SENDER_KEY.</translation>
    </message>
    <message>
        <source>Encrypted key file (Web3 secret storage) instead.</source>
        <translation>Stattdessen eine verschlüsselte Schlüsseldatei (Web3 Secret Storage).</translation>
    </message>
    <message>
        <source>Environment variable with its password.</source>
        <translation>Umgebungsvariable mit ihrem Passwort.</translation>
    </message>
    <message>
        <source>IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env or --webhook.</source>
        <translation>IP-Adresse, auf der gelauscht wird; Vorgabe: 127.0.0.1. Jede andere braucht --api-key-env oder --webhook.</translation>
    </message>
    <message>
        <source>Environment variable with the key that one caller must bring as a bearer; may be repeated.
The variable&apos;s name is the caller&apos;s.</source>
        <translation>Umgebungsvariable mit dem Schlüssel, den ein Aufrufer als Bearer mitbringen muss; mehrfach möglich.
Der Name der Variable ist der des Aufrufers.</translation>
    </message>
    <message>
        <source>Dearest price to sign for, in wei per unit (second, pixel or job), of one job type (lv2v, live, fixed, byoc)
or of every other one; may be repeated.</source>
        <translation>Höchster Preis, für den signiert wird, in Wei je Einheit (Sekunde, Pixel oder Auftrag), einer Auftragsart (lv2v, live, fixed, byoc)
oder aller übrigen; mehrfach möglich.</translation>
    </message>
    <message>
        <source>What each caller may spend in all, in expected value; needs --state.</source>
        <translation>Was jeder Aufrufer insgesamt ausgeben darf, als Erwartungswert; braucht --state.</translation>
    </message>
    <message>
        <source>File that keeps what callers spent and how far their payments have come.</source>
        <translation>Datei, die festhält, was Aufrufer ausgegeben haben und wie weit ihre Zahlungen sind.</translation>
    </message>
    <message>
        <source>Is asked before each payment whether it may be signed.</source>
        <translation>Wird vor jeder Zahlung gefragt, ob sie signiert werden darf.</translation>
    </message>
    <message>
        <source>Environment variable with the bearer that proves this signer to the webhook.</source>
        <translation>Umgebungsvariable mit dem Bearer, der diesen Signierer gegenüber dem Webhook ausweist.</translation>
    </message>
    <message>
        <source>Discovery URL whose list of orchestrators is passed on to callers.</source>
        <translation>Discovery-URL, deren Liste von Orchestratoren an Aufrufer weitergegeben wird.</translation>
    </message>
    <message>
        <source>The first line is {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}. Without --state, budgets and chains of payments go with the process.</source>
        <translation>Die erste Zeile ist {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}. Ohne --state vergehen Budgets und Zahlungsketten mit dem Prozess.</translation>
    </message>
    <message>
        <source>One caller, who may spend a hundredth of an ether.</source>
        <translation>Ein Aufrufer, der ein Hundertstel Ether ausgeben darf.</translation>
    </message>
    <message>
        <source>--keystore needs --password-env NAME.</source>
        <translation>--keystore braucht --password-env NAME.</translation>
    </message>
    <message>
        <source>There is no key to sign with.</source>
        <translation>Es gibt keinen Schlüssel, mit dem signiert werden könnte.</translation>
    </message>
    <message>
        <source>Give it with --key FILE, --keystore FILE or SLUICE_SENDER_KEY.</source>
        <translation>Geben Sie ihn mit --key FILE, --keystore FILE oder SLUICE_SENDER_KEY an.</translation>
    </message>
    <message>
        <source>sign payments for programs that have no key</source>
        <translation>Zahlungen für Programme ohne Schlüssel signieren</translation>
    </message>
    <message>
        <source>--max-price &quot;%1&quot; does not read [TYPE=]AMOUNT.</source>
        <translation>--max-price „%1“ ist nicht von der Form [TYPE=]AMOUNT.</translation>
    </message>
    <message>
        <source>TYPE is one of %1; an amount is &quot;8 gwei&quot;, a number of wei, or a fraction such as 1/2.</source>
        <translation>TYPE ist eines von %1; ein Betrag ist „8 gwei“, eine Anzahl Wei oder ein Bruch wie 1/2.</translation>
    </message>
    <message>
        <source>--cap-per-caller needs --state FILE: what was spent must not be forgotten with the process.</source>
        <translation>--cap-per-caller braucht --state FILE: Was ausgegeben wurde, darf nicht mit dem Prozess vergessen werden.</translation>
    </message>
    <message>
        <source>Lists what waits and runs at the LLM workers of the profile, as far as they tell, follows one of these jobs, or ends one.</source>
        <translation>Listet, was bei den LLM-Workern des Profils wartet und läuft, soweit sie es sagen, verfolgt einen dieser Jobs oder beendet einen.</translation>
    </message>
    <message>
        <source>Print this job&apos;s answer as it comes, from where it is; a run of its own in the history.
A worker tells one listener: whoever gave the job hears no more of it.</source>
        <translation>Die Antwort dieses Jobs ausgeben, wie sie kommt, von da an, wo er ist; ein eigener Lauf im Verlauf.
Ein Worker sagt es einem Zuhörer: Wer den Job abgegeben hat, hört nichts mehr davon.</translation>
    </message>
    <message>
        <source>End this job, begun or not.</source>
        <translation>Diesen Job beenden, begonnen oder nicht.</translation>
    </message>
    <message>
        <source>A worker without a profile is asked by `sluicectl worker jobs`.</source>
        <translation>Einen Worker ohne Profil fragt `sluicectl worker jobs`.</translation>
    </message>
    <message>
        <source>%1 does not tell what waits and runs there.</source>
        <translation>%1 sagt nicht, was dort wartet und läuft.</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; reaches no LLM worker.</source>
        <translation>Das Profil &quot;%1&quot; erreicht keinen LLM-Worker.</translation>
    </message>
    <message>
        <source>Add one to its backends (sluicectl profile add), or ask one by its address: sluicectl worker jobs --url URL</source>
        <translation>Einen zu seinen Backends hinzufügen (sluicectl profile add), oder einen über seine Adresse fragen: sluicectl worker jobs --url URL</translation>
    </message>
    <message>
        <source>Tell who asks with &quot;tell_streams&quot;:true what each stream of a template says, takes and costs.</source>
        <translation>Wer mit &quot;tell_streams&quot;:true fragt, erfährt, was jeder Strom einer Vorlage sagt, braucht und kostet.</translation>
    </message>
    <message>
        <source>list, follow and end the jobs at the profile&apos;s LLM workers</source>
        <translation>die Jobs bei den LLM-Workern des Profils listen, verfolgen und beenden</translation>
    </message>
    <message>
        <source>Number %1 in the queue.</source>
        <translation>Nummer %1 in der Warteschlange.</translation>
    </message>
    <message>
        <source>Stream %1 of %2: %3</source>
        <translation>Strom %1 von %2: %3</translation>
    </message>
    <message>
        <source>
Stream %1: %2 wei paid with tickets.</source>
        <translation>
Strom %1: %2 Wei mit Tickets bezahlt.</translation>
    </message>
    <message>
        <source>This program has no profiles: serve &quot;%1&quot; with sluicectl.</source>
        <translation>Dieses Programm hat keine Profile: „%1“ mit sluicectl anbieten.</translation>
    </message>
    <message>
        <source>This program is a part of sluicectl, and only serves: serve openai, worker serve.</source>
        <translation>Dieses Programm ist ein Teil von sluicectl und bietet nur an: serve openai, worker serve.</translation>
    </message>
    <message>
        <source>More than %1 bytes came on standard input.</source>
        <translation>Auf der Standardeingabe kamen mehr als %1 Bytes.</translation>
    </message>
    <message>
        <source>--fund takes ADDRESS=NEURON, for example 0xf39F…2266=1000000, not &quot;%1&quot;.</source>
        <translation>--fund erwartet ADRESSE=NEURON, zum Beispiel 0xf39F…2266=1000000, nicht „%1“.</translation>
    </message>
    <message>
        <source>Sets a new ledger up, as its owner.</source>
        <translation>Richtet ein neues Kontenbuch ein, als dessen Eigentümer.</translation>
    </message>
    <message>
        <source>The key of the owner, who may change the lock time later.</source>
        <translation>Der Schlüssel des Eigentümers, der die Sperrzeit später ändern darf.</translation>
    </message>
    <message>
        <source>Neuron in a wallet. May be repeated. With it wallets hold what there is and none goes
below zero; without it they are not counted.</source>
        <translation>Neuron in einer Geldbörse; mehrfach möglich. Damit enthalten Geldbörsen, was da ist, und keine
fällt unter null; ohne werden sie nicht gezählt.</translation>
    </message>
    <message>
        <source>The ledger&apos;s file.</source>
        <translation>Die Datei des Kontenbuchs.</translation>
    </message>
    <message>
        <source>There is no ledger %1.</source>
        <translation>Es gibt kein Kontenbuch %1.</translation>
    </message>
    <message>
        <source>Calls a function of the contract as the key&apos;s account. Standard input has {&quot;method&quot;,&quot;args&quot;,&quot;value&quot;}.</source>
        <translation>Ruft eine Funktion des Vertrags als das Konto des Schlüssels auf. Die Standardeingabe enthält {&quot;method&quot;,&quot;args&quot;,&quot;value&quot;}.</translation>
    </message>
    <message>
        <source>The key of the caller.</source>
        <translation>Der Schlüssel des Aufrufers.</translation>
    </message>
    <message>
        <source>Functions: %1.</source>
        <translation>Funktionen: %1.</translation>
    </message>
    <message>
        <source>Prints {&quot;ok&quot;:true,&quot;result&quot;:…}, or {&quot;ok&quot;:false,&quot;error&quot;:&quot;NonceUsed(0,2,1)&quot;} when the contract refuses; the exit status is then 1.</source>
        <translation>Gibt {&quot;ok&quot;:true,&quot;result&quot;:…} aus, oder {&quot;ok&quot;:false,&quot;error&quot;:&quot;NonceUsed(0,2,1)&quot;}, wenn der Vertrag ablehnt; der Rückgabewert ist dann 1.</translation>
    </message>
    <message>
        <source>A deposit, with the key of SLUICE_ZEROG_KEY.</source>
        <translation>Eine Einzahlung, mit dem Schlüssel aus SLUICE_ZEROG_KEY.</translation>
    </message>
    <message>
        <source>A new one, with refunds after an hour.</source>
        <translation>Ein neues, mit Rückzahlungen nach einer Stunde.</translation>
    </message>
    <message>
        <source>%1 is neither 64 hex digits nor a file that can be read.</source>
        <translation>%1 ist weder 64 Hexadezimalziffern noch eine lesbare Datei.</translation>
    </message>
    <message>
        <source>The file of %1 holds no key: 64 hex digits are expected in its first line.</source>
        <translation>Die Datei von %1 enthält keinen Schlüssel: In der ersten Zeile werden 64 Hexadezimalziffern erwartet.</translation>
    </message>
    <message>
        <source>The ledger&apos;s file, shared with other programs of this machine. Made when it is not there.</source>
        <translation>Die Datei des Kontenbuchs, gemeinsam mit anderen Programmen dieses Rechners. Wird angelegt, wenn es sie nicht gibt.</translation>
    </message>
    <message>
        <source>64 hex digits, or a file that holds them. Others may see an option: the environment&apos;s SLUICE_ZEROG_KEY is better.</source>
        <translation>64 Hexadezimalziffern oder eine Datei, die sie enthält. Andere können eine Option sehen: SLUICE_ZEROG_KEY in der Umgebung ist besser.</translation>
    </message>
    <message>
        <source>Say which ledger: --ledger FILE.</source>
        <translation>Welches Kontenbuch? --ledger DATEI angeben.</translation>
    </message>
    <message>
        <source>Say with which key: --key HEX, or SLUICE_ZEROG_KEY in the environment.</source>
        <translation>Mit welchem Schlüssel? --key HEX angeben, oder SLUICE_ZEROG_KEY in der Umgebung.</translation>
    </message>
    <message>
        <source>Sells services.</source>
        <translation>Verkauft Dienste.</translation>
    </message>
    <message>
        <source>Calls them.</source>
        <translation>Ruft sie auf.</translation>
    </message>
    <message>
        <source>Everything that the ledger holds.</source>
        <translation>Alles, was im Hauptbuch steht.</translation>
    </message>
    <message>
        <source>Port on 127.0.0.1, 0 for a free one; default %1.</source>
        <translation>Port auf 127.0.0.1, 0 für einen freien; sonst %1.</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}.</source>
        <translation>Die erste Zeile der Standardausgabe sagt, wo er lauscht: eine Adresse oder mit --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;address&quot;:…}.</translation>
    </message>
    <message>
        <source>--%1 &quot;%2&quot;: seconds from 0.05 to %3 are expected.</source>
        <translation>--%1 „%2“: Erwartet werden Sekunden von 0.05 bis %3.</translation>
    </message>
    <message>
        <source>Is the provider agent of 0G serving until Ctrl-C: registers services, checks and records signed calls, passes them on and settles what they cost.</source>
        <translation>Ist bis Strg-C der Provider-Agent von 0G Serving: meldet Dienste an, prüft und verzeichnet unterschriebene Aufrufe, reicht sie weiter und rechnet ab, was sie kosten.</translation>
    </message>
    <message>
        <source>The provider&apos;s key: whose services they are, and who is paid.</source>
        <translation>Der Schlüssel des Anbieters: wessen Dienste es sind und wer bezahlt wird.</translation>
    </message>
    <message>
        <source>Where users&apos; agents reach this one, as the ledger lists it; default: where it listens.</source>
        <translation>Wo ihn die Agents der Nutzer erreichen, so wie es im Hauptbuch steht; sonst da, wo er lauscht.</translation>
    </message>
    <message>
        <source>Address to listen on; default 127.0.0.1. Only /v1/proxy is answered to other machines.</source>
        <translation>Adresse, an der er lauscht; sonst 127.0.0.1. Anderen Rechnern antwortet er nur unter /v1/proxy.</translation>
    </message>
    <message>
        <source>Seconds from one look at users who may not be able to pay to the next; default 600.</source>
        <translation>Sekunden von einem Blick nach Nutzern, die vielleicht nicht zahlen können, zum nächsten; sonst 600.</translation>
    </message>
    <message>
        <source>Seconds from one settlement of everything to the next; default 86400.</source>
        <translation>Sekunden von einer Abrechnung über alles zur nächsten; sonst 86400.</translation>
    </message>
    <message>
        <source>Then POST /v1/service registers a service.</source>
        <translation>Dann meldet POST /v1/service einen Dienst an.</translation>
    </message>
    <message>
        <source>Is the user agent of 0G serving until Ctrl-C: keeps accounts at providers, and signs and pays the calls of this machine&apos;s programs.</source>
        <translation>Ist bis Strg-C der User-Agent von 0G Serving: hat Konten bei Anbietern und unterschreibt und bezahlt die Aufrufe der Programme dieses Rechners.</translation>
    </message>
    <message>
        <source>The user&apos;s key: who signs and pays.</source>
        <translation>Der Schlüssel des Nutzers: wer unterschreibt und zahlt.</translation>
    </message>
    <message>
        <source>Seconds from one look for refunds that are due to the next; default 600.</source>
        <translation>Sekunden von einem Blick nach fälligen Rückzahlungen zum nächsten; sonst 600.</translation>
    </message>
    <message>
        <source>Then GET /v1/service lists what is offered.</source>
        <translation>Dann nennt GET /v1/service, was angeboten wird.</translation>
    </message>
    <message>
        <source>0G serving: sell services, call and pay them, and keep their ledger</source>
        <translation>0G Serving: Dienste verkaufen, aufrufen und bezahlen, und das Hauptbuch dazu führen</translation>
    </message>
    <message>
        <source>Lists the servers that may take the calls of a capability, each asked for its terms: price, latency, free slots, how calls went,
and why it is asked first or not at all. One may be pinned, others excluded; that is kept in the profile and holds for later calls.
Nothing is paid.</source>
        <translation>Listet die Server, die die Aufrufe einer Capability annehmen können, jeder nach seinen Bedingungen gefragt: Preis, Latenz, freie Plätze, wie
Aufrufe liefen, und warum er zuerst oder gar nicht gefragt wird. Einer kann angeheftet, andere können ausgeschlossen werden; das steht im Profil
und gilt für spätere Aufrufe. Bezahlt wird nichts.</translation>
    </message>
    <message>
        <source>From now on calls go to this server and to no other.</source>
        <translation>Aufrufe gehen von nun an zu diesem Server und zu keinem anderen.</translation>
    </message>
    <message>
        <source>Take the pin off.</source>
        <translation>Das Anheften aufheben.</translation>
    </message>
    <message>
        <source>No call goes to this server from now on; may be repeated.</source>
        <translation>Von nun an geht kein Aufruf zu diesem Server; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Take an excluded server in again; may be repeated.</source>
        <translation>Einen ausgeschlossenen Server wieder aufnehmen; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Without a capability, the first that can be had from several servers is shown.</source>
        <translation>Ohne Capability wird die erste gezeigt, die es bei mehreren Servern geben kann.</translation>
    </message>
    <message>
        <source>One server, whatever others cost.</source>
        <translation>Ein Server, was immer andere kosten.</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>asked first</source>
        <translation>zuerst gefragt</translation>
    </message>
    <message>
        <source>asked as number %1</source>
        <translation>als Nummer %1 gefragt</translation>
    </message>
    <message>
        <source>tells no free slot</source>
        <translation>meldet keinen freien Platz</translation>
    </message>
    <message>
        <source>away: %1</source>
        <translation>nicht erreichbar: %1</translation>
    </message>
    <message>
        <source>excluded by you</source>
        <translation>von Ihnen ausgeschlossen</translation>
    </message>
    <message>
        <source>not asked: another one is pinned</source>
        <translation>nicht gefragt: ein anderer ist angeheftet</translation>
    </message>
    <message>
        <source>SERVER|PRICE|LATENCY|FREE|TAKEN|WHY</source>
        <translation>SERVER|PREIS|LATENZ|FREI|ANGENOMMEN|WARUM</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 is pinned and is none of these servers: calls fail until it is unpinned.</source>
        <translation>%1 ist angeheftet und ist keiner dieser Server: Aufrufe schlagen fehl, bis das aufgehoben ist.</translation>
    </message>
    <message>
        <source>No server is known that offers %1.</source>
        <translation>Es ist kein Server bekannt, der %1 anbietet.</translation>
    </message>
    <message>
        <source>--pin and --unpin exclude each other.</source>
        <translation>--pin und --unpin schließen einander aus.</translation>
    </message>
    <message>
        <source>Nothing that this profile offers can be had from several servers.</source>
        <translation>Nichts, was dieses Profil bietet, gibt es bei mehreren Servern.</translation>
    </message>
    <message>
        <source>Name a capability; those of Livepeer&apos;s orchestrators can.</source>
        <translation>Nennen Sie eine Capability; bei denen von Livepeers Orchestratoren ist das so.</translation>
    </message>
    <message>
        <source>Pins and exclusions are kept in a profile, and the command line named the network itself.</source>
        <translation>Angeheftetes und Ausgeschlossenes steht in einem Profil, und die Befehlszeile nannte das Netz selbst.</translation>
    </message>
    <message>
        <source>Name one: --profile NAME.</source>
        <translation>Nennen Sie eines: --profile NAME.</translation>
    </message>
    <message>
        <source>show which servers take calls and why; pin or exclude one</source>
        <translation>zeigen, welche Server Aufrufe annehmen und warum; einen anheften oder ausschließen</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no clearinghouse to sign in at.</source>
        <translation>Das Profil „%1“ nennt kein Clearinghouse zum Anmelden.</translation>
    </message>
    <message>
        <source>Name one: sluicectl profile add NAME --signer URL --set byoc.issuer_url=URL --set byoc.client_id=ID</source>
        <translation>Nennen Sie eines: sluicectl profile add NAME --signer URL --set byoc.issuer_url=URL --set byoc.client_id=ID</translation>
    </message>
    <message>
        <source>Open %1
and enter the code  %2
It holds until %3; Ctrl-C gives up.</source>
        <translation>Öffnen Sie %1
und geben Sie den Code ein:  %2
Er gilt bis %3; Strg-C gibt auf.</translation>
    </message>
    <message>
        <source>Signed in, but there is no keychain here, so the sign-in was not kept.</source>
        <translation>Angemeldet, aber hier gibt es keinen Schlüsselbund, darum wurde die Anmeldung nicht behalten.</translation>
    </message>
    <message>
        <source>Signed in. It is kept in the keychain and renewed by itself.</source>
        <translation>Angemeldet. Das steht im Schlüsselbund und wird von selbst erneuert.</translation>
    </message>
    <message>
        <source>Sign in at its clearinghouse with a browser: byoc.issuer_url and byoc.client_id say where.</source>
        <translation>Mit einem Browser bei seinem Clearinghouse anmelden: byoc.issuer_url und byoc.client_id sagen, wo.</translation>
    </message>
    <message>
        <source>Port of the orchestrator; default: the last one, if it is free, else 8935, else any.</source>
        <translation>Port des Orchestrators; Vorgabe: der letzte, wenn er frei ist, sonst 8935, sonst irgendeiner.</translation>
    </message>
    <message>
        <source>Where the app is called, with its query; may be repeated: one call after the other.</source>
        <translation>Wo die App aufgerufen wird, mit Abfrage; darf wiederholt werden: ein Aufruf nach dem anderen.</translation>
    </message>
    <message>
        <source>Method of these calls; default POST.</source>
        <translation>Methode dieser Aufrufe; ohne Angabe POST.</translation>
    </message>
    <message>
        <source>Their body: JSON, @FILE, or -; default {}.</source>
        <translation>Ihr Inhalt: JSON, @DATEI oder -; ohne Angabe {}.</translation>
    </message>
    <message>
        <source>Of that body; default application/json.</source>
        <translation>Typ dieses Inhalts; ohne Angabe application/json.</translation>
    </message>
    <message>
        <source>Keep the session for so long after the calls.</source>
        <translation>Hält die Sitzung nach den Aufrufen so lange offen.</translation>
    </message>
    <message>
        <source>Seconds for the reservation, and for each call; default 60.</source>
        <translation>Sekunden für die Reservierung und für jeden Aufruf; ohne Angabe 60.</translation>
    </message>
    <message>
        <source>Largest expected value of tickets that the session may send, as &quot;0.01 ETH&quot; or a number of wei.</source>
        <translation>Größter Erwartungswert der Tickets, die die Sitzung senden darf, als &quot;0.01 ETH&quot; oder eine Zahl in wei.</translation>
    </message>
    <message>
        <source>One call within a session.</source>
        <translation>Ein Aufruf in einer Sitzung.</translation>
    </message>
    <message>
        <source>Holds the session open; its address is for other programs.</source>
        <translation>Hält die Sitzung offen; ihre Adresse ist für andere Programme.</translation>
    </message>
    <message>
        <source>%1 answered %2.</source>
        <translation>%1 antwortete mit %2.</translation>
    </message>
    <message>
        <source>session %1 at %2</source>
        <translation>Sitzung %1 bei %2</translation>
    </message>
    <message>
        <source>paid %1 wei</source>
        <translation>%1 wei bezahlt</translation>
    </message>
    <message>
        <source>reserve a session with an app of a live runner, and call it</source>
        <translation>eine Sitzung mit einer App eines Live-Runners reservieren und sie aufrufen</translation>
    </message>
    <message>
        <source>What is sold on 0G&apos;s mainnet, and for how much.</source>
        <translation>Was auf dem Hauptnetz von 0G verkauft wird, und für wie viel.</translation>
    </message>
    <message>
        <source>File of the agent&apos;s own state; default: beside the ledger&apos;s file, one for each key.</source>
        <translation>Datei für den eigenen Zustand des Agenten; sonst neben der Datei des Kontenbuchs, eine für jeden Schlüssel.</translation>
    </message>
    <message>
        <source>Say where the agent keeps its state: --state FILE.</source>
        <translation>Angeben, wo der Agent seinen Zustand hält: --state DATEI.</translation>
    </message>
    <message>
        <source>With the contract on a chain.</source>
        <translation>Mit dem Vertrag auf einer Kette.</translation>
    </message>
    <message>
        <source>0G&apos;s compute network of today, read from its contracts by a node&apos;s JSON-RPC: services and prices, and what a wallet has in itself, in the ledger and at providers. Nothing is signed or spent.</source>
        <translation>Das heutige Rechennetz von 0G, über die JSON-RPC eines Knotens aus seinen Verträgen gelesen: Dienste und Preise, und was eine Geldbörse in sich, im Kontenbuch und bei Anbietern hat. Nichts wird unterschrieben oder ausgegeben.</translation>
    </message>
    <message>
        <source>JSON-RPC address of a node; default: the profile&apos;s.</source>
        <translation>JSON-RPC-Adresse eines Knotens; sonst die des Profils.</translation>
    </message>
    <message>
        <source>Address of LedgerManager; not needed on 0G&apos;s mainnet and testnet.</source>
        <translation>Adresse von LedgerManager; auf Hauptnetz und Testnetz von 0G nicht nötig.</translation>
    </message>
    <message>
        <source>Whose money is shown; default: the profile&apos;s, else that of its user agent.</source>
        <translation>Wessen Geld gezeigt wird; sonst das des Profils, sonst das seines Benutzeragenten.</translation>
    </message>
    <message>
        <source>Profile whose settings of 0G serving are used; default: the current one. Not looked at with --chain.</source>
        <translation>Profil, dessen Einstellungen für 0G Serving gelten; sonst das aktuelle. Mit --chain nicht beachtet.</translation>
    </message>
    <message>
        <source>Mainnet, and one wallet&apos;s three pots.</source>
        <translation>Das Hauptnetz, und die drei Töpfe einer Geldbörse.</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no chain for 0G serving.</source>
        <translation>Das Profil „%1“ nennt keine Kette für 0G Serving.</translation>
    </message>
    <message>
        <source>Say one: --chain https://evmrpc.0g.ai</source>
        <translation>Eine angeben: --chain https://evmrpc.0g.ai</translation>
    </message>
    <message>
        <source>Whose money is there is not shown: say --wallet ADDRESS.</source>
        <translation>Wessen Geld dort ist, wird nicht gezeigt: --wallet ADRESSE angeben.</translation>
    </message>
    <message>
        <source>Whose money is there is not known: %1</source>
        <translation>Wessen Geld dort ist, ist nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Money of %1:</source>
        <translation>Geld von %1:</translation>
    </message>
    <message>
        <source>  1. in the wallet: %1</source>
        <translation>  1. in der Geldbörse: %1</translation>
    </message>
    <message>
        <source>  2. in the ledger: %1, of it free to be sent to providers or taken back: %2</source>
        <translation>  2. im Kontenbuch: %1, davon frei, um an Anbieter gesandt oder zurückgenommen zu werden: %2</translation>
    </message>
    <message>
        <source>  2. in the ledger: nothing, there is none yet</source>
        <translation>  2. im Kontenbuch: nichts, es gibt noch keines</translation>
    </message>
    <message>
        <source>  3. at providers: no account yet</source>
        <translation>  3. bei Anbietern: noch kein Konto</translation>
    </message>
    <message>
        <source>  3. at providers:</source>
        <translation>  3. bei Anbietern:</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>anerkannt</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>nicht anerkannt</translation>
    </message>
    <message>
        <source>       of it %1 on the way back to the ledger, due %2</source>
        <translation>       davon %1 auf dem Rückweg ins Kontenbuch, fällig %2</translation>
    </message>
    <message>
        <source>chain %1</source>
        <translation>Kette %1</translation>
    </message>
    <message>
        <source>%1 (chain %2)</source>
        <translation>%1 (Kette %2)</translation>
    </message>
    <message>
        <source>%1, block %2 of %3</source>
        <translation>%1, Block %2 von %3</translation>
    </message>
    <message>
        <source>ledger %1, %2 %3</source>
        <translation>Kontenbuch %1, %2 %3</translation>
    </message>
    <message>
        <source>PROVIDER</source>
        <translation>ANBIETER</translation>
    </message>
    <message>
        <source>TYPE</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>MODEL</source>
        <translation>MODELL</translation>
    </message>
    <message>
        <source>PRICE IN</source>
        <translation>PREIS EIN</translation>
    </message>
    <message>
        <source>PRICE OUT</source>
        <translation>PREIS AUS</translation>
    </message>
    <message>
        <source>ACKNOWLEDGED</source>
        <translation>ANERKANNT</translation>
    </message>
    <message>
        <source>No provider sells anything there.</source>
        <translation>Dort verkauft kein Anbieter etwas.</translation>
    </message>
    <message>
        <source>There is more than is shown: reading ended at %1 services.</source>
        <translation>Es gibt mehr, als gezeigt wird: Das Lesen endete bei %1 Diensten.</translation>
    </message>
    <message>
        <source>In place of a file: JSON-RPC address of a node of the chain on which the ledger&apos;s contract is. Each change costs the key&apos;s account gas.</source>
        <translation>Statt einer Datei: JSON-RPC-Adresse eines Knotens der Kette, auf der der Vertrag des Kontenbuchs steht. Jede Änderung kostet das Konto des Schlüssels Gas.</translation>
    </message>
    <message>
        <source>The contract&apos;s address there.</source>
        <translation>Adresse des Vertrags dort.</translation>
    </message>
    <message>
        <source>A ledger on a chain needs both: --chain URL --contract ADDRESS.</source>
        <translation>Ein Kontenbuch auf einer Kette braucht beides: --chain URL --contract ADRESSE.</translation>
    </message>
    <message>
        <source>The ledger is a file or on a chain: say --ledger or --chain, not both.</source>
        <translation>Das Kontenbuch ist eine Datei oder auf einer Kette: --ledger oder --chain angeben, nicht beides.</translation>
    </message>
    <message>
        <source>--chain &quot;%1&quot; is no address for HTTP.</source>
        <translation>--chain „%1“ ist keine Adresse für HTTP.</translation>
    </message>
    <message>
        <source>Write it whole, e.g. http://127.0.0.1:8545</source>
        <translation>Schreiben Sie sie ganz, z. B. http://127.0.0.1:8545</translation>
    </message>
    <message>
        <source>--contract: %1</source>
        <translation>--contract: %1</translation>
    </message>
    <message>
        <source>Agree to what moves money. Without it a terminal is asked, and nothing else is taken for a yes.</source>
        <translation>Dem zustimmen, was Geld bewegt. Sonst wird am Terminal gefragt, und nichts anderes gilt als Ja.</translation>
    </message>
    <message>
        <source>Balances, what was asked back, services and prices.</source>
        <translation>Kontostände, Zurückgefordertes, Dienste und Preise.</translation>
    </message>
    <message>
        <source>Without a question.</source>
        <translation>Ohne Rückfrage.</translation>
    </message>
    <message>
        <source>SERVICE</source>
        <translation>DIENST</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>SENT</source>
        <translation>GESENDET</translation>
    </message>
    <message>
        <source>RECEIVED</source>
        <translation>EMPFANGEN</translation>
    </message>
    <message>
        <source>Account of %1, wallet %2
</source>
        <translation>Konto von %1, Wallet %2
</translation>
    </message>
    <message>
        <source>At %1: %2, asked back %3
</source>
        <translation>Bei %1: %2, zurückgefordert %3
</translation>
    </message>
    <message>
        <source>  refund %1: %2, due %3
</source>
        <translation>  Rückzahlung %1: %2, fällig %3
</translation>
    </message>
    <message>
        <source>There is no account at any provider yet: sluicectl accounts deposit opens one.</source>
        <translation>Es gibt noch bei keinem Anbieter ein Konto: sluicectl accounts deposit eröffnet eines.</translation>
    </message>
    <message>
        <source>ASKED</source>
        <translation>GEFRAGT</translation>
    </message>
    <message>
        <source>NONCE</source>
        <translation>NONCE</translation>
    </message>
    <message>
        <source>ANSWER BEFORE</source>
        <translation>ANTWORT DAVOR</translation>
    </message>
    <message>
        <source>FEE</source>
        <translation>GEBÜHR</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>SIGNATURE</source>
        <translation>SIGNATUR</translation>
    </message>
    <message>
        <source>Provider %1, wallet %2, not settled %3
</source>
        <translation>Anbieter %1, Wallet %2, nicht abgerechnet %3
</translation>
    </message>
    <message>
        <source>%1 can pay %2, owes %3
</source>
        <translation>%1 kann %2 zahlen, schuldet %3
</translation>
    </message>
    <message>
        <source>settled %1 (%2): %3
</source>
        <translation>abgerechnet %1 (%2): %3
</translation>
    </message>
    <message>
        <source>%1 Nobody is there to agree.</source>
        <translation>%1 Niemand ist da, der zustimmen könnte.</translation>
    </message>
    <message>
        <source>Say it with --yes.</source>
        <translation>Sagen Sie es mit --yes.</translation>
    </message>
    <message>
        <source>%1 [y/N] </source>
        <translation>%1 [y/N] </translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Nichts wurde getan.</translation>
    </message>
    <message>
        <source>There is no provider.</source>
        <translation>Es gibt keinen Anbieter.</translation>
    </message>
    <message>
        <source>There are %1 providers.</source>
        <translation>Es gibt %1 Anbieter.</translation>
    </message>
    <message>
        <source>Say which: --provider ADDRESS. sluicectl accounts lists them.</source>
        <translation>Sagen Sie, welcher: --provider ADRESSE. sluicectl accounts führt sie auf.</translation>
    </message>
    <message>
        <source>Say how much: --amount &quot;0.5 A0GI&quot;.</source>
        <translation>Sagen Sie, wie viel: --amount &quot;0.5 A0GI&quot;.</translation>
    </message>
    <message>
        <source>Deposit %1 at %2?</source>
        <translation>%1 bei %2 einzahlen?</translation>
    </message>
    <message>
        <source>Ask %1 back from %2?</source>
        <translation>%1 von %2 zurückfordern?</translation>
    </message>
    <message>
        <source>Deposited %1 at %2; the account has %3.</source>
        <translation>%1 bei %2 eingezahlt; das Konto hat %3.</translation>
    </message>
    <message>
        <source>Asked %1 back from %2; it comes when its time is over.</source>
        <translation>%1 von %2 zurückgefordert; es kommt, wenn die Frist abgelaufen ist.</translation>
    </message>
    <message>
        <source>Settle %1?</source>
        <translation>%1 abrechnen?</translation>
    </message>
    <message>
        <source>Nothing was to be settled.</source>
        <translation>Es war nichts abzurechnen.</translation>
    </message>
    <message>
        <source>Settled: %1 came in.</source>
        <translation>Abgerechnet: %1 kam herein.</translation>
    </message>
    <message>
        <source>Nothing was settled: %1</source>
        <translation>Nichts wurde abgerechnet: %1</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>Ausgelassen: %1</translation>
    </message>
    <message>
        <source>Add it to the profile: sluicectl profile add NAME --set %1</source>
        <translation>Fügen Sie es dem Profil hinzu: sluicectl profile add NAME --set %1</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; names no provider agent of yours.</source>
        <translation>Das Profil „%1“ nennt keinen Anbieter-Agenten von Ihnen.</translation>
    </message>
    <message>
        <source>The profile &quot;%1&quot; pays from no accounts: it names no user agent of 0G.</source>
        <translation>Das Profil „%1“ zahlt aus keinen Konten: Es nennt keinen Nutzer-Agenten von 0G.</translation>
    </message>
    <message>
        <source>What was due has been paid.</source>
        <translation>Was fällig war, ist ausgezahlt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is nothing that accounts does: %2 are.</source>
        <translation>„%1“ kann accounts nicht: %2 kann es.</translation>
    </message>
    <message>
        <source>show, fill and empty the accounts that pay 0G&apos;s services, and settle your sales</source>
        <translation>die Konten zeigen, füllen und leeren, die 0Gs Dienste bezahlen, und Verkäufe abrechnen</translation>
    </message>
    <message>
        <source>Further apps of the live runner, as a runners.json names them.</source>
        <translation>Weitere Apps des Live-Runners, so wie eine runners.json sie nennt.</translation>
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
        <translation>Die Konten bei Anbietern von 0G, aus denen die Aufrufe des Profils bezahlt werden, und was Ihr eigener Anbieter-Agent verkauft.
  list     die Konten, Zurückgefordertes und was verkauft wird; auch ohne Wort
  calls    die letzten Anfragen mit ihren Gebühren und ob ihre Signaturen stimmen
  deposit  Geld einzahlen; das eröffnet ein Konto, wo es keines gibt
  refund   Geld zurückfordern; es kommt, wenn die Sperrfrist des Kontenbuchs abgelaufen ist
  payout   davon auszahlen lassen, was fällig ist
  sales    was Ihr Anbieter-Agent verkauft und verkauft hat, an wen, und was nicht abgerechnet ist
  settle   es abrechnen lassen</translation>
    </message>
    <message>
        <source>For deposit and refund: &quot;0.5 A0GI&quot; or &quot;1000 neuron&quot;; a number alone is A0GI.</source>
        <translation>Für deposit und refund: &quot;0.5 A0GI&quot; oder &quot;1000 neuron&quot;; eine Zahl allein ist A0GI.</translation>
    </message>
    <message>
        <source>Of calls and sales, that many at most; default 100.</source>
        <translation>Von Aufrufen und Verkäufen höchstens so viele; Vorgabe 100.</translation>
    </message>
    <message>
        <source>There is no account at %1.</source>
        <translation>Bei %1 gibt es kein Konto.</translation>
    </message>
    <message>
        <source>%1 sells nothing here.</source>
        <translation>%1 verkauft hier nichts.</translation>
    </message>
    <message>
        <source>sluicectl accounts lists accounts, services and their providers.</source>
        <translation>sluicectl accounts führt Konten, Dienste und deren Anbieter auf.</translation>
    </message>
    <message>
        <source>--amount must be more than 0.</source>
        <translation>--amount muss mehr als 0 sein.</translation>
    </message>
    <message>
        <source>Exit status: 0 done, 1 the call failed, 2 wrong usage or input, 3 no orchestrator or network,
4 payment, price, balance or spend limit, 5 cancelled, 6 timed out, 130 interrupted (Ctrl-C).
</source>
        <translation>Exit-Status: 0 erledigt, 1 Aufruf fehlgeschlagen, 2 falsche Verwendung oder Eingabe, 3 kein Orchestrator oder Netzwerk,
4 Zahlung, Preis, Guthaben oder Ausgabenlimit, 5 abgebrochen, 6 Zeitlimit überschritten, 130 unterbrochen (Strg-C).
</translation>
    </message>
    <message>
        <source>In which order servers are asked: automatic (best where the servers were discovered, else as listed), listed or best.</source>
        <translation>In welcher Reihenfolge Server gefragt werden: automatic (der beste zuerst, wo eine Auskunft sie nannte, sonst wie aufgeführt), listed oder best.</translation>
    </message>
    <message>
        <source>Prices of --json are wei per second, whole or as a fraction (&quot;20/3&quot;); latencies are milliseconds.</source>
        <translation>Preise von --json sind Wei je Sekunde, ganz oder als Bruch (&quot;20/3&quot;); Latenzen sind Millisekunden.</translation>
    </message>
    <message>
        <source>Serves what a network offers under another API, until Ctrl-C.
  openai  OpenAI&apos;s API, in front of a gateway, another server or a profile
It has --help.</source>
        <translation>Bietet an, was ein Netzwerk hat, unter einer anderen API, bis Strg-C.
  openai  OpenAIs API vor einem Gateway, einem anderen Server oder einem Profil
Es hat --help.</translation>
    </message>
    <message>
        <source>A profile&apos;s capabilities as models.</source>
        <translation>Die Capabilities eines Profils als Modelle.</translation>
    </message>
    <message>
        <source>Reserves a session with an app of a live runner, pays for it while it lasts, and stops it at the end.
With --path the app is called and its answer goes to standard output; without, the session stays until Ctrl-C.
Everything else goes to standard error; --json writes all of it to standard output.</source>
        <translation>Reserviert eine Sitzung mit einer App eines Live-Runners, bezahlt sie, solange sie dauert, und beendet sie am Ende.
Mit --path wird die App aufgerufen, und ihre Antwort geht auf die Standardausgabe; ohne bleibt die Sitzung bis Strg-C.
Alles andere geht auf die Standardfehlerausgabe; --json schreibt alles auf die Standardausgabe.</translation>
    </message>
    <message>
        <source>say what: %1.</source>
        <translation>sagen Sie, was: %1.</translation>
    </message>
    <message>
        <source>there is no &quot;%1&quot;; there is: %2.</source>
        <translation>es gibt kein „%1“; es gibt: %2.</translation>
    </message>
    <message>
        <source>there is no &quot;%1&quot;. Did you mean &quot;%2&quot;?</source>
        <translation>es gibt kein „%1“. Meinten Sie „%2“?</translation>
    </message>
    <message>
        <source>Runs assistant templates as jobs in the queue of an LLM worker, or is one.
  serve   be a worker, until Ctrl-C
  add     put a template into the queue and print its answer
  listen  take over the updates of a job and print its answer
  jobs    list what waits and runs, or end one of them
Each has --help.</source>
        <translation>Führt Assistenten-Vorlagen als Aufträge in der Warteschlange eines LLM-Workers aus oder ist einer.
  serve   ein Worker sein, bis Strg-C
  add     eine Vorlage in die Warteschlange stellen und ihre Antwort ausgeben
  listen  die Meldungen eines Auftrags übernehmen und seine Antwort ausgeben
  jobs    auflisten, was wartet und läuft, oder davon etwas beenden
Jedes hat --help.</translation>
    </message>
    <message>
        <source>A worker in front of a profile&apos;s capabilities.</source>
        <translation>Ein Worker vor den Capabilities eines Profils.</translation>
    </message>
    <message>
        <source>What is before a new job there.</source>
        <translation>Was dort vor einem neuen Auftrag ist.</translation>
    </message>
    <message>
        <source>0G serving on this machine, and the network of today to be looked at.
  provider  be the agent that sells services, until Ctrl-C
  user      be the agent that calls and pays them, until Ctrl-C
  ledger    set up, show and call the contract&apos;s accounts, refunds and settlements in a file that both agents share
  network   show what today&apos;s contracts have: services, prices and a wallet&apos;s money
Each has --help.</source>
        <translation>0G Serving auf diesem Rechner, und das Netz von heute zum Ansehen.
  provider  der Agent sein, der Dienste verkauft, bis Strg-C
  user      der Agent sein, der sie aufruft und bezahlt, bis Strg-C
  ledger    Konten, Rückzahlungen und Abrechnungen des Vertrags in einer Datei, die beide Agenten teilen: einrichten, zeigen, aufrufen
  network   zeigen, was die Verträge von heute haben: Dienste, Preise und das Geld eines Wallets
Jedes hat --help.</translation>
    </message>
    <message>
        <source>Seconds that a refund is locked; default %1.</source>
        <translation>Sekunden, die eine Rückzahlung gesperrt ist; Vorgabe %1.</translation>
    </message>
    <message>
        <source>Prints lock time, wallets, accounts and services of one moment as JSON.</source>
        <translation>Gibt Sperrfrist, Wallets, Konten und Dienste eines Augenblicks als JSON aus.</translation>
    </message>
    <message>
        <source>The contract&apos;s accounts, services, refunds and settlements in one file, with its rules.
  init  set a new one up, as its owner
  show  print all that it holds at one moment, as JSON
  call  call a function of the contract
Each has --help.</source>
        <translation>Konten, Dienste, Rückzahlungen und Abrechnungen des Vertrags in einer Datei, mit seinen Regeln.
  init  ein neues einrichten, als sein Eigentümer
  show  alles ausgeben, was es in einem Augenblick enthält, als JSON
  call  eine Funktion des Vertrags aufrufen
Jedes hat --help.</translation>
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
Beispiele:
  sluicectl capabilities
      Was das Netzwerk des aktuellen Profils anbietet.
  sluicectl run text-analysis --input &apos;{&quot;text&quot;:&quot;A fine day.&quot;}&apos;
      Ein Aufruf, eine Antwort.
  sluicectl stream docs-chat --input &apos;{&quot;messages&quot;:[{&quot;role&quot;:&quot;user&quot;,&quot;content&quot;:&quot;What is a ticket?&quot;}]}&apos;
      Eine Antwort, wie sie kommt.

Jeder Befehl kennt --help und --json.

</translation>
    </message>
    <message>
        <source>Environment: SLUICE_DATA_DIR (where profiles, history and the sandbox live), SLUICE_SENDER_KEY (key that
signs and pays: 64 hex digits, or a file that holds them), SLUICE_ZEROG_KEY (the same for 0G),
LIVEPEER_ORCH_URL, LIVEPEER_GATEWAY_URL, LIVEPEER_TOKEN.
</source>
        <translation>Umgebung: SLUICE_DATA_DIR (wo Profile, Verlauf und Sandbox liegen), SLUICE_SENDER_KEY (Schlüssel, der
signiert und bezahlt: 64 Hex-Ziffern oder eine Datei mit ihnen), SLUICE_ZEROG_KEY (dasselbe für 0G),
LIVEPEER_ORCH_URL, LIVEPEER_GATEWAY_URL, LIVEPEER_TOKEN.
</translation>
    </message>
    <message>
        <source>Which chain it must be; without it, the one that the node names is believed.</source>
        <translation>Welche Kette es sein muss; ohne das wird die geglaubt, die der Knoten nennt.</translation>
    </message>
    <message>
        <source>What the gas of one change may cost at most: &quot;0.5 A0GI&quot; or &quot;1000 neuron&quot;; default 1 A0GI.</source>
        <translation>Was das Gas einer Änderung höchstens kosten darf: &quot;0.5 A0GI&quot; oder &quot;1000 neuron&quot;; Vorgabe 1 A0GI.</translation>
    </message>
    <message>
        <source>--%1 is for a ledger on a chain: say --chain URL --contract ADDRESS, too.</source>
        <translation>--%1 ist für ein Kontenbuch auf einer Kette: Geben Sie auch --chain URL --contract ADRESSE an.</translation>
    </message>
    <message>
        <source>--max-fee: %1</source>
        <translation>--max-fee: %1</translation>
    </message>
    <message>
        <source>Amounts are neuron: 1 A0GI = 10^18 neuron. JSON has them as strings of digits, exactly.</source>
        <translation>Beträge sind Neuron: 1 A0GI = 10^18 Neuron. JSON hat sie genau, als Zeichenketten aus Ziffern.</translation>
    </message>
    <message>
        <source>Whose capability it is, such as byoc or liverunner, where several have one of that name;
default: who has it, BYOC before others.</source>
        <translation>Wessen Capability es ist, etwa byoc oder liverunner, wo mehrere eine dieses Namens haben;
sonst: wer sie hat, BYOC vor anderen.</translation>
    </message>
    <message>
        <source>An answer of 4xx or 5xx is printed like any other; its status goes to standard error, the calls after it are made,
and the program ends with 1.</source>
        <translation>Eine Antwort mit 4xx oder 5xx wird ausgegeben wie jede andere; ihr Status geht auf die Standardfehlerausgabe, die Aufrufe
danach werden gemacht, und das Programm endet mit 1.</translation>
    </message>
    <message>
        <source>For deposit and refund: at which provider, by its address. Not needed where there is only one.</source>
        <translation>Für deposit und refund: bei welchem Anbieter, mit seiner Adresse. Nicht nötig, wo es nur einen gibt.</translation>
    </message>
    <message>
        <source>Nothing is due yet; sluicectl accounts says when.</source>
        <translation>Noch ist nichts fällig; sluicectl accounts sagt, wann.</translation>
    </message>
    <message>
        <source>Nothing was asked back.</source>
        <translation>Nichts wurde zurückgefordert.</translation>
    </message>
    <message>
        <source>--provider goes with deposit and refund; %1 is about all providers.</source>
        <translation>--provider gehört zu deposit und refund; %1 betrifft alle Anbieter.</translation>
    </message>
    <message>
        <source>
Named by you.
</source>
        <translation>
Von Ihnen benannt.
</translation>
    </message>
    <message>
        <source>Nobody could be asked for its price or free slots.
</source>
        <translation>Niemand konnte nach Preis oder freien Plätzen gefragt werden.
</translation>
    </message>
    <message>
        <source>Try `%1 --help`.</source>
        <translation>Versuchen Sie `%1 --help`.</translation>
    </message>
    <message>
        <source>Nothing was pinned.</source>
        <translation>Nichts wurde angeheftet.</translation>
    </message>
    <message>
        <source>The change is kept in the profile all the same.</source>
        <translation>Die Änderung steht trotzdem im Profil.</translation>
    </message>
    <message>
        <source>%1 has no setting &quot;%2&quot;.</source>
        <translation>%1 hat keine Einstellung „%2“.</translation>
    </message>
    <message>
        <source>There is no keychain here, so the signer key was not kept: set LIVEPEER_SIGNER_AUTH=&quot;Bearer KEY&quot; for each call.</source>
        <translation>Hier gibt es keinen Schlüsselbund, der Signierer-Schlüssel wurde daher nicht gespeichert: Setzen Sie bei jedem Aufruf LIVEPEER_SIGNER_AUTH=&quot;Bearer KEY&quot;.</translation>
    </message>
    <message>
        <source>There is no keychain here, so the token was not kept: set LIVEPEER_TOKEN for each call and name no profile.</source>
        <translation>Hier gibt es keinen Schlüsselbund, das Token wurde daher nicht gespeichert: Setzen Sie bei jedem Aufruf LIVEPEER_TOKEN und nennen Sie kein Profil.</translation>
    </message>
    <message>
        <source>There is no keychain here, so %1 was not kept, and calls go without it.</source>
        <translation>Hier gibt es keinen Schlüsselbund; %1 wurde daher nicht gespeichert, und Aufrufe gehen ohne es hinaus.</translation>
    </message>
    <message>
        <source>Replaced: &quot;%1&quot; was there already. Its addresses, settings and limits are now what you said; secrets that you gave none for, what you named
in it and its choice of servers stay.</source>
        <translation>Ersetzt: „%1“ gab es schon. Adressen, Einstellungen und Grenzen sind jetzt die genannten; Geheimnisse, für die Sie keine neuen angaben, darin
Benanntes und die Wahl der Server bleiben.</translation>
    </message>
    <message>
        <source>The profile &quot;sandbox&quot; is always there and cannot be removed.</source>
        <translation>Das Profil „sandbox“ ist immer da und kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The profile &quot;sandbox&quot; is as it was at first.</source>
        <translation>Das Profil „sandbox“ ist wieder, wie es zu Anfang war.</translation>
    </message>
    <message>
        <source>With --json one line is written for the session, one for each answer, and one for what was paid; &quot;type&quot; says which it is.</source>
        <translation>Mit --json wird eine Zeile für die Sitzung geschrieben, eine für jede Antwort und eine für das Gezahlte; „type“ sagt, welche es ist.</translation>
    </message>
    <message>
        <source>The channels of live jobs by themselves, with any server: byte segments over HTTP, read while they are written.
  serve      serve channels on this machine
  publish    write standard input to a channel
  subscribe  write a channel to standard output
Each has --help.</source>
        <translation>Die Kanäle von Live-Aufträgen für sich, mit jedem Server: Byte-Segmente über HTTP, gelesen, während sie geschrieben werden.
  serve      Kanäle auf diesem Rechner anbieten
  publish    die Standardeingabe in einen Kanal schreiben
  subscribe  einen Kanal auf die Standardausgabe schreiben
Jedes hat --help.</translation>
    </message>
    <message>
        <source>In one terminal.</source>
        <translation>In einem Terminal.</translation>
    </message>
    <message>
        <source>In another one.</source>
        <translation>In einem anderen.</translation>
    </message>
    <message>
        <source>In a third one.</source>
        <translation>In einem dritten.</translation>
    </message>
    <message>
        <source>Listening for job %1. A worker that does not know it says nothing: this ends after %2 s (--timeout), or with Ctrl-C.</source>
        <translation>Warte auf Auftrag %1. Ein Worker, der ihn nicht kennt, sagt nichts: Dies endet nach %2 s (--timeout) oder mit Strg-C.</translation>
    </message>
    <message>
        <source>%1 (account %2)</source>
        <translation>%1 (Konto %2)</translation>
    </message>
    <message>
        <source>there is no command &quot;%1&quot;.</source>
        <translation>es gibt keinen Befehl „%1“.</translation>
    </message>
    <message>
        <source>%1 is set but not used: %2.</source>
        <translation>%1 ist gesetzt, wird aber nicht verwendet: %2.</translation>
    </message>
    <message>
        <source>a signer pays for the profile &quot;%1&quot;</source>
        <translation>für das Profil „%1“ zahlt ein Signierer</translation>
    </message>
    <message>
        <source>nothing of the profile &quot;%1&quot; is paid with such a key</source>
        <translation>nichts im Profil „%1“ wird mit einem solchen Schlüssel bezahlt</translation>
    </message>
    <message>
        <source>It must hold 64 hex digits, with or without 0x. To make one: (umask 077; openssl rand -hex 32 &gt; key.txt)</source>
        <translation>Sie muss 64 Hexadezimalziffern enthalten, mit oder ohne 0x. So entsteht eine: (umask 077; openssl rand -hex 32 &gt; key.txt)</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; has a signer key of its own</source>
        <translation>das Profil „%1“ hat einen eigenen Signierer-Schlüssel</translation>
    </message>
    <message>
        <source>the profile &quot;%1&quot; signs in at its clearinghouse</source>
        <translation>das Profil „%1“ meldet sich bei seinem Clearinghouse an</translation>
    </message>
    <message>
        <source>Only Sluice itself answers: calls through it would go in a circle, so there is nothing to add.</source>
        <translation>Nur Sluice selbst antwortet: Aufrufe darüber gingen im Kreis, es gibt also nichts hinzuzufügen.</translation>
    </message>
    <message>
        <source>Make one: (umask 077; openssl rand -hex 32 &gt; provider.key)</source>
        <translation>So entsteht einer: (umask 077; openssl rand -hex 32 &gt; provider.key)</translation>
    </message>
    <message>
        <source>another program ran it, and has ended</source>
        <translation>ein anderes Programm betrieb es und ist beendet</translation>
    </message>
    <message>
        <source>The local network has ended (%1) and is begun again.</source>
        <translation>Das lokale Netz ist beendet (%1) und wird neu gestartet.</translation>
    </message>
    <message>
        <source>%1 The local network has ended: %2</source>
        <translation>%1 Das lokale Netz ist beendet: %2</translation>
    </message>
    <message>
        <source>Run it again: it then has a local network of its own, with the same state.</source>
        <translation>Noch einmal aufrufen: Dann hat der Aufruf ein eigenes lokales Netz mit demselben Stand.</translation>
    </message>
    <message>
        <source>The local network has ended before the call was begun: another program ran it. It is begun again.</source>
        <translation>Das lokale Netz war beendet, ehe der Aufruf begonnen war: Ein anderes Programm betrieb es. Es wird neu gestartet.</translation>
    </message>
    <message>
        <source>The network did not answer in time: not within %1 s.</source>
        <translation>Das Netz hat nicht rechtzeitig geantwortet: nicht innerhalb von %1 s.</translation>
    </message>
    <message>
        <source>Nothing was sent. Give it more time with --timeout, or see whether it runs.</source>
        <translation>Es wurde nichts gesendet. Mit --timeout mehr Zeit geben oder nachsehen, ob es läuft.</translation>
    </message>
    <message>
        <source>IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env.</source>
        <translation>IP-Adresse, an der gelauscht wird; Vorgabe: 127.0.0.1. Jede andere braucht --api-key-env.</translation>
    </message>
    <message>
        <source>Address to listen on; default: LISTEN_ADDRESS, else 127.0.0.1. At any other one, whoever reaches it spends what your keys and profile pay for.</source>
        <translation>Adresse, an der gelauscht wird; Vorgabe: LISTEN_ADDRESS, sonst 127.0.0.1. An jeder anderen gibt aus, was Ihre Schlüssel und Ihr Profil bezahlen, wer sie erreicht.</translation>
    </message>
    <message>
        <source>The first line of standard output says where it listens: an address, or with --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;listens_on&quot;:…}.</source>
        <translation>Die erste Zeile der Standardausgabe sagt, wo gelauscht wird: eine Adresse, oder mit --json {&quot;event&quot;:&quot;ready&quot;,&quot;url&quot;:…,&quot;listens_on&quot;:…}.</translation>
    </message>
    <message>
        <source>It listens on %1, port %2, and asks nobody for a key: whoever reaches that address spends what your keys and profile pay for. With --address 127.0.0.1 only this machine reaches it.</source>
        <translation>Es lauscht an %1, Port %2, und verlangt von niemandem einen Schlüssel: Wer diese Adresse erreicht, gibt aus, was Ihre Schlüssel und Ihr Profil bezahlen. Mit --address 127.0.0.1 erreicht es nur dieser Rechner.</translation>
    </message>
    <message>
        <source>%1: %2. --keep-metadata sends the file as it is.</source>
        <translation>%1: %2. --keep-metadata sendet die Datei, wie sie ist.</translation>
    </message>
    <message>
        <source>Put a file&apos;s bytes as base64 into a field of the input. Position, names and other private
details are taken out of pictures.</source>
        <translation>Die Bytes einer Datei als Base64 in ein Feld der Eingabe setzen. Position, Namen und andere
private Angaben werden aus Bildern entfernt.</translation>
    </message>
    <message>
        <source>Send pictures of --file as they are, with position and all else that stands in them.</source>
        <translation>Bilder von --file senden, wie sie sind, mit Position und allem anderen, was darin steht.</translation>
    </message>
    <message>
        <source>%1 is a picture in the format %2; this field takes %3.</source>
        <translation>%1 ist ein Bild im Format %2; dieses Feld nimmt %3.</translation>
    </message>
    <message>
        <source>Export the picture as JPEG.</source>
        <translation>Exportieren Sie das Bild als JPEG.</translation>
    </message>
    <message>
        <source>Nothing was sent; --no-check sends it as it is.</source>
        <translation>Es wurde nichts gesendet; --no-check sendet es, wie es ist.</translation>
    </message>
    <message>
        <source>%1 has no %2; it has: %3.</source>
        <translation>%1 hat kein %2; es hat: %3.</translation>
    </message>
    <message>
        <source>This would work: %1</source>
        <translation>Das würde gehen: %1</translation>
    </message>
    <message>
        <source>It has: %1.</source>
        <translation>Es hat: %1.</translation>
    </message>
    <message>
        <source>%1 has no model &quot;%2&quot;.</source>
        <translation>%1 hat kein Modell „%2“.</translation>
    </message>
    <message>
        <source>Send it also when the network says that it has no such capability, verb or model, or when the schema refuses the input.</source>
        <translation>Auch senden, wenn das Netz sagt, dass es diese Capability, dieses Verb oder dieses Modell nicht hat, oder wenn das Schema die Eingabe ablehnt.</translation>
    </message>
</context>
</TS>
